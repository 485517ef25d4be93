//! The rules on documents: sections, policies, attributes and values.

use grammar::diagnostic::{Level, Rule};

macro_rules! rules {
    ($($name:ident, $id:literal, $level:ident, $summary:literal, $page:literal;)*) => {
        $(
            #[doc = concat!("`", $id, "`: ", $summary, ".")]
            pub static $name: Rule = Rule {
                id: $id,
                level: Level::$level,
                summary: $summary,
                page: include_str!(concat!("rules/", $page, ".md")),
                aliases: &[],
            };
        )*

        /// Every rule on documents, sorted by id.
        pub static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    DUPLICATE_SECTION, "document/duplicate-section", Error, "a section stands more than once", "duplicate-section";
    TOO_LARGE, "document/too-large", Error, "the document is larger than the service accepts", "too-large";
    UNEXPECTED_TEXT, "document/unexpected-text", Error, "there is text where only elements may stand", "unexpected-text";
    UNKNOWN_ROOT, "document/unknown-root", Error, "the document's element is neither `policies` nor `fragment`", "unknown-root";
    UNKNOWN_SECTION, "document/unknown-section", Error, "there is no section of this name", "unknown-section";
    EMBEDDED_EXPRESSION, "expression/embedded", Warning, "text that looks like an expression is sent as it stands", "embedded-expression";
    EXPRESSION_TYPE, "expression/wrong-type", Error, "the expression's type is none that the attribute takes", "expression-type";
    SECRET_OUTSIDE_STRING, "named-value/secret-outside-string", Error, "a secret named value stands outside of a string", "secret-outside-string";
    UNKNOWN_NAMED_VALUE, "named-value/unknown", Error, "there is no named value of this name", "unknown-named-value";
    ATTRIBUTE_VALUE, "policy/attribute-value", Error, "the attribute does not take this value", "attribute-value";
    EXPRESSION_NOT_ALLOWED, "policy/expression-not-allowed", Error, "the attribute takes no expression", "expression-not-allowed";
    MISPLACED_POLICY, "policy/misplaced", Error, "the policy is not allowed in this section", "misplaced-policy";
    MISSING_ATTRIBUTE, "policy/missing-attribute", Error, "a required attribute is missing", "missing-attribute";
    MISSING_CHILD, "policy/missing-child", Error, "a required child element is missing", "missing-child";
    MISSING_TEXT, "policy/missing-text", Error, "an element that needs text is empty", "missing-text";
    NOT_IN_FRAGMENT, "policy/not-in-fragment", Error, "the policy is not allowed in a fragment", "not-in-fragment";
    NOT_IN_SCOPE, "policy/not-in-scope", Error, "the policy is not allowed in this scope", "not-in-scope";
    NOT_ON_GATEWAY, "policy/not-on-gateway", Error, "the gateway does not have the policy", "not-on-gateway";
    NOT_RUN, "policy/not-run", Error, "this version does not run the policy", "not-run";
    REPEATED_POLICY, "policy/repeated", Error, "the policy stands more than once in a section", "repeated-policy";
    REPEATED_CHILD, "policy/repeated-child", Error, "a child element stands more often than it may", "repeated-child";
    UNKNOWN_ATTRIBUTE, "policy/unknown-attribute", Error, "the element has no attribute of this name", "unknown-attribute";
    UNKNOWN_CHILD, "policy/unknown-child", Error, "the element has no child element of this name", "unknown-child";
    UNKNOWN_POLICY, "policy/unknown-policy", Error, "there is no policy of this name", "unknown-policy";
    UNKNOWN_REFERENCE, "policy/unknown-reference", Error, "the instance has nothing of this name", "unknown-reference";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_sorted_and_documented() {
        assert!(RULES.is_sorted_by(|a, b| a.id < b.id));
        for rule in RULES {
            assert!(rule.page.starts_with(&format!("# {}\n", rule.id)), "{}", rule.id);
            assert!(rule.page.contains("```xml bad") && rule.page.contains("```xml good"), "{}", rule.id);
        }
    }
}
