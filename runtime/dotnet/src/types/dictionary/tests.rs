//! What dictionaries, sets, queues and stacks do. Expected texts are those of .NET Core; the behaviour was compared with
//! Mono's.

use crate::rt::scalar_of;
use crate::testing::{Arg, Harness, Items, Null, Object, ty, with_harness};
use crate::word::Word;

fn call(harness: &mut Harness<'_>, owner: &str, signature: &str, args: &[&dyn Arg]) -> String {
    let name = owner.split('<').next().unwrap_or(owner);
    let host = match signature.split_once("::") {
        Some(_) => format!("System.Collections.Generic.{signature}"),
        None => format!("System.Collections.Generic.{name}::{signature}"),
    };
    harness.call_on(Some(ty(owner)), &host, args)
}

fn make(harness: &mut Harness<'_>, owner: &str, signature: &str, args: &[&dyn Arg]) -> Word {
    let name = owner.split('<').next().unwrap_or(owner);
    harness.word_on(Some(ty(owner)), &format!("System.Collections.Generic.{name}::{signature}"), args)
}

/// `{ "a": 1, "b": 2 }`.
fn sample(harness: &mut Harness<'_>) -> Word {
    let dictionary = make(harness, "Dictionary<string, int>", "Dictionary()", &[]);
    for (key, value) in [("a", 1), ("b", 2)] {
        let add = "void Add(TKey key, TValue value)";
        assert_eq!(call(harness, "Dictionary<string, int>", add, &[&dictionary, &key, &value]), "void");
    }
    dictionary
}

#[test]
fn dictionaries_do_what_dotnet_does() {
    let null_key = "ArgumentNullException: Value cannot be null. (Parameter 'key')";
    let before = "[[a, 1], [b, 2]]";
    let cases: &[(&str, &[&dyn Arg], &str, &str)] = &[
        ("int Count { get; }", &[], "2", before),
        ("TValue this[TKey key] { get; }", &[&"b"], "2", before),
        (
            "TValue this[TKey key] { get; }",
            &[&"k"],
            "KeyNotFoundException: The given key 'k' was not present in the dictionary.",
            before,
        ),
        ("TValue this[TKey key] { get; }", &[&Null], null_key, before),
        ("TValue this[TKey key] { set; }", &[&"a", &9], "void", "[[a, 9], [b, 2]]"),
        ("TValue this[TKey key] { set; }", &[&"c", &9], "void", "[[a, 1], [b, 2], [c, 9]]"),
        (
            "void Add(TKey key, TValue value)",
            &[&"a", &9],
            "ArgumentException: An item with the same key has already been added. Key: a",
            before,
        ),
        ("void Add(TKey key, TValue value)", &[&Null, &9], null_key, before),
        ("bool TryAdd(TKey key, TValue value)", &[&"a", &9], "False", before),
        ("bool TryAdd(TKey key, TValue value)", &[&"c", &9], "True", "[[a, 1], [b, 2], [c, 9]]"),
        ("bool ContainsKey(TKey key)", &[&"a"], "True", before),
        ("bool ContainsKey(TKey key)", &[&"A"], "False", before),
        ("bool ContainsKey(TKey key)", &[&Null], null_key, before),
        ("bool ContainsValue(TValue value)", &[&2], "True", before),
        ("bool ContainsValue(TValue value)", &[&3], "False", before),
        ("bool TryGetValue(TKey key, out TValue value)", &[&"a"], "True; 1", before),
        ("bool TryGetValue(TKey key, out TValue value)", &[&"k"], "False; 0", before),
        ("bool Remove(TKey key)", &[&"a"], "True", "[[b, 2]]"),
        ("bool Remove(TKey key)", &[&"k"], "False", before),
        ("bool Remove(TKey key, out TValue value)", &[&"b"], "True; 2", "[[a, 1]]"),
        ("void Clear()", &[], "void", "[]"),
        ("System.Collections.Generic.Dictionary.KeyCollection<TKey, TValue> Keys { get; }", &[], "[a, b]", before),
        ("System.Collections.Generic.Dictionary.ValueCollection<TKey, TValue> Values { get; }", &[], "[1, 2]", before),
        ("IDictionary::TValue this[TKey key] { get; }", &[&"b"], "2", before),
        ("IDictionary::ICollection<TKey> Keys { get; }", &[], "[a, b]", before),
        ("IReadOnlyDictionary::bool TryGetValue(TKey key, out TValue value)", &[&"k"], "False; 0", before),
        ("IReadOnlyDictionary::IEnumerable<TValue> Values { get; }", &[], "[1, 2]", before),
        ("ICollection::int Count { get; }", &[], "2", before),
        ("ICollection::bool IsReadOnly { get; }", &[], "False", before),
    ];
    for (signature, args, result, after) in cases {
        with_harness(|harness| {
            let owner = "Dictionary<string, int>";
            let dictionary = sample(harness);
            let all: Vec<&dyn Arg> = std::iter::once(&dictionary as &dyn Arg).chain(args.iter().copied()).collect();
            assert_eq!(call(harness, owner, signature, &all), *result, "{signature}");
            assert_eq!(harness.show(Some(ty(owner)), dictionary), *after, "{signature}");
        });
    }
}

#[test]
fn a_removed_key_leaves_its_place_to_the_next() {
    with_harness(|harness| {
        let dictionary = sample(harness);
        for step in ["-a", "-b", "+x", "+y", "+z"] {
            let key = &step[1..];
            match step.as_bytes()[0] {
                b'-' => call(harness, "Dictionary<string, int>", "bool Remove(TKey key)", &[&dictionary, &key]),
                _ => {
                    call(harness, "Dictionary<string, int>", "TValue this[TKey key] { set; }", &[&dictionary, &key, &0])
                }
            };
        }
        let text = harness.show(Some(ty("Dictionary<string, int>")), dictionary);
        assert_eq!(text, "[[y, 0], [x, 0], [z, 0]]");
        let copy = "Dictionary(IDictionary<TKey, TValue> dictionary)";
        let copy = make(harness, "Dictionary<string, int>", copy, &[&dictionary]);
        assert_eq!(harness.show(Some(ty("Dictionary<string, int>")), copy), text);
    });
}

#[test]
fn views_are_live_and_cannot_be_changed() {
    with_harness(|harness| {
        let dictionary = sample(harness);
        let keys = "System.Collections.Generic.Dictionary.KeyCollection<TKey, TValue> Keys { get; }";
        let keys = make(harness, "Dictionary<string, int>", keys, &[&dictionary]);
        assert_eq!(
            harness.call("System.Object::string ToString()", &[&keys]),
            "System.Collections.Generic.Dictionary`2+KeyCollection[System.String,System.Int32]"
        );
        call(harness, "Dictionary<string, int>", "void Add(TKey key, TValue value)", &[&dictionary, &"c", &3]);
        assert_eq!(harness.show(Some(ty("ICollection<string>")), keys), "[a, b, c]");
        assert_eq!(
            call(harness, "ICollection<string>", "void Add(T item)", &[&keys, &"x"]),
            "NotSupportedException: Mutating a key collection derived from a dictionary is not allowed."
        );
        assert_eq!(call(harness, "ICollection<string>", "bool Contains(T item)", &[&keys, &"c"]), "True");
    });
}

#[test]
fn walks_notice_changes_of_any_kind() {
    let modified = "InvalidOperationException: Collection was modified; enumeration operation may not execute.";
    let changes: &[(&str, &[&dyn Arg])] = &[
        ("bool Remove(TKey key)", &[&"a"]),
        ("void Clear()", &[]),
        ("TValue this[TKey key] { set; }", &[&"a", &5]),
        ("void Add(TKey key, TValue value)", &[&"z", &5]),
    ];
    for (change, args) in changes {
        with_harness(|harness| {
            let dictionary = sample(harness);
            let walk = "IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator()";
            let walk = make(harness, "Dictionary<string, int>", walk, &[&dictionary]);
            let move_next = "System.Collections.IEnumerator::bool MoveNext()";
            assert_eq!(harness.call(move_next, &[&walk]), "True");
            let all: Vec<&dyn Arg> = std::iter::once(&dictionary as &dyn Arg).chain(args.iter().copied()).collect();
            call(harness, "Dictionary<string, int>", change, &all);
            assert_eq!(harness.call(move_next, &[&walk]), modified, "{change}");
        });
    }
}

#[test]
fn keys_are_compared_by_their_type() {
    with_harness(|harness| {
        // Numbers by value, boxes by type and value, pairs by their parts.
        let owner = "Dictionary<object, int>";
        let dictionary = make(harness, owner, "Dictionary()", &[]);
        let set = "TValue this[TKey key] { set; }";
        let keys: &[&dyn Arg] = &[&Object(1), &Object(1_i64), &"1", &Object(1), &"1"];
        for (value, key) in (0..).zip(keys) {
            call(harness, owner, set, &[&dictionary, *key, &value]);
        }
        assert_eq!(harness.show(Some(ty(owner)), dictionary), "[[1, 3], [1, 1], [1, 4]]");
        let owner = "Dictionary<int, string>";
        let codes = make(harness, owner, "Dictionary(int capacity)", &[&100]);
        for code in 0..50 {
            call(harness, owner, set, &[&codes, &code, &"x"]);
        }
        assert_eq!(call(harness, owner, "bool ContainsKey(TKey key)", &[&codes, &49]), "True");
        assert_eq!(
            call(harness, owner, "TValue this[TKey key] { get; }", &[&codes, &500]),
            "KeyNotFoundException: The given key '500' was not present in the dictionary."
        );
    });
}

#[test]
fn untyped_members_box_and_check() {
    with_harness(|harness| {
        let dictionary = sample(harness);
        let owner = "System.Collections.IDictionary::";
        let cases: &[(&str, &[&dyn Arg], &str)] = &[
            ("object this[object key] { get; }", &[&dictionary, &"a"], "1"),
            ("object this[object key] { get; }", &[&dictionary, &"k"], "<null>"),
            ("object this[object key] { get; }", &[&dictionary, &Object(5)], "<null>"),
            ("bool Contains(object key)", &[&dictionary, &Object(5)], "False"),
            (
                "void Add(object key, object value)",
                &[&dictionary, &Object(5), &Object(1)],
                "ArgumentException: The value \"5\" is not of type \"System.String\" and cannot be used in this generic \
                 collection. (Parameter 'key')",
            ),
            (
                "void Add(object key, object value)",
                &[&dictionary, &"c", &"x"],
                "ArgumentException: The value \"x\" is not of type \"System.Int32\" and cannot be used in this generic \
                 collection. (Parameter 'value')",
            ),
            ("void Add(object key, object value)", &[&dictionary, &"c", &Object(3)], "void"),
        ];
        for (signature, args, expected) in cases {
            assert_eq!(harness.call(&format!("{owner}{signature}"), args), *expected, "{signature}");
        }
    });
}

#[test]
fn sets_do_what_dotnet_does() {
    let before = "[1, 2, 3]";
    let cases: &[(&str, &[&dyn Arg], &str, &str)] = &[
        ("bool Add(T item)", &[&3], "False", before),
        ("bool Add(T item)", &[&4], "True", "[1, 2, 3, 4]"),
        ("bool Remove(T item)", &[&2], "True", "[1, 3]"),
        ("bool Remove(T item)", &[&9], "False", before),
        ("bool Contains(T item)", &[&2], "True", before),
        ("int Count { get; }", &[], "3", before),
        ("bool TryGetValue(T equalValue, out T actualValue)", &[&2], "True; 2", before),
        ("bool TryGetValue(T equalValue, out T actualValue)", &[&9], "False; 0", before),
        ("ISet::void UnionWith(IEnumerable<T> other)", &[&Items("int", &[&3, &5])], "void", "[1, 2, 3, 5]"),
        ("ISet::void IntersectWith(IEnumerable<T> other)", &[&Items("int", &[&3, &1])], "void", "[1, 3]"),
        ("ISet::void ExceptWith(IEnumerable<T> other)", &[&Items("int", &[&2, &7])], "void", "[1, 3]"),
        ("ISet::void SymmetricExceptWith(IEnumerable<T> other)", &[&Items("int", &[&3, &4, &4])], "void", "[1, 2, 4]"),
        ("ISet::bool IsSubsetOf(IEnumerable<T> other)", &[&Items("int", &[&3, &2, &1, &1])], "True", before),
        ("ISet::bool IsSubsetOf(IEnumerable<T> other)", &[&Items("int", &[&3, &2])], "False", before),
        ("ISet::bool IsProperSubsetOf(IEnumerable<T> other)", &[&Items("int", &[&3, &2, &1])], "False", before),
        ("ISet::bool IsProperSubsetOf(IEnumerable<T> other)", &[&Items("int", &[&3, &2, &1, &0])], "True", before),
        ("ISet::bool IsSupersetOf(IEnumerable<T> other)", &[&Items("int", &[&3, &3])], "True", before),
        ("ISet::bool IsSupersetOf(IEnumerable<T> other)", &[&Items("int", &[&9])], "False", before),
        ("ISet::bool IsProperSupersetOf(IEnumerable<T> other)", &[&Items("int", &[&3, &2, &1])], "False", before),
        ("ISet::bool Overlaps(IEnumerable<T> other)", &[&Items("int", &[&9, &3])], "True", before),
        ("ISet::bool SetEquals(IEnumerable<T> other)", &[&Items("int", &[&3, &2, &1, &3])], "True", before),
        ("ISet::bool SetEquals(IEnumerable<T> other)", &[&Items("int", &[&3, &2])], "False", before),
        (
            "ISet::void UnionWith(IEnumerable<T> other)",
            &[&Null],
            "ArgumentNullException: Value cannot be null. (Parameter 'other')",
            before,
        ),
    ];
    for name in ["HashSet", "SortedSet"] {
        for (signature, args, result, after) in cases {
            with_harness(|harness| {
                let owner = format!("{name}<int>");
                let from = format!("{name}(IEnumerable<T> collection)");
                let set = make(harness, &owner, &from, &[&Items("int", &[&1, &2, &3, &1])]);
                let all: Vec<&dyn Arg> = std::iter::once(&set as &dyn Arg).chain(args.iter().copied()).collect();
                assert_eq!(call(harness, &owner, signature, &all), *result, "{name} {signature}");
                assert_eq!(harness.show(Some(ty(&owner)), set), *after, "{name} {signature}");
            });
        }
    }
}

#[test]
fn sets_keep_the_order_that_dotnet_keeps() {
    with_harness(|harness| {
        let owner = "HashSet<int>";
        let set = make(harness, owner, "HashSet(IEnumerable<T> collection)", &[&Items("int", &[&1, &2, &3])]);
        call(harness, owner, "ISet::void IntersectWith(IEnumerable<T> other)", &[&set, &Items("int", &[&3, &1])]);
        let copy = make(harness, owner, "HashSet(IEnumerable<T> collection)", &[&set]);
        for number in [9, 8] {
            call(harness, owner, "bool Add(T item)", &[&set, &number]);
        }
        assert_eq!(harness.show(Some(ty(owner)), set), "[1, 9, 3, 8]");
        call(harness, owner, "bool Add(T item)", &[&copy, &7]);
        assert_eq!(harness.show(Some(ty(owner)), copy), "[1, 7, 3]");
        let odd = harness.delegate(ty("Predicate<int>"), |_, a| Ok(Word(u64::from(scalar_of::<i32>(a[0]) % 2 == 1))));
        assert_eq!(call(harness, owner, "int RemoveWhere(Predicate<T> match)", &[&set, &odd]), "3");
        assert_eq!(harness.show(Some(ty(owner)), set), "[8]");
        let nulls = make(harness, "HashSet<string>", "HashSet()", &[]);
        assert_eq!(call(harness, "HashSet<string>", "bool Add(T item)", &[&nulls, &Null]), "True");
        assert_eq!(call(harness, "HashSet<string>", "bool Contains(T item)", &[&nulls, &Null]), "True");
    });
}

#[test]
fn sorted_sets_are_walked_in_order() {
    with_harness(|harness| {
        let owner = "SortedSet<string>";
        let items = Items("string", &[&"pear", &"apple", &"fig"]);
        let set = make(harness, owner, "SortedSet(IEnumerable<T> collection)", &[&items]);
        assert_eq!(harness.show(Some(ty(owner)), set), "[apple, fig, pear]");
        assert_eq!(call(harness, owner, "T Min { get; }", &[&set]), "apple");
        assert_eq!(call(harness, owner, "T Max { get; }", &[&set]), "pear");
        assert_eq!(call(harness, owner, "IEnumerable<T> Reverse()", &[&set]), "[pear, fig, apple]");
        let between = "SortedSet<T> GetViewBetween(T lowerValue, T upperValue)";
        assert_eq!(call(harness, owner, between, &[&set, &"b", &"g"]), "[fig]");
        let objects = make(harness, "SortedSet<object>", "SortedSet()", &[]);
        assert_eq!(
            call(harness, "SortedSet<object>", "bool Add(T item)", &[&objects, &set]),
            "ArgumentException: At least one object must implement IComparable."
        );
    });
}

#[test]
fn queues_and_stacks_give_back_in_their_order() {
    with_harness(|harness| {
        let numbers = Items("int", &[&1, &2, &3]);
        let queue = make(harness, "Queue<int>", "Queue(IEnumerable<T> collection)", &[&numbers]);
        let stack = make(harness, "Stack<int>", "Stack(IEnumerable<T> collection)", &[&numbers]);
        let cases: &[(&str, Word, &str, &[&dyn Arg], &str)] = &[
            ("Queue<int>", queue, "T Dequeue()", &[], "1"),
            ("Queue<int>", queue, "void Enqueue(T item)", &[&4], "void"),
            ("Queue<int>", queue, "void Enqueue(T item)", &[&5], "void"),
            ("Queue<int>", queue, "void Enqueue(T item)", &[&6], "void"),
            ("Queue<int>", queue, "T Peek()", &[], "2"),
            ("Queue<int>", queue, "T[] ToArray()", &[], "[2, 3, 4, 5, 6]"),
            ("Queue<int>", queue, "bool Contains(T item)", &[&6], "True"),
            ("Queue<int>", queue, "bool TryDequeue(out T result)", &[], "True; 2"),
            ("Queue<int>", queue, "int Count { get; }", &[], "4"),
            ("Queue<int>", queue, "void Clear()", &[], "void"),
            ("Queue<int>", queue, "bool TryPeek(out T result)", &[], "False; 0"),
            ("Queue<int>", queue, "T Dequeue()", &[], "InvalidOperationException: Queue empty."),
            ("Queue<int>", queue, "T Peek()", &[], "InvalidOperationException: Queue empty."),
            ("Stack<int>", stack, "T[] ToArray()", &[], "[3, 2, 1]"),
            ("Stack<int>", stack, "T Pop()", &[], "3"),
            ("Stack<int>", stack, "void Push(T item)", &[&7], "void"),
            ("Stack<int>", stack, "T Peek()", &[], "7"),
            ("Stack<int>", stack, "bool Contains(T item)", &[&1], "True"),
            ("Stack<int>", stack, "bool TryPop(out T result)", &[], "True; 7"),
            ("Stack<int>", stack, "int Count { get; }", &[], "2"),
            ("Stack<int>", stack, "void Clear()", &[], "void"),
            ("Stack<int>", stack, "bool TryPeek(out T result)", &[], "False; 0"),
            ("Stack<int>", stack, "T Pop()", &[], "InvalidOperationException: Stack empty."),
            ("Stack<int>", stack, "T Peek()", &[], "InvalidOperationException: Stack empty."),
        ];
        for (owner, object, signature, args, expected) in cases {
            let all: Vec<&dyn Arg> = std::iter::once(object as &dyn Arg).chain(args.iter().copied()).collect();
            assert_eq!(call(harness, owner, signature, &all), *expected, "{owner} {signature}");
        }
    });
}

#[test]
fn pairs_are_equal_by_their_parts() {
    with_harness(|harness| {
        let pair = |harness: &mut Harness<'_>, key: &str, value: i32| {
            make(harness, "KeyValuePair<string, int>", "KeyValuePair(TKey key, TValue value)", &[&key, &value])
        };
        let (a, same, other) = (pair(harness, "k", 5), pair(harness, "k", 5), pair(harness, "k", 6));
        assert_eq!(harness.call("System.Object::string ToString()", &[&a]), "[k, 5]");
        assert_eq!(harness.call("System.Object::bool Equals(object obj)", &[&a, &same]), "True");
        assert_eq!(harness.call("System.Object::bool Equals(object obj)", &[&a, &other]), "False");
        assert_eq!(call(harness, "KeyValuePair<string, int>", "TKey Key { get; }", &[&a]), "k");
        assert_eq!(call(harness, "KeyValuePair<string, int>", "TValue Value { get; }", &[&a]), "5");
        let hash = "System.Object::int GetHashCode()";
        assert_eq!(harness.call(hash, &[&a]), harness.call(hash, &[&same]));
        let empty = crate::rt::default_word(ty("KeyValuePair<string, int>"));
        assert_eq!(harness.call("System.Object::string ToString()", &[&empty]), "[, 0]");
    });
}

#[test]
fn sorted_dictionaries_and_lists_keep_the_order_of_their_keys() {
    for name in ["SortedDictionary", "SortedList"] {
        with_harness(|harness| {
            let owner = format!("{name}<string, int>");
            let sorted = make(harness, &owner, &format!("{name}()"), &[]);
            let add = "SortedDictionary::void Add(TKey key, TValue value)";
            for (key, value) in [("b", 1), ("a", 2), ("c", 3)] {
                assert_eq!(call(harness, &owner, add, &[&sorted, &key, &value]), "void");
            }
            assert_eq!(harness.show(Some(ty(&owner)), sorted), "[[a, 2], [b, 1], [c, 3]]");
            let duplicate = "ArgumentException: An item with the same key has already been added. Key: ";
            let duplicate = if name == "SortedList" {
                format!("{duplicate}a (Parameter 'key')")
            } else {
                format!("{duplicate}[a, 9]")
            };
            let cases: &[(&str, &[&dyn Arg], &str)] = &[
                (add, &[&sorted, &"a", &9], &duplicate),
                (add, &[&sorted, &Null, &9], "ArgumentNullException: Value cannot be null. (Parameter 'key')"),
                ("SortedDictionary::TValue this[TKey key] { get; }", &[&sorted, &"a"], "2"),
                (
                    "SortedDictionary::TValue this[TKey key] { get; }",
                    &[&sorted, &"zz"],
                    "KeyNotFoundException: The given key 'zz' was not present in the dictionary.",
                ),
                ("SortedDictionary::TValue this[TKey key] { set; }", &[&sorted, &"a", &7], "void"),
                ("SortedDictionary::bool ContainsKey(TKey key)", &[&sorted, &"q"], "False"),
                ("SortedDictionary::bool ContainsValue(TValue value)", &[&sorted, &7], "True"),
                ("SortedDictionary::bool TryGetValue(TKey key, out TValue value)", &[&sorted, &"q"], "False; 0"),
                ("IDictionary::ICollection<TKey> Keys { get; }", &[&sorted], "[a, b, c]"),
                ("IDictionary::ICollection<TValue> Values { get; }", &[&sorted], "[7, 1, 3]"),
                ("SortedDictionary::bool Remove(TKey key)", &[&sorted, &"b"], "True"),
                ("SortedDictionary::int Count { get; }", &[&sorted], "2"),
            ];
            for (signature, args, expected) in cases {
                assert_eq!(call(harness, &owner, signature, args), *expected, "{name} {signature}");
            }
            if name == "SortedList" {
                assert_eq!(call(harness, &owner, "int IndexOfKey(TKey key)", &[&sorted, &"c"]), "1");
                assert_eq!(call(harness, &owner, "int IndexOfValue(TValue value)", &[&sorted, &7]), "0");
                assert_eq!(call(harness, &owner, "void RemoveAt(int index)", &[&sorted, &0]), "void");
                assert_eq!(harness.show(Some(ty(&owner)), sorted), "[[c, 3]]");
            }
        });
    }
}

#[test]
fn linked_lists_know_their_neighbours() {
    with_harness(|harness| {
        let owner = "LinkedList<int>";
        let list = make(harness, owner, "LinkedList(IEnumerable<T> collection)", &[&Items("int", &[&1, &2])]);
        let last = make(harness, owner, "LinkedListNode<T> Last { get; }", &[&list]);
        let node = |harness: &mut Harness<'_>, signature: &str, args: &[&dyn Arg]| {
            call(harness, owner, &format!("LinkedListNode::{signature}"), args)
        };
        assert_eq!(node(harness, "T Value { get; }", &[&last]), "2");
        make(harness, owner, "LinkedListNode<T> AddFirst(T value)", &[&list, &0]);
        make(harness, owner, "LinkedListNode<T> AddAfter(LinkedListNode<T> node, T value)", &[&list, &last, &9]);
        let before = "LinkedListNode<T> AddBefore(LinkedListNode<T> node, T value)";
        let middle = make(harness, owner, before, &[&list, &last, &5]);
        assert_eq!(harness.show(Some(ty(owner)), list), "[0, 1, 5, 2, 9]");
        assert_eq!(node(harness, "T Value { set; }", &[&middle, &6]), "void");
        assert_eq!(call(harness, owner, "bool Contains(T value)", &[&list, &6]), "True");
        assert_eq!(call(harness, owner, "void Remove(LinkedListNode<T> node)", &[&list, &middle]), "void");
        assert_eq!(
            call(harness, owner, "void Remove(LinkedListNode<T> node)", &[&list, &middle]),
            "InvalidOperationException: The LinkedList node does not belong to current LinkedList."
        );
        assert_eq!(call(harness, owner, "void RemoveFirst()", &[&list]), "void");
        assert_eq!(call(harness, owner, "void RemoveLast()", &[&list]), "void");
        assert_eq!(call(harness, owner, "bool Remove(T value)", &[&list, &1]), "True");
        assert_eq!(harness.show(Some(ty(owner)), list), "[2]");
        assert_eq!(call(harness, owner, "void Clear()", &[&list]), "void");
        assert_eq!(
            call(harness, owner, "void RemoveLast()", &[&list]),
            "InvalidOperationException: The LinkedList is empty."
        );
    });
}
