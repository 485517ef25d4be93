//! Specifications: operations, parameters, references, and the bodies of mocked responses.

use instance::Instance;
use instance::resources::operation::{Operation, ParameterPlace};

use crate::support::{read, shown};

/// An instance of one API with this specification, which must be free of faults.
fn specified(extension: &str, specification: &str) -> Instance {
    specified_with(r#"{ "properties": { "path": "a" } }"#, extension, specification)
}

fn specified_with(information: &str, extension: &str, specification: &str) -> Instance {
    let text = format!(
        "=== apis/a/apiInformation.json\n{information}\n=== apis/a/specification.{extension}\n{specification}\n"
    );
    let (instance, diagnostics) = read(&text);
    assert_eq!(shown(&diagnostics), Vec::<String>::new());
    instance
}

fn operations(instance: &Instance) -> Vec<String> {
    let api = instance.service.apis.get("a").expect("the API is there");
    api.operations
        .iter()
        .map(|operation| {
            let route = operation.route.as_ref().expect("a route");
            format!("{} = {} {} ({})", operation.name, route.method, route.template, operation.display_name)
        })
        .collect()
}

#[test]
fn operations_are_named_and_routed_as_the_import_does() {
    let specification = "
openapi: 3.0.3
paths:
  /cars:
    parameters:
      - { name: v, in: query, required: true }
      - { name: x-trace, in: header, required: true }
    get:
      operationId: ListCars
      parameters:
        - { name: maker, in: query, required: true }
        - { name: top, in: query }
    post: { summary: 'Add a car', parameters: [{ name: v, in: query, required: false }] }
    trace: { operationId: trace-cars }
  /cars/{id}/Parts({part}):
    get: { responses: {} }
    head: { operationId: '' }
  /cars_/{id}:
    get: {}
  /cars/{id}:
    get: {}
  x-internal: { get: {} }
x-ms-paths:
  /cars?kind={kind}:
    get: { operationId: list-by-kind, parameters: [{ name: kind, in: query, required: true }] }
";
    assert_eq!(
        operations(&specified("yaml", specification)),
        [
            "ListCars = GET /cars?v={v}&maker={maker} (ListCars)",
            "post-cars = POST /cars (Add a car)",
            "get-cars-id-parts-part = GET /cars/{id}/Parts({part}) (/cars/{id}/Parts({part}) - GET)",
            "head-cars-id-parts-part = HEAD /cars/{id}/Parts({part}) (/cars/{id}/Parts({part}) - HEAD)",
            "get-cars-id = GET /cars_/{id} (/cars_/{id} - GET)",
            "get-cars-id-1 = GET /cars/{id} (/cars/{id} - GET)",
            "list-by-kind = GET /cars?kind={kind} (list-by-kind)",
        ]
    );
    let information = r#"{ "properties": { "path": "a", "translateRequiredQueryParameters": "query" } }"#;
    let instance = specified_with(information, "yaml", specification);
    assert_eq!(operations(&instance)[0], "ListCars = GET /cars (ListCars)");
    let list = instance.service.apis.get("a").unwrap().operations.get("listcars").unwrap();
    assert!(list.parameters.iter().any(|p| p.name == "x-trace" && p.place == ParameterPlace::Header));
    assert!(list.parameters.iter().any(|p| p.name == "maker" && p.place == ParameterPlace::Query && p.required));
}

#[test]
fn ids_that_look_like_numbers_are_ids() {
    let specification = "
openapi: 3.0.1
paths:
  /a: { get: { operationId: 429 } }
  /b: { get: { operationId: 0645e12 } }
  /c: { get: { operationId: true } }
";
    assert_eq!(
        operations(&specified("yaml", specification)),
        ["429 = GET /a (429)", "0645e12 = GET /b (0645e12)", "true = GET /c (true)"]
    );
}

#[test]
fn the_first_https_server_is_the_service() {
    let cases = [
        (
            "openapi: 3.0.1\nservers: [{ url: 'http://a' }, { url: 'https://b' }, { url: 'https://c' }]\npaths: {}",
            Some("https://b"),
        ),
        ("openapi: 3.1.0\nservers: [{ url: '/relative' }]\npaths: {}", None),
        (
            "openapi: 3.0.1\nservers: [{ url: 'https://{h}.x', variables: { h: { default: api } } }]\npaths: {}",
            Some("https://api.x"),
        ),
        (
            "swagger: 2.0\nhost: a.example\nbasePath: /v1/\nschemes: [http, https]\npaths: {}",
            Some("https://a.example/v1"),
        ),
        ("swagger: '2.0'\nhost: a.example\nschemes: [http]\npaths: {}", None),
        ("swagger: '2.0'\nx-servers: [{ url: 'https://s.example' }]\npaths: {}", Some("https://s.example")),
    ];
    for (specification, expected) in cases {
        let instance = specified("yaml", specification);
        assert_eq!(instance.service.apis.get("a").unwrap().service_url.as_deref(), expected, "{specification}");
    }
    let own = r#"{ "properties": { "serviceUrl": "http://own" } }"#;
    let instance = specified_with(own, "yaml", cases[0].0);
    assert_eq!(instance.service.apis.get("a").unwrap().service_url.as_deref(), Some("http://own"));
}

fn mock(
    instance: &Instance,
    operation: &str,
    status: u16,
    content_type: Option<&str>,
    index: Option<usize>,
) -> (String, String) {
    let api = instance.service.apis.get("a").expect("the API is there");
    let operation: &Operation = api.operations.get(operation).expect("the operation is there");
    let mock = api.example_for(operation, status, content_type, index);
    (mock.content_type.unwrap_or_default(), mock.body)
}

#[test]
fn a_mocked_body_is_the_example_or_a_sample() {
    let specification = r##"
openapi: 3.0.1
paths:
  /a:
    get:
      operationId: a
      responses:
        200:
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Car' }
              examples:
                one: { value: { z: 1.0, a: 12345678901234567890123, t: "x" } }
                two: { $ref: '#/components/examples/Two' }
                three: { externalValue: 'https://example.com' }
            application/xml:
              schema: { $ref: '#/components/schemas/Car' }
            text/plain:
              example: plain text
        201:
          content:
            application/json; charset=utf-8: { schema: { $ref: '#/components/schemas/Car' } }
        202:
          content:
            application/json: { example: '{"quoted": [1.50]}' }
            text/json: { example: word }
        204: { description: Nothing }
        4XX: { content: { 'application/*': { example: [1, 2.50] } } }
        default: { $ref: '#/components/responses/Other' }
components:
  responses:
    Other: { content: { '*/*': { example: { other: true } } } }
  examples:
    Two: { value: { two: 2 } }
  schemas:
    Car:
      type: object
      xml: { name: car }
      properties:
        id: { type: integer, xml: { attribute: true } }
        name: { type: string, example: 'A & B' }
        tags: { type: array, xml: { wrapped: true }, items: { type: string, xml: { name: tag } } }
        wheels: { type: array, items: { type: integer } }
"##;
    let instance = specified("yaml", specification);
    let car = r#"{"id":0,"name":"A & B","tags":["string"],"wheels":[0]}"#;
    let xml = r#"<?xml version="1.0" encoding="UTF-8"?><car id="0"><name>A &amp; B</name><tags><tag>string</tag></tags><wheels>0</wheels></car>"#;
    let json = "application/json";
    // Status, content type and index that are asked for; content type and body that are given.
    let cases = [
        (200, None, None, json, r#"{"z":1.0,"a":12345678901234567890123,"t":"x"}"#),
        (200, None, Some(1), json, r#"{"two":2}"#),
        (200, None, Some(9), json, r#"{"z":1.0,"a":12345678901234567890123,"t":"x"}"#),
        (
            200,
            Some("Application/JSON; charset=utf-8"),
            None,
            "Application/JSON; charset=utf-8",
            r#"{"z":1.0,"a":12345678901234567890123,"t":"x"}"#,
        ),
        (200, Some("application/xml"), None, "application/xml", xml),
        (200, Some("text/plain"), None, "text/plain", "plain text"),
        (200, Some("text/html"), None, "text/html", ""),
        (201, None, None, "application/json; charset=utf-8", car),
        (201, Some(json), None, json, car),
        (202, None, None, json, r#"{"quoted": [1.50]}"#),
        (202, Some("text/json"), None, "text/json", "\"word\""),
        (204, None, None, "", ""),
        (404, Some("application/problem+json"), None, "application/problem+json", "[1,2.50]"),
        (503, Some("text/x"), None, "text/x", r#"{"other":true}"#),
    ];
    for (status, content_type, index, expected_type, expected) in cases {
        let found = mock(&instance, "a", status, content_type, index);
        assert_eq!(found, (expected_type.to_owned(), expected.to_owned()), "{status} {content_type:?}");
    }
}

#[test]
fn swagger_documents_are_read_too() {
    let specification = r##"{
  "swagger": "2.0",
  "produces": ["application/json", "text/xml"],
  "parameters": { "Id": { "name": "id", "in": "path", "type": "integer", "required": true } },
  "responses": { "Gone": { "description": "gone", "examples": { "text/plain": "gone" } } },
  "paths": {
    "/cars/{id}": {
      "parameters": [{ "$ref": "#/parameters/Id" }],
      "put": {
        "operationId": "put-car",
        "consumes": ["application/x-car"],
        "parameters": [
          { "name": "body", "in": "body", "schema": { "$ref": "#/definitions/Car" } },
          { "name": "v", "in": "query", "type": "string", "enum": ["1", "2"], "default": "1" },
          { "name": "f", "in": "formData", "type": "string" }
        ],
        "responses": {
          "200": { "schema": { "$ref": "#/definitions/Car" }, "examples": { "application/json": { "id": 7.0 } } },
          "410": { "$ref": "#/responses/Gone" }
        }
      },
      "get": { "operationId": "get-car", "parameters": [{ "name": "body", "in": "body", "schema": {} }], "produces": ["application/car+json"],
        "responses": { "200": { "schema": { "$ref": "#/definitions/Car" } } } }
    }
  },
  "definitions": { "Car": { "type": "object", "properties": { "id": { "type": "number" } } } }
}"##;
    let instance = specified("json", specification);
    let put = instance.service.apis.get("a").unwrap().operations.get("put-car").unwrap();
    let parameters: Vec<String> =
        put.parameters.iter().map(|p| format!("{} {:?} {:?} {:?}", p.name, p.place, p.data_type, p.values)).collect();
    assert_eq!(parameters, ["id Template Some(\"integer\") []", "v Query Some(\"string\") [\"1\", \"2\"]"]);
    assert_eq!(put.request[0].content_type, "application/x-car");
    let get = instance.service.apis.get("a").unwrap().operations.get("get-car").unwrap();
    assert!(get.request.is_empty());
    assert_eq!(mock(&instance, "put-car", 200, None, None).1, r#"{"id":7.0}"#);
    assert_eq!(
        mock(&instance, "put-car", 200, Some("text/xml"), None).1,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Car><id>0</id></Car>"
    );
    assert_eq!(mock(&instance, "put-car", 410, None, None), ("text/plain".to_owned(), "gone".to_owned()));
    assert_eq!(
        mock(&instance, "get-car", 200, None, None),
        ("application/car+json".to_owned(), "{\"id\":0}".to_owned())
    );
}

#[test]
fn references_lead_to_files_beside_the_specification() {
    let text = "
=== apis/a/apiInformation.json
{ \"properties\": { \"path\": \"a\" } }
=== apis/a/specification.yaml
openapi: 3.0.1
paths:
  /x: { $ref: 'parts/paths.yaml#/x' }
=== apis/a/parts/paths.yaml
x:
  get:
    operationId: get-x
    responses:
      200: { $ref: '../../shared/responses.json#/Ok' }
      400: { $ref: '../specification.yaml#/none' }
      500: { $ref: 'https://example.com/r.yaml' }
      501: { $ref: '../../../../secret.yaml#/x' }
      502: { $ref: 'missing.yaml' }
=== apis/shared/responses.json
{ \"Ok\": { \"content\": { \"application/json\": { \"schema\": { \"$ref\": \"#/Car\" } } } }, \"Car\": { \"example\": { \"id\": 1 } } }
";
    let (instance, diagnostics) = read(text);
    assert_eq!(
        shown(&diagnostics),
        [
            "apis/a/parts/paths.yaml:6:20 [openapi/unresolved-reference] there is no `#/none` in `apis/a/specification.yaml`",
            "apis/a/parts/paths.yaml:7:20 [openapi/remote-reference] `https://example.com/r.yaml` is a URL, which is not fetched",
            "apis/a/parts/paths.yaml:8:20 [openapi/reference-outside] `../../../../secret.yaml#/x` lies outside the instance",
            "apis/a/parts/paths.yaml:9:20 [openapi/unresolved-reference] there is no file `apis/a/parts/missing.yaml`",
            "apis/shared:1:1 [instance/missing-information] the folder of the API `shared` holds no `apiInformation.json`",
        ]
    );
    assert_eq!(mock(&instance, "get-x", 200, None, None).1, r#"{"id":1}"#);
}

#[test]
fn a_specification_may_stand_in_the_information_file() {
    let text = r##"
=== apis/a/apiInformation.json
{ "properties": { "path": "a", "format": "openapi", "value": "openapi: 3.0.1\npaths:\n  /x:\n    get: { operationId: get-x, responses: { 200: { content: { text/plain: { schema: { $ref: '#/s' } } } } } }\ns: { type: string, default: hi }\n" } }
"##;
    let (instance, diagnostics) = read(text);
    assert_eq!(shown(&diagnostics), Vec::<String>::new());
    assert_eq!(mock(&instance, "get-x", 200, None, None).1, "hi");
}
