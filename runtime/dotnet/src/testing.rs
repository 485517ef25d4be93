//! Calls members through the rows of their tables, the way compiled code does: for the tests of this crate.
//!
//! ```ignore
//! assert_eq!(call("System.String::string Substring(int startIndex)", &[&"hello", &2]), "llo");
//! ```
//!
//! Arguments are Rust values of the types that the signature says ([`Arg`]), the receiver first and type arguments
//! last; `out` arguments are left out, and what the member wrote there follows the result after a `; `, as it does for
//! `ref` arguments, which are given. Results are shown as text: null as `<null>`, sequences as `[a, ""]`, dates to the
//! tick, JSON tokens as compact JSON, an exception as `FormatException: message`.
//! Tests that keep objects over several calls use [`with_harness`].
//!
//! Not here: compiled code, and the cases of the oracle.

use std::cell::Cell;
use std::sync::atomic::AtomicU64;

use crate::abi::{self, Return};
use crate::arena::Arena;
use crate::array::{AnyArray, Array, Bytes};
use crate::catalogue::declaration::Declaration;
use crate::catalogue::signature::{MemberKind, Passing, Scope, Signature};
use crate::catalogue::{self, Body, Constant};
use crate::cx::{Ambient, Cx};
use crate::func::Func;
use crate::json::token::Token;
use crate::json::writer::{Formatting, to_text};
use crate::object::{self, Obj, object_of};
use crate::rt::type_word;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types;
use crate::word::{Char, IntoWord, Repr, Word};

/// The clock of tests: 14 March 2026, 15:09:26.535 UTC.
pub const NOW_TICKS: i64 = 639_090_977_665_350_000;

/// A clock that stands still, and random bytes that count up.
struct Still(Cell<u8>);

impl Ambient for Still {
    fn utc_ticks(&self) -> i64 {
        NOW_TICKS
    }

    fn random(&self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0.set(self.0.get().wrapping_add(1));
            *byte = self.0.get();
        }
    }
}

/// A context to call members in.
pub struct Harness<'a> {
    /// The context.
    pub cx: Cx<'a>,
}

/// Runs a test with a context of its own.
pub fn with_harness<R>(test: impl for<'a> FnOnce(&mut Harness<'a>) -> R) -> R {
    let arena = Arena::new(64 << 20);
    let (still, epoch) = (Still(Cell::new(0)), AtomicU64::new(0));
    test(&mut Harness { cx: Cx::new(&arena, &still, &epoch, 1) })
}

/// The result of one call as text.
pub fn call(host_name: &str, args: &[&dyn Arg]) -> String {
    with_harness(|harness| harness.call(host_name, args))
}

/// The type that C# writes like this: `List<string>`, `int?`.
pub fn ty(text: &str) -> Ty {
    let field = format!("{text} name");
    let signature = Signature::parse(&field).unwrap_or_else(|| panic!("`{text}` is no type"));
    let resolved = signature.returns.as_ref().and_then(|ty| ty.resolve(&Scope::default()));
    resolved.unwrap_or_else(|| panic!("there is no type `{text}`"))
}

impl<'a> Harness<'a> {
    /// Calls a member and shows what it gives.
    pub fn call(&mut self, host_name: &str, args: &[&dyn Arg]) -> String {
        self.call_on(None, host_name, args)
    }

    /// Calls a member of a constructed generic type and shows what it gives.
    pub fn call_on(&mut self, owner: Option<Ty>, host_name: &str, args: &[&dyn Arg]) -> String {
        match self.run(owner, host_name, args) {
            Ok(Called { ty, word, outs }) => {
                let mut text = self.show(ty, word);
                for (ty, word) in outs {
                    text = format!("{text}; {}", self.show(Some(ty), word));
                }
                text
            }
            Err(text) => text,
        }
    }

    /// Calls a member and gives its result as a word, or what it threw as text.
    pub fn outcome(&mut self, host_name: &str, args: &[&dyn Arg]) -> Result<Word, String> {
        self.run(None, host_name, args).map(|called| called.word)
    }

    /// Calls a member and gives its result as a word.
    pub fn word(&mut self, host_name: &str, args: &[&dyn Arg]) -> Word {
        self.word_on(None, host_name, args)
    }

    /// Calls a member of a constructed generic type and gives its result as a word.
    pub fn word_on(&mut self, owner: Option<Ty>, host_name: &str, args: &[&dyn Arg]) -> Word {
        match self.run(owner, host_name, args) {
            Ok(called) => called.word,
            Err(text) => panic!("{host_name}: {text}"),
        }
    }

    /// The text of a word of a type.
    pub fn show(&mut self, ty: Option<Ty>, word: Word) -> String {
        let Some(ty) = ty.filter(|ty| ty.repr() != Repr::Void) else { return String::from("void") };
        let boxed = object::boxed(&mut self.cx, ty, word);
        // SAFETY: a box, or the result of a member that says it is an object.
        let Some(object) = (unsafe { self.cx.object(boxed) }) else { return String::from("<null>") };
        match self.show_object(object) {
            Ok(text) => text,
            Err(_) => self.thrown_text("walking the result"),
        }
    }

    /// A delegate of type `ty` that runs a Rust closure.
    pub fn delegate(
        &mut self,
        ty: Ty,
        lambda: impl Fn(&mut Cx<'a>, &[Word]) -> Result<Word, Throw> + Copy + 'a,
    ) -> Word {
        let lambda: &'a Lambda<'a> = self.cx.arena().alloc(lambda);
        let env: &&'a Lambda<'a> = self.cx.arena().alloc(lambda);
        let code = match delegate_parameters(ty) {
            0 => call0 as *const (),
            1 => call1 as *const (),
            2 => call2 as *const (),
            3 => call3 as *const (),
            count => panic!("the harness has no delegates of {count} parameters"),
        };
        // SAFETY: the functions below take the words that the type says, and the closure lives as long as the arena.
        object_of(unsafe { Func::new(&self.cx, ty, code, Word(std::ptr::from_ref(env) as u64)) }).word()
    }

    fn show_object(&mut self, object: Obj<'a>) -> Result<String, Throw> {
        let cx = &mut self.cx;
        let name = object.ty().def.name;
        if let Some(token) = object.downcast::<Token<'a>>() {
            return Ok(to_text(cx, token, Formatting::Compact)?.to_utf8().into_owned());
        }
        let is_sequence = object.ty().def.ops.elements.is_some() && name != "System.String";
        if is_sequence {
            let element = object.ty().element().or_else(|| {
                let walks = |ty: &Ty| ty.def.name == "System.Collections.Generic.IEnumerable";
                object.ty().interfaces().into_iter().find(walks).and_then(|ty| ty.args.first().copied())
            });
            let element = element.unwrap_or(catalogue::OBJECT);
            let words = object.elements(cx, element)?.collect(cx)?;
            let mut texts: Vec<String> = words.into_iter().map(|word| self.show(Some(element), word)).collect();
            texts.iter_mut().filter(|text| text.is_empty()).for_each(|text| text.push_str("\"\""));
            return Ok(format!("[{}]", texts.join(", ")));
        }
        match object.ty().def.ops.format {
            Some(format) if name == "System.DateTime" || name == "System.DateTimeOffset" => {
                let exact = cx.str("o");
                Ok(format(cx, object, exact)?.to_utf8().into_owned())
            }
            _ => Ok(object.to_text(cx)?.to_utf8().into_owned()),
        }
    }

    fn run(&mut self, owner: Option<Ty>, host_name: &str, args: &[&dyn Arg]) -> Result<Called, String> {
        let member = catalogue::find_member(host_name).unwrap_or_else(|| panic!("there is no member `{host_name}`"));
        let signature = Signature::parse(member.signature).unwrap_or_else(|| panic!("`{}`", member.signature));
        let owner_def = types::TYPES.iter().find(|def| def.members().any(|m| std::ptr::eq(m, member)));
        let owner_def = owner_def.unwrap_or_else(|| panic!("`{host_name}` belongs to no type"));
        let owner_ty = owner.unwrap_or_else(|| owner_def.plain.unwrap_or(catalogue::OBJECT));
        let declaration = Declaration::parse(owner_def.declaration);
        let scope = signature.scope(&declaration.type_parameters);
        let types_of_method: Vec<Ty> =
            args.iter().rev().take(signature.type_parameters.len()).rev().filter_map(|arg| arg.as_type()).collect();
        let resolve = |syntax: &catalogue::signature::TypeSyntax<'_>| {
            syntax.resolve(&scope).map(|ty| ty.substitute(owner_ty.args, &types_of_method))
        };
        let result = match signature.kind {
            MemberKind::Constructor => Some(owner_ty),
            MemberKind::Setter => None,
            _ => signature.returns.as_ref().and_then(resolve),
        };
        if let Body::Constant(constant) = member.body {
            return Ok(Called { ty: result, word: self.constant(result, constant), outs: Vec::new() });
        }
        if let Body::Field(offset) = member.body {
            let receiver = args.first().unwrap_or_else(|| panic!("`{host_name}` needs a receiver")).word(&mut self.cx);
            // SAFETY: the row says that a word stands there in objects of the receiver's type.
            let word = unsafe { *((receiver.0 as usize + offset) as *const Word) };
            return Ok(Called { ty: result, word, outs: Vec::new() });
        }
        let (Body::Call(entry) | Body::Prepared(entry, ..)) = member.body else {
            panic!("`{host_name}` is not called");
        };
        let mut args = args.iter();
        let (mut words, mut outs) = (Vec::new(), Vec::new());
        if !signature.is_static && signature.kind != MemberKind::Constructor {
            let receiver = args.next().unwrap_or_else(|| panic!("`{host_name}` needs a receiver"));
            words.push(receiver.word(&mut self.cx));
        }
        for parameter in &signature.parameters {
            let ty = resolve(&parameter.ty).unwrap_or_else(|| panic!("`{host_name}`: {:?}", parameter.ty));
            if parameter.passing == Passing::Out {
                let place: &Cell<Word> = self.cx.arena().alloc(Cell::new(Word(0xDEAD)));
                words.push(Word(std::ptr::from_ref(place) as u64));
                outs.push((ty, place));
                continue;
            }
            let arg = args.next().unwrap_or_else(|| panic!("`{host_name}` needs `{}`", parameter.name));
            if let Some(repr) = arg.own_repr() {
                assert_eq!(repr, ty.repr(), "`{host_name}`: `{}` is of type {ty}", parameter.name);
            }
            let word = arg.word(&mut self.cx);
            if parameter.passing == Passing::Ref {
                let place: &Cell<Word> = self.cx.arena().alloc(Cell::new(word));
                words.push(Word(std::ptr::from_ref(place) as u64));
                outs.push((ty, place));
                continue;
            }
            words.push(word);
        }
        if signature.kind == MemberKind::Setter {
            let value = args.next().unwrap_or_else(|| panic!("`{host_name}` needs a value"));
            words.push(value.word(&mut self.cx));
        }
        words.extend(types_of_method.iter().map(|ty| type_word(*ty)));
        if signature.takes_type(owner_def.arity) {
            words.push(type_word(owner_ty));
        }
        assert_eq!(words.len(), usize::from(entry.words), "`{host_name}`");
        // SAFETY: the words are of the types that the signature says, as far as the arguments' types tell.
        let returned = unsafe { abi::call(entry.code, &raw mut self.cx, &words) };
        match returned.into_result() {
            Ok(word) => {
                Ok(Called { ty: result, word, outs: outs.into_iter().map(|(ty, place)| (ty, place.get())).collect() })
            }
            Err(_) => Err(self.thrown_text(host_name)),
        }
    }

    /// Takes the exception on its way, as text.
    fn thrown_text(&mut self, place: &str) -> String {
        let exception = self.cx.take_thrown().unwrap_or_else(|| panic!("`{place}` threw nothing"));
        format!("{}: {}", exception.ty().def.short_name(), exception.full_message())
    }

    fn constant(&mut self, ty: Option<Ty>, constant: Constant) -> Word {
        match constant {
            Constant::Int(value) => Word(value as u64),
            Constant::UInt(value) => Word(value),
            Constant::Double(value) if ty.is_some_and(|ty| ty.repr() == Repr::F32) => {
                Word(u64::from((value as f32).to_bits()))
            }
            Constant::Double(value) => Word(value.to_bits()),
            Constant::Text(text) => self.cx.str(text).word(),
        }
    }
}

/// How many parameters a delegate type declares.
fn delegate_parameters(ty: Ty) -> usize {
    let declaration = ty.def.declaration;
    let parameters = declaration.split_once('(').map_or("", |(_, after)| after).trim_end_matches(')');
    let mut depth = 0;
    let commas = parameters.chars().filter(|c| {
        depth += i32::from(*c == '<') - i32::from(*c == '>');
        *c == ',' && depth == 0
    });
    if parameters.is_empty() { 0 } else { commas.count() + 1 }
}

struct Called {
    ty: Option<Ty>,
    word: Word,
    outs: Vec<(Ty, Word)>,
}

type Lambda<'a> = dyn Fn(&mut Cx<'a>, &[Word]) -> Result<Word, Throw> + 'a;

macro_rules! trampoline {
    ($name:ident $(, $arg:ident)*) => {
        unsafe extern "C" fn $name<'a>(cx: *mut Cx<'a>, env: Word $(, $arg: Word)*) -> Return {
            // SAFETY: `delegate` passes the address of a lambda as the first word.
            let lambda: &'a Lambda<'a> = unsafe { *(env.0 as *const &'a Lambda<'a>) };
            // SAFETY: the caller of the delegate passes its context.
            unsafe { abi::enter(cx, |cx| lambda(cx, &[$($arg),*])) }
        }
    };
}

trampoline!(call0);
trampoline!(call1, a);
trampoline!(call2, a, b);
trampoline!(call3, a, b, c);

/// A value that a member can be given.
pub trait Arg {
    /// The word of the value.
    fn word(&self, cx: &mut Cx<'_>) -> Word;

    /// How the word is to be read, where the value tells.
    fn own_repr(&self) -> Option<Repr> {
        None
    }

    /// The value's own type, where it tells.
    fn own_type(&self) -> Option<Ty> {
        None
    }

    /// The type that is passed as a type argument.
    fn as_type(&self) -> Option<Ty> {
        None
    }
}

macro_rules! scalar_args {
    ($($rust:ty, $name:literal;)*) => {$(
        impl Arg for $rust {
            fn word(&self, cx: &mut Cx<'_>) -> Word {
                self.into_word(cx)
            }
            fn own_repr(&self) -> Option<Repr> {
                Some(<$rust as IntoWord<'_>>::REPR)
            }
            fn own_type(&self) -> Option<Ty> {
                Some(ty($name))
            }
        }
    )*};
}

scalar_args! {
    bool, "bool"; i8, "sbyte"; u8, "byte"; i16, "short"; u16, "ushort"; i32, "int"; u32, "uint"; i64, "long";
    u64, "ulong"; f32, "float"; f64, "double"; Char, "char"; crate::format::time::DateTime, "DateTime";
    crate::format::time::TimeSpan, "TimeSpan";
}

macro_rules! struct_args {
    ($($rust:ty, $name:literal;)*) => {$(
        impl Arg for $rust {
            fn word(&self, cx: &mut Cx<'_>) -> Word {
                self.into_word(cx)
            }
            fn own_repr(&self) -> Option<Repr> {
                Some(Repr::Ref)
            }
            fn own_type(&self) -> Option<Ty> {
                Some(ty($name))
            }
        }
    )*};
}

struct_args! {
    crate::format::Decimal, "decimal"; crate::format::time::DateTimeOffset, "DateTimeOffset";
}

/// A `char`; only those of one UTF-16 unit.
impl Arg for char {
    fn word(&self, _: &mut Cx<'_>) -> Word {
        Word(u64::from(u32::from(*self)))
    }
    fn own_repr(&self) -> Option<Repr> {
        Some(Repr::I32)
    }
    fn own_type(&self) -> Option<Ty> {
        Some(ty("char"))
    }
}

impl Arg for &str {
    fn word(&self, cx: &mut Cx<'_>) -> Word {
        cx.str(self).word()
    }
    fn own_repr(&self) -> Option<Repr> {
        Some(Repr::Ref)
    }
}

/// UTF-16 code units as a string, lone surrogates allowed.
pub struct Units<'u>(pub &'u [u16]);

impl Arg for Units<'_> {
    fn word(&self, cx: &mut Cx<'_>) -> Word {
        let mut bytes = Vec::new();
        for unit in self.0 {
            crate::wtf8::push_unit(&mut bytes, *unit);
        }
        cx.str_from_wtf8(&bytes).word()
    }
    fn own_repr(&self) -> Option<Repr> {
        Some(Repr::Ref)
    }
}

/// Null.
pub struct Null;

impl Arg for Null {
    fn word(&self, _: &mut Cx<'_>) -> Word {
        Word::ZERO
    }
    fn own_repr(&self) -> Option<Repr> {
        Some(Repr::Ref)
    }
}

/// A word as it is: an object of an earlier call.
impl Arg for Word {
    fn word(&self, _: &mut Cx<'_>) -> Word {
        *self
    }
}

/// A type argument of a generic method.
impl Arg for Ty {
    fn word(&self, _: &mut Cx<'_>) -> Word {
        type_word(*self)
    }
    fn as_type(&self) -> Option<Ty> {
        Some(*self)
    }
}

/// A value where an `object` or a `T?` belongs: numbers are boxed.
pub struct Object<T>(pub T);

impl<T: Arg> Arg for Object<T> {
    fn word(&self, cx: &mut Cx<'_>) -> Word {
        let word = self.0.word(cx);
        match self.0.own_type() {
            Some(ty) => object::boxed(cx, ty, word),
            None => word,
        }
    }
    fn own_repr(&self) -> Option<Repr> {
        Some(Repr::Ref)
    }
}

/// A `byte[]`.
impl Arg for &[u8] {
    fn word(&self, cx: &mut Cx<'_>) -> Word {
        object_of(Bytes::new(cx, self)).word()
    }
    fn own_repr(&self) -> Option<Repr> {
        Some(Repr::Ref)
    }
}

/// A `string[]`.
impl Arg for &[&str] {
    fn word(&self, cx: &mut Cx<'_>) -> Word {
        let words: Vec<Word> = self.iter().map(|text| cx.str(text).word()).collect();
        object_of(Array::new(cx, ty("string"), &words)).word()
    }
    fn own_repr(&self) -> Option<Repr> {
        Some(Repr::Ref)
    }
}

/// An array of a type of any elements.
pub struct Items<'i>(pub &'static str, pub &'i [&'i dyn Arg]);

impl Arg for Items<'_> {
    fn word(&self, cx: &mut Cx<'_>) -> Word {
        let words: Vec<Word> = self.1.iter().map(|item| item.word(cx)).collect();
        AnyArray::new(cx, ty(self.0), &words).object().word()
    }
    fn own_repr(&self) -> Option<Repr> {
        Some(Repr::Ref)
    }
}

#[test]
fn members_are_called_through_their_rows() {
    assert_eq!(call("System.String::string Substring(int startIndex)", &[&"hello", &2]), "llo");
    assert_eq!(
        call("System.String::string Substring(int startIndex)", &[&"hello", &9]),
        "ArgumentOutOfRangeException: startIndex cannot be larger than length of string. (Parameter 'startIndex')"
    );
    assert_eq!(
        call("System.String::int Length { get; }", &[&Null]),
        "NullReferenceException: Object reference not set to an instance of an object."
    );
    assert_eq!(call("System.Object::string ToString()", &[&Object(5)]), "5");
}
