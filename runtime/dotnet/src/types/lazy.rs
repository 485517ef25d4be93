//! `System.Lazy<T>`.
//!
//! Not here: lazy sequences (`seq`).

use std::cell::Cell;

use dotnet_macros::members;

use crate::catalogue::OBJECT;
use crate::cx::Cx;
use crate::func::Func;
use crate::object::{Header, Ops, REFERENCE, on, word_text};
use crate::text::Str;
use crate::throw::{Exception, Throw};
use crate::ty::Ty;
use crate::types::exception::INVALID_OPERATION_EXCEPTION;
use crate::word::Word;

/// The object of a `Lazy<T>`.
#[repr(C)]
pub struct LazyValue<'a> {
    header: Header,
    state: Cell<State<'a>>,
}

crate::layout!(LazyValue<'a>, LAZY_VALUE_DEF);

#[derive(Clone, Copy)]
enum State<'a> {
    /// Nobody asked yet; this makes the value.
    Waiting(&'a Func<'a>),
    /// The value is being made.
    Making,
    /// The value.
    Made(Word),
    /// What making the value threw.
    Failed(&'a Exception<'a>),
}

impl<'a> LazyValue<'a> {
    fn of(cx: &Cx<'a>, ty: Ty, state: State<'a>) -> &'a Self {
        cx.arena().alloc(Self { header: Header::new(ty), state: Cell::new(state) })
    }

    fn element(&self) -> Ty {
        self.header.ty.0.args.first().copied().unwrap_or(OBJECT)
    }
}

/// A value that is made when it is asked for first.
#[members("public class System.Lazy<T>", as = LAZY_VALUE, ops = LAZY_VALUE_OPS)]
impl<'a> LazyValue<'a> {
    /// A value that the lambda makes.
    #[member("Lazy(Func<T> valueFactory)")]
    fn construct(cx: &mut Cx<'a>, factory: &'a Func<'a>, ty: Ty) -> &'a Self {
        Self::of(cx, ty, State::Waiting(factory))
    }

    /// A value that the lambda makes; threads do not share it, so that the flag makes no difference.
    #[member("Lazy(Func<T> valueFactory, bool isThreadSafe)")]
    fn construct_for_threads(cx: &mut Cx<'a>, factory: &'a Func<'a>, _is_thread_safe: bool, ty: Ty) -> &'a Self {
        Self::of(cx, ty, State::Waiting(factory))
    }

    /// A value that is there already.
    #[member("Lazy(T value)")]
    fn construct_of(cx: &mut Cx<'a>, value: Word, ty: Ty) -> &'a Self {
        Self::of(cx, ty, State::Made(value))
    }

    /// Whether the value is made.
    #[member("bool IsValueCreated { get; }")]
    fn is_value_created(&'a self) -> bool {
        matches!(self.state.get(), State::Made(_))
    }

    /// The value. What making it threw is thrown again each time.
    ///
    /// # Throws
    /// `InvalidOperationException` if the lambda asks for the value that it is to make.
    #[member("T Value { get; }")]
    fn value(&'a self, cx: &mut Cx<'a>) -> Result<Word, Throw> {
        match self.state.get() {
            State::Made(word) => Ok(word),
            State::Failed(exception) => Err(cx.throw_exception(exception)),
            State::Making => Err(cx.throw(
                Ty(&INVALID_OPERATION_EXCEPTION),
                "ValueFactory attempted to access the Value property of this instance.",
            )),
            State::Waiting(factory) => {
                self.state.set(State::Making);
                let made = factory.call(cx, &[]);
                self.state.set(match (made, cx.thrown()) {
                    (Ok(word), _) => State::Made(word),
                    (Err(_), Some(exception)) => State::Failed(exception),
                    (Err(_), None) => State::Waiting(factory),
                });
                made
            }
        }
    }

    /// The value's text; if it is not made yet, that it is not.
    #[member("string ToString()")]
    fn to_text(&'a self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        match self.state.get() {
            State::Made(word) => word_text(cx, self.element(), word),
            _ => Ok(cx.str("Value is not created.")),
        }
    }
}

/// The behaviour of lazy values.
pub static LAZY_VALUE_OPS: Ops =
    Ops { to_text: |cx, object| on::<LazyValue<'_>, _>(cx, object, |lazy, cx| lazy.to_text(cx)), ..REFERENCE };

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use crate::testing::{ty, with_harness};
    use crate::types::exception::FORMAT_EXCEPTION;
    use crate::word::Word;

    #[test]
    fn a_value_is_made_once() {
        with_harness(|harness| {
            let of = Some(ty("Lazy<int>"));
            let calls: &Cell<u64> = harness.cx.arena().alloc(Cell::new(0));
            let factory = harness.delegate(ty("Func<int>"), move |_, _| {
                calls.set(calls.get() + 1);
                Ok(Word(calls.get()))
            });
            let lazy = harness.word_on(of, "System.Lazy::Lazy(Func<T> valueFactory)", &[&factory]);
            let (created, value) = ("System.Lazy::bool IsValueCreated { get; }", "System.Lazy::T Value { get; }");
            assert_eq!(harness.call("System.Object::string ToString()", &[&lazy]), "Value is not created.");
            assert_eq!(harness.call_on(of, created, &[&lazy]), "False");
            assert_eq!(harness.call_on(of, value, &[&lazy]), "1");
            assert_eq!(harness.call_on(of, value, &[&lazy]), "1");
            assert_eq!(harness.call_on(of, created, &[&lazy]), "True");
            assert_eq!(harness.call("System.Object::string ToString()", &[&lazy]), "1");
        });
    }

    #[test]
    fn a_failure_stays_and_a_circle_is_refused() {
        with_harness(|harness| {
            let of = Some(ty("Lazy<int>"));
            let calls: &Cell<u64> = harness.cx.arena().alloc(Cell::new(0));
            let failing = harness.delegate(ty("Func<int>"), move |cx, _| {
                calls.set(calls.get() + 1);
                Err(cx.throw(crate::ty::Ty(&FORMAT_EXCEPTION), "bad"))
            });
            let (construct, value) = ("System.Lazy::Lazy(Func<T> valueFactory)", "System.Lazy::T Value { get; }");
            let lazy = harness.word_on(of, construct, &[&failing]);
            for _ in 0..2 {
                assert_eq!(harness.call_on(of, value, &[&lazy]), "FormatException: bad");
            }
            assert_eq!(calls.get(), 1);
            let itself: &Cell<Word> = harness.cx.arena().alloc(Cell::new(Word::ZERO));
            let circular = harness.delegate(ty("Func<int>"), move |cx, _| {
                // SAFETY: the word of the lazy value made below.
                let lazy = unsafe { cx.object(itself.get()) }.unwrap().downcast::<super::LazyValue<'_>>().unwrap();
                lazy.value(cx)
            });
            itself.set(harness.word_on(of, construct, &[&circular]));
            assert_eq!(
                harness.call_on(of, value, &[&itself.get()]),
                "InvalidOperationException: ValueFactory attempted to access the Value property of this instance."
            );
        });
    }
}
