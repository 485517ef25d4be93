//! Escapes of URLs, HTML and JSON as `System.Uri`, `System.Net.WebUtility` and Newtonsoft.Json write and read them.
//!
//! Not here: parsing of URLs ([`uri`](super::uri)).

mod entities;
pub mod html;
pub mod json;
pub mod percent;
pub mod script;
