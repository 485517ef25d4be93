//! The types of .NET that policies may name, one module each, and the table of them all.
//!
//! Not here: the types of the policy context (`context`), of JSON (`json`) and of XML (`xml`).

pub mod anonymous;
pub mod argument_exception;
pub mod array;
pub mod bit_converter;
pub mod boolean;
pub mod char;
pub mod char_kind;
pub mod collection_interface;
pub mod comparer;
pub mod convert;
pub mod culture;
pub mod date_time;
pub mod date_time_number;
pub mod date_time_offset;
pub mod date_time_offset_text;
pub mod date_time_text;
pub mod decimal;
pub mod decimal_conversion;
pub mod delegate;
pub mod dictionary;
pub mod dictionary_interface;
pub mod double;
pub mod encoding;
pub mod enumerable;
pub mod enumeration;
pub mod enums;
pub mod environment;
pub mod exception;
pub mod guid;
pub mod hash_set;
pub mod http_utility;
pub mod int32;
pub mod ip_address;
pub mod key_value_pair;
pub mod lazy;
pub mod linked_list;
pub mod linq;
pub mod list;
pub mod math;
pub mod math_choice;
pub mod memory_stream;
pub mod name_value_collection;
pub mod nullable;
pub mod number;
pub mod object;
pub mod positions;
pub mod primitive;
pub mod queue;
pub mod raise;
pub mod random;
pub mod read_only_collection;
pub mod reflection;
pub mod set_algebra;
pub mod set_interface;
pub mod sorted_pairs;
pub mod sorted_set;
pub mod stack;
pub mod string;
pub mod string_builder;
pub mod string_builder_format;
pub mod string_builder_values;
pub mod string_change;
pub mod string_compare;
pub mod string_comparer;
pub mod string_io;
pub mod string_join;
pub mod string_normalize;
pub mod string_search;
pub mod string_split;
mod struct_value;
pub mod text_case;
pub mod time_span;
pub mod time_span_text;
pub mod time_zone_info;
pub mod time_zone_rule;
pub mod tuple;
pub mod uri;
pub mod uri_builder;
pub mod uri_component;
pub mod uri_text;
pub mod value_interface;
pub mod web_utility;

use crate::catalogue::TypeDef;
use crate::ty::Ty;
use crate::word::Word;

/// Declares an enumeration whose underlying type is `int`.
#[macro_export]
macro_rules! enumeration {
    ($(#[doc = $docs:literal])+ $name:ident, $def:ident, $declaration:literal, $full:literal, [$(($constant:literal, $value:literal)),* $(,)?]) => {
        $(#[doc = $docs])+
        pub static $name: $crate::ty::RuntimeType = $crate::ty::RuntimeType::plain(&$def);
        $(#[doc = $docs])+
        pub static $def: $crate::catalogue::TypeDef = $crate::catalogue::TypeDef {
            name: $full,
            declaration: $declaration,
            docs: concat!($($docs),+),
            kind: $crate::catalogue::TypeKind::Enum,
            arity: 0,
            repr: $crate::word::Repr::I32,
            members: &[],
            constants: &[$(($constant, $value)),*],
            ops: &$crate::types::enumeration::ENUM_OPS,
            plain: Some($crate::ty::Ty(&$name)),
        };
    };
}

/// Every type, sorted by full name (byte order) and number of type parameters.
pub static TYPES: &[&TypeDef] = &[
    &crate::context::cloud::AUTHORIZATION_DEF,
    &crate::context::cloud::BACKEND_TYPE_DEF,
    &crate::context::token::BASIC_DEF,
    &crate::context::cloud::CARBON_INTENSITY_DEF,
    &crate::context::objects::API_DEF,
    &crate::context::cloud::VIRTUAL_NETWORK_DEF,
    &crate::context::cloud::BACKEND_DEF,
    &crate::context::CONTEXT_DEF,
    &crate::context::objects::DEPLOYMENT_DEF,
    &crate::context::cloud::FOUNDRY_DEF,
    &crate::context::objects::GATEWAY_DEF,
    &crate::context::cloud::GRAPHQL_DEF,
    &crate::context::cloud::GRAPHQL_DATA_DEF,
    &crate::context::objects::GROUP_DEF,
    &crate::context::objects::LAST_ERROR_DEF,
    &crate::context::body::BODY_DEF,
    &crate::context::objects::OPERATION_DEF,
    &crate::context::cloud::PRIVATE_ENDPOINT_DEF,
    &crate::context::objects::PRODUCT_DEF,
    &crate::context::message::REQUEST_DEF,
    &crate::context::message::RESPONSE_DEF,
    &crate::context::objects::SUBSCRIPTION_DEF,
    &crate::context::objects::KEY_NAMES_DEF,
    &crate::context::cloud::SUSTAINABILITY_DEF,
    &crate::context::url::URL_DEF,
    &crate::context::objects::USER_DEF,
    &crate::context::objects::USER_IDENTITY_DEF,
    &crate::context::objects::WORKSPACE_DEF,
    &crate::context::token::JWT_DEF,
    &crate::json::members::FORMATTING_DEF,
    &crate::json::members::convert::JSON_CONVERT_DEF,
    &crate::json::exception::JSON_EXCEPTION_DEF,
    &crate::json::exception::JSON_READER_EXCEPTION_DEF,
    &crate::json::exception::JSON_SERIALIZATION_EXCEPTION_DEF,
    &crate::json::exception::JSON_WRITER_EXCEPTION_DEF,
    &crate::json::members::extensions::EXTENSIONS_DEF,
    &crate::json::members::enumerable::IJENUMERABLE_DEF,
    &crate::json::members::array::JARRAY_DEF,
    &crate::json::members::constructor::JCONSTRUCTOR_DEF,
    &crate::json::members::container::JCONTAINER_DEF,
    &crate::json::members::enumerable::JENUMERABLE_DEF,
    &crate::json::members::object::JOBJECT_DEF,
    &crate::json::members::property::JPROPERTY_DEF,
    &crate::json::members::raw::JRAW_DEF,
    &crate::json::members::token::JTOKEN_DEF,
    &crate::json::members::equality::JTOKEN_EQUALITY_COMPARER_DEF,
    &crate::json::members::TOKEN_TYPE_DEF,
    &crate::json::members::value::JVALUE_DEF,
    &crate::context::objects::PRODUCT_STATE_DEF,
    &delegate::ACTION_DEF,
    &delegate::ACTION_1_DEF,
    &delegate::ACTION_2_DEF,
    &delegate::ACTION_3_DEF,
    &delegate::ACTION_4_DEF,
    &delegate::ACTION_5_DEF,
    &delegate::ACTION_6_DEF,
    &delegate::ACTION_7_DEF,
    &delegate::ACTION_8_DEF,
    &exception::APPLICATION_EXCEPTION_DEF,
    &exception::ARGUMENT_EXCEPTION_DEF,
    &exception::ARGUMENT_NULL_EXCEPTION_DEF,
    &exception::ARGUMENT_OUT_OF_RANGE_EXCEPTION_DEF,
    &exception::ARITHMETIC_EXCEPTION_DEF,
    &object::ARRAY_DEF,
    &exception::ARRAY_TYPE_MISMATCH_EXCEPTION_DEF,
    &enums::BASE64_FORMATTING_OPTIONS_DEF,
    &bit_converter::BIT_CONVERTER_DEF,
    &boolean::BOOLEAN_DEF,
    &number::BYTE_DEF,
    &char::CHAR_DEF,
    &comparer::COMPARER_DEF,
    &comparer::COMPARISON_COMPARER_DEF,
    &dictionary::DICTIONARY_DEF,
    &dictionary::KEYS_DEF,
    &dictionary::VALUES_DEF,
    &enumerable::WALK_DEF,
    &comparer::EQUALITY_COMPARER_DEF,
    &hash_set::HASH_SET_DEF,
    &collection_interface::COLLECTION_DEF,
    &comparer::COMPARER_INTERFACE_DEF,
    &dictionary_interface::DICTIONARY_INTERFACE_DEF,
    &enumerable::ENUMERABLE_DEF,
    &enumerable::ENUMERATOR_DEF,
    &comparer::EQUALITY_COMPARER_INTERFACE_DEF,
    &collection_interface::LIST_DEF,
    &collection_interface::READ_ONLY_COLLECTION_DEF,
    &dictionary_interface::READ_ONLY_DICTIONARY_DEF,
    &collection_interface::READ_ONLY_LIST_DEF,
    &set_interface::SET_INTERFACE_DEF,
    &exception::KEY_NOT_FOUND_EXCEPTION_DEF,
    &key_value_pair::KEY_VALUE_PAIR_DEF,
    &linked_list::LINKED_LIST_DEF,
    &linked_list::NODE_DEF,
    &list::LIST_DEF,
    &queue::QUEUE_DEF,
    &sorted_pairs::SORTED_DICTIONARY_DEF,
    &sorted_pairs::SORTED_LIST_DEF,
    &sorted_set::SORTED_SET_DEF,
    &stack::STACK_DEF,
    &collection_interface::UNTYPED_COLLECTION_DEF,
    &comparer::UNTYPED_COMPARER_DEF,
    &dictionary_interface::UNTYPED_DICTIONARY_DEF,
    &enumerable::UNTYPED_ENUMERABLE_DEF,
    &enumerable::UNTYPED_ENUMERATOR_DEF,
    &comparer::UNTYPED_EQUALITY_COMPARER_DEF,
    &collection_interface::UNTYPED_LIST_DEF,
    &read_only_collection::READ_ONLY_COLLECTION_CLASS_DEF,
    &name_value_collection::NAME_VALUE_COLLECTION_DEF,
    &delegate::COMPARISON_DEF,
    &convert::CONVERT_DEF,
    &delegate::CONVERTER_DEF,
    &date_time::DATE_TIME_DEF,
    &enums::DATE_TIME_KIND_DEF,
    &date_time_offset::DATE_TIME_OFFSET_DEF,
    &enums::DAY_OF_WEEK_DEF,
    &decimal::DECIMAL_DEF,
    &exception::DIVIDE_BY_ZERO_EXCEPTION_DEF,
    &double::DOUBLE_DEF,
    &enumeration::ENUM_DEF,
    &environment::ENVIRONMENT_DEF,
    &exception::EXCEPTION_DEF,
    &exception::FORMAT_EXCEPTION_DEF,
    &delegate::FUNC_1_DEF,
    &delegate::FUNC_2_DEF,
    &delegate::FUNC_3_DEF,
    &delegate::FUNC_4_DEF,
    &delegate::FUNC_5_DEF,
    &delegate::FUNC_6_DEF,
    &delegate::FUNC_7_DEF,
    &delegate::FUNC_8_DEF,
    &delegate::FUNC_9_DEF,
    &culture::CULTURE_INFO_DEF,
    &culture::DATE_TIME_FORMAT_INFO_DEF,
    &enums::DATE_TIME_STYLES_DEF,
    &culture::NUMBER_FORMAT_INFO_DEF,
    &enums::NUMBER_STYLES_DEF,
    &culture::TEXT_INFO_DEF,
    &time_span_text::TIME_SPAN_STYLES_DEF,
    &enums::UNICODE_CATEGORY_DEF,
    &guid::GUID_DEF,
    &value_interface::UNTYPED_COMPARABLE_DEF,
    &value_interface::COMPARABLE_DEF,
    &value_interface::DISPOSABLE_DEF,
    &value_interface::EQUATABLE_DEF,
    &value_interface::FORMAT_PROVIDER_DEF,
    &value_interface::FORMATTABLE_DEF,
    &exception::IO_EXCEPTION_DEF,
    &memory_stream::MEMORY_STREAM_DEF,
    &memory_stream::SEEK_ORIGIN_DEF,
    &memory_stream::STREAM_DEF,
    &string_io::STREAM_READER_DEF,
    &string_io::STRING_READER_DEF,
    &string_io::STRING_WRITER_DEF,
    &string_io::TEXT_READER_DEF,
    &string_io::TEXT_WRITER_DEF,
    &exception::INDEX_OUT_OF_RANGE_EXCEPTION_DEF,
    &number::INT16_DEF,
    &int32::INT32_DEF,
    &number::INT64_DEF,
    &exception::INVALID_CAST_EXCEPTION_DEF,
    &exception::INVALID_OPERATION_EXCEPTION_DEF,
    &exception::INVALID_TIME_ZONE_EXCEPTION_DEF,
    &lazy::LAZY_VALUE_DEF,
    &linq::ENUMERABLE_DEF,
    &linq::LAZY_DEF,
    &linq::GROUPING_DEF,
    &linq::GROUPING_INTERFACE_DEF,
    &linq::LOOKUP_INTERFACE_DEF,
    &linq::ORDERED_INTERFACE_DEF,
    &linq::LOOKUP_DEF,
    &linq::ORDERED_DEF,
    &math::MATH_DEF,
    &enums::MIDPOINT_ROUNDING_DEF,
    &ip_address::IP_ADDRESS_DEF,
    &ip_address::ADDRESS_FAMILY_DEF,
    &web_utility::WEB_UTILITY_DEF,
    &exception::NOT_IMPLEMENTED_EXCEPTION_DEF,
    &exception::NOT_SUPPORTED_EXCEPTION_DEF,
    &exception::NULL_REFERENCE_EXCEPTION_DEF,
    &nullable::NULLABLE_CLASS_DEF,
    &nullable::NULLABLE_DEF,
    &crate::json::big_integer::BIG_INTEGER_DEF,
    &object::OBJECT_DEF,
    &crate::crypto::exception::OBJECT_DISPOSED_EXCEPTION_DEF,
    &exception::OPERATION_CANCELED_EXCEPTION_DEF,
    &exception::OUT_OF_MEMORY_EXCEPTION_DEF,
    &exception::OVERFLOW_EXCEPTION_DEF,
    &delegate::PREDICATE_DEF,
    &random::RANDOM_DEF,
    &exception::RANK_EXCEPTION_DEF,
    &number::SBYTE_DEF,
    &crate::crypto::exception::CRYPTOGRAPHIC_EXCEPTION_DEF,
    &crate::crypto::exception::UNEXPECTED_OPERATION_EXCEPTION_DEF,
    &crate::crypto::keyed_hash::HMAC_DEF,
    &crate::crypto::hmac::HMAC_MD5_DEF,
    &crate::crypto::hmac::HMAC_SHA1_DEF,
    &crate::crypto::hmac::HMAC_SHA256_DEF,
    &crate::crypto::hmac::HMAC_SHA384_DEF,
    &crate::crypto::hmac::HMAC_SHA512_DEF,
    &crate::crypto::hash_algorithm::HASH_ALGORITHM_DEF,
    &crate::crypto::hash_algorithm_name::HASH_ALGORITHM_NAME_DEF,
    &crate::crypto::keyed_hash::KEYED_HASH_ALGORITHM_DEF,
    &crate::crypto::hashes::MD5_DEF,
    &crate::crypto::hashes::MD5_PROVIDER_DEF,
    &crate::crypto::random::RNG_PROVIDER_DEF,
    &crate::crypto::random::RANDOM_NUMBER_GENERATOR_DEF,
    &crate::crypto::hashes::SHA1_DEF,
    &crate::crypto::hashes::SHA1_MANAGED_DEF,
    &crate::crypto::hashes::SHA256_DEF,
    &crate::crypto::hashes::SHA256_MANAGED_DEF,
    &crate::crypto::hashes::SHA384_DEF,
    &crate::crypto::hashes::SHA384_MANAGED_DEF,
    &crate::crypto::hashes::SHA512_DEF,
    &crate::crypto::hashes::SHA512_MANAGED_DEF,
    &double::SINGLE_DEF,
    &string::STRING_DEF,
    &string_comparer::STRING_COMPARER_DEF,
    &enums::STRING_COMPARISON_DEF,
    &enums::STRING_SPLIT_OPTIONS_DEF,
    &exception::SYSTEM_EXCEPTION_DEF,
    &encoding::ASCII_ENCODING_DEF,
    &encoding::DECODER_FALLBACK_EXCEPTION_DEF,
    &encoding::ENCODER_FALLBACK_EXCEPTION_DEF,
    &encoding::ENCODING_DEF,
    &encoding::LATIN1_ENCODING_DEF,
    &enums::NORMALIZATION_FORM_DEF,
    &crate::regex::members::found::CAPTURE_DEF,
    &crate::regex::members::collections::CAPTURE_COLLECTION_DEF,
    &crate::regex::members::found::GROUP_DEF,
    &crate::regex::members::collections::GROUP_COLLECTION_DEF,
    &crate::regex::members::found::MATCH_DEF,
    &crate::regex::members::collections::MATCH_COLLECTION_DEF,
    &crate::regex::members::MATCH_EVALUATOR_DEF,
    &crate::regex::members::pattern::REGEX_DEF,
    &crate::regex::members::MATCH_TIMEOUT_EXCEPTION_DEF,
    &crate::regex::options::REGEX_OPTIONS_DEF,
    &string_builder::STRING_BUILDER_DEF,
    &encoding::UTF32_ENCODING_DEF,
    &encoding::UTF8_ENCODING_DEF,
    &encoding::UNICODE_ENCODING_DEF,
    &time_span::TIME_SPAN_DEF,
    &time_zone_info::TIME_ZONE_DEF,
    &time_zone_info::TIME_ZONE_INFO_DEF,
    &time_zone_rule::ADJUSTMENT_RULE_DEF,
    &time_zone_rule::TRANSITION_TIME_DEF,
    &exception::TIME_ZONE_NOT_FOUND_EXCEPTION_DEF,
    &exception::TIMEOUT_EXCEPTION_DEF,
    &tuple::TUPLE_DEF,
    &tuple::TUPLE_1_DEF,
    &tuple::TUPLE_2_DEF,
    &tuple::TUPLE_3_DEF,
    &tuple::TUPLE_4_DEF,
    &tuple::TUPLE_5_DEF,
    &tuple::TUPLE_6_DEF,
    &tuple::TUPLE_7_DEF,
    &tuple::TUPLE_8_DEF,
    &tuple::TUPLE_EXTENSIONS_DEF,
    &reflection::TYPE_DEF,
    &enums::TYPE_CODE_DEF,
    &number::UINT16_DEF,
    &number::UINT32_DEF,
    &number::UINT64_DEF,
    &exception::UNAUTHORIZED_ACCESS_EXCEPTION_DEF,
    &uri::URI_DEF,
    &uri_builder::URI_BUILDER_DEF,
    &enums::URI_COMPONENTS_DEF,
    &enums::URI_FORMAT_DEF,
    &exception::URI_FORMAT_EXCEPTION_DEF,
    &enums::URI_HOST_NAME_TYPE_DEF,
    &enums::URI_KIND_DEF,
    &enums::URI_PARTIAL_DEF,
    &tuple::VALUE_TUPLE_DEF,
    &tuple::VALUE_TUPLE_1_DEF,
    &tuple::VALUE_TUPLE_2_DEF,
    &tuple::VALUE_TUPLE_3_DEF,
    &tuple::VALUE_TUPLE_4_DEF,
    &tuple::VALUE_TUPLE_5_DEF,
    &tuple::VALUE_TUPLE_6_DEF,
    &tuple::VALUE_TUPLE_7_DEF,
    &tuple::VALUE_TUPLE_8_DEF,
    &object::VALUE_TYPE_DEF,
    &object::VOID_DEF,
    &name_value_collection::QUERY_COLLECTION_DEF,
    &http_utility::HTTP_UTILITY_DEF,
    &crate::xml::members::extensions::EXTENSIONS_DEF,
    &crate::xml::members::LOAD_OPTIONS_DEF,
    &crate::xml::members::SAVE_OPTIONS_DEF,
    &crate::xml::members::attribute::XATTRIBUTE_DEF,
    &crate::xml::members::leaf::XCDATA_DEF,
    &crate::xml::members::leaf::XCOMMENT_DEF,
    &crate::xml::members::container::XCONTAINER_DEF,
    &crate::xml::members::declaration::XDECLARATION_DEF,
    &crate::xml::members::container::XDOCUMENT_DEF,
    &crate::xml::members::element::XELEMENT_DEF,
    &crate::xml::name::XNAME_DEF,
    &crate::xml::name::XNAMESPACE_DEF,
    &crate::xml::members::object::XNODE_DEF,
    &crate::xml::members::object::XOBJECT_DEF,
    &crate::xml::members::leaf::XINSTRUCTION_DEF,
    &crate::xml::members::leaf::XTEXT_DEF,
    &crate::xml::members::XML_EXCEPTION_DEF,
    &crate::xml::members::NODE_TYPE_DEF,
    &crate::context::dictionary::HEADER_DICTIONARY_DEF,
    &crate::context::dictionary::LIST_DICTIONARY_DEF,
    &crate::context::extensions::POLICY_EXTENSIONS_DEF,
    &crate::context::extensions::USER_VARIABLE_CAST_EXCEPTION_DEF,
];

/// The word of the default value of a struct that is kept as an object.
#[must_use]
pub fn default_struct(ty: Ty) -> Word {
    ty.def.ops.default.map_or(Word::ZERO, |default| ty.once(|| default(ty)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::declaration::Declaration;
    use crate::catalogue::signature::{MemberKind, Signature};
    use crate::catalogue::{Body, TypeKind};
    use crate::word::Repr;

    /// All rows: the types, and the calls that are members of none.
    fn all() -> impl Iterator<Item = &'static TypeDef> {
        TYPES.iter().copied()
    }

    #[test]
    fn types_are_sorted_and_no_two_share_a_name() {
        let names: Vec<(&str, u8)> = all().map(|def| (def.name, def.arity)).collect();
        let mut sorted = names.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(names, sorted);
    }

    #[test]
    fn every_signature_can_be_read_and_names_types_that_exist() {
        for def in all() {
            let declaration = Declaration::parse(def.declaration);
            assert_eq!(declaration.type_parameters.len(), usize::from(def.arity), "{}", def.declaration);
            for base in &declaration.bases {
                assert!(base.resolve(&declaration.scope()).is_some(), "{}: {base:?}", def.declaration);
            }
            for member in def.members() {
                let place = member.host_name();
                let signature = Signature::parse(member.signature).unwrap_or_else(|| panic!("{place}"));
                let scope = signature.scope(&declaration.type_parameters);
                let constraints = signature.constraints.iter().map(|(_, ty)| ty);
                for ty in signature.parameters.iter().map(|p| &p.ty).chain(&signature.returns).chain(constraints) {
                    assert!(ty.resolve(&scope).is_some(), "{place}: {ty:?}");
                }
            }
        }
    }

    #[test]
    fn every_function_takes_the_words_of_its_signature() {
        for def in all() {
            for member in def.members() {
                let Some(signature) = Signature::parse(member.signature) else { continue };
                let entries = match member.body {
                    Body::Call(entry) => vec![entry],
                    Body::Prepared(entry, _, _, prepared) => vec![entry, prepared],
                    Body::Field(_) | Body::Constant(_) => continue,
                };
                for entry in entries {
                    assert_eq!(usize::from(entry.words), signature.words(def.arity), "{}", member.host_name());
                }
            }
        }
    }

    #[test]
    fn no_two_members_share_a_name() {
        for def in all() {
            let mut names: Vec<&str> = def.members().map(|member| member.signature).collect();
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "{}", def.name);
        }
    }

    #[test]
    fn structs_kept_as_objects_have_a_default() {
        for def in all().filter(|def| def.kind == TypeKind::Struct && def.repr == Repr::Ref) {
            assert!(def.ops.default.is_some() || def.name == "System.Nullable", "{}", def.name);
        }
    }

    #[test]
    fn constants_are_fields_and_functions_are_not() {
        for def in all() {
            for member in def.members() {
                let Some(signature) = Signature::parse(member.signature) else { continue };
                let is_constant = matches!(member.body, Body::Constant(_));
                assert_eq!(is_constant, signature.kind == MemberKind::Field, "{}", member.host_name());
            }
        }
    }
}
