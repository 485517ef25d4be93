//! What a resource was read from, kept so that it can be pointed at and written again.

use std::fmt;

use crate::findings::Place;
use crate::members::Members;
use crate::text::value::Node;

/// The information file of a resource with its overlay merged in, or the folder of one that has no such file.
///
/// Definitions compare equal, as places do: what they say is in the resource.
#[derive(Clone)]
pub struct Definition {
    root: Option<Node>,
    place: Place,
}

impl Definition {
    /// A resource without an information file, shown at `place`.
    #[must_use]
    pub fn implicit(place: Place) -> Self {
        Self { root: None, place }
    }

    /// A resource that `root` describes.
    #[must_use]
    pub fn new(root: Node) -> Self {
        Self { place: Place::from(&root), root: Some(root) }
    }

    /// Whether the resource has a description of its own.
    #[must_use]
    pub fn is_explicit(&self) -> bool {
        self.root.is_some()
    }

    /// Everything that was read, members without a meaning here included.
    #[must_use]
    pub fn root(&self) -> Option<&Node> {
        self.root.as_ref()
    }

    /// The members that describe the resource: those of `properties`, or all where that wrapper is missing.
    pub(crate) fn properties(&self) -> Members<'_> {
        let Some(root) = &self.root else { return Members::of(None) };
        match root.as_object().and_then(|object| object.get_ignoring_case("properties")) {
            Some(member) => Members::of(Some(&member.value)),
            None => Members::of(Some(root)),
        }
    }

    /// Where the member `key` of the resource's properties stands; where it has none, the resource itself.
    #[must_use]
    pub fn place(&self, key: &str) -> Place {
        self.properties().place(key).unwrap_or_else(|| self.place.clone())
    }

    /// Where the resource as a whole stands.
    #[must_use]
    pub fn start(&self) -> Place {
        self.place.clone()
    }
}

impl PartialEq for Definition {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Definition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.place.fmt(f)
    }
}
