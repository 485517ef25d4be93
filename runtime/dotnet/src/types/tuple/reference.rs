//! The tuple classes: `System.Tuple<T1>` to `System.Tuple<T1, …, TRest>`.
//!
//! Not here: what all tuples do (`tuple`), and `Tuple.Create` (`create`).

use dotnet_macros::members;

use super::TUPLE_OPS;
use crate::cx::Cx;
use crate::object::Header;
use crate::ty::Ty;
use crate::word::Word;

/// Declares the tuple classes: a field for each item.
macro_rules! tuples {
    ($($object:ident, $name:ident, $def:ident, $declaration:literal, $construct:literal,
       [$(($field:ident, $constant:ident, $get:literal, $docs:literal)),+];)*) => {$(
        #[doc = concat!("The object of a tuple: `", $declaration, "`.")]
        #[repr(C)]
        pub struct $object {
            header: Header,
            $(#[doc = $docs] $field: Word,)+
        }

        crate::layout!($object, $def);

        /// Values that belong together.
        #[members($declaration, as = $name, ops = TUPLE_OPS)]
        impl<'a> $object {
            /// A tuple of these items.
            #[member($construct)]
            pub(super) fn construct(cx: &mut Cx<'a>, $($field: Word,)+ ty: Ty) -> &'a Self {
                cx.arena().alloc(Self { header: Header::new(ty), $($field),+ })
            }

            $(
                #[doc = $docs]
                #[member($get, pure, field = $field)]
                const $constant: () = ();
            )+
        }
    )*};
}

tuples! {
    Tuple1, TUPLE_1, TUPLE_1_DEF,
        "public class System.Tuple<T1> : IComparable",
        "Tuple(T1 item1)",
        [(item1, ITEM1, "T1 Item1 { get; }", "Item 1.")];
    Tuple2, TUPLE_2, TUPLE_2_DEF,
        "public class System.Tuple<T1, T2> : IComparable",
        "Tuple(T1 item1, T2 item2)",
        [(item1, ITEM1, "T1 Item1 { get; }", "Item 1."), (item2, ITEM2, "T2 Item2 { get; }", "Item 2.")];
    Tuple3, TUPLE_3, TUPLE_3_DEF,
        "public class System.Tuple<T1, T2, T3> : IComparable",
        "Tuple(T1 item1, T2 item2, T3 item3)",
        [(item1, ITEM1, "T1 Item1 { get; }", "Item 1."), (item2, ITEM2, "T2 Item2 { get; }", "Item 2."), (item3, ITEM3, "T3 Item3 { get; }", "Item 3.")];
    Tuple4, TUPLE_4, TUPLE_4_DEF,
        "public class System.Tuple<T1, T2, T3, T4> : IComparable",
        "Tuple(T1 item1, T2 item2, T3 item3, T4 item4)",
        [(item1, ITEM1, "T1 Item1 { get; }", "Item 1."), (item2, ITEM2, "T2 Item2 { get; }", "Item 2."), (item3, ITEM3, "T3 Item3 { get; }", "Item 3."), (item4, ITEM4, "T4 Item4 { get; }", "Item 4.")];
    Tuple5, TUPLE_5, TUPLE_5_DEF,
        "public class System.Tuple<T1, T2, T3, T4, T5> : IComparable",
        "Tuple(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5)",
        [(item1, ITEM1, "T1 Item1 { get; }", "Item 1."), (item2, ITEM2, "T2 Item2 { get; }", "Item 2."), (item3, ITEM3, "T3 Item3 { get; }", "Item 3."), (item4, ITEM4, "T4 Item4 { get; }", "Item 4."), (item5, ITEM5, "T5 Item5 { get; }", "Item 5.")];
    Tuple6, TUPLE_6, TUPLE_6_DEF,
        "public class System.Tuple<T1, T2, T3, T4, T5, T6> : IComparable",
        "Tuple(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6)",
        [(item1, ITEM1, "T1 Item1 { get; }", "Item 1."), (item2, ITEM2, "T2 Item2 { get; }", "Item 2."), (item3, ITEM3, "T3 Item3 { get; }", "Item 3."), (item4, ITEM4, "T4 Item4 { get; }", "Item 4."), (item5, ITEM5, "T5 Item5 { get; }", "Item 5."), (item6, ITEM6, "T6 Item6 { get; }", "Item 6.")];
    Tuple7, TUPLE_7, TUPLE_7_DEF,
        "public class System.Tuple<T1, T2, T3, T4, T5, T6, T7> : IComparable",
        "Tuple(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6, T7 item7)",
        [(item1, ITEM1, "T1 Item1 { get; }", "Item 1."), (item2, ITEM2, "T2 Item2 { get; }", "Item 2."), (item3, ITEM3, "T3 Item3 { get; }", "Item 3."), (item4, ITEM4, "T4 Item4 { get; }", "Item 4."), (item5, ITEM5, "T5 Item5 { get; }", "Item 5."), (item6, ITEM6, "T6 Item6 { get; }", "Item 6."), (item7, ITEM7, "T7 Item7 { get; }", "Item 7.")];
    Tuple8, TUPLE_8, TUPLE_8_DEF,
        "public class System.Tuple<T1, T2, T3, T4, T5, T6, T7, TRest> : IComparable",
        "Tuple(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6, T7 item7, TRest rest)",
        [(item1, ITEM1, "T1 Item1 { get; }", "Item 1."), (item2, ITEM2, "T2 Item2 { get; }", "Item 2."), (item3, ITEM3, "T3 Item3 { get; }", "Item 3."), (item4, ITEM4, "T4 Item4 { get; }", "Item 4."), (item5, ITEM5, "T5 Item5 { get; }", "Item 5."), (item6, ITEM6, "T6 Item6 { get; }", "Item 6."), (item7, ITEM7, "T7 Item7 { get; }", "Item 7."), (rest, REST, "TRest Rest { get; }", "The items from the eighth on.")];
}
