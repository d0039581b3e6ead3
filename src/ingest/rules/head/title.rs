//! The document's own title, and the kind that a bare heading names.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::super::body;
use super::super::super::layout::Layout;
use super::super::super::lexicon::{Scope, ScopedPhrases, ScopedWords};
use super::super::super::marks;
use super::super::super::names::{self, Named};
use super::super::super::parties::{self, Mention, Writing};
use super::super::super::text::{self, Line};
use super::Head;
use super::candidate::{self, is_row, is_sentence};
use super::labels::office;

/// The document's own title in the head, and the kind that a bare heading names.
pub(super) fn title(
    head: &mut Head,
    lines: &[Line<'_>],
    layout: &Layout,
    taken: &mut [bool],
    writing: Writing<'_>,
) {
    let groups = text::chunks(&lines[layout.head.clone()]);
    // A document that begins with a heading is titled by it.
    let first = groups.first().filter(|g| lines[g.start].text.starts_with("# ") && !taken[g.start]);
    if let Some(group) = first {
        let whole = title_text(&lines[group.start..=group.start]);
        head.kind = head.kind.or(marks::kind_of_title(&whole, writing.scope));
        head.title = Some(whole);
        head.title_lines = group.start..group.start + 1;
        head.title_rule = "heading with a mark";
        taken[group.start] = true;
        return;
    }
    if of_edition(head, lines, layout, taken, writing) {
        return;
    }
    for group in groups {
        if titled_by_kind(head, lines, layout, taken, group, writing) {
            return;
        }
    }
    bylined_title(head, lines, layout, taken, writing);
    if head.title.is_some() {
        return;
    }
    marked_title(head, lines, layout, taken);
    let told = head.subject.is_some() || head.compliments.is_some() || layout.salutation.is_some();
    if head.title.is_none() && !told {
        plain_title(head, lines, layout, taken, writing.scope);
    }
}

/// `Minister Dawson to the Secretary of State.`: the first line tells who wrote to whom, as editions do.
fn of_edition(
    head: &mut Head,
    lines: &[Line<'_>],
    layout: &Layout,
    taken: &mut [bool],
    writing: Writing<'_>,
) -> bool {
    let free = |i: &usize| !taken[*i] && !lines[*i].is_blank();
    let Some(at) = layout.head.clone().find(free) else { return false };
    let Some(sides) = exchanged(lines[at], writing) else { return false };
    taken[at] = true;
    head.exchange = Some(sides);
    head.title = Some(title_text(&lines[at..=at]).trim_end_matches('.').to_owned());
    head.title_lines = at..at + 1;
    head.title_rule = "heading of an edition";
    true
}

/// The two sides of such a line: persons, offices, bodies.
fn exchanged(line: Line<'_>, writing: Writing<'_>) -> Option<(Mention, Mention)> {
    let (from, to) = marks::exchange(line.text, writing.scope)?;
    let side = |text: &str| {
        let bare = parties::without_article(text.trim_end_matches(['.', ' ']), writing.scope);
        let bare = bare.split('(').next().unwrap_or(bare).trim();
        match names::judge(bare) {
            Named::Person => Some(Mention {
                person: Some(writing.person(bare)),
                line: line.number,
                ..Mention::default()
            }),
            Named::Role | Named::Organization => {
                Some(office(bare, line.number, writing)).filter(Mention::is_named)
            }
            _ => None,
        }
    };
    Some((side(from)?, side(to)?))
}

/// Reads a group of lines that begins with the name of a kind; whether no further group is asked for the title.
fn titled_by_kind(
    head: &mut Head,
    lines: &[Line<'_>],
    layout: &Layout,
    taken: &mut [bool],
    group: Range<usize>,
    writing: Writing<'_>,
) -> bool {
    if let Some(at) = group.clone().find(|&i| is_dated_mark(lines[i].text, writing.scope)) {
        head.kind = head.kind.or(marks::kind_of_title(lines[at].text, writing.scope));
        head.kind_alone = true;
        headline(head, lines, layout, taken, at, writing.scope);
        return true;
    }
    let free: Vec<usize> =
        group.filter(|&i| !taken[i] || names_day(head, &lines[i], writing.scope)).collect();
    let (Some(&first), Some(&last)) = (free.first(), free.last()) else { return false };
    let line = lines[first].text;
    if is_row(lines, first) {
        return false;
    }
    let greeted = layout.salutation.is_some();
    let Some(kind) = kind_of_heading(line, greeted, writing.scope) else { return false };
    if head.kind.is_none() {
        head.kind = Some(kind);
        head.kind_alone = text::has_at_most(line, 4) && !text::ends_sentence(line);
    }
    let next = free.get(1).map_or("", |&i| lines[i].text);
    let headlined = is_mark_of_kind(line, kind) && is_headline(next);
    if headlined {
        taken[first] = true;
    }
    if headlined || is_release_mark(line, writing.scope) {
        // It says what this is; its headline follows.
        headline(head, lines, layout, taken, first, writing.scope);
        return true;
    }
    let range = first..goes_on(lines, layout, last + 1, writing.scope);
    taken[range.clone()].fill(true);
    let whole = title_text(&lines[range.clone()]);
    if kind == "memorandum" {
        memo(head, lines, layout, taken, range, &whole, writing);
        return true;
    }
    let korean = text::length(&whole) > 8 && text::is_hangul(&whole) && whole.contains(' ');
    let says_more = korean || !text::has_at_most(&whole, 3);
    if says_more {
        head.title = Some(whole);
        head.title_lines = range;
        head.title_rule = "heading that names its kind";
    } else if !is_of_parties(kind) && head.bare.is_none() {
        head.bare = Some(range);
    }
    says_more
}

/// `Minutes of a meeting held on 14 April 1973`: a heading that was read as a date already.
fn names_day(head: &Head, line: &Line<'_>, scope: Scope) -> bool {
    head.date.as_ref().is_some_and(|(_, number)| *number == line.number)
        && !text::has_at_most(line.text, 4)
        && kind_of_heading(line.text, false, scope) == Some("minutes")
}

/// Whether documents of a kind are called by who wrote them to whom, where nothing else tells them apart.
fn is_of_parties(kind: &str) -> bool {
    matches!(kind, "letter" | "open-letter" | "telegram" | "email" | "press-release")
}

/// Where a heading ends: its next lines begin with a small word, as in `… held in the Hall / on 8 May 2012`.
fn goes_on(lines: &[Line<'_>], layout: &Layout, from: usize, scope: Scope) -> usize {
    let joined = |i: &usize| {
        let first = lines[*i].text.split(' ').next().unwrap_or_default();
        let small =
            text::starts_lower(first) || text::is_caps(lines[*i].text) && is_small(first, scope);
        small && !lines[*i - 1].text.ends_with(['.', ':'])
    };
    (from..layout.head.end).find(|i| !joined(i)).unwrap_or(layout.head.end.max(from))
}

fn is_small(word: &str, scope: Scope) -> bool {
    static SMALL: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.small_words));
    SMALL.has_any_case(scope, word)
}

/// A heading without the number that an edition gives to its document: `195. Memorandum of Conversation`.
fn without_number(line: &str) -> &str {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line[digits..].strip_prefix(". ").filter(|_| (1..=4).contains(&digits));
    rest.map_or(line, str::trim_start)
}

/// The kind that a line names, if it stands as a heading.
fn kind_of_heading(line: &str, greeted: bool, scope: Scope) -> Option<&'static str> {
    let line = without_number(line);
    let kind = marks::kind_of_title(line, scope)?;
    let of_letter = kind == "letter" && greeted && text::has_at_most(line, 3);
    let sentence = text::ends_sentence(line) && !text::has_at_most(line, 14);
    let long = !text::has_at_most(line, 45);
    (!of_letter
        && !sentence
        && !long
        && !line.starts_with('(')
        && names::judge(line) != Named::Address)
        .then_some(kind)
}

/// Whether a line has only the name of a kind whose documents have headlines: `STATEMENT`.
fn is_mark_of_kind(line: &str, kind: &str) -> bool {
    matches!(kind, "statement" | "open-letter" | "resolution" | "report")
        && text::has_at_most(line, 3)
        && !text::ends_openly(line)
}

fn is_headline(line: &str) -> bool {
    text::word_count(line) >= 3 && !text::starts_lower(line) && names::judge(line) == Named::Unknown
}

/// `Note to the Chef de Cabinet`, with what it is about in the next lines.
fn memo(
    head: &mut Head,
    lines: &[Line<'_>],
    layout: &Layout,
    taken: &mut [bool],
    range: Range<usize>,
    heading: &str,
    writing: Writing<'_>,
) {
    head.is_memo = true;
    head.title_rule = "heading that names its kind";
    let to = addressed(heading, writing.scope);
    if let (Some(to), true) = (to, head.to.is_empty()) {
        let number = lines[range.start].number;
        let line = lines[range.start].with_text(to);
        head.to = parties::address(&[line], writing);
        if head.to.is_empty() {
            head.to =
                vec![office(to, number, writing)].into_iter().filter(Mention::is_named).collect();
        }
    }
    let next = (range.end..layout.head.end).find(|&i| !lines[i].is_blank() && !taken[i]);
    if head.subject.is_none()
        && !text::has_at_most(heading, 1)
        && let Some(first) = next.filter(|&i| is_title_line(lines[i].text))
    {
        let end = (first..layout.head.end)
            .find(|&i| lines[i].is_blank() || taken[i])
            .unwrap_or(layout.head.end);
        head.subject = Some((title_text(&lines[first..end]), lines[first].number));
        taken[first..end].fill(true);
    }
    let heading = text::cells(heading).first().copied().unwrap_or(heading);
    let says_more = !text::has_at_most(heading, 1);
    let heading = writing_title(heading, writing);
    head.title = match (&head.subject, says_more) {
        (Some((subject, _)), true) => Some(format!("{heading}: {subject}")),
        (Some((subject, _)), false) => Some(subject.clone()),
        (None, true) => Some(heading),
        (None, false) => None,
    };
}

/// What follows the word that directs a note, near its beginning: `Note to the Chef de Cabinet`.
fn addressed(heading: &str, scope: Scope) -> Option<&str> {
    static TO: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.memo_to));
    let mut words = heading.match_indices(' ').take_while(|(at, _)| *at < 20);
    words.find_map(|(at, _)| TO.after(scope, &heading[at + 1..]))
}

fn writing_title(text: &str, writing: Writing<'_>) -> String {
    if text::is_caps(text) { writing.ordinary(text) } else { text.to_owned() }
}

fn is_title_line(line: &str) -> bool {
    text::word_count(line) >= 2
        && (text::has_at_most(line, 40))
        && (!text::ends_sentence(line) || line.starts_with("**"))
        && !matches!(names::judge(line), Named::Address | Named::Contact | Named::Person)
}

/// A title over several lines as one text.
pub(in crate::ingest) fn title_text(lines: &[Line<'_>]) -> String {
    let lines = lines.iter().filter(|l| !l.is_blank());
    let joined = body::joined(lines.map(|l| l.text.trim_start_matches('#').trim()));
    text::without_emphasis(&joined).to_owned()
}

/// `FOR IMMEDIATE RELEASE`, `Press release`.
fn is_release_mark(line: &str, scope: Scope) -> bool {
    let mark = text::cells(line).first().copied().unwrap_or(line);
    text::has_at_most(mark, 4) && marks::kind_of_title(mark, scope) == Some("press-release")
}

/// `Pressemitteilung, Harbour Council, 19.12.2013`: the mark, who gave it out, and when, in one line.
fn is_dated_mark(line: &str, scope: Scope) -> bool {
    let Some((mark, rest)) = line.split_once(", ") else { return false };
    let digits = rest.bytes().any(|b| b.is_ascii_digit());
    digits && text::has_at_most(line, 12) && is_release_mark(mark, scope)
}

/// The first lines that nothing has taken yet and that are no mark, as far as the next blank line.
fn headline(
    head: &mut Head,
    lines: &[Line<'_>],
    layout: &Layout,
    taken: &mut [bool],
    from: usize,
    scope: Scope,
) {
    for i in from..layout.head.end {
        taken[i] |= is_release_mark(lines[i].text, scope);
    }
    let range = from..layout.head.end;
    let Some(best) = candidate::best(lines, range, taken, dated(head, lines), scope) else {
        return;
    };
    taken[best.clone()].fill(true);
    head.title = Some(title_text(&lines[best.clone()]));
    head.title_lines = best;
    head.title_rule = "heading below a release mark";
}

/// Index of the line that the date was read from.
fn dated(head: &Head, lines: &[Line<'_>]) -> Option<usize> {
    let (_, number) = head.date.as_ref()?;
    lines.iter().position(|l| l.number == *number)
}

/// A line above "By somebody" is a title, whatever its words.
fn bylined_title(
    head: &mut Head,
    lines: &[Line<'_>],
    layout: &Layout,
    taken: &mut [bool],
    writing: Writing<'_>,
) {
    let by = |i: &usize| {
        let labelled = parties::after_by(lines[*i].text, writing.scope).is_some();
        labelled && text::has_at_most(lines[*i].text, 10) && !taken[*i] && !is_row(lines, *i)
    };
    let Some(byline) = layout.head.clone().find(by).filter(|_| layout.salutation.is_none()) else {
        return;
    };
    let above = (layout.head.start..byline).rev().find(|&i| !lines[i].is_blank() && !taken[i]);
    let Some(at) = above.filter(|&i| !is_sentence(lines, i, writing.scope)) else { return };
    head.title = Some(title_text(&lines[at..=at]));
    head.title_lines = at..at + 1;
    head.title_rule = "line above a byline";
    head.kind.get_or_insert("article");
    head.byline = parties::byline(lines[byline].text, lines[byline].number, writing);
    taken[at] = true;
    taken[byline] = true;
}

/// A Markdown heading, or a line or group in bold.
fn marked_title(head: &mut Head, lines: &[Line<'_>], layout: &Layout, taken: &mut [bool]) {
    let found = text::chunks(&lines[layout.head.clone()]).into_iter().find(|g| {
        let (first, last) = (lines[g.start].text, lines[g.end - 1].text);
        let marked = first.starts_with('#') || first.starts_with("**") && last.ends_with("**");
        marked && !taken[g.start] && text::word_count(first) >= 2
    });
    if let Some(group) = found {
        let group = if lines[group.start].text.starts_with('#') {
            group.start..group.start + 1
        } else {
            group
        };
        head.title = Some(title_text(&lines[group.clone()]));
        head.title_lines = group.clone();
        head.title_rule = "heading with a mark";
        taken[group].fill(true);
    }
}

/// Without a salutation: the lines that look most like a title and name nobody.
fn plain_title(
    head: &mut Head,
    lines: &[Line<'_>],
    layout: &Layout,
    taken: &mut [bool],
    scope: Scope,
) {
    // Above a heading that is only its kind stands whose paper it is on.
    let from = head.bare.as_ref().map_or(layout.head.start, |bare| bare.end).max(head.below);
    let range = from..layout.head.end.max(from);
    let Some(best) = candidate::best(lines, range, taken, None, scope) else { return };
    taken[best.clone()].fill(true);
    head.title = Some(title_text(&lines[best.clone()]));
    head.title_lines = best;
    head.title_rule = "line that may be a title";
}
