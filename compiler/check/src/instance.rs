//! A whole instance: every document with what surrounds it.
//!
//! Not here: the files of the instance and what they say besides policies (the crate `instance`).

use std::collections::HashMap;

use bundle::manifest::qualified;
use grammar::diagnostic::Diagnostic;
use grammar::document::{NamedValue, NamedValues};
use grammar::source::{Source, Span};
use instance::documents::{PolicyDocument, Scope as InstanceScope};
use instance::resources::named_value::NamedValueText;
use instance::{Instance, Resources, Workspace};
use policies::{Reference, Scope};

use crate::document::rules::NOT_RUN;
use crate::document::{self, Checked, Kind, Options, Surroundings, mark_of};

/// A checked document of an instance.
pub struct CheckedDocument<'i> {
    /// The document.
    pub document: PolicyDocument<'i>,
    /// What was found, and what it became.
    pub checked: Checked,
}

/// Checks every document of an instance.
#[must_use]
pub fn check(instance: &Instance, allow_list: bool) -> Vec<CheckedDocument<'_>> {
    check_for(instance, &Options { allow_list, ..Options::default() })
}

/// Checks every document of an instance, for one kind of gateway. The kind of document that the options name is left
/// aside.
#[must_use]
pub fn check_for<'i>(instance: &'i Instance, options: &Options) -> Vec<CheckedDocument<'i>> {
    let service = Around::of(instance, None);
    let workspaces: Vec<(&str, Around<'_>)> = instance
        .workspaces
        .iter()
        .map(|workspace| (workspace.name.as_str(), Around::of(instance, Some(workspace))))
        .collect();
    let documents = instance.documents().into_iter();
    documents
        .map(|document| {
            let around = match document.workspace {
                Some(own) => workspaces.iter().find(|(name, _)| *name == own.name).map(|(_, around)| around),
                None => None,
            };
            let around = around.unwrap_or(&service);
            let checked = check_text(document.scope, &document.policy.source, around, options);
            CheckedDocument { document, checked }
        })
        .collect()
}

/// Checks a text as the document of a scope: the one that the instance holds, or one that an editor has changed since.
#[must_use]
pub fn check_text(scope: InstanceScope<'_>, source: &Source, around: &Around<'_>, options: &Options) -> Checked {
    match kind_of(scope) {
        Some(kind) => document::check_source(source, &Options { kind, ..*options }, around),
        None => resolver(source),
    }
}

/// What kind of document belongs to a scope; none for resolvers of GraphQL APIs, which are not run.
#[must_use]
pub fn kind_of(scope: InstanceScope<'_>) -> Option<Kind> {
    Some(match scope {
        InstanceScope::Global => Kind::Scope(Scope::Global),
        InstanceScope::Workspace(_) => Kind::Scope(Scope::Workspace),
        InstanceScope::Product(_) => Kind::Scope(Scope::Product),
        InstanceScope::Api(_) => Kind::Scope(Scope::Api),
        InstanceScope::Operation(..) => Kind::Scope(Scope::Operation),
        InstanceScope::Fragment(_) => Kind::Fragment,
        InstanceScope::Resolver(..) => return None,
    })
}

/// What is found in a resolver.
#[must_use]
pub fn resolver(source: &Source) -> Checked {
    let message = "this version of Tollgate does not run resolvers of GraphQL APIs";
    Checked {
        diagnostics: vec![Diagnostic::new(&NOT_RUN, source, Span::empty(0), message)],
        document: ir::document::Document::default(),
        is_complete: false,
        expressions: Vec::new(),
    }
}

/// What surrounds the documents of a service or workspace.
pub struct Around<'i> {
    workspace: Option<&'i str>,
    own: &'i Resources,
    /// The service, around a workspace.
    outer: Option<&'i Resources>,
    /// The marks that stand for secret named values, by display name.
    marks: HashMap<String, String>,
}

impl<'i> Around<'i> {
    /// The surroundings of the documents of `workspace`, or of the service itself.
    #[must_use]
    pub fn of(instance: &'i Instance, workspace: Option<&'i Workspace>) -> Self {
        match workspace {
            None => Self::new(None, &instance.service, None),
            Some(own) => Self::new(Some(own), &own.resources, Some(&instance.service)),
        }
    }

    fn new(workspace: Option<&'i Workspace>, own: &'i Resources, outer: Option<&'i Resources>) -> Self {
        let workspace = workspace.map(|workspace| workspace.name.as_str());
        let mut marks = HashMap::new();
        // A workspace's own values hide the service's.
        for (home, resources) in outer.map(|outer| (None, outer)).into_iter().chain([(workspace, own)]) {
            for value in resources.named_values.iter().filter(|value| value.is_secret()) {
                marks.insert(value.display_name.clone(), mark_of(&qualified(home, &value.display_name)));
            }
        }
        Self { workspace, own, outer, marks }
    }

    /// The resources that documents can name: the nearest first.
    pub fn resources(&self) -> impl Iterator<Item = &'i Resources> {
        std::iter::once(self.own).chain(self.outer)
    }
}

impl NamedValues for Around<'_> {
    fn named_value(&self, name: &str) -> NamedValue<'_> {
        let Some(value) = self.resources().find_map(|resources| resources.named_value(name)) else {
            return NamedValue::Unknown;
        };
        match &value.value {
            NamedValueText::Missing => NamedValue::Unknown,
            NamedValueText::Plain(text) => NamedValue::Text { text, secret: false },
            _ => match self.marks.get(&value.display_name) {
                Some(mark) => NamedValue::Text { text: mark, secret: true },
                None => NamedValue::Deferred,
            },
        }
    }
}

impl Surroundings for Around<'_> {
    fn has(&self, reference: Reference, name: &str) -> Option<bool> {
        Some(self.resources().any(|resources| match reference {
            Reference::Fragment => resources.fragments.contains(name),
            Reference::Backend => resources.backends.contains(name),
        }))
    }

    fn full_name(&self, reference: Reference, name: &str) -> String {
        match reference {
            Reference::Fragment if self.own.fragments.contains(name) => qualified(self.workspace, name),
            // Which backend is meant is known to whoever sends the request.
            Reference::Fragment | Reference::Backend => name.to_owned(),
        }
    }

    fn names(&self, reference: Reference) -> Vec<String> {
        let names = |resources: &Resources| -> Vec<String> {
            match reference {
                Reference::Fragment => resources.fragments.names().map(str::to_owned).collect(),
                Reference::Backend => resources.backends.names().map(str::to_owned).collect(),
            }
        };
        self.resources().flat_map(names).collect()
    }

    fn named_value_names(&self) -> Vec<String> {
        let names = self.resources().flat_map(|resources| resources.named_values.iter());
        names.map(|value| value.display_name.clone()).collect()
    }
}
