//! Overlays: one file per environment changes resources, and placeholders stand for variables.

use crate::support::{shown, try_read};
use instance::resources::named_value::NamedValueText;
use instance::resources::subscription::SubscriptionScope;

const BASE: &str = r#"
=== apis/orders/apiInformation.json
{ "properties": { "path": "orders", "serviceUrl": "https://orders.example.com", "protocols": ["https"] } }
=== apis/orders/specification.yaml
openapi: 3.0.1
paths:
  /orders:
    get: { operationId: list-orders, responses: {} }
=== apis/orders/policy.xml
<policies />
=== backends/stock/backendInformation.json
{
  "properties": {
    "url": "https://stock.example.com",
    "tls": { "validateCertificateChain": true, "validateCertificateName": true },
    "credentials": { "certificateIds": ["one", "two"] }
  }
}
=== named values/63e9/namedValueInformation.json
{ "properties": { "displayName": "stock-key", "secret": true, "keyVault": { "secretIdentifier": "https://vault/key" } } }
=== policy fragments/shared/policy.xml
<fragment><base-text /></fragment>
=== products/starter/productInformation.json
{ "properties": { "displayName": "Starter" } }
"#;

/// Reads the base with an overlay for `dev`; the overlay must be free of faults.
fn with_overlay(overlay: &str, variables: &[(&str, &str)]) -> instance::Instance {
    let text = format!("{BASE}=== configuration.dev.yaml\n{overlay}");
    let (instance, diagnostics) = try_read(&text, None, variables).expect("the folder is there");
    assert_eq!(shown(&diagnostics), Vec::<String>::new());
    assert_eq!(instance.environment.as_deref(), Some("dev"));
    instance
}

/// What is found in an overlay for `dev`.
fn found(overlay: &str) -> Vec<String> {
    let text = format!("{BASE}=== configuration.dev.yaml\n{overlay}");
    shown(&try_read(&text, None, &[]).expect("the folder is there").1)
}

#[test]
fn properties_are_merged_member_by_member_and_lists_replaced() {
    let overlay = "
backends:
  - name: Stock
    properties:
      URL: https://stock.dev.example.com
      tls: { validateCertificateName: false }
      credentials: { certificateIds: [three] }
";
    let instance = with_overlay(overlay, &[]);
    let backend = instance.service.backend("stock").unwrap();
    assert_eq!(backend.url.as_deref(), Some("https://stock.dev.example.com"));
    assert!(backend.tls.validate_certificate_chain && !backend.tls.validate_certificate_name);
    assert_eq!(backend.credentials.certificates, ["three"]);
}

#[test]
fn an_entry_may_leave_the_wrapper_out() {
    let overlay = "
apis:
  - name: orders
    serviceUrl: https://orders.dev.example.com
    operations:
      - name: list-orders
        displayName: All orders
";
    let instance = with_overlay(overlay, &[]);
    let api = instance.service.apis.get("orders").unwrap();
    assert_eq!(api.service_url.as_deref(), Some("https://orders.dev.example.com"));
    assert_eq!(api.operations.get("list-orders").unwrap().display_name, "All orders");
}

#[test]
fn placeholders_stand_for_variables() {
    let overlay = "
backends:
  - name: stock
    properties: { url: 'https://{#HOST#}/{#[BASE]#}' }
products:
  - name: starter
    properties:
      subscriptionsLimit: {#[LIMIT]#}
      approvalRequired: '{#APPROVE#}'
      description: {#TEXT#}
";
    let variables = [("HOST", "a.example"), ("BASE", "v1"), ("LIMIT", "7"), ("APPROVE", "true"), ("TEXT", "a: b # c")];
    let instance = with_overlay(overlay, &variables);
    assert_eq!(instance.service.backend("stock").unwrap().url.as_deref(), Some("https://a.example/v1"));
    let product = instance.service.products.get("starter").unwrap();
    assert_eq!((product.subscriptions_limit, product.approval_required), (Some(7), true));
    assert_eq!(product.description.as_deref(), Some("a: b # c"));
}

#[test]
fn a_value_takes_the_place_of_a_key_vault() {
    // By the display name, since the folders of extracted named values have numbers for names.
    let overlay = "
namedValues:
  - name: stock-key
    properties: { value: '{#[KEY]#}' }
";
    let instance = with_overlay(overlay, &[("KEY", "k-1")]);
    assert_eq!(instance.service.named_values.len(), 1);
    let value = instance.service.named_value("STOCK-key").unwrap();
    let NamedValueText::Secret(Some(secret)) = &value.value else { panic!("{value:?}") };
    assert_eq!(secret.expose(), "k-1");
}

#[test]
fn resources_that_stand_alone_can_be_added() {
    let overlay = "
subscriptions:
  - name: developer
    properties: { scope: /products/starter, primaryKey: dev-key }
namedValues:
  - name: greeting
    properties: { value: hello, secret: false }
backends:
  - name: mail
    properties: { url: 'http://localhost:2525' }
";
    let instance = with_overlay(overlay, &[]);
    let subscription = instance.service.subscriptions.get("developer").unwrap();
    assert_eq!(subscription.scope, SubscriptionScope::Product("starter".to_owned()));
    assert_eq!(subscription.keys().map(|key| key.expose()).collect::<Vec<_>>(), ["dev-key"]);
    assert_eq!(instance.service.named_value("greeting").unwrap().value, NamedValueText::Plain("hello".to_owned()));
    assert!(instance.service.backend("mail").is_some());
}

#[test]
fn policies_are_replaced_in_every_scope() {
    let overlay = "
policies:
  - name: policy
    properties: { value: <policies><global /></policies> }
apis:
  - name: orders
    policies: [{ name: policy, properties: { format: xml, value: <policies><api /></policies> } }]
    operations:
      - name: list-orders
        policies: [{ name: policy, properties: { value: <policies><operation /></policies> } }]
products:
  - name: starter
    policies: [{ name: policy, properties: { value: <policies><product /></policies> } }]
policyFragments:
  - name: shared
    properties: { value: <fragment /> }
";
    let instance = with_overlay(overlay, &[]);
    let texts: Vec<String> = instance
        .documents()
        .iter()
        .map(|document| format!("{} {}", document.path(), document.policy.source.text()))
        .collect();
    assert_eq!(
        texts,
        [
            "global <policies><global /></policies>",
            "fragments/shared <fragment />",
            "products/starter <policies><product /></policies>",
            "apis/orders <policies><api /></policies>",
            "apis/orders/operations/list-orders <policies><operation /></policies>",
        ]
    );
    let api = instance.service.apis.get("orders").unwrap().policy.as_ref().unwrap();
    assert_eq!(api.source.name(), "configuration.dev.yaml#L7C66");
    let member = api.member.as_ref().unwrap();
    assert_eq!(member.source.slice(member.span), "<policies><api /></policies>");
    assert_eq!(api.format, instance::resources::policy::PolicyFormat::Xml);
}

#[test]
fn workspaces_nest() {
    let text = "
=== workspaces/team/workspaceInformation.json
{ \"properties\": { \"displayName\": \"Team\" } }
=== workspaces/team/backends/stock/backendInformation.json
{ \"properties\": { \"url\": \"https://stock.example.com\" } }
=== configuration.prod.yaml
workspaces:
  - name: team
    properties: { displayName: The team }
    backends:
      - name: stock
        properties: { url: 'https://stock.prod.example.com' }
";
    let (instance, diagnostics) = try_read(text, Some("PROD"), &[]).expect("the folder is there");
    assert_eq!(shown(&diagnostics), Vec::<String>::new());
    let team = instance.workspaces.get("team").unwrap();
    assert_eq!(team.display_name, "The team");
    assert_eq!(team.resources.backend("stock").unwrap().url.as_deref(), Some("https://stock.prod.example.com"));
}

#[test]
fn json_overlays_are_read_too() {
    let text = format!(
        "{BASE}=== configuration.dev.json\n{}",
        r#"{ "backends": [{ "name": "stock", "properties": { "url": "https://{#[HOST]#}" } }] }"#
    );
    let (instance, _) = try_read(&text, Some("dev"), &[("HOST", "h")]).expect("the folder is there");
    assert_eq!(instance.service.backend("stock").unwrap().url.as_deref(), Some("https://h"));
}

#[test]
fn an_environment_is_chosen_by_name() {
    let overlay = |name: &str| {
        format!(
            "=== configuration.{name}.yml\nbackends: [{{ name: stock, properties: {{ url: 'https://{name}' }} }}]\n"
        )
    };
    let url = |text: &str, environment: Option<&str>| {
        let (instance, _) = try_read(text, environment, &[]).expect("the environment is there");
        (instance.environment, instance.service.backends.get("stock").and_then(|b| b.url.clone()))
    };
    let text =
        format!("{BASE}{}{}=== configuration.extractor.yaml\napis: [orders]\n", overlay("test"), overlay("prod"));
    assert_eq!(url(&text, None), (None, Some("https://stock.example.com".to_owned())));
    assert_eq!(url(&text, Some("Prod")), (Some("prod".to_owned()), Some("https://prod".to_owned())));
    let error = try_read(&text, Some("dev"), &[]).unwrap_err();
    assert_eq!(error.to_string(), "there is no environment `dev`; there is an overlay for `prod`, `test`");
    let error = try_read(&text, Some("extractor"), &[]).unwrap_err();
    assert!(error.to_string().contains("no environment `extractor`"));
    let error = try_read(BASE, Some("dev"), &[]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is no environment `dev`: the instance has no `configuration.<environment>.yaml`"
    );
}

#[test]
fn an_overlay_may_stand_beside_the_instance() {
    let folder = tempfile::tempdir().unwrap();
    let artifacts = folder.path().join("artifacts");
    std::fs::create_dir_all(artifacts.join("backends/stock")).unwrap();
    std::fs::write(artifacts.join("backends/stock/backendInformation.json"), r#"{"properties":{"url":"https://a"}}"#)
        .unwrap();
    std::fs::write(folder.path().join("configuration.dev.yaml"), "backends: [{ name: stock, url: 'https://b' }]")
        .unwrap();
    let options = instance::Options { environment: None, variables: &|_| None };
    let url = || {
        let (instance, diagnostics) = instance::Instance::read(&artifacts, &options).unwrap();
        assert_eq!(shown(&diagnostics), Vec::<String>::new());
        instance.service.backend("stock").unwrap().url.clone().unwrap()
    };
    assert_eq!(url(), "https://b");
    // One of its own counts alone.
    std::fs::write(artifacts.join("configuration.dev.yaml"), "backends: [{ name: stock, url: 'https://c' }]").unwrap();
    assert_eq!(url(), "https://c");
}

#[test]
fn faults_of_an_overlay_are_shown_where_they_are() {
    let cases: &[(&str, &[&str])] = &[
        (
            "namedValues:\n- name: a\n  properties: { value: '{#[NO_SUCH]#}' }\n",
            &["configuration.dev.yaml:3:24 [overlay/missing-variable] the environment variable `NO_SUCH` is not set"],
        ),
        (
            "backend: []\n",
            &[
                "configuration.dev.yaml:1:1 [overlay/unknown-section] `backend` is no kind of resource (did you mean `backends`?)",
            ],
        ),
        (
            "backends: {}\n",
            &[
                "configuration.dev.yaml:1:11 [instance/wrong-type] `backends` is an object, and the service reads an array of entries with a `name`",
            ],
        ),
        (
            "backends: [{ url: x }]\n",
            &["configuration.dev.yaml:1:12 [instance/wrong-type] an entry of `backends` needs a `name`"],
        ),
        (
            "backends: [{ name: stok, properties: { url: 'https://x' } }]\n",
            &[
                "configuration.dev.yaml:1:20 [overlay/unmatched-name] the instance has no backend called `stok` (did you mean `stock`?)",
            ],
        ),
        (
            "apis: [{ name: customers }]\n",
            &["configuration.dev.yaml:1:16 [overlay/unmatched-name] the instance has no API called `customers`"],
        ),
        (
            "apis: [{ name: orders, operations: [{ name: list-order }] }]\n",
            &[
                "configuration.dev.yaml:1:45 [overlay/unmatched-name] the instance has no operation called `list-order` (did you mean `list-orders`?)",
            ],
        ),
        (
            "products:\n- name: starter\n  properties:\n    approvalRequired: [1]\n",
            &[
                "configuration.dev.yaml:4:5 [instance/wrong-type] `approvalRequired` is an array, and the service reads a boolean",
            ],
        ),
        ("- a\n", &["configuration.dev.yaml:1:1 [instance/wrong-type] the overlay is an array, and sections are read"]),
        ("backends: [\n", &["configuration.dev.yaml:1:11 [instance/broken-yaml] unclosed bracket '['"]),
        (
            "apimServiceName: x\nbackends: []\nbackends: []\n",
            &[
                "configuration.dev.yaml:3:1 [instance/duplicate-member] the member `backends` occurs twice, and only the last counts",
            ],
        ),
    ];
    for (overlay, expected) in cases {
        assert_eq!(found(overlay), *expected, "{overlay}");
    }
}
