//! `tollgate capabilities`: what this version knows, as data for programs.
//!
//! Everything is read from the tables that the checker and the gateway work with. Not here: those tables.

use clap::Args;
use dotnet::catalogue::{TypeDef, TypeKind};
use grammar::diagnostic::Rule;
use policies::{AttributeDef, ChildDef, ElementDef, ExpressionUse, PolicyDef, Runs, ValueType};
use serde_json::{Map, Value, json};

use crate::console::Console;
use crate::{Ending, Failure, explain};

/// Prints every policy, type, rule and limit that this version knows, as JSON.
#[derive(Args)]
pub struct Arguments {}

/// Runs the verb.
pub fn run(console: &mut Console) -> Result<Ending, Failure> {
    let text = serde_json::to_string_pretty(&capabilities()).map_err(Failure::fault)?;
    console.result(&text);
    Ok(Ending::Fine)
}

fn capabilities() -> Value {
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "policies": policies::POLICIES.iter().map(|def| policy(def)).collect::<Vec<_>>(),
        "types": dotnet::catalogue::all().iter().map(|def| ty(def)).collect::<Vec<_>>(),
        "rules": explain::rules().into_iter().map(rule).collect::<Vec<_>>(),
        "limits": limits(),
    })
}

fn policy(def: &PolicyDef) -> Value {
    let mut out = element(&def.element);
    out.insert("sections".into(), def.sections.iter().map(|section| section.name()).collect());
    out.insert("undocumentedSections".into(), def.undocumented.iter().map(|section| section.name()).collect());
    out.insert("scopes".into(), def.scopes.iter().map(|scope| scope.name()).collect());
    out.insert("gateways".into(), def.gateways.iter().map(|gateway| gateway.name()).collect());
    out.insert("runs".into(), (def.runs != Runs::NotYet).into());
    out.insert("oncePerSection".into(), def.once.into());
    out.insert("inFragments".into(), def.in_fragments.into());
    out.insert("source".into(), def.source.into());
    Value::Object(out)
}

fn element(def: &ElementDef) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("name".into(), def.name.into());
    out.insert("docs".into(), def.docs.into());
    out.insert("attributes".into(), def.attributes.iter().map(attribute).collect());
    out.insert("text".into(), def.text.as_ref().map_or(Value::Null, attribute));
    out.insert("isPolicy".into(), def.is_policy.into());
    out.insert("holdsPolicies".into(), def.holds_policies.into());
    out.insert("holdsMarkup".into(), def.markup.into());
    out.insert("holdsAnything".into(), def.foreign.into());
    out.insert("children".into(), def.children.iter().map(child).collect());
    out
}

fn child(def: &ChildDef) -> Value {
    let mut out = element(def.element);
    out.insert("min".into(), def.min.into());
    out.insert("max".into(), def.max.into());
    Value::Object(out)
}

fn attribute(def: &AttributeDef) -> Value {
    let mut out = json!({
        "name": def.name,
        "docs": def.docs,
        "type": type_name(def.value),
        "takes": def.value.to_string(),
        "required": def.required,
        "default": def.default,
        "expression": def.expression != ExpressionUse::Never,
        "runs": !def.not_yet,
    });
    if let Value::Object(members) = &mut out {
        match def.value {
            ValueType::Int { min, max } => {
                members.insert("min".into(), (min != i64::MIN).then_some(min).into());
                members.insert("max".into(), (max != i64::MAX).then_some(max).into());
            }
            ValueType::Keyword(words) => {
                members.insert("values".into(), words.into());
            }
            _ => {}
        }
    }
    out
}

fn type_name(value: ValueType) -> &'static str {
    match value {
        ValueType::Text => "text",
        ValueType::Name => "name",
        ValueType::Bool => "bool",
        ValueType::Int { .. } => "int",
        ValueType::Double => "double",
        ValueType::Keyword(_) => "keyword",
        ValueType::HeaderName => "header-name",
        ValueType::Reference(what) => what.name(),
        ValueType::Any => "any",
        ValueType::Form(_) => "form",
    }
}

fn ty(def: &TypeDef) -> Value {
    json!({
        "name": def.name,
        "declaration": def.declaration,
        "kind": match def.kind {
            TypeKind::Class => "class",
            TypeKind::Struct => "struct",
            TypeKind::Interface => "interface",
            TypeKind::Enum => "enum",
            TypeKind::Delegate => "delegate",
        },
        "members": def.members().map(|member| member.signature).collect::<Vec<_>>(),
        "constants": def.constants.iter().map(|(name, value)| json!({"name": name, "value": value})).collect::<Vec<_>>(),
    })
}

fn rule(rule: &Rule) -> Value {
    json!({"id": rule.id, "level": rule.level.name(), "summary": rule.summary, "aliases": rule.aliases})
}

fn limits() -> Value {
    use instance::resources::{backend, named_value};
    json!({
        "documentBytes": grammar::document::MAX_DOCUMENT_BYTES,
        "fragmentBytes": grammar::document::MAX_FRAGMENT_BYTES,
        "documentDepth": grammar::document::MAX_DEPTH,
        "documentFaults": grammar::document::MAX_FAULTS,
        "fileBytes": instance::files::MAX_FILE_BYTES,
        "specificationBytes": instance::files::MAX_SPECIFICATION_BYTES,
        "definitionDepth": instance::text::value::MAX_DEPTH,
        "namedValueCharacters": named_value::MAX_VALUE_CHARACTERS,
        "namedValueNameCharacters": named_value::MAX_NAME_CHARACTERS,
        "poolMembers": backend::MAX_POOL_MEMBERS,
        "circuitBreakerRules": backend::MAX_BREAKER_RULES,
        "circuitBreakerConditions": backend::MAX_BREAKER_CONDITIONS,
        "callDepth": dotnet::cx::MAX_DEPTH,
        "jsonDepth": dotnet::json::reader::MAX_DEPTH,
        "regexSteps": dotnet::regex::matcher::MAX_STEPS,
        "scopes": engine::documents::SCOPES,
    })
}
