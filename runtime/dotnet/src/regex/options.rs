//! `RegexOptions`: how a pattern is read and matched.

crate::enumeration! {
    /// How a pattern is read and matched.
    REGEX_OPTIONS, REGEX_OPTIONS_DEF, "public flags enum System.Text.RegularExpressions.RegexOptions",
    "System.Text.RegularExpressions.RegexOptions",
    [
        ("None", 0), ("IgnoreCase", 1), ("Multiline", 2), ("ExplicitCapture", 4), ("Compiled", 8), ("Singleline", 16),
        ("IgnorePatternWhitespace", 32), ("RightToLeft", 64), ("ECMAScript", 256), ("CultureInvariant", 512)
    ]
}

/// A set of options.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Options(pub i32);

impl Options {
    /// Upper and lower case are the same.
    pub const IGNORE_CASE: Self = Self(1);
    /// `^` and `$` hold at every line.
    pub const MULTILINE: Self = Self(2);
    /// Only groups with a name keep what they match.
    pub const EXPLICIT_CAPTURE: Self = Self(4);
    /// Makes no difference here.
    const COMPILED: Self = Self(8);
    /// `.` also matches line feeds.
    pub const SINGLELINE: Self = Self(16);
    /// White space in the pattern means nothing, and `#` begins a comment.
    pub const IGNORE_WHITE_SPACE: Self = Self(32);
    /// The text is searched from its end.
    pub const RIGHT_TO_LEFT: Self = Self(64);
    /// As ECMAScript reads patterns.
    pub const ECMA_SCRIPT: Self = Self(256);
    /// Makes no difference here.
    const CULTURE_INVARIANT: Self = Self(512);

    /// Whether an option is set.
    #[must_use]
    pub fn has(self, option: Self) -> bool {
        self.0 & option.0 != 0
    }

    /// These options with or without another.
    #[must_use]
    pub fn with(self, option: Self, is_set: bool) -> Self {
        Self(if is_set { self.0 | option.0 } else { self.0 & !option.0 })
    }

    /// Whether .NET takes these options together.
    #[must_use]
    pub fn are_valid(self) -> bool {
        const KNOWN: i32 = 0x37F;
        let beside_ecma_script = Self::IGNORE_CASE.0
            | Self::MULTILINE.0
            | Self::COMPILED.0
            | Self::ECMA_SCRIPT.0
            | Self::CULTURE_INVARIANT.0;
        self.0 & !KNOWN == 0 && (!self.has(Self::ECMA_SCRIPT) || self.0 & !beside_ecma_script == 0)
    }
}
