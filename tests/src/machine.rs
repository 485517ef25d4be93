//! Runs functions of a document on both machines: as native code, and by the interpreter.

use std::sync::atomic::AtomicU64;

use codegen::Compiler;
use dotnet::arena::Arena;
use dotnet::cx::{Cx, Frozen};
use dotnet::object::{Obj, boxed};
use dotnet::ty::Ty;
use dotnet::word::Word;
use engine::code::Code;
use engine::load::{Literals, Loaded, NoSecrets};
use ir::interpret::{Interpreter, Nothing};
use ir::tree::{Function, FunctionId};

/// What a call gave: the text of its value, or the type and message of the exception.
pub type Outcome = Result<String, String>;

/// Calls function 0 on both machines and gives what both gave.
///
/// # Panics
/// If they differ.
pub fn run_both(functions: &[Function], result: Ty) -> Outcome {
    let native = run_native(functions, result);
    let interpreted = run_interpreted(functions, result);
    assert_eq!(native, interpreted, "native code and interpreter differ");
    native
}

/// Calls function 0 as native code.
///
/// # Panics
/// If it cannot be compiled or loaded.
pub fn run_native(functions: &[Function], result: Ty) -> Outcome {
    let compiler = Compiler::new().unwrap_or_else(|error| panic!("{error}"));
    let compiled = compiler.compile_functions(functions).unwrap_or_else(|error| panic!("{error}"));
    let code = Code::new(&compiled.bytes).unwrap_or_else(|error| panic!("{error}"));
    let mut literals = Literals::default();
    let loaded = Loaded::new(compiled.document, &code, &mut literals, &NoSecrets, &[]);
    let loaded = loaded.unwrap_or_else(|error| panic!("{error}"));
    with_context(|cx| {
        loaded.enter(cx);
        // SAFETY: the document was entered, and function 0 takes nothing.
        let outcome = unsafe { loaded.call_function(cx, 0, &[]) };
        outcome.unwrap_or(Ok(Word::ZERO)).map_err(|_| ()).map(|word| (word, result))
    })
}

/// Calls function 0 by the interpreter.
pub fn run_interpreted(functions: &[Function], result: Ty) -> Outcome {
    let nothing = Nothing;
    let arena = Arena::new(1 << 24);
    let epoch = AtomicU64::new(0);
    let interpreter = Interpreter::new(functions, &nothing);
    let mut cx = Cx::new(&arena, &Frozen, &epoch, 1);
    let outcome = interpreter.call(&mut cx, FunctionId(0), &[], &[]);
    described(&mut cx, outcome.map_err(|_| ()).map(|word| (word, result)))
}

fn with_context(run: impl FnOnce(&mut Cx<'_>) -> Result<(Word, Ty), ()>) -> Outcome {
    let arena = Arena::new(1 << 24);
    let epoch = AtomicU64::new(0);
    let mut cx = Cx::new(&arena, &Frozen, &epoch, 1);
    let outcome = run(&mut cx);
    described(&mut cx, outcome)
}

fn described(cx: &mut Cx<'_>, outcome: Result<(Word, Ty), ()>) -> Outcome {
    match outcome {
        Err(()) => Err(match cx.thrown() {
            Some(exception) => format!("{}: {}", exception.ty().full_name(), exception.full_message()),
            None => String::from("no exception"),
        }),
        Ok((word, ty)) => {
            let word = boxed(cx, ty, word);
            // SAFETY: a box, or a word of a reference type.
            match unsafe { Obj::from_address(word) } {
                None => Ok(String::from("null")),
                Some(object) => match object.to_text(cx) {
                    Ok(text) => Ok(format!("{}: {}", object.ty(), text.to_utf8())),
                    Err(_) => Err(cx.thrown_text()),
                },
            }
        }
    }
}
