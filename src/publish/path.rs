//! Which paths a file of the site may have.

/// Bytes of a path: an object store takes no more.
const LONGEST: usize = 1024;

/// Folders inside each other.
const DEEPEST: usize = 64;

/// Checks that a path names a file below the site's root on any host.
///
/// # Errors
///
/// Says what is wrong with it.
pub fn check_site_path(path: &str) -> Result<(), &'static str> {
    // No other characters than these bytes are control characters, but for some that begin with 0xC2.
    let is_plain = |byte: u8| !matches!(byte, b'\\' | b':' | 0..0x20 | 0x7F | 0xC2);
    if !path.bytes().all(is_plain)
        && (path.contains(['\\', ':']) || path.chars().any(char::is_control))
    {
        return Err("the path holds a backslash, a colon or a control character");
    }
    if path.len() > LONGEST {
        return Err("the path is longer than 1,024 bytes");
    }
    if path.bytes().filter(|byte| *byte == b'/').count() > DEEPEST {
        return Err("the path is more than 64 folders deep");
    }
    for part in path.split('/') {
        match part {
            "" => return Err("the path has an empty part"),
            "." | ".." => return Err("the path leads out of the site"),
            _ if part.ends_with('.') => return Err("a part of the path ends in a dot"),
            _ if part.len() > 255 => return Err("a part of the path is longer than 255 bytes"),
            _ => {}
        }
    }
    if path.starts_with(super::MANIFEST) {
        return Err("the path is the program's own");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_paths_pass() {
        for path in ["index.html", "documents/a/text.txt", ".nojekyll", "a b/ü.html"] {
            assert_eq!(check_site_path(path), Ok(()), "{path}");
        }
        for path in [
            "",
            "/a",
            "a/",
            "a//b",
            "../a",
            "a/./b",
            "a\\b",
            "c:/a",
            "a\0",
            "a./b",
            ".fonds-manifest",
            &"y/".repeat(65),
            &"long/".repeat(300),
        ] {
            assert!(check_site_path(path).is_err(), "{path}");
        }
    }
}
