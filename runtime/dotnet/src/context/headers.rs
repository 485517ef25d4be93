//! The headers of a message: what arrived, and what policies made of it.
//!
//! What arrived stays as it is; a header that a policy touches is kept beside it with all its values. A message that
//! nobody touched is passed on without copying anything.
//!
//! Not here: which headers may be changed or are passed on (`policies`, `gateway`).

use std::cell::Cell;

use http::header::{HeaderMap, HeaderName, HeaderValue};

use crate::arena::Arena;

/// Headers whose values may hold commas or dates, so that each value needs a line of its own.
const APART: &[&str] = &[
    "cookie",
    "date",
    "expires",
    "if-modified-since",
    "if-unmodified-since",
    "last-modified",
    "proxy-authenticate",
    "retry-after",
    "set-cookie",
    "user-agent",
    "warning",
    "www-authenticate",
];

/// The headers of one message.
#[derive(Default)]
pub struct Headers<'a> {
    arrived: Cell<Option<&'a HeaderMap>>,
    touched: Cell<&'a [Touched<'a>]>,
}

/// A header that a policy touched, with all its values; none for one that was deleted.
#[derive(Clone, Copy)]
struct Touched<'a> {
    name: Name<'a>,
    values: &'a [Value<'a>],
}

/// A header's name as somebody wrote it.
#[derive(Clone, Copy)]
pub struct Name<'a> {
    text: &'a str,
    checked: Option<&'a HeaderName>,
}

/// A header's value.
#[derive(Clone, Copy)]
pub struct Value<'a> {
    bytes: &'a [u8],
    checked: Option<&'a HeaderValue>,
}

impl<'a> Name<'a> {
    /// A name that was not checked yet.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { text, checked: None }
    }

    /// A name that was checked when its document was loaded.
    #[must_use]
    pub fn checked(text: &'a str, name: &'a HeaderName) -> Self {
        Self { text, checked: Some(name) }
    }

    /// The name as written.
    #[must_use]
    pub fn as_str(self) -> &'a str {
        self.text
    }

    /// Whether both name the same header.
    #[must_use]
    pub fn is(self, other: &str) -> bool {
        self.text.eq_ignore_ascii_case(other)
    }

    fn to_header_name(self) -> Option<HeaderName> {
        self.checked.cloned().or_else(|| HeaderName::from_bytes(self.text.as_bytes()).ok())
    }
}

impl<'a> Value<'a> {
    /// A value that was not checked yet.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, checked: None }
    }

    /// A value that was checked when its document was loaded, or that arrived.
    #[must_use]
    pub fn checked(value: &'a HeaderValue) -> Self {
        Self { bytes: value.as_bytes(), checked: Some(value) }
    }

    /// The value's bytes.
    #[must_use]
    pub fn bytes(self) -> &'a [u8] {
        self.bytes
    }

    /// Whether the value may stand in a header: no control characters but the tab, and so no line breaks.
    #[must_use]
    pub fn is_sound(self) -> bool {
        self.checked.is_some() || self.bytes.iter().all(|b| *b == b'\t' || (*b >= 0x20 && *b != 0x7F))
    }

    fn to_header_value(self) -> Option<HeaderValue> {
        self.checked.cloned().or_else(|| HeaderValue::from_bytes(self.bytes).ok())
    }
}

impl<'a> Headers<'a> {
    /// Headers that arrived.
    #[must_use]
    pub fn arrived(map: &'a HeaderMap) -> Self {
        Self { arrived: Cell::new(Some(map)), touched: Cell::default() }
    }

    /// The values of a header, in the order of their lines; none if there is no such header.
    #[must_use]
    pub fn get(&self, name: Name<'_>) -> Vec<Value<'a>> {
        if let Some(touched) = self.find_touched(name.text) {
            return touched.values.to_vec();
        }
        match (self.arrived.get(), name.checked) {
            (None, _) => Vec::new(),
            (Some(map), Some(checked)) => map.get_all(checked).iter().map(Value::checked).collect(),
            (Some(map), None) => map.get_all(name.text).iter().map(Value::checked).collect(),
        }
    }

    /// The first value of a header, and whether there are more.
    #[must_use]
    #[inline]
    pub fn first(&self, name: Name<'_>) -> Option<(Value<'a>, bool)> {
        if let Some(touched) = self.find_touched(name.text) {
            return touched.values.split_first().map(|(first, rest)| (*first, !rest.is_empty()));
        }
        let map = self.arrived.get()?;
        let all = match name.checked {
            Some(checked) => map.get_all(checked),
            None => map.get_all(name.text),
        };
        let mut all = all.iter();
        let first = all.next()?;
        Some((Value::checked(first), all.next().is_some()))
    }

    /// Whether there is such a header.
    #[must_use]
    pub fn contains(&self, name: Name<'_>) -> bool {
        self.first(name).is_some()
    }

    #[inline]
    fn find_touched(&self, name: &str) -> Option<Touched<'a>> {
        self.touched.get().iter().find(|touched| touched.name.is(name)).copied()
    }

    /// Gives a header exactly these values; none deletes it.
    pub fn set(&self, arena: &'a Arena, name: Name<'a>, values: &[Value<'a>]) {
        let new = Touched { name, values: arena.alloc_slice(values) };
        let old = self.touched.get();
        let place = old.iter().position(|touched| touched.name.is(name.text));
        let len = old.len() + usize::from(place.is_none());
        let place = place.unwrap_or(old.len());
        let touched = arena.alloc_from(len, |index| if index == place { new } else { *old.get(index).unwrap_or(&new) });
        self.touched.set(touched);
    }

    /// Adds values to those that a header has.
    pub fn append(&self, arena: &'a Arena, name: Name<'a>, values: &[Value<'a>]) {
        let mut all = self.get(name);
        all.extend_from_slice(values);
        self.set(arena, name, &all);
    }

    /// Every header with its values: those that arrived in their order, then those that policies added.
    pub fn for_each(&self, mut visit: impl FnMut(Name<'a>, &[Value<'a>])) {
        let touched = self.touched.get();
        if let Some(map) = self.arrived.get() {
            for name in map.keys() {
                match touched.iter().find(|touched| touched.name.is(name.as_str())) {
                    Some(touched) if touched.values.is_empty() => {}
                    Some(touched) => visit(touched.name, touched.values),
                    None => {
                        let values: Vec<Value<'a>> = map.get_all(name).iter().map(Value::checked).collect();
                        visit(Name::checked(name.as_str(), name), &values);
                    }
                }
            }
        }
        let arrived = |name: &str| self.arrived.get().is_some_and(|map| map.contains_key(name));
        for touched in touched.iter().filter(|touched| !touched.values.is_empty() && !arrived(touched.name.text)) {
            visit(touched.name, touched.values);
        }
    }

    /// How many headers there are.
    #[must_use]
    pub fn len(&self) -> usize {
        let mut count = 0;
        self.for_each(|_, _| count += 1);
        count
    }

    /// Whether there is no header.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a policy touched any header.
    #[must_use]
    pub fn is_touched(&self) -> bool {
        !self.touched.get().is_empty()
    }

    /// Whether a policy set or deleted this header.
    #[must_use]
    pub fn has_touched(&self, name: &str) -> bool {
        self.find_touched(name).is_some()
    }

    /// The headers that policies touched, applied to a map that holds those that arrived. Several values make one line
    /// with commas, but for headers whose values hold commas themselves. Values that cannot stand in a header are left
    /// out; members and policies refuse them before.
    pub fn apply_to(&self, map: &mut HeaderMap) {
        for touched in self.touched.get() {
            let Some(name) = touched.name.to_header_name() else { continue };
            match touched.values {
                [] => {
                    map.remove(&name);
                }
                [_, _, ..] if !APART.contains(&name.as_str()) => {
                    let values: Vec<&[u8]> = touched.values.iter().map(|value| value.bytes).collect();
                    if let Ok(line) = HeaderValue::from_bytes(&values.join(&b","[..])) {
                        map.insert(name, line);
                    }
                }
                [first, rest @ ..] => {
                    if let Some(value) = first.to_header_value() {
                        map.insert(name.clone(), value);
                    }
                    for value in rest {
                        if let Some(value) = value.to_header_value() {
                            map.append(name.clone(), value);
                        }
                    }
                }
            }
        }
    }

    /// All headers as a map of their own.
    #[must_use]
    pub fn to_map(&self) -> HeaderMap {
        let mut map = self.arrived.get().cloned().unwrap_or_default();
        self.apply_to(&mut map);
        map
    }

    /// Forgets all headers and starts with those that arrived.
    pub fn replace(&self, arrived: Option<&'a HeaderMap>) {
        self.arrived.set(arrived);
        self.touched.set(&[]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touched_headers_hide_those_that_arrived() {
        let mut map = HeaderMap::new();
        map.append("accept", HeaderValue::from_static("a"));
        map.append("x-multi", HeaderValue::from_static("1"));
        map.append("x-multi", HeaderValue::from_static("2"));
        let arena = Arena::new(1 << 20);
        let headers = Headers::arrived(&map);
        let texts = |name: &str| -> Vec<String> {
            let values = headers.get(Name::new(name));
            values.iter().map(|value| String::from_utf8_lossy(value.bytes()).into_owned()).collect()
        };
        assert_eq!(texts("X-Multi"), ["1", "2"]);
        headers.append(&arena, Name::new("X-Multi"), &[Value::new(b"3")]);
        headers.set(&arena, Name::new("Accept"), &[]);
        headers.set(&arena, Name::new("X-New"), &[Value::new(b"n")]);
        assert_eq!(texts("x-multi"), ["1", "2", "3"]);
        assert!(texts("accept").is_empty());
        let mut names = Vec::new();
        headers.for_each(|name, _| names.push(name.as_str().to_owned()));
        assert_eq!(names, ["X-Multi", "X-New"]);
        assert!(headers.has_touched("ACCEPT") && !headers.has_touched("host"));
    }

    #[test]
    fn several_values_make_one_line_unless_they_hold_commas() {
        let mut map = HeaderMap::new();
        map.append("via", HeaderValue::from_static("1.1 a"));
        map.append("via", HeaderValue::from_static("1.1 b"));
        let arena = Arena::new(1 << 20);
        let headers = Headers::arrived(&map);
        let two = [Value::new(b"1"), Value::new(b"2")];
        for name in ["X-Multi", "Set-Cookie", "Vary"] {
            headers.set(&arena, Name::new(name), &two);
        }
        headers.append(&arena, Name::new("Vary"), &[Value::new(b"3")]);
        let map = headers.to_map();
        for (name, expected) in
            [("via", &["1.1 a", "1.1 b"][..]), ("x-multi", &["1,2"]), ("set-cookie", &["1", "2"]), ("vary", &["1,2,3"])]
        {
            let lines: Vec<&str> = map.get_all(name).iter().map(|value| value.to_str().unwrap()).collect();
            assert_eq!(lines, expected, "{name}");
        }
    }
}
