//! Structs that are too large for a word: their values are objects that nobody changes.

/// Declares the object of a struct and how Rust values of the struct become words and come from them.
///
/// `struct_value!(DecimalObj, Decimal, DECIMAL, DECIMAL_DEF, Decimal::ZERO)` makes the layout `DecimalObj` of objects
/// with a field `value`, and its static `DEFAULT`. A word 0 is taken for the default value, so that memory which was
/// only cleared holds valid values.
macro_rules! struct_value {
    ($object:ident, $value:ty, $ty:ident, $def:ident, $default:expr) => {
        #[doc = concat!("The object of a `", stringify!($value), "`.")]
        #[repr(C)]
        pub struct $object {
            header: $crate::object::Header,
            /// The value.
            pub value: $value,
        }

        $crate::layout!($object, $def);

        /// The object of the default value.
        pub static DEFAULT: $object =
            $object { header: $crate::object::Header { ty: $crate::ty::Ty(&$ty) }, value: $default };

        impl $object {
            /// An object of a value that lives as long as its owner; for static tables.
            #[must_use]
            pub const fn new(value: $value) -> Self {
                Self { header: $crate::object::Header { ty: $crate::ty::Ty(&$ty) }, value }
            }

            /// The word of the default value.
            #[must_use]
            pub fn default_word(_: $crate::ty::Ty) -> $crate::word::Word {
                $crate::word::Word(std::ptr::from_ref(&DEFAULT) as u64)
            }

            /// The value that an object is, if it is one of these.
            #[must_use]
            pub fn value_of(object: $crate::object::Obj<'_>) -> Option<$value> {
                object.downcast::<Self>().map(|object| object.value)
            }
        }

        // SAFETY: a word of the type is 0 or the address of such an object.
        unsafe impl<'a> $crate::word::FromWord<'a> for $value {
            const REPR: $crate::word::Repr = $crate::word::Repr::Ref;
            #[inline]
            unsafe fn from_word(
                word: $crate::word::Word,
                _: &mut $crate::cx::Cx<'a>,
                _: $crate::word::Role,
            ) -> Result<Self, $crate::throw::Throw> {
                // SAFETY: as above.
                let object = unsafe { (word.0 as *const $object).as_ref() };
                Ok(object.map_or($default, |object| object.value))
            }
        }

        // SAFETY: a word of the nullable type that is not 0 is the address of such an object.
        unsafe impl<'a> $crate::object::NotNull<'a> for $value {
            #[inline]
            unsafe fn from_not_null(word: $crate::word::Word) -> Self {
                // SAFETY: as above.
                unsafe { &*(word.0 as *const $object) }.value
            }
        }

        impl<'a> $crate::word::IntoWord<'a> for $value {
            const REPR: $crate::word::Repr = $crate::word::Repr::Ref;
            #[inline]
            fn into_word(self, cx: &mut $crate::cx::Cx<'a>) -> $crate::word::Word {
                let object: &$object = cx.arena().alloc($object::new(self));
                $crate::word::Word(std::ptr::from_ref(object) as u64)
            }
        }

        impl<'a> $crate::object::IntoReference<'a> for $value {
            fn into_reference(self, cx: &mut $crate::cx::Cx<'a>) -> $crate::word::Word {
                $crate::word::IntoWord::into_word(self, cx)
            }
        }
    };
}

pub(crate) use struct_value;
