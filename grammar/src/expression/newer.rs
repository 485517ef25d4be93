//! Forms of C# 8 and later, which are named to the author instead of being called a syntax error.

use super::finding::{Finding, Findings};
use crate::diagnostic::{Level, Rule};
use csharp::span::Span;

/// A form of C# that came after the version policies are written in.
pub static NEWER_CSHARP: Rule = Rule {
    id: "expression/newer-csharp",
    level: Level::Error,
    summary: "an expression uses a form of C# 8 or later",
    page: include_str!("rules/newer-csharp.md"),
    aliases: &["CS8370", "CS8107", "CS8652"],
};

/// A form that C# 7 does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    CoalesceAssign,
    CollectionExpression,
    IndexFromEnd,
    LogicalPattern,
    NullForgiving,
    PropertyPattern,
    Range,
    RawString,
    RelationalPattern,
    StaticFunction,
    SwitchExpression,
    TargetTypedNew,
    UnsignedShift,
    UsingDeclaration,
    Utf8String,
    VerbatimInterpolated,
    WithExpression,
}

impl Form {
    /// What it is called, the version that brought it, and what to write instead.
    fn description(self) -> (&'static str, u8, &'static str) {
        match self {
            Self::CoalesceAssign => ("the assignment `??=`", 8, "write `x = x ?? y`"),
            Self::CollectionExpression => ("a collection expression `[…]`", 12, "write `new[] { … }`"),
            Self::IndexFromEnd => ("the index from the end `^n`", 8, "count from `.Length` or `.Count`"),
            Self::LogicalPattern => ("a pattern with `not`, `and` or `or`", 9, "combine tests with `!`, `&&` and `||`"),
            Self::NullForgiving => ("the operator `!` behind an operand", 8, "leave it out"),
            Self::PropertyPattern => ("a property pattern `{ … }`", 8, "compare the members one by one"),
            Self::Range => ("the range `a..b`", 8, "use `Substring`, or `Skip` and `Take`"),
            Self::RawString => ("a raw string", 11, "write a verbatim string `@\"…\"` with its quotes doubled"),
            Self::RelationalPattern => ("a pattern that compares", 9, "compare with `<`, `<=`, `>` or `>=`"),
            Self::StaticFunction => ("`static` here", 8, "leave it out"),
            Self::SwitchExpression => ("a `switch` expression", 8, "use `? :` or a `switch` statement"),
            Self::TargetTypedNew => ("`new` without a type", 9, "name the type"),
            Self::UnsignedShift => ("the operator `>>>`", 11, "shift an unsigned value with `>>`"),
            Self::UsingDeclaration => ("a `using` declaration", 8, "write `using (…) { … }`"),
            Self::Utf8String => ("a UTF-8 string", 11, "use `Encoding.UTF8.GetBytes`"),
            Self::VerbatimInterpolated => ("the order `@$`", 8, "write `$@`"),
            Self::WithExpression => ("a `with` expression", 9, "construct the value with `new`"),
        }
    }

    /// The code by which a C# 7 compiler refuses it.
    fn code(self) -> &'static str {
        match self {
            Self::Range => "CS1001",
            Self::VerbatimInterpolated => "CS1646",
            _ => "CS1525",
        }
    }
}

/// Reports that `span` is of a later C#.
pub(super) fn report(findings: &mut Findings, span: Span, form: Form) -> &mut Finding {
    let (name, version, instead) = form.description();
    let message = format!("{name} is C# {version}, outside the language of policies");
    let finding = findings.report(&NEWER_CSHARP, span, message);
    finding.code(form.code()).help(instead)
}
