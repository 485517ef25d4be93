//! Hosts: names, addresses, and which of them a text is.
//!
//! Not here: ports and users.

use std::net::{Ipv4Addr, Ipv6Addr};

/// `System.UriHostNameType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HostNameType {
    /// No host.
    #[default]
    Unknown = 0,
    /// A name that DNS would not have, or a file's missing host.
    Basic = 1,
    /// A name.
    Dns = 2,
    /// Four numbers.
    IPv4 = 3,
    /// An address in brackets.
    IPv6 = 4,
}

/// `Uri.CheckHostName(name)`: IPv6 addresses with or without brackets.
pub fn check_host_name(name: &str) -> HostNameType {
    match classify(name, true) {
        Some((kind, _)) => kind,
        None if parse_ipv6(name).is_some() => HostNameType::IPv6,
        None => HostNameType::Unknown,
    }
}

/// The kind of a host and its canonical form; `None` if it is none. `short_ipv4` takes addresses of fewer numbers than
/// four, and of other bases than ten.
pub(super) fn classify(host: &str, short_ipv4: bool) -> Option<(HostNameType, String)> {
    if let Some(inside) = host.strip_prefix('[') {
        let address = parse_ipv6(inside.strip_suffix(']')?)?;
        return Some((HostNameType::IPv6, format!("[{address}]")));
    }
    let ipv4 = if short_ipv4 { parse_ipv4(host) } else { host.parse().ok() };
    if let Some(address) = ipv4 {
        return Some((HostNameType::IPv4, address.to_string()));
    }
    if is_dns_name(host) {
        return Some((HostNameType::Dns, host.to_lowercase()));
    }
    is_basic_name(host).then(|| (HostNameType::Basic, host.to_lowercase()))
}

/// Letters, digits, hyphens and underscores between dots, letters and digits first; a dot may end it all.
fn is_dns_name(host: &str) -> bool {
    const MOST_LETTERS: usize = 63;
    let name = host.strip_suffix('.').unwrap_or(host);
    let is_label = |label: &str| {
        let length = label.chars().count();
        (1..=MOST_LETTERS).contains(&length)
            && label.starts_with(char::is_alphanumeric)
            && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    !name.is_empty() && name.split('.').all(is_label)
}

/// What Windows networks take for a name.
fn is_basic_name(host: &str) -> bool {
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    host.chars().any(char::is_alphanumeric) && host.split('.').all(is_label)
}

/// One to four numbers, decimal, octal (`0`) or hexadecimal (`0x`); the last fills all bytes that are left.
pub(in crate::format) fn parse_ipv4(host: &str) -> Option<Ipv4Addr> {
    const MOST_PARTS: usize = 4;
    let numbers: Vec<u32> = host.split('.').take(MOST_PARTS + 1).map(parse_number).collect::<Option<_>>()?;
    let (last, leading) = numbers.split_last()?;
    if leading.len() >= MOST_PARTS || leading.iter().any(|number| *number > 0xFF) {
        return None;
    }
    let last_bits = 8 * (MOST_PARTS - leading.len()) as u32;
    if u64::from(*last) >> last_bits != 0 {
        return None;
    }
    let high = leading.iter().zip([24, 16, 8]).fold(0, |address, (number, shift)| address | number << shift);
    Some(Ipv4Addr::from(high | last))
}

fn parse_number(text: &str) -> Option<u32> {
    let (digits, radix) = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => (digits, 16),
        None if text.len() > 1 && text.starts_with('0') => (text, 8),
        None => (text, 10),
    };
    // Rust would take a sign.
    if digits.starts_with('+') { None } else { u32::from_str_radix(digits, radix).ok() }
}

/// An address, whose zone is dropped.
fn parse_ipv6(text: &str) -> Option<Ipv6Addr> {
    text.split('%').next()?.parse().ok()
}

/// The host with every label beyond ASCII in punycode.
pub(super) fn to_ascii(host: &str) -> String {
    let label = |label: &str| if label.is_ascii() { label.to_owned() } else { format!("xn--{}", punycode(label)) };
    host.split('.').map(label).collect::<Vec<_>>().join(".")
}

/// Source: RFC 3492.
fn punycode(label: &str) -> String {
    const BASE: u32 = 36;
    const LEAST: u32 = 1;
    const MOST: u32 = 26;
    const SKEW: u32 = 38;
    const DAMP: u32 = 700;
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = out.len() as u32;
    if basic > 0 {
        out.push('-');
    }
    let (mut next, mut delta, mut bias, mut handled) = (0x80u32, 0u32, 72u32, basic);
    let total = label.chars().count() as u32;
    while handled < total {
        let Some(smallest) = label.chars().map(u32::from).filter(|c| *c >= next).min() else { break };
        delta = delta.saturating_add((smallest - next).saturating_mul(handled + 1));
        next = smallest;
        for c in label.chars().map(u32::from) {
            delta += u32::from(c < next);
            if c != next {
                continue;
            }
            let (mut rest, mut k) = (delta, BASE);
            loop {
                let threshold = k.saturating_sub(bias).clamp(LEAST, MOST);
                if rest < threshold {
                    out.push(digit(rest));
                    break;
                }
                out.push(digit(threshold + (rest - threshold) % (BASE - threshold)));
                rest = (rest - threshold) / (BASE - threshold);
                k += BASE;
            }
            delta = if handled == basic { delta / DAMP } else { delta / 2 };
            delta += delta / (handled + 1);
            let mut steps = 0;
            while delta > (BASE - LEAST) * MOST / 2 {
                delta /= BASE - LEAST;
                steps += BASE;
            }
            bias = steps + (BASE - LEAST + 1) * delta / (delta + SKEW);
            delta = 0;
            handled += 1;
        }
        delta += 1;
        next += 1;
    }
    out
}

/// The letters first, then 0 to 9.
fn digit(value: u32) -> char {
    match value {
        0..26 => char::from(b'a' + value as u8),
        _ => char::from(b'0' + (value as u8).saturating_sub(26)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: mono.
    #[test]
    fn hosts_are_told_apart() {
        use HostNameType::{Basic, Dns, IPv4, IPv6};
        for (host, expected) in [
            ("Example.COM", Some((Dns, "example.com"))),
            ("under_score", Some((Dns, "under_score"))),
            ("h.", Some((Dns, "h."))),
            ("münchen.de", Some((Dns, "münchen.de"))),
            ("256.1.1.1", Some((Dns, "256.1.1.1"))),
            ("-h", Some((Basic, "-h"))),
            ("a._b", Some((Basic, "a._b"))),
            ("1.2.3.4", Some((IPv4, "1.2.3.4"))),
            ("010.1", Some((IPv4, "8.0.0.1"))),
            ("0x7f.1", Some((IPv4, "127.0.0.1"))),
            ("[2001:DB8:0:0:0:0:0:1]", Some((IPv6, "[2001:db8::1]"))),
            ("[fe80::1%25eth0]", Some((IPv6, "[fe80::1]"))),
            ("h..", None),
            ("a b", None),
            ("", None),
            ("[::1", None),
        ] {
            assert_eq!(classify(host, true), expected.map(|(kind, text)| (kind, text.to_owned())), "{host}");
        }
        assert_eq!(classify("127.1", false), Some((Dns, "127.1".to_owned())));
        assert_eq!(check_host_name("::1"), IPv6);
        assert_eq!(check_host_name("a b"), HostNameType::Unknown);
    }

    /// Source: RFC 3492 and mono.
    #[test]
    fn labels_are_encoded() {
        for (host, expected) in [
            ("münchen.de", "xn--mnchen-3ya.de"),
            ("例え.jp", "xn--r8jz45g.jp"),
            ("bücher", "xn--bcher-kva"),
            ("ü", "xn--tda"),
            ("a.b", "a.b"),
        ] {
            assert_eq!(to_ascii(host), expected);
        }
    }
}
