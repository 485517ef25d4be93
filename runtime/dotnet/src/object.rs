//! Objects: what the address in a word points to, and what can be done with one whose static type is not known.
//!
//! Every object begins with its type. Objects live in the arena of their request, or in the literals of a loaded
//! document, which live longer.
//!
//! Not here: the layouts of single types, which stand with their members in `types`, `json` and `context`.

use std::cmp::Ordering;

use crate::catalogue;
use crate::collection::{Collection, Comparing, Keyed};
use crate::cx::Cx;
use crate::seq::Cursor;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::{Shape, Ty};
use crate::types;
use crate::word::{Char, FromWord, IntoWord, Repr, Role, Word};

/// What every object begins with.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Header {
    /// The object's own type.
    pub ty: Ty,
}

impl Header {
    /// The header of an object of a type.
    #[must_use]
    pub fn new(ty: Ty) -> Self {
        Self { ty }
    }
}

/// An object of any type; never null.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Obj<'a>(&'a Header);

impl<'a> Obj<'a> {
    /// The object's own type.
    #[must_use]
    #[inline]
    pub fn ty(self) -> Ty {
        self.0.ty
    }

    /// The object's address.
    #[must_use]
    #[inline]
    pub fn word(self) -> Word {
        Word(std::ptr::from_ref(self.0) as u64)
    }

    /// The object at an address; `None` for null.
    ///
    /// # Safety
    /// The word must be 0 or the address of an object that lives for `'a`.
    #[must_use]
    #[inline]
    pub unsafe fn from_address(word: Word) -> Option<Self> {
        // SAFETY: as the caller promises.
        unsafe { (word.0 as *const Header).as_ref() }.map(Self)
    }

    /// This object as one of layout `T`, if that is what its type says.
    #[must_use]
    #[inline]
    pub fn downcast<T: Layout<'a>>(self) -> Option<&'a T> {
        // SAFETY: the type of an object tells its layout, which `Layout` promises.
        T::is_layout_of(self.ty()).then(|| unsafe { self.cast() })
    }

    /// This object as one of layout `T`.
    ///
    /// # Safety
    /// The object must have that layout.
    #[inline]
    unsafe fn cast<T: Layout<'a>>(self) -> &'a T {
        // SAFETY: as the caller promises; the header is the first part of every layout.
        unsafe { &*std::ptr::from_ref(self.0).cast::<T>() }
    }

    /// Whether both are one object.
    #[must_use]
    pub fn is_same(self, other: Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }

    /// The text that `ToString()` gives.
    ///
    /// # Errors
    /// What the type's own `ToString` throws, and the limits of depth and time.
    pub fn to_text(self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        self.nested(cx, |cx| (self.ty().def.ops.to_text)(cx, self))
    }

    /// Calls what the type does with its parts, which may be objects of the same kind: a policy decides how deeply they are
    /// nested and how often each is part of another.
    #[inline]
    fn nested<T>(self, cx: &mut Cx<'a>, call: impl FnOnce(&mut Cx<'a>) -> Result<T, Throw>) -> Result<T, Throw> {
        cx.check_limits()?;
        cx.deeper(call)
    }

    /// Whether `Equals` holds.
    ///
    /// # Errors
    /// What the type's own `Equals` throws, and the limits of depth and time.
    pub fn equals(self, cx: &mut Cx<'a>, other: Self) -> Result<bool, Throw> {
        if self.is_same(other) && !matches!(self.ty().repr(), Repr::F32 | Repr::F64) {
            return Ok(true);
        }
        self.nested(cx, |cx| (self.ty().def.ops.equals)(cx, self, other))
    }

    /// The hash code that goes with [`Obj::equals`].
    ///
    /// # Errors
    /// What the type's own `GetHashCode` throws, and the limits of depth and time.
    pub fn hash_code(self, cx: &mut Cx<'a>) -> Result<i32, Throw> {
        self.nested(cx, |cx| (self.ty().def.ops.hash)(cx, self))
    }
}

/// A value that compiled code left for somebody else: a word whose meaning is known from its place.
#[derive(Clone, Copy)]
pub struct Left<'a>(Word, std::marker::PhantomData<&'a ()>);

impl<'a> Left<'a> {
    /// The value of a word.
    ///
    /// # Safety
    /// If the place is one for references, the word must be 0 or the address of an object that lives for `'a`; if it is
    /// one for numbers, nobody may ask for an object.
    #[must_use]
    pub unsafe fn new(word: Word) -> Self {
        Self(word, std::marker::PhantomData)
    }

    /// The object, in a place for references.
    #[must_use]
    pub fn object(self) -> Option<Obj<'a>> {
        // SAFETY: as `new` was promised.
        unsafe { Obj::from_address(self.0) }
    }

    /// The number, in a place for numbers.
    #[must_use]
    pub fn scalar<T: crate::rt::Scalar>(self) -> T {
        crate::rt::scalar_of(self.0)
    }
}

/// The layout of the objects of some types: a `#[repr(C)]` struct that begins with a [`Header`].
///
/// # Safety
/// The struct must be `#[repr(C)]` with a [`Header`] first, own nothing that needs dropping, and be the layout of
/// every object whose type `is_layout_of` accepts.
pub unsafe trait Layout<'a>: Sized + 'a {
    /// Whether objects of a type have this layout.
    fn is_layout_of(ty: Ty) -> bool;
}

/// A boxed number, `bool`, `char`, enumeration, `DateTime` or `TimeSpan`.
#[repr(C)]
pub struct Boxed {
    header: Header,
    /// The value.
    pub value: Word,
}

impl Boxed {
    /// A box; for static tables.
    #[must_use]
    pub const fn new(ty: Ty, value: Word) -> Self {
        Self { header: Header { ty }, value }
    }
}

// SAFETY: `#[repr(C)]`, header first; boxes are made for these types only, by `boxed` and static tables.
unsafe impl<'a> Layout<'a> for Boxed {
    fn is_layout_of(ty: Ty) -> bool {
        ty.is_value_type() && ty.repr() != Repr::Ref
    }
}

/// Declares the layout of the objects of types with given definitions.
#[macro_export]
macro_rules! layout {
    ($layout:ident $(<$life:lifetime>)?, $($def:path),+) => {
        // SAFETY: the struct is `#[repr(C)]`, begins with its header and is the only layout that objects of these
        // definitions are made with.
        unsafe impl<'a> $crate::object::Layout<'a> for $layout $(<$life>)? {
            fn is_layout_of(ty: $crate::ty::Ty) -> bool {
                $(std::ptr::eq(ty.def, &raw const $def))||+
            }
        }
    };
}

/// Rust types of which there is a nullable form: references, and the values of `T?`.
///
/// # Safety
/// As for [`FromWord`], for words that are not 0.
pub unsafe trait NotNull<'a>: Sized {
    /// The value of a word that is not 0.
    ///
    /// # Safety
    /// As for [`FromWord::from_word`].
    unsafe fn from_not_null(word: Word) -> Self;
}

// SAFETY: the layout is that of the C# type, which the signature names.
unsafe impl<'a, T: Layout<'a>> NotNull<'a> for &'a T {
    #[inline]
    unsafe fn from_not_null(word: Word) -> Self {
        // SAFETY: the word is the address of an object.
        let object: &'a Header = unsafe { &*(word.0 as *const Header) };
        debug_assert!(T::is_layout_of(object.ty), "an object of type {} has another layout than its use", object.ty);
        // SAFETY: the static type of the word guarantees the layout.
        unsafe { Obj(object).cast() }
    }
}

// SAFETY: every object will do.
unsafe impl<'a> NotNull<'a> for Obj<'a> {
    #[inline]
    unsafe fn from_not_null(word: Word) -> Self {
        // SAFETY: the word is the address of an object.
        Self(unsafe { &*(word.0 as *const Header) })
    }
}

// SAFETY: as `NotNull` promises; a null is not let through.
unsafe impl<'a, T: Layout<'a>> FromWord<'a> for &'a T {
    const REPR: Repr = Repr::Ref;
    #[inline]
    unsafe fn from_word(word: Word, cx: &mut Cx<'a>, role: Role) -> Result<Self, Throw> {
        // SAFETY: as the caller promises.
        unsafe { required(word, cx, role) }
    }
}

macro_rules! reference {
    ($($rust:ty),*) => {$(
        // SAFETY: as `NotNull` promises; a null is not let through.
        unsafe impl<'a> FromWord<'a> for $rust {
            const REPR: Repr = Repr::Ref;
            #[inline]
            unsafe fn from_word(word: Word, cx: &mut Cx<'a>, role: Role) -> Result<Self, Throw> {
                // SAFETY: as the caller promises.
                unsafe { required(word, cx, role) }
            }
        }
    )*};
}

reference!(Obj<'a>, Str<'a>);

#[inline]
unsafe fn required<'a, T: NotNull<'a>>(word: Word, cx: &mut Cx<'a>, role: Role) -> Result<T, Throw> {
    if word.is_null() {
        return Err(cx.throw_null(role));
    }
    // SAFETY: not null, and as the caller of the caller promises.
    Ok(unsafe { T::from_not_null(word) })
}

// SAFETY: null is `None`.
unsafe impl<'a, T: NotNull<'a>> FromWord<'a> for Option<T> {
    const REPR: Repr = Repr::Ref;
    #[inline]
    unsafe fn from_word(word: Word, _: &mut Cx<'a>, _: Role) -> Result<Self, Throw> {
        // SAFETY: not null, and as the caller promises.
        Ok((!word.is_null()).then(|| unsafe { T::from_not_null(word) }))
    }
}

impl<'a, T: Layout<'a>> IntoWord<'a> for &'a T {
    const REPR: Repr = Repr::Ref;
    #[inline]
    fn into_word(self, _: &mut Cx<'a>) -> Word {
        Word(std::ptr::from_ref(self) as u64)
    }
}

impl<'a> IntoWord<'a> for Obj<'a> {
    const REPR: Repr = Repr::Ref;
    #[inline]
    fn into_word(self, _: &mut Cx<'a>) -> Word {
        self.word()
    }
}

/// Rust values whose nullable form is an `Option`: references as they are, numbers as boxes.
pub trait IntoReference<'a> {
    /// The word of the value where it may also be null.
    fn into_reference(self, cx: &mut Cx<'a>) -> Word;
}

impl<'a, T: Layout<'a>> IntoReference<'a> for &'a T {
    fn into_reference(self, cx: &mut Cx<'a>) -> Word {
        self.into_word(cx)
    }
}

impl<'a> IntoReference<'a> for Obj<'a> {
    fn into_reference(self, _: &mut Cx<'a>) -> Word {
        self.word()
    }
}

impl<'a> IntoReference<'a> for Str<'a> {
    fn into_reference(self, cx: &mut Cx<'a>) -> Word {
        self.into_word(cx)
    }
}

impl<'a, T: IntoReference<'a>> IntoWord<'a> for Option<T> {
    const REPR: Repr = Repr::Ref;
    #[inline]
    fn into_word(self, cx: &mut Cx<'a>) -> Word {
        self.map_or(Word::ZERO, |value| value.into_reference(cx))
    }
}

macro_rules! nullable {
    ($($rust:ty, $ty:path;)*) => {$(
        // SAFETY: a `T?` that has a value is a box of `T`.
        unsafe impl<'a> NotNull<'a> for $rust {
            #[inline]
            unsafe fn from_not_null(word: Word) -> Self {
                // SAFETY: a box, by the static type.
                let boxed = unsafe { &*(word.0 as *const Boxed) };
                crate::rt::scalar_of(boxed.value)
            }
        }
        impl<'a> IntoReference<'a> for $rust {
            fn into_reference(self, cx: &mut Cx<'a>) -> Word {
                let word = self.into_word(cx);
                boxed(cx, Ty(&$ty), word)
            }
        }
    )*};
}

nullable! {
    bool, types::boolean::BOOLEAN;
    Char, types::char::CHAR;
    i8, types::number::SBYTE;
    u8, types::number::BYTE;
    i16, types::number::INT16;
    u16, types::number::UINT16;
    i32, types::int32::INT32;
    u32, types::number::UINT32;
    i64, types::number::INT64;
    u64, types::number::UINT64;
    f32, types::double::SINGLE;
    f64, types::double::DOUBLE;
}

/// The word of a value of static type `ty` as an `object`: structs and numbers are boxed, references stay.
#[must_use]
pub fn boxed(cx: &mut Cx<'_>, ty: Ty, word: Word) -> Word {
    if ty.repr() == Repr::Ref {
        return word;
    }
    let place: &Boxed = cx.arena().alloc(Boxed::new(ty, word));
    Word(std::ptr::from_ref(place) as u64)
}

/// What objects do when only their own type is known. One static for each kind of object, beside its members.
pub struct Ops {
    /// `ToString()`.
    pub to_text: for<'a> fn(&mut Cx<'a>, Obj<'a>) -> Result<Str<'a>, Throw>,
    /// `ToString(string format)`, for types that have formats.
    pub format: Option<for<'a> fn(&mut Cx<'a>, Obj<'a>, Str<'a>) -> Result<Str<'a>, Throw>>,
    /// `Equals(object)`; the two are not the same object.
    pub equals: for<'a> fn(&mut Cx<'a>, Obj<'a>, Obj<'a>) -> Result<bool, Throw>,
    /// `GetHashCode()`.
    pub hash: for<'a> fn(&mut Cx<'a>, Obj<'a>) -> Result<i32, Throw>,
    /// `CompareTo`, for types that have an order; both are of this type.
    pub compare: Option<for<'a> fn(&mut Cx<'a>, Obj<'a>, Obj<'a>) -> Result<Ordering, Throw>>,
    /// The elements, for types that are sequences. The type is that of the elements that are asked for, which tells
    /// apart the two sequences that a `JObject` is.
    pub elements: Option<for<'a> fn(&mut Cx<'a>, Obj<'a>, Ty) -> Result<Cursor<'a>, Throw>>,
    /// How many elements there are, where that is known without walking them.
    pub count: Option<for<'a> fn(Obj<'a>) -> usize>,
    /// What the text of a message's body is as an object of this type (given again), for types that `As<T>` reads.
    pub from_body: Option<for<'a> fn(&mut Cx<'a>, Str<'a>, Ty) -> Result<Obj<'a>, Throw>>,
    /// What it does as `ICollection<T>` and `IList<T>`.
    pub collection: Option<&'static Collection>,
    /// What it does as `IDictionary<K, V>` and `IReadOnlyDictionary<K, V>`.
    pub keyed: Option<&'static Keyed>,
    /// What it does as `IEqualityComparer<T>` and `IComparer<T>`.
    pub comparing: Option<&'static Comparing>,
    /// The word of `default(T)`, for structs that are kept as objects; it must live as long as the process. Asked for once
    /// for each type.
    pub default: Option<fn(Ty) -> Word>,
}

/// The object of a layout as an object of any type.
#[must_use]
#[inline]
pub fn object_of<'a, T: Layout<'a>>(object: &'a T) -> Obj<'a> {
    // SAFETY: every layout begins with its header.
    Obj(unsafe { &*std::ptr::from_ref(object).cast::<Header>() })
}

/// Calls a function on an object as one of the layout that its type says it has.
///
/// # Errors
/// What the function throws; `NullReferenceException` if the object has another layout, which no table of operations lets
/// through.
pub fn on<'a, L: Layout<'a>, T>(
    cx: &mut Cx<'a>,
    object: Obj<'a>,
    call: impl FnOnce(&'a L, &mut Cx<'a>) -> Result<T, Throw>,
) -> Result<T, Throw> {
    match object.downcast::<L>() {
        Some(object) => call(object, cx),
        None => Err(cx.throw_null(Role::Receiver)),
    }
}

/// A new object of a type without any content.
#[must_use]
pub fn bare<'a>(cx: &Cx<'a>, ty: Ty) -> Obj<'a> {
    Obj(cx.arena().alloc(Header::new(ty)))
}

/// The behaviour of `object` itself: the type's name, and identity.
pub static REFERENCE: Ops = Ops {
    to_text: type_name,
    format: None,
    equals: |_, _, _| Ok(false),
    hash: identity_hash,
    compare: None,
    elements: None,
    count: None,
    from_body: None,
    collection: None,
    keyed: None,
    comparing: None,
    default: None,
};

/// `ToString()` of an object that has none of its own: the full name of its type.
///
/// # Errors
/// Never.
pub fn type_name<'a>(cx: &mut Cx<'a>, object: Obj<'a>) -> Result<Str<'a>, Throw> {
    Ok(cx.str(&object.ty().full_name()))
}

/// `GetHashCode()` of an object that has none of its own.
///
/// # Errors
/// Never.
pub fn identity_hash<'a>(_: &mut Cx<'a>, object: Obj<'a>) -> Result<i32, Throw> {
    Ok(fold_hash(object.word().0 >> 3))
}

/// 32 bits of a 64-bit hash.
#[must_use]
pub fn fold_hash(hash: u64) -> i32 {
    (hash ^ (hash >> 32)) as u32 as i32
}

/// Whether two words of static type `ty` are equal as `Equals` sees it. Nulls are equal to each other.
///
/// # Errors
/// What the type's own `Equals` throws.
pub fn words_equal<'a>(cx: &mut Cx<'a>, ty: Ty, a: Word, b: Word) -> Result<bool, Throw> {
    match ty.repr() {
        Repr::Void => Ok(true),
        Repr::I32 => Ok(a.0 as u32 == b.0 as u32),
        Repr::I64 if ty == Ty(&types::date_time::DATE_TIME) => Ok(a.0 << 2 == b.0 << 2),
        Repr::I64 => Ok(a == b),
        Repr::F32 => {
            let (a, b) = (crate::rt::scalar_of::<f32>(a), crate::rt::scalar_of::<f32>(b));
            Ok(a == b || (a.is_nan() && b.is_nan()))
        }
        Repr::F64 => {
            let (a, b) = (crate::rt::scalar_of::<f64>(a), crate::rt::scalar_of::<f64>(b));
            Ok(a == b || (a.is_nan() && b.is_nan()))
        }
        // SAFETY: words of a reference type are objects.
        Repr::Ref => match unsafe { (Obj::from_address(a), Obj::from_address(b)) } {
            (Some(a), Some(b)) => a.equals(cx, b),
            (None, None) => Ok(true),
            _ => Ok(false),
        },
    }
}

/// The hash code of a word of static type `ty`; 0 for null.
///
/// # Errors
/// What the type's own `GetHashCode` throws.
pub fn word_hash<'a>(cx: &mut Cx<'a>, ty: Ty, word: Word) -> Result<i32, Throw> {
    match ty.repr() {
        Repr::Void => Ok(0),
        Repr::Ref => {
            // SAFETY: words of a reference type are objects.
            unsafe { Obj::from_address(word) }.map_or(Ok(0), |object| object.hash_code(cx))
        }
        _ => {
            let object = boxed(cx, ty, word);
            // SAFETY: a box was just made.
            unsafe { Obj::from_address(object) }.map_or(Ok(0), |object| object.hash_code(cx))
        }
    }
}

/// How two words of static type `ty` are ordered by `Comparer<T>.Default`; null comes first.
///
/// # Errors
/// `ArgumentException` (inside an `InvalidOperationException` for sorting members) if the type has no order.
pub fn words_compare<'a>(cx: &mut Cx<'a>, ty: Ty, a: Word, b: Word) -> Result<Ordering, Throw> {
    crate::order::Order::of(ty, None).compare(cx, a, b)
}

/// How two objects are ordered by `Comparer<object>.Default`; null comes first.
///
/// # Errors
/// `ArgumentException` if the first one's type has no order, or none with objects of the second one's.
pub fn objects_compare<'a>(cx: &mut Cx<'a>, a: Option<Obj<'a>>, b: Option<Obj<'a>>) -> Result<Ordering, Throw> {
    let (a, b) = match (a, b) {
        (None, None) => return Ok(Ordering::Equal),
        (None, Some(_)) => return Ok(Ordering::Less),
        (Some(_), None) => return Ok(Ordering::Greater),
        (Some(a), Some(b)) => (a, b),
    };
    match (a.ty().def.ops.compare, b.ty().def.ops.compare) {
        (Some(compare), _) if a.ty() == b.ty() || std::ptr::eq(a.ty().def, b.ty().def) => {
            a.nested(cx, |cx| compare(cx, a, b))
        }
        (Some(_), _) => {
            let message = format!("Object must be of type {}.", a.ty().def.short_name());
            Err(cx.throw(Ty(&types::exception::ARGUMENT_EXCEPTION), &message))
        }
        (None, Some(_)) => objects_compare(cx, Some(b), Some(a)).map(Ordering::reverse),
        (None, None) => {
            Err(cx.throw(Ty(&types::exception::ARGUMENT_EXCEPTION), "At least one object must implement IComparable."))
        }
    }
}

/// The text of a word of static type `ty` as string concatenation sees it: empty for null.
///
/// # Errors
/// What the type's own `ToString` throws.
pub fn word_text<'a>(cx: &mut Cx<'a>, ty: Ty, word: Word) -> Result<Str<'a>, Throw> {
    let object = boxed(cx, ty, word);
    // SAFETY: a box, or a word of a reference type.
    match unsafe { Obj::from_address(object) } {
        Some(object) => object.to_text(cx),
        None => Ok(Str::EMPTY),
    }
}

/// The object of an anonymous type: one word for each property, in order.
#[repr(C)]
pub struct Anonymous<'a> {
    header: Header,
    /// The properties' values.
    pub values: &'a [Word],
}

// SAFETY: `#[repr(C)]`, header first; made for anonymous types only.
unsafe impl<'a> Layout<'a> for Anonymous<'a> {
    fn is_layout_of(ty: Ty) -> bool {
        matches!(ty.shape, Shape::Anonymous(_))
    }
}

impl<'a> Anonymous<'a> {
    /// An object of an anonymous type.
    #[must_use]
    pub fn new(cx: &Cx<'a>, ty: Ty, values: &[Word]) -> &'a Self {
        let values = cx.arena().alloc_slice(values);
        cx.arena().alloc(Self { header: Header::new(ty), values })
    }

    /// The names and types of the properties with their values.
    pub fn properties(&self) -> impl Iterator<Item = (&'static str, Ty, Word)> {
        let names = match self.header.ty.shape {
            Shape::Anonymous(names) => names,
            _ => &[],
        };
        let types = self.header.ty.0.args.iter().copied();
        names.iter().copied().zip(types).zip(self.values.iter().copied()).map(|((name, ty), word)| (name, ty, word))
    }
}

/// Whether an object is of a type, as `is` asks: not null, and of the type or one derived from it.
#[must_use]
pub fn is_instance(object: Option<Obj<'_>>, ty: Ty) -> bool {
    let target = ty.nullable_inner().unwrap_or(ty);
    object.is_some_and(|object| object.ty() == target || object.ty().is_subtype_of(target))
}

/// The word of type `ty` that an object holds, null included; `None` where `is` would say no, and for null where the type
/// has none.
#[must_use]
pub fn word_as(object: Option<Obj<'_>>, ty: Ty) -> Option<Word> {
    match object {
        None => ty.admits_null().then_some(Word::ZERO),
        Some(object) if ty.repr() == Repr::Ref => is_instance(Some(object), ty).then(|| object.word()),
        Some(object) => object.downcast::<Boxed>().filter(|_| object.ty() == ty).map(|boxed| boxed.value),
    }
}

/// The word of an object where its static type is its own: the value of a box, the address of anything else.
#[must_use]
pub fn unboxed(object: Obj<'_>) -> Word {
    object.downcast::<Boxed>().map_or(object.word(), |boxed| boxed.value)
}

/// The name of a type for messages about casts: `System.String`.
#[must_use]
pub fn cast_name(ty: Ty) -> String {
    if ty == catalogue::OBJECT { String::from("System.Object") } else { ty.full_name() }
}
