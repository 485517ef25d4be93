// What the programs that ask mono share: random choices, and the notation of the tables (see mod.rs).
using System;
using System.Globalization;
using System.IO;
using System.Text;

static class Ask
{
    public static Random R;
    public static StreamWriter Out;

    public static string Pick(params string[] choices) { return choices[R.Next(choices.Length)]; }

    public static string Escape(string text)
    {
        var b = new StringBuilder();
        foreach (char c in text)
        {
            if (c == '\t') b.Append("\\t");
            else if (c == '\n') b.Append("\\n");
            else if (c == '\r') b.Append("\\r");
            else if (c == '\\') b.Append("\\\\");
            else if (char.IsControl(c) || char.IsSurrogate(c) || (c != ' ' && char.IsWhiteSpace(c))) b.AppendFormat("\\x{0:x4}", (int)c);
            else b.Append(c);
        }
        return b.ToString();
    }

    public static string Try(Func<string> call)
    {
        try { return "=" + Escape(call()); }
        catch (Exception e) { return "!" + e.GetType().Name; }
    }

    public static void Row(params object[] fields)
    {
        Out.WriteLine(string.Join("\t", fields));
    }

    public static void Start(string[] args, Action<int> rows)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        R = new Random(int.Parse(args[1]));
        using (Out = new StreamWriter(Console.OpenStandardOutput())) rows(int.Parse(args[0]));
    }
}
