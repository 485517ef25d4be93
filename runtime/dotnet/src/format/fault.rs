//! The exceptions that .NET raises for text it cannot read and values it cannot hold.
//!
//! Not here: exceptions of members, whose parameter names only the member knows.

use std::borrow::Cow;
use std::fmt;

/// The .NET exception types that functions of [`format`](crate::format) raise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Exception {
    /// `System.ArgumentException`.
    Argument,
    /// `System.ArgumentNullException`.
    ArgumentNull,
    /// `System.ArgumentOutOfRangeException`.
    ArgumentOutOfRange,
    /// `System.DivideByZeroException`.
    DivideByZero,
    /// `System.FormatException`.
    Format,
    /// `System.InvalidOperationException`.
    InvalidOperation,
    /// `System.OutOfMemoryException`: .NET would try, we do not.
    OutOfMemory,
    /// `System.OverflowException`.
    Overflow,
    /// `System.UriFormatException`.
    UriFormat,
}

impl Exception {
    /// The type's name without its name space, as `Exception.GetType().Name` gives it.
    pub const fn type_name(self) -> &'static str {
        match self {
            Self::Argument => "ArgumentException",
            Self::ArgumentNull => "ArgumentNullException",
            Self::ArgumentOutOfRange => "ArgumentOutOfRangeException",
            Self::DivideByZero => "DivideByZeroException",
            Self::Format => "FormatException",
            Self::InvalidOperation => "InvalidOperationException",
            Self::OutOfMemory => "OutOfMemoryException",
            Self::Overflow => "OverflowException",
            Self::UriFormat => "UriFormatException",
        }
    }
}

/// One exception as .NET Core raises it, before a member adds the call it happened in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The type of the exception.
    pub exception: Exception,
    /// `Exception.Message`, with the ` (Parameter 'x')` that .NET Core appends where it names one.
    pub message: Cow<'static, str>,
}

impl Fault {
    /// A fault whose message does not depend on the input.
    pub const fn new(exception: Exception, message: &'static str) -> Self {
        Self { exception, message: Cow::Borrowed(message) }
    }

    /// A fault whose message names the input.
    pub const fn with_text(exception: Exception, message: String) -> Self {
        Self { exception, message: Cow::Owned(message) }
    }

    /// A `FormatException`.
    pub const fn format(message: &'static str) -> Self {
        Self::new(Exception::Format, message)
    }

    /// An `OverflowException`.
    pub const fn overflow(message: &'static str) -> Self {
        Self::new(Exception::Overflow, message)
    }

    /// An `ArgumentOutOfRangeException`; the message carries its parameter's name already.
    pub const fn out_of_range(message: &'static str) -> Self {
        Self::new(Exception::ArgumentOutOfRange, message)
    }

    /// An `ArgumentNullException` for the parameter of this name.
    pub fn null_argument(parameter: &str) -> Self {
        Self::with_text(Exception::ArgumentNull, format!("Value cannot be null. (Parameter '{parameter}')"))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.exception.type_name(), self.message)
    }
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_shows_its_type_and_message() {
        let fault = Fault::null_argument("s");
        assert_eq!(fault.to_string(), "ArgumentNullException: Value cannot be null. (Parameter 's')");
    }
}
