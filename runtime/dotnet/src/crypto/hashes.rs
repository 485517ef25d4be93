//! The classes of hashes without a key: `MD5`, `SHA1`, `SHA256`, `SHA384`, `SHA512` and their managed forms.

use dotnet_macros::members;

use super::digest::Algorithm;
use super::hash_algorithm::{Hasher, create};
use crate::cx::Cx;
use crate::object::Obj;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;

/// Declares the abstract class of an algorithm and the class whose objects its `Create` makes.
macro_rules! hashes {
    ($($algorithm:ident, $docs:literal, $class:ident, $name:ident, $self:literal, $abstract:literal,
        $managed:ident, $managed_name:ident, $managed_self:literal, $managed_class:literal;)*) => {$(
        #[doc = concat!("The members of `", $self, "`.")]
        pub struct $class;

        #[doc = $docs]
        #[members($abstract, as = $name, words = [Self = $self])]
        impl<'a> $class {
            /// A new object of the algorithm.
            #[member("static Self Create()")]
            fn create(cx: &mut Cx<'a>) -> &'a Hasher<'a> {
                Hasher::plain(cx, Ty(&$managed_name), Algorithm::$algorithm)
            }

            /// A new object of an implementation of the algorithm; null if there is none of this name.
            ///
            /// # Throws
            /// `InvalidCastException` if the name is that of another algorithm.
            #[member("static Self Create(string algName)")]
            fn create_named(cx: &mut Cx<'a>, name: Str<'a>) -> Result<Option<Obj<'a>>, Throw> {
                create(cx, name, Ty(&$name))
            }
        }

        hashes!(@managed $algorithm, $docs, $managed, $managed_name, $managed_self, $managed_class);
    )*

        /// The class of the objects that compute an algorithm.
        #[must_use]
        pub fn class_of(algorithm: Algorithm) -> Ty {
            match algorithm {
                $(Algorithm::$algorithm => Ty(&$managed_name),)*
            }
        }
    };
    (@managed $algorithm:ident, $docs:literal, $managed:ident, $managed_name:ident, $managed_self:literal,
        $managed_class:literal) => {
        #[doc = concat!("The members of `", $managed_self, "`.")]
        pub struct $managed;

        #[doc = $docs]
        #[members($managed_class, as = $managed_name, words = [Self = $managed_self])]
        impl<'a> $managed {
            /// A new object of the algorithm.
            #[member("Self()")]
            fn new(cx: &mut Cx<'a>) -> &'a Hasher<'a> {
                Hasher::plain(cx, Ty(&$managed_name), Algorithm::$algorithm)
            }
        }
    };
}

hashes! {
    Md5, "The hash function MD5.", Md5Type, MD5, "MD5", "public abstract class System.Security.Cryptography.MD5 : HashAlgorithm",
        Md5ProviderType, MD5_PROVIDER, "MD5CryptoServiceProvider",
        "public sealed class System.Security.Cryptography.MD5CryptoServiceProvider : MD5";
    Sha1, "The hash function SHA-1.", Sha1Type, SHA1, "SHA1", "public abstract class System.Security.Cryptography.SHA1 : HashAlgorithm",
        Sha1ManagedType, SHA1_MANAGED, "SHA1Managed",
        "public class System.Security.Cryptography.SHA1Managed : SHA1";
    Sha256, "The hash function SHA-256.", Sha256Type, SHA256, "SHA256", "public abstract class System.Security.Cryptography.SHA256 : HashAlgorithm",
        Sha256ManagedType, SHA256_MANAGED, "SHA256Managed",
        "public class System.Security.Cryptography.SHA256Managed : SHA256";
    Sha384, "The hash function SHA-384.", Sha384Type, SHA384, "SHA384", "public abstract class System.Security.Cryptography.SHA384 : HashAlgorithm",
        Sha384ManagedType, SHA384_MANAGED, "SHA384Managed",
        "public class System.Security.Cryptography.SHA384Managed : SHA384";
    Sha512, "The hash function SHA-512.", Sha512Type, SHA512, "SHA512", "public abstract class System.Security.Cryptography.SHA512 : HashAlgorithm",
        Sha512ManagedType, SHA512_MANAGED, "SHA512Managed",
        "public class System.Security.Cryptography.SHA512Managed : SHA512";
}
