//! Shows typed code as text, for people and snapshots.
//!
//! The text is not read back. It looks like C# where the two agree; what C# leaves unsaid is said.

use std::fmt::{self, Display, Write};

use dotnet::word::Repr;

use crate::document::{Document, Element, Value};
use crate::segment::{Exit, Segment, SegmentStmt, Segmented};
use crate::tree::{
    BinaryOp, Const, Expr, ExprKind, Function, LocalId, Operand, Overflow, Stmt, Storage, TextPart, UnaryOp,
};

/// The text of a document that was cut into segments.
#[must_use]
pub fn document(document: &Document, segmented: &Segmented) -> String {
    let mut out = Printer::default();
    for (index, policy) in document.policies.iter().enumerate() {
        let (line, column) = policy.place;
        out.line(format_args!("policy {index} {} at {line}:{column}{}", policy.path, attributes(&policy.element)));
    }
    for (section, segment) in &segmented.sections {
        out.line(format_args!("section {} = segment {}", section.name(), segment.0));
    }
    if let Some(segment) = segmented.fragment {
        out.line(format_args!("fragment = segment {}", segment.0));
    }
    for (index, segment) in segmented.segments.iter().enumerate() {
        out.segment(index, segment);
    }
    for (index, function) in document.functions.iter().enumerate() {
        out.function(index, function);
    }
    out.text
}

/// The text of functions.
#[must_use]
pub fn functions(functions: &[Function]) -> String {
    let mut out = Printer::default();
    for (index, function) in functions.iter().enumerate() {
        out.function(index, function);
    }
    out.text
}

fn attributes(element: &Element) -> String {
    let mut out = String::new();
    let mut show = |name: &str, value: &Value| {
        let value = match value {
            Value::Literal(text) => format!("{text:?}"),
            Value::Secret(_) => "secret".to_owned(),
            Value::Slot(slot) => format!("slot {}", slot.0),
            Value::Deferred(function) => format!("function {}", function.0),
        };
        // Writing to a string does not fail.
        let _ = write!(out, " {name}={value}");
    };
    for (name, value) in &element.attributes {
        show(name, value);
    }
    if let Some(text) = &element.text {
        show("text", text);
    }
    for child in &element.children {
        let _ = write!(out, " <{}{}>", child.name, attributes(child));
    }
    out
}

#[derive(Default)]
struct Printer {
    text: String,
    depth: usize,
}

impl Printer {
    fn line(&mut self, text: impl Display) {
        let _ = writeln!(self.text, "{:indent$}{text}", "", indent = self.depth * 2);
    }

    fn inside(&mut self, body: impl FnOnce(&mut Self)) {
        self.depth += 1;
        body(self);
        self.depth -= 1;
    }

    fn segment(&mut self, index: usize, segment: &Segment) {
        self.line(format_args!("\nsegment {index} ({})", segment.name));
        self.inside(|out| out.segment_stmts(&segment.body));
    }

    fn segment_stmts(&mut self, stmts: &[SegmentStmt]) {
        for stmt in stmts {
            match stmt {
                SegmentStmt::Values(policy, values) => {
                    for (slot, value) in values {
                        self.line(format_args!("slot {} = {} // policy {}", slot.0, Shown(value), policy.0));
                    }
                }
                SegmentStmt::Run(policy) => self.line(format_args!("run {}", policy.0)),
                SegmentStmt::If(policy, condition, then, otherwise) => {
                    self.line(format_args!("if {} // policy {}", Shown(condition), policy.0));
                    self.inside(|out| out.segment_stmts(then));
                    if !otherwise.is_empty() {
                        self.line("else");
                        self.inside(|out| out.segment_stmts(otherwise));
                    }
                }
                SegmentStmt::Exit(exit) => self.line(exit_text(exit)),
            }
        }
    }

    fn function(&mut self, index: usize, function: &Function) {
        let names = |ids: &[LocalId]| ids.iter().map(|id| format!("${}", id.0)).collect::<Vec<_>>().join(", ");
        self.line(format_args!(
            "\nfunction {index} {}({}) shares [{}] -> {}",
            function.name,
            names(&function.parameters),
            names(&function.captures),
            repr(function.result)
        ));
        self.inside(|out| {
            for (index, local) in function.locals.iter().enumerate() {
                let storage = match local.storage {
                    Storage::Value => "",
                    Storage::Stack => " on stack",
                    Storage::Shared => " shared",
                };
                out.line(format_args!("${index}: {} {}{storage}", repr(local.repr), local.name));
            }
            out.stmts(&function.body);
        });
    }

    fn stmts(&mut self, stmts: &[Stmt]) {
        for stmt in stmts {
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Expr(expr) => self.line(Shown(expr)),
            Stmt::Declare(local, Some(value)) => self.line(format_args!("var ${} = {}", local.0, Shown(value))),
            Stmt::Declare(local, None) => self.line(format_args!("var ${}", local.0)),
            Stmt::If(condition, then, otherwise) => {
                self.line(format_args!("if {}", Shown(condition)));
                self.inside(|out| out.stmts(then));
                if !otherwise.is_empty() {
                    self.line("else");
                    self.inside(|out| out.stmts(otherwise));
                }
            }
            Stmt::Loop(turns) => {
                match &turns.test {
                    Some(test) => self.line(format_args!("loop @{} while {}", turns.label.0, Shown(test))),
                    None => self.line(format_args!("loop @{}", turns.label.0)),
                }
                self.inside(|out| out.stmts(&turns.body));
                if !turns.step.is_empty() {
                    self.line("step");
                    self.inside(|out| out.stmts(&turns.step));
                }
                if let Some(until) = &turns.until {
                    self.line(format_args!("again if {}", Shown(until)));
                }
            }
            Stmt::Labelled(label, body) => {
                self.line(format_args!("block @{}", label.0));
                self.inside(|out| out.stmts(body));
            }
            Stmt::Break(label) => self.line(format_args!("break @{}", label.0)),
            Stmt::Continue(label) => self.line(format_args!("continue @{}", label.0)),
            Stmt::Return(Some(value)) => self.line(format_args!("return {}", Shown(value))),
            Stmt::Return(None) => self.line("return"),
            Stmt::Try(guarded) => {
                self.line("try");
                self.inside(|out| out.stmts(&guarded.body));
                for catch in &guarded.catches {
                    let local = catch.local.map(|local| format!(" ${}", local.0)).unwrap_or_default();
                    let filter = catch.filter.as_ref().map(|f| format!(" when {}", Shown(f))).unwrap_or_default();
                    self.line(format_args!("catch {}{local}{filter}", catch.ty));
                    self.inside(|out| out.stmts(&catch.body));
                }
                if !guarded.finally.is_empty() {
                    self.line("finally");
                    self.inside(|out| out.stmts(&guarded.finally));
                }
            }
            Stmt::Rethrow => self.line("rethrow"),
        }
    }
}

fn exit_text(exit: &Exit) -> String {
    match exit {
        Exit::Done => "done".to_owned(),
        Exit::Goto(next) => format!("goto {}", next.0),
        Exit::Wait(policy, next, other) if next == other => format!("wait {} then {}", policy.0, next.0),
        Exit::Wait(policy, next, other) => format!("wait {} then {} or {}", policy.0, next.0, other.0),
        Exit::Base(_, next) => format!("base then {}", next.0),
        Exit::Fragment(_, name, next) => format!("fragment {name} then {}", next.0),
        Exit::Buffer(_, message, next) => format!("buffer {message:?} then {}", next.0).to_lowercase(),
        Exit::Stop(policy) => format!("stop {}", policy.0),
    }
}

fn repr(repr: Repr) -> &'static str {
    match repr {
        Repr::Void => "void",
        Repr::I32 => "i32",
        Repr::I64 => "i64",
        Repr::F32 => "f32",
        Repr::F64 => "f64",
        Repr::Ref => "ref",
    }
}

fn operand(operand: Operand) -> &'static str {
    match operand {
        Operand::I32 => "i32",
        Operand::U32 => "u32",
        Operand::I64 => "i64",
        Operand::U64 => "u64",
        Operand::F32 => "f32",
        Operand::F64 => "f64",
        Operand::Ref => "ref",
    }
}

fn symbol(op: BinaryOp) -> (&'static str, bool) {
    let checked = |overflow: Overflow| overflow == Overflow::Throw;
    match op {
        BinaryOp::Add(overflow) => ("+", checked(overflow)),
        BinaryOp::Sub(overflow) => ("-", checked(overflow)),
        BinaryOp::Mul(overflow) => ("*", checked(overflow)),
        BinaryOp::Div => ("/", false),
        BinaryOp::Rem => ("%", false),
        BinaryOp::And => ("&", false),
        BinaryOp::Or => ("|", false),
        BinaryOp::Xor => ("^", false),
        BinaryOp::Shl => ("<<", false),
        BinaryOp::Shr => (">>", false),
        BinaryOp::Eq => ("==", false),
        BinaryOp::Ne => ("!=", false),
        BinaryOp::Lt => ("<", false),
        BinaryOp::Le => ("<=", false),
        BinaryOp::Gt => (">", false),
        BinaryOp::Ge => (">=", false),
    }
}

/// An expression as text.
struct Shown<'e>(&'e Expr);

/// Expressions with commas between them.
struct List<'e>(&'e [Expr]);

impl Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, expr) in self.0.iter().enumerate() {
            write!(f, "{}{}", if index > 0 { ", " } else { "" }, Shown(expr))?;
        }
        Ok(())
    }
}

impl Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.kind {
            ExprKind::Const(constant) => write_const(f, constant),
            ExprKind::Local(local) => write!(f, "${}", local.0),
            ExprKind::Set(local, value) => write!(f, "(${} = {})", local.0, Shown(value)),
            ExprKind::Address(local) => write!(f, "&${}", local.0),
            ExprKind::Context => f.write_str("context"),
            ExprKind::Binary(op, of, a, b) => {
                let (symbol, checked) = symbol(*op);
                let checked = if checked { " checked" } else { "" };
                write!(f, "({} {symbol}.{}{checked} {})", Shown(a), operand(*of), Shown(b))
            }
            ExprKind::Unary(op, of, a) => {
                let symbol = match op {
                    UnaryOp::Neg(_) => "-",
                    UnaryOp::Complement => "~",
                    UnaryOp::Not => "!",
                };
                write!(f, "{symbol}.{} {}", operand(*of), Shown(a))
            }
            ExprKind::Convert(from, to, overflow, a) => {
                let checked = if *overflow == Overflow::Throw { " checked" } else { "" };
                write!(f, "{from:?}→{to:?}{checked}({})", Shown(a))
            }
            ExprKind::If(condition, a, b) => write!(f, "({} ? {} : {})", Shown(condition), Shown(a), Shown(b)),
            ExprKind::And(a, b) => write!(f, "({} && {})", Shown(a), Shown(b)),
            ExprKind::Or(a, b) => write!(f, "({} || {})", Shown(a), Shown(b)),
            ExprKind::Sequence(stmts, value) => {
                let mut inner = Printer::default();
                inner.stmts(stmts);
                let stmts = inner.text.trim_end().replace('\n', "; ");
                write!(f, "{{ {stmts}; {} }}", Shown(value))
            }
            ExprKind::Call(callee, args) => write!(f, "[{callee:?}]({})", List(args)),
            ExprKind::CallFunction(function, captures, args) => {
                write!(f, "function {}{captures:?}({})", function.0, List(args))
            }
            ExprKind::Lambda(ty, function, captures) => write!(f, "({ty})function {}{captures:?}", function.0),
            ExprKind::Invoke(func, args) => write!(f, "{}.Invoke({})", Shown(func), List(args)),
            ExprKind::Field(object, offset) => write!(f, "{}.at({offset})", Shown(object)),
            ExprKind::IsNull(value) => write!(f, "({} is null)", Shown(value)),
            ExprKind::NotNull(value) => write!(f, "{}!", Shown(value)),
            ExprKind::ArrayLength(array) => write!(f, "{}.length", Shown(array)),
            ExprKind::ArrayGet(ty, array, index) => write!(f, "({ty}){}[{}]", Shown(array), Shown(index)),
            ExprKind::ArraySet(ty, array, index, value) => {
                write!(f, "(({ty}){}[{}] = {})", Shown(array), Shown(index), Shown(value))
            }
            ExprKind::ArrayOf(ty, items) => write!(f, "new {ty}[] {{ {} }}", List(items)),
            ExprKind::ArrayNew(ty, lengths) => write!(f, "new {ty}[{}]", List(lengths)),
            ExprKind::ArrayPosition(array, indexes) => write!(f, "position({}, {})", Shown(array), List(indexes)),
            ExprKind::Anonymous(_, values) => write!(f, "new {{ {} }}", List(values)),
            ExprKind::Concat(parts) => write!(f, "concat({})", List(parts)),
            ExprKind::TextEq(a, b) => write!(f, "({} == {})", Shown(a), Shown(b)),
            ExprKind::TextStartsWith(text, prefix) => {
                write!(f, "begins({}, {:?})", Shown(text), String::from_utf8_lossy(prefix))
            }
            ExprKind::TextLength(text) => write!(f, "{}.Length", Shown(text)),
            ExprKind::Memo(local, value) => write!(f, "memo ${}({})", local.0, Shown(value)),
            ExprKind::Throw(exception) => write!(f, "throw {}", Shown(exception)),
            ExprKind::Fail(fault) => write!(f, "fail {fault:?}"),
        }
    }
}

fn write_const(f: &mut fmt::Formatter<'_>, constant: &Const) -> fmt::Result {
    match constant {
        Const::I32(value) => write!(f, "{value}"),
        Const::I64(value) => write!(f, "{value}L"),
        Const::F32(bits) => write!(f, "{:?}f", f32::from_bits(*bits)),
        Const::F64(bits) => write!(f, "{:?}d", f64::from_bits(*bits)),
        Const::Null => f.write_str("null"),
        Const::Text(text) | Const::OwnText(text) => write!(f, "{:?}", String::from_utf8_lossy(text)),
        Const::SecretText(parts) => {
            f.write_str("secret(")?;
            for part in parts {
                match part {
                    TextPart::Text(text) => write!(f, "{:?}", String::from_utf8_lossy(text))?,
                    TextPart::Secret(name) => write!(f, "{{{{{name}}}}}")?,
                }
            }
            f.write_str(")")
        }
        Const::Type(ty) => write!(f, "typeof({ty})"),
        Const::Prepared(preparation, text) => write!(f, "{preparation:?}({:?})", String::from_utf8_lossy(text)),
        Const::DefaultStruct(ty) => write!(f, "default({ty})"),
    }
}
