//! Values: literals are held to their attribute's type, expressions are bound and turned into it.

use grammar::diagnostic::{Fix, nearest};
use grammar::document::{Code, Content, Element, Form, Outcome, Resolved, Value};
use grammar::source::{MappedText, Span};
use ir::document as out;
use ir::tree::Expr;
use policies::{AttributeDef, ExpressionUse, ValueType};

use super::Expression;
use super::convert::convert;
use super::rules::{
    ATTRIBUTE_VALUE, EMBEDDED_EXPRESSION, EXPRESSION_NOT_ALLOWED, EXPRESSION_TYPE, UNKNOWN_NAMED_VALUE,
    UNKNOWN_REFERENCE,
};
use super::secret::{self, Hidden};
use super::walk::Checker;
use crate::expression;

impl<'d> Checker<'d> {
    /// The value of an attribute, or of a text where `attribute` is none.
    pub fn value(
        &mut self,
        value: Value<'d>,
        known: &AttributeDef,
        element: Element<'d>,
        attribute: Option<&str>,
        values: &mut Vec<(out::SlotId, Expr)>,
    ) -> out::Value {
        let resolved = value.resolve(&Hidden(self.surroundings));
        self.named_values(&resolved, element);
        match &resolved.content {
            Content::Literal(text) => self.literal(value, &resolved, text, known, element, attribute),
            Content::Expression(code) if known.expression == ExpressionUse::Never => {
                let what = named(element, attribute);
                let message = format!("{what} takes no expression");
                let finding = self.finding(&EXPRESSION_NOT_ALLOWED, code.span, message);
                self.report(finding.help(format!("write {} there", known.value)), element);
                out::Value::Literal(String::new())
            }
            Content::Expression(code) => {
                let Some((expr, ty)) = self.expression(code, &resolved, element) else {
                    return out::Value::Literal(String::new());
                };
                let Some(converted) = convert(expr, ty, known.value) else {
                    let what = named(element, attribute);
                    let message = format!("the expression is of type `{ty}`, and {what} takes {}", known.value);
                    let mut finding = self.finding(&EXPRESSION_TYPE, code.span, message);
                    if known.value == ValueType::Bool && ty == dotnet::catalogue::OBJECT {
                        finding = finding.help("cast it: `(bool)…`");
                    }
                    self.report(finding, element);
                    return out::Value::Literal(String::new());
                };
                if let (ExpressionUse::Step, Some(attribute)) = (known.expression, attribute) {
                    self.conditions.insert((element.id(), attribute.to_owned()), converted);
                    return out::Value::Literal(String::new());
                }
                self.place(converted, known, values)
            }
        }
    }

    /// Gives an expression its slot, or a function of its own if the policy evaluates it.
    fn place(&mut self, value: Expr, known: &AttributeDef, values: &mut Vec<(out::SlotId, Expr)>) -> out::Value {
        if known.expression == ExpressionUse::Deferred {
            let function = ir::tree::FunctionId(u32::try_from(self.out.functions.len()).unwrap_or(u32::MAX));
            self.out.functions.push(ir::tree::Function {
                name: known.name.to_owned(),
                locals: Vec::new(),
                parameters: Vec::new(),
                captures: Vec::new(),
                result: value.repr,
                body: vec![ir::tree::Stmt::Return(Some(value))],
            });
            return out::Value::Deferred(function);
        }
        let slot = out::SlotId(self.out.slots);
        self.out.slots += 1;
        values.push((slot, value));
        out::Value::Slot(slot)
    }

    fn literal(
        &mut self,
        value: Value<'d>,
        resolved: &Resolved,
        text: &MappedText,
        known: &AttributeDef,
        element: Element<'d>,
        attribute: Option<&str>,
    ) -> out::Value {
        let is_unknown = |used: &grammar::document::NamedValueUse| {
            matches!(used.outcome, Outcome::Unknown | Outcome::Unbound | Outcome::Deferred)
        };
        if resolved.named_values.iter().any(is_unknown) {
            // What stands there is known only to the instance.
            self.is_complete = false;
            return out::Value::Literal(text.text().to_owned());
        }
        if let Some(at) = resolved.embedded_expression() {
            let finding = self.finding(
                &EMBEDDED_EXPRESSION,
                text.source_span(at),
                "this is no expression: an expression is the whole value",
            );
            let help = "put the text into the expression: `@($\"text {…}\")`";
            self.report(finding.help(help), element);
        }
        if let Some(parts) = secret::parts(text.text().as_bytes()) {
            return out::Value::Secret(parts);
        }
        if !known.value.accepts(text.text()) {
            self.wrong_literal(value.span(), text.text(), known, element, attribute);
        }
        if let ValueType::Reference(reference) = known.value
            && self.surroundings.has(reference, text.text().trim()) == Some(false)
        {
            let name = text.text().trim();
            let message = format!("there is no {} `{name}`", reference.name());
            let mut finding = self.finding(&UNKNOWN_REFERENCE, value.span(), message);
            let names = self.surroundings.names(reference);
            if let Some(meant) = nearest(name, names.iter().map(String::as_str)) {
                finding = finding.fix(Fix::safe(format!("Replace with `{meant}`"), value.span(), meant));
            }
            self.report(finding, element);
        }
        match known.value {
            ValueType::Reference(to) => out::Value::Literal(self.surroundings.full_name(to, text.text().trim())),
            _ => out::Value::Literal(text.text().to_owned()),
        }
    }

    fn wrong_literal(
        &mut self,
        span: Span,
        text: &str,
        known: &AttributeDef,
        element: Element<'d>,
        attribute: Option<&str>,
    ) {
        let what = named(element, attribute);
        let message = format!("{what} is `{}` and takes {}", text.trim(), known.value);
        let mut finding = self.finding(&ATTRIBUTE_VALUE, span, message);
        if let ValueType::Keyword(words) = known.value
            && let Some(meant) = nearest(text.trim(), words.iter().copied())
        {
            finding = finding.fix(Fix::safe(format!("Replace with `{meant}`"), span, meant));
        }
        self.report(finding, element);
    }

    /// Reports named values that the instance does not have.
    fn named_values(&mut self, resolved: &Resolved, element: Element<'d>) {
        for used in resolved.named_values.iter().filter(|used| used.outcome == Outcome::Unknown) {
            let message = format!("there is no named value `{}`", used.name);
            let mut finding = self.finding(&UNKNOWN_NAMED_VALUE, used.span, message);
            let names = self.surroundings.named_value_names();
            if let Some(meant) = nearest(&used.name, names.iter().map(String::as_str)) {
                finding =
                    finding.fix(Fix::safe(format!("Replace with `{meant}`"), used.span, format!("{{{{{meant}}}}}")));
            }
            self.report(finding, element);
        }
    }

    /// Binds an expression; gives its code and type if it is sound.
    fn expression(&mut self, code: &Code, resolved: &Resolved, element: Element<'d>) -> Option<(Expr, dotnet::ty::Ty)> {
        if resolved.named_values.iter().any(|used| matches!(used.outcome, Outcome::Unknown | Outcome::Deferred)) {
            self.is_complete = false;
            return None;
        }
        let text = wrapped(code);
        let parsed = grammar::expression::parse(text.text());
        let source = self.tree.source().clone();
        let has_errors = !parsed.findings.is_empty();
        for finding in parsed.diagnostics(&source, &text) {
            self.report(finding, element);
        }
        if let Some(finding) = secret::outside_string(&text, &parsed.tree, &source) {
            self.report(finding, element);
            self.is_complete = false;
        }
        let options = expression::Options { allow_list: self.options.allow_list };
        let before = self.out.functions.len();
        let bound = expression::bind(&parsed.tree, has_errors, &options, &mut self.out.functions);
        for finding in &bound.findings {
            self.report(finding.clone().into_diagnostic(&source, &text), element);
        }
        self.reads.request |= bound.reads_request_body;
        self.reads.response |= bound.reads_response_body;
        for function in self.out.functions.iter_mut().skip(before) {
            secret::mark(&mut function.body);
        }
        let sound = bound.main.zip(bound.ty);
        self.is_complete &= sound.is_some();
        self.expressions.push(Expression { span: code.span, text, parsed, bound });
        let (main, ty) = sound?;
        let result = self.out.functions.get(main.index()).map_or(ty.repr(), |function| function.result);
        let value = match ir::segment::single_expression(&self.out.functions, main) {
            Some(single) => single.clone(),
            None => Expr::new(ir::tree::ExprKind::CallFunction(main, Vec::new(), Vec::new()), result),
        };
        Some((value, ty))
    }
}

/// The whole text of an expression, wrapper included.
fn wrapped(code: &Code) -> MappedText {
    let (open, close) = match code.form {
        Form::Single => ("@(", ")"),
        Form::Block => ("@{", "}"),
    };
    let mut text = MappedText::verbatim(open, code.span.start);
    text.append(&code.text);
    if code.is_closed {
        text.push_verbatim(close, code.span.end.saturating_sub(1));
    }
    text
}

/// How a value is called in a message.
fn named(element: Element<'_>, attribute: Option<&str>) -> String {
    match attribute {
        Some(attribute) => format!("`{attribute}`"),
        None => format!("the text of `{}`", element.name()),
    }
}
