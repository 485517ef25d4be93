//! `System.Type`: types as values, which `typeof` and `GetType()` give.
//!
//! What can be asked is a type's name and its place among the others; members cannot be listed or called by name.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use dotnet_macros::members;

use crate::array::Array;
use crate::catalogue::{self, TypeKind};
use crate::cx::Cx;
use crate::object::{self, Header, Obj, Ops, REFERENCE, fold_hash, is_instance};
use crate::text::Str;
use crate::ty::{Shape, Ty};
use crate::types::{boolean, char, date_time, decimal, double, number, string};
use crate::word::Word;

/// The object of a type.
#[repr(C)]
pub struct TypeObj {
    header: Header,
    ty: Ty,
}

crate::layout!(TypeObj, TYPE_DEF);

impl TypeObj {
    /// The object of a type: always the same one.
    #[must_use]
    pub fn of(ty: Ty) -> &'static Self {
        static OBJECTS: RwLock<Option<HashMap<Ty, &'static TypeObj>>> = RwLock::new(None);
        let objects = OBJECTS.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = objects.as_ref().and_then(|objects| objects.get(&ty)) {
            return found;
        }
        drop(objects);
        let mut objects = OBJECTS.write().unwrap_or_else(PoisonError::into_inner);
        // There are as many as there are types, and types are never forgotten either.
        let object = || Box::leak(Box::new(Self { header: Header::new(Ty(&TYPE)), ty }));
        objects.get_or_insert_default().entry(ty).or_insert_with(|| object())
    }

    /// The type.
    #[must_use]
    pub fn ty(&self) -> Ty {
        self.ty
    }
}

/// A type as a value.
#[members("public abstract class System.Type", as = TYPE, ops = TYPE_OPS)]
impl<'a> TypeObj {
    /// The type `T`; what `typeof(T)` gives.
    #[member("static Type GetTypeFromHandle<T>()", pure)]
    fn get_type_from_handle(ty: Ty) -> &'a Self {
        Self::of(ty)
    }

    /// The name without the namespace: `Int32`, `` Dictionary`2 ``, `String[]`.
    #[member("string Name { get; }", pure)]
    fn name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        cx.str(&short_name(self.ty))
    }

    /// The name with the namespace.
    #[member("string FullName { get; }", pure)]
    fn full_name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        cx.str(&self.ty.full_name())
    }

    /// The namespace; null where there is none.
    #[member("string Namespace { get; }", pure)]
    fn namespace(&'a self, cx: &mut Cx<'a>) -> Option<Str<'a>> {
        let mut ty = self.ty;
        while let Some((element, _)) = ty.array_parts() {
            ty = element;
        }
        Some(ty.def.namespace()).filter(|namespace| !namespace.is_empty()).map(|namespace| cx.str(namespace))
    }

    /// The full name.
    #[member("string ToString()", pure)]
    fn to_text(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        cx.str(&self.ty.full_name())
    }

    /// Whether both are the same type.
    #[member("bool Equals(object o)", pure)]
    fn equals_object(&'a self, o: Option<Obj<'a>>) -> bool {
        o.and_then(|object| object.downcast::<Self>()).is_some_and(|other| self.ty == other.ty)
    }

    /// Whether both are the same type.
    #[member("bool Equals(Type o)", pure)]
    fn equals(&'a self, o: Option<&'a Self>) -> bool {
        o.is_some_and(|other| self.ty == other.ty)
    }

    /// A number that is the same for the same type.
    #[member("int GetHashCode()")]
    fn get_hash_code(&'a self) -> i32 {
        hash(self)
    }

    /// Whether both are the same type.
    #[member("static bool operator ==(Type left, Type right)", pure)]
    fn same(left: Option<&'a Self>, right: Option<&'a Self>) -> bool {
        left.map(Self::ty) == right.map(Self::ty)
    }

    /// Whether the types differ.
    #[member("static bool operator !=(Type left, Type right)", pure)]
    fn differ(left: Option<&'a Self>, right: Option<&'a Self>) -> bool {
        left.map(Self::ty) != right.map(Self::ty)
    }

    /// Whether it is an array type.
    #[member("bool IsArray { get; }", pure)]
    fn is_array(&'a self) -> bool {
        self.ty.array_parts().is_some()
    }

    /// Whether it is an enumeration.
    #[member("bool IsEnum { get; }", pure)]
    fn is_enum(&'a self) -> bool {
        self.ty.is_enum()
    }

    /// Whether its values are copied: structs, numbers, enumerations.
    #[member("bool IsValueType { get; }", pure)]
    fn is_value_type(&'a self) -> bool {
        self.ty.is_value_type()
    }

    /// Whether it is a class, arrays and delegates included.
    #[member("bool IsClass { get; }", pure)]
    fn is_class(&'a self) -> bool {
        !self.ty.is_value_type() && !self.ty.is_interface()
    }

    /// Whether it is an interface.
    #[member("bool IsInterface { get; }", pure)]
    fn is_interface(&'a self) -> bool {
        self.ty.is_interface()
    }

    /// Whether it has type arguments.
    #[member("bool IsGenericType { get; }", pure)]
    fn is_generic_type(&'a self) -> bool {
        self.ty.shape == Shape::Plain && !self.ty.args.is_empty()
    }

    /// Whether it is a number other than `decimal`, `bool` or `char`.
    #[member("bool IsPrimitive { get; }", pure)]
    fn is_primitive(&'a self) -> bool {
        matches!(type_code(self.ty), 3..=14) && !self.ty.is_enum()
    }

    /// Whether nothing can derive from it.
    #[member("bool IsSealed { get; }", pure)]
    fn is_sealed(&'a self) -> bool {
        self.ty.is_sealed() || self.is_array()
    }

    /// Whether objects are of derived types only.
    #[member("bool IsAbstract { get; }", pure)]
    fn is_abstract(&'a self) -> bool {
        self.ty.is_interface() || (!self.is_array() && self.ty.def.declaration.contains("abstract "))
    }

    /// The class that it derives from; null for `object` and interfaces.
    #[member("Type BaseType { get; }", pure)]
    fn base_type(&'a self) -> Option<&'a Self> {
        self.ty.base_class().map(|base| -> &'a Self { Self::of(base) })
    }

    /// The type of an array's elements; null for other types.
    #[member("Type GetElementType()", pure)]
    fn get_element_type(&'a self) -> Option<&'a Self> {
        self.ty.array_parts().map(|(element, _)| -> &'a Self { Self::of(element) })
    }

    /// The type arguments.
    #[member("Type[] GetGenericArguments()")]
    fn get_generic_arguments(&'a self, cx: &mut Cx<'a>) -> &'a Array<'a> {
        let args = if self.is_generic_type() { self.ty.args } else { &[] };
        let words: Vec<Word> = args.iter().map(|ty| object::object_of(Self::of(*ty)).word()).collect();
        Array::new(cx, Ty(&TYPE), &words)
    }

    /// Whether a value of the other type can be used where one of this type is wanted.
    #[member("bool IsAssignableFrom(Type c)", pure)]
    fn is_assignable_from(&'a self, c: Option<&'a Self>) -> bool {
        c.is_some_and(|other| other.ty.is_subtype_of(self.ty))
    }

    /// Whether it derives from the other type.
    #[member("bool IsSubclassOf(Type c)", pure)]
    fn is_subclass_of(&'a self, c: &'a Self) -> bool {
        std::iter::successors(self.ty.base_class(), |ty| ty.base_class()).any(|base| base == c.ty)
    }

    /// Whether the object is of this type.
    #[member("bool IsInstanceOfType(object o)", pure)]
    fn is_instance_of_type(&'a self, o: Option<Obj<'a>>) -> bool {
        is_instance(o, self.ty)
    }

    /// The kind of a type.
    #[member("static TypeCode GetTypeCode(Type type)", pure)]
    fn get_type_code(ty: Option<&'a Self>) -> i32 {
        ty.map_or(0, |ty| type_code(ty.ty))
    }
}

/// The behaviour of types as values.
pub static TYPE_OPS: Ops = Ops {
    to_text: |cx, object| Ok(cx.str(&object.downcast::<TypeObj>().map(|ty| ty.ty.full_name()).unwrap_or_default())),
    hash: |_, object| Ok(object.downcast::<TypeObj>().map_or(0, hash)),
    ..REFERENCE
};

fn hash(object: &TypeObj) -> i32 {
    fold_hash(std::ptr::from_ref(object.ty.0) as u64 >> 4)
}

fn short_name(ty: Ty) -> String {
    match (ty.shape, ty.args) {
        (Shape::Array(rank), [element]) => {
            format!("{}[{}]", short_name(*element), ",".repeat(usize::from(rank.saturating_sub(1))))
        }
        (Shape::Plain, args) if !args.is_empty() => format!("{}`{}", ty.def.short_name(), args.len()),
        (Shape::Anonymous(names), _) => format!("<>f__AnonymousType0`{}", names.len()),
        _ => ty.def.short_name().to_owned(),
    }
}

/// The `TypeCode` of a type.
#[must_use]
pub fn type_code(ty: Ty) -> i32 {
    let codes = [
        (Ty(&boolean::BOOLEAN), 3),
        (Ty(&char::CHAR), 4),
        (Ty(&number::SBYTE), 5),
        (Ty(&number::BYTE), 6),
        (Ty(&number::INT16), 7),
        (Ty(&number::UINT16), 8),
        (Ty(&number::INT32), 9),
        (Ty(&number::UINT32), 10),
        (Ty(&number::INT64), 11),
        (Ty(&number::UINT64), 12),
        (Ty(&double::SINGLE), 13),
        (Ty(&double::DOUBLE), 14),
        (Ty(&decimal::DECIMAL), 15),
        (Ty(&date_time::DATE_TIME), 16),
        (Ty(&string::STRING), 18),
    ];
    let code = codes.iter().find(|(known, _)| *known == ty).map(|(_, code)| *code);
    code.unwrap_or(if ty.def.kind == TypeKind::Enum && ty != catalogue::OBJECT { 9 } else { 1 })
}

#[cfg(test)]
mod tests {
    use crate::testing::{Object, call, ty, with_harness};

    #[test]
    fn types_have_names() {
        with_harness(|harness| {
            for (text, name, full) in [
                ("int", "Int32", "System.Int32"),
                ("string[]", "String[]", "System.String[]"),
                ("IEnumerable<string>", "IEnumerable`1", "System.Collections.Generic.IEnumerable`1[System.String]"),
                ("UriPartial", "UriPartial", "System.UriPartial"),
            ] {
                let object = harness.word("System.Type::static Type GetTypeFromHandle<T>()", &[&ty(text)]);
                assert_eq!(harness.call("System.Type::string Name { get; }", &[&object]), name);
                assert_eq!(harness.call("System.Type::string ToString()", &[&object]), full);
            }
            let of_object = harness.word("System.Object::Type GetType()", &[&Object(5)]);
            let int = harness.word("System.Type::static Type GetTypeFromHandle<T>()", &[&ty("int")]);
            let same = "System.Type::static bool operator ==(Type left, Type right)";
            assert_eq!(harness.call(same, &[&of_object, &int]), "True");
        });
        assert_eq!(
            call("System.Object::Type GetType()", &[&crate::testing::Null]),
            "NullReferenceException: Object reference not set to an instance of an object."
        );
    }
}
