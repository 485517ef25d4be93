//! `System.Uri`: texts in URIs, and the names of schemes.

use dotnet_macros::members;

use crate::catalogue::Constant;
use crate::cx::Cx;
use crate::format::escape::percent;
use crate::format::uri::{HostNameType, check_host_name, check_scheme_name};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::{ARGUMENT_EXCEPTION, ARGUMENT_OUT_OF_RANGE_EXCEPTION};
use crate::word::Char;

/// The static members of `Uri`.
pub struct UriText;

/// Texts in URIs.
#[members("System.Uri", group = TEXTS)]
impl<'a> UriText {
    /// What stands between the scheme and the rest.
    #[member("static string SchemeDelimiter")]
    const SCHEME_DELIMITER: Constant = Constant::Text("://");

    /// The scheme of files.
    #[member("static string UriSchemeFile")]
    const FILE: Constant = Constant::Text("file");

    /// The scheme of FTP.
    #[member("static string UriSchemeFtp")]
    const FTP: Constant = Constant::Text("ftp");

    /// The scheme of Gopher.
    #[member("static string UriSchemeGopher")]
    const GOPHER: Constant = Constant::Text("gopher");

    /// The scheme of HTTP.
    #[member("static string UriSchemeHttp")]
    const HTTP: Constant = Constant::Text("http");

    /// The scheme of HTTPS.
    #[member("static string UriSchemeHttps")]
    const HTTPS: Constant = Constant::Text("https");

    /// The scheme of mail addresses.
    #[member("static string UriSchemeMailto")]
    const MAILTO: Constant = Constant::Text("mailto");

    /// The scheme of pipes of WCF.
    #[member("static string UriSchemeNetPipe")]
    const NET_PIPE: Constant = Constant::Text("net.pipe");

    /// The scheme of TCP of WCF.
    #[member("static string UriSchemeNetTcp")]
    const NET_TCP: Constant = Constant::Text("net.tcp");

    /// The scheme of news.
    #[member("static string UriSchemeNews")]
    const NEWS: Constant = Constant::Text("news");

    /// The scheme of NNTP.
    #[member("static string UriSchemeNntp")]
    const NNTP: Constant = Constant::Text("nntp");

    /// The text with all but letters, digits and `-._~` in `%XX`.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("static string EscapeDataString(string stringToEscape)", pure)]
    fn escape_data(cx: &mut Cx<'a>, text: Str<'a>) -> Result<Str<'a>, Throw> {
        cx.reserve(text.bytes().len().saturating_mul(3))?;
        cx.try_write(|out| percent::escape_data_string(out, text.bytes()))
    }

    /// The text with all that no URI may have in `%XX`; what separates parts stays.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("static string EscapeUriString(string stringToEscape)", pure)]
    fn escape_uri(cx: &mut Cx<'a>, text: Str<'a>) -> Result<Str<'a>, Throw> {
        cx.reserve(text.bytes().len().saturating_mul(3))?;
        cx.try_write(|out| percent::escape_uri_string(out, text.bytes()))
    }

    /// The text with its escapes undone; `+` stays.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("static string UnescapeDataString(string stringToUnescape)", pure)]
    fn unescape_data(cx: &mut Cx<'a>, text: Str<'a>) -> Str<'a> {
        if memchr::memchr(b'%', text.bytes()).is_none() {
            return text;
        }
        cx.write(|out| percent::unescape_data_string(out, text.bytes()))
    }

    /// What kind of host a name is.
    #[member("static UriHostNameType CheckHostName(string name)", pure)]
    fn check_host(name: Option<Str<'a>>) -> i32 {
        let kind = name.and_then(Str::as_utf8).map_or(HostNameType::Unknown, check_host_name);
        kind as i32
    }

    /// Whether a name can be one of a scheme.
    #[member("static bool CheckSchemeName(string schemeName)", pure)]
    fn check_scheme(name: Option<Str<'a>>) -> bool {
        name.is_some_and(|name| check_scheme_name(name.bytes()))
    }

    /// Whether the code unit is a hexadecimal digit.
    #[member("static bool IsHexDigit(char character)", pure)]
    fn is_hex_digit(c: Char) -> bool {
        u8::try_from(c.0).is_ok_and(|byte| byte.is_ascii_hexdigit())
    }

    /// The value of a hexadecimal digit.
    ///
    /// # Throws
    /// `ArgumentException` if it is none.
    #[member("static int FromHex(char digit)", pure)]
    fn from_hex(cx: &mut Cx<'a>, digit: Char) -> Result<i32, Throw> {
        let value = char::from_u32(u32::from(digit.0)).and_then(|c| c.to_digit(16));
        value.map(|value| value as i32).ok_or_else(|| {
            let message = "Value does not fall within the expected range.";
            cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), message, "digit")
        })
    }

    /// The code unit as `%XX`.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if it is above 255.
    #[member("static string HexEscape(char character)", pure)]
    fn hex_escape(cx: &mut Cx<'a>, c: Char) -> Result<Str<'a>, Throw> {
        match u8::try_from(c.0) {
            Ok(byte) => Ok(cx.str(&format!("%{byte:02X}"))),
            Err(_) => {
                let message = "Specified argument was out of the range of valid values.";
                Err(cx.throw_argument(Ty(&ARGUMENT_OUT_OF_RANGE_EXCEPTION), message, "character"))
            }
        }
    }

    /// Whether an escape `%XX` stands at an index.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("static bool IsHexEncoding(string pattern, int index)", pure)]
    fn is_hex_encoding(pattern: Str<'a>, index: i32) -> bool {
        let unit = |offset: usize| usize::try_from(index).ok().and_then(|index| pattern.unit(index + offset));
        let is_digit = |unit: Option<u16>| unit.is_some_and(|unit| Self::is_hex_digit(Char(unit)));
        unit(0) == Some(0x25) && is_digit(unit(1)) && is_digit(unit(2))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Null, call};

    #[test]
    fn texts_are_escaped() {
        for (member, text, expected) in [
            ("EscapeDataString(string stringToEscape)", "a b+c&d=é~!", "a%20b%2Bc%26d%3D%C3%A9~%21"),
            ("EscapeUriString(string stringToEscape)", "https://x/a b?q=é&r=[1]", "https://x/a%20b?q=%C3%A9&r=[1]"),
            ("UnescapeDataString(string stringToUnescape)", "a%20b+c%C3%A9%2F", "a b+cé/"),
        ] {
            let name = format!("System.Uri::static string {member}");
            assert_eq!(call(&name, &[&text]), expected, "{member}");
            assert!(call(&name, &[&Null]).starts_with("ArgumentNullException: "), "{member}");
        }
        assert_eq!(call("System.Uri::static string UriSchemeHttps", &[]), "https");
        assert_eq!(call("System.Uri::static UriHostNameType CheckHostName(string name)", &[&"10.0.0.1"]), "IPv4");
        assert_eq!(call("System.Uri::static bool CheckSchemeName(string schemeName)", &[&"1x"]), "False");
        assert_eq!(call("System.Uri::static bool IsHexEncoding(string pattern, int index)", &[&"a%4F", &1]), "True");
        assert_eq!(call("System.Uri::static string HexEscape(char character)", &[&' ']), "%20");
        assert_eq!(call("System.Uri::static int FromHex(char digit)", &[&'f']), "15");
    }
}
