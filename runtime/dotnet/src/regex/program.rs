//! Patterns as instructions for the backtracking matcher.
//!
//! Not here: what the instructions do (`matcher`).

use std::collections::HashMap;

use super::haystack::push_unit;
use super::set::Set;
use super::syntax::{Anchor, Capture, Look, Loop, Node, UNLIMITED};

/// An instruction. Instructions follow each other unless one says otherwise; `back` is set where the text is read from
/// right to left.
#[allow(missing_docs, reason = "the fields are told with their instruction")]
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// Matches these bytes.
    Text { bytes: Box<[u8]>, back: bool },
    /// Matches a unit of a set.
    Set { set: usize, back: bool },
    /// Matches units of a set, as many as possible or (lazy) as few as possible.
    Repeat { set: usize, min: u32, max: u32, is_lazy: bool, back: bool },
    /// Goes on, and if that fails at another instruction.
    Split { second: usize },
    /// Goes on at another instruction.
    Jump { to: usize },
    /// Notes the place in a register.
    Mark { register: usize },
    /// Keeps the text from a noted place to here, gives up the last match of a group, or both.
    Keep { register: usize, group: Option<usize>, gives_up: Option<usize> },
    /// Begins a loop, whose count and place stand in two registers; goes on at `Next` if nothing must be matched.
    LoopStart { register: usize, min: u32, next: usize },
    /// Repeats the body of a loop or leaves it.
    LoopNext { register: usize, more: u32, is_lazy: bool, body: usize },
    /// Begins what is matched in one way only: notes how many ways back there are.
    Enter { register: usize },
    /// Ends what is matched in one way only: gives the ways back up.
    Leave { register: usize },
    /// Begins a look: notes how many ways back there are, and the place.
    LookStart { register: usize },
    /// Ends a look that must succeed: gives the ways back up and returns to the place.
    LookEnd { register: usize },
    /// Begins a look that must fail, or a condition: if it fails, goes on elsewhere.
    TestStart { register: usize, failed: usize },
    /// Ends a look that must fail: it did not.
    NotEnd { register: usize },
    /// Matches what a group matched last.
    Reference { group: usize, ignore_case: bool, back: bool },
    /// Goes on elsewhere if a group has not matched.
    IfGroup { group: usize, otherwise: usize },
    /// Holds at certain places.
    Anchor(Anchor),
    /// The whole pattern has matched.
    Accept,
}

/// A pattern as instructions.
#[derive(Debug)]
pub struct Program {
    /// The instructions.
    pub ops: Vec<Op>,
    /// The sets that they name.
    pub sets: Vec<Set>,
    /// How many registers they use.
    pub registers: usize,
    /// Whether the text is read from right to left.
    pub back: bool,
    /// Whether references to groups that have not matched match nothing, as in ECMAScript.
    pub empty_references: bool,
    /// The bytes that a match can begin with; none if it may be any, or if the text is read from right to left.
    pub first: Option<Box<[bool; 256]>>,
    /// Whether a match can begin only where the text or the search does.
    pub begins_at: Option<Anchor>,
}

impl Program {
    /// The instructions of a pattern.
    #[must_use]
    pub fn new(root: &Node, back: bool, empty_references: bool) -> Self {
        let mut compiler = Compiler { ops: Vec::new(), sets: Vec::new(), known: HashMap::new(), registers: 0 };
        compiler.node(root, back);
        compiler.ops.push(Op::Accept);
        let mut first = [false; 256];
        let is_filtered = !back && first_bytes(root, &mut first);
        Self {
            ops: compiler.ops,
            sets: compiler.sets,
            registers: compiler.registers,
            back,
            empty_references,
            first: is_filtered.then(|| Box::new(first)),
            begins_at: if back { None } else { leading_anchor(root) },
        }
    }
}

struct Compiler {
    ops: Vec<Op>,
    sets: Vec<Set>,
    known: HashMap<Set, usize>,
    registers: usize,
}

impl Compiler {
    fn node(&mut self, node: &Node, back: bool) {
        match node {
            Node::Empty => {}
            Node::Set(_) => self.sequence(std::slice::from_ref(node), back),
            Node::Concat(parts) => self.sequence(parts, back),
            Node::Alternate(parts) => self.alternate(parts, back),
            Node::Loop(it) => self.repeat(it, back),
            Node::Capture(capture) => self.capture(capture, back),
            Node::Atomic(body) => {
                let register = self.register(1);
                self.ops.push(Op::Enter { register });
                self.node(body, back);
                self.ops.push(Op::Leave { register });
            }
            Node::Look(look) => self.look(look),
            Node::Backreference { group, ignore_case } => {
                self.ops.push(Op::Reference { group: *group, ignore_case: *ignore_case, back });
            }
            Node::IfGroup(group, parts) => {
                let at = self.reserve();
                let [yes, no] = &**parts;
                let otherwise = self.either(yes, no, back);
                self.put(at, Op::IfGroup { group: *group, otherwise });
            }
            Node::IfMatches(parts) => {
                let register = self.register(2);
                let at = self.reserve();
                let [condition, yes, no] = &**parts;
                self.node(condition, back);
                self.ops.push(Op::LookEnd { register });
                let failed = self.either(yes, no, back);
                self.put(at, Op::TestStart { register, failed });
            }
            Node::Anchor(anchor) => self.ops.push(Op::Anchor(*anchor)),
        }
    }

    /// One part, then a jump over the other; gives where the other begins.
    fn either(&mut self, yes: &Node, no: &Node, back: bool) -> usize {
        self.node(yes, back);
        let jump = self.reserve();
        let otherwise = self.ops.len();
        self.node(no, back);
        let to = self.ops.len();
        self.put(jump, Op::Jump { to });
        otherwise
    }

    /// Parts one after the other; units that stand alone are joined to texts.
    fn sequence(&mut self, parts: &[Node], back: bool) {
        let mut text = Vec::new();
        let mut at = 0;
        while at < parts.len() {
            let index = if back { parts.len() - 1 - at } else { at };
            let Some(part) = parts.get(index) else { return };
            at += 1;
            if let Node::Set(set) = part
                && let Some(unit) = set.single()
            {
                text.push(unit);
                continue;
            }
            self.text(&mut text, back);
            match part {
                Node::Set(set) => {
                    let set = self.set(set);
                    self.ops.push(Op::Set { set, back });
                }
                part => self.node(part, back),
            }
        }
        self.text(&mut text, back);
    }

    fn text(&mut self, units: &mut Vec<u16>, back: bool) {
        if units.is_empty() {
            return;
        }
        if back {
            units.reverse();
        }
        let mut bytes = Vec::new();
        units.drain(..).for_each(|unit| push_unit(&mut bytes, unit));
        self.ops.push(Op::Text { bytes: bytes.into_boxed_slice(), back });
    }

    fn alternate(&mut self, parts: &[Node], back: bool) {
        let Some((last, others)) = parts.split_last() else { return };
        let mut jumps = Vec::with_capacity(others.len());
        for part in others {
            let split = self.reserve();
            self.node(part, back);
            jumps.push(self.reserve());
            let second = self.ops.len();
            self.put(split, Op::Split { second });
        }
        self.node(last, back);
        let to = self.ops.len();
        for jump in jumps {
            self.put(jump, Op::Jump { to });
        }
    }

    fn repeat(&mut self, it: &Loop, back: bool) {
        let Loop { min, max, is_lazy, .. } = *it;
        match (&it.body, min, max) {
            (_, _, 0) => {}
            (body, 1, 1) => self.node(body, back),
            (Node::Set(set), ..) => {
                let set = self.set(set);
                self.ops.push(Op::Repeat { set, min, max, is_lazy, back });
            }
            (body, ..) => {
                let register = self.register(2);
                let start = self.reserve();
                let body_at = self.ops.len();
                self.node(body, back);
                let next = self.ops.len();
                let more = if max == UNLIMITED { UNLIMITED } else { max - min };
                self.ops.push(Op::LoopNext { register, more, is_lazy, body: body_at });
                self.put(start, Op::LoopStart { register, min, next });
            }
        }
    }

    fn capture(&mut self, capture: &Capture, back: bool) {
        let register = self.register(1);
        self.ops.push(Op::Mark { register });
        self.node(&capture.body, back);
        self.ops.push(Op::Keep { register, group: capture.group, gives_up: capture.gives_up });
    }

    fn look(&mut self, look: &Look) {
        let register = self.register(2);
        if look.is_negative {
            let start = self.reserve();
            self.node(&look.body, look.is_behind);
            self.ops.push(Op::NotEnd { register });
            let failed = self.ops.len();
            self.put(start, Op::TestStart { register, failed });
        } else {
            self.ops.push(Op::LookStart { register });
            self.node(&look.body, look.is_behind);
            self.ops.push(Op::LookEnd { register });
        }
    }

    fn register(&mut self, count: usize) -> usize {
        self.registers += count;
        self.registers - count
    }

    fn set(&mut self, set: &Set) -> usize {
        if let Some(known) = self.known.get(set) {
            return *known;
        }
        self.sets.push(set.clone());
        self.known.insert(set.clone(), self.sets.len() - 1);
        self.sets.len() - 1
    }

    /// A place for an instruction that is not known yet.
    fn reserve(&mut self) -> usize {
        self.ops.push(Op::Accept);
        self.ops.len() - 1
    }

    fn put(&mut self, at: usize, op: Op) {
        if let Some(place) = self.ops.get_mut(at) {
            *place = op;
        }
    }
}

/// Adds the bytes that a match of a part can begin with; false if it can be empty or is not known.
fn first_bytes(node: &Node, bytes: &mut [bool; 256]) -> bool {
    match node {
        Node::Set(set) => {
            for (first, last) in set.ranges() {
                let lead = |unit: u16| {
                    let mut bytes = Vec::with_capacity(3);
                    push_unit(&mut bytes, unit);
                    bytes.first().copied().unwrap_or(0)
                };
                // The bytes of units are ordered as the units are; bytes inside of units are between those before them.
                for byte in (lead(*first)..=lead(*last)).filter(|byte| *byte & 0xC0 != 0x80) {
                    if let Some(place) = bytes.get_mut(usize::from(byte)) {
                        *place = true;
                    }
                }
            }
            true
        }
        Node::Concat(parts) => {
            for part in parts {
                match part {
                    Node::Look(_) | Node::Anchor(_) | Node::Empty => {}
                    part if !part.may_be_empty() => return first_bytes(part, bytes),
                    // An optional part may be followed by any of those behind it.
                    Node::Loop(it) if first_bytes(&it.body, bytes) => {}
                    _ => return false,
                }
            }
            false
        }
        Node::Alternate(parts) => parts.iter().all(|part| first_bytes(part, bytes)),
        Node::Loop(it) => it.min > 0 && it.max > 0 && first_bytes(&it.body, bytes),
        Node::Capture(capture) => first_bytes(&capture.body, bytes),
        Node::Atomic(body) => first_bytes(body, bytes),
        Node::Empty
        | Node::Look(_)
        | Node::Backreference { .. }
        | Node::IfGroup(..)
        | Node::IfMatches(_)
        | Node::Anchor(_) => false,
    }
}

/// The anchor that every match begins with, where that leaves a single place.
fn leading_anchor(node: &Node) -> Option<Anchor> {
    match node {
        Node::Anchor(anchor @ (Anchor::Start | Anchor::SearchStart)) => Some(*anchor),
        Node::Concat(parts) => parts.first().and_then(leading_anchor),
        Node::Capture(capture) => leading_anchor(&capture.body),
        Node::Atomic(body) => leading_anchor(body),
        _ => None,
    }
}
