// Linguistic comparison, its signs only. Hyphens and apostrophes are in one of the strings at most, and
// not at its end: how mono compares others depends on what follows them.
using System;
using System.Text;

static class Program
{
    static readonly string[] Plain = { "a", "A", "b", "B", "c", "z", "Z", "1", "2", "0", "9", "_", " ", ".", "/", "-", "-", "'", ":", "@", "~", "+", "=", "$", "ab", "aB" };
    static readonly string[] Accented = { "a", "A", "e", "E", "o", "\u00e9", "\u00c9", "\u00e8", "\u00ea", "\u00eb", "\u00e4", "\u00c4", "\u00f6", "\u00f8", "\u00e7", "\u00f1", "\u0161", "s", "n", "z", "\u03b1", "\u0391", "\u03b2", "\u0430", "\u0411", "\u0431" };

    static string Text(string[] pieces)
    {
        var b = new StringBuilder();
        for (int i = Ask.R.Next(0, 6); i > 0; i--) b.Append(Ask.Pick(pieces));
        return b.ToString();
    }

    static void Main(string[] args) { Ask.Start(args, n => { for (int i = 0; i < n; i++) Row(); }); }

    static void Row()
    {
        var pieces = Ask.R.Next(4) == 0 ? Accented : Plain;
        string a = Text(pieces), b = Text(pieces);
        if (Ask.R.Next(3) == 0) { b = Ask.R.Next(2) == 0 ? a.ToUpperInvariant() : a.Insert(Ask.R.Next(a.Length + 1), Ask.Pick("-", "'", "a", "A", " ")); }
        char[] marks = { '-', '\'' };
        if (a.IndexOfAny(marks) >= 0 && b.IndexOfAny(marks) >= 0) return;
        if (a.TrimEnd(marks) != a || b.TrimEnd(marks) != b) return;
        Ask.Row(Ask.Escape(a), Ask.Escape(b), Math.Sign(string.Compare(a, b)), Math.Sign(string.Compare(a, b, true)));
    }
}
