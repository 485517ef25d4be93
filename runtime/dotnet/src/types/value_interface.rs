//! The interfaces of single values: order, equality, formats, disposal.
//!
//! What an object does is told by its `Ops`, so that each member here is one function for all types. Not here: the
//! interfaces of collections (`interface`).

use dotnet_macros::members;

use crate::catalogue::TypeDef;
use crate::cx::Cx;
use crate::object::{self, Obj};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::primitive::sign_of;
use crate::word::Word;

/// The members of `IComparable<T>`.
pub struct ComparableType;

/// Values that have an order.
#[members("public interface System.IComparable<in T>", as = COMPARABLE)]
impl<'a> ComparableType {
    /// The order of the two: negative, zero or positive.
    #[member("int CompareTo(T other)", pure)]
    fn compare_to(this: Obj<'a>, cx: &mut Cx<'a>, other: Word) -> Result<i32, Throw> {
        let other = as_argument_of(cx, this, &COMPARABLE_DEF, other);
        compare(cx, this, other)
    }
}

/// The members of `IComparable`.
pub struct UntypedComparableType;

/// Values that have an order.
#[members("public interface System.IComparable", as = UNTYPED_COMPARABLE)]
impl<'a> UntypedComparableType {
    /// The order of the two: negative, zero or positive; null comes first.
    ///
    /// # Throws
    /// `ArgumentException` if the other is of another type.
    #[member("int CompareTo(object obj)", pure)]
    fn compare_to(this: Obj<'a>, cx: &mut Cx<'a>, other: Option<Obj<'a>>) -> Result<i32, Throw> {
        compare(cx, this, other)
    }
}

/// The members of `IEquatable<T>`.
pub struct EquatableType;

/// Values that can be equal.
#[members("public interface System.IEquatable<T>", as = EQUATABLE)]
impl<'a> EquatableType {
    /// Whether the values are equal.
    #[member("bool Equals(T other)", pure)]
    fn equals(this: Obj<'a>, cx: &mut Cx<'a>, other: Word) -> Result<bool, Throw> {
        match as_argument_of(cx, this, &EQUATABLE_DEF, other) {
            Some(other) => this.equals(cx, other),
            None => Ok(false),
        }
    }
}

/// The members of `IFormattable`.
pub struct FormattableType;

/// Values whose text depends on a format.
#[members("public interface System.IFormattable", as = FORMATTABLE)]
impl<'a> FormattableType {
    /// The value's text in a format.
    ///
    /// # Throws
    /// `FormatException` if the type does not know the format.
    #[member("string ToString(string format, IFormatProvider formatProvider)", pure)]
    fn to_text(
        this: Obj<'a>,
        cx: &mut Cx<'a>,
        format: Option<Str<'a>>,
        _provider: Option<Obj<'a>>,
    ) -> Result<Str<'a>, Throw> {
        match (format.filter(|format| !format.is_empty()), this.ty().def.ops.format) {
            (Some(format), Some(with_format)) => with_format(cx, this, format),
            _ => this.to_text(cx),
        }
    }
}

/// The members of `IFormatProvider`.
pub struct FormatProviderType;

/// A culture; there is only the invariant one.
#[members("public interface System.IFormatProvider", as = FORMAT_PROVIDER)]
impl<'a> FormatProviderType {}

/// The members of `IDisposable`.
pub struct DisposableType;

/// Objects that `using` disposes of.
#[members("public interface System.IDisposable", as = DISPOSABLE)]
impl<'a> DisposableType {
    /// Does nothing: whatever a policy makes goes with its request.
    #[member("void Dispose()")]
    fn dispose(_this: Obj<'a>) {}
}

/// The argument of a generic interface's member as an object; the interface's type argument tells how to read its word.
fn as_argument_of<'a>(cx: &mut Cx<'a>, this: Obj<'a>, interface: &'static TypeDef, argument: Word) -> Option<Obj<'a>> {
    let implemented = this.ty().interfaces().into_iter().find(|ty| std::ptr::eq(ty.def, interface));
    let ty: Ty = implemented.and_then(|ty| ty.args.first().copied()).unwrap_or(this.ty());
    let word = object::boxed(cx, ty, argument);
    // SAFETY: a box, or a word of a reference type.
    unsafe { cx.object(word) }
}

fn compare<'a>(cx: &mut Cx<'a>, this: Obj<'a>, other: Option<Obj<'a>>) -> Result<i32, Throw> {
    match other {
        None => Ok(1),
        Some(other) => object::words_compare(cx, crate::catalogue::OBJECT, this.word(), other.word()).map(sign_of),
    }
}
