//! An API Management instance on disk, read into one value.
//!
//! [`Instance::read`] takes a folder in any of the four layouts that APIOps tools write, with the overlay of one
//! environment, and gives the resources that a gateway and a checker need. A fault of the instance is a diagnostic
//! and never an end; what is left out is as if it were not there.
//!
//! Not here: what policies mean (`check`), which operation a request matches (the gateway), and the network.

#![forbid(unsafe_code)]

mod checks;
pub mod documents;
pub mod files;
pub mod findings;
mod instance;
pub mod layout;
mod members;
pub mod model;
pub mod openapi;
mod overlay;
mod read;
mod redact;
pub mod resources;
pub mod rules;
pub mod text;

pub use instance::{Environment, Instance, Options, ReadError, Resources, Workspace};
