//! What is wrong with a pattern.

use std::fmt;

/// A fault in a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// How many UTF-16 units of the pattern were read when the fault was found.
    pub offset: usize,
    /// What is wrong, in the words of .NET.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

pub(super) const CONDITION_NAMED: &str = "Alternation conditions do not capture and cannot be named.";
pub(super) const CONDITION_COMMENT: &str = "Alternation conditions cannot be comments.";
pub(super) const CONDITION_MALFORMED: &str = "Illegal conditional (?(...)) expression.";
pub(super) const TOO_MANY_CONDITIONS: &str = "Too many | in (?()|).";
/// A number does not fit 32 bits.
pub const NUMBER_TOO_LARGE: &str = "Capture group numbers must be less than or equal to Int32.MaxValue.";
pub(super) const GROUP_ZERO: &str = "Capture number cannot be zero.";
pub(super) const ENDING_BACKSLASH: &str = "Illegal \\\\ at end of pattern.";
pub(super) const REVERSED_QUANTIFIER: &str = "Illegal {x,y} with x > y.";
pub(super) const PROPERTY_INCOMPLETE: &str = "Incomplete \\\\p{X} character escape.";
pub(super) const PROPERTY_MALFORMED: &str = "Malformed \\\\p{X} character escape.";
pub(super) const GROUP_NAME: &str = "Invalid group name: Group names must begin with a word character.";
pub(super) const MALFORMED_REFERENCE: &str = "Malformed \\\\k<...> named back reference.";
pub(super) const MISSING_CONTROL: &str = "Missing control character.";
pub(super) const UNKNOWN_CONTROL: &str = "Unrecognized control character.";
pub(super) const NOT_ENOUGH_PARENTHESES: &str = "Not enough )'s.";
pub(super) const TOO_MANY_PARENTHESES: &str = "Too many )'s.";
pub(super) const NOTHING_TO_QUANTIFY: &str = "Quantifier {x,y} following nothing.";
pub(super) const REVERSED_RANGE: &str = "[x-y] range in reverse order.";
pub(super) const SUBTRACTION_NOT_LAST: &str = "A subtraction must be the last element in a character class.";
pub(super) const HEX_DIGITS: &str = "Insufficient hexadecimal digits.";
pub(super) const GROUPING: &str = "Unrecognized grouping construct.";
pub(super) const UNTERMINATED_CLASS: &str = "Unterminated [] set.";
pub(super) const UNTERMINATED_COMMENT: &str = "Unterminated (?#...) comment.";
/// .NET has no such limits; without them a pattern could exhaust the stack or the memory.
pub(super) const TOO_DEEP: &str = "The pattern is nested too deeply.";
pub(super) const TOO_LONG: &str = "The pattern is too long.";
