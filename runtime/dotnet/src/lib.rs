//! .NET values and members as policy expressions see them.
//!
//! A value is one machine word (`word`); objects live in the arena of their request (`arena`, `object`, `text`,
//! `array`); members are Rust functions under `#[members]`, listed in `types`. The compiler reads the same tables
//! (`catalogue`, `ty`) that the run time calls through.
//!
//! # How to add a member
//!
//! Write a function under `#[member("the C# signature")]` in the `impl` block of its type in `types/<type>.rs`. It takes
//! the receiver first (`self`, or `this` where the Rust type has no methods of ours), then the parameters, then one
//! `Ty` for each type parameter of the method, and for constructors and static members of generic types the
//! constructed type last; `cx: &mut Cx<'a>` may stand anywhere and may be left out. Rust types say what is accepted:
//!
//! | C# | Rust |
//! |---|---|
//! | `bool`, `int`, `long`, `double`, … `char` | `bool`, `i32`, `i64`, `f64`, … [`word::Char`] |
//! | `string` | [`text::Str`] (null throws: `NullReferenceException` for the receiver, `ArgumentNullException` for an argument), `Option<Str>` where null is allowed |
//! | `object`, an interface | [`object::Obj`], `Option<Obj>` |
//! | a class with a layout of its own | `&'a Layout`, `Option<&'a Layout>` |
//! | `T[]` | `&'a Array`, for `byte[]` `&'a Bytes`, for any `Obj` with [`array::AnyArray::of`] |
//! | `T` of a type parameter | [`word::Word`], together with its `Ty` |
//! | `int?` | `Option<i32>` |
//! | `out int`, `ref int` | [`rt::Out`] |
//! | a delegate | `&'a` [`func::Func`] |
//!
//! It gives a value, or `Result<value, Throw>` (see [`cx::Cx::throw`]). `pure` promises: same arguments, same result,
//! no clock, no randomness, no request, nothing changed; the compiler computes pure members of constants, so a wrong
//! `pure` is a wrong program. A member never recurses without bound, asks [`cx::Cx::reserve`] before it makes a value
//! of a size that the policy decides, and calls [`cx::Cx::check_limits`] as it goes where it can run long. What objects
//! of a type do when only the object is known (text, equality, order, elements) stands in one `Ops` beside the
//! members. New types go into the table in `types/mod.rs`, sorted; tests check the tables.
//!
//! Not here: how expressions are typed (`check`), compiled (`codegen`) or driven (`engine`).

#![allow(
    clippy::new_ret_no_self,
    clippy::should_implement_trait,
    clippy::wrong_self_convention,
    clippy::extra_unused_lifetimes,
    clippy::too_many_arguments,
    clippy::type_complexity,
    reason = "members have the names that .NET gives them, and one shape"
)]

pub mod abi;
pub mod arena;
pub mod array;
pub mod catalogue;
pub mod collection;
pub mod context;
pub mod crypto;
pub mod cx;
pub mod equality;
pub mod format;
pub mod func;
pub mod hash;
pub mod json;
pub mod keep;
pub mod object;
pub mod order;
pub mod regex;
pub mod rt;
pub mod search;
pub mod seq;
pub mod table;
#[cfg(test)]
pub mod testing;
pub mod text;
pub mod text_buffer;
pub mod throw;
pub mod ty;
pub mod types;
pub mod word;
pub mod wtf8;
pub mod xml;
