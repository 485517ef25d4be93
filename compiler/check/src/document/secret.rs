//! Named values that must not be seen: they never reach the compiled file.
//!
//! Where a document names one, a mark stands in for its text while the document is checked: the name between two
//! characters that no text uses. In a string of an expression, or in a literal, the mark becomes a reference that is
//! filled in when the document is loaded; anywhere else it is a fault.

use csharp::tree::{ExprKind as Syntax, Literal, Tree};
use grammar::diagnostic::Diagnostic;
use grammar::document::{NamedValue, NamedValues};
use grammar::source::{MappedText, Source, Span};
use ir::tree::{Const, Expr, ExprKind, Stmt, TextPart};
use ir::walk::{expressions_mut, parts_mut};

use super::Surroundings;
use super::rules::SECRET_OUTSIDE_STRING;

/// What stands before the name; of the characters for private use.
const OPEN: char = '\u{F8F0}';
/// What stands behind it.
const CLOSE: char = '\u{F8F1}';

/// The mark that stands for a secret named value while a document is checked.
#[must_use]
pub fn mark_of(name: &str) -> String {
    format!("{OPEN}{name}{CLOSE}")
}

/// The named values of surroundings, which give marks in place of secrets.
pub struct Hidden<'s>(pub &'s dyn Surroundings);

impl NamedValues for Hidden<'_> {
    fn named_value(&self, name: &str) -> NamedValue<'_> {
        self.0.named_value(name)
    }
}

/// The parts of a text that holds marks; `None` if it holds none.
pub fn parts(text: &[u8]) -> Option<Vec<TextPart>> {
    let text = std::str::from_utf8(text).ok()?;
    if !text.contains(OPEN) {
        return None;
    }
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let (name, behind) = after.split_once(CLOSE)?;
        if !before.is_empty() {
            parts.push(TextPart::Text(before.as_bytes().into()));
        }
        parts.push(TextPart::Secret(name.to_owned()));
        rest = behind;
    }
    if !rest.is_empty() {
        parts.push(TextPart::Text(rest.as_bytes().into()));
    }
    Some(parts)
}

/// Makes references of the marks in the strings of a function.
pub fn mark(stmts: &mut [Stmt]) {
    expressions_mut(stmts, &mut mark_expr);
}

fn mark_expr(expr: &mut Expr) {
    parts_mut(expr, &mut mark_expr);
    if let ExprKind::Const(Const::Text(text)) = &expr.kind
        && let Some(parts) = parts(text)
    {
        expr.kind = ExprKind::Const(Const::SecretText(parts));
    }
}

/// The fault of a secret that stands outside of the strings of an expression.
pub fn outside_string(text: &MappedText, tree: &Tree, source: &Source) -> Option<Diagnostic> {
    let marks = text.text().char_indices().filter(|(_, c)| *c == OPEN);
    for (at, _) in marks {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        let span = Span::new(at, at + 3);
        if !is_in_string(tree, span) {
            let place = text.source_span(span);
            let message = "a secret named value stands outside of a string";
            let help = "put it into a string, or make the named value plain: what it holds cannot be compiled";
            return Some(Diagnostic::new(&SECRET_OUTSIDE_STRING, source, place, message).help(help));
        }
    }
    None
}

/// Whether a range lies in a string of the expression.
fn is_in_string(tree: &Tree, span: Span) -> bool {
    let is_string = |kind: &Syntax| matches!(kind, Syntax::Literal(Literal::String) | Syntax::Interpolation { .. });
    tree.exprs().any(|(_, expr)| is_string(&expr.kind) && expr.span.contains(span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_parts() {
        assert_eq!(parts(b"plain"), None);
        let text = format!("Bearer {}!", mark_of("token"));
        let expected =
            [TextPart::Text((*b"Bearer ").into()), TextPart::Secret("token".into()), TextPart::Text((*b"!").into())];
        assert_eq!(parts(text.as_bytes()).unwrap(), expected);
    }
}
