//! `System.String`: joining texts, and composite formats.

use dotnet_macros::members;

use crate::array::Array;
use crate::cx::Cx;
use crate::format::composite::{self, Piece};
use crate::object::{self, NotNull, Obj};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::string::throw_range;
use crate::word::{Char, Word};
use crate::wtf8;

impl<'a> Str<'a> {
    /// The texts one after the other.
    ///
    /// # Errors
    /// The limit of memory.
    pub fn concat(cx: &mut Cx<'a>, parts: &[Self]) -> Result<Self, Throw> {
        let mut filled = parts.iter().filter(|part| !part.is_empty());
        match (filled.next(), filled.next()) {
            (None, _) => return Ok(Self::EMPTY),
            (Some(single), None) => return Ok(*single),
            _ => {}
        }
        let total = parts.iter().map(|part| part.bytes().len()).sum();
        cx.reserve(total)?;
        if !parts.iter().all(|part| part.is_ascii()) {
            return Ok(cx.write(|out| parts.iter().for_each(|part| wtf8::append(out, part.bytes()))));
        }
        let place = cx.arena().alloc_filled(total, 0_u8);
        let mut rest: &mut [u8] = place;
        for part in parts {
            if let Some((room, after)) = std::mem::take(&mut rest).split_at_mut_checked(part.bytes().len()) {
                room.copy_from_slice(part.bytes());
                rest = after;
            }
        }
        Ok(Self::over_ascii(cx.arena(), place))
    }
}

/// Joining and formats.
#[members("System.String", group = JOIN)]
impl<'a> Str<'a> {
    /// The text of a value; empty for null.
    #[member("static string Concat(object arg0)", pure)]
    fn concat_object(cx: &mut Cx<'a>, arg0: Option<Obj<'a>>) -> Result<Self, Throw> {
        text_of(cx, arg0)
    }

    /// The texts of the values one after the other.
    #[member("static string Concat(object arg0, object arg1)", pure)]
    fn concat_2_objects(cx: &mut Cx<'a>, a: Option<Obj<'a>>, b: Option<Obj<'a>>) -> Result<Self, Throw> {
        let parts = [text_of(cx, a)?, text_of(cx, b)?];
        Self::concat(cx, &parts)
    }

    /// The texts of the values one after the other.
    #[member("static string Concat(object arg0, object arg1, object arg2)", pure)]
    fn concat_3_objects(
        cx: &mut Cx<'a>,
        a: Option<Obj<'a>>,
        b: Option<Obj<'a>>,
        c: Option<Obj<'a>>,
    ) -> Result<Self, Throw> {
        let parts = [text_of(cx, a)?, text_of(cx, b)?, text_of(cx, c)?];
        Self::concat(cx, &parts)
    }

    /// The texts of the values one after the other.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("static string Concat(params object[] args)", pure)]
    fn concat_objects(cx: &mut Cx<'a>, args: &'a Array<'a>) -> Result<Self, Throw> {
        let parts = texts_of(cx, args)?;
        Self::concat(cx, &parts)
    }

    /// The texts one after the other; null counts as empty.
    #[member("static string Concat(string str0, string str1)", pure)]
    fn concat_2(cx: &mut Cx<'a>, a: Option<Self>, b: Option<Self>) -> Result<Self, Throw> {
        Self::concat(cx, &[a, b].map(Option::unwrap_or_default))
    }

    /// The texts one after the other; null counts as empty.
    #[member("static string Concat(string str0, string str1, string str2)", pure)]
    fn concat_3(cx: &mut Cx<'a>, a: Option<Self>, b: Option<Self>, c: Option<Self>) -> Result<Self, Throw> {
        Self::concat(cx, &[a, b, c].map(Option::unwrap_or_default))
    }

    /// The texts one after the other; null counts as empty.
    #[member("static string Concat(string str0, string str1, string str2, string str3)", pure)]
    fn concat_4(
        cx: &mut Cx<'a>,
        a: Option<Self>,
        b: Option<Self>,
        c: Option<Self>,
        d: Option<Self>,
    ) -> Result<Self, Throw> {
        Self::concat(cx, &[a, b, c, d].map(Option::unwrap_or_default))
    }

    /// The texts one after the other; null counts as empty.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("static string Concat(params string[] values)", pure)]
    fn concat_all(cx: &mut Cx<'a>, values: &'a Array<'a>) -> Result<Self, Throw> {
        let parts = strings_of(values);
        Self::concat(cx, &parts)
    }

    /// The texts one after the other; null counts as empty.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("static string Concat(IEnumerable<string> values)")]
    fn concat_sequence(cx: &mut Cx<'a>, values: Obj<'a>) -> Result<Self, Throw> {
        join_sequence(cx, Self::EMPTY, values, Ty(&crate::types::string::STRING))
    }

    /// The texts of the elements one after the other.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("static string Concat<T>(IEnumerable<T> values)")]
    fn concat_elements(cx: &mut Cx<'a>, values: Obj<'a>, ty: Ty) -> Result<Self, Throw> {
        join_sequence(cx, Self::EMPTY, values, ty)
    }

    /// The texts with the separator between them; null counts as empty.
    ///
    /// # Throws
    /// `ArgumentNullException` if the array is null.
    #[member("static string Join(string separator, params string[] value)", pure)]
    fn join(cx: &mut Cx<'a>, separator: Option<Self>, value: &'a Array<'a>) -> Result<Self, Throw> {
        let parts = strings_of(value);
        joined(cx, separator.unwrap_or_default(), &parts)
    }

    /// The texts of the values with the separator between them; null counts as empty.
    ///
    /// # Throws
    /// `ArgumentNullException` if the array is null.
    #[member("static string Join(string separator, params object[] values)", pure)]
    fn join_objects(cx: &mut Cx<'a>, separator: Option<Self>, values: &'a Array<'a>) -> Result<Self, Throw> {
        let parts = texts_of(cx, values)?;
        joined(cx, separator.unwrap_or_default(), &parts)
    }

    /// The texts with the separator between them; null counts as empty.
    ///
    /// # Throws
    /// `ArgumentNullException` if the sequence is null.
    #[member("static string Join(string separator, IEnumerable<string> values)")]
    fn join_strings(cx: &mut Cx<'a>, separator: Option<Self>, values: Obj<'a>) -> Result<Self, Throw> {
        join_sequence(cx, separator.unwrap_or_default(), values, Ty(&crate::types::string::STRING))
    }

    /// The texts of the elements with the separator between them; null counts as empty.
    ///
    /// # Throws
    /// `ArgumentNullException` if the sequence is null.
    #[member("static string Join<T>(string separator, IEnumerable<T> values)")]
    fn join_elements(cx: &mut Cx<'a>, separator: Option<Self>, values: Obj<'a>, ty: Ty) -> Result<Self, Throw> {
        join_sequence(cx, separator.unwrap_or_default(), values, ty)
    }

    /// Some of the texts with the separator between them.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if they do not lie inside the array.
    #[member("static string Join(string separator, string[] value, int startIndex, int count)", pure)]
    fn join_some(
        cx: &mut Cx<'a>,
        separator: Option<Self>,
        value: &'a Array<'a>,
        start: i32,
        count: i32,
    ) -> Result<Self, Throw> {
        let Ok(start) = usize::try_from(start) else {
            return Err(throw_range(cx, "StartIndex cannot be less than zero.", "startIndex"));
        };
        let Ok(count) = usize::try_from(count) else {
            return Err(throw_range(cx, "Count cannot be less than zero.", "count"));
        };
        let parts = strings_of(value);
        match parts.get(start..start.saturating_add(count)) {
            Some(parts) => joined(cx, separator.unwrap_or_default(), parts),
            None => Err(throw_range(cx, "Index and count must refer to a location within the buffer.", "startIndex")),
        }
    }

    /// The texts with the code unit between them; null counts as empty.
    ///
    /// # Throws
    /// `ArgumentNullException` if the array is null.
    #[member("static string Join(char separator, params string[] value)", pure)]
    fn join_by_unit(cx: &mut Cx<'a>, separator: Char, value: &'a Array<'a>) -> Result<Self, Throw> {
        let separator = separator.to_text(cx);
        Self::join(cx, Some(separator), value)
    }

    /// The texts of the values with the code unit between them; null counts as empty.
    ///
    /// # Throws
    /// `ArgumentNullException` if the array is null.
    #[member("static string Join(char separator, params object[] values)", pure)]
    fn join_objects_by_unit(cx: &mut Cx<'a>, separator: Char, values: &'a Array<'a>) -> Result<Self, Throw> {
        let separator = separator.to_text(cx);
        Self::join_objects(cx, Some(separator), values)
    }

    /// The texts of the elements with the code unit between them; null counts as empty.
    ///
    /// # Throws
    /// `ArgumentNullException` if the sequence is null.
    #[member("static string Join<T>(char separator, IEnumerable<T> values)")]
    fn join_elements_by_unit(cx: &mut Cx<'a>, separator: Char, values: Obj<'a>, ty: Ty) -> Result<Self, Throw> {
        let separator = separator.to_text(cx);
        join_sequence(cx, separator, values, ty)
    }

    /// Some of the texts with the code unit between them.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if they do not lie inside the array.
    #[member("static string Join(char separator, string[] value, int startIndex, int count)", pure)]
    fn join_some_by_unit(
        cx: &mut Cx<'a>,
        separator: Char,
        value: &'a Array<'a>,
        start: i32,
        count: i32,
    ) -> Result<Self, Throw> {
        let separator = separator.to_text(cx);
        Self::join_some(cx, Some(separator), value, start, count)
    }

    /// The format with `{0}` replaced by the argument's text.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException` if the format is malformed or names another argument.
    #[member("static string Format(string format, object arg0)", pure)]
    fn format_1(cx: &mut Cx<'a>, format: Self, a: Option<Obj<'a>>) -> Result<Self, Throw> {
        composed(cx, format, &[a])
    }

    /// The format with `{0}` and `{1}` replaced by the arguments' texts.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException` if the format is malformed or names another argument.
    #[member("static string Format(string format, object arg0, object arg1)", pure)]
    fn format_2(cx: &mut Cx<'a>, format: Self, a: Option<Obj<'a>>, b: Option<Obj<'a>>) -> Result<Self, Throw> {
        composed(cx, format, &[a, b])
    }

    /// The format with `{0}` to `{2}` replaced by the arguments' texts.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException` if the format is malformed or names another argument.
    #[member("static string Format(string format, object arg0, object arg1, object arg2)", pure)]
    fn format_3(
        cx: &mut Cx<'a>,
        format: Self,
        a: Option<Obj<'a>>,
        b: Option<Obj<'a>>,
        c: Option<Obj<'a>>,
    ) -> Result<Self, Throw> {
        composed(cx, format, &[a, b, c])
    }

    /// The format with `{0}`, `{1}` … replaced by the arguments' texts.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException` if the format is malformed or names another argument.
    #[member("static string Format(string format, params object[] args)", pure)]
    fn format_all(cx: &mut Cx<'a>, format: Self, args: &'a Array<'a>) -> Result<Self, Throw> {
        composed(cx, format, &objects_of(args))
    }

    /// The format with `{0}` replaced; the culture is always the invariant one.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException` if the format is malformed or names another argument.
    #[member("static string Format(IFormatProvider provider, string format, object arg0)", pure)]
    fn format_1_of_culture(
        cx: &mut Cx<'a>,
        _provider: Option<Obj<'a>>,
        format: Self,
        a: Option<Obj<'a>>,
    ) -> Result<Self, Throw> {
        composed(cx, format, &[a])
    }

    /// The format with `{0}` and `{1}` replaced; the culture is always the invariant one.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException` if the format is malformed or names another argument.
    #[member("static string Format(IFormatProvider provider, string format, object arg0, object arg1)", pure)]
    fn format_2_of_culture(
        cx: &mut Cx<'a>,
        _provider: Option<Obj<'a>>,
        format: Self,
        a: Option<Obj<'a>>,
        b: Option<Obj<'a>>,
    ) -> Result<Self, Throw> {
        composed(cx, format, &[a, b])
    }

    /// The format with `{0}` to `{2}` replaced; the culture is always the invariant one.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException` if the format is malformed or names another argument.
    #[member(
        "static string Format(IFormatProvider provider, string format, object arg0, object arg1, object arg2)",
        pure
    )]
    fn format_3_of_culture(
        cx: &mut Cx<'a>,
        _provider: Option<Obj<'a>>,
        format: Self,
        a: Option<Obj<'a>>,
        b: Option<Obj<'a>>,
        c: Option<Obj<'a>>,
    ) -> Result<Self, Throw> {
        composed(cx, format, &[a, b, c])
    }

    /// The format with `{0}`, `{1}` … replaced; the culture is always the invariant one.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException` if the format is malformed or names another argument.
    #[member("static string Format(IFormatProvider provider, string format, params object[] args)", pure)]
    fn format_all_of_culture(
        cx: &mut Cx<'a>,
        _provider: Option<Obj<'a>>,
        format: Self,
        args: &'a Array<'a>,
    ) -> Result<Self, Throw> {
        composed(cx, format, &objects_of(args))
    }
}

/// The text of a value; empty for null.
pub(super) fn text_of<'a>(cx: &mut Cx<'a>, object: Option<Obj<'a>>) -> Result<Str<'a>, Throw> {
    object.map_or(Ok(Str::EMPTY), |object| object.to_text(cx))
}

/// The elements of an `object[]`.
pub(super) fn objects_of<'a>(array: &Array<'a>) -> Vec<Option<Obj<'a>>> {
    // SAFETY: the words of an array of references are objects or null.
    array.items().iter().map(|word| unsafe { Obj::from_address(word.get()) }).collect()
}

/// The texts of the elements of an `object[]`.
pub(super) fn texts_of<'a>(cx: &mut Cx<'a>, array: &Array<'a>) -> Result<Vec<Str<'a>>, Throw> {
    objects_of(array).into_iter().map(|object| text_of(cx, object)).collect()
}

/// The elements of a `string[]`, with empty texts for nulls.
pub(super) fn strings_of<'a>(array: &Array<'a>) -> Vec<Str<'a>> {
    let text = |word: Word| {
        // SAFETY: the words of a `string[]` that are not 0 are strings.
        if word.is_null() { Str::EMPTY } else { unsafe { Str::from_not_null(word) } }
    };
    array.items().iter().map(|word| text(word.get())).collect()
}

/// The texts with a separator between them.
pub(super) fn joined<'a>(cx: &mut Cx<'a>, separator: Str<'a>, parts: &[Str<'a>]) -> Result<Str<'a>, Throw> {
    if separator.is_empty() || parts.len() < 2 {
        return Str::concat(cx, parts);
    }
    let total = parts.iter().fold(0_usize, |total, part| total.saturating_add(part.bytes().len()));
    cx.reserve(separator.bytes().len().saturating_mul(parts.len()).saturating_add(total))?;
    Ok(cx.write(|out| {
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                wtf8::append(out, separator.bytes());
            }
            wtf8::append(out, part.bytes());
        }
    }))
}

/// The texts of a sequence's elements with a separator between them.
pub(super) fn join_sequence<'a>(
    cx: &mut Cx<'a>,
    separator: Str<'a>,
    values: Obj<'a>,
    element: Ty,
) -> Result<Str<'a>, Throw> {
    let words = values.elements(cx, element)?.collect(cx)?;
    let mut parts = Vec::with_capacity(words.len());
    for word in words {
        parts.push(object::word_text(cx, element, word)?);
    }
    joined(cx, separator, &parts)
}

/// What `string.Format` gives.
///
/// # Errors
/// `FormatException` if the format is malformed or names an argument that there is not.
pub fn composed<'a>(cx: &mut Cx<'a>, format: Str<'a>, args: &[Option<Obj<'a>>]) -> Result<Str<'a>, Throw> {
    let mut out = cx.scratch();
    for piece in composite::pieces(format.bytes(), args.len()) {
        match piece {
            Ok(Piece::Text(text)) => wtf8::append(&mut out, text),
            Ok(Piece::Hole { index, alignment, format }) => {
                let Some(object) = args.get(index).copied().flatten() else {
                    pad(cx, &mut out, alignment, Str::EMPTY)?;
                    continue;
                };
                let text = match object.ty().def.ops.format {
                    Some(with_format) if !format.is_empty() => {
                        let format = cx.str_from_wtf8(&format);
                        with_format(cx, object, format)?
                    }
                    _ => object.to_text(cx)?,
                };
                pad(cx, &mut out, alignment, text)?;
            }
            Err(fault) => return Err(cx.throw_fault(&fault)),
        }
    }
    cx.reserve(out.len())?;
    Ok(cx.finish(out))
}

/// Appends a text with blanks on the left, or on the right where the width is negative.
fn pad<'a>(cx: &mut Cx<'a>, out: &mut Vec<u8>, width: i32, text: Str<'a>) -> Result<(), Throw> {
    let blanks = (width.unsigned_abs() as usize).saturating_sub(text.utf16_len());
    cx.reserve(out.len().saturating_add(blanks).saturating_add(text.bytes().len()))?;
    if width > 0 {
        out.resize(out.len() + blanks, b' ');
    }
    wtf8::append(out, text.bytes());
    if width < 0 {
        out.resize(out.len() + blanks, b' ');
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::testing::{Items, Null, Object, call, ty};

    #[test]
    fn texts_are_joined() {
        let join = "System.String::static string Join(string separator, params string[] value)";
        assert_eq!(call(join, &[&", ", &Items("string", &[&"x", &"y"])]), "x, y");
        assert_eq!(call(join, &[&",", &Items("string", &[&"a", &Null, &"b"])]), "a,,b");
        assert_eq!(call(join, &[&Null, &Items("string", &[&"a", &"b"])]), "ab");
        assert_eq!(call(join, &[&",", &Items("string", &[])]), "");
        assert_eq!(call(join, &[&",", &Null]), "ArgumentNullException: Value cannot be null. (Parameter 'value')");
        let objects = "System.String::static string Join(string separator, params object[] values)";
        assert_eq!(
            call(objects, &[&"|", &Items("object", &[&Object(1), &"a", &Object(true), &Null, &Object('c')])]),
            "1|a|True||c"
        );
        let elements = "System.String::static string Join<T>(string separator, IEnumerable<T> values)";
        assert_eq!(call(elements, &[&",", &Items("int", &[&1, &2, &3]), &ty("int")]), "1,2,3");
        let some = "System.String::static string Join(string separator, string[] value, int startIndex, int count)";
        assert_eq!(call(some, &[&"/", &Items("string", &[&"a", &"b", &"c", &"d"]), &1, &2]), "b/c");
        let unit = "System.String::static string Join(char separator, params string[] value)";
        assert_eq!(call(unit, &[&'é', &Items("string", &[&"a", &"b"])]), "aéb");
        assert_eq!(call("System.String::static string Concat(string str0, string str1)", &[&"a", &Null]), "a");
        assert_eq!(
            call(
                "System.String::static string Concat(params object[] args)",
                &[&Items("object", &[&"a", &Object(1), &Null, &Object(true)])]
            ),
            "a1True"
        );
        assert_eq!(
            call("System.String::static string Concat<T>(IEnumerable<T> values)", &[&"abc", &ty("char")]),
            "abc"
        );
    }

    #[test]
    fn formats_are_filled_in() {
        let format = "System.String::static string Format(string format, object arg0)";
        for (text, arg, expected) in [
            ("n={0}", Object(42), "n=42"),
            ("{{{0}}}", Object(1), "{1}"),
            ("[{0,5}|{0,-5}]", Object(7), "[    7|7    ]"),
            ("{0:D3}", Object(7), "007"),
            ("plain", Object(1), "plain"),
            ("{0", Object(1), "FormatException: Input string was not in a correct format."),
            (
                "{1}",
                Object(1),
                "FormatException: Index (zero based) must be greater than or equal to zero and less than the size of the argument list.",
            ),
        ] {
            assert_eq!(call(format, &[&text, &arg]), expected, "{text}");
        }
        assert_eq!(call(format, &[&"[{0}]", &Null]), "[]");
        assert_eq!(call(format, &[&"[{0,3:N2}]", &"é"]), "[  é]");
        assert_eq!(call(format, &[&Null, &Null]), "ArgumentNullException: Value cannot be null. (Parameter 'format')");
        let all = "System.String::static string Format(string format, params object[] args)";
        assert_eq!(
            call(all, &[&"{0}{1}{2}{3}", &Items("object", &[&Object(1), &Object(2), &Object(3), &Object(4)])]),
            "1234"
        );
    }
}
