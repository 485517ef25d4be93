//! Lines on standard error that never hold up a request: what does not fit the queue is dropped and counted.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::time::Duration;

use engine::services::{Log, Severity};

use crate::clock::utc_ticks;

/// How many lines wait to be written.
const QUEUE: usize = 8192;
/// Lines in one write.
const BATCH: usize = 64;

/// How lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// A log that a thread of its own writes.
pub struct QueuedLog {
    lines: SyncSender<Message>,
    dropped: Arc<AtomicU64>,
    least: Severity,
    format: LogFormat,
}

enum Message {
    Line(Vec<u8>),
    Flush(SyncSender<()>),
}

impl QueuedLog {
    /// A log of what matters at least this much, on `out`.
    ///
    /// # Errors
    /// If no thread can be started.
    pub fn new(format: LogFormat, least: Severity, out: impl Write + Send + 'static) -> std::io::Result<Self> {
        let (lines, queue) = sync_channel(QUEUE);
        let dropped = Arc::new(AtomicU64::new(0));
        let counter = dropped.clone();
        std::thread::Builder::new().name("log".into()).spawn(move || write(&queue, &counter, format, out))?;
        Ok(Self { lines, dropped, least, format })
    }

    /// A log on standard error.
    ///
    /// # Errors
    /// If no thread can be started.
    pub fn on_stderr(format: LogFormat, least: Severity) -> std::io::Result<Self> {
        Self::new(format, least, std::io::stderr())
    }

    /// How many lines were dropped and not told of yet.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }

    /// Writes a line about the gateway itself.
    pub fn event(&self, severity: Severity, message: &str, fields: &[(&str, &str)]) {
        if severity >= self.least {
            self.push(line(self.format, severity, "gateway", message, fields.iter().copied()));
        }
    }

    /// Waits until everything so far is written, but not longer than `patience`.
    pub fn flush(&self, patience: Duration) {
        let (done, wait) = sync_channel(1);
        let mut message = Message::Flush(done);
        // The queue may be full for the moment; it is emptied meanwhile, unless nobody reads what is written.
        for _ in 0..100 {
            match self.lines.try_send(message) {
                Ok(()) => {
                    let _ = wait.recv_timeout(patience);
                    return;
                }
                Err(TrySendError::Full(back)) => {
                    message = back;
                    std::thread::sleep(patience / 100);
                }
                Err(TrySendError::Disconnected(_)) => return,
            }
        }
    }

    fn push(&self, line: Vec<u8>) {
        if self.lines.try_send(Message::Line(line)).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Log for QueuedLog {
    fn trace(&self, request_id: &str, severity: Severity, source: &str, message: &str, metadata: &[(String, String)]) {
        if severity < self.least {
            return;
        }
        let id = std::iter::once(("requestId", request_id));
        let metadata = metadata.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        self.push(line(self.format, severity, source, message, id.chain(metadata)));
    }
}

fn write(queue: &Receiver<Message>, dropped: &AtomicU64, format: LogFormat, mut out: impl Write) {
    while let Ok(first) = queue.recv() {
        let mut bytes = Vec::new();
        let mut flushes = Vec::new();
        for message in std::iter::once(first).chain(queue.try_iter().take(BATCH)) {
            match message {
                Message::Line(line) => bytes.extend_from_slice(&line),
                Message::Flush(done) => flushes.push(done),
            }
        }
        let lost = dropped.swap(0, Ordering::Relaxed);
        if lost > 0 {
            let message = format!("{lost} lines of the log were dropped because nobody took them in time");
            bytes.extend(line(format, Severity::Error, "log", &message, std::iter::empty()));
        }
        // A log that cannot be written must not end the gateway.
        let _ = out.write_all(&bytes).and_then(|()| out.flush());
        for done in flushes {
            let _ = done.send(());
        }
    }
}

fn line<'l>(
    format: LogFormat,
    severity: Severity,
    source: &str,
    message: &str,
    fields: impl Iterator<Item = (&'l str, &'l str)>,
) -> Vec<u8> {
    let level = match severity {
        Severity::Verbose => "Verbose",
        Severity::Information => "Information",
        Severity::Error => "Error",
    };
    let mut time = Vec::new();
    if let Ok(now) = dotnet::format::time::DateTime::from_ticks(utc_ticks(), dotnet::format::time::Kind::Utc) {
        let _ = now.format(&mut time, b"o");
    }
    let mut out = Vec::with_capacity(160);
    match format {
        LogFormat::Text => {
            out.extend_from_slice(&time);
            for part in [level, source, message] {
                out.push(b' ');
                push_visible(&mut out, part);
            }
            for (name, value) in fields {
                out.push(b' ');
                push_visible(&mut out, name);
                out.push(b'=');
                push_visible(&mut out, value);
            }
        }
        LogFormat::Json => {
            let time = String::from_utf8_lossy(&time);
            let known = [("timestamp", &*time), ("level", level), ("source", source), ("message", message)];
            for (name, value) in known {
                push_member(&mut out, name, value);
            }
            for (name, value) in fields {
                push_member(&mut out, name, value);
            }
            out.push(b'}');
        }
    }
    out.push(b'\n');
    out
}

/// Appends a member of a JSON object, which is begun if it is the first.
fn push_member(out: &mut Vec<u8>, name: &str, value: &str) {
    out.push(if out.is_empty() { b'{' } else { b',' });
    dotnet::format::escape::json::write_string(out, name.as_bytes(), b'"');
    out.push(b':');
    dotnet::format::escape::json::write_string(out, value.as_bytes(), b'"');
}

/// Appends text in which nothing can begin another line or move a terminal's cursor.
fn push_visible(out: &mut Vec<u8>, text: &str) {
    for c in text.chars() {
        if c.is_control() {
            out.extend(c.escape_default().map(|c| c as u8));
        } else {
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Condvar, Mutex};

    use super::*;

    /// What is written, and a gate that holds the writer up.
    #[derive(Default)]
    struct Pipe {
        written: Mutex<Vec<u8>>,
        is_open: Mutex<bool>,
        opened: Condvar,
    }

    struct End(Arc<Pipe>);

    impl Write for End {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            let mut open = self.0.is_open.lock().unwrap();
            while !*open {
                open = self.0.opened.wait(open).unwrap();
            }
            self.0.written.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn pipe(is_open: bool) -> Arc<Pipe> {
        Arc::new(Pipe { is_open: Mutex::new(is_open), ..Pipe::default() })
    }

    fn text(pipe: &Pipe) -> String {
        String::from_utf8(pipe.written.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn a_log_that_nobody_reads_drops_and_counts() {
        let pipe = pipe(false);
        let log = QueuedLog::new(LogFormat::Text, Severity::Verbose, End(pipe.clone())).unwrap();
        for n in 0..(QUEUE + 2 * BATCH + 500) {
            log.trace("id", Severity::Error, "test", &n.to_string(), &[]);
        }
        assert!(log.dropped() > 0);
        *pipe.is_open.lock().unwrap() = true;
        pipe.opened.notify_all();
        log.flush(Duration::from_secs(10));
        assert!(text(&pipe).contains("lines of the log were dropped"), "the drop is told");
        assert_eq!(log.dropped(), 0);
    }

    #[test]
    fn lines_say_when_who_and_what_and_stay_one_line() {
        let pipe = pipe(true);
        let log = QueuedLog::new(LogFormat::Text, Severity::Information, End(pipe.clone())).unwrap();
        log.trace("1-2", Severity::Information, "trace", "a\nb\x1b[2J", &[("k".into(), "v".into())]);
        log.trace("1-2", Severity::Verbose, "trace", "not this", &[]);
        log.flush(Duration::from_secs(10));
        let shown = text(&pipe);
        assert!(shown.ends_with(" Information trace a\\nb\\u{1b}[2J requestId=1-2 k=v\n"), "{shown}");
        assert_eq!(shown.lines().count(), 1);
        let pipe = self::pipe(true);
        let log = QueuedLog::new(LogFormat::Json, Severity::Information, End(pipe.clone())).unwrap();
        log.event(Severity::Error, "quote \" and\nline", &[("n", "1")]);
        log.flush(Duration::from_secs(10));
        let value: serde_json::Value = serde_json::from_str(text(&pipe).trim()).unwrap();
        assert_eq!((&value["message"], &value["n"]), (&"quote \" and\nline".into(), &"1".into()));
    }
}
