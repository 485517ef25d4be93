//! Reads the declarations of types, which are written as C# writes them.

use super::signature::{Reader, Scope, TypeSyntax};

/// The head of a type's declaration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declaration<'t> {
    /// Its type parameters.
    pub type_parameters: Vec<&'t str>,
    /// How each type parameter varies.
    pub variance: Vec<Variance>,
    /// The base class and interfaces it names.
    pub bases: Vec<TypeSyntax<'t>>,
}

/// Which conversions of a type argument carry over to the generic type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Variance {
    /// None.
    None,
    /// To a base: `IEnumerable<string>` is an `IEnumerable<object>`.
    Out,
    /// From a base: `Action<object>` is an `Action<string>`.
    In,
}

impl<'t> Declaration<'t> {
    /// The declaration that `text` writes; what cannot be read is left out.
    #[must_use]
    pub fn parse(text: &'t str) -> Self {
        let mut reader = Reader::new(text);
        let mut declaration = Self::default();
        while ["public", "sealed", "static", "abstract", "internal", "flags"]
            .iter()
            .any(|word| reader.accept_word(word))
        {}
        let is_delegate = reader.accept_word("delegate");
        if is_delegate {
            // `delegate R Func<T, R>(T arg)`: the result stands before the name.
            if reader.ty().is_none() {
                return declaration;
            }
        } else {
            while ["class", "struct", "interface", "enum"].iter().any(|word| reader.accept_word(word)) {}
        }
        if reader.name().is_none() {
            return declaration;
        }
        if reader.accept("<") {
            loop {
                let variance = if reader.accept_word("out") {
                    Variance::Out
                } else if reader.accept_word("in") {
                    Variance::In
                } else {
                    Variance::None
                };
                let Some(name) = reader.name() else { break };
                declaration.type_parameters.push(name);
                declaration.variance.push(variance);
                if !reader.accept(",") {
                    break;
                }
            }
            reader.accept(">");
        }
        if !is_delegate && reader.accept(":") {
            while let Some(base) = reader.ty() {
                declaration.bases.push(base);
                if !reader.accept(",") {
                    break;
                }
            }
        }
        declaration
    }

    /// The scope in which its bases and its members' types are to be resolved.
    #[must_use]
    pub fn scope(&self) -> Scope<'t> {
        Scope { of_type: self.type_parameters.clone(), of_method: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_read_as_csharp_writes_them() {
        let list = Declaration::parse("public class System.Collections.Generic.List<T> : IList<T>, IReadOnlyList<T>");
        assert_eq!(list.type_parameters, ["T"]);
        assert_eq!(list.bases.len(), 2);
        let func = Declaration::parse("public delegate R System.Func<in T, out R>(T arg)");
        assert_eq!(func.variance, [Variance::In, Variance::Out]);
        assert!(func.bases.is_empty());
    }
}
