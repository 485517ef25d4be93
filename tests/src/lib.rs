//! What tests of several crates share.

pub mod machine;
pub mod shared;
pub mod world;
