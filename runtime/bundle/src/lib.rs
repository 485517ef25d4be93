//! The compiled artifact: what is in it, how it is written and read.
//!
//! A bundle is one file: an ELF object whose sections hold machine code without relocations, what the documents need
//! besides (`document`), and what the gateway knows of the instance (`manifest`), with a trailer that says what the
//! code was made for and proves that nothing was changed (`container`).
//!
//! Not here: making code (`codegen`), running it (`engine`).
#![forbid(unsafe_code)]

pub mod container;
pub mod document;
pub mod host;
pub mod manifest;
