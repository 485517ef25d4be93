//! Segments: what a section does between two waits.

use std::collections::HashSet;

use bundle::document as out;
use cranelift_codegen::ir::{AbiParam, Function as Code, InstBuilder, types};
use cranelift_frontend::FunctionBuilder;
use dotnet::cx::layout;
use ir::document::{Document, Element, Message, PolicyId, Section, Value};
use ir::segment::{Exit, Segment, SegmentId, SegmentStmt, Segmented};
use ir::tree::Function;

use crate::Work;
use crate::function::{Translator, trusted};
use crate::pool::secret;

/// The exits of a document's segments, each once.
#[derive(Default)]
pub struct Exits {
    list: Vec<out::Exit>,
}

impl Exits {
    /// The position of an exit.
    fn position(&mut self, exit: &Exit) -> usize {
        let exit = match exit {
            Exit::Done => out::Exit::Done,
            Exit::Goto(next) => out::Exit::Goto(next.0),
            Exit::Wait(policy, next, otherwise) => {
                out::Exit::Wait { policy: policy.0, next: next.0, otherwise: otherwise.0 }
            }
            Exit::Base(policy, next) => out::Exit::Base { policy: policy.0, next: next.0 },
            Exit::Fragment(policy, name, next) => {
                out::Exit::Fragment { policy: policy.0, name: name.clone(), next: next.0 }
            }
            Exit::Buffer(policy, message, next) => {
                let message = match message {
                    Message::Request => out::Message::Request,
                    Message::Response => out::Message::Response,
                };
                out::Exit::Buffer { policy: policy.0, message, next: next.0 }
            }
            Exit::Stop(policy) => out::Exit::Stop { policy: policy.0 },
        };
        match self.list.iter().position(|known| *known == exit) {
            Some(position) => position,
            None => {
                self.list.push(exit);
                self.list.len() - 1
            }
        }
    }

    /// All exits.
    pub fn into_list(self) -> Vec<out::Exit> {
        self.list
    }
}

/// The exits that statements lead to, each once.
fn collect(stmts: &[SegmentStmt], exits: &mut Vec<Exit>) {
    for stmt in stmts {
        let exit = match stmt {
            SegmentStmt::Values(..) => continue,
            SegmentStmt::Run(policy) => Exit::Stop(*policy),
            SegmentStmt::Exit(exit) => exit.clone(),
            SegmentStmt::If(_, _, then, otherwise) => {
                collect(then, exits);
                collect(otherwise, exits);
                continue;
            }
        };
        if !exits.contains(&exit) {
            exits.push(exit);
        }
    }
}

/// A document for a machine that runs segments as they are: what the driver needs of it, without code, and the exits by
/// the positions that the machine returns.
#[must_use]
pub fn uncompiled(name: out::DocumentName, document: &Document, segmented: &Segmented) -> (out::Document, Vec<Exit>) {
    let mut list = Vec::new();
    segmented.segments.iter().for_each(|segment| collect(&segment.body, &mut list));
    let mut exits = Exits::default();
    list.iter().for_each(|exit| {
        exits.position(exit);
    });
    let slots = document.slots;
    (out::Document { name, slots, exits: exits.into_list(), ..frame(document, segmented) }, list)
}

/// Translates a segment: `fn(cx) -> exit`, where the exit is a position, or the number of the policy that threw.
pub fn translate(work: &mut Work<'_>, segment: &Segment, functions: &[Function], exits: &mut Exits) -> Code {
    let mut signature = work.signature();
    signature.params.push(AbiParam::new(types::I64));
    signature.returns.push(AbiParam::new(types::I64));
    let mut code = work.function(signature);
    let mut builder = FunctionBuilder::new(&mut code, &mut work.frontend);
    let entry = builder.create_block();
    builder.append_block_params_for_function_params(entry);
    builder.switch_to_block(entry);
    let params = builder.block_params(entry).to_vec();
    let mut translator = Translator::new(builder, &mut work.pool, work.isa, functions, &params);
    translator.declare_locals(&segment.locals);
    let nobody = translator.handler;
    let mut thrown = HashSet::new();
    translator.segment_statements(&segment.body, exits, &mut thrown);
    translator.fill_fail_blocks();
    // Nothing throws outside of a policy.
    translator.builder.switch_to_block(nobody);
    translator.exit_thrown(PolicyId(0));
    for (policy, block) in thrown {
        translator.builder.switch_to_block(block);
        translator.exit_thrown(policy);
    }
    translator.finish();
    code
}

/// The blocks that a policy's exceptions go to.
type Thrown = HashSet<(PolicyId, cranelift_codegen::ir::Block)>;

impl<'t> Translator<'t> {
    fn segment_statements(&mut self, stmts: &'t [SegmentStmt], exits: &mut Exits, thrown: &mut Thrown) {
        for stmt in stmts {
            match stmt {
                SegmentStmt::Values(policy, values) => {
                    self.enter_policy(*policy, thrown);
                    for (slot, value) in values {
                        let repr = value.repr;
                        let value = self.expression(value);
                        let word = self.make_word(value, repr);
                        let offset = |bytes: usize| i32::try_from(bytes).unwrap_or(0);
                        let args = trusted().with_readonly();
                        let args = self.builder.ins().load(types::I64, args, self.cx, offset(layout::ARGS));
                        self.builder.ins().store(trusted(), word, args, offset(slot.0 as usize * 8));
                    }
                }
                SegmentStmt::Run(policy) => {
                    self.enter_policy(*policy, thrown);
                    let number = self.builder.ins().iconst(types::I64, i64::from(policy.0));
                    let stops = self.call_named(bundle::host::STEP, &[number]);
                    let stop = self.builder.create_block();
                    self.builder.set_cold_block(stop);
                    let next = self.builder.create_block();
                    self.builder.ins().brif(stops, stop, &[], next, &[]);
                    self.builder.switch_to_block(stop);
                    self.exit(&Exit::Stop(*policy), exits);
                    self.builder.switch_to_block(next);
                }
                SegmentStmt::If(policy, condition, then, otherwise) => {
                    self.enter_policy(*policy, thrown);
                    let condition = self.expression(condition);
                    let (yes, no) = (self.builder.create_block(), self.builder.create_block());
                    let end = self.builder.create_block();
                    self.builder.ins().brif(condition, yes, &[], no, &[]);
                    for (block, stmts) in [(yes, then), (no, otherwise)] {
                        self.builder.switch_to_block(block);
                        self.segment_statements(stmts, exits, thrown);
                        if !self.is_done() {
                            self.builder.ins().jump(end, &[]);
                        }
                    }
                    self.builder.switch_to_block(end);
                }
                SegmentStmt::Exit(exit) => {
                    self.exit(exit, exits);
                    return;
                }
            }
        }
    }

    /// What is thrown from here on is this policy's.
    fn enter_policy(&mut self, policy: PolicyId, thrown: &mut Thrown) {
        let known = thrown.iter().find(|(known, _)| *known == policy).map(|(_, block)| *block);
        self.handler = known.unwrap_or_else(|| {
            let block = self.builder.create_block();
            self.builder.set_cold_block(block);
            thrown.insert((policy, block));
            block
        });
    }

    fn exit(&mut self, exit: &Exit, exits: &mut Exits) {
        let position = i64::try_from(exits.position(exit)).unwrap_or(i64::MAX);
        let position = self.builder.ins().iconst(types::I64, position);
        self.builder.ins().return_(&[position]);
    }

    fn exit_thrown(&mut self, policy: PolicyId) {
        let value = out::THROWN | u64::from(policy.0);
        let value = self.builder.ins().iconst(types::I64, value as i64);
        self.builder.ins().return_(&[value]);
    }
}

/// The parts of a compiled document that need no code: sections and policies.
pub fn frame(document: &Document, segmented: &Segmented) -> out::Document {
    let section = |section: Section| match section {
        Section::Inbound => out::Section::Inbound,
        Section::Backend => out::Section::Backend,
        Section::Outbound => out::Section::Outbound,
        Section::OnError => out::Section::OnError,
    };
    let place = |of: &[(PolicyId, SegmentId)], index: usize| {
        of.iter().find(|(id, _)| id.0 as usize == index).map(|(_, segment)| segment.0)
    };
    let policy = |(index, policy): (usize, &ir::document::Policy)| out::Policy {
        element: element(&policy.element),
        section: policy.section.map(section),
        path: policy.path.clone(),
        place: policy.place,
        runs: policy.runs,
        resume: place(&segmented.resume, index),
        recheck: place(&segmented.recheck, index),
    };
    out::Document {
        sections: segmented.sections.iter().map(|(name, segment)| (section(*name), segment.0)).collect(),
        fragment: segmented.fragment.map(|segment| segment.0),
        policies: document.policies.iter().enumerate().map(policy).collect(),
        ..out::Document::default()
    }
}

fn element(element_of: &Element) -> out::Element {
    out::Element {
        name: element_of.name.clone(),
        attributes: element_of.attributes.iter().map(|(name, value)| (name.clone(), value_of(value))).collect(),
        text: element_of.text.as_ref().map(value_of),
        children: element_of.children.iter().map(element).collect(),
    }
}

fn value_of(value: &Value) -> out::Value {
    match value {
        Value::Literal(text) => out::Value::Literal(text.clone()),
        Value::Secret(parts) => out::Value::Secret(secret(parts)),
        Value::Slot(slot) => out::Value::Slot(slot.0),
        Value::Deferred(function) => out::Value::Deferred(function.0),
    }
}

/// The functions that policies call by themselves.
pub fn deferred(document: &Document) -> Vec<u32> {
    fn visit(element: &Element, found: &mut Vec<u32>) {
        let values = element.attributes.iter().map(|(_, value)| value).chain(&element.text);
        found.extend(values.filter_map(|value| if let Value::Deferred(id) = value { Some(id.0) } else { None }));
        element.children.iter().for_each(|child| visit(child, found));
    }
    let mut found = Vec::new();
    document.policies.iter().for_each(|policy| visit(&policy.element, &mut found));
    found
}
