//! The files of the default theme: inside the program, or, in a build for development, those on the disk, so that
//! nothing is compiled when a template changes. `build.rs` decides which.

#[cfg(not(theme_on_disk))]
mod files {
    /// Names and bytes, sorted by name.
    static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/default_theme.rs"));

    pub(super) fn names() -> Vec<String> {
        FILES.iter().map(|(name, _)| (*name).to_owned()).collect()
    }

    pub(super) fn read(name: &str) -> Option<Vec<u8>> {
        let at = FILES.binary_search_by_key(&name, |(name, _)| name).ok()?;
        Some(FILES[at].1.to_vec())
    }
}

#[cfg(theme_on_disk)]
mod files {
    #![expect(clippy::disallowed_methods, reason = "only programs for development read it here")]

    const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default");

    pub(super) fn names() -> Vec<String> {
        let files = walkdir::WalkDir::new(FOLDER).into_iter().filter_map(Result::ok);
        let files = files.filter(|entry| entry.file_type().is_file());
        let name = |entry: walkdir::DirEntry| {
            let below = entry.path().strip_prefix(FOLDER).ok()?.to_str()?.replace('\\', "/");
            Some(below)
        };
        let mut names: Vec<String> = files.filter_map(name).collect();
        names.sort();
        names
    }

    pub(super) fn read(name: &str) -> Option<Vec<u8>> {
        // Only what is in the theme: no way leads out of it.
        names().iter().any(|known| known == name).then_some(())?;
        std::fs::read(format!("{FOLDER}/{name}")).ok()
    }
}

/// Names of the default theme's files, such as `templates/base.html`, in order.
pub fn built_in() -> impl Iterator<Item = String> {
    files::names().into_iter()
}

/// A file of the default theme.
pub fn built_in_file(name: &str) -> Option<Vec<u8>> {
    files::read(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_found_by_its_name() {
        let names: Vec<String> = built_in().collect();
        assert!(names.len() > 30 && names.is_sorted(), "{names:?}");
        assert!(names.iter().all(|name| built_in_file(name).is_some_and(|f| !f.is_empty())));
        assert!(names.iter().any(|name| name == "templates/base.html"));
        assert_eq!(built_in_file("../ledger/theme.toml"), None);
    }
}
