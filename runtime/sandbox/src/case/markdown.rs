//! The headings and fenced blocks of a Markdown file.
//!
//! Only what cases are made of is read: headings (`#`), and blocks between lines of at least three backticks. Everything
//! else is text for people.

use grammar::source::{Source, Span};

/// A heading with the blocks below it, up to the next heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// How deep the heading is: 1 for `#`; 0 for what stands before the first one.
    pub level: usize,
    /// The text of the heading.
    pub title: String,
    /// Where the heading stands.
    pub span: Span,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// A fenced block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What stands behind the opening fence.
    pub info: String,
    /// Where the opening fence stands.
    pub fence: Span,
    /// Where the lines between the fences stand, with the last line break.
    pub span: Span,
    /// Whether the closing fence is there.
    pub is_closed: bool,
}

/// The parts of a file, in order. The first one is what stands before the first heading.
#[must_use]
pub fn parts(source: &Source) -> Vec<Part> {
    let mut parts = vec![Part { level: 0, title: String::new(), span: Span::empty(0), blocks: Vec::new() }];
    let mut open: Option<(usize, Block)> = None;
    let mut at = 0;
    for line in source.text().split_inclusive('\n') {
        let start = at;
        at += u32::try_from(line.len()).unwrap_or(0);
        let text = line.trim_end();
        let span = Span::new(start, start + u32::try_from(text.len()).unwrap_or(0));
        let ticks = text.len() - text.trim_start_matches('`').len();
        match &mut open {
            Some((width, block)) => {
                if ticks >= *width && ticks == text.len() {
                    block.span.end = start;
                    block.is_closed = true;
                } else {
                    continue;
                }
            }
            None if ticks >= 3 => {
                let info = text.trim_start_matches('`').trim().to_owned();
                let span = Span::new(at, at);
                open = Some((ticks, Block { info, fence: Span::new(start, at), span, is_closed: false }));
                continue;
            }
            None => {
                let level = text.len() - text.trim_start_matches('#').len();
                if level > 0 && text.as_bytes().get(level) == Some(&b' ') {
                    let title = text.trim_start_matches('#').trim().to_owned();
                    parts.push(Part { level, title, span, blocks: Vec::new() });
                }
                continue;
            }
        }
        if let (Some((_, block)), Some(part)) = (open.take(), parts.last_mut()) {
            part.blocks.push(block);
        }
    }
    if let (Some((_, mut block)), Some(part)) = (open, parts.last_mut()) {
        block.span.end = at;
        part.blocks.push(block);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_blocks_are_found() {
        let text =
            "pre\n# Title\n```a b\none\n# no heading\n```\n## Case\ntext\n````x\n```\ninner\n```\n````\n```open\nend";
        let source = Source::new("a.md", text);
        let found: Vec<String> = parts(&source)
            .iter()
            .map(|part| {
                let blocks: Vec<String> = part
                    .blocks
                    .iter()
                    .map(|block| format!("{}:{:?}:{}", block.info, source.slice(block.span), block.is_closed))
                    .collect();
                format!("{} {} {}", part.level, part.title, blocks.join(" "))
            })
            .collect();
        assert_eq!(
            found,
            [
                "0  ",
                "1 Title a b:\"one\\n# no heading\\n\":true",
                "2 Case x:\"```\\ninner\\n```\\n\":true open:\"end\":false",
            ]
        );
    }
}
