//! The types of `System.Text.RegularExpressions` and their members.
//!
//! Not here: reading and matching patterns, see the modules beside this one.

pub mod collections;
pub mod found;
pub mod pattern;
pub mod run;
pub mod statics;

#[cfg(test)]
mod tests;

use dotnet_macros::members;

use super::matcher::TimedOut;
use super::parse::Fault;
use crate::catalogue::{TypeDef, TypeKind};
use crate::cx::Cx;
use crate::func::Func;
use crate::object::REFERENCE;
use crate::text::Str;
use crate::throw::{Exception, Throw};
use crate::ty::{RuntimeType, Ty};
use crate::types::exception::{ARGUMENT_EXCEPTION, exceptions, make};
use crate::word::{Repr, Word};

exceptions! {
    MATCH_TIMEOUT_EXCEPTION, MatchTimeoutType, "RegexMatchTimeoutException",
        "public class System.Text.RegularExpressions.RegexMatchTimeoutException : TimeoutException",
        Some(TIMED_OUT), [], "Matching a regular expression took too long.";
}

const TIMED_OUT: &str = "The Regex engine has timed out while trying to match a pattern to an input string. This can occur \
                         for many reasons, including very large inputs or excessive backtracking caused by nested \
                         quantifiers, back-references and other factors.";

/// The exception of a search that took too many steps.
#[cold]
fn timed_out(cx: &mut Cx<'_>, _: TimedOut) -> Throw {
    cx.throw(Ty(&MATCH_TIMEOUT_EXCEPTION), TIMED_OUT)
}

/// The exception of a faulty pattern.
#[cold]
fn invalid_pattern(cx: &mut Cx<'_>, pattern: Str<'_>, fault: &Fault) -> Throw {
    let message = format!("Invalid pattern '{}' at offset {}. {}", pattern.to_utf8(), fault.offset, fault.message);
    cx.throw(Ty(&ARGUMENT_EXCEPTION), &message)
}

/// The members of `MatchEvaluator`.
pub struct MatchEvaluator;

/// What `MatchEvaluator` can do.
#[members("System.Text.RegularExpressions.MatchEvaluator", group = MATCH_EVALUATOR_MEMBERS)]
impl<'a> MatchEvaluator {
    /// Calls the lambda or method.
    #[member("string Invoke(Match match)")]
    fn invoke(this: &'a Func<'a>, cx: &mut Cx<'a>, found: Word) -> Result<Word, Throw> {
        this.call1(cx, found)
    }
}

/// What gives the text that replaces a match.
pub static MATCH_EVALUATOR: RuntimeType = RuntimeType::plain(&MATCH_EVALUATOR_DEF);

/// What gives the text that replaces a match.
pub static MATCH_EVALUATOR_DEF: TypeDef = TypeDef {
    name: "System.Text.RegularExpressions.MatchEvaluator",
    declaration: "public delegate string System.Text.RegularExpressions.MatchEvaluator(Match match)",
    docs: "A lambda that gives the text that replaces a match.",
    kind: TypeKind::Delegate,
    arity: 0,
    repr: Repr::Ref,
    members: &[MATCH_EVALUATOR_MEMBERS],
    constants: &[],
    ops: &REFERENCE,
    plain: Some(Ty(&MATCH_EVALUATOR)),
};
