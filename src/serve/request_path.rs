//! The path of a request → what it asks for. A path that could mean anything but one plain file is
//! refused, whatever the host that the site goes to later would make of it.

use percent_encoding::percent_decode_str;

/// What a request asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// The path of a file of the site.
    File(String),
    /// To be asked for under another address.
    Elsewhere(String),
    /// Nothing that the site has.
    Missing,
    /// A trick.
    Refused,
}

/// Finds the file that a request asks for, by its path as it was sent; `has` knows the site's files.
pub(super) fn find(raw: &str, base_path: &str, mut has: impl FnMut(&str) -> bool) -> Asked {
    let lower = raw.to_ascii_lowercase();
    let is_trick = ["%2e", "%2f", "%5c", "%00", "\\"].iter().any(|trick| lower.contains(trick));
    if is_trick || raw.split('/').any(|part| matches!(part, "." | "..")) {
        return Asked::Refused;
    }
    if !base_path.is_empty() && (raw == "/" || raw == base_path) {
        return Asked::Elsewhere(format!("{base_path}/"));
    }
    let Some(inside) = raw.strip_prefix(base_path).and_then(|r| r.strip_prefix('/')) else {
        return Asked::Missing;
    };
    let Ok(path) = percent_decode_str(inside).decode_utf8() else { return Asked::Refused };
    if path.chars().any(char::is_control) {
        return Asked::Refused;
    }
    let folder = if path.is_empty() || path.ends_with('/') { path.as_ref() } else { "" };
    let path = if path == folder { format!("{path}index.html") } else { path.into_owned() };
    if has(&path) {
        Asked::File(path)
    } else if has(&format!("{path}/index.html")) {
        Asked::Elsewhere(format!("{raw}/"))
    } else {
        Asked::Missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(raw: &str, base_path: &str) -> Asked {
        let files = ["index.html", "a/index.html", "a/text.txt", "ü b.txt"];
        find(raw, base_path, |path| files.contains(&path))
    }

    fn file(path: &str) -> Asked {
        Asked::File(path.to_owned())
    }

    #[test]
    fn files_are_found_by_exact_path() {
        assert_eq!(asked("/", ""), file("index.html"));
        assert_eq!(asked("/a/", ""), file("a/index.html"));
        assert_eq!(asked("/a/text.txt", ""), file("a/text.txt"));
        assert_eq!(asked("/%C3%BC%20b.txt", ""), file("ü b.txt"));
        assert_eq!(asked("/a", ""), Asked::Elsewhere("/a/".to_owned()));
        assert_eq!(asked("/A/", ""), Asked::Missing);
        assert_eq!(asked("/a//", ""), Asked::Missing);
    }

    #[test]
    fn the_base_path_is_respected() {
        assert_eq!(asked("/", "/archive"), Asked::Elsewhere("/archive/".to_owned()));
        assert_eq!(asked("/archive", "/archive"), Asked::Elsewhere("/archive/".to_owned()));
        assert_eq!(asked("/archive/a/", "/archive"), file("a/index.html"));
        assert_eq!(asked("/a/", "/archive"), Asked::Missing);
        assert_eq!(asked("/archives/", "/archive"), Asked::Missing);
        assert_eq!(asked("//archive/../a", "/archive"), Asked::Refused);
    }

    #[test]
    fn tricks_are_refused() {
        for path in [
            "/../a",
            "/a/../index.html",
            "/%2e%2e/a",
            "/a%2Ftext.txt",
            "/a\\b",
            "/a%5cb",
            "/a%00",
            "/a/.",
            "/%ff",
            "/%0a",
        ] {
            assert_eq!(asked(path, ""), Asked::Refused, "{path}");
        }
    }
}
