// Escapes, base 64, identifiers, composite formats and random numbers. Not here: characters from U+0100 in HTML, which
// only mono encodes, and encoded surrogates, which mono replaces by fewer characters.
using System;
using System.Net;
using System.Text;

static class Program
{
    static string Text(params string[] pieces)
    {
        var b = new StringBuilder();
        for (int i = Ask.R.Next(1, 9); i > 0; i--) b.Append(Ask.Pick(pieces));
        return b.ToString();
    }

    static string Any() { return Text("a", "Z", "0", " ", "-", "_", ".", "~", "!", "*", "'", "(", ")", "/", "?", "#", "[", "]", "@", ":", ",", ";", "$", "%", "&", "=", "+", "<", ">", "\"", "\\", "\u00e9", "\u0080", "\u00a0", "\u00ff", "\u0100", "\u20ac", "\ud83d\ude00", "\n", "\0", "^", "`", "{", "|", "}"); }

    static string Escaped() { return Text("a", "+", "%", "%2", "%41", "%c3%a9", "%C3", "%e2%82%ac", "%e2%82", "%f0%9f%98%80", "%ff", "%00", "%zz", "\u00e9", "\ud83d\ude00", "%2f", "%25", "%20", "&"); }

    static string Entities() { return Text("&", ";", "#", "a", "&amp;", "&lt", "&lt;", "&nbsp;", "&Eacute;", "&eacute;", "&nope;", "&#65;", "&#x41;", "&#X3c0;", "&#xD800;", "&#128512;", "&#x10FFFF;", "&#x110000;", "&#;", "&#x;", "&#-1;", "&# 65 ;", "&#99999999999;", "\u00e9", "x"); }

    static string Base64()
    {
        if (Ask.R.Next(2) == 0)
        {
            var bytes = new byte[Ask.R.Next(12)];
            Ask.R.NextBytes(bytes);
            var s = Convert.ToBase64String(bytes);
            return Ask.R.Next(2) == 0 ? s : s.Insert(Ask.R.Next(s.Length + 1), Ask.Pick(" ", "\n", "\t", "\r\n", "=", "-", "A", "\v"));
        }
        return Text("A", "B", "Q", "=", "==", "+", "/", " ", "a", "9", "-", "_", "AAAA");
    }

    static string Id()
    {
        var r = Ask.R;
        var bytes = new byte[16];
        r.NextBytes(bytes);
        var s = new Guid(bytes).ToString(Ask.Pick("N", "D", "B", "P", "X"));
        if (r.Next(3) == 0) s = s.ToUpper();
        if (r.Next(2) == 0)
        {
            int at = r.Next(s.Length);
            s = r.Next(3) == 0 ? s.Remove(at, 1) : r.Next(2) == 0 ? s.Insert(at, Ask.Pick(" ", "0", "-", "x", "{", ",", "}", "0x", "\u00e9"))
                : s.Remove(at, 1).Insert(at, Ask.Pick("-", "g", "x", "+", "0", " ", "}", ",", ")", "X"));
        }
        return s;
    }

    static string Composite() { return Text("a", "{0}", "{1}", "{", "}", "{{", "}}", "{0", "0", "1", "2", ",", "-", "5", " ", ":", "x", "N2", "{0,5}", "{1,-4:D3}", "{0:00.0}", "{3}", "}"); }

    static string Hex(byte[] bytes) { return BitConverter.ToString(bytes).Replace("-", ""); }

    static void Row(string operation, string input, Func<string> call) { Ask.Row(operation, Ask.Escape(input), Ask.Try(call)); }

    static void Main(string[] args) { Ask.Start(args, n => { for (int i = 0; i < n; i++) Row(); }); }

    static void Row()
    {
        string s;
        switch (Ask.R.Next(13))
        {
            case 0: s = Any(); Row("data", s, () => Uri.EscapeDataString(s)); break;
            case 1: s = Any(); Row("uri", s, () => Uri.EscapeUriString(s)); break;
            case 2: s = Any(); Row("web", s, () => WebUtility.UrlEncode(s)); break;
            case 3: s = Escaped(); Row("undata", s, () => Uri.UnescapeDataString(s)); break;
            case 4: s = Escaped(); Row("unweb", s, () => WebUtility.UrlDecode(s)); break;
            case 5: s = Any().Replace("\u0100", "").Replace("\u20ac", ""); Row("html", s, () => WebUtility.HtmlEncode(s)); break;
            case 6: s = Entities(); Row("unhtml", s, () => WebUtility.HtmlDecode(s)); break;
            case 7: s = Base64(); Row("base64", s, () => Hex(Convert.FromBase64String(s))); break;
            case 8: case 9: s = Id(); Row("guid", s, () => new Guid(s).ToString()); break;
            case 10: case 11: s = Composite(); Row("composite", s, () => string.Format(s, 7, -12345)); break;
            default:
                int seed = Ask.R.Next(4) == 0 ? Ask.R.Next(-3, 3) : Ask.R.Next(int.MinValue, int.MaxValue);
                Row("random", seed.ToString(), () =>
                {
                    var r = new Random(seed);
                    var bytes = new byte[3];
                    r.NextBytes(bytes);
                    var few = r.Next() + " " + r.Next(100) + " " + r.Next(-5, 5) + " " + BitConverter.DoubleToInt64Bits(r.NextDouble()).ToString("x16") + " " + r.Next(int.MinValue, int.MaxValue) + " " + Hex(bytes);
                    for (int i = 0; i < 60; i++) r.Next();
                    return few + " " + r.Next();
                });
                break;
        }
    }
}
