//! The classes of keyed hashes: `HMACMD5`, `HMACSHA1`, `HMACSHA256`, `HMACSHA384`, `HMACSHA512`.

use dotnet_macros::members;

use super::digest::Algorithm;
use super::hash_algorithm::Hasher;
use crate::array::Bytes;
use crate::cx::Cx;
use crate::ty::Ty;

/// Declares the class of a keyed hash.
macro_rules! keyed {
    ($($algorithm:ident, $docs:literal, $class:ident, $name:ident, $self:literal, $declaration:literal, $groups:tt;)*) => {$(
        #[doc = concat!("The members of `", $self, "`.")]
        pub struct $class;

        #[doc = $docs]
        #[members($declaration, as = $name, groups = $groups, words = [Self = $self])]
        impl<'a> $class {
            /// An object with a random key as long as a block.
            #[member("Self()")]
            fn new(cx: &mut Cx<'a>) -> &'a Hasher<'a> {
                with_random_key(cx, Algorithm::$algorithm)
            }

            /// An object with a key of any length.
            #[member("Self(byte[] key)")]
            fn with_key(cx: &mut Cx<'a>, key: &'a Bytes<'a>) -> &'a Hasher<'a> {
                Hasher::keyed(cx, Ty(&$name), Algorithm::$algorithm, &key.to_vec())
            }
        }
    )*

        /// The class of a keyed hash.
        #[must_use]
        pub fn class_of(algorithm: Algorithm) -> Ty {
            match algorithm {
                $(Algorithm::$algorithm => Ty(&$name),)*
            }
        }
    };
}

keyed! {
    Md5, "The hash function MD5 with a key.", HmacMd5Type, HMAC_MD5, "HMACMD5", "public class System.Security.Cryptography.HMACMD5 : HMAC", [];
    Sha1, "The hash function SHA-1 with a key.", HmacSha1Type, HMAC_SHA1, "HMACSHA1", "public class System.Security.Cryptography.HMACSHA1 : HMAC",
        [SHA1_MEMBERS];
    Sha256, "The hash function SHA-256 with a key.", HmacSha256Type, HMAC_SHA256, "HMACSHA256", "public class System.Security.Cryptography.HMACSHA256 : HMAC",
        [];
    Sha384, "The hash function SHA-384 with a key.", HmacSha384Type, HMAC_SHA384, "HMACSHA384", "public class System.Security.Cryptography.HMACSHA384 : HMAC",
        [];
    Sha512, "The hash function SHA-512 with a key.", HmacSha512Type, HMAC_SHA512, "HMACSHA512", "public class System.Security.Cryptography.HMACSHA512 : HMAC",
        [];
}

/// More members of `HMACSHA1`.
#[members("System.Security.Cryptography.HMACSHA1", group = SHA1_MEMBERS)]
impl<'a> HmacSha1Type {
    /// An object with a key of any length; which implementation is used does not matter.
    #[member("HMACSHA1(byte[] key, bool useManagedSha1)")]
    fn with_implementation(cx: &mut Cx<'a>, key: &'a Bytes<'a>, _managed: bool) -> &'a Hasher<'a> {
        Self::with_key(cx, key)
    }
}

/// A keyed hash with a random key as long as a block.
pub fn with_random_key<'a>(cx: &mut Cx<'a>, algorithm: Algorithm) -> &'a Hasher<'a> {
    let mut key = vec![0; algorithm.block_bytes()];
    cx.ambient().random(&mut key);
    Hasher::keyed(cx, class_of(algorithm), algorithm, &key)
}
