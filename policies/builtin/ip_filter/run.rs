//! `<ip-filter>` at run time.

use std::net::IpAddr;

use dotnet::throw::Throw;
use engine::exchange::{Exchange, Refusal};
use engine::policy::{Next, Policy};

use super::{Action, IpFilter};
use crate::value::parse_address;

impl Policy for IpFilter {
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        let action = self.action.get(exchange)?;
        let caller = exchange.request().ip_address.to_utf8();
        let Some(address) = parse_address(&caller) else {
            let message = "Failed to establish IP address for the caller. Access denied.".to_owned();
            return Err(refuse(exchange, "FailedToParseCallerIP", message));
        };
        match (action, self.lists(exchange, address)?) {
            (Action::Allow, true) | (Action::Forbid, false) => Ok(Next::Continue),
            (Action::Allow, false) => {
                let message = format!("Caller IP address {caller} is not allowed. Access denied.");
                Err(refuse(exchange, "CallerIpNotAllowed", message))
            }
            (Action::Forbid, true) => {
                let message = "Caller IP address is blocked. Access denied.".to_owned();
                Err(refuse(exchange, "CallerIpBlocked", message))
            }
        }
    }
}

impl IpFilter {
    fn lists<'x>(&'x self, exchange: &mut Exchange<'x>, caller: IpAddr) -> Result<bool, Throw> {
        for single in &self.address {
            if single.text.get(exchange)? == caller {
                return Ok(true);
            }
        }
        for range in &self.address_range {
            let (from, to) = (range.from.get(exchange)?, range.to.get(exchange)?);
            // Addresses of one kind are never between those of the other.
            if from.is_ipv4() == to.is_ipv4() && (from..=to).contains(&caller) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

#[cold]
fn refuse(exchange: &mut Exchange<'_>, reason: &'static str, message: String) -> Throw {
    let public = "Forbidden".to_owned();
    exchange.refuse(Refusal { source: None, reason, message, status: 403, public, headers: Vec::new() })
}

#[cfg(all(test, feature = "check"))]
mod tests {
    use crate::testing::{Request, World, get, load, run};

    #[test]
    fn callers_are_let_in_or_shut_out_by_their_addresses() {
        let list = "<address>192.0.2.7</address><address-range from='10.0.0.0' to='10.0.0.255'/>
            <address-range from='2001:db8::' to='2001:db8::ffff'/><address-range from='9.0.0.0' to='::1'/>";
        let cases = [
            ("192.0.2.7", true),
            ("::ffff:192.0.2.7", true),
            ("10.0.0.0", true),
            ("10.0.0.255", true),
            ("10.0.1.0", false),
            ("9.0.0.1", false),
            ("2001:DB8:0::12", true),
            ("2001:db8::1:0", false),
        ];
        for (ip_address, is_listed) in cases {
            for (action, lets_in, reason) in
                [("allow", is_listed, "CallerIpNotAllowed"), ("forbid", !is_listed, "CallerIpBlocked")]
            {
                let policy = load(&format!("<ip-filter action='{action}'>{list}</ip-filter>"));
                Request { ip_address, ..get("/") }.run(&World::default(), |exchange| {
                    assert_eq!(run(policy, exchange).is_ok(), lets_in, "{action} {ip_address}");
                    let refusal = exchange.take_refusal();
                    let found = refusal.map(|refusal| (refusal.reason, refusal.status, refusal.public));
                    let expected = (!lets_in).then(|| (reason, 403, "Forbidden".to_owned()));
                    assert_eq!(found, expected, "{action} {ip_address}");
                });
            }
        }
    }

    #[test]
    fn a_caller_without_an_address_is_refused() {
        let policy = load("<ip-filter action='forbid'><address>192.0.2.7</address></ip-filter>");
        Request { ip_address: "unknown", ..get("/") }.run(&World::default(), |exchange| {
            assert!(run(policy, exchange).is_err());
            assert_eq!(exchange.take_refusal().map(|refusal| refusal.reason), Some("FailedToParseCallerIP"));
        });
    }
}
