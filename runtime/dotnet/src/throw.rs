//! Exceptions: what a member throws and a `catch` sees.
//!
//! A [`Throw`] is the news that an exception is on its way; the exception itself waits in the context. Limits of the
//! engine (time, memory, depth) are exceptions that no `catch` in a policy sees.

use std::cell::Cell;

use crate::object::{Header, Obj, is_instance};
use crate::text::Str;
use crate::ty::Ty;
use crate::types::exception;

/// An exception is on its way; it stands in [`crate::cx::Cx::thrown`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Throw(());

impl Throw {
    /// Made by the context alone, together with the exception.
    pub(crate) fn new() -> Self {
        Self(())
    }
}

/// The object of an exception.
#[repr(C)]
pub struct Exception<'a> {
    header: Header,
    /// `Message`, without what .NET appends for a parameter's name.
    pub message: Cell<Option<Str<'a>>>,
    /// `ParamName` of argument exceptions.
    pub parameter: Cell<Option<Str<'a>>>,
    /// `ActualValue` of exceptions about a range.
    pub actual: Cell<Option<Obj<'a>>>,
    /// `InnerException`.
    pub inner: Cell<Option<&'a Self>>,
    /// Which limit of the engine was passed, if that is what happened.
    pub limit: Option<Limit>,
}

// SAFETY: `#[repr(C)]`, header first; all exception types are made with this layout, and only they.
unsafe impl<'a> crate::object::Layout<'a> for Exception<'a> {
    fn is_layout_of(ty: Ty) -> bool {
        ty.is_subtype_of(Ty(&exception::EXCEPTION))
    }
}

/// The limits of the engine that a request can pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// It computed for too long.
    Time,
    /// Its values take too much memory.
    Memory,
    /// Calls or documents are nested too deeply.
    Depth,
    /// A member failed in a way that is our fault; the request ends, the process goes on.
    Fault,
}

impl<'a> Exception<'a> {
    /// An exception object.
    #[must_use]
    pub fn new(ty: Ty, message: Option<Str<'a>>, parameter: Option<Str<'a>>) -> Self {
        Self {
            header: Header::new(ty),
            message: Cell::new(message),
            parameter: Cell::new(parameter),
            actual: Cell::new(None),
            inner: Cell::new(None),
            limit: None,
        }
    }

    /// The exception of a limit that was passed.
    #[must_use]
    pub fn of_limit(limit: Limit, message: Str<'a>) -> Self {
        Self { limit: Some(limit), ..Self::new(Ty(&exception::EXCEPTION), Some(message), None) }
    }

    /// The exception's type.
    #[must_use]
    pub fn ty(&self) -> Ty {
        self.header.ty
    }

    /// Whether a `catch` of this type catches it.
    #[must_use]
    pub fn is_caught_by(&'a self, ty: Ty) -> bool {
        self.limit.is_none() && is_instance(Some(self.as_object()), ty)
    }

    /// The exception as an object.
    #[must_use]
    pub fn as_object(&'a self) -> Obj<'a> {
        crate::object::object_of(self)
    }

    /// `Message` as .NET gives it: with the parameter's name behind it where there is one.
    #[must_use]
    pub fn full_message(&self) -> String {
        let message = match self.message.get() {
            Some(message) => message.to_utf8().into_owned(),
            None => format!("Exception of type '{}' was thrown.", self.header.ty.full_name()),
        };
        match self.parameter.get() {
            Some(parameter) if !parameter.is_empty() => format!("{message} (Parameter '{}')", parameter.to_utf8()),
            _ => message,
        }
    }
}
