//! Takes the text of a URI into its parts.
//!
//! Not here: relative references to a base ([`combine`](super::combine)).

use super::component::{Escapes, without_dot_segments, write_canonical};
use super::host::{self, HostNameType};
use super::scheme::{self, Shape, Syntax};
use super::{Parts, Uri, UriKind};
use crate::format::{Exception, Fault};

/// The longest text.
const MOST_BYTES: usize = 0xFFF0;

const fn fault(message: &'static str) -> Fault {
    Fault::new(Exception::UriFormat, message)
}

const EMPTY: Fault = fault("Invalid URI: The URI is empty.");
pub(super) const BAD_FORMAT: Fault = fault("Invalid URI: The format of the URI could not be determined.");
const BAD_SCHEME: Fault = fault("Invalid URI: The URI scheme is not valid.");
const LONG_SCHEME: Fault = fault("Invalid URI: The Uri scheme is too long.");
const TOO_LONG: Fault = fault("Invalid URI: The Uri string is too long.");
const BAD_AUTHORITY: Fault = fault("Invalid URI: The Authority/Host could not be parsed.");
const BAD_HOST: Fault = fault("Invalid URI: The hostname could not be parsed.");
const BAD_PORT: Fault = fault("Invalid URI: Invalid port specified.");
const UNROOTED: Fault = fault("Invalid URI: A Dos path must be rooted, for example, 'c:\\\\'.");
const NOT_RELATIVE: Fault =
    fault("A relative URI cannot be created because the 'uriString' parameter represents an absolute URI.");

/// Reads a text as this kind of URI.
pub(super) fn parse(text: &[u8], kind: UriKind) -> Result<Uri, Fault> {
    let relative = || Uri { original: text.into(), parts: None };
    if text.len() > MOST_BYTES {
        return Err(TOO_LONG);
    }
    match (parse_absolute(trim(text)), kind) {
        (Ok(parts), UriKind::Relative) if is_implicit_file(trim(text)) && parts.scheme == "file" => Ok(relative()),
        (Ok(_), UriKind::Relative) => Err(NOT_RELATIVE),
        (Ok(parts), _) => Ok(Uri { original: text.into(), parts: Some(Box::new(parts)) }),
        (Err(fault), UriKind::Absolute) => Err(fault),
        (Err(fault), _) if may_be_relative(&fault) => Ok(relative()),
        (Err(fault), _) => Err(fault),
    }
}

/// Whether a text that is not absolute for this reason is relative.
fn may_be_relative(fault: &Fault) -> bool {
    [EMPTY, BAD_FORMAT, BAD_SCHEME, LONG_SCHEME].contains(fault)
}

fn is_implicit_file(text: &[u8]) -> bool {
    has_drive(text) || matches!(text, [b'/' | b'\\', b'/' | b'\\', ..])
}

/// White space as `Uri` trims it.
pub(super) fn trim(text: &[u8]) -> &[u8] {
    let is_white = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let start = text.iter().take_while(|byte| is_white(byte)).count();
    let text = text.get(start..).unwrap_or_default();
    let end = text.iter().rev().take_while(|byte| is_white(byte)).count();
    text.get(..text.len() - end).unwrap_or_default()
}

/// Whether a text starts with a drive: a letter, a colon and a slash.
fn has_drive(text: &[u8]) -> bool {
    matches!(text, [letter, b':' | b'|', b'/' | b'\\', ..] if letter.is_ascii_alphabetic())
}

/// The scheme at the start of a text and what follows its colon.
pub(super) fn split_scheme(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = text.iter().position(|byte| matches!(byte, b':' | b'/' | b'\\' | b'?' | b'#'))?;
    let (scheme, rest) = text.split_at_checked(colon)?;
    Some((scheme, rest.strip_prefix(b":")?)).filter(|(scheme, _)| !scheme.is_empty())
}

fn parse_absolute(text: &[u8]) -> Result<Parts, Fault> {
    if text.is_empty() {
        return Err(EMPTY);
    }
    if has_drive(text) {
        return Ok(Reader::of_file(text).file_path(text));
    }
    if let [b'/' | b'\\', b'/' | b'\\', rest @ ..] = text {
        return Reader::of_file(text).file(rest, true);
    }
    let (name, rest) = split_scheme(text).ok_or(BAD_FORMAT)?;
    if !scheme::check_scheme_name(name) {
        return Err(BAD_SCHEME);
    }
    if name.len() > scheme::MOST_LETTERS {
        return Err(LONG_SCHEME);
    }
    if name.len() == 1 {
        return Err(UNROOTED);
    }
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    let syntax = scheme::syntax(&name);
    let reader = Reader { syntax, escapes: Escapes::of(text) };
    match syntax.shape {
        Shape::Server => reader.server(name, rest.strip_prefix(b"//").ok_or(BAD_AUTHORITY)?),
        Shape::File => reader.file_scheme(rest),
        Shape::Mail => reader.mail(name, rest),
        Shape::Path => Ok(reader.path_alone(name, rest)),
        Shape::Any => match rest.strip_prefix(b"//") {
            Some(rest) => reader.server(name, rest),
            None => Ok(reader.path_alone(name, rest)),
        },
    }
}

/// Reads what follows a scheme.
struct Reader {
    syntax: Syntax,
    escapes: Escapes,
}

impl Reader {
    fn of_file(text: &[u8]) -> Self {
        Self { syntax: scheme::syntax("file"), escapes: Escapes::of(text) }
    }

    /// Takes path, query and fragment apart.
    fn split_path<'a>(&self, text: &'a [u8]) -> (&'a [u8], &'a [u8], &'a [u8]) {
        let fragment = text.iter().position(|byte| *byte == b'#').unwrap_or(text.len());
        let (text, fragment) = text.split_at_checked(fragment).unwrap_or((text, &[]));
        let query = text.iter().position(|byte| *byte == b'?' && self.syntax.query).unwrap_or(text.len());
        let (path, query) = text.split_at_checked(query).unwrap_or((text, &[]));
        (path, query, fragment)
    }

    fn canonical(&self, text: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(text.len());
        write_canonical(&mut out, text, self.escapes);
        out
    }

    /// The canonical path; a question mark in it is no query, so it is escaped.
    fn canonical_path(&self, path: &[u8], rooted: bool) -> Vec<u8> {
        let mut slashed = path.to_vec();
        if self.syntax.compresses && rooted {
            slashed.iter_mut().filter(|byte| **byte == b'\\').for_each(|byte| *byte = b'/');
        }
        if rooted && slashed.first() != Some(&b'/') {
            slashed.insert(0, b'/');
        }
        let canonical = self.canonical(&slashed);
        let path = if self.syntax.compresses { without_dot_segments(&canonical) } else { canonical };
        match path.contains(&b'?') {
            true => path.split(|byte| *byte == b'?').collect::<Vec<_>>().join(b"%3F".as_slice()),
            false => path,
        }
    }

    fn fill_path(&self, parts: &mut Parts, rest: &[u8], rooted: bool) {
        let (path, query, fragment) = self.split_path(rest);
        parts.path = self.canonical_path(path, rooted);
        (parts.query, parts.fragment) = (self.canonical(query), self.canonical(fragment));
    }

    fn server(&self, scheme: String, rest: &[u8]) -> Result<Parts, Fault> {
        let end = rest.iter().position(|byte| matches!(byte, b'/' | b'\\' | b'?' | b'#')).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        let mut parts = self.authority(scheme, authority)?;
        parts.has_authority = true;
        self.fill_path(&mut parts, rest, true);
        Ok(parts)
    }

    fn authority(&self, scheme: String, authority: &[u8]) -> Result<Parts, Fault> {
        if authority.is_empty() && self.syntax.empty_host {
            return Ok(Parts { scheme, host_type: HostNameType::Basic, ..Parts::default() });
        }
        let at = authority.iter().position(|byte| *byte == b'@' && self.syntax.user_info);
        let (user_info, server) = match at {
            Some(at) => {
                let (user_info, rest) = authority.split_at_checked(at).unwrap_or((authority, &[]));
                (Some(self.canonical(user_info)), rest.get(1..).unwrap_or_default())
            }
            None => (None, authority),
        };
        // The colons of an IPv6 address are inside its brackets.
        let bracket = server.iter().rposition(|byte| *byte == b']').unwrap_or(0);
        let colon = server.iter().skip(bracket).position(|byte| *byte == b':').map(|colon| bracket + colon);
        let (name, port) = match colon {
            Some(colon) => {
                let (name, port) = server.split_at_checked(colon).unwrap_or((server, &[]));
                (name, port.get(1..).unwrap_or_default())
            }
            None => (server, [].as_slice()),
        };
        let name = std::str::from_utf8(name).map_err(|_| BAD_HOST)?;
        let (host_type, host) = host::classify(name, self.syntax.known).ok_or(BAD_HOST)?;
        let port = parse_port(port)?.filter(|port| i32::from(*port) != scheme::default_port(&scheme));
        Ok(Parts { scheme, user_info, host, host_type, port, ..Parts::default() })
    }

    /// Everything behind the scheme is a path, without a host.
    fn path_alone(&self, scheme: String, rest: &[u8]) -> Parts {
        let mut parts = Parts { scheme, ..Parts::default() };
        self.fill_path(&mut parts, rest, false);
        parts
    }

    fn mail(&self, scheme: String, rest: &[u8]) -> Result<Parts, Fault> {
        let (address, query, fragment) = self.split_path(rest);
        let mut parts =
            if address.is_empty() { Parts { scheme, ..Parts::default() } } else { self.authority(scheme, address)? };
        (parts.query, parts.fragment) = (self.canonical(query), self.canonical(fragment));
        Ok(parts)
    }

    /// What follows `file:`.
    fn file_scheme(&self, rest: &[u8]) -> Result<Parts, Fault> {
        let rest = match rest {
            [b'/' | b'\\', b'/' | b'\\', rest @ ..] => rest,
            _ if has_drive(rest) => return Ok(self.file_path(rest)),
            _ => return self.file(rest, false),
        };
        match rest {
            [b'/' | b'\\', path @ ..] if has_drive(path) => Ok(self.file_path(path)),
            _ if has_drive(rest) => Ok(self.file_path(rest)),
            _ => self.file(rest, false),
        }
    }

    /// A file by its host, which may be missing unless the text names no scheme, and its path.
    fn file(&self, rest: &[u8], implicit: bool) -> Result<Parts, Fault> {
        let end = rest.iter().position(|byte| matches!(byte, b'/' | b'\\' | b'?' | b'#')).unwrap_or(rest.len());
        let (host, rest) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        let file = "file".to_owned();
        let mut parts = match host {
            [] if implicit => return Err(BAD_HOST),
            [] => Parts { scheme: file, host_type: HostNameType::Basic, ..Parts::default() },
            _ => self.authority(file, host)?,
        };
        parts.has_authority = true;
        if implicit {
            // A path of Windows has neither query nor fragment.
            parts.path = self.canonical_path(rest, true);
        } else {
            self.fill_path(&mut parts, rest, true);
        }
        Ok(parts)
    }

    /// A file by its path with a drive.
    fn file_path(&self, path: &[u8]) -> Parts {
        let mut rooted = self.canonical_path(path, true);
        rooted.remove(0);
        if let Some(bar) = rooted.get_mut(1) {
            *bar = b':';
        }
        Parts {
            scheme: "file".to_owned(),
            has_authority: true,
            host_type: HostNameType::Basic,
            path: rooted,
            ..Parts::default()
        }
    }
}

/// The query and fragment of a text as they are written.
pub(super) fn written_tail(text: &[u8], parts: &Parts) -> (Vec<u8>, Vec<u8>) {
    let reader = Reader { syntax: scheme::syntax(&parts.scheme), escapes: Escapes::of(text) };
    let (_, query, fragment) = reader.split_path(trim(text));
    (query.to_vec(), fragment.to_vec())
}

fn parse_port(digits: &[u8]) -> Result<Option<u16>, Fault> {
    let number = digits.iter().try_fold(0u16, |number, digit| {
        let digit = char::from(*digit).to_digit(10)?;
        number.checked_mul(10)?.checked_add(digit as u16)
    });
    match number {
        None => Err(BAD_PORT),
        Some(_) if digits.is_empty() => Ok(None),
        Some(number) => Ok(Some(number)),
    }
}
