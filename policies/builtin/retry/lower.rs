//! `<retry>` is a loop; the policy decides after each turn whether there is another, and waits for it.

use grammar::document::Element as Node;
use ir::document::{PolicyId, Repeat, Step};

use crate::lower::Lowering;

pub fn lower<'d>(element: Node<'d>, policy: PolicyId, cx: &mut dyn Lowering<'d>) -> Vec<Step> {
    let values = cx.values(policy);
    let condition = cx.condition(element, "condition");
    vec![Step::Repeat(Repeat { policy, values, body: cx.steps(element), condition })]
}
