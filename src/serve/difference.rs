//! Two sites → whether an open page must be loaded again, or only its style sheets.

use std::collections::BTreeMap;

/// Files by path from the site's root.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// What changed between two sites.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Difference {
    /// Nothing.
    None,
    /// Style sheets only, and their names in the pages: path before and after.
    Styles(Vec<(String, String)>),
    /// Anything else.
    Pages,
}

/// Compares two sites.
pub(super) fn between(before: &Files, after: &Files) -> Difference {
    let changed = |path: &&String| before.get(*path) != after.get(*path);
    let gone: Vec<&String> = before.keys().filter(changed).collect();
    let new: Vec<&String> = after.keys().filter(changed).collect();
    if gone.is_empty() && new.is_empty() {
        return Difference::None;
    }
    let Some(styles) = pair_styles(&gone, &new) else { return Difference::Pages };
    // With a hash in their names, new styles have a new name in every page.
    let same_but_for_names = new.iter().filter(|path| !is_style(path)).all(|path| {
        before.get(*path).is_some_and(|page| Some(&renamed(page, &styles)) == after.get(*path))
    });
    if same_but_for_names { Difference::Styles(styles) } else { Difference::Pages }
}

fn is_style(path: &str) -> bool {
    path.ends_with(".css")
}

/// Each changed style sheet with its successor; none if one has no successor, or none changed.
fn pair_styles(gone: &[&String], new: &[&String]) -> Option<Vec<(String, String)>> {
    let stem = |path: &str| path.rsplit('/').next().map(|n| n.split('.').next().map(str::to_owned));
    let styles = |paths: &[&String]| -> Vec<String> {
        paths.iter().filter(|p| is_style(p)).map(|p| (*p).clone()).collect()
    };
    let (gone, new) = (styles(gone), styles(new));
    let is_paired = !gone.is_empty()
        && gone.len() == new.len()
        && gone.iter().zip(&new).all(|(old, new)| stem(old) == stem(new));
    is_paired.then(|| gone.into_iter().zip(new).collect())
}

/// A page with the new names of its style sheets.
fn renamed(page: &[u8], styles: &[(String, String)]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(page) else { return page.to_vec() };
    let mut text = text.to_owned();
    for (old, new) in styles.iter().filter(|(old, new)| old != new) {
        text = text.replace(old.as_str(), new);
    }
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> Files {
        files.iter().map(|(p, t)| ((*p).to_owned(), t.as_bytes().to_vec())).collect()
    }

    fn styles(old: &str, new: &str) -> Difference {
        Difference::Styles(vec![(old.to_owned(), new.to_owned())])
    }

    #[test]
    fn only_styles_are_told_from_pages() {
        let before = site(&[("a.html", "a"), ("style.css", "1")]);
        assert_eq!(between(&before, &before), Difference::None);
        let after = site(&[("a.html", "a"), ("style.css", "2")]);
        assert_eq!(between(&before, &after), styles("style.css", "style.css"));
        let after = site(&[("a.html", "b"), ("style.css", "2")]);
        assert_eq!(between(&before, &after), Difference::Pages);
    }

    #[test]
    fn a_hash_in_the_name_of_a_style_sheet_is_no_change_of_the_page() {
        let before = site(&[("a.html", "<link href=/style.1.css>a"), ("style.1.css", "1")]);
        let after = site(&[("a.html", "<link href=/style.2.css>a"), ("style.2.css", "2")]);
        assert_eq!(between(&before, &after), styles("style.1.css", "style.2.css"));
        let after = site(&[("a.html", "<link href=/style.2.css>b"), ("style.2.css", "2")]);
        assert_eq!(between(&before, &after), Difference::Pages);
    }
}
