//! Single expressions: from text to value, as native code or by the interpreter.
//!
//! Not here: what surrounds the expression (`scenario`), and how its value is written (`canonical`).

use check::expression::{Bound, Options, bind};
use codegen::{CompileError, Compiler};
use dotnet::arena::Arena;
use dotnet::catalogue::Preparation;
use dotnet::context::extensions::PreparedName;
use dotnet::cx::{Ambient, Cx};
use dotnet::keep::Keeper;
use dotnet::object::boxed;
use dotnet::regex::cache::PreparedRegex;
use dotnet::throw::Throw;
use dotnet::ty::Ty;
use dotnet::word::Word;
use engine::code::Code;
use engine::load::{Literals, LoadError, Loaded, NoSecrets};
use grammar::diagnostic::{Diagnostic, Level};
use grammar::expression::Finding;
use grammar::source::{MappedText, Source};
use ir::interpret::{Interpreter, Resolver};
use ir::tree::{Function, FunctionId};
use serde_json::Value;

use crate::canonical;
use crate::scenario::{Scenario, ScenarioError};
use crate::watch::Watch;

/// How many bytes one evaluation may take.
const MAX_BYTES: usize = 256 << 20;
/// How long one evaluation may take, in beats of the watch.
const MAX_BEATS: u64 = 1000;

/// What an expression runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Machine {
    /// Native code.
    Native,
    /// The interpreter of typed code.
    Interpreter,
}

/// What an evaluation gave.
#[derive(Debug)]
pub enum Outcome {
    /// A value, as `{"type", "value"}`.
    Value(Value),
    /// An exception.
    Throws {
        /// The name of its type, without namespace.
        name: String,
        /// Its message.
        message: String,
    },
    /// It was not run.
    Rejected {
        /// The code by which the C# compiler refuses it, or the rule where C# has none.
        code: String,
    },
}

/// Why an expression could not be evaluated, besides its own faults.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    /// The scenario says what cannot be.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// The code generator refused it; a fault of ours.
    #[error(transparent)]
    Compile(#[from] CompileError),
    /// The code could not be loaded; a fault of ours.
    #[error(transparent)]
    Load(#[from] LoadError),
}

/// An expression that was checked.
pub struct Checked {
    functions: Vec<Function>,
    bound: Bound,
    findings: Vec<Finding>,
    text: String,
}

/// Evaluates expressions.
pub struct Evaluator<'e> {
    compiler: Compiler,
    ambient: &'e dyn Ambient,
    watch: Watch,
}

impl Checked {
    /// Reads and binds an expression: `@(…)` or `@{…}`. Without the allow-list, types that the service refuses are taken.
    #[must_use]
    pub fn new(text: &str, allow_list: bool) -> Self {
        let parsed = grammar::expression::parse(text);
        let mut functions = Vec::new();
        let mut bound = bind(&parsed.tree, !parsed.findings.is_empty(), &Options { allow_list }, &mut functions);
        functions.iter_mut().for_each(ir::fold::fold_function);
        let mut findings = parsed.findings;
        findings.append(&mut bound.findings);
        Self { functions, bound, findings, text: text.to_owned() }
    }

    /// What is wrong with it, in the words for its author.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let source = Source::new("expression", self.text.clone());
        let text = MappedText::verbatim(&self.text, 0);
        self.findings.iter().map(|finding| finding.clone().into_diagnostic(&source, &text)).collect()
    }

    /// Its code as text.
    #[must_use]
    pub fn listing(&self) -> String {
        ir::print::functions(&self.functions)
    }

    /// The code of the first error; none if there are no errors.
    fn refusal(&self) -> Option<String> {
        let error = self.findings.iter().find(|finding| finding.rule.level == Level::Error)?;
        Some(error.code.or(error.rule.aliases.first().copied()).unwrap_or(error.rule.id).to_owned())
    }
}

impl<'e> Evaluator<'e> {
    /// An evaluator whose expressions see this clock and randomness.
    ///
    /// # Errors
    /// If there is no code generator for this processor.
    pub fn new(ambient: &'e dyn Ambient) -> Result<Self, CompileError> {
        Ok(Self { compiler: Compiler::new()?, ambient, watch: Watch::default() })
    }

    /// The value of an expression in a scenario.
    ///
    /// # Errors
    /// If the scenario is at fault, or this program.
    pub fn evaluate(
        &self,
        expression: &Checked,
        scenario: &Scenario,
        machine: Machine,
    ) -> Result<Outcome, EvaluateError> {
        if let Some(code) = expression.refusal() {
            return Ok(Outcome::Rejected { code });
        }
        let Some((main, ty)) = expression.bound.main.zip(expression.bound.ty) else {
            return Ok(Outcome::Rejected { code: "expression/incomplete".to_owned() });
        };
        match machine {
            Machine::Native => self.native(&expression.functions, main, ty, scenario),
            Machine::Interpreter => self.interpreted(&expression.functions, main, ty, scenario),
        }
    }

    fn native(
        &self,
        functions: &[Function],
        main: FunctionId,
        ty: Ty,
        scenario: &Scenario,
    ) -> Result<Outcome, EvaluateError> {
        let compiled = self.compiler.compile_functions(functions)?;
        let code = Code::new(&compiled.bytes).map_err(LoadError::Memory)?;
        let mut literals = Literals::default();
        let loaded = Loaded::new(compiled.document, &code, &mut literals, &NoSecrets, &[])?;
        let arena = Arena::new(MAX_BYTES);
        let keeper = Keeper::default();
        let mut cx = self.context(&arena);
        scenario.enter(&mut cx, &keeper)?;
        loaded.enter(&mut cx);
        // SAFETY: the document was entered, and the function takes nothing.
        let result = unsafe { loaded.call_function(&mut cx, main.0, &[]) };
        Ok(outcome(&mut cx, ty, result.unwrap_or(Ok(Word::ZERO))))
    }

    fn interpreted(
        &self,
        functions: &[Function],
        main: FunctionId,
        ty: Ty,
        scenario: &Scenario,
    ) -> Result<Outcome, EvaluateError> {
        let arena = Arena::new(MAX_BYTES);
        let keeper = Keeper::default();
        let prepared = Prepared { keeper: &keeper };
        let interpreter = Interpreter::new(functions, &prepared);
        let mut cx = self.context(&arena);
        scenario.enter(&mut cx, &keeper)?;
        let result = interpreter.call(&mut cx, main, &[], &[]);
        Ok(outcome(&mut cx, ty, result))
    }

    fn context<'a>(&'a self, arena: &'a Arena) -> Cx<'a> {
        Cx::new(arena, self.ambient, self.watch.beats(), self.watch.in_beats(MAX_BEATS))
    }
}

fn outcome(cx: &mut Cx<'_>, ty: Ty, result: Result<Word, Throw>) -> Outcome {
    let value = result.and_then(|word| {
        let word = boxed(cx, ty, word);
        // SAFETY: a box, or the word of a reference type.
        let object = unsafe { cx.object(word) };
        canonical::of(cx, object)
    });
    match value {
        Ok(value) => Outcome::Value(value),
        Err(_) => {
            let name = cx.thrown().map_or("Exception", |thrown| thrown.as_object().ty().def.short_name());
            Outcome::Throws { name: name.to_owned(), message: cx.thrown_text() }
        }
    }
}

/// What the interpreter needs of a loader.
struct Prepared<'a> {
    keeper: &'a Keeper,
}

impl<'a> Resolver<'a> for Prepared<'a> {
    fn secret(&self, _: &str) -> Option<Vec<u8>> {
        None
    }

    fn prepared(&self, _: &mut Cx<'a>, preparation: Preparation, text: &'a [u8]) -> Word {
        match preparation {
            Preparation::HeaderName => {
                let name = self.keeper.keep(PreparedName::new(&dotnet::wtf8::to_utf8(text)));
                Word(std::ptr::from_ref(name) as u64)
            }
            Preparation::Regex => {
                let pattern = self.keeper.keep(PreparedRegex::new(text));
                Word(std::ptr::from_ref(pattern) as u64)
            }
        }
    }
}
