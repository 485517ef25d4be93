//! `System.Array`: members of arrays of any element type.

use dotnet_macros::members;

use crate::array::AnyArray;
use crate::object::Obj;

/// The members of arrays.
pub struct ArrayType;

/// Members that all arrays have.
#[members("System.Array", group = ARRAY_MEMBERS)]
impl<'a> ArrayType {
    /// How many elements there are.
    #[member("int Length { get; }", pure)]
    fn length(this: Obj<'a>) -> i32 {
        i32::try_from(AnyArray::of(this).map_or(0, AnyArray::len)).unwrap_or(i32::MAX)
    }
}
