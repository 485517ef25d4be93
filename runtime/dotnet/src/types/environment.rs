//! `System.Environment`: what a policy may know of its host, which is how it ends lines.

use dotnet_macros::members;

use crate::text::{Str, StrObj};

static NEW_LINE: StrObj = StrObj::ascii("\n");

/// The members of `System.Environment`.
pub struct Environment;

/// The host of the gateway.
#[members("public static class System.Environment", as = ENVIRONMENT)]
impl<'a> Environment {
    /// The end of a line: `\n`.
    #[member("static string NewLine { get; }", pure)]
    fn new_line() -> Str<'a> {
        Str::from_static(&NEW_LINE)
    }
}
