//! The exceptions that arrays, collections and sequences throw, in the words of .NET.
//!
//! Not here: the exceptions' types (`exception`).

use crate::cx::Cx;
use crate::object::word_text;
use crate::throw::{Exception, Throw};
use crate::ty::Ty;
use crate::types::exception::{
    ARGUMENT_EXCEPTION, ARGUMENT_NULL_EXCEPTION, ARGUMENT_OUT_OF_RANGE_EXCEPTION, ARRAY_TYPE_MISMATCH_EXCEPTION,
    INDEX_OUT_OF_RANGE_EXCEPTION, INVALID_CAST_EXCEPTION, INVALID_OPERATION_EXCEPTION, KEY_NOT_FOUND_EXCEPTION,
    NOT_SUPPORTED_EXCEPTION, OVERFLOW_EXCEPTION, RANK_EXCEPTION,
};
use crate::word::{Role, Word};

/// Declares exceptions whose message is always the same.
macro_rules! plain {
    ($($(#[doc = $docs:literal])+ $name:ident, $ty:ident, $message:literal;)*) => {$(
        $(#[doc = $docs])+
        #[cold]
        pub fn $name(cx: &mut Cx<'_>) -> Throw {
            cx.throw(Ty(&$ty), $message)
        }
    )*};
}

plain! {
    /// An array of a fixed size was asked to grow or shrink.
    fixed_size, NOT_SUPPORTED_EXCEPTION, "Collection was of a fixed size.";
    /// A collection that cannot be changed was asked to.
    read_only, NOT_SUPPORTED_EXCEPTION, "Collection is read-only.";
    /// The keys of a dictionary were asked to change by themselves.
    key_collection, NOT_SUPPORTED_EXCEPTION, "Mutating a key collection derived from a dictionary is not allowed.";
    /// The values of a dictionary were asked to change by themselves.
    value_collection, NOT_SUPPORTED_EXCEPTION, "Mutating a value collection derived from a dictionary is not allowed.";
    /// What was asked for does not exist for this object.
    not_supported, NOT_SUPPORTED_EXCEPTION, "Specified method is not supported.";
    /// A collection was changed while it was walked.
    modified, INVALID_OPERATION_EXCEPTION, "Collection was modified; enumeration operation may not execute.";
    /// A walk was asked for its element before the first or after the last.
    not_started, INVALID_OPERATION_EXCEPTION, "Enumeration has either not started or has already finished.";
    /// A walk over an array was asked for its element before the first.
    before_first, INVALID_OPERATION_EXCEPTION, "Enumeration has not started. Call MoveNext.";
    /// A walk over an array was asked for its element after the last.
    behind_last, INVALID_OPERATION_EXCEPTION, "Enumeration already finished.";
    /// A sequence is empty and must not be.
    no_elements, INVALID_OPERATION_EXCEPTION, "Sequence contains no elements";
    /// No element fits.
    no_match, INVALID_OPERATION_EXCEPTION, "Sequence contains no matching element";
    /// A sequence has more than the one element that it may have.
    more_than_one, INVALID_OPERATION_EXCEPTION, "Sequence contains more than one element";
    /// More elements fit than one.
    more_than_one_match, INVALID_OPERATION_EXCEPTION, "Sequence contains more than one matching element";
    /// A queue is empty.
    empty_queue, INVALID_OPERATION_EXCEPTION, "Queue empty.";
    /// A stack is empty.
    empty_stack, INVALID_OPERATION_EXCEPTION, "Stack empty.";
    /// A linked list is empty.
    empty_linked_list, INVALID_OPERATION_EXCEPTION, "The LinkedList is empty.";
    /// An array's index lies outside of it.
    array_index, INDEX_OUT_OF_RANGE_EXCEPTION, "Index was outside the bounds of the array.";
    /// A sum does not fit its type.
    overflow, OVERFLOW_EXCEPTION, "Arithmetic operation resulted in an overflow.";
    /// An array of several dimensions was given where one of one dimension belongs.
    rank, RANK_EXCEPTION, "Only single dimension arrays are supported here.";
    /// Two arrays have element types of which neither converts to the other.
    array_types, ARRAY_TYPE_MISMATCH_EXCEPTION, "Source array type cannot be assigned to destination array type.";
    /// An element cannot be stored in an array of this type.
    store, INVALID_CAST_EXCEPTION, "Object cannot be stored in an array of this type.";
    /// One of the elements to copy is not of the other array's type.
    element_cast, INVALID_CAST_EXCEPTION,
        "At least one element in the source array could not be cast down to the destination array type.";
    /// A range reaches past the end of what it is a part of.
    offset_and_length, ARGUMENT_EXCEPTION,
        "Offset and length were out of bounds for the array or count is greater than the number of elements from index \
         to the end of the source collection.";
}

/// Declares exceptions that name the parameter at fault.
macro_rules! of_argument {
    ($($(#[doc = $docs:literal])+ $name:ident, $ty:ident, $message:literal;)*) => {$(
        $(#[doc = $docs])+
        #[cold]
        pub fn $name(cx: &mut Cx<'_>, parameter: &str) -> Throw {
            cx.throw_argument(Ty(&$ty), $message, parameter)
        }
    )*};
}

of_argument! {
    /// An argument is null.
    null, ARGUMENT_NULL_EXCEPTION, "Value cannot be null.";
    /// An index lies outside of a collection.
    index, ARGUMENT_OUT_OF_RANGE_EXCEPTION,
        "Index was out of range. Must be non-negative and less than the size of the collection.";
    /// An index lies past the end of a list that something is to be inserted in.
    insert_index, ARGUMENT_OUT_OF_RANGE_EXCEPTION, "Index must be within the bounds of the List.";
    /// A number of elements does not fit the collection.
    count, ARGUMENT_OUT_OF_RANGE_EXCEPTION,
        "Count must be positive and count must refer to a location within the string/array/collection.";
    /// An index lies past the end of the collection, counted from behind.
    larger_than_collection, ARGUMENT_OUT_OF_RANGE_EXCEPTION, "Larger than collection size.";
    /// A number is negative.
    negative, ARGUMENT_OUT_OF_RANGE_EXCEPTION, "Non-negative number required.";
    /// A number lies outside of its range.
    out_of_range, ARGUMENT_OUT_OF_RANGE_EXCEPTION, "Specified argument was out of the range of valid values.";
    /// A capacity is smaller than what is there already.
    small_capacity, ARGUMENT_OUT_OF_RANGE_EXCEPTION, "capacity was less than the current size.";
    /// The array to copy from is too short.
    short_source, ARGUMENT_EXCEPTION,
        "Source array was not long enough. Check the source index, length, and the array's lower bounds.";
    /// The array to copy to is too short.
    short_destination, ARGUMENT_EXCEPTION,
        "Destination array was not long enough. Check the destination index, length, and the array's lower bounds.";
    /// The array to copy to has another type of elements.
    array_type, ARGUMENT_EXCEPTION, "Target array type is not compatible with the type of items in the collection.";
}

/// A key is not in the dictionary.
#[cold]
pub fn key_not_found<'a>(cx: &mut Cx<'a>, key_type: Ty, key: Word) -> Throw {
    match word_text(cx, key_type, key) {
        Ok(text) => {
            let message = format!("The given key '{}' was not present in the dictionary.", text.to_utf8());
            cx.throw(Ty(&KEY_NOT_FOUND_EXCEPTION), &message)
        }
        Err(throw) => throw,
    }
}

/// A key is in the dictionary already.
#[cold]
pub fn duplicate_key<'a>(cx: &mut Cx<'a>, key_type: Ty, key: Word) -> Throw {
    match word_text(cx, key_type, key) {
        Ok(text) => {
            let message = format!("An item with the same key has already been added. Key: {}", text.to_utf8());
            cx.throw(Ty(&ARGUMENT_EXCEPTION), &message)
        }
        Err(throw) => throw,
    }
}

/// A value of another type was given to an untyped member of a typed collection.
#[cold]
pub fn wrong_type<'a>(cx: &mut Cx<'a>, value: Word, value_type: Ty, expected: Ty, parameter: &str) -> Throw {
    match word_text(cx, value_type, value) {
        Ok(text) => {
            let message = format!(
                "The value \"{}\" is not of type \"{}\" and cannot be used in this generic collection.",
                text.to_utf8(),
                expected.full_name()
            );
            cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), &message, parameter)
        }
        Err(throw) => throw,
    }
}

/// The exception of a comparison that failed while elements were sorted or searched: what went wrong stands inside. The
/// engine's own limits pass as they are.
#[cold]
pub fn failed_comparison(cx: &mut Cx<'_>) -> Throw {
    match cx.take_thrown() {
        Some(cause) if cause.limit.is_none() => {
            let message = cx.str("Failed to compare two elements in the array.");
            let exception = Exception::new(Ty(&INVALID_OPERATION_EXCEPTION), Some(message), None);
            exception.inner.set(Some(cause));
            let exception = cx.arena().alloc(exception);
            cx.throw_exception(exception)
        }
        Some(limit) => cx.throw_exception(limit),
        None => cx.throw_null(Role::Receiver),
    }
}
