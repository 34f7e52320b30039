//! Proxies whose word about the sender's address is believed, and the address that follows from it.

use super::Problem;
use std::net::{IpAddr, Ipv6Addr};

/// Addresses and networks of trusted proxies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies(Vec<(IpAddr, u8)>);

impl Proxies {
    /// Reads a list of addresses and networks, separated by commas.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let mut networks = Vec::new();
        for part in text.split(',').map(str::trim).filter(|p| !p.is_empty()) {
            let network = parse_network(part).ok_or_else(|| {
                Problem::new(
                    "CONVOKE_TRUSTED_PROXIES",
                    "check-proxies",
                    "127.0.0.1, 10.0.0.0/8",
                )
                .value(part)
            })?;
            networks.push(network);
        }
        Ok(Self(networks))
    }

    fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0
            .iter()
            .any(|(network, length)| contains(*network, *length, address))
    }

    /// Who sent a request that came from `peer` with these `X-Forwarded-For` values: the last address that no trusted proxy has.
    pub fn sender<'a>(&self, peer: IpAddr, forwarded: impl Iterator<Item = &'a str>) -> IpAddr {
        let mut sender = peer.to_canonical();
        let mut named: Vec<&str> = forwarded.flat_map(|value| value.split(',')).collect();
        while self.trusts(sender) {
            let Some(address) = named.pop().and_then(|text| text.trim().parse().ok()) else {
                break;
            };
            sender = IpAddr::to_canonical(&address);
        }
        sender
    }
}

/// What attempts to sign in are counted under: an IPv4 address, or the network of 64 bits that one customer has in IPv6.
pub fn throttle_key(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let network = Ipv6Addr::from_bits(v6.to_bits() & !(u128::from(u64::MAX)));
            format!("{network}/64")
        }
    }
}

fn parse_network(text: &str) -> Option<(IpAddr, u8)> {
    let (address, length) = match text.split_once('/') {
        Some((address, length)) => (address, Some(length)),
        None => (text, None),
    };
    let address = address.parse::<IpAddr>().ok()?.to_canonical();
    let whole = if address.is_ipv4() { 32 } else { 128 };
    let length = match length {
        Some(length) => length.parse().ok().filter(|n| *n <= whole)?,
        None => whole,
    };
    Some((address, length))
}

fn contains(network: IpAddr, length: u8, address: IpAddr) -> bool {
    match (network, address) {
        (IpAddr::V4(n), IpAddr::V4(a)) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(length)).unwrap_or(0);
            n.to_bits() & mask == a.to_bits() & mask
        }
        (IpAddr::V6(n), IpAddr::V6(a)) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(length)).unwrap_or(0);
            n.to_bits() & mask == a.to_bits() & mask
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        let proxies = Proxies::parse("127.0.0.1, 10.0.0.0/8").unwrap();
        let sender = |peer, forwarded: &str| {
            proxies
                .sender(ip(peer), std::iter::once(forwarded))
                .to_string()
        };
        assert_eq!(sender("127.0.0.1", "203.0.113.7"), "203.0.113.7");
        assert_eq!(
            sender("127.0.0.1", "1.2.3.4, 203.0.113.7, 10.9.9.9"),
            "203.0.113.7"
        );
        assert_eq!(
            sender("192.0.2.1", "203.0.113.7"),
            "192.0.2.1",
            "not a proxy of ours"
        );
        assert_eq!(sender("127.0.0.1", "rubbish"), "127.0.0.1");
        assert_eq!(sender("::ffff:127.0.0.1", "203.0.113.7"), "203.0.113.7");
        assert_eq!(
            Proxies::default().sender(ip("127.0.0.1"), std::iter::once("203.0.113.7")),
            ip("127.0.0.1")
        );
    }

    #[test]
    fn networks() {
        let all = Proxies::parse("0.0.0.0/0,2001:db8::/32").unwrap();
        assert!(all.trusts(ip("198.51.100.1")));
        assert!(all.trusts(ip("2001:db8:1::1")));
        assert!(!all.trusts(ip("2001:db9::1")));
        for bad in ["localhost", "10.0.0.0/33", "10.0.0.0/", "::1/129"] {
            assert!(Proxies::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn one_customer_is_one_key() {
        assert_eq!(
            throttle_key(ip("2001:db8:1:2:3::9")),
            throttle_key(ip("2001:db8:1:2::1"))
        );
        assert_ne!(
            throttle_key(ip("2001:db8:1:2::1")),
            throttle_key(ip("2001:db8:1:3::1"))
        );
        assert_eq!(throttle_key(ip("::ffff:192.0.2.1")), "192.0.2.1");
    }
}
