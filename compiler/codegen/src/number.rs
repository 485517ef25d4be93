//! Arithmetic and conversions of numbers.

use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{InstBuilder, Value, types};
use dotnet::rt::Fault;
use ir::number::is_plain_conversion;
use ir::tree::{BinaryOp, Number, Operand, Overflow, UnaryOp};

use crate::function::Translator;

impl Translator<'_> {
    /// A binary operation.
    pub fn binary(&mut self, op: BinaryOp, operand: Operand, a: Value, b: Value) -> Value {
        match operand {
            Operand::F32 | Operand::F64 => self.float_binary(op, operand, a, b),
            _ => self.integer_binary(op, operand, a, b),
        }
    }

    fn integer_binary(&mut self, op: BinaryOp, operand: Operand, a: Value, b: Value) -> Value {
        let signed = matches!(operand, Operand::I32 | Operand::I64);
        let compare = |signed_code: IntCC, unsigned_code: IntCC| if signed { signed_code } else { unsigned_code };
        let code = match op {
            BinaryOp::Eq => IntCC::Equal,
            BinaryOp::Ne => IntCC::NotEqual,
            BinaryOp::Lt => compare(IntCC::SignedLessThan, IntCC::UnsignedLessThan),
            BinaryOp::Le => compare(IntCC::SignedLessThanOrEqual, IntCC::UnsignedLessThanOrEqual),
            BinaryOp::Gt => compare(IntCC::SignedGreaterThan, IntCC::UnsignedGreaterThan),
            BinaryOp::Ge => compare(IntCC::SignedGreaterThanOrEqual, IntCC::UnsignedGreaterThanOrEqual),
            BinaryOp::Add(overflow) => return self.with_overflow(Arithmetic::Add, overflow, signed, a, b),
            BinaryOp::Sub(overflow) => return self.with_overflow(Arithmetic::Sub, overflow, signed, a, b),
            BinaryOp::Mul(overflow) => return self.with_overflow(Arithmetic::Mul, overflow, signed, a, b),
            BinaryOp::Div | BinaryOp::Rem => return self.division(op, operand, signed, a, b),
            BinaryOp::And => return self.builder.ins().band(a, b),
            BinaryOp::Or => return self.builder.ins().bor(a, b),
            BinaryOp::Xor => return self.builder.ins().bxor(a, b),
            // The machine masks the count as C# does: by the width of the shifted number.
            BinaryOp::Shl => return self.builder.ins().ishl(a, b),
            BinaryOp::Shr if signed => return self.builder.ins().sshr(a, b),
            BinaryOp::Shr => return self.builder.ins().ushr(a, b),
        };
        let holds = self.builder.ins().icmp(code, a, b);
        self.builder.ins().uextend(types::I32, holds)
    }

    fn with_overflow(&mut self, op: Arithmetic, overflow: Overflow, signed: bool, a: Value, b: Value) -> Value {
        let ins = self.builder.ins();
        if overflow == Overflow::Wrap {
            return match op {
                Arithmetic::Add => ins.iadd(a, b),
                Arithmetic::Sub => ins.isub(a, b),
                Arithmetic::Mul => ins.imul(a, b),
            };
        }
        let (value, overflowed) = match (op, signed) {
            (Arithmetic::Add, true) => ins.sadd_overflow(a, b),
            (Arithmetic::Add, false) => ins.uadd_overflow(a, b),
            (Arithmetic::Sub, true) => ins.ssub_overflow(a, b),
            (Arithmetic::Sub, false) => ins.usub_overflow(a, b),
            (Arithmetic::Mul, true) => ins.smul_overflow(a, b),
            (Arithmetic::Mul, false) => ins.umul_overflow(a, b),
        };
        let cold = self.fail_block(Fault::Overflow);
        self.branch_if(overflowed, cold);
        value
    }

    fn division(&mut self, op: BinaryOp, operand: Operand, signed: bool, a: Value, b: Value) -> Value {
        let by_zero = self.builder.ins().icmp_imm_s(IntCC::Equal, b, 0);
        let cold = self.fail_block(Fault::DivideByZero);
        self.branch_if(by_zero, cold);
        if signed {
            let smallest = if operand == Operand::I64 { i64::MIN } else { i64::from(i32::MIN) };
            let by_minus_one = self.builder.ins().icmp_imm_s(IntCC::Equal, b, -1);
            let smallest = {
                let ty = self.builder.func.dfg.value_type(a);
                let smallest =
                    self.builder.ins().iconst(ty, smallest & if ty == types::I32 { 0xFFFF_FFFF } else { -1 });
                self.builder.ins().icmp(IntCC::Equal, a, smallest)
            };
            let both = self.builder.ins().band(by_minus_one, smallest);
            let cold = self.fail_block(Fault::Overflow);
            self.branch_if(both, cold);
        }
        let ins = self.builder.ins();
        match (op, signed) {
            (BinaryOp::Div, true) => ins.sdiv(a, b),
            (BinaryOp::Div, false) => ins.udiv(a, b),
            (_, true) => ins.srem(a, b),
            (_, false) => ins.urem(a, b),
        }
    }

    fn float_binary(&mut self, op: BinaryOp, operand: Operand, a: Value, b: Value) -> Value {
        let code = match op {
            BinaryOp::Add(_) => return self.builder.ins().fadd(a, b),
            BinaryOp::Sub(_) => return self.builder.ins().fsub(a, b),
            BinaryOp::Mul(_) => return self.builder.ins().fmul(a, b),
            BinaryOp::Div => return self.builder.ins().fdiv(a, b),
            BinaryOp::Rem => return self.float_remainder(operand, a, b),
            BinaryOp::Eq => FloatCC::Equal,
            BinaryOp::Ne => FloatCC::NotEqual,
            BinaryOp::Lt => FloatCC::LessThan,
            BinaryOp::Le => FloatCC::LessThanOrEqual,
            BinaryOp::Gt => FloatCC::GreaterThan,
            BinaryOp::Ge => FloatCC::GreaterThanOrEqual,
            BinaryOp::And | BinaryOp::Or | BinaryOp::Xor | BinaryOp::Shl | BinaryOp::Shr => return a,
        };
        let holds = self.builder.ins().fcmp(code, a, b);
        self.builder.ins().uextend(types::I32, holds)
    }

    fn float_remainder(&mut self, operand: Operand, a: Value, b: Value) -> Value {
        let number = if operand == Operand::F32 { Number::F32 } else { Number::F64 };
        // The remainder of two `float`s is exact in `double`.
        let (a, b) = (self.plain_conversion(number, Number::F64, a), self.plain_conversion(number, Number::F64, b));
        let words = [self.make_word(a, Number::F64.repr()), self.make_word(b, Number::F64.repr())];
        let word = self.call_runtime("Remainder", &words);
        let value = self.read_word(word, Number::F64.repr());
        self.plain_conversion(Number::F64, number, value)
    }

    /// A unary operation.
    pub fn unary(&mut self, op: UnaryOp, operand: Operand, a: Value) -> Value {
        match (op, operand) {
            (UnaryOp::Not, _) => {
                let holds = self.builder.ins().icmp_imm_s(IntCC::Equal, a, 0);
                self.builder.ins().uextend(types::I32, holds)
            }
            (UnaryOp::Complement, _) => self.builder.ins().bnot(a),
            (UnaryOp::Neg(_), Operand::F32 | Operand::F64) => self.builder.ins().fneg(a),
            (UnaryOp::Neg(overflow), _) => {
                let ty = self.builder.func.dfg.value_type(a);
                let zero = self.builder.ins().iconst(ty, 0);
                self.with_overflow(Arithmetic::Sub, overflow, true, zero, a)
            }
        }
    }

    /// A number as another type of number.
    pub fn convert(&mut self, from: Number, to: Number, overflow: Overflow, a: Value) -> Value {
        if is_plain_conversion(from, to, overflow) {
            return self.plain_conversion(from, to, a);
        }
        let number = |translator: &mut Self, value: i64| translator.builder.ins().iconst(types::I64, value);
        let target = number(self, to as i64);
        let wide = if matches!(from, Number::F32 | Number::F64) {
            let value = self.plain_conversion(from, Number::F64, a);
            let word = self.make_word(value, Number::F64.repr());
            let check = number(self, i64::from(overflow == Overflow::Throw));
            self.call_runtime("FromDouble", &[word, target, check])
        } else {
            let wide = if from == Number::U64 { Number::U64 } else { Number::I64 };
            let value = self.plain_conversion(from, wide, a);
            let source = number(self, from as i64);
            self.call_runtime("Checked", &[value, source, target])
        };
        self.plain_conversion(Number::I64, to, wide)
    }

    fn plain_conversion(&mut self, from: Number, to: Number, a: Value) -> Value {
        let signed = matches!(from, Number::I8 | Number::I16 | Number::I32 | Number::I64);
        match (from, to) {
            (Number::F32, Number::F64) => return self.builder.ins().fpromote(types::F64, a),
            (Number::F64, Number::F32) => return self.builder.ins().fdemote(types::F32, a),
            (Number::F32 | Number::F64, _) => return a,
            (_, Number::F32 | Number::F64) => {
                let ty = if to == Number::F32 { types::F32 } else { types::F64 };
                let ins = self.builder.ins();
                return if signed { ins.fcvt_from_sint(ty, a) } else { ins.fcvt_from_uint(ty, a) };
            }
            _ => {}
        }
        let is_wide = |number: Number| matches!(number, Number::I64 | Number::U64);
        if is_wide(to) {
            return match (is_wide(from), signed) {
                (true, _) => a,
                (false, true) => self.builder.ins().sextend(types::I64, a),
                (false, false) => self.builder.ins().uextend(types::I64, a),
            };
        }
        let low = if is_wide(from) { self.builder.ins().ireduce(types::I32, a) } else { a };
        match to {
            Number::I8 => {
                let low = self.builder.ins().ireduce(types::I8, low);
                self.builder.ins().sextend(types::I32, low)
            }
            Number::U8 => self.builder.ins().band_imm_s(low, 0xFF),
            Number::I16 => {
                let low = self.builder.ins().ireduce(types::I16, low);
                self.builder.ins().sextend(types::I32, low)
            }
            Number::U16 => self.builder.ins().band_imm_s(low, 0xFFFF),
            _ => low,
        }
    }
}

#[derive(Clone, Copy)]
enum Arithmetic {
    Add,
    Sub,
    Mul,
}
