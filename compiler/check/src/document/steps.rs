//! What policies that are steps ask of the checker.

use grammar::document::Element;
use ir::build::bool_const;
use ir::document::{PolicyId, SlotId, Step};
use ir::tree::Expr;
use policies::Reference;
use policies::lower::Lowering;

use super::walk::Checker;

impl<'d> Lowering<'d> for Checker<'d> {
    fn steps(&mut self, element: Element<'d>) -> Vec<Step> {
        self.policies_in(element)
    }

    fn condition(&mut self, element: Element<'d>, attribute: &str) -> Expr {
        let key = (element.id(), attribute.to_owned());
        if let Some(condition) = self.conditions.remove(&key) {
            return condition;
        }
        let literal = self.literal(element, attribute);
        bool_const(literal.and_then(|text| policies::value::parse_bool(&text)).unwrap_or(false))
    }

    fn part(&mut self, element: Element<'d>) -> PolicyId {
        self.add_policy(element, false)
    }

    fn literal(&mut self, element: Element<'d>, attribute: &str) -> Option<String> {
        let value = element.attribute(attribute)?.value().resolve(self.surroundings);
        value.literal().map(|text| text.text().to_owned())
    }

    fn reference(&mut self, element: Element<'d>, attribute: &str, to: Reference) -> Option<String> {
        let name = self.literal(element, attribute)?;
        Some(self.surroundings.full_name(to, name.trim()))
    }

    fn values(&mut self, policy: PolicyId) -> Vec<(SlotId, Expr)> {
        self.values.remove(&policy).unwrap_or_default()
    }
}
