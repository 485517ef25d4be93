//! A compiled document: its machine code, and what the code and the driver need beside it.

use serde::{Deserialize, Serialize};

/// A compiled policy document or fragment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Which document of the instance it is.
    pub name: DocumentName,
    /// Where its code stands in the bundle's code, in bytes.
    pub code: Span,
    /// Where each segment begins, in bytes from the start of the document's code.
    pub segments: Vec<u32>,
    /// Where each function begins that a policy calls by itself, later, by the function's number in the document.
    pub functions: Vec<(u32, u32)>,
    /// The segment that each section begins with; of a fragment, the one segment of `fragment`.
    pub sections: Vec<(Section, u32)>,
    /// The segment that a fragment begins with.
    pub fragment: Option<u32>,
    /// What the segments lead to; a segment returns a position in this list.
    pub exits: Vec<Exit>,
    /// The names of the functions that the code calls, in the order of the table that it calls them through.
    pub imports: Vec<String>,
    /// The constants that the code reads, in order.
    pub pool: Vec<Constant>,
    /// The policies, by their numbers.
    pub policies: Vec<Policy>,
    /// How many argument slots the code writes.
    pub slots: u32,
    /// The names of the functions in the code with their places, for people and profilers.
    pub symbols: Vec<(String, Span)>,
}

/// A range of bytes: where it begins and how long it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// How many bytes.
    pub len: u32,
}

/// Which document of an instance it is. The ids of what lies in a workspace are
/// [qualified](crate::manifest::qualified).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DocumentName {
    /// The global policy.
    #[default]
    Global,
    /// A workspace's as a whole, by id.
    Workspace(String),
    /// A product's, by id.
    Product(String),
    /// An API's, by id.
    Api(String),
    /// An operation's, by the ids of API and operation.
    Operation(String, String),
    /// A fragment, by name.
    Fragment(String),
}

impl DocumentName {
    /// The scope's name as `LastError.Scope` gives it; none for a fragment, which has the scope of who includes it.
    #[must_use]
    pub fn scope(&self) -> Option<&'static str> {
        match self {
            Self::Global => Some("global"),
            Self::Workspace(_) => Some("workspace"),
            Self::Product(_) => Some("product"),
            Self::Api(_) => Some("api"),
            Self::Operation(..) => Some("operation"),
            Self::Fragment(_) => None,
        }
    }
}

impl std::fmt::Display for DocumentName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Global => f.write_str("global"),
            Self::Workspace(id) => write!(f, "workspaces/{id}"),
            Self::Product(id) => write!(f, "products/{id}"),
            Self::Api(id) => write!(f, "apis/{id}"),
            Self::Operation(api, id) => write!(f, "apis/{api}/operations/{id}"),
            Self::Fragment(id) => write!(f, "fragments/{id}"),
        }
    }
}

/// The sections of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Section {
    /// Before the request is sent on.
    Inbound,
    /// Sends it.
    Backend,
    /// Before the response is given back.
    Outbound,
    /// After an error in another section.
    OnError,
}

impl Section {
    /// The element's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::Backend => "backend",
            Self::Outbound => "outbound",
            Self::OnError => "on-error",
        }
    }
}

/// What a segment leads to. Segments are named by their number in the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Exit {
    /// The section, or the fragment, is done.
    Done,
    /// Another segment.
    Goto(u32),
    /// A policy that may wait; then `next`, or `otherwise` if the policy says so.
    Wait {
        /// The policy.
        policy: u32,
        /// Where it goes on.
        next: u32,
        /// Where it goes on if the policy says so; the same as `next` for most.
        otherwise: u32,
    },
    /// The same section of the enclosing scope, then a segment of this document.
    Base {
        /// The `base` element.
        policy: u32,
        /// Where it goes on.
        next: u32,
    },
    /// A fragment, then a segment of this document.
    Fragment {
        /// The `include-fragment` element.
        policy: u32,
        /// The fragment's name.
        name: String,
        /// Where it goes on.
        next: u32,
    },
    /// The whole body of a message must be in memory before the segment runs.
    Buffer {
        /// The policy that reads it.
        policy: u32,
        /// Which message.
        message: Message,
        /// Where it goes on.
        next: u32,
    },
    /// The response is made; nothing else runs.
    Stop {
        /// The policy that made it.
        policy: u32,
    },
}

/// What a segment returns: the position of an exit, or with this bit the number of the policy that threw.
pub const THROWN: u64 = 1 << 63;

/// A message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Message {
    /// The request.
    Request,
    /// The response.
    Response,
}

/// A constant of the code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Constant {
    /// The string with this text, in WTF-8.
    Text(Vec<u8>),
    /// A string with this text that is an object of its own.
    OwnText(Vec<u8>),
    /// A string with secret named values in it.
    Secret(Vec<TextPart>),
    /// A type.
    Type(Type),
    /// The default value of a struct.
    Default(Type),
    /// A header's name, checked.
    HeaderName(Vec<u8>),
    /// A regular expression, compiled.
    Regex(Vec<u8>),
}

/// A part of a text with secrets in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextPart {
    /// Text, in WTF-8.
    Text(Vec<u8>),
    /// The value of the secret named value of this name.
    Secret(String),
}

/// A type by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Type {
    /// The type of this full name with these type arguments.
    Named(String, Vec<Type>),
    /// An array of so many dimensions.
    Array(Box<Type>, u8),
    /// An anonymous type with these properties.
    Anonymous(Vec<(String, Type)>),
}

/// A policy of the document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    /// The element with its attributes and children.
    pub element: Element,
    /// The section that it stands in; none in a fragment.
    pub section: Option<Section>,
    /// Its place below the section: `choose[1]/when[2]/set-header[1]`.
    pub path: String,
    /// Where it stands in its source: line and column from 1.
    pub place: (u32, u32),
    /// Whether there is something to run; `choose` and its branches are only steps.
    pub runs: bool,
    /// Where the section goes on behind it, for policies that others resume behind: `cache-store` after a hit, and
    /// `base` on the way to it.
    pub resume: Option<u32>,
    /// The segment that asks whether the policies in it run again, of `retry`.
    pub recheck: Option<u32>,
}

/// An element of a policy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Element {
    /// Its name.
    pub name: String,
    /// Its attributes.
    pub attributes: Vec<(String, Value)>,
    /// Its text.
    pub text: Option<Value>,
    /// Its child elements.
    pub children: Vec<Element>,
}

/// The value of an attribute or text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// As it stands in the document.
    Literal(String),
    /// With secret named values to be filled in.
    Secret(Vec<TextPart>),
    /// Left in the slot of this number before the policy runs.
    Slot(u32),
    /// The function of this number, which the policy calls.
    Deferred(u32),
}
