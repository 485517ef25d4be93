//! Holds the table of types to the service's reference: every type and member that an expression may use is there.
//!
//! What is not there yet is written down in `missing.txt`; the test fails for any other gap, and says which of those have
//! been closed. The reference lies beside the checkout.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use dotnet::catalogue::declaration::Declaration;
use dotnet::catalogue::signature::{MemberKind, Signature};
use dotnet::catalogue::{self, TypeDef, TypeKind};
use serde_json::Value;

/// What the reference has and the table lacks.
const MISSING: &str = include_str!("missing.txt");

fn reference() -> Option<Value> {
    let named = std::env::var_os("TOLLGATE_SHARED").map(PathBuf::from);
    let found = named.or_else(|| {
        let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
        above.map(|folder| folder.join("shared")).find(|folder| folder.join("reference").is_dir())
    });
    let text = found.and_then(|folder| std::fs::read_to_string(folder.join("reference/expressions.json")).ok());
    if text.is_none() {
        // Written past the test harness, which would keep it to itself.
        let line = b"skipped: the table of types is not compared, as the reference does not lie beside the checkout\n";
        std::io::stderr().write_all(line).expect("standard error is open");
    }
    text.map(|text| serde_json::from_str(&text).expect("the reference is JSON"))
}

/// A type by its name in C#: `System.Collections.Generic.List<T>`.
fn find(name: &str) -> Option<&'static TypeDef> {
    let (name, parameters) = name.split_once('<').unwrap_or((name, ""));
    let arity = if parameters.is_empty() { 0 } else { parameters.matches(',').count() + 1 };
    let known = catalogue::find(name, u8::try_from(arity).unwrap_or(u8::MAX));
    // Some rows name a type without its parameters.
    known.or_else(|| catalogue::all().iter().copied().find(|def| def.name == name))
}

/// Whether a type or one that it derives from has a member of this name.
fn has_member(def: &TypeDef, name: &str) -> bool {
    let name = match name {
        "(Constructor)" => ".ctor",
        other => other,
    };
    let is_named = |signature: &str| Signature::parse(signature).is_some_and(|signature| signature.name == name);
    def.members().any(|member| is_named(member.signature))
        || def.constants.iter().any(|(constant, _)| *constant == name)
        || def.kind == TypeKind::Enum && catalogue::find("System.Enum", 0).is_some_and(|base| has_member(base, name))
        || bases(def).into_iter().any(|base| has_member(base, name))
}

fn bases(def: &TypeDef) -> Vec<&'static TypeDef> {
    let declaration = Declaration::parse(def.declaration);
    let resolved = declaration.bases.iter().filter_map(|base| base.resolve(&declaration.scope()));
    let mut bases: Vec<&'static TypeDef> = resolved.map(|ty| ty.def).collect();
    if def.name != "System.Object" {
        bases.extend(catalogue::find("System.Object", 0));
    }
    bases
}

/// The type that a property of a type gives.
fn property_type(def: &TypeDef, name: &str) -> Option<&'static TypeDef> {
    let scope = Declaration::parse(def.declaration);
    def.members().find_map(|member| {
        let signature = Signature::parse(member.signature)?;
        let is_it = signature.name == name && signature.kind == MemberKind::Getter;
        let returns = signature.returns.as_ref().filter(|_| is_it)?;
        returns.resolve(&scope.scope()).map(|ty| ty.def)
    })
}

/// What of an entry of the context is not there.
fn missing_of_path(path: &str) -> Option<String> {
    let lacks = || Some(path.to_owned());
    if let Some((_, member)) = path.rsplit_once(">.") {
        // Extension methods stand in one class; their parameters are not part of the name.
        let name = member.split(['<', '(']).next().unwrap_or(member);
        let extensions = catalogue::find("Tollgate.PolicyExtensions", 0)?;
        let own = find("System.Security.Cryptography.X509Certificates.X509Certificate2");
        let found = has_member(extensions, name) || own.is_some_and(|own| has_member(own, name));
        return if found { None } else { lacks() };
    }
    let mut parts = path.split('.');
    let first = parts.next().unwrap_or("");
    let mut owner = match first {
        "context" => find("IContext"),
        other => find(other),
    };
    for part in parts {
        let name = part.split(['<', '[', '(']).next().unwrap_or(part);
        let Some(def) = owner else { return lacks() };
        if name == "GetValueOrDefault" {
            return None;
        }
        if !has_member(def, name) {
            return lacks();
        }
        owner = property_type(def, name);
    }
    None
}

#[test]
fn the_table_has_what_the_reference_has() {
    let Some(reference) = reference() else { return };
    let mut missing = BTreeSet::new();
    let types = reference["types"].as_array().unwrap();
    assert!(types.len() > 100);
    for row in types {
        let name = row["dotnet"].as_str().unwrap();
        let Some(def) = find(name) else {
            missing.insert(name.to_owned());
            continue;
        };
        for member in row["members"].as_array().unwrap() {
            let member = member.as_str().unwrap();
            if member != "all" && !member.starts_with('!') && !has_member(def, member) {
                missing.insert(format!("{name}.{member}"));
            }
        }
    }
    for entry in reference["context"].as_array().unwrap() {
        let is_documented = entry["sources"].as_array().unwrap().iter().any(|source| source == "docs");
        if is_documented {
            missing.extend(missing_of_path(entry["path"].as_str().unwrap()));
        }
    }
    let known: BTreeSet<String> = MISSING.lines().map(str::to_owned).collect();
    let (new, gone): (Vec<_>, Vec<_>) = (missing.difference(&known).collect(), known.difference(&missing).collect());
    assert!(new.is_empty(), "missing: {new:#?}");
    if !gone.is_empty() {
        // Written past the test harness, which would keep it to itself.
        let line = format!("no longer missing, to be struck out of missing.txt: {gone:?}\n");
        std::io::stderr().write_all(line.as_bytes()).unwrap();
    }
}
