//! `KeyedHashAlgorithm` and `HMAC`: what all keyed hashes do.

use dotnet_macros::members;

use super::digest::Algorithm;
use super::exception::cryptographic;
use super::hash_algorithm::{Hasher, create};
use super::hmac;
use crate::array::Bytes;
use crate::cx::Cx;
use crate::object::Obj;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;

/// The members of `KeyedHashAlgorithm`.
pub struct KeyedHashType;

/// What computes a hash with a key.
#[members("public abstract class System.Security.Cryptography.KeyedHashAlgorithm : HashAlgorithm",
    as = KEYED_HASH_ALGORITHM)]
impl<'a> KeyedHashType {
    /// The default algorithm, `HMACSHA1`, with a random key.
    #[member("static KeyedHashAlgorithm Create()")]
    fn create(cx: &mut Cx<'a>) -> &'a Hasher<'a> {
        hmac::with_random_key(cx, Algorithm::Sha1)
    }

    /// The algorithm of a name, such as `HMACSHA256`, with a random key; null if there is none of this name.
    ///
    /// # Throws
    /// `InvalidCastException` if the name is that of a hash without a key.
    #[member("static KeyedHashAlgorithm Create(string algName)")]
    fn create_named(cx: &mut Cx<'a>, name: Str<'a>) -> Result<Option<Obj<'a>>, Throw> {
        create(cx, name, Ty(&KEYED_HASH_ALGORITHM))
    }

    /// The key; one that was longer than a block was hashed.
    #[member("byte[] Key { get; }")]
    fn key(this: &'a Hasher<'a>, cx: &mut Cx<'a>) -> Option<&'a Bytes<'a>> {
        this.key().map(|key| Bytes::new(cx, key))
    }

    /// Takes another key.
    ///
    /// # Throws
    /// `CryptographicException` between the first piece of what is to be hashed and the last.
    #[member("byte[] Key { set; }")]
    fn set_key(this: &'a Hasher<'a>, cx: &mut Cx<'a>, key: &'a Bytes<'a>) -> Result<(), Throw> {
        if this.is_open() {
            return Err(cryptographic(cx, "Hash key cannot be changed after the first write to the stream."));
        }
        this.set_key(cx, &key.to_vec());
        Ok(())
    }
}

/// The members of `HMAC`.
pub struct HmacType;

/// A keyed hash that is made of a plain one.
#[members("public abstract class System.Security.Cryptography.HMAC : KeyedHashAlgorithm", as = HMAC)]
impl<'a> HmacType {
    /// The default algorithm, `HMACSHA1`, with a random key.
    #[member("static HMAC Create()")]
    fn create(cx: &mut Cx<'a>) -> &'a Hasher<'a> {
        hmac::with_random_key(cx, Algorithm::Sha1)
    }

    /// The algorithm of a name, such as `HMACSHA256`, with a random key; null if there is none of this name.
    ///
    /// # Throws
    /// `InvalidCastException` if the name is that of another kind of hash.
    #[member("static HMAC Create(string algorithmName)")]
    fn create_named(cx: &mut Cx<'a>, name: Str<'a>) -> Result<Option<Obj<'a>>, Throw> {
        create(cx, name, Ty(&HMAC))
    }

    /// The name of the plain hash.
    #[member("string HashName { get; }", pure)]
    fn hash_name(this: &'a Hasher<'a>, cx: &mut Cx<'a>) -> Str<'a> {
        cx.str(this.algorithm.name())
    }
}
