//! `<choose>` is a ladder of branches; its conditions are compiled with what surrounds them.

use grammar::document::Element as Node;
use ir::document::{PolicyId, Step};

use crate::lower::Lowering;

pub fn lower<'d>(element: Node<'d>, policy: PolicyId, cx: &mut dyn Lowering<'d>) -> Vec<Step> {
    let mut branches = Vec::new();
    let mut otherwise = Vec::new();
    for part in element.elements() {
        match part.name() {
            "when" => {
                cx.part(part);
                let condition = cx.condition(part, "condition");
                branches.push((condition, cx.steps(part)));
            }
            "otherwise" => {
                cx.part(part);
                otherwise = cx.steps(part);
            }
            // The checker has reported anything else.
            _ => {}
        }
    }
    vec![Step::Choose(policy, branches, otherwise)]
}
