//! Computes what is constant when a document is compiled: operations on constants, and pure members of constants.
//!
//! A pure member is computed by calling it, so that there is one place that knows what it gives. What throws is left
//! to throw when it runs.

use std::sync::atomic::AtomicU64;

use dotnet::abi;
use dotnet::arena::Arena;
use dotnet::cx::{Cx, Frozen};
use dotnet::object::Obj;
use dotnet::rt::{self, type_word};
use dotnet::text::Str;
use dotnet::types::string::as_string;
use dotnet::word::{Repr, Word};

use crate::document::{Document, Step};
use crate::number;
use crate::tree::{Callee, Const, Expr, ExprKind, Function, Stmt};
use crate::walk::{expressions_mut, parts_mut};

/// The longest text that is kept in place of the members that make it.
const MAX_TEXT: usize = 1024;
/// Memory that computing one constant may take.
const BUDGET: usize = 1 << 20;

/// Computes the constants of a document.
pub fn fold(document: &mut Document) {
    for function in &mut document.functions {
        fold_function(function);
    }
    match &mut document.body {
        crate::document::Body::Sections(sections) => sections.iter_mut().for_each(|(_, steps)| fold_steps(steps)),
        crate::document::Body::Fragment(steps) => fold_steps(steps),
    }
}

/// Computes the constants of a function.
pub fn fold_function(function: &mut Function) {
    fold_stmts(&mut function.body);
}

fn fold_steps(steps: &mut [Step]) {
    for step in steps {
        match step {
            Step::Run(run) => run.values.iter_mut().for_each(|(_, value)| fold_expr(value)),
            Step::Choose(_, branches, otherwise) => {
                for (condition, steps) in branches {
                    fold_expr(condition);
                    fold_steps(steps);
                }
                fold_steps(otherwise);
            }
            Step::Repeat(repeat) => {
                repeat.values.iter_mut().for_each(|(_, value)| fold_expr(value));
                fold_steps(&mut repeat.body);
                fold_expr(&mut repeat.condition);
            }
            Step::Base(_) | Step::Fragment(..) | Step::Buffer(..) => {}
        }
    }
}

fn fold_stmts(stmts: &mut [Stmt]) {
    expressions_mut(stmts, &mut fold_expr);
}

/// Computes the constants of an expression.
pub fn fold_expr(expr: &mut Expr) {
    parts_mut(expr, &mut fold_expr);
    if let Some(kind) = folded(expr) {
        expr.kind = kind;
    }
}

fn folded(expr: &mut Expr) -> Option<ExprKind> {
    let constant = |word: Word, repr: Repr| constant_of(word, repr).map(ExprKind::Const);
    match &mut expr.kind {
        ExprKind::Binary(op, operand, a, b) => {
            constant(number::binary(*op, *operand, scalar(a)?, scalar(b)?).ok()?, expr.repr)
        }
        ExprKind::Unary(op, operand, a) => constant(number::unary(*op, *operand, scalar(a)?).ok()?, expr.repr),
        ExprKind::Convert(from, to, overflow, a) if number::is_plain_conversion(*from, *to, *overflow) => {
            constant(number::convert(*from, *to, scalar(a)?), expr.repr)
        }
        ExprKind::If(condition, then, otherwise) => {
            let chosen = if truth(condition)? { then } else { otherwise };
            Some(std::mem::replace(&mut chosen.kind, ExprKind::Context))
        }
        ExprKind::And(a, b) => match truth(a)? {
            true => Some(std::mem::replace(&mut b.kind, ExprKind::Context)),
            false => Some(ExprKind::Const(Const::I32(0))),
        },
        ExprKind::Or(a, b) => match truth(a)? {
            true => Some(ExprKind::Const(Const::I32(1))),
            false => Some(std::mem::replace(&mut b.kind, ExprKind::Context)),
        },
        ExprKind::IsNull(a) => match &a.kind {
            ExprKind::Const(Const::Null) => Some(ExprKind::Const(Const::I32(1))),
            ExprKind::Const(_) => Some(ExprKind::Const(Const::I32(0))),
            _ => None,
        },
        ExprKind::NotNull(a) if matches!(&a.kind, ExprKind::Const(c) if *c != Const::Null) => {
            Some(std::mem::replace(&mut a.kind, ExprKind::Context))
        }
        ExprKind::TextEq(a, b) => match (&a.kind, &b.kind) {
            (ExprKind::Const(a), ExprKind::Const(b)) => {
                Some(ExprKind::Const(Const::I32(i32::from(a.text()? == b.text()?))))
            }
            _ => None,
        },
        ExprKind::TextLength(a) => match &a.kind {
            ExprKind::Const(constant) => {
                let length = i32::try_from(dotnet::wtf8::utf16_len(constant.text()?)).ok()?;
                Some(ExprKind::Const(Const::I32(length)))
            }
            _ => None,
        },
        ExprKind::Concat(parts) => {
            join_texts(parts);
            match parts.as_slice() {
                [Expr { kind: ExprKind::Const(Const::Text(_) | Const::OwnText(_)), .. }] => {
                    parts.pop().map(|part| part.kind)
                }
                [] => Some(ExprKind::Const(Const::Text(Box::default()))),
                _ => None,
            }
        }
        ExprKind::Call(callee, args) if callee.member.pure && !callee.prepared => {
            let repr = expr.repr;
            computed(*callee, args, repr).map(ExprKind::Const)
        }
        _ => None,
    }
}

/// Makes one text of neighbouring constant texts.
fn join_texts(parts: &mut Vec<Expr>) {
    let mut joined: Vec<Expr> = Vec::with_capacity(parts.len());
    for part in parts.drain(..) {
        let previous = joined.last_mut().map(|previous| &mut previous.kind);
        match (previous, part.kind) {
            (_, ExprKind::Const(text)) if text.text().is_some_and(<[u8]>::is_empty) => {}
            (Some(ExprKind::Const(before)), ExprKind::Const(text))
                if before.text().is_some() && text.text().is_some() =>
            {
                let mut both = before.text().unwrap_or_default().to_vec();
                dotnet::wtf8::append(&mut both, text.text().unwrap_or_default());
                *before = Const::OwnText(both.into());
            }
            (_, kind) => joined.push(Expr { kind, repr: part.repr }),
        }
    }
    *parts = joined;
}

fn truth(expr: &Expr) -> Option<bool> {
    scalar(expr).map(rt::scalar_of)
}

/// The word of a constant that is no reference.
fn scalar(expr: &Expr) -> Option<Word> {
    match &expr.kind {
        ExprKind::Const(Const::I32(value)) => Some(Word(u64::from(*value as u32))),
        ExprKind::Const(Const::I64(value)) => Some(Word(*value as u64)),
        ExprKind::Const(Const::F32(bits)) => Some(Word(u64::from(*bits))),
        ExprKind::Const(Const::F64(bits)) => Some(Word(*bits)),
        _ => None,
    }
}

fn constant_of(word: Word, repr: Repr) -> Option<Const> {
    match repr {
        Repr::I32 => Some(Const::I32(word.0 as i32)),
        Repr::I64 => Some(Const::I64(word.0 as i64)),
        Repr::F32 => Some(Const::F32(word.0 as u32)),
        Repr::F64 => Some(Const::F64(word.0)),
        Repr::Void | Repr::Ref => None,
    }
}

/// Calls a member with constant arguments, if they all are, and gives what it returns if that can be a constant.
fn computed(callee: Callee, args: &[Expr], repr: Repr) -> Option<Const> {
    let is_constant = |arg: &Expr| {
        matches!(
            arg.kind,
            ExprKind::Const(
                Const::I32(_)
                    | Const::I64(_)
                    | Const::F32(_)
                    | Const::F64(_)
                    | Const::Null
                    | Const::Text(_)
                    | Const::OwnText(_)
                    | Const::Type(_)
            )
        )
    };
    if !args.iter().all(is_constant) {
        return None;
    }
    let arena = Arena::new(BUDGET);
    let epoch = AtomicU64::new(0);
    let mut cx = Cx::new(&arena, &Frozen, &epoch, u64::MAX);
    let words: Vec<Word> = args
        .iter()
        .map(|arg| match &arg.kind {
            ExprKind::Const(Const::Text(text) | Const::OwnText(text)) => Str::over_wtf8(&arena, text).word(),
            ExprKind::Const(Const::Type(ty)) => type_word(*ty),
            _ => scalar(arg).unwrap_or_default(),
        })
        .collect();
    // SAFETY: the checker typed the arguments by the member's signature.
    let word = unsafe { abi::call(callee.entry.code, &raw mut cx, &words) }.into_result().ok()?;
    if repr != Repr::Ref {
        return constant_of(word, repr);
    }
    // SAFETY: a word of a reference type from the arena of `cx`.
    match unsafe { Obj::from_address(word) } {
        None => Some(Const::Null),
        Some(object) => {
            let text = as_string(object)?.bytes();
            // What the member gives back as it was stays the same object.
            let given = words.iter().position(|arg| *arg == word).and_then(|index| args.get(index));
            match given {
                Some(Expr { kind: ExprKind::Const(constant), .. }) => Some(constant.clone()),
                _ if text.is_empty() => Some(Const::Text(Box::default())),
                _ => (text.len() <= MAX_TEXT).then(|| Const::OwnText(text.into())),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build;
    use crate::tree::{BinaryOp, Operand, Overflow};

    fn member(owner: &str, signature: &str) -> &'static dotnet::catalogue::MemberDef {
        dotnet::catalogue::find_member(&format!("{owner}::{signature}")).unwrap()
    }

    fn folded_kind(mut expr: Expr) -> ExprKind {
        fold_expr(&mut expr);
        expr.kind
    }

    #[test]
    fn pure_members_of_constants_are_computed() {
        let substring = member("System.String", "string Substring(int startIndex)");
        let call = |start| build::call(substring, vec![build::text("abcdef"), build::i32_const(start)], Repr::Ref);
        assert!(matches!(folded_kind(call(4)), ExprKind::Const(Const::OwnText(text)) if &*text == b"ef"));
        assert!(matches!(folded_kind(call(9)), ExprKind::Call(..)), "what throws is left");
    }

    #[test]
    fn arithmetic_and_concatenation_are_computed() {
        let sum = |a, b| {
            let op = ExprKind::Binary(BinaryOp::Add(Overflow::Wrap), Operand::I32, Box::new(a), Box::new(b));
            Expr::new(op, Repr::I32)
        };
        let one = || build::i32_const(1);
        assert!(matches!(folded_kind(sum(one(), sum(one(), one()))), ExprKind::Const(Const::I32(3))));
        let parts = vec![build::text("a"), build::text(""), build::text("b")];
        let concat = Expr::new(ExprKind::Concat(parts), Repr::Ref);
        assert!(matches!(folded_kind(concat), ExprKind::Const(Const::OwnText(text)) if &*text == b"ab"));
    }
}
