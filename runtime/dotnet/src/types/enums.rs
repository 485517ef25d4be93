//! The enumerations that members of texts, numbers and dates take or give.
//!
//! Not here: what all enumerations can do (`enumeration`).

use crate::enumeration;

enumeration! {
    /// Whether Base64 text is broken into lines.
    BASE64_FORMATTING_OPTIONS, BASE64_FORMATTING_OPTIONS_DEF, "public flags enum System.Base64FormattingOptions",
    "System.Base64FormattingOptions", [("None", 0), ("InsertLineBreaks", 1)]
}

enumeration! {
    /// Whether a moment is in UTC, in local time, or in a time zone that nobody said.
    DATE_TIME_KIND, DATE_TIME_KIND_DEF, "public enum System.DateTimeKind", "System.DateTimeKind",
    [("Unspecified", 0), ("Utc", 1), ("Local", 2)]
}

enumeration! {
    /// How the text of a date is read.
    DATE_TIME_STYLES, DATE_TIME_STYLES_DEF, "public flags enum System.Globalization.DateTimeStyles",
    "System.Globalization.DateTimeStyles",
    [
        ("None", 0), ("AllowLeadingWhite", 1), ("AllowTrailingWhite", 2), ("AllowInnerWhite", 4),
        ("AllowWhiteSpaces", 7), ("NoCurrentDateDefault", 8), ("AdjustToUniversal", 16), ("AssumeLocal", 32),
        ("AssumeUniversal", 64), ("RoundtripKind", 128)
    ]
}

enumeration! {
    /// A day of the week.
    DAY_OF_WEEK, DAY_OF_WEEK_DEF, "public enum System.DayOfWeek", "System.DayOfWeek",
    [
        ("Sunday", 0), ("Monday", 1), ("Tuesday", 2), ("Wednesday", 3), ("Thursday", 4), ("Friday", 5),
        ("Saturday", 6)
    ]
}

enumeration! {
    /// Which way a number goes that lies in the middle between two others.
    MIDPOINT_ROUNDING, MIDPOINT_ROUNDING_DEF, "public enum System.MidpointRounding", "System.MidpointRounding",
    [("ToEven", 0), ("AwayFromZero", 1), ("ToZero", 2), ("ToNegativeInfinity", 3), ("ToPositiveInfinity", 4)]
}

enumeration! {
    /// The normal forms of Unicode text.
    NORMALIZATION_FORM, NORMALIZATION_FORM_DEF, "public enum System.Text.NormalizationForm",
    "System.Text.NormalizationForm", [("FormC", 1), ("FormD", 2), ("FormKC", 5), ("FormKD", 6)]
}

enumeration! {
    /// What the text of a number may contain.
    NUMBER_STYLES, NUMBER_STYLES_DEF, "public flags enum System.Globalization.NumberStyles",
    "System.Globalization.NumberStyles",
    [
        ("None", 0), ("AllowLeadingWhite", 1), ("AllowTrailingWhite", 2), ("AllowLeadingSign", 4), ("Integer", 7),
        ("AllowTrailingSign", 8), ("AllowParentheses", 16), ("AllowDecimalPoint", 32), ("AllowThousands", 64),
        ("Number", 111), ("AllowExponent", 128), ("Float", 167), ("AllowCurrencySymbol", 256), ("Currency", 383),
        ("Any", 511), ("AllowHexSpecifier", 512), ("HexNumber", 515)
    ]
}

enumeration! {
    /// How two texts are compared.
    STRING_COMPARISON, STRING_COMPARISON_DEF, "public enum System.StringComparison", "System.StringComparison",
    [
        ("CurrentCulture", 0), ("CurrentCultureIgnoreCase", 1), ("InvariantCulture", 2),
        ("InvariantCultureIgnoreCase", 3), ("Ordinal", 4), ("OrdinalIgnoreCase", 5)
    ]
}

enumeration! {
    /// What happens to the parts of a text that is split.
    STRING_SPLIT_OPTIONS, STRING_SPLIT_OPTIONS_DEF, "public flags enum System.StringSplitOptions",
    "System.StringSplitOptions", [("None", 0), ("RemoveEmptyEntries", 1), ("TrimEntries", 2)]
}

enumeration! {
    /// The kinds of types that `Convert` tells apart.
    TYPE_CODE, TYPE_CODE_DEF, "public enum System.TypeCode", "System.TypeCode",
    [
        ("Empty", 0), ("Object", 1), ("DBNull", 2), ("Boolean", 3), ("Char", 4), ("SByte", 5), ("Byte", 6),
        ("Int16", 7), ("UInt16", 8), ("Int32", 9), ("UInt32", 10), ("Int64", 11), ("UInt64", 12), ("Single", 13),
        ("Double", 14), ("Decimal", 15), ("DateTime", 16), ("String", 18)
    ]
}

enumeration! {
    /// The general categories of Unicode characters.
    UNICODE_CATEGORY, UNICODE_CATEGORY_DEF, "public enum System.Globalization.UnicodeCategory",
    "System.Globalization.UnicodeCategory",
    [
        ("UppercaseLetter", 0), ("LowercaseLetter", 1), ("TitlecaseLetter", 2), ("ModifierLetter", 3),
        ("OtherLetter", 4), ("NonSpacingMark", 5), ("SpacingCombiningMark", 6), ("EnclosingMark", 7),
        ("DecimalDigitNumber", 8), ("LetterNumber", 9), ("OtherNumber", 10), ("SpaceSeparator", 11),
        ("LineSeparator", 12), ("ParagraphSeparator", 13), ("Control", 14), ("Format", 15), ("Surrogate", 16),
        ("PrivateUse", 17), ("ConnectorPunctuation", 18), ("DashPunctuation", 19), ("OpenPunctuation", 20),
        ("ClosePunctuation", 21), ("InitialQuotePunctuation", 22), ("FinalQuotePunctuation", 23),
        ("OtherPunctuation", 24), ("MathSymbol", 25), ("CurrencySymbol", 26), ("ModifierSymbol", 27),
        ("OtherSymbol", 28), ("OtherNotAssigned", 29)
    ]
}

enumeration! {
    /// The parts of a URI.
    URI_COMPONENTS, URI_COMPONENTS_DEF, "public flags enum System.UriComponents", "System.UriComponents",
    [
        ("SerializationInfoString", -2_147_483_648), ("Scheme", 1), ("UserInfo", 2), ("Host", 4), ("Port", 8),
        ("SchemeAndServer", 13), ("Path", 16), ("Query", 32), ("PathAndQuery", 48), ("HttpRequestUrl", 61),
        ("Fragment", 64), ("AbsoluteUri", 127), ("StrongPort", 128), ("HostAndPort", 132),
        ("StrongAuthority", 134), ("NormalizedHost", 256), ("KeepDelimiter", 1_073_741_824)
    ]
}

enumeration! {
    /// How the parts of a URI are escaped.
    URI_FORMAT, URI_FORMAT_DEF, "public enum System.UriFormat", "System.UriFormat",
    [("UriEscaped", 1), ("Unescaped", 2), ("SafeUnescaped", 3)]
}

enumeration! {
    /// What the host of a URI is.
    URI_HOST_NAME_TYPE, URI_HOST_NAME_TYPE_DEF, "public enum System.UriHostNameType", "System.UriHostNameType",
    [("Unknown", 0), ("Basic", 1), ("Dns", 2), ("IPv4", 3), ("IPv6", 4)]
}

enumeration! {
    /// Whether a URI names its scheme and host.
    URI_KIND, URI_KIND_DEF, "public enum System.UriKind", "System.UriKind",
    [("RelativeOrAbsolute", 0), ("Absolute", 1), ("Relative", 2)]
}

enumeration! {
    /// How much of a URI, from its start.
    URI_PARTIAL, URI_PARTIAL_DEF, "public enum System.UriPartial", "System.UriPartial",
    [("Scheme", 0), ("Authority", 1), ("Path", 2), ("Query", 3)]
}
