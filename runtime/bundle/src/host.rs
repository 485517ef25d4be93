//! The calls of compiled code that the gateway serves, besides the members of .NET types.

/// Runs a policy that need not wait: takes the policy's number; gives 0 to go on, or 1 if the response is made.
pub const STEP: &str = "tollgate::step";

/// Every call of this kind with the number of words that it takes.
pub static CALLS: &[(&str, u8)] = &[(STEP, 1)];
