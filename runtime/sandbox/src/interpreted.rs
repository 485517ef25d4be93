//! Documents on the interpreter: the second opinion on what compiled code does to a request.
//!
//! Segments run as the checker's steps were cut, without the passes that make code fast, so that a case that runs on both
//! machines compares the passes and the code generator with the plain meaning of the document.
//!
//! Not here: how functions and expressions are interpreted (`ir`), and who drives segments (`engine`).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use bundle::document::{Constant, DocumentName, THROWN, TextPart};
use dotnet::catalogue::Preparation;
use dotnet::cx::Cx;
use dotnet::throw::Throw;
use dotnet::word::Word;
use engine::document::Machine;
use engine::exchange::Exchange;
use engine::load::{Literals, Secrets, with_secrets};
use engine::policy::Next;
use ir::document::PolicyId;
use ir::interpret::{Interpreter, Resolver};
use ir::segment::{Exit, SegmentStmt, Segmented};
use ir::tree::FunctionId;

/// What the interpreted documents of an instance share: literals, each text once, and the values of secrets.
pub struct Shared {
    words: Mutex<Words>,
    secrets: Box<dyn Secrets + Send + Sync>,
}

#[derive(Default)]
struct Words {
    literals: Literals,
    prepared: HashMap<(bool, Vec<u8>), Word>,
}

impl Shared {
    /// Nothing yet, and the secrets that documents name.
    #[must_use]
    pub fn new(secrets: impl Secrets + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self { words: Mutex::default(), secrets: Box::new(secrets) })
    }
}

/// A document that is interpreted.
pub struct Interpreted {
    document: ir::document::Document,
    segmented: Segmented,
    exits: Vec<Exit>,
    shared: Arc<Shared>,
}

/// A document for the interpreter, with what the driver needs of it.
#[must_use]
pub fn interpreted(
    name: DocumentName,
    document: ir::document::Document,
    shared: &Arc<Shared>,
) -> (bundle::document::Document, Box<dyn Machine>) {
    let segmented = ir::segment::segment(&document);
    let (facts, exits) = codegen::uncompiled(name, &document, &segmented);
    (facts, Box::new(Interpreted { document, segmented, exits, shared: shared.clone() }))
}

impl Machine for Interpreted {
    fn run_segment<'x>(&'x self, exchange: &mut Exchange<'x>, segment: u32) -> u64 {
        let interpreter = exchange.arena().alloc(Interpreter::new(&self.document.functions, &*self.shared));
        let Some(segment) = self.segmented.segments.get(segment as usize) else { return THROWN };
        // Every way through a segment ends in an exit.
        self.statements(exchange, interpreter, &segment.body).unwrap_or(THROWN)
    }

    fn call<'x>(&'x self, cx: &mut Cx<'x>, function: u32) -> Result<Word, Throw> {
        let interpreter: &'x Interpreter<'x> =
            cx.arena().alloc(Interpreter::new(&self.document.functions, &*self.shared));
        interpreter.call(cx, FunctionId(function), &[], &[])
    }
}

impl Interpreted {
    fn statements<'x>(
        &'x self,
        exchange: &mut Exchange<'x>,
        interpreter: &'x Interpreter<'x>,
        stmts: &'x [SegmentStmt],
    ) -> Option<u64> {
        for stmt in stmts {
            match stmt {
                SegmentStmt::Values(policy, values) => {
                    for (slot, value) in values {
                        match interpreter.evaluate(&mut exchange.cx, value) {
                            Ok(word) => exchange.set_slot(slot.0, word),
                            Err(_) => return Some(thrown(*policy)),
                        }
                    }
                }
                SegmentStmt::Run(policy) => {
                    let running = exchange.running().and_then(|document| document.policy(policy.0))?;
                    match running.run(exchange) {
                        Ok(Next::Stop) => return self.exit(&Exit::Stop(*policy)),
                        Ok(_) => {}
                        Err(_) => return Some(thrown(*policy)),
                    }
                }
                SegmentStmt::If(policy, condition, then, otherwise) => {
                    let branch = match interpreter.evaluate(&mut exchange.cx, condition) {
                        Ok(Word(0)) => otherwise,
                        Ok(_) => then,
                        Err(_) => return Some(thrown(*policy)),
                    };
                    if let Some(exit) = self.statements(exchange, interpreter, branch) {
                        return Some(exit);
                    }
                }
                SegmentStmt::Exit(exit) => return self.exit(exit),
            }
        }
        None
    }

    fn exit(&self, exit: &Exit) -> Option<u64> {
        let position = self.exits.iter().position(|known| known == exit)?;
        u64::try_from(position).ok()
    }
}

/// What a segment returns where a policy threw.
fn thrown(policy: PolicyId) -> u64 {
    THROWN | u64::from(policy.0)
}

impl<'a> Resolver<'a> for Shared {
    fn text(&self, text: &[u8]) -> Option<Word> {
        Some(self.words.lock().unwrap_or_else(PoisonError::into_inner).literals.text(text))
    }

    fn secret(&self, name: &str) -> Option<Vec<u8>> {
        with_secrets(&[TextPart::Secret(name.to_owned())], &*self.secrets).ok()
    }

    fn prepared(&self, _: &mut Cx<'a>, preparation: Preparation, text: &'a [u8]) -> Word {
        let mut words = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        let Words { literals, prepared } = &mut *words;
        let key = (preparation == Preparation::Regex, text.to_vec());
        *prepared.entry(key).or_insert_with(|| {
            let constant = match preparation {
                Preparation::HeaderName => Constant::HeaderName(text.to_vec()),
                Preparation::Regex => Constant::Regex(text.to_vec()),
            };
            // Neither kind of constant can be missing.
            literals.word(&constant, &*self.secrets).unwrap_or_default()
        })
    }
}
