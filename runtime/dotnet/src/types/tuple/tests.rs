//! What tuples do. Expected texts are those of .NET Core; the behaviour was compared with Mono's.

use crate::cx::MAX_DEPTH;
use crate::rt::default_word;
use crate::testing::{Arg, Harness, Null, Object, ty, with_harness};
use crate::word::Word;

const TO_STRING: &str = "System.Object::string ToString()";
const EQUALS: &str = "System.Object::bool Equals(object obj)";

fn pair(harness: &mut Harness<'_>, kind: &str, number: i32, text: &dyn Arg) -> Word {
    let create = format!("System.{kind}::static {kind}<T1, T2> Create<T1, T2>(T1 item1, T2 item2)");
    harness.word(&create, &[&number, text, &ty("int"), &ty("string")])
}

#[test]
fn tuples_are_their_items() {
    for kind in ["Tuple", "ValueTuple"] {
        with_harness(|harness| {
            let one = pair(harness, kind, 1, &"a");
            let (same, other, empty) =
                (pair(harness, kind, 1, &"a"), pair(harness, kind, 1, &"b"), pair(harness, kind, 1, &Null));
            let of = ty(&format!("{kind}<int, string>"));
            assert_eq!(harness.call(TO_STRING, &[&one]), "(1, a)");
            assert_eq!(harness.call(TO_STRING, &[&empty]), "(1, )");
            let create = format!("System.{kind}::static {kind}<T1, T2> Create<T1, T2>(T1 item1, T2 item2)");
            let turned = harness.word(&create, &[&Null, &1, &ty("string"), &ty("int")]);
            assert_eq!(harness.call(TO_STRING, &[&turned]), "(, 1)");
            assert_eq!(harness.call(EQUALS, &[&one, &same]), "True");
            assert_eq!(harness.call(EQUALS, &[&one, &other]), "False");
            let hash = "System.Object::int GetHashCode()";
            assert_eq!(harness.call(hash, &[&one]), harness.call(hash, &[&same]));
            assert_eq!(harness.call_on(Some(of), &format!("System.{kind}::T2 Item2 {{ get; }}"), &[&one]), "a");
            let compare = "System.IComparable::int CompareTo(object obj)";
            assert_eq!(harness.call(compare, &[&one, &other]), "-1");
            assert_eq!(harness.call(compare, &[&one, &same]), "0");
            let long = format!("System.{kind}::static {kind}<T1, T2> Create<T1, T2>(T1 item1, T2 item2)");
            let long = harness.word(&long, &[&1_i64, &"a", &ty("long"), &ty("string")]);
            assert_eq!(harness.call(EQUALS, &[&one, &long]), "False");
            assert_eq!(
                harness.call(compare, &[&one, &long]),
                format!(
                    "ArgumentException: Argument must be of type System.{kind}`2[System.Int32,System.String]. (Parameter 'other')"
                )
            );
        });
    }
}

#[test]
fn constructors_take_the_items() {
    with_harness(|harness| {
        let of = ty("Tuple<int, int>");
        let tuple = harness.word_on(Some(of), "System.Tuple::Tuple(T1 item1, T2 item2)", &[&3, &4]);
        assert_eq!(harness.call(TO_STRING, &[&tuple]), "(3, 4)");
        let of = ty("ValueTuple<int, string, bool>");
        let construct = "System.ValueTuple::ValueTuple(T1 item1, T2 item2, T3 item3)";
        let tuple = harness.word_on(Some(of), construct, &[&3, &"x", &true]);
        assert_eq!(harness.call(TO_STRING, &[&tuple]), "(3, x, True)");
        let empty = default_word(of);
        assert_eq!(harness.call(TO_STRING, &[&empty]), "(0, , False)");
        assert_eq!(harness.call(TO_STRING, &[&default_word(ty("ValueTuple"))]), "()");
    });
}

#[test]
fn the_items_after_the_seventh_stand_in_a_tuple_of_their_own() {
    for kind in ["Tuple", "ValueTuple"] {
        with_harness(|harness| {
            let int = ty("int");
            let create = format!(
                "System.{kind}::static {kind}<T1, T2, T3, T4, T5, T6, T7, {kind}<T8>> Create<T1, T2, T3, T4, T5, T6, T7, \
                 T8>(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6, T7 item7, T8 item8)"
            );
            let args: [&dyn Arg; 16] = [&1, &2, &3, &4, &5, &6, &7, &8, &int, &int, &int, &int, &int, &int, &int, &int];
            let tuple = harness.word(&create, &args);
            assert_eq!(harness.call(TO_STRING, &[&tuple]), "(1, 2, 3, 4, 5, 6, 7, 8)");
            let rest = format!("System.{kind}::TRest Rest {{ get; }}");
            let of = ty(&format!("{kind}<int, int, int, int, int, int, int, {kind}<int>>"));
            assert_eq!(harness.call_on(Some(of), &rest, &[&tuple]), "(8)");
        });
    }
}

#[test]
fn tuples_and_pairs_are_taken_apart() {
    with_harness(|harness| {
        let tuple = pair(harness, "Tuple", 1, &"a");
        let apart = "System.TupleExtensions::static void Deconstruct<T1, T2>(this Tuple<T1, T2> value, out T1 item1, out \
                     T2 item2)";
        assert_eq!(harness.call(apart, &[&tuple, &ty("int"), &ty("string")]), "void; 1; a");
        let of = Some(ty("KeyValuePair<string, int>"));
        let construct = "System.Collections.Generic.KeyValuePair::KeyValuePair(TKey key, TValue value)";
        let pair = harness.word_on(of, construct, &[&"k", &5]);
        let apart = "System.Collections.Generic.KeyValuePair::void Deconstruct(out TKey key, out TValue value)";
        assert_eq!(harness.call_on(of, apart, &[&pair]), "void; k; 5");
    });
}

#[test]
fn deep_nests_are_refused() {
    with_harness(|harness| {
        let object = ty("object");
        let create = "System.Tuple::static Tuple<T1, T2> Create<T1, T2>(T1 item1, T2 item2)";
        let mut nests = [Object(1).word(&mut harness.cx); 2];
        for _ in 0..MAX_DEPTH + 10 {
            for nest in &mut nests {
                *nest = harness.word(create, &[nest, nest, &object, &object]);
            }
        }
        let message = "Exception: Calls are nested more deeply than a request may.";
        assert_eq!(harness.call(EQUALS, &[&nests[0], &nests[1]]), message);
        assert_eq!(harness.call("System.Object::int GetHashCode()", &[&nests[0]]), message);
        assert_eq!(harness.call(TO_STRING, &[&nests[0]]), message);
        // Shallow nests that are long as text: every item is there twice.
        let mut doubled = Object(1).word(&mut harness.cx);
        for _ in 0..40 {
            doubled = harness.word(create, &[&doubled, &doubled, &object, &object]);
        }
        assert_eq!(
            harness.call(TO_STRING, &[&doubled]),
            "Exception: The policy's values take more memory than a request may."
        );
    });
}
