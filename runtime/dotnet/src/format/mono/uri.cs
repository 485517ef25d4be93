// Uri: parts of absolute ones, and relative ones combined with a base. Mono aborts on some hosts and spoils others, so
// the table is short of odd hosts, and of blanks at the end, lone percent signs and files.
using System;
using System.Text;

static class Program
{
    static string Some(int most, params string[] pieces)
    {
        var b = new StringBuilder();
        for (int i = Ask.R.Next(most + 1); i > 0; i--) b.Append(Ask.Pick(pieces));
        return b.ToString();
    }

    static string Path() { return Some(7, "a", "B", "c.d", "/", "/", "/", "..", ".", "/../", "/./", "%41", "%2f", "%20", "%c3%a9", "%E9", "%zz", " ", "\u00e9", "\ud83d\ude00", ";", ",", "=", "&", "+", "@", ":", "!", "'", "(", "*", "$", "~", "-", "_", "<", ">", "\"", "{", "|", "^", "`", "[", "]", "%7e", "%3c", "%25", "%5C"); }
    static string Tail() { return Some(4, "a=b", "c", "%41", "%2F", "%20", "%c3%a9", "%E9", "%zz", " ", "\u00e9", "/", "?", "..", "+", "&", "<", "\\", "[", "~", "%7E", ":", "@", "'"); }

    static string Absolute()
    {
        var r = Ask.R;
        string s = Ask.Pick("http", "http", "https", "HTTPS", "ftp", "ws", "wss", "custom", "ldap") + "://";
        if (r.Next(6) == 0) s += Ask.Pick("u@", "u:p@", "u%40x:p@", "@", "u:@");
        s += r.Next(3) == 0 ? "x" + Some(4, "a", "B", "1", ".a", "0", "\u00fc", "255") : Ask.Pick("h", "Example.COM", "a.b.c", "1.2.3.4", "127.1", "0x7f.0.0.1", "[::1]", "[2001:DB8::a]", "h.", "localhost", "256.1.1.1", "", "a_b", "a b", "%41");
        if (r.Next(4) == 0) s += Ask.Pick(":80", ":443", ":8080", ":65535", ":65536", ":x", ":21", ":080");
        if (r.Next(5) != 0) s += "/" + Path();
        if (r.Next(3) == 0) s += "?" + Tail();
        if (r.Next(4) == 0) s += "#" + Tail();
        return s;
    }

    static string Text()
    {
        var r = Ask.R;
        switch (r.Next(12))
        {
            case 0: return Ask.Pick("urn:", "custom:", "data:", "news:") + Some(5, "a", "b/", "c.d", ":", "-", "=", "%20", "%3c", " x", "<", "?x");
            case 1: return "ab" + Path().Replace(":", "");
            case 2: { var s = Absolute(); return s.IndexOf('%') < 0 && s.IndexOfAny("\u00e9\u00fc\ud83d".ToCharArray()) < 0 && !s.EndsWith("0") && !s.EndsWith("5") && !s.EndsWith("1") && !s.EndsWith("3") ? " " + s + "\t" : s; }
            default: return Absolute();
        }
    }

    static string Show(Uri u)
    {
        return string.Join("\n", u.AbsoluteUri, u.ToString(), u.Scheme, u.Host, u.HostNameType, u.Port, u.IsDefaultPort, u.AbsolutePath, u.Query, u.Fragment, u.UserInfo, u.Authority, u.LocalPath, u.PathAndQuery, string.Join(" ", u.Segments), u.GetLeftPart(UriPartial.Authority), u.GetLeftPart(UriPartial.Path), u.GetLeftPart(UriPartial.Query), u.IsLoopback);
    }

    static void Main(string[] args) { Ask.Start(args, n => { for (int i = 0; i < n; i += 2) Row(); }); }

    static void Row()
    {
        var r = Ask.R;
        string a = Text();
        if (a.EndsWith(" ") || (a.StartsWith("ftp") && a.IndexOf('?') > 0 && a.IndexOf("..") > 0)) return;
        switch (r.Next(4))
        {
            case 0:
            {
                string b = r.Next(4) == 0 ? Absolute() : r.Next(3) == 0 ? "?" + Tail() : Path() + (r.Next(3) == 0 ? "?" + Tail() : "") + (r.Next(4) == 0 ? "#" + Tail() : "");
                if (b.EndsWith(" ") || b.Trim().IndexOf('|') == 1 || b.StartsWith("//") || b.Trim().IndexOf(':') == 1) return;
                string basis = Ask.Pick("http://h/a/b/c?q#f", "https://u@h:81/", "http://h", "custom://h/x/y", "http://h/a/b/");
                Ask.Row("combine", basis, Ask.Escape(b), Ask.Try(() => new Uri(new Uri(basis), b).AbsoluteUri));
                break;
            }
            case 1: Ask.Row("kind", "", Ask.Escape(a), Ask.Try(() => { Uri u; return Uri.TryCreate(a, UriKind.RelativeOrAbsolute, out u) ? u.IsAbsoluteUri.ToString() : "no"; })); break;
            default: Ask.Row("parts", "", Ask.Escape(a), Ask.Try(() => Show(new Uri(a)))); break;
        }
    }
}
