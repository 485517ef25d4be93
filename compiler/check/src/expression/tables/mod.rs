//! The tables of types and members, read once and kept in the form that the binder asks for.
//!
//! Signatures are written in C# (`dotnet::catalogue`); here their types are looked up, and members are found by name.
//!
//! Not here: which members an expression sees (`lookup`), and what short names mean (`names`).

pub mod lookup;
pub mod names;

use std::collections::HashMap;
use std::sync::{OnceLock, PoisonError, RwLock};

use dotnet::catalogue::declaration::Declaration;
use dotnet::catalogue::signature::{MemberKind, Passing, Signature, TypeSyntax};
use dotnet::catalogue::{self, Body, MemberDef, TypeDef, TypeKind};
use dotnet::ty::Ty;

use super::constant::Constant;
use super::types::{self, Numeric, VOID};

/// The members of one type, as the type itself declares them.
pub struct Table {
    /// All of them, in the order in which they are written.
    pub members: Vec<Member>,
    by_name: HashMap<&'static str, Vec<usize>>,
    /// What calling a delegate of this type takes and gives, where no row tells it.
    invoke: Option<Member>,
}

/// One member.
pub struct Member {
    /// Its row; the rows of `Invoke` of delegates have no code.
    pub def: &'static MemberDef,
    /// The type in whose table it stands.
    pub owner: &'static TypeDef,
    /// Its name; see [`Signature::name`].
    pub name: &'static str,
    /// What kind of member it is.
    pub kind: MemberKind,
    /// Whether it belongs to the type and not to a value of it.
    pub is_static: bool,
    /// How many type parameters of its own it has.
    pub arity: usize,
    /// Its parameters, in order; types are open over the type's and the method's parameters.
    pub parameters: Vec<Parameter>,
    /// What it gives; the declaring type for a constructor.
    pub returns: Ty,
}

/// One parameter.
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub ty: Ty,
    /// How its argument is passed.
    pub passing: Passing,
    /// What a missing argument stands for.
    pub default: Option<Default>,
}

/// The value of a missing argument.
#[derive(Clone, Debug, PartialEq)]
pub enum Default {
    /// A constant.
    Constant(Constant),
    /// The default value of the parameter's type.
    OfType,
}

impl Member {
    /// Whether its first parameter may stand before the dot.
    pub fn is_extension(&self) -> bool {
        self.parameters.first().is_some_and(|parameter| parameter.passing == Passing::This)
    }

    /// The name that the author writes: the type's for a constructor.
    pub fn shown_name(&self) -> &'static str {
        if self.kind == MemberKind::Constructor { self.owner.short_name() } else { self.name }
    }

    /// The full name of the type that declares it.
    pub fn declaring_type(&self) -> &'static str {
        self.def.owner
    }
}

impl Table {
    /// The members called `name`.
    pub fn named<'n>(&'static self, name: &'n str) -> impl Iterator<Item = &'static Member> + use<'n> {
        let places = self.by_name.get(name).map_or(&[][..], Vec::as_slice);
        let derived = self.invoke.iter().filter(move |invoke| invoke.name == name);
        places.iter().filter_map(|place| self.members.get(*place)).chain(derived)
    }
}

/// The members of a type definition.
pub fn table(def: &'static TypeDef) -> &'static Table {
    static TABLES: OnceLock<RwLock<HashMap<usize, &'static Table>>> = OnceLock::new();
    let tables = TABLES.get_or_init(RwLock::default);
    let key = std::ptr::from_ref(def) as usize;
    if let Some(found) = tables.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return found;
    }
    // Built outside of the lock: defaults of parameters look into other tables.
    let built = build(def);
    let mut tables = tables.write().unwrap_or_else(PoisonError::into_inner);
    tables.entry(key).or_insert_with(|| Box::leak(Box::new(built)))
}

fn build(def: &'static TypeDef) -> Table {
    let declaration = Declaration::parse(def.declaration);
    let members: Vec<Member> =
        def.members().filter_map(|member| read(def, member, &declaration.type_parameters)).collect();
    let mut by_name: HashMap<&'static str, Vec<usize>> = HashMap::new();
    for (place, member) in members.iter().enumerate() {
        by_name.entry(member.name).or_default().push(place);
    }
    let derived = def.kind == TypeKind::Delegate && !by_name.contains_key("Invoke");
    let invoke = if derived { invoke_of(def, &declaration) } else { None };
    Table { members, by_name, invoke }
}

/// The member that a row describes; none if it names a type that the tables lack.
fn read(owner: &'static TypeDef, def: &'static MemberDef, type_parameters: &[&'static str]) -> Option<Member> {
    let signature = Signature::parse(def.signature)?;
    let scope = signature.scope(type_parameters);
    let mut parameters = Vec::with_capacity(signature.parameters.len());
    for parameter in &signature.parameters {
        let ty = parameter.ty.resolve(&scope)?;
        let default = match parameter.default {
            Some(text) => Some(default_value(text, ty)?),
            None => None,
        };
        parameters.push(Parameter { name: parameter.name, ty, passing: parameter.passing, default });
    }
    let returns = match &signature.returns {
        Some(TypeSyntax::Name("void", _)) => VOID,
        Some(syntax) => syntax.resolve(&scope)?,
        None => own_type(owner, type_parameters),
    };
    Some(Member {
        def,
        owner,
        name: signature.name,
        kind: signature.kind,
        is_static: signature.is_static,
        arity: signature.type_parameters.len(),
        parameters,
        returns,
    })
}

/// The type of a definition over its own type parameters.
pub fn own_type(def: &'static TypeDef, type_parameters: &[&str]) -> Ty {
    let args: Vec<Ty> = type_parameters
        .iter()
        .enumerate()
        .map(|(index, name)| Ty::parameter(name, u8::try_from(index).unwrap_or(u8::MAX), false))
        .collect();
    Ty::construct(def, &args)
}

/// The value that C# writes for a missing argument in a signature.
fn default_value(text: &str, ty: Ty) -> Option<Default> {
    Some(match text {
        "null" => Default::Constant(Constant::Null),
        "true" => Default::Constant(Constant::Bool(true)),
        "false" => Default::Constant(Constant::Bool(false)),
        "default" => Default::OfType,
        _ => match text.strip_prefix('"') {
            Some(rest) => Default::Constant(Constant::text(rest.strip_suffix('"')?.as_bytes())),
            None if text.starts_with("default(") => Default::OfType,
            None => match text.parse::<i128>() {
                Ok(value) if types::underlying(ty) == types::DOUBLE => {
                    Default::Constant(Constant::Double(value as f64))
                }
                Ok(value) => Default::Constant(Constant::Int(value)),
                Err(_) => Default::Constant(named_constant(text)?),
            },
        },
    })
}

/// The value of `StringComparison.Ordinal` and its like.
fn named_constant(text: &str) -> Option<Constant> {
    let (owner, name) = text.rsplit_once('.')?;
    let def = catalogue::find(owner, 0).or_else(|| catalogue::find_short(owner, 0).first().copied())?;
    if let Some((_, value)) = def.constants.iter().find(|(constant, _)| *constant == name) {
        return Some(Constant::Int((*value).into()));
    }
    let member = def.members().find(|member| member.signature.ends_with(&format!(" {name}")))?;
    match member.body {
        Body::Constant(constant) => Some(Constant::of_member(constant, Numeric::of(Ty::construct(def, &[])))),
        _ => None,
    }
}

/// The `Invoke` of a delegate type, read from its declaration: `public delegate R System.Func<in T, out R>(T arg)`.
fn invoke_of(def: &'static TypeDef, declaration: &Declaration<'static>) -> Option<Member> {
    let (_, rest) = def.declaration.split_once("delegate ")?;
    let (head, parameters) = rest.split_at(rest.find('(')?);
    let mut depth = 0;
    let mut end_of_result = None;
    for (at, c) in head.char_indices() {
        match c {
            '<' => depth += 1,
            '>' => depth -= 1,
            ' ' if depth == 0 => end_of_result = Some(at),
            _ => {}
        }
    }
    let result = head.get(..end_of_result?)?;
    let signature: &'static str = Box::leak(format!("{result} Invoke{parameters}").into_boxed_str());
    let row: &'static MemberDef = Box::leak(Box::new(MemberDef {
        owner: def.name,
        signature,
        docs: "Calls what the delegate stands for.",
        pure: false,
        reads_message: false,
        body: Body::Field(0),
    }));
    read(def, row, &declaration.type_parameters)
}

/// What calling a value of a delegate type takes and gives: the parameters' types and the result, with the type
/// arguments filled in.
pub fn invoke(ty: Ty) -> Option<Invoke> {
    if !types::is_delegate(ty) {
        return None;
    }
    let member = table(ty.def).named("Invoke").next()?;
    let filled = |open: Ty| open.substitute(ty.0.args, &[]);
    let parameters = member.parameters.iter().map(|parameter| (filled(parameter.ty), parameter.passing)).collect();
    Some(Invoke { member, parameters, returns: filled(member.returns) })
}

/// What calling a delegate takes and gives.
pub struct Invoke {
    /// The row of `Invoke`.
    pub member: &'static Member,
    /// The parameters' types, and how each is passed.
    pub parameters: Vec<(Ty, Passing)>,
    /// What it gives.
    pub returns: Ty,
}
