//! The policy context: `context`, the request, the response, and what else a policy sees of the gateway.

use dotnet_macros::members;

use crate::object::Header;

/// The object of `context`.
#[repr(C)]
pub struct Context<'a> {
    header: Header,
    _arena: std::marker::PhantomData<&'a ()>,
}

/// What a policy expression sees as `context`.
#[members("public sealed class IContext", as = CONTEXT)]
impl<'a> Context<'a> {}

crate::layout!(Context<'a>, CONTEXT_DEF);
