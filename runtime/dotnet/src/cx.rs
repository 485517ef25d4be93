//! The context that compiled code and members run in: one for each request.
//!
//! Its first fields are read by compiled code at the offsets in [`layout`]; the rest is for members.
//!
//! Not here: the request and the response (`context`), and who drives the code (`engine`).

use std::sync::atomic::{AtomicU64, Ordering};

use crate::arena::Arena;
use crate::context::Context;
use crate::format::Fault;
use crate::object::Obj;
use crate::text::Str;
use crate::throw::{Exception, Limit, Throw};
use crate::ty::Ty;
use crate::types::exception;
use crate::word::{Role, Word};

/// How deep calls of lambdas and local functions may nest.
pub const MAX_DEPTH: u32 = 256;

/// What code and members of one request run in.
#[repr(C)]
pub struct Cx<'a> {
    /// The functions that the running document calls, in the order of its imports.
    pub hosts: *const *const (),
    /// The literals and types of the running document.
    pub pool: *const Word,
    /// The places where the running document leaves the values of attributes for the policies that read them.
    pub args: *mut Word,
    epoch: &'a AtomicU64,
    deadline: u64,
    depth: u32,
    /// `context`, while there is one.
    pub context: Option<&'a Context<'a>>,
    arena: &'a Arena,
    thrown: Option<&'a Exception<'a>>,
    ambient: &'a dyn Ambient,
    scratches: Vec<Vec<u8>>,
}

/// What members need of the world outside: the clock and randomness. Behind a trait, so that tests decide both.
pub trait Ambient {
    /// The time now, UTC, in ticks of 100 ns since the year 1.
    fn utc_ticks(&self) -> i64;

    /// Fills `bytes` with random bytes that nobody can guess.
    fn random(&self, bytes: &mut [u8]);
}

/// A clock and randomness that never change, for computing constants when a document is compiled.
pub struct Frozen;

impl Ambient for Frozen {
    fn utc_ticks(&self) -> i64 {
        0
    }

    fn random(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}

impl<'a> Cx<'a> {
    /// A context whose values live in `arena`. Code stops with a limit exception once `epoch` has reached `deadline`.
    #[must_use]
    pub fn new(arena: &'a Arena, ambient: &'a dyn Ambient, epoch: &'a AtomicU64, deadline: u64) -> Self {
        Self {
            hosts: std::ptr::null(),
            pool: std::ptr::null(),
            args: std::ptr::null_mut(),
            epoch,
            deadline,
            depth: 0,
            context: None,
            arena,
            thrown: None,
            ambient,
            scratches: Vec::new(),
        }
    }

    /// The memory of the request.
    #[must_use]
    #[inline]
    pub fn arena(&self) -> &'a Arena {
        self.arena
    }

    /// The clock and randomness.
    #[must_use]
    pub fn ambient(&self) -> &'a dyn Ambient {
        self.ambient
    }

    /// A string with a copy of `text`.
    #[must_use]
    pub fn str(&self, text: &str) -> Str<'a> {
        self.str_from_wtf8(text.as_bytes())
    }

    /// A string with a copy of WTF-8 bytes.
    #[must_use]
    pub fn str_from_wtf8(&self, bytes: &[u8]) -> Str<'a> {
        if bytes.is_empty() { Str::EMPTY } else { Str::over_wtf8(self.arena, self.arena.alloc_slice(bytes)) }
    }

    /// An empty buffer to write a text into, which [`Cx::finish`] makes a string of; it was used before, so that
    /// writing seldom asks the system for memory.
    #[must_use]
    pub fn scratch(&mut self) -> Vec<u8> {
        self.scratches.pop().unwrap_or_default()
    }

    /// A string of the WTF-8 text in a buffer of [`Cx::scratch`].
    #[must_use]
    pub fn finish(&mut self, mut scratch: Vec<u8>) -> Str<'a> {
        /// One large text must not hold on to its memory, nor many nested ones.
        const KEPT: (usize, usize) = (4, 64 * 1024);
        let text = self.str_from_wtf8(&scratch);
        if self.scratches.len() < KEPT.0 && scratch.capacity() <= KEPT.1 {
            scratch.clear();
            self.scratches.push(scratch);
        }
        text
    }

    /// A string of the WTF-8 text that `write` appends to what it is given.
    pub fn write(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Str<'a> {
        let mut scratch = self.scratch();
        write(&mut scratch);
        self.finish(scratch)
    }

    /// A string of the WTF-8 text that `write` appends to what it is given.
    ///
    /// # Errors
    /// Throws what `write` fails with.
    pub fn try_write(&mut self, write: impl FnOnce(&mut Vec<u8>) -> Result<(), Fault>) -> Result<Str<'a>, Throw> {
        let mut scratch = self.scratch();
        match write(&mut scratch) {
            Ok(()) => Ok(self.finish(scratch)),
            Err(fault) => Err(self.throw_fault(&fault)),
        }
    }

    /// Throws an exception of a type with a message.
    #[cold]
    pub fn throw(&mut self, ty: Ty, message: &str) -> Throw {
        let message = self.str(message);
        self.throw_exception(self.arena.alloc(Exception::new(ty, Some(message), None)))
    }

    /// Throws an argument exception that names the parameter.
    #[cold]
    pub fn throw_argument(&mut self, ty: Ty, message: &str, parameter: &str) -> Throw {
        let (message, parameter) = (self.str(message), self.str(parameter));
        self.throw_exception(self.arena.alloc(Exception::new(ty, Some(message), Some(parameter))))
    }

    /// Throws what a function of `format` failed with.
    #[cold]
    pub fn throw_fault(&mut self, fault: &Fault) -> Throw {
        let ty = exception::of_fault(fault.exception);
        let parameter = fault
            .message
            .rsplit_once(" (Parameter '")
            .and_then(|(message, parameter)| Some((message, parameter.strip_suffix("')")?)));
        match parameter {
            Some((message, parameter)) => self.throw_argument(ty, message, parameter),
            None => self.throw(ty, &fault.message),
        }
    }

    /// Throws the exception of a null where there must be an object.
    #[cold]
    pub fn throw_null(&mut self, role: Role) -> Throw {
        match role {
            Role::Receiver => self.throw(
                Ty(&exception::NULL_REFERENCE_EXCEPTION),
                "Object reference not set to an instance of an object.",
            ),
            Role::Argument(name) => {
                self.throw_argument(Ty(&exception::ARGUMENT_NULL_EXCEPTION), "Value cannot be null.", name)
            }
        }
    }

    /// Throws an exception object.
    #[cold]
    pub fn throw_exception(&mut self, exception: &'a Exception<'a>) -> Throw {
        self.thrown = Some(exception);
        Throw::new()
    }

    /// Ends the request's code because a limit was passed; no `catch` sees it.
    #[cold]
    pub fn throw_limit(&mut self, limit: Limit) -> Throw {
        let message = match limit {
            Limit::Time => "The policy ran longer than a request may.",
            Limit::Memory => "The policy's values take more memory than a request may.",
            Limit::Depth => "Calls are nested more deeply than a request may.",
            Limit::Fault => "The gateway failed while it evaluated the policy.",
        };
        // A message that the budget no longer covers would be refused in turn.
        let message = self.str(message);
        self.throw_exception(self.arena.alloc(Exception::of_limit(limit, message)))
    }

    /// The exception on its way, if any.
    #[must_use]
    pub fn thrown(&self) -> Option<&'a Exception<'a>> {
        self.thrown
    }

    /// Takes the exception on its way, as whoever handles it does.
    pub fn take_thrown(&mut self) -> Option<&'a Exception<'a>> {
        self.thrown.take()
    }

    /// Checks the limits of time and memory; members that can run long call this as they go.
    ///
    /// # Errors
    /// Throws if one of them is passed.
    #[inline]
    pub fn check_limits(&mut self) -> Result<(), Throw> {
        if self.epoch.load(Ordering::Relaxed) >= self.deadline {
            return Err(self.throw_limit(Limit::Time));
        }
        self.check_memory()
    }

    /// Checks the limit of memory.
    ///
    /// # Errors
    /// Throws if it is passed.
    #[inline]
    pub fn check_memory(&mut self) -> Result<(), Throw> {
        if self.arena.is_over_budget() { Err(self.throw_limit(Limit::Memory)) } else { Ok(()) }
    }

    /// Asks whether a value of `bytes` may be made; members that make values of any size ask before they do.
    ///
    /// # Errors
    /// Throws if it would pass the limit of memory.
    pub fn reserve(&mut self, bytes: usize) -> Result<(), Throw> {
        if self.arena.has_room(bytes) { Ok(()) } else { Err(self.throw_limit(Limit::Memory)) }
    }

    /// Runs `call` one level deeper.
    ///
    /// # Errors
    /// What `call` throws, and the limit of depth.
    pub fn deeper<T>(&mut self, call: impl FnOnce(&mut Self) -> Result<T, Throw>) -> Result<T, Throw> {
        if self.depth >= MAX_DEPTH {
            return Err(self.throw_limit(Limit::Depth));
        }
        self.depth += 1;
        let result = call(self);
        self.depth -= 1;
        result
    }

    /// Sets the point in time, as the epoch counts, at which code stops.
    pub fn set_deadline(&mut self, deadline: u64) {
        self.deadline = deadline;
    }

    /// The number of the epoch now.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Relaxed)
    }

    /// Takes the time since the epoch `since` out of the account: nothing ran meanwhile.
    pub fn pardon(&mut self, since: u64) {
        self.deadline = self.deadline.saturating_add(self.epoch().saturating_sub(since));
    }

    /// The text of the exception on its way, for messages of ours.
    #[must_use]
    pub fn thrown_text(&self) -> String {
        self.thrown.map(Exception::full_message).unwrap_or_default()
    }

    /// The object at a word of a reference type.
    ///
    /// # Safety
    /// The word must be 0 or the address of an object that lives for `'a`.
    #[must_use]
    pub unsafe fn object(&self, word: Word) -> Option<Obj<'a>> {
        // SAFETY: as the caller promises.
        unsafe { Obj::from_address(word) }
    }
}

/// Offsets of the fields that compiled code reads.
pub mod layout {
    use super::Cx;

    /// The table of host calls.
    pub const HOSTS: usize = std::mem::offset_of!(Cx<'static>, hosts);
    /// The literals.
    pub const POOL: usize = std::mem::offset_of!(Cx<'static>, pool);
    /// The argument slots.
    pub const ARGS: usize = std::mem::offset_of!(Cx<'static>, args);
    /// The address of the epoch counter.
    pub const EPOCH: usize = std::mem::offset_of!(Cx<'static>, epoch);
    /// The epoch at which code stops.
    pub const DEADLINE: usize = std::mem::offset_of!(Cx<'static>, deadline);
    /// How deep the running call is nested, 32 bits.
    pub const DEPTH: usize = std::mem::offset_of!(Cx<'static>, depth);
    /// `context`.
    pub const CONTEXT: usize = std::mem::offset_of!(Cx<'static>, context);
}
