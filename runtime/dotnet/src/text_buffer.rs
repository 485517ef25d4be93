//! Text that grows: the content of a `StringBuilder` and of a `StringWriter`.
//!
//! The bytes lie in the arena, WTF-8 like those of strings, and a string made of them shares them: text behind it can
//! still be appended, and a change before its end first moves the text elsewhere.
//!
//! Not here: the members of those types (`types::string_builder`, `types::string_io`).

use std::cell::Cell;
use std::marker::PhantomData;

use crate::cx::Cx;
use crate::text::Str;
use crate::throw::Throw;
use crate::wtf8;

/// A text that grows.
pub struct TextBuffer<'a> {
    bytes: Cell<*mut u8>,
    len: Cell<usize>,
    capacity: Cell<usize>,
    /// Bytes before this belong to strings and are never written again.
    shared: Cell<usize>,
    ascii: Cell<bool>,
    units: Cell<usize>,
    /// An index with the offset of its character, where the last one was looked for.
    place: Cell<(usize, usize)>,
    arena: PhantomData<&'a ()>,
}

impl<'a> TextBuffer<'a> {
    /// An empty text.
    #[must_use]
    pub fn new() -> Self {
        Self {
            bytes: Cell::new(std::ptr::NonNull::dangling().as_ptr()),
            len: Cell::new(0),
            capacity: Cell::new(0),
            shared: Cell::new(0),
            ascii: Cell::new(true),
            units: Cell::new(0),
            place: Cell::new((0, 0)),
            arena: PhantomData,
        }
    }

    /// How many UTF-16 code units the text has.
    #[must_use]
    pub fn utf16_len(&self) -> usize {
        self.units.get()
    }

    /// Whether the text is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len.get() == 0
    }

    /// Runs `read` over the bytes; nothing may be written meanwhile, so that `read` gets nothing else.
    fn read<R>(&self, read: impl FnOnce(&[u8]) -> R) -> R {
        // SAFETY: `len` bytes were written, and nobody writes before `read` returns.
        read(unsafe { std::slice::from_raw_parts(self.bytes.get(), self.len.get()) })
    }

    /// Makes room for `more` bytes behind the first `kept`, which are moved if they or what follows must not be written.
    fn make_room(&self, cx: &mut Cx<'a>, kept: usize, more: usize) -> Result<(), Throw> {
        let needed = kept.saturating_add(more);
        if needed <= self.capacity.get() && kept >= self.shared.get() {
            return Ok(());
        }
        // Only a text that grows needs room in advance; one that is moved for being shared may be moved often.
        let spare = if needed > self.capacity.get() { self.capacity.get() } else { 0 };
        let capacity = needed.max(self.capacity.get().saturating_add(spare)).max(64);
        cx.reserve(capacity)?;
        let place = cx.arena().alloc_uninit::<u8>(capacity).as_mut_ptr().cast::<u8>();
        // SAFETY: the new place is fresh memory of at least `len` bytes.
        unsafe { std::ptr::copy_nonoverlapping(self.bytes.get(), place, self.len.get().min(capacity)) };
        self.bytes.set(place);
        self.capacity.set(capacity);
        self.shared.set(0);
        Ok(())
    }

    /// Appends a text.
    ///
    /// # Errors
    /// The limit of memory.
    #[inline]
    pub fn append(&self, cx: &mut Cx<'a>, text: Str<'a>) -> Result<(), Throw> {
        self.append_bytes(cx, text.bytes(), text.utf16_len(), text.is_ascii())
    }

    /// Appends ASCII text.
    ///
    /// # Errors
    /// The limit of memory.
    pub fn append_ascii(&self, cx: &mut Cx<'a>, text: &[u8]) -> Result<(), Throw> {
        debug_assert!(text.is_ascii());
        self.append_bytes(cx, text, text.len(), true)
    }

    /// Appends a code unit.
    ///
    /// # Errors
    /// The limit of memory.
    pub fn append_unit(&self, cx: &mut Cx<'a>, unit: u16) -> Result<(), Throw> {
        match u8::try_from(unit) {
            Ok(ascii @ 0..0x80) => self.append_bytes(cx, &[ascii], 1, true),
            _ => {
                let mut bytes = Vec::with_capacity(3);
                wtf8::push_unit(&mut bytes, unit);
                self.append_bytes(cx, &bytes, 1, false)
            }
        }
    }

    fn append_bytes(&self, cx: &mut Cx<'a>, text: &[u8], units: usize, ascii: bool) -> Result<(), Throw> {
        let len = self.len.get();
        if !ascii && self.meets(text) {
            // The halves of a pair become one character, for which the first one must be written anew.
            return self.splice(cx, self.units.get(), self.units.get(), text);
        }
        self.make_room(cx, len, text.len())?;
        // SAFETY: there is room behind the text. The source may lie in the same buffer, but not there.
        unsafe { std::ptr::copy_nonoverlapping(text.as_ptr(), self.bytes.get().add(len), text.len()) };
        self.len.set(len + text.len());
        self.units.set(self.units.get() + units);
        self.ascii.set(self.ascii.get() && ascii);
        Ok(())
    }

    /// Whether the text ends with the first half of a pair and the other begins with the second.
    fn meets(&self, text: &[u8]) -> bool {
        matches!(text, [0xED, 0xB0..=0xBF, ..]) && self.read(|bytes| matches!(bytes, [.., 0xED, 0xA0..=0xAF, _]))
    }

    /// The code unit at an index.
    #[must_use]
    pub fn unit(&self, index: usize) -> Option<u16> {
        if self.ascii.get() {
            return self.read(|bytes| bytes.get(index).map(|byte| u16::from(*byte)));
        }
        let offset = self.seek(index)?;
        self.read(|bytes| wtf8::units(bytes.get(offset.unwrap_or_else(|at| at)..)?).nth(usize::from(offset.is_err())))
    }

    /// The byte offset of an index; `Err` where it splits a pair.
    fn seek(&self, index: usize) -> Option<Result<usize, usize>> {
        if self.ascii.get() {
            return (index <= self.len.get()).then_some(Ok(index));
        }
        let mut place = self.place.get();
        let found = self.read(|bytes| wtf8::seek(bytes, &mut place, index));
        self.place.set(place);
        found
    }

    /// Puts a text in place of the code units from one index to another. Indexes past the end are taken as the end.
    ///
    /// # Errors
    /// The limit of memory.
    pub fn splice(&self, cx: &mut Cx<'a>, start: usize, end: usize, text: &[u8]) -> Result<(), Throw> {
        let (start, end) = (start.min(self.units.get()), end.clamp(start, self.units.get()));
        let (from, to) = (self.seek(start).unwrap_or(Ok(0)), self.seek(end).unwrap_or(Ok(self.len.get())));
        let new = self.read(|bytes| {
            // Characters that are cut in half, and what meets at the seams, are written anew with the text.
            let mut new = Vec::with_capacity(text.len() + 8);
            let head = match from {
                Ok(from) if bytes.get(..from).is_some_and(|head| matches!(head, [.., 0xED, 0xA0..=0xAF, _])) => {
                    from - 3
                }
                Ok(from) | Err(from) => from,
            };
            let half = wtf8::units(bytes.get(head..).unwrap_or(&[])).next();
            if head != from.unwrap_or(usize::MAX) {
                half.into_iter().for_each(|unit| wtf8::push_unit(&mut new, unit));
            }
            wtf8::append(&mut new, text);
            let tail = match to {
                Err(pair) => {
                    let low = wtf8::units(bytes.get(pair..).unwrap_or(&[])).nth(1);
                    low.into_iter().for_each(|unit| wtf8::push_unit(&mut new, unit));
                    pair + 4
                }
                Ok(to) if bytes.get(to..).is_some_and(|tail| matches!(tail, [0xED, 0xB0..=0xBF, ..])) => {
                    wtf8::append(&mut new, bytes.get(to..to + 3).unwrap_or(&[]));
                    to + 3
                }
                Ok(to) => to,
            };
            (head, tail, new)
        });
        let (head, tail, new) = new;
        self.replace_bytes(cx, head, tail, &new)?;
        let inserted = wtf8::utf16_len(text);
        self.units.set(self.units.get() - (end - start) + inserted);
        self.ascii.set(self.ascii.get() && new.is_ascii());
        if self.place.get().1 > head {
            self.place.set((0, 0));
        }
        Ok(())
    }

    fn replace_bytes(&self, cx: &mut Cx<'a>, from: usize, to: usize, new: &[u8]) -> Result<(), Throw> {
        let len = self.len.get();
        let tail = len - to;
        // Moving the tail overwrites what lies behind `from`, so that this much must not be shared.
        if from < self.shared.get() || from + new.len() + tail > self.capacity.get() {
            let growth = new.len().saturating_sub(to - from);
            self.shared.set(usize::MAX);
            self.make_room(cx, len, growth)?;
        }
        // SAFETY: the buffer has room for the head, the new bytes and the tail, and `new` lies elsewhere.
        unsafe {
            let place = self.bytes.get().add(from);
            std::ptr::copy(self.bytes.get().add(to), place.add(new.len()), tail);
            std::ptr::copy_nonoverlapping(new.as_ptr(), place, new.len());
        }
        self.len.set(from + new.len() + tail);
        Ok(())
    }

    /// Cuts the text off at an index.
    ///
    /// # Errors
    /// The limit of memory.
    pub fn truncate(&self, cx: &mut Cx<'a>, units: usize) -> Result<(), Throw> {
        match self.seek(units) {
            Some(Ok(offset)) => {
                self.len.set(offset);
                self.units.set(units);
                // What is ASCII stays so; the rest may have become so.
                self.ascii.set(self.ascii.get() || offset == 0);
                if self.place.get().1 > offset {
                    self.place.set((0, 0));
                }
                Ok(())
            }
            Some(Err(_)) => self.splice(cx, units, self.units.get(), &[]),
            None => Ok(()),
        }
    }

    /// The text as a string, which shares the bytes.
    #[must_use]
    pub fn to_text(&self, cx: &Cx<'a>) -> Str<'a> {
        if self.is_empty() {
            return Str::EMPTY;
        }
        self.shared.set(self.shared.get().max(self.len.get()));
        // SAFETY: `len` bytes were written; they are marked as shared, so that nobody writes them again.
        let bytes: &'a [u8] = unsafe { std::slice::from_raw_parts(self.bytes.get(), self.len.get()) };
        if self.ascii.get() { Str::over_ascii(cx.arena(), bytes) } else { Str::over_wtf8(cx.arena(), bytes) }
    }
}

impl Default for TextBuffer<'_> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::with_harness;
    use proptest::prelude::*;

    /// A change to a text, by UTF-16 units.
    #[derive(Clone, Debug)]
    enum Change {
        Append(String),
        AppendUnit(u16),
        Splice(usize, usize, String),
        Truncate(usize),
        Share,
    }

    fn change() -> impl Strategy<Value = Change> {
        let unit = prop_oneof![Just(0x61_u16), Just(0xE9), Just(0xD83D), Just(0xDE00)];
        prop_oneof![
            "[aé😀]{0,4}".prop_map(Change::Append),
            unit.prop_map(Change::AppendUnit),
            (0_usize..12, 0_usize..12, "[aé😀]{0,3}").prop_map(|(start, end, text)| Change::Splice(start, end, text)),
            (0_usize..12).prop_map(Change::Truncate),
            Just(Change::Share),
        ]
    }

    proptest! {
        #[test]
        fn a_buffer_changes_like_a_sequence_of_units(changes in proptest::collection::vec(change(), 0..30)) {
            with_harness(|harness| {
                let cx = &mut harness.cx;
                let buffer = TextBuffer::new();
                let mut model: Vec<u16> = Vec::new();
                let mut shared = Vec::new();
                for change in changes {
                    match change {
                        Change::Append(text) => {
                            let string = cx.str(&text);
                            buffer.append(cx, string).unwrap();
                            model.extend(text.encode_utf16());
                        }
                        Change::AppendUnit(unit) => {
                            buffer.append_unit(cx, unit).unwrap();
                            model.push(unit);
                        }
                        Change::Splice(start, end, text) => {
                            let start = start.min(model.len());
                            let end = end.clamp(start, model.len());
                            buffer.splice(cx, start, end, text.as_bytes()).unwrap();
                            model.splice(start..end, text.encode_utf16());
                        }
                        Change::Truncate(units) => {
                            let units = units.min(model.len());
                            buffer.truncate(cx, units).unwrap();
                            model.truncate(units);
                        }
                        Change::Share => shared.push((buffer.to_text(cx), model.clone())),
                    }
                    assert_eq!(buffer.utf16_len(), model.len());
                    for index in [0, model.len() / 2, model.len()] {
                        assert_eq!(buffer.unit(index), model.get(index).copied());
                    }
                }
                shared.push((buffer.to_text(cx), model));
                for (text, units) in shared {
                    assert_eq!(text.units().collect::<Vec<_>>(), units);
                    assert_eq!(text.utf16_len(), units.len());
                }
            });
        }
    }
}
