//! Expressions from text to value: parsed, bound, and run by the interpreter in a scenario.

use std::sync::atomic::AtomicU64;

use check::expression::{Bound, Options, bind};
use dotnet::arena::Arena;
use dotnet::catalogue::Preparation;
use dotnet::context::extensions::PreparedName;
use dotnet::cx::{Ambient, Cx};
use dotnet::keep::Keeper;
use dotnet::object::boxed;
use dotnet::regex::cache::PreparedRegex;
use dotnet::word::Word;
use grammar::diagnostic::Level;
use ir::interpret::{Interpreter, Resolver};
use ir::tree::Function;
use sandbox::canonical;
use sandbox::scenario::Scenario;
use serde_json::{Value, json};

/// An expression that was bound, with its code.
pub struct Checked {
    pub bound: Bound,
    pub functions: Vec<Function>,
    /// The errors, each with the names of its rule and what C# calls it; those of reading first.
    pub errors: Vec<Error>,
}

/// An error.
pub struct Error {
    pub codes: Vec<&'static str>,
    pub message: String,
    pub rule: &'static str,
}

impl Checked {
    /// Parses and binds an expression.
    pub fn of(text: &str, allow_list: bool) -> Self {
        let parsed = grammar::expression::parse(text);
        let mut functions = Vec::new();
        let options = Options { allow_list };
        let bound = bind(&parsed.tree, !parsed.findings.is_empty(), &options, &mut functions);
        let all = parsed.findings.iter().chain(&bound.findings);
        let errors = all
            .filter(|finding| finding.rule.level == Level::Error)
            .map(|finding| Error {
                codes: finding.code.into_iter().chain(finding.rule.aliases.iter().copied()).collect(),
                message: finding.message.to_string(),
                rule: finding.rule.id,
            })
            .collect();
        Self { bound, functions, errors }
    }

    /// What the author is told, one line each.
    pub fn messages(&self) -> Vec<String> {
        self.bound.findings.iter().map(|finding| format!("{}: {}", finding.rule.id, finding.message)).collect()
    }

    /// The value in a scenario, in the form of the oracle's answers.
    pub fn evaluate(&self, scenario: &Value) -> Value {
        let Some(main) = self.bound.main else { return json!({ "refused": true }) };
        let scenario = Scenario::read(scenario).unwrap();
        let arena = Arena::new(64 << 20);
        let (keeper, clock, epoch) = (Keeper::default(), Clock, AtomicU64::new(0));
        let resolver = Prepared { keeper: &keeper };
        let interpreter = Interpreter::new(&self.functions, &resolver);
        let mut cx = Cx::new(&arena, &clock, &epoch, 1);
        scenario.enter(&mut cx, &keeper).unwrap();
        let ty = self.bound.ty.unwrap();
        let result = interpreter.call(&mut cx, main, &[], &[]).and_then(|word| {
            let word = boxed(&mut cx, ty, word);
            // SAFETY: a box, or the word of a reference type.
            let object = unsafe { cx.object(word) };
            canonical::of(&mut cx, object)
        });
        match result {
            Ok(value) => value,
            Err(_) => {
                let name = cx.thrown().map_or("nothing", |thrown| thrown.as_object().ty().def.short_name());
                json!({ "throws": name })
            }
        }
    }
}

/// A clock that runs, for expressions that ask for it twice.
struct Clock;

impl Ambient for Clock {
    fn utc_ticks(&self) -> i64 {
        639_090_977_665_350_000
    }

    fn random(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

struct Prepared<'a> {
    keeper: &'a Keeper,
}

impl<'a> Resolver<'a> for Prepared<'a> {
    fn secret(&self, _: &str) -> Option<Vec<u8>> {
        None
    }

    fn prepared(&self, _: &mut Cx<'a>, preparation: Preparation, text: &'a [u8]) -> Word {
        match preparation {
            Preparation::HeaderName => {
                let name = self.keeper.keep(PreparedName::new(&dotnet::wtf8::to_utf8(text)));
                Word(std::ptr::from_ref(name) as u64)
            }
            Preparation::Regex => {
                let pattern = self.keeper.keep(PreparedRegex::new(text));
                Word(std::ptr::from_ref(pattern) as u64)
            }
        }
    }
}
