//! The tokens that the grammar reads.
//!
//! They say what a piece of text *means* where it stands: `<` is either an operator or opens a type list, `from` is
//! either a name or begins a query. Tokens marked "of no width" are not written at all; they announce what follows.
//! So the grammar needs one token of lookahead and no text.
//!
//! Not here: how text becomes tokens (`grammar::expression`).

use crate::span::Span;
use crate::tree::{AssignOp, BinaryOp, Literal, Predefined, UnaryOp};

/// A token with its place. Places do not go back in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The token.
    pub token: Token,
    /// Where it stands; empty for a token of no width.
    pub span: Span,
}

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// `@(`, the start of an expression.
    OpenExpression,
    /// `@{`, the start of statements.
    OpenBlock,

    /// A name.
    Ident,
    /// A literal of one piece.
    Literal(Literal),
    /// A type that is a keyword.
    Predefined(Predefined),
    /// `{{name}}`.
    Placeholder,
    /// A missing operand. Of no width.
    Hole,
    /// A missing type. Of no width.
    MissingType,
    /// A missing argument of an open generic type. Of no width.
    OmittedType,
    /// `$"` or, if true, `$@"`.
    InterpolatedStart(bool),
    /// Text of an interpolated string.
    InterpolatedText,
    /// `{` of a hole in an interpolated string.
    HoleOpen,
    /// `}` of a hole in an interpolated string.
    HoleClose,
    /// The format of a hole.
    HoleFormat,
    /// `"` at the end of an interpolated string.
    InterpolatedEnd,

    /// `(` of anything that is not one of the three below.
    ParenOpen,
    /// `(` before the type of a cast.
    CastOpen,
    /// `(` before the parameters of a lambda, an anonymous method or a local function.
    ParametersOpen,
    /// `(` of a tuple type.
    TupleTypeOpen,
    /// `)`
    ParenClose,
    /// `[` of an indexer, an element of an initializer, or array sizes.
    BracketOpen,
    /// `[` of an array type without sizes.
    RankOpen,
    /// `[` where an operand is expected.
    CollectionOpen,
    /// `]`
    BracketClose,
    /// `{`
    BraceOpen,
    /// `}`
    BraceClose,
    /// `<` of a type list.
    TypeListOpen,
    /// `>` of a type list.
    TypeListClose,
    /// `,`
    Comma,
    /// `,` between the keys of an `orderby`.
    OrderComma,
    /// `;`
    Semicolon,
    /// `:`
    Colon,
    /// `::`
    ColonColon,
    /// `.`
    Dot,
    /// `?.`
    QuestionDot,
    /// `?` before the `[` of a conditional indexer.
    QuestionBracket,
    /// `?` of a conditional.
    Question,
    /// `?` of a nullable type.
    Nullable,
    /// `=>`
    Arrow,

    /// An operator before its operand; none for one that C# 7 does not have.
    Prefix(Option<UnaryOp>),
    /// An operator behind its operand.
    Postfix(UnaryOp),
    /// An operator between two operands, except `??`. None, of no width, where it is missing or not of C# 7.
    Infix(Option<BinaryOp>),
    /// `??`
    Coalesce,
    /// `=`
    Equals,
    /// `+=` and its like.
    Assign(AssignOp),
    /// `is` before a type.
    IsType,
    /// `is` before a constant.
    IsConstant,
    /// `as`
    As,

    /// A type and the names of what it declares follow, at the start of a statement. Of no width.
    Declaration,
    /// A type and the name of what it declares inside an expression follow. Of no width.
    InlineDeclaration,
    /// A local function follows. Of no width.
    LocalFunction,
    /// `var` before the names of a deconstruction in parentheses.
    VarTuple,

    /// `async` before a lambda or a local function.
    Async,
    /// `base`
    Base,
    /// `break`
    Break,
    /// `case` before a constant.
    Case,
    /// `case` before a type and a name.
    CaseType,
    /// `catch`
    Catch,
    /// `checked` or, if false, `unchecked`.
    Checked(bool),
    /// `class`
    Class,
    /// `const`
    Const,
    /// `continue`
    Continue,
    /// `default` of a label.
    DefaultLabel,
    /// `default` before a type in parentheses.
    DefaultOf,
    /// `delegate`
    Delegate,
    /// `do`
    Do,
    /// `else`
    Else,
    /// `finally`
    Finally,
    /// `for`
    For,
    /// `foreach`
    ForEach,
    /// `goto`
    Goto,
    /// `if`
    If,
    /// `in`
    In,
    /// `lock`
    Lock,
    /// `new`
    New,
    /// `out`
    Out,
    /// `params`
    Params,
    /// `ref`, with `readonly` if that follows.
    Ref,
    /// `return`
    Return,
    /// `sizeof`
    SizeOf,
    /// `struct`
    Struct,
    /// `switch`
    Switch,
    /// `this`
    This,
    /// `throw`
    Throw,
    /// `try`
    Try,
    /// `typeof`
    TypeOf,
    /// `using`
    Using,
    /// `when`
    When,
    /// `where`
    Where,
    /// `while`
    While,
    /// `yield`
    Yield,

    /// `from`
    From,
    /// The end of a query. Of no width.
    QueryEnd,
    /// `let`
    Let,
    /// `join`
    Join,
    /// `on`
    On,
    /// `equals`
    EqualsWord,
    /// `into` of a `join`.
    JoinInto,
    /// `into` that continues a query.
    Into,
    /// `orderby`
    OrderBy,
    /// `ascending` or, if true, `descending`.
    Direction(bool),
    /// `select`
    Select,
    /// `group`
    Group,
    /// `by`
    By,
}
