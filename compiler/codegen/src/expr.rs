//! Expressions.

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{BlockArg, InstBuilder, Value, types};
use dotnet::rt::Fault;
use dotnet::word::Repr;
use ir::tree::{Const, Expr, ExprKind};

use crate::function::{Translator, trusted, type_of};

impl<'t> Translator<'t> {
    /// The value of an expression.
    pub fn expression(&mut self, expr: &'t Expr) -> Value {
        match &expr.kind {
            ExprKind::Const(constant) => self.constant(constant),
            ExprKind::Local(local) => self.get_local(*local),
            ExprKind::Set(local, value) => {
                let value = self.expression(value);
                self.set_local(*local, value);
                value
            }
            ExprKind::Address(local) => self.local_address(*local),
            ExprKind::Context => {
                let offset = i32::try_from(dotnet::cx::layout::CONTEXT).unwrap_or(0);
                self.builder.ins().load(types::I64, trusted().with_readonly(), self.cx, offset)
            }
            ExprKind::Binary(op, operand, a, b) => {
                let a = self.expression(a);
                let b = self.expression(b);
                self.binary(*op, *operand, a, b)
            }
            ExprKind::Unary(op, operand, a) => {
                let a = self.expression(a);
                self.unary(*op, *operand, a)
            }
            ExprKind::Convert(from, to, overflow, a) => {
                let a = self.expression(a);
                self.convert(*from, *to, *overflow, a)
            }
            ExprKind::If(condition, then, otherwise) => self.choice(condition, then, otherwise, expr.repr),
            ExprKind::And(a, b) => self.short_circuit(a, b, false),
            ExprKind::Or(a, b) => self.short_circuit(a, b, true),
            ExprKind::Sequence(stmts, value) => {
                self.statements(stmts);
                if self.is_done() {
                    self.unreachable_rest();
                }
                self.expression(value)
            }
            ExprKind::Call(callee, args) => self.call_member(callee, args, expr.repr),
            ExprKind::CallFunction(function, captures, args) => self.call_function(*function, captures, args),
            ExprKind::Lambda(ty, function, captures) => self.lambda(*ty, *function, captures),
            ExprKind::Invoke(func, args) => self.invoke(func, args, expr.repr),
            ExprKind::Field(object, offset) => {
                let object = self.not_null(object);
                let word = self.builder.ins().load(types::I64, trusted(), object, i32::try_from(*offset).unwrap_or(0));
                self.read_word(word, expr.repr)
            }
            ExprKind::IsNull(value) => {
                let value = self.expression(value);
                let holds = self.builder.ins().icmp_imm_s(IntCC::Equal, value, 0);
                self.builder.ins().uextend(types::I32, holds)
            }
            ExprKind::NotNull(value) => self.not_null(value),
            ExprKind::Memo(local, value) => self.memo(*local, value),
            ExprKind::Throw(exception) => {
                let exception = self.expression(exception);
                self.call_runtime("Throw", &[exception]);
                self.never(expr.repr)
            }
            ExprKind::Fail(fault) => {
                self.fail(*fault);
                self.unreachable_rest();
                self.zero(expr.repr)
            }
            ExprKind::ArrayLength(_)
            | ExprKind::ArrayGet(..)
            | ExprKind::ArraySet(..)
            | ExprKind::ArrayOf(..)
            | ExprKind::ArrayNew(..)
            | ExprKind::ArrayPosition(..)
            | ExprKind::Anonymous(..)
            | ExprKind::Concat(_)
            | ExprKind::TextEq(..)
            | ExprKind::TextStartsWith(..)
            | ExprKind::TextLength(_) => self.object_expression(expr),
        }
    }

    /// After a call that always throws: control never comes here, but a value is asked for.
    fn never(&mut self, repr: Repr) -> Value {
        let handler = self.handler;
        self.builder.ins().jump(handler, &[]);
        self.unreachable_rest();
        self.zero(repr)
    }

    pub fn constant(&mut self, constant: &Const) -> Value {
        match constant {
            Const::I32(value) => self.builder.ins().iconst(types::I32, i64::from(*value as u32)),
            Const::I64(value) => self.builder.ins().iconst(types::I64, *value),
            Const::F32(bits) => self.builder.ins().f32const(f32::from_bits(*bits)),
            Const::F64(bits) => self.builder.ins().f64const(f64::from_bits(*bits)),
            Const::Null => self.builder.ins().iconst(types::I64, 0),
            _ => {
                let position = self.pool.constant(constant).unwrap_or(0);
                self.pool_word(position)
            }
        }
    }

    /// A reference that is not null.
    pub fn not_null(&mut self, expr: &'t Expr) -> Value {
        let value = self.expression(expr);
        if !matches!(expr.kind, ExprKind::Context | ExprKind::NotNull(_)) {
            let is_null = self.builder.ins().icmp_imm_s(IntCC::Equal, value, 0);
            let cold = self.fail_block(Fault::Null);
            self.branch_if(is_null, cold);
        }
        value
    }

    fn choice(&mut self, condition: &'t Expr, then: &'t Expr, otherwise: &'t Expr, repr: Repr) -> Value {
        let condition = self.expression(condition);
        let (yes, no, end) = (self.builder.create_block(), self.builder.create_block(), self.builder.create_block());
        let result = self.builder.append_block_param(end, type_of(repr));
        self.builder.ins().brif(condition, yes, &[], no, &[]);
        for (block, expr) in [(yes, then), (no, otherwise)] {
            self.builder.switch_to_block(block);
            let value = self.expression(expr);
            self.builder.ins().jump(end, &[BlockArg::Value(value)]);
        }
        self.builder.switch_to_block(end);
        result
    }

    /// `a && b`, or `a || b` if `decided` is true.
    fn short_circuit(&mut self, a: &'t Expr, b: &'t Expr, decided: bool) -> Value {
        let (more, end) = (self.builder.create_block(), self.builder.create_block());
        let result = self.builder.append_block_param(end, types::I32);
        let a = self.expression(a);
        let known = self.builder.ins().iconst(types::I32, i64::from(decided));
        let known = [BlockArg::Value(known)];
        if decided {
            self.builder.ins().brif(a, end, &known, more, &[]);
        } else {
            self.builder.ins().brif(a, more, &[], end, &known);
        }
        self.builder.switch_to_block(more);
        let b = self.expression(b);
        self.builder.ins().jump(end, &[BlockArg::Value(b)]);
        self.builder.switch_to_block(end);
        result
    }

    /// A read that is kept for the next time: 0 is "not read yet", so that null is kept as 1.
    fn memo(&mut self, local: ir::tree::LocalId, value: &'t Expr) -> Value {
        let (read, end) = (self.builder.create_block(), self.builder.create_block());
        let result = self.builder.append_block_param(end, types::I64);
        let kept = self.get_local(local);
        self.builder.ins().brif(kept, end, &[BlockArg::Value(kept)], read, &[]);
        self.builder.switch_to_block(read);
        let fresh = self.expression(value);
        let one = self.builder.ins().iconst(types::I64, 1);
        let marked = self.builder.ins().umax(fresh, one);
        self.set_local(local, marked);
        self.builder.ins().jump(end, &[BlockArg::Value(marked)]);
        self.builder.switch_to_block(end);
        let is_null = self.builder.ins().icmp_imm_s(IntCC::Equal, result, 1);
        let zero = self.builder.ins().iconst(types::I64, 0);
        self.builder.ins().select(is_null, zero, result)
    }
}
