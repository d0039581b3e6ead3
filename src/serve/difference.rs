//! Style sheets before and after a change → what an open page must do.

use std::collections::BTreeMap;

/// Style sheets by path from the site's root.
pub(super) type Styles = BTreeMap<String, Vec<u8>>;

/// What an open page must do after a change.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Renewal {
    /// Nothing.
    Nothing,
    /// Exchange style sheets: path before and after.
    Styles(Vec<(String, String)>),
    /// Be loaded again.
    Page,
}

/// What a page must do if nothing but style sheets changed.
pub(super) fn between(before: &Styles, after: &Styles) -> Renewal {
    let only_in = |some: &Styles, others: &Styles| -> Vec<String> {
        let changed = some.iter().filter(|(path, style)| others.get(*path) != Some(*style));
        changed.map(|(path, _)| path.clone()).collect()
    };
    let (old, new) = (only_in(before, after), only_in(after, before));
    if old.is_empty() && new.is_empty() {
        return Renewal::Nothing;
    }
    // With a hash in its name, a new style sheet has another path.
    let stem = |path: &String| path.rsplit('/').next()?.split('.').next().map(str::to_owned);
    let is_paired = old.len() == new.len() && old.iter().zip(&new).all(|(a, b)| stem(a) == stem(b));
    if is_paired { Renewal::Styles(old.into_iter().zip(new).collect()) } else { Renewal::Page }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_is_exchanged_for_its_successor() {
        let styles = |files: &[(&str, &str)]| -> Styles {
            files.iter().map(|(path, css)| ((*path).to_owned(), css.as_bytes().to_vec())).collect()
        };
        let pair = |old: &str, new: &str| Renewal::Styles(vec![(old.to_owned(), new.to_owned())]);
        let before = styles(&[("a.css", "a"), ("assets/style.1.css", "1")]);
        for (after, renewal) in [
            (&[("a.css", "a"), ("assets/style.1.css", "1")][..], Renewal::Nothing),
            (
                &[("a.css", "a"), ("assets/style.2.css", "2")],
                pair("assets/style.1.css", "assets/style.2.css"),
            ),
            (&[("a.css", "b"), ("assets/style.1.css", "1")], pair("a.css", "a.css")),
            (&[("a.css", "a"), ("assets/print.2.css", "2")], Renewal::Page),
            (&[("a.css", "a")], Renewal::Page),
            (&[("a.css", "a"), ("assets/style.1.css", "1"), ("b.css", "b")], Renewal::Page),
        ] {
            assert_eq!(between(&before, &styles(after)), renewal, "{after:?}");
        }
    }
}
