//! The blocks of a case that describe its instance.
//!
//! Not here: the files that they become (`instance`).

use grammar::source::{Source, Span};
use ir::document::Section;

use super::markdown::Block;
use super::message::Misread;

/// A block that describes a part of the instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// What it describes.
    pub kind: SettingKind,
    /// Where its text stands.
    pub span: Span,
}

/// What a block describes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingKind {
    /// A document, or a section of one.
    Document(Place, Option<Section>),
    /// A file of the instance, by its path.
    File(String),
    /// Operations, one in a line.
    Operations,
    /// Named values, one in a line.
    NamedValues,
}

/// Which document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The global one.
    Global,
    /// The product's.
    Product,
    /// The API's.
    Api,
    /// An operation's, by method and URL template.
    Operation(String, String),
    /// A fragment, by name.
    Fragment(String),
    /// One by the path of its file.
    Path(String),
}

impl Setting {
    /// What a block describes; none if it is text for people.
    ///
    /// # Errors
    /// If its words mean nothing.
    pub fn read(block: &Block, source: &Source) -> Result<Option<Self>, Misread> {
        let misread = |message: String| Misread { span: block.fence, message };
        let (language, rest) = block.info.split_once(char::is_whitespace).unwrap_or((&block.info, ""));
        let kind = match (language, rest.trim()) {
            ("operations", "") => SettingKind::Operations,
            ("named-values", "") => SettingKind::NamedValues,
            ("xml", "") => {
                return match source.slice(block.span).trim_start().starts_with("<policies") {
                    true => Ok(Some(Self { kind: SettingKind::Document(Place::Api, None), span: block.span })),
                    false => Err(misread("`xml` is followed by the section that the policies stand in".to_owned())),
                };
            }
            ("xml", words) => document(words).map_err(misread)?,
            ("json" | "yaml", path) if !path.is_empty() => SettingKind::File(path.to_owned()),
            _ => return Ok(None),
        };
        Ok(Some(Self { kind, span: block.span }))
    }

    /// Whether its text is a policy document.
    #[must_use]
    pub fn is_document(&self) -> bool {
        matches!(self.kind, SettingKind::Document(..))
    }
}

/// The document that the words of a block name.
fn document(text: &str) -> Result<SettingKind, String> {
    if text.ends_with(".xml") {
        return Ok(SettingKind::Document(Place::Path(text.to_owned()), None));
    }
    let (mut place, mut section) = (None, None);
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        let found = match word {
            "global" => Some(Place::Global),
            "product" => Some(Place::Product),
            "api" => Some(Place::Api),
            "operation" => match (words.next(), words.next()) {
                (Some(method), Some(template)) => Some(Place::Operation(method.to_owned(), template.to_owned())),
                _ => return Err("`operation` is followed by a method and a URL template".to_owned()),
            },
            "fragment" => match words.next() {
                Some(name) => Some(Place::Fragment(name.to_owned())),
                None => return Err("`fragment` is followed by its name".to_owned()),
            },
            _ => None,
        };
        let named = Section::from_name(word).filter(|_| found.is_none());
        if (found.is_some() && place.is_some()) || (named.is_some() && section.is_some()) {
            return Err(format!("`{word}` is one too many"));
        }
        if found.is_none() && named.is_none() {
            return Err(format!("`{word}` is neither a section nor a scope, and the path of no document"));
        }
        place = place.or(found);
        section = section.or(named);
    }
    let place = place.unwrap_or(Place::Api);
    if matches!(place, Place::Fragment(_)) && section.is_some() {
        return Err("a fragment has no sections".to_owned());
    }
    Ok(SettingKind::Document(place, section))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_name_documents_and_sections() {
        let api = |section| Ok(SettingKind::Document(Place::Api, section));
        for (text, expected) in [
            ("inbound", api(Some(Section::Inbound))),
            ("on-error api", api(Some(Section::OnError))),
            ("api", api(None)),
            ("global backend", Ok(SettingKind::Document(Place::Global, Some(Section::Backend)))),
            (
                "operation GET /cars/{id} outbound",
                Ok(SettingKind::Document(Place::Operation("GET".into(), "/cars/{id}".into()), Some(Section::Outbound))),
            ),
            ("fragment f", Ok(SettingKind::Document(Place::Fragment("f".into()), None))),
            ("apis/cars/policy.xml", Ok(SettingKind::Document(Place::Path("apis/cars/policy.xml".into()), None))),
            ("inbuond", Err("`inbuond` is neither a section nor a scope, and the path of no document".to_owned())),
            ("inbound outbound", Err("`outbound` is one too many".to_owned())),
            ("fragment f inbound", Err("a fragment has no sections".to_owned())),
            ("operation GET", Err("`operation` is followed by a method and a URL template".to_owned())),
        ] {
            assert_eq!(document(text), expected, "{text}");
        }
    }
}
