//! Typed expressions and statements.
//!
//! Every node gives one machine word whose meaning its [`Repr`] tells. Types are gone but where they decide what
//! happens: casts, boxes, arrays. All conversions, null checks and overload decisions of C# are explicit here.

use dotnet::catalogue::{Entry, MemberDef, Preparation};
use dotnet::rt::Fault;
use dotnet::ty::Ty;
use dotnet::word::Repr;

macro_rules! ids {
    ($($(#[doc = $docs:literal])+ $name:ident;)*) => {$(
        $(#[doc = $docs])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The position in the list that it numbers.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A local variable or parameter of a function.
    LocalId;
    /// A function of a document.
    FunctionId;
    /// The target of `break` and `continue`.
    LabelId;
}

/// A function: an expression of the document, a lambda, or a local function.
#[derive(Clone, Debug)]
pub struct Function {
    /// What it is, for people: the place of the expression, or the name of the local function.
    pub name: String,
    /// Its variables; parameters and captures among them.
    pub locals: Vec<Local>,
    /// The variables that take the arguments, in order.
    pub parameters: Vec<LocalId>,
    /// The variables that it shares with the function it was written in, in the order in which a lambda or call
    /// passes them. All of them are shared locals.
    pub captures: Vec<LocalId>,
    /// What its result's word means.
    pub result: Repr,
    /// What it does. Control does not reach the end of a function that has a result.
    pub body: Vec<Stmt>,
}

/// A variable.
#[derive(Clone, Debug)]
pub struct Local {
    /// Its name in the source; empty for those that the compiler made.
    pub name: String,
    /// What its word means.
    pub repr: Repr,
    /// How it is kept.
    pub storage: Storage,
}

/// How a variable is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Storage {
    /// In registers.
    Value,
    /// On the stack, because its address is passed to a member (`out`).
    Stack,
    /// In the arena, because a lambda shares it: a new word each time its declaration is executed.
    Shared,
}

/// An expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it computes.
    pub kind: ExprKind,
    /// What its word means.
    pub repr: Repr,
}

/// What an expression computes.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// A constant.
    Const(Const),
    /// The value of a variable.
    Local(LocalId),
    /// Assigns to a variable; the value is the one assigned.
    Set(LocalId, Box<Expr>),
    /// The address of a variable kept on the stack or shared, for an `out` parameter.
    Address(LocalId),
    /// The object of `context`.
    Context,
    /// An operation on two numbers, or the comparison of two references.
    Binary(BinaryOp, Operand, Box<Expr>, Box<Expr>),
    /// An operation on one number.
    Unary(UnaryOp, Operand, Box<Expr>),
    /// A number as another type of number.
    Convert(Number, Number, Overflow, Box<Expr>),
    /// The second if the first is true, else the third.
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// Whether both are true; the second is computed only if the first is.
    And(Box<Expr>, Box<Expr>),
    /// Whether one is true; the second is computed only if the first is not.
    Or(Box<Expr>, Box<Expr>),
    /// Statements, then a value.
    Sequence(Vec<Stmt>, Box<Expr>),
    /// Calls a member.
    Call(Callee, Vec<Expr>),
    /// Calls a function of the document, with the shared variables it captures and its arguments.
    CallFunction(FunctionId, Vec<LocalId>, Vec<Expr>),
    /// A delegate of a type over a function of the document, which shares these variables with it.
    Lambda(Ty, FunctionId, Vec<LocalId>),
    /// Calls a delegate.
    Invoke(Box<Expr>, Vec<Expr>),
    /// The word at an offset of an object; null throws `NullReferenceException`.
    Field(Box<Expr>, u32),
    /// Whether a reference is null.
    IsNull(Box<Expr>),
    /// The same reference, if it is not null; else throws `NullReferenceException`.
    NotNull(Box<Expr>),
    /// How many elements an array of one dimension has, as a 32-bit number.
    ArrayLength(Box<Expr>),
    /// An element of an array of this element type: array, index (64 bits).
    ArrayGet(Ty, Box<Expr>, Box<Expr>),
    /// Replaces an element of an array of this element type; the value is the new element.
    ArraySet(Ty, Box<Expr>, Box<Expr>, Box<Expr>),
    /// A new array of this element type with these elements.
    ArrayOf(Ty, Vec<Expr>),
    /// A new array of this element type and these lengths, one for each dimension.
    ArrayNew(Ty, Vec<Expr>),
    /// The position of an element in an array of several dimensions.
    ArrayPosition(Box<Expr>, Vec<Expr>),
    /// An object of this anonymous type with these values.
    Anonymous(Ty, Vec<Expr>),
    /// Strings, null counting as empty, one after the other.
    Concat(Vec<Expr>),
    /// Whether two strings have the same text; null equals null.
    TextEq(Box<Expr>, Box<Expr>),
    /// Whether a string (not null) begins with the bytes of a constant.
    TextStartsWith(Box<Expr>, Box<[u8]>),
    /// The number of UTF-16 units of a string; null throws.
    TextLength(Box<Expr>),
    /// The value of a pure read that was computed before in this function, if it was; else computes and keeps it.
    Memo(LocalId, Box<Expr>),
    /// Throws the exception; has no value.
    Throw(Box<Expr>),
    /// Throws for a reason of the machine; has no value.
    Fail(Fault),
}

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub enum Const {
    /// A 32-bit number, `bool`, `char` or enumeration.
    I32(i32),
    /// A 64-bit number.
    I64(i64),
    /// The bits of a `float`.
    F32(u32),
    /// The bits of a `double`.
    F64(u64),
    /// The null reference.
    Null,
    /// A string, in WTF-8. Equal texts are one object.
    Text(Box<[u8]>),
    /// A string that was computed, in WTF-8: an object of its own, however equal other texts are.
    OwnText(Box<[u8]>),
    /// A string of which parts are secret named values, filled in when the document is loaded.
    SecretText(Vec<TextPart>),
    /// A type, as members take it.
    Type(Ty),
    /// What was prepared from a text when the document was loaded.
    Prepared(Preparation, Box<[u8]>),
    /// `default(T)` of a struct that is kept as an object.
    DefaultStruct(Ty),
}

impl Const {
    /// The text of a string that is known, in WTF-8.
    #[must_use]
    pub fn text(&self) -> Option<&[u8]> {
        match self {
            Self::Text(text) | Self::OwnText(text) => Some(text),
            _ => None,
        }
    }
}

/// A part of a string with secrets in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextPart {
    /// Text, in WTF-8.
    Text(Box<[u8]>),
    /// The value of the secret named value of this name.
    Secret(String),
}

/// The member that a call calls, with the function chosen.
#[derive(Clone, Copy)]
pub struct Callee {
    /// The member.
    pub member: &'static MemberDef,
    /// The function: the member's own, or the one that takes a prepared argument.
    pub entry: Entry,
    /// Whether `entry` is the one that takes a prepared argument.
    pub prepared: bool,
}

impl std::fmt::Debug for Callee {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.member.host_name(), if self.prepared { " prepared" } else { "" })
    }
}

/// What a binary operation computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// Sum.
    Add(Overflow),
    /// Difference.
    Sub(Overflow),
    /// Product.
    Mul(Overflow),
    /// Quotient; integers throw `DivideByZeroException`, and `OverflowException` for the smallest by -1.
    Div,
    /// Remainder; throws as `Div`.
    Rem,
    /// Bits in both.
    And,
    /// Bits in one or both.
    Or,
    /// Bits in exactly one.
    Xor,
    /// Shifted left by the low 5 or 6 bits of the second, which is a 32-bit number.
    Shl,
    /// Shifted right likewise; signed types keep their sign.
    Shr,
    /// Equal.
    Eq,
    /// Not equal; true for NaN.
    Ne,
    /// Less.
    Lt,
    /// Less or equal.
    Le,
    /// Greater.
    Gt,
    /// Greater or equal.
    Ge,
}

impl BinaryOp {
    /// Whether the result is a `bool` and not of the operands' type.
    #[must_use]
    pub fn is_comparison(self) -> bool {
        matches!(self, Self::Eq | Self::Ne | Self::Lt | Self::Le | Self::Gt | Self::Ge)
    }
}

/// What a unary operation computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    /// The negative.
    Neg(Overflow),
    /// All bits turned.
    Complement,
    /// True for false.
    Not,
}

/// What happens if a result does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Overflow {
    /// The low bits are kept.
    Wrap,
    /// `OverflowException`.
    Throw,
}

/// What the operands of an operation are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operand {
    /// `int`, `bool`, `char` and enumerations.
    I32,
    /// `uint`.
    U32,
    /// `long`.
    I64,
    /// `ulong`.
    U64,
    /// `float`.
    F32,
    /// `double`.
    F64,
    /// References, compared by identity.
    Ref,
}

impl Operand {
    /// How words of the operands are to be read.
    #[must_use]
    pub fn repr(self) -> Repr {
        match self {
            Self::I32 | Self::U32 => Repr::I32,
            Self::I64 | Self::U64 => Repr::I64,
            Self::F32 => Repr::F32,
            Self::F64 => Repr::F64,
            Self::Ref => Repr::Ref,
        }
    }
}

/// The types of numbers that conversions know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Number {
    /// `sbyte`.
    I8,
    /// `byte`.
    U8,
    /// `short`.
    I16,
    /// `ushort` and `char`.
    U16,
    /// `int` and enumerations.
    I32,
    /// `uint`.
    U32,
    /// `long`.
    I64,
    /// `ulong`.
    U64,
    /// `float`.
    F32,
    /// `double`.
    F64,
}

impl Number {
    /// How words of the type are to be read.
    #[must_use]
    pub fn repr(self) -> Repr {
        match self {
            Self::I8 | Self::U8 | Self::I16 | Self::U16 | Self::I32 | Self::U32 => Repr::I32,
            Self::I64 | Self::U64 => Repr::I64,
            Self::F32 => Repr::F32,
            Self::F64 => Repr::F64,
        }
    }
}

/// A statement.
#[derive(Clone, Debug)]
pub enum Stmt {
    /// Computes and drops the value.
    Expr(Expr),
    /// A variable begins: a shared one gets a new word; without a value it begins with zero or null.
    Declare(LocalId, Option<Expr>),
    /// The first statements if the condition is true, else the second.
    If(Expr, Vec<Stmt>, Vec<Stmt>),
    /// A loop.
    Loop(Box<Loop>),
    /// Statements that `break` of the label leaves.
    Labelled(LabelId, Vec<Stmt>),
    /// Leaves the loop or the labelled statements.
    Break(LabelId),
    /// Goes on with the next turn of the loop.
    Continue(LabelId),
    /// Ends the function.
    Return(Option<Expr>),
    /// Statements whose exceptions are caught.
    Try(Box<Try>),
    /// Throws the exception that the innermost `catch` around this caught.
    Rethrow,
}

/// A loop: while `test` holds (always, if there is none), `body` and then `step`. After `step`, `until` ends it.
#[derive(Clone, Debug)]
pub struct Loop {
    /// What `break` and `continue` in it name.
    pub label: LabelId,
    /// Asked before each turn.
    pub test: Option<Expr>,
    /// One turn.
    pub body: Vec<Stmt>,
    /// What follows each turn, also one that `continue` ended.
    pub step: Vec<Stmt>,
    /// Asked after each turn; the loop goes on while it holds. `do … while` has this and no `test`.
    pub until: Option<Expr>,
}

/// Statements whose exceptions are caught, and those that run in any case.
#[derive(Clone, Debug)]
pub struct Try {
    /// What may throw.
    pub body: Vec<Stmt>,
    /// The first that fits handles the exception.
    pub catches: Vec<Catch>,
    /// What runs however the rest ends.
    pub finally: Vec<Stmt>,
}

/// One `catch`.
#[derive(Clone, Debug)]
pub struct Catch {
    /// The type of exceptions that it handles.
    pub ty: Ty,
    /// The variable that gets the exception.
    pub local: Option<LocalId>,
    /// Asked before it handles one.
    pub filter: Option<Expr>,
    /// What it does.
    pub body: Vec<Stmt>,
}

impl Expr {
    /// An expression.
    #[must_use]
    pub fn new(kind: ExprKind, repr: Repr) -> Self {
        Self { kind, repr }
    }

    /// Whether computing it does nothing but give a value that never changes, and cannot throw.
    #[must_use]
    pub fn is_trivial(&self) -> bool {
        matches!(self.kind, ExprKind::Const(_) | ExprKind::Context)
    }
}

impl Function {
    /// Adds a variable.
    pub fn add_local(&mut self, name: impl Into<String>, repr: Repr) -> LocalId {
        let id = LocalId(u32::try_from(self.locals.len()).unwrap_or(u32::MAX));
        self.locals.push(Local { name: name.into(), repr, storage: Storage::Value });
        id
    }

    /// A variable.
    #[must_use]
    pub fn local(&self, id: LocalId) -> Option<&Local> {
        self.locals.get(id.index())
    }
}
