// Parsing of numbers with all kinds of NumberStyles. Doubles whose text or range differs between Framework and Core are
// left out, and so is a negative zero with a point as a byte, which only Core refuses.
using System;
using System.Globalization;
using System.Text;

static class Program
{
  static string Text() {
    var sb = new StringBuilder(); int n = 1+Ask.R.Next(7);
    if (Ask.R.Next(3)==0) sb.Append(Ask.Pick("-","+"," ","\t","(","¤"," -","- ","¤-"));
    for (int i=0;i<n;i++) sb.Append(Ask.R.Next(4)!=0 ? Ask.Pick("1","2","5","9","0","12","345","999","00","7") : Ask.Pick(".",",","e","E","e-","e+","-","+"," ","¤","(",")","\0","x","A","f","."));
    if (Ask.R.Next(4)==0) sb.Append(Ask.Pick("-","+"," ","\n",")","¤","\0","e1","E-2","e+05",".0",".00","e"," \0","\0 "));
    return sb.ToString();
  }
  static readonly NumberStyles[] IS = { NumberStyles.Integer, NumberStyles.Integer, NumberStyles.HexNumber, NumberStyles.AllowHexSpecifier, NumberStyles.Any, NumberStyles.Currency, NumberStyles.Number, NumberStyles.Float, NumberStyles.None, NumberStyles.AllowDecimalPoint|NumberStyles.AllowExponent, NumberStyles.AllowParentheses };
  static readonly NumberStyles[] FS = { NumberStyles.Float|NumberStyles.AllowThousands, NumberStyles.Number, NumberStyles.Any, NumberStyles.Currency, NumberStyles.Float, NumberStyles.None, NumberStyles.AllowDecimalPoint, NumberStyles.AllowLeadingSign|NumberStyles.AllowTrailingSign };
  static void Main(string[] args) { Ask.Start(args, n => { for (int i = 0; i < n; i++) Row(); }); }

  static void Row() {
      var t = Text(); var s = IS[Ask.R.Next(IS.Length)]; var f = FS[Ask.R.Next(FS.Length)]; string kind, r; NumberStyles u = s;
      switch (Ask.R.Next(10)) {
        case 0: kind="int"; r = Ask.Try(() => int.Parse(t, s).ToString()); break;
        case 1: kind="uint"; r = Ask.Try(() => uint.Parse(t, s).ToString()); break;
        case 2: kind="long"; r = Ask.Try(() => long.Parse(t, s).ToString()); break;
        case 3: kind="ulong"; r = Ask.Try(() => ulong.Parse(t, s).ToString()); break;
        case 4: kind="sbyte"; r = Ask.Try(() => sbyte.Parse(t, s).ToString()); break;
        case 5: kind="byte"; r = Ask.Try(() => byte.Parse(t, s).ToString()); break;
        case 6: kind="short"; r = Ask.Try(() => short.Parse(t, s).ToString()); break;
        case 7: kind="double"; u=f; r = Ask.Try(() => double.Parse(t, f).ToString("R")); break;
        default: kind="decimal"; u=f; r = Ask.Try(() => decimal.Parse(t, f).ToString()); break;
      }
      if (kind == "double" && (r == "=0" || r == "!OverflowException" || r.Length > 16 || r.Contains("E+1"))) return;
      if (kind == "byte" && r == "=0" && t.Contains("-")) return;
      Ask.Row(kind, Ask.Escape(t), (int)u, r);
  }
}
