//! Runs cases: checks the documents, compiles them, sends the requests, and compares.
//!
//! Every case runs twice, as native code and on the interpreter, each in a world of its own; both must lead to the same.

use std::cell::OnceCell;
use std::rc::Rc;

use bundle::container;
use bundle::document::Document;
use bundle::manifest::Manifest;
use codegen::assemble::{Assembled, assemble, document_name};
use codegen::{CompileError, Compiler};
use engine::documents::Documents;
use engine::load::Secrets;
use gateway::Loaded;
use grammar::diagnostic::{Diagnostic, Level};
use grammar::source::{Source, Span};
use report::Format;

use super::exchange::{answer, compare_block, compare_named, compare_request, compare_response, diff, traces};
use super::findings;
use super::front::{Caller, Observed};
use super::instance::{CaseInstance, Origin, SettingError};
use super::message::{Exchange, Misread};
use super::{Case, CaseFile, Step};
use crate::interpreted::{Shared, interpreted};
use crate::watch::Watch;
use crate::world::World;
use crate::world::script::Sent;

/// What became of a case.
#[derive(Debug)]
pub struct Verdict {
    /// Its name.
    pub name: String,
    /// Where its heading stands.
    pub span: Span,
    /// What is not as expected; empty if the case holds.
    pub failures: Vec<Failure>,
}

/// Something that is not as expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Where the case says otherwise.
    pub span: Span,
    /// What is the matter: a clause, and lines that show the difference.
    pub message: String,
    /// What would make the case say what is.
    pub edits: Vec<Edit>,
}

/// A replacement in a case's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Failure {
    /// A failure that another text would mend.
    #[must_use]
    pub fn replacing(span: Span, message: String, text: String) -> Self {
        Self { span, message, edits: vec![Edit { span, text }] }
    }

    fn plain(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), edits: Vec::new() }
    }
}

impl From<Misread> for Failure {
    fn from(misread: Misread) -> Self {
        Self::plain(misread.span, misread.message)
    }
}

/// What cases of one origin run on.
pub struct Runner {
    compiler: Compiler,
    watch: Watch,
    origin: Origin,
    /// The instance on disk as it is, for cases that change nothing of it.
    unchanged: OnceCell<Rc<Prepared>>,
}

/// An instance ready for requests, or what keeps it from that.
struct Prepared {
    /// Everything that was found, in the places of the case's file where it came from there.
    diagnostics: Vec<Diagnostic>,
    /// The instance on both machines; none if it cannot run.
    loaded: Result<[Loaded; 2], String>,
}

impl Runner {
    /// What cases run on whose instance comes from there.
    ///
    /// # Errors
    /// If there is no code generator for this processor.
    pub fn new(origin: Origin) -> Result<Self, CompileError> {
        Ok(Self { compiler: Compiler::new()?, watch: Watch::default(), origin, unchanged: OnceCell::new() })
    }

    /// Runs a case of a file.
    #[must_use]
    pub fn run(&self, file: &CaseFile, case: &Case) -> Verdict {
        let mut failures = Vec::new();
        if let Err(failure) = self.try_run(file, case, &mut failures) {
            failures.push(failure);
        }
        Verdict { name: case.name.clone(), span: case.span, failures }
    }

    fn try_run(&self, file: &CaseFile, case: &Case, failures: &mut Vec<Failure>) -> Result<(), Failure> {
        let source = &file.source;
        let prepared = self.prepare(case, source)?;
        self.compare_findings(case, &prepared.diagnostics, source, failures);
        if case.steps.is_empty() {
            return Ok(());
        }
        let [native, interpreted] = match &prepared.loaded {
            Ok(loaded) => loaded,
            Err(reason) => return Err(Failure::plain(case.span, reason.clone())),
        };
        let native = self.play(case, native)?;
        let interpreted = self.play(case, interpreted)?;
        if native != interpreted {
            let (native, interpreted) = (format!("{native:#?}"), format!("{interpreted:#?}"));
            let message =
                format!("native code (-) and interpreter (+) differ\n{}", only_marked(&diff(&native, &interpreted)));
            failures.push(Failure::plain(case.span, message));
        }
        compare(case, &native, source, failures);
        Ok(())
    }

    fn prepare(&self, case: &Case, source: &Source) -> Result<Rc<Prepared>, Failure> {
        let is_unchanged = case.setting.is_empty() && matches!(self.origin, Origin::Folder { .. });
        if is_unchanged && let Some(prepared) = self.unchanged.get() {
            return Ok(prepared.clone());
        }
        let instance = CaseInstance::new(&case.setting, source, &self.origin).map_err(|error| match error {
            SettingError::Misread(misread) => misread.into(),
            SettingError::Folder(error) => Failure::plain(case.span, error.to_string()),
        })?;
        let prepared = Rc::new(self.load(&instance, source));
        if is_unchanged {
            // Only this function sets it, and found it empty.
            let _ = self.unchanged.set(prepared.clone());
        }
        Ok(prepared)
    }

    fn load(&self, instance: &CaseInstance, source: &Source) -> Prepared {
        let mut diagnostics = instance.diagnostics.clone();
        let mut documents = Vec::new();
        let mut missing = None;
        for checked in check::instance::check(&instance.instance, true) {
            diagnostics.extend(checked.checked.diagnostics);
            let Some(name) = document_name(&checked.document) else { continue };
            if checked.checked.is_complete {
                documents.push((name, checked.checked.document));
            } else {
                missing = Some(name);
            }
        }
        let has_errors = diagnostics.iter().any(|diagnostic| diagnostic.level() == Level::Error);
        let diagnostics: Vec<Diagnostic> =
            diagnostics.into_iter().map(|diagnostic| instance.placed(diagnostic, source)).collect();
        let loaded = match missing {
            _ if has_errors => Err(format!("no request can be sent, because {}", first_error(&diagnostics))),
            Some(name) => Err(format!("the document of {name} cannot be compiled")),
            None => self.load_both(instance, documents),
        };
        Prepared { diagnostics, loaded }
    }

    fn load_both(
        &self,
        instance: &CaseInstance,
        documents: Vec<(bundle::document::DocumentName, ir::document::Document)>,
    ) -> Result<[Loaded; 2], String> {
        let plain = documents.clone();
        let assembled = assemble(&self.compiler, &instance.instance, documents).map_err(|error| error.to_string())?;
        let load = || -> Result<[Loaded; 2], gateway::LoadError> {
            let contents = &assembled.contents;
            let manifest: Manifest = container::from_bytes(&contents.manifest)?;
            let compiled: Vec<Document> = container::from_bytes(&contents.documents)?;
            let secrets = Known::of(&assembled);
            let native = Documents::load(&contents.code, compiled, &secrets, &policies::run::load_all)?;
            let native = Loaded::of(native, &manifest, &secrets)?;
            let shared = Shared::new(Known::of(&assembled));
            let documents = plain.into_iter().map(|(name, document)| interpreted(name, document, &shared));
            let interpreted = Documents::on_machines(documents, &secrets, &policies::run::load_all)?;
            Ok([native, Loaded::of(interpreted, &manifest, &secrets)?])
        };
        load().map_err(|error| error.to_string())
    }

    fn compare_findings(&self, case: &Case, found: &[Diagnostic], source: &Source, failures: &mut Vec<Failure>) {
        // What is wrong with an instance on disk is told by `tollgate check`; a case is about its requests.
        let is_of_case = |found: &&Diagnostic| matches!(self.origin, Origin::Case) || found.source == *source;
        let found: Vec<Diagnostic> = found.iter().filter(is_of_case).cloned().collect();
        match case.report {
            Some(span) => {
                let report = report::render(&found, Format::Full, false);
                compare_block("the report", span, source, &report, failures);
            }
            None => failures.extend(findings::compare(&found, &case.assertions, source)),
        }
    }

    /// Sends the requests of a case, in a world of its own.
    fn play(&self, case: &Case, loaded: &Loaded) -> Result<Played, Failure> {
        let answers = case.backend.iter().map(answer).collect::<Result<_, _>>()?;
        let world = World::new(answers);
        let services = world.services();
        let caller = Caller { loaded, services: &services, world: &world, watch: &self.watch };
        let mut steps = Vec::new();
        for step in &case.steps {
            match step {
                Step::Wait(time) => world.clock.pass(*time),
                Step::Exchange(exchange) => {
                    let number = u64::try_from(steps.len()).unwrap_or(0);
                    let observed = caller.send(exchange, number)?;
                    let sent = world.script.take_sent();
                    steps.push(Happened { observed, sent, traces: traces(&world.take_traces()) });
                }
                Step::Trace(_) | Step::Variables(_) | Step::Error(_) => {}
            }
        }
        Ok(Played { steps, unused: world.script.unused() })
    }
}

/// What the requests of a case led to.
#[derive(Debug, PartialEq)]
struct Played {
    /// For each request, in order.
    steps: Vec<Happened>,
    /// The answers of backends that nobody asked for.
    unused: Vec<usize>,
}

/// What a request led to.
#[derive(Debug, PartialEq)]
struct Happened {
    observed: Observed,
    sent: Vec<Sent>,
    traces: String,
}

fn compare(case: &Case, played: &Played, source: &Source, failures: &mut Vec<Failure>) {
    let mut happened = played.steps.iter();
    let mut last: Option<&Happened> = None;
    let mut traced = String::new();
    for step in &case.steps {
        match step {
            Step::Wait(_) => {}
            Step::Exchange(exchange) => {
                last = happened.next();
                let Some(happened) = last else { continue };
                compare_response(exchange, &happened.observed.got, source, failures);
                compare_sent(case, exchange, &happened.sent, source, failures);
                traced.push_str(&happened.traces);
            }
            Step::Trace(span) => {
                compare_block("what was traced", *span, source, &std::mem::take(&mut traced), failures);
            }
            Step::Variables(span) => {
                let variables = last.map_or("", |happened| happened.observed.variables.as_str());
                compare_block("what the variables hold", *span, source, variables, failures);
            }
            Step::Error(span) => {
                let error = last.map_or(&[][..], |happened| &happened.observed.error);
                compare_named(*span, source, error, failures);
            }
        }
    }
    for index in &played.unused {
        if let Some(exchange) = case.backend.get(*index) {
            failures.push(Failure::plain(exchange.span, "this request was never sent"));
        }
    }
}

fn compare_sent(case: &Case, exchange: &Exchange, sent: &[Sent], source: &Source, failures: &mut Vec<Failure>) {
    if case.backend.is_empty() {
        return;
    }
    for sent in sent {
        match sent.answer.and_then(|index| case.backend.get(index)) {
            Some(expected) => compare_request(expected, sent, source, failures),
            None => {
                let message = format!("`{} {}` was sent, which the case says nothing of", sent.method, sent.url);
                failures.push(Failure::plain(exchange.span, message));
            }
        }
    }
}

/// What the first error is, and where.
fn first_error(diagnostics: &[Diagnostic]) -> String {
    let Some(error) = diagnostics.iter().find(|found| found.level() == Level::Error) else { return String::new() };
    let line = error.source.line_column(error.span.start).line + 1;
    format!("of [{}] {}, at {}:{line}", error.rule.id, error.message, error.source.name())
}

/// The lines of a difference that are marked.
fn only_marked(diff: &str) -> String {
    diff.lines().filter(|line| !line.starts_with("  ")).collect::<Vec<_>>().join("\n")
}

/// The secrets that the instance has values of.
struct Known(std::collections::BTreeMap<String, String>);

impl Known {
    fn of(assembled: &Assembled) -> Self {
        let secrets = assembled.secrets.iter();
        Self(secrets.map(|(name, secret)| (name.clone(), secret.expose().to_owned())).collect())
    }
}

impl Secrets for Known {
    fn secret(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned()
    }
}
