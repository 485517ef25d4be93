//! Runs compiled documents: loads their code, keeps the state of a request, and drives its sections.
//!
//! Not here: making code (`codegen`), what single policies do (`policies`), and where requests come from (`gateway`).

pub mod code;
pub mod document;
pub mod documents;
pub mod driver;
pub mod exchange;
pub mod load;
pub mod policy;
pub mod services;
pub mod window;
