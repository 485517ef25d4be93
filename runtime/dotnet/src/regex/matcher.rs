//! The backtracking matcher: exactly what .NET matches, and everything that its groups kept.
//!
//! It walks a [`Program`] with a stack of the ways back, on which also stands what has to be undone on the way. Nothing
//! recurses. A search is bounded by a number of steps; one that takes more has timed out.
//!
//! Not here: searches in linear time (`linear`).

use super::case::folded;
use super::haystack::{after, before, unit_at};
use super::program::{Op, Program};
use super::syntax::Anchor;
use super::unicode::{ascii_word, is_word_unit};

/// How many steps a search may take if nobody asks for less: some tenths of a second.
pub const MAX_STEPS: u64 = 10_000_000;
/// How many steps count as a millisecond.
pub const STEPS_PER_MILLISECOND: u64 = 50_000;
/// How many ways back and undoings there may be at a time: 16 MiB.
const MAX_FRAMES: usize = 1 << 20;

/// The search took more steps than it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimedOut;

/// Where a search begins.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// The byte offset of the first place to try.
    pub from: usize,
    /// Where `\G` holds.
    pub search_start: usize,
    /// Whether the match must begin at the first place.
    pub is_anchored: bool,
}

/// What the groups of a match kept, all matches of each group in order, in byte offsets. The whole match is the first.
pub type Kept = Vec<Vec<(usize, usize)>>;

/// Searches a text.
///
/// # Errors
/// If it takes more steps than are left.
pub fn search(
    program: &Program,
    groups: usize,
    text: &[u8],
    start: Start,
    steps: &mut u64,
) -> Result<Option<Kept>, TimedOut> {
    let mut matcher = Matcher {
        program,
        text,
        search_start: start.search_start,
        at: start.from,
        op: 0,
        registers: vec![0; program.registers],
        frames: Vec::new(),
        kept: vec![Vec::new(); groups],
        steps,
    };
    let mut from = start.from;
    loop {
        if !start.is_anchored {
            match matcher.next_start(from) {
                Some(found) => from = found,
                None => return Ok(None),
            }
        }
        if matcher.matches_at(from)? {
            let (first, last) = if program.back { (matcher.at, from) } else { (from, matcher.at) };
            if let Some(whole) = matcher.kept.first_mut() {
                *whole = vec![(first, last)];
            }
            return Ok(Some(matcher.kept));
        }
        let is_last = if program.back { from == 0 } else { from >= text.len() };
        if is_last || start.is_anchored {
            return Ok(None);
        }
        from = if program.back { before(text, from) } else { after(text, from) };
    }
}

/// Something to do on the way back.
#[derive(Clone, Copy)]
enum Frame {
    /// Goes on at an instruction and a place.
    Branch { op: u32, at: u32 },
    /// Gives back a unit of a repetition, down to a place.
    GiveBack { op: u32, at: u32, least: u32 },
    /// Takes one more unit of a repetition, so many times at most.
    TakeMore { op: u32, at: u32, left: u32 },
    /// Repeats the body of a lazy loop.
    Again { op: u32, at: u32 },
    /// Puts a register's former value back.
    Register { register: u32, value: u32 },
    /// Takes a group's last match away.
    Unkeep { group: u32 },
    /// Puts a match back that a group gave up.
    Rekeep { group: u32, start: u32, end: u32 },
}

struct Matcher<'m> {
    program: &'m Program,
    text: &'m [u8],
    search_start: usize,
    at: usize,
    op: usize,
    registers: Vec<u32>,
    frames: Vec<Frame>,
    kept: Kept,
    steps: &'m mut u64,
}

/// The place of a loop that was not entered yet.
const NOWHERE: u32 = u32::MAX;

impl<'m> Matcher<'m> {
    /// The first place from here on where a match could begin.
    fn next_start(&self, from: usize) -> Option<usize> {
        match self.program.begins_at {
            Some(Anchor::Start) if from > 0 => return None,
            Some(Anchor::SearchStart) if from > self.search_start => return None,
            _ => {}
        }
        let Some(first) = &self.program.first else { return Some(from) };
        let rest = self.text.get(from..)?;
        let found = rest.iter().position(|byte| first.get(usize::from(*byte)).is_some_and(|may| *may));
        found.map(|index| from + index)
    }

    /// Whether the program matches at a place; if not, everything is as before.
    fn matches_at(&mut self, from: usize) -> Result<bool, TimedOut> {
        (self.at, self.op) = (from, 0);
        loop {
            self.spend(1)?;
            let program = self.program;
            let Some(op) = program.ops.get(self.op) else { return Ok(false) };
            if matches!(op, Op::Accept) {
                return Ok(true);
            }
            if !self.step(op)? && !self.backtrack()? {
                return Ok(false);
            }
            if self.frames.len() > MAX_FRAMES {
                return Err(TimedOut);
            }
        }
    }

    #[inline]
    fn spend(&mut self, steps: u64) -> Result<(), TimedOut> {
        match self.steps.checked_sub(steps) {
            Some(left) => *self.steps = left,
            None => return Err(TimedOut),
        }
        Ok(())
    }

    /// Follows an instruction; false if it does not match.
    fn step(&mut self, op: &Op) -> Result<bool, TimedOut> {
        let mut next = self.op + 1;
        let matched = match *op {
            Op::Text { ref bytes, back } => self.text(bytes, back),
            Op::Set { set, back } => match self.unit_of(set, self.at, back) {
                Some(at) => {
                    self.at = at;
                    true
                }
                None => false,
            },
            Op::Repeat { set, min, max, is_lazy, back } => self.repeat(set, (min, max), is_lazy, back)?,
            Op::Split { second } => {
                self.frames.push(Frame::Branch { op: second as u32, at: self.at as u32 });
                true
            }
            Op::Jump { to } => {
                next = to;
                true
            }
            Op::Mark { register } => {
                self.set(register, self.at as u32);
                true
            }
            Op::Keep { register, group, gives_up } => self.keep(register, group, gives_up),
            Op::LoopStart { register, min, next: test } => {
                let (count, place) = if min == 0 { (0, NOWHERE) } else { (1 - min.cast_signed(), self.at as u32) };
                self.set(register, count.cast_unsigned());
                self.set(register + 1, place);
                if min == 0 {
                    next = test;
                }
                true
            }
            Op::LoopNext { register, more, is_lazy, body } => {
                if self.goes_on(register, more, is_lazy) {
                    next = body;
                }
                true
            }
            Op::Enter { register } => {
                self.enter(register);
                true
            }
            Op::Leave { register } => {
                self.cut(register);
                true
            }
            Op::LookStart { register } => {
                self.set(register + 1, self.at as u32);
                self.enter(register);
                true
            }
            Op::LookEnd { register } => {
                self.cut(register);
                self.at = self.get(register + 1) as usize;
                true
            }
            Op::TestStart { register, failed } => {
                self.set(register + 1, self.at as u32);
                self.enter(register);
                self.frames.push(Frame::Branch { op: failed as u32, at: self.at as u32 });
                true
            }
            Op::NotEnd { register } => {
                let height = self.get(register) as usize;
                while self.frames.len() > height {
                    self.undo();
                }
                false
            }
            Op::Reference { group, ignore_case, back } => self.reference(group, ignore_case, back)?,
            Op::IfGroup { group, otherwise } => {
                if self.last_kept(group).is_none() {
                    next = otherwise;
                }
                true
            }
            Op::Anchor(anchor) => self.holds(anchor),
            Op::Accept => true,
        };
        self.op = next;
        Ok(matched)
    }

    /// Takes the last way back; false if there is none.
    fn backtrack(&mut self) -> Result<bool, TimedOut> {
        loop {
            self.spend(1)?;
            let Some(frame) = self.frames.last().copied() else { return Ok(false) };
            match frame {
                Frame::Branch { op, at } => {
                    self.frames.pop();
                    (self.op, self.at) = (op as usize, at as usize);
                    return Ok(true);
                }
                Frame::GiveBack { op, at, least } => {
                    let back = matches!(self.program.ops.get(op as usize), Some(Op::Repeat { back: true, .. }));
                    let at = if back { after(self.text, at as usize) } else { before(self.text, at as usize) };
                    if at == least as usize {
                        self.frames.pop();
                    } else if let Some(frame) = self.frames.last_mut() {
                        *frame = Frame::GiveBack { op, at: at as u32, least };
                    }
                    (self.op, self.at) = (op as usize + 1, at);
                    return Ok(true);
                }
                Frame::TakeMore { op, at, left } => {
                    self.frames.pop();
                    let Some(Op::Repeat { set, back, .. }) = self.program.ops.get(op as usize) else { continue };
                    let Some(at) = self.unit_of(*set, at as usize, *back) else { continue };
                    if left > 1 {
                        self.frames.push(Frame::TakeMore { op, at: at as u32, left: left - 1 });
                    }
                    (self.op, self.at) = (op as usize + 1, at);
                    return Ok(true);
                }
                Frame::Again { op, at } => {
                    self.frames.pop();
                    if let Some(Op::LoopNext { register, more, body, .. }) = self.program.ops.get(op as usize) {
                        let count = self.get(*register).cast_signed();
                        if i64::from(count) < i64::from(*more) && at != self.get(register + 1) {
                            self.at = at as usize;
                            self.iterate(*register, count);
                            self.op = *body;
                            return Ok(true);
                        }
                    }
                }
                _ => self.undo(),
            }
        }
    }

    /// Takes the last frame off, and undoes what it says.
    fn undo(&mut self) {
        match self.frames.pop() {
            Some(Frame::Register { register, value }) => {
                if let Some(place) = self.registers.get_mut(register as usize) {
                    *place = value;
                }
            }
            Some(Frame::Unkeep { group }) => {
                self.kept.get_mut(group as usize).and_then(Vec::pop);
            }
            Some(Frame::Rekeep { group, start, end }) => {
                if let Some(kept) = self.kept.get_mut(group as usize) {
                    kept.push((start as usize, end as usize));
                }
            }
            _ => {}
        }
    }

    fn get(&self, register: usize) -> u32 {
        self.registers.get(register).copied().unwrap_or(0)
    }

    fn set(&mut self, register: usize, value: u32) {
        if let Some(place) = self.registers.get_mut(register) {
            self.frames.push(Frame::Register { register: register as u32, value: *place });
            *place = value;
        }
    }

    /// Notes how many frames there are, this note's own included.
    fn enter(&mut self, register: usize) {
        self.set(register, self.frames.len() as u32 + 1);
    }

    /// Gives up the ways back since `enter`; what has to be undone stays.
    fn cut(&mut self, register: usize) {
        let height = self.get(register) as usize;
        let mut kept = height;
        for at in height..self.frames.len() {
            let Some(frame) = self.frames.get(at).copied() else { break };
            if matches!(frame, Frame::Register { .. } | Frame::Unkeep { .. } | Frame::Rekeep { .. }) {
                if let Some(place) = self.frames.get_mut(kept) {
                    *place = frame;
                }
                kept += 1;
            }
        }
        self.frames.truncate(kept);
    }

    fn text(&mut self, bytes: &[u8], back: bool) -> bool {
        let (start, end) =
            if back { (self.at.wrapping_sub(bytes.len()), self.at) } else { (self.at, self.at + bytes.len()) };
        let matched = self.text.get(start..end) == Some(bytes);
        if matched {
            self.at = if back { start } else { end };
        }
        matched
    }

    /// The offset on the other side of the unit next to an offset, if it is in a set.
    #[inline]
    fn unit_of(&self, set: usize, at: usize, back: bool) -> Option<usize> {
        let set = self.program.sets.get(set)?;
        if back {
            let start = Some(at).filter(|at| *at > 0).map(|at| before(self.text, at))?;
            let (unit, _) = unit_at(self.text, start)?;
            return set.contains(unit).then_some(start);
        }
        let (unit, end) = unit_at(self.text, at)?;
        set.contains(unit).then_some(end)
    }

    fn repeat(&mut self, set: usize, (min, max): (u32, u32), is_lazy: bool, back: bool) -> Result<bool, TimedOut> {
        let wanted = if is_lazy { min } else { max };
        let (mut count, mut at, mut least) = (0, self.at, self.at);
        while count < wanted {
            match self.unit_of(set, at, back) {
                Some(next) => at = next,
                None => break,
            }
            count += 1;
            if count == min {
                least = at;
            }
        }
        self.spend(u64::from(count / 8))?;
        if count < min {
            return Ok(false);
        }
        let op = self.op as u32;
        if is_lazy {
            if max > min {
                self.frames.push(Frame::TakeMore { op, at: at as u32, left: max - min });
            }
        } else if count > min {
            self.frames.push(Frame::GiveBack { op, at: at as u32, least: least as u32 });
        }
        self.at = at;
        Ok(true)
    }

    fn last_kept(&self, group: usize) -> Option<(usize, usize)> {
        self.kept.get(group).and_then(|kept| kept.last()).copied()
    }

    fn keep(&mut self, register: usize, group: Option<usize>, gives_up: Option<usize>) -> bool {
        let place = self.get(register) as usize;
        let (mut start, mut end) = (place.min(self.at), place.max(self.at));
        if let Some(other) = gives_up {
            let Some(given) = self.last_kept(other) else { return false };
            // What is kept lies between the match that is given up and this one.
            (start, end) = match given {
                (_, last) if start >= last => (last, start),
                (first, _) if end <= first => (first, end),
                (first, last) => (start.max(first), end.min(last)),
            };
            self.kept.get_mut(other).and_then(Vec::pop);
            self.frames.push(Frame::Rekeep { group: other as u32, start: given.0 as u32, end: given.1 as u32 });
        }
        if let Some(group) = group
            && let Some(kept) = self.kept.get_mut(group)
        {
            kept.push((start, end));
            self.frames.push(Frame::Unkeep { group: group as u32 });
        }
        true
    }

    /// Whether a loop's body is matched again, from the place where the loop stands now. The count is negative while the
    /// body has to be matched.
    fn goes_on(&mut self, register: usize, more: u32, is_lazy: bool) -> bool {
        let count = self.get(register).cast_signed();
        let at = self.at as u32;
        if is_lazy {
            if count >= 0 {
                self.frames.push(Frame::Again { op: self.op as u32, at });
                return false;
            }
        } else {
            let was_empty = at == self.get(register + 1);
            if count >= 0 && (was_empty || i64::from(count) >= i64::from(more)) {
                return false;
            }
            if count >= 0 {
                self.frames.push(Frame::Branch { op: self.op as u32 + 1, at });
            }
        }
        self.iterate(register, count);
        true
    }

    fn iterate(&mut self, register: usize, count: i32) {
        self.set(register, count.saturating_add(1).cast_unsigned());
        self.set(register + 1, self.at as u32);
    }

    fn reference(&mut self, group: usize, ignore_case: bool, back: bool) -> Result<bool, TimedOut> {
        let Some((start, end)) = self.last_kept(group) else { return Ok(self.program.empty_references) };
        let length = end - start;
        self.spend(length as u64 / 8)?;
        if !ignore_case {
            let kept: &'m [u8] = self.text.get(start..end).unwrap_or(&[]);
            return Ok(self.text(kept, back));
        }
        // Units that equal each other may have different numbers of bytes.
        let (mut from, mut at) = (if back { end } else { start }, self.at);
        while from != if back { start } else { end } {
            let (kept_from, found_from) = if back {
                if at == 0 {
                    return Ok(false);
                }
                (before(self.text, from), before(self.text, at))
            } else {
                (from, at)
            };
            let (Some((kept, kept_end)), Some((found, found_end))) =
                (unit_at(self.text, kept_from), unit_at(self.text, found_from))
            else {
                return Ok(false);
            };
            if kept != found && folded(kept) != folded(found) {
                return Ok(false);
            }
            (from, at) = if back { (kept_from, found_from) } else { (kept_end, found_end) };
        }
        self.at = at;
        Ok(true)
    }

    fn holds(&self, anchor: Anchor) -> bool {
        let (text, at) = (self.text, self.at);
        match anchor {
            Anchor::LineStart => at == 0 || text.get(at - 1) == Some(&b'\n'),
            Anchor::LineEnd => matches!(text.get(at), None | Some(b'\n')),
            Anchor::Start => at == 0,
            Anchor::SearchStart => at == self.search_start,
            Anchor::EndOrFinalLine => at == text.len() || (at + 1 == text.len() && text.get(at) == Some(&b'\n')),
            Anchor::End => at == text.len(),
            Anchor::Boundary => self.is_boundary(is_word_unit),
            Anchor::NoBoundary => !self.is_boundary(is_word_unit),
            Anchor::AsciiBoundary => self.is_boundary(|unit| ascii_word().contains(unit)),
            Anchor::NoAsciiBoundary => !self.is_boundary(|unit| ascii_word().contains(unit)),
        }
    }

    fn is_boundary(&self, is_word: impl Fn(u16) -> bool) -> bool {
        let is_word_at = |at: usize| unit_at(self.text, at).is_some_and(|(unit, _)| is_word(unit));
        let left = self.at > 0 && is_word_at(before(self.text, self.at));
        left != is_word_at(self.at)
    }
}
