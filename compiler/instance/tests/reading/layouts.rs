//! One logical instance, kept in each of the four layouts, reads as one instance.

use std::path::{Path, PathBuf};

use instance::layout::Layout;
use instance::{Instance, Options};

fn data(layout: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(layout)
}

fn read(layout: &str) -> Instance {
    let options = Options { environment: None, variables: &|_| None };
    let (instance, diagnostics) = Instance::read(&data(layout), &options).expect("the folder is there");
    let messages: Vec<String> =
        diagnostics.iter().map(|d| format!("{}: [{}] {}", d.source.name(), d.rule.id, d.message)).collect();
    assert_eq!(messages, Vec::<String>::new());
    instance
}

#[test]
fn every_layout_is_recognised() {
    let found = ["l1", "l2", "l3", "l4"].map(|layout| read(layout).layout);
    assert_eq!(found, [Layout::L1, Layout::L2, Layout::L3, Layout::L4]);
}

#[test]
fn one_instance_reads_the_same_from_every_layout() {
    let expected = read("l3");
    assert_eq!(expected.service.apis.len(), 3);
    for layout in ["l1", "l2", "l4"] {
        let found = read(layout);
        assert_eq!(found.service, expected.service, "{layout}");
        assert_eq!(found.workspaces, expected.workspaces, "{layout}");
    }
}

#[test]
fn every_fact_of_the_files_is_in_the_instance() {
    let shown = format!("{:#?}", read("l3").service).replace(env!("CARGO_MANIFEST_DIR"), "");
    insta::assert_snapshot!(shown);
}

#[test]
fn names_of_files_are_relative_to_what_was_typed() {
    let files: instance::files::InMemory = [
        ("policy.xml", "<policies />"),
        ("shop/policy.xml", "<policies />"),
        ("shop/Named Values/a/NAMEDVALUEINFORMATION.JSON", "{}"),
    ]
    .into_iter()
    .collect();
    let name = |folder: &str| {
        let options = Options { environment: None, variables: &|_| None };
        let (instance, _) = Instance::read_from(&files, Path::new(folder), &options).expect("the folder is there");
        instance.service.policy.map(|policy| policy.source.name().to_owned())
    };
    assert_eq!(name("").as_deref(), Some("policy.xml"));
    assert_eq!(name("shop").as_deref(), Some("shop/policy.xml"));
    assert_eq!(name("shop/").as_deref(), Some("shop/policy.xml"));
    let options = Options { environment: None, variables: &|_| None };
    let (instance, _) = Instance::read_from(&files, Path::new("shop"), &options).expect("the folder is there");
    assert!(instance.service.named_value("A").is_some());
}
