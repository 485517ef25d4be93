//! The trees of a few programs, whole.

use grammar::expression::{outline, parse};

fn trees(texts: &[&str]) -> String {
    let trees = texts.iter().map(|text| format!("{text}\n{}", outline(&parse(text).tree)));
    trees.collect::<Vec<_>>().join("\n")
}

#[test]
fn expressions() {
    insta::assert_snapshot!(trees(&[
        "@(context.Request.Headers.GetValueOrDefault(\"Authorization\", \"\").AsJwt()?.Claims[\"roles\"]?.Contains(\"admin\") ?? false)",
        "@((string)context.Variables[\"a\"] + (context.Variables[\"n\"]) + 1)",
        "@(JObject.FromObject(new { id = 1, context.RequestId, tags = new[] { \"a\" } })[\"tags\"].Select(t => (string)t).ToList())",
        "@($\"{context.Api.Name,10}: {context.Elapsed:c}{{}}\")",
        "@(xs.Where((x, i) => x is int n && n > i).Aggregate<int, long>(0, (a, b) => checked(a + b)))",
        "@(new Dictionary<string, int[]> { [\"a\"] = new[] { 1 }, [\"b\"] = { 2 } })",
        "@(from c in cars join o in owners on c.Id equals o.Car into g orderby c.Id, c.Name descending select new { c, g })",
        "@(f(out var x, ref y, z: default(int?)))",
    ]));
}

#[test]
fn statements() {
    insta::assert_snapshot!(trees(&[
        "@{ if (a) if (b) c(); else d(); else e(); return default; }",
        "@{ for (int i = 0, j = n; i < j; i++, j--) { if (x[i] == y) continue; break; } }",
        "@{ foreach (var (k, v) in d) { switch (v) { case int n when n > 1: case null: f(k); break; default: goto case 1; } } }",
        "@{ using (var s = new StringReader(t)) try { return s.ReadLine(); } catch (IOException e) when (e.Data == null) { throw; } finally { g(); } }",
        "@{ T Max<T>(T a, T b) where T : class, IComparable<T> => a.CompareTo(b) > 0 ? a : b; const int n = 1; ref int r = ref m[n]; }",
        "@{ (int q, int r) = (7 / 2, 7 % 2); var t = (q, r); label: do { q--; } while (q > 0); lock (t) unchecked { r = ~r; } }",
    ]));
}
