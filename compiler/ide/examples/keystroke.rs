//! How long an editor waits after a keystroke: reads, checks and completes a document of 200 lines again and again.
//!
//! `cargo run --release -p ide --example keystroke`

#![allow(clippy::print_stdout, reason = "it tells what it measured")]

use std::time::{Duration, Instant};

use ide::{Analysis, LineColumn, Neighbours, Source};

fn main() {
    let policy = "        <choose>\n            <when condition=\"@(context.Request.Headers.GetValueOrDefault(\"X\", \"\").Split(',').Any(x => x.Length > 3))\">\n                <set-header name=\"X-Count\" exists-action=\"override\">\n                    <value>@{\n                        var parts = context.Request.Url.Path.Split('/').Select(p => p.Trim()).ToList();\n                        return string.Join(\"-\", parts) + parts.Count.ToString();\n                    }</value>\n                </set-header>\n            </when>\n        </choose>\n";
    let text =
        format!("<policies>\n    <inbound>\n        <base />\n{}    </inbound>\n</policies>\n", policy.repeat(20));
    let lines = text.lines().count() as u32;
    let at = LineColumn { line: lines / 2, column: 60 };
    let mut times: Vec<[Duration; 2]> = Vec::new();
    for round in 0..200 {
        // Another text each time, as after a keystroke.
        let source = Source::new("p.xml", format!("{text}<!-- {round} -->"));
        let begin = Instant::now();
        let analysis = Analysis::alone(&source);
        let findings = analysis.findings();
        let checked = begin.elapsed();
        let found = analysis.completion(at, None, &Neighbours::none()).len();
        times.push([checked, begin.elapsed() - checked]);
        std::hint::black_box((findings, found));
    }
    let shown = |which: fn(&[Duration; 2]) -> Duration| {
        let mut times: Vec<Duration> = times.iter().map(which).collect();
        times.sort();
        let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
        (at(50), at(99))
    };
    let (check, completion) = (shown(|[check, _]| *check), shown(|[_, completion]| *completion));
    println!("{lines} lines: check median {:?}, p99 {:?}", check.0, check.1);
    println!("{lines} lines: completion median {:?}, p99 {:?}", completion.0, completion.1);
}
