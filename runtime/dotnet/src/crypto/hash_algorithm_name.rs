//! `System.Security.Cryptography.HashAlgorithmName`: the name of a hash, as members about signatures take it.

use dotnet_macros::members;

use super::digest::Algorithm;
use crate::cx::Cx;
use crate::object::{Header, Obj, Ops, REFERENCE};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::word::{FromWord, IntoWord, Repr, Role, Word};

/// The object of a `HashAlgorithmName`.
#[repr(C)]
pub struct NameObj<'a> {
    header: Header,
    name: Option<Str<'a>>,
}

crate::layout!(NameObj<'a>, HASH_ALGORITHM_NAME_DEF);

/// A name of a hash; none for the default value.
#[derive(Clone, Copy, PartialEq)]
pub struct HashAlgorithmName<'a>(pub Option<Str<'a>>);

static DEFAULT: NameObj<'static> = NameObj { header: Header { ty: Ty(&HASH_ALGORITHM_NAME) }, name: None };

// SAFETY: a word of the type is 0 or the address of such an object.
unsafe impl<'a> FromWord<'a> for HashAlgorithmName<'a> {
    const REPR: Repr = Repr::Ref;
    unsafe fn from_word(word: Word, _: &mut Cx<'a>, _: Role) -> Result<Self, Throw> {
        // SAFETY: as above.
        let object = unsafe { (word.0 as *const NameObj<'a>).as_ref() };
        Ok(Self(object.and_then(|object| object.name)))
    }
}

impl<'a> IntoWord<'a> for HashAlgorithmName<'a> {
    const REPR: Repr = Repr::Ref;
    fn into_word(self, cx: &mut Cx<'a>) -> Word {
        let header = Header::new(Ty(&HASH_ALGORITHM_NAME));
        let object: &NameObj<'_> = cx.arena().alloc(NameObj { header, name: self.0 });
        Word(std::ptr::from_ref(object) as u64)
    }
}

impl HashAlgorithmName<'_> {
    /// The hash that it names.
    #[must_use]
    pub fn algorithm(self) -> Option<Algorithm> {
        let all = [Algorithm::Md5, Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha384, Algorithm::Sha512];
        let name = self.0?;
        all.into_iter().find(|algorithm| name == *algorithm.name())
    }
}

fn named<'a>(cx: &Cx<'a>, algorithm: Algorithm) -> HashAlgorithmName<'a> {
    HashAlgorithmName(Some(cx.str(algorithm.name())))
}

/// The name of a hash.
#[members("public struct System.Security.Cryptography.HashAlgorithmName : IEquatable<HashAlgorithmName>",
    as = HASH_ALGORITHM_NAME, ops = NAME_OPS)]
impl<'a> HashAlgorithmName<'a> {
    /// A name; it need not be one that anybody knows.
    #[member("HashAlgorithmName(string name)", pure)]
    fn new(name: Option<Str<'a>>) -> Self {
        Self(name)
    }

    /// MD5.
    #[member("static HashAlgorithmName MD5 { get; }", pure)]
    fn md5(cx: &mut Cx<'a>) -> Self {
        named(cx, Algorithm::Md5)
    }

    /// SHA-1.
    #[member("static HashAlgorithmName SHA1 { get; }", pure)]
    fn sha1(cx: &mut Cx<'a>) -> Self {
        named(cx, Algorithm::Sha1)
    }

    /// SHA-256.
    #[member("static HashAlgorithmName SHA256 { get; }", pure)]
    fn sha256(cx: &mut Cx<'a>) -> Self {
        named(cx, Algorithm::Sha256)
    }

    /// SHA-384.
    #[member("static HashAlgorithmName SHA384 { get; }", pure)]
    fn sha384(cx: &mut Cx<'a>) -> Self {
        named(cx, Algorithm::Sha384)
    }

    /// SHA-512.
    #[member("static HashAlgorithmName SHA512 { get; }", pure)]
    fn sha512(cx: &mut Cx<'a>) -> Self {
        named(cx, Algorithm::Sha512)
    }

    /// The name; null for the default value.
    #[member("string Name { get; }", pure)]
    fn name(self) -> Option<Str<'a>> {
        self.0
    }

    /// The name; empty for the default value.
    #[member("string ToString()", pure)]
    fn to_text(self) -> Str<'a> {
        self.0.unwrap_or(Str::EMPTY)
    }

    /// Whether the names are the same.
    #[member("bool Equals(HashAlgorithmName other)", pure)]
    fn equals(self, other: Self) -> bool {
        self == other
    }

    /// Whether the other is the same name.
    #[member("bool Equals(object obj)", pure)]
    fn equals_object(self, obj: Option<Obj<'a>>) -> bool {
        obj.and_then(name_of).is_some_and(|other| self == other)
    }

    /// A number that is the same for equal names.
    #[member("int GetHashCode()")]
    fn get_hash_code(self, cx: &mut Cx<'a>) -> Result<i32, Throw> {
        self.0.map_or(Ok(0), |name| name.as_object().hash_code(cx))
    }

    /// Whether the names are the same.
    #[member("static bool operator ==(HashAlgorithmName left, HashAlgorithmName right)", pure)]
    fn equal(left: Self, right: Self) -> bool {
        left == right
    }

    /// Whether the names differ.
    #[member("static bool operator !=(HashAlgorithmName left, HashAlgorithmName right)", pure)]
    fn not_equal(left: Self, right: Self) -> bool {
        left != right
    }
}

fn name_of(object: Obj<'_>) -> Option<HashAlgorithmName<'_>> {
    object.downcast::<NameObj<'_>>().map(|object| HashAlgorithmName(object.name))
}

/// The behaviour of names of hashes.
pub static NAME_OPS: Ops = Ops {
    to_text: |_, object| Ok(name_of(object).and_then(|name| name.0).unwrap_or(Str::EMPTY)),
    equals: |_, a, b| Ok(matches!((name_of(a), name_of(b)), (Some(a), Some(b)) if a == b)),
    hash: |cx, object| match name_of(object).and_then(|name| name.0) {
        Some(name) => name.as_object().hash_code(cx),
        None => Ok(0),
    },
    default: Some(|_| Word(std::ptr::from_ref(&DEFAULT) as u64)),
    ..REFERENCE
};
