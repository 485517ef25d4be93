//! The service's list of types and members that an expression may use.
//!
//! What C# accepts and this list lacks is refused as the service refuses it. The list is the published one of
//! January 2026; `object` and the host's own types are added, which the published list takes for granted.

/// Which members of a type are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Members {
    /// All public ones.
    All,
    /// Only those of these names.
    Only(&'static [&'static str]),
    /// All but those of these names.
    Except(&'static [&'static str]),
}

use Members::{All, Except, Only};

/// The allowed types by full name, sorted.
pub static ALLOWED: &[(&str, Members)] = &[
    ("Newtonsoft.Json.Formatting", All),
    ("Newtonsoft.Json.JsonConvert", Only(&["DeserializeObject", "SerializeObject"])),
    ("Newtonsoft.Json.Linq.Extensions", All),
    ("Newtonsoft.Json.Linq.JArray", All),
    ("Newtonsoft.Json.Linq.JConstructor", All),
    ("Newtonsoft.Json.Linq.JContainer", All),
    ("Newtonsoft.Json.Linq.JObject", All),
    ("Newtonsoft.Json.Linq.JProperty", All),
    ("Newtonsoft.Json.Linq.JRaw", All),
    ("Newtonsoft.Json.Linq.JToken", All),
    ("Newtonsoft.Json.Linq.JTokenType", All),
    ("Newtonsoft.Json.Linq.JValue", All),
    ("System.Array", All),
    ("System.BitConverter", All),
    ("System.Boolean", All),
    ("System.Byte", All),
    ("System.Char", All),
    ("System.Collections.Generic.Dictionary", All),
    ("System.Collections.Generic.HashSet", All),
    ("System.Collections.Generic.ICollection", All),
    ("System.Collections.Generic.IDictionary", All),
    ("System.Collections.Generic.IEnumerable", All),
    ("System.Collections.Generic.IEnumerator", All),
    ("System.Collections.Generic.IList", All),
    ("System.Collections.Generic.IReadOnlyCollection", All),
    ("System.Collections.Generic.IReadOnlyDictionary", All),
    ("System.Collections.Generic.ISet", All),
    ("System.Collections.Generic.KeyValuePair", All),
    ("System.Collections.Generic.List", All),
    ("System.Collections.Generic.Queue", All),
    ("System.Collections.Generic.Stack", All),
    ("System.Convert", All),
    (
        "System.DateTime",
        Only(&[
            ".ctor",
            "Add",
            "AddDays",
            "AddHours",
            "AddMilliseconds",
            "AddMinutes",
            "AddMonths",
            "AddSeconds",
            "AddTicks",
            "AddYears",
            "Date",
            "Day",
            "DayOfWeek",
            "DayOfYear",
            "DaysInMonth",
            "Hour",
            "IsDaylightSavingTime",
            "IsLeapYear",
            "MaxValue",
            "Millisecond",
            "MinValue",
            "Minute",
            "Month",
            "Now",
            "Parse",
            "Second",
            "Subtract",
            "Ticks",
            "TimeOfDay",
            "ToString",
            "Today",
            "UtcNow",
            "Year",
        ]),
    ),
    ("System.DateTimeKind", Only(&["Utc"])),
    ("System.DateTimeOffset", All),
    ("System.Decimal", All),
    ("System.Double", All),
    ("System.Enum", Only(&["Parse", "ToString", "TryParse"])),
    ("System.Exception", All),
    ("System.Guid", All),
    ("System.IO.StringReader", All),
    ("System.IO.StringWriter", All),
    ("System.Int16", All),
    ("System.Int32", All),
    ("System.Int64", All),
    ("System.Linq.Enumerable", All),
    ("System.Math", All),
    ("System.MidpointRounding", All),
    (
        "System.Net.IPAddress",
        Only(&["AddressFamily", "Equals", "GetAddressBytes", "IsLoopback", "Parse", "ToString", "TryParse"]),
    ),
    ("System.Net.WebUtility", All),
    ("System.Nullable", All),
    ("System.Object", All),
    ("System.Random", All),
    ("System.SByte", All),
    ("System.Security.Cryptography.AsymmetricAlgorithm", All),
    ("System.Security.Cryptography.CipherMode", All),
    ("System.Security.Cryptography.HMAC", All),
    ("System.Security.Cryptography.HMACMD5", All),
    ("System.Security.Cryptography.HMACSHA1", All),
    ("System.Security.Cryptography.HMACSHA256", All),
    ("System.Security.Cryptography.HMACSHA384", All),
    ("System.Security.Cryptography.HMACSHA512", All),
    ("System.Security.Cryptography.HashAlgorithm", All),
    ("System.Security.Cryptography.HashAlgorithmName", All),
    ("System.Security.Cryptography.KeyedHashAlgorithm", All),
    ("System.Security.Cryptography.MD5", All),
    ("System.Security.Cryptography.Oid", All),
    ("System.Security.Cryptography.PaddingMode", All),
    ("System.Security.Cryptography.RNGCryptoServiceProvider", All),
    ("System.Security.Cryptography.RSA", All),
    ("System.Security.Cryptography.RSAEncryptionPadding", All),
    ("System.Security.Cryptography.RSASignaturePadding", All),
    ("System.Security.Cryptography.SHA1", All),
    ("System.Security.Cryptography.SHA1Managed", All),
    ("System.Security.Cryptography.SHA256", All),
    ("System.Security.Cryptography.SHA256Managed", All),
    ("System.Security.Cryptography.SHA384", All),
    ("System.Security.Cryptography.SHA384Managed", All),
    ("System.Security.Cryptography.SHA512", All),
    ("System.Security.Cryptography.SHA512Managed", All),
    ("System.Security.Cryptography.SymmetricAlgorithm", All),
    ("System.Security.Cryptography.X509Certificates.PublicKey", All),
    ("System.Security.Cryptography.X509Certificates.RSACertificateExtensions", All),
    ("System.Security.Cryptography.X509Certificates.X500DistinguishedName", Only(&["Name"])),
    ("System.Security.Cryptography.X509Certificates.X509Certificate", All),
    ("System.Security.Cryptography.X509Certificates.X509Certificate2", All),
    ("System.Security.Cryptography.X509Certificates.X509ContentType", All),
    ("System.Security.Cryptography.X509Certificates.X509NameType", All),
    ("System.Single", All),
    ("System.String", All),
    ("System.StringComparer", All),
    ("System.StringComparison", All),
    ("System.StringSplitOptions", All),
    ("System.Text.Encoding", All),
    ("System.Text.RegularExpressions.Capture", Only(&["Index", "Length", "Value"])),
    ("System.Text.RegularExpressions.CaptureCollection", Only(&["Count", "Item"])),
    ("System.Text.RegularExpressions.Group", Only(&["Captures", "Success"])),
    ("System.Text.RegularExpressions.GroupCollection", Only(&["Count", "Item"])),
    ("System.Text.RegularExpressions.Match", Only(&["Empty", "Groups", "Result"])),
    (
        "System.Text.RegularExpressions.Regex",
        Only(&[".ctor", "IsMatch", "Match", "Matches", "Replace", "Split", "Unescape"]),
    ),
    ("System.Text.RegularExpressions.RegexOptions", All),
    ("System.Text.StringBuilder", All),
    ("System.TimeSpan", All),
    ("System.TimeZone", All),
    ("System.TimeZoneInfo", All),
    ("System.TimeZoneInfo.AdjustmentRule", All),
    ("System.TimeZoneInfo.TransitionTime", All),
    ("System.Tuple", All),
    ("System.UInt16", All),
    ("System.UInt32", All),
    ("System.UInt64", All),
    ("System.Uri", All),
    ("System.UriPartial", All),
    ("System.Xml.Linq.Extensions", All),
    ("System.Xml.Linq.XAttribute", All),
    ("System.Xml.Linq.XCData", All),
    ("System.Xml.Linq.XComment", All),
    ("System.Xml.Linq.XContainer", All),
    ("System.Xml.Linq.XDeclaration", All),
    ("System.Xml.Linq.XDocument", Except(&["Load"])),
    ("System.Xml.Linq.XDocumentType", All),
    ("System.Xml.Linq.XElement", All),
    ("System.Xml.Linq.XName", All),
    ("System.Xml.Linq.XNamespace", All),
    ("System.Xml.Linq.XNode", All),
    ("System.Xml.Linq.XNodeDocumentOrderComparer", All),
    ("System.Xml.Linq.XNodeEqualityComparer", All),
    ("System.Xml.Linq.XObject", All),
    ("System.Xml.Linq.XProcessingInstruction", All),
    ("System.Xml.Linq.XText", All),
    ("System.Xml.XmlNodeType", All),
];

/// Which members of the type of this full name are allowed; none if the type is not.
#[must_use]
pub fn members_of(name: &str) -> Option<Members> {
    ALLOWED.binary_search_by_key(&name, |(allowed, _)| *allowed).ok().and_then(|at| ALLOWED.get(at)).map(|row| row.1)
}

impl Members {
    /// Whether the member of this name is allowed; constructors are `.ctor`, indexers `Item`.
    #[must_use]
    pub fn allow(self, member: &str) -> bool {
        match self {
            All => true,
            Only(names) => names.contains(&member),
            Except(names) => !names.contains(&member),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_can_be_searched() {
        assert!(ALLOWED.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(members_of("System.String"), Some(All));
        assert!(members_of("System.DateTime").is_some_and(|m| m.allow("Parse") && !m.allow("TryParse")));
        assert_eq!(members_of("System.Globalization.CultureInfo"), None);
    }
}
