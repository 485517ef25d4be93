//! The types that resources are made of: names, ids, lengths of time, secrets, URL templates.
//!
//! Not here: the resources themselves (`resources`).

pub mod definition;
pub mod duration;
pub mod id;
pub mod secret;
pub mod table;
pub mod url_template;
