//! A document as requests run it: code and policies.
//!
//! The code is machine code of a bundle, or another [`Machine`] of a tool that compares both.
//!
//! Not here: all documents of a bundle, and which of them a request meets (`documents`).

use bundle::document as format;
use bundle::document::{DocumentName, Section};
use dotnet::cx::Cx;
use dotnet::throw::Throw;
use dotnet::word::Word;

use crate::exchange::Exchange;
use crate::load::Loaded;
use crate::policy::Policy;

/// What runs a document's segments and functions where that is not machine code.
pub trait Machine: Send + Sync {
    /// Runs a segment; gives the position of its exit, or [`THROWN`](format::THROWN) with the number of the policy that
    /// threw.
    fn run_segment<'x>(&'x self, exchange: &mut Exchange<'x>, segment: u32) -> u64;

    /// Calls a function that a policy evaluates by itself.
    ///
    /// # Errors
    /// What it throws.
    fn call<'x>(&'x self, cx: &mut Cx<'x>, function: u32) -> Result<Word, Throw>;
}

/// What a document runs on.
enum Code {
    Native(Loaded),
    Other(format::Document, Box<dyn Machine>),
}

impl Code {
    #[inline]
    fn document(&self) -> &format::Document {
        match self {
            Self::Native(loaded) => &loaded.document,
            Self::Other(document, _) => document,
        }
    }
}

/// A document with its policies.
pub struct Document {
    code: Code,
    policies: Vec<Box<dyn Policy>>,
    sections: [Option<u32>; 4],
}

impl Document {
    /// A document whose code is loaded, with its policies in the order of their numbers.
    #[must_use]
    pub fn new(loaded: Loaded, policies: Vec<Box<dyn Policy>>) -> Self {
        Self::of(Code::Native(loaded), policies)
    }

    /// A document that runs on another machine, with its policies in the order of their numbers.
    #[must_use]
    pub fn on(machine: Box<dyn Machine>, document: format::Document, policies: Vec<Box<dyn Policy>>) -> Self {
        Self::of(Code::Other(document, machine), policies)
    }

    fn of(code: Code, policies: Vec<Box<dyn Policy>>) -> Self {
        let mut sections = [None; 4];
        for (section, segment) in &code.document().sections {
            if let Some(place) = sections.get_mut(*section as usize) {
                *place = Some(*segment);
            }
        }
        Self { code, policies, sections }
    }

    /// Which document it is.
    #[must_use]
    pub fn name(&self) -> &DocumentName {
        &self.code.document().name
    }

    /// The segment that a section begins with; of a fragment, the same for all.
    #[must_use]
    pub fn start(&self, section: Section) -> Option<u32> {
        self.code.document().fragment.or_else(|| self.sections.get(section as usize).copied().flatten())
    }

    /// A policy by its number.
    #[must_use]
    pub fn policy(&self, number: u32) -> Option<&dyn Policy> {
        self.policies.get(number as usize).map(AsRef::as_ref)
    }

    /// What the document says of a policy.
    #[must_use]
    pub fn policy_facts(&self, number: u32) -> Option<&format::Policy> {
        self.code.document().policies.get(number as usize)
    }

    /// What the document says of its policies, in document order.
    #[must_use]
    pub fn policies(&self) -> &[format::Policy] {
        &self.code.document().policies
    }

    /// How many argument slots it has.
    #[must_use]
    pub fn slots(&self) -> u32 {
        self.code.document().slots
    }

    pub(crate) fn exit(&self, position: u64) -> Option<&format::Exit> {
        usize::try_from(position).ok().and_then(|position| self.code.document().exits.get(position))
    }

    /// Makes the document the one whose code runs next.
    pub(crate) fn enter(&self, cx: &mut Cx<'_>) {
        if let Code::Native(loaded) = &self.code {
            loaded.enter(cx);
        }
    }

    /// Runs a segment; gives the position of its exit, or `THROWN` with the number of the policy that threw. `None` if
    /// there is no such segment.
    ///
    /// # Safety
    /// As [`Loaded::run_segment`].
    pub(crate) unsafe fn run_segment<'x>(&'x self, exchange: &mut Exchange<'x>, segment: u32) -> Option<u64> {
        match &self.code {
            Code::Native(loaded) => {
                // The code gets the address of the whole exchange, of which the context is the first part: a policy that
                // it runs uses the rest.
                let cx = std::ptr::from_mut(exchange).cast::<Cx<'_>>();
                // SAFETY: as the caller promises.
                unsafe { loaded.run_segment(cx, segment) }
            }
            Code::Other(_, machine) => Some(machine.run_segment(exchange, segment)),
        }
    }

    /// Calls a function that a policy evaluates by itself.
    ///
    /// # Errors
    /// What it throws.
    pub fn call<'x>(&'x self, cx: &mut Cx<'x>, function: u32) -> Result<Word, Throw> {
        let loaded = match &self.code {
            Code::Native(loaded) => loaded,
            Code::Other(_, machine) => return machine.call(cx, function),
        };
        let (hosts, pool) = (cx.hosts, cx.pool);
        loaded.enter(cx);
        // SAFETY: the document was just entered; functions that policies call take nothing.
        let result = unsafe { loaded.call_function(cx, function, &[]) };
        (cx.hosts, cx.pool) = (hosts, pool);
        result.unwrap_or(Ok(Word::ZERO))
    }
}
