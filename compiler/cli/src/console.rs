//! Where output goes: results to standard output, everything for people to standard error.
//!
//! Not here: what is written.

use std::io::{BufWriter, IsTerminal, Stderr, Stdout, Write, stderr, stdout};

use grammar::diagnostic::Diagnostic;
use report::Format;

/// The two streams.
pub struct Console {
    out: BufWriter<Stdout>,
    err: Stderr,
    colour: bool,
}

impl Console {
    /// The streams of this process. Standard error has colours if it is a terminal and `NO_COLOR` is not set.
    pub fn new() -> Self {
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self { out: BufWriter::new(stdout()), err: stderr(), colour: !no_colour && stderr().is_terminal() }
    }

    /// Writes a result, with a line break behind it.
    pub fn result(&mut self, text: &str) {
        let _ = self.out.write_all(text.as_bytes());
        if !text.ends_with('\n') {
            let _ = self.out.write_all(b"\n");
        }
    }

    /// Writes for people, with a line break behind it.
    pub fn say(&mut self, text: &str) {
        let _ = writeln!(self.err, "{}", text.trim_end_matches('\n'));
    }

    /// Writes why the program could not do its work.
    pub fn error(&mut self, text: &str) {
        if self.colour {
            self.say(&format!("\u{1b}[1;31merror\u{1b}[0m: {text}"));
        } else {
            self.say(&format!("error: {text}"));
        }
    }

    /// Writes diagnostics: data for programs is a result, text is for people.
    pub fn diagnostics(&mut self, diagnostics: &[Diagnostic], format: Format) {
        let text = report::render(diagnostics, format, self.colour && !format.is_data());
        if format.is_data() {
            self.result(&text);
            return;
        }
        if !text.is_empty() {
            self.say(&text);
        }
        let summary = report::summary(diagnostics);
        if !summary.is_empty() {
            self.say(&summary);
        }
    }

    /// Hands on what was written; a reader that went away is none of our business.
    pub fn flush(&mut self) {
        let _ = self.out.flush();
    }
}
