//! Which API a path belongs to: by the longest suffix whose version and revision fit.
//!
//! A revision stands behind the suffix (`/cars;rev=2/models`), or behind the version where the version is a segment of
//! the path. Suffixes and versions in paths are compared without case.

use std::cmp::Ordering;

/// The suffixes of all APIs.
#[derive(Debug, Default)]
pub(crate) struct Suffixes {
    root: Node,
}

#[derive(Debug, Default)]
struct Node {
    /// Sorted by their segments, which are in lower case.
    children: Vec<(Box<str>, Node)>,
    apis: Vec<Entry>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    api: u32,
    /// How many segments the suffix has, without the version.
    depth: usize,
}

/// Where the revision of a path stands.
#[derive(Clone, Copy)]
struct Revision<'p> {
    number: &'p str,
    depth: usize,
}

/// An API whose suffix a path begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found<'p> {
    /// The API's position.
    pub(crate) api: u32,
    /// The path behind the suffix: empty, or with a slash at its beginning.
    pub(crate) rest: &'p str,
}

impl Suffixes {
    /// Adds an API. `version` is its segment of the path, where versions are told that way.
    pub(crate) fn insert(&mut self, api: u32, suffix: &str, version: Option<&str>) {
        let suffix = suffix.trim_matches('/');
        let segments = || suffix.split('/').filter(|segment| !segment.is_empty());
        let mut node = &mut self.root;
        for segment in segments().chain(version) {
            let segment = segment.to_lowercase();
            let place = match node.children.binary_search_by(|(known, _)| (**known).cmp(segment.as_str())) {
                Ok(place) => place,
                Err(place) => {
                    node.children.insert(place, (segment.into(), Node::default()));
                    place
                }
            };
            match node.children.get_mut(place) {
                Some((_, child)) => node = child,
                // It is there, or was just put there.
                None => return,
            }
        }
        node.apis.push(Entry { api, depth: segments().count() });
    }

    /// The API of a path. `fits` says whether a request is for an API, given the revision that the path names; of the
    /// longest suffix for which it says so, the first API counts.
    pub(crate) fn find<'p>(&self, path: &'p str, fits: &dyn Fn(u32, Option<&str>) -> bool) -> Option<Found<'p>> {
        self.root.find(path, 0, None, fits)
    }
}

impl Node {
    fn find<'p>(
        &self,
        path: &'p str,
        depth: usize,
        revision: Option<Revision<'p>>,
        fits: &dyn Fn(u32, Option<&str>) -> bool,
    ) -> Option<Found<'p>> {
        if let Some(rest) = path.strip_prefix('/') {
            let (segment, behind) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let (name, number) = split_revision(segment);
            let own = number.map(|number| Revision { number, depth: depth + 1 });
            if own.is_none() || revision.is_none() {
                if let Some(child) = self.child(name)
                    && let Some(found) = child.find(behind, depth + 1, revision.or(own), fits)
                {
                    return Some(found);
                }
                if depth == 0 && name.is_empty() && number.is_some() {
                    let revision = number.map(|number| Revision { number, depth: 0 });
                    return self.choose(behind, revision, 0, fits);
                }
            }
        }
        self.choose(path, revision, depth, fits)
    }

    fn choose<'p>(
        &self,
        rest: &'p str,
        revision: Option<Revision<'p>>,
        depth: usize,
        fits: &dyn Fn(u32, Option<&str>) -> bool,
    ) -> Option<Found<'p>> {
        let stands_well =
            |entry: &Entry| revision.is_none_or(|found| found.depth == entry.depth || found.depth == depth);
        let number = revision.map(|revision| revision.number);
        let mut apis = self.apis.iter().filter(|entry| stands_well(entry));
        apis.find(|entry| fits(entry.api, number)).map(|entry| Found { api: entry.api, rest })
    }

    fn child(&self, segment: &str) -> Option<&Self> {
        let place = self.children.binary_search_by(|(known, _)| compare(known, segment)).ok()?;
        self.children.get(place).map(|(_, child)| child)
    }
}

/// Compares a text in lower case with one in any case.
fn compare(lower: &str, any: &str) -> Ordering {
    if any.is_ascii() {
        return lower.bytes().cmp(any.bytes().map(|byte| byte.to_ascii_lowercase()));
    }
    lower.cmp(any.to_lowercase().as_str())
}

/// A segment without its revision, and the number of that.
fn split_revision(segment: &str) -> (&str, Option<&str>) {
    let Some(at) = segment.rfind(';') else { return (segment, None) };
    let (name, revision) = segment.split_at(at);
    match revision.split_at_checked(5) {
        Some((mark, number)) if mark.eq_ignore_ascii_case(";rev=") && !number.is_empty() => (name, Some(number)),
        _ => (segment, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_suffix_whose_revision_fits_wins() {
        let apis = [
            ("", None, "1"),
            ("cars", None, "1"),
            ("cars", None, "2"),
            ("cars/models", None, "1"),
            ("Cars", Some("V2"), "1"),
            ("cars", Some("v2"), "3"),
            ("orders", Some("v1"), "1"),
        ];
        let mut suffixes = Suffixes::default();
        for (index, (suffix, version, _)) in (0..).zip(apis) {
            suffixes.insert(index, suffix, version);
        }
        let fits = |api: u32, revision: Option<&str>| apis[api as usize].2 == revision.unwrap_or("1");
        let cases = [
            ("/", 0, "/"),
            ("/other", 0, "/other"),
            ("/cars", 1, ""),
            ("/CARS/1", 1, "/1"),
            ("/carsx", 0, "/carsx"),
            ("/cars;rev=2/1", 2, "/1"),
            ("/cars;REV=2", 2, ""),
            ("/cars/models/x", 3, "/x"),
            ("/cars/v2/x", 4, "/x"),
            ("/cars;rev=3/v2/x", 5, "/x"),
            ("/cars/v2;rev=3/x", 5, "/x"),
            ("/cars/x;rev=2", 1, "/x;rev=2"),
            ("/;rev=1/cars", 0, "/cars"),
            ("/orders", 0, "/orders"),
            ("/orders/v1", 6, ""),
            ("*", 0, "*"),
        ];
        for (path, api, rest) in cases {
            assert_eq!(suffixes.find(path, &fits), Some(Found { api, rest }), "{path}");
        }
        let none = |_: u32, _: Option<&str>| false;
        assert_eq!(suffixes.find("/cars", &none), None);
        let second = |api: u32, revision: Option<&str>| api == 2 && revision == Some("9");
        for path in ["/cars;rev=2/x", "/cars;rev=9;rev=8", "/a;rev=9/cars", "/cars;rev=9/models"] {
            let found = suffixes.find(path, &second).map(|found| found.api);
            assert_eq!(found, (path == "/cars;rev=9/models").then_some(2), "{path}");
        }
    }
}
