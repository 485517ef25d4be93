//! `System.Char`: one UTF-16 code unit.

use dotnet_macros::members;

use crate::catalogue::Constant;
use crate::cx::Cx;
use crate::object::{Obj, Ops, REFERENCE};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::primitive::{compare_to_object, value_if, value_of};
use crate::word::Char;
use crate::wtf8;

/// One UTF-16 code unit of a text.
#[members("public struct System.Char : IComparable<char>, IEquatable<char>", as = CHAR, repr = I32, ops = CHAR_OPS)]
impl<'a> Char {
    /// The largest code unit.
    #[member("const char MaxValue")]
    const MAX_VALUE: Constant = Constant::Int(0xFFFF);

    /// The smallest code unit.
    #[member("const char MinValue")]
    const MIN_VALUE: Constant = Constant::Int(0);

    /// A string of this code unit.
    #[member("string ToString()", pure)]
    fn to_text(self, cx: &mut Cx<'a>) -> Str<'a> {
        let mut bytes = Vec::with_capacity(3);
        wtf8::push_unit(&mut bytes, self.0);
        cx.str_from_wtf8(&bytes)
    }

    /// Whether the other is the same `char`.
    #[member("bool Equals(object obj)", pure)]
    fn equals_object(self, obj: Option<Obj<'a>>) -> bool {
        value_if(obj, Ty(&CHAR)) == Some(self)
    }

    /// Whether both are the same code unit.
    #[member("bool Equals(char obj)", pure)]
    fn equals(self, obj: Self) -> bool {
        self == obj
    }

    /// The difference of the two; null comes first.
    ///
    /// # Throws
    /// `ArgumentException` if the object is no `char`.
    #[member("int CompareTo(object value)", pure)]
    fn compare_to_object(self, cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<i32, Throw> {
        match value_if(value, Ty(&CHAR)) {
            Some(other) => Ok(self.compare_to(other)),
            None => compare_to_object(cx, Ty(&CHAR), value, |other| self.cmp(&other)),
        }
    }

    /// The difference of the two.
    #[member("int CompareTo(char value)", pure)]
    fn compare_to(self, value: Self) -> i32 {
        i32::from(self.0) - i32::from(value.0)
    }

    /// A number that is the same for equal values.
    #[member("int GetHashCode()", pure)]
    fn get_hash_code(self) -> i32 {
        i32::from(self.0) | (i32::from(self.0) << 16)
    }
}

/// The behaviour of boxed `char`s.
pub static CHAR_OPS: Ops = Ops {
    to_text: |cx, object| Ok(value_of::<Char>(object).to_text(cx)),
    equals: |_, a, b| Ok(a.ty() == b.ty() && value_of::<Char>(a) == value_of(b)),
    hash: |_, object| Ok(value_of::<Char>(object).get_hash_code()),
    compare: Some(|_, a, b| Ok(value_of::<Char>(a).cmp(&value_of(b)))),
    ..REFERENCE
};
