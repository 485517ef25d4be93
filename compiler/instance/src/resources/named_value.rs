//! Named values: the text that `{{name}}` stands for in policies.

use grammar::diagnostic::{Level, Rule};

use crate::findings::Findings;
use crate::members::Members;
use crate::model::definition::Definition;
use crate::model::secret::Secret;
use crate::resources::named;

/// The longest value that the service takes, in characters.
pub const MAX_VALUE_CHARACTERS: usize = 4096;
/// The longest display name that the service takes, in characters.
pub const MAX_NAME_CHARACTERS: usize = 256;

/// A display name that no reference can spell.
pub static BAD_NAME: Rule = Rule {
    id: "named-value/bad-name",
    level: Level::Error,
    summary: "the display name of a named value holds characters that no reference can spell",
    page: include_str!("../rules/named-value-bad-name.md"),
    aliases: &[],
};

/// A value longer than the service takes.
pub static TOO_LONG: Rule = Rule {
    id: "named-value/too-long",
    level: Level::Error,
    summary: "a named value is longer than 4,096 characters",
    page: include_str!("../rules/named-value-too-long.md"),
    aliases: &[],
};

/// A named value.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedValue {
    /// The name of the resource. References do not use it.
    pub name: String,
    /// What stands between the braces of a reference.
    pub display_name: String,
    /// What a reference stands for.
    pub value: NamedValueText,
    /// Its tags.
    pub tags: Vec<String>,
    /// What it was read from.
    pub definition: Definition,
}

/// What a reference to a named value stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum NamedValueText {
    /// This text.
    Plain(String),
    /// A secret; `None` where the instance was extracted without it.
    Secret(Option<Secret>),
    /// A secret in Azure Key Vault.
    KeyVault(KeyVaultSecret),
    /// Nothing was given.
    Missing,
}

/// A secret in Azure Key Vault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyVaultSecret {
    /// Its URL.
    pub identifier: String,
    /// The managed identity that may read it; the service's own where there is none.
    pub identity_client_id: Option<String>,
}

named!(NamedValue);

impl NamedValue {
    pub(crate) fn read(name: &str, definition: Definition, out: &mut Findings) -> Self {
        let properties = definition.properties();
        let display_name = properties.text("displayName", out).unwrap_or_else(|| name.to_owned());
        if definition.is_explicit() {
            check_name(properties, &display_name, out);
        }
        let tags = properties.texts("tags", out);
        let value = value(properties, out);
        Self { name: name.to_owned(), display_name, value, tags, definition }
    }

    /// Whether its value must not be shown.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        matches!(self.value, NamedValueText::Secret(_) | NamedValueText::KeyVault(_))
    }
}

fn check_name(properties: Members, name: &str, out: &mut Findings) {
    let bad = name.chars().find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_')));
    let message = match bad {
        Some(bad) => format!("`{name}` holds `{bad}`; a display name is made of letters, digits, `-`, `.` and `_`"),
        None if name.is_empty() => "the display name is empty".to_owned(),
        None if name.len() > MAX_NAME_CHARACTERS => {
            format!("the display name has {} characters, and the service takes {MAX_NAME_CHARACTERS}", name.len())
        }
        None => return,
    };
    properties.report(&BAD_NAME, "displayName", message, out);
}

fn value(properties: Members, out: &mut Findings) -> NamedValueText {
    let vault = properties.object("keyVault", out);
    let identifier = vault.text("secretIdentifier", out);
    if let Some(identifier) = identifier.filter(|_| !is_newer_value(properties)) {
        let identity_client_id = vault.text("identityClientId", out);
        return NamedValueText::KeyVault(KeyVaultSecret { identifier, identity_client_id });
    }
    // Whatever cannot be read as `false` is taken for a secret: to show one is worse than to hide a plain text.
    let is_secret = properties.any("secret").is_some() && properties.flag("secret", out) != Some(false);
    let text = properties.str("value", out);
    if let Some(count) = text.map(|text| text.chars().count()).filter(|count| *count > MAX_VALUE_CHARACTERS) {
        let message = format!("the value has {count} characters, and the service takes {MAX_VALUE_CHARACTERS}");
        properties.report(&TOO_LONG, "value", message, out);
    }
    match text {
        _ if is_secret => NamedValueText::Secret(text.and_then(Secret::new)),
        Some(text) if Secret::new(text).is_none() => NamedValueText::Missing,
        Some(text) => NamedValueText::Plain(text.to_owned()),
        None => NamedValueText::Missing,
    }
}

/// Whether an overlay gives a value of its own to what the file takes from Key Vault.
fn is_newer_value(properties: Members) -> bool {
    match (properties.any("value"), properties.any("keyVault")) {
        (Some(value), Some(vault)) => value.source.name() != vault.source.name(),
        _ => false,
    }
}
