//! Policies and expressions without a network: scenarios, scripted services, case files.
//!
//! Not here: the command line around it (`cli`).

pub mod canonical;
pub mod case;
pub mod evaluate;
pub mod interpreted;
pub mod scenario;
mod watch;
pub mod world;
