//! `<include-fragment>` leaves the document; the driver enters the fragment.

use grammar::document::Element as Node;
use ir::document::{PolicyId, Step};

use crate::declaration::Reference;
use crate::lower::Lowering;

pub fn lower<'d>(element: Node<'d>, policy: PolicyId, cx: &mut dyn Lowering<'d>) -> Vec<Step> {
    let name = cx.reference(element, "fragment-id", Reference::Fragment).unwrap_or_default();
    vec![Step::Fragment(policy, name)]
}
