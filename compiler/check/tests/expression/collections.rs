//! Arrays, collections and queries beside .NET: two thousand expressions with what they gave there.
//!
//! One line of `collections.jsonl` holds an expression and its result: the type and value, or the exception. The
//! results are those of Mono 6.8, whose collections and queries are .NET Core's. Some of the expressions were written,
//! the others put together at random.

use serde_json::{Map, Value};

use crate::evaluate::Checked;

#[test]
fn collections_and_queries_give_what_they_give_in_dotnet() {
    let lines = include_str!("collections.jsonl").lines();
    let (mut wrong, mut right) = (Vec::new(), 0);
    for line in lines {
        let case: Value = serde_json::from_str(line).unwrap();
        let (text, expected) = (case["expr"].as_str().unwrap(), &case["expect"]);
        let checked = Checked::of(text, false);
        let found = match checked.errors.first() {
            Some(error) => Value::String(format!("refused: {}", error.message)),
            None => checked.evaluate(&Value::Object(Map::new())),
        };
        if found == *expected {
            right += 1;
        } else {
            wrong.push(format!("{text}: .NET gives {expected}, found {found}"));
        }
    }
    assert!(right > 1900 && wrong.is_empty(), "{} right\n{}", right, wrong.join("\n"));
}
