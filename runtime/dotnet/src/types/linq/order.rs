//! `OrderBy` and `ThenBy`.
//!
//! Not here: sorting itself (`order`).

use std::cmp::Ordering;

use dotnet_macros::members;

use super::Enumerable;
use crate::catalogue::OBJECT;
use crate::cx::Cx;
use crate::func::Func;
use crate::object::{Header, Obj, Ops, REFERENCE};
use crate::order::{Order, stable_sort};
use crate::rt::scalar_of;
use crate::seq::Cursor;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::raise;
use crate::word::{Role, Word};

/// The object of a sequence that is walked in an order.
#[repr(C)]
pub struct Ordered<'a> {
    header: Header,
    /// The elements.
    pub(super) source: Obj<'a>,
    /// What they are ordered by, the most important first.
    keys: &'a [Key<'a>],
}

crate::layout!(Ordered<'a>, ORDERED_DEF);

/// What elements are ordered by.
#[derive(Clone, Copy)]
struct Key<'a> {
    selector: &'a Func<'a>,
    order: Order<'a>,
    is_descending: bool,
}

impl Key<'_> {
    fn directed(&self, order: Ordering) -> Ordering {
        if self.is_descending { order.reverse() } else { order }
    }
}

/// The members of `IOrderedEnumerable<T>`.
pub struct OrderedInterface;

/// Elements that are walked in an order, which `ThenBy` can refine.
#[members("public interface System.Linq.IOrderedEnumerable<out TElement> : IEnumerable<TElement>", as = ORDERED_INTERFACE)]
impl<'a> OrderedInterface {
    /// The same elements, those that are equal in their order so far ordered by a further key.
    #[member(
        "IOrderedEnumerable<TElement> CreateOrderedEnumerable<TKey>(Func<TElement, TKey> keySelector, IComparer<TKey> comparer, bool descending)"
    )]
    fn create_ordered_enumerable(
        this: &'a Ordered<'a>,
        cx: &mut Cx<'a>,
        selector: &'a Func<'a>,
        comparer: Option<Obj<'a>>,
        descending: bool,
        key: Ty,
    ) -> &'a Ordered<'a> {
        this.then(cx, selector, comparer, descending, key)
    }
}

/// A sequence that is walked in an order.
#[members("internal sealed class System.Linq.OrderedEnumerable<TElement, TKey> : IOrderedEnumerable<TElement>", as = ORDERED, ops = ORDERED_OPS)]
impl<'a> Ordered<'a> {}

/// Operators that bring the elements into an order; equal ones keep the order they have.
#[members("System.Linq.Enumerable", group = ORDER_MEMBERS)]
impl<'a> Enumerable {
    /// The elements by what the lambda makes of them, the least first.
    #[member(
        "static IOrderedEnumerable<TSource> OrderBy<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector)"
    )]
    fn order_by(cx: &mut Cx<'a>, source: Obj<'a>, selector: &'a Func<'a>, element: Ty, key: Ty) -> &'a Ordered<'a> {
        Ordered::by(cx, source, (selector, None, false), element, key)
    }

    /// The elements by what the lambda makes of them, the least first as the comparer sees it.
    #[member(
        "static IOrderedEnumerable<TSource> OrderBy<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, IComparer<TKey> comparer)"
    )]
    fn order_by_comparer(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        selector: &'a Func<'a>,
        comparer: Option<Obj<'a>>,
        element: Ty,
        key: Ty,
    ) -> &'a Ordered<'a> {
        Ordered::by(cx, source, (selector, comparer, false), element, key)
    }

    /// The elements by what the lambda makes of them, the greatest first.
    #[member(
        "static IOrderedEnumerable<TSource> OrderByDescending<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector)"
    )]
    fn order_by_descending(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        selector: &'a Func<'a>,
        element: Ty,
        key: Ty,
    ) -> &'a Ordered<'a> {
        Ordered::by(cx, source, (selector, None, true), element, key)
    }

    /// The elements by what the lambda makes of them, the greatest first as the comparer sees it.
    #[member(
        "static IOrderedEnumerable<TSource> OrderByDescending<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, IComparer<TKey> comparer)"
    )]
    fn order_by_comparer_descending(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        selector: &'a Func<'a>,
        comparer: Option<Obj<'a>>,
        element: Ty,
        key: Ty,
    ) -> &'a Ordered<'a> {
        Ordered::by(cx, source, (selector, comparer, true), element, key)
    }

    /// The elements, those that are equal in their order so far by what the lambda makes of them, the least first.
    #[member(
        "static IOrderedEnumerable<TSource> ThenBy<TSource, TKey>(this IOrderedEnumerable<TSource> source, Func<TSource, TKey> keySelector)"
    )]
    fn then_by(
        cx: &mut Cx<'a>,
        source: &'a Ordered<'a>,
        selector: &'a Func<'a>,
        _element: Ty,
        key: Ty,
    ) -> &'a Ordered<'a> {
        source.then(cx, selector, None, false, key)
    }

    /// The elements, those that are equal in their order so far by what the lambda makes of them, the least first as the
    /// comparer sees it.
    #[member(
        "static IOrderedEnumerable<TSource> ThenBy<TSource, TKey>(this IOrderedEnumerable<TSource> source, Func<TSource, TKey> keySelector, IComparer<TKey> comparer)"
    )]
    fn then_by_comparer(
        cx: &mut Cx<'a>,
        source: &'a Ordered<'a>,
        selector: &'a Func<'a>,
        comparer: Option<Obj<'a>>,
        _element: Ty,
        key: Ty,
    ) -> &'a Ordered<'a> {
        source.then(cx, selector, comparer, false, key)
    }

    /// The elements, those that are equal in their order so far by what the lambda makes of them, the greatest first.
    #[member(
        "static IOrderedEnumerable<TSource> ThenByDescending<TSource, TKey>(this IOrderedEnumerable<TSource> source, Func<TSource, TKey> keySelector)"
    )]
    fn then_by_descending(
        cx: &mut Cx<'a>,
        source: &'a Ordered<'a>,
        selector: &'a Func<'a>,
        _element: Ty,
        key: Ty,
    ) -> &'a Ordered<'a> {
        source.then(cx, selector, None, true, key)
    }

    /// The elements, those that are equal in their order so far by what the lambda makes of them, the greatest first as the
    /// comparer sees it.
    #[member(
        "static IOrderedEnumerable<TSource> ThenByDescending<TSource, TKey>(this IOrderedEnumerable<TSource> source, Func<TSource, TKey> keySelector, IComparer<TKey> comparer)"
    )]
    fn then_by_comparer_descending(
        cx: &mut Cx<'a>,
        source: &'a Ordered<'a>,
        selector: &'a Func<'a>,
        comparer: Option<Obj<'a>>,
        _element: Ty,
        key: Ty,
    ) -> &'a Ordered<'a> {
        source.then(cx, selector, comparer, true, key)
    }
}

impl<'a> Ordered<'a> {
    fn by(
        cx: &Cx<'a>,
        source: Obj<'a>,
        (selector, comparer, is_descending): (&'a Func<'a>, Option<Obj<'a>>, bool),
        element: Ty,
        key: Ty,
    ) -> &'a Self {
        let header = Header::new(Ty::construct(&ORDERED_DEF, &[element, key]));
        let keys = cx.arena().alloc_slice(&[Key { selector, order: Order::of(key, comparer), is_descending }]);
        cx.arena().alloc(Self { header, source, keys })
    }

    fn then(
        &self,
        cx: &Cx<'a>,
        selector: &'a Func<'a>,
        comparer: Option<Obj<'a>>,
        is_descending: bool,
        key: Ty,
    ) -> &'a Self {
        let mut keys = self.keys.to_vec();
        keys.push(Key { selector, order: Order::of(key, comparer), is_descending });
        let header = Header::new(Ty::construct(&ORDERED_DEF, &[self.element(), key]));
        cx.arena().alloc(Self { header, source: self.source, keys: cx.arena().alloc_slice(&keys) })
    }

    fn element(&self) -> Ty {
        self.header.ty.0.args.first().copied().unwrap_or(OBJECT)
    }

    /// The first element in the order.
    pub(super) fn first(&self, cx: &mut Cx<'a>) -> Result<Option<Word>, Throw> {
        self.extreme(cx, |order| order == Ordering::Less)
    }

    /// The last element in the order.
    pub(super) fn last(&self, cx: &mut Cx<'a>) -> Result<Option<Word>, Throw> {
        self.extreme(cx, |order| order != Ordering::Less)
    }

    /// The element that no later one takes the place of; `takes_place` decides by its order against the one so far.
    fn extreme(&self, cx: &mut Cx<'a>, takes_place: impl Fn(Ordering) -> bool) -> Result<Option<Word>, Throw> {
        let rows = Rows::of(cx, self)?;
        let mut best = 0;
        for row in 1..rows.words.len() {
            let row = row as u32;
            if takes_place(rows.compare(cx, row, best)?) {
                best = row;
            }
        }
        Ok(rows.words.get(best as usize).copied())
    }

    fn sorted(&self, cx: &mut Cx<'a>) -> Result<Vec<Word>, Throw> {
        let rows = Rows::of(cx, self)?;
        let mut order: Vec<u32> = (0..).take(rows.words.len()).collect();
        match rows.ranks() {
            Some(ranks) => order.sort_unstable_by_key(|row| (ranks.get(*row as usize).copied(), *row)),
            None => stable_sort(cx, &mut order, |cx, a, b| rows.compare(cx, a, b))
                .map_err(|_| raise::failed_comparison(cx))?,
        }
        Ok(order.into_iter().filter_map(|row| rows.words.get(row as usize).copied()).collect())
    }
}

/// The elements of a sequence with what the lambdas make of them.
struct Rows<'a> {
    words: Vec<Word>,
    /// One word for each element, for each key.
    columns: Vec<Vec<Word>>,
    keys: &'a [Key<'a>],
}

impl<'a> Rows<'a> {
    fn of(cx: &mut Cx<'a>, ordered: &Ordered<'a>) -> Result<Self, Throw> {
        let words = ordered.source.elements(cx, ordered.element())?.collect(cx)?;
        let mut columns = Vec::with_capacity(ordered.keys.len());
        for key in ordered.keys {
            let column: Result<Vec<Word>, Throw> = words.iter().map(|word| key.selector.call1(cx, *word)).collect();
            columns.push(column?);
        }
        Ok(Self { words, columns, keys: ordered.keys })
    }

    fn compare(&self, cx: &mut Cx<'a>, a: u32, b: u32) -> Result<Ordering, Throw> {
        for (key, column) in self.keys.iter().zip(&self.columns) {
            let word = |row: u32| column.get(row as usize).copied().unwrap_or_default();
            match key.order.compare(cx, word(a), word(b))? {
                Ordering::Equal => {}
                order => return Ok(key.directed(order)),
            }
        }
        Ok(Ordering::Equal)
    }

    /// For a single key of numbers, numbers in the same order that Rust can compare.
    fn ranks(&self) -> Option<Vec<u64>> {
        let ([key], [column]) = (self.keys, self.columns.as_slice()) else { return None };
        let rank: fn(Word) -> u64 = match key.order {
            Order::Signed32 => |word| u64::from((scalar_of::<i32>(word) as u32) ^ (1 << 31)),
            Order::Unsigned32 => |word| u64::from(word.0 as u32),
            Order::Signed64 => |word| word.0 ^ (1 << 63),
            Order::Unsigned64 => |word| word.0,
            Order::Date => |word| word.0 << 2,
            Order::Single => |word| float_rank(f64::from(scalar_of::<f32>(word))),
            Order::Double => |word| float_rank(scalar_of(word)),
            Order::Objects | Order::Comparer(..) | Order::Comparison(_) => return None,
        };
        let directed = |word: &Word| if key.is_descending { !rank(*word) } else { rank(*word) };
        Some(column.iter().map(directed).collect())
    }
}

/// A number with the place of another among floating-point numbers: NaN first, both zeros together.
fn float_rank(value: f64) -> u64 {
    if value.is_nan() {
        return 0;
    }
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 0 { bits | 1 << 63 } else { !bits }
}

/// The behaviour of sequences that are walked in an order.
pub static ORDERED_OPS: Ops = Ops {
    elements: Some(|cx, object, _| match object.downcast::<Ordered<'_>>() {
        Some(ordered) => {
            let words = cx.deeper(|cx| ordered.sorted(cx))?;
            cx.reserve(words.len() * size_of::<Word>())?;
            Ok(Cursor::over(cx.arena().alloc_slice(&words)))
        }
        None => Err(cx.throw_null(Role::Receiver)),
    }),
    ..REFERENCE
};
