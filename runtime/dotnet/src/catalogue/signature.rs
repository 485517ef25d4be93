//! Reads the signatures of members, which are written as C# writes them.
//!
//! Only what the tables of this crate use is read; a signature that cannot be read is our fault, and a test over all
//! of them says so.

use super::TypeDef;
use crate::ty::{KEYWORDS, Ty};

/// A member's signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature<'t> {
    /// The member's name; `.ctor` for a constructor, `Item` for an indexer, `op_Addition` … for operators.
    pub name: &'t str,
    /// Which kind of member it is.
    pub kind: MemberKind,
    /// Whether it belongs to the type and not to a value of it.
    pub is_static: bool,
    /// Its own type parameters.
    pub type_parameters: Vec<&'t str>,
    /// Its parameters, in order.
    pub parameters: Vec<Parameter<'t>>,
    /// What it gives; none for a constructor.
    pub returns: Option<TypeSyntax<'t>>,
    /// The type parameters that must be of a class or interface or derive from it, each with that type.
    pub constraints: Vec<(&'t str, TypeSyntax<'t>)>,
}

/// The kinds of members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MemberKind {
    /// A method.
    Method,
    /// A constructor.
    Constructor,
    /// Reads a property or, with parameters, an indexer.
    Getter,
    /// Writes a property or indexer; the new value is the last argument.
    Setter,
    /// A field, constant or not, or a constant of an enumeration.
    Field,
    /// An operator of one or two operands.
    Operator,
    /// A conversion that C# makes unasked.
    Implicit,
    /// A conversion that needs a cast.
    Explicit,
}

/// One parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter<'t> {
    /// Its name, by which an argument may be named.
    pub name: &'t str,
    /// Its type.
    pub ty: TypeSyntax<'t>,
    /// How the argument is passed.
    pub passing: Passing,
    /// The constant that stands for a missing argument, as C# writes it.
    pub default: Option<&'t str>,
}

/// How an argument is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Passing {
    /// By value.
    Value,
    /// By value; it may stand before the dot.
    This,
    /// The member writes it.
    Out,
    /// The member reads and writes it.
    Ref,
    /// Any number of arguments, gathered into an array.
    Params,
}

/// A type as C# writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeSyntax<'t> {
    /// A name with type arguments.
    Name(&'t str, Vec<Self>),
    /// An array of so many dimensions.
    Array(Box<Self>, u8),
    /// `T?`.
    Nullable(Box<Self>),
}

/// The type parameters that are visible where a type is written.
#[derive(Clone, Debug, Default)]
pub struct Scope<'t> {
    /// Those of the declaring type.
    pub of_type: Vec<&'t str>,
    /// Those of the member.
    pub of_method: Vec<&'t str>,
}

impl<'t> TypeSyntax<'t> {
    /// The type that this names; `None` if the tables do not have it.
    #[must_use]
    pub fn resolve(&self, scope: &Scope<'_>) -> Option<Ty> {
        match self {
            Self::Array(element, rank) => Some(Ty::array(element.resolve(scope)?, *rank)),
            Self::Nullable(inner) => {
                let inner = inner.resolve(scope)?;
                Some(if inner.is_value_type() || inner.is_parameter() { Ty::nullable(inner) } else { inner })
            }
            Self::Name(name, args) => {
                for (parameters, of_method) in [(&scope.of_method, true), (&scope.of_type, false)] {
                    if let Some(index) = parameters.iter().position(|parameter| parameter == name) {
                        return Some(Ty::parameter(name, u8::try_from(index).ok()?, of_method));
                    }
                }
                let args: Option<Vec<Ty>> = args.iter().map(|arg| arg.resolve(scope)).collect();
                let args = args?;
                Some(Ty::construct(find_named(name, args.len())?, &args))
            }
        }
    }
}

fn find_named(name: &str, arity: usize) -> Option<&'static TypeDef> {
    let arity = u8::try_from(arity).ok()?;
    if let Some((full, _)) = KEYWORDS.iter().find(|(_, keyword)| *keyword == name) {
        return super::find(full, arity);
    }
    super::find(name, arity).or_else(|| super::find_short(name, arity).first().copied())
}

impl<'t> Signature<'t> {
    /// The signature that `text` writes.
    #[must_use]
    pub fn parse(text: &'t str) -> Option<Self> {
        let mut reader = Reader::new(text);
        let signature = reader.signature()?;
        reader.rest().is_empty().then_some(signature)
    }

    /// A signature of which only the name is known.
    fn named(name: &'t str, kind: MemberKind, is_static: bool) -> Self {
        let (type_parameters, parameters, constraints) = (Vec::new(), Vec::new(), Vec::new());
        Self { name, kind, is_static, type_parameters, parameters, returns: None, constraints }
    }

    /// The scope that its types are to be resolved in, for a member of a type with these parameters.
    #[must_use]
    pub fn scope(&self, of_type: &[&'t str]) -> Scope<'t> {
        Scope { of_type: of_type.to_vec(), of_method: self.type_parameters.clone() }
    }

    /// Whether the member's function is told the type that the member is called on: constructors and static members
    /// of generic types are; other members find it in the header of the object.
    #[must_use]
    pub fn takes_type(&self, owner_arity: u8) -> bool {
        owner_arity > 0 && (self.is_static || self.kind == MemberKind::Constructor)
    }

    /// How many words the member's function takes: the receiver, the parameters, the new value of a setter, the method's
    /// type arguments, and the type that it is called on (see `takes_type`).
    #[must_use]
    pub fn words(&self, owner_arity: u8) -> usize {
        let receiver = usize::from(!self.is_static && self.kind != MemberKind::Constructor);
        let value = usize::from(self.kind == MemberKind::Setter);
        let ty = usize::from(self.takes_type(owner_arity));
        receiver + self.parameters.len() + value + self.type_parameters.len() + ty
    }
}

/// Reads the small part of C# that declarations are written in.
pub(super) struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) fn rest(&mut self) -> &'t str {
        self.skip_blanks();
        self.text.get(self.at..).unwrap_or("")
    }

    fn skip_blanks(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or("");
        self.at += rest.len() - rest.trim_start().len();
    }

    pub(super) fn accept(&mut self, mark: &str) -> bool {
        let found = self.rest().starts_with(mark);
        if found {
            self.at += mark.len();
        }
        found
    }

    fn require(&mut self, mark: &str) -> Option<()> {
        self.accept(mark).then_some(())
    }

    pub(super) fn accept_word(&mut self, word: &str) -> bool {
        let found = self.rest().strip_prefix(word).is_some_and(|after| !after.starts_with(is_name_character));
        if found {
            self.at += word.len();
        }
        found
    }

    /// A name; dots belong to it.
    pub(super) fn name(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let end = rest.find(|c| !is_name_character(c) && c != '.').unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).filter(|name| !name.is_empty())
    }

    pub(super) fn ty(&mut self) -> Option<TypeSyntax<'t>> {
        let name = self.name()?;
        let mut args = Vec::new();
        if self.accept("<") {
            loop {
                args.push(self.ty()?);
                if !self.accept(",") {
                    break;
                }
            }
            self.require(">")?;
        }
        let mut ty = TypeSyntax::Name(name, args);
        loop {
            if self.accept("?") {
                ty = TypeSyntax::Nullable(Box::new(ty));
            } else if self.accept("[]") {
                ty = TypeSyntax::Array(Box::new(ty), 1);
            } else if self.accept("[,]") {
                ty = TypeSyntax::Array(Box::new(ty), 2);
            } else {
                return Some(ty);
            }
        }
    }

    pub(super) fn names_in_angles(&mut self) -> Option<Vec<&'t str>> {
        let mut names = Vec::new();
        if self.accept("<") {
            loop {
                names.push(self.name()?);
                if !self.accept(",") {
                    break;
                }
            }
            self.require(">")?;
        }
        Some(names)
    }

    fn signature(&mut self) -> Option<Signature<'t>> {
        let is_const = self.accept_word("const");
        let is_static = self.accept_word("static") || is_const;
        for (word, kind) in [("implicit", MemberKind::Implicit), ("explicit", MemberKind::Explicit)] {
            if self.accept_word(word) {
                self.accept_word("operator").then_some(())?;
                let returns = Some(self.ty()?);
                let parameters = self.parameters("(", ")")?;
                let name = if kind == MemberKind::Implicit { "op_Implicit" } else { "op_Explicit" };
                return Some(Signature { parameters, returns, ..Signature::named(name, kind, is_static) });
            }
        }
        let returns = self.ty()?;
        if self.rest().starts_with('(') {
            let parameters = self.parameters("(", ")")?;
            return Some(Signature { parameters, ..Signature::named(".ctor", MemberKind::Constructor, is_static) });
        }
        if self.accept_word("operator") {
            let symbol = self.operator()?;
            let parameters = self.parameters("(", ")")?;
            let name = operator_name(symbol, parameters.len())?;
            let returns = Some(returns);
            return Some(Signature { parameters, returns, ..Signature::named(name, MemberKind::Operator, is_static) });
        }
        let (name, parameters) =
            if self.accept_word("this") { ("Item", self.parameters("[", "]")?) } else { (self.name()?, Vec::new()) };
        let returns = Some(returns);
        if self.accept("{") {
            let kind = if self.accept_word("get") { MemberKind::Getter } else { MemberKind::Setter };
            if kind == MemberKind::Setter {
                self.accept_word("set").then_some(())?;
            }
            self.require(";")?;
            self.require("}")?;
            return Some(Signature { parameters, returns, ..Signature::named(name, kind, is_static) });
        }
        let type_parameters = self.names_in_angles()?;
        if self.rest().starts_with('(') {
            let parameters = self.parameters("(", ")")?;
            let constraints = self.constraints()?;
            let method = Signature::named(name, MemberKind::Method, is_static);
            return Some(Signature { type_parameters, parameters, returns, constraints, ..method });
        }
        Some(Signature { type_parameters, returns, ..Signature::named(name, MemberKind::Field, is_static) })
    }

    fn constraints(&mut self) -> Option<Vec<(&'t str, TypeSyntax<'t>)>> {
        let mut constraints = Vec::new();
        while self.accept_word("where") {
            let parameter = self.name()?;
            self.require(":")?;
            constraints.push((parameter, self.ty()?));
        }
        Some(constraints)
    }

    fn operator(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let end = rest.find(|c: char| c == '(' || c.is_whitespace())?;
        self.at += end;
        rest.get(..end)
    }

    fn parameters(&mut self, open: &str, close: &str) -> Option<Vec<Parameter<'t>>> {
        self.require(open)?;
        let mut parameters = Vec::new();
        while !self.accept(close) {
            if !parameters.is_empty() {
                self.require(",")?;
            }
            let passings =
                [("this", Passing::This), ("out", Passing::Out), ("ref", Passing::Ref), ("params", Passing::Params)];
            let passing = passings.iter().find(|(word, _)| self.accept_word(word)).map_or(Passing::Value, |(_, p)| *p);
            let ty = self.ty()?;
            let name = self.name()?;
            let default = if self.accept("=") { Some(self.default_value()?) } else { None };
            parameters.push(Parameter { name, ty, passing, default });
        }
        Some(parameters)
    }

    fn default_value(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let end = rest.find([',', ')', ']'])?;
        self.at += end;
        rest.get(..end).map(str::trim_end)
    }
}

fn is_name_character(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The name that .NET gives the method of an operator.
#[must_use]
pub fn operator_name(symbol: &str, operands: usize) -> Option<&'static str> {
    Some(match (symbol, operands) {
        ("+", 1) => "op_UnaryPlus",
        ("-", 1) => "op_UnaryNegation",
        ("!", 1) => "op_LogicalNot",
        ("~", 1) => "op_OnesComplement",
        ("++", 1) => "op_Increment",
        ("--", 1) => "op_Decrement",
        ("+", 2) => "op_Addition",
        ("-", 2) => "op_Subtraction",
        ("*", 2) => "op_Multiply",
        ("/", 2) => "op_Division",
        ("%", 2) => "op_Modulus",
        ("&", 2) => "op_BitwiseAnd",
        ("|", 2) => "op_BitwiseOr",
        ("^", 2) => "op_ExclusiveOr",
        ("<<", 2) => "op_LeftShift",
        (">>", 2) => "op_RightShift",
        ("==", 2) => "op_Equality",
        ("!=", 2) => "op_Inequality",
        ("<", 2) => "op_LessThan",
        (">", 2) => "op_GreaterThan",
        ("<=", 2) => "op_LessThanOrEqual",
        (">=", 2) => "op_GreaterThanOrEqual",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Signature<'_> {
        Signature::parse(text).unwrap_or_else(|| panic!("`{text}` cannot be read"))
    }

    #[test]
    fn members_are_read_as_csharp_writes_them() {
        let method = read("static IEnumerable<R> Select<T, R>(this IEnumerable<T> source, Func<T, int, R> selector)");
        assert_eq!((method.name, method.kind, method.is_static), ("Select", MemberKind::Method, true));
        assert_eq!(method.type_parameters, ["T", "R"]);
        assert_eq!(method.parameters[0].passing, Passing::This);
        assert_eq!(method.parameters[1].name, "selector");
        assert_eq!(method.words(0), 4);
        let getter = read("T this[int index] { get; }");
        assert_eq!((getter.name, getter.kind, getter.words(1)), ("Item", MemberKind::Getter, 2));
        let setter = read("int Capacity { set; }");
        assert_eq!((setter.name, setter.kind, setter.words(1)), ("Capacity", MemberKind::Setter, 2));
        assert_eq!(read("T this[int index] { set; }").words(1), 3);
        let constructor = read("List(IEnumerable<T> collection)");
        assert_eq!((constructor.kind, constructor.words(1)), (MemberKind::Constructor, 2));
        let operator = read("static bool operator ==(DateTime a, DateTime b)");
        assert_eq!((operator.name, operator.kind), ("op_Equality", MemberKind::Operator));
        assert_eq!(read("static explicit operator int?(JToken value)").kind, MemberKind::Explicit);
        assert_eq!(read("const int MaxValue").kind, MemberKind::Field);
        let optional = read("T As<T>(bool preserveContent = false)");
        assert_eq!(optional.parameters[0].default, Some("false"));
        assert_eq!(read("static bool TryParse(string s, out int result)").parameters[1].passing, Passing::Out);
        let constrained =
            read("static int Count<T, U>(this IEnumerable<T> source) where T : JToken where U : IList<T>");
        assert_eq!(constrained.constraints.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["T", "U"]);
        assert_eq!(read("static void Resize<T>(ref T[] array, int newSize)").parameters[0].passing, Passing::Ref);
    }
}
