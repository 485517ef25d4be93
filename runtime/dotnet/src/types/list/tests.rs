//! What lists do, member by member. Expected texts are those of .NET Core; the behaviour was compared with Mono's.

use crate::func::Func;
use crate::testing::{Arg, Harness, Items, Null, ty, with_harness};
use crate::types;
use crate::word::{IntoWord, Word};

const LIST: &str = "System.Collections.Generic.List::";

fn list<'a>(harness: &mut Harness<'a>, element: &'static str, items: &[&dyn Arg]) -> Word {
    let of = ty(&format!("List<{element}>"));
    harness.word_on(Some(of), &format!("{LIST}List(IEnumerable<T> collection)"), &[&Items(element, items)])
}

fn call(harness: &mut Harness<'_>, element: &str, signature: &str, args: &[&dyn Arg]) -> String {
    harness.call_on(Some(ty(&format!("List<{element}>"))), &format!("{LIST}{signature}"), args)
}

/// Members of a list of `10, 20, 30, 20`: signature, arguments, result, the list afterwards.
#[test]
fn members_do_what_dotnet_does() {
    let index = "ArgumentOutOfRangeException: Index was out of range. Must be non-negative and less than the size of the \
                 collection. (Parameter 'index')";
    let part = "ArgumentException: Offset and length were out of bounds for the array or count is greater than the number \
                of elements from index to the end of the source collection.";
    let count = "ArgumentOutOfRangeException: Count must be positive and count must refer to a location within the \
                 string/array/collection. (Parameter 'count')";
    let before = "[10, 20, 30, 20]";
    let cases: &[(&str, &[&dyn Arg], &str, &str)] = &[
        ("int Count { get; }", &[], "4", before),
        ("T this[int index] { get; }", &[&2], "30", before),
        ("T this[int index] { get; }", &[&4], index, before),
        ("T this[int index] { get; }", &[&-1], index, before),
        ("T this[int index] { set; }", &[&1, &7], "void", "[10, 7, 30, 20]"),
        ("T this[int index] { set; }", &[&4, &7], index, before),
        ("void Add(T item)", &[&5], "void", "[10, 20, 30, 20, 5]"),
        ("void AddRange(IEnumerable<T> collection)", &[&Items("int", &[&1, &2])], "void", "[10, 20, 30, 20, 1, 2]"),
        (
            "void AddRange(IEnumerable<T> collection)",
            &[&Null],
            "ArgumentNullException: Value cannot be null. (Parameter 'collection')",
            before,
        ),
        ("void Insert(int index, T item)", &[&0, &1], "void", "[1, 10, 20, 30, 20]"),
        ("void Insert(int index, T item)", &[&4, &1], "void", "[10, 20, 30, 20, 1]"),
        (
            "void Insert(int index, T item)",
            &[&5, &1],
            "ArgumentOutOfRangeException: Index must be within the bounds of the List. (Parameter 'index')",
            before,
        ),
        (
            "void InsertRange(int index, IEnumerable<T> collection)",
            &[&1, &Items("int", &[&1, &2])],
            "void",
            "[10, 1, 2, 20, 30, 20]",
        ),
        ("bool Remove(T item)", &[&20], "True", "[10, 30, 20]"),
        ("bool Remove(T item)", &[&9], "False", before),
        ("void RemoveAt(int index)", &[&0], "void", "[20, 30, 20]"),
        ("void RemoveAt(int index)", &[&4], index, before),
        ("void RemoveRange(int index, int count)", &[&1, &2], "void", "[10, 20]"),
        ("void RemoveRange(int index, int count)", &[&3, &2], part, before),
        (
            "void RemoveRange(int index, int count)",
            &[&-1, &2],
            "ArgumentOutOfRangeException: Non-negative number required. (Parameter 'index')",
            before,
        ),
        ("void Clear()", &[], "void", "[]"),
        ("void Reverse()", &[], "void", "[20, 30, 20, 10]"),
        ("void Reverse(int index, int count)", &[&1, &2], "void", "[10, 30, 20, 20]"),
        ("void Sort()", &[], "void", "[10, 20, 20, 30]"),
        ("void Sort(int index, int count, IComparer<T> comparer)", &[&2, &2, &Null], "void", "[10, 20, 20, 30]"),
        ("bool Contains(T item)", &[&30], "True", before),
        ("bool Contains(T item)", &[&31], "False", before),
        ("int IndexOf(T item)", &[&20], "1", before),
        ("int IndexOf(T item, int index)", &[&20, &2], "3", before),
        ("int IndexOf(T item, int index)", &[&20, &5], index, before),
        ("int IndexOf(T item, int index, int count)", &[&20, &2, &1], "-1", before),
        ("int IndexOf(T item, int index, int count)", &[&20, &2, &3], count, before),
        ("int LastIndexOf(T item)", &[&20], "3", before),
        ("int LastIndexOf(T item, int index)", &[&20, &2], "1", before),
        ("int LastIndexOf(T item, int index)", &[&20, &4], index, before),
        ("int LastIndexOf(T item, int index, int count)", &[&20, &2, &1], "-1", before),
        ("T[] ToArray()", &[], before, before),
        ("List<T> GetRange(int index, int count)", &[&1, &2], "[20, 30]", before),
        ("List<T> GetRange(int index, int count)", &[&1, &4], part, before),
        ("System.Collections.ObjectModel.ReadOnlyCollection<T> AsReadOnly()", &[], before, before),
        ("int Capacity { get; }", &[], "4", before),
        (
            "int Capacity { set; }",
            &[&3],
            "ArgumentOutOfRangeException: capacity was less than the current size. (Parameter 'value')",
            before,
        ),
        (
            "T Find(Predicate<T> match)",
            &[&Null],
            "ArgumentNullException: Value cannot be null. (Parameter 'match')",
            before,
        ),
    ];
    for (signature, args, result, after) in cases {
        with_harness(|harness| {
            let list = list(harness, "int", &[&10, &20, &30, &20]);
            let all: Vec<&dyn Arg> = std::iter::once(&list as &dyn Arg).chain(args.iter().copied()).collect();
            assert_eq!(call(harness, "int", signature, &all), *result, "{signature}");
            assert_eq!(harness.show(Some(ty("List<int>")), list), *after, "{signature}");
        });
    }
}

#[test]
fn lambdas_decide_what_is_found() {
    with_harness(|harness| {
        let numbers = list(harness, "int", &[&1, &2, &3, &4]);
        let even =
            harness.delegate(ty("Predicate<int>"), |_, args| Ok(Word(u64::from((args[0].0 as u32).is_multiple_of(2)))));
        let large = harness.delegate(ty("Predicate<int>"), |_, args| Ok(Word(u64::from(args[0].0 as u32 > 9))));
        let cases = [
            ("T Find(Predicate<T> match)", even, "2"),
            ("T Find(Predicate<T> match)", large, "0"),
            ("T FindLast(Predicate<T> match)", even, "4"),
            ("List<T> FindAll(Predicate<T> match)", even, "[2, 4]"),
            ("int FindIndex(Predicate<T> match)", even, "1"),
            ("int FindIndex(Predicate<T> match)", large, "-1"),
            ("int FindLastIndex(Predicate<T> match)", even, "3"),
            ("bool Exists(Predicate<T> match)", large, "False"),
            ("bool TrueForAll(Predicate<T> match)", even, "False"),
            ("int RemoveAll(Predicate<T> match)", even, "2"),
            ("T[] ToArray()", Word::ZERO, "[1, 3]"),
        ];
        for (signature, lambda, expected) in cases {
            let args: &[&dyn Arg] = if signature.contains("match") { &[&numbers, &lambda] } else { &[&numbers] };
            assert_eq!(call(harness, "int", signature, args), expected, "{signature}");
        }
    });
}

#[test]
fn texts_are_found_by_their_content() {
    with_harness(|harness| {
        let texts = list(harness, "string", &[&"a", &"b", &Null]);
        assert_eq!(call(harness, "string", "bool Contains(T item)", &[&texts, &"b"]), "True");
        assert_eq!(call(harness, "string", "int IndexOf(T item)", &[&texts, &Null]), "2");
        let text = harness.call("System.Object::string ToString()", &[&texts]);
        assert_eq!(text, "System.Collections.Generic.List`1[System.String]");
    });
}

#[test]
fn a_walk_notices_changes() {
    let modified = "InvalidOperationException: Collection was modified; enumeration operation may not execute.";
    for change in ["void Clear()", "void Sort()", "void Reverse()", "void Add(T item)"] {
        with_harness(|harness| {
            let numbers = list(harness, "int", &[&2, &1]);
            let walk =
                harness.word_on(Some(ty("List<int>")), &format!("{LIST}IEnumerator<T> GetEnumerator()"), &[&numbers]);
            let move_next = "System.Collections.IEnumerator::bool MoveNext()";
            assert_eq!(harness.call(move_next, &[&walk]), "True");
            let args: &[&dyn Arg] = if change.contains("item") { &[&numbers, &1] } else { &[&numbers] };
            assert_eq!(call(harness, "int", change, args), "void");
            assert_eq!(harness.call(move_next, &[&walk]), modified, "{change}");
        });
    }
}

#[test]
fn for_each_notices_changes_and_walks_by_interface_see_all() {
    with_harness(|harness| {
        let numbers = list(harness, "int", &[&1, &2]);
        let adding = harness.delegate(ty("Action<int>"), move |cx, args| {
            // SAFETY: the word of the list made above.
            let list = unsafe { cx.object(numbers) }.and_then(|list| list.downcast::<super::List<'_>>());
            list.unwrap().push(cx, args[0])?;
            Ok(Word::ZERO)
        });
        assert_eq!(
            call(harness, "int", "void ForEach(Action<T> action)", &[&numbers, &adding]),
            "InvalidOperationException: Collection was modified; enumeration operation may not execute."
        );
        let untyped = "System.Collections.IList::";
        assert_eq!(harness.call(&format!("{untyped}object this[int index] {{ get; }}"), &[&numbers, &2]), "1");
        assert_eq!(
            harness.call(&format!("{untyped}int Add(object value)"), &[&numbers, &"x"]),
            "ArgumentException: The value \"x\" is not of type \"System.Int32\" and cannot be used in this generic \
             collection. (Parameter 'value')"
        );
        assert_eq!(harness.call(&format!("{untyped}bool Contains(object value)"), &[&numbers, &"x"]), "False");
    });
}

#[test]
fn sorting_wraps_what_a_comparison_throws() {
    with_harness(|harness| {
        let numbers = list(harness, "int", &[&2, &1]);
        let failing = harness.delegate(ty("Comparison<int>"), |cx, _| {
            Err(cx.throw(crate::ty::Ty(&types::exception::FORMAT_EXCEPTION), "bad"))
        });
        assert_eq!(
            call(harness, "int", "void Sort(Comparison<T> comparison)", &[&numbers, &failing]),
            "InvalidOperationException: Failed to compare two elements in the array."
        );
        let objects = list(harness, "object", &[&numbers, &numbers]);
        assert_eq!(
            call(harness, "object", "void Sort()", &[&objects]),
            "InvalidOperationException: Failed to compare two elements in the array."
        );
    });
}

#[test]
fn converting_gives_a_list_of_the_other_type() {
    with_harness(|harness| {
        let numbers = list(harness, "int", &[&1, &2]);
        let text = harness.delegate(ty("Converter<int, string>"), |cx, args| {
            let text = cx.str(&format!("n{}", args[0].0));
            Ok(text.into_word(cx))
        });
        let signature = "List<TOutput> ConvertAll<TOutput>(Converter<T, TOutput> converter)";
        assert_eq!(call(harness, "int", signature, &[&numbers, &text, &ty("string")]), "[n1, n2]");
    });
}

#[test]
fn a_delegate_is_called_by_its_member() {
    with_harness(|harness| {
        let add = harness.delegate(ty("Func<int, int, int>"), |_, args| Ok(Word(args[0].0 + args[1].0)));
        let invoke = "System.Func::TResult Invoke(T1 arg1, T2 arg2)";
        assert_eq!(harness.call_on(Some(ty("Func<int, int, int>")), invoke, &[&add, &2, &3]), "5");
        let (parameters, result) = crate::func::signature_of(ty("Func<string, int, bool>")).unwrap();
        assert_eq!((parameters, result), (vec![ty("string"), ty("int")], ty("bool")));
        assert_eq!(crate::func::result_repr(ty("Action<string>")), crate::word::Repr::Void);
        // SAFETY: the word of the delegate made above.
        let function = unsafe { harness.cx.object(add) }.unwrap().downcast::<Func<'_>>().unwrap();
        assert_eq!(function.call2(&mut harness.cx, Word(1), Word(1)), Ok(Word(2)));
    });
}
