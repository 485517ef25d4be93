//! Policies and expressions without a network: scenarios, scripted services, case files.
//!
//! Not here: the command line around it (`cli`).
#![forbid(unsafe_code)]

pub mod canonical;
pub mod scenario;
