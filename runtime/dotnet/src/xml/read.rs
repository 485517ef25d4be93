//! Reads XML text.
//!
//! Texts are well-formed or refused, with the messages of .NET. Document types are refused: no entity is ever expanded, and
//! nothing outside of the text is read.

use std::collections::HashSet;

use super::members::XML_EXCEPTION;
use super::members::declaration::Declaration;
use super::name::{Name, XML, XMLNS, begins_name, continues_name};
use super::node::{Kind, Node};
use crate::cx::Cx;
use crate::format::wtf8::{first_code_point, push_code_point};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;

/// The document that a text is; white space between elements is left out unless it is to be kept.
///
/// # Errors
/// `XmlException` if the text is not well-formed, and the limits of time and memory.
pub fn document<'a>(cx: &mut Cx<'a>, text: Str<'a>, keeps_white_space: bool) -> Result<&'a Node<'a>, Throw> {
    let document = Node::new(cx, Kind::Document, None, Str::EMPTY);
    let mut reader = Reader {
        text,
        bytes: text.bytes(),
        at: 0,
        keeps_white_space,
        open: Vec::new(),
        scope: vec![(b"xml", cx.str(XML), 0), (b"xmlns", cx.str(XMLNS), 0)],
    };
    reader.run(cx, document)?;
    Ok(document)
}

/// The element that a text is.
///
/// # Errors
/// As [`document`].
pub fn element<'a>(cx: &mut Cx<'a>, text: Str<'a>, keeps_white_space: bool) -> Result<&'a Node<'a>, Throw> {
    let document = document(cx, text, keeps_white_space)?;
    match document.root() {
        Some(root) => {
            root.detach();
            Ok(root)
        }
        None => Err(cx.throw(Ty(&XML_EXCEPTION), "Root element is missing.")),
    }
}

struct Reader<'a> {
    text: Str<'a>,
    bytes: &'a [u8],
    at: usize,
    keeps_white_space: bool,
    /// The elements that are open: node, name as it is written, and where that stands.
    open: Vec<(&'a Node<'a>, &'a [u8], usize)>,
    /// The namespaces in scope: prefix, namespace, and how many elements are open where it holds.
    scope: Vec<(&'a [u8], Str<'a>, usize)>,
}

struct Attribute<'a> {
    name: &'a [u8],
    value: Str<'a>,
    at: usize,
}

impl<'a> Reader<'a> {
    fn run(&mut self, cx: &mut Cx<'a>, document: &'a Node<'a>) -> Result<(), Throw> {
        self.accept(b"\xEF\xBB\xBF");
        if self.sees(b"<?xml") && self.bytes.get(self.at + 5).is_some_and(|byte| is_blank(*byte)) {
            self.declaration(cx, document)?;
        }
        loop {
            cx.check_limits()?;
            let parent = self.open.last().map_or(document, |(node, ..)| node);
            if self.at >= self.bytes.len() {
                break;
            }
            if !self.sees(b"<") {
                self.characters(cx, parent)?;
            } else if self.accept(b"<!--") {
                let text = self.until(cx, b"-->", "comment")?;
                if memchr::memmem::find(text.bytes(), b"--").is_some() || text.bytes().ends_with(b"-") {
                    return Err(self.fault(
                        cx,
                        self.at,
                        "An XML comment cannot contain '--', and '-' cannot be the last character.",
                    ));
                }
                parent.insert(Node::new(cx, Kind::Comment, None, text), None);
            } else if self.sees(b"<![CDATA[") {
                if self.open.is_empty() {
                    return Err(self.fault(cx, self.at, "Data at the root level is invalid."));
                }
                self.at += 9;
                let text = self.until(cx, b"]]>", "CDATA")?;
                parent.insert(Node::new(cx, Kind::CData, None, text), None);
            } else if self.sees(b"<!DOCTYPE") {
                let message = "For security reasons DTD is prohibited in this XML document. To enable DTD processing set the \
                               DtdProcessing property on XmlReaderSettings to Parse and pass the settings into \
                               XmlReader.Create method.";
                return Err(cx.throw(Ty(&XML_EXCEPTION), message));
            } else if self.accept(b"<?") {
                self.instruction(cx, parent)?;
            } else if self.accept(b"</") {
                self.end_tag(cx, parent)?;
            } else {
                self.at += 1;
                self.start_tag(cx, parent, document)?;
            }
        }
        if !self.open.is_empty() {
            let names: Vec<String> =
                self.open.iter().rev().map(|(_, name, _)| String::from_utf8_lossy(name).into_owned()).collect();
            let message = format!(
                "Unexpected end of file has occurred. The following elements are not closed: {}.",
                names.join(", ")
            );
            return Err(self.fault(cx, self.at, &message));
        }
        if document.root().is_none() {
            return Err(cx.throw(Ty(&XML_EXCEPTION), "Root element is missing."));
        }
        Ok(())
    }

    /// An exception that tells the line and the position in it.
    #[cold]
    fn fault(&self, cx: &mut Cx<'a>, at: usize, message: &str) -> Throw {
        let before = self.bytes.get(..at).unwrap_or(self.bytes);
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
        let position = crate::wtf8::utf16_len(before.get(start..).unwrap_or(&[])) + 1;
        cx.throw(Ty(&XML_EXCEPTION), &format!("{message} Line {line}, position {position}."))
    }

    fn sees(&self, mark: &[u8]) -> bool {
        self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(mark))
    }

    fn accept(&mut self, mark: &[u8]) -> bool {
        let found = self.sees(mark);
        if found {
            self.at += mark.len();
        }
        found
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn part(&self, from: usize, to: usize) -> &'a [u8] {
        self.bytes.get(from..to).unwrap_or(&[])
    }

    fn skip_blanks(&mut self) -> bool {
        let start = self.at;
        while self.peek().is_some_and(is_blank) {
            self.at += 1;
        }
        self.at > start
    }

    fn unexpected<T>(&self, cx: &mut Cx<'a>, expected: &str) -> Result<T, Throw> {
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        let message = match first_code_point(rest).and_then(|(code, _)| char::from_u32(code)) {
            Some(c) => format!("'{c}' is an unexpected token. The expected token is '{expected}'."),
            None => String::from("Unexpected end of file has occurred."),
        };
        Err(self.fault(cx, self.at, &message))
    }

    /// The text up to a mark, which is stepped over.
    fn until(&mut self, cx: &mut Cx<'a>, mark: &[u8], place: &str) -> Result<Str<'a>, Throw> {
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or(&[]);
        let Some(length) = memchr::memmem::find(rest, mark) else {
            let message = format!("Unexpected end of file while parsing {place} has occurred.");
            return Err(self.fault(cx, self.bytes.len(), &message));
        };
        let raw = self.part(start, start + length);
        self.check_characters(cx, start, raw)?;
        self.at = start + length + mark.len();
        Ok(self.with_line_feeds(cx, raw))
    }

    /// A part of the text with line feeds at the ends of its lines.
    fn with_line_feeds(&self, cx: &mut Cx<'a>, raw: &'a [u8]) -> Str<'a> {
        if memchr::memchr(b'\r', raw).is_none() {
            return self.text.part(cx, raw);
        }
        let mut out = Vec::with_capacity(raw.len());
        let mut bytes = raw.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            if byte == b'\r' {
                bytes.next_if_eq(&b'\n');
                out.push(b'\n');
            } else {
                out.push(byte);
            }
        }
        cx.str_from_wtf8(&out)
    }

    fn check_characters(&self, cx: &mut Cx<'a>, start: usize, raw: &[u8]) -> Result<(), Throw> {
        let is_bad = |(index, byte): (usize, &u8)| match byte {
            0x09 | 0x0A | 0x0D => false,
            0..0x20 => true,
            0xED => raw.get(index + 1).is_some_and(|next| *next >= 0xA0),
            0xEF => raw.get(index + 1) == Some(&0xBF) && raw.get(index + 2).is_some_and(|last| *last >= 0xBE),
            _ => false,
        };
        let Some(at) = raw.iter().enumerate().position(is_bad) else { return Ok(()) };
        let code = first_code_point(raw.get(at..).unwrap_or(&[])).map_or(0, |(code, _)| code);
        Err(self.invalid_character(cx, start + at, code))
    }

    #[cold]
    fn invalid_character(&self, cx: &mut Cx<'a>, at: usize, code: u32) -> Throw {
        let shown = char::from_u32(code).filter(|c| *c != '\0').map_or(String::from("."), String::from);
        self.fault(cx, at, &format!("'{shown}', hexadecimal value 0x{code:02X}, is an invalid character."))
    }

    fn qualified_name(&mut self, cx: &mut Cx<'a>) -> Result<&'a [u8], Throw> {
        let start = self.at;
        let mut begins = true;
        let mut has_colon = false;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or(&[]);
            let Some((c, length)) = first_code_point(rest).and_then(|(code, n)| Some((char::from_u32(code)?, n)))
            else {
                break;
            };
            if begins && !begins_name(c) {
                let code = u32::from(c);
                let message = format!("Name cannot begin with the '{c}' character, hexadecimal value 0x{code:02X}.");
                return Err(self.fault(cx, self.at, &message));
            }
            if c == ':' && !has_colon {
                (has_colon, begins) = (true, true);
            } else if continues_name(c) {
                begins = false;
            } else {
                break;
            }
            self.at += length;
        }
        if begins {
            return Err(self.fault(cx, self.at, "Unexpected end of file has occurred."));
        }
        Ok(self.part(start, self.at))
    }

    /// The attributes up to the end of a tag or declaration.
    fn attributes(&mut self, cx: &mut Cx<'a>) -> Result<Vec<Attribute<'a>>, Throw> {
        let mut attributes = Vec::new();
        loop {
            let has_blank = self.skip_blanks();
            if matches!(self.peek(), None | Some(b'>' | b'/' | b'?')) {
                return Ok(attributes);
            }
            if !has_blank {
                return self.unexpected(cx, ">");
            }
            cx.check_limits()?;
            let at = self.at;
            let name = self.qualified_name(cx)?;
            self.skip_blanks();
            if !self.accept(b"=") {
                return self.unexpected(cx, "=");
            }
            self.skip_blanks();
            let Some(quote @ (b'"' | b'\'')) = self.peek() else { return self.unexpected(cx, "\"' or '''") };
            self.at += 1;
            let start = self.at;
            let rest = self.bytes.get(start..).unwrap_or(&[]);
            let Some(length) = memchr::memchr(quote, rest) else {
                return Err(self.fault(cx, self.bytes.len(), "There is an unclosed literal string."));
            };
            let raw = self.part(start, start + length);
            if let Some(open) = memchr::memchr(b'<', raw) {
                let message = "'<', hexadecimal value 0x3C, is an invalid attribute character.";
                return Err(self.fault(cx, start + open, message));
            }
            let value = self.decoded(cx, start, raw, true)?;
            self.at = start + length + 1;
            attributes.push(Attribute { name, value, at });
        }
    }

    /// A text with its references replaced; in an attribute, white space becomes blanks.
    fn decoded(&self, cx: &mut Cx<'a>, start: usize, raw: &'a [u8], in_attribute: bool) -> Result<Str<'a>, Throw> {
        self.check_characters(cx, start, raw)?;
        let is_special = |byte: &u8| matches!(byte, b'&' | b'\r') || in_attribute && matches!(byte, b'\n' | b'\t');
        if !raw.iter().any(is_special) {
            return Ok(self.text.part(cx, raw));
        }
        let mut out = Vec::with_capacity(raw.len());
        let mut at = 0;
        while let Some(byte) = raw.get(at) {
            at += 1;
            match byte {
                b'&' => {
                    let rest = raw.get(at..).unwrap_or(&[]);
                    let Some(end) = memchr::memchr(b';', rest) else {
                        return Err(self.fault(cx, start + at, "An error occurred while parsing EntityName."));
                    };
                    self.reference(cx, start + at, rest.get(..end).unwrap_or(&[]), &mut out)?;
                    at += end + 1;
                }
                b'\r' => {
                    if raw.get(at) == Some(&b'\n') {
                        at += 1;
                    }
                    out.push(if in_attribute { b' ' } else { b'\n' });
                }
                b'\n' | b'\t' if in_attribute => out.push(b' '),
                byte => out.push(*byte),
            }
        }
        Ok(cx.str_from_wtf8(&out))
    }

    fn reference(&self, cx: &mut Cx<'a>, at: usize, name: &[u8], out: &mut Vec<u8>) -> Result<(), Throw> {
        let text = String::from_utf8_lossy(name);
        let number = match text.strip_prefix('#') {
            Some(digits) => {
                let value = match digits.strip_prefix('x') {
                    Some(digits) if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                        u32::from_str_radix(digits, 16)
                    }
                    None if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse(),
                    _ => "".parse(),
                };
                let Ok(value) = value else {
                    let message = if digits.is_empty() || digits.bytes().any(|byte| !byte.is_ascii_alphanumeric()) {
                        "Invalid syntax for a decimal numeric entity reference."
                    } else {
                        "Invalid value of a character entity reference."
                    };
                    return Err(self.fault(cx, at, message));
                };
                value
            }
            None => match &*text {
                "lt" => 0x3C,
                "gt" => 0x3E,
                "amp" => 0x26,
                "quot" => 0x22,
                "apos" => 0x27,
                other => {
                    let message = if other.is_empty() || !other.chars().all(continues_name) {
                        String::from("An error occurred while parsing EntityName.")
                    } else {
                        format!("Reference to undeclared entity '{other}'.")
                    };
                    return Err(self.fault(cx, at, &message));
                }
            },
        };
        let is_allowed = matches!(number, 0x9 | 0xA | 0xD | 0x20..0xD800 | 0xE000..0xFFFE | 0x1_0000..0x11_0000);
        if !is_allowed {
            return Err(self.invalid_character(cx, at, number));
        }
        push_code_point(out, number);
        Ok(())
    }

    fn characters(&mut self, cx: &mut Cx<'a>, parent: &'a Node<'a>) -> Result<(), Throw> {
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or(&[]);
        let length = memchr::memchr(b'<', rest).unwrap_or(rest.len());
        let raw = self.part(start, start + length);
        let is_blank_only = raw.iter().all(|byte| is_blank(*byte));
        self.at = start + length;
        if self.open.is_empty() {
            if !is_blank_only {
                let at = start + raw.iter().position(|byte| !is_blank(*byte)).unwrap_or(0);
                return Err(self.fault(cx, at, "Data at the root level is invalid."));
            }
            if self.keeps_white_space {
                let text = self.with_line_feeds(cx, raw);
                parent.insert(Node::new(cx, Kind::Text, None, text), None);
            }
            return Ok(());
        }
        if let Some(end) = memchr::memmem::find(raw, b"]]>") {
            return Err(self.fault(cx, start + end, "']]>' is not allowed in character data."));
        }
        // White space before the end of the text is nothing that could be kept.
        if !is_blank_only || self.keeps_white_space {
            let text = self.decoded(cx, start, raw, false)?;
            parent.insert(Node::new(cx, Kind::Text, None, text), None);
        }
        Ok(())
    }

    fn instruction(&mut self, cx: &mut Cx<'a>, parent: &'a Node<'a>) -> Result<(), Throw> {
        let at = self.at;
        let target = self.qualified_name(cx)?;
        if target.eq_ignore_ascii_case(b"xml") {
            let message = if target == b"xml" {
                "Unexpected XML declaration. The XML declaration must be the first node in the document, and no white space \
                 characters are allowed to appear before it."
            } else {
                "Invalid PI name."
            };
            return Err(self.fault(cx, at, message));
        }
        let has_blank = self.skip_blanks();
        if !has_blank && !self.sees(b"?>") {
            return self.unexpected(cx, "?>");
        }
        let data = self.until(cx, b"?>", "PI")?;
        let node = Node::new(cx, Kind::Instruction, None, data);
        node.target.set(self.text.part(cx, target));
        parent.insert(node, None);
        Ok(())
    }

    fn declaration(&mut self, cx: &mut Cx<'a>, document: &'a Node<'a>) -> Result<(), Throw> {
        self.at += 5;
        let attributes = self.attributes(cx)?;
        let mut parts = [None; 3];
        let mut least = 0;
        for attribute in &attributes {
            let names: [&[u8]; 3] = [b"version", b"encoding", b"standalone"];
            let place = names.iter().position(|name| *name == attribute.name).filter(|place| *place >= least);
            let Some(place) = place else {
                return Err(self.fault(cx, attribute.at, "Syntax for an XML declaration is invalid."));
            };
            least = place + 1;
            if let Some(part) = parts.get_mut(place) {
                *part = Some(attribute.value);
            }
        }
        let [Some(version), encoding, standalone] = parts else {
            return Err(self.fault(cx, self.at, "Syntax for an XML declaration is invalid."));
        };
        if version != *"1.0" {
            let message = format!("Version number '{}' is invalid.", version.to_utf8());
            return Err(self.fault(cx, self.at, &message));
        }
        if standalone.is_some_and(|value| value != *"yes" && value != *"no") {
            return Err(self.fault(cx, self.at, "Syntax for an XML declaration is invalid."));
        }
        if !self.accept(b"?>") {
            return self.unexpected(cx, "?>");
        }
        document.declaration.set(Some(Declaration::new(cx, Some(version), encoding, standalone)));
        Ok(())
    }

    fn end_tag(&mut self, cx: &mut Cx<'a>, parent: &'a Node<'a>) -> Result<(), Throw> {
        let at = self.at;
        if self.open.is_empty() {
            return Err(self.fault(cx, at - 2, "Unexpected end tag."));
        }
        let name = self.qualified_name(cx)?;
        let Some((_, opened, opened_at)) = self.open.pop() else { return Ok(()) };
        if opened != name {
            let before = self.bytes.get(..opened_at).unwrap_or(&[]);
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            let start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
            let position = crate::wtf8::utf16_len(before.get(start..).unwrap_or(&[])) + 1;
            let message = format!(
                "The '{}' start tag on line {line} position {position} does not match the end tag of '{}'.",
                String::from_utf8_lossy(opened),
                String::from_utf8_lossy(name)
            );
            return Err(self.fault(cx, at, &message));
        }
        self.skip_blanks();
        if !self.accept(b">") {
            return self.unexpected(cx, ">");
        }
        parent.is_empty.set(false);
        self.leave();
        Ok(())
    }

    fn leave(&mut self) {
        let depth = self.open.len();
        self.scope.retain(|(.., own)| *own <= depth);
    }

    fn start_tag(&mut self, cx: &mut Cx<'a>, parent: &'a Node<'a>, document: &'a Node<'a>) -> Result<(), Throw> {
        let at = self.at;
        if self.open.is_empty() && document.root().is_some() {
            return Err(self.fault(cx, at, "There are multiple root elements."));
        }
        let name = self.qualified_name(cx)?;
        let attributes = self.attributes(cx)?;
        let depth = self.open.len() + 1;
        for attribute in &attributes {
            let prefix: &'a [u8] = match attribute.name.strip_prefix(b"xmlns") {
                Some([]) => &[],
                Some([b':', prefix @ ..]) => prefix,
                _ => continue,
            };
            if !prefix.is_empty() && attribute.value.is_empty() {
                return Err(self.fault(
                    cx,
                    attribute.at,
                    "Prefixed namespace declarations cannot have an empty value.",
                ));
            }
            if prefix == b"xmlns" || (prefix == b"xml") != (attribute.value == *XML) {
                let message = "Prefix 'xml' or 'xmlns' is reserved for use by XML.";
                return Err(self.fault(cx, attribute.at, message));
            }
            self.scope.push((prefix, attribute.value, depth));
        }
        let element_name = self.resolved(cx, name, at, true)?;
        let element = Node::new(cx, Kind::Element, Some(element_name), Str::EMPTY);
        let mut known: HashSet<(&'a [u8], &'a [u8])> = HashSet::new();
        for attribute in &attributes {
            let name = self.resolved(cx, attribute.name, attribute.at, false)?;
            if !known.insert((name.namespace.bytes(), name.local.bytes())) {
                let message = format!("'{}' is a duplicate attribute name.", String::from_utf8_lossy(attribute.name));
                return Err(self.fault(cx, attribute.at, &message));
            }
            element.insert_attribute(Node::new(cx, Kind::Attribute, Some(name), attribute.value));
        }
        parent.insert(element, None);
        if self.accept(b"/") {
            if !self.accept(b">") {
                return self.unexpected(cx, ">");
            }
            self.leave();
        } else if self.accept(b">") {
            self.open.push((element, name, at));
        } else {
            return self.unexpected(cx, ">");
        }
        Ok(())
    }

    fn resolved(&self, cx: &mut Cx<'a>, name: &'a [u8], at: usize, is_element: bool) -> Result<&'a Name<'a>, Throw> {
        let (prefix, local) = match memchr::memchr(b':', name) {
            Some(colon) => (name.get(..colon).unwrap_or(&[]), name.get(colon + 1..).unwrap_or(&[])),
            None => (&[][..], name),
        };
        let has_default = is_element || !prefix.is_empty();
        let declared = self.scope.iter().rev().find(|(known, ..)| has_default && *known == prefix);
        let namespace = match declared {
            Some((_, namespace, _)) => *namespace,
            None if prefix.is_empty() => Str::EMPTY,
            None => {
                let message = format!("'{}' is an undeclared prefix.", String::from_utf8_lossy(prefix));
                return Err(self.fault(cx, at, &message));
            }
        };
        let local = self.text.part(cx, local);
        Ok(Name::new(cx, namespace, local))
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}
