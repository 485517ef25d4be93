//! `System.IO.MemoryStream`, and `Stream`, of which there are no others.
//!
//! Not here: readers of streams, which are readers of text (`string_io`).

use std::cell::Cell;

use dotnet_macros::members;

use crate::array::Bytes;
use crate::cx::Cx;
use crate::object::Header;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::{ARGUMENT_EXCEPTION, IO_EXCEPTION, NOT_SUPPORTED_EXCEPTION};
use crate::types::raise;

crate::enumeration! {
    /// From where a place in a stream is counted.
    SEEK_ORIGIN, SEEK_ORIGIN_DEF, "public enum System.IO.SeekOrigin", "System.IO.SeekOrigin",
    [("Begin", 0), ("Current", 1), ("End", 2)]
}

/// The object of a `MemoryStream`.
#[repr(C)]
pub struct MemoryStream<'a> {
    header: Header,
    /// The bytes, and room for more behind them.
    room: Cell<&'a [Cell<u8>]>,
    len: Cell<usize>,
    position: Cell<usize>,
    can_write: bool,
    can_grow: bool,
    is_open: Cell<bool>,
}

crate::layout!(MemoryStream<'a>, STREAM_DEF, MEMORY_STREAM_DEF);

impl<'a> MemoryStream<'a> {
    fn over(cx: &Cx<'a>, room: &'a [Cell<u8>], can_write: bool, can_grow: bool) -> &'a Self {
        cx.arena().alloc(Self {
            header: Header::new(Ty(&MEMORY_STREAM)),
            room: Cell::new(room),
            len: Cell::new(if can_grow { 0 } else { room.len() }),
            position: Cell::new(0),
            can_write,
            can_grow,
            is_open: Cell::new(true),
        })
    }

    /// The bytes from the position on; they count as read.
    ///
    /// # Errors
    /// `ObjectDisposedException`.
    pub fn take_rest(&self, cx: &mut Cx<'a>) -> Result<Vec<u8>, Throw> {
        self.check_open(cx)?;
        let rest = self.bytes().get(self.position.get()..).unwrap_or_default();
        self.position.set(self.len.get().max(self.position.get()));
        Ok(rest.iter().map(Cell::get).collect())
    }

    fn bytes(&self) -> &'a [Cell<u8>] {
        self.room.get().get(..self.len.get()).unwrap_or_default()
    }

    fn check_open(&self, cx: &mut Cx<'a>) -> Result<(), Throw> {
        if self.is_open.get() {
            return Ok(());
        }
        let ty = Ty(&crate::crypto::exception::OBJECT_DISPOSED_EXCEPTION);
        Err(cx.throw(ty, "Cannot access a closed Stream."))
    }

    fn check_writable(&self, cx: &mut Cx<'a>) -> Result<(), Throw> {
        self.check_open(cx)?;
        if self.can_write {
            return Ok(());
        }
        Err(cx.throw(Ty(&NOT_SUPPORTED_EXCEPTION), "Stream does not support writing."))
    }

    /// Makes the stream so long; new bytes are 0.
    fn resize(&self, cx: &mut Cx<'a>, len: usize) -> Result<(), Throw> {
        const FIRST_CAPACITY: usize = 256;
        let (room, old) = (self.room.get(), self.len.get());
        if len > room.len() {
            if !self.can_grow {
                return Err(cx.throw(Ty(&NOT_SUPPORTED_EXCEPTION), "Memory stream is not expandable."));
            }
            let capacity = len.max(room.len().saturating_mul(2)).max(FIRST_CAPACITY);
            cx.reserve(capacity)?;
            let place = cx.arena().alloc_from(capacity, |index| room.get(index).map_or(0, Cell::get));
            self.room.set(Cell::from_mut(place).as_slice_of_cells());
        }
        for byte in self.room.get().get(old..len).unwrap_or_default() {
            byte.set(0);
        }
        self.len.set(len);
        Ok(())
    }

    fn put(&self, cx: &mut Cx<'a>, bytes: &[u8]) -> Result<(), Throw> {
        self.check_writable(cx)?;
        let (from, to) = (self.position.get(), self.position.get().saturating_add(bytes.len()));
        if to > self.len.get() {
            self.resize(cx, to)?;
        }
        for (place, byte) in self.room.get().get(from..to).unwrap_or_default().iter().zip(bytes) {
            place.set(*byte);
        }
        self.position.set(to);
        Ok(())
    }

    fn go_to(&self, cx: &mut Cx<'a>, place: i64) -> Result<i64, Throw> {
        match usize::try_from(place) {
            Ok(position) if place <= i64::from(i32::MAX) => {
                self.position.set(position);
                Ok(place)
            }
            Ok(_) => Err(raise::out_of_range(cx, "offset")),
            Err(_) => {
                let message = "An attempt was made to move the position before the beginning of the stream.";
                Err(cx.throw(Ty(&IO_EXCEPTION), message))
            }
        }
    }
}

/// The part of an array that a call names.
fn part_of<'a>(cx: &mut Cx<'a>, array: &'a Bytes<'a>, offset: i32, count: i32) -> Result<&'a [Cell<u8>], Throw> {
    let Ok(offset) = usize::try_from(offset) else { return Err(raise::negative(cx, "offset")) };
    let Ok(count) = usize::try_from(count) else { return Err(raise::negative(cx, "count")) };
    let part = array.items().get(offset..offset.saturating_add(count));
    part.ok_or_else(|| {
        let message = "Offset and length were out of bounds for the array or count is greater than the number of \
                       elements from index to the end of the source collection.";
        cx.throw(Ty(&ARGUMENT_EXCEPTION), message)
    })
}

/// Bytes one after the other, with a position among them.
#[members("public abstract class System.IO.Stream : IDisposable", as = STREAM)]
impl<'a> MemoryStream<'a> {
    /// How many bytes there are.
    ///
    /// # Throws
    /// `ObjectDisposedException`.
    #[member("long Length { get; }")]
    fn length(&'a self, cx: &mut Cx<'a>) -> Result<i64, Throw> {
        self.check_open(cx)?;
        Ok(self.len.get() as i64)
    }

    /// How many bytes stand before the one that is read or written next.
    ///
    /// # Throws
    /// `ObjectDisposedException`.
    #[member("long Position { get; }")]
    fn get_position(&'a self, cx: &mut Cx<'a>) -> Result<i64, Throw> {
        self.check_open(cx)?;
        Ok(self.position.get() as i64)
    }

    /// Moves the position.
    ///
    /// # Throws
    /// `ObjectDisposedException`, `ArgumentOutOfRangeException`.
    #[member("long Position { set; }")]
    fn set_position(&'a self, cx: &mut Cx<'a>, value: i64) -> Result<(), Throw> {
        self.check_open(cx)?;
        if value < 0 {
            return Err(raise::negative(cx, "value"));
        }
        self.go_to(cx, value).map(|_| ())
    }

    /// Whether it can be read.
    #[member("bool CanRead { get; }")]
    fn can_read(&'a self) -> bool {
        self.is_open.get()
    }

    /// Whether its position can be moved.
    #[member("bool CanSeek { get; }")]
    fn can_seek(&'a self) -> bool {
        self.is_open.get()
    }

    /// Whether it can be written.
    #[member("bool CanWrite { get; }")]
    fn can_write(&'a self) -> bool {
        self.is_open.get() && self.can_write
    }

    /// Moves the position and gives it.
    ///
    /// # Throws
    /// `ObjectDisposedException`, `IOException` for a place before the first byte, `ArgumentException`.
    #[member("long Seek(long offset, System.IO.SeekOrigin origin)")]
    fn seek(&'a self, cx: &mut Cx<'a>, offset: i64, origin: i32) -> Result<i64, Throw> {
        self.check_open(cx)?;
        let base = match origin {
            0 => 0,
            1 => self.position.get(),
            2 => self.len.get(),
            _ => return Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), "Invalid seek origin.", "origin")),
        };
        self.go_to(cx, offset.saturating_add(base as i64))
    }

    /// Makes it so long; new bytes are 0.
    ///
    /// # Throws
    /// `ObjectDisposedException`, `NotSupportedException`, `ArgumentOutOfRangeException`.
    #[member("void SetLength(long value)")]
    fn set_length(&'a self, cx: &mut Cx<'a>, value: i64) -> Result<(), Throw> {
        self.check_writable(cx)?;
        let Some(len) = i32::try_from(value).ok().and_then(|len| usize::try_from(len).ok()) else {
            return Err(raise::out_of_range(cx, "value"));
        };
        self.resize(cx, len)?;
        self.position.set(self.position.get().min(len));
        Ok(())
    }

    /// The next byte; -1 at the end.
    ///
    /// # Throws
    /// `ObjectDisposedException`.
    #[member("int ReadByte()")]
    fn read_byte(&'a self, cx: &mut Cx<'a>) -> Result<i32, Throw> {
        self.check_open(cx)?;
        let Some(byte) = self.bytes().get(self.position.get()) else { return Ok(-1) };
        self.position.set(self.position.get() + 1);
        Ok(i32::from(byte.get()))
    }

    /// Reads up to `count` bytes into an array; gives how many there were.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException`, `ArgumentException`, `ObjectDisposedException`.
    #[member("int Read(byte[] buffer, int offset, int count)")]
    fn read(&'a self, cx: &mut Cx<'a>, buffer: &'a Bytes<'a>, offset: i32, count: i32) -> Result<i32, Throw> {
        let places = part_of(cx, buffer, offset, count)?;
        self.check_open(cx)?;
        let rest = self.bytes().get(self.position.get()..).unwrap_or_default();
        let read = places.len().min(rest.len());
        for (place, byte) in places.iter().zip(rest) {
            place.set(byte.get());
        }
        self.position.set(self.position.get() + read);
        Ok(read as i32)
    }

    /// Writes a byte.
    ///
    /// # Throws
    /// `ObjectDisposedException`, `NotSupportedException`.
    #[member("void WriteByte(byte value)")]
    fn write_byte(&'a self, cx: &mut Cx<'a>, value: u8) -> Result<(), Throw> {
        self.put(cx, &[value])
    }

    /// Writes a part of an array.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException`, `ArgumentException`, `ObjectDisposedException`,
    /// `NotSupportedException`.
    #[member("void Write(byte[] buffer, int offset, int count)")]
    fn write(&'a self, cx: &mut Cx<'a>, buffer: &'a Bytes<'a>, offset: i32, count: i32) -> Result<(), Throw> {
        let part: Vec<u8> = part_of(cx, buffer, offset, count)?.iter().map(Cell::get).collect();
        self.put(cx, &part)
    }

    /// Writes the bytes from the position on to another stream.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ObjectDisposedException`, `NotSupportedException`.
    #[member("void CopyTo(System.IO.Stream destination)")]
    fn copy_to(&'a self, cx: &mut Cx<'a>, destination: &'a Self) -> Result<(), Throw> {
        let rest = self.take_rest(cx)?;
        destination.put(cx, &rest)
    }

    /// Does nothing: nothing is held back.
    #[member("void Flush()")]
    fn flush(&'a self) {}

    /// Closes the stream.
    #[member("void Close()")]
    fn close(&'a self) {
        self.is_open.set(false);
    }

    /// Closes the stream.
    #[member("void Dispose()")]
    fn dispose(&'a self) {
        self.is_open.set(false);
    }
}

/// The members of `MemoryStream` that other streams do not have.
pub struct MemoryStreamType;

/// Bytes in memory.
#[members("public class System.IO.MemoryStream : System.IO.Stream", as = MEMORY_STREAM)]
impl<'a> MemoryStreamType {
    /// An empty stream.
    #[member("MemoryStream()")]
    fn construct(cx: &mut Cx<'a>) -> &'a MemoryStream<'a> {
        MemoryStream::over(cx, &[], true, true)
    }

    /// An empty stream with room for so many bytes.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException`, and the limit of memory.
    #[member("MemoryStream(int capacity)")]
    fn construct_with_capacity(cx: &mut Cx<'a>, capacity: i32) -> Result<&'a MemoryStream<'a>, Throw> {
        let Ok(capacity) = usize::try_from(capacity) else { return Err(raise::negative(cx, "capacity")) };
        cx.reserve(capacity)?;
        let room = cx.arena().alloc_from(capacity, |_| 0u8);
        Ok(MemoryStream::over(cx, Cell::from_mut(room).as_slice_of_cells(), true, true))
    }

    /// A stream over the bytes of an array, which cannot grow.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("MemoryStream(byte[] buffer)")]
    fn construct_over(cx: &mut Cx<'a>, buffer: &'a Bytes<'a>) -> &'a MemoryStream<'a> {
        MemoryStream::over(cx, buffer.items(), true, false)
    }

    /// A stream over the bytes of an array, which cannot grow.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("MemoryStream(byte[] buffer, bool writable)")]
    fn construct_fixed(cx: &mut Cx<'a>, buffer: &'a Bytes<'a>, writable: bool) -> &'a MemoryStream<'a> {
        MemoryStream::over(cx, buffer.items(), writable, false)
    }

    /// A stream over a part of the bytes of an array, which cannot grow.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException`, `ArgumentException`.
    #[member("MemoryStream(byte[] buffer, int index, int count)")]
    fn construct_over_part(
        cx: &mut Cx<'a>,
        buffer: &'a Bytes<'a>,
        index: i32,
        count: i32,
    ) -> Result<&'a MemoryStream<'a>, Throw> {
        let part = part_of(cx, buffer, index, count)?;
        Ok(MemoryStream::over(cx, part, true, false))
    }

    /// A copy of all bytes, also of a closed stream.
    #[member("byte[] ToArray()")]
    fn to_array(this: &'a MemoryStream<'a>, cx: &mut Cx<'a>) -> &'a Bytes<'a> {
        let bytes: Vec<u8> = this.bytes().iter().map(Cell::get).collect();
        Bytes::new(cx, &bytes)
    }

    /// How many bytes there is room for.
    ///
    /// # Throws
    /// `ObjectDisposedException`.
    #[member("int Capacity { get; }")]
    fn capacity(this: &'a MemoryStream<'a>, cx: &mut Cx<'a>) -> Result<i32, Throw> {
        this.check_open(cx)?;
        Ok(this.room.get().len() as i32)
    }

    /// Writes all bytes to another stream.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ObjectDisposedException`, `NotSupportedException`.
    #[member("void WriteTo(System.IO.Stream stream)")]
    fn write_to(this: &'a MemoryStream<'a>, cx: &mut Cx<'a>, stream: &'a MemoryStream<'a>) -> Result<(), Throw> {
        this.check_open(cx)?;
        let bytes: Vec<u8> = this.bytes().iter().map(Cell::get).collect();
        stream.put(cx, &bytes)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::with_harness;

    /// Source: mono.
    #[test]
    fn bytes_are_written_and_read() {
        with_harness(|harness| {
            let stream = harness.word("System.IO.MemoryStream::MemoryStream()", &[]);
            let bytes: &[u8] = &[1, 2, 3];
            harness
                .call("System.IO.Stream::void Write(byte[] buffer, int offset, int count)", &[&stream, &bytes, &0, &3]);
            harness.call("System.IO.Stream::long Position { set; }", &[&stream, &1i64]);
            assert_eq!(harness.call("System.IO.Stream::int ReadByte()", &[&stream]), "2");
            harness
                .call("System.IO.Stream::long Seek(long offset, System.IO.SeekOrigin origin)", &[&stream, &2i64, &2]);
            harness.call("System.IO.Stream::void WriteByte(byte value)", &[&stream, &9u8]);
            assert_eq!(harness.call("System.IO.MemoryStream::byte[] ToArray()", &[&stream]), "[1, 2, 3, 0, 0, 9]");
            let seek = "System.IO.Stream::long Seek(long offset, System.IO.SeekOrigin origin)";
            assert!(harness.call(seek, &[&stream, &-1i64, &0]).starts_with("IOException: "));
            harness.call("System.IO.Stream::void Dispose()", &[&stream]);
            assert!(harness.call("System.IO.Stream::long Length { get; }", &[&stream]).starts_with("ObjectDisposed"));
            assert_eq!(harness.call("System.IO.MemoryStream::byte[] ToArray()", &[&stream]), "[1, 2, 3, 0, 0, 9]");
            let fixed = harness.word("System.IO.MemoryStream::MemoryStream(byte[] buffer)", &[&bytes]);
            harness.call("System.IO.Stream::long Position { set; }", &[&fixed, &3i64]);
            let full = harness.call("System.IO.Stream::void WriteByte(byte value)", &[&fixed, &9u8]);
            assert_eq!(full, "NotSupportedException: Memory stream is not expandable.");
        });
    }
}
