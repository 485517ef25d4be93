//! The language server protocol over what `ide` answers.
//!
//! One thread answers, in the order of the messages; another one reads, so that a request that is cancelled while it
//! waits is never begun. Documents are checked when no message waits: of ten keystrokes that come at once, the last is
//! checked. `transport` knows the frames, `server` the life of a session, `session` the documents and instances,
//! `answer` what a request asks and `translate` how answers look on the wire.
//!
//! The shapes of the protocol are written by hand, because only a dozen are needed and clients bend them: what a client
//! leaves out or invents must not end the session.
//!
//! Not here: any knowledge of policies (`ide`).
#![forbid(unsafe_code)]

mod answer;
mod protocol;
mod server;
mod session;
mod translate;
mod transport;
mod uri;

use std::io::{BufRead, Write};

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The client asked the server to shut down, then to exit.
    Clean,
    /// The client left, or asked to exit without shutting down first.
    Abrupt,
}

/// Serves one client, which writes to `input` and reads from `output`, until it leaves.
pub fn serve(input: impl BufRead + Send + 'static, output: impl Write) -> Ending {
    let (send, messages) = std::sync::mpsc::channel();
    let mut input = input;
    // Not joined: it may wait for input for ever.
    std::thread::spawn(move || transport::read_all(&mut input, &mut |message| send.send(message).is_ok()));
    server::Server::new(output).run(&messages)
}
