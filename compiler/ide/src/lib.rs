//! What editors ask about policy documents, answered as plain data.
//!
//! An [`Analysis`] is a document as it stands in the editor, read and checked; hover, completion, symbols and the rest
//! are functions of it and of a place. A [`Project`] is the APIM instance that documents belong to: it is read once, and
//! gives each document its [`Neighbours`]. Places are lines and columns in UTF-16 units, as editors count.
//!
//! Not here: the protocol (`lsp`), and what is wrong with a document (`check`).
#![forbid(unsafe_code)]

mod actions;
mod analysis;
mod completion;
mod declared;
mod definition;
mod hover;
mod inside;
mod markdown;
mod neighbours;
mod outline;
mod project;
mod range;

pub use actions::{Action, TextEdit};
pub use analysis::{Analysis, Finding, Related};
pub use completion::{Completion, CompletionKind};
pub use definition::Target;
pub use hover::Hover;
pub use neighbours::Neighbours;
pub use outline::{Symbol, SymbolKind};
pub use project::Project;
pub use range::{Range, edited};

pub use grammar::diagnostic::Level;
pub use grammar::source::{LineColumn, Source};
pub use instance::files::{Disk, Files, InMemory};
