//! What arrays do, member by member. Expected texts are those of .NET Core; the behaviour was compared with Mono's.

use crate::testing::{Arg, Items, Null, Object, ty, with_harness};
use crate::word::{IntoWord, Word};

const ARRAY: &str = "System.Array::";

#[test]
fn elements_are_found() {
    let numbers = Items("int", &[&10, &20, &30, &20]);
    let texts: &[&str] = &["x", "y"];
    let start = "ArgumentOutOfRangeException: Index was out of range. Must be non-negative and less than the size of the \
                 collection. (Parameter 'startIndex')";
    let count = "ArgumentOutOfRangeException: Count must be positive and count must refer to a location within the \
                 string/array/collection. (Parameter 'count')";
    let int = ty("int");
    let cases: &[(&str, &[&dyn Arg], &str)] = &[
        ("int Length { get; }", &[&numbers], "4"),
        ("long LongLength { get; }", &[&numbers], "4"),
        ("int Rank { get; }", &[&numbers], "1"),
        ("int GetLength(int dimension)", &[&numbers, &0], "4"),
        (
            "int GetLength(int dimension)",
            &[&numbers, &1],
            "IndexOutOfRangeException: Index was outside the bounds of the array.",
        ),
        ("int GetUpperBound(int dimension)", &[&numbers, &0], "3"),
        ("object GetValue(int index)", &[&numbers, &2], "30"),
        (
            "object GetValue(int index)",
            &[&numbers, &4],
            "IndexOutOfRangeException: Index was outside the bounds of the array.",
        ),
        ("object Clone()", &[&numbers], "[10, 20, 30, 20]"),
        ("static int IndexOf<T>(T[] array, T value)", &[&numbers, &20, &int], "1"),
        ("static int IndexOf<T>(T[] array, T value)", &[&texts, &"y", &ty("string")], "1"),
        ("static int IndexOf<T>(T[] array, T value)", &[&texts, &"z", &ty("string")], "-1"),
        (
            "static int IndexOf<T>(T[] array, T value)",
            &[&Null, &"z", &ty("string")],
            "ArgumentNullException: Value cannot be null. (Parameter 'array')",
        ),
        ("static int IndexOf<T>(T[] array, T value, int startIndex)", &[&numbers, &20, &2, &int], "3"),
        ("static int IndexOf<T>(T[] array, T value, int startIndex)", &[&numbers, &20, &5, &int], start),
        ("static int IndexOf<T>(T[] array, T value, int startIndex, int count)", &[&numbers, &20, &2, &9, &int], count),
        ("static int IndexOf(Array array, object value)", &[&numbers, &Object(30)], "2"),
        ("static int IndexOf(Array array, object value)", &[&numbers, &Object(30_i64)], "-1"),
        ("static int LastIndexOf<T>(T[] array, T value)", &[&numbers, &20, &int], "3"),
        ("static int LastIndexOf<T>(T[] array, T value, int startIndex)", &[&numbers, &20, &2, &int], "1"),
        ("static int LastIndexOf<T>(T[] array, T value, int startIndex)", &[&numbers, &20, &4, &int], start),
        ("static int LastIndexOf<T>(T[] array, T value)", &[&Items("int", &[]), &20, &int], "-1"),
        ("static int BinarySearch<T>(T[] array, T value)", &[&Items("int", &[&1, &3, &5]), &4, &int], "-3"),
        ("static int BinarySearch<T>(T[] array, T value)", &[&Items("int", &[&1, &3, &5]), &5, &int], "2"),
        ("static int BinarySearch(Array array, object value)", &[&Items("int", &[&1, &3, &5]), &Object(1)], "0"),
        ("static T[] Empty<T>()", &[&int], "[]"),
    ];
    for (signature, args, expected) in cases {
        let host = format!("{ARRAY}{signature}");
        assert_eq!(crate::testing::call(&host, args), *expected, "{signature}");
    }
}

/// Members that change an array of `3, 1, 2`: signature, further arguments, the array afterwards or the exception.
#[test]
fn elements_change_their_places() {
    let int = ty("int");
    let part = "ArgumentException: Offset and length were out of bounds for the array or count is greater than the number \
                of elements from index to the end of the source collection.";
    let cases: &[(&str, &[&dyn Arg], &str)] = &[
        ("static void Sort<T>(T[] array)", &[&int], "[1, 2, 3]"),
        ("static void Sort<T>(T[] array, int index, int length)", &[&0, &2, &int], "[1, 3, 2]"),
        ("static void Sort<T>(T[] array, int index, int length)", &[&2, &2, &int], part),
        ("static void Sort(Array array)", &[], "[1, 2, 3]"),
        ("static void Reverse<T>(T[] array)", &[&int], "[2, 1, 3]"),
        ("static void Reverse(Array array, int index, int length)", &[&1, &2], "[3, 2, 1]"),
        ("static void Clear(Array array, int index, int length)", &[&1, &2], "[3, 0, 0]"),
        (
            "static void Clear(Array array, int index, int length)",
            &[&1, &3],
            "IndexOutOfRangeException: Index was outside the bounds of the array.",
        ),
        ("static void Fill<T>(T[] array, T value)", &[&9, &int], "[9, 9, 9]"),
        ("void SetValue(object value, int index)", &[&Object(7), &0], "[7, 1, 2]"),
        ("void SetValue(object value, int index)", &[&Null, &0], "[0, 1, 2]"),
        ("void SetValue(object value, int index)", &[&Object(7_u8), &0], "[7, 1, 2]"),
        (
            "void SetValue(object value, int index)",
            &[&"x", &0],
            "InvalidCastException: Object cannot be stored in an array of this type.",
        ),
        (
            "void SetValue(object value, int index)",
            &[&Object(7_i64), &0],
            "InvalidCastException: Object cannot be stored in an array of this type.",
        ),
    ];
    for (signature, args, expected) in cases {
        with_harness(|harness| {
            let array = Items("int", &[&3, &1, &2]).word(&mut harness.cx);
            let all: Vec<&dyn Arg> = std::iter::once(&array as &dyn Arg).chain(args.iter().copied()).collect();
            let result = harness.call(&format!("{ARRAY}{signature}"), &all);
            let after = if result == "void" { harness.show(Some(ty("int[]")), array) } else { result };
            assert_eq!(after, *expected, "{signature}");
        });
    }
}

#[test]
fn copies_convert_elements_where_dotnet_does() {
    let numbers = || Items("int", &[&1, &2]);
    let cases: &[(&dyn Arg, &str, &dyn Arg, i32, &str)] = &[
        (&numbers(), "int[]", &Items("int", &[&0, &0, &0]), 2, "[1, 2, 0]"),
        (&numbers(), "long[]", &Items("long", &[&0_i64, &0_i64]), 2, "[1, 2]"),
        (&Items("byte", &[&200_u8]), "char[]", &Items("char", &[&'a']), 1, "[È]"),
        (&numbers(), "object[]", &Items("object", &[&Null, &Null]), 1, "[1, <null>]"),
        (&Items("object", &[&Object(5), &Object(6)]), "int[]", &numbers(), 2, "[5, 6]"),
        (
            &Items("object", &[&Object(5), &"x"]),
            "int[]",
            &numbers(),
            2,
            "InvalidCastException: At least one element in the source array could not be cast down to the destination \
             array type.",
        ),
        (
            &Items("long", &[&1_i64]),
            "int[]",
            &numbers(),
            1,
            "ArrayTypeMismatchException: Source array type cannot be assigned to destination array type.",
        ),
        (
            &numbers(),
            "string[]",
            &Items("string", &[&Null]),
            1,
            "ArrayTypeMismatchException: Source array type cannot be assigned to destination array type.",
        ),
        (
            &numbers(),
            "int[]",
            &numbers(),
            3,
            "ArgumentException: Source array was not long enough. Check the source index, length, and the array's lower \
             bounds. (Parameter 'sourceArray')",
        ),
        (
            &numbers(),
            "int[]",
            &Items("int", &[]),
            1,
            "ArgumentException: Destination array was not long enough. Check the destination index, length, and the \
             array's lower bounds. (Parameter 'destinationArray')",
        ),
        (
            &numbers(),
            "int[]",
            &numbers(),
            -1,
            "ArgumentOutOfRangeException: Non-negative number required. (Parameter 'length')",
        ),
    ];
    for (source, target, destination, length, expected) in cases {
        with_harness(|harness| {
            let place = destination.word(&mut harness.cx);
            let host = format!("{ARRAY}static void Copy(Array sourceArray, Array destinationArray, int length)");
            let result = harness.call(&host, &[*source, &place, length]);
            let after = if result == "void" { harness.show(Some(ty(target)), place) } else { result };
            assert_eq!(after, *expected, "to {target}");
        });
    }
}

#[test]
fn bytes_are_copied_within_one_array() {
    with_harness(|harness| {
        let bytes: &[u8] = &[1, 2, 3, 4];
        let array = bytes.word(&mut harness.cx);
        let host = format!(
            "{ARRAY}static void Copy(Array sourceArray, int sourceIndex, Array destinationArray, int destinationIndex, int length)"
        );
        assert_eq!(harness.call(&host, &[&array, &0, &array, &1, &3]), "void");
        assert_eq!(harness.show(Some(ty("byte[]")), array), "[1, 1, 2, 3]");
    });
}

#[test]
fn resizing_writes_another_array_to_the_place() {
    let host = format!("{ARRAY}static void Resize<T>(ref T[] array, int newSize)");
    let numbers = Items("int", &[&1, &2, &3]);
    let cases: &[(&dyn Arg, i32, &str)] = &[
        (&numbers, 2, "void; [1, 2]"),
        (&numbers, 5, "void; [1, 2, 3, 0, 0]"),
        (&Null, 1, "void; [0]"),
        (&numbers, -1, "ArgumentOutOfRangeException: Non-negative number required. (Parameter 'newSize')"),
    ];
    for (array, size, expected) in cases {
        assert_eq!(crate::testing::call(&host, &[*array, size, &ty("int")]), *expected, "to {size}");
    }
}

#[test]
fn keys_take_their_items_along() {
    with_harness(|harness| {
        let keys = Items("int", &[&3, &1, &2]).word(&mut harness.cx);
        let items = Items("string", &[&"c", &"a", &"b"]).word(&mut harness.cx);
        let host = format!("{ARRAY}static void Sort<TKey, TValue>(TKey[] keys, TValue[] items)");
        assert_eq!(harness.call(&host, &[&keys, &items, &ty("int"), &ty("string")]), "void");
        assert_eq!(harness.show(Some(ty("string[]")), items), "[a, b, c]");
        let few = Items("string", &[&"c"]).word(&mut harness.cx);
        let result = harness.call(&host, &[&keys, &few, &ty("int"), &ty("string")]);
        assert!(result.starts_with("ArgumentException: Offset and length"), "{result}");
    });
}

#[test]
fn lambdas_see_every_element() {
    with_harness(|harness| {
        let numbers = Items("int", &[&1, &5]).word(&mut harness.cx);
        let large = harness.delegate(ty("Predicate<int>"), |_, args| Ok(Word(u64::from(args[0].0 as u32 > 4))));
        let text = harness.delegate(ty("Converter<int, string>"), |cx, args| {
            let text = cx.str(&format!("n{}", args[0].0));
            Ok(text.into_word(cx))
        });
        let (int, string) = (ty("int"), ty("string"));
        let cases: &[(&str, &[&dyn Arg], &str)] = &[
            ("static bool Exists<T>(T[] array, Predicate<T> match)", &[&numbers, &large, &int], "True"),
            ("static T Find<T>(T[] array, Predicate<T> match)", &[&numbers, &large, &int], "5"),
            ("static T[] FindAll<T>(T[] array, Predicate<T> match)", &[&numbers, &large, &int], "[5]"),
            ("static int FindIndex<T>(T[] array, Predicate<T> match)", &[&numbers, &large, &int], "1"),
            ("static int FindLastIndex<T>(T[] array, Predicate<T> match)", &[&numbers, &large, &int], "1"),
            ("static bool TrueForAll<T>(T[] array, Predicate<T> match)", &[&numbers, &large, &int], "False"),
            (
                "static TOutput[] ConvertAll<TInput, TOutput>(TInput[] array, Converter<TInput, TOutput> converter)",
                &[&numbers, &text, &int, &string],
                "[n1, n5]",
            ),
        ];
        for (signature, args, expected) in cases {
            assert_eq!(harness.call(&format!("{ARRAY}{signature}"), args), *expected, "{signature}");
        }
    });
}

#[test]
fn an_array_is_a_list_of_fixed_size() {
    let numbers = Items("int", &[&1, &2]);
    let list = "System.Collections.Generic.IList::";
    let collection = "System.Collections.Generic.ICollection::";
    let cases: &[(&str, &str, &[&dyn Arg], &str)] = &[
        (list, "T this[int index] { get; }", &[&numbers, &1], "2"),
        (list, "int IndexOf(T item)", &[&numbers, &2], "1"),
        (collection, "int Count { get; }", &[&numbers], "2"),
        (collection, "bool IsReadOnly { get; }", &[&numbers], "True"),
        (collection, "bool Contains(T item)", &[&numbers, &3], "False"),
        (collection, "void Add(T item)", &[&numbers, &3], "NotSupportedException: Collection was of a fixed size."),
        (collection, "void Clear()", &[&numbers], "NotSupportedException: Collection is read-only."),
        ("System.Collections.IList::", "bool IsReadOnly { get; }", &[&numbers], "False"),
        ("System.Collections.IList::", "object this[int index] { get; }", &[&numbers, &0], "1"),
    ];
    for (interface, signature, args, expected) in cases {
        with_harness(|harness| {
            let owner =
                interface.contains("Generic").then(|| ty(&format!("{}<int>", interface.trim_end_matches("::"))));
            assert_eq!(harness.call_on(owner, &format!("{interface}{signature}"), args), *expected, "{signature}");
        });
    }
}

#[test]
fn arrays_are_made_of_types() {
    with_harness(|harness| {
        let int = harness.word("System.Type::static Type GetTypeFromHandle<T>()", &[&ty("int")]);
        let one =
            harness.word(&format!("{ARRAY}static Array CreateInstance(Type elementType, int length)"), &[&int, &2]);
        assert_eq!(harness.show(Some(ty("int[]")), one), "[0, 0]");
        let two = format!("{ARRAY}static Array CreateInstance(Type elementType, int length1, int length2)");
        let grid = harness.word(&two, &[&int, &2, &3]);
        assert_eq!(harness.call("System.Object::string ToString()", &[&grid]), "System.Int32[,]");
        assert_eq!(
            harness.call(&two, &[&int, &2, &-3]),
            "ArgumentOutOfRangeException: Non-negative number required. (Parameter 'length2')"
        );
    });
}

#[test]
fn several_dimensions_have_their_own_lengths() {
    with_harness(|harness| {
        let grid = crate::array::Array::of_dimensions(&harness.cx, ty("int"), &[2, 3]).into_word(&mut harness.cx);
        let cases: &[(&str, &[&dyn Arg], &str)] = &[
            ("int Length { get; }", &[&grid], "6"),
            ("int Rank { get; }", &[&grid], "2"),
            ("int GetLength(int dimension)", &[&grid, &1], "3"),
            ("void SetValue(object value, int index1, int index2)", &[&grid, &Object(7), &1, &2], "void"),
            ("object GetValue(int index1, int index2)", &[&grid, &1, &2], "7"),
            ("object GetValue(int index)", &[&grid, &1], "ArgumentException: Array was not a one-dimensional array."),
            ("object Clone()", &[&grid], "[0, 0, 0, 0, 0, 7]"),
            (
                "static int IndexOf(Array array, object value)",
                &[&grid, &Object(7)],
                "RankException: Only single dimension arrays are supported here.",
            ),
        ];
        for (signature, args, expected) in cases {
            assert_eq!(harness.call(&format!("{ARRAY}{signature}"), args), *expected, "{signature}");
        }
        assert_eq!(harness.call("System.Object::string ToString()", &[&grid]), "System.Int32[,]");
    });
}
