// Texts that are JSON, nearly JSON or broken, and what JToken.Parse makes of them: type and compact text, or the exception.
// Left out is where Json.NET 13 differs from the version here: comments in arrays, 24 o'clock, lone surrogates and bad
// digits in escapes, bad numbers in /Date()/, numbers of 17 digits, more than 64 levels.
using System;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

static class Texts
{
    static string Blank() { return Ask.R.Next(4) == 0 ? Ask.Pick(" ", "\n", "\r\n", "\t", "  ", "\u00a0", "\u2003") : ""; }

    static string Number()
    {
        switch (Ask.R.Next(6))
        {
            case 0: return Ask.R.Next(-1000, 1000).ToString();
            case 1: return (Ask.R.NextDouble() * Math.Pow(10, Ask.R.Next(-20, 13))).ToString(Ask.Pick("E3", "E9", "G5", "G12"));
            case 2: return Ask.Pick("0", "-0", "00", "010", "08", "0x1F", "0XaB", "0x", "-0x1", "1e3", "1E+3", "1e-3", "1.", ".5", "-.5", ".", "-", "1.5.5", "1e", "0.10", "0e1", "1.50", "-012");
            case 3: return Ask.Pick("9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "123456789012345678901234567890", "00000000000000000000001", "-00000000000000000000001", "999999999999999999", "1000000000000000000");
            case 4: return Ask.Pick("NaN", "Infinity", "-Infinity", "Nan", "infinity", "-Inf", "I", "N");
            default: return Ask.R.Next(-5, 100000) + Ask.Pick(".25", "e2", "E-2", ".125e1", "a", "-1", "+1");
        }
    }

    static string Quoted()
    {
        var quote = Ask.R.Next(6) == 0 ? '\'' : '"';
        var b = new StringBuilder().Append(quote);
        for (int n = Ask.R.Next(6); n > 0; n--)
            b.Append(Ask.Pick("a", "bc", "xyzxyzxyz", " ", "é", "€", "😀", "\\n", "\\t", "\\\"", "\\'", "\\\\", "\\/", "\\b", "\\f", "\\r", "\\u0041", "\\u00e9", "\\ud83d\\ude00", "/", "\u2028", "\u0085", "\u0001", "\\u001f", "\\x", "\n", "0", quote == '"' ? "'" : "\""));
        return b.Append(quote).ToString();
    }

    static string Date()
    {
        var day = Ask.Pick("2024-03-05", "2024-02-29", "2023-02-29", "0001-01-01", "9999-12-31", "0000-01-01", "2024-13-01", "2024-3-5", "20240305");
        var time = Ask.Pick("T14:07:09", "T00:00:00", "T23:59:59", "T25:00:00", "T14:60:00", "T14:07:60", " 14:07:09", "t14:07:09", "T14:07", "");
        var fraction = Ask.Pick("", "", ".1", ".12", ".1200", ".1234567", ".12345678", ".123456789", ".", ".000", ",5");
        var zone = Ask.Pick("", "Z", "z", "+02:00", "-0330", "+02", "+2", "+99:99", "-00:01", ":30", "05", "Q", "+02:", " Z");
        if (Ask.R.Next(8) == 0) return Ask.Pick("\"\\/Date(1198908717056)\\/\"", "\"/Date(0)/\"", "\"/Date(-1+0100)/\"", "\"/Date(1198908717056-0730)/\"", "\"/Date(x)/\"", "\"/Date(1+01)/\"", "\"/Date(1)\"");
        return "\"" + day + time + fraction + zone + "\"";
    }

    static string Value(int depth)
    {
        switch (Ask.R.Next(depth > 0 ? 9 : 6))
        {
            case 0: return Number();
            case 1: return Quoted();
            case 2: return Ask.Pick("true", "false", "null", "undefined", "True", "nul", "tru", "falsey", "undefine", "new Date(1)", "new X( )", "new Y(1,\"a\",[])", "newX(1)", "new (1)", "oops", "é", "<", "½", "");
            case 3: return Date();
            case 4: return Ask.Pick("{}", "[]", "{ }", "[ ]", "[,]", "[1,]", "[1,,2]", "[,1]", "{,}");
            case 5: return Number();
            case 6: case 7:
            {
                var b = new StringBuilder("{").Append(Blank());
                for (int n = Ask.R.Next(5); n > 0; n--)
                {
                    b.Append(Name()).Append(Blank()).Append(Ask.R.Next(40) == 0 ? Ask.Pick("", "=", "::") : ":").Append(Blank()).Append(Value(depth - 1)).Append(Blank());
                    if (n > 1 || Ask.R.Next(8) == 0) b.Append(Ask.R.Next(40) == 0 ? "" : ",").Append(Blank());
                    if (Ask.R.Next(12) == 0) b.Append(Ask.Pick("/*c*/", "//c\n", "/* * */", "/*", "/c", "//"));
                }
                return b.Append(Ask.R.Next(30) == 0 ? Ask.Pick("", "]", ")", "}}") : "}").ToString();
            }
            default:
            {
                var b = new StringBuilder("[").Append(Blank());
                for (int n = Ask.R.Next(5); n > 0; n--)
                    b.Append(Value(depth - 1)).Append(Blank()).Append(n > 1 || Ask.R.Next(8) == 0 ? Ask.R.Next(40) == 0 ? "" : "," : "").Append(Blank());
                return b.Append(Ask.R.Next(30) == 0 ? Ask.Pick("", "}", ")", "]]") : "]").ToString();
            }
        }
    }

    static string Name()
    {
        return Ask.R.Next(3) == 0 ? Quoted() : Ask.Pick("\"a\"", "\"b\"", "\"c\"", "a", "b", "_x", "$y", "é", "a1", "1a", "a-b", "'q'", "\"\"", "\"2024-03-05T14:07:09Z\"", "", "a b");
    }

    static void Main(string[] args)
    {
        Ask.Start(args, rows =>
        {
            for (int row = 0; row < rows; row++)
            {
                var text = Blank() + Value(3) + Blank() + (Ask.R.Next(20) == 0 ? Ask.Pick("x", "1", "/*c*/", "}", ",", "//") : "");
                if (Ask.R.Next(6) == 0 && text.Length > 0)
                {
                    var at = Ask.R.Next(text.Length);
                    text = Ask.R.Next(2) == 0 ? text.Remove(at, 1) : text.Insert(at, Ask.Pick("\"", "'", "{", "}", "[", "]", ",", ":", " ", "x", "0", "-", "\\", "/", "(", ")"));
                }
                var outcome = Ask.Try(() => { var token = JToken.Parse(text); return token.Type + " " + token.ToString(Formatting.None); });
                if (outcome == "!FormatException" || text.Contains("/Date()/")) row--;
                else Ask.Row(Ask.Escape(text), outcome);
            }
        });
    }
}
