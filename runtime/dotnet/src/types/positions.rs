//! Searching and reordering elements that are found by their position: what arrays and lists have in common.
//!
//! Not here: sorting (`order`).

use std::ops::Range;

use crate::array::AnyArray;
use crate::cx::Cx;
use crate::equality::Equality;
use crate::func::Func;
use crate::order::Order;
use crate::throw::Throw;
use crate::types::raise;
use crate::word::Word;

/// Elements that are found by their position, as they are at the time of the call.
pub trait Indexed<'a>: Copy {
    /// How many there are.
    fn count(self) -> usize;
    /// The element at an index.
    fn at(self, index: usize) -> Option<Word>;
    /// Replaces the element at an index; nothing happens past the end.
    fn put(self, index: usize, word: Word);
}

impl<'a> Indexed<'a> for AnyArray<'a> {
    fn count(self) -> usize {
        self.len()
    }
    fn at(self, index: usize) -> Option<Word> {
        self.get(index)
    }
    fn put(self, index: usize, word: Word) {
        let _ = self.set(index, word);
    }
}

/// An index as .NET gives it; -1 for none.
#[must_use]
pub fn index_or_none(found: Option<usize>) -> i32 {
    found.map_or(-1, |index| i32::try_from(index).unwrap_or(i32::MAX))
}

/// The part that `index` and `length` name.
///
/// # Errors
/// `ArgumentOutOfRangeException` if one is negative, `ArgumentException` if the part reaches past `total`.
pub fn part(
    cx: &mut Cx<'_>,
    total: usize,
    (index, index_name): (i32, &str),
    (length, length_name): (i32, &str),
) -> Result<Range<usize>, Throw> {
    let Ok(start) = usize::try_from(index) else { return Err(raise::negative(cx, index_name)) };
    let Ok(length) = usize::try_from(length) else { return Err(raise::negative(cx, length_name)) };
    if start > total || length > total - start {
        return Err(raise::offset_and_length(cx));
    }
    Ok(start..start + length)
}

/// The part to search forwards that a start and maybe a count name.
///
/// # Errors
/// `ArgumentOutOfRangeException` if the start lies past the end or the count reaches past it.
pub fn forward_part(
    cx: &mut Cx<'_>,
    total: usize,
    (start, start_name): (i32, &str),
    count: Option<i32>,
) -> Result<Range<usize>, Throw> {
    let Some(start) = usize::try_from(start).ok().filter(|start| *start <= total) else {
        return Err(raise::index(cx, start_name));
    };
    let Some(count) = count else { return Ok(start..total) };
    match usize::try_from(count).ok().filter(|count| *count <= total - start) {
        Some(count) => Ok(start..start + count),
        None => Err(raise::count(cx, "count")),
    }
}

/// The part to search backwards that its last index and maybe a count name.
///
/// # Errors
/// `ArgumentOutOfRangeException` if the index is that of no element, or the count reaches before the first.
pub fn backward_part(
    cx: &mut Cx<'_>,
    total: usize,
    (last, last_name): (i32, &str),
    count: Option<i32>,
) -> Result<Range<usize>, Throw> {
    let count_is_none = count.is_none_or(|count| count == 0);
    if total == 0 && (last == -1 || last == 0) && count_is_none {
        return Ok(0..0);
    }
    let Some(last) = usize::try_from(last).ok().filter(|last| *last < total) else {
        return Err(raise::index(cx, last_name));
    };
    let Some(count) = count else { return Ok(0..last + 1) };
    match usize::try_from(count).ok().filter(|count| *count <= last + 1) {
        Some(count) => Ok(last + 1 - count..last + 1),
        None => Err(raise::count(cx, "count")),
    }
}

/// The part that `FindLastIndex` searches: as [`backward_part`], but where there is no element it takes the index -1 only.
///
/// # Errors
/// As [`backward_part`].
pub fn part_before(cx: &mut Cx<'_>, total: usize, start_index: i32, count: Option<i32>) -> Result<Range<usize>, Throw> {
    if total == 0 && start_index != -1 {
        return Err(raise::index(cx, "startIndex"));
    }
    backward_part(cx, total, (start_index, "startIndex"), count)
}

/// The index of the first element that is equal to a word.
///
/// # Errors
/// What `Equals` throws.
pub fn index_of<'a>(
    cx: &mut Cx<'a>,
    items: impl Indexed<'a>,
    part: Range<usize>,
    equality: Equality<'a>,
    sought: Word,
) -> Result<i32, Throw> {
    for index in part {
        let Some(word) = items.at(index) else { break };
        if equality.equal(cx, word, sought)? {
            return Ok(index_or_none(Some(index)));
        }
    }
    Ok(-1)
}

/// The index of the last element that is equal to a word.
///
/// # Errors
/// What `Equals` throws.
pub fn last_index_of<'a>(
    cx: &mut Cx<'a>,
    items: impl Indexed<'a>,
    part: Range<usize>,
    equality: Equality<'a>,
    sought: Word,
) -> Result<i32, Throw> {
    for index in part.rev() {
        let Some(word) = items.at(index) else { break };
        if equality.equal(cx, word, sought)? {
            return Ok(index_or_none(Some(index)));
        }
    }
    Ok(-1)
}

/// The index of the first element that a lambda accepts. Elements that it appends are seen if `part` reaches that far.
///
/// # Errors
/// What the lambda throws.
pub fn find_index<'a>(
    cx: &mut Cx<'a>,
    items: impl Indexed<'a>,
    part: Range<usize>,
    accepts: &'a Func<'a>,
) -> Result<Option<usize>, Throw> {
    for index in part {
        let Some(word) = items.at(index) else { break };
        if accepts.test1(cx, word)? {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

/// The index of the last element that a lambda accepts.
///
/// # Errors
/// What the lambda throws.
pub fn find_last_index<'a>(
    cx: &mut Cx<'a>,
    items: impl Indexed<'a>,
    part: Range<usize>,
    accepts: &'a Func<'a>,
) -> Result<Option<usize>, Throw> {
    for index in part.rev() {
        let Some(word) = items.at(index) else { continue };
        if accepts.test1(cx, word)? {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

/// All elements that a lambda accepts.
///
/// # Errors
/// What the lambda throws, and the limit of memory.
pub fn find_all<'a>(cx: &mut Cx<'a>, items: impl Indexed<'a>, accepts: &'a Func<'a>) -> Result<Vec<Word>, Throw> {
    let mut found = Vec::new();
    let mut index = 0;
    while let Some(word) = items.at(index) {
        if accepts.test1(cx, word)? {
            found.push(word);
        }
        index += 1;
    }
    Ok(found)
}

/// Turns the order of a part round.
pub fn reverse<'a>(items: impl Indexed<'a>, part: Range<usize>) {
    let (mut low, mut high) = (part.start, part.end);
    while low + 1 < high {
        high -= 1;
        if let (Some(first), Some(last)) = (items.at(low), items.at(high)) {
            items.put(low, last);
            items.put(high, first);
        }
        low += 1;
    }
}

/// Sorts a part, as far as it gets if a comparison throws.
///
/// # Errors
/// As [`crate::order::introsort`].
pub fn sort<'a>(cx: &mut Cx<'a>, items: impl Indexed<'a>, part: Range<usize>, order: Order<'a>) -> Result<(), Throw> {
    let mut words: Vec<Word> = part.clone().filter_map(|index| items.at(index)).collect();
    let sorted = crate::order::introsort(cx, &mut words, &mut [], order);
    for (index, word) in part.zip(words) {
        items.put(index, word);
    }
    sorted
}

/// The index of a word in a sorted part; if it is not there, the complement of the index where it would stand.
///
/// # Errors
/// `InvalidOperationException` around what a comparison throws.
pub fn binary_search<'a>(
    cx: &mut Cx<'a>,
    items: impl Indexed<'a>,
    part: Range<usize>,
    order: Order<'a>,
    sought: Word,
) -> Result<i32, Throw> {
    let (mut low, mut high) = (part.start, part.end);
    while low < high {
        let middle = low + (high - 1 - low) / 2;
        let Some(word) = items.at(middle) else { break };
        match order.compare(cx, word, sought).map_err(|_| raise::failed_comparison(cx))? {
            std::cmp::Ordering::Equal => return Ok(index_or_none(Some(middle))),
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    Ok(!index_or_none(Some(low)))
}
