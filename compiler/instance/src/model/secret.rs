//! Text that must not be shown.

use std::fmt;

/// What the tools that extract an instance write in place of a secret; it means that the value is absent.
pub const REDACTED: &str = "*** REDACTED ***";

/// A key, password or token.
///
/// Its `Debug` text never holds the value, and it has no `Display`: whoever needs the value says [`Secret::expose`].
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Box<str>);

impl Secret {
    /// The secret `text`, unless that is the mark of a redacted one.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        (text.trim() != REDACTED).then(|| Self(text.into()))
    }

    /// The value itself. Never for messages, logs or traces.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_show_itself() {
        let secret = Secret::new("hunter2").unwrap();
        assert_eq!(format!("{secret:?} {secret:#?}"), "Secret(…) Secret(…)");
        assert_eq!(secret.expose(), "hunter2");
        assert_eq!(Secret::new(" *** REDACTED *** "), None);
    }
}
