//! The interfaces of collections.

use dotnet_macros::members;

macro_rules! interfaces {
    ($($name:ident, $ty:ident, $declaration:literal, $docs:literal;)*) => {$(
        #[doc = concat!("The members of `", $declaration, "`.")]
        pub struct $ty;

        #[doc = $docs]
        #[members($declaration, as = $name)]
        impl<'a> $ty {}
    )*};
}

interfaces! {
    COLLECTION, CollectionType, "public interface System.Collections.Generic.ICollection<T> : IEnumerable<T>",
        "Elements that can be counted, added and removed.";
    ENUMERABLE, EnumerableType, "public interface System.Collections.Generic.IEnumerable<out T> : IEnumerable",
        "Elements that can be walked.";
    LIST, ListType, "public interface System.Collections.Generic.IList<T> : ICollection<T>",
        "Elements that are found by their position.";
    READ_ONLY_COLLECTION, ReadOnlyCollectionType,
        "public interface System.Collections.Generic.IReadOnlyCollection<out T> : IEnumerable<T>",
        "Elements that can be counted.";
    READ_ONLY_LIST, ReadOnlyListType,
        "public interface System.Collections.Generic.IReadOnlyList<out T> : IReadOnlyCollection<T>",
        "Elements that are found by their position and cannot be changed.";
    UNTYPED_ENUMERABLE, UntypedEnumerableType, "public interface System.Collections.IEnumerable",
        "Elements of any type that can be walked.";
}
