//! `Newtonsoft.Json.Linq.JRaw`.

use dotnet_macros::members;

use super::VALUE_OPS;
use crate::cx::Cx;
use crate::json::token::Token;
use crate::object::Obj;

/// The members of `JRaw`.
pub struct JRawType;

/// JSON text that is written as it is.
#[members("public class Newtonsoft.Json.Linq.JRaw : JValue", as = JRAW, ops = VALUE_OPS)]
impl<'a> JRawType {
    /// A copy.
    #[member("JRaw(JRaw other)")]
    fn copy(cx: &mut Cx<'a>, other: &'a Token<'a>) -> &'a Token<'a> {
        other.copy_of_value(cx)
    }

    /// The text of an object as JSON.
    #[member("JRaw(object rawJson)")]
    fn new(cx: &mut Cx<'a>, raw_json: Option<Obj<'a>>) -> &'a Token<'a> {
        Token::new_raw(cx, raw_json)
    }
}
