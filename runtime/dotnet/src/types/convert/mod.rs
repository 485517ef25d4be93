//! `System.Convert`: values of one simple type as values of another.
//!
//! Each room has the conversions to some types; here are those that name the target by a value, and what an object is
//! as a simple value. Not here: Base64 and hexadecimal text (`encoded`), casts, which the compiler makes.

mod decimal;
mod encoded;
mod float;
mod integer;
mod other;
mod text;

use dotnet_macros::members;

use crate::cx::Cx;
use crate::format::time::DateTime;
use crate::format::{Decimal, Fault};
use crate::json::deserialize;
use crate::json::token::Token;
use crate::object::{Obj, boxed};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::decimal::DecimalObj;
use crate::types::exception::{ARGUMENT_EXCEPTION, INVALID_CAST_EXCEPTION};
use crate::types::primitive::value_of;
use crate::types::reflection::{TypeObj, type_code};
use crate::types::string::as_string;
use crate::types::{boolean, char, date_time, double, number, string};
use crate::word::{Char, IntoWord, Word};

/// The members of `System.Convert`.
pub struct Convert;

/// Values of one simple type as values of another.
#[members("public static class System.Convert", as = CONVERT, groups = [
    integer::SBYTES, integer::BYTES, integer::INT16S, integer::UINT16S, integer::INT32S, integer::UINT32S,
    integer::INT64S, integer::UINT64S, integer::BASES_OF_SBYTE, integer::BASES_OF_BYTE, integer::BASES_OF_INT16, integer::BASES_OF_UINT16,
    integer::BASES_OF_INT32, integer::BASES_OF_UINT32, integer::BASES_OF_INT64, integer::BASES_OF_UINT64,
    float::SINGLES, float::DOUBLES, decimal::DECIMALS, other::BOOLEANS, other::CHARS, other::DATES, text::TEXTS,
    encoded::ENCODED])]
impl<'a> Convert {
    /// The value as one of the type.
    ///
    /// # Throws
    /// `InvalidCastException` if there is no such conversion; what the conversion throws.
    #[member("static object ChangeType(object value, Type conversionType)", pure)]
    fn change_type(cx: &mut Cx<'a>, value: Option<Obj<'a>>, target: &'a TypeObj) -> Result<Word, Throw> {
        change(cx, value, target.ty())
    }

    /// The value as one of the type; the culture is always the invariant one.
    ///
    /// # Throws
    /// `InvalidCastException` if there is no such conversion; what the conversion throws.
    #[member("static object ChangeType(object value, Type conversionType, IFormatProvider provider)", pure)]
    fn change_type_of_culture(
        cx: &mut Cx<'a>,
        value: Option<Obj<'a>>,
        target: &'a TypeObj,
        _provider: Option<Obj<'a>>,
    ) -> Result<Word, Throw> {
        change(cx, value, target.ty())
    }

    /// The value as one of the type of this code.
    ///
    /// # Throws
    /// `InvalidCastException` if there is no such conversion; what the conversion throws.
    #[member("static object ChangeType(object value, TypeCode typeCode)", pure)]
    fn change_type_code(cx: &mut Cx<'a>, value: Option<Obj<'a>>, code: i32) -> Result<Word, Throw> {
        let simple: [Ty; 15] = SIMPLE_TYPES;
        let target = simple.into_iter().find(|ty| type_code(*ty) == code);
        match (target, code) {
            (Some(target), _) => change(cx, value, target),
            (None, 1) => Ok(value.map_or(Word::ZERO, Obj::word)),
            (None, 0) if value.is_none() => Ok(Word::ZERO),
            _ => Err(cx.throw(Ty(&ARGUMENT_EXCEPTION), "Unknown TypeCode value.")),
        }
    }

    /// The kind of a value's type.
    #[member("static TypeCode GetTypeCode(object value)", pure)]
    fn get_type_code(cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> i32 {
        value.map_or(0, |value| match value.downcast::<Token<'a>>().filter(|token| token.is_value()) {
            Some(token) => token.held(cx).map_or(0, |held| type_code(held.ty())),
            None => type_code(value.ty()),
        })
    }

    /// Whether the value is the null of databases, of which there is none here.
    #[member("static bool IsDBNull(object value)", pure)]
    fn is_db_null(_value: Option<Obj<'a>>) -> bool {
        false
    }
}

pub(crate) use decimal::to_decimal;
pub(crate) use float::{to_double, to_single};
pub(crate) use integer::to_integer;
pub(crate) use other::{to_boolean, to_char, to_date};

/// The types that have conversions to each other.
const SIMPLE_TYPES: [Ty; 15] = [
    Ty(&boolean::BOOLEAN),
    Ty(&char::CHAR),
    Ty(&number::SBYTE),
    Ty(&number::BYTE),
    Ty(&number::INT16),
    Ty(&number::UINT16),
    Ty(&number::INT32),
    Ty(&number::UINT32),
    Ty(&number::INT64),
    Ty(&number::UINT64),
    Ty(&double::SINGLE),
    Ty(&double::DOUBLE),
    Ty(&crate::types::decimal::DECIMAL),
    Ty(&date_time::DATE_TIME),
    Ty(&string::STRING),
];

/// A simple value.
#[derive(Clone, Copy)]
pub(crate) enum Value<'a> {
    /// Null.
    Null,
    /// `bool`.
    Bool(bool),
    /// `char`.
    Char(Char),
    /// A signed integer.
    Signed(i64),
    /// An unsigned integer.
    Unsigned(u64),
    /// `float`.
    Single(f32),
    /// `double`.
    Double(f64),
    /// `decimal`.
    Decimal(Decimal),
    /// `DateTime`.
    Date(DateTime),
    /// `string`.
    Text(Str<'a>),
    /// `JValue`, which converts as its casts do.
    Json(&'a Token<'a>),
}

impl<'a> Value<'a> {
    /// The simple value that an object is.
    ///
    /// # Errors
    /// `InvalidCastException` if it is none.
    pub(crate) fn of(cx: &mut Cx<'a>, object: Option<Obj<'a>>) -> Result<Self, Throw> {
        let Some(object) = object else { return Ok(Self::Null) };
        if let Some(text) = as_string(object) {
            return Ok(Self::Text(text));
        }
        Ok(match type_code(object.ty()) {
            3 => Self::Bool(value_of(object)),
            4 => Self::Char(value_of(object)),
            5 => Self::Signed(value_of::<i8>(object).into()),
            6 => Self::Unsigned(value_of::<u8>(object).into()),
            7 => Self::Signed(value_of::<i16>(object).into()),
            8 => Self::Unsigned(value_of::<u16>(object).into()),
            // Enumerations are their numbers.
            9 => Self::Signed(value_of::<i32>(object).into()),
            10 => Self::Unsigned(value_of::<u32>(object).into()),
            11 => Self::Signed(value_of(object)),
            12 => Self::Unsigned(value_of(object)),
            13 => Self::Single(value_of(object)),
            14 => Self::Double(value_of(object)),
            15 => Self::Decimal(DecimalObj::value_of(object).unwrap_or_default()),
            16 => Self::Date(value_of(object)),
            _ => match object.downcast::<Token<'a>>().filter(|token| token.is_value()) {
                Some(token) => Self::Json(token),
                None => {
                    let message = format!(
                        "Unable to cast object of type '{}' to type 'System.IConvertible'.",
                        crate::object::cast_name(object.ty())
                    );
                    return Err(cx.throw(Ty(&INVALID_CAST_EXCEPTION), &message));
                }
            },
        })
    }

    /// The name of the type without its namespace.
    fn type_name(self) -> &'static str {
        match self {
            Self::Null => "Object",
            Self::Bool(_) => "Boolean",
            Self::Char(_) => "Char",
            Self::Signed(_) => "Int64",
            Self::Unsigned(_) => "UInt64",
            Self::Single(_) => "Single",
            Self::Double(_) => "Double",
            Self::Decimal(_) => "Decimal",
            Self::Date(_) => "DateTime",
            Self::Text(_) => "String",
            Self::Json(_) => "JValue",
        }
    }

    /// The exception of a conversion that there is not.
    #[cold]
    pub(super) fn throw_no_conversion(self, cx: &mut Cx<'_>, to: &str) -> Throw {
        throw_invalid(cx, self.type_name(), to)
    }
}

/// The exception of a conversion that there is not.
#[cold]
fn throw_invalid(cx: &mut Cx<'_>, from: &str, to: &str) -> Throw {
    cx.throw(Ty(&INVALID_CAST_EXCEPTION), &format!("Invalid cast from '{from}' to '{to}'."))
}

fn thrown<T>(cx: &mut Cx<'_>, result: Result<T, Fault>) -> Result<T, Throw> {
    result.map_err(|fault| cx.throw_fault(&fault))
}

/// A value as an object of a type: `Convert.ChangeType`.
///
/// # Errors
/// `InvalidCastException` if there is no such conversion; what the conversion throws.
pub(crate) fn change<'a>(cx: &mut Cx<'a>, value: Option<Obj<'a>>, target: Ty) -> Result<Word, Throw> {
    let Some(object) = value else {
        if target.is_value_type() && target.nullable_inner().is_none() {
            return Err(cx.throw(Ty(&INVALID_CAST_EXCEPTION), "Null object cannot be converted to a value type."));
        }
        return Ok(Word::ZERO);
    };
    if object.ty() == target {
        return Ok(object.word());
    }
    let code = type_code(target);
    if code == 1 || target.is_enum() {
        if target == crate::catalogue::OBJECT {
            return Ok(object.word());
        }
        if let Some(token) = object.downcast::<Token<'a>>().filter(|token| token.is_value()) {
            let word = deserialize::from_tree(cx, token, target)?;
            return Ok(boxed(cx, target, word));
        }
        let (from, to) = (object.ty().full_name(), target.full_name());
        let message = if type_code(object.ty()) > 1 {
            format!("Invalid cast from '{from}' to '{to}'.")
        } else {
            String::from("Object must implement IConvertible.")
        };
        return Err(cx.throw(Ty(&INVALID_CAST_EXCEPTION), &message));
    }
    let simple = Value::of(cx, value)?;
    let word = match code {
        3 => other::to_boolean(cx, simple)?.into_word(cx),
        4 => other::to_char(cx, simple)?.into_word(cx),
        5 => integer::to_integer::<i8>(cx, simple)?.into_word(cx),
        6 => integer::to_integer::<u8>(cx, simple)?.into_word(cx),
        7 => integer::to_integer::<i16>(cx, simple)?.into_word(cx),
        8 => integer::to_integer::<u16>(cx, simple)?.into_word(cx),
        9 => integer::to_integer::<i32>(cx, simple)?.into_word(cx),
        10 => integer::to_integer::<u32>(cx, simple)?.into_word(cx),
        11 => integer::to_integer::<i64>(cx, simple)?.into_word(cx),
        12 => integer::to_integer::<u64>(cx, simple)?.into_word(cx),
        13 => float::to_single(cx, simple)?.into_word(cx),
        14 => float::to_double(cx, simple)?.into_word(cx),
        15 => decimal::to_decimal(cx, simple)?.into_word(cx),
        16 => other::to_date(cx, simple)?.into_word(cx),
        _ => object.to_text(cx)?.word(),
    };
    Ok(boxed(cx, target, word))
}

#[cfg(test)]
mod tests;
