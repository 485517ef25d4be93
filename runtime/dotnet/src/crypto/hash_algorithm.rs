//! `System.Security.Cryptography.HashAlgorithm`: the object of all hashes, plain and keyed, and what they all do.
//!
//! Not here: the classes of single algorithms (`hashes`, `hmac`).

use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;

use dotnet_macros::members;

use super::digest::{Algorithm, State};
use super::exception::{UNEXPECTED_OPERATION_EXCEPTION, disposed};
use super::names::{self, Named};
use super::{hashes, hmac};
use crate::array::Bytes;
use crate::cx::Cx;
use crate::object::{Header, Layout, Obj, object_of};
use crate::rt::throw_cast;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::ARGUMENT_EXCEPTION;
use crate::types::raise;

/// The object of a hash.
#[repr(C)]
pub struct Hasher<'a> {
    header: Header,
    /// Which hash it is.
    pub algorithm: Algorithm,
    /// States own no memory; what their destructors do is to wipe bytes, where that was built in.
    state: RefCell<ManuallyDrop<State>>,
    key: Cell<Option<&'a [u8]>>,
    hash: Cell<Option<&'a [u8]>>,
    /// Whether bytes were taken in piece by piece and the last piece is missing.
    is_open: Cell<bool>,
    is_disposed: Cell<bool>,
}

// SAFETY: `#[repr(C)]`, header first; all hashes are made with this layout, and only they.
unsafe impl<'a> Layout<'a> for Hasher<'a> {
    fn is_layout_of(ty: Ty) -> bool {
        ty.is_subtype_of(Ty(&HASH_ALGORITHM))
    }
}

impl<'a> Hasher<'a> {
    /// A hash without a key.
    #[must_use]
    pub fn plain(cx: &Cx<'a>, ty: Ty, algorithm: Algorithm) -> &'a Self {
        Self::of(cx, ty, algorithm, State::new(algorithm), None)
    }

    /// A hash with a key; one longer than a block is hashed first, as .NET shows it.
    #[must_use]
    pub fn keyed(cx: &Cx<'a>, ty: Ty, algorithm: Algorithm, key: &[u8]) -> &'a Self {
        let (state, key) = keyed_state(cx, algorithm, key);
        Self::of(cx, ty, algorithm, state, Some(key))
    }

    fn of(cx: &Cx<'a>, ty: Ty, algorithm: Algorithm, state: State, key: Option<&'a [u8]>) -> &'a Self {
        cx.arena().alloc(Self {
            header: Header::new(ty),
            algorithm,
            state: RefCell::new(ManuallyDrop::new(state)),
            key: Cell::new(key),
            hash: Cell::new(None),
            is_open: Cell::new(false),
            is_disposed: Cell::new(false),
        })
    }

    /// The hash of the class that a name means; `None` for a name that .NET does not know.
    #[must_use]
    pub fn named(cx: &mut Cx<'a>, name: Str<'a>) -> Option<Obj<'a>> {
        let made = match names::find(&name.to_utf8())? {
            Named::Hash(algorithm) => Self::plain(cx, hashes::class_of(algorithm), algorithm),
            Named::Keyed(algorithm) => hmac::with_random_key(cx, algorithm),
        };
        Some(object_of(made))
    }

    /// The key.
    #[must_use]
    pub fn key(&self) -> Option<&'a [u8]> {
        self.key.get()
    }

    /// Takes another key and forgets what was taken in.
    pub fn set_key(&self, cx: &Cx<'a>, key: &[u8]) {
        let (state, key) = keyed_state(cx, self.algorithm, key);
        self.state.replace(ManuallyDrop::new(state));
        self.key.set(Some(key));
    }

    /// Whether bytes were taken in piece by piece and the last piece is missing.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_open.get()
    }

    fn check_usable(&self, cx: &mut Cx<'a>) -> Result<(), Throw> {
        if self.is_disposed.get() { Err(disposed(cx)) } else { Ok(()) }
    }

    fn update(&self, bytes: &[u8]) {
        self.state.borrow_mut().update(bytes);
    }

    fn finish(&self, cx: &Cx<'a>) -> &'a [u8] {
        let hash = self.state.borrow_mut().finish();
        let hash: &'a [u8] = cx.arena().alloc_slice(&hash);
        self.hash.set(Some(hash));
        self.is_open.set(false);
        hash
    }

    /// Forgets what was taken in.
    fn restart(&self) {
        let _ = self.state.borrow_mut().finish();
        self.is_open.set(false);
    }
}

fn keyed_state<'a>(cx: &Cx<'a>, algorithm: Algorithm, key: &[u8]) -> (State, &'a [u8]) {
    let kept: &'a [u8] = if key.len() > algorithm.block_bytes() {
        cx.arena().alloc_slice(&algorithm.hash(key))
    } else {
        cx.arena().alloc_slice(key)
    };
    (State::keyed(algorithm, kept), kept)
}

/// A part of an array, checked as the members of hashes check it.
///
/// # Errors
/// `ArgumentOutOfRangeException` for a negative start, `ArgumentException` for a length that does not fit.
pub fn part_of<'a>(
    cx: &mut Cx<'a>,
    bytes: &'a Bytes<'a>,
    (start, start_name): (i32, &str),
    count: i32,
) -> Result<Vec<u8>, Throw> {
    let Ok(start) = usize::try_from(start) else { return Err(raise::negative(cx, start_name)) };
    let length = bytes.items().len();
    match usize::try_from(count) {
        Ok(count) if count <= length => match bytes.items().get(start..start.saturating_add(count)) {
            Some(part) => Ok(part.iter().map(Cell::get).collect()),
            None => Err(raise::offset_and_length(cx)),
        },
        _ => Err(cx.throw(Ty(&ARGUMENT_EXCEPTION), "Value was invalid.")),
    }
}

/// The object that a name means, as one of a class.
///
/// # Errors
/// `InvalidCastException` if the name means an object of another class.
pub fn create<'a>(cx: &mut Cx<'a>, name: Str<'a>, class: Ty) -> Result<Option<Obj<'a>>, Throw> {
    match Hasher::named(cx, name) {
        Some(made) if !made.ty().is_subtype_of(class) => Err(throw_cast(cx, made.ty(), class)),
        made => Ok(made),
    }
}

/// What computes a hash.
#[members("public abstract class System.Security.Cryptography.HashAlgorithm : IDisposable", as = HASH_ALGORITHM)]
impl<'a> Hasher<'a> {
    /// The default algorithm, SHA-1.
    #[member("static HashAlgorithm Create()")]
    fn create_default(cx: &mut Cx<'a>) -> &'a Self {
        Self::plain(cx, hashes::class_of(Algorithm::Sha1), Algorithm::Sha1)
    }

    /// The algorithm of a name, such as `SHA256`; null if there is none of this name.
    #[member("static HashAlgorithm Create(string hashName)")]
    fn create_named(cx: &mut Cx<'a>, hash_name: Str<'a>) -> Result<Option<Obj<'a>>, Throw> {
        create(cx, hash_name, Ty(&HASH_ALGORITHM))
    }

    /// The hash of some bytes.
    ///
    /// # Throws
    /// `ObjectDisposedException`.
    #[member("byte[] ComputeHash(byte[] buffer)")]
    fn compute_hash(&'a self, cx: &mut Cx<'a>, buffer: &'a Bytes<'a>) -> Result<&'a Bytes<'a>, Throw> {
        self.check_usable(cx)?;
        self.update(&buffer.to_vec());
        Ok(Bytes::new(cx, self.finish(cx)))
    }

    /// The hash of a part of some bytes.
    ///
    /// # Throws
    /// `ArgumentException` and `ArgumentOutOfRangeException` if the part does not lie in the array,
    /// `ObjectDisposedException`.
    #[member("byte[] ComputeHash(byte[] buffer, int offset, int count)")]
    fn compute_hash_of_part(
        &'a self,
        cx: &mut Cx<'a>,
        buffer: &'a Bytes<'a>,
        offset: i32,
        count: i32,
    ) -> Result<&'a Bytes<'a>, Throw> {
        let part = part_of(cx, buffer, (offset, "offset"), count)?;
        self.check_usable(cx)?;
        self.update(&part);
        Ok(Bytes::new(cx, self.finish(cx)))
    }

    /// Takes a piece of what is to be hashed in, and copies it to another array if there is one.
    ///
    /// # Throws
    /// As computing the hash of a part; `ArgumentException` if the other array is too short.
    #[member(
        "int TransformBlock(byte[] inputBuffer, int inputOffset, int inputCount, byte[] outputBuffer, int outputOffset)"
    )]
    fn transform_block(
        &'a self,
        cx: &mut Cx<'a>,
        input: &'a Bytes<'a>,
        input_offset: i32,
        input_count: i32,
        output: Option<&'a Bytes<'a>>,
        output_offset: i32,
    ) -> Result<i32, Throw> {
        let part = part_of(cx, input, (input_offset, "inputOffset"), input_count)?;
        self.check_usable(cx)?;
        self.is_open.set(true);
        self.update(&part);
        if let Some(output) = output {
            copy_to(cx, &part, output, output_offset)?;
        }
        Ok(input_count)
    }

    /// Takes the last piece in and gives it back; the hash is then in `Hash`.
    ///
    /// # Throws
    /// As computing the hash of a part.
    #[member("byte[] TransformFinalBlock(byte[] inputBuffer, int inputOffset, int inputCount)")]
    fn transform_final_block(
        &'a self,
        cx: &mut Cx<'a>,
        input: &'a Bytes<'a>,
        input_offset: i32,
        input_count: i32,
    ) -> Result<&'a Bytes<'a>, Throw> {
        let part = part_of(cx, input, (input_offset, "inputOffset"), input_count)?;
        self.check_usable(cx)?;
        self.update(&part);
        self.finish(cx);
        Ok(Bytes::new(cx, &part))
    }

    /// The hash that was computed last; null before the first.
    ///
    /// # Throws
    /// `CryptographicUnexpectedOperationException` if the last piece is missing, `ObjectDisposedException`.
    #[member("byte[] Hash { get; }")]
    fn last_hash(&'a self, cx: &mut Cx<'a>) -> Result<Option<&'a Bytes<'a>>, Throw> {
        self.check_usable(cx)?;
        if self.is_open.get() {
            let message = "Hash must be finalized before the hash value is retrieved.";
            return Err(cx.throw(Ty(&UNEXPECTED_OPERATION_EXCEPTION), message));
        }
        Ok(self.hash.get().map(|hash| Bytes::new(cx, hash)))
    }

    /// How many bits a hash has.
    #[member("int HashSize { get; }", pure)]
    fn hash_size(&'a self) -> i32 {
        self.algorithm.output_bytes() as i32 * 8
    }

    /// How many bytes are taken in at a time: any number.
    #[member("int InputBlockSize { get; }", pure)]
    fn input_block_size(&'a self) -> i32 {
        1
    }

    /// How many bytes come out at a time: any number.
    #[member("int OutputBlockSize { get; }", pure)]
    fn output_block_size(&'a self) -> i32 {
        1
    }

    /// Whether several pieces can be taken in at once: always.
    #[member("bool CanTransformMultipleBlocks { get; }", pure)]
    fn can_transform_multiple_blocks(&'a self) -> bool {
        true
    }

    /// Whether the object can be used for another hash: always.
    #[member("bool CanReuseTransform { get; }", pure)]
    fn can_reuse_transform(&'a self) -> bool {
        true
    }

    /// Forgets what was taken in.
    #[member("void Initialize()")]
    fn initialize(&'a self) {
        self.restart();
    }

    /// Ends the object's use.
    #[member("void Clear()")]
    fn clear(&'a self) {
        self.dispose();
    }

    /// Ends the object's use.
    #[member("void Dispose()")]
    fn dispose(&'a self) {
        self.restart();
        self.is_disposed.set(true);
    }
}

/// Copies bytes into an array.
///
/// # Errors
/// `ArgumentOutOfRangeException` for a negative index, `ArgumentException` if the array is too short.
pub fn copy_to<'a>(cx: &mut Cx<'a>, bytes: &[u8], target: &'a Bytes<'a>, at: i32) -> Result<(), Throw> {
    let Ok(at) = usize::try_from(at) else { return Err(raise::negative(cx, "dstOffset")) };
    let Some(room) = target.items().get(at..at.saturating_add(bytes.len())) else {
        return Err(raise::offset_and_length(cx));
    };
    for (place, byte) in room.iter().zip(bytes) {
        place.set(*byte);
    }
    Ok(())
}
