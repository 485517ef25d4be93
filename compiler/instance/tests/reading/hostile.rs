//! Files that nobody meant well with: nothing panics, hangs, or leaves the folder.

use std::path::Path;

use instance::files::{InMemory, MAX_FILE_BYTES};
use instance::{Instance, Options, ReadError};
use proptest::prelude::*;

use crate::support::shown;

/// Every file that is read, by the reader that reads it.
const FILES: [&str; 9] = [
    "apis/a/apiInformation.json",
    "apis/a/specification.yaml",
    "apis/a/specification.json",
    "apis/a/operations/x/operationInformation.json",
    "backends/b/backendInformation.json",
    "namedValues/n/namedValueInformation.json",
    "products/p/apis.json",
    "configuration.dev.yaml",
    "configuration.dev.json",
];

fn read(files: &InMemory) {
    let options = Options { environment: None, variables: &|_| Some("\"v".to_owned()) };
    let (instance, diagnostics) = Instance::read_from(files, Path::new(""), &options).expect("the folder is there");
    let _ = format!("{instance:?}{diagnostics:?}");
    for api in &instance.service.apis {
        for operation in &api.operations {
            let _ = api.example_for(operation, 200, None, None);
        }
    }
}

fn read_each(bytes: &[u8]) {
    for file in FILES {
        read(&[(file, bytes)].into_iter().collect());
    }
}

/// Text that is nearly JSON or YAML of the kind that is read.
fn nearly() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ":",
        ": ",
        ",",
        "\n",
        "\n  ",
        "\n    - ",
        "\"",
        "'",
        "&a ",
        "*a",
        "<<",
        "|\n",
        "- ",
        "? ",
        "#",
        "{#[X]#}",
        "{#X#}",
        "properties",
        "path",
        "paths",
        "/x/{id}",
        "get",
        "responses",
        "200",
        "content",
        "application/json",
        "schema",
        "$ref",
        "#/a",
        "#/",
        "../x.yaml#/a",
        "allOf",
        "items",
        "type",
        "object",
        "array",
        "openapi",
        "3.0.1",
        "swagger",
        "2.0",
        "name",
        "apis",
        "namedValues",
        "value",
        "secret",
        "true",
        "null",
        "1e999",
        "-0",
        "é",
        "\u{feff}",
        "\u{e000}",
        "\\u",
        "\\",
        "\t",
    ]);
    prop::collection::vec(word, 0..60).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read_each(&bytes);
    }

    #[test]
    fn arbitrary_text_never_panics(text in "\\PC{0,200}") {
        read_each(text.as_bytes());
    }

    #[test]
    fn nearly_sound_text_never_panics(text in nearly()) {
        read_each(text.as_bytes());
        read_each(format!("{{\"openapi\":\"3.0.1\",\"paths\":{{\"/a\":{{\"get\":{{\"responses\":{text}}}}}}}}}").as_bytes());
        read_each(format!("openapi: 3.0.1\npaths:\n  /a:\n    get:\n      responses: {text}").as_bytes());
    }

    #[test]
    fn any_template_is_read(text in "[a/{}*?&=]{0,20}") {
        let (template, _) = instance::model::url_template::UrlTemplate::parse(&text);
        prop_assert_eq!(template.text(), &text);
        let _ = template.shape();
    }

    #[test]
    fn any_duration_is_read_or_refused(text in "P?[0-9YMWDTHS.]{0,20}") {
        let _ = instance::model::duration::parse_duration(&text);
    }
}

fn options() -> Options<'static> {
    Options { environment: None, variables: &|_| None }
}

#[test]
fn a_folder_that_is_not_there_is_the_callers_fault() {
    let error = Instance::read(Path::new("no/such/folder"), &options()).unwrap_err();
    assert!(matches!(error, ReadError::Folder { .. }));
    assert!(error.to_string().starts_with("cannot read the folder `no/such/folder`: "));
    let file = tempfile::NamedTempFile::new().unwrap();
    assert!(Instance::read(file.path(), &options()).is_err());
}

#[test]
fn an_instance_is_told_from_other_folders() {
    let folder = tempfile::tempdir().unwrap();
    assert!(!Instance::is_in(folder.path()));
    assert!(!Instance::is_in(&folder.path().join("none")));
    std::fs::create_dir(folder.path().join("Named Values")).unwrap();
    assert!(Instance::is_in(folder.path()));
}

#[test]
fn files_that_are_too_large_or_no_text_are_reported() {
    let large = vec![b' '; usize::try_from(MAX_FILE_BYTES).unwrap() + 1];
    let files: InMemory = [
        ("policy.xml", b"\xff\xfe<\0p\0".to_vec()),
        ("apis/a/apiInformation.json", b"{ \"properties\": { \"path\": \"\xe9\" } }".to_vec()),
        ("backends/b/backendInformation.json", large),
        ("products/p/productInformation.json", b"\xef\xbb\xbf{}".to_vec()),
    ]
    .into_iter()
    .collect();
    let (instance, diagnostics) = Instance::read_from(&files, Path::new(""), &options()).unwrap();
    assert_eq!(
        shown(&diagnostics),
        [
            "apis/a/apiInformation.json:1:1 [instance/not-utf8] the file is not UTF-8 from its byte 28 on",
            "backends/b/backendInformation.json:1:1 [instance/unreadable-file] the file is larger than is read",
            "policy.xml:1:1 [instance/not-utf8] the file is UTF-16; save it as UTF-8",
        ]
    );
    assert!(instance.service.products.get("p").is_some());
}

#[test]
fn deep_and_wide_values_are_bounded() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(200_000), close.repeat(200_000));
    let wide: String = (0..20_000).map(|n| format!("\"k{n}\":{n},")).collect();
    for text in [deep("[", "]"), deep("{\"a\":", "}"), deep("- ", ""), deep("a: ", ""), format!("{{{wide}\"k1\":0}}")] {
        read_each(text.as_bytes());
    }
    let documents = "openapi: 3.0.1\npaths: {}\nx: &x [{}]\ny: [*x, *x]\n";
    read_each(documents.as_bytes());
}

#[cfg(unix)]
#[test]
fn links_out_of_the_instance_are_not_followed() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.xml"), "<outside />").unwrap();
    std::fs::write(outside.path().join("x.yaml"), "a: outside").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for made in ["apis/a", "apis/b", "shared", "backends"] {
        std::fs::create_dir_all(root.join(made)).unwrap();
    }
    std::fs::write(root.join("shared/policy.xml"), "<inside />").unwrap();
    std::fs::write(root.join("apis/a/apiInformation.json"), "{\"properties\":{\"path\":\"a\"}}").unwrap();
    std::fs::write(root.join("apis/b/apiInformation.json"), "{\"properties\":{\"path\":\"b\"}}").unwrap();
    std::fs::write(root.join("apis/b/specification.yaml"), "openapi: 3.0.1\npaths: {}\nx: { $ref: x.yaml }").unwrap();
    symlink(outside.path().join("secret.xml"), root.join("apis/a/policy.xml")).unwrap();
    symlink("../../shared/policy.xml", root.join("apis/b/policy.xml")).unwrap();
    symlink(outside.path().join("x.yaml"), root.join("apis/b/x.yaml")).unwrap();
    symlink(outside.path(), root.join("backends/stolen")).unwrap();
    symlink(outside.path(), root.join("products")).unwrap();
    symlink("nowhere", root.join("groups")).unwrap();
    std::fs::create_dir_all(root.join("apis").join(std::ffi::OsStr::from_bytes(b"n\xff"))).unwrap();

    let (instance, diagnostics) = Instance::read(root, &options()).unwrap();
    let prefix = format!("{}/", root.display());
    let found: Vec<String> = shown(&diagnostics).iter().map(|line| line.replace(&prefix, "")).collect();
    assert_eq!(
        found,
        [
            "apis/a/policy.xml:1:1 [instance/link-outside] the link leads out of the instance and is not followed",
            "apis/b/specification.yaml:3:12 [openapi/unresolved-reference] there is no file `apis/b/x.yaml`",
            "apis/b/x.yaml:1:1 [instance/link-outside] the link leads out of the instance and is not followed",
            "apis/n\u{fffd}:1:1 [instance/not-utf8] the name is not UTF-8, so it is left out",
            "backends/stolen:1:1 [instance/link-outside] the link leads out of the instance and is not followed",
            "groups:1:1 [instance/link-outside] the link leads out of the instance and is not followed",
            "products:1:1 [instance/link-outside] the link leads out of the instance and is not followed",
        ]
    );
    assert!(instance.service.apis.get("a").unwrap().policy.is_none());
    assert_eq!(instance.service.apis.get("b").unwrap().policy.as_ref().unwrap().source.text(), "<inside />");
}
