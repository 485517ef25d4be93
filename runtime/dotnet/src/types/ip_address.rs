//! `System.Net.IPAddress`.
//!
//! Not here: how addresses are read and written (`format::ip_address`).

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use dotnet_macros::members;

use crate::array::Bytes;
use crate::cx::Cx;
use crate::enumeration;
use crate::format::ip_address::IpAddress;
use crate::object::{Header, Obj, Ops, REFERENCE, fold_hash, on};
use crate::rt::Out;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::{ARGUMENT_EXCEPTION, FORMAT_EXCEPTION};
use crate::types::raise;

enumeration! {
    /// The kinds of addresses that sockets know.
    ADDRESS_FAMILY, ADDRESS_FAMILY_DEF, "public enum System.Net.Sockets.AddressFamily",
    "System.Net.Sockets.AddressFamily",
    [
        ("Unspecified", 0), ("Unix", 1), ("InterNetwork", 2), ("ImpLink", 3), ("Pup", 4), ("Chaos", 5),
        ("NS", 6), ("Ipx", 6), ("Iso", 7), ("Osi", 7), ("Ecma", 8), ("DataKit", 9), ("Ccitt", 10), ("Sna", 11),
        ("DecNet", 12), ("DataLink", 13), ("Lat", 14), ("HyperChannel", 15), ("AppleTalk", 16), ("NetBios", 17),
        ("VoiceView", 18), ("FireFox", 19), ("Banyan", 21), ("Atm", 22), ("InterNetworkV6", 23), ("Cluster", 24),
        ("Ieee12844", 25), ("Irda", 26), ("NetworkDesigners", 28), ("Max", 29), ("Unknown", -1)
    ]
}

/// The object of an `IPAddress`.
#[repr(C)]
pub struct IpAddressObj {
    header: Header,
    value: IpAddress,
}

crate::layout!(IpAddressObj, IP_ADDRESS_DEF);

impl IpAddressObj {
    fn new<'a>(cx: &Cx<'a>, value: IpAddress) -> &'a Self {
        cx.arena().alloc(Self { header: Header::new(Ty(&IP_ADDRESS)), value })
    }

    fn of<'a>(cx: &Cx<'a>, address: impl Into<IpAddr>) -> &'a Self {
        Self::new(cx, IpAddress::new(address.into()))
    }
}

/// An address of the Internet.
#[members("public class System.Net.IPAddress", as = IP_ADDRESS, ops = IP_ADDRESS_OPS)]
impl<'a> IpAddressObj {
    /// `0.0.0.0`.
    #[member("static IPAddress Any { get; }")]
    fn any(cx: &mut Cx<'a>) -> &'a Self {
        Self::of(cx, Ipv4Addr::UNSPECIFIED)
    }

    /// `127.0.0.1`.
    #[member("static IPAddress Loopback { get; }")]
    fn loopback(cx: &mut Cx<'a>) -> &'a Self {
        Self::of(cx, Ipv4Addr::LOCALHOST)
    }

    /// `255.255.255.255`.
    #[member("static IPAddress Broadcast { get; }")]
    fn broadcast(cx: &mut Cx<'a>) -> &'a Self {
        Self::of(cx, Ipv4Addr::BROADCAST)
    }

    /// `255.255.255.255`.
    #[member("static IPAddress None { get; }")]
    fn none(cx: &mut Cx<'a>) -> &'a Self {
        Self::of(cx, Ipv4Addr::BROADCAST)
    }

    /// `::`.
    #[member("static IPAddress IPv6Any { get; }")]
    fn ipv6_any(cx: &mut Cx<'a>) -> &'a Self {
        Self::of(cx, Ipv6Addr::UNSPECIFIED)
    }

    /// `::1`.
    #[member("static IPAddress IPv6Loopback { get; }")]
    fn ipv6_loopback(cx: &mut Cx<'a>) -> &'a Self {
        Self::of(cx, Ipv6Addr::LOCALHOST)
    }

    /// `::`.
    #[member("static IPAddress IPv6None { get; }")]
    fn ipv6_none(cx: &mut Cx<'a>) -> &'a Self {
        Self::of(cx, Ipv6Addr::UNSPECIFIED)
    }

    /// The address of 4 or 16 bytes.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentException` for another number of bytes.
    #[member("IPAddress(byte[] address)")]
    fn of_bytes(cx: &mut Cx<'a>, address: &'a Bytes<'a>) -> Result<&'a Self, Throw> {
        let bytes = address.to_vec();
        let v4 = <[u8; 4]>::try_from(bytes.as_slice()).ok().map(IpAddr::from);
        match v4.or_else(|| <[u8; 16]>::try_from(bytes).ok().map(IpAddr::from)) {
            Some(address) => Ok(Self::of(cx, address)),
            None => Err(wrong_length(cx)),
        }
    }

    /// The address of 16 bytes in a scope.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentException` for another number of bytes, `ArgumentOutOfRangeException`.
    #[member("IPAddress(byte[] address, long scopeid)")]
    fn of_bytes_in(cx: &mut Cx<'a>, address: &'a Bytes<'a>, scope: i64) -> Result<&'a Self, Throw> {
        let Ok(bytes) = <[u8; 16]>::try_from(address.to_vec()) else { return Err(wrong_length(cx)) };
        let Ok(scope) = u32::try_from(scope) else { return Err(raise::out_of_range(cx, "scopeid")) };
        Ok(Self::new(cx, IpAddress { address: bytes.into(), scope }))
    }

    /// The address whose first byte is the lowest of a number.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the number has more than 32 bits.
    #[member("IPAddress(long newAddress)")]
    fn of_number(cx: &mut Cx<'a>, address: i64) -> Result<&'a Self, Throw> {
        match u32::try_from(address) {
            Ok(number) => Ok(Self::of(cx, number.to_le_bytes())),
            Err(_) => Err(raise::out_of_range(cx, "newAddress")),
        }
    }

    /// The address that a text writes.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("static IPAddress Parse(string ipString)")]
    fn parse(cx: &mut Cx<'a>, text: Str<'a>) -> Result<&'a Self, Throw> {
        match IpAddress::parse(&text.to_utf8()) {
            Some(address) => Ok(Self::new(cx, address)),
            None => Err(cx.throw(Ty(&FORMAT_EXCEPTION), "An invalid IP address was specified.")),
        }
    }

    /// Whether a text writes an address, which comes back in `address`; else that is null.
    #[member("static bool TryParse(string ipString, out IPAddress address)")]
    fn try_parse(cx: &mut Cx<'a>, text: Option<Str<'a>>, address: Out<'a>) -> bool {
        let parsed = text.and_then(|text| IpAddress::parse(&text.to_utf8()));
        let object = parsed.map(|parsed| Self::new(cx, parsed));
        address.set(cx, object);
        parsed.is_some()
    }

    /// Whether it is an address of this machine itself: `127.x.x.x`, `::1`.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("static bool IsLoopback(IPAddress address)")]
    fn is_loopback(address: &'a Self) -> bool {
        match address.value.address {
            IpAddr::V4(v4) => v4.is_loopback(),
            IpAddr::V6(v6) => v6.is_loopback() || v6 == Ipv4Addr::LOCALHOST.to_ipv6_mapped(),
        }
    }

    /// `InterNetwork` or `InterNetworkV6`.
    #[member("System.Net.Sockets.AddressFamily AddressFamily { get; }")]
    fn address_family(&'a self) -> i32 {
        if self.value.address.is_ipv4() { 2 } else { 23 }
    }

    /// The scope of an address of version 6.
    ///
    /// # Throws
    /// `InvalidOperationException` for an address of version 4, where .NET has its `SocketException`.
    #[member("long ScopeId { get; }")]
    fn scope_id(&'a self, cx: &mut Cx<'a>) -> Result<i64, Throw> {
        if self.value.address.is_ipv4() {
            let ty = Ty(&crate::types::exception::INVALID_OPERATION_EXCEPTION);
            return Err(cx.throw(ty, "Operation not supported"));
        }
        Ok(i64::from(self.value.scope))
    }

    /// The address's 4 or 16 bytes.
    #[member("byte[] GetAddressBytes()")]
    fn get_address_bytes(&'a self, cx: &mut Cx<'a>) -> &'a Bytes<'a> {
        match self.value.address {
            IpAddr::V4(v4) => Bytes::new(cx, &v4.octets()),
            IpAddr::V6(v6) => Bytes::new(cx, &v6.octets()),
        }
    }

    /// Whether it is an address of version 4 in one of version 6: `::ffff:1.2.3.4`.
    #[member("bool IsIPv4MappedToIPv6 { get; }")]
    fn is_mapped(&'a self) -> bool {
        matches!(self.value.address, IpAddr::V6(v6) if v6.to_ipv4_mapped().is_some())
    }

    /// Whether it is in `fe80::/10`.
    #[member("bool IsIPv6LinkLocal { get; }")]
    fn is_link_local(&'a self) -> bool {
        self.begins_with(0xFFC0, 0xFE80)
    }

    /// Whether it is in `fec0::/10`.
    #[member("bool IsIPv6SiteLocal { get; }")]
    fn is_site_local(&'a self) -> bool {
        self.begins_with(0xFFC0, 0xFEC0)
    }

    /// Whether it is in `fc00::/7`.
    #[member("bool IsIPv6UniqueLocal { get; }")]
    fn is_unique_local(&'a self) -> bool {
        self.begins_with(0xFE00, 0xFC00)
    }

    /// Whether it is in `ff00::/8`.
    #[member("bool IsIPv6Multicast { get; }")]
    fn is_multicast(&'a self) -> bool {
        self.begins_with(0xFF00, 0xFF00)
    }

    /// Whether it is in `2001::/32`.
    #[member("bool IsIPv6Teredo { get; }")]
    fn is_teredo(&'a self) -> bool {
        matches!(self.value.address, IpAddr::V6(v6) if matches!(v6.segments(), [0x2001, 0, ..]))
    }

    /// The address in version 6: one of version 4 as `::ffff:1.2.3.4`.
    #[member("IPAddress MapToIPv6()")]
    fn map_to_ipv6(&'a self, cx: &mut Cx<'a>) -> &'a Self {
        match self.value.address {
            IpAddr::V4(v4) => Self::of(cx, v4.to_ipv6_mapped()),
            IpAddr::V6(_) => self,
        }
    }

    /// The address in version 4: the last four bytes of one of version 6.
    #[member("IPAddress MapToIPv4()")]
    fn map_to_ipv4(&'a self, cx: &mut Cx<'a>) -> &'a Self {
        match self.value.address {
            IpAddr::V4(_) => self,
            IpAddr::V6(v6) => Self::of(cx, Ipv4Addr::from(v6.to_bits() as u32)),
        }
    }

    /// The number with its bytes in the order of the network.
    #[member("static short HostToNetworkOrder(short host)", pure)]
    fn short_to_network(host: i16) -> i16 {
        host.swap_bytes()
    }

    /// The number with its bytes in the order of the network.
    #[member("static int HostToNetworkOrder(int host)", pure)]
    fn int_to_network(host: i32) -> i32 {
        host.swap_bytes()
    }

    /// The number with its bytes in the order of the network.
    #[member("static long HostToNetworkOrder(long host)", pure)]
    fn long_to_network(host: i64) -> i64 {
        host.swap_bytes()
    }

    /// The number with its bytes in the order of this machine.
    #[member("static short NetworkToHostOrder(short network)", pure)]
    fn short_to_host(network: i16) -> i16 {
        network.swap_bytes()
    }

    /// The number with its bytes in the order of this machine.
    #[member("static int NetworkToHostOrder(int network)", pure)]
    fn int_to_host(network: i32) -> i32 {
        network.swap_bytes()
    }

    /// The number with its bytes in the order of this machine.
    #[member("static long NetworkToHostOrder(long network)", pure)]
    fn long_to_host(network: i64) -> i64 {
        network.swap_bytes()
    }

    /// Whether it is the same address in the same scope.
    #[member("bool Equals(object comparand)")]
    fn equals(&'a self, comparand: Option<Obj<'a>>) -> bool {
        comparand.and_then(Obj::downcast::<Self>).is_some_and(|other| self.value == other.value)
    }

    /// A number that equal addresses share.
    #[member("int GetHashCode()")]
    fn get_hash_code(&'a self) -> i32 {
        hash_of(self.value)
    }

    /// The address as text.
    #[member("string ToString()")]
    fn text(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        cx.write(|out| self.value.write(out))
    }
}

impl IpAddressObj {
    fn begins_with(&self, mask: u16, value: u16) -> bool {
        matches!(self.value.address, IpAddr::V6(v6) if v6.segments().first().is_some_and(|first| first & mask == value))
    }
}

fn hash_of(value: IpAddress) -> i32 {
    fold_hash(BuildHasherDefault::<DefaultHasher>::default().hash_one(value))
}

fn wrong_length(cx: &mut Cx<'_>) -> Throw {
    cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), "An invalid IP address was specified.", "address")
}

/// The behaviour of addresses: equal by value.
pub static IP_ADDRESS_OPS: Ops = Ops {
    to_text: |cx, object| on(cx, object, |address: &IpAddressObj, cx| Ok(address.text(cx))),
    equals: |cx, object, other| on(cx, object, |address: &IpAddressObj, _| Ok(address.equals(Some(other)))),
    hash: |cx, object| on(cx, object, |address: &IpAddressObj, _| Ok(hash_of(address.value))),
    ..REFERENCE
};
