//! Arrays: `T[]` of words, and `byte[]` of bytes.
//!
//! Not here: the members of `System.Array` (`types::array`).

use std::cell::Cell;

use crate::cx::Cx;
use crate::object::{Header, Layout, Obj};
use crate::seq::Cursor;
use crate::ty::{Shape, Ty};
use crate::types::number::BYTE;
use crate::word::{Repr, Word};

/// The object of an array whose elements are words. Its layout is known to compiled code.
#[repr(C)]
pub struct Array<'a> {
    header: Header,
    items: &'a [Cell<Word>],
    /// The length of each dimension; empty for arrays of one dimension.
    pub dimensions: &'a [usize],
}

/// The object of a `byte[]`. Its layout is known to compiled code.
#[repr(C)]
pub struct Bytes<'a> {
    header: Header,
    items: &'a [Cell<u8>],
}

// SAFETY: `#[repr(C)]`, header first; arrays are made here only.
unsafe impl<'a> Layout<'a> for Array<'a> {
    fn is_layout_of(ty: Ty) -> bool {
        matches!(ty.shape, Shape::Array(_)) && !Bytes::is_layout_of(ty)
    }
}

// SAFETY: as above.
unsafe impl<'a> Layout<'a> for Bytes<'a> {
    fn is_layout_of(ty: Ty) -> bool {
        ty.element() == Some(Ty(&BYTE))
    }
}

impl<'a> Array<'a> {
    /// An array of `element`s with the words given. Never of bytes.
    #[must_use]
    pub fn new(cx: &Cx<'a>, element: Ty, words: &[Word]) -> &'a Self {
        let items = cx.arena().alloc_slice(words);
        let header = Header::new(Ty::array(element, 1));
        cx.arena().alloc(Self { header, items: Cell::from_mut(items).as_slice_of_cells(), dimensions: &[] })
    }

    /// An array of strings.
    #[must_use]
    pub fn of_strings(cx: &Cx<'a>, strings: &[crate::text::Str<'a>]) -> &'a Self {
        let words: Vec<Word> = strings.iter().map(|text| text.word()).collect();
        Self::new(cx, Ty(&crate::types::string::STRING), &words)
    }

    /// An array of more than one dimension with default elements.
    #[must_use]
    pub fn of_dimensions(cx: &Cx<'a>, element: Ty, dimensions: &[usize]) -> &'a Self {
        let items = cx.arena().alloc_filled(dimensions.iter().product(), crate::rt::default_word(element));
        let rank = u8::try_from(dimensions.len()).unwrap_or(u8::MAX);
        let dimensions = cx.arena().alloc_slice(dimensions);
        let header = Header::new(Ty::array(element, rank));
        cx.arena().alloc(Self { header, items: Cell::from_mut(items).as_slice_of_cells(), dimensions })
    }

    /// Another array of the same type, with the same dimensions and elements.
    #[must_use]
    pub fn copied(&self, cx: &Cx<'a>) -> &'a Self {
        let items = cx.arena().alloc_filled(self.items.len(), Word::ZERO);
        for (place, item) in items.iter_mut().zip(self.items) {
            *place = item.get();
        }
        let items = Cell::from_mut(items).as_slice_of_cells();
        cx.arena().alloc(Self { header: self.header, items, dimensions: self.dimensions })
    }

    /// The elements.
    #[must_use]
    pub fn items(&self) -> &'a [Cell<Word>] {
        self.items
    }

    /// The type of the elements.
    #[must_use]
    pub fn element(&self) -> Ty {
        self.header.ty.array_parts().map_or(crate::catalogue::OBJECT, |(element, _)| element)
    }
}

impl<'a> Bytes<'a> {
    /// Whether this is the type `byte[]`.
    #[must_use]
    pub fn is_bytes(ty: Ty) -> bool {
        Self::is_layout_of(ty)
    }

    /// A `byte[]` with a copy of `bytes`.
    #[must_use]
    pub fn new(cx: &Cx<'a>, bytes: &[u8]) -> &'a Self {
        let items = cx.arena().alloc_slice(bytes);
        let header = Header::new(Ty::array(Ty(&BYTE), 1));
        cx.arena().alloc(Self { header, items: Cell::from_mut(items).as_slice_of_cells() })
    }

    /// The elements.
    #[must_use]
    pub fn items(&self) -> &'a [Cell<u8>] {
        self.items
    }

    /// A copy of the bytes.
    #[must_use]
    pub fn to_vec(&self) -> Vec<u8> {
        self.items.iter().map(Cell::get).collect()
    }
}

/// An array of any one-dimensional type, for members that take `T[]`.
#[derive(Clone, Copy)]
pub enum AnyArray<'a> {
    /// Of words.
    Words(&'a Array<'a>),
    /// Of bytes.
    Bytes(&'a Bytes<'a>),
}

impl<'a> AnyArray<'a> {
    /// The array that an object is.
    #[must_use]
    pub fn of(object: Obj<'a>) -> Option<Self> {
        object.downcast::<Bytes<'a>>().map(Self::Bytes).or_else(|| object.downcast::<Array<'a>>().map(Self::Words))
    }

    /// A new array of `element`s with the words given, as bytes where it must be.
    #[must_use]
    pub fn new(cx: &Cx<'a>, element: Ty, words: &[Word]) -> Self {
        if element == Ty(&BYTE) {
            let bytes: Vec<u8> = words.iter().map(|word| word.0 as u8).collect();
            Self::Bytes(Bytes::new(cx, &bytes))
        } else {
            Self::Words(Array::new(cx, element, words))
        }
    }

    /// The array as an object.
    #[must_use]
    pub fn object(self) -> Obj<'a> {
        match self {
            Self::Words(array) => crate::object::object_of(array),
            Self::Bytes(array) => crate::object::object_of(array),
        }
    }

    /// The type of the elements.
    #[must_use]
    pub fn element(self) -> Ty {
        match self {
            Self::Words(array) => array.element(),
            Self::Bytes(_) => Ty(&BYTE),
        }
    }

    /// How many elements there are.
    #[must_use]
    pub fn len(self) -> usize {
        match self {
            Self::Words(array) => array.items.len(),
            Self::Bytes(array) => array.items.len(),
        }
    }

    /// Whether there is no element.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The element at an index.
    #[must_use]
    pub fn get(self, index: usize) -> Option<Word> {
        match self {
            Self::Words(array) => array.items.get(index).map(Cell::get),
            Self::Bytes(array) => array.items.get(index).map(|byte| Word(u64::from(byte.get()))),
        }
    }

    /// Replaces the element at an index; `None` past the end.
    pub fn set(self, index: usize, word: Word) -> Option<()> {
        match self {
            Self::Words(array) => array.items.get(index).map(|item| item.set(word)),
            Self::Bytes(array) => array.items.get(index).map(|item| item.set(word.0 as u8)),
        }
    }

    /// Whether a word may be stored: an array of classes that is used as one of a base class holds only its own.
    #[must_use]
    pub fn accepts(self, word: Word) -> bool {
        let element = self.element();
        // SAFETY: the word is of the static element type, so an object if that is a reference type.
        element.is_value_type() || is_instance_or_null(unsafe { Obj::from_address(word) }, element)
    }

    /// Gives every element the default value of its type.
    pub fn clear(self) {
        let word = crate::rt::default_word(self.element());
        for index in 0..self.len() {
            let _ = self.set(index, word);
        }
    }

    /// A walk over the elements; it sees changes.
    #[must_use]
    pub fn cursor(self) -> Cursor<'a> {
        match self {
            Self::Words(array) => Cursor::over_cells(array.items),
            Self::Bytes(array) => Cursor::over_bytes(array.items),
        }
    }

    /// A copy of the elements.
    #[must_use]
    pub fn words(self) -> Vec<Word> {
        (0..self.len()).filter_map(|index| self.get(index)).collect()
    }
}

fn is_instance_or_null(object: Option<Obj<'_>>, ty: Ty) -> bool {
    object.is_none() || crate::object::is_instance(object, ty)
}

/// Offsets of an array's parts, for compiled code.
pub mod layout {
    use super::{Array, Bytes};

    /// Where the address of the first element stands, for both kinds of arrays.
    pub const ITEMS: usize = std::mem::offset_of!(Array<'static>, items);
    /// Where the number of elements stands.
    pub const LEN: usize = ITEMS + size_of::<usize>();
    const _: () = assert!(std::mem::offset_of!(Bytes<'static>, items) == ITEMS);
}

/// How many bytes an element of a type takes in an array.
#[must_use]
pub fn element_size(element: Ty) -> usize {
    if element == Ty(&BYTE) && element.repr() == Repr::I32 { 1 } else { size_of::<Word>() }
}
