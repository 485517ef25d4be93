//! The rules of expressions: the macro that declares one beside the code that finds it, and the list of them all.

use grammar::diagnostic::Rule;

use super::allow::{MEMBER_OUTSIDE_LIST, TYPE_OUTSIDE_LIST};
use super::binder::{DUPLICATE_NAME, NAME_IN_USE, TOO_COMPLEX};
use super::convert::{CONSTANT_RANGE, MISSING_SUFFIX, NO_CAST, NO_CONVERSION, NOT_SUPPORTED, NULL_VALUE};
use super::expressions::assign::{NOT_ASSIGNABLE, READ_ONLY, READ_ONLY_VARIABLE};
use super::expressions::binary::{CONSTANT_OVERFLOW, DIVISION_BY_ZERO, NO_OPERATOR, REFERENCE_COMPARISON};
use super::expressions::call::{INDEX_COUNT, NOT_A_VARIABLE, NOT_CALLABLE, NOT_INDEXABLE};
use super::expressions::creation::{ANONYMOUS_MEMBER, ARRAY_SHAPE, NO_ELEMENT_TYPE, NOT_AN_EXCEPTION, NOT_CREATABLE};
use super::expressions::delegate::METHOD_SIGNATURE;
use super::expressions::initializer::NOT_A_COLLECTION;
use super::expressions::lambda::{LAMBDA_PARAMETERS, LAMBDA_RETURN, LAMBDA_VALUE};
use super::expressions::member::{NEEDS_TYPE, NEEDS_VALUE, NO_MEMBERS, UNKNOWN_MEMBER};
use super::expressions::name::{UNKNOWN_NAME, USE_BEFORE_DECLARATION};
use super::expressions::pattern::{AS_VALUE_TYPE, IMPOSSIBLE_PATTERN, NO_AS, NO_TYPE_TO_TEST, NOT_CONSTANT};
use super::expressions::query::{NO_QUERY, RANGE_NAME};
use super::expressions::ternary::NO_COMMON_TYPE;
use super::expressions::tuple::{NO_INFERRED_TYPE, NO_PARTS};
use super::expressions::unary::NO_UNARY_OPERATOR;
use super::expressions::written_type::{AMBIGUOUS_TYPE, DYNAMIC, NULLABLE_REFERENCE, UNKNOWN_TYPE, VOID_TYPE};
use super::expressions::{AWAIT, NO_THIS, NOT_A_VALUE};
use super::flow::{MISSING_RETURN, UNASSIGNED, UNREACHABLE};
use super::resolution::explain::{
    AMBIGUOUS_CALL, ARGUMENT_COUNT, ARGUMENT_NAME, ARGUMENT_PASSING, ARGUMENT_TYPE, CLAUSE_TYPE, EXTENSION_RECEIVER,
    NOT_INFERRED, TYPE_ARGUMENT_COUNT,
};
use super::statements::jumps::{LEAVES_FINALLY, MISSING_VALUE, NO_LOOP, RETHROW, UNEXPECTED_VALUE, UNKNOWN_LABEL};
use super::statements::locals::{CONSTANT_TYPE, SEVERAL_VAR};
use super::statements::loops::NO_ELEMENTS;
use super::statements::switch::{DUPLICATE_CASE, FALL_THROUGH};
use super::statements::tries::{NOT_DISPOSABLE, UNREACHABLE_CATCH};
use super::statements::{DUPLICATE_LABEL, LOCK_VALUE, YIELD};

/// Declares rules: name, id, level, summary, the file of the page, and the C# compilers' codes.
macro_rules! rules {
    ($($(#[doc = $docs:literal])+ $name:ident: $id:literal, $level:ident, $summary:literal, [$($alias:literal),*];)*) => {$(
        $(#[doc = $docs])+
        pub static $name: grammar::diagnostic::Rule = grammar::diagnostic::Rule {
            id: concat!("expression/", $id),
            level: grammar::diagnostic::Level::$level,
            summary: $summary,
            page: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/expression/rules/", $id, ".md")),
            aliases: &[$($alias),*],
        };
    )*};
}

pub(crate) use rules;

/// All rules that are found here, sorted by their ids.
pub static RULES: &[&Rule] = &[
    &AMBIGUOUS_CALL,
    &AMBIGUOUS_TYPE,
    &ANONYMOUS_MEMBER,
    &ARGUMENT_COUNT,
    &ARGUMENT_NAME,
    &ARGUMENT_PASSING,
    &ARGUMENT_TYPE,
    &ARRAY_SHAPE,
    &AS_VALUE_TYPE,
    &AWAIT,
    &CLAUSE_TYPE,
    &CONSTANT_OVERFLOW,
    &CONSTANT_RANGE,
    &CONSTANT_TYPE,
    &DIVISION_BY_ZERO,
    &DUPLICATE_CASE,
    &DUPLICATE_LABEL,
    &DUPLICATE_NAME,
    &DYNAMIC,
    &EXTENSION_RECEIVER,
    &FALL_THROUGH,
    &IMPOSSIBLE_PATTERN,
    &INDEX_COUNT,
    &LAMBDA_PARAMETERS,
    &LAMBDA_RETURN,
    &LAMBDA_VALUE,
    &LEAVES_FINALLY,
    &LOCK_VALUE,
    &METHOD_SIGNATURE,
    &MISSING_RETURN,
    &MISSING_SUFFIX,
    &MISSING_VALUE,
    &NAME_IN_USE,
    &NEEDS_TYPE,
    &NEEDS_VALUE,
    &NO_AS,
    &NO_CAST,
    &NO_COMMON_TYPE,
    &NO_CONVERSION,
    &NO_ELEMENT_TYPE,
    &NO_ELEMENTS,
    &NO_INFERRED_TYPE,
    &NO_LOOP,
    &NO_MEMBERS,
    &NO_OPERATOR,
    &NO_PARTS,
    &NO_QUERY,
    &NO_THIS,
    &NO_TYPE_TO_TEST,
    &NO_UNARY_OPERATOR,
    &NOT_A_COLLECTION,
    &NOT_A_VALUE,
    &NOT_A_VARIABLE,
    &NOT_AN_EXCEPTION,
    &NOT_ASSIGNABLE,
    &NOT_CALLABLE,
    &NOT_CONSTANT,
    &NOT_CREATABLE,
    &NOT_DISPOSABLE,
    &NOT_INDEXABLE,
    &NOT_INFERRED,
    &NOT_SUPPORTED,
    &NULL_VALUE,
    &NULLABLE_REFERENCE,
    &MEMBER_OUTSIDE_LIST,
    &TYPE_OUTSIDE_LIST,
    &RANGE_NAME,
    &READ_ONLY,
    &READ_ONLY_VARIABLE,
    &REFERENCE_COMPARISON,
    &RETHROW,
    &SEVERAL_VAR,
    &TOO_COMPLEX,
    &TYPE_ARGUMENT_COUNT,
    &UNASSIGNED,
    &UNEXPECTED_VALUE,
    &UNKNOWN_LABEL,
    &UNKNOWN_MEMBER,
    &UNKNOWN_NAME,
    &UNKNOWN_TYPE,
    &UNREACHABLE,
    &UNREACHABLE_CATCH,
    &USE_BEFORE_DECLARATION,
    &VOID_TYPE,
    &YIELD,
];
