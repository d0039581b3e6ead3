//! Menus that a page's text has over several lines, or in brackets.

use super::super::text::{self, Line};
use super::web::{BREADCRUMB, BUTTONS, COOKIES};

/// How many bars a menu has at least.
const BARS: usize = 3;

/// The longest item of a menu, in words.
const WORDS: usize = 4;

/// Short lines with a bar between each of them and the next: `Home`, `||`, `Permalink`, `||`, `Search`.
pub(super) fn barred(lines: &[Line<'_>], rules: &mut [Option<&'static str>]) {
    let filled: Vec<usize> = (0..lines.len()).filter(|&i| !lines[i].is_blank()).collect();
    if filled.iter().filter(|&&i| is_bar(lines[i].text)).count() < BARS {
        return;
    }
    let short = |i: usize| text::has_at_most(lines[i].text, WORDS) && !lines[i].is_prose();
    let mut from = 0;
    while let Some(first) = (from..filled.len()).find(|&k| is_bar(lines[filled[k]].text)) {
        // Between two bars there are at most two items: one may have no bar behind it.
        let mut last = first;
        let mut bars = 1;
        while let Some(next) = (last + 1..filled.len().min(last + 4))
            .take_while(|&k| is_bar(lines[filled[k]].text) || short(filled[k]))
            .find(|&k| is_bar(lines[filled[k]].text))
        {
            (last, bars) = (next, bars + 1);
        }
        from = last + 1;
        if bars < BARS {
            continue;
        }
        let before = first.checked_sub(1).filter(|&k| short(filled[k]));
        let after = Some(last + 1).filter(|&k| k < filled.len() && short(filled[k]));
        for k in before.unwrap_or(first)..=after.unwrap_or(last) {
            rules[filled[k]] = Some(BUTTONS);
        }
    }
}

/// Near the top of a page that has other menus, a row of one or two words between bars: `About | Campaigns | Library`.
pub(super) fn rows(lines: &[Line<'_>], rules: &mut [Option<&'static str>]) {
    /// How many written lines of a page may have its menus.
    const TOP: usize = 10;
    let top = || (0..lines.len()).filter(|&i| !lines[i].is_blank()).take(TOP);
    let of_page = |i: usize| matches!(rules[i], Some(BUTTONS | BREADCRUMB | COOKIES));
    if !top().any(of_page) {
        return;
    }
    let item = |item: &str| {
        let word = |c: char| c.is_alphabetic() || " '’&-".contains(c);
        !item.is_empty() && text::has_at_most(item, 2) && item.chars().all(word)
    };
    let row = |line: &str| {
        line.len() <= 200
            && line.matches('|').count() >= BARS
            && line.split('|').map(str::trim).all(item)
    };
    for i in top().collect::<Vec<_>>() {
        if rules[i].is_none() && row(lines[i].text) {
            rules[i] = Some(BUTTONS);
        }
    }
}

/// One or two bars, and nothing else.
fn is_bar(line: &str) -> bool {
    matches!(line, "|" | "||" | "|  |" | "| |")
}

/// Three items in brackets or more, one after another: `LIBRARY [Home] [Databases] [Search] [Help]`.
pub(super) fn is_row_in_brackets(line: &str) -> bool {
    if line.len() > 200 || !line.ends_with(']') || line.matches('[').count() < BARS {
        return false;
    }
    let mut items = line.split('[');
    let name = items.next().unwrap_or_default().trim();
    let item = |item: &str| {
        let words = item.trim_end().strip_suffix(']').filter(|w| !w.contains(']'));
        words.is_some_and(|w| {
            w.starts_with(char::is_uppercase) && text::has_at_most(w, WORDS) && !w.ends_with('.')
        })
    };
    text::has_at_most(name, 2) && items.all(item)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::text::lines;

    #[test]
    fn items_between_bars_are_a_menu() {
        let lines = lines(
            "Harbour home\n||\nPermalink\n||\nSearch\nPrint (pdf)\n||\nFollow\nSUMMARY STATEMENT",
        );
        let mut rules = vec![None; lines.len()];
        barred(&lines, &mut rules);
        let kept: Vec<&str> =
            lines.iter().zip(&rules).filter(|(_, r)| r.is_none()).map(|(l, _)| l.text).collect();
        assert_eq!(kept, ["SUMMARY STATEMENT"]);
    }

    #[test]
    fn a_row_of_brackets_is_a_menu() {
        assert!(is_row_in_brackets("LAWS [Home] [Databases] [World Law] [Help]"));
        assert!(is_row_in_brackets("[New search] [Contents list] [Printable version]"));
        assert!(!is_row_in_brackets("He wrote [that day] to [the] [Clerk]"));
        assert!(!is_row_in_brackets("[Home] [Help]"));
        assert!(!is_row_in_brackets("[see 1] [see 2] [see 3]"));
    }
}
