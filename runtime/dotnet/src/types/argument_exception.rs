//! The exceptions about arguments, which name the parameter.

use dotnet_macros::members;

use crate::cx::Cx;
use crate::object::Obj;
use crate::text::Str;
use crate::throw::Exception;
use crate::ty::Ty;
use crate::types::exception::{exceptions, make};

const NULL: &str = "Value cannot be null.";
const OUT_OF_RANGE: &str = "Specified argument was out of the range of valid values.";

exceptions! {
    ARGUMENT_EXCEPTION, ArgumentType, "ArgumentException", "public class System.ArgumentException : SystemException",
        Some("Value does not fall within the expected range."), [ARGUMENT_MEMBERS],
        "An argument is not one that the member takes.";
}

/// The members of exceptions about arguments.
pub struct ArgumentMembers;

/// What exceptions about arguments have besides the members of all exceptions.
#[members("System.ArgumentException", group = ARGUMENT_MEMBERS)]
impl<'a> ArgumentMembers {
    /// An exception with a message that names the parameter.
    #[member("ArgumentException(string message, string paramName)")]
    fn with_parameter(cx: &mut Cx<'a>, message: Option<Str<'a>>, parameter: Option<Str<'a>>) -> &'a Exception<'a> {
        about(make(cx, Ty(&ARGUMENT_EXCEPTION), message, None), parameter)
    }

    /// An exception with a message that names the parameter, and the exception that led to it.
    #[member("ArgumentException(string message, string paramName, Exception innerException)")]
    fn with_parameter_and_inner(
        cx: &mut Cx<'a>,
        message: Option<Str<'a>>,
        parameter: Option<Str<'a>>,
        inner: Option<&'a Exception<'a>>,
    ) -> &'a Exception<'a> {
        about(make(cx, Ty(&ARGUMENT_EXCEPTION), message, inner), parameter)
    }

    /// The name of the parameter that the argument was meant for.
    #[member("string ParamName { get; }")]
    fn param_name(this: &'a Exception<'a>) -> Option<Str<'a>> {
        this.parameter.get()
    }
}

fn about<'a>(exception: &'a Exception<'a>, parameter: Option<Str<'a>>) -> &'a Exception<'a> {
    exception.parameter.set(parameter);
    exception
}

/// The constructors of `ArgumentNullException`.
pub struct ArgumentNullType;

/// An argument is null where it must not be.
#[members("public class System.ArgumentNullException : ArgumentException", as = ARGUMENT_NULL_EXCEPTION,
    ops = crate::types::exception::EXCEPTION_OPS)]
impl<'a> ArgumentNullType {
    /// An exception that names no parameter.
    #[member("ArgumentNullException()")]
    fn new(cx: &mut Cx<'a>) -> &'a Exception<'a> {
        Self::of_parameter(cx, None)
    }

    /// An exception about the parameter of this name.
    #[member("ArgumentNullException(string paramName)")]
    fn of_parameter(cx: &mut Cx<'a>, parameter: Option<Str<'a>>) -> &'a Exception<'a> {
        let message = cx.str(NULL);
        about(make(cx, Ty(&ARGUMENT_NULL_EXCEPTION), Some(message), None), parameter)
    }

    /// An exception about the parameter of this name, with a message.
    #[member("ArgumentNullException(string paramName, string message)")]
    fn with_message(cx: &mut Cx<'a>, parameter: Option<Str<'a>>, message: Option<Str<'a>>) -> &'a Exception<'a> {
        about(make(cx, Ty(&ARGUMENT_NULL_EXCEPTION), message, None), parameter)
    }

    /// An exception with a message and the exception that led to it.
    #[member("ArgumentNullException(string message, Exception innerException)")]
    fn with_inner(cx: &mut Cx<'a>, message: Option<Str<'a>>, inner: Option<&'a Exception<'a>>) -> &'a Exception<'a> {
        make(cx, Ty(&ARGUMENT_NULL_EXCEPTION), message, inner)
    }
}

/// The members of `ArgumentOutOfRangeException`.
pub struct ArgumentOutOfRangeType;

/// An argument lies outside of its range.
#[members("public class System.ArgumentOutOfRangeException : ArgumentException",
    as = ARGUMENT_OUT_OF_RANGE_EXCEPTION, ops = crate::types::exception::EXCEPTION_OPS)]
impl<'a> ArgumentOutOfRangeType {
    /// An exception that names no parameter.
    #[member("ArgumentOutOfRangeException()")]
    fn new(cx: &mut Cx<'a>) -> &'a Exception<'a> {
        Self::of_parameter(cx, None)
    }

    /// An exception about the parameter of this name.
    #[member("ArgumentOutOfRangeException(string paramName)")]
    fn of_parameter(cx: &mut Cx<'a>, parameter: Option<Str<'a>>) -> &'a Exception<'a> {
        let message = cx.str(OUT_OF_RANGE);
        about(make(cx, Ty(&ARGUMENT_OUT_OF_RANGE_EXCEPTION), Some(message), None), parameter)
    }

    /// An exception about the parameter of this name, with a message.
    #[member("ArgumentOutOfRangeException(string paramName, string message)")]
    fn with_message(cx: &mut Cx<'a>, parameter: Option<Str<'a>>, message: Option<Str<'a>>) -> &'a Exception<'a> {
        about(make(cx, Ty(&ARGUMENT_OUT_OF_RANGE_EXCEPTION), message, None), parameter)
    }

    /// An exception about the parameter of this name and the value it was given, with a message.
    #[member("ArgumentOutOfRangeException(string paramName, object actualValue, string message)")]
    fn with_value(
        cx: &mut Cx<'a>,
        parameter: Option<Str<'a>>,
        actual: Option<Obj<'a>>,
        message: Option<Str<'a>>,
    ) -> &'a Exception<'a> {
        let exception = Self::with_message(cx, parameter, message);
        exception.actual.set(actual);
        exception
    }

    /// An exception with a message and the exception that led to it.
    #[member("ArgumentOutOfRangeException(string message, Exception innerException)")]
    fn with_inner(cx: &mut Cx<'a>, message: Option<Str<'a>>, inner: Option<&'a Exception<'a>>) -> &'a Exception<'a> {
        make(cx, Ty(&ARGUMENT_OUT_OF_RANGE_EXCEPTION), message, inner)
    }

    /// The value that the parameter was given, if the exception was made with it.
    #[member("object ActualValue { get; }")]
    fn actual_value(this: &'a Exception<'a>) -> Option<Obj<'a>> {
        this.actual.get()
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Object, with_harness};

    #[test]
    fn exceptions_about_arguments_name_the_parameter() {
        let message = "System.Exception::string Message { get; }";
        with_harness(|harness| {
            let bad = harness
                .word("System.ArgumentException::ArgumentException(string message, string paramName)", &[&"bad", &"n"]);
            assert_eq!(harness.call(message, &[&bad]), "bad (Parameter 'n')");
            assert_eq!(harness.call("System.ArgumentException::string ParamName { get; }", &[&bad]), "n");
            let null = harness.word("System.ArgumentNullException::ArgumentNullException(string paramName)", &[&"s"]);
            assert_eq!(harness.call(message, &[&null]), "Value cannot be null. (Parameter 's')");
            let range = "System.ArgumentOutOfRangeException::ArgumentOutOfRangeException(string paramName, object actualValue, string message)";
            let range = harness.word(range, &[&"n", &Object(5), &"Too large."]);
            assert_eq!(harness.call(message, &[&range]), "Too large. (Parameter 'n')\nActual value was 5.");
        });
    }
}
