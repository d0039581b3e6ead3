//! Where seeds can be downloaded: a path for whatever name a seed has.

use std::collections::{BTreeMap, BTreeSet};

use crate::site_path::{check_site_path, is_device};

/// Bytes of a part of a path, so that a hash and an ending fit in as well.
const LONGEST: usize = 200;

/// The path of a seed that no other seed is in the way of.
pub(super) fn plain(seed: &str) -> String {
    let suffix = if seed.ends_with(".txt") || own_ending(seed).is_some() { "" } else { ".txt" };
    let path = format!("seeds/{seed}{suffix}");
    let is_long = path.split('/').any(|part| part.len() > LONGEST + 10);
    if !is_long && check_site_path(&path).is_ok() { path } else { told_apart(seed) }
}

/// A path that no other seed can have.
pub(super) fn told_apart(seed: &str) -> String {
    let hash = &blake3::hash(seed.as_bytes()).to_hex()[..8];
    let (stem, ending) = match own_ending(seed) {
        Some(ending) => (&seed[..seed.len() - ending.len() - 1], ending),
        None => (seed.strip_suffix(".txt").unwrap_or(seed), "txt"),
    };
    let parts: Vec<String> = stem.split('/').map(storable).collect();
    let path = format!("seeds/{}-{hash}.{ending}", parts.join("/"));
    // Too deep or too long as a whole.
    if check_site_path(&path).is_ok() { path } else { format!("seeds/seed-{hash}.{ending}") }
}

/// The ending of an office text or a PDF, which browsers do not show as a page of the site: it keeps its own.
fn own_ending(seed: &str) -> Option<&'static str> {
    let (_, ending) = seed.rsplit_once('.')?;
    ["docx", "odt", "rtf", "pdf"].into_iter().find(|known| ending.eq_ignore_ascii_case(known))
}

/// A part of a path that every system can store.
fn storable(part: &str) -> String {
    let is_bad = |c: char| c.is_control() || r#"\:<>"|?*"#.contains(c);
    let mut name = part.replace(is_bad, "_");
    let mut end = name.len().min(LONGEST);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name.truncate(end);
    name.truncate(name.trim_end_matches(['.', ' ']).len());
    if is_device(&name) || name.is_empty() {
        name.insert(0, '_');
    }
    name
}

/// The seeds whose plain paths differ in capital letters only, or of which one is a folder of another.
pub(super) fn clashing<'a>(seeds: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let mut by_path: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for seed in seeds {
        by_path.entry(plain(seed).to_lowercase()).or_default().insert(seed);
    }
    let mut clashing = BTreeSet::new();
    for (path, seeds) in &by_path {
        let mut folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        if let Some(file) = folders.find_map(|folder| by_path.get(folder)) {
            clashing.extend(file.iter().map(|seed| (*seed).to_owned()));
        }
        if seeds.len() > 1 {
            clashing.extend(seeds.iter().map(|seed| (*seed).to_owned()));
        }
    }
    clashing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_seed_has_a_path() {
        assert_eq!(plain("box 3/0042.txt"), "seeds/box 3/0042.txt");
        assert_eq!(plain("페이지.eml"), "seeds/페이지.eml.txt");
        assert_eq!(plain("a/letter.DOCX"), "seeds/a/letter.DOCX");
        assert_eq!(plain("letter.docx.html"), "seeds/letter.docx.html.txt");
        let hashed = plain("Re: letter.odt");
        assert!(hashed.starts_with("seeds/Re_ letter-") && hashed.ends_with(".odt"), "{hashed}");
        let long = "한".repeat(83) + ".eml";
        let deep = "y/".repeat(80) + "a.txt";
        for seed in ["Re: letter.txt", "back\\slash.txt", "aux.txt", "a./b .eml", &long, &deep] {
            let path = plain(seed);
            assert_eq!(check_site_path(&path), Ok(()), "{path}");
            assert!(path.ends_with(".txt") && path != plain("other"), "{path}");
        }
    }

    #[test]
    fn seeds_that_hosts_may_not_tell_apart_are_found() {
        let seeds = [
            "A.txt",
            "B.rtf",
            "a.txt",
            "b.rtf",
            "x.md",
            "x.md.txt",
            "q",
            "q.txt/in.txt",
            "fine.txt",
        ];
        let found = clashing(seeds.into_iter());
        let expected = ["A.txt", "B.rtf", "a.txt", "b.rtf", "q", "x.md", "x.md.txt"];
        assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), expected);
        let paths: BTreeSet<String> =
            found.iter().map(|seed| told_apart(seed).to_lowercase()).collect();
        assert_eq!(paths.len(), 7);
    }
}
