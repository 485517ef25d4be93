//! Forms: what `AsFormUrlEncodedContent`, `ToFormUrlEncodedContent` and `ToQueryString` read and write.
//!
//! Not here: the parameters of a URL (`url`), whose names are compared without case.

use dotnet_macros::members;

use super::extensions::PolicyExtensions;
use super::url::{decoded, pairs};
use crate::cx::Cx;
use crate::format::escape::percent;
use crate::object::{NotNull, Obj};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::collection_interface::LIST_DEF;
use crate::types::dictionary::Dictionary;
use crate::types::key_value_pair::KeyValuePair;
use crate::types::list::List;
use crate::types::raise;
use crate::types::string::STRING;
use crate::word::{Role, Word};

const TEXT: Ty = Ty(&STRING);

fn values_type() -> Ty {
    Ty::construct(&LIST_DEF, &[TEXT])
}

/// A form's fields: each name once, with all its values decoded.
///
/// # Errors
/// The limit of memory.
pub fn parse<'a>(cx: &mut Cx<'a>, form: &[u8]) -> Result<&'a Dictionary<'a>, Throw> {
    let fields = Dictionary::new(cx, TEXT, values_type(), None);
    for (name, value) in pairs(form) {
        cx.check_memory()?;
        let (name, value) = (decoded(cx, name).word(), decoded(cx, value).word());
        match fields.get(cx, name)? {
            Some(known) => {
                // SAFETY: the values of this dictionary are the lists that the next arm makes.
                let values: &'a List<'a> = unsafe { NotNull::from_not_null(known) };
                values.push(cx, value)?;
            }
            None => {
                let values = crate::object::object_of(List::of(cx, TEXT, &[value])).word();
                fields.set(cx, name, values)?;
            }
        }
    }
    Ok(fields)
}

/// The fields of a form as text; `None` if there is no dictionary or nothing in it.
fn written<'a>(cx: &mut Cx<'a>, fields: Option<Obj<'a>>, first: &[u8]) -> Result<Option<Str<'a>>, Throw> {
    let Some(fields) = fields else { return Ok(None) };
    let mut walk = fields.elements(cx, KeyValuePair::of(TEXT, values_type()))?;
    let (mut out, mut any) = (first.to_vec(), false);
    while let Some(word) = walk.next(cx)? {
        any = true;
        // SAFETY: the elements of a dictionary are pairs, here of a string and a list of strings or null.
        let (pair, values) = unsafe {
            let pair: &'a KeyValuePair = NotNull::from_not_null(word);
            (pair, Obj::from_address(pair.value))
        };
        let Some(values) = values else { return Err(cx.throw_null(Role::Receiver)) };
        let mut values = values.elements(cx, TEXT)?;
        while let Some(value) = values.next(cx)? {
            if out.len() > first.len() {
                out.push(b'&');
            }
            encode(cx, &mut out, pair.key)?;
            out.push(b'=');
            encode(cx, &mut out, value)?;
            cx.reserve(out.len())?;
        }
    }
    Ok(any.then(|| cx.str_from_wtf8(&out)))
}

fn encode(cx: &mut Cx<'_>, out: &mut Vec<u8>, text: Word) -> Result<(), Throw> {
    if text.is_null() {
        return Err(raise::null(cx, "value"));
    }
    // SAFETY: the keys and the values in the lists are strings.
    percent::form_encode(out, unsafe { Str::from_not_null(text) }.bytes());
    Ok(())
}

/// Forms and queries as text.
#[members("public static class Tollgate.PolicyExtensions", group = FORMS)]
impl<'a> PolicyExtensions {
    /// The fields as the body of a form: `a=1&a=2&b=3`; null if there are none.
    ///
    /// # Throws
    /// `ArgumentNullException` for a value that is null, `NullReferenceException` for a list that is null.
    #[member("static string ToFormUrlEncodedContent(this IDictionary<string, IList<string>> dictionary)")]
    fn to_form(cx: &mut Cx<'a>, dictionary: Option<Obj<'a>>) -> Result<Option<Str<'a>>, Throw> {
        written(cx, dictionary, b"")
    }

    /// The fields as the query of a URL: `?a=1&a=2&b=3`; null if there are none.
    ///
    /// # Throws
    /// `ArgumentNullException` for a value that is null, `NullReferenceException` for a list that is null.
    #[member("static string ToQueryString(this IDictionary<string, IList<string>> dictionary)")]
    fn to_query(cx: &mut Cx<'a>, dictionary: Option<Obj<'a>>) -> Result<Option<Str<'a>>, Throw> {
        Ok(written(cx, dictionary, b"?")?.filter(|text| text.bytes() != b"?"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::object_of;
    use crate::testing::with_harness;

    #[test]
    fn forms_are_read_and_written() {
        for (form, shown, written) in [
            ("a=1&b=x+y%26&a=2", "a: [1, 2] b: [x y&]", "a=1&a=2&b=x%20y%26"),
            ("flag&=v&&A=%C3%A9", "flag: [\"\"] : [v] A: [é]", "flag=&=v&A=%C3%A9"),
            ("a=1=2", "a: [1=2]", "a=1%3D2"),
            ("k=!$()*,-.;@_~'/?", "k: [!$()*,-.;@_~'/?]", "k=!$()*,-.;@_~%27%2F%3F"),
            ("", "", "<null>"),
        ] {
            with_harness(|harness| {
                let fields = parse(&mut harness.cx, form.as_bytes()).unwrap_or_else(|_| panic!("{form}"));
                let mut texts = Vec::new();
                for (name, values) in fields.pairs() {
                    let name = harness.show(Some(TEXT), name);
                    texts.push(format!("{name}: {}", harness.show(Some(values_type()), values)));
                }
                assert_eq!(texts.join(" "), shown, "{form}");
                let word = object_of(fields).word();
                let to_form = "Tollgate.PolicyExtensions::static string ToFormUrlEncodedContent(this IDictionary<string, IList<string>> dictionary)";
                assert_eq!(harness.call(to_form, &[&word]), written, "{form}");
                let to_query = "Tollgate.PolicyExtensions::static string ToQueryString(this IDictionary<string, IList<string>> dictionary)";
                let query = if form.is_empty() { String::from("<null>") } else { format!("?{written}") };
                assert_eq!(harness.call(to_query, &[&word]), query, "{form}");
            });
        }
    }
}
