//! The service's list of types: what C# accepts and the service refuses.
//!
//! As the service's own checker does it: calls, members, indexers and constructions are looked up by the type that
//! declares them; operators, casts, `is`, `typeof` and `catch` are not.

use csharp::span::Span;
use dotnet::catalogue::{self, allowed};
use grammar::expression::Finding;

use super::binder::Binder;
use super::rules::rules;
use super::tables::names;

rules! {
    /// A type that the service's list lacks.
    TYPE_OUTSIDE_LIST: "outside-list-type", Error, "the service refuses this type in expressions", [];
    /// A member that the service's list lacks.
    MEMBER_OUTSIDE_LIST: "outside-list-member", Error, "the service refuses this member in expressions", [];
}

impl Binder<'_> {
    /// Reports a member that the service refuses: `owner` is the full name of the type that declares it.
    pub fn check_allowed(&mut self, owner: &'static str, member: &str, span: Span) {
        if !self.options.allow_list || is_own(owner) {
            return;
        }
        match allowed::members_of(owner) {
            None => {
                let message = format!("Usage of type '{owner}' is not supported within expressions");
                self.report(&TYPE_OUTSIDE_LIST, span, message)
                    .help("`--no-allow-list` lets Tollgate run it, the service refuses it");
            }
            Some(members) if !members.allow(member) => {
                let message =
                    format!("Usage of member '{member}' of type '{owner}' is not supported within expressions");
                self.report(&MEMBER_OUTSIDE_LIST, span, message)
                    .help("`--no-allow-list` lets Tollgate run it, the service refuses it");
            }
            Some(_) => {}
        }
    }
}

/// Whether the service lets expressions use a member of the type of this full name.
pub fn allows(owner: &str, member: &str) -> bool {
    is_own(owner) || allowed::members_of(owner).is_some_and(|members| members.allow(member))
}

/// Whether the service lets expressions use the type of this full name at all.
pub fn allows_type(name: &str) -> bool {
    is_own(name) || allowed::members_of(name).is_some()
}

/// Whether a type is one of the policy context's own, all of which are allowed.
fn is_own(owner: &str) -> bool {
    let is_plain = !owner.contains('.') && (0..=8).any(|arity| catalogue::find(owner, arity).is_some());
    is_plain || owner.starts_with(names::HOST)
}

/// Whether it is the service's list of types that refuses, not C#.
pub fn is_refusal(finding: &Finding) -> bool {
    finding.rule == &TYPE_OUTSIDE_LIST || finding.rule == &MEMBER_OUTSIDE_LIST
}
