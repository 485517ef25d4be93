//! `System.String`: Unicode's normal forms.

use dotnet_macros::members;
use unicode_normalization::{
    IsNormalized, UnicodeNormalization, is_nfc_quick, is_nfd_quick, is_nfkc_quick, is_nfkd_quick,
};

use crate::cx::Cx;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::ARGUMENT_EXCEPTION;

/// A value of `NormalizationForm`.
#[derive(Clone, Copy)]
enum Form {
    C = 1,
    D = 2,
    KC = 5,
    KD = 6,
}

impl Form {
    fn of(cx: &mut Cx<'_>, number: i32) -> Result<Self, Throw> {
        let forms = [Self::C, Self::D, Self::KC, Self::KD];
        forms.into_iter().find(|form| *form as i32 == number).ok_or_else(|| {
            let message = "Invalid or unsupported normalization form.";
            cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), message, "normalizationForm")
        })
    }

    fn write(self, text: &str) -> String {
        match self {
            Self::C => text.nfc().collect(),
            Self::D => text.nfd().collect(),
            Self::KC => text.nfkc().collect(),
            Self::KD => text.nfkd().collect(),
        }
    }

    fn is_surely(self, text: &str) -> bool {
        let chars = text.chars();
        let answer = match self {
            Self::C => is_nfc_quick(chars),
            Self::D => is_nfd_quick(chars),
            Self::KC => is_nfkc_quick(chars),
            Self::KD => is_nfkd_quick(chars),
        };
        answer == IsNormalized::Yes
    }
}

/// Normal forms.
#[members("System.String", group = NORMALIZE)]
impl<'a> Str<'a> {
    /// The text in normal form C: characters composed.
    ///
    /// # Throws
    /// `ArgumentException` if half of a surrogate pair stands alone.
    #[member("string Normalize()", pure)]
    fn normalize(self, cx: &mut Cx<'a>) -> Result<Self, Throw> {
        normalized(cx, self, Form::C)
    }

    /// The text in a normal form.
    ///
    /// # Throws
    /// `ArgumentException` if half of a surrogate pair stands alone, or for an unknown form.
    #[member("string Normalize(NormalizationForm normalizationForm)", pure)]
    fn normalize_in(self, cx: &mut Cx<'a>, form: i32) -> Result<Self, Throw> {
        let form = Form::of(cx, form)?;
        normalized(cx, self, form)
    }

    /// Whether the text is in normal form C.
    ///
    /// # Throws
    /// `ArgumentException` if half of a surrogate pair stands alone.
    #[member("bool IsNormalized()", pure)]
    fn is_normalized(self, cx: &mut Cx<'a>) -> Result<bool, Throw> {
        Ok(normalized(cx, self, Form::C)? == self)
    }

    /// Whether the text is in a normal form.
    ///
    /// # Throws
    /// `ArgumentException` if half of a surrogate pair stands alone, or for an unknown form.
    #[member("bool IsNormalized(NormalizationForm normalizationForm)", pure)]
    fn is_normalized_in(self, cx: &mut Cx<'a>, form: i32) -> Result<bool, Throw> {
        let form = Form::of(cx, form)?;
        Ok(normalized(cx, self, form)? == self)
    }
}

/// The text in a normal form; the same object if it is already.
fn normalized<'a>(cx: &mut Cx<'a>, text: Str<'a>, form: Form) -> Result<Str<'a>, Throw> {
    if text.is_ascii() {
        return Ok(text);
    }
    let Some(utf8) = text.as_utf8() else {
        let alone = |unit: &u16| (0xD800..0xE000).contains(unit);
        let index = text.units().position(|unit| alone(&unit)).unwrap_or(0);
        let message = format!("Invalid Unicode code point found at index {index}.");
        return Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), &message, "strInput"));
    };
    if form.is_surely(utf8) {
        return Ok(text);
    }
    let changed = form.write(utf8);
    cx.reserve(changed.len())?;
    Ok(if text == *changed { text } else { cx.str(&changed) })
}

#[cfg(test)]
mod tests {
    use crate::testing::{Units, call};

    #[test]
    fn texts_take_normal_forms() {
        let normalize = "System.String::string Normalize(NormalizationForm normalizationForm)";
        for (text, form, expected) in [
            ("e\u{301}", 1, "é"),
            ("é", 2, "e\u{301}"),
            ("ﬁ", 5, "fi"),
            ("ﬁ", 1, "ﬁ"),
            ("abc", 1, "abc"),
            ("abc", 3, "ArgumentException: Invalid or unsupported normalization form. (Parameter 'normalizationForm')"),
        ] {
            assert_eq!(call(normalize, &[&text, &form]), expected, "{text} {form}");
        }
        assert_eq!(call("System.String::bool IsNormalized()", &[&"e\u{301}"]), "False");
        assert_eq!(
            call("System.String::string Normalize()", &[&Units(&[0x61, 0xD800])]),
            "ArgumentException: Invalid Unicode code point found at index 1. (Parameter 'strInput')"
        );
    }
}
