// Standard and custom numeric formats of integers and decimals. Doubles are not here: the Framework rounds them to 15
// digits, .NET Core does not.
using System;
using System.Text;

static class Program
{
  static string Fmt(bool flt) {
    int k = Ask.R.Next(10);
    if (k < 4) { string l = flt ? Ask.Pick("G","g","N","F","C","P","E","e","N","F","R") : Ask.Pick("D","X","x","G","N","F","C","P","E","e","g"); return l + (Ask.R.Next(3)==0 ? "" : Ask.R.Next(3)==0 ? Ask.R.Next(25).ToString() : Ask.R.Next(6).ToString()); }
    if (k < 5) return Ask.Pick("0.00","#,##0.00","#,##0","0.###","0.0%","00000","#.##","0.00;(0.00)","+0;-0;none","0.0,","#,##0,,.0","0.###E+0","E0","#,#","000,000","0;;zero",";neg","##;##;","\\#0","'a'0\"b\"","0.0‰","0,0","#0,.","0.00E-00","00.00e+000 x");
    var sb = new StringBuilder(); int n = 1+Ask.R.Next(9);
    for (int i=0;i<n;i++) sb.Append(Ask.Pick("0","#","0","#","0","#",".",",","%","‰",";","E0","E+00","e-0","'x'","\\;","\\","\"q\""," ","a","-","(","E","'"));
    return sb.ToString();
  }
  static decimal Dec() {
    int k = Ask.R.Next(6);
    if (k==0) return 0m;
    if (k==1) return new decimal(Ask.R.Next(2000),0,0,Ask.R.Next(2)==0,(byte)Ask.R.Next(6));
    if (k==2) return new decimal(Ask.R.Next(),0,0,Ask.R.Next(2)==0,(byte)Ask.R.Next(12));
    if (k==3) return new decimal(Ask.R.Next(),Ask.R.Next(),0,Ask.R.Next(2)==0,(byte)Ask.R.Next(29));
    if (k==4) return new decimal(Ask.R.Next(),Ask.R.Next(),Ask.R.Next(),Ask.R.Next(2)==0,(byte)Ask.R.Next(29));
    return new decimal(Ask.R.Next(100),0,0,Ask.R.Next(2)==0,(byte)Ask.R.Next(3));
  }
  static void Main(string[] args) { Ask.Start(args, n => { for (int i = 0; i < n; i++) Row(); }); }

  static void Row() {
      switch (Ask.R.Next(6)) {
        case 0: { int v = Ask.R.Next(3)==0 ? Ask.R.Next(-1000,1000) : Ask.R.Next(int.MinValue,int.MaxValue); var f = Fmt(false); Ask.Row("int", v, Ask.Escape(f), Ask.Try(() => v.ToString(f))); break; }
        case 1: { long v = ((long)Ask.R.Next(int.MinValue,int.MaxValue) << 32) ^ Ask.R.Next(); if (Ask.R.Next(4)==0) v >>= Ask.R.Next(60); var f = Fmt(false); Ask.Row("long", v, Ask.Escape(f), Ask.Try(() => v.ToString(f))); break; }
        case 2: { sbyte v = (sbyte)Ask.R.Next(-128,128); var f = Fmt(false); Ask.Row("sbyte", v, Ask.Escape(f), Ask.Try(() => v.ToString(f))); break; }
        case 3: { ulong v = (ulong)(((long)Ask.R.Next(int.MinValue,int.MaxValue) << 32) ^ Ask.R.Next()); if (Ask.R.Next(4)==0) v >>= Ask.R.Next(60); var f = Fmt(false); Ask.Row("ulong", v, Ask.Escape(f), Ask.Try(() => v.ToString(f))); break; }
        default: { decimal v = Dec(); var f = Fmt(true); Ask.Row("decimal", v, Ask.Escape(f), Ask.Try(() => v.ToString(f))); break; }
      }
  }
}
