//! Titles of sections: lines by themselves, with evidence that they are more than a short answer.

use super::super::dates;
use super::super::layout::is_bullet;
use super::super::lexicon::Scope;
use super::super::markdown::{self, Dialect};
use super::super::marks;
use super::super::names::{self, Named};
use super::super::text::{self, Break, Line};
use super::Body;
use super::blocks::{Block, number};

/// What is around a group of lines.
pub(super) struct Alone<'a, 'l> {
    /// The line before it, beyond blank ones.
    pub before: Option<&'a str>,
    /// The line after it, beyond blank ones.
    pub after: Option<&'a Line<'l>>,
    /// Whether the document has several lines by themselves that are capitalized as titles are.
    pub kin: &'a dyn std::ops::Deref<Target = bool>,
    /// Whether all of the document is in capitals, which then are no sign of a title.
    pub capitals: &'a dyn std::ops::Deref<Target = bool>,
}

/// Level and length of the mark of a Markdown heading.
pub(super) fn marked_heading(line: &str) -> Option<(usize, usize)> {
    let level = line.len() - line.trim_start_matches('#').len();
    let rest = &line[level..];
    ((1..=6).contains(&level) && rest.starts_with(' ') && !rest.trim().is_empty())
        .then_some((level.clamp(2, 6), level))
}

/// The text behind a heading's mark, without the marks that may close it.
pub(super) fn marked_title(text: &str, dialect: Dialect) -> String {
    let text = text.trim();
    let bare = text.trim_end_matches('#');
    let closed = dialect.markdown && bare.len() < text.len() && bare.ends_with([' ', '\t']);
    if closed { bare.trim_end().to_owned() } else { text.to_owned() }
}

/// A line by itself that has the form of a section's title and text after it.
pub(super) fn heading(
    body: &Body<'_, '_>,
    at: usize,
    text: &str,
    alone: &Alone<'_, '_>,
) -> Option<Block> {
    let line = &body.lines[at];
    if let Some((level, skip)) = marked_heading(line.text) {
        return Some(Block::Heading(level, marked_title(&text[skip..], body.dialect)));
    }
    if is_underlined(body, at) {
        return Some(Block::Heading(2, text.to_owned()));
    }
    let next = alone.after?;
    if is_bullet(line.text) || text.contains(markdown::CALL.0) || !is_inside(body, at, alone) {
        return None;
    }
    let whole = markdown::in_one(text);
    let bare = text::without_emphasis(&whole);
    if !has_form(bare) || !goes_before(bare, next.text) || says_more(bare, body.scope) {
        return None;
    }
    let bold = whole.starts_with("**") && whole.ends_with("**");
    if bold {
        return Some(Block::Heading(2, bare.to_owned()));
    }
    if **alone.capitals {
        return None;
    }
    let certain = || CERTAIN.iter().any(|is_sign| is_sign(bare, body.scope));
    let heads = titled(bare) && (certain() || is_evident(bare, body, at, alone));
    heads.then(|| Block::Heading(2, text.to_owned()))
}

/// Whether the seed underlines a line by itself: by a line of one sign below, nearly as long.
pub(super) fn is_underlined(body: &Body<'_, '_>, at: usize) -> bool {
    let line = &body.lines[at];
    // The rule is gone already.
    let gap = body.lines.get(at + 1).is_some_and(|next| next.number > line.number + 1);
    let above = || at.checked_sub(1).is_none_or(|above| body.lines[above].is_blank());
    if !gap || line.is_blank() || is_bullet(line.text) || !above() {
        return false;
    }
    let rule = body.vocabulary.line(line.number + 1);
    let Some(sign) = rule.chars().next().filter(|c| "=-~_".contains(*c)) else { return false };
    // In Markdown a rule of dashes may also part a text from what is below it.
    let marked = body.dialect.markdown && sign == '=';
    fits(text::length(line.text), text::length(rule), marked)
        && may_be_underlined(line.text)
        && rule.chars().all(|c| c == sign)
}

/// Whether a rule is about as long as the line above it; one of Markdown need not be.
fn fits(length: usize, rule: usize, marked: bool) -> bool {
    length.abs_diff(rule) <= 2 + length / 4 || marked && rule >= 3
}

/// Whether a line may be a heading by its own form: no sentence, no row, no long text.
fn may_be_underlined(line: &str) -> bool {
    let open = line.ends_with(['.', ',', ';', ':']);
    text::length(line) <= 100 && !open && text::cells(line).len() == 1
}

/// What makes a line with the form of a title one without further evidence.
const CERTAIN: &[fn(&str, Scope) -> bool] = &[
    |bare, _| after_section_number(bare).is_some(),
    |bare, _| text::is_caps(bare),
    marks::is_notes_heading,
];

/// Whether a line is in the text, or below the signatures, and something is above it.
fn is_inside(body: &Body<'_, '_>, at: usize, alone: &Alone<'_, '_>) -> bool {
    let layout = body.layout;
    let below = at > layout.signatures.end.max(layout.closing.unwrap_or(0));
    let first = alone.before.is_none() && layout.salutation.is_none() && body.title.is_empty();
    (below || layout.body.contains(&at)) && !first
}

/// Whether a line is as short as a title, and ends as none of its signs lets it go on.
fn has_form(bare: &str) -> bool {
    bare.len() <= 400
        && !bare.ends_with(['.', ',', ';', ':', '!', '”', '"', '。', ')', '-', '–'])
        && text::length(bare) <= 100
        && (1..=14).contains(&text::word_count(bare))
}

/// Whether what follows is a section's text.
fn goes_before(bare: &str, after: &str) -> bool {
    text::is_prose(after)
        || is_bullet(after)
        || number(after).is_some()
        || text::is_caps(bare) && !text::has_at_most(after, 5)
}

/// What is a part of a letter, a way to reach somebody, or a list.
const MORE: &[fn(&str, Scope) -> bool] = &[
    |bare, _| bare.matches(", ").count() > 1,
    |bare, _| bare.contains(": ") && bare.contains(','),
    marks::is_closing,
    marks::is_salutation,
    |bare, _| dates::date_line(bare, None).is_some(),
    |bare, scope| !marks::references(bare, scope).is_empty(),
    |bare, _| {
        let unnumbered = bare.trim_start_matches(|c: char| c.is_ascii_digit() || ".) ".contains(c));
        matches!(names::judge(unnumbered), Named::Contact | Named::Address)
    },
];

/// Whether a line says more than a title does.
fn says_more(bare: &str, scope: Scope) -> bool {
    MORE.iter().any(|is_sign| is_sign(bare, scope))
}

/// Whether something besides its form says that a line is a title.
fn is_evident(bare: &str, body: &Body<'_, '_>, at: usize, alone: &Alone<'_, '_>) -> bool {
    // What a form asks is answered in a line by itself, too.
    let asked =
        alone.before.is_some_and(|b| text::without_emphasis(b).ends_with(['?', ':', '？', '：']));
    // No text is before a headline.
    let first = || body.layout.salutation.is_none() && !body.lines[..at].iter().any(Line::is_prose);
    let breaks = || alone.after.is_some_and(|next| next.before >= Break::Section);
    !asked && (first() || is_title_cased(bare) || breaks() || **alone.kin)
}

/// Whether nearly all of the lines that are no short ones are in capitals, as those of a telegram are.
pub(super) fn in_capitals(lines: &[Line<'_>]) -> bool {
    let long = lines.iter().filter(|l| !text::has_at_most(l.text, 5));
    let (capitals, all) = long.fold((0, 0), |(capitals, all), line| {
        (capitals + usize::from(text::is_caps(line.text)), all + 1)
    });
    capitals > 2 && (all - capitals) * 8 < all
}

/// Whether several lines by themselves are capitalized as titles are, and text follows each.
pub(super) fn title_cased(body: &Body<'_, '_>, chunks: &[std::ops::Range<usize>]) -> bool {
    let pairs = chunks.windows(2).filter(|pair| pair[0].len() == 1);
    let titles = pairs.filter(|pair| {
        let (line, after) = (&body.lines[pair[0].start], &body.lines[pair[1].start]);
        let fits =
            text::has_at_most(line.text, 14) && !line.text.ends_with(['.', ',', ';', ':', '?']);
        fits && body.layout.body.contains(&pair[0].start) && after.is_prose() && titled(line.text)
    });
    titles.take(2).count() == 2
}

/// Whether a line has several longer words, and each begins with a capital.
fn is_title_cased(text: &str) -> bool {
    let mut words = text::words(text).filter(|w| w.chars().count() > 3).peekable();
    let capital = |w: &str| w.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    words.next().is_some_and(capital) && words.peek().is_some() && words.all(capital)
}

/// Capitals at the words' starts, or a section's number before a capital.
fn titled(text: &str) -> bool {
    let unnumbered = after_section_number(text);
    let (numbered, rest) = (unnumbered.is_some(), unnumbered.unwrap_or(text));
    let first = rest.chars().next();
    if text::is_hangul(text) {
        return numbered && !text.ends_with('다');
    }
    if !first.is_some_and(char::is_uppercase) {
        return false;
    }
    let words: Vec<&str> = text::words(rest).filter(|w| w.chars().count() > 3).collect();
    let capitals = words
        .iter()
        .filter(|w| w.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase))
        .count();
    numbered
        || words.is_empty() && text::is_caps(rest)
        || !words.is_empty() && capitals * 5 >= words.len() * 3
        || words.len() <= 6 && capitals > 0
}

/// What follows the number of a section: `2. Increase` and `IV) Increase` → `Increase`.
fn after_section_number(text: &str) -> Option<&str> {
    let (head, rest) = text.split_once(char::is_whitespace)?;
    let number = head.trim_matches(['(', ')', '.']);
    let digits = number.chars().all(|c| c.is_ascii_digit() || c == '.');
    // A word may be made of these letters too, but no sign follows it.
    let roman = number.chars().all(|c| "IVX".contains(c)) && number.len() < head.len();
    (!number.is_empty() && (digits || roman)).then(|| rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_number_is_no_part_of_a_word() {
        assert_eq!(after_section_number("2. Increase Engagement"), Some("Increase Engagement"));
        assert_eq!(after_section_number("IV) Visits"), Some("Visits"));
        assert_eq!(after_section_number("I urge you"), None);
        assert!(titled("2. Increase International Human Rights Engagement"));
        assert!(titled("5. Involuntary Separated Families and Abductions"));
    }
}
