//! Calls: of members through the table of host calls, of the document's own functions, of delegates.

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{AbiParam, Block, ExtFuncData, ExternalName, FuncRef, InstBuilder, SigRef, Value, types};
use dotnet::catalogue::MemberDef;
use dotnet::cx::{MAX_DEPTH, layout};
use dotnet::rt::Fault;
use dotnet::word::Repr;
use ir::build::runtime_member;
use ir::tree::{Callee, Expr, FunctionId, LocalId};

use crate::function::{Translator, trusted};
use crate::link::function_name;
use crate::pool::import_name;

impl<'t> Translator<'t> {
    /// Calls a member with words; the result is a word. What it throws goes to the handler.
    fn call_host(&mut self, name: &str, words: &[Value]) -> Value {
        let position = self.pool.import(name);
        let address = self.host_address(position);
        let signature = self.words_signature(words.len() + 1);
        let mut args = vec![self.cx];
        args.extend_from_slice(words);
        let call = self.builder.ins().call_indirect(signature, address, &args);
        self.checked_result(call)
    }

    /// The value of a call that returned without throwing.
    fn checked_result(&mut self, call: cranelift_codegen::ir::Inst) -> Value {
        let results = self.builder.inst_results(call);
        let (value, status) = match *results {
            [value, status] => (value, status),
            _ => return self.builder.ins().iconst(types::I64, 0),
        };
        let handler = self.handler;
        self.branch_if(status, handler);
        value
    }

    fn words_signature(&mut self, words: usize) -> SigRef {
        let mut signature = cranelift_codegen::ir::Signature::new(cranelift_codegen::isa::CallConv::SystemV);
        signature.params.extend((0..words).map(|_| AbiParam::new(types::I64)));
        signature.returns.extend([AbiParam::new(types::I64), AbiParam::new(types::I64)]);
        self.builder.import_signature(signature)
    }

    /// Calls one of compiled code's own rows.
    pub fn call_runtime(&mut self, name: &str, words: &[Value]) -> Value {
        let import = runtime_member(name).map(MemberDef::host_name).unwrap_or_default();
        self.call_host(&import, words)
    }

    /// Calls a member by its full name.
    pub fn call_named(&mut self, name: &str, words: &[Value]) -> Value {
        self.call_host(name, words)
    }

    /// Calls a member with values.
    pub fn call_member(&mut self, callee: &Callee, args: &'t [Expr], repr: Repr) -> Value {
        let words = self.words(args);
        let word = self.call_host(&import_name(callee.member, callee.prepared), &words);
        self.read_word(word, repr)
    }

    /// The words of values, computed in order.
    pub fn words(&mut self, args: &'t [Expr]) -> Vec<Value> {
        args.iter()
            .map(|arg| {
                let value = self.expression(arg);
                self.make_word(value, arg.repr)
            })
            .collect()
    }

    /// Words on the stack: their address and their number.
    pub fn words_on_stack(&mut self, words: &[Value]) -> [Value; 2] {
        let slot = self.stack_words(words.len());
        for (index, word) in words.iter().enumerate() {
            let offset = i32::try_from(index * 8).unwrap_or(0);
            self.builder.ins().stack_store(types::I64, *word, slot, offset);
        }
        let address = self.builder.ins().stack_addr(types::I64, slot, 0);
        let count = self.builder.ins().iconst(types::I64, i64::try_from(words.len()).unwrap_or(0));
        [address, count]
    }

    /// The addresses of shared variables.
    pub fn capture_addresses(&mut self, captures: &[LocalId]) -> Vec<Value> {
        captures.iter().map(|local| self.local_address(*local)).collect()
    }

    /// A reference to a function of the document.
    pub fn function_reference(&mut self, function: FunctionId) -> FuncRef {
        let parameters = self.functions.get(function.index()).map_or(0, |function| function.parameters.len());
        let signature = self.words_signature(parameters + 2);
        let name = self.builder.func.declare_imported_user_function(function_name(function.0));
        self.builder.func.import_function(ExtFuncData {
            name: ExternalName::user(name),
            signature,
            colocated: true,
            patchable: false,
        })
    }

    /// Calls a function of the document.
    pub fn call_function(&mut self, function: FunctionId, captures: &[LocalId], args: &'t [Expr]) -> Value {
        let words = self.words(args);
        let repr = self.functions.get(function.index()).map_or(Repr::Void, |function| function.result);
        let env = if captures.is_empty() {
            self.builder.ins().iconst(types::I64, 0)
        } else {
            let addresses = self.capture_addresses(captures);
            let [address, _] = self.words_on_stack(&addresses);
            address
        };
        let reference = self.function_reference(function);
        let mut all = vec![self.cx, env];
        all.extend(words);
        let call = self.deeper(|translator| translator.builder.ins().call(reference, &all));
        let word = self.checked_result(call);
        self.read_word(word, repr)
    }

    /// Calls a delegate.
    pub fn invoke(&mut self, func: &'t Expr, args: &'t [Expr], repr: Repr) -> Value {
        let func = self.expression(func);
        let null = self.fail_block(Fault::Null);
        let is_null = self.builder.ins().icmp_imm_s(IntCC::Equal, func, 0);
        self.branch_if(is_null, null);
        let words = self.words(args);
        let field = |offset: usize| i32::try_from(offset).unwrap_or(0);
        let code = self.builder.ins().load(types::I64, trusted(), func, field(dotnet::func::layout::CODE));
        let env = self.builder.ins().load(types::I64, trusted(), func, field(dotnet::func::layout::ENV));
        let signature = self.words_signature(words.len() + 2);
        let mut all = vec![self.cx, env];
        all.extend(words);
        let call = self.deeper(|translator| translator.builder.ins().call_indirect(signature, code, &all));
        let word = self.checked_result(call);
        self.read_word(word, repr)
    }

    /// Makes a call one level deeper; too deep a call ends the request.
    fn deeper(&mut self, call: impl FnOnce(&mut Self) -> cranelift_codegen::ir::Inst) -> cranelift_codegen::ir::Inst {
        let offset = i32::try_from(layout::DEPTH).unwrap_or(0);
        let depth = self.builder.ins().load(types::I32, trusted(), self.cx, offset);
        let limit = i64::from(MAX_DEPTH);
        let too_deep = self.builder.ins().icmp_imm_s(IntCC::UnsignedGreaterThanOrEqual, depth, limit);
        let cold = self.fail_block(Fault::Depth);
        self.branch_if(too_deep, cold);
        self.check_time();
        let below = self.builder.ins().iadd_imm_s(depth, 1);
        self.builder.ins().store(trusted(), below, self.cx, offset);
        let call = call(self);
        self.builder.ins().store(trusted(), depth, self.cx, offset);
        call
    }

    /// A cold block that throws for a reason of the machine. It is filled when the function ends.
    pub fn fail_block(&mut self, fault: Fault) -> Block {
        let key = (fault, self.handler);
        if let Some(block) = self.fails.get(&key) {
            return *block;
        }
        let block = self.builder.create_block();
        self.builder.set_cold_block(block);
        self.fails.insert(key, block);
        block
    }

    /// Fills the cold blocks.
    pub fn fill_fail_blocks(&mut self) {
        let mut fails: Vec<_> = std::mem::take(&mut self.fails).into_iter().collect();
        fails.sort_by_key(|(_, block)| block.as_u32());
        for ((fault, handler), block) in fails {
            self.builder.switch_to_block(block);
            self.handler = handler;
            self.fail(fault);
        }
    }

    /// Throws for a reason of the machine.
    pub fn fail(&mut self, fault: Fault) {
        let number = self.builder.ins().iconst(types::I64, i64::from(fault as i32));
        self.call_runtime("Fail", &[number]);
        let handler = self.handler;
        self.builder.ins().jump(handler, &[]);
    }
}
