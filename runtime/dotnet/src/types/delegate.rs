//! Delegates: `Func`, `Action` and the others that members take.

use crate::catalogue::{TypeDef, TypeKind};
use crate::object::REFERENCE;
use crate::word::Repr;

macro_rules! delegates {
    ($($def:ident, $full:literal, $arity:literal, $declaration:literal;)*) => {$(
        #[doc = concat!("`", $declaration, "`.")]
        pub static $def: TypeDef = TypeDef {
            name: $full,
            declaration: $declaration,
            docs: "A lambda or a method as a value.",
            kind: TypeKind::Delegate,
            arity: $arity,
            repr: Repr::Ref,
            members: &[],
            constants: &[],
            ops: &REFERENCE,
            plain: None,
        };
    )*};
}

delegates! {
    FUNC_1_DEF, "System.Func", 1, "public delegate R System.Func<out R>()";
}
