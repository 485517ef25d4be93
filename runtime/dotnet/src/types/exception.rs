//! `System.Exception` and the exceptions that members throw.
//!
//! Messages are those of .NET Core. Not here: exceptions about arguments (`argument_exception`), and how an exception
//! travels (`throw`).

use dotnet_macros::members;

use crate::cx::Cx;
use crate::format;
use crate::object::{Ops, REFERENCE};
use crate::text::Str;
use crate::throw::{Exception, Throw};
use crate::ty::Ty;

pub use crate::types::argument_exception::*;

/// The behaviour of exceptions: the type's name and the message as text.
pub static EXCEPTION_OPS: Ops = Ops {
    to_text: |cx, object| match object.downcast::<Exception<'_>>() {
        Some(exception) => exception.text(cx),
        None => Ok(cx.str(object.ty().def.name)),
    },
    ..REFERENCE
};

impl<'a> Exception<'a> {
    /// What `ToString()` gives: the type, the message, and the exceptions that led to this one.
    ///
    /// # Errors
    /// What the `ToString` of a value in the message throws.
    pub fn text(&'a self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        let mut text = String::new();
        let mut ends = 0;
        let mut next = Some(self);
        while let Some(exception) = next {
            if ends > 0 {
                text.push_str("\n ---> ");
            }
            text.push_str(&exception.ty().full_name());
            let message = exception.whole_message(cx)?;
            if !message.is_empty() {
                text.push_str(": ");
                text.push_str(&message.to_utf8());
            }
            next = exception.inner.get();
            ends += 1;
            cx.reserve(text.len())?;
        }
        text.push_str(&"\n   --- End of inner exception stack trace ---".repeat(ends - 1));
        Ok(cx.str(&text))
    }

    /// `Message`, with the value that was out of range where there is one.
    ///
    /// # Errors
    /// What the value's `ToString` throws.
    pub fn whole_message(&'a self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        let message = self.full_message();
        match self.actual.get() {
            None => Ok(cx.str(&message)),
            Some(actual) => {
                let actual = actual.to_text(cx)?;
                Ok(cx.str(&format!("{message}\nActual value was {}.", actual.to_utf8())))
            }
        }
    }
}

/// Members that all exceptions have.
#[members("System.Exception", group = COMMON_MEMBERS)]
impl<'a> Exception<'a> {
    /// What went wrong, for people.
    #[member("string Message { get; }")]
    fn message_text(&'a self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        self.whole_message(cx)
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

    /// A page about the exception; there is none.
    #[member("string HelpLink { get; }")]
    fn help_link(&'a self) -> Option<Str<'a>> {
        None
    }

    /// The number that Windows gives the exception.
    #[member("int HResult { get; }")]
    fn h_result(&'a self) -> i32 {
        let numbers = self.bases().find_map(|ty| HRESULTS.iter().find(|(name, _)| *name == ty.def.name));
        numbers.map_or(0x8013_1500, |(_, number)| *number).cast_signed()
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

    /// The exception's type and message, and those of the exceptions that led to it.
    #[member("string ToString()")]
    fn to_text(&'a self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        self.text(cx)
    }
}

impl Exception<'_> {
    fn bases(&self) -> impl Iterator<Item = Ty> {
        std::iter::successors(Some(self.ty()), |ty| ty.base_class())
    }
}

/// `HResult` by type; a type that is not here has that of its base.
static HRESULTS: &[(&str, u32)] = &[
    ("System.Exception", 0x8013_1500),
    ("System.SystemException", 0x8013_1501),
    ("System.ArgumentException", 0x8007_0057),
    ("System.ArgumentNullException", 0x8000_4003),
    ("System.ArgumentOutOfRangeException", 0x8013_1502),
    ("System.ArithmeticException", 0x8007_0216),
    ("System.ArrayTypeMismatchException", 0x8013_1503),
    ("System.DivideByZeroException", 0x8002_0012),
    ("System.FormatException", 0x8013_1537),
    ("System.IndexOutOfRangeException", 0x8013_1508),
    ("System.InvalidCastException", 0x8000_4002),
    ("System.InvalidOperationException", 0x8013_1509),
    ("System.NotImplementedException", 0x8000_4001),
    ("System.NotSupportedException", 0x8013_1515),
    ("System.NullReferenceException", 0x8000_4003),
    ("System.OutOfMemoryException", 0x8007_000E),
    ("System.OverflowException", 0x8013_1516),
    ("System.RankException", 0x8013_1517),
    ("System.TimeoutException", 0x8013_1505),
    ("System.UnauthorizedAccessException", 0x8007_0005),
    ("System.Collections.Generic.KeyNotFoundException", 0x8013_1577),
    ("System.IO.IOException", 0x8013_1620),
];

/// The type of the exception that a function of `format` means.
#[must_use]
pub fn of_fault(exception: format::Exception) -> Ty {
    Ty(match exception {
        format::Exception::Argument => &ARGUMENT_EXCEPTION,
        format::Exception::ArgumentNull => &ARGUMENT_NULL_EXCEPTION,
        format::Exception::ArgumentOutOfRange => &ARGUMENT_OUT_OF_RANGE_EXCEPTION,
        format::Exception::DivideByZero => &DIVIDE_BY_ZERO_EXCEPTION,
        format::Exception::Format => &FORMAT_EXCEPTION,
        format::Exception::InvalidOperation => &INVALID_OPERATION_EXCEPTION,
        format::Exception::OutOfMemory => &OUT_OF_MEMORY_EXCEPTION,
        format::Exception::Overflow => &OVERFLOW_EXCEPTION,
        format::Exception::UriFormat => &URI_FORMAT_EXCEPTION,
    })
}

/// A new exception object.
pub(crate) fn make<'a>(
    cx: &Cx<'a>,
    ty: Ty,
    message: Option<Str<'a>>,
    inner: Option<&'a Exception<'a>>,
) -> &'a Exception<'a> {
    let exception = Exception::new(ty, message, None);
    exception.inner.set(inner);
    cx.arena().alloc(exception)
}

/// Declares exception types that are made from nothing, a message, or a message and an inner exception.
macro_rules! exceptions {
    ($($name:ident, $ty:ident, $self:literal, $declaration:literal, $default:expr, $groups:tt, $docs:literal;)*) => {$(
        #[doc = concat!("The constructors of `", $declaration, "`.")]
        pub struct $ty;

        #[doc = $docs]
        #[members($declaration, as = $name, ops = $crate::types::exception::EXCEPTION_OPS, groups = $groups,
            words = [Self = $self])]
        impl<'a> $ty {
            /// An exception with the message of its type.
            #[member("Self()")]
            fn new(cx: &mut Cx<'a>) -> &'a Exception<'a> {
                let message: Option<&str> = $default;
                let message = message.map(|text| cx.str(text));
                make(cx, Ty(&$name), message, None)
            }

            /// An exception with a message.
            #[member("Self(string message)")]
            fn with_message(cx: &mut Cx<'a>, message: Option<Str<'a>>) -> &'a Exception<'a> {
                make(cx, Ty(&$name), message, None)
            }

            /// An exception with a message and the exception that led to it.
            #[member("Self(string message, Exception innerException)")]
            fn with_inner(
                cx: &mut Cx<'a>, message: Option<Str<'a>>, inner: Option<&'a Exception<'a>>,
            ) -> &'a Exception<'a> {
                make(cx, Ty(&$name), message, inner)
            }
        }
    )*};
}

pub(crate) use exceptions;

exceptions! {
    EXCEPTION, ExceptionType, "Exception", "public class System.Exception", None, [COMMON_MEMBERS],
        "What went wrong while a policy was evaluated.";
    APPLICATION_EXCEPTION, ApplicationType, "ApplicationException",
        "public class System.ApplicationException : Exception", Some("Error in the application."), [],
        "An error that a policy declares itself.";
    SYSTEM_EXCEPTION, SystemType, "SystemException", "public class System.SystemException : Exception",
        Some("System error."), [], "What all exceptions of .NET itself derive from.";
    ARITHMETIC_EXCEPTION, ArithmeticType, "ArithmeticException",
        "public class System.ArithmeticException : SystemException",
        Some("Overflow or underflow in the arithmetic operation."), [], "A computation has no result.";
    ARRAY_TYPE_MISMATCH_EXCEPTION, ArrayTypeMismatchType, "ArrayTypeMismatchException",
        "public class System.ArrayTypeMismatchException : SystemException",
        Some("Attempted to access an element as a type incompatible with the array."), [],
        "A value was stored in an array of another element type.";
    DIVIDE_BY_ZERO_EXCEPTION, DivideByZeroType, "DivideByZeroException",
        "public class System.DivideByZeroException : ArithmeticException",
        Some("Attempted to divide by zero."), [], "An integer or decimal was divided by zero.";
    FORMAT_EXCEPTION, FormatType, "FormatException", "public class System.FormatException : SystemException",
        Some("One of the identified items was in an invalid format."), [], "A text or a format has the wrong form.";
    INDEX_OUT_OF_RANGE_EXCEPTION, IndexOutOfRangeType, "IndexOutOfRangeException",
        "public sealed class System.IndexOutOfRangeException : SystemException",
        Some("Index was outside the bounds of the array."), [], "An index lies outside of its array.";
    INVALID_CAST_EXCEPTION, InvalidCastType, "InvalidCastException",
        "public class System.InvalidCastException : SystemException",
        Some("Specified cast is not valid."), [], "A value is not of the type that a cast names.";
    INVALID_OPERATION_EXCEPTION, InvalidOperationType, "InvalidOperationException",
        "public class System.InvalidOperationException : SystemException",
        Some("Operation is not valid due to the current state of the object."), [],
        "The object's state does not allow what was asked of it.";
    INVALID_TIME_ZONE_EXCEPTION, InvalidTimeZoneType, "InvalidTimeZoneException",
        "public class System.InvalidTimeZoneException : Exception", None, [], "The data of a time zone are unusable.";
    IO_EXCEPTION, IoType, "IOException", "public class System.IO.IOException : SystemException",
        Some("I/O error occurred."), [], "Reading or writing failed.";
    KEY_NOT_FOUND_EXCEPTION, KeyNotFoundType, "KeyNotFoundException",
        "public class System.Collections.Generic.KeyNotFoundException : SystemException",
        Some("The given key was not present in the dictionary."), [], "A dictionary does not have the key.";
    NOT_IMPLEMENTED_EXCEPTION, NotImplementedType, "NotImplementedException",
        "public class System.NotImplementedException : SystemException",
        Some("The method or operation is not implemented."), [], "What was asked for does not exist yet.";
    NOT_SUPPORTED_EXCEPTION, NotSupportedType, "NotSupportedException",
        "public class System.NotSupportedException : SystemException",
        Some("Specified method is not supported."), [], "The object does not do what was asked of it.";
    NULL_REFERENCE_EXCEPTION, NullReferenceType, "NullReferenceException",
        "public class System.NullReferenceException : SystemException",
        Some("Object reference not set to an instance of an object."), [], "A member of null was asked for.";
    OPERATION_CANCELED_EXCEPTION, OperationCanceledType, "OperationCanceledException",
        "public class System.OperationCanceledException : SystemException", Some("The operation was canceled."), [],
        "What was under way was called off.";
    OUT_OF_MEMORY_EXCEPTION, OutOfMemoryType, "OutOfMemoryException",
        "public class System.OutOfMemoryException : SystemException",
        Some("Insufficient memory to continue the execution of the program."), [],
        "A value is larger than .NET can make it.";
    OVERFLOW_EXCEPTION, OverflowType, "OverflowException",
        "public class System.OverflowException : ArithmeticException",
        Some("Arithmetic operation resulted in an overflow."), [], "A number does not fit its type.";
    RANK_EXCEPTION, RankType, "RankException", "public class System.RankException : SystemException",
        Some("Attempted to operate on an array with the incorrect number of dimensions."), [],
        "An array has the wrong number of dimensions.";
    TIME_ZONE_NOT_FOUND_EXCEPTION, TimeZoneNotFoundType, "TimeZoneNotFoundException",
        "public class System.TimeZoneNotFoundException : Exception", None, [], "There is no time zone of this name.";
    TIMEOUT_EXCEPTION, TimeoutType, "TimeoutException", "public class System.TimeoutException : SystemException",
        Some("The operation has timed out."), [], "Something took too long.";
    UNAUTHORIZED_ACCESS_EXCEPTION, UnauthorizedAccessType, "UnauthorizedAccessException",
        "public class System.UnauthorizedAccessException : SystemException",
        Some("Attempted to perform an unauthorized operation."), [], "Access was refused.";
    URI_FORMAT_EXCEPTION, UriFormatType, "UriFormatException",
        "public class System.UriFormatException : FormatException",
        Some("One of the identified items was in an invalid format."), [], "A text is no URI.";
}

#[cfg(test)]
mod tests {
    use crate::testing::{Null, with_harness};

    #[test]
    fn exceptions_tell_their_message_and_what_led_to_them() {
        with_harness(|harness| {
            let inner = harness.word("System.FormatException::FormatException(string message)", &[&"inside"]);
            let outer =
                "System.InvalidOperationException::InvalidOperationException(string message, Exception innerException)";
            let outer = harness.word(outer, &[&"outside", &inner]);
            assert_eq!(harness.call("System.Exception::string Message { get; }", &[&outer]), "outside");
            assert_eq!(
                harness.call("System.Exception::string ToString()", &[&outer]),
                "System.InvalidOperationException: outside\n ---> System.FormatException: inside\n   \
                 --- End of inner exception stack trace ---"
            );
            assert_eq!(
                harness.call("System.Exception::Exception GetBaseException()", &[&outer]),
                "System.FormatException: inside"
            );
            assert_eq!(harness.call("System.Exception::int HResult { get; }", &[&outer]), "-2146233079");
            let plain = harness.word("System.Exception::Exception(string message)", &[&Null]);
            assert_eq!(
                harness.call("System.Exception::string Message { get; }", &[&plain]),
                "Exception of type 'System.Exception' was thrown."
            );
            let default = harness.word("System.DivideByZeroException::DivideByZeroException()", &[]);
            let message = "System.Exception::string Message { get; }";
            assert_eq!(harness.call(message, &[&default]), "Attempted to divide by zero.");
        });
    }
}
