//! Text to lexemes.
//!
//! logos finds the lexemes; a driver around it does what a regular language cannot: the text and holes of interpolated
//! strings, `{{name}}` placeholders, letters beyond ASCII, preprocessor lines. Lexemes say what is written, not what it
//! means: `<` may open a type list and `from` may be a name, which `disambiguate` settles.
//!
//! Not here: what is inside a finished literal ([`csharp::literal`], checked by `check`).

mod directive;
mod interpolation;

use super::disambiguate::UNEXPECTED;
use super::finding::Findings;
use super::newer;
use crate::diagnostic::{Level, Rule};
use csharp::span::Span;
use directive::{Conditions, Directive};
use logos::Logos;
use unicode_general_category::{GeneralCategory, get_general_category};

/// A literal or comment that does not end.
pub static UNTERMINATED: Rule = Rule {
    id: "expression/unterminated",
    level: Level::Error,
    summary: "a string, character or comment in an expression does not end",
    page: include_str!("rules/unterminated.md"),
    aliases: &["CS1010", "CS1012", "CS1039", "CS1035", "CS8076"],
};

/// A character that C# has no use for.
pub static STRAY_CHARACTER: Rule = Rule {
    id: "expression/stray-character",
    level: Level::Error,
    summary: "an expression holds a character that C# has no use for",
    page: include_str!("rules/stray-character.md"),
    aliases: &["CS1056", "CS1646", "CS1024", "CS1040", "CS1028"],
};

/// An interpolation hole that C# 7 does not allow.
pub static INTERPOLATION: Rule = Rule {
    id: "expression/interpolation",
    level: Level::Error,
    summary: "a hole of an interpolated string is not written as C# 7 wants it",
    page: include_str!("rules/interpolation.md"),
    aliases: &["CS8361", "CS8967", "CS8077", "CS8088", "CS8089", "CS8087"],
};

/// One piece of the text, with what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lexeme {
    /// What it is.
    pub kind: Kind,
    /// Where it starts.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
}

impl Lexeme {
    /// Where it stands.
    #[must_use]
    pub fn span(self) -> Span {
        Span::new(self.start, self.end)
    }
}

/// What a lexeme is.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[logos(skip r"[ \t\r\n\x0B\x0C\u{85}\u{A0}\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}]+")]
#[logos(subpattern foreign = r"[^\x00-\x7F\u{85}\u{A0}\u{1680}\u{2000}-\u{206F}\u{3000}\u{FEFF}]")]
#[logos(subpattern letter = r"[A-Za-z_]|(?&foreign)|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}")]
#[allow(missing_docs, reason = "each is the keyword or the character beside it")]
pub enum Kind {
    /// The wrapper `@(`.
    OpenExpression,
    /// The wrapper `@{`.
    OpenBlock,
    /// A name, or a word that is a keyword only in its place, such as `var` and `from`.
    #[regex(r"@?(?&letter)((?&letter)|[0-9])*")]
    Identifier,
    #[regex(r"[0-9][0-9_]*([uU][lL]?|[lL][uU]?)?")]
    #[regex(r"0[xX][0-9a-fA-F_]*([uU][lL]?|[lL][uU]?)?")]
    #[regex(r"0[bB][01_]*([uU][lL]?|[lL][uU]?)?")]
    Integer,
    #[regex(r"([0-9][0-9_]*)?\.[0-9][0-9_]*([eE][+-]?[0-9][0-9_]*)?[fFdDmM]?")]
    #[regex(r"[0-9][0-9_]*[eE][+-]?[0-9][0-9_]*[fFdDmM]?")]
    #[regex(r"[0-9][0-9_]*[fFdDmM]")]
    Real,
    #[regex(r"'([^'\\\r\n]|\\[^\r\n])*'")]
    Char,
    /// Plain or verbatim.
    #[regex(r#""([^"\\\r\n]|\\[^\r\n])*""#)]
    #[regex(r#"@"([^"]|"")*""#)]
    String,
    #[regex(r"'([^'\\\r\n]|\\[^\r\n])*\\?", priority = 1)]
    UnfinishedChar,
    #[regex(r#""([^"\\\r\n]|\\[^\r\n])*\\?"#, priority = 1)]
    UnfinishedString,
    #[regex(r#"@"([^"]|"")*"#, priority = 1)]
    UnfinishedVerbatim,
    /// `$"`, `$@"`, and C# 8's `@$"`.
    #[token("$\"")]
    #[token("$@\"")]
    #[token("@$\"")]
    InterpolatedStart,
    /// Text of an interpolated string between its holes.
    InterpolatedText,
    HoleOpen,
    HoleClose,
    /// The format of a hole, without the colon.
    HoleFormat,
    InterpolatedEnd,
    /// `{{name}}` outside of literals.
    Placeholder,
    #[regex(r"//[^\r\n]*", allow_greedy = true)]
    #[regex(r"/\*([^*]|\*+[^*/])*\*+/")]
    Comment,
    #[regex(r"/\*([^*]|\*+[^*/])*\**", priority = 1)]
    UnfinishedComment,

    #[token("(")]
    ParenOpen,
    #[token(")")]
    ParenClose,
    #[token("[")]
    BracketOpen,
    #[token("]")]
    BracketClose,
    #[token("{")]
    BraceOpen,
    #[token("}")]
    BraceClose,
    #[token(",")]
    Comma,
    #[token(";")]
    Semicolon,
    #[token(":")]
    Colon,
    #[token("::")]
    ColonColon,
    #[token(".")]
    Dot,
    #[token("..")]
    DotDot,
    #[token("=>")]
    Arrow,
    #[token("->")]
    PointerArrow,
    #[token("?")]
    Question,
    #[token("??")]
    Coalesce,
    #[token("=")]
    Assign,
    #[token("+=")]
    AddAssign,
    #[token("-=")]
    SubtractAssign,
    #[token("*=")]
    MultiplyAssign,
    #[token("/=")]
    DivideAssign,
    #[token("%=")]
    RemainderAssign,
    #[token("&=")]
    AndAssign,
    #[token("|=")]
    OrAssign,
    #[token("^=")]
    XorAssign,
    #[token("<<=")]
    ShiftLeftAssign,
    #[token("??=")]
    CoalesceAssign,
    #[token("+")]
    Plus,
    #[token("-")]
    Minus,
    #[token("*")]
    Star,
    #[token("/")]
    Slash,
    #[token("%")]
    Percent,
    #[token("++")]
    Increment,
    #[token("--")]
    Decrement,
    #[token("!")]
    Bang,
    #[token("~")]
    Tilde,
    #[token("&")]
    Ampersand,
    #[token("|")]
    Bar,
    #[token("^")]
    Caret,
    #[token("&&")]
    AndAnd,
    #[token("||")]
    OrOr,
    #[token("==")]
    Equal,
    #[token("!=")]
    NotEqual,
    #[token("<")]
    Less,
    #[token("<=")]
    LessOrEqual,
    #[token("<<")]
    ShiftLeft,
    /// Always single: `>>` may close two type lists.
    #[token(">")]
    Greater,
    #[token(">=")]
    GreaterOrEqual,

    /// `int`, `string`, `void` and the other types that are keywords.
    #[token("bool")]
    #[token("byte")]
    #[token("char")]
    #[token("decimal")]
    #[token("double")]
    #[token("float")]
    #[token("int")]
    #[token("long")]
    #[token("object")]
    #[token("sbyte")]
    #[token("short")]
    #[token("string")]
    #[token("uint")]
    #[token("ulong")]
    #[token("ushort")]
    #[token("void")]
    Predefined,
    #[token("as")]
    As,
    #[token("base")]
    Base,
    #[token("break")]
    Break,
    #[token("case")]
    Case,
    #[token("catch")]
    Catch,
    #[token("checked")]
    Checked,
    #[token("class")]
    Class,
    #[token("const")]
    Const,
    #[token("continue")]
    Continue,
    #[token("default")]
    Default,
    #[token("delegate")]
    Delegate,
    #[token("do")]
    Do,
    #[token("else")]
    Else,
    #[token("false")]
    False,
    #[token("finally")]
    Finally,
    #[token("for")]
    For,
    #[token("foreach")]
    ForEach,
    #[token("goto")]
    Goto,
    #[token("if")]
    If,
    #[token("in")]
    In,
    #[token("is")]
    Is,
    #[token("lock")]
    Lock,
    #[token("new")]
    New,
    #[token("null")]
    Null,
    #[token("out")]
    Out,
    #[token("params")]
    Params,
    #[token("readonly")]
    ReadOnly,
    #[token("ref")]
    Ref,
    #[token("return")]
    Return,
    #[token("sizeof")]
    SizeOf,
    #[token("stackalloc")]
    StackAlloc,
    #[token("static")]
    Static,
    #[token("struct")]
    Struct,
    #[token("switch")]
    Switch,
    #[token("this")]
    This,
    #[token("throw")]
    Throw,
    #[token("true")]
    True,
    #[token("try")]
    Try,
    #[token("typeof")]
    TypeOf,
    #[token("unchecked")]
    Unchecked,
    #[token("unsafe")]
    Unsafe,
    #[token("using")]
    Using,
    #[token("while")]
    While,
    /// A keyword that no expression has a use for.
    #[token("abstract")]
    #[token("enum")]
    #[token("event")]
    #[token("explicit")]
    #[token("extern")]
    #[token("fixed")]
    #[token("implicit")]
    #[token("interface")]
    #[token("internal")]
    #[token("namespace")]
    #[token("operator")]
    #[token("override")]
    #[token("private")]
    #[token("protected")]
    #[token("public")]
    #[token("sealed")]
    #[token("virtual")]
    #[token("volatile")]
    Reserved,
}

/// The lexemes of an expression, and its comments.
#[derive(Clone, Debug, Default)]
pub struct Lexed {
    /// The lexemes in the order of the text; they do not overlap.
    pub lexemes: Vec<Lexeme>,
    /// The comments, and what stands between `<!--` and `-->`.
    pub comments: Vec<Span>,
}

/// Splits `text`, wrapper included, into lexemes.
pub(super) fn lex(text: &str, findings: &mut Findings) -> Lexed {
    let mut lexer = Lexer {
        text,
        base: 0,
        logos: Kind::lexer(text),
        out: Lexed { lexemes: Vec::with_capacity(text.len() / 4 + 8), comments: Vec::new() },
        holes: Vec::new(),
        conditions: Conditions::default(),
        no_comment_ends: false,
        findings,
    };
    lexer.wrapper();
    lexer.run();
    lexer.out
}

struct Lexer<'t, 'f> {
    text: &'t str,
    /// Where the text that logos reads begins.
    base: usize,
    logos: logos::Lexer<'t, Kind>,
    out: Lexed,
    holes: Vec<Hole>,
    conditions: Conditions,
    /// Whether no `-->` follows in the text.
    no_comment_ends: bool,
    findings: &'f mut Findings,
}

/// A hole of an interpolated string that is being read.
struct Hole {
    verbatim: bool,
    /// How many brackets are open inside of it.
    depth: u32,
    /// How many `?` of conditionals wait for their colon.
    conditionals: u32,
    broken_line: bool,
}

impl Lexer<'_, '_> {
    fn wrapper(&mut self) {
        let start = self.text.len() - self.text.trim_start().len();
        let kind = match self.text.as_bytes().get(start..start + 2) {
            Some(b"@(") => Kind::OpenExpression,
            Some(b"@{") => Kind::OpenBlock,
            _ => return,
        };
        self.push(kind, start, start + 2);
        self.go_to(start + 2);
    }

    fn run(&mut self) {
        while let Some(found) = self.logos.next() {
            let span = self.logos.span();
            let (start, end) = (self.base + span.start, self.base + span.end);
            if !self.holes.is_empty() && self.in_hole(found, start, end) {
                continue;
            }
            match found {
                Ok(Kind::Identifier) => self.identifier(start, end),
                Ok(Kind::String) => self.string(start, end),
                Ok(Kind::BraceOpen) => self.brace(start, end),
                Ok(Kind::Less) => self.less(start, end),
                Ok(Kind::Comment) => self.out.comments.push(Span::from(start..end)),
                Ok(Kind::InterpolatedStart) => self.interpolated(start, end),
                Ok(
                    kind @ (Kind::UnfinishedString
                    | Kind::UnfinishedChar
                    | Kind::UnfinishedVerbatim
                    | Kind::UnfinishedComment),
                ) => self.unfinished(kind, start, end),
                Ok(kind) => self.push(kind, start, end),
                Err(()) => self.stray(start),
            }
        }
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        let Span { start, end } = Span::from(start..end);
        self.out.lexemes.push(Lexeme { kind, start, end });
    }

    /// Reads on at `at`.
    fn go_to(&mut self, at: usize) {
        self.base = at;
        self.logos = Kind::lexer(self.text.get(at..).unwrap_or(""));
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or("")
    }

    /// What lies between the last lexeme, or the last place that was read on from, and `at`. All gaps together are no
    /// longer than the text.
    fn gap_before(&self, at: usize) -> &str {
        let before = self.out.lexemes.last().map_or(0, |lexeme| lexeme.end as usize);
        self.slice(before.max(self.base), at)
    }

    /// A name, or several with characters between them that cannot be part of one.
    fn identifier(&mut self, start: usize, end: usize) {
        let text = self.text.get(start..end).unwrap_or("");
        if text.is_ascii() {
            let suffix = matches!(text, "u8" | "U8")
                && self.out.lexemes.last().is_some_and(|l| l.kind == Kind::String && l.end as usize == start);
            if suffix {
                newer::report(self.findings, Span::from(start..end), newer::Form::Utf8String);
                return;
            }
            return self.push(Kind::Identifier, start, end);
        }
        let mut piece = start;
        for (at, c) in text.char_indices().map(|(at, c)| (start + at, c)) {
            let belongs = c.is_ascii() || begins_name(c) || at > piece && continues_name(c);
            if !belongs {
                self.piece(piece, at);
                self.report_stray(at, c);
                piece = at + c.len_utf8();
            }
        }
        self.piece(piece, end);
    }

    /// A part of a name that was cut by a character that does not belong into it; may be a keyword or a number.
    fn piece(&mut self, start: usize, end: usize) {
        if start < end {
            let kind = Kind::lexer(self.slice(start, end)).next().and_then(Result::ok);
            self.push(kind.unwrap_or(Kind::Identifier), start, end);
        }
    }

    fn string(&mut self, start: usize, end: usize) {
        // Two quotes and a third: no C# 7 text has that, and C# 11 begins a raw string so.
        if end - start == 2 && self.byte(end) == b'"' {
            let rest = self.text.get(start..).unwrap_or("");
            let count = rest.bytes().take_while(|b| *b == b'"').count();
            let quotes = rest.get(..count).unwrap_or("");
            let inside = rest.get(count..).unwrap_or("");
            let end = match inside.find(quotes) {
                Some(at) => start + count + at + count,
                None => start + rest.find(['\r', '\n']).unwrap_or(rest.len()),
            };
            newer::report(self.findings, Span::from(start..end), newer::Form::RawString);
            self.push(Kind::String, start, end);
            return self.go_to(end);
        }
        self.push(Kind::String, start, end);
    }

    /// `<`, or the comment of the document around the expression that begins with it. As C#, `<!--` could only compare
    /// with something that has no order.
    fn less(&mut self, start: usize, end: usize) {
        let rest = self.text.get(start..).unwrap_or("");
        if !rest.starts_with("<!--") || self.no_comment_ends {
            return self.push(Kind::Less, start, end);
        }
        let Some(length) = rest.find("-->").map(|at| at + 3) else {
            self.no_comment_ends = true;
            return self.push(Kind::Less, start, end);
        };
        let span = Span::from(start..start + length);
        let finding = self.findings.report(&UNEXPECTED, span, "an XML comment cannot stand inside an expression");
        finding.code("CS1525").help("write it behind `//`, or between `/*` and `*/`");
        self.out.comments.push(span);
        self.go_to(start + length);
    }

    /// A brace, or the `{{name}}` that begins with it.
    fn brace(&mut self, start: usize, end: usize) {
        if self.byte(end) == b'{'
            && let Some(close) = placeholder_end(self.text, start)
            && !self.opens_nested_initializer()
        {
            self.push(Kind::Placeholder, start, close);
            return self.go_to(close);
        }
        self.push(Kind::BraceOpen, start, end);
    }

    /// Whether two braces here open an initializer and one within it, as in `new[,] {{1}}` and `int[,] m = {{1}}`.
    /// A placeholder is an operand, and none can stand directly behind another.
    fn opens_nested_initializer(&self) -> bool {
        let mut before = self.out.lexemes.iter().rev().map(|lexeme| lexeme.kind);
        match before.next() {
            Some(Kind::BracketClose | Kind::Identifier | Kind::Greater | Kind::ParenClose) => true,
            Some(Kind::Assign) => {
                before.next() == Some(Kind::Identifier)
                    && before.next() == Some(Kind::BracketClose)
                    && before.next() == Some(Kind::Comma)
            }
            _ => false,
        }
    }

    fn unfinished(&mut self, kind: Kind, start: usize, end: usize) {
        let span = Span::from(start..end);
        let (code, message) = match kind {
            Kind::UnfinishedChar => ("CS1012", "this character does not end on its line"),
            Kind::UnfinishedVerbatim => ("CS1039", "this string does not end"),
            Kind::UnfinishedComment => ("CS1035", "this comment does not end"),
            _ => ("CS1010", "this string does not end on its line"),
        };
        let finding = self.findings.report(&UNTERMINATED, span, message).code(code);
        match kind {
            Kind::UnfinishedComment => {
                finding.help("end it with `*/`");
                self.out.comments.push(span);
            }
            Kind::UnfinishedChar => self.push(Kind::Char, start, end),
            _ => self.push(Kind::String, start, end),
        }
    }

    /// What logos does not know.
    fn stray(&mut self, start: usize) {
        match self.slice(start, self.text.len()).chars().next() {
            Some('#') => self.directive(start),
            Some(c) => {
                self.report_stray(start, c);
                self.go_to(start + c.len_utf8());
            }
            None => {}
        }
    }

    fn report_stray(&mut self, start: usize, c: char) {
        let span = Span::from(start..start + c.len_utf8());
        let message = match c {
            '@' => "`@` has to stand before a name or a string".to_owned(),
            '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}' | '\u{00AD}' => {
                format!("there is an invisible character here, U+{:04X}", u32::from(c))
            }
            c if c.is_control() => format!("there is a control character here, U+{:04X}", u32::from(c)),
            c => format!("`{c}` is not a character of C#"),
        };
        let finding = self.findings.report(&STRAY_CHARACTER, span, message);
        finding.code(if c == '@' { "CS1646" } else { "CS1056" });
        match c {
            '“' | '”' | '„' | '‟' => finding.fix("Replace with a straight quote", span, "\""),
            '‘' | '’' => finding.fix("Replace with a straight quote", span, "'"),
            '@' => finding.help("inside an expression, code stands without a further `@`"),
            _ => finding.fix("Remove it", span, ""),
        };
    }

    fn directive(&mut self, start: usize) {
        if !self.gap_before(start).contains(['\r', '\n']) {
            let finding =
                self.findings.report(&STRAY_CHARACTER, Span::from(start..start + 1), "`#` may only begin a line");
            finding.code("CS1040");
            return self.go_to(start + 1);
        }
        let line_end = start + self.slice(start, self.text.len()).find(['\r', '\n']).unwrap_or(self.text.len() - start);
        let span = Span::from(start..line_end);
        let end = match self.conditions.read(self.text, start) {
            Directive::Ignore => line_end,
            Directive::SkipTo(end) => end,
            Directive::Error => {
                self.findings.report(&STRAY_CHARACTER, span, "`#error` refuses this text").code("CS1029");
                line_end
            }
            Directive::Unknown => {
                self.findings
                    .report(&STRAY_CHARACTER, span, "this is no preprocessor line that fits here")
                    .code("CS1024");
                line_end
            }
        };
        self.go_to(end);
    }
}

/// Whether a name may begin with this character, by C#'s list of categories.
fn begins_name(c: char) -> bool {
    use GeneralCategory::{
        LetterNumber, LowercaseLetter, ModifierLetter, OtherLetter, TitlecaseLetter, UppercaseLetter,
    };
    matches!(
        get_general_category(c),
        UppercaseLetter | LowercaseLetter | TitlecaseLetter | ModifierLetter | OtherLetter | LetterNumber
    )
}

/// Whether this character may stand in a name behind its first.
fn continues_name(c: char) -> bool {
    use GeneralCategory::{ConnectorPunctuation, DecimalNumber, Format, NonspacingMark, SpacingMark};
    matches!(get_general_category(c), NonspacingMark | SpacingMark | DecimalNumber | ConnectorPunctuation | Format)
}

/// Where a `{{name}}` that begins at `start` ends.
fn placeholder_end(text: &str, start: usize) -> Option<usize> {
    let name = text.get(start + 2..)?;
    let length = name.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-')).count();
    (length > 0 && name.get(length..)?.starts_with("}}")).then_some(start + 2 + length + 2)
}
