//! Arrays, strings, lambdas and anonymous objects.

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{BlockArg, InstBuilder, MemFlagsData, Value, types};
use dotnet::array::{element_size, layout as array};
use dotnet::rt::Fault;
use dotnet::text::layout as text;
use dotnet::ty::Ty;
use ir::tree::{Const, Expr, ExprKind, FunctionId, LocalId};

use crate::function::{Translator, trusted};

/// Texts up to this length are compared by words of the machine.
const INLINE_TEXT: usize = 64;
/// The member that counts the units of a text that is not ASCII.
const LENGTH: &str = "System.String::int Length { get; }";

impl<'t> Translator<'t> {
    /// The value of an expression over arrays, strings or anonymous objects.
    pub fn object_expression(&mut self, expr: &'t Expr) -> Value {
        match &expr.kind {
            ExprKind::ArrayLength(array) => {
                let array = self.not_null(array);
                let length = self.load(types::I64, array, array::LEN);
                self.builder.ins().ireduce(types::I32, length)
            }
            ExprKind::ArrayGet(element, array, index) => {
                let array = self.not_null(array);
                let index = self.expression(index);
                let place = self.element_address(*element, array, index);
                if element_size(*element) == 1 {
                    return self.builder.ins().uload8(types::I32, trusted(), place, 0);
                }
                let word = self.builder.ins().load(types::I64, trusted(), place, 0);
                self.read_word(word, expr.repr)
            }
            ExprKind::ArraySet(element, array, index, value) => {
                let array = self.not_null(array);
                let index = self.expression(index);
                let repr = value.repr;
                let value = self.expression(value);
                let place = self.element_address(*element, array, index);
                if element_size(*element) == 1 {
                    self.builder.ins().istore8(trusted(), value, place, 0);
                } else {
                    let word = self.make_word(value, repr);
                    self.builder.ins().store(trusted(), word, place, 0);
                }
                value
            }
            ExprKind::ArrayOf(element, items) => {
                let words = self.words(items);
                self.call_with_words("ArrayOf", Some(*element), &words)
            }
            ExprKind::ArrayNew(element, lengths) => match lengths.as_slice() {
                [length] => {
                    let length = self.expression(length);
                    let length = self.builder.ins().sextend(types::I64, length);
                    let element = self.constant(&Const::Type(*element));
                    self.call_runtime("NewArray", &[element, length])
                }
                _ => {
                    let words = self.words(lengths);
                    self.call_with_words("NewDimensions", Some(*element), &words)
                }
            },
            ExprKind::ArrayPosition(array, indexes) => {
                let array = self.expression(array);
                let words = self.words(indexes);
                let [address, count] = self.words_on_stack(&words);
                let word = self.call_runtime("Position", &[array, address, count]);
                self.builder.ins().ireduce(types::I32, word)
            }
            ExprKind::Anonymous(ty, values) => {
                let words = self.words(values);
                self.call_with_words("Anonymous", Some(*ty), &words)
            }
            ExprKind::Concat(parts) => {
                let words = self.words(parts);
                self.call_with_words("Concat", None, &words)
            }
            ExprKind::TextEq(a, b) => self.text_equality(a, b),
            ExprKind::TextStartsWith(value, prefix) => {
                let value = self.not_null(value);
                self.text_begins(value, prefix, IntCC::UnsignedGreaterThanOrEqual)
            }
            ExprKind::TextLength(value) => self.text_length(value),
            _ => self.zero(expr.repr),
        }
    }

    fn load(&mut self, ty: types::Type, object: Value, offset: usize) -> Value {
        self.builder.ins().load(ty, trusted(), object, i32::try_from(offset).unwrap_or(0))
    }

    /// A call that takes words by address and count, behind a type.
    fn call_with_words(&mut self, name: &str, ty: Option<Ty>, words: &[Value]) -> Value {
        let [address, count] = self.words_on_stack(words);
        match ty {
            Some(ty) => {
                let ty = self.constant(&Const::Type(ty));
                self.call_runtime(name, &[ty, address, count])
            }
            None => self.call_runtime(name, &[address, count]),
        }
    }

    /// The address of an element; an index outside of the array throws.
    fn element_address(&mut self, element: Ty, array: Value, index: Value) -> Value {
        let length = self.load(types::I64, array, array::LEN);
        let outside = self.builder.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, index, length);
        let cold = self.fail_block(Fault::Index);
        self.branch_if(outside, cold);
        let items = self.load(types::I64, array, array::ITEMS);
        let offset = if element_size(element) == 1 { index } else { self.builder.ins().ishl_imm_s(index, 3) };
        self.builder.ins().iadd(items, offset)
    }

    /// A delegate over a function of the document.
    pub fn lambda(&mut self, ty: Ty, function: FunctionId, captures: &[LocalId]) -> Value {
        let env = if captures.is_empty() {
            self.builder.ins().iconst(types::I64, 0)
        } else {
            let addresses = self.capture_addresses(captures);
            let [address, count] = self.words_on_stack(&addresses);
            self.call_runtime("Keep", &[address, count])
        };
        let reference = self.function_reference(function);
        let code = self.builder.ins().func_addr(types::I64, reference);
        let ty = self.constant(&Const::Type(ty));
        self.call_runtime("Delegate", &[ty, code, env])
    }

    fn text_length(&mut self, value: &'t Expr) -> Value {
        let value = self.not_null(value);
        let (slow, end) = (self.builder.create_block(), self.builder.create_block());
        self.builder.set_cold_block(slow);
        let result = self.builder.append_block_param(end, types::I32);
        let bytes = self.load(types::I32, value, text::LEN);
        let flags = self.load(types::I32, value, text::FLAGS);
        let ascii = self.builder.ins().band_imm_s(flags, i64::from(text::ASCII));
        self.builder.ins().brif(ascii, end, &[BlockArg::Value(bytes)], slow, &[]);
        self.builder.switch_to_block(slow);
        let word = self.call_named(LENGTH, &[value]);
        let units = self.builder.ins().ireduce(types::I32, word);
        self.builder.ins().jump(end, &[BlockArg::Value(units)]);
        self.builder.switch_to_block(end);
        result
    }

    fn text_equality(&mut self, a: &'t Expr, b: &'t Expr) -> Value {
        let literal = |expr: &'t Expr| match &expr.kind {
            ExprKind::Const(constant) => constant.text().filter(|text| text.len() <= INLINE_TEXT),
            _ => None,
        };
        let (value, text) = match (literal(a), literal(b)) {
            (_, Some(text)) => (a, text),
            (Some(text), None) => (b, text),
            (None, None) => {
                let (a, b) = (self.expression(a), self.expression(b));
                let word = self.call_runtime("SameText", &[a, b]);
                return self.builder.ins().ireduce(types::I32, word);
            }
        };
        let value = self.expression(value);
        let (not_null, end) = (self.builder.create_block(), self.builder.create_block());
        let result = self.builder.append_block_param(end, types::I32);
        let no = self.builder.ins().iconst(types::I32, 0);
        self.builder.ins().brif(value, not_null, &[], end, &[BlockArg::Value(no)]);
        self.builder.switch_to_block(not_null);
        let same = self.text_begins(value, text, IntCC::Equal);
        self.builder.ins().jump(end, &[BlockArg::Value(same)]);
        self.builder.switch_to_block(end);
        result
    }

    /// Whether the length of a string (not null) is in this relation to that of a constant and its bytes begin with
    /// those of the constant.
    fn text_begins(&mut self, value: Value, constant: &[u8], length: IntCC) -> Value {
        let (compare, end) = (self.builder.create_block(), self.builder.create_block());
        let result = self.builder.append_block_param(end, types::I32);
        let len = self.load(types::I32, value, text::LEN);
        let long_enough = self.builder.ins().icmp_imm_s(length, len, i64::try_from(constant.len()).unwrap_or(i64::MAX));
        let no = self.builder.ins().iconst(types::I32, 0);
        self.builder.ins().brif(long_enough, compare, &[], end, &[BlockArg::Value(no)]);
        self.builder.switch_to_block(compare);
        let bytes = self.load(types::I64, value, text::BYTES);
        let same = self.bytes_equal(bytes, constant);
        self.builder.ins().jump(end, &[BlockArg::Value(same)]);
        self.builder.switch_to_block(end);
        result
    }

    /// Whether the bytes at an address are those of a constant. The words compared may overlap.
    fn bytes_equal(&mut self, address: Value, constant: &[u8]) -> Value {
        let mut difference: Option<Value> = None;
        for (offset, size) in pieces(constant.len()) {
            let (ty, expected) = piece(constant, offset, size);
            let found = self.builder.ins().load(
                ty,
                MemFlagsData::new().with_notrap(),
                address,
                i32::try_from(offset).unwrap_or(0),
            );
            let expected = self.builder.ins().iconst(ty, expected);
            let differs = self.builder.ins().bxor(found, expected);
            let differs = if ty == types::I64 { differs } else { self.builder.ins().uextend(types::I64, differs) };
            difference = Some(match difference {
                Some(so_far) => self.builder.ins().bor(so_far, differs),
                None => differs,
            });
        }
        match difference {
            Some(difference) => {
                let same = self.builder.ins().icmp_imm_s(IntCC::Equal, difference, 0);
                self.builder.ins().uextend(types::I32, same)
            }
            None => self.builder.ins().iconst(types::I32, 1),
        }
    }
}

/// The words that cover a text of this length: where each begins and how many bytes it has.
fn pieces(len: usize) -> Vec<(usize, usize)> {
    let largest = match len {
        0 => return Vec::new(),
        1 => 1,
        2..4 => 2,
        4..8 => 4,
        _ => 8,
    };
    let mut pieces: Vec<(usize, usize)> = (0..len / largest).map(|n| (n * largest, largest)).collect();
    if !len.is_multiple_of(largest) {
        pieces.push((len - largest, largest));
    }
    pieces
}

/// The type and value of the word of a text that begins at an offset.
fn piece(constant: &[u8], offset: usize, size: usize) -> (types::Type, i64) {
    let mut word = [0; 8];
    for (place, byte) in word.iter_mut().zip(constant.iter().skip(offset).take(size)) {
        *place = *byte;
    }
    let ty = match size {
        1 => types::I8,
        2 => types::I16,
        4 => types::I32,
        _ => types::I64,
    };
    (ty, i64::from_le_bytes(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_text_cover_it() {
        for len in 0..40 {
            let mut covered = vec![false; len];
            for (offset, size) in pieces(len) {
                covered[offset..offset + size].fill(true);
            }
            assert!(covered.into_iter().all(|byte| byte), "{len}");
        }
        assert_eq!(piece(b"abcde", 1, 4), (types::I32, 0x6564_6362));
    }
}
