//! The title of a web page above its text: the heading that follows, with the name of the site behind it.

use super::super::text::{self, Line};

/// Name of the rule.
pub(super) const PAGE_TITLE: &str = "title of the page";

/// How many written lines below it are searched for the heading.
const LINES: usize = 24;

/// What is between the heading and the name of the site.
const SIGNS: [&str; 5] = [" - ", " | ", " – ", " — ", " · "];

/// Marks the first line if a line below it is the same up to the sign before the name of a site, and returns that line.
pub(super) fn mark<'l>(lines: &[Line<'l>], rules: &mut [Option<&'static str>]) -> Option<&'l str> {
    let filled = |i: &usize| !lines[*i].is_blank();
    let first = (0..lines.len()).find(filled).filter(|&i| rules[i].is_none())?;
    let title = lines[first].text;
    if !SIGNS.iter().any(|sign| title.contains(sign)) {
        return None;
    }
    let heads = |heading: &&str| {
        let rest = title.strip_prefix(heading).unwrap_or_default();
        SIGNS.iter().any(|sign| rest.starts_with(sign)) && !text::has_at_most(heading, 2)
    };
    let below = (first + 1..lines.len()).filter(filled).take(LINES);
    let heading = below.map(|i| lines[i].text.trim_start_matches(['#', ' '])).find(heads)?;
    rules[first] = Some(PAGE_TITLE);
    Some(heading)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::text::lines;

    #[test]
    fn only_a_heading_that_follows_makes_a_title_of_the_page() {
        let rule = |text: &str| {
            let lines = lines(text);
            let mut rules = vec![None; lines.len()];
            mark(&lines, &mut rules);
            rules[0]
        };
        let below = "\nPress\nHarbour Board returns the registers\nThe Board returned them.";
        let title = |first: &str| rule(&format!("{first}{below}"));
        assert_eq!(title("Harbour Board returns the registers - Tannmark Town"), Some(PAGE_TITLE));
        assert_eq!(title("Harbour Board returns the registers"), None);
        assert_eq!(title("Harbour Board returns - Tannmark Town"), None);
        assert_eq!(rule("Press - Tannmark\nPress\nThe Board returned them."), None);
    }
}
