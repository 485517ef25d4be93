// DateTime.Parse, DateTimeOffset.Parse and their exact forms, with all styles.
using System;
using System.Globalization;
using System.Text;

static class Program
{
    static string Two(int n) { return n.ToString("D2"); }

    static string Date()
    {
        var r = Ask.R;
        int y = r.Next(1, 4) == 1 ? r.Next(1, 10000) : r.Next(1950, 2050), m = r.Next(1, 13), d = r.Next(1, 32);
        var month = DateTimeFormatInfo.InvariantInfo.GetMonthName(m);
        if (r.Next(2) == 0) month = month.Substring(0, 3);
        if (r.Next(5) == 0) month = month.ToUpper();
        switch (r.Next(14))
        {
            case 0: case 1: case 2: return y.ToString("D4") + "-" + Two(m) + "-" + Two(d);
            case 3: return Two(m) + "/" + Two(d) + "/" + y.ToString("D4");
            case 4: return m + "/" + d + "/" + (y % 100);
            case 5: return d + " " + month + " " + y;
            case 6: return month + " " + d + ", " + y;
            case 7: return Ask.Pick("Mon", "Tue", "Wednesday", "Thu", "Friday", "Sat", "Sun") + ", " + Two(d) + " " + month + " " + y;
            case 8: return d + "-" + month + "-" + y;
            case 9: return month + " " + y;
            case 10: return y + "/" + m + "/" + d;
            case 11: return month + " " + d;
            case 12: return d + "." + m + "." + y;
            default: return new DateTime(Math.Max(y, 1), m, 1).ToString("ddd, dd MMM yyyy");
        }
    }

    static string Time()
    {
        var r = Ask.R;
        int h = r.Next(25), m = r.Next(r.Next(9) == 0 ? 61 : 60), s = r.Next(60);
        string t;
        switch (r.Next(6))
        {
            case 0: t = Two(h) + ":" + Two(m); break;
            case 1: t = h + ":" + m; break;
            case 2: t = Two(h) + ":" + Two(m) + ":" + Two(s) + "." + r.Next(r.Next(2) == 0 ? 1000 : 100000000); break;
            case 3: t = h.ToString(); break;
            default: t = Two(h) + ":" + Two(m) + ":" + Two(s); break;
        }
        return t + Ask.Pick("", "", "", " AM", " PM", "pm", "AM", "Z", "Z", " GMT", "+02:00", "-0530", " +1", "-14:00", "+15:00", "z", " -8:30");
    }

    static string Text()
    {
        var r = Ask.R;
        string s;
        switch (r.Next(10))
        {
            case 0: s = Date(); break;
            case 1: s = Time(); break;
            case 2: case 3: s = Date() + "T" + Time(); break;
            case 4: case 5: s = Date() + " " + Time(); break;
            case 6: s = Time() + " " + Date(); break;
            case 7: s = Date() + Ask.Pick("Z", " GMT", "+01:00", " -5", " +0900") ; break;
            default:
                var b = new StringBuilder();
                for (int i = r.Next(1, 9); i > 0; i--)
                    b.Append(Ask.Pick("1", "2", "5", "12", "13", "31", "45", "99", "05", "003", "2024", "1999", "0000", "20240305", "123456789", " ", " ", " ", "-", "-", "/", "/", ":", ":", ".", ",", "T", "t", "Z", "GMT", "AM", "PM", "pm", "+", "+1", "-08:00", "Mar", "March", "May", "Feb", "Tue", "Friday", "A.D.", "AD", "#", "\0", "x", "\t", "\u00a0"));
                s = b.ToString();
                break;
        }
        switch (r.Next(12))
        {
            case 0: return " " + s;
            case 1: return s + " ";
            case 2: return "#" + s + "#";
            case 3: return s + "\0";
            case 4: { int at = r.Next(s.Length); return s.Remove(at, 1); }
            case 5: { int at = r.Next(s.Length + 1); return s.Insert(at, Ask.Pick(" ", "1", "-", ":", "T", "/", ".", ",", "x", "Z", "0")); }
            default: return s;
        }
    }

    static DateTimeStyles Styles(bool offset)
    {
        var r = Ask.R;
        if (r.Next(2) == 0) return DateTimeStyles.None;
        int s = r.Next(8);
        if (!offset) s |= r.Next(2) * 8;
        switch (r.Next(5))
        {
            case 0: s |= 0x10; break;
            case 1: s |= 0x20; break;
            case 2: s |= 0x40; break;
            case 3: s |= 0x80; break;
            default: s |= 0x50; break;
        }
        return (DateTimeStyles)s;
    }

    static string Format()
    {
        var r = Ask.R;
        if (r.Next(3) == 0) return Ask.Pick("d", "D", "f", "F", "g", "G", "m", "o", "r", "s", "t", "T", "u", "U", "y");
        if (r.Next(3) == 0) return Ask.Pick("yyyy-MM-dd", "yyyyMMdd", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.fffZ", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "dd/MM/yyyy HH:mm", "MM/dd/yyyy", "ddd, dd MMM yyyy HH:mm:ss 'GMT'", "ddd, dd MMM yyyy HH:mm:ss GMT", "HH:mm", "h:mm tt", "yyyyMMddHHmmssfff", "M/d/yy", "yyyy-MM-dd HH:mm:ss zzz", "d MMMM yyyy", "yyyy'T'MM", "HH:mm:ss.FF", "%d", "%H");
        var b = new StringBuilder();
        for (int i = r.Next(1, 7); i > 0; i--)
            b.Append(Ask.Pick("yyyy", "yy", "y", "yyy", "MM", "M", "MMM", "MMMM", "dd", "d", "ddd", "dddd", "HH", "H", "hh", "h", "mm", "m", "ss", "s", "tt", "t", "f", "fff", ".FFF", ".F", "FFF", "K", "zzz", "zz", "z", "Z", "-", "/", ":", " ", "T", "'x'", "\\d", "%d", "g", "' '", ",", "GMT", "'", "%", "\\"));
        return b.ToString();
    }

    // A text that the format made, now and then spoilt.
    static string Shaped(string format)
    {
        var r = Ask.R;
        string s;
        try { s = new DateTime(r.Next(1, 9999), r.Next(1, 13), r.Next(1, 29), r.Next(24), r.Next(60), r.Next(60), r.Next(3) * 120, (DateTimeKind)r.Next(3)).ToString(format); }
        catch (FormatException) { return Text(); }
        if (s.Length == 0) return Text();
        switch (r.Next(8))
        {
            case 0: return s.Remove(r.Next(s.Length), 1);
            case 1: return s.Insert(r.Next(s.Length + 1), Ask.Pick(" ", "1", "-", "Z", "0"));
            case 2: return " " + s + " ";
            case 3: return s.ToLower();
            default: return s;
        }
    }

    static string Show(DateTime d) { return d.Ticks + " " + (int)d.Kind; }
    static string Show(DateTimeOffset d) { return d.Ticks + " " + d.Offset.TotalMinutes; }

    static void Main(string[] args) { Ask.Start(args, n => { for (int i = 0; i < n; i++) Row(); }); }

    static void Row()
    {
        bool offset = Ask.R.Next(3) == 0;
        var styles = Styles(offset);
        long now = DateTime.UtcNow.Ticks;
        if (Ask.R.Next(3) == 0)
        {
            var f = Format();
            var s = Shaped(f);
            Ask.Row(offset ? "offset-exact" : "date-exact", now, (int)styles, Ask.Escape(f), Ask.Escape(s), Ask.Try(() => offset ? Show(DateTimeOffset.ParseExact(s, f, null, styles)) : Show(DateTime.ParseExact(s, f, null, styles))));
        }
        else
        {
            var s = Text();
            Ask.Row(offset ? "offset" : "date", now, (int)styles, "", Ask.Escape(s), Ask.Try(() => offset ? Show(DateTimeOffset.Parse(s, null, styles)) : Show(DateTime.Parse(s, null, styles))));
        }
    }
}
