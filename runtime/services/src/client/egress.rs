//! Which addresses requests of policies may reach.
//!
//! Names are checked before they are looked up, and addresses after: a name that leads to a closed address is refused
//! like the address itself, whoever answers for the name.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use engine::services::SendError;
use ipnet::IpNet;

/// What may be reached.
#[derive(Clone, Debug)]
pub struct Egress {
    /// If there are any, only these, whether by name or by address.
    allow: Vec<Rule>,
    /// None of these, whatever else is said.
    deny: Vec<Rule>,
}

/// A name, or a range of addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// This name, in lower case.
    Host(String),
    /// Every name below this one, which begins with a dot.
    Below(String),
    /// These addresses.
    Net(IpNet),
}

/// A rule that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither a host, `*.` with a host, nor a range of addresses")]
pub struct BadRule(pub String);

impl std::str::FromStr for Rule {
    type Err = BadRule;

    /// Reads `api.example.com`, `*.example.com`, `10.0.0.0/8` or `10.1.2.3`.
    fn from_str(text: &str) -> Result<Self, BadRule> {
        let trimmed = text.trim();
        if let Ok(net) = trimmed.parse::<IpNet>() {
            return Ok(Self::Net(net));
        }
        if let Ok(address) = trimmed.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
            return Ok(Self::Net(IpNet::from(address)));
        }
        let is_host = |host: &str| {
            let is_name_byte = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
            !host.is_empty() && !host.starts_with('.') && host.bytes().all(is_name_byte)
        };
        match trimmed.strip_prefix("*.") {
            Some(host) if is_host(host) => Ok(Self::Below(format!(".{}", host.to_ascii_lowercase()))),
            None if is_host(trimmed) => Ok(Self::Host(trimmed.to_ascii_lowercase())),
            _ => Err(BadRule(text.to_owned())),
        }
    }
}

/// The addresses at which clouds tell their machines secrets: closed unless the operator says otherwise.
fn link_local() -> [IpNet; 2] {
    let v4 = ipnet::Ipv4Net::new(Ipv4Addr::new(169, 254, 0, 0), 16).map(IpNet::V4);
    let v6 = ipnet::Ipv6Net::new(Ipv6Addr::new(0xFE80, 0, 0, 0, 0, 0, 0, 0), 10).map(IpNet::V6);
    let none = IpNet::from(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    [v4.unwrap_or(none), v6.unwrap_or(none)]
}

impl Default for Egress {
    /// Everything but the addresses of the link, where clouds tell their machines secrets.
    fn default() -> Self {
        Self::new(Vec::new(), None)
    }
}

impl Egress {
    /// Only what `allow` names, if it names anything, and nothing of `deny`; without a `deny`, the addresses of the link
    /// are closed that `allow` does not name.
    #[must_use]
    pub fn new(allow: Vec<Rule>, deny: Option<Vec<Rule>>) -> Self {
        let default = || {
            let is_named =
                |net: &IpNet| allow.iter().any(|rule| matches!(rule, Rule::Net(named) if net.contains(named)));
            link_local().into_iter().filter(|net| !is_named(net)).map(Rule::Net).collect()
        };
        let deny = deny.unwrap_or_else(default);
        Self { allow, deny }
    }

    /// Whether the name of a host says that it must not be reached.
    ///
    /// # Errors
    /// [`SendError::Forbidden`] then.
    pub fn check_host(&self, host: &str) -> Result<(), SendError> {
        let host = host.strip_suffix('.').unwrap_or(host);
        let address = host.parse::<IpAddr>().ok().map(canonical);
        let names = |rule: &Rule| match (rule, address) {
            (Rule::Host(name), _) => host.eq_ignore_ascii_case(name),
            (Rule::Below(suffix), _) => {
                let start = host.len().checked_sub(suffix.len());
                start.and_then(|start| host.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(suffix))
            }
            (Rule::Net(net), Some(address)) => net.contains(&address),
            (Rule::Net(_), None) => false,
        };
        let may_be_allowed = self.allow.is_empty()
            || self.allow.iter().any(names)
            // The name leads to an address, which is looked at then.
            || (address.is_none() && self.allow.iter().any(|rule| matches!(rule, Rule::Net(_))));
        if may_be_allowed && !self.deny.iter().any(names) {
            return Ok(());
        }
        Err(SendError::Forbidden(host.to_owned()))
    }

    /// Whether an address that `host` leads to must not be reached.
    ///
    /// # Errors
    /// [`SendError::Forbidden`] then.
    pub fn check_address(&self, host: &str, address: IpAddr) -> Result<(), SendError> {
        let address = canonical(address);
        let holds = |rule: &Rule| matches!(rule, Rule::Net(net) if net.contains(&address));
        let by_name = self.allow.iter().any(|rule| match rule {
            Rule::Host(name) => host.eq_ignore_ascii_case(name),
            Rule::Below(suffix) => host.to_ascii_lowercase().ends_with(suffix.as_str()),
            Rule::Net(_) => false,
        });
        if (self.allow.is_empty() || by_name || self.allow.iter().any(holds)) && !self.deny.iter().any(holds) {
            return Ok(());
        }
        Err(SendError::Forbidden(address.to_string()))
    }
}

/// The address as rules name it: an IPv4 address that is written as one of IPv6 is the IPv4 address.
fn canonical(address: IpAddr) -> IpAddr {
    address.to_canonical()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(texts: &[&str]) -> Vec<Rule> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn reaches(egress: &Egress, host: &str, address: &str) -> bool {
        egress.check_host(host).is_ok() && egress.check_address(host, address.parse().unwrap()).is_ok()
    }

    #[test]
    fn secrets_of_the_cloud_are_closed_unless_opened() {
        let egress = Egress::default();
        assert!(reaches(&egress, "example.com", "93.184.216.34"));
        assert!(reaches(&egress, "backend", "10.0.0.7"));
        for address in ["169.254.169.254", "::ffff:169.254.169.254", "fe80::1"] {
            assert!(!reaches(&egress, "metadata", address), "{address}");
        }
        assert!(egress.check_host("169.254.169.254").is_err());
        let opened = Egress::new(Vec::new(), Some(Vec::new()));
        assert!(reaches(&opened, "metadata", "169.254.169.254"));
    }

    #[test]
    fn a_list_of_what_is_allowed_closes_the_rest() {
        let egress = Egress::new(rules(&["*.Example.com", "api.test", "10.0.0.0/8"]), None);
        for (host, address, reached) in [
            ("a.example.com", "1.2.3.4", true),
            ("EXAMPLE.com", "1.2.3.4", false),
            ("example.com.evil.test", "1.2.3.4", false),
            ("api.test.", "1.2.3.4", false),
            ("api.test", "1.2.3.4", true),
            ("internal", "10.2.3.4", true),
            ("internal", "11.2.3.4", false),
            ("10.1.1.1", "10.1.1.1", true),
            ("11.1.1.1", "11.1.1.1", false),
            ("a.example.com", "169.254.169.254", false),
        ] {
            assert_eq!(reaches(&egress, host, address), reached, "{host} {address}");
        }
    }

    #[test]
    fn rules_are_hosts_or_ranges() {
        for bad in ["", "*", "*.", "http://x", "10.0.0.0/33", ".x", "a b"] {
            assert!(bad.parse::<Rule>().is_err(), "{bad}");
        }
    }
}
