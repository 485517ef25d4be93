//! No secret is shown: not by `Debug`, and not by the text that a diagnostic may quote.

use crate::support::{read, try_read};

const SECRETS: [&str; 10] = [
    "s-named",
    "s-primary",
    "s-secondary",
    "s-header",
    "s-query",
    "s-parameter",
    "s-proxy",
    "s-logger",
    "s-overlay",
    "s-variable",
];

const TEXT: &str = r#"
=== namedValues/a/namedValueInformation.json
{ "properties": { "displayName": "bad name!", "secret": true, "value": "s-named" } }
=== subscriptions/s/subscriptionInformation.json
{ "properties": { "scope": "/products/none", "primaryKey": "s-primary", "secondaryKey": "s-secondary" } }
=== backends/b/backendInformation.json
{ "properties": { "protocol": "none", "credentials": { "header": { "k": ["s-header"] }, "query": { "q": ["s-query"] },
  "authorization": { "scheme": "Basic", "parameter": "s-parameter" } }, "proxy": { "url": "http://p", "password": "s-proxy" } } }
=== loggers/l/loggerInformation.json
{ "properties": { "loggerType": "none", "credentials": { "instrumentationKey": "s-logger" } } }
=== configuration.dev.yaml
namedValues: [{ name: a, properties: { displayName: a b, value: s-overlay } }, { name: o, value: '{#[V]#}', secret: true }]
"#;

#[test]
fn no_secret_is_shown() {
    let (instance, diagnostics) = try_read(TEXT, None, &[("V", "s-variable")]).expect("the folder is there");
    assert_eq!(diagnostics.len(), 5, "{:?}", crate::support::shown(&diagnostics));
    let mut shown = format!("{instance:?}{diagnostics:?}");
    for diagnostic in &diagnostics {
        shown.push_str(diagnostic.source.text());
        shown.push_str(&diagnostic.message);
    }
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{secret}");
    }
    // They are there, for those who ask.
    let backend = instance.service.backend("b").unwrap();
    assert_eq!(backend.credentials.headers[0].1[0].expose(), "s-header");
    assert_eq!(backend.credentials.authorization.as_ref().unwrap().1.as_ref().unwrap().expose(), "s-parameter");
    assert_eq!(backend.proxy.as_ref().unwrap().password.as_ref().unwrap().expose(), "s-proxy");
    assert_eq!(instance.service.loggers.get("l").unwrap().credentials[0].1.expose(), "s-logger");
    let keys: Vec<&str> = instance.service.subscriptions.get("s").unwrap().keys().map(|key| key.expose()).collect();
    assert_eq!(keys, ["s-primary", "s-secondary"]);
}

#[test]
fn a_broken_file_shows_no_secret() {
    let texts = [
        "=== namedValues/a/namedValueInformation.json\n{ \"properties\": { \"secret\": true, \"value\": \"s-named\" \"x\" } }",
        "=== namedValues/a/namedValueInformation.json\n{ \"properties\": { \"secret\": true, \"value\":\n\"s-named\n\" } }",
        "=== subscriptions/a/subscriptionInformation.json\n{ \"properties\": { \"primaryKey\": 12s-named } }",
        "=== subscriptions/a/subscriptionInformation.json\n{ \"properties\": { \"primaryKey\": [\"s-named\"] } }",
        "=== configuration.dev.yaml\nnamedValues:\n- name: a\n  value: \"s-named\n",
        "=== namedValues/a/namedValueInformation.json\n{ \"properties\": { \"secret\": \"yes\", \"value\": \"s-named\", \"displayName\": 1 } }",
    ];
    for text in texts {
        let (instance, diagnostics) = read(text);
        assert!(!diagnostics.is_empty(), "{text}");
        for diagnostic in &diagnostics {
            assert!(!diagnostic.message.contains("named"), "{text}: {}", diagnostic.message);
            assert!(!diagnostic.source.text().contains("s-named"), "{text}");
        }
        assert!(!format!("{instance:?}").contains("s-named"), "{text}");
    }
}

#[test]
fn a_redacted_secret_is_an_absent_one() {
    let text = r#"
=== namedValues/a/namedValueInformation.json
{ "properties": { "displayName": "a", "secret": true, "value": "*** REDACTED ***" } }
=== subscriptions/s/subscriptionInformation.json
{ "properties": { "scope": "/apis", "primaryKey": "*** REDACTED ***" } }
"#;
    let (instance, _) = read(text);
    let value = &instance.service.named_value("a").unwrap().value;
    assert_eq!(*value, instance::resources::named_value::NamedValueText::Secret(None));
    assert_eq!(instance.service.subscriptions.get("s").unwrap().keys().count(), 0);
}
