//! `System.Exception` and the exceptions that members throw.

use dotnet_macros::members;

use crate::cx::Cx;
use crate::object::{Ops, REFERENCE};
use crate::text::Str;
use crate::throw::Exception;
use crate::ty::Ty;

/// The behaviour of exceptions: the type's name and the message as text.
pub static EXCEPTION_OPS: Ops = Ops {
    to_text: |cx, object| {
        let message = object.downcast::<Exception<'_>>().map(Exception::full_message).unwrap_or_default();
        Ok(cx.str(&format!("{}: {message}", object.ty().full_name())))
    },
    ..REFERENCE
};

/// Members that all exceptions have.
#[members("System.Exception", group = COMMON_MEMBERS)]
impl<'a> Exception<'a> {
    /// What went wrong, for people.
    #[member("string Message { get; }")]
    fn message_text(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        cx.str(&self.full_message())
    }

    /// The exception that led to this one.
    #[member("Exception InnerException { get; }")]
    fn inner_exception(&'a self) -> Option<&'a Self> {
        self.inner.get()
    }

    /// Where the exception was thrown; policies see nothing of the gateway's inside.
    #[member("string StackTrace { get; }")]
    fn stack_trace(&'a self) -> Option<Str<'a>> {
        None
    }

    /// The exception's origin; not kept.
    #[member("string Source { get; }")]
    fn source(&'a self) -> Option<Str<'a>> {
        None
    }

    /// The first exception of the chain that led to this one.
    #[member("Exception GetBaseException()")]
    fn get_base_exception(&'a self) -> &'a Self {
        let mut first = self;
        while let Some(inner) = first.inner.get() {
            first = inner;
        }
        first
    }
}

fn make<'a>(cx: &Cx<'a>, ty: Ty, message: Option<Str<'a>>, inner: Option<&'a Exception<'a>>) -> &'a Exception<'a> {
    let exception = Exception::new(ty, message, None);
    exception.inner.set(inner);
    cx.arena().alloc(exception)
}

/// Declares exception types that are made from nothing, a message, or a message and an inner exception.
macro_rules! exceptions {
    ($($name:ident, $ty:ident, $declaration:literal, $default:expr, $docs:literal;)*) => {$(
        #[doc = concat!("The constructors of `", $declaration, "`.")]
        pub struct $ty;

        #[doc = $docs]
        #[members($declaration, as = $name, ops = EXCEPTION_OPS, groups = [COMMON_MEMBERS])]
        impl<'a> $ty {
            /// An exception with the message of its type.
            #[member("Exception()")]
            fn new(cx: &mut Cx<'a>) -> &'a Exception<'a> {
                let message: Option<&str> = $default;
                let message = message.map(|text| cx.str(text));
                make(cx, Ty(&$name), message, None)
            }

            /// An exception with a message.
            #[member("Exception(string message)")]
            fn with_message(cx: &mut Cx<'a>, message: Option<Str<'a>>) -> &'a Exception<'a> {
                make(cx, Ty(&$name), message, None)
            }

            /// An exception with a message and the exception that led to it.
            #[member("Exception(string message, Exception innerException)")]
            fn with_inner(
                cx: &mut Cx<'a>, message: Option<Str<'a>>, inner: Option<&'a Exception<'a>>,
            ) -> &'a Exception<'a> {
                make(cx, Ty(&$name), message, inner)
            }
        }
    )*};
}

exceptions! {
    EXCEPTION, ExceptionType, "public class System.Exception", None,
        "What went wrong while a policy was evaluated.";
    ARRAY_TYPE_MISMATCH_EXCEPTION, ArrayTypeMismatchType,
        "public class System.ArrayTypeMismatchException : Exception",
        Some("Attempted to access an element as a type incompatible with the array."),
        "A value was stored in an array of another element type.";
    DIVIDE_BY_ZERO_EXCEPTION, DivideByZeroType, "public class System.DivideByZeroException : Exception",
        Some("Attempted to divide by zero."), "An integer or decimal was divided by zero.";
    FORMAT_EXCEPTION, FormatType, "public class System.FormatException : Exception",
        Some("One of the identified items was in an invalid format."), "A text or a format has the wrong form.";
    INDEX_OUT_OF_RANGE_EXCEPTION, IndexOutOfRangeType,
        "public sealed class System.IndexOutOfRangeException : Exception",
        Some("Index was outside the bounds of the array."), "An index lies outside of its array.";
    INVALID_CAST_EXCEPTION, InvalidCastType, "public class System.InvalidCastException : Exception",
        Some("Specified cast is not valid."), "A value is not of the type that a cast names.";
    INVALID_OPERATION_EXCEPTION, InvalidOperationType,
        "public class System.InvalidOperationException : Exception",
        Some("Operation is not valid due to the current state of the object."),
        "The object's state does not allow what was asked of it.";
    NULL_REFERENCE_EXCEPTION, NullReferenceType, "public class System.NullReferenceException : Exception",
        Some("Object reference not set to an instance of an object."), "A member of null was asked for.";
    OVERFLOW_EXCEPTION, OverflowType, "public class System.OverflowException : Exception",
        Some("Arithmetic operation resulted in an overflow."), "A number does not fit its type.";
    ARGUMENT_EXCEPTION, ArgumentType, "public class System.ArgumentException : Exception",
        Some("Value does not fall within the expected range."), "An argument is not one that the member takes.";
    ARGUMENT_NULL_EXCEPTION, ArgumentNullType,
        "public class System.ArgumentNullException : ArgumentException",
        Some("Value cannot be null."), "An argument is null where it must not be.";
    ARGUMENT_OUT_OF_RANGE_EXCEPTION, ArgumentOutOfRangeType,
        "public class System.ArgumentOutOfRangeException : ArgumentException",
        Some("Specified argument was out of the range of valid values."), "An argument lies outside of its range.";
}
