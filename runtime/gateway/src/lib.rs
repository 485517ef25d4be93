//! The gateway: loads bundles and serves traffic.
//!
//! [`Loaded`] is one generation of the configuration: a bundle, verified, bound and laid out for matching requests.
//! [`Gateway`] serves the generation that it was given last; a request runs to its end on the one that it began with.
//! Every thread accepts connections of its own and keeps what it can to itself.
//!
//! Not here: what policies do (`policies`), how documents run (`engine`), clocks, counters and clients (`services`),
//! and making bundles (`codegen`). No compiler is linked.
#![forbid(unsafe_code)]

mod front;
mod gateway;
mod handle;
pub mod load;
mod own;
mod route;
pub mod routed;
pub mod secrets;
pub mod settings;
mod shutdown;
mod worker;

pub use gateway::{Gateway, Listener};
pub use load::{LoadError, Loaded};
pub use secrets::SecretSources;
pub use settings::{ConfigError, Settings};
pub use shutdown::Shutdown;
