//! The tuple structs: `System.ValueTuple<T1>` to `System.ValueTuple<T1, …, TRest>`.
//!
//! Not here: what all tuples do (`tuple`), and `ValueTuple.Create` (`create`).

use dotnet_macros::members;

use super::{VALUE_TUPLE_OPS, compare};
use crate::cx::Cx;
use crate::object::{Header, Obj};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::primitive::sign_of;
use crate::word::Word;

/// Declares the tuple structs: a field for each item.
macro_rules! tuples {
    ($($object:ident, $name:ident, $def:ident, $declaration:literal, $construct:literal, $equals:literal,
       $compare:literal, [$(($field:ident, $constant:ident, $get:literal, $docs:literal)),+];)*) => {$(
        #[doc = concat!("The object of a tuple: `", $declaration, "`.")]
        #[repr(C)]
        pub struct $object {
            header: Header,
            $(#[doc = $docs] $field: Word,)+
        }

        crate::layout!($object, $def);

        /// Values that belong together.
        #[members($declaration, as = $name, ops = VALUE_TUPLE_OPS)]
        impl<'a> $object {
            /// A tuple of these items.
            #[member($construct, pure)]
            pub(super) fn construct(cx: &mut Cx<'a>, $($field: Word,)+ ty: Ty) -> &'a Self {
                cx.arena().alloc(Self { header: Header::new(ty), $($field),+ })
            }

            /// Whether all items are equal.
            #[member($equals, pure)]
            fn equals(this: Obj<'a>, cx: &mut Cx<'a>, other: Obj<'a>) -> Result<bool, Throw> {
                this.equals(cx, other)
            }

            /// The order of the two by the first items that differ: negative, zero or positive.
            ///
            /// # Throws
            /// `ArgumentException` if the items have no order.
            #[member($compare, pure)]
            fn compare_to(this: Obj<'a>, cx: &mut Cx<'a>, other: Obj<'a>) -> Result<i32, Throw> {
                compare(cx, this, other).map(sign_of)
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
    ValueTuple1, VALUE_TUPLE_1, VALUE_TUPLE_1_DEF,
        "public struct System.ValueTuple<T1> : IEquatable<ValueTuple<T1>>, IComparable, IComparable<ValueTuple<T1>>",
        "ValueTuple(T1 item1)",
        "bool Equals(ValueTuple<T1> other)", "int CompareTo(ValueTuple<T1> other)",
        [(item1, ITEM1, "T1 Item1 { get; }", "Item 1.")];
    ValueTuple2, VALUE_TUPLE_2, VALUE_TUPLE_2_DEF,
        "public struct System.ValueTuple<T1, T2> : IEquatable<ValueTuple<T1, T2>>, IComparable, IComparable<ValueTuple<T1, T2>>",
        "ValueTuple(T1 item1, T2 item2)",
        "bool Equals(ValueTuple<T1, T2> other)", "int CompareTo(ValueTuple<T1, T2> other)",
        [(item1, ITEM1, "T1 Item1 { get; }", "Item 1."), (item2, ITEM2, "T2 Item2 { get; }", "Item 2.")];
    ValueTuple3, VALUE_TUPLE_3, VALUE_TUPLE_3_DEF,
        "public struct System.ValueTuple<T1, T2, T3> : IEquatable<ValueTuple<T1, T2, T3>>, IComparable, IComparable<ValueTuple<T1, T2, T3>>",
        "ValueTuple(T1 item1, T2 item2, T3 item3)",
        "bool Equals(ValueTuple<T1, T2, T3> other)", "int CompareTo(ValueTuple<T1, T2, T3> other)",
        [(item1, ITEM1, "T1 Item1 { get; }", "Item 1."), (item2, ITEM2, "T2 Item2 { get; }", "Item 2."), (item3, ITEM3, "T3 Item3 { get; }", "Item 3.")];
    ValueTuple4, VALUE_TUPLE_4, VALUE_TUPLE_4_DEF,
        "public struct System.ValueTuple<T1, T2, T3, T4> : IEquatable<ValueTuple<T1, T2, T3, T4>>, IComparable, IComparable<ValueTuple<T1, T2, T3, T4>>",
        "ValueTuple(T1 item1, T2 item2, T3 item3, T4 item4)",
        "bool Equals(ValueTuple<T1, T2, T3, T4> other)", "int CompareTo(ValueTuple<T1, T2, T3, T4> other)",
        [(item1, ITEM1, "T1 Item1 { get; }", "Item 1."), (item2, ITEM2, "T2 Item2 { get; }", "Item 2."), (item3, ITEM3, "T3 Item3 { get; }", "Item 3."), (item4, ITEM4, "T4 Item4 { get; }", "Item 4.")];
    ValueTuple5, VALUE_TUPLE_5, VALUE_TUPLE_5_DEF,
        "public struct System.ValueTuple<T1, T2, T3, T4, T5> : IEquatable<ValueTuple<T1, T2, T3, T4, T5>>, IComparable, IComparable<ValueTuple<T1, T2, T3, T4, T5>>",
        "ValueTuple(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5)",
        "bool Equals(ValueTuple<T1, T2, T3, T4, T5> other)", "int CompareTo(ValueTuple<T1, T2, T3, T4, T5> other)",
        [(item1, ITEM1, "T1 Item1 { get; }", "Item 1."), (item2, ITEM2, "T2 Item2 { get; }", "Item 2."), (item3, ITEM3, "T3 Item3 { get; }", "Item 3."), (item4, ITEM4, "T4 Item4 { get; }", "Item 4."), (item5, ITEM5, "T5 Item5 { get; }", "Item 5.")];
    ValueTuple6, VALUE_TUPLE_6, VALUE_TUPLE_6_DEF,
        "public struct System.ValueTuple<T1, T2, T3, T4, T5, T6> : IEquatable<ValueTuple<T1, T2, T3, T4, T5, T6>>, IComparable, IComparable<ValueTuple<T1, T2, T3, T4, T5, T6>>",
        "ValueTuple(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6)",
        "bool Equals(ValueTuple<T1, T2, T3, T4, T5, T6> other)", "int CompareTo(ValueTuple<T1, T2, T3, T4, T5, T6> other)",
        [(item1, ITEM1, "T1 Item1 { get; }", "Item 1."), (item2, ITEM2, "T2 Item2 { get; }", "Item 2."), (item3, ITEM3, "T3 Item3 { get; }", "Item 3."), (item4, ITEM4, "T4 Item4 { get; }", "Item 4."), (item5, ITEM5, "T5 Item5 { get; }", "Item 5."), (item6, ITEM6, "T6 Item6 { get; }", "Item 6.")];
    ValueTuple7, VALUE_TUPLE_7, VALUE_TUPLE_7_DEF,
        "public struct System.ValueTuple<T1, T2, T3, T4, T5, T6, T7> : IEquatable<ValueTuple<T1, T2, T3, T4, T5, T6, T7>>, IComparable, IComparable<ValueTuple<T1, T2, T3, T4, T5, T6, T7>>",
        "ValueTuple(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6, T7 item7)",
        "bool Equals(ValueTuple<T1, T2, T3, T4, T5, T6, T7> other)", "int CompareTo(ValueTuple<T1, T2, T3, T4, T5, T6, T7> other)",
        [(item1, ITEM1, "T1 Item1 { get; }", "Item 1."), (item2, ITEM2, "T2 Item2 { get; }", "Item 2."), (item3, ITEM3, "T3 Item3 { get; }", "Item 3."), (item4, ITEM4, "T4 Item4 { get; }", "Item 4."), (item5, ITEM5, "T5 Item5 { get; }", "Item 5."), (item6, ITEM6, "T6 Item6 { get; }", "Item 6."), (item7, ITEM7, "T7 Item7 { get; }", "Item 7.")];
    ValueTuple8, VALUE_TUPLE_8, VALUE_TUPLE_8_DEF,
        "public struct System.ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> : IEquatable<ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>>, IComparable, IComparable<ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>>",
        "ValueTuple(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6, T7 item7, TRest rest)",
        "bool Equals(ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> other)", "int CompareTo(ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> other)",
        [(item1, ITEM1, "T1 Item1 { get; }", "Item 1."), (item2, ITEM2, "T2 Item2 { get; }", "Item 2."), (item3, ITEM3, "T3 Item3 { get; }", "Item 3."), (item4, ITEM4, "T4 Item4 { get; }", "Item 4."), (item5, ITEM5, "T5 Item5 { get; }", "Item 5."), (item6, ITEM6, "T6 Item6 { get; }", "Item 6."), (item7, ITEM7, "T7 Item7 { get; }", "Item 7."), (rest, REST, "TRest Rest { get; }", "The items from the eighth on.")];
}
