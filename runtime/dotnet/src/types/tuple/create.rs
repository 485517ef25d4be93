//! `Tuple.Create`, `ValueTuple.Create`, and taking tuples apart.
//!
//! Not here: the tuples themselves (`reference`, `value`).

use dotnet_macros::members;

use super::{VALUE_TUPLE_OPS, items, reference, value};
use crate::cx::Cx;
use crate::object::{Header, Obj, object_of};
use crate::rt::Out;
use crate::ty::Ty;
use crate::word::Word;

/// The members of `System.Tuple`.
pub struct TupleType;

/// Makes tuples whose types are those of the items.
#[members("public static class System.Tuple", as = TUPLE)]
impl<'a> TupleType {
    /// A tuple of one item.
    #[member("static Tuple<T1> Create<T1>(T1 item1)")]
    fn create1(cx: &mut Cx<'a>, item1: Word, t1: Ty) -> &'a reference::Tuple1 {
        let ty = Ty::construct(&reference::TUPLE_1_DEF, &[t1]);
        reference::Tuple1::construct(cx, item1, ty)
    }

    /// A tuple of two items.
    #[member("static Tuple<T1, T2> Create<T1, T2>(T1 item1, T2 item2)")]
    fn create2(cx: &mut Cx<'a>, item1: Word, item2: Word, t1: Ty, t2: Ty) -> &'a reference::Tuple2 {
        let ty = Ty::construct(&reference::TUPLE_2_DEF, &[t1, t2]);
        reference::Tuple2::construct(cx, item1, item2, ty)
    }

    /// A tuple of three items.
    #[member("static Tuple<T1, T2, T3> Create<T1, T2, T3>(T1 item1, T2 item2, T3 item3)")]
    fn create3(
        cx: &mut Cx<'a>,
        item1: Word,
        item2: Word,
        item3: Word,
        t1: Ty,
        t2: Ty,
        t3: Ty,
    ) -> &'a reference::Tuple3 {
        let ty = Ty::construct(&reference::TUPLE_3_DEF, &[t1, t2, t3]);
        reference::Tuple3::construct(cx, item1, item2, item3, ty)
    }

    /// A tuple of four items.
    #[member("static Tuple<T1, T2, T3, T4> Create<T1, T2, T3, T4>(T1 item1, T2 item2, T3 item3, T4 item4)")]
    fn create4(
        cx: &mut Cx<'a>,
        item1: Word,
        item2: Word,
        item3: Word,
        item4: Word,
        t1: Ty,
        t2: Ty,
        t3: Ty,
        t4: Ty,
    ) -> &'a reference::Tuple4 {
        let ty = Ty::construct(&reference::TUPLE_4_DEF, &[t1, t2, t3, t4]);
        reference::Tuple4::construct(cx, item1, item2, item3, item4, ty)
    }

    /// A tuple of five items.
    #[member(
        "static Tuple<T1, T2, T3, T4, T5> Create<T1, T2, T3, T4, T5>(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5)"
    )]
    fn create5(
        cx: &mut Cx<'a>,
        item1: Word,
        item2: Word,
        item3: Word,
        item4: Word,
        item5: Word,
        t1: Ty,
        t2: Ty,
        t3: Ty,
        t4: Ty,
        t5: Ty,
    ) -> &'a reference::Tuple5 {
        let ty = Ty::construct(&reference::TUPLE_5_DEF, &[t1, t2, t3, t4, t5]);
        reference::Tuple5::construct(cx, item1, item2, item3, item4, item5, ty)
    }

    /// A tuple of six items.
    #[member(
        "static Tuple<T1, T2, T3, T4, T5, T6> Create<T1, T2, T3, T4, T5, T6>(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6)"
    )]
    fn create6(
        cx: &mut Cx<'a>,
        item1: Word,
        item2: Word,
        item3: Word,
        item4: Word,
        item5: Word,
        item6: Word,
        t1: Ty,
        t2: Ty,
        t3: Ty,
        t4: Ty,
        t5: Ty,
        t6: Ty,
    ) -> &'a reference::Tuple6 {
        let ty = Ty::construct(&reference::TUPLE_6_DEF, &[t1, t2, t3, t4, t5, t6]);
        reference::Tuple6::construct(cx, item1, item2, item3, item4, item5, item6, ty)
    }

    /// A tuple of seven items.
    #[member(
        "static Tuple<T1, T2, T3, T4, T5, T6, T7> Create<T1, T2, T3, T4, T5, T6, T7>(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6, T7 item7)"
    )]
    fn create7(
        cx: &mut Cx<'a>,
        item1: Word,
        item2: Word,
        item3: Word,
        item4: Word,
        item5: Word,
        item6: Word,
        item7: Word,
        t1: Ty,
        t2: Ty,
        t3: Ty,
        t4: Ty,
        t5: Ty,
        t6: Ty,
        t7: Ty,
    ) -> &'a reference::Tuple7 {
        let ty = Ty::construct(&reference::TUPLE_7_DEF, &[t1, t2, t3, t4, t5, t6, t7]);
        reference::Tuple7::construct(cx, item1, item2, item3, item4, item5, item6, item7, ty)
    }

    /// A tuple of eight items; the last one stands in a tuple of its own.
    #[member(
        "static Tuple<T1, T2, T3, T4, T5, T6, T7, Tuple<T8>> Create<T1, T2, T3, T4, T5, T6, T7, T8>(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6, T7 item7, T8 item8)"
    )]
    fn create8(
        cx: &mut Cx<'a>,
        item1: Word,
        item2: Word,
        item3: Word,
        item4: Word,
        item5: Word,
        item6: Word,
        item7: Word,
        item8: Word,
        t1: Ty,
        t2: Ty,
        t3: Ty,
        t4: Ty,
        t5: Ty,
        t6: Ty,
        t7: Ty,
        t8: Ty,
    ) -> &'a reference::Tuple8 {
        let rest_type = Ty::construct(&reference::TUPLE_1_DEF, &[t8]);
        let rest = object_of(reference::Tuple1::construct(cx, item8, rest_type)).word();
        let ty = Ty::construct(&reference::TUPLE_8_DEF, &[t1, t2, t3, t4, t5, t6, t7, rest_type]);
        reference::Tuple8::construct(cx, item1, item2, item3, item4, item5, item6, item7, rest, ty)
    }
}

/// The object of a tuple without items.
#[repr(C)]
pub struct ValueTuple0 {
    header: Header,
}

crate::layout!(ValueTuple0, VALUE_TUPLE_DEF);

static NOTHING: ValueTuple0 = ValueTuple0 { header: Header { ty: Ty(&VALUE_TUPLE) } };

/// A tuple without items; makes tuples whose types are those of the items.
#[members("public struct System.ValueTuple : IEquatable<ValueTuple>, IComparable, IComparable<ValueTuple>", as = VALUE_TUPLE, ops = VALUE_TUPLE_OPS)]
impl<'a> ValueTuple0 {
    /// Whether the other is a tuple without items: always.
    #[member("bool Equals(ValueTuple other)", pure)]
    fn equals(&self, _other: &'a Self) -> bool {
        true
    }

    /// The order of the two: they are the same.
    #[member("int CompareTo(ValueTuple other)", pure)]
    fn compare_to(&self, _other: &'a Self) -> i32 {
        0
    }

    /// A tuple without items.
    #[member("static ValueTuple Create()")]
    fn create0() -> &'a Self {
        &NOTHING
    }

    /// A tuple of one item.
    #[member("static ValueTuple<T1> Create<T1>(T1 item1)")]
    fn create1(cx: &mut Cx<'a>, item1: Word, t1: Ty) -> &'a value::ValueTuple1 {
        let ty = Ty::construct(&value::VALUE_TUPLE_1_DEF, &[t1]);
        value::ValueTuple1::construct(cx, item1, ty)
    }

    /// A tuple of two items.
    #[member("static ValueTuple<T1, T2> Create<T1, T2>(T1 item1, T2 item2)")]
    fn create2(cx: &mut Cx<'a>, item1: Word, item2: Word, t1: Ty, t2: Ty) -> &'a value::ValueTuple2 {
        let ty = Ty::construct(&value::VALUE_TUPLE_2_DEF, &[t1, t2]);
        value::ValueTuple2::construct(cx, item1, item2, ty)
    }

    /// A tuple of three items.
    #[member("static ValueTuple<T1, T2, T3> Create<T1, T2, T3>(T1 item1, T2 item2, T3 item3)")]
    fn create3(
        cx: &mut Cx<'a>,
        item1: Word,
        item2: Word,
        item3: Word,
        t1: Ty,
        t2: Ty,
        t3: Ty,
    ) -> &'a value::ValueTuple3 {
        let ty = Ty::construct(&value::VALUE_TUPLE_3_DEF, &[t1, t2, t3]);
        value::ValueTuple3::construct(cx, item1, item2, item3, ty)
    }

    /// A tuple of four items.
    #[member("static ValueTuple<T1, T2, T3, T4> Create<T1, T2, T3, T4>(T1 item1, T2 item2, T3 item3, T4 item4)")]
    fn create4(
        cx: &mut Cx<'a>,
        item1: Word,
        item2: Word,
        item3: Word,
        item4: Word,
        t1: Ty,
        t2: Ty,
        t3: Ty,
        t4: Ty,
    ) -> &'a value::ValueTuple4 {
        let ty = Ty::construct(&value::VALUE_TUPLE_4_DEF, &[t1, t2, t3, t4]);
        value::ValueTuple4::construct(cx, item1, item2, item3, item4, ty)
    }

    /// A tuple of five items.
    #[member(
        "static ValueTuple<T1, T2, T3, T4, T5> Create<T1, T2, T3, T4, T5>(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5)"
    )]
    fn create5(
        cx: &mut Cx<'a>,
        item1: Word,
        item2: Word,
        item3: Word,
        item4: Word,
        item5: Word,
        t1: Ty,
        t2: Ty,
        t3: Ty,
        t4: Ty,
        t5: Ty,
    ) -> &'a value::ValueTuple5 {
        let ty = Ty::construct(&value::VALUE_TUPLE_5_DEF, &[t1, t2, t3, t4, t5]);
        value::ValueTuple5::construct(cx, item1, item2, item3, item4, item5, ty)
    }

    /// A tuple of six items.
    #[member(
        "static ValueTuple<T1, T2, T3, T4, T5, T6> Create<T1, T2, T3, T4, T5, T6>(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6)"
    )]
    fn create6(
        cx: &mut Cx<'a>,
        item1: Word,
        item2: Word,
        item3: Word,
        item4: Word,
        item5: Word,
        item6: Word,
        t1: Ty,
        t2: Ty,
        t3: Ty,
        t4: Ty,
        t5: Ty,
        t6: Ty,
    ) -> &'a value::ValueTuple6 {
        let ty = Ty::construct(&value::VALUE_TUPLE_6_DEF, &[t1, t2, t3, t4, t5, t6]);
        value::ValueTuple6::construct(cx, item1, item2, item3, item4, item5, item6, ty)
    }

    /// A tuple of seven items.
    #[member(
        "static ValueTuple<T1, T2, T3, T4, T5, T6, T7> Create<T1, T2, T3, T4, T5, T6, T7>(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6, T7 item7)"
    )]
    fn create7(
        cx: &mut Cx<'a>,
        item1: Word,
        item2: Word,
        item3: Word,
        item4: Word,
        item5: Word,
        item6: Word,
        item7: Word,
        t1: Ty,
        t2: Ty,
        t3: Ty,
        t4: Ty,
        t5: Ty,
        t6: Ty,
        t7: Ty,
    ) -> &'a value::ValueTuple7 {
        let ty = Ty::construct(&value::VALUE_TUPLE_7_DEF, &[t1, t2, t3, t4, t5, t6, t7]);
        value::ValueTuple7::construct(cx, item1, item2, item3, item4, item5, item6, item7, ty)
    }

    /// A tuple of eight items; the last one stands in a tuple of its own.
    #[member(
        "static ValueTuple<T1, T2, T3, T4, T5, T6, T7, ValueTuple<T8>> Create<T1, T2, T3, T4, T5, T6, T7, T8>(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6, T7 item7, T8 item8)"
    )]
    fn create8(
        cx: &mut Cx<'a>,
        item1: Word,
        item2: Word,
        item3: Word,
        item4: Word,
        item5: Word,
        item6: Word,
        item7: Word,
        item8: Word,
        t1: Ty,
        t2: Ty,
        t3: Ty,
        t4: Ty,
        t5: Ty,
        t6: Ty,
        t7: Ty,
        t8: Ty,
    ) -> &'a value::ValueTuple8 {
        let rest_type = Ty::construct(&value::VALUE_TUPLE_1_DEF, &[t8]);
        let rest = object_of(value::ValueTuple1::construct(cx, item8, rest_type)).word();
        let ty = Ty::construct(&value::VALUE_TUPLE_8_DEF, &[t1, t2, t3, t4, t5, t6, t7, rest_type]);
        value::ValueTuple8::construct(cx, item1, item2, item3, item4, item5, item6, item7, rest, ty)
    }
}

/// The members of `System.TupleExtensions`.
pub struct TupleExtensions;

/// Takes tuples apart.
#[members("public static class System.TupleExtensions", as = TUPLE_EXTENSIONS)]
impl<'a> TupleExtensions {
    /// Writes the items to as many places.
    #[member("static void Deconstruct<T1>(this Tuple<T1> value, out T1 item1)")]
    fn deconstruct1(cx: &mut Cx<'a>, value: Obj<'a>, item1: Out<'a>, _t1: Ty) {
        write_items(cx, value, &[item1]);
    }

    /// Writes the items to as many places.
    #[member("static void Deconstruct<T1, T2>(this Tuple<T1, T2> value, out T1 item1, out T2 item2)")]
    fn deconstruct2(cx: &mut Cx<'a>, value: Obj<'a>, item1: Out<'a>, item2: Out<'a>, _t1: Ty, _t2: Ty) {
        write_items(cx, value, &[item1, item2]);
    }

    /// Writes the items to as many places.
    #[member(
        "static void Deconstruct<T1, T2, T3>(this Tuple<T1, T2, T3> value, out T1 item1, out T2 item2, out T3 item3)"
    )]
    fn deconstruct3(
        cx: &mut Cx<'a>,
        value: Obj<'a>,
        item1: Out<'a>,
        item2: Out<'a>,
        item3: Out<'a>,
        _t1: Ty,
        _t2: Ty,
        _t3: Ty,
    ) {
        write_items(cx, value, &[item1, item2, item3]);
    }

    /// Writes the items to as many places.
    #[member(
        "static void Deconstruct<T1, T2, T3, T4>(this Tuple<T1, T2, T3, T4> value, out T1 item1, out T2 item2, out T3 item3, out T4 item4)"
    )]
    fn deconstruct4(
        cx: &mut Cx<'a>,
        value: Obj<'a>,
        item1: Out<'a>,
        item2: Out<'a>,
        item3: Out<'a>,
        item4: Out<'a>,
        _t1: Ty,
        _t2: Ty,
        _t3: Ty,
        _t4: Ty,
    ) {
        write_items(cx, value, &[item1, item2, item3, item4]);
    }

    /// Writes the items to as many places.
    #[member(
        "static void Deconstruct<T1, T2, T3, T4, T5>(this Tuple<T1, T2, T3, T4, T5> value, out T1 item1, out T2 item2, out T3 item3, out T4 item4, out T5 item5)"
    )]
    fn deconstruct5(
        cx: &mut Cx<'a>,
        value: Obj<'a>,
        item1: Out<'a>,
        item2: Out<'a>,
        item3: Out<'a>,
        item4: Out<'a>,
        item5: Out<'a>,
        _t1: Ty,
        _t2: Ty,
        _t3: Ty,
        _t4: Ty,
        _t5: Ty,
    ) {
        write_items(cx, value, &[item1, item2, item3, item4, item5]);
    }

    /// Writes the items to as many places.
    #[member(
        "static void Deconstruct<T1, T2, T3, T4, T5, T6>(this Tuple<T1, T2, T3, T4, T5, T6> value, out T1 item1, out T2 item2, out T3 item3, out T4 item4, out T5 item5, out T6 item6)"
    )]
    fn deconstruct6(
        cx: &mut Cx<'a>,
        value: Obj<'a>,
        item1: Out<'a>,
        item2: Out<'a>,
        item3: Out<'a>,
        item4: Out<'a>,
        item5: Out<'a>,
        item6: Out<'a>,
        _t1: Ty,
        _t2: Ty,
        _t3: Ty,
        _t4: Ty,
        _t5: Ty,
        _t6: Ty,
    ) {
        write_items(cx, value, &[item1, item2, item3, item4, item5, item6]);
    }

    /// Writes the items to as many places.
    #[member(
        "static void Deconstruct<T1, T2, T3, T4, T5, T6, T7>(this Tuple<T1, T2, T3, T4, T5, T6, T7> value, out T1 item1, out T2 item2, out T3 item3, out T4 item4, out T5 item5, out T6 item6, out T7 item7)"
    )]
    fn deconstruct7(
        cx: &mut Cx<'a>,
        value: Obj<'a>,
        item1: Out<'a>,
        item2: Out<'a>,
        item3: Out<'a>,
        item4: Out<'a>,
        item5: Out<'a>,
        item6: Out<'a>,
        item7: Out<'a>,
        _t1: Ty,
        _t2: Ty,
        _t3: Ty,
        _t4: Ty,
        _t5: Ty,
        _t6: Ty,
        _t7: Ty,
    ) {
        write_items(cx, value, &[item1, item2, item3, item4, item5, item6, item7]);
    }
}

fn write_items<'a>(cx: &mut Cx<'a>, tuple: Obj<'a>, places: &[Out<'a>]) {
    for ((_, word), place) in items(tuple).zip(places) {
        place.set(cx, word);
    }
}
