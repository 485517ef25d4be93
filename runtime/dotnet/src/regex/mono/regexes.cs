// Patterns of all kinds, sound and faulty, with texts, and what matches: up to four matches, each with all captures of all
// groups. Left out is what the Framework line gets wrong, conditionals without a second part and lazy loops of what can be
// empty, and `[^]` of ECMAScript, which newer versions read in another way.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

static class Regexes
{
    static readonly Regex Lazy = new Regex(@"[*+?}]\?");
    static int groups;

    static string Unit()
    {
        switch (Ask.R.Next(14))
        {
            case 0: return Ask.Pick(".", "\\w", "\\d", "\\s", "\\W", "\\D", "\\S");
            case 1: return Ask.Pick("[ab]", "[^a]", "[a-c]", "[a-c-[b]]", "[\\w-[ab]]", "[^\\n]", "[é1 ]", "[A-Z]", "[\\d_]", "[^\\W\\d]", "[a-]", "[]a]", "[^]]", "[\\]a]");
            case 2: return Ask.Pick("\\p{L}", "\\p{Lu}", "\\P{Ll}", "\\p{IsBasicLatin}", "\\P{IsGreek}", "\\p{Nd}", "\\p{Cs}");
            case 3: return Ask.Pick("\\x61", "\\u0062", "\\n", "\\141", "\\.", "\\_", "\\e", "\\cA", "😀", "é");
            default: return Ask.Pick("a", "b", "c", "A", "1", "_", " ", "\n", "a", "b");
        }
    }

    static string Quantifier()
    {
        return Ask.Pick("*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,1}?", "{1,}", "{2,}?", "{0}", "{,2}", "{1,2}?", "{0,3}");
    }

    static string Anchor()
    {
        return Ask.Pick("^", "$", "\\b", "\\B", "\\A", "\\Z", "\\z", "\\G", "^", "$", "\\b");
    }

    static string Group(int depth)
    {
        string body = Alternation(depth - 1);
        switch (Ask.R.Next(22))
        {
            case 0: case 1: case 2: case 3: case 4: groups++; return "(" + body + ")";
            case 5: case 6: return "(?:" + body + ")";
            case 7: groups++; return "(?<n>" + body + ")";
            case 8: groups++; return "(?'m'" + body + ")";
            case 9: return "(?=" + body + ")";
            case 10: return "(?!" + body + ")";
            case 11: case 12: return "(?<=" + body + ")";
            case 13: return "(?<!" + body + ")";
            case 14: return "(?>" + body + ")";
            case 15: return "(?" + Ask.Pick("i", "s", "m", "n", "-i", "i-s", "im") + ":" + body + ")";
            case 16: return "(?" + Ask.Pick("i", "s", "m", "-i", "n") + ")" + body;
            case 17: return "(?(" + Ask.Pick("1", "n", "2", "a", "?=b", "?!a", "ab") + ")" + Sequence(depth - 1) + "|" + Sequence(depth - 1) + ")";
            case 18: return "(?<" + Ask.Pick("n", "m", "5", "") + "-" + Ask.Pick("1", "n", "m") + ">" + body + ")";
            case 19: return "(?<" + Ask.Pick("3", "1", "7") + ">" + body + ")";
            case 20: return "(?#c)" + body;
            default: return Ask.Pick("\\1", "\\2", "\\k<n>", "\\k'm'", "\\k<1>", "(?<n>a)\\k<n>", "(a|b)\\1");
        }
    }

    static string Atom(int depth)
    {
        int kind = Ask.R.Next(10);
        if (kind == 0) return Anchor();
        if (kind < 5 && depth > 0) return Group(depth);
        return Unit();
    }

    static bool MayBeEmpty(string atom)
    {
        try { return new Regex("^(?:" + atom + "){1}").Match("").Success || atom.Contains("\\b") || atom.Contains("(?<=") || atom.Contains("(?=") || atom.Contains("\\G") || atom.Contains("\\B"); }
        catch (ArgumentException) { return true; }
    }

    static string Sequence(int depth)
    {
        var b = new StringBuilder();
        for (int n = Ask.R.Next(depth > 1 ? 4 : 3) + (Ask.R.Next(6) == 0 ? 0 : 1); n > 0; n--)
        {
            var atom = Atom(depth);
            b.Append(atom);
            if (Ask.R.Next(3) != 0) continue;
            var quantifier = Quantifier();
            b.Append(quantifier.Length > 1 && quantifier.EndsWith("?") && MayBeEmpty(atom) ? "*" : quantifier);
        }
        return b.ToString();
    }

    static string Alternation(int depth)
    {
        var text = Sequence(depth);
        while (Ask.R.Next(4) == 0) text += "|" + Sequence(depth);
        return text;
    }

    static string Broken(string pattern)
    {
        int at = Ask.R.Next(pattern.Length + 1);
        switch (Ask.R.Next(3))
        {
            case 0: return pattern.Insert(at, Ask.Pick("(", ")", "[", "]", "{", "}", "*", "+", "?", "\\", "|", "(?", "(?<", "\\p", "\\k", "\\x", "-", "\\q", "{2,1}", "(?P<n>a)", "\\p{Nope}", "(?<1a>b)", "(?<0>a)", "[b-a]", "[\\w-z]", "\\9", "(?(1)a|b|c)", "\\c1"));
            case 1: return pattern.Substring(0, at);
            default: return pattern.Substring(at);
        }
    }

    static string Text()
    {
        var b = new StringBuilder();
        for (int n = Ask.R.Next(9); n > 0; n--)
            b.Append(Ask.R.Next(12) == 0 ? Ask.Pick("é", "É", "😀", "\ud83d", "٣", "ſ", "K", "İ") : Ask.Pick("a", "b", "a", "b", "ab", "c", "A", "B", "1", "_", " ", "\n"));
        if (Ask.R.Next(6) == 0) b.Append("\n");
        return b.ToString();
    }

    static string Answer(string pattern, RegexOptions options, string text)
    {
        var regex = new Regex(pattern, options);
        var b = new StringBuilder();
        var match = regex.Match(text);
        for (int n = 0; n < 4 && match.Success; n++, match = match.NextMatch())
        {
            b.Append(n > 0 ? ";" : "");
            foreach (int number in regex.GetGroupNumbers())
            {
                b.Append(number > 0 ? "|" : "");
                b.Append(string.Join(",", match.Groups[number].Captures.Cast<Capture>().Select(c => c.Index + "+" + c.Length)));
            }
        }
        return b.ToString();
    }

    static void Main(string[] args)
    {
        Ask.Start(args, rows =>
        {
            while (rows > 0)
            {
                groups = 0;
                string pattern = Alternation(Ask.R.Next(4));
                bool isBroken = Ask.R.Next(8) == 0;
                if (isBroken) pattern = Broken(pattern);
                var options = RegexOptions.None;
                if (Ask.R.Next(4) == 0) options |= RegexOptions.IgnoreCase;
                if (Ask.R.Next(6) == 0) options |= RegexOptions.Multiline;
                if (Ask.R.Next(6) == 0) options |= RegexOptions.Singleline;
                if (Ask.R.Next(10) == 0) options |= RegexOptions.ExplicitCapture;
                if (Ask.R.Next(10) == 0) options |= RegexOptions.IgnorePatternWhitespace;
                if (Ask.R.Next(8) == 0) options |= RegexOptions.RightToLeft;
                if (Ask.R.Next(12) == 0) options = RegexOptions.ECMAScript | (options & (RegexOptions.IgnoreCase | RegexOptions.Multiline));
                if ((options & RegexOptions.ECMAScript) != 0) pattern = pattern.Replace("[^]", "[^a");
                string text = Text();
                string answer = Ask.Try(() => Answer(pattern, options, text));
                // What was broken and is sound all the same may be of the kinds that are left out.
                if (isBroken && !answer.StartsWith("!") && (pattern.Contains("(?(") || Lazy.IsMatch(pattern))) continue;
                // Few of the rows may be of faulty patterns, and of those that match nothing.
                if (answer == "=" && Ask.R.Next(3) != 0) continue;
                if (answer == "!IndexOutOfRangeException") continue;
                if (answer.StartsWith("!") && Ask.R.Next(2) != 0) continue;
                Ask.Row(Ask.Escape(pattern), (int)options, Ask.Escape(text), answer);
                rows--;
            }
        });
    }
}
