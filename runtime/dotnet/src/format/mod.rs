//! Text forms of .NET values: formatting and parsing of numbers, dates, durations and identifiers.
//!
//! Plain functions over Rust values, with the invariant culture. Not here: the .NET types and their members.
