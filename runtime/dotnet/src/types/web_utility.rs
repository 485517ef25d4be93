//! `System.Net.WebUtility`: text in URLs and HTML.
//!
//! Not here: the escapes themselves (`format::escape`).

use dotnet_macros::members;

use crate::array::Bytes;
use crate::cx::Cx;
use crate::format::escape::{html, percent};
use crate::text::Str;
use crate::throw::Throw;
use crate::types::string::throw_range;

/// The members of `System.Net.WebUtility`.
pub struct WebUtility;

/// Text in URLs and HTML.
#[members("public static class System.Net.WebUtility", as = WEB_UTILITY)]
impl<'a> WebUtility {
    /// The text as the value of a form: blanks as `+`, others in `%XX`; null stays null.
    #[member("static string UrlEncode(string value)", pure)]
    fn url_encode(cx: &mut Cx<'a>, value: Option<Str<'a>>) -> Result<Option<Str<'a>>, Throw> {
        changed(cx, value, 9, percent::url_encode)
    }

    /// The text of a form's value; escapes that are none stay; null stays null.
    #[member("static string UrlDecode(string encodedValue)", pure)]
    fn url_decode(cx: &mut Cx<'a>, value: Option<Str<'a>>) -> Result<Option<Str<'a>>, Throw> {
        changed(cx, value, 1, percent::url_decode)
    }

    /// The text with `<`, `>`, `&`, quotes and characters from U+00A0 to U+00FF as entities; null stays null.
    #[member("static string HtmlEncode(string value)", pure)]
    fn html_encode(cx: &mut Cx<'a>, value: Option<Str<'a>>) -> Result<Option<Str<'a>>, Throw> {
        changed(cx, value, 6, html::encode)
    }

    /// The text with its entities replaced; null stays null.
    #[member("static string HtmlDecode(string value)", pure)]
    fn html_decode(cx: &mut Cx<'a>, value: Option<Str<'a>>) -> Result<Option<Str<'a>>, Throw> {
        changed(cx, value, 1, html::decode)
    }

    /// Some of the bytes as the value of a form; null stays null.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if they do not lie inside the array.
    #[member("static byte[] UrlEncodeToBytes(byte[] value, int offset, int count)")]
    fn url_encode_to_bytes(
        cx: &mut Cx<'a>,
        value: Option<&'a Bytes<'a>>,
        offset: i32,
        count: i32,
    ) -> Result<Option<&'a Bytes<'a>>, Throw> {
        let Some(part) = part_of(cx, value, offset, count)? else { return Ok(None) };
        cx.reserve(part.len().saturating_mul(3))?;
        let mut out = Vec::with_capacity(part.len());
        for byte in part {
            match byte {
                b' ' => out.push(b'+'),
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'!' | b'*' | b'(' | b')' => {
                    out.push(byte);
                }
                _ => {
                    out.push(b'%');
                    crate::format::hex::write_upper(&mut out, &[byte]);
                }
            }
        }
        Ok(Some(Bytes::new(cx, &out)))
    }

    /// The bytes of a form's value in some of the bytes; null stays null.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if they do not lie inside the array.
    #[member("static byte[] UrlDecodeToBytes(byte[] encodedValue, int offset, int count)")]
    fn url_decode_to_bytes(
        cx: &mut Cx<'a>,
        value: Option<&'a Bytes<'a>>,
        offset: i32,
        count: i32,
    ) -> Result<Option<&'a Bytes<'a>>, Throw> {
        let Some(part) = part_of(cx, value, offset, count)? else { return Ok(None) };
        let mut out = Vec::with_capacity(part.len());
        let mut rest = part.as_slice();
        let digit = |byte: u8| char::from(byte).to_digit(16);
        while let [first, after @ ..] = rest {
            let escaped = match (first, after) {
                (b'%', [high, low, ..]) => digit(*high).zip(digit(*low)).map(|(high, low)| (high << 4 | low) as u8),
                _ => None,
            };
            rest = match escaped {
                Some(byte) => {
                    out.push(byte);
                    after.get(2..).unwrap_or(&[])
                }
                None => {
                    out.push(if *first == b'+' { b' ' } else { *first });
                    after
                }
            };
        }
        Ok(Some(Bytes::new(cx, &out)))
    }
}

/// A text that a function has changed; a character may become so many bytes.
fn changed<'a>(
    cx: &mut Cx<'a>,
    value: Option<Str<'a>>,
    growth: usize,
    change: fn(&mut Vec<u8>, &[u8]),
) -> Result<Option<Str<'a>>, Throw> {
    let Some(value) = value else { return Ok(None) };
    cx.reserve(value.bytes().len().saturating_mul(growth))?;
    Ok(Some(cx.write(|out| change(out, value.bytes()))))
}

fn part_of(cx: &mut Cx<'_>, value: Option<&Bytes<'_>>, offset: i32, count: i32) -> Result<Option<Vec<u8>>, Throw> {
    let Some(value) = value else { return Ok(None) };
    let bytes = value.to_vec();
    let message = "Specified argument was out of the range of valid values.";
    let Some(from) = usize::try_from(offset).ok().filter(|from| *from <= bytes.len()) else {
        return Err(throw_range(cx, message, "offset"));
    };
    let part = usize::try_from(count).ok().and_then(|count| bytes.get(from..from.saturating_add(count)));
    part.map(|part| Some(part.to_vec())).ok_or_else(|| throw_range(cx, message, "count"))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Null, call};

    #[test]
    fn texts_are_encoded_and_decoded() {
        for (member, text, expected) in [
            ("UrlEncode(string value)", "a b+c&d=é/~!*()-_.", "a+b%2Bc%26d%3D%C3%A9%2F%7E!*()-_."),
            ("UrlDecode(string encodedValue)", "a+b%20c%C3%A9%2B%zz", "a b cé+%zz"),
            ("HtmlEncode(string value)", "<a href='x'>\"é&😀", "&lt;a href=&#39;x&#39;&gt;&quot;&#233;&amp;&#128512;"),
            ("HtmlDecode(string value)", "&lt;&#39;&eacute;&nope;", "<'é&nope;"),
        ] {
            let name = format!("System.Net.WebUtility::static string {member}");
            assert_eq!(call(&name, &[&text]), expected, "{member}");
            assert_eq!(call(&name, &[&Null]), "<null>", "{member}");
        }
        let bytes: &[u8] = b"a b/%41+";
        let encode = "System.Net.WebUtility::static byte[] UrlEncodeToBytes(byte[] value, int offset, int count)";
        assert_eq!(call(encode, &[&bytes, &0, &4]), "[97, 43, 98, 37, 50, 70]");
        let decode =
            "System.Net.WebUtility::static byte[] UrlDecodeToBytes(byte[] encodedValue, int offset, int count)";
        assert_eq!(call(decode, &[&bytes, &4, &4]), "[65, 32]");
        assert!(call(decode, &[&bytes, &4, &9]).starts_with("ArgumentOutOfRangeException: "));
    }
}
