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

/// An instance whose documents show every way to be merged.
fn instance() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        (
            "policy.xml",
            "<policies>\n<inbound><base /><set-method>GET</set-method></inbound>\n<backend><forward-request /></backend>\n\
             <outbound />\n<on-error><include-fragment fragment-id=\"f\" /></on-error>\n</policies>",
        ),
        ("policy fragments/f/policy.xml", "<fragment><set-status code=\"500\" /></fragment>"),
        ("policy fragments/f/policyFragmentInformation.json", r#"{"properties": {"format": "rawxml"}}"#),
        (
            "named values/key/namedValueInformation.json",
            r#"{"properties": {"displayName": "key", "secret": true, "value": "hunter2"}}"#,
        ),
        ("products/p/productInformation.json", r#"{"properties": {"displayName": "p", "state": "published"}}"#),
        ("products/p/apis/a/productApiInformation.json", "{}"),
        (
            "products/p/policy.xml",
            "<policies><inbound><set-variable name=\"p\" value=\"1\" /><base /></inbound></policies>",
        ),
        ("products/other/productInformation.json", r#"{"properties": {"displayName": "other", "state": "published"}}"#),
        ("apis/a/apiInformation.json", r#"{"properties": {"displayName": "a", "path": "a", "protocols": ["https"]}}"#),
        (
            "apis/a/specification.yaml",
            "openapi: 3.0.1\ninfo: {title: a, version: '1'}\npaths:\n  /o:\n    get:\n      operationId: o\n      responses:\n        '200': {description: ok}\n",
        ),
        (
            "apis/a/policy.xml",
            "<policies>\n<inbound>\n<choose><when condition=\"@(1 < 2)\"><base /></when></choose>\n\
             <set-header name=\"K\" exists-action=\"override\"><value>{{key}}</value></set-header>\n\
             </inbound>\n<backend><base /></backend>\n<outbound><base /></outbound>\n<on-error><base /></on-error>\n</policies>",
        ),
        (
            "apis/a/operations/o/policy.xml",
            "<policies>\n<inbound>\n<!-- mine -->\n<base />\n<set-body><a><b /></a></set-body>\n</inbound>\n<backend><base /></backend>\n\
             <outbound><base /></outbound>\n</policies>",
        ),
    ];
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        std::fs::write(path, text).expect("it can be written");
    }
    folder
}

fn effective(arguments: &[&str]) -> Output {
    let folder = instance();
    let path = folder.path().to_str().expect("text").to_owned();
    tollgate(&[&["effective", path.as_str()], arguments].concat())
}

#[test]
fn effective_puts_each_scope_where_the_next_one_has_its_base() {
    let output = effective(&["--api", "a", "--operation", "o", "--product", "p"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let expected = r#"<policies>
    <inbound>
        <!-- mine -->
        <!-- apis/a, policy.xml:3 -->
        <choose>
            <!-- apis/a, policy.xml:3 -->
            <when condition="@(1 < 2)">
                <!-- products/p, policy.xml:1 -->
                <set-variable name="p" value="1" />
                <!-- global, policy.xml:2 -->
                <set-method>GET</set-method>
            </when>
        </choose>
        <!-- apis/a, policy.xml:4 -->
        <set-header name="K" exists-action="override">
            <!-- apis/a, policy.xml:4 -->
            <value>{{key}}</value>
        </set-header>
        <!-- apis/a/operations/o, policy.xml:5 -->
        <set-body><a><b /></a></set-body>
    </inbound>
    <backend />
    <outbound />
    <on-error />
</policies>
"#;
    assert_eq!(text(&output.stdout), expected);
}

#[test]
fn effective_without_product_and_operation_leaves_their_documents_out() {
    let output = effective(&["--api", "A"]);
    let shown = text(&output.stdout);
    assert!(!shown.contains("products/p") && !shown.contains("operations/o"), "{shown}");
    assert!(shown.contains("<forward-request />"), "{shown}");
    assert!(shown.contains(r#"<include-fragment fragment-id="f" />"#), "{shown}");
    assert!(!shown.contains("hunter2") && !shown.contains("<base"), "{shown}");
}

#[test]
fn effective_refuses_what_the_instance_does_not_have() {
    let cases: [(&[&str], &str); 4] = [
        (&["--api", "b"], "there is no API `b`"),
        (&["--api", "a", "--operation", "x"], "there is no operation `x`"),
        (&["--api", "a", "--product", "x"], "there is no product `x`"),
        (&["--api", "a", "--product", "other"], "the product `other` does not offer the API `a`"),
    ];
    for (arguments, message) in cases {
        let output = effective(arguments);
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), ""), "{arguments:?}");
        assert!(text(&output.stderr).contains(message), "{}", text(&output.stderr));
    }
}
