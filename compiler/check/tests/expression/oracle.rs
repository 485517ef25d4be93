//! The answers of a real C# compiler and run time.
//!
//! Cases that ask for types or members which the tables do not have yet are counted and told; every other difference
//! fails.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Map, Value};

use crate::evaluate::{Checked, Error};
use crate::shared;

/// Rules that find what the tables lack: members, types, overloads, conversions.
const ABSENT: [&str; 6] = [
    "expression/argument-count",
    "expression/no-cast",
    "expression/type-argument-count",
    "expression/unknown-member",
    "expression/unknown-name",
    "expression/unknown-type",
];

/// The names of the classes by which the oracle stands in for the service's own types, which are interfaces.
fn stand_ins(folder: &Path) -> BTreeSet<String> {
    let text = std::fs::read_to_string(folder.join("oracle/Context.cs")).unwrap();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    words.windows(2).filter(|pair| pair[0] == "class").map(|pair| pair[1].to_owned()).collect()
}

/// The name in backticks that a message begins with or ends on.
fn name_in(error: &Error) -> &str {
    error.message.rsplit('`').nth(1).unwrap_or_default()
}

fn scenario(document: &Value, case: &Value) -> Value {
    let name = case["scenario"].as_str().unwrap_or("default");
    document["scenarios"].get(name).cloned().unwrap_or_else(|| Value::Object(Map::new()))
}

#[test]
fn what_csharp_refuses_is_refused_first_with_its_code() {
    let Some(folder) = shared::folder("refusals of C#") else { return };
    let stand_ins = stand_ins(&folder);
    let (mut wrong, mut absent, mut right) = (Vec::new(), 0, 0);
    for file in shared::cases(&folder) {
        for case in file.document["cases"].as_array().unwrap() {
            let Some(code) = case["expect"]["rejected"].as_str() else { continue };
            let text = case["expr"].as_str().unwrap();
            let errors = Checked::of(text, false).errors;
            match errors.first() {
                Some(error) if error.codes.first() == Some(&code) => right += 1,
                // The type or member that is refused for another reason is not in the tables.
                Some(error) if ABSENT.contains(&error.rule) && !stand_ins.contains(name_in(error)) => absent += 1,
                Some(error) if stand_ins.contains(name_in(error)) => {}
                Some(error) => wrong.push(format!("{text}: C# says {code}, found {:?} {}", error.codes, error.message)),
                None => wrong.push(format!("{text}: C# says {code}, nothing was found")),
            }
        }
    }
    if absent > 0 {
        shared::skip("refusals of C#", &format!("{absent} cases ask for what the tables do not have yet"));
    }
    assert!(right > 250 && wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_csharp_accepts_gives_the_value_that_it_gives() {
    let Some(folder) = shared::folder("values of C#") else { return };
    let (mut wrong, mut absent, mut right) = (Vec::new(), 0, 0);
    for file in shared::cases(&folder) {
        for case in file.document["cases"].as_array().unwrap() {
            let (text, expected) = (case["expr"].as_str().unwrap(), &case["expect"]);
            if expected.get("rejected").is_some() {
                continue;
            }
            let checked = Checked::of(text, false);
            match checked.errors.first() {
                Some(error) if ABSENT.contains(&error.rule) => absent += 1,
                // The service refuses what C# accepts.
                Some(error) if error.rule == "expression/dynamic" => {}
                Some(error) => wrong.push(format!("{text}: refused: {}", error.message)),
                None => {
                    let found = checked.evaluate(&scenario(&file.document, case));
                    if found == *expected {
                        right += 1;
                    } else {
                        wrong.push(format!("{text}: C# gives {expected}, found {found}"));
                    }
                }
            }
        }
    }
    if absent > 0 {
        shared::skip("values of C#", &format!("{absent} cases ask for what the tables do not have yet"));
    }
    assert!(right > 1800 && wrong.is_empty(), "{} right\n{}", right, wrong.join("\n"));
}
