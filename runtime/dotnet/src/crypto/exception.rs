//! The exceptions of cryptography.

use dotnet_macros::members;

use crate::cx::Cx;
use crate::text::Str;
use crate::throw::{Exception, Throw};
use crate::ty::Ty;
use crate::types::exception::{exceptions, make};

exceptions! {
    CRYPTOGRAPHIC_EXCEPTION, CryptographicType, "CryptographicException",
        "public class System.Security.Cryptography.CryptographicException : SystemException",
        Some("Error occurred during a cryptographic operation."), [],
        "A key, a text or a certificate cannot be used in the way that was asked for.";
    UNEXPECTED_OPERATION_EXCEPTION, UnexpectedOperationType, "CryptographicUnexpectedOperationException",
        "public class System.Security.Cryptography.CryptographicUnexpectedOperationException : CryptographicException",
        Some("Unexpected cryptographic operation."), [],
        "The algorithm's state does not allow what was asked of it.";
}

/// The constructors of `ObjectDisposedException`.
pub struct ObjectDisposedType;

/// An object was used after it was disposed of.
#[members("public class System.ObjectDisposedException : InvalidOperationException", as = OBJECT_DISPOSED_EXCEPTION,
    ops = crate::types::exception::EXCEPTION_OPS)]
impl<'a> ObjectDisposedType {
    /// An exception that names the object.
    #[member("ObjectDisposedException(string objectName)")]
    fn of_object(cx: &mut Cx<'a>, object_name: Option<Str<'a>>) -> &'a Exception<'a> {
        let message = disposed_message(object_name);
        let message = cx.str(&message);
        make(cx, Ty(&OBJECT_DISPOSED_EXCEPTION), Some(message), None)
    }

    /// An exception that names the object, with a message.
    #[member("ObjectDisposedException(string objectName, string message)")]
    fn with_message(cx: &mut Cx<'a>, object_name: Option<Str<'a>>, message: Option<Str<'a>>) -> &'a Exception<'a> {
        let named = object_name.filter(|name| !name.is_empty());
        let message = match (message, named) {
            (Some(message), Some(name)) => {
                let text = format!("{}\nObject name: '{}'.", message.to_utf8(), name.to_utf8());
                Some(cx.str(&text))
            }
            _ => message,
        };
        make(cx, Ty(&OBJECT_DISPOSED_EXCEPTION), message, None)
    }
}

fn disposed_message(object_name: Option<Str<'_>>) -> String {
    let base = "Cannot access a disposed object.";
    match object_name.filter(|name| !name.is_empty()) {
        Some(name) => format!("{base}\nObject name: '{}'.", name.to_utf8()),
        None => base.to_owned(),
    }
}

/// An object is used after it was disposed of.
#[cold]
pub fn disposed(cx: &mut Cx<'_>) -> Throw {
    let message = disposed_message(None);
    cx.throw(Ty(&OBJECT_DISPOSED_EXCEPTION), &message)
}

/// A `CryptographicException` with a message.
#[cold]
pub fn cryptographic(cx: &mut Cx<'_>, message: &str) -> Throw {
    cx.throw(Ty(&CRYPTOGRAPHIC_EXCEPTION), message)
}
