//! `System.StringComparer`.
//!
//! Not here: how texts are compared (`string_compare`, `format::text`), and comparers of other types (`comparer`).

use std::cmp::Ordering;

use dotnet_macros::members;

use crate::collection::Comparing;
use crate::cx::Cx;
use crate::format::text::{casing, collation};
use crate::hash;
use crate::object::{Header, Obj, Ops, REFERENCE, fold_hash, objects_compare, on};
use crate::search::Case;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::culture::Culture;
use crate::types::primitive::sign_of;
use crate::types::raise;
use crate::types::string::as_string;
use crate::types::string_compare::{linguistic, ordinal};
use crate::types::string_search::case_of;

/// The object of a `StringComparer`.
#[repr(C)]
pub struct StringComparer {
    header: Header,
    rules: Rules,
    case: Case,
}

crate::layout!(StringComparer, STRING_COMPARER_DEF);

/// What decides whether texts are equal and which comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rules {
    /// The language.
    Linguistic,
    /// The code units.
    Ordinal,
}

impl StringComparer {
    const fn new(rules: Rules, case: Case) -> Self {
        Self { header: Header { ty: Ty(&STRING_COMPARER) }, rules, case }
    }

    fn texts_equal(&self, a: Str<'_>, b: Str<'_>) -> bool {
        match (self.rules, self.case) {
            _ if a == b => true,
            (Rules::Ordinal, Case::Sensitive) => false,
            (Rules::Ordinal, Case::Ignored) => casing::equals_ordinal_ignore_case(a.bytes(), b.bytes()),
            (Rules::Linguistic, case) => linguistic(a, b, case).is_eq(),
        }
    }

    fn texts_compare(&self, a: Str<'_>, b: Str<'_>) -> Ordering {
        match self.rules {
            Rules::Ordinal => ordinal(a, b, self.case).cmp(&0),
            Rules::Linguistic => linguistic(a, b, self.case),
        }
    }

    fn text_hash(&self, text: Str<'_>) -> i32 {
        match (self.rules, self.case) {
            (Rules::Ordinal, Case::Sensitive) => fold_hash(hash::of_bytes(text.bytes())),
            (Rules::Ordinal, Case::Ignored) => fold_hash(hash_in_capitals(text)),
            (Rules::Linguistic, _) => {
                let letters = collation::letters(text.bytes());
                fold_hash(letters.fold(0, |all, letter| hash::of_bits(all ^ u64::from(letter))))
            }
        }
    }
}

/// The hash of a text whose small letters are taken for capitals.
fn hash_in_capitals(text: Str<'_>) -> u64 {
    let mut short = [0; 64];
    match short.get_mut(..text.bytes().len()) {
        Some(capitals) if text.is_ascii() => {
            capitals.copy_from_slice(text.bytes());
            capitals.make_ascii_uppercase();
            hash::of_bytes(capitals)
        }
        _ => {
            let mut capitals = Vec::with_capacity(text.bytes().len());
            casing::write_upper(&mut capitals, text.bytes());
            hash::of_bytes(&capitals)
        }
    }
}

static INVARIANT: StringComparer = StringComparer::new(Rules::Linguistic, Case::Sensitive);
static INVARIANT_IGNORE_CASE: StringComparer = StringComparer::new(Rules::Linguistic, Case::Ignored);
static ORDINAL: StringComparer = StringComparer::new(Rules::Ordinal, Case::Sensitive);
static ORDINAL_IGNORE_CASE: StringComparer = StringComparer::new(Rules::Ordinal, Case::Ignored);

/// Compares texts, with or without case. The culture is always the invariant one.
#[members("public abstract class System.StringComparer : System.Collections.IComparer, System.Collections.IEqualityComparer, IComparer<string>, IEqualityComparer<string>", as = STRING_COMPARER, ops = STRING_COMPARER_OPS)]
impl<'a> StringComparer {
    /// Compares by the rules of language; case matters.
    #[member("static StringComparer InvariantCulture { get; }")]
    fn invariant_culture() -> &'a Self {
        &INVARIANT
    }

    /// Compares by the rules of language; case does not matter.
    #[member("static StringComparer InvariantCultureIgnoreCase { get; }")]
    fn invariant_culture_ignore_case() -> &'a Self {
        &INVARIANT_IGNORE_CASE
    }

    /// Compares by the rules of language; case matters.
    #[member("static StringComparer CurrentCulture { get; }")]
    fn current_culture() -> &'a Self {
        &INVARIANT
    }

    /// Compares by the rules of language; case does not matter.
    #[member("static StringComparer CurrentCultureIgnoreCase { get; }")]
    fn current_culture_ignore_case() -> &'a Self {
        &INVARIANT_IGNORE_CASE
    }

    /// Compares code units.
    #[member("static StringComparer Ordinal { get; }")]
    fn ordinal() -> &'a Self {
        &ORDINAL
    }

    /// Compares code units; case does not matter.
    #[member("static StringComparer OrdinalIgnoreCase { get; }")]
    fn ordinal_ignore_case() -> &'a Self {
        &ORDINAL_IGNORE_CASE
    }

    /// Compares by the rules of language.
    #[member("static StringComparer Create(CultureInfo culture, bool ignoreCase)")]
    fn create(_culture: &'a Culture, ignore_case: bool) -> &'a Self {
        if ignore_case { &INVARIANT_IGNORE_CASE } else { &INVARIANT }
    }

    /// Compares as the number says.
    ///
    /// # Throws
    /// `ArgumentException` for a number that `StringComparison` does not have.
    #[member("static StringComparer FromComparison(StringComparison comparisonType)")]
    fn from_comparison(cx: &mut Cx<'a>, comparison: i32) -> Result<&'a Self, Throw> {
        let case = case_of(cx, comparison)?;
        Ok(match (comparison < 4, case) {
            (true, Case::Sensitive) => &INVARIANT,
            (true, Case::Ignored) => &INVARIANT_IGNORE_CASE,
            (false, Case::Sensitive) => &ORDINAL,
            (false, Case::Ignored) => &ORDINAL_IGNORE_CASE,
        })
    }

    /// The order of two texts: negative, zero or positive; null comes first.
    #[member("int Compare(string x, string y)", pure)]
    fn compare(&self, x: Option<Str<'a>>, y: Option<Str<'a>>) -> i32 {
        match (x, y) {
            (Some(x), Some(y)) => sign_of(self.texts_compare(x, y)),
            (x, y) => sign_of(x.is_some().cmp(&y.is_some())),
        }
    }

    /// Whether two texts are equal; nulls are equal to each other.
    #[member("bool Equals(string x, string y)", pure)]
    fn equals(&self, x: Option<Str<'a>>, y: Option<Str<'a>>) -> bool {
        match (x, y) {
            (Some(x), Some(y)) => self.texts_equal(x, y),
            (x, y) => x.is_none() && y.is_none(),
        }
    }

    /// A number that is the same for equal texts.
    #[member("int GetHashCode(string obj)")]
    fn get_hash_code(&self, obj: Str<'a>) -> i32 {
        self.text_hash(obj)
    }

    /// The order of two objects: of texts by these rules, of others by their own.
    ///
    /// # Throws
    /// `ArgumentException` if they have no order.
    #[member("int Compare(object x, object y)", pure)]
    fn compare_objects(&self, cx: &mut Cx<'a>, x: Option<Obj<'a>>, y: Option<Obj<'a>>) -> Result<i32, Throw> {
        self.order_of(cx, x, y).map(sign_of)
    }

    /// Whether two objects are equal: texts by these rules, others by their own.
    #[member("bool Equals(object x, object y)", pure)]
    fn equals_objects(&self, cx: &mut Cx<'a>, x: Option<Obj<'a>>, y: Option<Obj<'a>>) -> Result<bool, Throw> {
        match (x, y) {
            (Some(x), Some(y)) => match (as_string(x), as_string(y)) {
                (Some(x), Some(y)) => Ok(self.texts_equal(x, y)),
                _ => x.equals(cx, y),
            },
            (x, y) => Ok(x.is_none() && y.is_none()),
        }
    }

    /// A number that is the same for equal objects.
    #[member("int GetHashCode(object obj)")]
    fn get_hash_code_of_object(&self, cx: &mut Cx<'a>, obj: Obj<'a>) -> Result<i32, Throw> {
        match as_string(obj) {
            Some(text) => Ok(self.text_hash(text)),
            None => obj.hash_code(cx),
        }
    }
}

impl StringComparer {
    fn order_of<'a>(&self, cx: &mut Cx<'a>, x: Option<Obj<'a>>, y: Option<Obj<'a>>) -> Result<Ordering, Throw> {
        match (x.and_then(as_string), y.and_then(as_string)) {
            (Some(x), Some(y)) => Ok(self.texts_compare(x, y)),
            _ => objects_compare(cx, x, y),
        }
    }
}

/// The behaviour of comparers of texts.
pub static STRING_COMPARER_OPS: Ops = Ops { comparing: Some(&STRING_COMPARING), ..REFERENCE };

fn is(comparer: Obj<'_>, known: &StringComparer) -> bool {
    comparer.downcast::<StringComparer>().is_some_and(|comparer| std::ptr::eq(comparer, known))
}

static STRING_COMPARING: Comparing = Comparing {
    equals: |cx, comparer, x, y| {
        // SAFETY: a comparer of strings and objects is given words of reference types.
        let (x, y) = unsafe { (cx.object(x), cx.object(y)) };
        on::<StringComparer, _>(cx, comparer, |comparer, cx| comparer.equals_objects(cx, x, y))
    },
    hash: |cx, comparer, word| {
        // SAFETY: as above.
        let Some(object) = (unsafe { cx.object(word) }) else { return Err(raise::null(cx, "obj")) };
        on::<StringComparer, _>(cx, comparer, |comparer, cx| comparer.get_hash_code_of_object(cx, object))
    },
    compare: |cx, comparer, x, y| {
        // SAFETY: as above.
        let (x, y) = unsafe { (cx.object(x), cx.object(y)) };
        on::<StringComparer, _>(cx, comparer, |comparer, cx| comparer.order_of(cx, x, y))
    },
    is_plain_equality: |comparer| is(comparer, &ORDINAL),
    is_plain_order: |comparer| is(comparer, &INVARIANT),
};

#[cfg(test)]
mod tests {
    use crate::testing::{Arg, Items, Null, Object, ty, with_harness};

    #[test]
    fn texts_are_compared_by_the_rules_of_the_comparer() {
        with_harness(|harness| {
            let comparer = "System.StringComparer::static StringComparer";
            for (name, a, b, equal) in [
                ("Ordinal", "a", "A", "False"),
                ("Ordinal", "a", "a", "True"),
                ("OrdinalIgnoreCase", "Accept", "ACCEPT", "True"),
                ("OrdinalIgnoreCase", "é", "É", "True"),
                ("OrdinalIgnoreCase", "a", "b", "False"),
                ("InvariantCulture", "a", "A", "False"),
                ("InvariantCultureIgnoreCase", "a", "A", "True"),
                ("CurrentCultureIgnoreCase", "a", "A", "True"),
            ] {
                let this = harness.word(&format!("{comparer} {name} {{ get; }}"), &[]);
                let host = "System.StringComparer::bool Equals(string x, string y)";
                assert_eq!(harness.call(host, &[&this, &a, &b]), equal, "{name} {a} {b}");
                let host = "System.StringComparer::int GetHashCode(string obj)";
                let hashes = (harness.call(host, &[&this, &a]), harness.call(host, &[&this, &b]));
                assert!(equal == "False" || hashes.0 == hashes.1, "{name} {a} {b}");
            }
            let ordinal = harness.word(&format!("{comparer} Ordinal {{ get; }}"), &[]);
            let host = "System.StringComparer::int Compare(string x, string y)";
            assert_eq!(harness.call(host, &[&ordinal, &"a", &"B"]), "1");
            assert_eq!(harness.call(host, &[&ordinal, &Null, &"B"]), "-1");
            let host = "System.StringComparer::bool Equals(object x, object y)";
            assert_eq!(harness.call(host, &[&ordinal, &Object(5), &Object(5)]), "True");
            assert_eq!(harness.call(host, &[&ordinal, &Object(5), &"5"]), "False");
            let host = "System.StringComparer::int GetHashCode(string obj)";
            assert_eq!(
                harness.call(host, &[&ordinal, &Null]),
                "ArgumentNullException: Value cannot be null. (Parameter 'obj')"
            );
            let from = "System.StringComparer::static StringComparer FromComparison(StringComparison comparisonType)";
            assert_eq!(harness.word(from, &[&4]), ordinal);
        });
    }

    #[test]
    fn tables_and_queries_take_comparers() {
        with_harness(|harness| {
            let ignoring = "System.StringComparer::static StringComparer OrdinalIgnoreCase { get; }";
            let ignoring = harness.word(ignoring, &[]);
            let owner = Some(ty("Dictionary<string, int>"));
            let dictionary = "System.Collections.Generic.Dictionary::";
            let construct = format!("{dictionary}Dictionary(IEqualityComparer<TKey> comparer)");
            let headers = harness.word_on(owner, &construct, &[&ignoring]);
            let set = format!("{dictionary}TValue this[TKey key] {{ set; }}");
            // More than are searched from end to end, so that hashes count.
            for number in 0..20 {
                harness.call_on(owner, &set, &[&headers, &format!("X-Key-{number}").as_str(), &number]);
            }
            let get = format!("{dictionary}TValue this[TKey key] {{ get; }}");
            assert_eq!(harness.call_on(owner, &get, &[&headers, &"x-KEY-17"]), "17");
            assert_eq!(harness.call_on(owner, &set, &[&headers, &"x-key-17", &99]), "void");
            assert_eq!(harness.call_on(owner, &format!("{dictionary}int Count {{ get; }}"), &[&headers]), "20");
            let texts = Items("string", &[&"a", &"A", &"b"]);
            let distinct = "System.Linq.Enumerable::static IEnumerable<TSource> Distinct<TSource>(this \
                            IEnumerable<TSource> source, IEqualityComparer<TSource> comparer)";
            assert_eq!(harness.call(distinct, &[&texts, &ignoring, &ty("string")]), "[a, b]");
            let ordinal = harness.word("System.StringComparer::static StringComparer Ordinal { get; }", &[]);
            let sort = "System.Array::static void Sort<T>(T[] array, IComparer<T> comparer)";
            let letters = Items("string", &[&"b", &"A", &"a", &"B"]).word(&mut harness.cx);
            harness.call(sort, &[&letters, &ordinal, &ty("string")]);
            assert_eq!(harness.show(Some(ty("string[]")), letters), "[A, B, a, b]");
        });
    }
}
