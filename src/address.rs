//! Which addresses may become links: one gate for all of settings, front matter and seeds.

/// Schemes of links that run nothing and read nothing of the reader's machine.
const HARMLESS: [&str; 3] = ["http", "https", "mailto"];

/// Whether an address is harmless: relative, or `http`, `https`, `mailto`.
pub fn is_harmless(address: &str) -> bool {
    let plain = |c: char| !c.is_control() && !c.is_whitespace() && !is_direction(c);
    !address.is_empty()
        && address.chars().all(plain)
        && scheme(address)
            .is_none_or(|scheme| HARMLESS.iter().any(|known| known.eq_ignore_ascii_case(scheme)))
}

/// Whether an address names a page of some site in full: `https://example.org/`.
pub fn is_web(address: &str) -> bool {
    let rest = |scheme: &str| {
        let (start, rest) = address.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    };
    let host = rest("https://").or_else(|| rest("http://"));
    is_harmless(address) && host.is_some_and(|host| !host.is_empty() && !host.starts_with('/'))
}

/// What is before the first colon, if that comes before any path, query or fragment.
fn scheme(address: &str) -> Option<&str> {
    let end = address.find([':', '/', '?', '#', '\\'])?;
    (address.as_bytes()[end] == b':').then(|| &address[..end])
}

/// Whether a character turns the direction of the text around it: an address would not be what it looks like.
pub fn is_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_schemes_pass() {
        for address in [
            "https://example.org/a:b?c#d",
            "HTTP://example.org",
            "mailto:a@example.org",
            "/seeds/a.txt",
            "a/b:c",
            "?x=a:b",
            "//example.org/",
        ] {
            assert!(is_harmless(address), "{address}");
        }
        for address in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            " javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "blob:x",
            "free to use",
            "",
            "https://example.org/\u{202e}gpj.exe",
        ] {
            assert!(!is_harmless(address), "{address:?}");
        }
    }

    #[test]
    fn an_address_in_full_names_a_host() {
        assert!(is_web("https://example.org/") && is_web("http://a"));
        for address in ["example.org", "/a", "https://", "https:///a", "mailto:a@b", "ftp://a"] {
            assert!(!is_web(address), "{address}");
        }
    }
}
