//! The types of attributes: how a literal is read, and what an expression's value is to the policy.
//!
//! A literal is read once, when the document is loaded. The value of an expression is left by compiled code as a word of
//! the type that the attribute's [`ValueType`] asks for. Numbers and words are here, `text` and `message` have the rest.

mod message;
mod text;

use dotnet::cx::Cx;
use dotnet::object::{Left, Obj};
use dotnet::text::Str;
use dotnet::throw::Throw;
use dotnet::ty::Ty;
use dotnet::types::exception::FORMAT_EXCEPTION;

use crate::declaration::ValueType;
pub use message::{Address, BodyContent, HeaderName, HeaderText, StatusCode, parse_address};
pub use text::{
    BackendId, Character, Fraction, FragmentName, GuidText, MethodName, MomentText, NameText, NullableText, Text,
    TimeText, UrlText,
};

/// A type of attribute values.
pub trait AttributeValue: Sized + 'static {
    /// What the checker accepts.
    const VALUE: ValueType;
    /// What a policy gets of it while a request runs.
    type Now<'x>;

    /// The value of a literal.
    fn parse(text: &str) -> Option<Self>;

    /// What a policy gets of a literal.
    fn fixed<'x>(&'x self, cx: &mut Cx<'x>) -> Self::Now<'x>;

    /// What a policy gets of an expression's value.
    ///
    /// # Errors
    /// Throws if the value is none that the attribute takes.
    fn from_left<'x>(cx: &mut Cx<'x>, value: Left<'x>) -> Result<Self::Now<'x>, Throw>;
}

/// An attribute that is a literal or an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Attr<T> {
    /// A literal.
    Fixed(T),
    /// An expression, whose value is left in this slot before the policy runs.
    Slot(u32),
}

/// An attribute whose expression the policy evaluates itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Deferred<T> {
    /// A literal.
    Fixed(T),
    /// The function that computes it.
    Function(u32),
}

/// A condition that the steps of a policy ask; the policy itself sees nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition;

/// The string at a word that may be null.
fn text_of(value: Left<'_>) -> Option<Str<'_>> {
    value.object().and_then(dotnet::types::string::as_string)
}

/// The text of a string for a policy; the bytes of a lone surrogate become U+FFFD.
pub fn utf8<'x>(cx: &Cx<'x>, text: Str<'x>) -> &'x str {
    match text.as_utf8() {
        Some(text) => text,
        None => {
            let text = text.to_utf8();
            let copy = cx.arena().alloc_slice(text.as_bytes());
            std::str::from_utf8(copy).unwrap_or("")
        }
    }
}

/// The exception of a value that an attribute does not take.
#[cold]
pub fn unusable(cx: &mut Cx<'_>, expected: &str, found: &str) -> Throw {
    cx.throw(Ty(&FORMAT_EXCEPTION), &format!("'{found}' is not {expected}."))
}

/// `true` or `false` as policy documents write them.
#[must_use]
pub fn parse_bool(text: &str) -> Option<bool> {
    match text.trim() {
        "true" | "True" | "TRUE" | "1" => Some(true),
        "false" | "False" | "FALSE" | "0" => Some(false),
        _ => None,
    }
}

impl AttributeValue for bool {
    const VALUE: ValueType = ValueType::Bool;
    type Now<'x> = Self;

    fn parse(text: &str) -> Option<Self> {
        parse_bool(text)
    }

    fn fixed<'x>(&'x self, _: &mut Cx<'x>) -> Self {
        *self
    }

    fn from_left<'x>(_: &mut Cx<'x>, value: Left<'x>) -> Result<Self, Throw> {
        Ok(value.scalar())
    }
}

impl AttributeValue for i32 {
    const VALUE: ValueType = ValueType::Int { min: i32::MIN as i64, max: i32::MAX as i64 };
    type Now<'x> = Self;

    fn parse(text: &str) -> Option<Self> {
        text.trim().parse().ok()
    }

    fn fixed<'x>(&'x self, _: &mut Cx<'x>) -> Self {
        *self
    }

    fn from_left<'x>(_: &mut Cx<'x>, value: Left<'x>) -> Result<Self, Throw> {
        Ok(value.scalar())
    }
}

/// A number.
impl AttributeValue for f64 {
    const VALUE: ValueType = ValueType::Double;
    type Now<'x> = Self;

    fn parse(text: &str) -> Option<Self> {
        text.trim().parse().ok().filter(|number: &Self| number.is_finite())
    }

    fn fixed<'x>(&'x self, _: &mut Cx<'x>) -> Self {
        *self
    }

    fn from_left<'x>(_: &mut Cx<'x>, value: Left<'x>) -> Result<Self, Throw> {
        Ok(value.scalar())
    }
}

/// A time in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seconds(pub u32);

impl AttributeValue for Seconds {
    const VALUE: ValueType = ValueType::Int { min: 0, max: i32::MAX as i64 };
    type Now<'x> = Self;

    fn parse(text: &str) -> Option<Self> {
        text.trim().parse().ok().map(Self)
    }

    fn fixed<'x>(&'x self, _: &mut Cx<'x>) -> Self {
        *self
    }

    fn from_left<'x>(cx: &mut Cx<'x>, value: Left<'x>) -> Result<Self, Throw> {
        let seconds: i32 = value.scalar();
        u32::try_from(seconds).map(Self).map_err(|_| unusable(cx, "a length of time", &seconds.to_string()))
    }
}

impl Seconds {
    /// The time.
    #[must_use]
    pub fn duration(self) -> std::time::Duration {
        std::time::Duration::from_secs(u64::from(self.0))
    }
}

/// Any value: a literal is a string, an expression's value an object.
#[derive(Debug)]
pub struct AnyValue(Box<str>);

impl AttributeValue for AnyValue {
    const VALUE: ValueType = ValueType::Any;
    type Now<'x> = Option<Obj<'x>>;

    fn parse(text: &str) -> Option<Self> {
        Some(Self(text.into()))
    }

    fn fixed<'x>(&'x self, cx: &mut Cx<'x>) -> Option<Obj<'x>> {
        Some(Str::over(cx.arena(), &self.0).as_object())
    }

    fn from_left<'x>(_: &mut Cx<'x>, value: Left<'x>) -> Result<Option<Obj<'x>>, Throw> {
        Ok(value.object())
    }
}

/// A time in whole milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Milliseconds(pub u32);

impl AttributeValue for Milliseconds {
    const VALUE: ValueType = Seconds::VALUE;
    type Now<'x> = Self;

    fn parse(text: &str) -> Option<Self> {
        text.trim().parse().ok().map(Self)
    }

    fn fixed<'x>(&'x self, _: &mut Cx<'x>) -> Self {
        *self
    }

    fn from_left<'x>(cx: &mut Cx<'x>, value: Left<'x>) -> Result<Self, Throw> {
        Seconds::from_left(cx, value).map(|time| Self(time.0))
    }
}

impl Milliseconds {
    /// The time.
    #[must_use]
    pub fn duration(self) -> std::time::Duration {
        std::time::Duration::from_millis(u64::from(self.0))
    }
}

/// Declares attribute types that are texts of a form.
#[macro_export]
macro_rules! forms {
    ($($(#[doc = $docs:literal])+ $name:ident, $what:literal, $accepts:expr;)*) => {$(
        $(#[doc = $docs])+
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(pub Box<str>);

        impl $crate::value::AttributeValue for $name {
            const VALUE: $crate::declaration::ValueType = $crate::declaration::ValueType::Form(
                &$crate::declaration::Form { name: $what, accepts: $accepts }
            );
            type Now<'x> = &'x str;

            fn parse(text: &str) -> Option<Self> {
                Self::VALUE.accepts(text).then(|| Self(text.trim().into()))
            }

            fn fixed<'x>(&'x self, _: &mut dotnet::cx::Cx<'x>) -> &'x str {
                &self.0
            }

            fn from_left<'x>(
                cx: &mut dotnet::cx::Cx<'x>,
                value: dotnet::object::Left<'x>,
            ) -> Result<&'x str, dotnet::throw::Throw> {
                let text = <$crate::value::Text as $crate::value::AttributeValue>::from_left(cx, value)?.trim();
                if Self::VALUE.accepts(text) { Ok(text) } else { Err($crate::value::unusable(cx, $what, text)) }
            }
        }
    )*};
}

/// Declares an attribute type of a few words.
#[macro_export]
macro_rules! keywords {
    ($(#[doc = $docs:literal])+ $name:ident { $($(#[doc = $word_docs:literal])+ $variant:ident = $word:literal),* $(,)? }) => {
        $(#[doc = $docs])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[doc = $word_docs])+ $variant),*
        }

        impl $crate::value::AttributeValue for $name {
            const VALUE: $crate::declaration::ValueType = $crate::declaration::ValueType::Keyword(&[$($word),*]);
            type Now<'x> = Self;

            fn parse(text: &str) -> Option<Self> {
                match text.trim() {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }

            fn fixed<'x>(&'x self, _: &mut dotnet::cx::Cx<'x>) -> Self {
                *self
            }

            fn from_left<'x>(
                cx: &mut dotnet::cx::Cx<'x>,
                value: dotnet::object::Left<'x>,
            ) -> Result<Self, dotnet::throw::Throw> {
                let text = <$crate::value::Text as $crate::value::AttributeValue>::from_left(cx, value)?;
                Self::parse(text).ok_or_else(|| $crate::value::unknown_word(cx, text, Self::VALUE))
            }
        }
    };
}

/// The exception of a word that an attribute does not know.
#[cold]
pub fn unknown_word(cx: &mut Cx<'_>, found: &str, expected: ValueType) -> Throw {
    cx.throw(Ty(&FORMAT_EXCEPTION), &format!("'{found}' is not {}.", expected.to_string().replace('`', "'")))
}
