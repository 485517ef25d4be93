//! The arrows between the crates, as `docs/architecture.md` has them, and what the programs must not link.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The crates of the workspace with those that each depends on, in the house's words: `policies[check]` counts as
/// `policies`. Dependencies of tests do not count.
const ARROWS: &[(&str, &[&str])] = &[
    ("csharp", &[]),
    ("grammar", &["csharp"]),
    ("dotnet-macros", &[]),
    ("dotnet", &["dotnet-macros"]),
    ("bundle", &[]),
    ("ir", &["dotnet"]),
    ("instance", &["grammar"]),
    ("engine", &["dotnet", "bundle"]),
    ("policies-macros", &[]),
    ("policies", &["policies-macros", "dotnet", "grammar", "ir", "engine", "bundle"]),
    ("check", &["policies", "instance", "grammar", "csharp", "ir", "dotnet", "bundle"]),
    ("codegen", &["check", "instance", "ir", "bundle", "dotnet"]),
    ("services", &["engine", "dotnet", "bundle"]),
    ("gateway", &["services", "engine", "policies", "bundle", "dotnet"]),
    ("report", &["grammar"]),
    ("ide", &["check", "instance", "grammar", "csharp", "policies", "dotnet"]),
    ("lsp", &["ide"]),
    (
        "sandbox",
        &[
            "check", "codegen", "engine", "policies", "dotnet", "grammar", "ir", "bundle", "instance", "gateway",
            "services", "report",
        ],
    ),
];

/// Packages with what each of them links: normal dependencies, with their versions as nodes.
struct Graph {
    names: BTreeMap<String, String>,
    links: BTreeMap<String, Vec<String>>,
    members: BTreeSet<String>,
}

impl Graph {
    fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        // For this machine alone, because what other systems need was never fetched here.
        let rustc = Command::new("rustc").arg("-vV").output().expect("rustc runs");
        let host = String::from_utf8_lossy(&rustc.stdout)
            .lines()
            .find_map(|line| line.strip_prefix("host: ").map(str::to_owned));
        let host = host.expect("a host");
        let cargo = Command::new(env!("CARGO"))
            .args([
                "metadata",
                "--format-version",
                "1",
                "--locked",
                "--offline",
                "--all-features",
                "--filter-platform",
                &host,
            ])
            .current_dir(root)
            .output()
            .expect("cargo runs");
        assert!(cargo.status.success(), "{}", String::from_utf8_lossy(&cargo.stderr));
        let metadata: Value = serde_json::from_slice(&cargo.stdout).expect("JSON");
        let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).expect("a text").to_owned();
        let list = |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        let names =
            list(&metadata, "packages").iter().map(|package| (text(package, "id"), text(package, "name"))).collect();
        let is_normal = |dependency: &Value| {
            list(dependency, "dep_kinds").iter().any(|kind| kind.get("kind") == Some(&Value::Null))
        };
        let nodes = metadata.get("resolve").map(|resolve| list(resolve, "nodes")).unwrap_or_default();
        let links = nodes.iter().map(|node| {
            let linked = list(node, "deps")
                .iter()
                .filter(|dependency| is_normal(dependency))
                .map(|dependency| text(dependency, "pkg"))
                .collect();
            (text(node, "id"), linked)
        });
        let members =
            list(&metadata, "workspace_members").iter().filter_map(Value::as_str).map(str::to_owned).collect();
        Self { names, links: links.collect(), members }
    }

    fn id(&self, name: &str) -> Option<&String> {
        self.members.iter().find(|id| self.names.get(*id).is_some_and(|own| own == name))
    }

    /// The names of all that a package links, itself left out.
    fn linked(&self, name: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&String> = self.id(name).into_iter().collect();
        while let Some(id) = open.pop() {
            for next in self.links.get(id).into_iter().flatten() {
                if found.insert(next) {
                    open.push(next);
                }
            }
        }
        found.into_iter().filter_map(|id| self.names.get(id)).map(String::as_str).collect()
    }
}

#[test]
fn arrows_between_crates_are_those_of_the_table() {
    let graph = Graph::read();
    for (name, allowed) in ARROWS {
        let Some(id) = graph.id(name) else { continue };
        for linked in graph.links.get(id).into_iter().flatten().filter(|id| graph.members.contains(*id)) {
            let linked = graph.names.get(linked).expect("a name");
            assert!(allowed.contains(&linked.as_str()), "`{name}` must not depend on `{linked}`");
        }
    }
    // A new crate gets a row; these stand above all others and may use any.
    let above = ["cli", "tests", "benches"];
    for name in graph.members.iter().filter_map(|id| graph.names.get(id)) {
        let is_known = ARROWS.iter().any(|(known, _)| known == name) || above.contains(&name.as_str());
        assert!(is_known, "`{name}` has no row");
    }
}

#[test]
fn the_language_server_links_no_code_generator_and_no_network() {
    let graph = Graph::read();
    let linked = linked_alone("lsp");
    assert!(linked.contains("check"), "the list is read: {linked:?}");
    for forbidden in ["cranelift-codegen", "tokio", "hyper", "engine", "services", "codegen"] {
        assert!(!linked.contains(forbidden), "`lsp` links `{forbidden}`");
    }
    assert!(graph.linked("lsp").contains("ide"));
}

#[test]
fn the_production_gateway_links_no_compiler() {
    if Graph::read().id("gateway").is_none() {
        eprintln!("skipped: the crate `gateway` is not here yet");
        return;
    }
    let linked = linked_alone("gateway");
    assert!(linked.contains("hyper"), "the list is read: {linked:?}");
    for forbidden in ["grammar", "csharp", "check", "codegen", "ir", "cranelift-codegen", "lalrpop-util"] {
        assert!(!linked.contains(forbidden), "`gateway` links `{forbidden}`");
    }
}

/// The packages that a program of this crate alone links: with the features that it asks for, and no others.
fn linked_alone(package: &str) -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let tree = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--locked",
            "--offline",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--format",
            "{p}",
            "--package",
            package,
        ])
        .current_dir(root)
        .output()
        .expect("cargo runs");
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let text = String::from_utf8_lossy(&tree.stdout);
    text.lines().filter_map(|line| line.split(' ').next().map(str::to_owned)).collect()
}
