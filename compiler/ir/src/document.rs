//! A document as the checker leaves it: its policies with their attributes, and the steps of its sections.

use crate::tree::{Expr, Function, FunctionId};

/// The sections of a policy document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// All sections, in the order in which they run.
    pub const ALL: [Self; 4] = [Self::Inbound, Self::Backend, Self::Outbound, Self::OnError];

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

    /// The section of this element name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.name() == name)
    }
}

/// The number of a policy in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyId(pub u32);

/// The place where the value of an attribute is left for the policy that reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SlotId(pub u32);

/// A checked document.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Its sections; a fragment has one list of steps, under [`Body::Fragment`].
    pub body: Body,
    /// Its policies, in document order.
    pub policies: Vec<Policy>,
    /// The functions of its expressions, lambdas and local functions.
    pub functions: Vec<Function>,
    /// How many slots its policies read.
    pub slots: u32,
}

/// The steps of a document.
#[derive(Clone, Debug)]
pub enum Body {
    /// A `<policies>` document: the sections that it has.
    Sections(Vec<(Section, Vec<Step>)>),
    /// A `<fragment>` document, for every section that includes it.
    Fragment(Vec<Step>),
}

impl Default for Body {
    fn default() -> Self {
        Self::Sections(Vec::new())
    }
}

/// One policy element with what its attributes and children say.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// The element with its attributes and child elements.
    pub element: Element,
    /// The section that it stands in; `None` in a fragment.
    pub section: Option<Section>,
    /// Its place below the section: `choose[1]/when[2]/set-header[1]`.
    pub path: String,
    /// Where it stands in the source: line and column from 1.
    pub place: (u32, u32),
    /// Whether there is something to run; `choose` and its branches are only steps.
    pub runs: bool,
}

/// An element of a policy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    /// Its name.
    pub name: String,
    /// Its attributes, in document order, without those that are missing.
    pub attributes: Vec<(String, Value)>,
    /// Its text, where the element takes text.
    pub text: Option<Value>,
    /// Its child elements, without those that are steps of their own.
    pub children: Vec<Element>,
}

/// The value of an attribute or of an element's text.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// As it stands in the document.
    Literal(String),
    /// As it stands, with secret named values to be filled in when the document is loaded.
    Secret(Vec<crate::tree::TextPart>),
    /// The value of an expression, left in a slot before the policy runs.
    Slot(SlotId),
    /// An expression that the policy evaluates itself, later.
    Deferred(FunctionId),
}

/// What a section does, in order.
#[derive(Clone, Debug)]
pub enum Step {
    /// Computes the values of the policy's attributes and runs it.
    Run(Run),
    /// The branches of a `choose`: the first whose condition holds, else the last list.
    Choose(PolicyId, Vec<(Expr, Vec<Step>)>, Vec<Step>),
    /// The same steps again, as the policy decides after each turn.
    Repeat(Repeat),
    /// The enclosing scope's section.
    Base(PolicyId),
    /// A fragment, by name.
    Fragment(PolicyId, String),
    /// Reads a whole body into memory before what follows looks at it.
    Buffer(PolicyId, Message),
}

/// Runs a policy.
#[derive(Clone, Debug)]
pub struct Run {
    /// The policy.
    pub policy: PolicyId,
    /// The expressions of its attributes with the slots of their values.
    pub values: Vec<(SlotId, Expr)>,
    /// Whether it may have to wait, so that a segment ends here.
    pub waits: bool,
}

/// Steps that a policy such as `retry` runs again and again.
#[derive(Clone, Debug)]
pub struct Repeat {
    /// The policy; it is told when the steps begin and after each turn.
    pub policy: PolicyId,
    /// Computed once, before the first turn.
    pub values: Vec<(SlotId, Expr)>,
    /// One turn.
    pub body: Vec<Step>,
    /// Computed after each turn; while it holds, the policy decides whether and when there is another.
    pub condition: Expr,
}

/// A message whose body may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Message {
    /// The request.
    Request,
    /// The response.
    Response,
}
