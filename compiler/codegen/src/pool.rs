//! The constants and imports of a document: each once, in the order in which code first asks for it.

use std::collections::HashMap;

use bundle::document::{Constant, TextPart, Type};
use dotnet::catalogue::{MemberDef, Preparation};
use dotnet::ty::{Shape, Ty};
use ir::tree::Const;

/// The constants and imports that code asked for.
#[derive(Default)]
pub struct Pool {
    constants: Vec<Constant>,
    by_text: HashMap<String, u32>,
    imports: Vec<String>,
    by_name: HashMap<String, u32>,
}

impl Pool {
    /// The position of a host call in the table of imports.
    pub fn import(&mut self, name: &str) -> u32 {
        if let Some(position) = self.by_name.get(name) {
            return *position;
        }
        let position = u32::try_from(self.imports.len()).unwrap_or(u32::MAX);
        self.imports.push(name.to_owned());
        self.by_name.insert(name.to_owned(), position);
        position
    }

    /// The position of a constant that is no number; `None` for numbers and null.
    pub fn constant(&mut self, constant: &Const) -> Option<u32> {
        let constant = match constant {
            Const::I32(_) | Const::I64(_) | Const::F32(_) | Const::F64(_) | Const::Null => return None,
            Const::Text(text) => Constant::Text(text.to_vec()),
            Const::OwnText(text) => {
                let position = u32::try_from(self.constants.len()).unwrap_or(u32::MAX);
                self.constants.push(Constant::OwnText(text.to_vec()));
                return Some(position);
            }
            Const::SecretText(parts) => Constant::Secret(secret(parts)),
            Const::Type(ty) => Constant::Type(type_of(*ty)),
            Const::DefaultStruct(ty) => Constant::Default(type_of(*ty)),
            Const::Prepared(Preparation::HeaderName, text) => Constant::HeaderName(text.to_vec()),
            Const::Prepared(Preparation::Regex, text) => Constant::Regex(text.to_vec()),
        };
        let key = format!("{constant:?}");
        if let Some(position) = self.by_text.get(&key) {
            return Some(*position);
        }
        let position = u32::try_from(self.constants.len()).unwrap_or(u32::MAX);
        self.constants.push(constant);
        self.by_text.insert(key, position);
        Some(position)
    }

    /// The names of the imports, and the constants.
    pub fn into_lists(self) -> (Vec<String>, Vec<Constant>) {
        (self.imports, self.constants)
    }
}

/// The parts of a text with secrets, as the bundle keeps them.
pub fn secret(parts: &[ir::tree::TextPart]) -> Vec<TextPart> {
    let part = |part: &ir::tree::TextPart| match part {
        ir::tree::TextPart::Text(text) => TextPart::Text(text.to_vec()),
        ir::tree::TextPart::Secret(name) => TextPart::Secret(name.clone()),
    };
    parts.iter().map(part).collect()
}

/// A type by name.
fn type_of(ty: Ty) -> Type {
    let args = || ty.0.args.iter().map(|arg| type_of(*arg));
    match ty.shape {
        Shape::Plain | Shape::Tuple(_) | Shape::Parameter(..) => Type::Named(ty.def.name.to_owned(), args().collect()),
        Shape::Array(rank) => match ty.0.args {
            [element] => Type::Array(Box::new(type_of(*element)), rank),
            _ => Type::Named(ty.def.name.to_owned(), Vec::new()),
        },
        Shape::Anonymous(names) => Type::Anonymous(names.iter().map(|name| (*name).to_owned()).zip(args()).collect()),
    }
}

/// The name that a member is imported by; the function that takes a prepared argument has its own.
pub fn import_name(member: &MemberDef, prepared: bool) -> String {
    let name = member.host_name();
    if prepared { format!("{name} prepared") } else { name }
}
