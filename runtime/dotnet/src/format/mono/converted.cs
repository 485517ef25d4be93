// Conversions between numbers, and numbers in bases.
using System;
using System.Text;

static class Program
{
    static double Double()
    {
        var r = Ask.R;
        switch (r.Next(5))
        {
            case 0: return r.Next(-600, 600) / 2.0;
            case 1: return (r.NextDouble() - 0.5) * 6e9;
            case 2: return (r.NextDouble() - 0.5) * 4e19;
            case 3: return new[] { 2147483647.5, 2147483647.4, -2147483648.5, -2147483648.6, 4294967295.4, 4294967295.5, -0.5, 0.5, 255.5, 127.5, 32767.5, 65535.5, double.NaN, double.PositiveInfinity, 9.3e18, -9.3e18, 1.9e19 }[r.Next(17)];
            default: return r.NextDouble() * 300;
        }
    }

    static string Digits(int numberBase)
    {
        var b = new StringBuilder(Ask.Pick("", "", "", "-", "+", "0x", "0X", " ", "0"));
        string all = "0123456789abcdefABCDEF";
        int n = Ask.R.Next(1, Ask.R.Next(3) == 0 ? 36 : 10);
        int most = numberBase == 16 ? 22 : numberBase;
        for (int i = 0; i < n; i++) b.Append(Ask.R.Next(40) == 0 ? Ask.Pick("g", " ", "9", "-") : all[Ask.R.Next(most)].ToString());
        return b.ToString();
    }

    static void Main(string[] args) { Ask.Start(args, n => { for (int i = 0; i < n; i += 8) Row(); }); }

    static void Row()
    {
        var r = Ask.R;
        double d = Double();
        string bits = BitConverter.DoubleToInt64Bits(d).ToString();
        Ask.Row("round", bits, r.Next(1), Ask.Try(() => string.Join(" ",
            Try(() => Convert.ToSByte(d)), Try(() => Convert.ToByte(d)), Try(() => Convert.ToInt16(d)), Try(() => Convert.ToUInt16(d)),
            Try(() => Convert.ToInt32(d)), Try(() => Convert.ToUInt32(d)), Try(() => Convert.ToInt64(d)), Try(() => Convert.ToUInt64(d)))));
        Ask.Row("checked", bits, 0, Ask.Try(() => string.Join(" ",
            Try(() => checked((byte)d)), Try(() => checked((short)d)), Try(() => checked((int)d)), Try(() => checked((uint)d)), Try(() => checked((long)d)), Try(() => checked((ulong)d)))));
        int digits = r.Next(16);
        double s = Math.Abs(d) > 1e15 ? d / 1e10 : d;
        Ask.Row("math-round", BitConverter.DoubleToInt64Bits(s), digits, Ask.Try(() => BitConverter.DoubleToInt64Bits(Math.Round(s, digits)) + " " + BitConverter.DoubleToInt64Bits(Math.Round(s, digits, MidpointRounding.AwayFromZero))));
        int numberBase = new[] { 2, 8, 10, 16 }[r.Next(4)];
        var t = Digits(numberBase);
        Ask.Row("parse", Ask.Escape(t), numberBase, Ask.Try(() => string.Join(" ",
            Try(() => Convert.ToSByte(t, numberBase)), Try(() => Convert.ToByte(t, numberBase)), Try(() => Convert.ToInt16(t, numberBase)), Try(() => Convert.ToUInt16(t, numberBase)),
            Try(() => Convert.ToInt32(t, numberBase)), Try(() => Convert.ToUInt32(t, numberBase)), Try(() => Convert.ToInt64(t, numberBase)), Try(() => Convert.ToUInt64(t, numberBase)))));
        long l = ((long)r.Next(int.MinValue, int.MaxValue) << 32 ^ r.Next()) >> r.Next(64);
        Ask.Row("write", l, numberBase, Ask.Try(() => Convert.ToString(l, numberBase) + " " + Convert.ToString((int)l, numberBase) + " " + Convert.ToString((short)l, numberBase) + " " + Convert.ToString((byte)l, numberBase)));
    }

    static string Try(Func<object> call)
    {
        try { return call().ToString(); } catch (Exception e) { return e.GetType().Name; }
    }
}
