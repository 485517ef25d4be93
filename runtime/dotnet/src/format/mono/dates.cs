// Dates, moments and spans: arithmetic, components and formats. What .NET Core rounds differently from the Framework
// (TimeSpan.From..., totals of spans) is not here.
using System;
using System.Text;

static class Program
{
    static long Ticks()
    {
        var r = Ask.R;
        switch (r.Next(8))
        {
            case 0: return 0;
            case 1: return DateTime.MaxValue.Ticks - r.Next(3);
            case 2: return new DateTime(r.Next(1, 10000), r.Next(1, 13), 28).Ticks;
            case 3: return new DateTime(r.Next(1900, 2100), 1, 1).AddDays(r.Next(366)).AddSeconds(r.Next(86400)).Ticks;
            case 4: return new DateTime(2024, 1, 1).AddDays(r.Next(-4000, 4000)).AddMilliseconds(r.Next(86400000)).Ticks;
            default: return (long)(r.NextDouble() * DateTime.MaxValue.Ticks);
        }
    }

    static long Span()
    {
        var r = Ask.R;
        switch (r.Next(6))
        {
            case 0: return r.Next(3) == 0 ? long.MinValue : r.Next(2) == 0 ? long.MaxValue : 0;
            case 1: return (long)r.Next(-100000, 100000) * 10000000;
            case 2: return (long)r.Next(-100000, 100000) * 10000;
            case 3: return r.Next();
            case 4: return (long)r.Next(int.MinValue, int.MaxValue) << r.Next(32);
            default: return (long)r.Next(-500, 500) * 600000000;
        }
    }

    static string Format(bool span)
    {
        var r = Ask.R;
        if (r.Next(4) == 0) return Ask.Pick("d", "D", "f", "F", "g", "G", "m", "M", "o", "O", "r", "R", "s", "t", "T", "u", "U", "y", "Y", "c", "x", "", "K", "z", "h");
        var b = new StringBuilder();
        for (int i = r.Next(1, 7); i > 0; i--)
            b.Append(span
                ? Ask.Pick("d", "dd", "h", "hh", "mm", "m", "ss", "s", "f", "fff", "fffffff", "F", "FFF", "FFFFFFF", "\\:", "\\.", "'x'", "\"q\\\"\"", "%h", "%d", "hhh", ".", "ffffffff", "\\", "'")
                : Ask.Pick("yyyy", "yy", "y", "yyy", "yyyyy", "MM", "M", "MMM", "MMMM", "dd", "d", "ddd", "dddd", "HH", "H", "hh", "h", "mm", "m", "ss", "s", "tt", "t", "f", "fff", "fffffff", ".FFF", ".F", "FFFFFFF", "K", "zzz", "zz", "z", "-", "/", ":", " ", "T", "Z", "'T'", "\\d", "%d", "%M", "gg", ",", "\"q\"", "x", "é", "ffffffff", "'", "%", "\\"));
        return b.ToString();
    }

    static void Main(string[] args) { Ask.Start(args, n => { for (int i = 0; i < n; i++) Row(); }); }

    static void Row()
    {
        var r = Ask.R;
        long ticks = Ticks();
        var kind = (DateTimeKind)r.Next(3);
        var value = new DateTime(ticks, kind);
        switch (r.Next(12))
        {
            case 0: case 1: case 2: case 3: { var f = Format(false); Ask.Row("date", ticks, (int)kind, Ask.Escape(f), Ask.Try(() => value.ToString(f))); break; }
            case 4: case 5:
            {
                var f = Format(false);
                int minutes = r.Next(3) == 0 ? r.Next(-14, 15) * 60 : r.Next(-850, 850);
                Ask.Row("moment", ticks, minutes, Ask.Escape(f), Ask.Try(() => new DateTimeOffset(new DateTime(ticks), TimeSpan.FromMinutes(minutes)).ToString(f)));
                break;
            }
            case 6: case 7: case 8: { var f = Format(true); var t = Span(); Ask.Row("span", t, 0, Ask.Escape(f), Ask.Try(() => new TimeSpan(t).ToString(f))); break; }
            case 9: { int m = r.Next(3) == 0 ? r.Next(-130000, 130000) : r.Next(-40, 40); Ask.Row("months", ticks, m, "", Ask.Try(() => value.AddMonths(m).Ticks.ToString())); break; }
            case 10:
            {
                double d = r.Next(3) == 0 ? r.Next(-4000000, 4000000) : (r.NextDouble() - 0.5) * Math.Pow(10, r.Next(12));
                Ask.Row("days", ticks, BitConverter.DoubleToInt64Bits(d), "", Ask.Try(() => value.AddDays(d).Ticks.ToString()));
                Ask.Row("seconds", ticks, BitConverter.DoubleToInt64Bits(d), "", Ask.Try(() => value.AddSeconds(d).Ticks.ToString()));
                break;
            }
            default:
                Ask.Row("parts", ticks, 0, "", Ask.Try(() => value.Year + " " + value.Month + " " + value.Day + " " + value.DayOfYear + " " + (int)value.DayOfWeek + " " + value.Hour + " " + value.Minute + " " + value.Second + " " + value.Millisecond));
                break;
        }
    }
}
