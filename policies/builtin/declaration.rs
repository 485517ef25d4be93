//! What is known of a policy without running it: its element, where it may stand, and how it runs.

/// A policy.
pub struct PolicyDef {
    /// Its element.
    pub element: ElementDef,
    /// The sections that it may stand in; none for those of GraphQL resolvers.
    pub sections: &'static [Section],
    /// Those of the sections that its page does not name, though the service takes it there.
    pub undocumented: &'static [Section],
    /// The scopes whose documents may use it.
    pub scopes: &'static [Scope],
    /// The gateways that have it.
    pub gateways: &'static [Gateway],
    /// How it runs.
    pub runs: Runs,
    /// Whether a section may hold it only once.
    pub once: bool,
    /// Whether fragments may use it.
    pub in_fragments: bool,
    /// Where its maker describes it.
    pub source: &'static str,
    /// The user's page, in Markdown.
    pub page: &'static str,
    /// Findings that the tables cannot express.
    #[cfg(feature = "check")]
    pub check: Option<fn(&crate::findings::Element<'_>, &mut crate::findings::Findings<'_>)>,
    /// How it becomes steps, where it is more than to run it.
    #[cfg(feature = "check")]
    pub lower: Option<crate::lower::Lower>,
    /// Makes it ready to run; none for policies that are only steps, and for those that this version does not run.
    #[cfg(feature = "run")]
    pub load: Option<crate::run::Load>,
}

impl PolicyDef {
    /// Whether something has to be loaded to run it.
    #[must_use]
    pub fn load_is_needed(&self) -> bool {
        !matches!(self.runs, Runs::Steps | Runs::NotYet)
    }
}

/// How a policy runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Runs {
    /// At once, between two statements of compiled code.
    Now,
    /// It may have to wait.
    Waits,
    /// At once, and nothing behind it in the pipeline runs.
    Ends,
    /// It is steps and nothing else: `choose`, `base`.
    Steps,
    /// Not in this version: the checker refuses it.
    NotYet,
}

/// The sections of a policy document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// `inbound`
    Inbound,
    /// `backend`
    Backend,
    /// `outbound`
    Outbound,
    /// `on-error`
    OnError,
}

impl Section {
    /// All sections, in the order in which they run.
    pub const ALL: &'static [Self] = &[Self::Inbound, Self::Backend, Self::Outbound, Self::OnError];

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

/// The scopes that have policy documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The whole service.
    Global,
    /// A workspace.
    Workspace,
    /// A product.
    Product,
    /// An API.
    Api,
    /// An operation.
    Operation,
}

impl Scope {
    /// All scopes, broad to narrow.
    pub const ALL: &'static [Self] = &[Self::Global, Self::Workspace, Self::Product, Self::Api, Self::Operation];

    /// The scope's name, as `LastError.Scope` gives it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Workspace => "workspace",
            Self::Product => "product",
            Self::Api => "api",
            Self::Operation => "operation",
        }
    }
}

/// The kinds of gateway that the service has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gateway {
    /// That of the classic tiers.
    Classic,
    /// That of the v2 tiers.
    V2,
    /// That of the consumption tier.
    Consumption,
    /// The self-hosted gateway.
    SelfHosted,
    /// That of a workspace.
    Workspace,
}

impl Gateway {
    /// All kinds.
    pub const ALL: &'static [Self] = &[Self::Classic, Self::V2, Self::Consumption, Self::SelfHosted, Self::Workspace];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Classic => "classic",
            Self::V2 => "v2",
            Self::Consumption => "consumption",
            Self::SelfHosted => "self-hosted",
            Self::Workspace => "workspace",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|gateway| gateway.name() == name)
    }
}

/// An element: a policy or a part of one.
pub struct ElementDef {
    /// Its name.
    pub name: &'static str,
    /// What a user is told of it, in Markdown.
    pub docs: &'static str,
    /// Its attributes, besides `id`, which every policy has.
    pub attributes: &'static [AttributeDef],
    /// Its child elements that are not policies of their own, in the order in which they are written.
    pub children: &'static [ChildDef],
    /// Its text, if it takes any.
    pub text: Option<AttributeDef>,
    /// Whether elements may stand in the text, as part of it.
    pub markup: bool,
    /// Whether policies stand in it.
    pub holds_policies: bool,
    /// Whether anything may stand in it and on it, which is kept as it is.
    pub foreign: bool,
    /// Whether it is a policy, also where it stands as a part of another one.
    pub is_policy: bool,
}

/// A child element and how often it may stand.
pub struct ChildDef {
    /// The element.
    pub element: &'static ElementDef,
    /// At least so often.
    pub min: u32,
    /// At most so often.
    pub max: Option<u32>,
}

/// An attribute, or an element's text.
#[derive(Clone, Copy)]
pub struct AttributeDef {
    /// Its name; of a text, the field's.
    pub name: &'static str,
    /// What a user is told of it, in Markdown.
    pub docs: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What stands for it where it is missing.
    pub default: Option<&'static str>,
    /// Whether it may be an expression.
    pub expression: ExpressionUse,
    /// What values it takes.
    pub value: ValueType,
    /// Whether this version does not run it: the checker refuses it.
    pub not_yet: bool,
}

/// Whether an attribute may be an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExpressionUse {
    /// It must be a literal.
    Never,
    /// It is evaluated right before the policy runs.
    Allowed,
    /// The policy evaluates it, later.
    Deferred,
    /// The steps of the policy evaluate it.
    Step,
}

/// What values an attribute takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ValueType {
    /// Any text.
    Text,
    /// Text that is not empty.
    Name,
    /// `true` or `false`.
    Bool,
    /// A whole number in a range.
    Int {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
    },
    /// A number.
    Double,
    /// One of these words.
    Keyword(&'static [&'static str]),
    /// The name of a header.
    HeaderName,
    /// The name of something else in the instance.
    Reference(Reference),
    /// Any value; a literal is a string.
    Any,
    /// Text of a form of its own.
    Form(&'static Form),
}

/// A form that text may have to have.
#[derive(Debug)]
pub struct Form {
    /// What a text of this form is, for messages: `an IP address`.
    pub name: &'static str,
    /// Whether a literal has the form.
    pub accepts: fn(&str) -> bool,
}

impl PartialEq for Form {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// What an attribute can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reference {
    /// A fragment.
    Fragment,
    /// A backend.
    Backend,
}

impl Reference {
    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fragment => "fragment",
            Self::Backend => "backend",
        }
    }
}

impl ValueType {
    /// The same with a range, where it is a number.
    #[must_use]
    pub const fn within(self, low: i64, high: i64) -> Self {
        match self {
            Self::Int { .. } => Self::Int { min: low, max: high },
            other => other,
        }
    }

    /// Whether a literal is such a value.
    #[must_use]
    pub fn accepts(self, literal: &str) -> bool {
        match self {
            Self::Text | Self::Any => true,
            Self::Name | Self::Reference(_) => !literal.trim().is_empty(),
            Self::Bool => crate::value::parse_bool(literal).is_some(),
            Self::Int { min, max } => literal.trim().parse::<i64>().is_ok_and(|number| (min..=max).contains(&number)),
            Self::Double => literal.trim().parse::<f64>().is_ok_and(f64::is_finite),
            Self::Keyword(words) => words.contains(&literal.trim()),
            Self::HeaderName => is_token(literal.trim()),
            Self::Form(form) => (form.accepts)(literal.trim()),
        }
    }
}

/// Whether a text may be the name of a header or a method.
#[must_use]
pub fn is_token(text: &str) -> bool {
    let is_token_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_token_byte)
}

impl std::fmt::Display for ValueType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text => f.write_str("text"),
            Self::Name => f.write_str("text that is not empty"),
            Self::Bool => f.write_str("`true` or `false`"),
            Self::Int { min: i64::MIN, max: i64::MAX } => f.write_str("a whole number"),
            Self::Int { min, max: i64::MAX } => write!(f, "a whole number, at least {min}"),
            Self::Int { min: i64::MIN, max } => write!(f, "a whole number, at most {max}"),
            Self::Int { min, max } => write!(f, "a whole number from {min} to {max}"),
            Self::Double => f.write_str("a number"),
            Self::Keyword(words) => {
                for (index, word) in words.iter().enumerate() {
                    let between = match index {
                        0 => "",
                        _ if index + 1 == words.len() => " or ",
                        _ => ", ",
                    };
                    write!(f, "{between}`{word}`")?;
                }
                Ok(())
            }
            Self::HeaderName => f.write_str("the name of a header"),
            Self::Reference(what) => write!(f, "the name of a {}", what.name()),
            Self::Any => f.write_str("any value"),
            Self::Form(form) => f.write_str(form.name),
        }
    }
}

/// A struct that `#[derive(Policy)]` or `#[derive(Element)]` described.
pub trait Declared {
    /// The element; its name stands where it is used.
    const ELEMENT: ElementDef;
}
