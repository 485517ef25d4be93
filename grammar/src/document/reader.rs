//! Reads a masked text whose tags are sound, with quick-xml.
//!
//! quick-xml says where tags, texts, comments and sections begin and end; `tag` reads what is in a tag. At the first
//! doubt this reader gives up, and `recovery` reads the text from the start: what is broken needs more care than an
//! XML reader takes. Which tag closes which is no matter of this room, so elements that are never closed are sound here.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::builder::Builder;
use super::characters::{name_end, starts_with};
use super::mask::Mask;
use super::tag::{Tags, close_tag};
use super::tree::NodeKind;
use crate::source::Span;

/// Some tag of the text is not sound, so the text has to be read by `recovery`.
pub(super) struct NotSound;

/// Reads a masked text from `start` to its end.
pub(super) fn read(mask: &Mask<'_>, start: usize, builder: &mut Builder<'_>) -> Result<(), NotSound> {
    let text = &*mask.text;
    let bytes = text.as_bytes();
    let mut reader = Reader::from_str(text.get(start..).unwrap_or_default());
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let mut tags = Tags::new(text, &mask.hidden);
    let mut at = start;
    loop {
        let event = reader.read_event().map_err(|_| NotSound)?;
        let end = start + usize::try_from(reader.buffer_position()).map_err(|_| NotSound)?;
        let span = Span::from(at..end);
        match event {
            Event::Start(_) | Event::Empty(_) => {
                if name_end(text, at + 1) == at + 1 {
                    return Err(NotSound);
                }
                let first = builder.attributes.len();
                let faults = builder.faults.count();
                let tag = tags.open(at, &mut builder.attributes, &mut builder.faults);
                if tag.span != span || builder.faults.count() != faults {
                    return Err(NotSound);
                }
                builder.open(tag, first);
            }
            Event::End(_) => {
                let faults = builder.faults.count();
                let tag = close_tag(text, at, &mut builder.faults);
                if tag.span != span || tag.name.is_empty() || builder.faults.count() != faults {
                    return Err(NotSound);
                }
                builder.close(tag);
            }
            Event::Text(_) | Event::GeneralRef(_) => builder.text(span),
            // `<!-->` is no whole comment, though it looks like one.
            Event::Comment(_) if span.len() >= 7 => builder.comment(span),
            Event::CData(_) if starts_with(bytes, at, b"<![CDATA[") => builder.leaf(NodeKind::CData, span),
            Event::PI(_) | Event::Decl(_) => builder.instruction(span),
            Event::Comment(_) | Event::CData(_) | Event::DocType(_) => return Err(NotSound),
            Event::Eof => return if end == text.len() { Ok(()) } else { Err(NotSound) },
        }
        at = end;
    }
}
