//! How a policy becomes steps, where it is more than to run it.

use crate::declaration::Reference;
use grammar::document::Element as Node;
use ir::document::{PolicyId, SlotId, Step};
use ir::tree::Expr;

/// Makes the steps of a policy.
pub type Lower = for<'d> fn(Node<'d>, PolicyId, &mut dyn Lowering<'d>) -> Vec<Step>;

/// What the checker does for a policy that becomes steps.
pub trait Lowering<'d> {
    /// The steps of the policies that stand in an element.
    fn steps(&mut self, element: Node<'d>) -> Vec<Step>;

    /// An attribute that is a condition, as an expression of type `bool`.
    fn condition(&mut self, element: Node<'d>, attribute: &str) -> Expr;

    /// The number of a part of the policy, such as a `when`, so that its faults are told apart.
    fn part(&mut self, element: Node<'d>) -> PolicyId;

    /// The literal value of an attribute.
    fn literal(&mut self, element: Node<'d>, attribute: &str) -> Option<String>;

    /// The full name of what a literal attribute of a part names.
    fn reference(&mut self, element: Node<'d>, attribute: &str, to: Reference) -> Option<String>;

    /// The slots and expressions of a policy's attributes and children.
    fn values(&mut self, policy: PolicyId) -> Vec<(SlotId, Expr)>;
}
