//! The resources of an instance: for each kind its type, and how it is read from its definition.
//!
//! Not here: which files hold them (`read`), and what one resource asks of another (`checks`).

pub mod api;
pub mod backend;
pub mod gateway;
pub mod group;
pub mod logger;
pub mod named_value;
pub mod operation;
pub mod policy;
pub mod product;
pub mod subscription;
pub mod version_set;

use crate::findings::Place;

/// A reference to a resource by its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The name, as it was written.
    pub name: String,
    /// Where it was written.
    pub place: Place,
}

impl Link {
    /// A reference to `name`, written at `place`.
    #[must_use]
    pub fn new(name: impl Into<String>, place: Place) -> Self {
        Self { name: name.into(), place }
    }
}

/// Implements [`crate::model::table::Named`] by the field `name`.
macro_rules! named {
    ($($kind:ty),+ $(,)?) => {
        $(impl crate::model::table::Named for $kind {
            fn name(&self) -> &str {
                &self.name
            }
        })+
    };
}
pub(crate) use named;
