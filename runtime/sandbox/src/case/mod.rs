//! Case files: policies, requests and what is expected of them, in Markdown.
//!
//! A heading without headings below it is a case; the blocks of the headings above it are its own as well. What the
//! blocks mean is told by what stands behind their opening fences:
//!
//! | Block | Holds |
//! |---|---|
//! | `xml inbound`, `xml product outbound`, … | policies of a section: of the API, or of the scope named |
//! | `xml global`, `xml api`, `xml fragment NAME` | a whole document of a scope, a fragment |
//! | `xml operation GET /cars/{id} inbound` | the same for an operation, which is made by this |
//! | `xml PATH`, `json PATH`, `yaml PATH` | any file of the instance |
//! | `operations` | a line `GET /cars/{id}` for each operation, in place of all methods on all paths |
//! | `named-values` | a line `name = value` for each; `secret name = value` for secrets |
//! | `http` | what a caller sends, and gets ([`message`]) |
//! | `http backend` | what backends are sent, and answer |
//! | `trace`, `variables`, `error` | what was traced, set, and the last error, after the requests before it |
//! | `report` | everything that `tollgate check` says of the documents |
//!
//! `<!-- error: [rule] "text" -->` in policies says what is found in what follows it; likewise `warning` and `info`.
//! Everything found must be said. In what is expected of messages, `…` stands for any text, and `(none)` for a header
//! that is not there.
//!
//! The room is divided by what is looked at: `markdown` finds headings and blocks, `message` reads requests, `setting`
//! makes an instance of the blocks, `findings` compares what the checker said, `exchange` what requests led to, and
//! `run` does it all.

mod edit;
mod exchange;
mod findings;
mod front;
mod instance;
mod markdown;
pub mod message;
mod run;
mod setting;

use std::fmt::Write as _;

use grammar::source::{Source, Span};

use markdown::{Block, Part};
use message::{Exchange, Item, Misread};

pub use edit::updated;
pub use instance::Origin;
pub use run::{Edit, Failure, Runner, Verdict};

/// A file of cases.
#[derive(Debug)]
pub struct CaseFile {
    /// Its text.
    pub source: Source,
    /// Its cases, in order.
    pub cases: Vec<Case>,
    /// What cannot be read.
    pub faults: Vec<Misread>,
}

/// A case.
#[derive(Debug)]
pub struct Case {
    /// Its heading, with those above it.
    pub name: String,
    /// Where its heading stands.
    pub span: Span,
    /// The blocks that describe the instance.
    setting: Vec<setting::Setting>,
    /// What happens, in order.
    steps: Vec<Step>,
    /// What backends are sent and answer.
    backend: Vec<Exchange>,
    /// What is found in the policies.
    assertions: Vec<findings::Assertion>,
    /// The report on the documents.
    report: Option<Span>,
}

/// Something that happens in a case, and what is expected of it.
#[derive(Debug)]
enum Step {
    Wait(std::time::Duration),
    Exchange(Box<Exchange>),
    /// What was traced since the last such block.
    Trace(Span),
    /// The variables at the end of the last request.
    Variables(Span),
    /// The last error of the last request.
    Error(Span),
}

impl CaseFile {
    /// What is the matter with a case, for people: place and clause of each failure.
    #[must_use]
    pub fn describe(&self, verdict: &Verdict) -> String {
        let mut out = String::new();
        for failure in &verdict.failures {
            let at = self.source.line_column(failure.span.start);
            let _ = writeln!(out, "{}:{}: {}", self.source.name(), at.line + 1, failure.message);
        }
        out
    }

    /// Reads a file.
    #[must_use]
    pub fn read(source: Source) -> Self {
        let parts = markdown::parts(&source);
        let mut file = Self { source, cases: Vec::new(), faults: Vec::new() };
        let mut above: Vec<&Part> = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            above.retain(|outer| outer.level < part.level);
            let is_leaf = parts.get(index + 1).is_none_or(|next| next.level <= part.level);
            if is_leaf && !part.blocks.is_empty() {
                file.add_case(&above, part);
            }
            above.push(part);
        }
        file
    }

    fn add_case(&mut self, above: &[&Part], part: &Part) {
        let titles = above.iter().filter(|outer| outer.level > 1).chain([&part]).map(|part| part.title.as_str());
        let name = titles.filter(|title| !title.is_empty()).collect::<Vec<_>>().join(" / ");
        let mut case = Case {
            name,
            span: part.span,
            setting: Vec::new(),
            steps: Vec::new(),
            backend: Vec::new(),
            assertions: Vec::new(),
            report: None,
        };
        for outer in above.iter().copied().chain([part]) {
            for block in &outer.blocks {
                if let Err(fault) = case.add(block, &self.source) {
                    // What a heading above says wrongly is told once.
                    if !self.faults.contains(&fault) {
                        self.faults.push(fault);
                    }
                }
            }
        }
        let is_case = !case.steps.is_empty() || !case.assertions.is_empty() || case.report.is_some();
        if is_case {
            self.cases.push(case);
        } else if !case.setting.is_empty() {
            let message = "this case says nothing of what is expected".to_owned();
            self.faults.push(Misread { span: part.span, message });
        }
    }
}

impl Case {
    fn add(&mut self, block: &Block, source: &Source) -> Result<(), Misread> {
        let mut words = block.info.split_whitespace();
        let text = source.slice(block.span);
        let known = match words.next() {
            Some("http") => {
                let items = message::read(text, block.span.start)?;
                match words.next() {
                    None => self.steps.extend(items.into_iter().map(|item| match item {
                        Item::Wait(time) => Step::Wait(time),
                        Item::Exchange(exchange) => Step::Exchange(exchange),
                    })),
                    Some("backend") => {
                        for item in items {
                            let Item::Exchange(exchange) = item else {
                                let message = "a backend does not wait; say `→ 200 after 30 s`".to_owned();
                                return Err(Misread { span: block.span, message });
                            };
                            self.backend.push(*exchange);
                        }
                    }
                    Some(other) => {
                        let message = format!("`http` is followed by `backend` or nothing, and not by `{other}`");
                        return Err(Misread { span: block.fence, message });
                    }
                }
                true
            }
            Some("trace") => {
                self.steps.push(Step::Trace(block.span));
                true
            }
            Some("variables") => {
                self.steps.push(Step::Variables(block.span));
                true
            }
            Some("error") => {
                self.steps.push(Step::Error(block.span));
                true
            }
            Some("report") => {
                self.report = Some(block.span);
                true
            }
            _ => false,
        };
        if !known && let Some(setting) = setting::Setting::read(block, source)? {
            findings::assertions(&setting, source, &mut self.assertions)?;
            self.setting.push(setting);
        }
        if !block.is_closed {
            let message = "this block has no end".to_owned();
            return Err(Misread { span: block.fence, message });
        }
        Ok(())
    }
}
