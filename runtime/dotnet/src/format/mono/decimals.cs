// Arithmetic and conversions of System.Decimal. Products and remainders agree with .NET Core throughout.
using System;

static class Program
{
    static decimal Decimal()
    {
        var r = Ask.R;
        bool negative = r.Next(2) == 0;
        byte scale = (byte)r.Next(29);
        switch (r.Next(8))
        {
            case 0: case 1: case 2: return new decimal(r.Next(100000), 0, 0, negative, (byte)r.Next(5));
            case 3: return new decimal(r.Next(), 0, 0, negative, scale);
            case 4: return new decimal(r.Next(), r.Next(), 0, negative, scale);
            case 5: return new decimal(r.Next() * 2, r.Next() * 2 + 1, r.Next() * 2, negative, scale);
            case 6:
                decimal d = negative ? -1 : 1;
                for (int i = r.Next(28); i > 0; i--) d *= 10;
                return d / (r.Next(3) == 0 ? 3m : r.Next(2) == 0 ? 8m : 1m);
            default: return new decimal(r.Next(1000), 0, 0, negative, scale);
        }
    }

    static string Words(decimal d)
    {
        var b = decimal.GetBits(d);
        return string.Format("{0:x8}{1:x8}{2:x8}{3:x8}", b[3], b[2], b[1], b[0]);
    }

    static void Row(string operation, object a, object b, Func<string> call)
    {
        string result;
        try { result = call(); } catch (Exception e) { result = e.GetType().Name; }
        Ask.Row(operation, a, b, result);
    }

    static void Main(string[] args) { Ask.Start(args, n => { for (int i = 0; i < n; i += 18) Rows(); }); }

    static void Rows()
    {
        var r = Ask.R;
        decimal a = Decimal(), b = Decimal();
        string wa = Words(a), wb = Words(b);
        int places = r.Next(29);
        Row("add", wa, wb, () => Words(a + b));
        Row("sub", wa, wb, () => Words(a - b));
        Row("mul", wa, wb, () => Words(a * b));
        Row("div", wa, wb, () => Words(a / b));
        Row("rem", wa, wb, () => Words(a % b));
        Row("cmp", wa, wb, () => a.CompareTo(b).ToString());
        Row("rnd", wa, places, () => Words(Math.Round(a, places)));
        Row("rna", wa, places, () => Words(Math.Round(a, places, MidpointRounding.AwayFromZero)));
        Row("trn", wa, 0, () => Words(decimal.Truncate(a)));
        Row("flr", wa, 0, () => Words(decimal.Floor(a)));
        Row("cei", wa, 0, () => Words(decimal.Ceiling(a)));
        Row("str", wa, 0, () => a.ToString());
        Row("dbl", wa, 0, () => BitConverter.DoubleToInt64Bits((double)a).ToString("x16"));
        Row("flt", wa, 0, () => BitConverter.ToInt32(BitConverter.GetBytes((float)a), 0).ToString("x8"));
        double d = r.Next(4) == 0 ? BitConverter.Int64BitsToDouble(((long)r.Next() << 33) ^ ((long)r.Next() << 2))
            : r.Next(2) == 0 ? (r.NextDouble() - 0.5) * Math.Pow(10, r.Next(60) - 30) : r.Next(100000) / 100.0;
        float f = (float)d;
        Row("fdb", BitConverter.DoubleToInt64Bits(d).ToString("x16"), 0, () => Words((decimal)d));
        Row("ffl", BitConverter.ToInt32(BitConverter.GetBytes(f), 0).ToString("x8"), 0, () => Words((decimal)f));
        Row("l64", wa, 0, () => ((long)a).ToString());
        Row("i32", wa, 0, () => Convert.ToInt32(a).ToString());
    }
}
