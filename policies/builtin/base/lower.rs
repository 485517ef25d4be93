//! `<base>` leaves the document; the driver enters the enclosing one.

use grammar::document::Element as Node;
use ir::document::{PolicyId, Step};

use crate::lower::Lowering;

pub fn lower<'d>(_: Node<'d>, policy: PolicyId, _: &mut dyn Lowering<'d>) -> Vec<Step> {
    vec![Step::Base(policy)]
}
