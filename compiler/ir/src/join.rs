//! Joins repeated reads: a header, a part of the URL or a variable that a segment asks for more than once is looked up
//! once, as long as no policy has run in between.

use std::collections::HashMap;

use dotnet::word::Repr;

use crate::segment::{Segment, SegmentStmt};
use crate::tree::{Expr, ExprKind, Local, LocalId, Storage};
use crate::walk::parts_mut;

/// Joins the repeated reads of a segment.
pub fn join(segment: &mut Segment) {
    let mut counts = HashMap::new();
    let mut regions = Regions { next: 1 };
    visit(&mut segment.body, &mut 0, &mut regions, &mut |region, expr| count(expr, region, &mut counts));
    counts.retain(|_, count| *count > 1);
    if counts.is_empty() {
        return;
    }
    let mut locals: HashMap<Key, LocalId> = HashMap::new();
    let mut regions = Regions { next: 1 };
    let all = &mut segment.locals;
    visit(&mut segment.body, &mut 0, &mut regions, &mut |region, expr| {
        keep(expr, region, &mut |key| {
            counts.contains_key(&key).then(|| {
                *locals.entry(key).or_insert_with(|| {
                    all.push(Local { name: String::new(), repr: Repr::Ref, storage: Storage::Value });
                    LocalId(u32::try_from(all.len() - 1).unwrap_or(u32::MAX))
                })
            })
        });
    });
}

/// A read in one stretch of a segment in which nothing changes.
type Key = (u32, String);

/// Numbers stretches in which no policy runs.
struct Regions {
    next: u32,
}

impl Regions {
    fn fresh(&mut self) -> u32 {
        self.next += 1;
        self.next
    }
}

fn visit(stmts: &mut [SegmentStmt], region: &mut u32, regions: &mut Regions, each: &mut dyn FnMut(u32, &mut Expr)) {
    for stmt in stmts {
        match stmt {
            SegmentStmt::Values(_, values) => values.iter_mut().for_each(|(_, value)| each(*region, value)),
            SegmentStmt::Run(_) => *region = regions.fresh(),
            SegmentStmt::If(_, condition, then, otherwise) => {
                each(*region, condition);
                let (mut in_then, mut in_otherwise) = (*region, *region);
                visit(then, &mut in_then, regions, each);
                visit(otherwise, &mut in_otherwise, regions, each);
                if in_then != *region || in_otherwise != *region {
                    *region = regions.fresh();
                }
            }
            SegmentStmt::Exit(_) => {}
        }
    }
}

fn count(expr: &mut Expr, region: u32, counts: &mut HashMap<Key, usize>) {
    if is_read(expr) {
        *counts.entry((region, key_of(expr))).or_default() += 1;
    }
    parts_mut(expr, &mut |part| count(part, region, counts));
}

fn keep(expr: &mut Expr, region: u32, local_of: &mut dyn FnMut(Key) -> Option<LocalId>) {
    if is_read(expr)
        && let Some(local) = local_of((region, key_of(expr)))
    {
        let read = std::mem::replace(expr, Expr::new(ExprKind::Context, Repr::Ref));
        *expr = Expr::new(ExprKind::Memo(local, Box::new(read)), Repr::Ref);
        return;
    }
    parts_mut(expr, &mut |part| keep(part, region, local_of));
}

/// Whether an expression is a call that gives the same as long as nothing changes, and a reference.
fn is_read(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Call(callee, args)
        if callee.member.reads_message && expr.repr == Repr::Ref && args.iter().all(is_stable))
}

fn is_stable(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Const(_) | ExprKind::Context => true,
        ExprKind::Field(object, _) => is_stable(object),
        _ => is_read(expr),
    }
}

fn key_of(expr: &Expr) -> String {
    format!("{:?}", expr.kind)
}
