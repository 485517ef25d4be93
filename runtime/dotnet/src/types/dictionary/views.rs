//! The views of a dictionary's keys and values: `Keys` and `Values`.

use dotnet_macros::members;

use super::Dictionary;
use crate::collection::{Collection, READ_ONLY};
use crate::cx::Cx;
use crate::object::{Header, Obj, Ops, REFERENCE, on};
use crate::rt::Enumerator;
use crate::seq::Cursor;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::collection_interface::copy_elements;
use crate::types::raise;

/// Declares a view.
macro_rules! view {
    ($name:ident, $table:ident, $def:ident, $ops:ident, $collection:ident, $declaration:literal, $construct:literal,
     $walk_type:literal, $copy:literal, $docs:literal, $element:ident, |$key:ident, $value:ident| $part:expr,
     $refuse:path, $contains:expr) => {
        #[doc = concat!("The object of a view: ", $docs)]
        #[repr(C)]
        pub struct $name<'a> {
            header: Header,
            dictionary: &'a Dictionary<'a>,
        }

        crate::layout!($name<'a>, $def);

        impl<'a> $name<'a> {
            /// The view of a dictionary.
            #[must_use]
            pub fn of(cx: &Cx<'a>, dictionary: &'a Dictionary<'a>) -> &'a Self {
                let types = [dictionary.key_type(), dictionary.value_type()];
                let header = Header::new(Ty::construct(&$def, &types));
                cx.arena().alloc(Self { header, dictionary })
            }

            fn cursor(&self, cx: &Cx<'a>) -> Cursor<'a> {
                self.dictionary.walk(cx, |_, $key, $value| $part)
            }
        }

        #[doc = $docs]
        #[members($declaration, as = $table, ops = $ops)]
        impl<'a> $name<'a> {
            /// The view of a dictionary.
            #[member($construct)]
            fn construct(cx: &mut Cx<'a>, dictionary: &'a Dictionary<'a>, _ty: Ty) -> &'a Self {
                Self::of(cx, dictionary)
            }

            /// How many there are.
            #[member("int Count { get; }")]
            fn count(&'a self) -> i32 {
                self.dictionary.count()
            }

            /// Copies all to an array, from an index of it on.
            ///
            /// # Throws
            /// `ArgumentException` if the array is too short.
            #[member($copy)]
            fn copy_to(this: Obj<'a>, cx: &mut Cx<'a>, array: Obj<'a>, index: i32) -> Result<(), Throw> {
                copy_elements(cx, this, array, index, "index")
            }

            /// A walk that stands before the first one.
            #[member($walk_type)]
            fn get_enumerator(&'a self, cx: &mut Cx<'a>) -> &'a Enumerator<'a> {
                Enumerator::new(cx, self.dictionary.$element(), self.cursor(cx))
            }
        }

        #[doc = concat!("The behaviour of a view: ", $docs)]
        pub static $ops: Ops = Ops {
            elements: Some(|cx, object, _| on::<$name<'_>, _>(cx, object, |view, cx| Ok(view.cursor(cx)))),
            count: Some(|object| object.downcast::<$name<'_>>().map_or(0, |view| view.dictionary.len())),
            collection: Some(&$collection),
            ..REFERENCE
        };

        static $collection: Collection = Collection {
            add: |cx, _, _| Err($refuse(cx)),
            clear: |cx, _| Err($refuse(cx)),
            remove: |cx, _, _| Err($refuse(cx)),
            contains: |cx, object, word| {
                on::<$name<'_>, _>(cx, object, |view, cx| $contains(view.dictionary, cx, word))
            },
            ..READ_ONLY
        };
    };
}

view!(
    Keys,
    KEYS,
    KEYS_DEF,
    KEYS_OPS,
    KEYS_COLLECTION,
    "public sealed class System.Collections.Generic.Dictionary.KeyCollection<TKey, TValue> : ICollection<TKey>, IReadOnlyCollection<TKey>, System.Collections.ICollection",
    "KeyCollection(Dictionary<TKey, TValue> dictionary)",
    "IEnumerator<TKey> GetEnumerator()",
    "void CopyTo(TKey[] array, int index)",
    "The keys of a dictionary.",
    key_type,
    |key, _value| key,
    raise::key_collection,
    Dictionary::contains_key
);

view!(
    Values,
    VALUES,
    VALUES_DEF,
    VALUES_OPS,
    VALUES_COLLECTION,
    "public sealed class System.Collections.Generic.Dictionary.ValueCollection<TKey, TValue> : ICollection<TValue>, IReadOnlyCollection<TValue>, System.Collections.ICollection",
    "ValueCollection(Dictionary<TKey, TValue> dictionary)",
    "IEnumerator<TValue> GetEnumerator()",
    "void CopyTo(TValue[] array, int index)",
    "The values of a dictionary.",
    value_type,
    |_key, value| value,
    raise::value_collection,
    Dictionary::contains_value
);
