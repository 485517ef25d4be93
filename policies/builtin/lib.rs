//! The policies of the language: one folder each, with declaration, checks, behaviour, page and cases.
//!
//! `declaration` holds the types of the tables that `#[derive(Policy)]` writes, `value` the types of attributes. With
//! feature `check`, `lower` says how a policy becomes steps and `findings` how it reports faults; with feature `run`,
//! `run` makes policies of a loaded document's elements.
//!
//! Not here: the walk over documents (`check`), and who runs policies (`engine`).
#![forbid(unsafe_code)]

pub mod declaration;
#[cfg(feature = "check")]
pub mod findings;
#[cfg(feature = "check")]
pub mod lower;
#[cfg(feature = "run")]
pub mod run;
pub mod value;

pub mod base;
pub mod choose;
pub mod include_fragment;
pub mod set_header;

pub use declaration::{
    AttributeDef, ChildDef, Declared, ElementDef, ExpressionUse, PolicyDef, Reference, Runs, Scope, Section, ValueType,
};
pub use value::{AnyValue, Attr, AttributeValue, Deferred};

/// Every policy, sorted by element name.
pub static POLICIES: &[&PolicyDef] = &[&base::POLICY, &choose::POLICY, &include_fragment::POLICY, &set_header::POLICY];

/// The policy of an element name.
#[must_use]
pub fn find(element: &str) -> Option<&'static PolicyDef> {
    let at = POLICIES.binary_search_by_key(&element, |policy| policy.element.name).ok()?;
    POLICIES.get(at).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_are_sorted_and_found_by_name() {
        assert!(POLICIES.is_sorted_by(|a, b| a.element.name < b.element.name));
        assert!(find("set-header").is_some());
        assert!(find("set-heder").is_none());
    }

    #[test]
    fn every_policy_is_documented() {
        fn documented(element: &ElementDef) {
            assert!(!element.docs.is_empty(), "{}", element.name);
            for attribute in element.attributes {
                assert!(!attribute.docs.is_empty(), "{}@{}", element.name, attribute.name);
            }
            element.children.iter().for_each(|child| documented(child.element));
        }
        for policy in POLICIES {
            documented(&policy.element);
            assert!(policy.page.starts_with("# "), "{}", policy.element.name);
            assert!(!policy.sections.is_empty(), "{}", policy.element.name);
        }
    }

    #[test]
    fn defaults_are_values_of_their_attributes() {
        fn sound(element: &ElementDef) {
            for attribute in element.attributes {
                if let Some(default) = attribute.default {
                    assert!(attribute.value.accepts(default), "{}@{}", element.name, attribute.name);
                }
            }
            element.children.iter().for_each(|child| sound(child.element));
        }
        POLICIES.iter().for_each(|policy| sound(&policy.element));
    }
}
