// TimeSpan.Parse and TimeSpan.ParseExact. Not here: fractions of more than seven digits that start with a zero, which
// .NET Core rounds.
using System;
using System.Globalization;
using System.Text;

static class Program
{
    static string Text()
    {
        var r = Ask.R;
        string s;
        switch (r.Next(4))
        {
            case 0: s = new TimeSpan((long)r.Next(int.MinValue, int.MaxValue) << r.Next(32)).ToString(Ask.Pick("c", "g", "G")); break;
            case 1: s = new TimeSpan(r.Next(-3, 3), r.Next(24), r.Next(60), r.Next(60), r.Next(1000)).ToString(Ask.Pick("c", "g", "G")); break;
            default:
                var b = new StringBuilder();
                for (int i = r.Next(1, 10); i > 0; i--)
                    b.Append(Ask.Pick("0", "1", "5", "12", "23", "24", "59", "60", "007", "0000001", "00000001", "12345678", "99999999", "10675199", "268435456", ":", ":", ":", ":", ".", ".", ":.", "-", " ", "x"));
                s = b.ToString();
                break;
        }
        switch (r.Next(8))
        {
            case 0: return " " + s + "\t";
            case 1: { int at = r.Next(s.Length); return s.Remove(at, 1); }
            case 2: { int at = r.Next(s.Length + 1); return s.Insert(at, Ask.Pick(" ", "1", "-", ":", ".", "0")); }
            default: return s;
        }
    }

    static string Format()
    {
        var r = Ask.R;
        if (r.Next(4) == 0) return Ask.Pick("c", "t", "T", "g", "G", "x", "d");
        var b = new StringBuilder();
        for (int i = r.Next(1, 7); i > 0; i--)
            b.Append(Ask.Pick("d", "dd", "ddd", "h", "hh", "m", "mm", "s", "ss", "f", "fff", "fffffff", "F", "FFF", "\\:", "\\.", "'x'", "%d", "%h", "hhh", ":", "' '"));
        return b.ToString();
    }

    static void Main(string[] args) { Ask.Start(args, n => { for (int i = 0; i < n; i++) Row(); }); }

    static void Row()
    {
        var r = Ask.R;
        var s = Text();
        if (System.Text.RegularExpressions.Regex.IsMatch(s, "[.]0[0-9]{7}")) return;
        if (r.Next(2) == 0)
        {
            Ask.Row("parse", 0, "", Ask.Escape(s), Ask.Try(() => TimeSpan.Parse(s).Ticks.ToString()));
            return;
        }
        var f = Format();
        if (r.Next(4) != 0 && f.Length > 1)
            try { s = new TimeSpan(r.Next(0, 3), r.Next(24), r.Next(60), r.Next(60), r.Next(3) * 120).ToString(f); } catch (FormatException) { }
        int styles = r.Next(2);
        Ask.Row("exact", styles, Ask.Escape(f), Ask.Escape(s), Ask.Try(() => TimeSpan.ParseExact(s, f, null, (TimeSpanStyles)styles).Ticks.ToString()));
    }
}
