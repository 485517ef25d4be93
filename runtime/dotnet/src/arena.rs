//! Memory for the values of one request: a bump allocator with a byte budget.
//!
//! Nothing is freed before the request ends, and no destructor runs: what is allocated here owns nothing outside of
//! the arena. The few values of members that own something, such as a compiled pattern, are kept beside it until then.
//! Values that must outlive the request are copied out by `promote` of the crate that keeps them.
//!
//! Not here: the layout of objects (`object`), and what happens when the budget is passed (`cx`).

use std::alloc::Layout;
use std::cell::{Cell, RefCell};
use std::mem::MaybeUninit;
use std::ptr::NonNull;

use crate::keep::Keeper;

/// Bytes of the first chunk; large enough for a usual request, so that it never asks the system for memory.
const FIRST_CHUNK: usize = 16 * 1024;
/// Bytes that an arena keeps between two requests.
const KEPT_BYTES: usize = 256 * 1024;

/// A bump allocator. Allocation never fails and never moves what was allocated before.
pub struct Arena {
    next: Cell<*mut u8>,
    end: Cell<*mut u8>,
    chunks: RefCell<Vec<Chunk>>,
    earlier_bytes: Cell<usize>,
    budget: Cell<usize>,
    /// Holds only values that may be sent, see [`Arena::keep`].
    kept: Keeper,
}

struct Chunk {
    start: NonNull<u8>,
    layout: Layout,
}

// SAFETY: an arena is owned by one request; the pointers are into memory that it owns alone.
unsafe impl Send for Arena {}

#[expect(clippy::mut_from_ref, reason = "every allocation is fresh memory, so that no two overlap")]
impl Arena {
    /// An empty arena that reports to be over its budget once more than `budget` bytes were taken.
    #[must_use]
    pub fn new(budget: usize) -> Self {
        Self {
            next: Cell::new(std::ptr::null_mut()),
            end: Cell::new(std::ptr::null_mut()),
            chunks: RefCell::new(Vec::new()),
            earlier_bytes: Cell::new(0),
            budget: Cell::new(budget),
            kept: Keeper::default(),
        }
    }

    /// Keeps a value that has to be dropped; it is dropped when the arena is emptied.
    pub fn keep<T: Send + 'static>(&self, value: T) -> &T {
        self.kept.keep(value)
    }

    /// Moves `value` into the arena. Its destructor never runs.
    #[inline]
    pub fn alloc<T>(&self, value: T) -> &mut T {
        const { assert!(!std::mem::needs_drop::<T>(), "nothing in an arena is dropped") };
        let place = self.take(Layout::new::<T>()).cast::<T>();
        // SAFETY: `take` gives fresh memory of the layout asked for, that nothing else points to.
        unsafe {
            place.write(value);
            &mut *place.as_ptr()
        }
    }

    /// Copies `values` into the arena.
    #[inline]
    pub fn alloc_slice<T: Copy>(&self, values: &[T]) -> &mut [T] {
        let place = self.take(Layout::for_value(values)).cast::<T>();
        // SAFETY: fresh memory of the same layout as `values`, which it cannot overlap.
        unsafe {
            std::ptr::copy_nonoverlapping(values.as_ptr(), place.as_ptr(), values.len());
            std::slice::from_raw_parts_mut(place.as_ptr(), values.len())
        }
    }

    /// A slice of `len` copies of `value`.
    pub fn alloc_filled<T: Copy>(&self, len: usize, value: T) -> &mut [T] {
        let slice = self.alloc_uninit(len);
        for place in slice.iter_mut() {
            place.write(value);
        }
        // SAFETY: every element was just written.
        unsafe { std::slice::from_raw_parts_mut(slice.as_mut_ptr().cast(), slice.len()) }
    }

    /// A slice of `len` values, each made from its index. Their destructors never run.
    pub fn alloc_from<T>(&self, len: usize, mut make: impl FnMut(usize) -> T) -> &mut [T] {
        const { assert!(!std::mem::needs_drop::<T>(), "nothing in an arena is dropped") };
        // As for `alloc_uninit`: whoever can be asked for such a length checks it first.
        let layout = Layout::array::<T>(len).unwrap_or_else(|_| panic!("an array of {len} elements"));
        let place = self.take(layout).cast::<T>();
        for index in 0..len {
            let value = make(index);
            // SAFETY: fresh memory for `len` values.
            unsafe { place.add(index).write(value) };
        }
        // SAFETY: every value was just written.
        unsafe { std::slice::from_raw_parts_mut(place.as_ptr(), len) }
    }

    /// Room for `len` values, to be written by the caller.
    pub fn alloc_uninit<T: Copy>(&self, len: usize) -> &mut [MaybeUninit<T>] {
        // A length beyond what memory can hold cannot be served at all; the members that can be asked for such a
        // length check it against the budget first.
        let layout = Layout::array::<T>(len).unwrap_or_else(|_| panic!("an array of {len} elements"));
        let place = self.take(layout).cast();
        // SAFETY: fresh memory for `len` values that need not be initialised.
        unsafe { std::slice::from_raw_parts_mut(place.as_ptr(), len) }
    }

    /// Bytes taken since the arena was made or reset, rounding included.
    #[must_use]
    pub fn used(&self) -> usize {
        let chunks = self.chunks.borrow();
        let current = chunks.last().map_or(0, |chunk| self.next.get() as usize - chunk.start.as_ptr() as usize);
        self.earlier_bytes.get() + current
    }

    /// Whether more than the budget was taken. Exact once a chunk is full, and for large requests at once.
    #[must_use]
    pub fn is_over_budget(&self) -> bool {
        self.earlier_bytes.get() > self.budget.get()
    }

    /// Whether `bytes` more would fit the budget.
    #[must_use]
    pub fn has_room(&self, bytes: usize) -> bool {
        self.used().saturating_add(bytes) <= self.budget.get()
    }

    /// Empties the arena and keeps its first chunk for the next request.
    pub fn reset(&mut self, budget: usize) {
        self.kept.clear();
        let chunks = self.chunks.get_mut();
        let largest = chunks.iter().enumerate().filter(|(_, c)| c.layout.size() <= KEPT_BYTES);
        let keep = largest.max_by_key(|(_, c)| c.layout.size()).map(|(index, _)| index);
        if let Some(keep) = keep {
            chunks.swap(0, keep);
            for chunk in chunks.drain(1..) {
                chunk.free();
            }
        } else {
            for chunk in chunks.drain(..) {
                chunk.free();
            }
        }
        let (start, size) = chunks.first().map_or((std::ptr::null_mut(), 0), |c| (c.start.as_ptr(), c.layout.size()));
        if cfg!(debug_assertions) && !start.is_null() {
            // SAFETY: the chunk is ours and nothing refers into it any more.
            unsafe { start.write_bytes(0xDD, size) };
        }
        self.next.set(start);
        // SAFETY: one past the end of the chunk, or null plus nothing.
        self.end.set(unsafe { start.add(size) });
        self.earlier_bytes.set(0);
        self.budget.set(budget);
    }

    #[inline]
    fn take(&self, layout: Layout) -> NonNull<u8> {
        let next = self.next.get() as usize;
        let aligned = (next + layout.align() - 1) & !(layout.align() - 1);
        match aligned.checked_add(layout.size()) {
            Some(after) if after <= self.end.get() as usize && next != 0 => {
                let place = self.next.get().wrapping_add(aligned - next);
                self.next.set(self.next.get().wrapping_add(after - next));
                // SAFETY: inside the current chunk, which does not start at address 0.
                unsafe { NonNull::new_unchecked(place) }
            }
            _ => self.take_from_new_chunk(layout),
        }
    }

    #[cold]
    fn take_from_new_chunk(&self, layout: Layout) -> NonNull<u8> {
        let used = self.used();
        let mut chunks = self.chunks.borrow_mut();
        let doubled = chunks.last().map_or(FIRST_CHUNK, |chunk| chunk.layout.size().saturating_mul(2));
        let size = doubled.min(1024 * 1024).max(layout.size().saturating_add(layout.align()));
        let chunk = Chunk::new(size);
        self.earlier_bytes.set(used);
        self.next.set(chunk.start.as_ptr());
        // SAFETY: one past the end of the chunk.
        self.end.set(unsafe { chunk.start.as_ptr().add(size) });
        if used.saturating_add(layout.size()) > self.budget.get() {
            // Counted at once, so that a single large value is noticed before the chunk is full.
            self.earlier_bytes.set(used.saturating_add(layout.size()));
        }
        chunks.push(chunk);
        drop(chunks);
        self.take(layout)
    }
}

impl Drop for Arena {
    fn drop(&mut self) {
        for chunk in self.chunks.get_mut().drain(..) {
            chunk.free();
        }
    }
}

impl Chunk {
    fn new(size: usize) -> Self {
        let Ok(layout) = Layout::from_size_align(size, 16) else { panic!("a chunk of {size} bytes") };
        // SAFETY: the size is not zero.
        let Some(start) = NonNull::new(unsafe { std::alloc::alloc(layout) }) else {
            std::alloc::handle_alloc_error(layout)
        };
        Self { start, layout }
    }

    fn free(self) {
        // SAFETY: allocated with this layout by `new`, freed once because `self` is taken.
        unsafe { std::alloc::dealloc(self.start.as_ptr(), self.layout) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_where_they_are_and_keep_their_alignment() {
        let arena = Arena::new(1 << 20);
        let mut seen = Vec::new();
        for n in 0..10_000_u64 {
            arena.alloc(1_u8);
            let value = arena.alloc(n);
            assert_eq!(std::ptr::from_ref(value) as usize % 8, 0);
            seen.push(std::ptr::from_ref(value));
        }
        // SAFETY: the arena is alive, and nothing else refers to these values.
        assert!(seen.iter().enumerate().all(|(n, value)| unsafe { **value } == n as u64));
        assert!(arena.used() >= 160_000);
    }

    #[test]
    fn a_large_value_passes_the_budget_at_once() {
        let arena = Arena::new(100_000);
        arena.alloc_filled(50_000, 0_u8);
        assert!(!arena.is_over_budget());
        arena.alloc_filled(60_000, 0_u8);
        assert!(arena.is_over_budget());
    }

    #[test]
    fn reset_keeps_one_chunk_and_forgets_the_rest() {
        let mut arena = Arena::new(usize::MAX);
        arena.alloc_filled(3_000_000, 7_u8);
        arena.alloc(1_u64);
        arena.reset(1000);
        assert_eq!(arena.used(), 0);
        assert!(!arena.is_over_budget());
        assert_eq!(*arena.alloc(5_u32), 5);
    }
}
