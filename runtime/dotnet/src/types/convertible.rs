//! `IConvertible`: what values of the primitive types, strings and dates are as other of these types.
//!
//! `Convert.ToInt32(object)`, `Convert.ChangeType` and the conversions of JSON values all ask here. Not here: the
//! members of `System.Convert`, and conversions that know the static type of their argument (`format::number`).

use crate::catalogue::OBJECT;
use crate::cx::Cx;
use crate::format::Decimal;
use crate::format::number::integer::Integer;
use crate::format::number::{NumberStyles, convert, parse};
use crate::format::time::{DateTime, DateTimeStyles};
use crate::json::conversion;
use crate::json::token::Token;
use crate::object::{Boxed, Obj, is_instance};
use crate::rt::scalar_of;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::date_time::{now, thrown};
use crate::types::decimal;
use crate::types::exception::INVALID_CAST_EXCEPTION;
use crate::types::reflection::type_code;
use crate::types::string::as_string;
use crate::word::{Char, IntoWord, Word};

/// A value of a type that implements `IConvertible`.
#[derive(Clone, Copy)]
pub enum Convertible<'a> {
    /// `bool`
    Boolean(bool),
    /// `char`
    Char(Char),
    /// A signed integer of any width, or an enumeration; with the name of its type.
    Signed(i64, &'static str),
    /// An unsigned integer of any width, with the name of its type.
    Unsigned(u64, &'static str),
    /// `float`
    Single(f32),
    /// `double`
    Double(f64),
    /// `decimal`
    Decimal(Decimal),
    /// `string`
    Text(Str<'a>),
    /// `DateTime`
    Date(DateTime),
    /// `JValue`, which converts as C#'s casts of it do.
    Token(&'a Token<'a>),
}

use Convertible::{Boolean, Date, Double, Signed, Single, Text, Unsigned};

impl<'a> Convertible<'a> {
    /// The value that an object is; none if its type does not implement `IConvertible`.
    #[must_use]
    pub fn of(object: Obj<'a>) -> Option<Self> {
        let word = object.downcast::<Boxed>().map_or(Word::ZERO, |boxed| boxed.value);
        Some(match type_code(object.ty()) {
            3 => Boolean(scalar_of(word)),
            4 => Self::Char(scalar_of(word)),
            5 => Signed(i64::from(scalar_of::<i8>(word)), "SByte"),
            6 => Unsigned(u64::from(scalar_of::<u8>(word)), "Byte"),
            7 => Signed(i64::from(scalar_of::<i16>(word)), "Int16"),
            8 => Unsigned(u64::from(scalar_of::<u16>(word)), "UInt16"),
            9 if object.ty().is_enum() => Signed(i64::from(scalar_of::<i32>(word)), "Enum"),
            9 => Signed(i64::from(scalar_of::<i32>(word)), "Int32"),
            10 => Unsigned(u64::from(scalar_of::<u32>(word)), "UInt32"),
            11 => Signed(scalar_of(word), "Int64"),
            12 => Unsigned(scalar_of(word), "UInt64"),
            13 => Single(scalar_of(word)),
            14 => Double(scalar_of(word)),
            15 => Self::Decimal(decimal::DecimalObj::value_of(object)?),
            16 => Date(DateTime::from_bits(word.0)),
            18 => Text(as_string(object)?),
            _ => Self::Token(object.downcast::<Token<'a>>().filter(|token| token.is_value())?),
        })
    }

    /// The name of the value's type, as messages about casts have it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Boolean(_) => "Boolean",
            Self::Char(_) => "Char",
            Signed(_, name) | Unsigned(_, name) => name,
            Single(_) => "Single",
            Double(_) => "Double",
            Self::Decimal(_) => "Decimal",
            Text(_) => "String",
            Date(_) => "DateTime",
            Self::Token(_) => "JValue",
        }
    }

    /// `ToInt32`, `ToByte`, … by the Rust type asked for.
    ///
    /// # Errors
    /// `OverflowException` if the type cannot hold it, `FormatException` for a string that is no number,
    /// `InvalidCastException` for a date.
    pub fn to_integer<I: Integer>(self, cx: &mut Cx<'a>) -> Result<I, Throw> {
        let result = match self {
            Boolean(value) => convert::to_integer(u8::from(value)),
            Self::Char(value) => convert::to_integer(value.0),
            Signed(value, _) => convert::to_integer(value),
            Unsigned(value, _) => convert::to_integer(value),
            Single(value) => convert::round_to_integer(f64::from(value)),
            Double(value) => convert::round_to_integer(value),
            Self::Decimal(value) => value.round_to_integer(),
            Text(text) => parse::parse_integer(text.bytes()),
            Date(_) => return Err(invalid(cx, self.name(), I::TYPE.name())),
            Self::Token(token) => return conversion::to_integer(cx, token),
        };
        result.map_err(|fault| cx.throw_fault(&fault))
    }

    /// `ToBoolean`.
    ///
    /// # Errors
    /// `FormatException` for another string than `True` and `False`, `InvalidCastException` for a `char` or date.
    pub fn to_boolean(self, cx: &mut Cx<'a>) -> Result<bool, Throw> {
        Ok(match self {
            Boolean(value) => value,
            Signed(value, _) => value != 0,
            Unsigned(value, _) => value != 0,
            Single(value) => value != 0.0,
            Double(value) => value != 0.0,
            Self::Decimal(value) => !value.is_zero(),
            Text(text) => return thrown(cx, parse::parse_bool(text.bytes())),
            Self::Char(_) | Date(_) => return Err(invalid(cx, self.name(), "Boolean")),
            Self::Token(token) => return conversion::to_boolean(cx, token),
        })
    }

    /// `ToChar`.
    ///
    /// # Errors
    /// `OverflowException` for a number that is no code unit, `FormatException` for a string of another length than 1,
    /// `InvalidCastException` for other types.
    pub fn to_char(self, cx: &mut Cx<'a>) -> Result<Char, Throw> {
        let unit = match self {
            Self::Char(value) => return Ok(value),
            Signed(value, _) => convert::to_char(value),
            Unsigned(value, _) => convert::to_char(value),
            Text(text) => parse::parse_char(text.bytes()),
            Self::Token(token) => return conversion::to_char(cx, token),
            _ => return Err(invalid(cx, self.name(), "Char")),
        };
        thrown(cx, unit).map(Char)
    }

    /// `ToDouble`.
    ///
    /// # Errors
    /// `FormatException` for a string that is no number, `InvalidCastException` for a `char` or date.
    pub fn to_double(self, cx: &mut Cx<'a>) -> Result<f64, Throw> {
        Ok(match self {
            Boolean(value) => f64::from(u8::from(value)),
            Signed(value, _) => value as f64,
            Unsigned(value, _) => value as f64,
            Single(value) => f64::from(value),
            Double(value) => value,
            Self::Decimal(value) => value.to_double(),
            Text(text) => return thrown(cx, parse::parse_double(text.bytes(), NumberStyles::FLOAT_AND_THOUSANDS)),
            Self::Char(_) | Date(_) => return Err(invalid(cx, self.name(), "Double")),
            Self::Token(token) => return conversion::to_double(cx, token),
        })
    }

    /// `ToSingle`.
    ///
    /// # Errors
    /// As [`Self::to_double`].
    pub fn to_single(self, cx: &mut Cx<'a>) -> Result<f32, Throw> {
        Ok(match self {
            Boolean(value) => f32::from(u8::from(value)),
            Signed(value, _) => value as f32,
            Unsigned(value, _) => value as f32,
            Single(value) => value,
            Double(value) => value as f32,
            Self::Decimal(value) => value.to_single(),
            Text(text) => return thrown(cx, parse::parse_single(text.bytes(), NumberStyles::FLOAT_AND_THOUSANDS)),
            Self::Char(_) | Date(_) => return Err(invalid(cx, self.name(), "Single")),
            Self::Token(token) => return conversion::to_single(cx, token),
        })
    }

    /// `ToDecimal`.
    ///
    /// # Errors
    /// `OverflowException` for a number that is too large, `FormatException` for a string that is no number,
    /// `InvalidCastException` for a `char` or date.
    pub fn to_decimal(self, cx: &mut Cx<'a>) -> Result<Decimal, Throw> {
        let result = match self {
            Boolean(value) => Ok(Decimal::from(u8::from(value))),
            Signed(value, _) => Ok(Decimal::from(value)),
            Unsigned(value, _) => Ok(Decimal::from(value)),
            Single(value) => Decimal::from_single(value),
            Double(value) => Decimal::from_double(value),
            Self::Decimal(value) => Ok(value),
            Text(text) => Decimal::parse(text.bytes(), NumberStyles::NUMBER),
            Self::Char(_) | Date(_) => return Err(invalid(cx, self.name(), "Decimal")),
            Self::Token(token) => return conversion::to_decimal(cx, token),
        };
        thrown(cx, result)
    }

    /// `ToDateTime`.
    ///
    /// # Errors
    /// `FormatException` for a string that is no date, `InvalidCastException` for other types.
    pub fn to_date_time(self, cx: &mut Cx<'a>) -> Result<DateTime, Throw> {
        match self {
            Date(value) => Ok(value),
            Text(text) => {
                let now = now(cx);
                thrown(cx, DateTime::parse(text.bytes(), DateTimeStyles::NONE, now))
            }
            Self::Token(token) => conversion::to_date_time(cx, token),
            _ => Err(invalid(cx, self.name(), "DateTime")),
        }
    }
}

/// The word of an object where its static type is its own: the value of a box, the address of anything else.
#[must_use]
pub fn unboxed(object: Obj<'_>) -> Word {
    object.downcast::<Boxed>().map_or(object.word(), |boxed| boxed.value)
}

#[cold]
fn invalid(cx: &mut Cx<'_>, from: &str, to: &str) -> Throw {
    cx.throw(Ty(&INVALID_CAST_EXCEPTION), &format!("Invalid cast from '{from}' to '{to}'."))
}

/// `Convert.ChangeType(value, type)`: the word of the value as one of `ty`.
///
/// # Errors
/// `InvalidCastException` if there is no conversion, and what the conversion throws.
pub fn change_type<'a>(cx: &mut Cx<'a>, value: Option<Obj<'a>>, ty: Ty) -> Result<Word, Throw> {
    let Some(object) = value else {
        return if ty.admits_null() {
            Ok(Word::ZERO)
        } else {
            Err(cx.throw(Ty(&INVALID_CAST_EXCEPTION), "Null object cannot be converted to a value type."))
        };
    };
    let Some(convertible) = Convertible::of(object) else {
        return if object.ty() == ty {
            Ok(unboxed(object))
        } else {
            Err(cx.throw(Ty(&INVALID_CAST_EXCEPTION), "Object must implement IConvertible."))
        };
    };
    if ty == OBJECT {
        return Ok(object.word());
    }
    let code = if ty.is_enum() { 1 } else { type_code(ty) };
    Ok(match code {
        3 => convertible.to_boolean(cx)?.into_word(cx),
        4 => convertible.to_char(cx)?.into_word(cx),
        5 => convertible.to_integer::<i8>(cx)?.into_word(cx),
        6 => convertible.to_integer::<u8>(cx)?.into_word(cx),
        7 => convertible.to_integer::<i16>(cx)?.into_word(cx),
        8 => convertible.to_integer::<u16>(cx)?.into_word(cx),
        9 => convertible.to_integer::<i32>(cx)?.into_word(cx),
        10 => convertible.to_integer::<u32>(cx)?.into_word(cx),
        11 => convertible.to_integer::<i64>(cx)?.into_word(cx),
        12 => convertible.to_integer::<u64>(cx)?.into_word(cx),
        13 => convertible.to_single(cx)?.into_word(cx),
        14 => convertible.to_double(cx)?.into_word(cx),
        15 => convertible.to_decimal(cx)?.into_word(cx),
        16 => Word(convertible.to_date_time(cx)?.bits()),
        18 => object.to_text(cx)?.word(),
        _ if is_instance(Some(object), ty) => unboxed(object),
        _ => {
            let (from, to) = (object.ty().full_name(), ty.full_name());
            return Err(invalid(cx, &from, &to));
        }
    })
}
