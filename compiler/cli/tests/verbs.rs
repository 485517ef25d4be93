//! The verbs that say what there is, from the command line to what they print.
//!
//! Not here: the tables and documents that they read.

use std::process::{Command, Output};

use serde_json::Value;

fn tollgate(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tollgate"));
    command.env("NO_COLOR", "1").args(arguments).output().expect("tollgate runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("text")
}

fn capabilities() -> Value {
    let output = tollgate(&["capabilities"]);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The member of an array that has this name or id.
fn named<'v>(list: &'v Value, name: &str) -> &'v Value {
    let is_named = |item: &&Value| item["name"] == name || item["id"] == name;
    list.as_array().expect("an array").iter().find(is_named).unwrap_or_else(|| panic!("`{name}` is listed"))
}

#[test]
fn capabilities_lists_every_table_as_a_whole() {
    let all = capabilities();
    let count = |name: &str| all[name].as_array().expect("an array").len();
    assert_eq!(count("policies"), policies::POLICIES.len());
    assert_eq!(count("types"), dotnet::types::TYPES.len());
    for (ty, def) in all["types"].as_array().expect("an array").iter().zip(dotnet::types::TYPES) {
        assert_eq!(ty["name"], def.name);
        assert_eq!(ty["members"].as_array().expect("an array").len(), def.members().count(), "{}", def.name);
    }
    let listed = tollgate(&["explain", "--all"]);
    assert_eq!(count("rules"), text(&listed.stdout).lines().count());
}

#[test]
fn capabilities_says_of_a_policy_what_its_declaration_says() {
    let all = capabilities();
    let forward = named(&all["policies"], "forward-request");
    assert_eq!(forward["runs"], true);
    assert_eq!(forward["sections"], serde_json::json!(["backend"]));
    assert_eq!(named(&forward["attributes"], "buffer-request-body")["type"], "bool");
    let header = named(&all["policies"], "set-header");
    assert_eq!(named(&header["attributes"], "name")["required"], true);
    assert_eq!(named(&header["attributes"], "exists-action")["type"], "keyword");
    assert_eq!(named(&header["children"], "value")["min"], 0);
    assert_eq!(named(&all["policies"], "xsl-transform")["runs"], false);
    let string = named(&all["types"], "System.String");
    assert!(string["members"].as_array().expect("an array").contains(&"string Substring(int startIndex)".into()));
    assert_eq!(all["limits"]["documentBytes"], 256 * 1024);
}
