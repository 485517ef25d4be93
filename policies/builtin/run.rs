//! Makes policies of a loaded document's elements, and gives them the values of their attributes.

use bundle::document::{Element, Value};
use dotnet::throw::Throw;
use engine::document::Document;
use engine::exchange::{Exchange, Refusal};
use engine::load::{LoadError, Secrets, with_secrets};
use engine::policy::{Next, Policy};

use crate::value::{Attr, AttributeValue, Deferred};

/// Makes a policy ready to run.
pub type Load = fn(&Element, &Loader<'_>) -> Result<Box<dyn Policy>, LoadError>;

/// The policies of a document, in the order of their numbers.
///
/// # Errors
/// If the document uses a policy that this gateway does not have, or a secret has no value.
pub fn load_all(
    policies: &[bundle::document::Policy],
    secrets: &dyn Secrets,
) -> Result<Vec<Box<dyn Policy>>, LoadError> {
    let loader = Loader::new(secrets);
    let load = |policy: &bundle::document::Policy| -> Result<Box<dyn Policy>, LoadError> {
        if !policy.runs {
            return Ok(Box::new(OnlySteps));
        }
        let unknown = || LoadError::UnknownPolicy { element: policy.element.name.clone() };
        let load = crate::find(&policy.element.name).and_then(|known| known.load).ok_or_else(unknown)?;
        load(&policy.element, &loader)
    };
    policies.iter().map(load).collect()
}

/// What stands for a policy that is only steps.
struct OnlySteps;

impl Policy for OnlySteps {
    fn run<'x>(&'x self, _: &mut Exchange<'x>) -> Result<Next, Throw> {
        Ok(Next::Continue)
    }
}

/// What is thrown where a policy cannot do what its document says: the caller gets a plain `500`, `on-error` the reason.
#[cold]
pub fn failure(exchange: &mut Exchange<'_>, reason: &'static str, message: String) -> Throw {
    let public = "Internal server error".to_owned();
    exchange.refuse(Refusal { source: None, reason, message, status: 500, public, headers: Vec::new() })
}

/// Structs that are made of an element.
pub trait Decode: Sized {
    /// The struct that an element describes.
    ///
    /// # Errors
    /// If the element is not what the declaration says, which the checker excludes for all but secrets.
    fn decode(element: &Element, loader: &Loader<'_>) -> Result<Self, LoadError>;
}

/// Reads elements.
pub struct Loader<'l> {
    secrets: &'l dyn Secrets,
}

/// An attribute's value, or its default.
pub enum Source<'e> {
    /// What the document says.
    Given(&'e Value),
    /// What stands for a missing one.
    Default(&'static str),
}

/// Types of fields that an attribute's value is read into.
pub trait FromSource: Sized {
    /// The field's value; `None` if the attribute has none of this type.
    ///
    /// # Errors
    /// If a secret has no value.
    fn from_source(source: &Source<'_>, loader: &Loader<'_>) -> Result<Option<Self>, LoadError>;
}

impl<'l> Loader<'l> {
    /// A loader that fills in these secrets.
    #[must_use]
    pub fn new(secrets: &'l dyn Secrets) -> Self {
        Self { secrets }
    }

    /// What the operator keeps under this name: a secret that no document holds, such as a certificate.
    ///
    /// # Errors
    /// If there is none.
    pub fn secret(&self, name: &str) -> Result<String, LoadError> {
        self.secrets.secret(name).ok_or_else(|| LoadError::MissingSecret { name: name.to_owned() })
    }

    /// The attribute of a name, or its default.
    #[must_use]
    pub fn attribute<'e>(&self, element: &'e Element, name: &str, default: Option<&'static str>) -> Option<Source<'e>> {
        let given = element.attributes.iter().find(|(attribute, _)| attribute == name);
        given.map(|(_, value)| Source::Given(value)).or(default.map(Source::Default))
    }

    /// The element's text, or its default.
    #[must_use]
    pub fn text<'e>(&self, element: &'e Element, default: Option<&'static str>) -> Option<Source<'e>> {
        element.text.as_ref().map(Source::Given).or(default.map(Source::Default))
    }

    /// The value of a field.
    ///
    /// # Errors
    /// If a secret has no value, or the value is none of the field's type.
    pub fn value<T: FromSource>(&self, source: Source<'_>) -> Result<T, LoadError> {
        T::from_source(&source, self)?.ok_or_else(|| unfit("an attribute"))
    }

    /// The value of a field that must be there.
    ///
    /// # Errors
    /// As [`Loader::value`], and if it is not there.
    pub fn required<T: FromSource>(
        &self,
        source: Option<Source<'_>>,
        element: &Element,
        name: &str,
    ) -> Result<T, LoadError> {
        let value = source.map(|source| T::from_source(&source, self)).transpose()?.flatten();
        value.ok_or_else(|| unfit(&format!("{}@{name}", element.name)))
    }

    /// The child elements of a name.
    ///
    /// # Errors
    /// If one of them cannot be read.
    pub fn children<T: Decode>(&self, element: &Element, name: &str) -> Result<Vec<T>, LoadError> {
        element.children.iter().filter(|child| child.name == name).map(|child| T::decode(child, self)).collect()
    }

    /// The child element of a name, if there is one.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn child<T: Decode>(&self, element: &Element, name: &str) -> Result<Option<T>, LoadError> {
        element.children.iter().find(|child| child.name == name).map(|child| T::decode(child, self)).transpose()
    }

    /// The child element of a name.
    ///
    /// # Errors
    /// If it cannot be read or is missing.
    pub fn required_child<T: Decode>(&self, element: &Element, name: &str) -> Result<T, LoadError> {
        self.child(element, name)?.ok_or_else(|| unfit(&format!("{}/{name}", element.name)))
    }

    /// The text of a literal, with its secrets.
    fn literal(&self, source: &Source<'_>) -> Result<Option<String>, LoadError> {
        Ok(match source {
            Source::Default(text) => Some((*text).to_owned()),
            Source::Given(Value::Literal(text)) => Some(text.clone()),
            Source::Given(Value::Secret(parts)) => {
                let text = with_secrets(parts, self.secrets)?;
                Some(String::from_utf8_lossy(&text).into_owned())
            }
            Source::Given(Value::Slot(_) | Value::Deferred(_)) => None,
        })
    }
}

fn unfit(what: &str) -> LoadError {
    LoadError::Inconsistent { document: what.to_owned() }
}

impl<T: AttributeValue> FromSource for T {
    fn from_source(source: &Source<'_>, loader: &Loader<'_>) -> Result<Option<Self>, LoadError> {
        Ok(loader.literal(source)?.and_then(|text| T::parse(&text)))
    }
}

impl<T: AttributeValue> FromSource for Attr<T> {
    fn from_source(source: &Source<'_>, loader: &Loader<'_>) -> Result<Option<Self>, LoadError> {
        match source {
            Source::Given(Value::Slot(slot)) => Ok(Some(Self::Slot(*slot))),
            _ => Ok(T::from_source(source, loader)?.map(Self::Fixed)),
        }
    }
}

impl<T: AttributeValue> FromSource for Deferred<T> {
    fn from_source(source: &Source<'_>, loader: &Loader<'_>) -> Result<Option<Self>, LoadError> {
        match source {
            Source::Given(Value::Deferred(function)) => Ok(Some(Self::Function(*function))),
            _ => Ok(T::from_source(source, loader)?.map(Self::Fixed)),
        }
    }
}

impl<T: AttributeValue> Attr<T> {
    /// The value for this request.
    ///
    /// # Errors
    /// Throws if an expression gave what the attribute does not take.
    #[inline]
    pub fn get<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<T::Now<'x>, Throw> {
        match self {
            Self::Fixed(value) => Ok(value.fixed(&mut exchange.cx)),
            Self::Slot(slot) => {
                let left = exchange.slot(*slot);
                T::from_left(&mut exchange.cx, left)
            }
        }
    }
}

impl<T: AttributeValue> Deferred<T> {
    /// Computes the value now. `document` is the one that the policy stands in.
    ///
    /// # Errors
    /// Throws what the expression throws, and if it gave what the attribute does not take.
    pub fn evaluate<'x>(
        &'x self,
        exchange: &mut Exchange<'x>,
        document: Option<&'x Document>,
    ) -> Result<T::Now<'x>, Throw> {
        match self {
            Self::Fixed(value) => Ok(value.fixed(&mut exchange.cx)),
            Self::Function(function) => {
                let left = exchange.call(document, *function)?;
                T::from_left(&mut exchange.cx, left)
            }
        }
    }
}
