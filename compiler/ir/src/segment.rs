//! Cuts sections into segments: stretches that run to the next wait without stopping.
//!
//! A segment ends where a policy may wait, where the enclosing scope or a fragment comes in, where a body must be read,
//! and where the section ends. Branches that hold no such point stay inside their segment.
//!
//! Not here: what a policy does while it waits (`engine`).

use crate::document::{Body, Document, Message, PolicyId, Repeat, Section, SlotId, Step};
use crate::tree::{Expr, Function, FunctionId, Local};

/// The number of a segment in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SegmentId(pub u32);

/// A document cut into segments.
#[derive(Clone, Debug, Default)]
pub struct Segmented {
    /// The segments.
    pub segments: Vec<Segment>,
    /// The segment that each section begins with.
    pub sections: Vec<(Section, SegmentId)>,
    /// The segment that a fragment begins with.
    pub fragment: Option<SegmentId>,
    /// Where the section goes on behind policies that end a segment.
    pub resume: Vec<(PolicyId, SegmentId)>,
    /// Where policies that repeat others ask whether there is another turn.
    pub recheck: Vec<(PolicyId, SegmentId)>,
}

/// A stretch of a section.
#[derive(Clone, Debug)]
pub struct Segment {
    /// What it is, for people: the section, and the policy that it begins behind.
    pub name: String,
    /// Its variables; passes add them.
    pub locals: Vec<Local>,
    /// What it does; every way through it ends in an exit.
    pub body: Vec<SegmentStmt>,
}

/// What a segment does.
#[derive(Clone, Debug)]
pub enum SegmentStmt {
    /// Computes values and leaves them in their slots; what is thrown is the policy's.
    Values(PolicyId, Vec<(SlotId, Expr)>),
    /// Runs a policy that need not wait; ends the segment if the policy made the response.
    Run(PolicyId),
    /// The first statements if the condition holds, else the second; what is thrown is the policy's.
    If(PolicyId, Expr, Vec<SegmentStmt>, Vec<SegmentStmt>),
    /// Ends the segment.
    Exit(Exit),
}

/// What a segment leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The section, or the fragment, is done.
    Done,
    /// Another segment.
    Goto(SegmentId),
    /// A policy that may wait, then one of two segments as the policy says.
    Wait(PolicyId, SegmentId, SegmentId),
    /// The enclosing scope's section, then a segment.
    Base(PolicyId, SegmentId),
    /// A fragment, then a segment.
    Fragment(PolicyId, String, SegmentId),
    /// The body of a message, then a segment.
    Buffer(PolicyId, Message, SegmentId),
    /// The response is made.
    Stop(PolicyId),
}

/// What follows a list of steps.
#[derive(Clone, Copy)]
enum After {
    /// The statements behind it in the same segment.
    Fall,
    /// The end of the section.
    Done,
    /// A segment.
    Goto(SegmentId),
}

/// Cuts a document into segments.
#[must_use]
pub fn segment(document: &Document) -> Segmented {
    let mut cutter = Cutter { document, out: Segmented::default() };
    match &document.body {
        Body::Sections(sections) => {
            for (section, steps) in sections {
                let start = cutter.segment_of(section.name().to_owned(), steps, After::Done);
                cutter.out.sections.push((*section, start));
            }
        }
        Body::Fragment(steps) => {
            let start = cutter.segment_of("fragment".to_owned(), steps, After::Done);
            cutter.out.fragment = Some(start);
        }
    }
    cutter.out
}

struct Cutter<'d> {
    document: &'d Document,
    out: Segmented,
}

impl Cutter<'_> {
    /// Makes the segment that runs these steps.
    fn segment_of(&mut self, name: String, steps: &[Step], after: After) -> SegmentId {
        let id = self.reserve(name);
        let body = self.steps(steps, after);
        self.fill(id, body);
        id
    }

    fn reserve(&mut self, name: String) -> SegmentId {
        let id = SegmentId(u32::try_from(self.out.segments.len()).unwrap_or(u32::MAX));
        self.out.segments.push(Segment { name, locals: Vec::new(), body: Vec::new() });
        id
    }

    fn fill(&mut self, id: SegmentId, body: Vec<SegmentStmt>) {
        if let Some(segment) = self.out.segments.get_mut(id.0 as usize) {
            segment.body = body;
        }
    }

    /// The segment that goes on behind a policy, which may be the one that follows anyway.
    fn rest(&mut self, policy: PolicyId, steps: &[Step], after: After) -> SegmentId {
        let next = match (steps, after) {
            ([], After::Goto(next)) => next,
            // Steps that hold a cut are never followed by statements of the same segment.
            _ => self.segment_of(format!("after {}", self.path(policy)), steps, after),
        };
        self.out.resume.push((policy, next));
        next
    }

    fn path(&self, policy: PolicyId) -> &str {
        self.document.policies.get(policy.0 as usize).map_or("", |policy| policy.path.as_str())
    }

    /// The statements of steps; they end in an exit unless `after` is to fall through.
    fn steps(&mut self, steps: &[Step], after: After) -> Vec<SegmentStmt> {
        let mut out = Vec::new();
        for (index, step) in steps.iter().enumerate() {
            let rest = steps.get(index + 1..).unwrap_or(&[]);
            match step {
                Step::Run(run) => {
                    if !run.values.is_empty() {
                        out.push(SegmentStmt::Values(run.policy, run.values.clone()));
                    }
                    if run.waits {
                        let next = self.rest(run.policy, rest, after);
                        out.push(SegmentStmt::Exit(Exit::Wait(run.policy, next, next)));
                        return out;
                    }
                    out.push(SegmentStmt::Run(run.policy));
                }
                Step::Choose(policy, branches, otherwise) => {
                    let cut = branches.iter().any(|(_, steps)| has_cut(steps)) || has_cut(otherwise);
                    let after = if cut { After::Goto(self.rest(*policy, rest, after)) } else { After::Fall };
                    let mut ladder = self.steps(otherwise, after);
                    for (condition, steps) in branches.iter().rev() {
                        let then = self.steps(steps, after);
                        ladder = vec![SegmentStmt::If(*policy, condition.clone(), then, ladder)];
                    }
                    out.extend(ladder);
                    if cut {
                        return out;
                    }
                }
                Step::Repeat(repeat) => {
                    self.repeat(repeat, rest, after, &mut out);
                    return out;
                }
                Step::Base(policy) => {
                    let next = self.rest(*policy, rest, after);
                    out.push(SegmentStmt::Exit(Exit::Base(*policy, next)));
                    return out;
                }
                Step::Fragment(policy, name) => {
                    let next = self.rest(*policy, rest, after);
                    out.push(SegmentStmt::Exit(Exit::Fragment(*policy, name.clone(), next)));
                    return out;
                }
                Step::Buffer(policy, message) => {
                    let next = self.rest(*policy, rest, after);
                    out.push(SegmentStmt::Exit(Exit::Buffer(*policy, *message, next)));
                    return out;
                }
            }
        }
        match after {
            After::Fall => {}
            After::Done => out.push(SegmentStmt::Exit(Exit::Done)),
            After::Goto(next) => out.push(SegmentStmt::Exit(Exit::Goto(next))),
        }
        out
    }

    /// Steps that are repeated: the policy is told that they begin, and after each turn whose condition holds it
    /// waits and says whether there is another.
    fn repeat(&mut self, repeat: &Repeat, rest: &[Step], after: After, out: &mut Vec<SegmentStmt>) {
        let policy = repeat.policy;
        let done = self.rest(policy, rest, after);
        let turn = self.reserve(format!("turn of {}", self.path(policy)));
        let check = self.reserve(format!("condition of {}", self.path(policy)));
        self.out.recheck.push((policy, check));
        let body = self.steps(&repeat.body, After::Goto(check));
        self.fill(turn, body);
        let again = vec![SegmentStmt::Exit(Exit::Wait(policy, turn, done))];
        let leave = vec![SegmentStmt::Exit(Exit::Goto(done))];
        self.fill(check, vec![SegmentStmt::If(policy, repeat.condition.clone(), again, leave)]);
        if !repeat.values.is_empty() {
            out.push(SegmentStmt::Values(policy, repeat.values.clone()));
        }
        out.push(SegmentStmt::Run(policy));
        out.push(SegmentStmt::Exit(Exit::Goto(turn)));
    }
}

/// Whether steps end their segment somewhere.
fn has_cut(steps: &[Step]) -> bool {
    steps.iter().any(|step| match step {
        Step::Run(run) => run.waits,
        Step::Choose(_, branches, otherwise) => branches.iter().any(|(_, steps)| has_cut(steps)) || has_cut(otherwise),
        Step::Repeat(_) | Step::Base(_) | Step::Fragment(..) | Step::Buffer(..) => true,
    })
}

/// Takes the body of a function that only returns an expression, so that it can stand where the function is called.
#[must_use]
pub fn single_expression(functions: &[Function], id: FunctionId) -> Option<&Expr> {
    let function = functions.get(id.index())?;
    match function.body.as_slice() {
        [crate::tree::Stmt::Return(Some(value))] if function.locals.is_empty() => Some(value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::bool_const;
    use crate::document::{Element, Policy, Run};

    fn document(policies: u32, steps: Vec<Step>) -> Document {
        let policy = |n: u32| Policy {
            element: Element { name: format!("p{n}"), ..Element::default() },
            section: Some(Section::Inbound),
            path: format!("p{n}[1]"),
            place: (1, 1),
            runs: true,
        };
        Document {
            body: Body::Sections(vec![(Section::Inbound, steps)]),
            policies: (0..policies).map(policy).collect(),
            ..Document::default()
        }
    }

    fn run(policy: u32, waits: bool) -> Step {
        Step::Run(Run { policy: PolicyId(policy), values: Vec::new(), waits })
    }

    fn outline(segmented: &Segmented) -> Vec<String> {
        fn text(stmts: &[SegmentStmt]) -> String {
            let one = |stmt: &SegmentStmt| match stmt {
                SegmentStmt::Values(policy, _) => format!("values {}", policy.0),
                SegmentStmt::Run(policy) => format!("run {}", policy.0),
                SegmentStmt::If(policy, _, then, otherwise) => {
                    format!("if {} [{}] [{}]", policy.0, text(then), text(otherwise))
                }
                SegmentStmt::Exit(exit) => match exit {
                    Exit::Wait(policy, next, other) if next == other => format!("wait {} then {}", policy.0, next.0),
                    Exit::Wait(policy, next, other) => format!("wait {} then {} or {}", policy.0, next.0, other.0),
                    Exit::Goto(next) => format!("goto {}", next.0),
                    Exit::Base(_, next) => format!("base then {}", next.0),
                    other => format!("{other:?}").to_lowercase(),
                },
            };
            stmts.iter().map(one).collect::<Vec<_>>().join(", ")
        }
        segmented.segments.iter().map(|segment| text(&segment.body)).collect()
    }

    #[test]
    fn steps_that_do_not_wait_are_one_segment() {
        let choose = Step::Choose(PolicyId(1), vec![(bool_const(true), vec![run(2, false)])], vec![run(3, false)]);
        let segmented = segment(&document(5, vec![run(0, false), choose, run(4, false)]));
        assert_eq!(outline(&segmented), ["run 0, if 1 [run 2] [run 3], run 4, done"]);
    }

    #[test]
    fn a_wait_inside_a_branch_cuts_the_branch_and_what_follows() {
        let choose = Step::Choose(PolicyId(1), vec![(bool_const(true), vec![run(2, true)])], vec![run(3, false)]);
        let segmented = segment(&document(5, vec![run(0, false), choose, run(4, false)]));
        assert_eq!(outline(&segmented), ["run 0, if 1 [wait 2 then 1] [run 3, goto 1]", "run 4, done"],);
    }

    #[test]
    fn repeated_steps_ask_their_policy_after_each_turn() {
        let repeat = Step::Repeat(Repeat {
            policy: PolicyId(0),
            values: Vec::new(),
            body: vec![run(1, true)],
            condition: bool_const(true),
        });
        let segmented = segment(&document(3, vec![repeat, run(2, false)]));
        assert_eq!(
            outline(&segmented),
            ["run 0, goto 2", "run 2, done", "wait 1 then 3", "if 0 [wait 0 then 2 or 1] [goto 1]",],
        );
        assert_eq!(segmented.recheck, [(PolicyId(0), SegmentId(3))]);
    }

    #[test]
    fn base_returns_to_the_steps_behind_it() {
        let segmented = segment(&document(2, vec![Step::Base(PolicyId(0)), run(1, false)]));
        assert_eq!(outline(&segmented), ["base then 1", "run 1, done"]);
        assert_eq!(segmented.resume, [(PolicyId(0), SegmentId(1))]);
    }
}
