//! Interpolated strings.

use csharp::literal;
use csharp::span::Span;
use csharp::tree::{List, Part};

use crate::expression::binder::Binder;
use crate::expression::bound::{Expr, Format, Kind};
use crate::expression::constant::Constant;
use crate::expression::types::{INT, NONE, OBJECT, STRING, UNKNOWN, VOID};

use super::literal::text_constant;
use super::pattern::NOT_CONSTANT;

impl Binder<'_> {
    /// `$"…{value,width:format}…"`
    pub fn interpolation(&mut self, parts: List<Part>, verbatim: bool, span: Span) -> Expr {
        let mut values = Vec::new();
        let list: Vec<Part> = self.tree.list(parts).to_vec();
        for part in list {
            match part {
                Part::Text(at) => {
                    let text = literal::interpolated_text(self.tree.slice(at), verbatim);
                    values.push(Expr::constant(text_constant(&text), STRING, at));
                }
                Part::Hole { span: at, value, alignment, format } => {
                    let value = self.value(value);
                    let value = self.shown_value(value);
                    let width = alignment.map_or(0, |alignment| self.width(alignment));
                    let format = format.map(|format| {
                        let text = literal::interpolated_text(self.tree.slice(format), verbatim);
                        match text_constant(&text) {
                            Constant::Text(bytes) => bytes,
                            _ => [].into(),
                        }
                    });
                    if width == 0 && format.as_ref().is_none_or(|format| format.is_empty()) {
                        values.push(value);
                    } else {
                        let format = format.filter(|format| !format.is_empty());
                        let shown = Kind::Format(Box::new(Format { value, format, width }));
                        values.push(Expr::new(shown, STRING, at));
                    }
                }
            }
        }
        if values.iter().any(|value| value.ty == UNKNOWN) {
            return Expr::new(Kind::Error, STRING, span);
        }
        Expr::new(Kind::Concat(values), STRING, span)
    }

    /// A value whose text is shown.
    fn shown_value(&mut self, value: Expr) -> Expr {
        let value = self.natural(value);
        if value.is_null_literal() {
            return Expr::constant(Constant::Null, STRING, value.span);
        }
        if value.ty == NONE || value.ty == VOID {
            return self.convert(value, OBJECT);
        }
        value
    }

    fn width(&mut self, alignment: csharp::tree::ExprId) -> i32 {
        let value = self.value(alignment);
        let value = self.convert(value, INT);
        match value.constant.as_ref().and_then(Constant::as_int) {
            Some(width) => i32::try_from(width).unwrap_or(0),
            None => {
                if !matches!(value.kind, Kind::Error) {
                    self.refuse(&NOT_CONSTANT, "CS0150", value.span, "the width is a constant");
                }
                0
            }
        }
    }
}
