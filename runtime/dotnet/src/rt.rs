//! What compiled code calls besides the members of types: boxing, casts, arrays, concatenation, walking sequences.
//!
//! These are members of a type that no policy can name. Not here: anything that C# has a name for.

use std::cell::Cell;

use dotnet_macros::members;

use crate::array::{AnyArray, Array, Bytes};
use crate::cx::Cx;
use crate::func::Func;
use crate::object::{self, Anonymous, Boxed, Header, Obj, is_instance, object_of};
use crate::seq::Cursor;
use crate::text::Str;
use crate::throw::{Exception, Limit, Throw};
use crate::ty::Ty;
use crate::types::{self, exception};
use crate::word::{FromWord, IntoWord, Repr, Role, Word};
use crate::wtf8;

/// Rust types of one word that are read without a context.
pub trait Scalar {
    /// The value of a word.
    fn of(word: Word) -> Self;
}

/// The Rust value of a word.
#[must_use]
#[inline]
pub fn scalar_of<T: Scalar>(word: Word) -> T {
    T::of(word)
}

macro_rules! scalars {
    ($($ty:ty, |$word:ident| $value:expr;)*) => {$(
        impl Scalar for $ty {
            #[inline]
            fn of($word: Word) -> Self { $value }
        }
    )*};
}

scalars! {
    bool, |w| w.0 as u32 != 0;
    i32, |w| w.0 as u32 as i32;
    i64, |w| w.0 as i64;
    f32, |w| f32::from_bits(w.0 as u32);
    f64, |w| f64::from_bits(w.0);
}

// Types are passed to members as the address of their description.
// SAFETY: compiled code takes these words from its document's pool, which the loader fills with types.
unsafe impl<'a> FromWord<'a> for Ty {
    const REPR: Repr = Repr::I64;
    #[inline]
    unsafe fn from_word(word: Word, _: &mut Cx<'a>, _: Role) -> Result<Self, Throw> {
        // SAFETY: as above; types live as long as the process.
        Ok(Self(unsafe { &*(word.0 as *const crate::ty::RuntimeType) }))
    }
}

impl<'a> IntoWord<'a> for Ty {
    const REPR: Repr = Repr::I64;
    #[inline]
    fn into_word(self, _: &mut Cx<'a>) -> Word {
        type_word(self)
    }
}

/// The word that passes a type to a member.
#[must_use]
pub fn type_word(ty: Ty) -> Word {
    Word(std::ptr::from_ref(ty.0) as u64)
}

/// The place of an `out` or `ref` argument.
#[derive(Clone, Copy)]
pub struct Out<'a>(&'a Cell<Word>);

impl<'a> Out<'a> {
    /// The word that stands there; of `ref` arguments only, as nobody wrote those of `out` yet.
    #[must_use]
    pub fn get(self) -> Word {
        self.0.get()
    }

    /// Writes the value.
    pub fn set(self, cx: &mut Cx<'a>, value: impl IntoWord<'a>) {
        let word = value.into_word(cx);
        self.0.set(word);
    }
}

// SAFETY: the compiler passes the address of a word that is not used otherwise during the call.
unsafe impl<'a> FromWord<'a> for Out<'a> {
    const REPR: Repr = Repr::I64;
    #[inline]
    unsafe fn from_word(word: Word, _: &mut Cx<'a>, _: Role) -> Result<Self, Throw> {
        // SAFETY: as above.
        Ok(Self(unsafe { &*(word.0 as *const Cell<Word>) }))
    }
}

/// Words on the caller's stack: an address, and how many there are comes as the next argument.
#[derive(Clone, Copy)]
pub struct Words(*const Word);

impl Words {
    /// The words.
    ///
    /// # Safety
    /// There must be `count` of them, for as long as the result is used.
    unsafe fn slice<'w>(self, count: i32) -> &'w [Word] {
        // SAFETY: as the caller promises.
        unsafe { std::slice::from_raw_parts(self.0, usize::try_from(count).unwrap_or(0)) }
    }
}

// SAFETY: any address is accepted; using it has its own conditions.
unsafe impl<'a> FromWord<'a> for Words {
    const REPR: Repr = Repr::I64;
    #[inline]
    unsafe fn from_word(word: Word, _: &mut Cx<'a>, _: Role) -> Result<Self, Throw> {
        Ok(Self(word.0 as *const Word))
    }
}

/// The word of `default(T)`.
#[must_use]
pub fn default_word(ty: Ty) -> Word {
    if ty.repr() != Repr::Ref || !ty.is_value_type() || ty.nullable_inner().is_some() {
        return Word::ZERO;
    }
    types::default_struct(ty)
}

/// The exception of a cast between types that do not fit.
#[cold]
pub fn throw_cast(cx: &mut Cx<'_>, from: Ty, to: Ty) -> Throw {
    let (from, to) = (object::cast_name(from), object::cast_name(to));
    let message = format!("Unable to cast object of type '{from}' to type '{to}'.");
    cx.throw(Ty(&exception::INVALID_CAST_EXCEPTION), &message)
}

/// The walk of a `foreach`, and the object of `GetEnumerator()`.
#[repr(C)]
pub struct Enumerator<'a> {
    header: Header,
    cursor: Cell<Option<Cursor<'a>>>,
    /// The element that the walk stands on; the default value before the first and after the last.
    pub current: Cell<Word>,
    position: Cell<Position>,
    /// Whether asking for the element throws where the walk stands on none, as that of an array does.
    is_strict: bool,
}

/// Where a walk stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// Before the first element.
    Before,
    /// On an element.
    On,
    /// Behind the last element.
    Behind,
}

crate::layout!(Enumerator<'a>, types::enumerable::WALK_DEF);

impl<'a> Enumerator<'a> {
    /// A walk over words of type `element`.
    #[must_use]
    pub fn new(cx: &Cx<'a>, element: Ty, cursor: Cursor<'a>) -> &'a Self {
        Self::of(cx, element, cursor, false)
    }

    fn of(cx: &Cx<'a>, element: Ty, cursor: Cursor<'a>, is_strict: bool) -> &'a Self {
        cx.arena().alloc(Self {
            header: Header::new(Ty::construct(&types::enumerable::WALK_DEF, &[element])),
            cursor: Cell::new(Some(cursor)),
            current: Cell::new(default_word(element)),
            position: Cell::new(Position::Before),
            is_strict,
        })
    }

    /// A walk over the elements of a sequence, as words of type `element`.
    ///
    /// # Errors
    /// What starting the walk throws.
    pub fn start(cx: &mut Cx<'a>, sequence: Obj<'a>, element: Ty) -> Result<&'a Self, Throw> {
        let cursor = sequence.elements(cx, element)?;
        Ok(Self::of(cx, element, cursor, AnyArray::of(sequence).is_some()))
    }

    /// Steps to the next element; false at the end.
    ///
    /// # Errors
    /// What the sequence throws.
    pub fn move_next(&self, cx: &mut Cx<'a>) -> Result<bool, Throw> {
        let Some(mut cursor) = self.cursor.take() else { return Ok(false) };
        let next = cursor.next(cx)?;
        match next {
            Some(word) => {
                self.current.set(word);
                self.cursor.set(Some(cursor));
                self.position.set(Position::On);
            }
            None => {
                self.current.set(default_word(self.element()));
                self.position.set(Position::Behind);
            }
        }
        Ok(next.is_some())
    }

    /// Where the walk stands.
    #[must_use]
    pub fn position(&self) -> Position {
        self.position.get()
    }

    /// Whether `Current` throws where the walk stands on no element.
    #[must_use]
    pub fn is_strict(&self) -> bool {
        self.is_strict
    }

    /// The type of the elements.
    #[must_use]
    pub fn element(&self) -> Ty {
        self.header.ty.0.args.first().copied().unwrap_or(crate::catalogue::OBJECT)
    }
}

/// The calls of compiled code that are not members of any type.
pub struct Runtime;

/// Calls of compiled code.
#[members("internal static class Tollgate.Runtime", as = RUNTIME)]
impl<'a> Runtime {
    /// A number, `bool`, `char`, enumeration, date or duration as an object.
    #[member("static object Box(Type type, T value)", pure)]
    fn make_box(cx: &mut Cx<'a>, ty: Ty, value: Word) -> Word {
        object::boxed(cx, ty, value)
    }

    /// The value of a box of exactly this type.
    ///
    /// # Throws
    /// `NullReferenceException` for null, `InvalidCastException` for any other type.
    #[member("static T Unbox(Type type, object value)", pure)]
    fn unbox(cx: &mut Cx<'a>, ty: Ty, value: Obj<'a>) -> Result<Word, Throw> {
        unboxed(value, ty).ok_or_else(|| throw_cast(cx, value.ty(), ty))
    }

    /// The same object, if it is null or of this type; `T?` takes boxes of `T`.
    ///
    /// # Throws
    /// `InvalidCastException` otherwise.
    #[member("static object Cast(Type type, object value)", pure)]
    fn cast(cx: &mut Cx<'a>, ty: Ty, value: Option<Obj<'a>>) -> Result<Option<Obj<'a>>, Throw> {
        match value {
            Some(object) if !is_instance(value, ty) => Err(throw_cast(cx, object.ty(), ty)),
            _ => Ok(value),
        }
    }

    /// Whether an object is not null and of this type.
    #[member("static bool Is(Type type, object value)", pure)]
    fn is(ty: Ty, value: Option<Obj<'a>>) -> bool {
        is_instance(value, ty)
    }

    /// The same object if it is of this type, else null.
    #[member("static object As(Type type, object value)", pure)]
    fn as_type(ty: Ty, value: Option<Obj<'a>>) -> Option<Obj<'a>> {
        value.filter(|_| is_instance(value, ty))
    }

    /// The texts one after the other; null counts as empty.
    #[member("static string Concat(Words texts, int count)", pure)]
    fn concat(cx: &mut Cx<'a>, texts: Words, count: i32) -> Result<Str<'a>, Throw> {
        // SAFETY: compiled code passes `count` strings, some of which may be null.
        let parts = unsafe { texts.slice(count) };
        let parts = parts.iter().map(|word| unsafe { text_at(*word) });
        let total: usize = parts.clone().map(|part| part.bytes().len()).sum();
        cx.reserve(total)?;
        if let [single] = parts.clone().filter(|part| !part.is_empty()).collect::<Few<'a>>().as_slice() {
            return Ok(*single);
        }
        if parts.clone().all(Str::is_ascii) {
            let place = cx.arena().alloc_uninit::<u8>(total);
            let mut at = 0;
            for part in parts {
                if let Some(room) = place.get_mut(at..at + part.bytes().len()) {
                    room.write_copy_of_slice(part.bytes());
                }
                at += part.bytes().len();
            }
            // SAFETY: the parts' lengths add up to the length of the place, so every byte is written.
            let bytes: &'a [u8] = unsafe { std::slice::from_raw_parts(place.as_ptr().cast(), total) };
            return Ok(Str::over_ascii(cx.arena(), bytes));
        }
        let mut bytes = Vec::with_capacity(total);
        for part in parts {
            wtf8::append(&mut bytes, part.bytes());
        }
        Ok(cx.str_from_wtf8(&bytes))
    }

    /// The text of a value of this static type, as concatenation and interpolation see it: empty for null.
    #[member("static string Text(Type type, T value)", pure)]
    fn text(cx: &mut Cx<'a>, ty: Ty, value: Word) -> Result<Str<'a>, Throw> {
        object::word_text(cx, ty, value)
    }

    /// The text of a value of this static type; null for null.
    #[member("static string TextOrNull(Type type, T value)", pure)]
    fn text_or_null(cx: &mut Cx<'a>, ty: Ty, value: Word) -> Result<Option<Str<'a>>, Throw> {
        if ty.repr() == Repr::Ref && value.is_null() {
            return Ok(None);
        }
        object::word_text(cx, ty, value).map(Some)
    }

    /// The text of a value in a format and padded to a width, as `{value,width:format}` gives it.
    #[member("static string Format(Type type, T value, string format, int width)", pure)]
    fn format(cx: &mut Cx<'a>, ty: Ty, value: Word, format: Option<Str<'a>>, width: i32) -> Result<Str<'a>, Throw> {
        types::string::formatted(cx, ty, value, format, width)
    }

    /// A delegate over code of this document.
    #[member("static Delegate Delegate(Type type, Code code, Env env)")]
    fn delegate(cx: &mut Cx<'a>, ty: Ty, code: u64, env: u64) -> &'a Func<'a> {
        // SAFETY: compiled code passes the address of a function of its own with the words that the type says.
        unsafe { Func::new(cx, ty, code as *const (), Word(env)) }
    }

    /// Words that stay where they are: the variables of lambdas.
    #[member("static Env Keep(Words words, int count)")]
    fn keep(cx: &mut Cx<'a>, words: Words, count: i32) -> u64 {
        // SAFETY: compiled code passes `count` words.
        let words = unsafe { words.slice(count) };
        cx.arena().alloc_slice(words).as_ptr() as u64
    }

    /// An object of an anonymous type.
    #[member("static object Anonymous(Type type, Words values, int count)", pure)]
    fn anonymous(cx: &mut Cx<'a>, ty: Ty, values: Words, count: i32) -> &'a Anonymous<'a> {
        // SAFETY: compiled code passes `count` words.
        Anonymous::new(cx, ty, unsafe { values.slice(count) })
    }

    /// A property of an object of an anonymous type.
    #[member("static T AnonymousValue(object value, int index)", pure)]
    fn anonymous_value(value: &'a Anonymous<'a>, index: i32) -> Word {
        usize::try_from(index).ok().and_then(|index| value.values.get(index)).copied().unwrap_or(Word::ZERO)
    }

    /// An array with these elements.
    #[member("static T[] ArrayOf(Type element, Words values, int count)")]
    fn array_of(cx: &mut Cx<'a>, element: Ty, values: Words, count: i32) -> Obj<'a> {
        // SAFETY: compiled code passes `count` words.
        AnyArray::new(cx, element, unsafe { values.slice(count) }).object()
    }

    /// An array of default values.
    ///
    /// # Throws
    /// `OverflowException` if the length is negative.
    #[member("static T[] NewArray(Type element, long length)")]
    fn new_array(cx: &mut Cx<'a>, element: Ty, length: i64) -> Result<Obj<'a>, Throw> {
        let Ok(length) = usize::try_from(length) else {
            return Err(cx.throw(Ty(&exception::OVERFLOW_EXCEPTION), "Array dimensions exceeded supported range."));
        };
        cx.reserve(length.saturating_mul(crate::array::element_size(element)))?;
        Ok(if crate::array::element_size(element) == 1 {
            object_of(Bytes::new(cx, &vec![0; length]))
        } else {
            object_of(Array::new(cx, element, &vec![default_word(element); length]))
        })
    }

    /// An array of more than one dimension, of default values.
    ///
    /// # Throws
    /// `OverflowException` if a length is negative.
    #[member("static T[] NewDimensions(Type element, Words lengths, int count)")]
    fn new_dimensions(cx: &mut Cx<'a>, element: Ty, lengths: Words, count: i32) -> Result<&'a Array<'a>, Throw> {
        // SAFETY: compiled code passes `count` words.
        let lengths = unsafe { lengths.slice(count) };
        let lengths: Result<Vec<usize>, _> =
            lengths.iter().map(|word| usize::try_from(scalar_of::<i32>(*word))).collect();
        let Ok(lengths) = lengths else {
            return Err(cx.throw(Ty(&exception::OVERFLOW_EXCEPTION), "Array dimensions exceeded supported range."));
        };
        let total = lengths.iter().try_fold(1_usize, |total, length| total.checked_mul(*length));
        cx.reserve(total.and_then(|total| total.checked_mul(size_of::<Word>())).unwrap_or(usize::MAX))?;
        Ok(Array::of_dimensions(cx, element, &lengths))
    }

    /// The position of an element of an array of more than one dimension.
    ///
    /// # Throws
    /// `IndexOutOfRangeException` if an index lies outside of its dimension.
    #[member("static int Position(Array array, Words indexes, int count)")]
    fn position(cx: &mut Cx<'a>, array: &'a Array<'a>, indexes: Words, count: i32) -> Result<i32, Throw> {
        // SAFETY: compiled code passes `count` words.
        let indexes = unsafe { indexes.slice(count) };
        let mut position = 0;
        for (word, dimension) in indexes.iter().zip(array.dimensions) {
            match usize::try_from(scalar_of::<i32>(*word)) {
                Ok(index) if index < *dimension => position = position * dimension + index,
                _ => return Err(throw_index(cx)),
            }
        }
        Ok(i32::try_from(position).unwrap_or(i32::MAX))
    }

    /// Starts a walk over a sequence of elements of this type.
    #[member("static Enumerator Walk(object sequence, Type element)")]
    fn walk(cx: &mut Cx<'a>, sequence: Obj<'a>, element: Ty) -> Result<&'a Enumerator<'a>, Throw> {
        Enumerator::start(cx, sequence, element)
    }

    /// Steps to the next element of a walk.
    #[member("static bool Next(Enumerator walk)")]
    fn next(cx: &mut Cx<'a>, walk: &'a Enumerator<'a>) -> Result<bool, Throw> {
        walk.move_next(cx)
    }

    /// The element that a walk stands on.
    #[member("static T Current(Enumerator walk)")]
    fn current(walk: &'a Enumerator<'a>) -> Word {
        walk.current.get()
    }

    /// Throws an exception object; where there is none, `NullReferenceException`.
    #[member("static void Throw(object exception)")]
    fn throw(cx: &mut Cx<'a>, exception: Option<&'a Exception<'a>>) -> Result<(), Throw> {
        Err(match exception {
            Some(exception) => cx.throw_exception(exception),
            None => cx.throw_null(Role::Receiver),
        })
    }

    /// The exception on its way, which is then no longer on its way; null if no `catch` may see it.
    #[member("static object Catch()")]
    fn catch(cx: &mut Cx<'a>) -> Option<&'a Exception<'a>> {
        let thrown = cx.take_thrown()?;
        if thrown.limit.is_some() {
            let _ = cx.throw_exception(thrown);
            return None;
        }
        Some(thrown)
    }

    /// Takes the exception on its way, of any kind, so that a `finally` can run.
    #[member("static object Suspend()")]
    fn suspend(cx: &mut Cx<'a>) -> Option<&'a Exception<'a>> {
        cx.take_thrown()
    }

    /// Throws for the reason of this number; the numbers are [`Fault`]'s.
    #[member("static void Fail(int fault)")]
    fn fail(cx: &mut Cx<'a>, fault: i32) -> Result<(), Throw> {
        Err(match fault {
            f if f == Fault::Null as i32 => cx.throw_null(Role::Receiver),
            f if f == Fault::Index as i32 => throw_index(cx),
            f if f == Fault::DivideByZero as i32 => {
                cx.throw(Ty(&exception::DIVIDE_BY_ZERO_EXCEPTION), "Attempted to divide by zero.")
            }
            f if f == Fault::Overflow as i32 => {
                cx.throw(Ty(&exception::OVERFLOW_EXCEPTION), "Arithmetic operation resulted in an overflow.")
            }
            f if f == Fault::NoValue as i32 => {
                cx.throw(Ty(&exception::INVALID_OPERATION_EXCEPTION), "Nullable object must have a value.")
            }
            f if f == Fault::NegativeLength as i32 => {
                cx.throw(Ty(&exception::OVERFLOW_EXCEPTION), "Array dimensions exceeded supported range.")
            }
            f if f == Fault::Time as i32 => cx.throw_limit(Limit::Time),
            f if f == Fault::Depth as i32 => cx.throw_limit(Limit::Depth),
            _ => cx.throw_limit(Limit::Fault),
        })
    }

    /// The exception of an array that is asked to keep an element of another type.
    ///
    /// # Throws
    /// `ArrayTypeMismatchException` unless the element is null or of the array's element type.
    #[member("static void CheckStore(Array array, object value)")]
    fn check_store(cx: &mut Cx<'a>, array: Obj<'a>, value: Option<Obj<'a>>) -> Result<(), Throw> {
        match (array.ty().array_parts(), value) {
            (Some((element, _)), Some(_)) if !is_instance(value, element) => Err(cx.throw(
                Ty(&exception::ARRAY_TYPE_MISMATCH_EXCEPTION),
                "Attempted to access an element as a type incompatible with the array.",
            )),
            _ => Ok(()),
        }
    }

    /// Whether two strings have the same text; either may be null.
    #[member("static bool SameText(string a, string b)", pure)]
    fn same_text(a: Option<Str<'a>>, b: Option<Str<'a>>) -> bool {
        a == b
    }

    /// The remainder of two floating-point numbers.
    #[member("static double Remainder(double a, double b)", pure)]
    fn remainder(a: f64, b: f64) -> f64 {
        a % b
    }

    /// A number as another type of number, where that takes more than an instruction: from floating point to integers,
    /// and checked. Types are numbered as [`range`] numbers them; floating point comes as `double`.
    ///
    /// # Throws
    /// `OverflowException` if `check` is set and the value does not fit.
    #[member("static long FromDouble(double value, int target, int check)", pure)]
    fn from_double(cx: &mut Cx<'a>, value: f64, target: i32, check: i32) -> Result<u64, Throw> {
        let (low, high) = range(target);
        let whole = value.trunc();
        let fits = whole >= low as f64 && whole <= high as f64 && (whole as i128) <= high;
        if fits {
            return Ok(whole as i128 as u64);
        }
        if check != 0 {
            return Self::fail(cx, Fault::Overflow as i32).map(|()| 0);
        }
        Ok(unchecked(value, target))
    }

    /// An integer as another type of integer.
    ///
    /// # Throws
    /// `OverflowException` if the value does not fit.
    #[member("static long Checked(long value, int source, int target)", pure)]
    fn checked(cx: &mut Cx<'a>, value: u64, source: i32, target: i32) -> Result<u64, Throw> {
        let (low, high) = range(target);
        let wide = if range(source).0 < 0 { i128::from(value as i64) } else { i128::from(value) };
        if low <= wide && wide <= high {
            return Ok(value);
        }
        Self::fail(cx, Fault::Overflow as i32).map(|()| 0)
    }

    /// The word of the default value of a type.
    #[member("static T Default(Type type)", pure)]
    fn default(ty: Ty) -> Word {
        default_word(ty)
    }
}

/// The smallest and the largest value of an integer type, numbered from 0: `sbyte`, `byte`, `short`, `ushort`, `int`,
/// `uint`, `long`, `ulong`.
#[must_use]
pub fn range(number: i32) -> (i128, i128) {
    match number {
        0 => (i128::from(i8::MIN), i128::from(i8::MAX)),
        1 => (0, i128::from(u8::MAX)),
        2 => (i128::from(i16::MIN), i128::from(i16::MAX)),
        3 => (0, i128::from(u16::MAX)),
        4 => (i128::from(i32::MIN), i128::from(i32::MAX)),
        5 => (0, i128::from(u32::MAX)),
        6 => (i128::from(i64::MIN), i128::from(i64::MAX)),
        _ => (0, i128::from(u64::MAX)),
    }
}

/// What an x64 processor makes of a floating-point number that does not fit the integer type: the instruction for 32 or
/// 64 bits gives the smallest value, of which narrower types keep the low bits.
fn unchecked(value: f64, target: i32) -> u64 {
    const TWO_TO_31: f64 = 2_147_483_648.0;
    const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;
    let wide = |value: f64| if (-TWO_TO_63..TWO_TO_63).contains(&value) { value as i64 } else { i64::MIN };
    let narrow = |value: f64| if value > -TWO_TO_31 - 1.0 && value < TWO_TO_31 { value as i32 } else { i32::MIN };
    match target {
        0 => i64::from(narrow(value) as i8) as u64,
        1 => u64::from(narrow(value) as u8),
        2 => i64::from(narrow(value) as i16) as u64,
        3 => u64::from(narrow(value) as u16),
        4 => i64::from(narrow(value)) as u64,
        5 => u64::from(wide(value) as u32),
        6 => wide(value) as u64,
        _ if value < TWO_TO_63 => wide(value) as u64,
        _ => (wide(value - TWO_TO_63) as u64).wrapping_add(1 << 63),
    }
}

/// Why compiled code throws by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(i32)]
pub enum Fault {
    /// A member of null.
    Null = 1,
    /// An index outside of an array.
    Index = 2,
    /// An integer divided by zero.
    DivideByZero = 3,
    /// A checked operation whose result does not fit, and the smallest integer divided by -1.
    Overflow = 4,
    /// The value of a `T?` that has none.
    NoValue = 5,
    /// An array of a negative length.
    NegativeLength = 6,
    /// The limit of time.
    Time = 7,
    /// The limit of depth.
    Depth = 8,
}

#[cold]
fn throw_index(cx: &mut Cx<'_>) -> Throw {
    cx.throw(Ty(&exception::INDEX_OUT_OF_RANGE_EXCEPTION), "Index was outside the bounds of the array.")
}

/// The value of a box as one of exactly type `ty`; `None` if it is of another type.
#[must_use]
pub fn unboxed(value: Obj<'_>, ty: Ty) -> Option<Word> {
    if value.ty() == ty && ty.repr() == Repr::Ref {
        return Some(value.word());
    }
    let boxed = value.downcast::<Boxed>()?;
    (value.ty() == ty || unboxes_to(value.ty(), ty)).then_some(boxed.value)
}

/// Whether a box of one type may be read as another: an enumeration as its underlying integer and back.
fn unboxes_to(from: Ty, to: Ty) -> bool {
    let int = Ty(&types::int32::INT32);
    (from.is_enum() && to == int) || (from == int && to.is_enum())
}

/// The string at a word; empty for null.
///
/// # Safety
/// The word must be 0 or the address of a string that lives for `'a`.
unsafe fn text_at<'a>(word: Word) -> Str<'a> {
    // SAFETY: as the caller promises.
    if word.is_null() { Str::EMPTY } else { unsafe { object::NotNull::from_not_null(word) } }
}

/// Up to two strings, to find out whether there is just one without allocating.
struct Few<'a> {
    items: [Str<'a>; 2],
    count: usize,
}

impl<'a> Few<'a> {
    fn as_slice(&self) -> &[Str<'a>] {
        self.items.get(..self.count).unwrap_or(&[])
    }
}

impl<'a> FromIterator<Str<'a>> for Few<'a> {
    fn from_iter<I: IntoIterator<Item = Str<'a>>>(iter: I) -> Self {
        let mut few = Self { items: [Str::EMPTY; 2], count: 0 };
        for (item, place) in iter.into_iter().zip(&mut few.items) {
            *place = item;
            few.count += 1;
        }
        few
    }
}
