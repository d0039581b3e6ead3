//! Which paths a file of the site may have, so that every host and every system of a reader can keep it.

use crate::limits::Limit;

/// Beginning of the names that the program keeps for itself in the site's folder.
const MANIFEST: &str = ".fonds-manifest";

/// The list of checksums that each site holds.
pub const CHECKSUMS: &str = "manifest-sha256.txt";

/// Folders of a site in which the name of a file changes with its contents, so that it may be kept for good.
pub const IMMUTABLE: [&str; 2] = ["assets/", "search/index/"];

/// Whether a file never changes: another one has another name.
pub fn is_immutable(path: &str) -> bool {
    IMMUTABLE.iter().any(|folder| path.starts_with(folder))
}

/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Whether Windows takes a name for that of a device.
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    matches!(stem.len(), 3 | 4) && DEVICES.iter().any(|device| device.eq_ignore_ascii_case(stem))
}

/// The file that a host serves at the path of a URL, without its first slash.
pub fn file_at(path: &str) -> String {
    let last = path.rsplit('/').next().unwrap_or_default();
    if last.contains('.') {
        return path.to_owned();
    }
    match path.strip_suffix('/').unwrap_or(path) {
        "" => "index.html".to_owned(),
        folder => format!("{folder}/index.html"),
    }
}

/// Bytes of a path: an object store takes no more.
const LONGEST: usize = 1024;

/// Checks that a path names a file below the site's root on any host.
pub fn check_site_path(path: &str) -> Result<(), &'static str> {
    // No other characters than these bytes are control characters, but for some that begin with 0xC2.
    let is_plain = |byte: u8| {
        let is_refused = matches!(byte, b'\\' | b':' | b'<' | b'>' | b'"' | b'|' | b'?' | b'*');
        !is_refused && !matches!(byte, 0..0x20 | 0x7F | 0xC2)
    };
    if !path.bytes().all(is_plain) {
        if path.contains(['\\', ':']) || path.chars().any(char::is_control) {
            return Err("the path holds a backslash, a colon or a control character");
        }
        if path.contains(['<', '>', '"', '|', '?', '*']) {
            return Err("the path holds one of `< > \" | ? *`, which not every system can store");
        }
    }
    if path.len() > LONGEST {
        return Err("the path is longer than 1,024 bytes");
    }
    if path.bytes().filter(|byte| *byte == b'/').count() > Limit::Folders.count() {
        return Err("the path is deeper than `folders` below `[limits]` allows");
    }
    for part in path.split('/') {
        match part {
            "" => return Err("the path has an empty part"),
            "." | ".." => return Err("the path is outside the site"),
            _ if part.ends_with(['.', ' ']) => {
                return Err("a part of the path ends in a dot or a space");
            }
            _ if is_device(part) => {
                return Err("a part of the path is the name of a device on Windows");
            }
            _ if part.len() > 255 => return Err("a part of the path is longer than 255 bytes"),
            _ => {}
        }
    }
    if path.eq_ignore_ascii_case(CHECKSUMS) {
        return Err("the name is kept for the list of the site's checksums");
    }
    if path.starts_with(MANIFEST) {
        return Err("the path is reserved for fonds");
    }
    Ok(())
}

/// Whether a build may have written a file at a path: one of a site, or the list of its checksums.
pub fn may_be_written(path: &str) -> bool {
    path == CHECKSUMS || check_site_path(path).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_names_a_file() {
        for (path, file) in [
            ("", "index.html"),
            ("a/", "a/index.html"),
            ("a/b", "a/b/index.html"),
            ("a.html", "a.html"),
            ("a//", "a//index.html"),
        ] {
            assert_eq!(file_at(path), file);
        }
    }

    #[test]
    fn only_plain_paths_pass() {
        for path in
            ["index.html", "documents/a/text.txt", ".nojekyll", "a b/ü.html", "concert/com10/§"]
        {
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
            "a /b",
            "a?b",
            "a/Con.txt",
            "lpt1/a",
            ".fonds-manifest",
            "Manifest-SHA256.txt",
            &"y/".repeat(65),
            &"long/".repeat(300),
        ] {
            assert!(check_site_path(path).is_err(), "{path}");
        }
    }
}
