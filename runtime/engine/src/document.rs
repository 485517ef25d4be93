//! A document as requests run it: code and policies.
//!
//! Not here: all documents of a bundle, and which of them a request meets (`documents`).

use bundle::document as format;
use bundle::document::{DocumentName, Section};
use dotnet::cx::Cx;
use dotnet::throw::Throw;
use dotnet::word::Word;

use crate::load::Loaded;
use crate::policy::Policy;

/// A document with its policies.
pub struct Document {
    loaded: Loaded,
    policies: Vec<Box<dyn Policy>>,
    sections: [Option<u32>; 4],
}

impl Document {
    /// A document whose code is loaded, with its policies in the order of their numbers.
    #[must_use]
    pub fn new(loaded: Loaded, policies: Vec<Box<dyn Policy>>) -> Self {
        let mut sections = [None; 4];
        for (section, segment) in &loaded.document.sections {
            if let Some(place) = sections.get_mut(*section as usize) {
                *place = Some(*segment);
            }
        }
        Self { loaded, policies, sections }
    }

    /// Which document it is.
    #[must_use]
    pub fn name(&self) -> &DocumentName {
        &self.loaded.document.name
    }

    /// The segment that a section begins with; of a fragment, the same for all.
    #[must_use]
    pub fn start(&self, section: Section) -> Option<u32> {
        self.loaded.document.fragment.or_else(|| self.sections.get(section as usize).copied().flatten())
    }

    /// A policy by its number.
    #[must_use]
    pub fn policy(&self, number: u32) -> Option<&dyn Policy> {
        self.policies.get(number as usize).map(AsRef::as_ref)
    }

    /// What the document says of a policy.
    #[must_use]
    pub fn policy_facts(&self, number: u32) -> Option<&format::Policy> {
        self.loaded.document.policies.get(number as usize)
    }

    /// What the document says of its policies, in document order.
    #[must_use]
    pub fn policies(&self) -> &[format::Policy] {
        &self.loaded.document.policies
    }

    /// How many argument slots it has.
    #[must_use]
    pub fn slots(&self) -> u32 {
        self.loaded.document.slots
    }

    pub(crate) fn exit(&self, position: u64) -> Option<&format::Exit> {
        usize::try_from(position).ok().and_then(|position| self.loaded.document.exits.get(position))
    }

    pub(crate) fn enter(&self, cx: &mut Cx<'_>) {
        self.loaded.enter(cx);
    }

    /// # Safety
    /// As [`Loaded::run_segment`].
    pub(crate) unsafe fn run_segment(&self, cx: *mut Cx<'_>, segment: u32) -> Option<u64> {
        // SAFETY: as the caller promises.
        unsafe { self.loaded.run_segment(cx, segment) }
    }

    /// Calls a function that a policy evaluates by itself.
    ///
    /// # Errors
    /// What it throws.
    pub fn call(&self, cx: &mut Cx<'_>, function: u32) -> Result<Word, Throw> {
        let (hosts, pool) = (cx.hosts, cx.pool);
        self.loaded.enter(cx);
        // SAFETY: the document was just entered; functions that policies call take nothing.
        let result = unsafe { self.loaded.call_function(cx, function, &[]) };
        (cx.hosts, cx.pool) = (hosts, pool);
        result.unwrap_or(Ok(Word::ZERO))
    }
}
