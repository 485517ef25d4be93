//! The driver: runs the sections of a request's documents, waits where policies wait, and turns to `on-error`.
//!
//! A section begins in the innermost document that there is. Its segments lead on to each other, to the same section of
//! the enclosing scope, to fragments, and to policies that wait. The driver keeps the way back in a list of frames.

use bundle::document::{Exit, Message, Section, THROWN};
use bytes::Bytes;
use dotnet::abi::Return;
use dotnet::catalogue::Entry;
use dotnet::context::objects::LastError;
use dotnet::cx::Cx;
use dotnet::throw::Limit;
use dotnet::word::Word;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};

use crate::document::Document;
use crate::exchange::{Exchange, Moment, Refusal};
use crate::policy::{Next, Preflight};
use crate::services::Payload;

/// How deep scopes and fragments may lie in each other.
const MAX_FRAMES: usize = 32;

/// How a request begins.
pub enum Start {
    /// Its policies run.
    Matched,
    /// A step of the gateway refused it, and only `on-error` runs.
    Refused(Refusal),
}

/// How a section ended.
#[derive(Debug, PartialEq, Eq)]
enum Ended {
    Done,
    /// The response is made.
    Stopped,
    /// The response is made, and outbound goes on behind the policy that stores it.
    Outbound,
    /// A policy threw; `LastError` is set, and the default response is made.
    Failed,
}

/// A document in which a section is running.
#[derive(Clone, Copy)]
struct Frame<'x> {
    document: &'x Document,
    segment: u32,
    /// The scope of the document, counted from the innermost; a fragment has that of who includes it.
    scope: usize,
    args: *mut Word,
    /// The policy at which the document was left for another one.
    left: u32,
}

/// A policy that decides whether what stands in it runs again after it threw.
struct Catch<'x> {
    /// Its frame.
    frame: usize,
    policy: u32,
    /// What there was before the error, for the next turn.
    before: Moment<'x>,
}

/// Runs a request's policies. Afterwards the exchange has the response.
pub async fn drive(exchange: &mut Exchange<'_>, start: Start) {
    let ended = match start {
        Start::Matched => pipeline(exchange).await,
        Start::Refused(refusal) => {
            set_error(exchange, &refusal, None);
            default_response(exchange, &refusal);
            Ended::Failed
        }
    };
    if ended == Ended::Failed {
        on_error(exchange).await;
    }
    exchange.response();
    exchange.finish().await;
    exchange.apply_late_headers();
}

/// Asks the policies of the chain to answer a request that asks which requests a browser may send, in the order in which
/// they stand in `inbound`. Whether one did; then the exchange has the response.
pub fn preflight(exchange: &mut Exchange<'_>) -> bool {
    let mut found = Preflight::NotAsked;
    let mut scope = 0;
    ask_scope(exchange, &mut scope, &mut found);
    if found == Preflight::Unmatched {
        exchange.set_response(200, None, HeaderMap::new(), Payload::Empty);
    }
    found != Preflight::NotAsked
}

/// Asks the policies of the next scope; each scope is asked once, however often it is entered.
fn ask_scope(exchange: &mut Exchange<'_>, scope: &mut usize, found: &mut Preflight) {
    let Some(document) = exchange.chain.scope(*scope) else { return };
    *scope += 1;
    for (number, policy) in document.policies().iter().enumerate() {
        if policy.section != Some(Section::Inbound) || policy.path.contains('/') {
            continue;
        }
        match policy.element.name.as_str() {
            "base" => ask_scope(exchange, scope, found),
            "include-fragment" => ask_fragment(exchange, &policy.element, found),
            _ => ask(exchange, document, number, found),
        }
        if *found == Preflight::Answered {
            return;
        }
    }
}

fn ask_fragment(exchange: &mut Exchange<'_>, element: &bundle::document::Element, found: &mut Preflight) {
    let id = element.attributes.iter().find(|(name, _)| name == "fragment-id").map(|(_, value)| value);
    let Some(bundle::document::Value::Literal(name)) = id else { return };
    let Some(fragment) = exchange.chain.fragment(name.trim()) else { return };
    for (number, policy) in fragment.policies().iter().enumerate() {
        if !policy.path.contains('/') && *found != Preflight::Answered {
            ask(exchange, fragment, number, found);
        }
    }
}

fn ask<'x>(exchange: &mut Exchange<'x>, document: &'x Document, number: usize, found: &mut Preflight) {
    let policy = u32::try_from(number).ok().and_then(|number| document.policy(number));
    match policy.map(|policy| policy.preflight(exchange, document)) {
        None | Some(Ok(Preflight::NotAsked)) => {}
        Some(Ok(answer)) => *found = answer,
        // What cannot be computed allows nothing.
        Some(Err(_)) => {
            exchange.cx.take_thrown();
            *found = Preflight::Unmatched;
        }
    }
}

async fn pipeline(exchange: &mut Exchange<'_>) -> Ended {
    for section in [Section::Inbound, Section::Backend] {
        match run_section(exchange, section, false).await {
            Ended::Done => {}
            Ended::Outbound => return run_section(exchange, Section::Outbound, true).await,
            ended => return ended,
        }
    }
    run_section(exchange, Section::Outbound, false).await
}

/// Runs `on-error`; an error in it ends with the plain answer to a failure of the gateway.
async fn on_error(exchange: &mut Exchange<'_>) {
    let before = exchange.context.last_error.get();
    if run_section(exchange, Section::OnError, false).await == Ended::Failed {
        let failure = internal_error("An error happened while the error was handled.");
        default_response(exchange, &failure);
        exchange.context.last_error.set(before);
    }
}

async fn run_section(exchange: &mut Exchange<'_>, section: Section, after_store: bool) -> Ended {
    exchange.set_section(section);
    if section == Section::Outbound {
        exchange.response();
    }
    let mut frames = Vec::new();
    let mut caught = None;
    if after_store {
        frames_after_store(exchange, &mut frames);
    }
    if frames.is_empty() {
        push_scope(exchange, &mut frames, section, 0);
    }
    while let Some(frame) = frames.last().copied() {
        let document = frame.document;
        exchange.running = Some(document);
        exchange.set_scope(frame.scope);
        exchange.cx.args = frame.args;
        document.enter(&mut exchange.cx);
        // SAFETY: the document was entered, its slots are there, and nobody else uses the exchange meanwhile.
        let exit = unsafe { document.run_segment(exchange, frame.segment) };
        let step = match exit {
            None => Err(0),
            Some(exit) if exit & THROWN != 0 => Err(u32::try_from(exit & !THROWN).unwrap_or(0)),
            Some(exit) => follow(exchange, &mut frames, document, document.exit(exit), caught.is_some()).await,
        };
        match step {
            Ok(Step::Next(next)) => {
                set_next(&mut frames, next);
                if let Some(Catch { before, .. }) = caught.take() {
                    exchange.return_to(before);
                }
            }
            Ok(Step::Entered) => {}
            Ok(Step::Ended(ended)) => return ended,
            Err(policy) => match fail(exchange, &mut frames, caught.take(), policy, section) {
                Some(next) => caught = Some(next),
                None => return Ended::Failed,
            },
        }
    }
    Ended::Done
}

/// What an exit led to.
enum Step {
    /// This segment of the same document runs next.
    Next(u32),
    /// The frames were changed.
    Entered,
    Ended(Ended),
}

/// Does what a segment ended for. `rechecks` if the segment was asked whether there is another turn after an error.
///
/// # Errors
/// The policy that threw.
async fn follow<'x>(
    exchange: &mut Exchange<'x>,
    frames: &mut Vec<Frame<'x>>,
    document: &'x Document,
    exit: Option<&'x Exit>,
    rechecks: bool,
) -> Result<Step, u32> {
    let scope = frames.last().map_or(0, |frame| frame.scope);
    Ok(match exit {
        Some(Exit::Wait { policy, next, otherwise }) => {
            let waiting = document.policy(*policy).ok_or(*policy)?;
            let mut result = waiting.attempt(exchange);
            if result == Ok(Next::Wait) {
                let since = exchange.cx.epoch();
                result = waiting.wait(exchange).await;
                exchange.cx.pardon(since);
            }
            match result {
                Ok(Next::Continue | Next::Wait) => Step::Next(*next),
                // There is no other turn, so that the error of the last one counts.
                Ok(Next::Otherwise) if rechecks => return Err(*policy),
                Ok(Next::Otherwise) => Step::Next(*otherwise),
                Ok(Next::Stop) => Step::Ended(Ended::Stopped),
                Ok(Next::Outbound) => Step::Ended(Ended::Outbound),
                Err(_) => return Err(*policy),
            }
        }
        // Nothing but the way to another turn forgets an error.
        _ if rechecks => return Err(u32::MAX),
        Some(Exit::Done) => {
            frames.pop();
            Step::Entered
        }
        Some(Exit::Goto(next)) => Step::Next(*next),
        Some(Exit::Base { policy, next }) => {
            leave(frames, *policy, *next);
            push_scope(exchange, frames, exchange.section(), scope + 1);
            Step::Entered
        }
        Some(Exit::Fragment { policy, name, next }) => {
            leave(frames, *policy, *next);
            match exchange.chain.fragment(name) {
                Some(fragment) if frames.len() < MAX_FRAMES => {
                    push(exchange, frames, fragment, exchange.section(), scope);
                }
                _ => {
                    let _ = exchange.cx.throw_limit(Limit::Depth);
                    return Err(*policy);
                }
            }
            Step::Entered
        }
        Some(Exit::Buffer { policy, message, next }) => {
            let since = exchange.cx.epoch();
            let read = match message {
                Message::Request => exchange.buffer_request().await,
                Message::Response => exchange.buffer_response().await,
            };
            exchange.cx.pardon(since);
            if let Err(error) = read {
                let _ = exchange.refuse(Refusal::of_body(*message, &error));
                return Err(*policy);
            }
            Step::Next(*next)
        }
        Some(Exit::Stop { .. }) => Step::Ended(Ended::Stopped),
        None => return Err(0),
    })
}

fn leave(frames: &mut [Frame<'_>], policy: u32, next: u32) {
    set_next(frames, next);
    if let Some(frame) = frames.last_mut() {
        frame.left = policy;
    }
}

fn set_next(frames: &mut [Frame<'_>], next: u32) {
    if let Some(frame) = frames.last_mut() {
        frame.segment = next;
    }
}

/// Enters the section of a scope's document. A scope without a document is passed over; a document without the section
/// has nothing in it.
fn push_scope<'x>(exchange: &mut Exchange<'x>, frames: &mut Vec<Frame<'x>>, section: Section, scope: usize) {
    if let Some(document) = exchange.chain.scope(scope) {
        push(exchange, frames, document, section, scope);
    }
}

fn push<'x>(
    exchange: &mut Exchange<'x>,
    frames: &mut Vec<Frame<'x>>,
    document: &'x Document,
    section: Section,
    scope: usize,
) {
    if let Some(segment) = document.start(section) {
        let args = exchange.arena().alloc_filled(document.slots() as usize, Word::ZERO).as_mut_ptr();
        frames.push(Frame { document, segment, scope, args, left: u32::MAX });
    }
}

/// The frames of an outbound section that goes on behind the first `cache-store`, as after a hit: the documents on the
/// way to it go on behind their `base`. Empty if there is none.
fn frames_after_store<'x>(exchange: &mut Exchange<'x>, frames: &mut Vec<Frame<'x>>) {
    let resume = |document: &Document, element: &str| {
        let mut policies = document.policies().iter();
        policies.find(|p| p.section == Some(Section::Outbound) && p.element.name == element).and_then(|p| p.resume)
    };
    let mut way = Vec::new();
    for (scope, document) in exchange.chain.scopes().enumerate() {
        if let Some(segment) = resume(document, "cache-store") {
            way.push((scope, document, segment));
            break;
        }
        match resume(document, "base") {
            Some(segment) => way.push((scope, document, segment)),
            None => return,
        }
    }
    let has_store = way.last().is_some_and(|(_, document, _)| resume(document, "cache-store").is_some());
    if !has_store {
        return;
    }
    for (scope, document, segment) in way {
        let args = exchange.arena().alloc_filled(document.slots() as usize, Word::ZERO).as_mut_ptr();
        frames.push(Frame { document, segment, scope, args, left: u32::MAX });
    }
}

/// Sets `LastError` and the default response for what a policy of the last frame threw. If a policy around it may run
/// what stands in it again, gives that; its frame is then the last one, at the segment that asks its condition.
///
/// `caught` is the policy whose condition was just asked, if one was: then nothing new happened, and the error that it
/// did not forget goes on its way.
fn fail<'x>(
    exchange: &mut Exchange<'x>,
    frames: &mut Vec<Frame<'x>>,
    caught: Option<Catch<'x>>,
    policy: u32,
    section: Section,
) -> Option<Catch<'x>> {
    let thrown = exchange.cx.take_thrown();
    let refusal = exchange.take_refusal();
    let keeps_response = exchange.take_keeps_response();
    if let Some(Catch { frame, policy, before }) = caught {
        let (frame, policy) = find_catch(exchange, frames, frame, policy)?;
        return Some(Catch { frame, policy, before });
    }
    let top = frames.len().saturating_sub(1);
    // What passed a limit of the engine would only pass it again.
    let is_limit = thrown.is_some_and(|thrown| thrown.limit.is_some());
    let place = frames.last().map(|frame| (frame.document, policy, section));
    let found = if is_limit { None } else { find_catch(exchange, frames, top, policy) };
    let catch = found.map(|(frame, policy)| Catch { frame, policy, before: exchange.take_moment() });
    let refusal = refusal.unwrap_or_else(|| {
        let message = thrown.map(|thrown| thrown.full_message()).unwrap_or_default();
        let mut failure = internal_error(&format!("Expression evaluation failed. {message}"));
        failure.reason = "ExpressionValueEvaluationFailure";
        failure
    });
    set_error(exchange, &refusal, place);
    if !keeps_response {
        default_response(exchange, &refusal);
    }
    catch
}

/// The nearest policy around one of a frame that may run what stands in it again; its frame becomes the last one.
fn find_catch<'x>(
    exchange: &mut Exchange<'x>,
    frames: &mut Vec<Frame<'x>>,
    mut index: usize,
    mut policy: u32,
) -> Option<(usize, u32)> {
    loop {
        let frame = frames.get(index).copied()?;
        if let Some(failed) = frame.document.policy_facts(policy) {
            let is_around = |outer: &bundle::document::Policy| {
                let rest = failed.path.strip_prefix(outer.path.as_str());
                outer.section == failed.section && rest.is_some_and(|rest| rest.starts_with('/'))
            };
            // Policies stand in document order, so that the nearest one around comes last.
            for (number, outer) in frame.document.policies().iter().enumerate().rev() {
                let Some(recheck) = outer.recheck.filter(|_| is_around(outer)) else { continue };
                let number = u32::try_from(number).unwrap_or(u32::MAX);
                if frame.document.policy(number).is_some_and(|policy| policy.catches(exchange)) {
                    frames.truncate(index + 1);
                    set_next(frames, recheck);
                    return Some((index, number));
                }
            }
        }
        index = index.checked_sub(1)?;
        policy = frames.get(index)?.left;
    }
}

/// The refusal of a request that the gateway could not handle.
fn internal_error(message: &str) -> Refusal {
    Refusal {
        source: None,
        reason: "InternalError",
        message: message.to_owned(),
        status: 500,
        public: "Internal server error".to_owned(),
        headers: Vec::new(),
    }
}

fn set_error(exchange: &mut Exchange<'_>, refusal: &Refusal, place: Option<(&Document, u32, Section)>) {
    let facts = place.and_then(|(document, policy, _)| document.policy_facts(policy));
    let source = refusal.source.or(facts.map(|facts| facts.element.name.as_str())).unwrap_or("gateway");
    let mut error = LastError::new(exchange.cx.str(source), exchange.cx.str(&refusal.message));
    if !refusal.reason.is_empty() {
        error.reason = Some(exchange.cx.str(refusal.reason));
    }
    if let Some((document, _, section)) = place {
        error.section = Some(exchange.cx.str(section.name()));
        let scope = document.name().scope().or_else(|| innermost_scope(exchange));
        error.scope = scope.map(|scope| exchange.cx.str(scope));
    }
    if let Some(facts) = facts {
        error.path = Some(exchange.cx.str(&facts.path));
        let id = facts.element.attributes.iter().find(|(name, _)| name == "id").map(|(_, value)| value);
        if let Some(bundle::document::Value::Literal(id)) = id {
            error.policy_id = Some(exchange.cx.str(id));
        }
    }
    let error: &LastError<'_> = exchange.arena().alloc(error);
    exchange.context.last_error.set(Some(error));
}

/// The scope that a failing fragment is counted to: that of the innermost document.
fn innermost_scope(exchange: &Exchange<'_>) -> Option<&'static str> {
    exchange.chain.scope(0).and_then(|document| document.name().scope())
}

/// Makes the response that a caller gets unless `on-error` makes another.
fn default_response(exchange: &mut Exchange<'_>, refusal: &Refusal) {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    for (name, value) in &refusal.headers {
        headers.insert(name.clone(), value.clone());
    }
    let mut body = format!("{{ \"statusCode\": {}, \"message\": ", refusal.status).into_bytes();
    dotnet::format::escape::json::write_string(&mut body, refusal.public.as_bytes(), b'"');
    if refusal.status == 500 {
        let mut id = Vec::new();
        exchange.context.request_id.write(&mut id);
        body.extend_from_slice(b", \"activityId\": \"");
        body.extend_from_slice(&id);
        body.push(b'"');
    }
    body.extend_from_slice(b" }");
    exchange.set_response(refusal.status, None, headers, Payload::Memory(Bytes::from(body)));
}

/// The calls that the engine adds to those of .NET.
pub static HOSTS: &[(&str, Entry)] = &[(bundle::host::STEP, Entry { code: step as *const (), words: 1 })];

/// Runs a policy of the running document between two statements of compiled code.
unsafe extern "C" fn step<'x>(cx: *mut Cx<'x>, policy: Word) -> Return {
    // SAFETY: the driver runs segments with the address of an exchange, whose first part is the context.
    let exchange = unsafe { &mut *cx.cast::<Exchange<'x>>() };
    let ran = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let number = u32::try_from(policy.0).unwrap_or(u32::MAX);
        match exchange.running.and_then(|document| document.policy(number)) {
            Some(policy) => policy.run(exchange),
            None => Err(exchange.cx.throw_limit(Limit::Fault)),
        }
    }));
    let result = ran.unwrap_or_else(|_| Err(exchange.cx.throw_limit(Limit::Fault)));
    Return::from(result.map(|next| Word(u64::from(next == Next::Stop))))
}
