//! `try` and `using`.

use csharp::span::Span;
use csharp::tree::{self, Declarator, List, Resource, StmtId, StmtKind as Syntax, TypeKind};
use dotnet::ty::Ty;

use crate::expression::binder::Binder;
use crate::expression::bound::{
    Arguments, Block, Call, Catch, Expr, Kind, Stmt, StmtKind, Try, Using, VariableId, VariableKind,
};
use crate::expression::conversion;
use crate::expression::expressions::creation::NOT_AN_EXCEPTION;
use crate::expression::rules::rules;
use crate::expression::tables::lookup::{self, Members};
use crate::expression::types::{BOOL, EXCEPTION, NONE, UNKNOWN, VOID, named};

rules! {
    /// A handler that never runs, because one before it takes all its exceptions.
    UNREACHABLE_CATCH: "unreachable-catch", Error, "a handler before this takes all its exceptions", ["CS0160"];
    /// `using` with something that cannot be disposed.
    NOT_DISPOSABLE: "not-disposable", Error, "this cannot be disposed", ["CS1674"];
}

impl Binder<'_> {
    /// `try`
    pub fn try_statement(&mut self, block: StmtId, catches: List<tree::Catch>, finally: Option<StmtId>) -> StmtKind {
        let block = self.block_of(block);
        let list: Vec<tree::Catch> = self.tree.list(catches).to_vec();
        let mut catches: Vec<Catch> = Vec::with_capacity(list.len());
        for catch in list {
            let bound = self.catch(catch, &catches);
            catches.push(bound);
        }
        let finally = finally.map(|finally| {
            let caught = std::mem::take(&mut self.frame.catch_depth);
            self.frame.finally_depth += 1;
            let block = self.block_of(finally);
            self.frame.finally_depth -= 1;
            self.frame.catch_depth = caught;
            block
        });
        StmtKind::Try(Box::new(Try { block, catches, finally }))
    }

    fn catch(&mut self, catch: tree::Catch, before: &[Catch]) -> Catch {
        let ty = match catch.ty {
            Some(written) => {
                let ty = self.ty(written);
                self.check_caught(ty, before, self.tree.ty(written).span)
            }
            None => EXCEPTION,
        };
        let ((variable, head, filter, block), variables) = self.scoped(catch.span, |binder| {
            let variable = catch.name.map(|name| binder.declare(name, ty, VariableKind::Caught));
            let (filter, head) = match catch.filter {
                Some(filter) => {
                    let (filter, head) = binder.scoped(catch.span, |binder| binder.condition(filter));
                    (Some(filter), head)
                }
                None => (None, Vec::new()),
            };
            binder.frame.catch_depth += 1;
            let block = binder.block_of(catch.block);
            binder.frame.catch_depth -= 1;
            (variable, head, filter, block)
        });
        let mut head = head;
        head.extend(variables.into_iter().filter(|id| Some(*id) != variable));
        Catch { ty, variable, head, filter, block }
    }

    fn check_caught(&mut self, ty: Ty, before: &[Catch], span: Span) -> Ty {
        if ty == UNKNOWN {
            return EXCEPTION;
        }
        if ty == VOID || !conversion::derives(ty, EXCEPTION) {
            self.refuse(&NOT_AN_EXCEPTION, "CS0155", span, format!("a `{ty}` is no exception and is never thrown"));
            return EXCEPTION;
        }
        let covering = before.iter().find(|earlier| earlier.filter.is_none() && conversion::derives(ty, earlier.ty));
        if let Some(earlier) = covering {
            let message = format!("the handler for `{}` before this takes every `{ty}`", earlier.ty);
            self.refuse(&UNREACHABLE_CATCH, "CS0160", span, message).help("put the handler for the derived type first");
        }
        ty
    }

    /// `using`
    pub fn using_statement(&mut self, resource: Resource, body: StmtId, span: Span) -> StmtKind {
        match resource {
            Resource::Declared(declaration) => {
                let Syntax::Local { ty, declarators, .. } = self.tree.stmt(declaration).kind else {
                    return StmtKind::Block(Block { variables: Vec::new(), stmts: vec![self.embedded(body)] });
                };
                let list: Vec<Declarator> = self.tree.list(declarators).to_vec();
                let (stmt, variables) = self.scoped(span, |binder| binder.using_all(ty, &list, body, span));
                StmtKind::Block(Block { variables, stmts: vec![stmt] })
            }
            Resource::Value(value) => {
                let (value, head) = self.scoped(span, |binder| {
                    let value = binder.value(value);
                    binder.with_type(value)
                });
                let (id, read) = self.temporary_for(&value);
                let dispose = self.disposal(read, value.span);
                let body = self.embedded(body);
                StmtKind::Using(Box::new(Using { head, resource: (id, value), dispose, body }))
            }
        }
    }

    /// One `using` inside of the other, for each of the variables that are declared.
    fn using_all(&mut self, ty: tree::TypeId, list: &[Declarator], body: StmtId, span: Span) -> Stmt {
        let Some((declarator, rest)) = list.split_first() else { return self.embedded(body) };
        let is_var = matches!(self.tree.ty(ty).kind, TypeKind::Var);
        let declared = if is_var { UNKNOWN } else { self.ty(ty) };
        let value = match declarator.value {
            Some(value) if is_var => {
                let value = self.value(value);
                self.with_type(value)
            }
            Some(value) => {
                let value = self.value(value);
                self.convert(value, declared)
            }
            None => {
                let message = "a variable of `using` needs a value";
                self.refuse(
                    &crate::expression::expressions::tuple::NO_INFERRED_TYPE,
                    "CS0210",
                    declarator.span,
                    message,
                );
                Expr::error(declarator.span)
            }
        };
        let ty_of = if is_var { value.ty } else { declared };
        if is_var {
            self.note_type(ty, ty_of);
        }
        let id: VariableId = self.declare(declarator.name, ty_of, VariableKind::Using);
        let read = Expr::variable(id, ty_of, declarator.span);
        let dispose = self.disposal(read, declarator.span);
        let body = self.using_all(ty, rest, body, span);
        let using = Using { head: Vec::new(), resource: (id, value), dispose, body };
        Stmt { kind: StmtKind::Using(Box::new(using)), span }
    }

    /// The call that disposes an object; reports what cannot be disposed.
    fn disposal(&mut self, object: Expr, span: Span) -> Expr {
        let ty = object.ty;
        if ty == UNKNOWN || ty == NONE {
            return Expr::error(span);
        }
        let disposable = named("System.IDisposable", &[]);
        let is_disposable =
            disposable.is_some_and(|disposable| conversion::standard_implicit(ty, disposable).is_some());
        let found = [Some(ty), disposable].into_iter().flatten().find_map(|ty| match lookup::members(ty, "Dispose") {
            Members::Methods(methods) => methods.into_iter().find(|found| found.member.parameters.is_empty()),
            _ => None,
        });
        let Some(found) = found.filter(|_| is_disposable || disposable.is_none()) else {
            if !is_disposable {
                let message = format!("a `{ty}` cannot be disposed: it has no `Dispose`");
                self.refuse(&NOT_DISPOSABLE, "CS1674", span, message);
                return Expr::error(span);
            }
            // What has nothing to give back is disposed by doing nothing.
            return Expr::new(Kind::Effects(Vec::new(), Box::new(Expr::new(Kind::Default, VOID, span))), VOID, span);
        };
        let test = Expr::new(Kind::IsNull(Box::new(object.clone())), BOOL, span);
        let receiver = Some(self.as_receiver(object.clone(), found));
        let call = Call { found, type_args: Vec::new(), receiver, arguments: Arguments::default() };
        let call = Expr::new(Kind::Call(Box::new(call)), VOID, span);
        if !ty.admits_null() {
            return call;
        }
        let nothing = Expr::new(Kind::Default, VOID, span);
        Expr::new(Kind::Conditional(Box::new((test, nothing, call))), VOID, span)
    }
}
