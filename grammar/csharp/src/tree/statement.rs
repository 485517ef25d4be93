//! Statements, and what stands inside them.

use super::{ExprId, FunctionId, Ident, List, Parameter, Pattern, StmtId, TypeId};
use crate::span::Span;

/// A statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stmt {
    /// Where it stands, from its first token to its last, `;` included.
    pub span: Span,
    /// What it is.
    pub kind: StmtKind,
}

/// What a statement is.
///
/// The body of `if`, of a loop, of `using` and `lock` is a statement that is not a declaration or a label: those were
/// reported (CS1023).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StmtKind {
    /// `;`
    Empty,
    /// `{ … }`
    Block(List<StmtId>),
    /// `value;`. An assignment, call, increment, decrement, `await` or construction; others were reported (CS0201).
    Expr(ExprId),
    /// `T a = 1, b;`
    Local {
        /// `const`, `ref` or neither.
        kind: LocalKind,
        /// The type; [`super::TypeKind::Var`] for `var`.
        ty: TypeId,
        /// The variables, at least one.
        declarators: List<Declarator>,
    },
    /// A function declared among statements.
    LocalFunction(FunctionId),
    /// `if (condition) then else otherwise`
    If {
        /// What is asked.
        condition: ExprId,
        /// What happens if it is true.
        then: StmtId,
        /// What happens if it is false.
        otherwise: Option<StmtId>,
    },
    /// `switch (value) { … }`
    Switch {
        /// What is switched on.
        value: ExprId,
        /// The sections.
        sections: List<Section>,
    },
    /// `while (condition) body`
    While {
        /// What is asked before each turn.
        condition: ExprId,
        /// One turn.
        body: StmtId,
    },
    /// `do body while (condition);`
    Do {
        /// One turn.
        body: StmtId,
        /// What is asked after each turn.
        condition: ExprId,
    },
    /// `for (initializers; condition; updates) body`
    For {
        /// One [`Self::Local`], or any number of [`Self::Expr`].
        initializers: List<StmtId>,
        /// What is asked before each turn; true if left out.
        condition: Option<ExprId>,
        /// What happens after each turn.
        updates: List<ExprId>,
        /// One turn.
        body: StmtId,
    },
    /// `foreach (variable in sequence) body`
    ForEach {
        /// What each element is called.
        variable: ForEachVariable,
        /// What is run over.
        sequence: ExprId,
        /// One turn.
        body: StmtId,
    },
    /// `break;`
    Break,
    /// `continue;`
    Continue,
    /// `return value;`
    Return(Option<ExprId>),
    /// `throw value;`, or `throw;` inside `catch`.
    Throw(Option<ExprId>),
    /// `goto …;`
    Goto(GotoTarget),
    /// `name: body`
    Labeled {
        /// The label.
        label: Ident,
        /// The statement it stands before.
        body: StmtId,
    },
    /// `try block catch … finally …`; at least one of both, or it was reported (CS1524).
    Try {
        /// What is tried, a [`Self::Block`].
        block: StmtId,
        /// The handlers, in order.
        catches: List<Catch>,
        /// A [`Self::Block`].
        finally: Option<StmtId>,
    },
    /// `using (resource) body`
    Using {
        /// What is disposed at the end.
        resource: Resource,
        /// What happens before.
        body: StmtId,
    },
    /// `lock (value) body`
    Lock {
        /// What is locked.
        value: ExprId,
        /// What happens meanwhile.
        body: StmtId,
    },
    /// `checked { … }`, `unchecked { … }`
    Checked {
        /// A [`Self::Block`].
        block: StmtId,
        /// Whether it is `checked`.
        checked: bool,
    },
    /// `yield return value;`, or `yield break;` without a value.
    Yield(Option<ExprId>),
}

/// What kind of local.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LocalKind {
    /// A variable.
    Variable,
    /// `const`: every declarator has a value, or it was reported (CS0145).
    Const,
    /// `ref` and `ref readonly`: an alias of another variable.
    Ref,
}

/// One variable of a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declarator {
    /// Name and value.
    pub span: Span,
    /// The name.
    pub name: Ident,
    /// The value; an [`super::ExprKind::Initializer`] for `int[] a = { 1, 2 };`.
    pub value: Option<ExprId>,
}

/// What the elements of a `foreach` are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForEachVariable {
    /// `T name`
    Declared {
        /// The type; [`super::TypeKind::Var`] for `var`.
        ty: TypeId,
        /// The name.
        name: Ident,
    },
    /// `var (a, b)` or `(int a, int b)`: an [`super::ExprKind::Tuple`].
    Deconstructed(ExprId),
}

/// What a `using` disposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// A [`StmtKind::Local`].
    Declared(StmtId),
    /// A value.
    Value(ExprId),
}

/// Where a `goto` leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GotoTarget {
    /// `goto label;`
    Label(Ident),
    /// `goto case value;`
    Case(ExprId),
    /// `goto default;`
    Default,
}

/// A section of a `switch`: its labels, and what happens then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// The whole of it.
    pub span: Span,
    /// At least one label, or it was reported.
    pub labels: List<Label>,
    /// The statements.
    pub body: List<StmtId>,
}

/// `case …:` or `default:`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// The whole of it, colon included.
    pub span: Span,
    /// What it is.
    pub kind: LabelKind,
}

/// What a label of a `switch` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelKind {
    /// `case pattern when guard:`
    Case {
        /// What the value is compared with; never a [`Pattern::Type`].
        pattern: Pattern,
        /// What has to be true besides.
        guard: Option<ExprId>,
    },
    /// `default:`
    Default,
}

/// A handler of a `try`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Catch {
    /// The whole of it.
    pub span: Span,
    /// The type of exception; all, if left out. Only the last handler may leave it out (CS1017).
    pub ty: Option<TypeId>,
    /// The variable that holds the exception.
    pub name: Option<Ident>,
    /// `when (…)`.
    pub filter: Option<ExprId>,
    /// A [`StmtKind::Block`].
    pub block: StmtId,
}

/// A function declared among statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalFunction {
    /// Whether it is `async`.
    pub is_async: bool,
    /// Whether it returns by `ref`.
    pub returns_ref: bool,
    /// What it returns.
    pub return_type: TypeId,
    /// Its name.
    pub name: Ident,
    /// `<T, U>`
    pub type_parameters: List<Ident>,
    /// Its parameters, all with types.
    pub parameters: List<Parameter>,
    /// `where T : …`
    pub bounds: List<Bound>,
    /// What it does.
    pub body: FunctionBody,
}

/// `where T : A, new()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The type parameter it bounds.
    pub parameter: Ident,
    /// The types named; `class`, `struct` and `new()` are left out.
    pub types: List<TypeId>,
    /// Whether `class` is among the bounds.
    pub class: bool,
    /// Whether `struct` is among the bounds.
    pub value: bool,
    /// Whether `new()` is among the bounds.
    pub constructible: bool,
}

/// What a local function does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunctionBody {
    /// `{ … }`, a [`StmtKind::Block`].
    Block(StmtId),
    /// `=> value;`
    Expr(ExprId),
}
