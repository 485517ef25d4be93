//! Holds the declarations to the reference of the policy language, where that lies beside the checkout.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;

use crate::declaration::{ElementDef, ExpressionUse};

/// What a declaration has otherwise than the reference, with the reason. What is found is compared from its beginning.
const KNOWN: &[(&str, &str)] = &[
    ("set-body/value", "the checker takes an expression in it for that of the policy"),
    ("trace sections", "the list of what `on-error` takes names it as well"),
    ("validate-jwt", "it has its own folder"),
];

/// The policies of the reference; none where it is not there.
fn reference() -> Option<Vec<Value>> {
    let shared = std::env::var_os("TOLLGATE_SHARED").map(PathBuf::from).or_else(|| {
        let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        here.ancestors().map(|folder| folder.join("shared")).find(|shared| shared.join("reference").is_dir())
    })?;
    let read = |name: &str| {
        let text = std::fs::read_to_string(shared.join("reference").join(name)).ok()?;
        serde_json::from_str::<Vec<Value>>(&text).ok()
    };
    let mut policies: Vec<Value> = Vec::new();
    for policy in [read("policies-a-l.json")?, read("policies-m-z.json")?].concat() {
        // Some policies are described in several forms, which are one element all the same.
        match policies.iter_mut().find(|known| known["name"] == policy["name"]) {
            Some(known) => unite(known, &policy),
            None => policies.push(policy),
        }
    }
    Some(policies)
}

/// Adds to a policy what another description of it has.
fn unite(policy: &mut Value, other: &Value) {
    for key in ["sections", "scopes", "gateways", "attributes", "elements"] {
        let Some(all) = policy[key].as_array_mut() else { continue };
        for item in other[key].as_array().into_iter().flatten() {
            let is_same = |known: &Value| known == item || (!item["name"].is_null() && known["name"] == item["name"]);
            if !all.iter().any(is_same) {
                all.push(item.clone());
            }
        }
    }
}

fn texts<'v>(of: &'v Value, key: &str) -> BTreeSet<&'v str> {
    of[key].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn names<'v>(of: &'v Value, key: &str) -> BTreeSet<&'v str> {
    of[key].as_array().into_iter().flatten().filter_map(|item| item["name"].as_str()).collect()
}

/// What differs between an element and its description.
fn compare(path: &str, declared: &ElementDef, described: &Value, out: &mut Vec<String>) {
    let own: BTreeSet<&str> = declared.attributes.iter().map(|attribute| attribute.name).collect();
    for name in own.symmetric_difference(&names(described, "attributes")) {
        out.push(format!("{path}@{name}"));
    }
    for described in described["attributes"].as_array().into_iter().flatten() {
        let Some(own) = declared.attributes.iter().find(|own| own.name == described["name"]) else { continue };
        let path = format!("{path}@{}", own.name);
        if own.required && (described["required"] == false || !described["default"].is_null()) {
            out.push(format!("{path} is required"));
        }
        if described["expressions"] == true && own.expression == ExpressionUse::Never {
            out.push(format!("{path} takes no expression"));
        }
    }
    for described in described["elements"].as_array().into_iter().flatten() {
        let name = described["name"].as_str().unwrap_or_default();
        let own = declared.children.iter().find(|child| child.element.name == name);
        match own {
            None if name == "*" && declared.holds_policies => {}
            None => out.push(format!("{path}/{name}")),
            Some(child) if child.element.is_policy || child.element.foreign => {}
            Some(child) => compare(&format!("{path}/{name}"), child.element, described, out),
        }
    }
}

#[test]
fn policies_are_declared_as_the_reference_describes_them() {
    let Some(reference) = reference() else {
        println!("skipped: the reference of the policies is not there");
        return;
    };
    let mut faults = Vec::new();
    for described in &reference {
        let name = described["name"].as_str().unwrap_or_default();
        let Some(policy) = crate::find(name) else {
            faults.push(name.to_owned());
            continue;
        };
        let is_undocumented = described["status"] == "undocumented";
        let documented = |names: Vec<&'static str>| -> BTreeSet<&'static str> { names.into_iter().collect() };
        let sections = policy.sections.iter().filter(|section| !policy.undocumented.contains(section));
        let facts = [
            ("sections", documented(sections.map(|section| section.name()).collect())),
            ("scopes", documented(policy.scopes.iter().map(|scope| scope.name()).collect())),
            ("gateways", documented(policy.gateways.iter().map(|gateway| gateway.name()).collect())),
        ];
        // Resolvers have no sections, and no scope of those that have documents.
        for (key, own) in facts.iter().filter(|_| !policy.sections.is_empty()) {
            let described = texts(described, key);
            if *own != described && !(is_undocumented && described.is_empty()) {
                faults.push(format!("{name} {key}: {own:?} instead of {described:?}"));
            }
        }
        compare(name, &policy.element, described, &mut faults);
    }
    faults.retain(|fault| !KNOWN.iter().any(|(known, _)| fault.starts_with(known)));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
