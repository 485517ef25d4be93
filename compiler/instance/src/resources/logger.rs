//! Loggers, and the diagnostics that say what is written to them.

use crate::findings::Findings;
use crate::members::Members;
use crate::model::definition::Definition;
use crate::model::id::ResourceId;
use crate::model::secret::Secret;
use crate::resources::named;

/// What a logger writes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoggerKind {
    /// Application Insights.
    ApplicationInsights,
    /// An event hub.
    AzureEventHub,
    /// Azure Monitor.
    AzureMonitor,
}

/// A logger.
#[derive(Clone, Debug, PartialEq)]
pub struct Logger {
    /// The name that `logger-id` means.
    pub name: String,
    /// What it writes to.
    pub kind: Option<LoggerKind>,
    /// What its author says of it.
    pub description: Option<String>,
    /// The Azure resource that it writes to.
    pub resource_id: Option<String>,
    /// Whether records are gathered before they are written.
    pub is_buffered: bool,
    /// What it signs in with, by name, in the order of the file.
    pub credentials: Vec<(String, Secret)>,
    /// What it was read from.
    pub definition: Definition,
}

/// What of a request is written to a logger: `diagnostics` in the service's own words.
#[derive(Clone, Debug, PartialEq)]
pub struct DiagnosticSettings {
    /// Its name, for example `applicationinsights`.
    pub name: String,
    /// The logger.
    pub logger: Option<String>,
    /// Whether errors are written whatever the sampling says.
    pub always_log_errors: bool,
    /// From which level on traces are written.
    pub verbosity: Verbosity,
    /// Whether the caller's address is written.
    pub log_client_ip: bool,
    /// Whether metrics of policies are written.
    pub metrics: bool,
    /// The header by which requests are joined to a trace.
    pub correlation: CorrelationProtocol,
    /// How operations are called in what is written.
    pub operation_name_format: OperationNameFormat,
    /// How many of a hundred requests are written.
    pub sampling_percentage: f64,
    /// What of requests and responses is written on the caller's side.
    pub frontend: Capture,
    /// The same on the backend's side.
    pub backend: Capture,
    /// What it was read from.
    pub definition: Definition,
}

/// From which level on traces are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verbosity {
    /// All.
    Verbose,
    /// Information and errors.
    Information,
    /// Errors alone.
    Error,
}

/// The header by which requests are joined to a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorrelationProtocol {
    /// None.
    None,
    /// The older `Request-Id`.
    Legacy,
    /// `traceparent`.
    W3c,
}

/// How operations are called in what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationNameFormat {
    /// `API_NAME;rev=1 - OPERATION_NAME`.
    Name,
    /// `METHOD URL`.
    Url,
}

/// What is written of the two messages on one side of the gateway.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Capture {
    /// Of the request.
    pub request: MessageCapture,
    /// Of the response.
    pub response: MessageCapture,
}

/// What is written of one message.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct MessageCapture {
    /// The headers.
    pub headers: Vec<String>,
    /// How many bytes of the body.
    pub body_bytes: i64,
    /// Headers whose values are hidden, each with how.
    pub masked_headers: Vec<Mask>,
    /// Query parameters whose values are hidden, each with how.
    pub masked_query_parameters: Vec<Mask>,
}

/// A value that is hidden in what is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    /// The header or parameter; `*` for all.
    pub name: String,
    /// Whether the name is left out as well, not only the value masked.
    pub hides_name: bool,
}

named!(Logger, DiagnosticSettings);

impl Logger {
    pub(crate) fn read(name: &str, definition: Definition, out: &mut Findings) -> Self {
        let properties = definition.properties();
        let kinds = [
            ("applicationInsights", LoggerKind::ApplicationInsights),
            ("azureEventHub", LoggerKind::AzureEventHub),
            ("azureMonitor", LoggerKind::AzureMonitor),
        ];
        let credentials = properties.object("credentials", out);
        Self {
            name: name.to_owned(),
            kind: properties.choice("loggerType", &kinds, out),
            description: properties.text("description", out),
            resource_id: properties.text("resourceId", out),
            is_buffered: properties.flag("isBuffered", out).unwrap_or(true),
            credentials: credentials
                .entries()
                .iter()
                .filter_map(|member| Some((member.key.to_string(), credentials.secret(&member.key, out)?)))
                .collect(),
            definition,
        }
    }
}

impl DiagnosticSettings {
    pub(crate) fn read(name: &str, definition: Definition, out: &mut Findings) -> Self {
        let properties = definition.properties();
        let verbosities =
            [("verbose", Verbosity::Verbose), ("information", Verbosity::Information), ("error", Verbosity::Error)];
        let protocols = [
            ("None", CorrelationProtocol::None),
            ("Legacy", CorrelationProtocol::Legacy),
            ("W3C", CorrelationProtocol::W3c),
        ];
        let formats = [("Name", OperationNameFormat::Name), ("Url", OperationNameFormat::Url)];
        let sampling = properties.object("sampling", out);
        let logger = properties.str("loggerId", out).map(|id| ResourceId::parse(id).name().to_owned());
        Self {
            name: name.to_owned(),
            logger,
            always_log_errors: properties.choice("alwaysLog", &[("allErrors", true)], out).unwrap_or(false),
            verbosity: properties.choice("verbosity", &verbosities, out).unwrap_or(Verbosity::Information),
            log_client_ip: properties.flag("logClientIp", out).unwrap_or(false),
            metrics: properties.flag("metrics", out).unwrap_or(false),
            correlation: properties
                .choice("httpCorrelationProtocol", &protocols, out)
                .unwrap_or(CorrelationProtocol::None),
            operation_name_format: properties
                .choice("operationNameFormat", &formats, out)
                .unwrap_or(OperationNameFormat::Name),
            sampling_percentage: sampling.number("percentage", out).unwrap_or(100.0),
            frontend: Capture::read(properties.object("frontend", out), out),
            backend: Capture::read(properties.object("backend", out), out),
            definition,
        }
    }
}

impl Capture {
    fn read(members: Members, out: &mut Findings) -> Self {
        Self {
            request: MessageCapture::read(members.object("request", out), out),
            response: MessageCapture::read(members.object("response", out), out),
        }
    }
}

impl MessageCapture {
    fn read(members: Members, out: &mut Findings) -> Self {
        let masking = members.object("dataMasking", out);
        Self {
            headers: members.texts("headers", out),
            body_bytes: members.object("body", out).integer("bytes", out).unwrap_or(0),
            masked_headers: masks(masking, "headers", out),
            masked_query_parameters: masks(masking, "queryParams", out),
        }
    }
}

fn masks(masking: Members, key: &str, out: &mut Findings) -> Vec<Mask> {
    masking
        .objects(key, out)
        .into_iter()
        .map(|mask| Mask {
            name: mask.text("value", out).unwrap_or_default(),
            hides_name: mask.choice("mode", &[("Mask", false), ("Hide", true)], out).unwrap_or(true),
        })
        .collect()
}
