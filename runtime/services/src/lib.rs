//! What policies reach of the world, for real: clock, counters, stored responses, other servers, token issuers' keys,
//! logs.
//!
//! Every service answers one trait of `engine::services`. Counters, stored responses and keys are shared by all threads
//! of a gateway; the HTTP client and what is built on it belong to one thread.
//!
//! Not here: what policies do with the services (`policies`), scripted services (`sandbox`), listening (`gateway`).
#![forbid(unsafe_code)]

pub mod backends;
pub mod client;
pub mod clock;
pub mod counters;
pub mod hop;
pub mod keys;
pub mod local;
pub mod log;
pub mod responses;
