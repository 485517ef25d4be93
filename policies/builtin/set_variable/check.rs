//! Findings on `<set-variable>`.

use dotnet::ty::Ty;
use grammar::diagnostic::{Level, Rule};

use crate::findings::{Element, Findings};

/// A variable of a type that the service does not name.
pub static VALUE_TYPE: Rule = Rule {
    id: "set-variable/value-type",
    level: Level::Warning,
    summary: "the value is of a type that the service does not promise to keep",
    page: include_str!("rules/value-type.md"),
    aliases: &[],
};

/// The types that the service names, as C# writes them. All but the last ones have a nullable form that it takes too.
const TYPES: &[&str] = &[
    "byte",
    "char",
    "DateTime",
    "decimal",
    "double",
    "float",
    "Guid",
    "int",
    "long",
    "short",
    "uint",
    "ulong",
    "ushort",
    "bool",
    "TimeSpan",
    "sbyte",
    "string",
    "byte[]",
    "sbyte[]",
    "JArray",
    "JConstructor",
    "JContainer",
    "JObject",
    "JProperty",
    "JRaw",
    "JToken",
    "JValue",
];

/// Types whose values can only be told when the policy runs, and the response that `send-request` leaves.
const OPEN: &[&str] = &["object", "IResponse"];

pub fn check(policy: &Element<'_>, out: &mut Findings<'_>) {
    if let Some((ty, span)) = policy.expression_type("value")
        && !is_kept(ty)
    {
        let finding = out.finding(&VALUE_TYPE, span, format!("the variable would hold a `{ty}`"));
        out.report(finding.help("keep a number, a string, a date, or JSON such as `JObject`"));
    }
}

/// Whether variables of a type are kept for sure.
fn is_kept(ty: Ty) -> bool {
    let name = ty.to_string();
    let name = name.strip_suffix('?').unwrap_or(&name);
    let last = name.rsplit('.').next().unwrap_or(name);
    TYPES.contains(&last) || OPEN.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use dotnet::types::{boolean::BOOLEAN, date_time::DATE_TIME, int32::INT32, number::BYTE, string::STRING};

    #[test]
    fn types_are_known_by_their_names() {
        let text = Ty(&STRING);
        let cases = [
            (text, true),
            (Ty(&INT32), true),
            (Ty(&BOOLEAN), true),
            (Ty(&DATE_TIME), true),
            (Ty::array(Ty(&BYTE), 1), true),
            (dotnet::catalogue::OBJECT, true),
            (Ty::array(text, 1), false),
        ];
        for (ty, expected) in cases {
            assert_eq!(is_kept(ty), expected, "{ty}");
        }
    }
}
