//! `System.Web.HttpUtility`: text in URLs, HTML and scripts, in the older forms of ASP.NET.
//!
//! Not here: the escapes themselves (`format::escape`), and what a query is read into (`name_value_collection`).

use dotnet_macros::members;

use crate::array::Bytes;
use crate::cx::Cx;
use crate::format::escape::{html, percent, script};
use crate::object::Obj;
use crate::text::Str;
use crate::throw::Throw;
use crate::types::encoding::Encoding;
use crate::types::name_value_collection::NameValueCollection;

/// The members of `System.Web.HttpUtility`.
pub struct HttpUtility;

/// Text in URLs, HTML and scripts.
#[members("public sealed class System.Web.HttpUtility", as = HTTP_UTILITY)]
impl<'a> HttpUtility {
    /// The text as the value of a form, with lower-case escapes and blanks as `+`; null stays null.
    #[member("static string UrlEncode(string str)", pure)]
    fn url_encode(cx: &mut Cx<'a>, text: Option<Str<'a>>) -> Result<Option<Str<'a>>, Throw> {
        changed(cx, text, 9, percent::url_encode_lower)
    }

    /// The text as the value of a form, in another encoding; null stays null.
    ///
    /// # Throws
    /// `EncoderFallbackException` if the encoding throws for what it cannot write.
    #[member("static string UrlEncode(string str, System.Text.Encoding e)")]
    fn url_encode_in(cx: &mut Cx<'a>, text: Option<Str<'a>>, encoding: &'a Encoding) -> Result<Option<Str<'a>>, Throw> {
        let Some(text) = text else { return Ok(None) };
        let bytes = encoding.encode(cx, text)?;
        Ok(Some(of_bytes(cx, &bytes)?))
    }

    /// The bytes as the value of a form; null stays null.
    #[member("static string UrlEncode(byte[] bytes)")]
    fn url_encode_bytes(cx: &mut Cx<'a>, bytes: Option<&'a Bytes<'a>>) -> Result<Option<Str<'a>>, Throw> {
        bytes.map(|bytes| of_bytes(cx, &bytes.to_vec())).transpose()
    }

    /// The bytes of the text as the value of a form; null stays null.
    #[member("static byte[] UrlEncodeToBytes(string str)")]
    fn url_encode_to_bytes(cx: &mut Cx<'a>, text: Option<Str<'a>>) -> Result<Option<&'a Bytes<'a>>, Throw> {
        let encoded = changed(cx, text, 9, percent::url_encode_lower)?;
        Ok(encoded.map(|text| Bytes::new(cx, text.bytes())))
    }

    /// The text with characters beyond ASCII as `%uXXXX`; null stays null.
    #[member("static string UrlEncodeUnicode(string str)", pure)]
    fn url_encode_unicode(cx: &mut Cx<'a>, text: Option<Str<'a>>) -> Result<Option<Str<'a>>, Throw> {
        changed(cx, text, 6, percent::url_encode_unicode)
    }

    /// The path of a URL with blanks and characters beyond ASCII escaped, and its query as it is; null stays null.
    #[member("static string UrlPathEncode(string str)", pure)]
    fn url_path_encode(cx: &mut Cx<'a>, text: Option<Str<'a>>) -> Result<Option<Str<'a>>, Throw> {
        changed(cx, text, 9, percent::url_path_encode)
    }

    /// The text of a form's value; `%uXXXX` is a code unit; escapes that are none stay; null stays null.
    #[member("static string UrlDecode(string str)", pure)]
    fn url_decode(cx: &mut Cx<'a>, text: Option<Str<'a>>) -> Result<Option<Str<'a>>, Throw> {
        changed(cx, text, 3, percent::url_decode_unicode)
    }

    /// The text of a form's value in another encoding; null stays null.
    ///
    /// # Throws
    /// `DecoderFallbackException` if the encoding throws for what it cannot read.
    #[member("static string UrlDecode(string str, System.Text.Encoding e)")]
    fn url_decode_in(cx: &mut Cx<'a>, text: Option<Str<'a>>, encoding: &'a Encoding) -> Result<Option<Str<'a>>, Throw> {
        text.map(|text| decoded(cx, text.bytes(), encoding)).transpose()
    }

    /// The text of the bytes of a form's value; null stays null.
    ///
    /// # Throws
    /// `DecoderFallbackException` if the encoding throws for what it cannot read.
    #[member("static string UrlDecode(byte[] bytes, System.Text.Encoding e)")]
    fn url_decode_bytes(
        cx: &mut Cx<'a>,
        bytes: Option<&'a Bytes<'a>>,
        encoding: &'a Encoding,
    ) -> Result<Option<Str<'a>>, Throw> {
        bytes.map(|bytes| decoded(cx, &bytes.to_vec(), encoding)).transpose()
    }

    /// The bytes of a form's value; null stays null.
    #[member("static byte[] UrlDecodeToBytes(string str)")]
    fn url_decode_to_bytes(cx: &mut Cx<'a>, text: Option<Str<'a>>) -> Option<&'a Bytes<'a>> {
        let mut out = Vec::new();
        percent::url_decode_bytes(&mut out, text?.bytes());
        Some(Bytes::new(cx, &out))
    }

    /// The text with `<`, `>`, `&`, quotes and characters from U+00A0 to U+00FF as entities; null stays null.
    #[member("static string HtmlEncode(string s)", pure)]
    fn html_encode(cx: &mut Cx<'a>, text: Option<Str<'a>>) -> Result<Option<Str<'a>>, Throw> {
        changed(cx, text, 6, html::encode)
    }

    /// The text of an object, encoded; null stays null.
    ///
    /// # Throws
    /// What the object's `ToString()` throws.
    #[member("static string HtmlEncode(object value)")]
    fn html_encode_object(cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<Option<Str<'a>>, Throw> {
        let text = value.map(|value| value.to_text(cx)).transpose()?;
        changed(cx, text, 6, html::encode)
    }

    /// The text with its entities replaced; null stays null.
    #[member("static string HtmlDecode(string s)", pure)]
    fn html_decode(cx: &mut Cx<'a>, text: Option<Str<'a>>) -> Result<Option<Str<'a>>, Throw> {
        changed(cx, text, 1, html::decode)
    }

    /// The text as an attribute of HTML: `<`, `&` and quotes as entities; null stays null.
    #[member("static string HtmlAttributeEncode(string s)", pure)]
    fn html_attribute_encode(cx: &mut Cx<'a>, text: Option<Str<'a>>) -> Result<Option<Str<'a>>, Throw> {
        changed(cx, text, 6, html::encode_attribute)
    }

    /// The text as it stands between the quotes of a script; null is empty.
    #[member("static string JavaScriptStringEncode(string value)", pure)]
    fn script_string(cx: &mut Cx<'a>, text: Option<Str<'a>>) -> Result<Str<'a>, Throw> {
        Ok(changed(cx, text, 6, script::encode)?.unwrap_or_default())
    }

    /// The text as a string of a script, with its quotes if they are asked for; null is empty.
    #[member("static string JavaScriptStringEncode(string value, bool addDoubleQuotes)", pure)]
    fn quoted_script_string(cx: &mut Cx<'a>, text: Option<Str<'a>>, quotes: bool) -> Result<Str<'a>, Throw> {
        let encoded = Self::script_string(cx, text)?;
        if !quotes {
            return Ok(encoded);
        }
        Ok(cx.str_from_wtf8(&[b"\"", encoded.bytes(), b"\""].concat()))
    }

    /// The parameters of a query, which may begin with its question mark.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("static System.Collections.Specialized.NameValueCollection ParseQueryString(string query)")]
    fn parse_query(cx: &mut Cx<'a>, query: Str<'a>) -> Result<&'a NameValueCollection<'a>, Throw> {
        NameValueCollection::of_query(cx, query)
    }
}

fn changed<'a>(
    cx: &mut Cx<'a>,
    text: Option<Str<'a>>,
    growth: usize,
    change: fn(&mut Vec<u8>, &[u8]),
) -> Result<Option<Str<'a>>, Throw> {
    let Some(text) = text else { return Ok(None) };
    cx.reserve(text.bytes().len().saturating_mul(growth))?;
    Ok(Some(cx.write(|out| change(out, text.bytes()))))
}

fn of_bytes<'a>(cx: &mut Cx<'a>, bytes: &[u8]) -> Result<Str<'a>, Throw> {
    cx.reserve(bytes.len().saturating_mul(3))?;
    Ok(cx.write(|out| percent::url_encode_bytes_lower(out, bytes)))
}

fn decoded<'a>(cx: &mut Cx<'a>, text: &[u8], encoding: &Encoding) -> Result<Str<'a>, Throw> {
    let mut bytes = Vec::with_capacity(text.len());
    percent::url_decode_bytes(&mut bytes, text);
    encoding.text_of(cx, &bytes)
}

#[cfg(test)]
mod tests {
    use crate::testing::{Null, call};

    /// Source: mono, and .NET Core where they differ (`%uXXXX`, `&` in scripts, the query of a path).
    #[test]
    fn texts_are_encoded_and_decoded() {
        let text = "a b/ä+~!*()-_.'%41€😀\"<>&\n";
        for (member, text, expected) in [
            ("UrlEncode(string str)", text, "a+b%2f%c3%a4%2b%7e!*()-_.%27%2541%e2%82%ac%f0%9f%98%80%22%3c%3e%26%0a"),
            ("UrlEncodeUnicode(string str)", "a ä€😀", "a+%u00e4%u20ac%ud83d%ude00"),
            ("UrlPathEncode(string str)", "http://ex.com/a b/ä?c d&é#f g", "http://ex.com/a%20b/%c3%a4?c d&é#f g"),
            ("UrlDecode(string str)", "a+b%2fc%u00e4%zz%c3%a4%e4%%u20", "a b/cä%zzä\u{fffd}%%u20"),
            ("HtmlEncode(string s)", "<a & 'b'>é€", "&lt;a &amp; &#39;b&#39;&gt;&#233;€"),
            ("HtmlDecode(string s)", "&lt;&eacute;&#39;&nope;", "<é'&nope;"),
            ("HtmlAttributeEncode(string s)", "<a & 'b' \"c\">é", "&lt;a &amp; &#39;b&#39; &quot;c&quot;>é"),
        ] {
            let name = format!("System.Web.HttpUtility::static string {member}");
            assert_eq!(call(&name, &[&text]), expected, "{member}");
            assert_eq!(call(&name, &[&Null]), "<null>", "{member}");
        }
        let script = "System.Web.HttpUtility::static string JavaScriptStringEncode(string value";
        let text = "a\"b'c\\d\n\t<>&é\u{2028}\u{85}/\u{1}";
        let expected = "a\\\"b\\u0027c\\\\d\\n\\t\\u003c\\u003e\\u0026é\\u2028\\u0085/\\u0001";
        assert_eq!(call(&format!("{script})"), &[&text]), expected);
        assert_eq!(call(&format!("{script}, bool addDoubleQuotes)"), &[&"x", &true]), "\"x\"");
        assert_eq!(call(&format!("{script}, bool addDoubleQuotes)"), &[&Null, &true]), "\"\"");
    }
}
