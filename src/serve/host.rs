//! Who may ask: a page of the web that gives its own name our address (DNS rebinding) must not read
//! unpublished drafts, so only names of this machine are answered.

use std::net::IpAddr;

/// Whether a `Host` header names this machine, which listens at `interface`.
pub(super) fn is_ours(header: &str, interface: IpAddr) -> bool {
    let host = without_port(header.trim());
    if host.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let Ok(address) = host.trim_matches(['[', ']']).parse::<IpAddr>() else { return false };
    // A bare address cannot be rebound; one of any interface is asked for only by who opened it.
    address.is_loopback() || address == interface || interface.is_unspecified()
}

fn without_port(header: &str) -> &str {
    match header.rsplit_once(':') {
        Some((host, port)) if port.chars().all(|c| c.is_ascii_digit()) && !host.ends_with(':') => {
            host
        }
        _ => header,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_ours() {
        let loopback = IpAddr::from([127, 0, 0, 1]);
        for host in
            ["localhost", "LOCALHOST:1111", "127.0.0.1:1111", "127.1.2.3", "[::1]:80", "[::1]"]
        {
            assert!(is_ours(host, loopback), "{host}");
        }
        for host in ["", "example.org", "localhost.example.org:1111", "192.168.0.2", "127.0.0.1.x"]
        {
            assert!(!is_ours(host, loopback), "{host}");
        }
        assert!(is_ours("192.168.0.2:1111", IpAddr::from([192, 168, 0, 2])));
        assert!(is_ours("192.168.0.2:1111", IpAddr::from([0, 0, 0, 0])));
        assert!(!is_ours("example.org", IpAddr::from([0, 0, 0, 0])));
    }
}
