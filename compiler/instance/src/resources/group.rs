//! Groups and users.

use crate::findings::Findings;
use crate::model::definition::Definition;
use crate::resources::{Link, named};

/// The groups that every service has.
pub const BUILT_IN_GROUPS: [&str; 3] = ["administrators", "developers", "guests"];

/// Where the members of a group come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// Its administrators add them.
    Custom,
    /// The service adds them.
    System,
    /// A directory holds them.
    External,
}

/// A group of users.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its title; the name where there is none.
    pub display_name: String,
    /// What its author says of it.
    pub description: Option<String>,
    /// Where its members come from.
    pub kind: GroupKind,
    /// Its id in the directory.
    pub external_id: Option<String>,
    /// The users in it, where the instance names them.
    pub users: Vec<Link>,
    /// What it was read from.
    pub definition: Definition,
}

/// A developer with an account.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    /// The user's name, which is `context.User.Id`.
    pub name: String,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// Mail address.
    pub email: Option<String>,
    /// A note of the administrators.
    pub note: Option<String>,
    /// When the account was made, as written.
    pub registration_date: Option<String>,
    /// Whether the account may be used.
    pub is_active: bool,
    /// The groups it is in, by the user's own definition.
    pub groups: Vec<Link>,
    /// How it signs in.
    pub identities: Vec<UserIdentity>,
    /// What it was read from.
    pub definition: Definition,
}

/// One way in which a user signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserIdentity {
    /// The provider, for example `Basic` or `Aad`.
    pub provider: String,
    /// The user's id there.
    pub id: String,
}

named!(Group, User);

impl Group {
    pub(crate) fn read(name: &str, definition: Definition, out: &mut Findings) -> Self {
        let properties = definition.properties();
        let kinds = [("custom", GroupKind::Custom), ("system", GroupKind::System), ("external", GroupKind::External)];
        let is_built_in = BUILT_IN_GROUPS.iter().any(|group| group.eq_ignore_ascii_case(name));
        let default = if is_built_in { GroupKind::System } else { GroupKind::Custom };
        Self {
            name: name.to_owned(),
            display_name: properties.text("displayName", out).unwrap_or_else(|| name.to_owned()),
            description: properties.text("description", out),
            kind: properties.choice("type", &kinds, out).unwrap_or(default),
            external_id: properties.text("externalId", out),
            users: Vec::new(),
            definition,
        }
    }
}

impl User {
    pub(crate) fn read(name: &str, definition: Definition, out: &mut Findings) -> Self {
        let properties = definition.properties();
        let states = [("active", true), ("blocked", false), ("pending", false), ("deleted", false)];
        let identities = properties.objects("identities", out);
        Self {
            name: name.to_owned(),
            first_name: properties.text("firstName", out),
            last_name: properties.text("lastName", out),
            email: properties.text("email", out),
            note: properties.text("note", out),
            registration_date: properties.text("registrationDate", out),
            is_active: properties.choice("state", &states, out).unwrap_or(true),
            groups: Vec::new(),
            identities: identities
                .into_iter()
                .map(|identity| UserIdentity {
                    provider: identity.text("provider", out).unwrap_or_default(),
                    id: identity.text("id", out).unwrap_or_default(),
                })
                .collect(),
            definition,
        }
    }
}
