//! What is reported, in which words and where; the pages of the rules hold one example of each more.

use crate::support::{read, shown};

#[test]
fn faults_are_reported_where_they_stand() {
    let cases = [
        // Members of other types.
        r#"=== apis/a/apiInformation.json
{ "properties": {
  "path": 7,
  "protocols": "https",
  "subscriptionRequired": 1,
  "contact": [] } }"#,
        r#"=== apis/a/apiInformation.json
[1]"#,
        r#"=== apis/a/apiInformation.json
{ "properties": { "type": "rest", "protocols": ["ftp"] } }"#,
        // Links.
        r#"=== products/p/productInformation.json
{}
=== products/p/apis.json
[{ "name": "a" }, 3, "b"]"#,
        r#"=== apis/orders/apiInformation.json
{"properties":{}}
=== gateways/g/gatewayInformation.json
{}
=== gateways/g/apis/order/gatewayApiInformation.json
{}"#,
        r#"=== subscriptions/s/subscriptionInformation.json
{ "properties": { "scope": "/backends/x" } }"#,
        r#"=== subscriptions/s/subscriptionInformation.json
{ "properties": { "scope": "/subscriptions/0/resourceGroups/g/providers/Microsoft.ApiManagement/service/x/products/p" } }"#,
        // Backends.
        r#"=== backends/b/backendInformation.json
{ "properties": { "url": "https://b", "circuitBreaker": { "rules": [
{ "tripDuration": "PT0S",
  "failureCondition": { "interval": "PT1M", "count": 0,
 "statusCodeRanges": [{ "min": 599, "max": 500 }, { "min": 100, "max": 700 }] } },
{ "failureCondition": {} }
] } } }"#,
        r#"=== backends/a/backendInformation.json
{ "properties": { "type": "Pool" } }
=== backends/b/backendInformation.json
{ "properties": { "pool": { "services": [{ "id": "/backends/a" }, { "id": "/backends/c", "weight": -1 }, {}] } } }"#,
        // Versions.
        r#"=== version sets/v/versionSetInformation.json
{ "properties": { "versioningScheme": "Header", "versionHeaderName": "v" } }
=== apis/a/apiInformation.json
{ "properties": { "path": "/p/", "apiVersion": "1", "apiVersionSetId": "/apiVersionSets/v" } }
=== apis/b/apiInformation.json
{ "properties": { "path": "P", "apiVersion": "2", "apiVersionSetId": "/apiVersionSets/v" } }
=== apis/c/apiInformation.json
{ "properties": { "path": "p", "apiVersion": "1", "apiVersionSetId": "/apiVersionSets/V" } }
=== apis/d/apiInformation.json
{ "properties": { "path": "p", "apiVersionSetId": "/apiVersionSets/v" } }
=== apis/a;rev=2/apiInformation.json
{ "properties": { "path": "p", "apiVersion": "1", "apiVersionSetId": "/apiVersionSets/v", "isCurrent": true } }"#,
        r#"=== apis/a/apiInformation.json
{ "properties": { "path": "a/v1" } }
=== apis/b/apiInformation.json
{ "properties": { "path": "a", "apiVersion": "v1", "apiVersionSet": { "id": "/apiVersionSets/own", "name": "Own", "versioningScheme": "segment" } } }"#,
        // Operations.
        r#"=== apis/a/apiInformation.json
{ "properties": {} }
=== apis/a/specification.json
{ "openapi": "3.0.1", "paths": { "/x/{a}{b}": { "get": { "operationId": "get-x" } } } }
=== apis/a/operations/get-y/policy.xml
<policies />
=== apis/a/operations/GET_X/policy.xml
<policies />"#,
        r#"=== apis/a/apiInformation.json
{ "properties": {} }
=== apis/a/specification.json
{ "openapi": "3.0.1", "paths": [] }"#,
        r#"=== apis/a/apiInformation.json
{ "properties": {} }
=== apis/a/specification.json
{ "openapi": "3.0.1", "paths": { "/x": { "get": 1, "trace": {} } } }"#,
        // Named values.
        r#"=== named values/a/namedValueInformation.json
{ "properties": { "displayName": "", "value": "x" } }
=== named values/b/namedValueInformation.json
{ "properties": { "displayName": "a/b", "value": "x" } }"#,
        // Fragments.
        r#"=== policyFragments/f/policyFragmentInformation.json
{ "properties": { "description": "nothing else" } }"#,
        // Names that differ in case.
        r#"=== groups/G/groupInformation.json
{}
=== groups/g/groupInformation.json
{}"#,
    ];
    let mut report = String::new();
    for files in cases {
        report.push_str(&format!("{files}\n--\n{}\n\n", shown(&read(files).1).join("\n")));
    }
    insta::assert_snapshot!(report);
}

#[test]
fn a_value_is_measured_in_characters() {
    let long = |count: usize| {
        let value = "é".repeat(count);
        let text = format!(
            "=== namedValues/a/namedValueInformation.json\n{{ \"properties\": {{ \"displayName\": \"a\", \"value\": \"{value}\" }} }}"
        );
        shown(&read(&text).1)
    };
    assert_eq!(long(4096), Vec::<String>::new());
    assert_eq!(
        long(4097),
        [
            "namedValues/a/namedValueInformation.json:1:48 [named-value/too-long] the value has 4097 characters, and the service takes 4096"
        ]
    );
}

#[test]
fn a_broken_file_silences_what_follows_from_it() {
    let text = "
=== apis/a/apiInformation.json
{ \"properties\": {
=== apis/a/specification.yaml
openapi: 3.0.1
paths: {
=== apis/a/operations/anything/policy.xml
<policies />
=== products/p/productInformation.json
{ \"properties\": { \"displayName\": \"P\" } }
=== products/p/apis.json
[{ \"name\": \"a\" }]
";
    let (instance, diagnostics) = read(text);
    let rules: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.rule.id).collect();
    assert_eq!(rules, ["instance/broken-json", "instance/broken-yaml"]);
    let api = instance.service.apis.get("a").unwrap();
    assert!(!api.is_routable());
    assert!(api.operations.get("anything").unwrap().policy.is_some());
}

#[test]
fn unknown_members_and_files_are_no_faults() {
    let text = "
=== README.md
Hello
=== apis/a/apiInformation.json
{ \"properties\": { \"path\": \"a\", \"newMember\": { \"x\": [1] } }, \"etag\": 1 }
=== apis/a/wiki.md
# Wiki
=== policyRestrictions/r/policyRestrictionInformation.json
{}
=== apis/a/mcpServerInformation.json
{}
";
    let (instance, diagnostics) = read(text);
    assert_eq!(shown(&diagnostics), Vec::<String>::new());
    let api = instance.service.apis.get("a").unwrap();
    let kept = api.definition.root().unwrap();
    assert!(kept.pointer("/properties/newMember/x/0").is_some() && kept.get("etag").is_some());
}

#[test]
fn messages_stay_short() {
    let name = "é".repeat(5000);
    let text = format!("=== apis/a/apiInformation.json\n{{ \"properties\": {{ \"type\": \"{name}\" }} }}");
    let (_, diagnostics) = read(&text);
    assert!(diagnostics[0].message.len() < 600 && diagnostics[0].message.ends_with('…'));
}
