//! The frame of a function: its variables, the values that every function needs, and what happens when something throws.

use std::collections::HashMap;

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    AbiParam, Block, Function as Code, InstBuilder, MemFlagsData, StackSlot, StackSlotData, StackSlotKind, Type, Value,
    types,
};
use cranelift_codegen::isa::TargetIsa;
use cranelift_frontend::{FunctionBuilder, Variable};
use dotnet::abi::THROWN;
use dotnet::cx::layout;
use dotnet::rt::Fault;
use dotnet::word::Repr;
use ir::tree::{Function, LabelId, Local, LocalId, Stmt, Storage};

use crate::Work;
use crate::pool::Pool;

/// Translates the functions of one document, one at a time.
pub struct Translator<'t> {
    pub builder: FunctionBuilder<'t>,
    pub pool: &'t mut Pool,
    pub isa: &'t dyn TargetIsa,
    pub functions: &'t [Function],
    pub locals: Vec<Place>,
    /// The context, the first argument of everything.
    pub cx: Value,
    hosts: Value,
    pool_base: Value,
    /// Where control goes when something throws; the exception stands in the context then.
    pub handler: Block,
    /// The `finally` blocks around the current statement, innermost last, with the handler outside of each.
    pub finals: Vec<Final<'t>>,
    pub labels: HashMap<LabelId, Label>,
    /// The exceptions that the `catch` blocks around the current statement caught, innermost last.
    pub caught: Vec<Variable>,
    /// The cold blocks that throw for a reason of the machine, with the handler that they throw to.
    pub fails: HashMap<(Fault, Block), Block>,
}

/// Where a variable is kept.
#[derive(Clone, Copy)]
pub enum Place {
    Value(Variable, Repr),
    Stack(StackSlot, Repr),
    /// The variable holds the address of its word.
    Shared(Variable, Repr),
}

/// A `finally` block that jumps out of its `try` run on their way.
#[derive(Clone, Copy)]
pub struct Final<'t> {
    pub body: &'t [Stmt],
    pub outer_handler: Block,
}

/// The targets of `break` and `continue`.
#[derive(Clone, Copy)]
pub struct Label {
    pub break_to: Block,
    pub continue_to: Option<Block>,
    /// How many `finally` blocks stand around the label.
    pub finals: usize,
}

/// The Cranelift type of a word of this representation.
pub fn type_of(repr: Repr) -> Type {
    match repr {
        Repr::Void | Repr::I32 => types::I32,
        Repr::I64 | Repr::Ref => types::I64,
        Repr::F32 => types::F32,
        Repr::F64 => types::F64,
    }
}

/// Memory that is always there and aligned.
pub fn trusted() -> MemFlagsData {
    MemFlagsData::trusted()
}

/// Translates a function: `fn(cx, env, words…) -> (value, status)`, where `env` is the address of the addresses of the
/// variables that it shares.
pub fn translate(work: &mut Work<'_>, function: &Function, functions: &[Function]) -> Code {
    let mut signature = work.signature();
    signature.params.extend([AbiParam::new(types::I64), AbiParam::new(types::I64)]);
    signature.params.extend(function.parameters.iter().map(|_| AbiParam::new(types::I64)));
    signature.returns.extend([AbiParam::new(types::I64), AbiParam::new(types::I64)]);
    let mut code = work.function(signature);
    let mut builder = FunctionBuilder::new(&mut code, &mut work.frontend);
    let entry = builder.create_block();
    builder.append_block_params_for_function_params(entry);
    builder.switch_to_block(entry);
    let params = builder.block_params(entry).to_vec();
    let mut translator = Translator::new(builder, &mut work.pool, work.isa, functions, &params);
    translator.declare_locals(&function.locals);
    if let Some(env) = params.get(1) {
        for (index, local) in function.captures.iter().enumerate() {
            let offset = i32::try_from(index * 8).unwrap_or(0);
            let address = translator.builder.ins().load(types::I64, trusted(), *env, offset);
            translator.set_address(*local, address);
        }
    }
    for (local, word) in function.parameters.iter().zip(params.iter().skip(2)) {
        let value = translator.read_word(*word, translator.repr(*local));
        translator.begin_local(*local);
        translator.set_local(*local, value);
    }
    let throw = translator.handler;
    translator.statements(&function.body);
    if !translator.is_done() {
        translator.return_zero(0);
    }
    translator.fill_fail_blocks();
    translator.builder.switch_to_block(throw);
    translator.return_zero(THROWN);
    translator.finish();
    code
}

impl<'t> Translator<'t> {
    /// A translator that stands in the entry block of a function with these parameters; the first is the context.
    pub fn new(
        mut builder: FunctionBuilder<'t>,
        pool: &'t mut Pool,
        isa: &'t dyn TargetIsa,
        functions: &'t [Function],
        params: &[Value],
    ) -> Self {
        let cx = params.first().copied().unwrap_or(Value::from_u32(0));
        let mut field = |offset: usize| {
            let offset = i32::try_from(offset).unwrap_or(0);
            builder.ins().load(types::I64, trusted().with_readonly(), cx, offset)
        };
        let (hosts, pool_base) = (field(layout::HOSTS), field(layout::POOL));
        let handler = builder.create_block();
        builder.set_cold_block(handler);
        Self {
            builder,
            pool,
            isa,
            functions,
            locals: Vec::new(),
            cx,
            hosts,
            pool_base,
            handler,
            finals: Vec::new(),
            labels: HashMap::new(),
            caught: Vec::new(),
            fails: HashMap::new(),
        }
    }

    /// Ends the function.
    pub fn finish(mut self) {
        self.builder.seal_all_blocks();
        self.builder.finalize(self.isa.frontend_config());
    }

    /// Makes places for variables. Those kept by value begin with zero.
    pub fn declare_locals(&mut self, locals: &[Local]) {
        for local in locals {
            let place = match local.storage {
                Storage::Value => {
                    let variable = self.builder.declare_var(type_of(local.repr));
                    let zero = self.zero(local.repr);
                    self.builder.def_var(variable, zero);
                    Place::Value(variable, local.repr)
                }
                Storage::Stack => {
                    let slot = self.stack_words(1);
                    let zero = self.builder.ins().iconst(types::I64, 0);
                    self.builder.ins().stack_store(types::I64, zero, slot, 0);
                    Place::Stack(slot, local.repr)
                }
                Storage::Shared => {
                    let variable = self.builder.declare_var(types::I64);
                    let zero = self.builder.ins().iconst(types::I64, 0);
                    self.builder.def_var(variable, zero);
                    Place::Shared(variable, local.repr)
                }
            };
            self.locals.push(place);
        }
    }

    /// Room for words on the stack.
    pub fn stack_words(&mut self, count: usize) -> StackSlot {
        let bytes = u32::try_from(count.max(1) * 8).unwrap_or(u32::MAX);
        self.builder.create_sized_stack_slot(StackSlotData::new(StackSlotKind::ExplicitSlot, bytes, 3))
    }

    pub fn repr(&self, local: LocalId) -> Repr {
        match self.locals.get(local.index()) {
            Some(Place::Value(_, repr) | Place::Stack(_, repr) | Place::Shared(_, repr)) => *repr,
            None => Repr::I64,
        }
    }

    /// A variable begins: a shared one gets a new word in the arena.
    pub fn begin_local(&mut self, local: LocalId) {
        if let Some(Place::Shared(variable, _)) = self.locals.get(local.index()).copied() {
            let slot = self.stack_words(1);
            let zero = self.builder.ins().iconst(types::I64, 0);
            self.builder.ins().stack_store(types::I64, zero, slot, 0);
            let words = self.builder.ins().stack_addr(types::I64, slot, 0);
            let one = self.builder.ins().iconst(types::I64, 1);
            let address = self.call_runtime("Keep", &[words, one]);
            self.builder.def_var(variable, address);
        }
    }

    /// Makes a captured variable refer to the word that it shares.
    fn set_address(&mut self, local: LocalId, address: Value) {
        if let Some(Place::Shared(variable, _)) = self.locals.get(local.index()) {
            self.builder.def_var(*variable, address);
        }
    }

    /// The address of a variable's word.
    pub fn local_address(&mut self, local: LocalId) -> Value {
        match self.locals.get(local.index()).copied() {
            Some(Place::Stack(slot, _)) => self.builder.ins().stack_addr(types::I64, slot, 0),
            Some(Place::Shared(variable, _)) => self.builder.use_var(variable),
            _ => self.builder.ins().iconst(types::I64, 0),
        }
    }

    pub fn get_local(&mut self, local: LocalId) -> Value {
        match self.locals.get(local.index()).copied() {
            Some(Place::Value(variable, _)) => self.builder.use_var(variable),
            Some(Place::Stack(_, repr) | Place::Shared(_, repr)) => {
                let address = self.local_address(local);
                let word = self.builder.ins().load(types::I64, trusted(), address, 0);
                self.read_word(word, repr)
            }
            None => self.builder.ins().iconst(types::I64, 0),
        }
    }

    pub fn set_local(&mut self, local: LocalId, value: Value) {
        match self.locals.get(local.index()).copied() {
            Some(Place::Value(variable, _)) => self.builder.def_var(variable, value),
            Some(Place::Stack(_, repr) | Place::Shared(_, repr)) => {
                let address = self.local_address(local);
                let word = self.make_word(value, repr);
                self.builder.ins().store(trusted(), word, address, 0);
            }
            None => {}
        }
    }

    /// The value of a word.
    pub fn read_word(&mut self, word: Value, repr: Repr) -> Value {
        match repr {
            Repr::Void | Repr::I32 => self.builder.ins().ireduce(types::I32, word),
            Repr::I64 | Repr::Ref => word,
            Repr::F32 => {
                let bits = self.builder.ins().ireduce(types::I32, word);
                self.builder.ins().bitcast(types::F32, MemFlagsData::new(), bits)
            }
            Repr::F64 => self.builder.ins().bitcast(types::F64, MemFlagsData::new(), word),
        }
    }

    /// The word of a value.
    pub fn make_word(&mut self, value: Value, repr: Repr) -> Value {
        match repr {
            Repr::Void | Repr::I32 => self.builder.ins().uextend(types::I64, value),
            Repr::I64 | Repr::Ref => value,
            Repr::F32 => {
                let bits = self.builder.ins().bitcast(types::I32, MemFlagsData::new(), value);
                self.builder.ins().uextend(types::I64, bits)
            }
            Repr::F64 => self.builder.ins().bitcast(types::I64, MemFlagsData::new(), value),
        }
    }

    pub fn zero(&mut self, repr: Repr) -> Value {
        match repr {
            Repr::F32 => self.builder.ins().f32const(0.0),
            Repr::F64 => self.builder.ins().f64const(0.0),
            _ => self.builder.ins().iconst(type_of(repr), 0),
        }
    }

    /// The word at a position of the document's pool.
    pub fn pool_word(&mut self, position: u32) -> Value {
        let offset = i32::try_from(position.saturating_mul(8)).unwrap_or(0);
        self.builder.ins().load(types::I64, trusted().with_readonly(), self.pool_base, offset)
    }

    /// The address of a host call.
    pub fn host_address(&mut self, position: u32) -> Value {
        let offset = i32::try_from(position.saturating_mul(8)).unwrap_or(0);
        self.builder.ins().load(types::I64, trusted().with_readonly(), self.hosts, offset)
    }

    /// Whether control does not reach this place any more.
    pub fn is_done(&self) -> bool {
        let layout = &self.builder.func.layout;
        let last = self.builder.current_block().and_then(|block| layout.last_inst(block));
        last.is_some_and(|last| self.builder.func.dfg.insts[last].opcode().is_terminator())
    }

    /// Goes on in a block that nothing reaches, so that what follows a jump can be translated.
    pub fn unreachable_rest(&mut self) {
        let block = self.builder.create_block();
        self.builder.switch_to_block(block);
    }

    pub fn return_zero(&mut self, status: u64) {
        let zero = self.builder.ins().iconst(types::I64, 0);
        let status = self.builder.ins().iconst(types::I64, status as i64);
        self.builder.ins().return_(&[zero, status]);
    }

    /// Goes to a cold block if the condition holds, else on in a new one.
    pub fn branch_if(&mut self, condition: Value, cold: Block) {
        let next = self.builder.create_block();
        self.builder.ins().brif(condition, cold, &[], next, &[]);
        self.builder.switch_to_block(next);
    }

    /// Checks that the request's time is not over; where it is, the request ends.
    pub fn check_time(&mut self) {
        let field = |offset: usize| i32::try_from(offset).unwrap_or(0);
        let epoch = self.builder.ins().load(types::I64, trusted().with_readonly(), self.cx, field(layout::EPOCH));
        let now = self.builder.ins().load(types::I64, trusted(), epoch, 0);
        let deadline = self.builder.ins().load(types::I64, trusted(), self.cx, field(layout::DEADLINE));
        let over = self.builder.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, now, deadline);
        let cold = self.fail_block(Fault::Time);
        self.branch_if(over, cold);
    }
}
