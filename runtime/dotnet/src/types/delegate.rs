//! Delegates: `Func`, `Action` and the others that members take.
//!
//! What a delegate type takes and gives is told by its member `Invoke`. Not here: how delegates are called (`func`).

use dotnet_macros::members;

use crate::catalogue::{TypeDef, TypeKind};
use crate::cx::Cx;
use crate::func::Func;
use crate::object::REFERENCE;
use crate::throw::Throw;
use crate::ty::{RuntimeType, Ty};
use crate::word::{Repr, Word};

/// Declares delegate types: with a result, or (`void`) without.
macro_rules! delegates {
    ($($def:ident, $group:ident, $owner:ident, $full:literal, $arity:literal, $plain:expr, $result:ty,
       $declaration:literal, $invoke:literal, [$($arg:ident),*];)*) => {$(
        #[doc = concat!("The members of `", $declaration, "`.")]
        pub struct $owner;

        #[doc = concat!("What `", $declaration, "` can do.")]
        #[members($full, group = $group)]
        impl<'a> $owner {
            /// Calls the lambda or method.
            #[member($invoke)]
            fn invoke(this: &'a Func<'a>, cx: &mut Cx<'a>, $($arg: Word),*) -> Result<$result, Throw> {
                Ok(FromResult::from(this.call(cx, &[$($arg),*])?))
            }
        }

        #[doc = concat!("`", $declaration, "`.")]
        pub static $def: TypeDef = TypeDef {
            name: $full,
            declaration: $declaration,
            docs: "A lambda or a method as a value.",
            kind: TypeKind::Delegate,
            arity: $arity,
            repr: Repr::Ref,
            members: &[$group],
            constants: &[],
            ops: &REFERENCE,
            plain: $plain,
        };
    )*};
}

/// What becomes of the word that a lambda gives.
trait FromResult {
    fn from(word: Word) -> Self;
}

impl FromResult for Word {
    fn from(word: Word) -> Self {
        word
    }
}

impl FromResult for () {
    fn from(_: Word) -> Self {}
}

/// A lambda without parameters and result.
pub static ACTION: RuntimeType = RuntimeType::plain(&ACTION_DEF);

delegates! {
    ACTION_DEF, ACTION_0_MEMBERS, Action0, "System.Action", 0, Some(Ty(&ACTION)), (),
        "public delegate void System.Action()",
        "void Invoke()", [];
    ACTION_1_DEF, ACTION_1_MEMBERS, Action1, "System.Action", 1, None, (),
        "public delegate void System.Action<in T>(T obj)",
        "void Invoke(T obj)", [obj];
    ACTION_2_DEF, ACTION_2_MEMBERS, Action2, "System.Action", 2, None, (),
        "public delegate void System.Action<in T1, in T2>(T1 arg1, T2 arg2)",
        "void Invoke(T1 arg1, T2 arg2)", [arg1, arg2];
    ACTION_3_DEF, ACTION_3_MEMBERS, Action3, "System.Action", 3, None, (),
        "public delegate void System.Action<in T1, in T2, in T3>(T1 arg1, T2 arg2, T3 arg3)",
        "void Invoke(T1 arg1, T2 arg2, T3 arg3)", [arg1, arg2, arg3];
    ACTION_4_DEF, ACTION_4_MEMBERS, Action4, "System.Action", 4, None, (),
        "public delegate void System.Action<in T1, in T2, in T3, in T4>(T1 arg1, T2 arg2, T3 arg3, T4 arg4)",
        "void Invoke(T1 arg1, T2 arg2, T3 arg3, T4 arg4)", [arg1, arg2, arg3, arg4];
    ACTION_5_DEF, ACTION_5_MEMBERS, Action5, "System.Action", 5, None, (),
        "public delegate void System.Action<in T1, in T2, in T3, in T4, in T5>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)",
        "void Invoke(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)", [arg1, arg2, arg3, arg4, arg5];
    ACTION_6_DEF, ACTION_6_MEMBERS, Action6, "System.Action", 6, None, (),
        "public delegate void System.Action<in T1, in T2, in T3, in T4, in T5, in T6>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)",
        "void Invoke(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)", [arg1, arg2, arg3, arg4, arg5, arg6];
    ACTION_7_DEF, ACTION_7_MEMBERS, Action7, "System.Action", 7, None, (),
        "public delegate void System.Action<in T1, in T2, in T3, in T4, in T5, in T6, in T7>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7)",
        "void Invoke(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7)", [arg1, arg2, arg3, arg4, arg5, arg6, arg7];
    ACTION_8_DEF, ACTION_8_MEMBERS, Action8, "System.Action", 8, None, (),
        "public delegate void System.Action<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8)",
        "void Invoke(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8)", [arg1, arg2, arg3, arg4, arg5, arg6, arg7, arg8];
    FUNC_1_DEF, FUNC_1_MEMBERS, Func0, "System.Func", 1, None, Word,
        "public delegate TResult System.Func<out TResult>()",
        "TResult Invoke()", [];
    FUNC_2_DEF, FUNC_2_MEMBERS, Func1, "System.Func", 2, None, Word,
        "public delegate TResult System.Func<in T, out TResult>(T arg)",
        "TResult Invoke(T arg)", [arg];
    FUNC_3_DEF, FUNC_3_MEMBERS, Func2, "System.Func", 3, None, Word,
        "public delegate TResult System.Func<in T1, in T2, out TResult>(T1 arg1, T2 arg2)",
        "TResult Invoke(T1 arg1, T2 arg2)", [arg1, arg2];
    FUNC_4_DEF, FUNC_4_MEMBERS, Func3, "System.Func", 4, None, Word,
        "public delegate TResult System.Func<in T1, in T2, in T3, out TResult>(T1 arg1, T2 arg2, T3 arg3)",
        "TResult Invoke(T1 arg1, T2 arg2, T3 arg3)", [arg1, arg2, arg3];
    FUNC_5_DEF, FUNC_5_MEMBERS, Func4, "System.Func", 5, None, Word,
        "public delegate TResult System.Func<in T1, in T2, in T3, in T4, out TResult>(T1 arg1, T2 arg2, T3 arg3, T4 arg4)",
        "TResult Invoke(T1 arg1, T2 arg2, T3 arg3, T4 arg4)", [arg1, arg2, arg3, arg4];
    FUNC_6_DEF, FUNC_6_MEMBERS, Func5, "System.Func", 6, None, Word,
        "public delegate TResult System.Func<in T1, in T2, in T3, in T4, in T5, out TResult>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)",
        "TResult Invoke(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)", [arg1, arg2, arg3, arg4, arg5];
    FUNC_7_DEF, FUNC_7_MEMBERS, Func6, "System.Func", 7, None, Word,
        "public delegate TResult System.Func<in T1, in T2, in T3, in T4, in T5, in T6, out TResult>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)",
        "TResult Invoke(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)", [arg1, arg2, arg3, arg4, arg5, arg6];
    FUNC_8_DEF, FUNC_8_MEMBERS, Func7, "System.Func", 8, None, Word,
        "public delegate TResult System.Func<in T1, in T2, in T3, in T4, in T5, in T6, in T7, out TResult>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7)",
        "TResult Invoke(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7)", [arg1, arg2, arg3, arg4, arg5, arg6, arg7];
    FUNC_9_DEF, FUNC_9_MEMBERS, Func8, "System.Func", 9, None, Word,
        "public delegate TResult System.Func<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, out TResult>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8)",
        "TResult Invoke(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8)", [arg1, arg2, arg3, arg4, arg5, arg6, arg7, arg8];
    COMPARISON_DEF, COMPARISON_MEMBERS, ComparisonType, "System.Comparison", 1, None, Word,
        "public delegate int System.Comparison<in T>(T x, T y)",
        "int Invoke(T x, T y)", [x, y];
    CONVERTER_DEF, CONVERTER_MEMBERS, ConverterType, "System.Converter", 2, None, Word,
        "public delegate TOutput System.Converter<in TInput, out TOutput>(TInput input)",
        "TOutput Invoke(TInput input)", [input];
    PREDICATE_DEF, PREDICATE_MEMBERS, PredicateType, "System.Predicate", 1, None, Word,
        "public delegate bool System.Predicate<in T>(T obj)",
        "bool Invoke(T obj)", [obj];
}
