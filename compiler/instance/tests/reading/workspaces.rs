//! What only some layouts have: workspaces, releases, schemas, resolvers, operations with files of their own.

use instance::resources::operation::{OperationOrigin, ParameterPlace};

use crate::support::{read, shown};

#[test]
fn a_workspace_has_resources_of_its_own() {
    let text = r#"
=== policy.xml
<policies />
=== named values/shared/namedValueInformation.json
{ "properties": { "displayName": "shared", "value": "1" } }
=== workspaces/team/workspaceInformation.json
{ "properties": { "displayName": "Team", "description": "Ours" } }
=== workspaces/team/policy.xml
<policies />
=== workspaces/team/apis/orders/apiInformation.json
{ "properties": { "path": "team/orders" } }
=== workspaces/team/apis/orders/policy.xml
<policies />
=== workspaces/team/products/starter/productInformation.json
{ "properties": {} }
=== workspaces/team/products/starter/apis/link-1/productApiInformation.json
{ "properties": { "apiId": "/subscriptions/0/resourceGroups/g/providers/Microsoft.ApiManagement/service/s/workspaces/team/apis/orders" } }
=== workspaces/team/policy fragments/f/policy.xml
<fragment />
=== subscriptions/s/subscriptionInformation.json
{ "properties": { "scope": "/workspaces/team/products/starter", "state": "active" } }
"#;
    let (instance, diagnostics) = read(text);
    assert_eq!(shown(&diagnostics), Vec::<String>::new());
    let team = instance.workspaces.get("TEAM").unwrap();
    assert_eq!((team.display_name.as_str(), team.description.as_deref()), ("Team", Some("Ours")));
    assert!(team.resources.products.get("starter").unwrap().contains("Orders;rev=3"));
    assert_eq!(instance.service.subscriptions.get("s").unwrap().workspace.as_deref(), Some("team"));
    let documents: Vec<String> =
        instance.documents().iter().map(|d| format!("{} {}", d.scope.kind(), d.path())).collect();
    assert_eq!(
        documents,
        [
            "global global",
            "workspace workspaces/team",
            "fragment workspaces/team/fragments/f",
            "api workspaces/team/apis/orders",
        ]
    );
    assert!(instance.documents()[3].resources(&instance).fragment("F").is_some());
}

#[test]
fn releases_schemas_and_resolvers_are_read() {
    let text = r##"
=== apis/g/apiInformation.json
{ "properties": { "path": "g", "type": "graphql" } }
=== apis/g/specification.graphql
type Query { users: [User] }
=== apis/g/releases/r1/apiReleaseInformation.json
{ "properties": { "apiId": "/apis/g;rev=1", "notes": "first" } }
=== apis/g/schemas/graphql/apiSchemaInformation.json
{ "properties": { "contentType": "application/vnd.ms-azure-apim.graphql.schema", "document": { "value": "type Query" } } }
=== apis/g/resolvers/users/resolverInformation.json
{ "properties": { "displayName": "Users", "path": "Query/users" } }
=== apis/g/resolvers/users/policy.xml
<http-data-source />
=== apis/g/policy.xml
<policies />
=== apis/w/apiInformation.json
{ "properties": { "path": "w", "type": "websocket", "protocols": ["wss"], "serviceUrl": "wss://w.example.com" } }
=== apis/w/operations/onHandshake/policy.xml
<policies />
=== apis/s/apiInformation.json
{ "properties": { "path": "s", "type": "soap", "wsdlSelector": { "wsdlServiceName": "S" } } }
=== apis/s/specification.wsdl
<definitions />
=== apis/s/operations/6457bd534634611658abd4ee/policy.xml
<policies />
=== users/anna/userInformation.json
{ "properties": { "firstName": "Anna", "state": "active", "identities": [{ "provider": "Basic", "id": "a@example.com" }], "groups": ["developers"] } }
=== schemas/order/schemaInformation.json
{ "properties": { "schemaType": "json", "document": { "type": "object" } } }
"##;
    let (instance, diagnostics) = read(text);
    assert_eq!(shown(&diagnostics), Vec::<String>::new());
    let g = instance.service.apis.get("g").unwrap();
    assert_eq!(g.releases.get("r1").unwrap().api.as_deref(), Some("g;rev=1"));
    assert_eq!(g.resolvers.get("users").unwrap().path.as_deref(), Some("Query/users"));
    assert_eq!(g.schemas.get("graphql").unwrap().document.as_ref().unwrap().as_str(), Some("type Query"));
    assert_eq!(g.specification.as_ref().unwrap().source().text(), "type Query { users: [User] }\n");
    let w = instance.service.apis.get("w").unwrap().operations.get("onhandshake").unwrap();
    assert_eq!((w.origin, w.policy.is_some()), (OperationOrigin::System, true));
    let s = instance.service.apis.get("s").unwrap();
    assert_eq!(s.operations.iter().next().unwrap().origin, OperationOrigin::PolicyFolder);
    assert_eq!(s.wsdl.as_ref().unwrap().service.as_deref(), Some("S"));
    assert_eq!(instance.service.users.get("anna").unwrap().groups[0].name, "developers");
    assert!(instance.service.schemas.get("order").unwrap().document.is_some());
    let kinds: Vec<&str> = instance.documents().iter().map(|document| document.scope.kind()).collect();
    assert_eq!(kinds, ["api", "resolver", "operation", "operation"]);
}

#[test]
fn operations_may_have_files_of_their_own() {
    let text = r##"
=== apis/a/apiInformation.json
{ "properties": { "path": "a" } }
=== apis/a/schemas/main/schemaInformation.json
{ "properties": { "contentType": "application/vnd.oai.openapi.components+json", "document": { "components": { "schemas": {
  "Car": { "type": "object", "properties": { "id": { "type": "integer" }, "maker": { "$ref": "#/components/schemas/Maker" } } },
  "Maker": { "type": "string", "enum": ["Saab"] } } } } } }
=== apis/a/operations/get-car/operationInformation.json
{ "properties": { "displayName": "A car", "method": "get", "urlTemplate": "/cars/{id}?v={v}",
  "templateParameters": [{ "name": "id", "type": "integer", "required": true, "values": [] }, { "name": "v", "type": "string", "defaultValue": "1" }],
  "request": { "queryParameters": [{ "name": "q", "type": "string" }], "headers": [{ "name": "h", "type": "string" }], "representations": [] },
  "responses": [
    { "statusCode": 200, "representations": [{ "contentType": "application/json", "schemaId": "main", "typeName": "Car" }] },
    { "statusCode": 404, "representations": [{ "contentType": "text/plain", "examples": { "default": { "value": "no such car" } } }] },
    { "statusCode": 500, "representations": [{ "contentType": "text/plain", "sample": "sorry" }] } ] } }
=== apis/b/apiInformation.json
{ "properties": { "path": "b" } }
=== apis/b/specification.json
{ "openapi": "3.0.1", "paths": { "/x/{id}": { "get": { "responses": {} } } } }
=== apis/b/operations/5f3a/operationInformation.json
{ "properties": { "method": "GET", "urlTemplate": "/x/{name}" } }
=== apis/b/operations/5f3a/policy.xml
<policies />
"##;
    let (instance, diagnostics) = read(text);
    assert_eq!(shown(&diagnostics), Vec::<String>::new());
    let api = instance.service.apis.get("a").unwrap();
    let car = api.operations.get("get-car").unwrap();
    let route = car.route.as_ref().unwrap();
    assert_eq!((route.method.as_str(), route.template.text()), ("GET", "/cars/{id}?v={v}"));
    let places: Vec<(&str, ParameterPlace)> = car.parameters.iter().map(|p| (p.name.as_str(), p.place)).collect();
    assert_eq!(
        places,
        [
            ("id", ParameterPlace::Template),
            ("v", ParameterPlace::Template),
            ("q", ParameterPlace::Query),
            ("h", ParameterPlace::Header),
        ]
    );
    let body = |status| api.example_for(car, status, None, None).body;
    assert_eq!(body(200), r#"{"id":0,"maker":"Saab"}"#);
    assert_eq!(body(404), "no such car");
    assert_eq!(body(500), "sorry");
    // An operation without an id in the specification is called as its folder is.
    let operation = instance.service.apis.get("b").unwrap().operations.get("5f3a").unwrap();
    assert_eq!(operation.route.as_ref().unwrap().template.text(), "/x/{id}");
    assert!(operation.policy.is_some());
}
