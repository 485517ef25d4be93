//! `System.Security.Cryptography.RNGCryptoServiceProvider`: random bytes that nobody can guess.

use std::cell::Cell;

use dotnet_macros::members;

use crate::array::Bytes;
use crate::cx::Cx;
use crate::object::{Obj, bare};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::raise;

/// The members of `RandomNumberGenerator`.
pub struct GeneratorType;

/// A source of random bytes.
#[members("public abstract class System.Security.Cryptography.RandomNumberGenerator : IDisposable",
    as = RANDOM_NUMBER_GENERATOR)]
impl<'a> GeneratorType {
    /// A source of random bytes.
    #[member("static RandomNumberGenerator Create()")]
    fn create(cx: &mut Cx<'a>) -> Obj<'a> {
        bare(cx, Ty(&RNG_PROVIDER))
    }

    /// Fills an array with random bytes.
    #[member("void GetBytes(byte[] data)")]
    fn get_bytes(_this: Obj<'a>, cx: &mut Cx<'a>, data: &'a Bytes<'a>) {
        fill(cx, data.items(), |_| true);
    }

    /// Fills a part of an array with random bytes.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException`, `ArgumentException` if the part does not lie in the array.
    #[member("void GetBytes(byte[] data, int offset, int count)")]
    fn get_some_bytes(
        _this: Obj<'a>,
        cx: &mut Cx<'a>,
        data: &'a Bytes<'a>,
        offset: i32,
        count: i32,
    ) -> Result<(), Throw> {
        let Ok(offset) = usize::try_from(offset) else { return Err(raise::negative(cx, "offset")) };
        let Ok(count) = usize::try_from(count) else { return Err(raise::negative(cx, "count")) };
        match data.items().get(offset..offset.saturating_add(count)) {
            Some(part) => {
                fill(cx, part, |_| true);
                Ok(())
            }
            None => Err(raise::offset_and_length(cx)),
        }
    }

    /// Fills an array with random bytes that are not zero.
    #[member("void GetNonZeroBytes(byte[] data)")]
    fn get_non_zero_bytes(_this: Obj<'a>, cx: &mut Cx<'a>, data: &'a Bytes<'a>) {
        fill(cx, data.items(), |byte| byte != 0);
    }

    /// Ends the object's use.
    #[member("void Dispose()")]
    fn dispose(_this: Obj<'a>) {}
}

/// Writes random bytes of those that `is_wanted` takes.
fn fill(cx: &Cx<'_>, places: &[Cell<u8>], is_wanted: fn(u8) -> bool) {
    let mut places = places.iter().peekable();
    let mut random = [0; 64];
    while places.peek().is_some() {
        cx.ambient().random(&mut random);
        let wanted = random.iter().filter(|byte| is_wanted(**byte));
        for (byte, place) in wanted.zip(places.by_ref()) {
            place.set(*byte);
        }
    }
}

/// The constructors of `RNGCryptoServiceProvider`.
pub struct ProviderType;

/// A source of random bytes.
#[members("public sealed class System.Security.Cryptography.RNGCryptoServiceProvider : RandomNumberGenerator",
    as = RNG_PROVIDER)]
impl<'a> ProviderType {
    /// A source of random bytes.
    #[member("RNGCryptoServiceProvider()")]
    fn new(cx: &mut Cx<'a>) -> Obj<'a> {
        bare(cx, Ty(&RNG_PROVIDER))
    }
}
