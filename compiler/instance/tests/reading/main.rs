//! Instances in, resources and diagnostics out.

mod corpus;
mod findings;
mod hostile;
mod layouts;
mod openapi;
mod overlays;
mod rules;
mod secrets;
mod support;
mod workspaces;
