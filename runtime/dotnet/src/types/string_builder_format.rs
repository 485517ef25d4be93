//! `System.Text.StringBuilder`: appending composite formats and joined texts.

use dotnet_macros::members;

use crate::array::Array;
use crate::cx::Cx;
use crate::object::Obj;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::string_builder::Builder;
use crate::types::string_join::{composed, join_sequence, joined, objects_of, strings_of, texts_of};
use crate::word::Char;

/// Appending formats and joined texts.
pub struct Formats;

/// Appending formats and joined texts.
#[members("System.Text.StringBuilder", group = FORMATS)]
impl<'a> Formats {
    /// Appends the format with `{0}` replaced by the argument's text.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException` if the format is malformed or names another argument.
    #[member("StringBuilder AppendFormat(string format, object arg0)")]
    fn format_1(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        format: Str<'a>,
        a: Option<Obj<'a>>,
    ) -> Result<&'a Builder<'a>, Throw> {
        append(this, cx, format, &[a])
    }

    /// Appends the format with `{0}` and `{1}` replaced by the arguments' texts.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException` if the format is malformed or names another argument.
    #[member("StringBuilder AppendFormat(string format, object arg0, object arg1)")]
    fn format_2(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        format: Str<'a>,
        a: Option<Obj<'a>>,
        b: Option<Obj<'a>>,
    ) -> Result<&'a Builder<'a>, Throw> {
        append(this, cx, format, &[a, b])
    }

    /// Appends the format with `{0}` to `{2}` replaced by the arguments' texts.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException` if the format is malformed or names another argument.
    #[member("StringBuilder AppendFormat(string format, object arg0, object arg1, object arg2)")]
    fn format_3(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        format: Str<'a>,
        a: Option<Obj<'a>>,
        b: Option<Obj<'a>>,
        c: Option<Obj<'a>>,
    ) -> Result<&'a Builder<'a>, Throw> {
        append(this, cx, format, &[a, b, c])
    }

    /// Appends the format with `{0}`, `{1}` … replaced by the arguments' texts.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException` if the format is malformed or names another argument.
    #[member("StringBuilder AppendFormat(string format, params object[] args)")]
    fn format_all(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        format: Str<'a>,
        args: &'a Array<'a>,
    ) -> Result<&'a Builder<'a>, Throw> {
        append(this, cx, format, &objects_of(args))
    }

    /// Appends the format with `{0}` replaced; the culture is always the invariant one.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException` if the format is malformed or names another argument.
    #[member("StringBuilder AppendFormat(IFormatProvider provider, string format, object arg0)")]
    fn format_1_of_culture(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        _provider: Option<Obj<'a>>,
        format: Str<'a>,
        a: Option<Obj<'a>>,
    ) -> Result<&'a Builder<'a>, Throw> {
        append(this, cx, format, &[a])
    }

    /// Appends the format with `{0}` and `{1}` replaced; the culture is always the invariant one.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException` if the format is malformed or names another argument.
    #[member("StringBuilder AppendFormat(IFormatProvider provider, string format, object arg0, object arg1)")]
    fn format_2_of_culture(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        _provider: Option<Obj<'a>>,
        format: Str<'a>,
        a: Option<Obj<'a>>,
        b: Option<Obj<'a>>,
    ) -> Result<&'a Builder<'a>, Throw> {
        append(this, cx, format, &[a, b])
    }

    /// Appends the format with `{0}` to `{2}` replaced; the culture is always the invariant one.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException` if the format is malformed or names another argument.
    #[member(
        "StringBuilder AppendFormat(IFormatProvider provider, string format, object arg0, object arg1, object arg2)"
    )]
    fn format_3_of_culture(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        _provider: Option<Obj<'a>>,
        format: Str<'a>,
        a: Option<Obj<'a>>,
        b: Option<Obj<'a>>,
        c: Option<Obj<'a>>,
    ) -> Result<&'a Builder<'a>, Throw> {
        append(this, cx, format, &[a, b, c])
    }

    /// Appends the format with `{0}`, `{1}` … replaced; the culture is always the invariant one.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException` if the format is malformed or names another argument.
    #[member("StringBuilder AppendFormat(IFormatProvider provider, string format, params object[] args)")]
    fn format_all_of_culture(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        _provider: Option<Obj<'a>>,
        format: Str<'a>,
        args: &'a Array<'a>,
    ) -> Result<&'a Builder<'a>, Throw> {
        append(this, cx, format, &objects_of(args))
    }

    /// Appends the texts with the separator between them.
    ///
    /// # Throws
    /// `ArgumentNullException` if the array is null.
    #[member("StringBuilder AppendJoin(string separator, params string[] values)")]
    fn join(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        separator: Option<Str<'a>>,
        values: &'a Array<'a>,
    ) -> Result<&'a Builder<'a>, Throw> {
        let text = joined(cx, separator.unwrap_or_default(), &strings_of(values))?;
        this.push(cx, text)
    }

    /// Appends the texts of the values with the separator between them.
    ///
    /// # Throws
    /// `ArgumentNullException` if the array is null.
    #[member("StringBuilder AppendJoin(string separator, params object[] values)")]
    fn join_objects(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        separator: Option<Str<'a>>,
        values: &'a Array<'a>,
    ) -> Result<&'a Builder<'a>, Throw> {
        let texts = texts_of(cx, values)?;
        let text = joined(cx, separator.unwrap_or_default(), &texts)?;
        this.push(cx, text)
    }

    /// Appends the texts of the elements with the separator between them.
    ///
    /// # Throws
    /// `ArgumentNullException` if the sequence is null.
    #[member("StringBuilder AppendJoin<T>(string separator, IEnumerable<T> values)")]
    fn join_elements(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        separator: Option<Str<'a>>,
        values: Obj<'a>,
        ty: Ty,
    ) -> Result<&'a Builder<'a>, Throw> {
        let text = join_sequence(cx, separator.unwrap_or_default(), values, ty)?;
        this.push(cx, text)
    }

    /// Appends the texts with the code unit between them.
    ///
    /// # Throws
    /// `ArgumentNullException` if the array is null.
    #[member("StringBuilder AppendJoin(char separator, params string[] values)")]
    fn join_by_unit(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        separator: Char,
        values: &'a Array<'a>,
    ) -> Result<&'a Builder<'a>, Throw> {
        let separator = separator.to_text(cx);
        Self::join(this, cx, Some(separator), values)
    }

    /// Appends the texts of the values with the code unit between them.
    ///
    /// # Throws
    /// `ArgumentNullException` if the array is null.
    #[member("StringBuilder AppendJoin(char separator, params object[] values)")]
    fn join_objects_by_unit(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        separator: Char,
        values: &'a Array<'a>,
    ) -> Result<&'a Builder<'a>, Throw> {
        let separator = separator.to_text(cx);
        Self::join_objects(this, cx, Some(separator), values)
    }

    /// Appends the texts of the elements with the code unit between them.
    ///
    /// # Throws
    /// `ArgumentNullException` if the sequence is null.
    #[member("StringBuilder AppendJoin<T>(char separator, IEnumerable<T> values)")]
    fn join_elements_by_unit(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        separator: Char,
        values: Obj<'a>,
        ty: Ty,
    ) -> Result<&'a Builder<'a>, Throw> {
        let separator = separator.to_text(cx);
        Self::join_elements(this, cx, Some(separator), values, ty)
    }
}

fn append<'a>(
    this: &'a Builder<'a>,
    cx: &mut Cx<'a>,
    format: Str<'a>,
    args: &[Option<Obj<'a>>],
) -> Result<&'a Builder<'a>, Throw> {
    let text = composed(cx, format, args)?;
    this.push(cx, text)
}

#[cfg(test)]
mod tests {
    use crate::testing::{Items, Object, ty, with_harness};

    #[test]
    fn formats_and_joined_texts_are_appended() {
        with_harness(|harness| {
            let builder = harness.word("System.Text.StringBuilder::StringBuilder(string value)", &[&"x"]);
            let format =
                "System.Text.StringBuilder::StringBuilder AppendFormat(string format, object arg0, object arg1)";
            assert_eq!(harness.call(format, &[&builder, &"{0}-{1:D2}", &"a", &Object(7)]), "xa-07");
            let join =
                "System.Text.StringBuilder::StringBuilder AppendJoin<T>(string separator, IEnumerable<T> values)";
            assert_eq!(harness.call(join, &[&builder, &",", &Items("int", &[&1, &2]), &ty("int")]), "xa-071,2");
            let line = "System.Text.StringBuilder::StringBuilder AppendLine(string value)";
            assert_eq!(harness.call(line, &[&builder, &"!"]), "xa-071,2!\n");
        });
    }
}
