//! `System.String`: equality and order of texts.
//!
//! Not here: `StringComparer` (`string_comparer`), and the linguistic order itself (`format::compare`).

use std::cmp::Ordering;

use dotnet_macros::members;

use crate::cx::Cx;
use crate::format::text::{casing::upper_unit, collation};
use crate::object::Obj;
use crate::search::Case;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::culture::Culture;
use crate::types::exception::ARGUMENT_EXCEPTION;
use crate::types::primitive::sign_of;
use crate::types::string::{BAD_INDEX, as_string, throw_range};
use crate::types::string_search::{case_if, case_of};
use crate::wtf8;

/// `StringComparison.Ordinal`; it and the one behind it compare code units, those before it by the rules of a culture.
const ORDINAL: i32 = 4;

/// Equality and order.
#[members("System.String", group = COMPARE)]
impl<'a> Str<'a> {
    /// Whether both are null or have the same text.
    #[member("static bool operator ==(string a, string b)", pure)]
    fn same(a: Option<Self>, b: Option<Self>) -> bool {
        a == b
    }

    /// Whether the texts differ.
    #[member("static bool operator !=(string a, string b)", pure)]
    fn differ(a: Option<Self>, b: Option<Self>) -> bool {
        a != b
    }

    /// Whether the other is a string of the same text.
    #[member("bool Equals(object obj)", pure)]
    fn equals_object(self, obj: Option<Obj<'a>>) -> bool {
        obj.and_then(as_string) == Some(self)
    }

    /// Whether the texts are the same.
    #[member("bool Equals(string value)", pure)]
    fn equals(self, value: Option<Self>) -> bool {
        value == Some(self)
    }

    /// Whether the texts are the same in a comparison of this kind.
    #[member("bool Equals(string value, StringComparison comparisonType)", pure)]
    fn equals_compared(self, cx: &mut Cx<'a>, value: Option<Self>, comparison: i32) -> Result<bool, Throw> {
        Self::equals_both_compared(cx, Some(self), value, comparison)
    }

    /// Whether both are null or have the same text.
    #[member("static bool Equals(string a, string b)", pure)]
    fn equals_both(a: Option<Self>, b: Option<Self>) -> bool {
        a == b
    }

    /// Whether both are null or have the same text in a comparison of this kind.
    #[member("static bool Equals(string a, string b, StringComparison comparisonType)", pure)]
    pub(crate) fn equals_both_compared(
        cx: &mut Cx<'a>,
        a: Option<Self>,
        b: Option<Self>,
        comparison: i32,
    ) -> Result<bool, Throw> {
        let case = case_of(cx, comparison)?;
        Ok(match (a, b) {
            (Some(a), Some(b)) => a == b || equal_compared(a, b, comparison, case),
            (None, None) => true,
            _ => false,
        })
    }

    /// The order of the two; null comes first.
    ///
    /// # Throws
    /// `ArgumentException` if the other is no string.
    #[member("int CompareTo(object value)", pure)]
    fn compare_to_object(self, cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<i32, Throw> {
        match value.map(as_string) {
            None => Ok(1),
            Some(Some(other)) => Ok(sign_of(linguistic(self, other, Case::Sensitive))),
            Some(None) => Err(cx.throw(Ty(&ARGUMENT_EXCEPTION), "Object must be of type String.")),
        }
    }

    /// The order of the two by the rules of language; null comes first.
    #[member("int CompareTo(string strB)", pure)]
    fn compare_to(self, other: Option<Self>) -> i32 {
        compare(Some(self), other, 0, Case::Sensitive)
    }

    /// The order of the two by the rules of language; null comes first.
    #[member("static int Compare(string strA, string strB)", pure)]
    fn compare(a: Option<Self>, b: Option<Self>) -> i32 {
        compare(a, b, 0, Case::Sensitive)
    }

    /// The order of the two by the rules of language; null comes first.
    #[member("static int Compare(string strA, string strB, bool ignoreCase)", pure)]
    fn compare_in_case(a: Option<Self>, b: Option<Self>, ignore_case: bool) -> i32 {
        compare(a, b, 0, case_if(ignore_case))
    }

    /// The order of the two; the culture is always the invariant one.
    #[member("static int Compare(string strA, string strB, bool ignoreCase, CultureInfo culture)", pure)]
    fn compare_of_culture(a: Option<Self>, b: Option<Self>, ignore_case: bool, _culture: Option<&'a Culture>) -> i32 {
        compare(a, b, 0, case_if(ignore_case))
    }

    /// The order of the two in a comparison of this kind; null comes first.
    #[member("static int Compare(string strA, string strB, StringComparison comparisonType)", pure)]
    fn compare_compared(cx: &mut Cx<'a>, a: Option<Self>, b: Option<Self>, comparison: i32) -> Result<i32, Throw> {
        let case = case_of(cx, comparison)?;
        Ok(compare(a, b, comparison, case))
    }

    /// The order of parts of the two by the rules of language.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if a part begins past the end.
    #[member("static int Compare(string strA, int indexA, string strB, int indexB, int length)", pure)]
    fn compare_parts(
        cx: &mut Cx<'a>,
        a: Option<Self>,
        index_a: i32,
        b: Option<Self>,
        index_b: i32,
        length: i32,
    ) -> Result<i32, Throw> {
        compare_parts(cx, (a, index_a), (b, index_b), length, 0, Case::Sensitive)
    }

    /// The order of parts of the two by the rules of language.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if a part begins past the end.
    #[member("static int Compare(string strA, int indexA, string strB, int indexB, int length, bool ignoreCase)", pure)]
    fn compare_parts_in_case(
        cx: &mut Cx<'a>,
        a: Option<Self>,
        index_a: i32,
        b: Option<Self>,
        index_b: i32,
        length: i32,
        ignore_case: bool,
    ) -> Result<i32, Throw> {
        compare_parts(cx, (a, index_a), (b, index_b), length, 0, case_if(ignore_case))
    }

    /// The order of parts of the two in a comparison of this kind.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if a part begins past the end.
    #[member(
        "static int Compare(string strA, int indexA, string strB, int indexB, int length, StringComparison comparisonType)",
        pure
    )]
    fn compare_parts_compared(
        cx: &mut Cx<'a>,
        a: Option<Self>,
        index_a: i32,
        b: Option<Self>,
        index_b: i32,
        length: i32,
        comparison: i32,
    ) -> Result<i32, Throw> {
        let case = case_of(cx, comparison)?;
        compare_parts(cx, (a, index_a), (b, index_b), length, comparison, case)
    }

    /// The order of the two by their code units: the difference of the first that differ.
    #[member("static int CompareOrdinal(string strA, string strB)", pure)]
    fn compare_ordinal(a: Option<Self>, b: Option<Self>) -> i32 {
        compare(a, b, ORDINAL, Case::Sensitive)
    }

    /// The order of parts of the two by their code units.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if a part begins past the end.
    #[member("static int CompareOrdinal(string strA, int indexA, string strB, int indexB, int length)", pure)]
    fn compare_ordinal_parts(
        cx: &mut Cx<'a>,
        a: Option<Self>,
        index_a: i32,
        b: Option<Self>,
        index_b: i32,
        length: i32,
    ) -> Result<i32, Throw> {
        compare_parts(cx, (a, index_a), (b, index_b), length, ORDINAL, Case::Sensitive)
    }
}

/// Whether texts are equal in a comparison of this kind, whose case is known.
fn equal_compared(a: Str<'_>, b: Str<'_>, comparison: i32, case: Case) -> bool {
    if comparison < ORDINAL && !(a.is_ascii() && b.is_ascii()) {
        return linguistic(a, b, case).is_eq();
    }
    case == Case::Ignored && a.eq_ignore_case(b)
}

fn compare(a: Option<Str<'_>>, b: Option<Str<'_>>, comparison: i32, case: Case) -> i32 {
    match (a, b) {
        (Some(a), Some(b)) if comparison < ORDINAL => sign_of(linguistic(a, b, case)),
        (Some(a), Some(b)) => ordinal(a, b, case),
        (a, b) => sign_of(a.is_some().cmp(&b.is_some())),
    }
}

/// The difference of the first code units that differ, else of the lengths.
#[must_use]
pub fn ordinal(a: Str<'_>, b: Str<'_>, case: Case) -> i32 {
    let fold = |unit: u16| if case == Case::Ignored { upper_unit(unit) } else { unit };
    // What is the same in bytes is the same in units, up to the start of the character where they part.
    let same = a.bytes().iter().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let mut start = same.min(a.bytes().len()).min(b.bytes().len());
    while start > 0 && [a, b].iter().any(|text| text.bytes().get(start).is_some_and(|byte| byte & 0xC0 == 0x80)) {
        start -= 1;
    }
    let units = |bytes| wtf8::units(<[u8]>::get(bytes, start..).unwrap_or(&[]));
    let (mut left, mut right) = (units(a.bytes()), units(b.bytes()));
    loop {
        match (left.next().map(fold), right.next().map(fold)) {
            (Some(a), Some(b)) if a == b => {}
            (Some(a), Some(b)) => return i32::from(a) - i32::from(b),
            (None, None) => return 0,
            (left_unit, right_unit) => {
                let longer = 1 + if left_unit.is_some() { left.count() } else { right.count() } as i32;
                return if right_unit.is_none() { longer } else { -longer };
            }
        }
    }
}

fn compare_parts<'a>(
    cx: &mut Cx<'a>,
    (a, index_a): (Option<Str<'a>>, i32),
    (b, index_b): (Option<Str<'a>>, i32),
    length: i32,
    comparison: i32,
    case: Case,
) -> Result<i32, Throw> {
    let (Some(a), Some(b)) = (a, b) else { return Ok(compare(a, b, comparison, case)) };
    let Ok(length) = usize::try_from(length) else {
        return Err(throw_range(cx, "Length cannot be less than zero.", "length"));
    };
    let mut parts = [Str::EMPTY; 2];
    for ((place, text), (index, parameter)) in
        parts.iter_mut().zip([a, b]).zip([(index_a, "indexA"), (index_b, "indexB")])
    {
        let units = text.utf16_len();
        let part = usize::try_from(index).ok().filter(|start| *start <= units);
        let part = part.and_then(|start| text.utf16_slice(cx, start, units.min(start.saturating_add(length))));
        *place = part.ok_or_else(|| throw_range(cx, BAD_INDEX, parameter))?;
    }
    let [a, b] = parts;
    Ok(compare(Some(a), Some(b), comparison, case))
}

/// The order of two texts by the rules of language.
#[must_use]
pub fn linguistic(a: Str<'_>, b: Str<'_>, case: Case) -> Ordering {
    collation::compare(a.bytes(), b.bytes(), case)
}

#[cfg(test)]
mod tests {
    use crate::testing::{Null, Units, call};

    #[test]
    fn code_units_are_ordered_by_their_numbers() {
        let compare = "System.String::static int CompareOrdinal(string strA, string strB)";
        for (a, b, expected) in [
            ("a", "b", "-1"),
            ("a", "B", "31"),
            ("abc", "ab", "1"),
            ("ab", "abcd", "-2"),
            ("é", "è", "1"),
            ("\u{fffd}", "😀", "10176"),
            ("x", "x", "0"),
        ] {
            assert_eq!(call(compare, &[&a, &b]), expected, "{a} {b}");
        }
        assert_eq!(call(compare, &[&Null, &"a"]), "-1");
        assert_eq!(call(compare, &[&Null, &Null]), "0");
        assert_eq!(call(compare, &[&"😀", &Units(&[0xD83D, 0xDE01])]), "-1");
        let compared = "System.String::static int Compare(string strA, string strB, StringComparison comparisonType)";
        assert_eq!(call(compared, &[&"_", &"a", &5]), "30");
        let parts =
            "System.String::static int CompareOrdinal(string strA, int indexA, string strB, int indexB, int length)";
        assert_eq!(call(parts, &[&"xabc", &1, &"abd", &0, &2]), "0");
        assert_eq!(
            call(parts, &[&"xabc", &9, &"abd", &0, &2]),
            "ArgumentOutOfRangeException: Index was out of range. Must be non-negative and less than the size of the \
             collection. (Parameter 'indexA')"
        );
    }

    #[test]
    fn texts_are_equal_with_or_without_case() {
        let equals = "System.String::static bool Equals(string a, string b, StringComparison comparisonType)";
        for (a, b, comparison, expected) in [
            ("Gold", "gOLD", 5, "True"),
            ("Gold", "gOLD", 4, "False"),
            ("É", "é", 5, "True"),
            ("Gold", "gOLD", 3, "True"),
            ("a", "a", 0, "True"),
        ] {
            assert_eq!(call(equals, &[&a, &b, &comparison]), expected, "{a} {b} {comparison}");
        }
        assert_eq!(call(equals, &[&Null, &Null, &5]), "True");
        assert_eq!(call("System.String::static bool operator ==(string a, string b)", &[&Null, &""]), "False");
        assert_eq!(call("System.String::bool Equals(string value)", &[&"a", &Null]), "False");
    }
}
