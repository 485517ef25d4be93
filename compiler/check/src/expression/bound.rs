//! The bound tree: what an expression means, before it becomes typed code.
//!
//! A node is plain data. A lambda may be bound several times, for several types of its parameters, before one of them is
//! chosen; what was found out meanwhile stays in its [`Body`]. Much of C# is written here in few forms: a temporary
//! ([`Kind::Let`]) and a sequence of effects ([`Kind::Effects`]) stand for `??`, `?.`, patterns, compound assignment and
//! initialisers.
//!
//! Not here: how trees are made (`expressions`, `statements`), whether variables are assigned (`flow`), and typed code
//! (`lower`).

use std::cell::RefCell;
use std::rc::Rc;

use csharp::span::Span;
use csharp::tree::{BinaryOp, ExprId, Passing};
use dotnet::ty::Ty;

use super::constant::Constant;
use super::scope::Scope;
use super::sink::Sink;
use super::tables::lookup::Found;
use super::types::{Numeric, UNKNOWN};

macro_rules! ids {
    ($($(#[doc = $docs:literal])+ $name:ident;)*) => {$(
        $(#[doc = $docs])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

    )*};
}

ids! {
    /// A variable: a local, a parameter, or a temporary.
    VariableId;
    /// One binding of a function's code: the whole expression, a local function, or a lambda under certain types of
    /// its parameters.
    FrameId;
    /// A local function.
    LocalFunctionId;
    /// What `break` or `continue` leads out of or back to: a loop or a `switch`.
    TargetId;
    /// A label that `goto` names, in the block that declares it.
    JumpId;
}

impl VariableId {
    /// The position in the list of all variables.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl LocalFunctionId {
    /// The position in the list of all local functions.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A variable.
#[derive(Clone, Debug)]
pub struct Variable {
    /// Its name; empty for temporaries.
    pub name: Rc<str>,
    /// Its type; unknown until it is inferred.
    pub ty: Ty,
    /// What kind of variable.
    pub kind: VariableKind,
    /// Where it is declared.
    pub span: Span,
    /// The code that it belongs to.
    pub frame: FrameId,
}

/// The kinds of variables.
#[derive(Clone, Debug)]
pub enum VariableKind {
    /// A local variable.
    Local,
    /// A `const`, with its value.
    Const(Option<Constant>),
    /// A parameter, and how it is passed.
    Parameter(Passing),
    /// The exception of a `catch`.
    Caught,
    /// Declared by `foreach`: cannot be assigned.
    ForEach,
    /// Declared by `using`: cannot be assigned.
    Using,
    /// Declared by `from`, `let` and their like in a query: cannot be assigned. What it reads is an expression over the
    /// parameter of a lambda.
    Range(Box<Expr>),
    /// Made by the compiler.
    Temporary,
}

/// An expression with its meaning.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it computes.
    pub kind: Kind,
    /// Its type.
    pub ty: Ty,
    /// Where it stands.
    pub span: Span,
    /// Its value, if it is a constant expression.
    pub constant: Option<Constant>,
}

/// What an expression computes.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Something that was reported, or a hole.
    Error,
    /// The constant beside it.
    Constant,
    /// `null`, not yet converted.
    Null,
    /// The default value of the type; without one, `default` that is not yet converted.
    Default,
    /// A type, as the left side of a member access.
    Type,
    /// A namespace.
    Namespace(Rc<str>),
    /// Methods of one name, of which none is chosen yet.
    MethodGroup(Box<MethodGroup>),
    /// A lambda, not yet converted.
    Lambda(Rc<Lambda>),
    /// A tuple literal, not yet converted, with the names of its elements (empty for none).
    Tuple(Vec<(Rc<str>, Expr)>),
    /// `throw value` as an operand.
    Throw(Box<Expr>),
    /// `out var x`, and an element of a tuple that declares a variable.
    Declaration(VariableId),
    /// `_` where a value may be thrown away.
    Discard,

    /// A variable.
    Variable(VariableId),
    /// `context`
    Context,
    /// A converted value.
    Convert(Box<Expr>, Step),
    /// An operation on one operand.
    Unary(Box<Unary>),
    /// An operation on two operands, both evaluated.
    Binary(Box<Binary>),
    /// `a && b` of two `bool`s.
    And(Box<Expr>, Box<Expr>),
    /// `a || b` of two `bool`s.
    Or(Box<Expr>, Box<Expr>),
    /// Values whose texts are put together.
    Concat(Vec<Expr>),
    /// The text of a value, in a format and padded to a width.
    Format(Box<Format>),
    /// `condition ? then : otherwise`, all three converted.
    Conditional(Box<(Expr, Expr, Expr)>),
    /// Whether a reference or a `T?` is null.
    IsNull(Box<Expr>),
    /// Whether a value is of a type.
    TypeTest(Box<Expr>, Ty),
    /// `value as T`
    As(Box<Expr>, Ty),
    /// Assigns to a variable and is true.
    Capture(VariableId, Box<Expr>),
    /// A call of a member.
    Call(Box<Call>),
    /// A call of a local function.
    LocalCall(LocalFunctionId, Arguments),
    /// A call of a delegate.
    Invoke(Box<Expr>, Arguments),
    /// A property or an indexer.
    Property(Box<Property>),
    /// An element of an array.
    Element(Box<Expr>, Vec<Expr>),
    /// A property of an anonymous type.
    AnonymousMember(Box<Expr>, usize),
    /// A new object by a constructor.
    New(Box<Call>),
    /// A new array with these elements, of this element type.
    ArrayOf(Ty, Vec<Expr>),
    /// A new array with these lengths, of this element type.
    ArrayNew(Ty, Vec<Expr>),
    /// An object of an anonymous type.
    Anonymous(Vec<Expr>),
    /// A delegate over a lambda, whose returned values are converted.
    Delegate(Box<Delegate>),
    /// A delegate over a method.
    MethodDelegate(Box<MethodDelegate>),
    /// A delegate over a local function.
    LocalDelegate(LocalFunctionId),
    /// `typeof(T)`
    TypeOf(Ty),
    /// `target = value`
    Assign(Box<Expr>, Box<Expr>),
    /// A value kept in a temporary, and what is computed with it.
    Let(VariableId, Box<Expr>, Box<Expr>),
    /// Expressions computed for their effects, then a value.
    Effects(Vec<Expr>, Box<Expr>),
}

/// One step of a conversion. The types stand at the expressions on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// From one type of numbers to another, neither of them `decimal`; enumerations count as `int`.
    Numeric {
        /// From which.
        from: Numeric,
        /// To which.
        to: Numeric,
        /// Whether what does not fit throws.
        checked: bool,
    },
    /// A reference as one of a base type or interface, or with other names for a tuple's elements: nothing happens.
    Reference,
    /// A reference as one of a derived type or another interface: may throw.
    Downcast,
    /// A value as an object.
    Box,
    /// An object as a value: may throw.
    Unbox,
    /// A `T` as a `T?`.
    Wrap,
    /// A `T?` as a `T`: throws if there is no value.
    Unwrap,
}

/// Methods of one name.
#[derive(Clone, Debug)]
pub struct MethodGroup {
    /// Their name.
    pub name: Rc<str>,
    /// Where the name stands.
    pub name_span: Span,
    /// What they are called on.
    pub receiver: Receiver,
    /// The methods.
    pub methods: Vec<Found>,
    /// The local function of that name; then there are no methods.
    pub local: Option<LocalFunctionId>,
    /// The type arguments that were written.
    pub type_args: Vec<Ty>,
    /// The access that this is the name of; none in a query, whose methods are not written.
    pub syntax: Option<ExprId>,
}

/// What a member is taken from.
#[derive(Clone, Debug)]
pub enum Receiver {
    /// Nothing is written: a method of the class around the expression.
    None,
    /// A type.
    Type,
    /// A value.
    Value(Expr),
    /// A value whose name is that of its type too, as in `Uri Uri`.
    Either(Expr),
}

/// An operation on one operand.
#[derive(Clone, Debug)]
pub struct Unary {
    /// Which.
    pub op: csharp::tree::UnaryOp,
    /// How it is done.
    pub operator: Operator,
    /// The operand, converted to what the operator takes.
    pub operand: Expr,
    /// Whether the operand is a `T?` and the operator one of `T`.
    pub lifted: bool,
    /// Whether overflow throws.
    pub checked: bool,
}

/// An operation on two operands.
#[derive(Clone, Debug)]
pub struct Binary {
    /// Which.
    pub op: BinaryOp,
    /// How it is done.
    pub operator: Operator,
    /// The left operand, converted to what the operator takes.
    pub left: Expr,
    /// The right operand, likewise.
    pub right: Expr,
    /// Whether the operands are of `T?` and the operator is one of `T`.
    pub lifted: bool,
    /// Whether overflow throws.
    pub checked: bool,
}

/// How an operation is done.
#[derive(Clone, Copy, Debug)]
pub enum Operator {
    /// On numbers of this type; shifts take an `int` as their second operand.
    Numeric(Numeric),
    /// On `bool`.
    Bool,
    /// On the numbers behind an enumeration.
    Enum,
    /// By a member.
    Member(Found),
    /// On strings, by their text.
    Text,
    /// On references, by identity.
    Reference,
}

/// The text of a value.
#[derive(Clone, Debug)]
pub struct Format {
    /// The value.
    pub value: Expr,
    /// The format, in WTF-8.
    pub format: Option<std::sync::Arc<[u8]>>,
    /// The width: positive pads on the left.
    pub width: i32,
}

/// A call of a member.
#[derive(Clone, Debug)]
pub struct Call {
    /// The member, and the type it was found in.
    pub found: Found,
    /// The method's type arguments.
    pub type_args: Vec<Ty>,
    /// What it is called on; none for static members, extension methods included.
    pub receiver: Option<Expr>,
    /// Its arguments.
    pub arguments: Arguments,
}

/// The arguments of a call, one for each parameter.
#[derive(Clone, Debug, Default)]
pub struct Arguments {
    /// In the order of the parameters.
    pub values: Vec<Argument>,
    /// The parameters in the order in which their arguments are evaluated, if that is another.
    pub order: Option<Vec<usize>>,
}

/// One argument.
#[derive(Clone, Debug)]
pub enum Argument {
    /// A value, converted.
    Value(Expr),
    /// A variable that the member writes, or reads and writes.
    Reference(Expr),
    /// Values that are gathered into an array of this element type.
    Params(Ty, Vec<Expr>),
}

/// A property or an indexer.
#[derive(Clone, Debug)]
pub struct Property {
    /// Its name, for messages.
    pub name: Rc<str>,
    /// What reads it.
    pub getter: Option<Found>,
    /// What writes it.
    pub setter: Option<Found>,
    /// The object; none for static ones.
    pub receiver: Option<Expr>,
    /// The arguments of an indexer.
    pub arguments: Arguments,
}

/// A delegate over a lambda. The delegate's type is the expression's.
#[derive(Clone, Debug)]
pub struct Delegate {
    /// The lambda's code.
    pub body: Rc<Body>,
    /// The values it returns, converted to what the delegate gives; in the order of [`Body::returns`].
    pub returns: Vec<Expr>,
    /// What the delegate gives.
    pub result: Ty,
}

/// A delegate over a method. The delegate's type is the expression's.
#[derive(Clone, Debug)]
pub struct MethodDelegate {
    /// The call with the delegate's parameters as its arguments.
    pub call: Expr,
    /// The variables that stand for the delegate's parameters.
    pub parameters: Vec<VariableId>,
    /// The variable that holds the object, with the object.
    pub receiver: Option<(VariableId, Expr)>,
    /// The code that the parameters belong to.
    pub frame: FrameId,
    /// What the delegate gives.
    pub result: Ty,
}

/// A lambda, not yet converted to a delegate.
#[derive(Debug)]
pub struct Lambda {
    /// Where it stands.
    pub span: Span,
    /// Its node, if it is written.
    pub syntax: Option<ExprId>,
    /// The names that are visible where it stands.
    pub scope: Rc<Scope>,
    /// How many parameters it has; none for `delegate { … }`, which takes what it gets.
    pub parameters: Option<usize>,
    /// The types of its parameters, if they are written.
    pub explicit: Option<Vec<(Ty, Passing)>>,
    /// Whether its arithmetic is checked.
    pub checked: bool,
    /// What it is made of, if it stands for a clause of a query.
    pub clause: Option<Clause>,
    /// What it means under certain types of its parameters.
    pub bindings: RefCell<Vec<(Vec<Ty>, Rc<Body>)>>,
}

/// A lambda that stands for a clause of a query.
#[derive(Clone, Debug)]
pub struct Clause {
    /// The range variables that its parameters hold, in order.
    pub parameters: Vec<Ranges>,
    /// What it computes.
    pub result: ClauseResult,
}

/// The range variables in one value.
#[derive(Clone, Debug)]
pub enum Ranges {
    /// The value is the variable.
    One(Rc<str>, Span),
    /// The value is an object of two properties that hold them.
    Pair(Box<Self>, Box<Self>),
}

/// What a clause's lambda computes.
#[derive(Clone, Debug)]
pub enum ClauseResult {
    /// An expression.
    Expr(ExprId),
    /// The pair of its two parameters.
    Pair,
    /// The pair of its parameter and a new range variable with this value.
    With(Rc<str>, Span, ExprId),
    /// The elements of a second source, cast to a type.
    Cast(ExprId, Ty),
}

/// The code of a function: of the whole expression, of a lambda, or of a local function.
#[derive(Debug)]
pub struct Body {
    /// Its identity.
    pub frame: FrameId,
    /// Its parameters.
    pub parameters: Vec<VariableId>,
    /// Its statements; an expression is one [`StmtKind::Return`].
    pub block: Block,
    /// The values that it returns, not converted.
    pub returns: Vec<Expr>,
    /// Whether there is a `return` without a value.
    pub returns_nothing: bool,
    /// Whether it is an expression, whose value may be dropped.
    pub is_expression: bool,
    /// Whether control can reach its end.
    pub end_reachable: bool,
    /// What was found while it was bound.
    pub sink: RefCell<Sink>,
    /// Where it stands, for messages about its end.
    pub span: Span,
}

/// A local function.
#[derive(Clone, Debug)]
pub struct LocalFunction {
    /// Its name.
    pub name: Rc<str>,
    /// Where its name stands.
    pub span: Span,
    /// Its parameters.
    pub parameters: Vec<LocalParameter>,
    /// What it gives.
    pub returns: Ty,
    /// Its code, once it is bound.
    pub body: Option<Rc<Body>>,
    /// The values that it returns, converted.
    pub converted: Vec<Expr>,
}

/// A parameter of a local function.
#[derive(Clone, Debug)]
pub struct LocalParameter {
    /// Its name.
    pub name: Rc<str>,
    /// Its type.
    pub ty: Ty,
    /// How it is passed.
    pub passing: Passing,
    /// What a missing argument stands for.
    pub default: Option<Constant>,
}

/// Statements with the variables that live in them.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// The variables that begin when control enters.
    pub variables: Vec<VariableId>,
    /// The statements.
    pub stmts: Vec<Stmt>,
}

/// A statement.
#[derive(Clone, Debug)]
pub struct Stmt {
    /// What it is.
    pub kind: StmtKind,
    /// Where it stands.
    pub span: Span,
}

/// What a statement is.
#[derive(Clone, Debug)]
pub enum StmtKind {
    /// Nothing.
    Empty,
    /// `{ … }`
    Block(Block),
    /// Computes a value and drops it.
    Expr(Expr),
    /// A variable with its value.
    Declare(VariableId, Option<Expr>),
    /// A local function, whose code is analysed where it stands.
    LocalFunction(LocalFunctionId),
    /// `if`
    If(Expr, Box<Stmt>, Option<Box<Stmt>>),
    /// `while`: the variables of its condition begin anew before each turn.
    While(TargetId, Vec<VariableId>, Expr, Box<Stmt>),
    /// `do … while`
    Do(TargetId, Box<Stmt>, Vec<VariableId>, Expr),
    /// `for`: the variables of its head live as long as the loop.
    For(Box<For>),
    /// `foreach`
    ForEach(Box<ForEach>),
    /// `switch`
    Switch(Box<Switch>),
    /// Ends the function; the number is that of the value in [`Body::returns`].
    Return(Option<usize>),
    /// `throw value;`, or `throw;`
    Throw(Option<Expr>),
    /// Leaves a loop or `switch`.
    Break(TargetId),
    /// Goes on with the next turn of a loop.
    Continue(TargetId),
    /// `goto label;`
    Goto(JumpId),
    /// The place of a label, before the statement that follows in its block.
    Label(JumpId),
    /// `goto case value;` and `goto default;`: the section of a `switch`, by its number.
    GotoSection(TargetId, usize),
    /// `try`
    Try(Box<Try>),
    /// `using`: the variable that holds the object, and how it is disposed.
    Using(Box<Using>),
    /// `lock`
    Lock(Expr, Box<Stmt>),
}

/// `for`
#[derive(Clone, Debug)]
pub struct For {
    /// What `break` and `continue` name.
    pub target: TargetId,
    /// The variables of the head.
    pub head: Block,
    /// What is asked before each turn, and the variables that it declares.
    pub condition: Option<(Vec<VariableId>, Expr)>,
    /// What happens after each turn, and the variables that it declares.
    pub updates: (Vec<VariableId>, Vec<Expr>),
    /// One turn.
    pub body: Stmt,
}

/// `foreach`
#[derive(Clone, Debug)]
pub struct ForEach {
    /// What `break` and `continue` name.
    pub target: TargetId,
    /// The variables that the sequence declares.
    pub head: Vec<VariableId>,
    /// What is run over.
    pub sequence: Expr,
    /// The type of its elements.
    pub element: Ty,
    /// The temporary that holds an element before it is converted.
    pub current: VariableId,
    /// The variables that begin with each turn.
    pub variables: Vec<VariableId>,
    /// Assigns the element to the variables.
    pub assign: Vec<Stmt>,
    /// One turn.
    pub body: Stmt,
}

/// `switch`
#[derive(Clone, Debug)]
pub struct Switch {
    /// What `break` names.
    pub target: TargetId,
    /// The value.
    pub value: Expr,
    /// The temporary that holds it.
    pub subject: VariableId,
    /// The variables of all sections.
    pub variables: Vec<VariableId>,
    /// The sections.
    pub sections: Vec<Section>,
    /// Whether some `goto` leads to a section.
    pub has_goto: bool,
}

/// A section of a `switch`.
#[derive(Clone, Debug)]
pub struct Section {
    /// What leads to it: tests over the subject.
    pub tests: Vec<Expr>,
    /// The constants that these tests ask for; none for a test that asks for more or other.
    pub constants: Vec<Option<Constant>>,
    /// The variables of its patterns.
    pub variables: Vec<VariableId>,
    /// Whether `default` leads to it.
    pub is_default: bool,
    /// The statements.
    pub stmts: Vec<Stmt>,
    /// The whole of it.
    pub span: Span,
}

/// `try`
#[derive(Clone, Debug)]
pub struct Try {
    /// What is tried.
    pub block: Block,
    /// The handlers.
    pub catches: Vec<Catch>,
    /// What happens in any case.
    pub finally: Option<Block>,
}

/// A handler.
#[derive(Clone, Debug)]
pub struct Catch {
    /// The type of exceptions.
    pub ty: Ty,
    /// The variable of the exception.
    pub variable: Option<VariableId>,
    /// The variables that the filter declares.
    pub head: Vec<VariableId>,
    /// `when`
    pub filter: Option<Expr>,
    /// What it does.
    pub block: Block,
}

/// `using`
#[derive(Clone, Debug)]
pub struct Using {
    /// The variables that the head declares.
    pub head: Vec<VariableId>,
    /// The variable that holds the object, and its value.
    pub resource: (VariableId, Expr),
    /// Disposes it, if it is not null.
    pub dispose: Expr,
    /// What happens before.
    pub body: Stmt,
}

impl Expr {
    /// An expression that is no constant.
    pub fn new(kind: Kind, ty: Ty, span: Span) -> Self {
        Self { kind, ty, span, constant: None }
    }

    /// A constant expression.
    pub fn constant(value: Constant, ty: Ty, span: Span) -> Self {
        Self { kind: Kind::Constant, ty, span, constant: Some(value) }
    }

    /// An expression that was reported, or that is missing.
    pub fn error(span: Span) -> Self {
        Self::new(Kind::Error, UNKNOWN, span)
    }

    /// The value of a variable.
    pub fn variable(id: VariableId, ty: Ty, span: Span) -> Self {
        Self::new(Kind::Variable(id), ty, span)
    }

    /// Whether it is `null`, written or constant.
    pub fn is_null_literal(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }
}
