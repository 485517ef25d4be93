//! An API Management instance on disk, read into one value.
//!
//! Not here: what policies mean (`check`).
#![forbid(unsafe_code)]
