//! `System.Collections.Specialized.NameValueCollection`, and the one that `HttpUtility.ParseQueryString` gives.
//!
//! Names are compared without case; a name has any number of values. Not here: dictionaries.

use dotnet_macros::members;

use crate::array::Array;
use crate::cx::Cx;
use crate::format::escape::percent;
use crate::object::{Header, NotNull, Ops, REFERENCE, object_of, on};
use crate::rt::Enumerator;
use crate::seq::Cursor;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::{RuntimeType, Ty};
use crate::types::list::List;
use crate::types::raise;
use crate::types::read_only_collection::ReadOnlyCollection;
use crate::types::string::STRING;
use crate::word::{IntoWord, Word};

const TEXT: Ty = Ty(&STRING);

/// The object of a `NameValueCollection`.
#[repr(C)]
pub struct NameValueCollection<'a> {
    header: Header,
    /// Each name once, or null.
    names: &'a List<'a>,
    /// For each name the list of its values.
    values: &'a List<'a>,
}

crate::layout!(NameValueCollection<'a>, NAME_VALUE_COLLECTION_DEF, QUERY_COLLECTION_DEF);

impl<'a> NameValueCollection<'a> {
    fn new(cx: &Cx<'a>, ty: &'static RuntimeType) -> &'a Self {
        let (names, values) = (List::new(cx, TEXT), List::new(cx, crate::catalogue::OBJECT));
        cx.arena().alloc(Self { header: Header::new(Ty(ty)), names, values })
    }

    /// The parameters of a query, which may begin with its question mark; a parameter without `=` is a value of the
    /// name null.
    ///
    /// # Errors
    /// The limits of time and memory.
    pub fn of_query(cx: &mut Cx<'a>, query: Str<'a>) -> Result<&'a Self, Throw> {
        let all = Self::new(cx, &QUERY_COLLECTION);
        let query = query.bytes().strip_prefix(b"?").unwrap_or(query.bytes());
        if query.is_empty() {
            return Ok(all);
        }
        for pair in query.split(|byte| *byte == b'&') {
            cx.check_limits()?;
            let (name, value) = match pair.iter().position(|byte| *byte == b'=') {
                Some(at) => (pair.get(..at), pair.get(at + 1..).unwrap_or_default()),
                None => (None, pair),
            };
            let name = name.map(|name| cx.write(|out| percent::url_decode_unicode(out, name)));
            let value = cx.write(|out| percent::url_decode_unicode(out, value));
            all.push(cx, name, Some(value))?;
        }
        Ok(all)
    }

    fn name_at(&self, index: usize) -> Option<Str<'a>> {
        let word = self.names.get(index).filter(|word| !word.is_null())?;
        // SAFETY: the names are strings.
        Some(unsafe { Str::from_not_null(word) })
    }

    fn values_at(&self, index: usize) -> Option<&'a List<'a>> {
        // SAFETY: the values are lists, which `push` makes.
        self.values.get(index).map(|word| unsafe { <&'a List<'a>>::from_not_null(word) })
    }

    fn place(&self, name: Option<Str<'a>>) -> Option<usize> {
        (0..self.names.len()).find(|index| match (self.name_at(*index), name) {
            (None, None) => true,
            (Some(known), Some(name)) => known == name || known.eq_ignore_case(name),
            _ => false,
        })
    }

    fn push(&self, cx: &mut Cx<'a>, name: Option<Str<'a>>, value: Option<Str<'a>>) -> Result<(), Throw> {
        let values = match self.place(name).and_then(|index| self.values_at(index)) {
            Some(values) => values,
            None => {
                let values = List::new(cx, TEXT);
                let word = name.into_word(cx);
                self.names.push(cx, word)?;
                self.values.push(cx, object_of(values).word())?;
                values
            }
        };
        match value {
            Some(value) => values.push(cx, value.word()),
            None => Ok(()),
        }
    }

    fn joined(&self, cx: &mut Cx<'a>, index: usize) -> Option<Str<'a>> {
        let words = self.values_at(index)?.words();
        if words.is_empty() {
            return None;
        }
        let mut out = Vec::new();
        for (index, word) in words.into_iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            if !word.is_null() {
                // SAFETY: the values are strings.
                crate::wtf8::append(&mut out, unsafe { Str::from_not_null(word) }.bytes());
            }
        }
        Some(cx.str_from_wtf8(&out))
    }

    fn array(&self, cx: &Cx<'a>, index: usize) -> Option<&'a Array<'a>> {
        let words = self.values_at(index)?.words();
        (!words.is_empty()).then(|| Array::new(cx, TEXT, &words))
    }

    fn checked(&self, cx: &mut Cx<'a>, index: i32) -> Result<usize, Throw> {
        let place = usize::try_from(index).ok().filter(|index| *index < self.names.len());
        place.ok_or_else(|| raise::index(cx, "index"))
    }

    fn text(&self, cx: &mut Cx<'a>) -> Str<'a> {
        let mut out = Vec::new();
        for index in 0..self.names.len() {
            let name = self.name_at(index);
            for word in self.values_at(index).map(List::words).unwrap_or_default() {
                if !out.is_empty() {
                    out.push(b'&');
                }
                percent::url_encode_lower(&mut out, name.map_or(b"", Str::bytes));
                out.push(b'=');
                if !word.is_null() {
                    // SAFETY: the values are strings.
                    percent::url_encode_lower(&mut out, unsafe { Str::from_not_null(word) }.bytes());
                }
            }
        }
        cx.str_from_wtf8(&out)
    }
}

/// Values by name, of which a name may have several.
#[members("public class System.Collections.Specialized.NameValueCollection : System.Collections.IEnumerable", as = NAME_VALUE_COLLECTION, ops = NAME_VALUE_OPS)]
impl<'a> NameValueCollection<'a> {
    /// An empty collection.
    #[member("NameValueCollection()")]
    fn construct(cx: &mut Cx<'a>) -> &'a Self {
        Self::new(cx, &NAME_VALUE_COLLECTION)
    }

    /// An empty collection with room for so many names.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the number is negative.
    #[member("NameValueCollection(int capacity)")]
    fn construct_with_capacity(cx: &mut Cx<'a>, capacity: i32) -> Result<&'a Self, Throw> {
        if capacity < 0 {
            return Err(raise::negative(cx, "capacity"));
        }
        Ok(Self::construct(cx))
    }

    /// A copy of another collection.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("NameValueCollection(System.Collections.Specialized.NameValueCollection col)")]
    fn construct_from(cx: &mut Cx<'a>, other: &'a Self) -> Result<&'a Self, Throw> {
        let copy = Self::construct(cx);
        copy.add_all(cx, other)?;
        Ok(copy)
    }

    /// How many names there are.
    #[member("int Count { get; }")]
    fn count(&'a self) -> i32 {
        self.names.len() as i32
    }

    /// The values of a name with commas between them; null if it is not there.
    #[member("string this[string name] { get; }")]
    fn item(&'a self, cx: &mut Cx<'a>, name: Option<Str<'a>>) -> Option<Str<'a>> {
        self.place(name).and_then(|index| self.joined(cx, index))
    }

    /// Replaces the values of a name by one.
    #[member("string this[string name] { set; }")]
    fn set_item(&'a self, cx: &mut Cx<'a>, name: Option<Str<'a>>, value: Option<Str<'a>>) -> Result<(), Throw> {
        self.set(cx, name, value)
    }

    /// The values of the name at an index with commas between them.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException`.
    #[member("string this[int index] { get; }")]
    fn item_at(&'a self, cx: &mut Cx<'a>, index: i32) -> Result<Option<Str<'a>>, Throw> {
        let index = self.checked(cx, index)?;
        Ok(self.joined(cx, index))
    }

    /// The names in order.
    #[member("string[] AllKeys { get; }")]
    fn all_keys(&'a self, cx: &mut Cx<'a>) -> &'a Array<'a> {
        Array::new(cx, TEXT, &self.names.words())
    }

    /// The names in order.
    #[member("System.Collections.ObjectModel.ReadOnlyCollection<string> Keys { get; }")]
    fn keys(&'a self, cx: &mut Cx<'a>) -> &'a ReadOnlyCollection<'a> {
        ReadOnlyCollection::over(cx, TEXT, object_of(self.names))
    }

    /// Adds a value to those of a name.
    #[member("void Add(string name, string value)")]
    fn add(&'a self, cx: &mut Cx<'a>, name: Option<Str<'a>>, value: Option<Str<'a>>) -> Result<(), Throw> {
        self.push(cx, name, value)
    }

    /// Adds all names and values of another collection.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("void Add(System.Collections.Specialized.NameValueCollection c)")]
    fn add_all(&'a self, cx: &mut Cx<'a>, other: &'a Self) -> Result<(), Throw> {
        for index in 0..other.names.len() {
            cx.check_limits()?;
            let name = other.name_at(index);
            let words = other.values_at(index).map(List::words).unwrap_or_default();
            if words.is_empty() {
                self.push(cx, name, None)?;
            }
            for word in words {
                // SAFETY: the values are strings.
                let value = (!word.is_null()).then(|| unsafe { Str::from_not_null(word) });
                self.push(cx, name, value)?;
            }
        }
        Ok(())
    }

    /// Replaces the values of a name by one.
    #[member("void Set(string name, string value)")]
    fn set(&'a self, cx: &mut Cx<'a>, name: Option<Str<'a>>, value: Option<Str<'a>>) -> Result<(), Throw> {
        match self.place(name).and_then(|index| self.values.cells().get(index)) {
            Some(place) => {
                let word = value.into_word(cx);
                place.set(object_of(List::of(cx, TEXT, &[word])).word());
                Ok(())
            }
            None => {
                self.push(cx, name, None)?;
                self.set(cx, name, value)
            }
        }
    }

    /// The values of a name with commas between them; null if it is not there.
    #[member("string Get(string name)")]
    fn get(&'a self, cx: &mut Cx<'a>, name: Option<Str<'a>>) -> Option<Str<'a>> {
        self.item(cx, name)
    }

    /// The values of the name at an index with commas between them.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException`.
    #[member("string Get(int index)")]
    fn get_at(&'a self, cx: &mut Cx<'a>, index: i32) -> Result<Option<Str<'a>>, Throw> {
        self.item_at(cx, index)
    }

    /// The name at an index.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException`.
    #[member("string GetKey(int index)")]
    fn get_key(&'a self, cx: &mut Cx<'a>, index: i32) -> Result<Option<Str<'a>>, Throw> {
        let index = self.checked(cx, index)?;
        Ok(self.name_at(index))
    }

    /// The values of a name; null if there are none.
    #[member("string[] GetValues(string name)")]
    fn get_values(&'a self, cx: &mut Cx<'a>, name: Option<Str<'a>>) -> Option<&'a Array<'a>> {
        self.array(cx, self.place(name)?)
    }

    /// The values of the name at an index; null if there are none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException`.
    #[member("string[] GetValues(int index)")]
    fn get_values_at(&'a self, cx: &mut Cx<'a>, index: i32) -> Result<Option<&'a Array<'a>>, Throw> {
        let index = self.checked(cx, index)?;
        Ok(self.array(cx, index))
    }

    /// Whether there is a name that is not null.
    #[member("bool HasKeys()")]
    fn has_keys(&'a self) -> bool {
        self.names.cells().iter().any(|name| !name.get().is_null())
    }

    /// Removes a name with its values.
    #[member("void Remove(string name)")]
    fn remove(&'a self, cx: &mut Cx<'a>, name: Option<Str<'a>>) -> Result<(), Throw> {
        let Some(removed) = self.place(name).and_then(|index| i32::try_from(index).ok()) else { return Ok(()) };
        self.names.remove_at(cx, removed)?;
        self.values.remove_at(cx, removed)
    }

    /// Removes everything.
    #[member("void Clear()")]
    fn clear(&'a self) {
        self.names.clear();
        self.values.clear();
    }

    /// A walk over the names.
    #[member("System.Collections.IEnumerator GetEnumerator()")]
    fn get_enumerator(&'a self, cx: &mut Cx<'a>) -> Result<&'a Enumerator<'a>, Throw> {
        Enumerator::start(cx, object_of(self), crate::catalogue::OBJECT)
    }
}

/// The collection that a query was read into: its text is a query again.
#[members("internal sealed class System.Web.HttpQSCollection : System.Collections.Specialized.NameValueCollection", as = QUERY_COLLECTION, ops = QUERY_OPS)]
impl<'a> NameValueCollection<'a> {}

/// The behaviour of collections of names and values: sequences of names.
pub static NAME_VALUE_OPS: Ops = Ops {
    elements: Some(|cx, object, _| {
        on(cx, object, |all: &NameValueCollection<'_>, cx| {
            Ok(Cursor::over(cx.arena().alloc_slice::<Word>(&all.names.words())))
        })
    }),
    count: Some(|object| object.downcast::<NameValueCollection<'_>>().map_or(0, |all| all.names.len())),
    ..REFERENCE
};

/// The behaviour of collections that were queries.
pub static QUERY_OPS: Ops = Ops {
    to_text: |cx, object| on(cx, object, |all: &NameValueCollection<'_>, cx| Ok(all.text(cx))),
    ..NAME_VALUE_OPS
};

#[cfg(test)]
mod tests {
    use crate::testing::with_harness;

    #[test]
    fn queries_are_read_changed_and_written() {
        with_harness(|harness| {
            let parse = "System.Web.HttpUtility::static System.Collections.Specialized.NameValueCollection ParseQueryString(string query)";
            let owner = "System.Collections.Specialized.NameValueCollection";
            let query = harness.word(parse, &[&"?a=1&b=2&A=3&flag&=x&c=%C3%A4+z&a=4&&d="]);
            for (member, name, expected) in [
                ("string this[string name] { get; }", "a", "1,3,4"),
                ("string Get(string name)", "FLAG", "<null>"),
                ("string[] GetValues(string name)", "a", "[1, 3, 4]"),
                ("string[] GetValues(string name)", "nope", "<null>"),
                ("string this[string name] { get; }", "c", "ä z"),
            ] {
                assert_eq!(harness.call(&format!("{owner}::{member}"), &[&query, &name]), expected, "{member}");
            }
            assert_eq!(
                harness.call(&format!("{owner}::string[] AllKeys {{ get; }}"), &[&query]),
                "[a, b, <null>, \"\", c, d]"
            );
            let text =
                |harness: &mut crate::testing::Harness<'_>| harness.call("System.Object::string ToString()", &[&query]);
            assert_eq!(text(harness), "a=1&a=3&a=4&b=2&=flag&=&=x&c=%c3%a4+z&d=");
            harness.call(&format!("{owner}::void Remove(string name)"), &[&query, &"A"]);
            harness.call(&format!("{owner}::void Set(string name, string value)"), &[&query, &"b", &"&"]);
            harness.call(&format!("{owner}::void Add(string name, string value)"), &[&query, &"d", &"é"]);
            assert_eq!(text(harness), "b=%26&=flag&=&=x&c=%c3%a4+z&d=&d=%c3%a9");
            let missing = harness.call(&format!("{owner}::string Get(int index)"), &[&query, &9]);
            assert!(missing.starts_with("ArgumentOutOfRangeException"), "{missing}");
        });
    }
}
