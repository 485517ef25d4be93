//! Expressions, and what stands inside them.

use super::{ExprId, Ident, List, StmtId, TypeId};
use crate::span::Span;

/// An expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expr {
    /// Where it stands, from its first token to its last.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// What an expression is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExprKind {
    /// An operand should stand here and does not; reported. Its span is empty.
    Hole,
    /// Something that is not of this language, and was reported: two operands without an operator between them, or a
    /// form of a later C#. Its parts are the operands that could be read.
    Broken(List<ExprId>),
    /// `{{name}}`: a named value for which nothing was filled in. Its type is unknown.
    Placeholder,
    /// A literal. Its value is read from its text by the functions of [`crate::literal`].
    Literal(Literal),
    /// `$"…"`.
    Interpolation {
        /// Texts and holes in their order; two texts never follow each other.
        parts: List<Part>,
        /// Whether it is a verbatim one, `$@"…"`.
        verbatim: bool,
    },
    /// `x`, `Enumerable`, `Parse<int>`: a local, a type, a namespace, a local function or `nameof`.
    Name(Name),
    /// `global::System`.
    Alias {
        /// The name before `::`.
        alias: Ident,
        /// The name behind it.
        name: Name,
    },
    /// `int`, `string`… as the left side of a member access: `int.Parse`.
    Predefined(super::Predefined),
    /// `this`.
    This,
    /// `base`.
    Base,
    /// `(value)`.
    Paren(ExprId),
    /// `(1, "x")`, `(id: 1, name: "x")`, and the left side of a deconstruction: `(a, b) = …`. Two elements or more.
    /// `var (a, b)` is read as `(var a, var b)`.
    Tuple(List<Argument>),
    /// `int n`, `var n` where a variable is declared inside an expression: after `out`, and as an element of a tuple.
    Declaration {
        /// Its type; [`super::TypeKind::Var`] for `var`.
        ty: TypeId,
        /// Its name; `_` declares nothing.
        name: Ident,
    },
    /// `target.Name`, `target?.Name`, `target.Name<T>`.
    Member {
        /// What stands before the point.
        target: ExprId,
        /// The member's name, missing in a half-typed `context.`.
        name: Name,
        /// Whether it is `?.`; see [`Self::NullChain`].
        conditional: bool,
    },
    /// `callee(arguments)`.
    Call {
        /// What is called: a [`Self::Name`] or a [`Self::Member`] in a sound program.
        callee: ExprId,
        /// The arguments.
        arguments: List<Argument>,
    },
    /// `target[arguments]`, `target?[arguments]`.
    Index {
        /// What is indexed.
        target: ExprId,
        /// The arguments, at least one.
        arguments: List<Argument>,
        /// Whether it is `?[`; see [`Self::NullChain`].
        conditional: bool,
    },
    /// The whole of a chain of members, calls and indexers that holds a `?.` or `?[`: where the value before one of
    /// these is null, nothing after it is evaluated and this node is null. In `a?.B.C(d)[0] + 1` it is `a?.B.C(d)[0]`,
    /// in `(a?.B).C` it is `a?.B`.
    NullChain(ExprId),
    /// `-x`, `x++`…
    Unary {
        /// The operator.
        op: UnaryOp,
        /// What it stands at.
        operand: ExprId,
    },
    /// `a + b`, `a && b`, `a ?? b`…
    Binary {
        /// The operator.
        op: BinaryOp,
        /// The left operand.
        left: ExprId,
        /// The right operand; may be a [`Self::Throw`] for `??`.
        right: ExprId,
    },
    /// `value is pattern`.
    Is {
        /// What is tested.
        value: ExprId,
        /// What it is tested for.
        pattern: Pattern,
    },
    /// `value as T`.
    As {
        /// What is converted.
        value: ExprId,
        /// To what.
        ty: TypeId,
    },
    /// `(T)value`.
    Cast {
        /// To what.
        ty: TypeId,
        /// What is converted.
        value: ExprId,
    },
    /// `condition ? then : otherwise`.
    Conditional {
        /// What is asked.
        condition: ExprId,
        /// The value if it is true; may be a [`Self::Throw`].
        then: ExprId,
        /// The value if it is false; may be a [`Self::Throw`].
        otherwise: ExprId,
    },
    /// `target = value`, `target += value`. Also a member of an object or anonymous initialiser; there the value may be
    /// a [`Self::Initializer`] and the target a [`Self::ElementName`].
    Assign {
        /// Which assignment.
        op: AssignOp,
        /// What is assigned to. Not checked to be assignable.
        target: ExprId,
        /// The value.
        value: ExprId,
    },
    /// A lambda or an anonymous method.
    Lambda {
        /// The parameters, with types or all without.
        parameters: List<Parameter>,
        /// The body.
        body: LambdaBody,
        /// How it is written.
        form: LambdaForm,
        /// Whether it is `async`.
        is_async: bool,
    },
    /// `new T(arguments) { initializer }`.
    New {
        /// The type.
        ty: TypeId,
        /// The arguments; none if there are no parentheses.
        arguments: Option<List<Argument>>,
        /// An [`Self::Initializer`].
        initializer: Option<ExprId>,
    },
    /// `new T[n]`, `new T[] { … }`.
    NewArray {
        /// The type of the whole array.
        ty: TypeId,
        /// The sizes between the first brackets; none where the initializer tells them.
        sizes: List<ExprId>,
        /// An [`Self::Initializer`]; there is one if there are no sizes.
        initializer: Option<ExprId>,
    },
    /// `new[] { … }`, `new[,] { … }`.
    NewImplicitArray {
        /// The number of dimensions, at least 1.
        rank: u32,
        /// An [`Self::Initializer`].
        initializer: ExprId,
    },
    /// `new { A = 1, b.C }`.
    NewAnonymous {
        /// Each a [`Self::Assign`] to a [`Self::Name`], or a name or member access that gives the name.
        members: List<ExprId>,
    },
    /// `{ … }` after `new`, after `=` in a declaration of an array, or inside another initializer.
    ///
    /// Either all elements are [`Self::Assign`] (an object initializer) or none is (a collection or array); a mixture
    /// was reported. The `{ "a", 1 }` of a dictionary's element is itself an initializer.
    Initializer(List<ExprId>),
    /// `["a"]` at the left of `=` in an object initializer.
    ElementName(List<Argument>),
    /// `typeof(T)`.
    TypeOf(TypeId),
    /// `sizeof(T)`.
    SizeOf(TypeId),
    /// `default(T)`. A plain `default` is a [`Literal`].
    Default(TypeId),
    /// `checked(value)`, `unchecked(value)`.
    Checked {
        /// The value.
        value: ExprId,
        /// Whether it is `checked`.
        checked: bool,
    },
    /// `throw value`, as an operand of `??`, a branch of `?:` or the body of a lambda; reported anywhere else.
    Throw(ExprId),
    /// `ref value`, as the start of a `ref` local and in `return`.
    Ref(ExprId),
    /// `from x in xs where … select …`. The first clause is a [`Clause::From`], the last a [`Clause::Select`] or
    /// [`Clause::Group`].
    Query(List<Clause>),
}

/// A name with the type arguments behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// The identifier.
    pub ident: Ident,
    /// The type arguments; empty if there is no `<…>`.
    pub type_args: List<TypeId>,
}

/// What kind of literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Literal {
    /// `null`.
    Null,
    /// `true`.
    True,
    /// `false`.
    False,
    /// `default`, without a type.
    Default,
    /// `1`, `0xFFul`, `0b1`: see [`crate::literal::integer`].
    Integer,
    /// `1.5`, `1e3`, `2m`, `3f`: see [`crate::literal::real`].
    Real,
    /// `'a'`: see [`crate::literal::character`].
    Char,
    /// `"a"` and `@"a"`: see [`crate::literal::string`].
    String,
}

/// A piece of an interpolated string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text, as written: see [`crate::literal::interpolated_text`].
    Text(Span),
    /// `{value,alignment:format}`.
    Hole {
        /// From `{` to `}`.
        span: Span,
        /// What is formatted.
        value: ExprId,
        /// The width, a constant.
        alignment: Option<ExprId>,
        /// The format without the colon, as written: its value is read like that of a text.
        format: Option<Span>,
    },
}

/// An operator with one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    /// `+x`
    Plus,
    /// `-x`
    Minus,
    /// `!x`
    Not,
    /// `~x`
    Complement,
    /// `++x`
    PreIncrement,
    /// `--x`
    PreDecrement,
    /// `x++`
    PostIncrement,
    /// `x--`
    PostDecrement,
    /// `await x`
    Await,
}

impl UnaryOp {
    /// Whether it stands behind its operand.
    #[must_use]
    pub fn is_postfix(self) -> bool {
        matches!(self, Self::PostIncrement | Self::PostDecrement)
    }

    /// How it is written.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Not => "!",
            Self::Complement => "~",
            Self::PreIncrement | Self::PostIncrement => "++",
            Self::PreDecrement | Self::PostDecrement => "--",
            Self::Await => "await",
        }
    }
}

/// An operator with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "`text` shows each")]
pub enum BinaryOp {
    Multiply,
    Divide,
    Remainder,
    Add,
    Subtract,
    ShiftLeft,
    ShiftRight,
    Less,
    Greater,
    LessOrEqual,
    GreaterOrEqual,
    Equal,
    NotEqual,
    BitAnd,
    BitXor,
    BitOr,
    /// `&&`: the right side is evaluated only if the left is true.
    And,
    /// `||`: the right side is evaluated only if the left is false.
    Or,
    /// `??`: the right side is evaluated only if the left is null. Binds to the right.
    Coalesce,
}

impl BinaryOp {
    /// How it is written.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::ShiftLeft => "<<",
            Self::ShiftRight => ">>",
            Self::Less => "<",
            Self::Greater => ">",
            Self::LessOrEqual => "<=",
            Self::GreaterOrEqual => ">=",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::BitAnd => "&",
            Self::BitXor => "^",
            Self::BitOr => "|",
            Self::And => "&&",
            Self::Or => "||",
            Self::Coalesce => "??",
        }
    }
}

/// Which assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AssignOp {
    /// `=`
    Set,
    /// `+=` and its like: the operator before `=`. [`BinaryOp::Coalesce`] is C# 8's `??=` and was reported.
    Compound(BinaryOp),
}

/// What a value is tested for, after `is` or `case`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// A constant: `null`, `5`, `"a"`, `Colour.Red`.
    Constant(ExprId),
    /// `is T`. A name here may as well be a constant (`n is Limit`): the binder tells, as C# does.
    Type(TypeId),
    /// `T name`, `var name`.
    Declaration {
        /// The type; [`super::TypeKind::Var`] matches everything, null too.
        ty: TypeId,
        /// The variable; `_` declares nothing.
        name: Ident,
    },
}

/// How an argument is passed or a parameter taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Passing {
    /// By value.
    Value,
    /// `ref`.
    Ref,
    /// `out`.
    Out,
    /// `in`.
    In,
    /// `params`, of a parameter.
    Params,
}

/// One argument of a call, an indexer or a construction, or one element of a tuple.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argument {
    /// From its name or modifier to the end of its value.
    pub span: Span,
    /// From behind the separator before it to the separator behind it: a cursor that touches this is in this argument.
    pub slot: Span,
    /// `name:`.
    pub name: Option<Ident>,
    /// `ref`, `out`, `in`.
    pub passing: Passing,
    /// The value; for `out var x` an [`ExprKind::Declaration`].
    pub value: ExprId,
}

/// A parameter of a lambda, an anonymous method or a local function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The whole of it.
    pub span: Span,
    /// Its modifier.
    pub passing: Passing,
    /// Its type; none for `x => …` and `(x, y) => …`.
    pub ty: Option<TypeId>,
    /// Its name.
    pub name: Ident,
    /// The default value, of a parameter of a local function.
    pub default: Option<ExprId>,
}

/// What a lambda does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LambdaBody {
    /// `=> value`
    Expr(ExprId),
    /// `=> { … }`, or the block of an anonymous method.
    Block(StmtId),
}

/// How a lambda is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LambdaForm {
    /// `x => …`
    Bare,
    /// `(x, y) => …`
    Parenthesized,
    /// `delegate (int x) { … }`
    Delegate,
    /// `delegate { … }`, which fits any parameters that are not `out`.
    DelegateWithoutParameters,
}

/// A clause of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clause {
    /// `from ty name in source`
    From {
        /// The type of the range variable, if written.
        ty: Option<TypeId>,
        /// The range variable.
        name: Ident,
        /// What it runs over.
        source: ExprId,
    },
    /// `let name = value`
    Let {
        /// The range variable.
        name: Ident,
        /// Its value.
        value: ExprId,
    },
    /// `where condition`
    Where(ExprId),
    /// `join ty name in source on left equals right into group`
    Join {
        /// The type of the range variable, if written.
        ty: Option<TypeId>,
        /// The range variable.
        name: Ident,
        /// `(source, left, right)`: what it runs over and the two keys; always three.
        operands: List<ExprId>,
        /// The variable of the group, with `into`.
        into: Option<Ident>,
    },
    /// One key of `orderby`; further keys of the same `orderby` follow as clauses with `first` false.
    OrderBy {
        /// The key.
        key: ExprId,
        /// Whether `descending` stands behind it.
        descending: bool,
        /// Whether it is the first key behind `orderby`.
        first: bool,
    },
    /// `select value`
    Select(ExprId),
    /// `group value by key`
    Group {
        /// What is grouped.
        value: ExprId,
        /// By what.
        key: ExprId,
    },
    /// `into name`: the query so far, continued under a new variable.
    Into(Ident),
}
