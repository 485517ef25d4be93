//! `System.IO.StringReader`, `StreamReader` and `StringWriter`, with `TextReader` and `TextWriter`.

use std::cell::Cell;

use dotnet_macros::members;

use crate::array::Array;
use crate::cx::Cx;
use crate::format::Decimal;
use crate::format::number::float;
use crate::object::{Header, Obj, Ops, REFERENCE};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::boolean::Boolean;
use crate::types::encoding::Encoding;
use crate::types::exception::ARGUMENT_EXCEPTION;
use crate::types::memory_stream::MemoryStream;
use crate::types::number;
use crate::types::string::{from_units, throw_range};
use crate::types::string_builder::{Builder, units_of};
use crate::types::string_join::{composed, objects_of, text_of};
use crate::word::{Char, Word};

/// The object of a `StringReader`.
#[repr(C)]
pub struct Reader<'a> {
    header: Header,
    text: Str<'a>,
    /// The index of the next code unit.
    next: Cell<usize>,
}

crate::layout!(Reader<'a>, TEXT_READER_DEF, STRING_READER_DEF, STREAM_READER_DEF);

impl<'a> Reader<'a> {
    fn unit(&self, index: usize) -> i32 {
        self.text.unit(index).map_or(-1, i32::from)
    }

    fn rest(&self, cx: &Cx<'a>) -> Str<'a> {
        self.text.utf16_slice(cx, self.next.get(), self.text.utf16_len()).unwrap_or_default()
    }
}

/// Reads text.
#[members("public abstract class System.IO.TextReader : IDisposable", as = TEXT_READER, groups = [READING])]
impl<'a> Reader<'a> {
    /// Reads up to `count` code units into an array; gives how many there were.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException`, `ArgumentException` if the array is too short.
    #[member("int ReadBlock(char[] buffer, int index, int count)")]
    fn read_block(&'a self, cx: &mut Cx<'a>, buffer: &'a Array<'a>, index: i32, count: i32) -> Result<i32, Throw> {
        read_units(self, cx, buffer, index, count)
    }
}

/// The members of readers that `StringReader` declares itself.
pub struct Reading;

/// Reading text.
#[members("System.IO.TextReader", group = READING)]
impl<'a> Reading {
    /// The next code unit, which stays the next; -1 at the end.
    #[member("int Peek()")]
    fn peek(this: &'a Reader<'a>) -> i32 {
        this.unit(this.next.get())
    }

    /// The next code unit; -1 at the end.
    #[member("int Read()")]
    fn read(this: &'a Reader<'a>) -> i32 {
        let unit = this.unit(this.next.get());
        this.next.set(this.next.get() + usize::from(unit >= 0));
        unit
    }

    /// Reads up to `count` code units into an array; gives how many there were.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException`, `ArgumentException` if the array is too short.
    #[member("int Read(char[] buffer, int index, int count)")]
    fn read_some(
        this: &'a Reader<'a>,
        cx: &mut Cx<'a>,
        buffer: &'a Array<'a>,
        index: i32,
        count: i32,
    ) -> Result<i32, Throw> {
        read_units(this, cx, buffer, index, count)
    }

    /// The next line without its end; null if there is none.
    #[member("string ReadLine()")]
    fn read_line(this: &'a Reader<'a>, cx: &mut Cx<'a>) -> Option<Str<'a>> {
        let rest = this.rest(cx);
        if rest.is_empty() {
            return None;
        }
        let bytes = rest.bytes();
        let end = memchr::memchr2(b'\r', b'\n', bytes).unwrap_or(bytes.len());
        let (line, after) = bytes.split_at_checked(end).unwrap_or((bytes, &[]));
        let mark = match after {
            [b'\r', b'\n', ..] => 2,
            [] => 0,
            _ => 1,
        };
        let line = rest.part(cx, line);
        this.next.set(this.next.get() + line.utf16_len() + mark);
        Some(line)
    }

    /// The text that is left.
    #[member("string ReadToEnd()")]
    fn read_to_end(this: &'a Reader<'a>, cx: &mut Cx<'a>) -> Str<'a> {
        let rest = this.rest(cx);
        this.next.set(this.text.utf16_len());
        rest
    }

    /// Does nothing: there is nothing to close.
    #[member("void Close()")]
    fn close(_this: &'a Reader<'a>) {}

    /// Does nothing: there is nothing to close.
    #[member("void Dispose()")]
    fn dispose(_this: &'a Reader<'a>) {}
}

fn read_units<'a>(
    reader: &Reader<'a>,
    cx: &mut Cx<'a>,
    buffer: &'a Array<'a>,
    index: i32,
    count: i32,
) -> Result<i32, Throw> {
    let Ok(index) = usize::try_from(index) else {
        return Err(throw_range(cx, "Non-negative number required.", "index"));
    };
    let Ok(count) = usize::try_from(count) else {
        return Err(throw_range(cx, "Non-negative number required.", "count"));
    };
    let Some(places) = buffer.items().get(index..index.saturating_add(count)) else {
        let message = "Offset and length were out of bounds for the array or count is greater than the number of \
                       elements from index to the end of the source collection.";
        return Err(cx.throw(Ty(&ARGUMENT_EXCEPTION), message));
    };
    let rest = reader.rest(cx);
    let mut read = 0;
    for (place, unit) in places.iter().zip(rest.units()) {
        place.set(Word(u64::from(unit)));
        read += 1;
    }
    reader.next.set(reader.next.get() + read);
    Ok(read as i32)
}

/// The members of `StreamReader` that other readers do not have.
pub struct StreamReaderType;

/// Reads the text of a stream.
#[members("public class System.IO.StreamReader : TextReader", as = STREAM_READER, groups = [READING])]
impl<'a> StreamReaderType {
    /// A reader of a stream from its position on; it is UTF-8 unless it begins with another mark.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ObjectDisposedException`.
    #[member("StreamReader(System.IO.Stream stream)")]
    fn new(cx: &mut Cx<'a>, stream: &'a MemoryStream<'a>) -> Result<&'a Reader<'a>, Throw> {
        Self::new_in(cx, stream, Encoding::utf8())
    }

    /// A reader of a stream from its position on, in an encoding unless it begins with the mark of another.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ObjectDisposedException`.
    #[member("StreamReader(System.IO.Stream stream, System.Text.Encoding encoding)")]
    fn new_in(cx: &mut Cx<'a>, stream: &'a MemoryStream<'a>, encoding: &'a Encoding) -> Result<&'a Reader<'a>, Throw> {
        let bytes = stream.take_rest(cx)?;
        let (encoding, bytes) = match bytes.as_slice() {
            [0xEF, 0xBB, 0xBF, rest @ ..] => (Encoding::utf8(), rest),
            [0xFF, 0xFE, 0, 0, rest @ ..] => (Encoding::utf32(), rest),
            [0xFF, 0xFE, rest @ ..] => (Encoding::unicode(), rest),
            [0xFE, 0xFF, rest @ ..] => (Encoding::big_endian_unicode(), rest),
            all => (encoding, all),
        };
        let text = encoding.text_of(cx, bytes)?;
        Ok(cx.arena().alloc(Reader { header: Header::new(Ty(&STREAM_READER)), text, next: Cell::new(0) }))
    }

    /// Whether the text was read to its end.
    #[member("bool EndOfStream { get; }")]
    fn end_of_stream(this: &'a Reader<'a>) -> bool {
        this.unit(this.next.get()) < 0
    }
}

/// The constructor of `StringReader`.
pub struct StringReaderType;

/// Reads a string.
#[members("public class System.IO.StringReader : TextReader", as = STRING_READER)]
impl<'a> StringReaderType {
    /// A reader at the start of a text.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("StringReader(string s)")]
    fn new(cx: &mut Cx<'a>, s: Str<'a>) -> &'a Reader<'a> {
        cx.arena().alloc(Reader { header: Header::new(Ty(&STRING_READER)), text: s, next: Cell::new(0) })
    }

    /// The next code unit; -1 at the end.
    #[member("int Read()")]
    fn read(this: &'a Reader<'a>) -> i32 {
        Reading::read(this)
    }

    /// The next code unit, which stays the next; -1 at the end.
    #[member("int Peek()")]
    fn peek(this: &'a Reader<'a>) -> i32 {
        Reading::peek(this)
    }

    /// Reads up to `count` code units into an array; gives how many there were.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException`, `ArgumentException` if the array is too short.
    #[member("int Read(char[] buffer, int index, int count)")]
    fn read_some(
        this: &'a Reader<'a>,
        cx: &mut Cx<'a>,
        buffer: &'a Array<'a>,
        index: i32,
        count: i32,
    ) -> Result<i32, Throw> {
        read_units(this, cx, buffer, index, count)
    }

    /// The next line without its end; null if there is none.
    #[member("string ReadLine()")]
    fn read_line(this: &'a Reader<'a>, cx: &mut Cx<'a>) -> Option<Str<'a>> {
        Reading::read_line(this, cx)
    }

    /// The text that is left.
    #[member("string ReadToEnd()")]
    fn read_to_end(this: &'a Reader<'a>, cx: &mut Cx<'a>) -> Str<'a> {
        Reading::read_to_end(this, cx)
    }

    /// Does nothing: there is nothing to close.
    #[member("void Close()")]
    fn close(_this: &'a Reader<'a>) {}
}

/// The object of a `StringWriter`.
#[repr(C)]
pub struct Writer<'a> {
    header: Header,
    builder: &'a Builder<'a>,
    new_line: Cell<Option<Str<'a>>>,
}

crate::layout!(Writer<'a>, TEXT_WRITER_DEF, STRING_WRITER_DEF);

impl<'a> Writer<'a> {
    /// Appends a text.
    ///
    /// # Errors
    /// The limit of memory.
    pub fn push(&self, cx: &mut Cx<'a>, text: Str<'a>) -> Result<(), Throw> {
        self.builder.push(cx, text).map(|_| ())
    }

    fn end_line(&self, cx: &mut Cx<'a>) -> Result<(), Throw> {
        match self.new_line.get() {
            Some(end) => self.push(cx, end),
            None => self.builder.text.append_ascii(cx, b"\n"),
        }
    }
}

/// Writes text.
#[members("public abstract class System.IO.TextWriter : IDisposable", as = TEXT_WRITER, ops = WRITER_OPS,
    groups = [LINES, BOOL_WRITES, CHAR_WRITES, INT_WRITES, UINT_WRITES, LONG_WRITES, ULONG_WRITES, FLOAT_WRITES,
        DOUBLE_WRITES, DECIMAL_WRITES, STRING_WRITES, OBJECT_WRITES, UNITS_WRITES])]
impl<'a> Writer<'a> {
    /// What ends lines: `\n` unless changed.
    #[member("string NewLine { get; }")]
    fn get_new_line(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        self.new_line.get().unwrap_or_else(|| cx.str("\n"))
    }

    /// Changes what ends lines; null is `\n`.
    #[member("string NewLine { set; }")]
    fn set_new_line(&'a self, value: Option<Str<'a>>) {
        self.new_line.set(value);
    }

    /// Does nothing: what is written is there at once.
    #[member("void Flush()")]
    fn flush(&'a self) {}

    /// Does nothing: there is nothing to close.
    #[member("void Close()")]
    fn close(&'a self) {}

    /// Does nothing: there is nothing to close.
    #[member("void Dispose()")]
    fn dispose(&'a self) {}
}

/// Writing formats and ends of lines.
pub struct Lines;

/// Writing formats and ends of lines.
#[members("System.IO.TextWriter", group = LINES)]
impl<'a> Lines {
    /// Ends the line.
    #[member("void WriteLine()")]
    fn write_line(this: &'a Writer<'a>, cx: &mut Cx<'a>) -> Result<(), Throw> {
        this.end_line(cx)
    }

    /// Writes the format with `{0}` replaced by the argument's text.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("void Write(string format, object arg0)")]
    fn format_1(this: &'a Writer<'a>, cx: &mut Cx<'a>, format: Str<'a>, a: Option<Obj<'a>>) -> Result<(), Throw> {
        let text = composed(cx, format, &[a])?;
        this.push(cx, text)
    }

    /// Writes the format with `{0}` and `{1}` replaced by the arguments' texts.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("void Write(string format, object arg0, object arg1)")]
    fn format_2(
        this: &'a Writer<'a>,
        cx: &mut Cx<'a>,
        format: Str<'a>,
        a: Option<Obj<'a>>,
        b: Option<Obj<'a>>,
    ) -> Result<(), Throw> {
        let text = composed(cx, format, &[a, b])?;
        this.push(cx, text)
    }

    /// Writes the format with `{0}` to `{2}` replaced by the arguments' texts.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("void Write(string format, object arg0, object arg1, object arg2)")]
    fn format_3(
        this: &'a Writer<'a>,
        cx: &mut Cx<'a>,
        format: Str<'a>,
        a: Option<Obj<'a>>,
        b: Option<Obj<'a>>,
        c: Option<Obj<'a>>,
    ) -> Result<(), Throw> {
        let text = composed(cx, format, &[a, b, c])?;
        this.push(cx, text)
    }

    /// Writes the format with `{0}`, `{1}` … replaced by the arguments' texts.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("void Write(string format, params object[] arg)")]
    fn format_all(this: &'a Writer<'a>, cx: &mut Cx<'a>, format: Str<'a>, args: &'a Array<'a>) -> Result<(), Throw> {
        let text = composed(cx, format, &objects_of(args))?;
        this.push(cx, text)
    }

    /// Writes the format with `{0}` replaced, and ends the line.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("void WriteLine(string format, object arg0)")]
    fn format_1_line(this: &'a Writer<'a>, cx: &mut Cx<'a>, format: Str<'a>, a: Option<Obj<'a>>) -> Result<(), Throw> {
        Self::format_1(this, cx, format, a)?;
        this.end_line(cx)
    }

    /// Writes the format with `{0}` and `{1}` replaced, and ends the line.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("void WriteLine(string format, object arg0, object arg1)")]
    fn format_2_line(
        this: &'a Writer<'a>,
        cx: &mut Cx<'a>,
        format: Str<'a>,
        a: Option<Obj<'a>>,
        b: Option<Obj<'a>>,
    ) -> Result<(), Throw> {
        Self::format_2(this, cx, format, a, b)?;
        this.end_line(cx)
    }

    /// Writes the format with `{0}` to `{2}` replaced, and ends the line.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("void WriteLine(string format, object arg0, object arg1, object arg2)")]
    fn format_3_line(
        this: &'a Writer<'a>,
        cx: &mut Cx<'a>,
        format: Str<'a>,
        a: Option<Obj<'a>>,
        b: Option<Obj<'a>>,
        c: Option<Obj<'a>>,
    ) -> Result<(), Throw> {
        Self::format_3(this, cx, format, a, b, c)?;
        this.end_line(cx)
    }

    /// Writes the format with `{0}`, `{1}` … replaced, and ends the line.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("void WriteLine(string format, params object[] arg)")]
    fn format_all_line(
        this: &'a Writer<'a>,
        cx: &mut Cx<'a>,
        format: Str<'a>,
        args: &'a Array<'a>,
    ) -> Result<(), Throw> {
        Self::format_all(this, cx, format, args)?;
        this.end_line(cx)
    }

    /// Writes some of the code units.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException`, `ArgumentException` if they do not lie inside the array.
    #[member("void Write(char[] buffer, int index, int count)")]
    fn some_units(
        this: &'a Writer<'a>,
        cx: &mut Cx<'a>,
        buffer: &'a Array<'a>,
        index: i32,
        count: i32,
    ) -> Result<(), Throw> {
        let Ok(index) = usize::try_from(index) else {
            return Err(throw_range(cx, "Non-negative number required.", "index"));
        };
        let Ok(count) = usize::try_from(count) else {
            return Err(throw_range(cx, "Non-negative number required.", "count"));
        };
        if index.saturating_add(count) > buffer.items().len() {
            let message = "Offset and length were out of bounds for the array or count is greater than the number of \
                           elements from index to the end of the source collection.";
            return Err(cx.throw(Ty(&ARGUMENT_EXCEPTION), message));
        }
        let text = from_units(cx, units_of(buffer).skip(index).take(count));
        this.push(cx, text)
    }

    /// Writes some of the code units, and ends the line.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException`, `ArgumentException` if they do not lie inside the array.
    #[member("void WriteLine(char[] buffer, int index, int count)")]
    fn some_units_line(
        this: &'a Writer<'a>,
        cx: &mut Cx<'a>,
        buffer: &'a Array<'a>,
        index: i32,
        count: i32,
    ) -> Result<(), Throw> {
        Self::some_units(this, cx, buffer, index, count)?;
        this.end_line(cx)
    }
}

/// Declares `Write` and `WriteLine` of a type.
macro_rules! writes {
    ($($group:ident, $owner:ident, $rust:ty, $keyword:literal, |$cx:ident, $value:ident| $text:expr;)*) => {$(
        #[doc = concat!("Writing `", $keyword, "`.")]
        pub struct $owner;

        #[doc = concat!("Writing `", $keyword, "`.")]
        #[members("System.IO.TextWriter", group = $group, words = [Value = $keyword])]
        impl<'a> $owner {
            /// Writes the value's text; null is empty.
            #[member("void Write(Value value)")]
            fn write(this: &'a Writer<'a>, $cx: &mut Cx<'a>, $value: $rust) -> Result<(), Throw> {
                let text = $text;
                this.push($cx, text)
            }

            /// Writes the value's text, and ends the line; null is empty.
            #[member("void WriteLine(Value value)")]
            fn write_line(this: &'a Writer<'a>, $cx: &mut Cx<'a>, $value: $rust) -> Result<(), Throw> {
                Self::write(this, $cx, $value)?;
                this.end_line($cx)
            }
        }
    )*};
}

writes! {
    BOOL_WRITES, BoolWrites, bool, "bool", |cx, value| Boolean::to_text(value);
    CHAR_WRITES, CharWrites, Char, "char", |cx, value| value.to_text(cx);
    INT_WRITES, IntWrites, i32, "int", |cx, value| number::text(cx, value);
    UINT_WRITES, UIntWrites, u32, "uint", |cx, value| number::text(cx, value);
    LONG_WRITES, LongWrites, i64, "long", |cx, value| number::text(cx, value);
    ULONG_WRITES, ULongWrites, u64, "ulong", |cx, value| number::text(cx, value);
    FLOAT_WRITES, FloatWrites, f32, "float", |cx, value| cx.write(|out| float::write(out, value));
    DOUBLE_WRITES, DoubleWrites, f64, "double", |cx, value| cx.write(|out| float::write(out, value));
    DECIMAL_WRITES, DecimalWrites, Decimal, "decimal", |cx, value| cx.write(|out| value.write(out));
    STRING_WRITES, StringWrites, Option<Str<'a>>, "string", |cx, value| value.unwrap_or_default();
    OBJECT_WRITES, ObjectWrites, Option<Obj<'a>>, "object", |cx, value| text_of(cx, value)?;
    UNITS_WRITES, UnitsWrites, Option<&'a Array<'a>>, "char[]",
        |cx, value| value.map_or(Str::EMPTY, |units| from_units(cx, units_of(units)));
}

/// The members of `StringWriter`.
pub struct StringWriterType;

/// Writes into a text.
#[members("public class System.IO.StringWriter : TextWriter", as = STRING_WRITER, ops = WRITER_OPS)]
impl<'a> StringWriterType {
    /// A writer of an empty text.
    #[member("StringWriter()")]
    fn new(cx: &mut Cx<'a>) -> &'a Writer<'a> {
        let builder = Builder::with_capacity(cx, 0);
        Self::of_builder(cx, builder)
    }

    /// A writer of an empty text; the culture is always the invariant one.
    #[member("StringWriter(IFormatProvider formatProvider)")]
    fn of_culture(cx: &mut Cx<'a>, _provider: Option<Obj<'a>>) -> &'a Writer<'a> {
        Self::new(cx)
    }

    /// A writer that appends to a builder.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("StringWriter(StringBuilder sb)")]
    fn of_builder(cx: &mut Cx<'a>, sb: &'a Builder<'a>) -> &'a Writer<'a> {
        let header = Header::new(Ty(&STRING_WRITER));
        cx.arena().alloc(Writer { header, builder: sb, new_line: Cell::new(None) })
    }

    /// A writer that appends to a builder; the culture is always the invariant one.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("StringWriter(StringBuilder sb, IFormatProvider formatProvider)")]
    fn of_builder_and_culture(cx: &mut Cx<'a>, sb: &'a Builder<'a>, _provider: Option<Obj<'a>>) -> &'a Writer<'a> {
        Self::of_builder(cx, sb)
    }

    /// The builder that is written into.
    #[member("StringBuilder GetStringBuilder()")]
    fn get_string_builder(this: &'a Writer<'a>) -> &'a Builder<'a> {
        this.builder
    }

    /// Writes a code unit.
    #[member("void Write(char value)")]
    fn write_unit(this: &'a Writer<'a>, cx: &mut Cx<'a>, value: Char) -> Result<(), Throw> {
        this.builder.text.append_unit(cx, value.0)
    }

    /// Writes a text; null is empty.
    #[member("void Write(string value)")]
    fn write_text(this: &'a Writer<'a>, cx: &mut Cx<'a>, value: Option<Str<'a>>) -> Result<(), Throw> {
        this.push(cx, value.unwrap_or_default())
    }

    /// Writes some of the code units.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException`, `ArgumentException` if they do not lie inside the array.
    #[member("void Write(char[] buffer, int index, int count)")]
    fn write_units(
        this: &'a Writer<'a>,
        cx: &mut Cx<'a>,
        buffer: &'a Array<'a>,
        index: i32,
        count: i32,
    ) -> Result<(), Throw> {
        Lines::some_units(this, cx, buffer, index, count)
    }

    /// The text that was written.
    #[member("string ToString()")]
    fn to_string(this: &'a Writer<'a>, cx: &mut Cx<'a>) -> Str<'a> {
        this.builder.text.to_text(cx)
    }

    /// Does nothing: there is nothing to close.
    #[member("void Close()")]
    fn close(_this: &'a Writer<'a>) {}
}

/// The behaviour of writers: what was written.
pub static WRITER_OPS: Ops = Ops {
    to_text: |cx, object| {
        Ok(object.downcast::<Writer<'_>>().map_or(Str::EMPTY, |writer| writer.builder.text.to_text(cx)))
    },
    ..REFERENCE
};

#[cfg(test)]
mod tests {
    use crate::testing::{Null, Object, with_harness};

    #[test]
    fn lines_are_read() {
        with_harness(|harness| {
            let reader = harness.word("System.IO.StringReader::StringReader(string s)", &[&"one\ntwo\r\n\rthré"]);
            assert_eq!(harness.call("System.IO.StringReader::int Peek()", &[&reader]), "111");
            assert_eq!(harness.call("System.IO.StringReader::int Read()", &[&reader]), "111");
            for expected in ["ne", "two", "", "thré", "<null>"] {
                assert_eq!(harness.call("System.IO.StringReader::string ReadLine()", &[&reader]), expected);
            }
            assert_eq!(harness.call("System.IO.StringReader::int Read()", &[&reader]), "-1");
            assert_eq!(harness.call("System.IO.StringReader::string ReadToEnd()", &[&reader]), "");
            let new = "System.IO.StringReader::StringReader(string s)";
            assert_eq!(harness.call(new, &[&Null]), "ArgumentNullException: Value cannot be null. (Parameter 's')");
            let reader = harness.word(new, &[&"abcdef"]);
            let buffer = harness.word("System.String::char[] ToCharArray()", &[&"....."]);
            let read = "System.IO.StringReader::int Read(char[] buffer, int index, int count)";
            assert_eq!(harness.call(read, &[&reader, &buffer, &1, &3]), "3");
            assert_eq!(harness.show(Some(crate::testing::ty("char[]")), buffer), "[., a, b, c, .]");
            assert_eq!(harness.call("System.IO.StringReader::string ReadToEnd()", &[&reader]), "def");
        });
    }

    #[test]
    fn texts_are_written() {
        with_harness(|harness| {
            let writer = harness.word("System.IO.StringWriter::StringWriter()", &[]);
            for (member, args) in [
                ("StringWriter::void Write(string value)", vec![&"a" as &dyn crate::testing::Arg]),
                ("TextWriter::void Write(int value)", vec![&7]),
                ("TextWriter::void WriteLine(string format, object arg0)", vec![&"{0}!", &Object(true)]),
                ("TextWriter::void Write(object value)", vec![&Null]),
                ("StringWriter::void Write(char value)", vec![&'é']),
            ] {
                let mut all: Vec<&dyn crate::testing::Arg> = vec![&writer];
                all.extend(args);
                assert_eq!(harness.call(&format!("System.IO.{member}"), &all), "void");
            }
            assert_eq!(harness.call("System.IO.StringWriter::string ToString()", &[&writer]), "a7True!\né");
        });
    }
}
