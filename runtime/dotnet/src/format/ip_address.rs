//! Addresses of the Internet: reading them as `IPAddress.Parse` does, and writing them as its `ToString` does.
//!
//! Not here: hosts of URIs (`uri`), which may be names.

use std::io::Write;
use std::net::{IpAddr, Ipv6Addr};

use super::uri::parse_ipv4;

/// An address and, of those of version 6, the number of the scope it is meant in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IpAddress {
    /// The address.
    pub address: IpAddr,
    /// The scope; 0 if there is none.
    pub scope: u32,
}

impl IpAddress {
    /// An address without a scope.
    #[must_use]
    pub const fn new(address: IpAddr) -> Self {
        Self { address, scope: 0 }
    }

    /// The address that a text writes: one to four numbers, the last of which fills the bytes that are left, or an
    /// address of version 6, with or without brackets, port and scope.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if !text.contains(':') {
            return parse_ipv4(text).map(|address| Self::new(address.into()));
        }
        let text = match text.strip_prefix('[') {
            Some(inside) => {
                let (inside, port) = inside.split_once(']')?;
                if !is_port(port) {
                    return None;
                }
                inside
            }
            None => text,
        };
        let (address, scope) = text.split_once('%').unwrap_or((text, ""));
        let is_number = !scope.is_empty() && scope.bytes().all(|byte| byte.is_ascii_digit());
        let scope = if is_number { scope.parse().unwrap_or(0) } else { 0 };
        Some(Self { address: IpAddr::V6(address.parse().ok()?), scope })
    }

    /// Writes the address; one of version 6 with its longest run of zeros as `::`, and with four numbers at the end
    /// where the forms of RFC 5952 and of ISATAP have them.
    pub fn write(self, out: &mut Vec<u8>) {
        // Writing to memory does not fail.
        let _ = match self.address {
            IpAddr::V4(address) => write!(out, "{address}"),
            IpAddr::V6(address) => {
                write_ipv6(out, address);
                if self.scope == 0 { Ok(()) } else { write!(out, "%{}", self.scope) }
            }
        };
    }
}

/// Nothing, or a colon and a number, which may be hexadecimal.
fn is_port(text: &str) -> bool {
    let Some(number) = text.strip_prefix(':') else { return text.is_empty() };
    match number.strip_prefix("0x") {
        Some(digits) => !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => number.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

fn write_ipv6(out: &mut Vec<u8>, address: Ipv6Addr) {
    let groups = address.segments();
    let shows_ipv4 = match groups {
        [0, 0, 0, 0, 0, 0 | 0xFFFF, high, _] | [0, 0, 0, 0, 0xFFFF, 0, high, _] if high != 0 => true,
        [.., 0, 0x5EFE, _, _] => true,
        _ => false,
    };
    let (shown, rest) = groups.split_at(if shows_ipv4 { 6 } else { 8 });
    let (start, end) = longest_zeros(shown).unwrap_or((shown.len(), shown.len()));
    for (index, group) in shown.iter().enumerate() {
        if index == start {
            out.extend_from_slice(b"::");
        }
        if (start..end).contains(&index) {
            continue;
        }
        if index > 0 && index != end {
            out.push(b':');
        }
        // Writing to memory does not fail.
        let _ = write!(out, "{group:x}");
    }
    if let [high, low] = rest {
        if end != shown.len() || start == end {
            out.push(b':');
        }
        let bytes = [high.to_be_bytes(), low.to_be_bytes()].concat();
        let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
        out.extend_from_slice(numbers.join(".").as_bytes());
    }
}

/// Where the first of the longest runs of two zeros or more begins and ends.
fn longest_zeros(groups: &[u16]) -> Option<(usize, usize)> {
    let mut longest = (0, 0);
    let mut start = 0;
    for (index, group) in groups.iter().enumerate() {
        if *group != 0 {
            start = index + 1;
        } else if index + 1 - start > longest.1 - longest.0 {
            longest = (start, index + 1);
        }
    }
    (longest.1 - longest.0 > 1).then_some(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_written_as_mono_does() {
        for (text, expected) in [
            ("1", "0.0.0.1"),
            ("1.2", "1.0.0.2"),
            ("1.2.3", "1.2.0.3"),
            ("0x7f.1", "127.0.0.1"),
            ("010.0.0.1", "8.0.0.1"),
            ("4294967295", "255.255.255.255"),
            ("::", "::"),
            ("[::1]", "::1"),
            ("[::1]:80", "::1"),
            ("::1%3", "::1%3"),
            ("::1%0", "::1"),
            ("fe80::1%eth0", "fe80::1"),
            ("::ffff:1.2.3.4", "::ffff:1.2.3.4"),
            ("::0102:0304", "::1.2.3.4"),
            ("::1:2", "::0.1.0.2"),
            ("::0:2", "::2"),
            ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
            ("0:0:1::", "0:0:1::"),
            ("1::0:0:1:0:0", "1::1:0:0"),
            ("64:ff9b::1.2.3.4", "64:ff9b::102:304"),
            ("::ffff:0:1.2.3.4", "::ffff:0:1.2.3.4"),
            ("::5efe:1.2.3.4", "::5efe:1.2.3.4"),
            ("fe80::5efe:102:304", "fe80::5efe:1.2.3.4"),
            ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
            ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
            ("1:2:3:4:0:5efe:1.2.3.4", "1:2:3:4:0:5efe:1.2.3.4"),
            ("::ffff:0:0", "::ffff:0:0"),
            ("FE80::ABCD", "fe80::abcd"),
        ] {
            let mut out = Vec::new();
            IpAddress::parse(text).unwrap_or_else(|| panic!("{text}")).write(&mut out);
            assert_eq!(String::from_utf8_lossy(&out), expected, "{text}");
        }
        for text in [
            "",
            "256.1.1.1",
            "1.2.3.256",
            "1.2.3.4 ",
            " 1.2.3.4",
            "1.2.3.4.5",
            "1.2.3.",
            "1..2",
            "4294967296",
            "car",
            "2001:db8::1/64",
            "12345::",
            "::ffff:01.2.3.4",
            "[::1",
            "[::1]80",
            ":",
            "1:2",
            "+1",
        ] {
            assert_eq!(IpAddress::parse(text), None, "{text}");
        }
    }
}
