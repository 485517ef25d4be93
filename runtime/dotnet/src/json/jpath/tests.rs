//! Paths of every form, with what Json.NET finds.

use super::{select, select_one};
use crate::json::load::{Wanted, parse};
use crate::json::path;
use crate::json::token::Token;
use crate::testing::{ty, with_harness};
use crate::throw::Throw;

const DOCUMENT: &str = r#"{"store":{"book":[{"t":"A","p":8.95,"n":1},{"t":"B","p":12,"n":2,"isbn":"x"},{"t":"it's","p":22.5,"n":3,"tags":["u","v"]}],"a.b":{"c d":1}},"e":null,"f":[[1,2],[3,[4]]],"d":"2024-03-05T14:07:09Z","s":"5"}"#;

/// The paths of what a path finds in the document, or the exception.
fn found(expression: &str, must_match: bool) -> String {
    with_harness(|harness| {
        let cx = &mut harness.cx;
        let document = cx.str(DOCUMENT);
        let expression = cx.str(expression);
        let paths = parse(cx, document, Wanted::Token).and_then(|root| {
            let sequence = select(cx, root, Some(expression), must_match)?;
            let words = sequence.elements(cx, ty("JToken"))?.collect(cx)?;
            let mut paths = Vec::new();
            for word in words {
                // SAFETY: the elements are tokens.
                let token: &Token<'_> = unsafe { cx.object(word) }.and_then(|object| object.downcast()).unwrap();
                let path = path::of_token(cx, token).to_utf8().into_owned();
                paths.push(if path.is_empty() { String::from("$") } else { path });
            }
            Ok::<_, Throw>(paths.join(" "))
        });
        paths.unwrap_or_else(|_| {
            let thrown = cx.take_thrown().unwrap();
            format!("{}: {}", thrown.ty().def.short_name(), thrown.full_message())
        })
    })
}

#[test]
fn paths_find_what_they_name() {
    for (expression, expected) in [
        ("$", "$"),
        ("$.store.book[0].t", "store.book[0].t"),
        ("store.book[1].p", "store.book[1].p"),
        ("['store']['book'][2]['t']", "store.book[2].t"),
        ("$.store['a.b']['c d']", "store['a.b']['c d']"),
        ("store.book[*].t", "store.book[0].t store.book[1].t store.book[2].t"),
        ("$..t", "store.book[0].t store.book[1].t store.book[2].t"),
        ("$..book[2].t", "store.book[2].t"),
        (
            "$..*",
            "$ store store.book store.book[0] store.book[0].t store.book[0].p store.book[0].n store.book[1] store.book[1].t store.book[1].p store.book[1].n store.book[1].isbn store.book[2] store.book[2].t store.book[2].p store.book[2].n store.book[2].tags store.book[2].tags[0] store.book[2].tags[1] store['a.b'] store['a.b']['c d'] e f f[0] f[0][0] f[0][1] f[1] f[1][0] f[1][1] f[1][1][0] d s",
        ),
        ("$.*", "store e f d s"),
        ("$.store.*", "store.book store['a.b']"),
        ("$.f[*][0]", "f[0][0] f[1][0]"),
        ("$.f[0,1]", "f[0] f[1]"),
        ("$..[0]", ""),
        ("f[0:1]", "f[0]"),
        ("f[:-1]", "f[0]"),
        ("f[-1:]", "f[1]"),
        ("f[::2]", "f[0]"),
        ("f[::-1]", "f[1] f[0]"),
        ("f[5:1]", ""),
        ("store.book[?(@.p > 10)].t", "store.book[1].t store.book[2].t"),
        ("store.book[?(@.p >= 12)].t", "store.book[1].t store.book[2].t"),
        ("store.book[?(@.p < 10)].t", "store.book[0].t"),
        ("store.book[?(@.p <= 8.95)].t", "store.book[0].t"),
        ("store.book[?(@.t == 'A')].n", "store.book[0].n"),
        ("store.book[?(@.t != 'A')].n", "store.book[1].n store.book[2].n"),
        ("store.book[?(@.t <> 'A')].n", "store.book[1].n store.book[2].n"),
        ("store.book[?(@.isbn)].n", "store.book[1].n"),
        ("store.book[?(@.p > 10 && @.n < 3)].n", "store.book[1].n"),
        ("store.book[?(@.p < 10 || @.n == 3)].n", "store.book[0].n store.book[2].n"),
        ("store.book[?(@.n == 1 || @.n == 2 && @.p > 100)].n", "store.book[0].n"),
        ("store.book[?(@.t == 'it\\'s')].n", "store.book[2].n"),
        ("store.book[?(@.p == 12.0)].n", "store.book[1].n"),
        ("store.book[?(@.n == '1')].t", ""),
        ("store.book[?(@.tags[0] == 'u')].n", "store.book[2].n"),
        ("store.book[?(@.tags[*] == 'v')].n", "store.book[2].n"),
        ("store.book[?(@['t'] == 'B')].n", "store.book[1].n"),
        ("f[?(@[0] == 1)]", "f[0]"),
        ("$..[?(@.n == 2)].t", "store.book[1].t"),
        ("$..book[?(@.p > 10)]", "store.book[1] store.book[2]"),
        ("$[?(@ == '5')]", ""),
        ("[?(@.x == null)]", ""),
        ("store.book[?(@.isbn == null)].n", ""),
        ("store.book[?(@.n === 1)].t", "store.book[0].t"),
        ("store.book[?(@.n !== 1)].t", "store.book[1].t store.book[2].t"),
        ("store.book[?(@.n === '1')].t", ""),
        ("store.book[?(@.n == 1)]['t','p']", "store.book[0].t store.book[0].p"),
        ("store.book[0]['t','p']", "store.book[0].t store.book[0].p"),
        ("store['book','a.b']", "store.book store['a.b']"),
        (
            "$..['t','n']",
            "store.book[0].t store.book[0].n store.book[1].t store.book[1].n store.book[2].t store.book[2].n",
        ),
        ("nope", ""),
        ("nope.x", ""),
        ("store.book.t", ""),
        ("store.book[9]", ""),
        ("e", "e"),
        ("e.x", ""),
        ("s.x", ""),
        ("d", "d"),
        ("", "$"),
        (".store", "store"),
        ("['']", ""),
        ("store[0]", ""),
        ("store.book[?(1 == 1)].n", "store.book[0].n store.book[1].n store.book[2].n"),
        ("store.book[?($.s == '5')].n", "store.book[0].n store.book[1].n store.book[2].n"),
        ("store.book[?(@.n > $.store.book[0].n)].n", "store.book[1].n store.book[2].n"),
        (" store.book[0].t ", ""),
        ("store.book[ 0 ].t", "store.book[0].t"),
        ("store.book[0 , 1].t", "store.book[0].t store.book[1].t"),
        ("store.*x", ""),
        ("$[*]", ""),
        ("$..[*]", ""),
        ("$..[?(@.t)]", "store.book[0] store.book[1] store.book[2]"),
        ("f..[0]", "f[0]"),
        ("..t", "store.book[0].t store.book[1].t store.book[2].t"),
        ("@.store.book[0].t", ""),
        ("store.book[?(@.p == true)].n", ""),
        ("store.book[?(@.p == false || @.n == 1)].n", "store.book[0].n"),
        ("store.book[?(@.p == 1e1)].n", ""),
        ("store.book[?(@.p == -1)].n", ""),
        ("store.book[?(@..u)].n", ""),
        ("$.store.book[0].t.x", ""),
        ("$.d[?(@ > 1)]", ""),
    ] {
        assert_eq!(found(expression, false), expected, "{expression}");
    }
}

#[test]
fn wrong_paths_are_told_apart() {
    for (expression, expected) in [
        ("f[0:2:0]", "JsonException: Step cannot be zero."),
        ("store.book[?(@.t == \"B\")].n", "JsonException: Unexpected character while parsing path query: \""),
        (
            "store.book[-1]",
            "ArgumentOutOfRangeException: Index was out of range. Must be non-negative and less than the size of the collection. (Parameter 'index')",
        ),
        ("$.", "JsonException: Unexpected end while parsing path."),
        ("$..", "JsonException: Unexpected end while parsing path."),
        ("store.", "JsonException: Unexpected end while parsing path."),
        ("store..", "JsonException: Unexpected end while parsing path."),
        ("[", "JsonException: Path ended with open indexer."),
        ("[0", "JsonException: Path ended with open indexer."),
        ("['a", "JsonException: Path ended with an open string."),
        ("['a'", "JsonException: Path ended with open indexer."),
        ("[]", "JsonException: Array index expected."),
        ("store.book[x]", "JsonException: Unexpected character while parsing path indexer: x"),
        ("store.book[1.5]", "JsonException: Unexpected character while parsing path indexer: ."),
        ("store.book[?(]", "JsonException: Unexpected character while parsing path query: ]"),
        ("store.book[?(@.p > )]", "JsonException: Unexpected character while parsing path query: )"),
        ("store.book[?(@.p > 'a)]", "JsonException: Path ended with an open string."),
        ("store.book[?@.p > 10]", "JsonException: Unexpected character while parsing path indexer: @"),
        ("store.book[?(@.p > 10)", "JsonException: Path ended with open indexer."),
        ("store.book[?(@.p ~ 10)]", "JsonException: Could not read query operator."),
        ("store.book[?(@.p = 10)]", "JsonException: Could not read query operator."),
        ("store .book", "JsonException: Unexpected character while parsing path:  "),
        ("$ .store", "JsonException: Unexpected character while parsing path:  "),
        ("store.book[0:2]]", "JsonException: Unexpected character while parsing path: ]"),
        ("store.book)", "JsonException: Unexpected character while parsing path: )"),
        ("a b", "JsonException: Unexpected character while parsing path:  "),
        ("store.book[*", "JsonException: Path ended with open indexer."),
        ("..", "JsonException: Unexpected end while parsing path."),
        ("store.book[?(@.n>=2&&@.n<=3)].n", "JsonException: Unexpected character while parsing path query: )"),
        ("store.book[?((@.n == 1))].n", "JsonException: Unexpected character while parsing path query: ("),
    ] {
        assert_eq!(found(expression, false), expected, "{expression}");
    }
}

#[test]
fn finding_nothing_is_a_fault_if_asked_for() {
    for (expression, expected) in [
        ("$..[0]", "JsonException: Index 0 not valid on JObject."),
        ("f[5:1]", "JsonException: Array slice of 5 to 1 returned no results."),
        ("store.book[?(@.n == 1)]['t','p']", "JsonException: Property 't' does not exist on JObject."),
        ("store.book[0]['t','p']", "JsonException: Property 't' does not exist on JObject."),
        ("store['book','a.b']", "JsonException: Property 'book' does not exist on JObject."),
        ("nope", "JsonException: Property 'nope' does not exist on JObject."),
        ("nope.x", "JsonException: Property 'nope' does not exist on JObject."),
        ("store.book.t", "JsonException: Property 't' not valid on JArray."),
        ("store.book[9]", "JsonException: Index 9 outside the bounds of JArray."),
        ("e.x", "JsonException: Property 'x' not valid on JValue."),
        ("s.x", "JsonException: Property 'x' not valid on JValue."),
        ("['']", "JsonException: Property '' does not exist on JObject."),
        ("store[0]", "JsonException: Index 0 not valid on JObject."),
        (" store.book[0].t ", "JsonException: Property ' store' does not exist on JObject."),
        ("store.*x", "JsonException: Property '*x' does not exist on JObject."),
        ("$[*]", "JsonException: Index * not valid on JObject."),
        ("$..[*]", "JsonException: Index * not valid on JObject."),
        ("@.store.book[0].t", "JsonException: Property '@' does not exist on JObject."),
        ("$.store.book[0].t.x", "JsonException: Property 'x' not valid on JValue."),
    ] {
        assert_eq!(found(expression, true), expected, "{expression}");
    }
}

#[test]
fn one_token_is_asked_for() {
    with_harness(|harness| {
        let cx = &mut harness.cx;
        let document = cx.str(DOCUMENT);
        let root = parse(cx, document, Wanted::Token).unwrap();
        let (all, none) = (cx.str("$..t"), cx.str("nope"));
        assert!(select_one(cx, root, Some(all), false).is_err());
        assert_eq!(cx.thrown_text(), "Path returned multiple tokens.");
        assert!(select_one(cx, root, Some(none), false).unwrap().is_none());
        assert!(select_one(cx, root, None, false).is_err());
        assert_eq!(cx.thrown_text(), "Value cannot be null. (Parameter 'expression')");
    });
}

#[test]
fn hostile_paths_take_linear_time_and_no_stack() {
    let nested = format!("[{}1 == 1{}]", "?(@.a == 1 && ".repeat(20_000), ")".repeat(20_000));
    assert!(found(&nested, false).starts_with("JsonException: "));
    assert_eq!(found(&"a.".repeat(100_000), false), "JsonException: Unexpected end while parsing path.");
    assert_eq!(found(&format!("f{}", "[*]".repeat(100_000)), false), "");
    assert!(found(&"[".repeat(100_000), false).starts_with("JsonException: "));
    assert!(found(&"[?(@".repeat(100_000), false).starts_with("JsonException: "));
}
