//! Runs functions of a document without machine code, over the same members.
//!
//! It computes constants, it is the second opinion on the code generator, and it evaluates where no code is wanted. It
//! follows the tree and is not meant to be fast.
//!
//! Not here: segments and their exits (`segment`), which the sandbox drives.

use std::cell::Cell;

use dotnet::abi::{self, Return};
use dotnet::array::AnyArray;
use dotnet::catalogue::Preparation;
use dotnet::cx::Cx;
use dotnet::func::Func;
use dotnet::object::{NotNull, Obj};
use dotnet::rt::{self, Fault, type_word};
use dotnet::text::Str;
use dotnet::throw::{Exception, Throw};
use dotnet::ty::Ty;
use dotnet::word::{Repr, Role, Word};

use crate::build::runtime_member;
use crate::number;
use crate::tree::{
    Callee, Const, Expr, ExprKind, Function, FunctionId, LabelId, LocalId, Loop, Number, Overflow, Stmt, Storage,
    TextPart, Try,
};

/// The functions of a document with what they need to run. It must live as long as the arena, since lambdas refer to it.
pub struct Interpreter<'a> {
    functions: &'a [Function],
    texts: Cell<Option<&'a Literal<'a>>>,
    resolver: &'a dyn Resolver<'a>,
}

/// A literal that was met, and those met before. A list in the arena, since nothing there is dropped.
struct Literal<'a> {
    text: Str<'a>,
    before: Option<&'a Self>,
}

/// What constants mean that only the loader of a document knows.
pub trait Resolver<'a> {
    /// The word of the string that literals with this text share, where documents share them; else each interpreter
    /// has its own.
    fn text(&self, text: &[u8]) -> Option<Word> {
        let _ = text;
        None
    }

    /// The value of a secret named value, in WTF-8.
    fn secret(&self, name: &str) -> Option<Vec<u8>>;

    /// The word that a member takes for a prepared text.
    fn prepared(&self, cx: &mut Cx<'a>, preparation: Preparation, text: &'a [u8]) -> Word;
}

/// What a statement leads to.
enum Flow {
    Next,
    Break(LabelId),
    Continue(LabelId),
    Return(Word),
}

/// What expressions outside of functions stand in.
static OUTSIDE: Function = Function {
    name: String::new(),
    locals: Vec::new(),
    parameters: Vec::new(),
    captures: Vec::new(),
    result: Repr::Void,
    body: Vec::new(),
};

/// The variables of a running function.
struct Frame<'a> {
    function: &'a Function,
    /// The values of variables; for those on the stack and shared ones, the address of their word.
    words: Vec<Word>,
    caught: Vec<&'a Exception<'a>>,
}

/// What a lambda carries.
struct Closure<'a> {
    interpreter: &'a Interpreter<'a>,
    function: FunctionId,
    captures: &'a [Word],
}

impl<'a> Interpreter<'a> {
    /// An interpreter of these functions.
    #[must_use]
    pub fn new(functions: &'a [Function], resolver: &'a dyn Resolver<'a>) -> Self {
        Self { functions, texts: Cell::new(None), resolver }
    }

    /// Calls a function with the addresses of its captures and the words of its arguments.
    ///
    /// # Errors
    /// What the function throws.
    pub fn call(
        &'a self,
        cx: &mut Cx<'a>,
        function: FunctionId,
        captures: &[Word],
        args: &[Word],
    ) -> Result<Word, Throw> {
        let Some(function) = self.functions.get(function.index()) else {
            return Err(fail(cx, Fault::Depth));
        };
        cx.check_limits()?;
        cx.deeper(|cx| {
            let mut frame = Frame { function, words: Vec::with_capacity(function.locals.len()), caught: Vec::new() };
            for local in &function.locals {
                let word = if local.storage == Storage::Value { Word::ZERO } else { new_cell(cx) };
                frame.words.push(word);
            }
            for (local, cell) in function.captures.iter().zip(captures) {
                frame.put_raw(*local, *cell);
            }
            for (local, arg) in function.parameters.iter().zip(args) {
                frame.set(*local, *arg);
            }
            match self.block(cx, &mut frame, &function.body)? {
                Flow::Return(word) => Ok(word),
                _ => Ok(Word::ZERO),
            }
        })
    }

    /// The value of an expression that stands outside of functions, as those of a segment do.
    ///
    /// # Errors
    /// What it throws.
    pub fn evaluate(&'a self, cx: &mut Cx<'a>, expr: &'a Expr) -> Result<Word, Throw> {
        cx.check_limits()?;
        let mut frame = Frame { function: &OUTSIDE, words: Vec::new(), caught: Vec::new() };
        cx.deeper(|cx| self.expr(cx, &mut frame, expr))
    }

    fn block(&'a self, cx: &mut Cx<'a>, frame: &mut Frame<'a>, stmts: &'a [Stmt]) -> Result<Flow, Throw> {
        for stmt in stmts {
            match self.stmt(cx, frame, stmt)? {
                Flow::Next => {}
                flow => return Ok(flow),
            }
        }
        Ok(Flow::Next)
    }

    fn stmt(&'a self, cx: &mut Cx<'a>, frame: &mut Frame<'a>, stmt: &'a Stmt) -> Result<Flow, Throw> {
        match stmt {
            Stmt::Expr(expr) => {
                self.expr(cx, frame, expr)?;
            }
            Stmt::Declare(local, value) => {
                let word = match value {
                    Some(value) => self.expr(cx, frame, value)?,
                    None => Word::ZERO,
                };
                if frame.storage(*local) == Storage::Shared {
                    frame.put_raw(*local, new_cell(cx));
                }
                frame.set(*local, word);
            }
            Stmt::If(condition, then, otherwise) => {
                let holds = self.test(cx, frame, condition)?;
                return self.block(cx, frame, if holds { then } else { otherwise });
            }
            Stmt::Loop(turns) => return self.turns(cx, frame, turns),
            Stmt::Labelled(label, body) => {
                return Ok(match self.block(cx, frame, body)? {
                    Flow::Break(target) if target == *label => Flow::Next,
                    flow => flow,
                });
            }
            Stmt::Break(label) => return Ok(Flow::Break(*label)),
            Stmt::Continue(label) => return Ok(Flow::Continue(*label)),
            Stmt::Return(value) => {
                let word = match value {
                    Some(value) => self.expr(cx, frame, value)?,
                    None => Word::ZERO,
                };
                return Ok(Flow::Return(word));
            }
            Stmt::Try(guarded) => return self.guarded(cx, frame, guarded),
            Stmt::Rethrow => {
                return Err(match frame.caught.last() {
                    Some(exception) => cx.throw_exception(exception),
                    None => cx.throw_null(Role::Receiver),
                });
            }
        }
        Ok(Flow::Next)
    }

    fn turns(&'a self, cx: &mut Cx<'a>, frame: &mut Frame<'a>, turns: &'a Loop) -> Result<Flow, Throw> {
        loop {
            if let Some(test) = &turns.test
                && !self.test(cx, frame, test)?
            {
                return Ok(Flow::Next);
            }
            match self.block(cx, frame, &turns.body)? {
                Flow::Break(label) if label == turns.label => return Ok(Flow::Next),
                Flow::Next => {}
                Flow::Continue(label) if label == turns.label => {}
                flow => return Ok(flow),
            }
            self.block(cx, frame, &turns.step)?;
            if let Some(until) = &turns.until
                && !self.test(cx, frame, until)?
            {
                return Ok(Flow::Next);
            }
            cx.check_limits()?;
        }
    }

    fn guarded(&'a self, cx: &mut Cx<'a>, frame: &mut Frame<'a>, guarded: &'a Try) -> Result<Flow, Throw> {
        let mut result = self.block(cx, frame, &guarded.body);
        if result.is_err() {
            let Some(thrown) = cx.thrown().filter(|thrown| thrown.limit.is_none()) else { return result };
            for catch in &guarded.catches {
                if !thrown.is_caught_by(catch.ty) {
                    continue;
                }
                let _ = cx.take_thrown();
                if let Some(local) = catch.local {
                    if frame.storage(local) == Storage::Shared {
                        frame.put_raw(local, new_cell(cx));
                    }
                    frame.set(local, thrown.as_object().word());
                }
                if let Some(filter) = &catch.filter {
                    // A filter that throws does not hold.
                    let holds = self.test(cx, frame, filter);
                    if holds.is_err() && cx.thrown().is_some_and(|thrown| thrown.limit.is_some()) {
                        return Err(holds.err().unwrap_or_else(|| cx.throw_exception(thrown)));
                    }
                    if !holds.unwrap_or(false) {
                        result = Err(cx.throw_exception(thrown));
                        continue;
                    }
                }
                frame.caught.push(thrown);
                result = self.block(cx, frame, &catch.body);
                frame.caught.pop();
                break;
            }
        }
        if guarded.finally.is_empty() {
            return result;
        }
        let pending = match &result {
            Err(_) if cx.thrown().is_some_and(|thrown| thrown.limit.is_some()) => return result,
            Err(_) => cx.take_thrown(),
            Ok(_) => None,
        };
        match self.block(cx, frame, &guarded.finally)? {
            Flow::Next => {
                if let Some(exception) = pending {
                    return Err(cx.throw_exception(exception));
                }
                result
            }
            flow => Ok(flow),
        }
    }

    fn test(&'a self, cx: &mut Cx<'a>, frame: &mut Frame<'a>, expr: &'a Expr) -> Result<bool, Throw> {
        Ok(rt::scalar_of(self.expr(cx, frame, expr)?))
    }

    fn exprs(&'a self, cx: &mut Cx<'a>, frame: &mut Frame<'a>, exprs: &'a [Expr]) -> Result<Vec<Word>, Throw> {
        exprs.iter().map(|expr| self.expr(cx, frame, expr)).collect()
    }

    fn expr(&'a self, cx: &mut Cx<'a>, frame: &mut Frame<'a>, expr: &'a Expr) -> Result<Word, Throw> {
        Ok(match &expr.kind {
            ExprKind::Const(constant) => self.constant(cx, constant),
            ExprKind::Local(local) => frame.get(*local),
            ExprKind::Set(local, value) => {
                let word = self.expr(cx, frame, value)?;
                frame.set(*local, word);
                word
            }
            ExprKind::Address(local) => frame.raw(*local),
            ExprKind::Context => cx.context.map_or(Word::ZERO, |context| dotnet::object::object_of(context).word()),
            ExprKind::Binary(op, operand, a, b) => {
                let (a, b) = (self.expr(cx, frame, a)?, self.expr(cx, frame, b)?);
                number::binary(*op, *operand, a, b).map_err(|fault| fail(cx, fault))?
            }
            ExprKind::Unary(op, operand, a) => {
                let a = self.expr(cx, frame, a)?;
                number::unary(*op, *operand, a).map_err(|fault| fail(cx, fault))?
            }
            ExprKind::Convert(from, to, overflow, a) => {
                let a = self.expr(cx, frame, a)?;
                converted(cx, *from, *to, *overflow, a)?
            }
            ExprKind::If(condition, then, otherwise) => {
                let holds = self.test(cx, frame, condition)?;
                self.expr(cx, frame, if holds { then } else { otherwise })?
            }
            ExprKind::And(a, b) => Word(u64::from(self.test(cx, frame, a)? && self.test(cx, frame, b)?)),
            ExprKind::Or(a, b) => Word(u64::from(self.test(cx, frame, a)? || self.test(cx, frame, b)?)),
            ExprKind::Sequence(stmts, value) => {
                // The checker lets no jump leave the statements of a sequence.
                self.block(cx, frame, stmts)?;
                self.expr(cx, frame, value)?
            }
            ExprKind::Call(callee, args) => {
                let words = self.exprs(cx, frame, args)?;
                call(cx, *callee, &words)?
            }
            ExprKind::CallFunction(function, captures, args) => {
                let words = self.exprs(cx, frame, args)?;
                let captures: Vec<Word> = captures.iter().map(|local| frame.raw(*local)).collect();
                self.call(cx, *function, &captures, &words)?
            }
            ExprKind::Lambda(ty, function, captures) => {
                let captures: Vec<Word> = captures.iter().map(|local| frame.raw(*local)).collect();
                self.lambda(cx, *ty, *function, &captures)
            }
            ExprKind::Invoke(func, args) => {
                let func = self.expr(cx, frame, func)?;
                let words = self.exprs(cx, frame, args)?;
                let func: &'a Func<'a> = required(cx, func)?;
                func.call(cx, &words)?
            }
            ExprKind::Field(object, offset) => {
                let object = self.expr(cx, frame, object)?;
                let object: Obj<'a> = required(cx, object)?;
                // SAFETY: the member's row gives the offset of a word in the layout of the object's type.
                unsafe { *(object.word().0 as *const u8).add(*offset as usize).cast::<Word>() }
            }
            ExprKind::IsNull(value) => Word(u64::from(self.expr(cx, frame, value)?.is_null())),
            ExprKind::NotNull(value) => {
                let word = self.expr(cx, frame, value)?;
                if word.is_null() {
                    return Err(fail(cx, Fault::Null));
                }
                word
            }
            ExprKind::Memo(local, value) => {
                // Zero means not computed yet, so that null is kept as 1.
                let kept = frame.get(*local);
                if kept.is_null() {
                    let word = self.expr(cx, frame, value)?;
                    frame.set(*local, Word(word.0.max(1)));
                    word
                } else {
                    Word(if kept.0 == 1 { 0 } else { kept.0 })
                }
            }
            ExprKind::Throw(exception) => {
                let exception = self.expr(cx, frame, exception)?;
                let exception: &'a Exception<'a> = required(cx, exception)?;
                return Err(cx.throw_exception(exception));
            }
            ExprKind::Fail(fault) => return Err(fail(cx, *fault)),
            _ => self.object_expr(cx, frame, expr)?,
        })
    }

    /// The expressions over arrays, strings and anonymous objects.
    fn object_expr(&'a self, cx: &mut Cx<'a>, frame: &mut Frame<'a>, expr: &'a Expr) -> Result<Word, Throw> {
        Ok(match &expr.kind {
            ExprKind::ArrayLength(array) => {
                let array = self.array(cx, frame, array)?;
                Word(array.len() as u64)
            }
            ExprKind::ArrayGet(_, array, index) => {
                let array = self.array(cx, frame, array)?;
                let index = self.expr(cx, frame, index)?;
                let found = usize::try_from(index.0).ok().and_then(|index| array.get(index));
                found.ok_or_else(|| fail(cx, Fault::Index))?
            }
            ExprKind::ArraySet(_, array, index, value) => {
                let array = self.array(cx, frame, array)?;
                let index = self.expr(cx, frame, index)?;
                let value = self.expr(cx, frame, value)?;
                let stored = usize::try_from(index.0).ok().and_then(|index| array.set(index, value));
                stored.ok_or_else(|| fail(cx, Fault::Index))?;
                value
            }
            ExprKind::ArrayOf(element, items) => {
                let words = self.exprs(cx, frame, items)?;
                AnyArray::new(cx, *element, &words).object().word()
            }
            ExprKind::ArrayNew(element, lengths) => {
                let words = self.exprs(cx, frame, lengths)?;
                match words.as_slice() {
                    [length] => {
                        let length = i64::from(rt::scalar_of::<i32>(*length)) as u64;
                        call_runtime(cx, "NewArray", &[type_word(*element), Word(length)])?
                    }
                    _ => with_words(cx, "NewDimensions", Some(type_word(*element)), &words)?,
                }
            }
            ExprKind::ArrayPosition(array, indexes) => {
                let array = self.expr(cx, frame, array)?;
                let words = self.exprs(cx, frame, indexes)?;
                with_words(cx, "Position", Some(array), &words)?
            }
            ExprKind::Anonymous(ty, values) => {
                let words = self.exprs(cx, frame, values)?;
                with_words(cx, "Anonymous", Some(type_word(*ty)), &words)?
            }
            ExprKind::Concat(parts) => {
                let words = self.exprs(cx, frame, parts)?;
                with_words(cx, "Concat", None, &words)?
            }
            ExprKind::TextEq(a, b) => {
                let (a, b) = (self.expr(cx, frame, a)?, self.expr(cx, frame, b)?);
                call_runtime(cx, "SameText", &[a, b])?
            }
            ExprKind::TextStartsWith(text, prefix) => {
                let text = self.expr(cx, frame, text)?;
                let text: Str<'a> = required(cx, text)?;
                Word(u64::from(text.bytes().starts_with(prefix)))
            }
            ExprKind::TextLength(text) => {
                let text = self.expr(cx, frame, text)?;
                let text: Str<'a> = required(cx, text)?;
                Word(text.utf16_len() as u64)
            }
            _ => Word::ZERO,
        })
    }

    fn array(&'a self, cx: &mut Cx<'a>, frame: &mut Frame<'a>, array: &'a Expr) -> Result<AnyArray<'a>, Throw> {
        let array = self.expr(cx, frame, array)?;
        let object: Obj<'a> = required(cx, array)?;
        AnyArray::of(object).ok_or_else(|| fail(cx, Fault::Null))
    }

    fn constant(&'a self, cx: &mut Cx<'a>, constant: &'a Const) -> Word {
        match constant {
            Const::I32(value) => Word(u64::from(*value as u32)),
            Const::I64(value) => Word(*value as u64),
            Const::F32(bits) => Word(u64::from(*bits)),
            Const::F64(bits) => Word(*bits),
            Const::Null => Word::ZERO,
            Const::Text(text) => self.resolver.text(text).unwrap_or_else(|| self.text(cx, text).word()),
            Const::OwnText(text) => Str::over_wtf8(cx.arena(), text).word(),
            Const::SecretText(parts) => {
                let mut text = Vec::new();
                for part in parts {
                    match part {
                        TextPart::Text(part) => text.extend_from_slice(part),
                        TextPart::Secret(name) => text.extend(self.resolver.secret(name).unwrap_or_default()),
                    }
                }
                cx.str_from_wtf8(&text).word()
            }
            Const::Type(ty) => type_word(*ty),
            Const::Prepared(preparation, text) => self.resolver.prepared(cx, *preparation, text),
            Const::DefaultStruct(ty) => rt::default_word(*ty),
        }
    }

    /// The one object of a literal text.
    fn text(&'a self, cx: &Cx<'a>, text: &'a [u8]) -> Str<'a> {
        if text.is_empty() {
            return Str::EMPTY;
        }
        let mut known = self.texts.get();
        while let Some(literal) = known {
            if literal.text.bytes() == text {
                return literal.text;
            }
            known = literal.before;
        }
        let text = Str::over_wtf8(cx.arena(), text);
        self.texts.set(Some(cx.arena().alloc(Literal { text, before: self.texts.get() })));
        text
    }

    fn lambda(&'a self, cx: &mut Cx<'a>, ty: Ty, function: FunctionId, captures: &[Word]) -> Word {
        let captures = cx.arena().alloc_slice(captures);
        let closure = cx.arena().alloc(Closure { interpreter: self, function, captures });
        let env = Word(std::ptr::from_ref(closure) as u64);
        let parameters = self.functions.get(function.index()).map_or(0, |function| function.parameters.len());
        // The checker makes no delegate of more parameters than there are entries.
        let code = ENTRIES.get(parameters).map_or(std::ptr::null(), |entry| entry.0);
        // SAFETY: the entry takes as many words as the lambda has parameters, and its first is the closure.
        let func = unsafe { Func::new(cx, ty, code, env) };
        dotnet::object::object_of(func).word()
    }
}

impl Frame<'_> {
    fn storage(&self, local: LocalId) -> Storage {
        self.function.local(local).map_or(Storage::Value, |local| local.storage)
    }

    /// The word of a variable kept by value, the address of another.
    fn raw(&self, local: LocalId) -> Word {
        self.words.get(local.index()).copied().unwrap_or_default()
    }

    fn put_raw(&mut self, local: LocalId, word: Word) {
        if let Some(place) = self.words.get_mut(local.index()) {
            *place = word;
        }
    }

    fn get(&self, local: LocalId) -> Word {
        let raw = self.raw(local);
        if self.storage(local) == Storage::Value {
            raw
        } else {
            // SAFETY: the address of a word in the arena, made by `new_cell`.
            unsafe { (*(raw.0 as *const std::cell::Cell<Word>)).get() }
        }
    }

    fn set(&mut self, local: LocalId, word: Word) {
        if self.storage(local) == Storage::Value {
            self.put_raw(local, word);
        } else {
            // SAFETY: the address of a word in the arena, made by `new_cell`.
            unsafe { (*(self.raw(local).0 as *const std::cell::Cell<Word>)).set(word) }
        }
    }
}

fn new_cell(cx: &Cx<'_>) -> Word {
    let cell: &std::cell::Cell<Word> = cx.arena().alloc(std::cell::Cell::new(Word::ZERO));
    Word(std::ptr::from_ref(cell) as u64)
}

fn required<'a, T: NotNull<'a>>(cx: &mut Cx<'a>, word: Word) -> Result<T, Throw> {
    if word.is_null() {
        return Err(fail(cx, Fault::Null));
    }
    // SAFETY: the checker gives the word this type.
    Ok(unsafe { T::from_not_null(word) })
}

fn fail(cx: &mut Cx<'_>, fault: Fault) -> Throw {
    match call_runtime(cx, "Fail", &[Word(fault as u64)]) {
        Err(throw) => throw,
        Ok(_) => cx.throw_null(Role::Receiver),
    }
}

fn call(cx: &mut Cx<'_>, callee: Callee, words: &[Word]) -> Result<Word, Throw> {
    debug_assert_eq!(usize::from(callee.entry.words), words.len(), "{callee:?}");
    // SAFETY: the entry's words are those of the signature, which the checker typed the arguments by.
    unsafe { abi::call(callee.entry.code, cx, words) }.into_result()
}

/// Calls a row of compiled code's own.
pub(crate) fn call_runtime(cx: &mut Cx<'_>, name: &str, words: &[Word]) -> Result<Word, Throw> {
    let member = runtime_member(name).map(|member| member.body);
    let Some(dotnet::catalogue::Body::Call(entry)) = member else { return Err(cx.throw_null(Role::Receiver)) };
    // SAFETY: the callers in this module pass what the row asks for.
    unsafe { abi::call(entry.code, cx, words) }.into_result()
}

/// Calls a row that takes words by address and count, behind one other word.
fn with_words(cx: &mut Cx<'_>, name: &str, first: Option<Word>, words: &[Word]) -> Result<Word, Throw> {
    let address = Word(words.as_ptr() as u64);
    let count = Word(words.len() as u64);
    match first {
        Some(first) => call_runtime(cx, name, &[first, address, count]),
        None => call_runtime(cx, name, &[address, count]),
    }
}

fn converted(cx: &mut Cx<'_>, from: Number, to: Number, overflow: Overflow, a: Word) -> Result<Word, Throw> {
    if number::is_plain_conversion(from, to, overflow) {
        return Ok(number::convert(from, to, a));
    }
    let check = Word(u64::from(overflow == Overflow::Throw));
    let wide = match from {
        Number::F32 | Number::F64 => {
            let value = number::convert(from, Number::F64, a);
            call_runtime(cx, "FromDouble", &[value, Word(to as u64), check])?
        }
        _ => {
            let wide = if matches!(from, Number::U64) { Number::U64 } else { Number::I64 };
            let value = number::convert(from, wide, a);
            call_runtime(cx, "Checked", &[value, Word(from as u64), Word(to as u64)])?
        }
    };
    Ok(number::convert(Number::I64, to, wide))
}

/// The address of a function.
struct Address(*const ());

// SAFETY: functions may be called from any thread.
unsafe impl Sync for Address {}

macro_rules! entries {
    ($($name:ident ($($arg:ident),*);)*) => {
        $(unsafe extern "C" fn $name<'a>(cx: *mut Cx<'a>, env: Word $(, $arg: Word)*) -> Return {
            // SAFETY: called by a delegate that `lambda` made, with the closure that it put there.
            unsafe {
                abi::enter(cx, |cx| {
                    let closure = &*(env.0 as *const Closure<'a>);
                    closure.interpreter.call(cx, closure.function, closure.captures, &[$($arg),*])
                })
            }
        })*

        /// What delegates call, by the number of their parameters.
        static ENTRIES: &[Address] = &[$(Address($name as *const ())),*];
    };
}

entries! {
    entry0();
    entry1(a);
    entry2(a, b);
    entry3(a, b, c);
    entry4(a, b, c, d);
    entry5(a, b, c, d, e);
    entry6(a, b, c, d, e, f);
    entry7(a, b, c, d, e, f, g);
    entry8(a, b, c, d, e, f, g, h);
}

/// A resolver for documents that need nothing from their loader.
pub struct Nothing;

impl<'a> Resolver<'a> for Nothing {
    fn secret(&self, _: &str) -> Option<Vec<u8>> {
        None
    }

    fn prepared(&self, _: &mut Cx<'a>, _: Preparation, _: &'a [u8]) -> Word {
        Word::ZERO
    }
}

// Conversions pass types of numbers by their position.
const _: () = assert!(Number::I8 as i32 == 0 && Number::U64 as i32 == 7);
