//! What .NET knows of schemes.
//!
//! Not here: finding the scheme of a text ([`parse`](super::parse)).

/// The longest scheme.
pub(super) const MOST_LETTERS: usize = 1024;

/// What stands behind a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `//`, a host, a path.
    Server,
    /// A file: the host may be missing, and the path may start with a drive.
    File,
    /// `user@host`, without `//` and without a path.
    Mail,
    /// A path without a host.
    Path,
    /// A server if `//` is there, else a path.
    Any,
}

/// What the URIs of a scheme may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Syntax {
    pub(super) shape: Shape,
    pub(super) user_info: bool,
    pub(super) query: bool,
    /// Whether the host may be missing behind `//`.
    pub(super) empty_host: bool,
    /// Whether backslashes in the path are slashes, and dot segments are removed.
    pub(super) compresses: bool,
    /// Whether .NET knows the scheme; hosts of others are IPv4 addresses only with all four numbers.
    pub(super) known: bool,
}

/// The syntax of a scheme in lower case.
pub(super) fn syntax(scheme: &str) -> Syntax {
    let server =
        Syntax { shape: Shape::Server, user_info: true, query: true, empty_host: false, compresses: true, known: true };
    match scheme {
        "http" | "https" | "ws" | "wss" => server,
        "ftp" => Syntax { query: false, ..server },
        "gopher" | "nntp" | "telnet" => Syntax { query: false, compresses: false, ..server },
        "ldap" => Syntax { empty_host: true, compresses: false, ..server },
        "net.tcp" | "net.pipe" => Syntax { user_info: false, ..server },
        "file" => Syntax { shape: Shape::File, ..server },
        "mailto" => Syntax { shape: Shape::Mail, ..server },
        "news" => Syntax { shape: Shape::Path, query: false, compresses: false, ..server },
        _ => Syntax { shape: Shape::Any, known: false, empty_host: true, ..server },
    }
}

/// The port of a scheme in lower case; −1 if it has none.
pub(super) fn default_port(scheme: &str) -> i32 {
    match scheme {
        "http" | "ws" => 80,
        "https" | "wss" => 443,
        "ftp" => 21,
        "gopher" => 70,
        "nntp" => 119,
        "telnet" => 23,
        "mailto" => 25,
        "ldap" => 389,
        "net.tcp" => 808,
        _ => -1,
    }
}

/// `Uri.CheckSchemeName(name)`: a letter, then letters, digits and `+-.`.
pub fn check_scheme_name(name: &[u8]) -> bool {
    name.first().is_some_and(u8::is_ascii_alphabetic)
        && name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}
