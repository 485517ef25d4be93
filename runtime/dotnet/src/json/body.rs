//! The body of a message as a token: `Body.As<JObject>()` and its kin.

use super::load::{self, Wanted};
use super::members::array::JARRAY;
use super::members::container::JCONTAINER;
use super::members::object::JOBJECT;
use super::members::token::JTOKEN;
use crate::cx::Cx;
use crate::object::{Obj, object_of};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;

/// The token that a body holds, of the type asked for.
///
/// # Errors
/// `JsonReaderException` if the body is no JSON, or holds another kind of token.
pub fn from_body<'a>(cx: &mut Cx<'a>, text: Str<'a>, ty: Ty) -> Result<Obj<'a>, Throw> {
    let wanted = match ty {
        _ if ty == Ty(&JOBJECT) => Wanted::Object,
        _ if ty == Ty(&JARRAY) => Wanted::Array,
        _ if ty == Ty(&JTOKEN) || ty == Ty(&JCONTAINER) => Wanted::Token,
        _ => return Err(crate::rt::throw_cast(cx, Ty(&JTOKEN), ty)),
    };
    let token = load::parse(cx, text, wanted)?;
    Ok(object_of(token))
}
