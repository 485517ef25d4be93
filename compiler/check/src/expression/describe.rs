//! Expressions as messages show them.

use super::bound::{Expr, Kind};
use super::types::{NONE, UNKNOWN, VOID};

/// What an expression is, in words that fit behind a verb: `` `int` ``, `a lambda`, `nothing`.
pub fn shown(expr: &Expr) -> String {
    match &expr.kind {
        Kind::Null => String::from("`null`"),
        Kind::MethodGroup(group) => format!("the method `{}`", group.name),
        Kind::Lambda(_) => String::from("a lambda"),
        Kind::Namespace(name) => format!("the namespace `{name}`"),
        Kind::Type => format!("the type `{}`", expr.ty),
        Kind::Throw(_) => String::from("`throw`"),
        Kind::Default if expr.ty == NONE => String::from("`default`"),
        _ if expr.ty == VOID => String::from("nothing"),
        _ if expr.ty == NONE || expr.ty == UNKNOWN => String::from("what has no type"),
        _ => format!("`{}`", expr.ty),
    }
}
