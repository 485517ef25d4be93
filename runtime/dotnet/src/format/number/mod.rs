//! Numbers as text and back: formats, styles, conversions.
//!
//! Not here: `System.Decimal` ([`decimal`](super::decimal)), which brings its own digits to the same formats.

pub mod convert;
pub mod float;
pub mod integer;
pub mod parse;
pub mod radix;
pub mod rounding;
pub mod styles;

pub(crate) mod digits;
mod picture;
pub(crate) mod scan;
mod specifier;
mod standard;

pub(crate) use specifier::Format;

pub use styles::NumberStyles;

use super::Fault;
use digits::Number;

/// Writes a number that has its digits already, in a standard or custom format.
pub(crate) fn write_formatted(out: &mut Vec<u8>, number: &mut Number<'_>, format: Format<'_>) -> Result<(), Fault> {
    match format {
        Format::Standard { symbol, precision } => standard::write(out, number, symbol, precision),
        Format::Custom(picture) => {
            picture::write(out, number, picture);
            Ok(())
        }
    }
}
