//! `System.Double` and `System.Single`.
//!
//! Their members are the same, so one macro writes them both. Not here: `decimal`.

use std::cmp::Ordering;

use dotnet_macros::members;

use crate::catalogue::Constant;
use crate::cx::Cx;
use crate::object::{Obj, Ops, REFERENCE, fold_hash};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::primitive::{compare_to_object, sign_of, value_if, value_of};

/// Declares the floating-point types.
macro_rules! floats {
    ($($owner:ident, $name:ident, $ops:ident, $rust:ty, $repr:ident, $keyword:literal, $epsilon:literal,
       $declaration:literal, $docs:literal;)*) => {$(
        #[doc = concat!("The members of `", $keyword, "`.")]
        pub struct $owner;

        #[doc = $docs]
        #[members($declaration, as = $name, repr = $repr, ops = $ops, words = [Self = $keyword])]
        impl<'a> $owner {
            /// The largest number that is not infinite.
            #[member("const Self MaxValue")]
            const MAX_VALUE: Constant = Constant::Double(<$rust>::MAX as f64);

            /// The smallest number that is not infinite.
            #[member("const Self MinValue")]
            const MIN_VALUE: Constant = Constant::Double(<$rust>::MIN as f64);

            /// The smallest number above zero.
            #[member("const Self Epsilon")]
            const EPSILON: Constant = Constant::Double($epsilon);

            /// What no number is: the result of 0 / 0.
            #[member("const Self NaN")]
            const NAN: Constant = Constant::Double(f64::NAN);

            /// Above every number: the result of 1 / 0.
            #[member("const Self PositiveInfinity")]
            const POSITIVE_INFINITY: Constant = Constant::Double(f64::INFINITY);

            /// Below every number: the result of -1 / 0.
            #[member("const Self NegativeInfinity")]
            const NEGATIVE_INFINITY: Constant = Constant::Double(f64::NEG_INFINITY);

            /// Whether the other is a number of this type with the same value; NaN equals itself here.
            #[member("bool Equals(object obj)", pure)]
            fn equals_object(this: $rust, obj: Option<Obj<'a>>) -> bool {
                value_if(obj, Ty(&$name)).is_some_and(|other| Self::equals(this, other))
            }

            /// Whether the values are the same; NaN equals itself here.
            #[member("bool Equals(Self obj)", pure)]
            fn equals(this: $rust, obj: $rust) -> bool {
                this == obj || (this.is_nan() && obj.is_nan())
            }

            /// The order of the two: negative, zero or positive; null comes first, then NaN.
            ///
            /// # Throws
            /// `ArgumentException` if the object is of another type.
            #[member("int CompareTo(object value)", pure)]
            fn compare_to_object(this: $rust, cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<i32, Throw> {
                compare_to_object(cx, Ty(&$name), value, |other: $rust| Self::order(this, other))
            }

            /// The order of the two: negative, zero or positive; NaN comes first.
            #[member("int CompareTo(Self value)", pure)]
            fn compare_to(this: $rust, value: $rust) -> i32 {
                sign_of(Self::order(this, value))
            }

            /// A number that is the same for equal values.
            #[member("int GetHashCode()", pure)]
            fn get_hash_code(this: $rust) -> i32 {
                let wide = f64::from(this);
                // Equal values have one hash code: the two zeros, and all that is no number.
                if wide == 0.0 { 0 } else if wide.is_nan() { i32::MIN } else { fold_hash(wide.to_bits()) }
            }

            fn order(a: $rust, b: $rust) -> Ordering {
                a.partial_cmp(&b).unwrap_or_else(|| b.is_nan().cmp(&a.is_nan()))
            }
        }

        #[doc = concat!("The behaviour of boxed `", $keyword, "`s.")]
        pub static $ops: Ops = Ops {
            equals: |_, a, b| Ok(a.ty() == b.ty() && $owner::equals(value_of(a), value_of(b))),
            hash: |_, object| Ok($owner::get_hash_code(value_of(object))),
            compare: Some(|_, a, b| Ok($owner::order(value_of(a), value_of(b)))),
            ..REFERENCE
        };
    )*};
}

floats! {
    Double, DOUBLE, DOUBLE_OPS, f64, F64, "double", 5e-324,
        "public struct System.Double : IComparable<double>, IEquatable<double>", "Floating-point numbers of 64 bits.";
    Single, SINGLE, SINGLE_OPS, f32, F32, "float", 1.401298464324817e-45,
        "public struct System.Single : IComparable<float>, IEquatable<float>", "Floating-point numbers of 32 bits.";
}

#[cfg(test)]
mod tests {
    use crate::testing::{Object, call};

    #[test]
    fn nan_equals_itself_and_comes_first() {
        for (a, b, order) in [(1.0, 2.0, "-1"), (f64::NAN, 1.0, "-1"), (1.0, f64::NAN, "1"), (f64::NAN, f64::NAN, "0")]
        {
            assert_eq!(call("System.Double::int CompareTo(double value)", &[&a, &b]), order, "{a} {b}");
        }
        assert_eq!(call("System.Double::bool Equals(double obj)", &[&f64::NAN, &f64::NAN]), "True");
        assert_eq!(call("System.Single::bool Equals(object obj)", &[&1_f32, &Object(1.0)]), "False");
    }
}
