//! The operations that an OpenAPI document describes, named and routed as the service's import does.
//!
//! Not here: operations with information files of their own (`resources::operation`).

use std::collections::{HashMap, HashSet};

use grammar::diagnostic::{Level, Rule};

use crate::findings::{Findings, Place, WRONG_TYPE};
use crate::model::table::fold;
use crate::model::url_template::UrlTemplate;
use crate::openapi::references::References;
use crate::openapi::{OpenApi, OpenApiVersion};
use crate::resources::Link;
use crate::resources::api::RequiredQueryParameters;
use crate::resources::operation::{
    Example, Operation, OperationOrigin, Parameter, ParameterPlace, Representation, Response, Route, Status,
};
use crate::text::value::{Member, Node, Value};

/// The longest name that is made of a method and a path, in characters: the limit of a resource's name less four for
/// a number behind it.
const MAX_DERIVED_NAME: usize = 76;
/// The longest title that an operation takes from `summary`, in characters.
const MAX_SUMMARY: usize = 300;
/// What the service imports; it leaves `trace` out.
const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];
/// Methods whose bodies it leaves out.
const BODILESS: [&str; 3] = ["GET", "HEAD", "OPTIONS"];

/// Two operations with one `operationId`.
pub static DUPLICATE_OPERATION_ID: Rule = Rule {
    id: "openapi/duplicate-operation-id",
    level: Level::Error,
    summary: "two operations of a specification have one `operationId`",
    page: include_str!("../rules/openapi-duplicate-operation-id.md"),
    aliases: &[],
};

/// A query parameter with the name of a path parameter.
pub static DUPLICATE_PARAMETER: Rule = Rule {
    id: "openapi/duplicate-parameter",
    level: Level::Error,
    summary: "a required query parameter has the name of a path parameter",
    page: include_str!("../rules/openapi-duplicate-parameter.md"),
    aliases: &[],
};

/// The operations of a document, in its order.
pub(crate) fn operations(
    document: &OpenApi,
    references: &References,
    query: RequiredQueryParameters,
    out: &mut Findings,
) -> Vec<Operation> {
    let mut reader = Reader { document, references, query, names: HashMap::new(), operations: Vec::new(), out };
    for key in ["paths", "x-ms-paths"] {
        let Some(paths) = document.root.get(key) else { continue };
        if paths.as_object().is_none() && !paths.is_null() {
            let message = format!("`{key}` is {}, and the service reads an object", paths.kind());
            reader.out.at(&WRONG_TYPE, paths, message);
        }
        for path in paths.members().iter().filter(|path| !path.key.starts_with("x-")) {
            reader.path(path);
        }
    }
    reader.operations
}

struct Reader<'d> {
    document: &'d OpenApi,
    references: &'d References,
    query: RequiredQueryParameters,
    /// The names that are taken, each with the highest number that stands behind it.
    names: HashMap<String, u32>,
    operations: Vec<Operation>,
    out: &'d mut Findings,
}

impl<'d> Reader<'d> {
    fn resolve(&self, node: &'d Node) -> Option<&'d Node> {
        self.references.resolve(node)
    }

    fn path(&mut self, path: &'d Member) {
        let Some(item) = self.resolve(&path.value) else { return };
        let shared = item.get("parameters").map_or(&[][..], Node::items);
        for member in item.members() {
            let method = member.key.to_ascii_lowercase();
            if METHODS.contains(&method.as_str()) {
                self.operation(path, shared, &method.to_ascii_uppercase(), member);
            }
        }
    }

    fn operation(&mut self, path: &'d Member, shared: &'d [Node], method: &str, member: &'d Member) {
        let Some(node) = self.resolve(&member.value).filter(|node| node.as_object().is_some()) else {
            let message = format!("`{}` is {}, and the service reads an object", member.key, member.value.kind());
            self.out.at(&WRONG_TYPE, &member.value, message);
            return;
        };
        let declared = self.declared_parameters(shared, node.get("parameters").map_or(&[][..], Node::items));
        let template = self.template(&path.key, &declared);
        let place = Place::new(&path.value.source, path.key_span);
        let id = node.get("operationId").filter(|id| id.as_scalar_text().is_some_and(|id| !id.trim().is_empty()));
        let (name, place_of_name) = match id {
            Some(id) => (id.as_scalar_text().unwrap_or("").trim().to_owned(), Place::from(id)),
            None => (derived_name(&format!("{method}-{template}")), place.clone()),
        };
        let name = self.unique(name, id);
        let mut operation = Operation::named(&name, OperationOrigin::Specification, place_of_name);
        operation.display_name = match (text(node, "summary").filter(|text| !text.is_empty()), id) {
            (Some(summary), _) => summary.chars().take(MAX_SUMMARY).collect(),
            (None, Some(_)) => name,
            (None, None) => format!("{} - {method}", path.key),
        };
        operation.description = text(node, "description");
        operation.route = Some(Route::new(method, &template, &place, self.out));
        let template = operation.route.iter().flat_map(|route| route.template.parameters());
        let template: HashSet<String> = template.map(fold).collect();
        operation.parameters = declared.iter().filter_map(|parameter| self.parameter(parameter, &template)).collect();
        if !BODILESS.contains(&method) {
            operation.request = self.request(node, &declared);
        }
        operation.responses = self.responses(node);
        let tags = node.get("tags").map_or(&[][..], Node::items);
        operation.tags =
            tags.iter().filter_map(|tag| Some(Link::new(tag.as_scalar_text()?, Place::from(tag)))).collect();
        self.operations.push(operation);
    }

    /// A name that no operation has yet: itself, or itself with a number behind it, as the import numbers names.
    fn unique(&mut self, name: String, id: Option<&Node>) -> String {
        let Some(last) = self.names.get(&fold(&name)).copied() else {
            self.names.insert(fold(&name), 0);
            return name;
        };
        if let Some(id) = id {
            let message = format!("another operation has the `operationId` `{name}`");
            self.out.at(&DUPLICATE_OPERATION_ID, id, message);
        }
        let mut number = last;
        loop {
            number += 1;
            let numbered = format!("{name}-{number}");
            if !self.names.contains_key(&fold(&numbered)) {
                self.names.insert(fold(&name), number);
                self.names.insert(fold(&numbered), 0);
                return numbered;
            }
        }
    }

    /// The parameters of an operation: its own, and those of its path that it does not redefine.
    fn declared_parameters(&self, shared: &'d [Node], own: &'d [Node]) -> Vec<&'d Node> {
        let key = |node: &'d Node| Some((node.get("name")?.as_str()?, node.get("in")?.as_str()?));
        let own: Vec<&Node> = own.iter().filter_map(|node| self.resolve(node)).collect();
        let redefined: HashSet<Option<(&str, &str)>> = own.iter().map(|node| key(node)).collect();
        let mut all: Vec<&Node> = shared
            .iter()
            .filter_map(|node| self.resolve(node))
            .filter(|shared| !redefined.contains(&key(shared)))
            .collect();
        all.extend(own);
        all
    }

    /// The URL template: the path, and the query parameters that a request must have.
    fn template(&mut self, path: &str, declared: &[&Node]) -> String {
        let mut template = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        if self.query == RequiredQueryParameters::Query {
            return template;
        }
        let (parsed, _) = UrlTemplate::parse(&template);
        let path_names: HashSet<String> = parsed.parameters().map(fold).collect();
        let mut known: HashSet<String> = parsed.query.iter().map(|part| fold(&part.name)).collect();
        let mut sign = if template.contains('?') { '&' } else { '?' };
        for parameter in declared {
            let is_required = parameter.get("required").and_then(Node::as_bool) == Some(true);
            let Some(name) = parameter.get("name").filter(|_| is_required && is_in(parameter, "query")) else {
                continue;
            };
            let Some(text) = name.as_str().filter(|text| !text.is_empty()) else { continue };
            if path_names.contains(&fold(text)) && !known.contains(&fold(text)) {
                let message = format!("`{text}` is a parameter of the path as well, and the service takes a name once");
                self.out.at(&DUPLICATE_PARAMETER, name, message);
            } else if known.insert(fold(text)) {
                template.push(sign);
                sign = '&';
                template.push_str(&format!("{text}={{{text}}}"));
            }
        }
        template
    }

    /// A parameter as it is declared; `template` holds the names of those in the URL template.
    fn parameter(&self, node: &'d Node, template: &HashSet<String>) -> Option<Parameter> {
        let name = text(node, "name")?;
        let in_template = template.contains(&fold(&name));
        let place = match node.get("in").and_then(Node::as_str)? {
            "path" => ParameterPlace::Template,
            "query" if in_template => ParameterPlace::Template,
            "query" => ParameterPlace::Query,
            "header" => ParameterPlace::Header,
            _ => return None,
        };
        Some(self.described(name, place, node))
    }

    /// A parameter or header, whose schema is a member (3.x) or the description itself (2.0).
    fn described(&self, name: String, place: ParameterPlace, node: &'d Node) -> Parameter {
        let content = node.get("content").and_then(|content| content.members().first());
        let schema = node.get("schema").or_else(|| content.and_then(|content| content.value.get("schema")));
        let schema = match self.document.version {
            OpenApiVersion::V2 => Some(node),
            OpenApiVersion::V3 | OpenApiVersion::V31 => schema,
        };
        let resolved = schema.and_then(|schema| self.resolve(schema));
        let member = |key: &str| resolved.and_then(|schema| schema.get(key));
        Parameter {
            name,
            place,
            required: node.get("required").and_then(Node::as_bool).unwrap_or(false),
            data_type: member("type").and_then(schema_type),
            default: member("default").and_then(Node::as_scalar_text).map(str::to_owned),
            values: member("enum")
                .map_or(&[][..], Node::items)
                .iter()
                .filter_map(|value| value.as_scalar_text().map(str::to_owned))
                .collect(),
            description: text(node, "description"),
            schema: schema.cloned(),
        }
    }

    fn request(&self, node: &'d Node, declared: &[&'d Node]) -> Vec<Representation> {
        if self.document.version != OpenApiVersion::V2 {
            let body = node.get("requestBody").and_then(|body| self.resolve(body));
            return self.content(body.and_then(|body| body.get("content")));
        }
        let body = declared.iter().find(|parameter| is_in(parameter, "body"));
        let Some(schema) = body.and_then(|body| body.get("schema")) else { return Vec::new() };
        let types = self.media_types(node, "consumes");
        types
            .into_iter()
            .map(|content_type| Representation { content_type, examples: Vec::new(), schema: Some(schema.clone()) })
            .collect()
    }

    fn responses(&self, node: &'d Node) -> Vec<Response> {
        let mut responses = Vec::new();
        for member in node.get("responses").map_or(&[][..], Node::members) {
            let Some(status) = Status::parse(&member.key) else { continue };
            let Some(response) = self.resolve(&member.value) else { continue };
            let headers = response.get("headers").map_or(&[][..], Node::members).iter();
            let headers = headers.filter_map(|header| {
                Some(self.described(header.key.to_string(), ParameterPlace::Header, self.resolve(&header.value)?))
            });
            responses.push(Response {
                status,
                description: text(response, "description"),
                headers: headers.collect(),
                representations: match self.document.version {
                    OpenApiVersion::V2 => self.v2_representations(node, response),
                    OpenApiVersion::V3 | OpenApiVersion::V31 => self.content(response.get("content")),
                },
            });
        }
        responses
    }

    /// The bodies of a `content` member of OpenAPI 3.
    fn content(&self, content: Option<&'d Node>) -> Vec<Representation> {
        content
            .map_or(&[][..], Node::members)
            .iter()
            .map(|media| Representation {
                content_type: media.key.to_string(),
                examples: self.examples(&media.value),
                schema: media.value.get("schema").cloned(),
            })
            .collect()
    }

    fn examples(&self, media: &'d Node) -> Vec<Example> {
        if let Some(example) = media.get("example") {
            return vec![Example { name: "default".to_owned(), value: example.clone() }];
        }
        let examples = media.get("examples").map_or(&[][..], Node::members).iter();
        let value = |example: &'d Member| Some(self.resolve(&example.value)?.get("value")?.clone());
        examples.filter_map(|example| Some(Example { name: example.key.to_string(), value: value(example)? })).collect()
    }

    /// The bodies of a response of OpenAPI 2: its schema in every produced type, and its examples by type.
    fn v2_representations(&self, operation: &'d Node, response: &'d Node) -> Vec<Representation> {
        let schema = response.get("schema");
        let examples = response.get("examples").map_or(&[][..], Node::members);
        let mut types = if schema.is_some() { self.media_types(operation, "produces") } else { Vec::new() };
        for example in examples {
            if !types.iter().any(|known| known.eq_ignore_ascii_case(&example.key)) {
                types.push(example.key.to_string());
            }
        }
        types
            .into_iter()
            .map(|content_type| {
                let example = examples.iter().find(|example| content_type.eq_ignore_ascii_case(&example.key));
                let example = example.map(|e| Example { name: "default".to_owned(), value: e.value.clone() });
                Representation { examples: example.into_iter().collect(), schema: schema.cloned(), content_type }
            })
            .collect()
    }

    /// The media types of OpenAPI 2: the operation's, else the document's, else JSON.
    fn media_types(&self, operation: &Node, key: &str) -> Vec<String> {
        let own = operation.get(key).or_else(|| self.document.root.get(key)).map_or(&[][..], Node::items);
        let types: Vec<String> = own.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect();
        if types.is_empty() { vec!["application/json".to_owned()] } else { types }
    }
}

fn text(node: &Node, key: &str) -> Option<String> {
    node.get(key).and_then(Node::as_scalar_text).map(str::to_owned)
}

fn is_in(parameter: &Node, place: &str) -> bool {
    parameter.get("in").and_then(Node::as_str) == Some(place)
}

/// The type that a schema names; of several the first that is not `null`.
pub(crate) fn schema_type(node: &Node) -> Option<String> {
    match &node.value {
        Value::String(name) => Some(name.to_string()),
        Value::Array(names) => {
            let mut names = names.iter().filter_map(Node::as_str);
            let first = names.clone().next();
            names.find(|name| *name != "null").or(first).map(str::to_owned)
        }
        _ => None,
    }
}

/// The name that the service's import makes of a method and a path: `GET-/foo/{bar}` becomes `get-foo-bar`.
#[must_use]
pub fn derived_name(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            name.extend(c.to_lowercase());
        } else if !name.ends_with('-') {
            name.push('-');
        }
    }
    let cut: String = name.trim_matches('-').chars().take(MAX_DERIVED_NAME).collect();
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_derived_as_the_import_does() {
        let long = format!("GET-/{}", "very/".repeat(40));
        let cases = [
            ("GET-/foo/{bar}?buzz={quix}", "get-foo-bar-buzz-quix"),
            ("GET-/", "get"),
            ("POST-/Items({id})/_x", "post-items-id-x"),
            (&long, "get-very-very-very-very-very-very-very-very-very-very-very-very-very-very-ve"),
        ];
        for (text, expected) in cases {
            assert_eq!(derived_name(text), expected, "{text}");
        }
    }
}
