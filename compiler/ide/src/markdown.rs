//! Declarations and members as Markdown, as hover and completion show them.

use dotnet::catalogue::signature::{MemberKind, Signature};
use dotnet::catalogue::{MemberDef, TypeDef};
use dotnet::ty::Ty;
use policies::{AttributeDef, ExpressionUse, PolicyDef, Runs, Scope, Section};

use crate::declared::Declared;

/// An element.
pub fn element(declared: Declared) -> String {
    let mut out = format!("**{}**\n\n{}", declared.name(), declared.docs());
    if let Declared::Policy(policy) = declared {
        out.push_str("\n\n");
        out.push_str(&places(policy));
        if policy.runs == Runs::NotYet {
            out.push_str("\n\nThis version of Tollgate does not run it.");
        }
        if !policy.source.is_empty() {
            out.push_str(&format!("\n\n[Reference]({})", policy.source));
        }
    }
    out
}

/// Where a policy may stand, in words.
fn places(policy: &PolicyDef) -> String {
    let sections = match policy.sections.len() {
        all if all == Section::ALL.len() => "any section".to_owned(),
        _ => policy.sections.iter().map(|section| format!("`{}`", section.name())).collect::<Vec<_>>().join(", "),
    };
    let mut out = format!("Stands in {sections}");
    if policy.scopes.len() < Scope::ALL.len() {
        let scopes: Vec<&str> = policy.scopes.iter().map(|scope| scope.name()).collect();
        out.push_str(&format!("; scopes: {}", scopes.join(", ")));
    }
    if !policy.in_fragments {
        out.push_str("; not in fragments");
    }
    if policy.once {
        out.push_str("; once in a section");
    }
    out.push('.');
    out
}

/// An attribute, or an element's text.
pub fn attribute(attribute: &AttributeDef) -> String {
    format!("**{}**: {}\n\n{}", attribute.name, summary(attribute), attribute.docs)
}

/// What an attribute takes, in a line.
pub fn summary(attribute: &AttributeDef) -> String {
    let mut out = attribute.value.to_string();
    match attribute.default {
        Some(default) => out.push_str(&format!(", `{default}` if it is missing")),
        None if attribute.required => out.push_str(", required"),
        None => {}
    }
    if attribute.expression != ExpressionUse::Never {
        out.push_str("; may be an expression");
    }
    out
}

/// A member: its signature with the type that declares it, and its documentation.
pub fn member(owner: Ty, def: &MemberDef) -> String {
    format!("```csharp\n{}\n```\n\n{}", qualified(owner, def), def.docs)
}

/// Overloads of one name: the first in full, and how many more there are.
pub fn overloads(owner: Ty, defs: &[&'static MemberDef]) -> String {
    let Some((first, rest)) = defs.split_first() else { return String::new() };
    let mut out = member(owner, first);
    if !rest.is_empty() {
        let more: Vec<&str> = rest.iter().map(|def| def.signature).collect();
        out.push_str(&format!("\n\n```csharp\n{}\n```", more.join("\n")));
    }
    out
}

/// A signature in which the name follows the type that declares it: `string IRequest.Method { get; }`.
fn qualified(owner: Ty, def: &MemberDef) -> String {
    let text = def.signature;
    let Some(signature) = Signature::parse(text) else { return text.to_owned() };
    let is_named =
        matches!(signature.kind, MemberKind::Method | MemberKind::Getter | MemberKind::Setter | MemberKind::Field);
    let is_extension = text.contains("(this ");
    let name = format!(" {}", signature.name);
    let ends_name = |at: &usize| {
        let behind = text.get(at + name.len()..).and_then(|rest| rest.chars().next());
        behind.is_none_or(|c| !c.is_alphanumeric() && c != '_')
    };
    let at = text.match_indices(&name).map(|(at, _)| at).find(ends_name);
    match at.filter(|_| is_named && !is_extension).and_then(|at| text.split_at_checked(at + 1)) {
        Some((before, behind)) => format!("{before}{owner}.{behind}"),
        None => text.to_owned(),
    }
}

/// A type: its declaration and documentation.
pub fn ty(def: &TypeDef) -> String {
    format!("```csharp\n{}\n```\n\n{}", def.declaration, def.docs)
}
