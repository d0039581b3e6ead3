//! What may stand in an attribute: harmless URLs, escaped text.

/// Escapes text for HTML.
pub fn escape(out: &mut String, text: &str) {
    // Never fails: a `String` takes everything.
    let _ = pulldown_cmark_escape::escape_html(out, text);
}

/// A link's target if it is harmless: relative, or http, https, mailto, tel.
pub fn safe_url(url: &str, base_path: &str) -> Option<String> {
    let mut cleaned = String::with_capacity(url.len());
    for c in url.trim().chars().filter(|c| !c.is_control()) {
        if c.is_whitespace() {
            cleaned.extend(percent_encoding::utf8_percent_encode(
                c.encode_utf8(&mut [0; 4]),
                percent_encoding::NON_ALPHANUMERIC,
            ));
        } else {
            cleaned.push(c);
        }
    }
    if cleaned.is_empty() || cleaned == "#" {
        return None;
    }
    if cleaned.starts_with('/') && !cleaned.starts_with("//") {
        return Some(format!("{base_path}{cleaned}"));
    }
    let scheme_end = cleaned.find([':', '/', '?', '#']);
    match scheme_end.filter(|&i| cleaned.as_bytes()[i] == b':') {
        None => Some(cleaned).filter(|c| !c.starts_with("//")),
        Some(i) => {
            let scheme = cleaned[..i].to_ascii_lowercase();
            matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel").then_some(cleaned)
        }
    }
}
