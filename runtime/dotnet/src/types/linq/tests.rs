//! What the query operators do, member by member. Expected results are those of .NET Core; the behaviour was compared with
//! Mono's, which counts calls of lambdas the same way.

use std::cell::Cell;

use crate::catalogue;
use crate::cx::{Cx, MAX_DEPTH};
use crate::rt::scalar_of;
use crate::testing::{Arg, Harness, Items, Null, Object, ty, with_harness};
use crate::throw::Throw;
use crate::word::{IntoWord, Word};

/// The host name of the operator of this name whose signature holds all these parts and that has the fewest parameters.
fn operator(name: &str, parts: &[&str]) -> String {
    let fits = |signature: &&str| {
        let own = signature.split_once('(').map_or("", |(head, _)| head).rsplit(' ').find(|word| word.contains(name));
        own.is_some_and(|own| own.split('<').next() == Some(name)) && parts.iter().all(|part| signature.contains(part))
    };
    let owner = catalogue::find("System.Linq.Enumerable", 0).unwrap();
    let members = owner.members().map(|member| member.signature);
    let found = members.filter(fits).min_by_key(|signature| (signature.matches(',').count(), signature.len()));
    format!("System.Linq.Enumerable::{}", found.unwrap_or_else(|| panic!("no {name} with {parts:?}")))
}

fn bool_word(value: bool) -> Result<Word, Throw> {
    Ok(Word(u64::from(value)))
}

fn int(word: Word) -> i32 {
    scalar_of(word)
}

fn int_word(value: i32) -> Result<Word, Throw> {
    Ok(Word(u64::from(value as u32)))
}

fn text_of<'a>(cx: &mut Cx<'a>, text: &str) -> Result<Word, Throw> {
    Ok(cx.str(text).into_word(cx))
}

/// The lambdas that the tables below use.
struct Lambdas {
    is_even: Word,
    is_even_at: Word,
    is_large: Word,
    square: Word,
    plus_index: Word,
    text: Word,
    add: Word,
    add_to_long: Word,
    to_pair: Word,
    length: Word,
    tens: Word,
    negative: Word,
    half: Word,
    maybe: Word,
}

impl Lambdas {
    fn new(harness: &mut Harness<'_>) -> Self {
        Self {
            is_even: harness.delegate(ty("Func<int, bool>"), |_, a| bool_word(int(a[0]) % 2 == 0)),
            is_even_at: harness.delegate(ty("Func<int, int, bool>"), |_, a| bool_word(int(a[1]) % 2 == 0)),
            is_large: harness.delegate(ty("Func<int, bool>"), |_, a| bool_word(int(a[0]) > 9)),
            square: harness.delegate(ty("Func<int, int>"), |_, a| int_word(int(a[0]) * int(a[0]))),
            plus_index: harness.delegate(ty("Func<int, int, int>"), |_, a| int_word(int(a[0]) + 10 * int(a[1]))),
            text: harness.delegate(ty("Func<int, string>"), |cx, a| text_of(cx, &format!("n{}", int(a[0])))),
            add: harness.delegate(ty("Func<int, int, int>"), |_, a| int_word(int(a[0]) + int(a[1]))),
            add_to_long: harness.delegate(ty("Func<long, int, long>"), |_, a| {
                Ok(Word((scalar_of::<i64>(a[0]) + i64::from(int(a[1]))) as u64))
            }),
            to_pair: harness.delegate(ty("Func<int, IEnumerable<int>>"), |cx, a| {
                Ok(Items("int", &[&int(a[0]), &-int(a[0])]).word(cx))
            }),
            length: harness.delegate(ty("Func<string, int>"), |cx, a| {
                // SAFETY: a word of type `string`.
                let text = unsafe { cx.object(a[0]) }.and_then(crate::types::string::as_string);
                int_word(text.map_or(0, |text| text.utf16_len() as i32))
            }),
            tens: harness.delegate(ty("Func<int, int>"), |_, a| int_word(int(a[0]) / 10)),
            negative: harness.delegate(ty("Func<int, int>"), |_, a| int_word(-int(a[0]))),
            half: harness.delegate(ty("Func<int, double>"), |_, a| Ok(Word((f64::from(int(a[0])) / 2.0).to_bits()))),
            maybe: harness.delegate(ty("Func<int, int?>"), |cx, a| {
                let value = Some(int(a[0])).filter(|value| value % 2 == 1);
                Ok(value.into_word(cx))
            }),
        }
    }
}

const NO_ELEMENTS: &str = "InvalidOperationException: Sequence contains no elements";
const NO_MATCH: &str = "InvalidOperationException: Sequence contains no matching element";
const MORE_THAN_ONE: &str = "InvalidOperationException: Sequence contains more than one element";
const MORE_THAN_ONE_MATCH: &str = "InvalidOperationException: Sequence contains more than one matching element";
const OVERFLOW: &str = "OverflowException: Arithmetic operation resulted in an overflow.";

#[test]
fn operators_do_what_dotnet_does() {
    with_harness(|harness| {
        let l = Lambdas::new(harness);
        let numbers = Items("int", &[&3, &1, &4, &1, &5]);
        let one = Items("int", &[&7]);
        let none = Items("int", &[]);
        let texts = Items("string", &[&"bb", &"a", &"ccc", &"a"]);
        let mixed = Items("object", &[&Object(1), &"x", &Null, &Object(2)]);
        let maybe = Items("int?", &[&Object(1), &Null, &Object(4)]);
        let (i, s, o, n) = (ty("int"), ty("string"), ty("object"), ty("int?"));
        let predicate = "Func<TSource, bool> predicate";
        let out_of_range =
            "ArgumentOutOfRangeException: Specified argument was out of the range of valid values. (Parameter 'index')";
        let count_out_of_range =
            "ArgumentOutOfRangeException: Specified argument was out of the range of valid values. (Parameter 'count')";
        let cases: &[(&str, &[&str], &[&dyn Arg], &str)] = &[
            ("Where", &[predicate], &[&numbers, &l.is_even, &i], "[4]"),
            ("Where", &["Func<TSource, int, bool>"], &[&numbers, &l.is_even_at, &i], "[3, 4, 5]"),
            ("OfType", &[], &[&mixed, &i], "[1, 2]"),
            ("OfType", &[], &[&mixed, &s], "[x]"),
            ("OfType", &[], &[&mixed, &n], "[1, 2]"),
            ("Cast", &[], &[&Items("object", &[&Object(1), &Object(2)]), &i], "[1, 2]"),
            ("Cast", &[], &[&numbers, &o], "[3, 1, 4, 1, 5]"),
            ("Cast", &[], &[&maybe, &n], "[1, <null>, 4]"),
            (
                "Cast",
                &[],
                &[&mixed, &i],
                "InvalidCastException: Unable to cast object of type 'System.String' to type 'System.Int32'.",
            ),
            ("Select", &["Func<TSource, TResult>"], &[&numbers, &l.square, &i, &i], "[9, 1, 16, 1, 25]"),
            ("Select", &["Func<TSource, int, TResult>"], &[&numbers, &l.plus_index, &i, &i], "[3, 11, 24, 31, 45]"),
            ("Select", &["Func<TSource, TResult>"], &[&one, &l.text, &i, &s], "[n7]"),
            ("SelectMany", &["Func<TSource, IEnumerable<TResult>>"], &[&one, &l.to_pair, &i, &i], "[7, -7]"),
            (
                "SelectMany",
                &["Func<TSource, IEnumerable<TCollection>>"],
                &[&one, &l.to_pair, &l.add, &i, &i, &i],
                "[14, 0]",
            ),
            ("Zip", &[], &[&numbers, &one, &l.add, &i, &i, &i], "[10]"),
            ("Concat", &[], &[&one, &numbers, &i], "[7, 3, 1, 4, 1, 5]"),
            ("Append", &[], &[&one, &8, &i], "[7, 8]"),
            ("Prepend", &[], &[&one, &6, &i], "[6, 7]"),
            ("DefaultIfEmpty", &[], &[&none, &i], "[0]"),
            ("DefaultIfEmpty", &["defaultValue"], &[&none, &-1, &i], "[-1]"),
            ("DefaultIfEmpty", &[], &[&one, &i], "[7]"),
            ("Reverse", &[], &[&numbers, &i], "[5, 1, 4, 1, 3]"),
            ("Skip", &[], &[&numbers, &2, &i], "[4, 1, 5]"),
            ("Skip", &[], &[&numbers, &-2, &i], "[3, 1, 4, 1, 5]"),
            ("Skip", &[], &[&numbers, &9, &i], "[]"),
            ("Take", &[], &[&numbers, &2, &i], "[3, 1]"),
            ("Take", &[], &[&numbers, &-2, &i], "[]"),
            ("Take", &[], &[&numbers, &9, &i], "[3, 1, 4, 1, 5]"),
            ("SkipWhile", &[predicate], &[&Items("int", &[&2, &4, &5, &6]), &l.is_even, &i], "[5, 6]"),
            ("SkipWhile", &["Func<TSource, int, bool>"], &[&numbers, &l.is_even_at, &i], "[1, 4, 1, 5]"),
            ("TakeWhile", &[predicate], &[&Items("int", &[&2, &4, &5, &6]), &l.is_even, &i], "[2, 4]"),
            ("TakeWhile", &["Func<TSource, int, bool>"], &[&numbers, &l.is_even_at, &i], "[3]"),
            ("SkipLast", &[], &[&numbers, &2, &i], "[3, 1, 4]"),
            ("SkipLast", &[], &[&numbers, &-1, &i], "[3, 1, 4, 1, 5]"),
            ("TakeLast", &[], &[&numbers, &2, &i], "[1, 5]"),
            ("TakeLast", &[], &[&numbers, &9, &i], "[3, 1, 4, 1, 5]"),
            ("First", &[], &[&numbers, &i], "3"),
            ("First", &[], &[&none, &i], NO_ELEMENTS),
            ("First", &[predicate], &[&numbers, &l.is_even, &i], "4"),
            ("First", &[predicate], &[&numbers, &l.is_large, &i], NO_MATCH),
            ("FirstOrDefault", &[], &[&none, &i], "0"),
            ("FirstOrDefault", &[], &[&Items("string", &[]), &s], "<null>"),
            ("FirstOrDefault", &[predicate], &[&numbers, &l.is_large, &i], "0"),
            ("Last", &[], &[&numbers, &i], "5"),
            ("Last", &[], &[&none, &i], NO_ELEMENTS),
            ("Last", &[predicate], &[&numbers, &l.is_even, &i], "4"),
            ("Last", &[predicate], &[&numbers, &l.is_large, &i], NO_MATCH),
            ("LastOrDefault", &[], &[&none, &i], "0"),
            ("LastOrDefault", &[predicate], &[&numbers, &l.is_even, &i], "4"),
            ("Single", &[], &[&one, &i], "7"),
            ("Single", &[], &[&numbers, &i], MORE_THAN_ONE),
            ("Single", &[], &[&none, &i], NO_ELEMENTS),
            ("Single", &[predicate], &[&numbers, &l.is_even, &i], "4"),
            ("Single", &[predicate], &[&Items("int", &[&2, &2]), &l.is_even, &i], MORE_THAN_ONE_MATCH),
            ("Single", &[predicate], &[&numbers, &l.is_large, &i], NO_MATCH),
            ("SingleOrDefault", &[], &[&none, &i], "0"),
            ("SingleOrDefault", &[], &[&numbers, &i], MORE_THAN_ONE),
            ("SingleOrDefault", &[predicate], &[&numbers, &l.is_large, &i], "0"),
            ("ElementAt", &[], &[&texts, &2, &s], "ccc"),
            ("ElementAt", &[], &[&texts, &4, &s], out_of_range),
            ("ElementAt", &[], &[&texts, &-1, &s], out_of_range),
            ("ElementAtOrDefault", &[], &[&texts, &4, &s], "<null>"),
            ("ElementAtOrDefault", &[], &[&numbers, &-1, &i], "0"),
            ("Count", &[], &[&numbers, &i], "5"),
            ("Count", &[predicate], &[&numbers, &l.is_even, &i], "1"),
            ("LongCount", &[], &[&numbers, &i], "5"),
            ("LongCount", &[predicate], &[&numbers, &l.is_large, &i], "0"),
            ("Any", &[], &[&numbers, &i], "True"),
            ("Any", &[], &[&none, &i], "False"),
            ("Any", &[predicate], &[&numbers, &l.is_even, &i], "True"),
            ("Any", &[predicate], &[&numbers, &l.is_large, &i], "False"),
            ("All", &[], &[&numbers, &l.is_even, &i], "False"),
            ("All", &[], &[&none, &l.is_even, &i], "True"),
            ("Contains", &[], &[&texts, &"ccc", &s], "True"),
            ("Contains", &[], &[&numbers, &9, &i], "False"),
            ("Contains", &["comparer"], &[&texts, &"a", &Null, &s], "True"),
            ("SequenceEqual", &[], &[&numbers, &numbers, &i], "True"),
            ("SequenceEqual", &[], &[&numbers, &one, &i], "False"),
            ("Distinct", &[], &[&texts, &s], "[bb, a, ccc]"),
            ("Union", &[], &[&numbers, &one, &i], "[3, 1, 4, 5, 7]"),
            ("Intersect", &[], &[&texts, &Items("string", &[&"a", &"bb", &"z"]), &s], "[bb, a]"),
            ("Except", &[], &[&numbers, &Items("int", &[&4]), &i], "[3, 1, 5]"),
            ("Aggregate", &["Func<TSource, TSource, TSource>"], &[&numbers, &l.add, &i], "14"),
            ("Aggregate", &["Func<TSource, TSource, TSource>"], &[&none, &l.add, &i], NO_ELEMENTS),
            ("Aggregate", &["TAccumulate seed"], &[&numbers, &10_i64, &l.add_to_long, &i, &ty("long")], "24"),
            ("Range", &[], &[&3, &4], "[3, 4, 5, 6]"),
            ("Range", &[], &[&0, &0], "[]"),
            ("Range", &[], &[&i32::MAX, &1], "[2147483647]"),
            ("Range", &[], &[&i32::MAX, &2], count_out_of_range),
            ("Range", &[], &[&0, &-1], count_out_of_range),
            ("Repeat", &[], &[&"ab", &3, &s], "[ab, ab, ab]"),
            ("Repeat", &[], &[&"ab", &-3, &s], count_out_of_range),
            ("Empty", &[], &[&s], "[]"),
            ("ToArray", &[], &[&numbers, &i], "[3, 1, 4, 1, 5]"),
            ("ToList", &[], &[&texts, &s], "[bb, a, ccc, a]"),
            ("AsEnumerable", &[], &[&numbers, &i], "[3, 1, 4, 1, 5]"),
            ("OrderBy", &["keySelector)"], &[&texts, &l.length, &s, &i], "[a, a, bb, ccc]"),
            ("OrderByDescending", &["keySelector)"], &[&numbers, &l.square, &i, &i], "[5, 4, 3, 1, 1]"),
            (
                "OrderBy",
                &["keySelector)"],
                &[&Items("int", &[&12, &31, &11, &30]), &l.tens, &i, &i],
                "[12, 11, 31, 30]",
            ),
            ("OrderBy", &["keySelector)"], &[&numbers, &l.negative, &i, &i], "[5, 4, 3, 1, 1]"),
            ("OrderBy", &["keySelector)"], &[&numbers, &l.half, &i, &ty("double")], "[1, 1, 3, 4, 5]"),
            ("OrderBy", &["keySelector)"], &[&Items("int", &[&3, &2, &1]), &l.maybe, &i, &n], "[2, 1, 3]"),
            ("Sum", &["IEnumerable<int>"], &[&numbers], "14"),
            ("Sum", &["IEnumerable<int>"], &[&none], "0"),
            ("Sum", &["IEnumerable<int>"], &[&Items("int", &[&i32::MAX, &1])], OVERFLOW),
            ("Sum", &["IEnumerable<long>"], &[&Items("long", &[&i64::MAX, &1_i64])], OVERFLOW),
            ("Sum", &["IEnumerable<int?>"], &[&maybe], "5"),
            ("Sum", &["Func<TSource, int>"], &[&texts, &l.length, &s], "7"),
            ("Sum", &["Func<TSource, double>"], &[&numbers, &l.half, &i], "7"),
            ("Sum", &["Func<TSource, int?>"], &[&numbers, &l.maybe, &i], "10"),
            ("Sum", &["IEnumerable<double>"], &[&Items("double", &[&0.5, &0.25])], "0.75"),
            ("Sum", &["IEnumerable<float>"], &[&Items("float", &[&0.1_f32, &0.2_f32, &0.3_f32])], "0.6"),
            ("Average", &["IEnumerable<int>"], &[&Items("int", &[&1, &2])], "1.5"),
            ("Average", &["IEnumerable<int>"], &[&none], NO_ELEMENTS),
            ("Average", &["IEnumerable<int>"], &[&Items("int", &[&i32::MAX, &i32::MAX])], "2147483647"),
            ("Average", &["IEnumerable<long>"], &[&Items("long", &[&i64::MAX, &1_i64])], OVERFLOW),
            ("Average", &["IEnumerable<int?>"], &[&maybe], "2.5"),
            ("Average", &["IEnumerable<int?>"], &[&Items("int?", &[&Null])], "<null>"),
            ("Average", &["Func<TSource, double>"], &[&numbers, &l.half, &i], "1.4"),
            ("Min", &["IEnumerable<int>"], &[&numbers], "1"),
            ("Max", &["IEnumerable<int>"], &[&numbers], "5"),
            ("Max", &["IEnumerable<int>"], &[&none], NO_ELEMENTS),
            ("Max", &["IEnumerable<int?>"], &[&maybe], "4"),
            ("Min", &["IEnumerable<int?>"], &[&Items("int?", &[&Null])], "<null>"),
            ("Min", &["Func<TSource, int>"], &[&texts, &l.length, &s], "1"),
            ("Max", &["Func<TSource, int?>"], &[&numbers, &l.maybe, &i], "5"),
            ("Min", &["IEnumerable<double>"], &[&Items("double", &[&2.0, &f64::NAN, &1.0])], "NaN"),
            ("Max", &["IEnumerable<double>"], &[&Items("double", &[&f64::NAN, &2.0, &f64::NAN, &1.0])], "2"),
            ("Max", &["static TSource"], &[&Items("char", &[&'a', &'c', &'b']), &ty("char")], "c"),
            ("Min", &["static TSource"], &[&Items("char", &[]), &ty("char")], NO_ELEMENTS),
            ("Max", &["static TSource"], &[&Items("string", &[&Null]), &s], "<null>"),
            ("Max", &["static TSource"], &[&mixed, &o], "ArgumentException: Object must be of type String."),
            (
                "Select",
                &["Func<TSource, TResult>"],
                &[&Null, &l.square, &i, &i],
                "ArgumentNullException: Value cannot be null. (Parameter 'source')",
            ),
            (
                "Where",
                &[predicate],
                &[&numbers, &Null, &i],
                "ArgumentNullException: Value cannot be null. (Parameter 'predicate')",
            ),
        ];
        for (name, parts, args, expected) in cases {
            assert_eq!(harness.call(&operator(name, parts), args), *expected, "{name} {parts:?}");
        }
    });
}

#[test]
fn decimals_are_summed_with_their_scale() {
    with_harness(|harness| {
        let parse = "System.Decimal::static decimal Parse(string s)";
        let (a, b) = (harness.word(parse, &[&"1.10"]), harness.word(parse, &[&"2.20"]));
        let prices = Items("decimal", &[&a, &b]);
        assert_eq!(harness.call(&operator("Sum", &["IEnumerable<decimal>"]), &[&prices]), "3.30");
        assert_eq!(harness.call(&operator("Average", &["IEnumerable<decimal>"]), &[&prices]), "1.65");
        assert_eq!(harness.call(&operator("Max", &["IEnumerable<decimal>"]), &[&prices]), "2.20");
        let maybe = Items("decimal?", &[&a, &Null]);
        assert_eq!(harness.call(&operator("Min", &["IEnumerable<decimal?>"]), &[&maybe]), "1.10");
        let empty = Items("decimal", &[]);
        let first = operator("FirstOrDefault", &[]);
        assert_eq!(harness.call(&first, &[&empty, &ty("decimal")]), "0");
    });
}

/// How often the selector of `source.Select(selector)` is called by what is done with the result.
#[test]
fn lambdas_are_called_as_often_as_in_dotnet() {
    let i = ty("int");
    let predicate = "Func<TSource, bool> predicate";
    let cases: &[(&str, &[&str], &[&dyn Arg], usize)] = &[
        ("First", &[], &[], 1),
        ("Last", &[], &[], 1),
        ("ElementAt", &[], &[&1], 1),
        ("Any", &[], &[], 1),
        ("Count", &[], &[], 3),
        ("ToArray", &[], &[], 3),
        ("Skip", &[], &[&1], 0),
        ("Reverse", &[], &[], 0),
        ("Single", &[], &[], 2),
    ];
    for (name, parts, more, expected) in cases {
        with_harness(|harness| {
            let calls: &Cell<usize> = harness.cx.arena().alloc(Cell::new(0));
            let counting = harness.delegate(ty("Func<int, int>"), move |_, a| {
                calls.set(calls.get() + 1);
                Ok(a[0])
            });
            let numbers = Items("int", &[&1, &2, &3]);
            let select = operator("Select", &["Func<TSource, TResult>"]);
            let selected = harness.word(&select, &[&numbers, &counting, &i, &i]);
            let mut args: Vec<&dyn Arg> = vec![&selected];
            args.extend(more.iter().copied());
            args.push(&i);
            let host = operator(name, parts);
            // Sequences are not walked: only what the operator itself does is counted.
            let _ = harness.outcome(&host, &args);
            assert_eq!(calls.get(), *expected, "{name}");
            if *name == "Skip" {
                let skipped = harness.word(&host, &args);
                harness.call(&operator("First", &[]), &[&skipped, &i]);
                assert_eq!(calls.get(), 1, "Skip leaves elements out without making them");
                harness.call(&operator("Count", &[]), &[&skipped, &i]);
                assert_eq!(calls.get(), 3, "Count makes those that are left");
            }
        });
    }
    // `Last` of an array looks from the end.
    with_harness(|harness| {
        let calls: &Cell<usize> = harness.cx.arena().alloc(Cell::new(0));
        let counting = harness.delegate(ty("Func<int, bool>"), move |_, a| {
            calls.set(calls.get() + 1);
            bool_word(int(a[0]) == 3)
        });
        let numbers = Items("int", &[&1, &2, &3]);
        assert_eq!(harness.call(&operator("Last", &[predicate]), &[&numbers, &counting, &i]), "3");
        assert_eq!(calls.get(), 1);
    });
}

#[test]
fn sequences_are_made_anew_for_each_walk() {
    with_harness(|harness| {
        let i = ty("int");
        let l = Lambdas::new(harness);
        let list = harness.word_on(
            Some(ty("List<int>")),
            "System.Collections.Generic.List::List(IEnumerable<T> collection)",
            &[&Items("int", &[&1, &2])],
        );
        let query = harness.word(&operator("Where", &["Func<TSource, bool> predicate"]), &[&list, &l.is_even, &i]);
        let skipped = harness.word(&operator("Skip", &[]), &[&list, &1, &i]);
        let ordered = harness.word(&operator("OrderByDescending", &["keySelector)"]), &[&list, &l.square, &i, &i]);
        assert_eq!(harness.show(Some(i), query), harness.show(Some(i), query));
        let add = "System.Collections.Generic.List::void Add(T item)";
        harness.call_on(Some(ty("List<int>")), add, &[&list, &4]);
        let sequence = Some(ty("IEnumerable<int>"));
        assert_eq!(harness.show(sequence, query), "[2, 4]");
        assert_eq!(harness.show(sequence, skipped), "[2, 4]");
        assert_eq!(harness.show(sequence, ordered), "[4, 2, 1]");
    });
}

#[test]
fn orders_are_refined() {
    with_harness(|harness| {
        let (i, s) = (ty("int"), ty("string"));
        let l = Lambdas::new(harness);
        let texts = Items("string", &[&"bb", &"a", &"cc", &"d"]);
        let by_length = harness.word(&operator("OrderBy", &["keySelector)"]), &[&texts, &l.length, &s, &i]);
        let reversed = harness.delegate(ty("Func<string, int>"), |cx, a| {
            // SAFETY: a word of type `string`.
            let text = unsafe { cx.object(a[0]) }.and_then(crate::types::string::as_string).unwrap();
            int_word(-i32::from(text.unit(0).unwrap()))
        });
        let host = operator("ThenBy", &["keySelector)"]);
        let refined = harness.word(&host, &[&by_length, &reversed, &s, &i]);
        assert_eq!(harness.show(Some(ty("IEnumerable<string>")), refined), "[d, a, cc, bb]");
        assert_eq!(harness.call(&operator("First", &[]), &[&refined, &s]), "d");
        assert_eq!(harness.call(&operator("Last", &[]), &[&refined, &s]), "bb");
        assert_eq!(harness.call(&operator("Count", &[]), &[&refined, &s]), "4");
        let host = operator("ThenByDescending", &["keySelector)"]);
        assert_eq!(harness.call(&host, &[&by_length, &reversed, &s, &i]), "[a, d, bb, cc]");
        let objects = Items("object", &[&by_length, &refined]);
        let same = harness.delegate(ty("Func<object, object>"), |_, a| Ok(a[0]));
        assert_eq!(
            harness.call(&operator("OrderBy", &["keySelector)"]), &[&objects, &same, &ty("object"), &ty("object")]),
            "InvalidOperationException: Failed to compare two elements in the array."
        );
    });
}

#[test]
fn strings_are_sequences_of_their_characters() {
    with_harness(|harness| {
        let c = ty("char");
        assert_eq!(harness.call(&operator("Reverse", &[]), &[&"abc", &c]), "[c, b, a]");
        assert_eq!(harness.call(&operator("Distinct", &[]), &[&"hello", &c]), "[h, e, l, o]");
        assert_eq!(harness.call(&operator("Contains", &[]), &[&"abc", &'b', &c]), "True");
        assert_eq!(harness.call(&operator("Last", &[]), &[&"abc", &c]), "c");
        assert_eq!(harness.call(&operator("Cast", &[]), &[&"ab", &ty("object")]), "[a, b]");
    });
}

#[test]
fn long_chains_are_walked_and_deep_nests_are_refused() {
    with_harness(|harness| {
        let i = ty("int");
        let l = Lambdas::new(harness);
        let mut appended = Items("int", &[]).word(&mut harness.cx);
        for number in 0..5000 {
            appended = harness.word(&operator("Append", &[]), &[&appended, &number, &i]);
        }
        assert_eq!(harness.call(&operator("Sum", &["IEnumerable<int>"]), &[&appended]), "12497500");
        let mut skipped = harness.word(&operator("Range", &[]), &[&0, &1000]);
        let mut filtered =
            harness.word(&operator("Where", &["Func<TSource, bool> predicate"]), &[&skipped, &l.is_even, &i]);
        let mut united = Items("int", &[]).word(&mut harness.cx);
        for number in 0..450 {
            skipped = harness.word(&operator("Skip", &[]), &[&skipped, &1, &i]);
            filtered = harness.word(&operator("Skip", &[]), &[&filtered, &1, &i]);
            united = harness.word(&operator("Union", &[]), &[&united, &Items("int", &[&number, &1]), &i]);
        }
        assert_eq!(harness.call(&operator("First", &[]), &[&skipped, &i]), "450");
        assert_eq!(harness.call(&operator("First", &[]), &[&filtered, &i]), "900");
        assert_eq!(harness.call(&operator("Count", &[]), &[&united, &i]), "450");
        let part = harness.word(&operator("Take", &[]), &[&skipped, &5, &i]);
        let part = harness.word(&operator("Skip", &[]), &[&part, &3, &i]);
        assert_eq!(harness.call(&operator("Take", &[]), &[&part, &9, &i]), "[453, 454]");
        let mut nested = Items("int", &[&2]).word(&mut harness.cx);
        let filter = operator("Where", &["Func<TSource, bool> predicate"]);
        for depth in 0..2 * MAX_DEPTH {
            nested = harness.word(&filter, &[&nested, &l.is_even, &i]);
            if depth == 100 {
                assert_eq!(harness.call(&operator("First", &[]), &[&nested, &i]), "2");
            }
        }
        let message = "Exception: Calls are nested more deeply than a request may.";
        assert_eq!(harness.call(&operator("First", &[]), &[&nested, &i]), message);
        // A sequence whose elements are sequences that are made of the same lambda, without end.
        let endless: &Cell<Word> = harness.cx.arena().alloc(Cell::new(Word::ZERO));
        let (many, source) = (operator("SelectMany", &["Func<TSource, IEnumerable<TResult>>"]), nested);
        let deeper = harness.delegate(ty("Func<int, IEnumerable<int>>"), move |_, _| Ok(endless.get()));
        let one = Items("int", &[&2]).word(&mut harness.cx);
        let _ = source;
        endless.set(harness.word(&many, &[&one, &deeper, &i, &i]));
        assert_eq!(harness.call(&operator("First", &[]), &[&endless.get(), &i]), message);
    });
}

#[test]
fn endless_counting_meets_the_limit_of_time() {
    with_harness(|harness| {
        let (s, l) = (ty("int"), Lambdas::new(harness));
        harness.cx.set_deadline(0);
        let many = harness.word(&operator("Repeat", &[]), &[&1, &i32::MAX, &s]);
        let filtered = harness.word(&operator("Where", &["Func<TSource, bool> predicate"]), &[&many, &l.is_even, &s]);
        let result = harness.call(&operator("Count", &[]), &[&filtered, &s]);
        assert_eq!(result, "Exception: The policy ran longer than a request may.");
    });
}

#[test]
fn elements_are_gathered_by_keys() {
    with_harness(|harness| {
        let (i, s) = (ty("int"), ty("string"));
        let l = Lambdas::new(harness);
        let texts = Items("string", &[&"aa", &"b", &"cc", &"d", &"eee"]);
        let join = harness.delegate(ty("Func<int, IEnumerable<string>, string>"), |cx, a| {
            // SAFETY: the second word is a sequence of strings.
            let group = unsafe { cx.object(a[1]) }.unwrap();
            let words = group.elements(cx, ty("string"))?.collect(cx)?;
            text_of(cx, &format!("{}:{}", int(a[0]), words.len()))
        });
        let cases: &[(&str, &[&str], &[&dyn Arg], &str)] = &[
            (
                "GroupBy",
                &["Func<TSource, TKey> keySelector)"],
                &[&texts, &l.length, &s, &i],
                "[[aa, cc], [b, d], [eee]]",
            ),
            ("GroupBy", &["elementSelector)"], &[&texts, &l.length, &l.length, &s, &i, &i], "[[2, 2], [1, 1], [3]]"),
            (
                "GroupBy",
                &["TKey, TResult>", "resultSelector)"],
                &[&texts, &l.length, &join, &s, &i, &s],
                "[2:2, 1:2, 3:1]",
            ),
            ("ToLookup", &["keySelector)"], &[&texts, &l.length, &s, &i], "[[aa, cc], [b, d], [eee]]"),
            (
                "ToDictionary",
                &["keySelector)"],
                &[&Items("string", &[&"a", &"bb"]), &l.length, &s, &i],
                "[[1, a], [2, bb]]",
            ),
            (
                "ToDictionary",
                &["keySelector)"],
                &[&texts, &l.length, &s, &i],
                "ArgumentException: An item with the same key has already been added. Key: 2",
            ),
            (
                "ToDictionary",
                &["elementSelector)"],
                &[&Items("string", &[&"a", &"bb"]), &l.length, &l.length, &s, &i, &i],
                "[[1, 1], [2, 2]]",
            ),
            ("ToHashSet", &[], &[&Items("int", &[&3, &1, &3]), &i], "[3, 1]"),
        ];
        for (name, parts, args, expected) in cases {
            assert_eq!(harness.call(&operator(name, parts), args), *expected, "{name} {parts:?}");
        }
        let lookup = harness.word(&operator("ToLookup", &["keySelector)"]), &[&texts, &l.length, &s, &i]);
        let owner = Some(ty("ILookup<int, string>"));
        let get = "System.Linq.ILookup::IEnumerable<TElement> this[TKey key] { get; }";
        assert_eq!(harness.call_on(owner, get, &[&lookup, &1]), "[b, d]");
        assert_eq!(harness.call_on(owner, get, &[&lookup, &9]), "[]");
        assert_eq!(harness.call_on(owner, "System.Linq.ILookup::int Count { get; }", &[&lookup]), "3");
        assert_eq!(harness.call_on(owner, "System.Linq.ILookup::bool Contains(TKey key)", &[&lookup, &9]), "False");
        assert_eq!(
            harness.call("System.Object::string ToString()", &[&lookup]),
            "System.Linq.Lookup`2[System.Int32,System.String]"
        );
        let first = harness.word(&operator("First", &[]), &[&lookup, &ty("IGrouping<int, string>")]);
        let key = "System.Linq.IGrouping::TKey Key { get; }";
        assert_eq!(harness.call_on(Some(ty("IGrouping<int, string>")), key, &[&first]), "2");
        assert_eq!(
            harness.call("System.Object::string ToString()", &[&first]),
            "System.Linq.Grouping`2[System.Int32,System.String]"
        );
    });
}

#[test]
fn sequences_are_joined_by_keys_and_null_is_none() {
    with_harness(|harness| {
        let (i, s) = (ty("int"), ty("string"));
        let same = harness.delegate(ty("Func<string, string>"), |_, a| Ok(a[0]));
        let both = harness.delegate(ty("Func<string, string, string>"), |cx, a| {
            // SAFETY: words of type `string`.
            let texts = a.iter().map(|word| unsafe { cx.object(*word) }.and_then(crate::types::string::as_string));
            let texts: Vec<String> =
                texts.map(|text| text.map_or(String::from("-"), |text| text.to_utf8().into_owned())).collect();
            text_of(cx, &texts.concat())
        });
        let size = harness.delegate(ty("Func<string, IEnumerable<string>, int>"), |cx, a| {
            // SAFETY: the second word is a sequence of strings.
            let group = unsafe { cx.object(a[1]) }.unwrap();
            int_word(group.elements(cx, ty("string"))?.collect(cx)?.len() as i32)
        });
        let outer = Items("string", &[&Null, &"a", &"b"]);
        let inner = Items("string", &[&"b", &Null, &"a", &"a"]);
        let args: &[&dyn Arg] = &[&outer, &inner, &same, &same, &both, &s, &s, &s, &s];
        assert_eq!(harness.call(&operator("Join", &["resultSelector)"]), args), "[aa, aa, bb]");
        let args: &[&dyn Arg] = &[&outer, &inner, &same, &same, &size, &s, &s, &s, &i];
        assert_eq!(harness.call(&operator("GroupJoin", &["resultSelector)"]), args), "[0, 2, 1]");
    });
}
