//! Comparers: `IEqualityComparer<T>`, `IComparer<T>`, and those that types have by default.
//!
//! What a comparer does stands in its `Ops` (`collection::Comparing`). Not here: comparers of strings
//! (`string_comparer`), and how tables and sorting use them (`equality`, `order`).

use std::cmp::Ordering;

use dotnet_macros::members;

use crate::catalogue::OBJECT;
use crate::collection::Comparing;
use crate::cx::Cx;
use crate::func::Func;
use crate::object::{Header, Obj, Ops, REFERENCE, object_of, word_as, word_hash, words_compare, words_equal};
use crate::order::Order;
use crate::rt::throw_cast;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::ARGUMENT_EXCEPTION;
use crate::types::primitive::sign_of;
use crate::types::raise;
use crate::word::Word;

/// The members of `IEqualityComparer<T>`.
pub struct EqualityComparerInterface;

/// Tells which values are equal.
#[members("public interface System.Collections.Generic.IEqualityComparer<in T>", as = EQUALITY_COMPARER_INTERFACE)]
impl<'a> EqualityComparerInterface {
    /// Whether two values are equal.
    #[member("bool Equals(T x, T y)")]
    fn equals(this: Obj<'a>, cx: &mut Cx<'a>, x: Word, y: Word) -> Result<bool, Throw> {
        (comparing_of(cx, this)?.equals)(cx, this, x, y)
    }

    /// A number that is the same for equal values.
    #[member("int GetHashCode(T obj)")]
    fn get_hash_code(this: Obj<'a>, cx: &mut Cx<'a>, value: Word) -> Result<i32, Throw> {
        (comparing_of(cx, this)?.hash)(cx, this, value)
    }
}

/// The members of `IComparer<T>`.
pub struct ComparerInterface;

/// Brings values into an order.
#[members("public interface System.Collections.Generic.IComparer<in T>", as = COMPARER_INTERFACE)]
impl<'a> ComparerInterface {
    /// The order of two values: negative, zero or positive.
    #[member("int Compare(T x, T y)")]
    fn compare(this: Obj<'a>, cx: &mut Cx<'a>, x: Word, y: Word) -> Result<i32, Throw> {
        (comparing_of(cx, this)?.compare)(cx, this, x, y).map(sign_of)
    }
}

/// The members of `System.Collections.IEqualityComparer`.
pub struct UntypedEqualityComparerInterface;

/// Tells which objects are equal.
#[members("public interface System.Collections.IEqualityComparer", as = UNTYPED_EQUALITY_COMPARER)]
impl<'a> UntypedEqualityComparerInterface {
    /// Whether two objects are equal.
    ///
    /// # Throws
    /// `ArgumentException` if one is of a type that the comparer does not compare.
    #[member("bool Equals(object x, object y)")]
    fn equals(this: Obj<'a>, cx: &mut Cx<'a>, x: Option<Obj<'a>>, y: Option<Obj<'a>>) -> Result<bool, Throw> {
        let (x, y) = (own_word(cx, this, x)?, own_word(cx, this, y)?);
        (comparing_of(cx, this)?.equals)(cx, this, x, y)
    }

    /// A number that is the same for equal objects.
    ///
    /// # Throws
    /// `ArgumentException` if the object is of a type that the comparer does not compare.
    #[member("int GetHashCode(object obj)")]
    fn get_hash_code(this: Obj<'a>, cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<i32, Throw> {
        let word = own_word(cx, this, value)?;
        (comparing_of(cx, this)?.hash)(cx, this, word)
    }
}

/// The members of `System.Collections.IComparer`.
pub struct UntypedComparerInterface;

/// Brings objects into an order.
#[members("public interface System.Collections.IComparer", as = UNTYPED_COMPARER)]
impl<'a> UntypedComparerInterface {
    /// The order of two objects: negative, zero or positive.
    ///
    /// # Throws
    /// `ArgumentException` if one is of a type that the comparer does not compare.
    #[member("int Compare(object x, object y)")]
    fn compare(this: Obj<'a>, cx: &mut Cx<'a>, x: Option<Obj<'a>>, y: Option<Obj<'a>>) -> Result<i32, Throw> {
        let (x, y) = (own_word(cx, this, x)?, own_word(cx, this, y)?);
        (comparing_of(cx, this)?.compare)(cx, this, x, y).map(sign_of)
    }
}

/// What an object does as a comparer.
fn comparing_of(cx: &mut Cx<'_>, object: Obj<'_>) -> Result<&'static Comparing, Throw> {
    object.ty().def.ops.comparing.ok_or_else(|| throw_cast(cx, object.ty(), Ty(&UNTYPED_COMPARER)))
}

/// An object as a word of the type that a comparer compares.
fn own_word<'a>(cx: &mut Cx<'a>, comparer: Obj<'a>, value: Option<Obj<'a>>) -> Result<Word, Throw> {
    let ty = compared_type(comparer);
    word_as(value, ty).ok_or_else(|| {
        cx.throw(Ty(&ARGUMENT_EXCEPTION), "Type of argument is not compatible with the generic comparer.")
    })
}

fn compared_type(comparer: Obj<'_>) -> Ty {
    comparer.ty().0.args.first().copied().unwrap_or(OBJECT)
}

/// The object of `EqualityComparer<T>.Default` and `Comparer<T>.Default`.
#[repr(C)]
pub struct DefaultComparer {
    header: Header,
}

crate::layout!(DefaultComparer, EQUALITY_COMPARER_DEF, COMPARER_DEF);

impl DefaultComparer {
    /// The one object of a type `EqualityComparer<T>` or `Comparer<T>`.
    fn of(ty: Ty) -> &'static Self {
        let word = ty.once(|| Word(std::ptr::from_ref(Box::leak(Box::new(Self { header: Header::new(ty) }))) as u64));
        // SAFETY: `once` keeps the address that it was given first, which is that of a leaked object of this type.
        unsafe { &*(word.0 as *const Self) }
    }

    fn compared(&self) -> Ty {
        self.header.ty.0.args.first().copied().unwrap_or(OBJECT)
    }
}

/// `EqualityComparer<T>.Default`.
#[must_use]
pub fn default_equality(ty: Ty) -> Obj<'static> {
    object_of(DefaultComparer::of(Ty::construct(&EQUALITY_COMPARER_DEF, &[ty])))
}

/// `Comparer<T>.Default`.
#[must_use]
pub fn default_order(ty: Ty) -> Obj<'static> {
    object_of(DefaultComparer::of(Ty::construct(&COMPARER_DEF, &[ty])))
}

/// The members of `EqualityComparer<T>`.
pub struct EqualityComparerType;

/// Tells which values are equal, as their type does.
#[members("public abstract class System.Collections.Generic.EqualityComparer<T> : IEqualityComparer<T>, System.Collections.IEqualityComparer", as = EQUALITY_COMPARER, ops = DEFAULT_COMPARER_OPS)]
impl<'a> EqualityComparerType {
    /// The comparer that asks the values themselves.
    #[member("static EqualityComparer<T> Default { get; }")]
    fn default_comparer(ty: Ty) -> &'a DefaultComparer {
        DefaultComparer::of(ty)
    }

    /// Whether two values are equal.
    #[member("bool Equals(T x, T y)")]
    fn equals(this: &'a DefaultComparer, cx: &mut Cx<'a>, x: Word, y: Word) -> Result<bool, Throw> {
        words_equal(cx, this.compared(), x, y)
    }

    /// A number that is the same for equal values.
    #[member("int GetHashCode(T obj)")]
    fn get_hash_code(this: &'a DefaultComparer, cx: &mut Cx<'a>, value: Word) -> Result<i32, Throw> {
        word_hash(cx, this.compared(), value)
    }
}

/// The members of `Comparer<T>`.
pub struct ComparerType;

/// Brings values into an order.
#[members("public abstract class System.Collections.Generic.Comparer<T> : IComparer<T>, System.Collections.IComparer", as = COMPARER, ops = DEFAULT_COMPARER_OPS)]
impl<'a> ComparerType {
    /// The comparer that asks the values themselves.
    #[member("static Comparer<T> Default { get; }")]
    fn default_comparer(ty: Ty) -> &'a DefaultComparer {
        DefaultComparer::of(ty)
    }

    /// A comparer that asks a lambda: negative where the first value comes before the second.
    #[member("static Comparer<T> Create(Comparison<T> comparison)")]
    fn create(cx: &mut Cx<'a>, comparison: &'a Func<'a>, ty: Ty) -> &'a ComparisonComparer<'a> {
        let header = Header::new(Ty::construct(&COMPARISON_COMPARER_DEF, ty.0.args));
        cx.arena().alloc(ComparisonComparer { header, comparison })
    }

    /// The order of two values: negative, zero or positive; null comes first.
    ///
    /// # Throws
    /// `ArgumentException` if they have no order.
    #[member("int Compare(T x, T y)")]
    fn compare(this: Obj<'a>, cx: &mut Cx<'a>, x: Word, y: Word) -> Result<i32, Throw> {
        (comparing_of(cx, this)?.compare)(cx, this, x, y).map(sign_of)
    }
}

/// The object of `Comparer<T>.Create`.
#[repr(C)]
pub struct ComparisonComparer<'a> {
    header: Header,
    comparison: &'a Func<'a>,
}

crate::layout!(ComparisonComparer<'a>, COMPARISON_COMPARER_DEF);

/// A comparer that asks a lambda.
#[members("internal sealed class System.Collections.Generic.ComparisonComparer<T> : Comparer<T>", as = COMPARISON_COMPARER, ops = COMPARISON_COMPARER_OPS)]
impl<'a> ComparisonComparer<'a> {}

/// The behaviour of the comparers that ask the values themselves.
pub static DEFAULT_COMPARER_OPS: Ops = Ops { comparing: Some(&DEFAULT_COMPARING), ..REFERENCE };

static DEFAULT_COMPARING: Comparing = Comparing {
    equals: |cx, comparer, x, y| words_equal(cx, compared_type(comparer), x, y),
    hash: |cx, comparer, value| word_hash(cx, compared_type(comparer), value),
    compare: |cx, comparer, x, y| words_compare(cx, compared_type(comparer), x, y),
    is_plain_equality: |_| true,
    is_plain_order: |_| true,
};

/// The behaviour of comparers that ask a lambda.
pub static COMPARISON_COMPARER_OPS: Ops = Ops { comparing: Some(&COMPARISON_COMPARING), ..REFERENCE };

static COMPARISON_COMPARING: Comparing = Comparing {
    equals: |cx, comparer, x, y| Ok(compare_by_lambda(cx, comparer, x, y)? == Ordering::Equal),
    hash: |cx, _, _| Err(raise::not_supported(cx)),
    compare: compare_by_lambda,
    is_plain_equality: |_| false,
    is_plain_order: |_| false,
};

fn compare_by_lambda<'a>(cx: &mut Cx<'a>, comparer: Obj<'a>, x: Word, y: Word) -> Result<Ordering, Throw> {
    match comparer.downcast::<ComparisonComparer<'a>>() {
        Some(comparer) => Order::Comparison(comparer.comparison).compare(cx, x, y),
        None => Err(raise::not_supported(cx)),
    }
}
