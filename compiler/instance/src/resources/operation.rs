//! Operations: what an API answers, and what its description says of requests and responses.
//!
//! Not here: operations that a specification describes (`openapi::operations`), examples (`openapi::example`).

use crate::findings::{Findings, Place};
use crate::members::Members;
use crate::model::definition::Definition;
use crate::model::url_template::UrlTemplate;
use crate::resources::policy::Policy;
use crate::resources::{Link, named};
use crate::text::value::Node;

/// An operation of an API.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Its name, which is `context.Operation.Id`.
    pub name: String,
    /// Its title, which is `context.Operation.Name`.
    pub display_name: String,
    /// What its author says of it.
    pub description: Option<String>,
    /// The requests it answers; `None` where nothing but a policy tells of the operation.
    pub route: Option<Route>,
    /// The parameters that its description names.
    pub parameters: Vec<Parameter>,
    /// The bodies that it takes, in the order of the description.
    pub request: Vec<Representation>,
    /// The responses that it may give, in the order of the description.
    pub responses: Vec<Response>,
    /// Its tags.
    pub tags: Vec<Link>,
    /// The policy of its scope.
    pub policy: Option<Policy>,
    /// Where it was found first.
    pub origin: OperationOrigin,
    /// Where it stands there.
    pub place: Place,
}

named!(Operation);

/// Where an operation was found first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationOrigin {
    /// In the specification of its API.
    Specification,
    /// In an information file of its own.
    InformationFile,
    /// Nowhere but in a folder with a policy.
    PolicyFolder,
    /// Every API of its kind has it.
    System,
}

/// The requests that an operation answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The method, in upper case.
    pub method: String,
    /// Path and query, below the path of the API.
    pub template: UrlTemplate,
}

/// Where a parameter stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterPlace {
    /// In the URL template.
    Template,
    /// In the query, and not in the template.
    Query,
    /// In a header.
    Header,
}

/// A parameter of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: ParameterPlace,
    /// Whether a request must have it.
    pub required: bool,
    /// The type that its schema names, for example `integer`.
    pub data_type: Option<String>,
    /// The value of a request that leaves it out.
    pub default: Option<String>,
    /// The values it may have; any where there is none.
    pub values: Vec<String>,
    /// What its author says of it.
    pub description: Option<String>,
    /// Its schema.
    pub schema: Option<Node>,
}

/// A response of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// Which status codes it describes.
    pub status: Status,
    /// What its author says of it.
    pub description: Option<String>,
    /// Its headers.
    pub headers: Vec<Parameter>,
    /// Its bodies, in the order of the description.
    pub representations: Vec<Representation>,
}

/// The status codes that one description of a response is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// This one.
    Code(u16),
    /// `4XX`: all that begin with this digit.
    Class(u8),
    /// All that have no description of their own.
    Default,
}

/// One form of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Representation {
    /// The media type; empty where the description gives none.
    pub content_type: String,
    /// The examples, in the order of the description.
    pub examples: Vec<Example>,
    /// The schema.
    pub schema: Option<Node>,
}

/// An example of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Its name; `default` for the one example of a description without names.
    pub name: String,
    /// What it is.
    pub value: Node,
}

impl Status {
    /// Reads `200`, `4XX` or `default`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("default") {
            return Some(Self::Default);
        }
        if let [digit @ b'1'..=b'5', b'x' | b'X', b'x' | b'X'] = text.as_bytes() {
            return Some(Self::Class(digit - b'0'));
        }
        text.parse().ok().filter(|code| (100..1000).contains(code)).map(Self::Code)
    }
}

impl Operation {
    /// An operation of which nothing but the name is known.
    pub(crate) fn named(name: &str, origin: OperationOrigin, place: Place) -> Self {
        Self {
            name: name.to_owned(),
            display_name: name.to_owned(),
            description: None,
            route: None,
            parameters: Vec::new(),
            request: Vec::new(),
            responses: Vec::new(),
            tags: Vec::new(),
            policy: None,
            origin,
            place,
        }
    }

    /// Reads the information file of an operation.
    pub(crate) fn read(name: &str, definition: &Definition, schemas: &Schemas, out: &mut Findings) -> Self {
        let properties = definition.properties();
        let mut operation = Self::named(name, OperationOrigin::InformationFile, definition.start());
        operation.display_name = properties.text("displayName", out).unwrap_or_else(|| name.to_owned());
        operation.description = properties.text("description", out);
        let method = properties.str("method", out);
        let template = properties.str("urlTemplate", out);
        if let (Some(method), Some(text), Some(node)) = (method, template, properties.any("urlTemplate")) {
            operation.route = Some(Route::new(method, text, &Place::from(node), out));
        }
        let request = properties.object("request", out);
        operation.parameters = parameters(properties, "templateParameters", ParameterPlace::Template, schemas, out);
        operation.parameters.extend(parameters(request, "queryParameters", ParameterPlace::Query, schemas, out));
        operation.parameters.extend(parameters(request, "headers", ParameterPlace::Header, schemas, out));
        operation.request = representations(request, schemas, out);
        for response in properties.objects("responses", out) {
            let Some(status) = response.any("statusCode").and_then(Node::as_scalar_text).and_then(Status::parse) else {
                continue;
            };
            operation.responses.push(Response {
                status,
                description: response.text("description", out),
                headers: parameters(response, "headers", ParameterPlace::Header, schemas, out),
                representations: representations(response, schemas, out),
            });
        }
        operation
    }

    /// The response that describes `status`: its own, else its class's, else the default.
    #[must_use]
    pub fn response(&self, status: u16) -> Option<&Response> {
        let find = |wanted: Status| self.responses.iter().find(|response| response.status == wanted);
        find(Status::Code(status))
            .or_else(|| find(Status::Class(u8::try_from(status / 100).unwrap_or(0))))
            .or_else(|| find(Status::Default))
    }
}

impl Route {
    /// The route of a method and a template that stands at `place`; the template's faults are reported there.
    pub(crate) fn new(method: &str, text: &str, place: &Place, out: &mut Findings) -> Self {
        let (template, faults) = UrlTemplate::parse(text);
        // The template lies behind a quotation mark, unless YAML wrote it without; escapes hide where exactly.
        let written = place.source.slice(place.span);
        let start = if faults.is_empty() { None } else { written.find(text) };
        for fault in faults {
            let span = match start {
                Some(at) => fault.span.shifted(place.span.start.saturating_add(u32::try_from(at).unwrap_or(0))),
                None => place.span,
            };
            out.at(&super::api::MALFORMED_TEMPLATE, Place::new(&place.source, span), fault.message);
        }
        Self { method: method.trim().to_ascii_uppercase(), template }
    }
}

/// The schemas that information files name by `schemaId` and `typeName`.
#[derive(Clone, Default)]
pub(crate) struct Schemas(pub(crate) Vec<(String, Node)>);

impl Schemas {
    fn find(&self, members: Members, out: &mut Findings) -> Option<Node> {
        let id = members.str("schemaId", out)?;
        let type_name = members.str("typeName", out)?;
        let (_, document) = self.0.iter().find(|(name, _)| name.eq_ignore_ascii_case(id))?;
        let groups = [document.pointer("/components/schemas"), document.get("definitions"), Some(document)];
        groups.into_iter().flatten().find_map(|group| group.get(type_name)).cloned()
    }
}

fn parameters(
    members: Members,
    key: &str,
    place: ParameterPlace,
    schemas: &Schemas,
    out: &mut Findings,
) -> Vec<Parameter> {
    members
        .objects(key, out)
        .into_iter()
        .filter_map(|parameter| {
            Some(Parameter {
                name: parameter.text("name", out)?,
                place,
                required: parameter.flag("required", out).unwrap_or(false),
                data_type: parameter.text("type", out).filter(|text| !text.is_empty()),
                default: parameter.text("defaultValue", out),
                values: parameter.texts("values", out),
                description: parameter.text("description", out),
                schema: schemas.find(parameter, out),
            })
        })
        .collect()
}

fn representations(members: Members, schemas: &Schemas, out: &mut Findings) -> Vec<Representation> {
    members
        .objects("representations", out)
        .into_iter()
        .map(|representation| Representation {
            content_type: representation.text("contentType", out).unwrap_or_default(),
            examples: examples(representation, out),
            schema: schemas.find(representation, out),
        })
        .collect()
}

/// Examples by name, or the one `sample` of older versions of the service.
fn examples(representation: Members, out: &mut Findings) -> Vec<Example> {
    let mut examples: Vec<Example> = representation
        .object("examples", out)
        .entries()
        .iter()
        .map(|member| Example {
            name: member.key.to_string(),
            value: member.value.get("value").unwrap_or(&member.value).clone(),
        })
        .collect();
    if let Some(sample) = representation.any("sample").filter(|_| examples.is_empty()) {
        examples.push(Example { name: "default".to_owned(), value: sample.clone() });
    }
    examples
}

/// A content type without its parameters, in lower case: what two of them are compared by.
#[must_use]
pub fn media_type(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}
