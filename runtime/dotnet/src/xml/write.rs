//! Writes XML as `XmlWriter` does: indented by two blanks where there is no text, or all in one line.

use super::name::{XML, XMLNS};
use super::node::{Kind, Node};
use crate::cx::Cx;
use crate::text::Str;
use crate::throw::Throw;

/// The text of a node with everything in it.
///
/// # Errors
/// The limits of time and memory.
pub fn text<'a>(cx: &mut Cx<'a>, node: &'a Node<'a>, indented: bool) -> Result<Str<'a>, Throw> {
    if node.kind == Kind::Attribute {
        let mut writer = Writer::new(indented);
        let name = node.name.get();
        let namespace = name.map_or(Str::EMPTY, |name| name.namespace);
        let prefix = node.parent().and_then(|parent| prefix_in(parent, namespace));
        writer.attribute(&prefix.unwrap_or_default(), name.map_or(&[], |name| name.local.bytes()), node.value.get());
        let text = writer.out.get(1..).unwrap_or(&[]).to_vec();
        return Ok(cx.str_from_wtf8(&text));
    }
    let mut writer = Writer::new(indented);
    let ancestors: Vec<&Node<'a>> = std::iter::successors(node.parent(), |parent| parent.parent()).collect();
    for ancestor in ancestors.into_iter().rev() {
        writer.know(ancestor, 0, false);
    }
    let mut at = node;
    loop {
        cx.check_limits()?;
        cx.reserve(writer.out.len())?;
        writer.start(at);
        if let Some(first) = at.first() {
            at = first;
            continue;
        }
        writer.end(at);
        loop {
            if std::ptr::eq(at, node) {
                return Ok(cx.str_from_wtf8(&writer.out));
            }
            if let Some(next) = at.next() {
                at = next;
                break;
            }
            let Some(parent) = at.parent() else { return Ok(cx.str_from_wtf8(&writer.out)) };
            at = parent;
            writer.end(at);
        }
    }
}

/// The prefix that an element's namespaces have for one.
fn prefix_in<'a>(element: &'a Node<'a>, namespace: Str<'a>) -> Option<Vec<u8>> {
    if namespace == *XML {
        return Some(b"xml".to_vec());
    }
    let mut writer = Writer::new(false);
    let scopes: Vec<&Node<'a>> = std::iter::successors(Some(element), |node| node.parent()).collect();
    scopes.into_iter().rev().for_each(|scope| writer.know(scope, 0, false));
    if namespace == *XMLNS { Some(b"xmlns".to_vec()) } else { find_prefix(&writer.known, namespace.bytes(), false) }
}

/// Namespaces in scope: prefix, namespace, and how deep the element is that declares it.
type Scope = Vec<(Vec<u8>, Vec<u8>, usize)>;

fn namespace_of<'s>(scope: &'s Scope, prefix: &[u8]) -> &'s [u8] {
    scope.iter().rev().find(|(known, ..)| known == prefix).map_or(&[], |(_, namespace, _)| namespace)
}

fn find_prefix(scope: &Scope, namespace: &[u8], allow_default: bool) -> Option<Vec<u8>> {
    let mut matching =
        scope.iter().rev().filter(|(prefix, own, _)| own == namespace && (allow_default || !prefix.is_empty()));
    matching.find(|(prefix, ..)| namespace_of(scope, prefix) == namespace).map(|(prefix, ..)| prefix.clone())
}

struct Writer {
    out: Vec<u8>,
    indented: bool,
    /// The namespaces that the tree declares.
    known: Scope,
    /// The namespaces that stand in the text.
    written: Scope,
    /// Whether the elements around this place have text in them.
    mixed: Vec<bool>,
    is_mixed: bool,
}

impl Writer {
    fn new(indented: bool) -> Self {
        Self { out: Vec::new(), indented, known: Vec::new(), written: Vec::new(), mixed: Vec::new(), is_mixed: false }
    }

    fn know(&mut self, element: &Node<'_>, depth: usize, is_written: bool) {
        let mut attribute = element.first_attribute();
        while let Some(declared) = attribute {
            if declared.declares_namespace()
                && let Some(name) = declared.name.get()
            {
                let prefix = if name.namespace.is_empty() { Vec::new() } else { name.local.bytes().to_vec() };
                let row = (prefix, declared.value.get().bytes().to_vec(), depth);
                if is_written {
                    self.written.push(row.clone());
                }
                self.known.push(row);
            }
            attribute = declared.next();
        }
    }

    /// Begins a new line for what stands inside of so many elements, unless there is text beside it.
    fn line(&mut self, level: usize) {
        if self.indented && !self.is_mixed && !self.out.is_empty() {
            self.out.push(b'\n');
            self.out.resize(self.out.len() + 2 * level, b' ');
        }
    }

    /// Writes a node, or the start of one that has others in it.
    fn start(&mut self, node: &Node<'_>) {
        let level = self.mixed.len();
        match node.kind {
            Kind::Document | Kind::Attribute => {}
            Kind::Element => {
                self.line(level);
                self.start_tag(node, level + 1);
                self.mixed.push(self.is_mixed);
            }
            Kind::Text => {
                self.is_mixed = true;
                escape_text(&mut self.out, node.value.get().bytes());
            }
            Kind::CData => {
                self.is_mixed = true;
                self.out.extend_from_slice(b"<![CDATA[");
                let text = node.value.get();
                let mut rest = text.bytes();
                while let Some(at) = memchr::memmem::find(rest, b"]]>") {
                    let (head, tail) = rest.split_at_checked(at + 2).unwrap_or((rest, &[]));
                    self.out.extend_from_slice(head);
                    self.out.extend_from_slice(b"]]><![CDATA[");
                    rest = tail;
                }
                self.out.extend_from_slice(rest);
                self.out.extend_from_slice(b"]]>");
            }
            Kind::Comment => {
                self.line(level);
                self.out.extend_from_slice(b"<!--");
                self.out.extend_from_slice(node.value.get().bytes());
                self.out.extend_from_slice(b"-->");
            }
            Kind::Instruction => {
                self.line(level);
                self.out.extend_from_slice(b"<?");
                self.out.extend_from_slice(node.target.get().bytes());
                if !node.value.get().is_empty() {
                    self.out.push(b' ');
                    self.out.extend_from_slice(node.value.get().bytes());
                }
                self.out.extend_from_slice(b"?>");
            }
        }
    }

    fn start_tag(&mut self, element: &Node<'_>, depth: usize) {
        self.know(element, depth, true);
        let Some(name) = element.name.get() else { return };
        let namespace = name.namespace.bytes();
        let mut declared: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
        let prefix = self.prefix_of_element(namespace, depth, &mut declared);
        self.out.push(b'<');
        push_name(&mut self.out, &prefix, name.local.bytes());
        let mut attribute = element.first_attribute();
        while let Some(here) = attribute {
            if let Some(name) = here.name.get() {
                let prefix = self.prefix_of_attribute(name.namespace.bytes(), depth, &mut declared);
                self.attribute(&prefix, name.local.bytes(), here.value.get());
            }
            attribute = here.next();
        }
        for (prefix, namespace) in declared {
            self.out.extend_from_slice(if prefix.is_empty() { b" xmlns" } else { b" xmlns:" });
            self.out.extend_from_slice(&prefix);
            self.out.extend_from_slice(b"=\"");
            escape_attribute(&mut self.out, &namespace);
            self.out.push(b'"');
        }
        if element.is_empty.get() && element.first().is_none() {
            self.out.extend_from_slice(b" />");
        } else {
            self.out.push(b'>');
        }
    }

    fn prefix_of_element(&mut self, namespace: &[u8], depth: usize, declared: &mut Vec<(Vec<u8>, Vec<u8>)>) -> Vec<u8> {
        if namespace == XML.as_bytes() {
            return b"xml".to_vec();
        }
        let prefix = if namespace.is_empty() { None } else { find_prefix(&self.known, namespace, true) };
        let prefix = prefix.unwrap_or_default();
        self.declare(&prefix, namespace, depth, declared);
        prefix
    }

    fn prefix_of_attribute(
        &mut self,
        namespace: &[u8],
        depth: usize,
        declared: &mut Vec<(Vec<u8>, Vec<u8>)>,
    ) -> Vec<u8> {
        if namespace.is_empty() {
            return Vec::new();
        }
        if namespace == XML.as_bytes() {
            return b"xml".to_vec();
        }
        if namespace == XMLNS.as_bytes() {
            return b"xmlns".to_vec();
        }
        let known = find_prefix(&self.known, namespace, false).or_else(|| find_prefix(&self.written, namespace, false));
        let prefix = known.unwrap_or_else(|| {
            let taken = |prefix: &str| !namespace_of(&self.written, prefix.as_bytes()).is_empty();
            let free = (depth..).map(|number| format!("p{number}")).find(|prefix| !taken(prefix));
            free.unwrap_or_default().into_bytes()
        });
        self.declare(&prefix, namespace, depth, declared);
        prefix
    }

    fn declare(&mut self, prefix: &[u8], namespace: &[u8], depth: usize, declared: &mut Vec<(Vec<u8>, Vec<u8>)>) {
        if namespace_of(&self.written, prefix) != namespace {
            declared.push((prefix.to_vec(), namespace.to_vec()));
            self.written.push((prefix.to_vec(), namespace.to_vec(), depth));
            self.known.push((prefix.to_vec(), namespace.to_vec(), depth));
        }
    }

    fn attribute(&mut self, prefix: &[u8], local: &[u8], value: Str<'_>) {
        self.out.push(b' ');
        push_name(&mut self.out, prefix, local);
        self.out.extend_from_slice(b"=\"");
        escape_attribute(&mut self.out, value.bytes());
        self.out.push(b'"');
    }

    /// Writes the end of an element.
    fn end(&mut self, node: &Node<'_>) {
        if node.kind != Kind::Element {
            return;
        }
        let depth = self.mixed.len();
        if node.first().is_some() {
            self.line(depth.saturating_sub(1));
        }
        if (node.first().is_some() || !node.is_empty.get())
            && let Some(name) = node.name.get()
        {
            let namespace = name.namespace.bytes();
            let prefix = if namespace.is_empty() {
                Vec::new()
            } else if namespace == XML.as_bytes() {
                b"xml".to_vec()
            } else {
                find_prefix(&self.known, namespace, true).unwrap_or_default()
            };
            self.out.extend_from_slice(b"</");
            push_name(&mut self.out, &prefix, name.local.bytes());
            self.out.push(b'>');
        }
        self.known.retain(|(.., own)| *own < depth);
        self.written.retain(|(.., own)| *own < depth);
        self.is_mixed = self.mixed.pop().unwrap_or(false);
    }
}

fn push_name(out: &mut Vec<u8>, prefix: &[u8], local: &[u8]) {
    if !prefix.is_empty() {
        out.extend_from_slice(prefix);
        out.push(b':');
    }
    out.extend_from_slice(local);
}

fn escape_text(out: &mut Vec<u8>, text: &[u8]) {
    let mut bytes = text.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'<' => out.extend_from_slice(b"&lt;"),
            b'>' => out.extend_from_slice(b"&gt;"),
            b'&' => out.extend_from_slice(b"&amp;"),
            // Ends of lines are written as the platform has them.
            b'\r' => {
                bytes.next_if_eq(&b'\n');
                out.push(b'\n');
            }
            byte => out.push(byte),
        }
    }
}

fn escape_attribute(out: &mut Vec<u8>, text: &[u8]) {
    for byte in text {
        match byte {
            b'<' => out.extend_from_slice(b"&lt;"),
            b'>' => out.extend_from_slice(b"&gt;"),
            b'&' => out.extend_from_slice(b"&amp;"),
            b'"' => out.extend_from_slice(b"&quot;"),
            b'\n' => out.extend_from_slice(b"&#xA;"),
            b'\r' => out.extend_from_slice(b"&#xD;"),
            b'\t' => out.extend_from_slice(b"&#x9;"),
            byte => out.push(*byte),
        }
    }
}
