//! What surrounds a document: the instance it belongs to, or nothing.

use check::document::{Alone, Surroundings};
use check::instance::Around;
use instance::resources::backend::Backend;
use instance::resources::named_value::NamedValue;
use instance::resources::policy::Fragment;

/// What a document can name: nothing for a lone one, else the resources of its instance.
pub struct Neighbours<'p>(Option<Around<'p>>);

impl<'p> Neighbours<'p> {
    /// No instance.
    #[must_use]
    pub fn none() -> Self {
        Self(None)
    }

    pub(crate) fn of(around: Around<'p>) -> Self {
        Self(Some(around))
    }

    pub(crate) fn surroundings(&self) -> &dyn Surroundings {
        match &self.0 {
            Some(around) => around,
            None => &Alone,
        }
    }

    pub(crate) fn fragment(&self, name: &str) -> Option<&'p Fragment> {
        self.0.as_ref()?.resources().find_map(|resources| resources.fragment(name))
    }

    pub(crate) fn backend(&self, name: &str) -> Option<&'p Backend> {
        self.0.as_ref()?.resources().find_map(|resources| resources.backend(name))
    }

    pub(crate) fn named_value(&self, name: &str) -> Option<&'p NamedValue> {
        self.0.as_ref()?.resources().find_map(|resources| resources.named_value(name))
    }
}
