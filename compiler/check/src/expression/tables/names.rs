//! What names of types and namespaces mean: the usings that every expression has, and the tree of namespaces.
//!
//! Not here: names of variables (`scope`) and of members (`lookup`).

use std::collections::HashSet;
use std::sync::OnceLock;

use dotnet::catalogue::{self, TypeDef};

/// The namespaces whose types an expression names without them.
pub const USINGS: [&str; 15] = [
    "System",
    "System.Collections.Generic",
    "System.Globalization",
    "System.IO",
    "System.Linq",
    "System.Net",
    "System.Security.Cryptography",
    "System.Security.Cryptography.X509Certificates",
    "System.Text",
    "System.Text.RegularExpressions",
    "System.Web",
    "System.Xml",
    "System.Xml.Linq",
    "Newtonsoft.Json",
    "Newtonsoft.Json.Linq",
];

/// What the full names of the host's own types begin with; their extension methods are always visible.
pub const HOST: &str = "Tollgate.";

/// What a short name names.
pub enum Visible {
    /// No type.
    None,
    /// One type.
    One(&'static TypeDef),
    /// Two types, from two of the namespaces.
    Ambiguous(&'static TypeDef, &'static TypeDef),
}

/// Whether policies may see a type at all.
pub fn is_public(def: &TypeDef) -> bool {
    !def.declaration.starts_with("internal ")
}

/// The type that a short name with so many type arguments names: one of the policy context's own, or one of the
/// namespaces in [`USINGS`].
pub fn visible(name: &str, arity: usize) -> Visible {
    let Ok(arity) = u8::try_from(arity) else { return Visible::None };
    let mut found = Visible::None;
    for def in catalogue::find_short(name, arity).iter().copied().filter(|def| is_public(def)) {
        let namespace = def.namespace();
        if namespace.is_empty() {
            return Visible::One(def);
        }
        // `using Formatting = Newtonsoft.Json.Formatting` stands in every expression.
        if def.name == "Newtonsoft.Json.Formatting" {
            return Visible::One(def);
        }
        if USINGS.contains(&namespace) {
            found = match found {
                Visible::None => Visible::One(def),
                Visible::One(other) | Visible::Ambiguous(other, _) => Visible::Ambiguous(other, def),
            };
        }
    }
    found
}

/// The type of the context's objects that is meant by its name without the `I`: `IRequest` by `Request`.
pub fn context_type(name: &str) -> Option<&'static TypeDef> {
    match visible(&format!("I{name}"), 0) {
        Visible::One(def) if def.namespace().is_empty() => Some(def),
        _ => None,
    }
}

/// The type of this full name.
pub fn full(name: &str, arity: usize) -> Option<&'static TypeDef> {
    catalogue::find(name, u8::try_from(arity).ok()?).filter(|def| is_public(def))
}

/// Whether there is a namespace of this full name.
pub fn is_namespace(name: &str) -> bool {
    namespaces().contains(name)
}

/// The full names of all namespaces.
pub fn namespaces() -> &'static HashSet<&'static str> {
    static NAMESPACES: OnceLock<HashSet<&'static str>> = OnceLock::new();
    NAMESPACES.get_or_init(|| {
        let mut found: HashSet<&'static str> = HashSet::new();
        let full: HashSet<&str> = catalogue::all().iter().map(|def| def.name).collect();
        for def in catalogue::all().iter().filter(|def| is_public(def)) {
            let mut rest = def.namespace();
            while !rest.is_empty() {
                // The part before a nested type's name is a type.
                if !full.contains(rest) {
                    found.insert(rest);
                }
                rest = rest.rsplit_once('.').map_or("", |(before, _)| before);
            }
        }
        found.extend(USINGS);
        found
    })
}

/// How many type parameters the types have that a name could mean, whatever was written; sorted.
pub fn arities(prefix: Option<&str>, name: &str) -> Vec<u8> {
    (0..=8)
        .filter(|arity| match prefix {
            Some(prefix) => full(&format!("{prefix}.{name}"), usize::from(*arity)).is_some(),
            None => !matches!(visible(name, usize::from(*arity)), Visible::None),
        })
        .collect()
}

/// Every type that can be named without its namespace.
pub fn visible_types() -> impl Iterator<Item = &'static TypeDef> {
    let all = catalogue::all().iter().copied();
    all.filter(|def| is_public(def) && (def.namespace().is_empty() || USINGS.contains(&def.namespace())))
}
