//! The document's own title, and the kind that a bare heading names.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::super::layout::Layout;
use super::super::super::lexicon::{Scope, ScopedPhrases, ScopedWords};
use super::super::super::marks;
use super::super::super::names::{self, Named};
use super::super::super::parties::{self, Mention, Writing};
use super::super::super::split;
use super::super::super::text::{self, Line};
use super::Head;
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
    if head.title.is_none() && layout.salutation.is_none() && head.compliments.is_none() {
        plain_title(head, lines, layout, taken, writing.scope);
    }
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
    let free: Vec<usize> = group.filter(|&i| !taken[i]).collect();
    let (Some(&first), Some(&last)) = (free.first(), free.last()) else { return false };
    let line = lines[first].text;
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
    let range = first..last + 1;
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
    }
    says_more
}

/// The kind that a line names, if it stands as a heading.
fn kind_of_heading(line: &str, greeted: bool, scope: Scope) -> Option<&'static str> {
    let kind = marks::kind_of_title(line, scope)?;
    let of_letter = kind == "letter" && greeted && text::has_at_most(line, 3);
    let sentence = text::ends_sentence(line) && !text::has_at_most(line, 14);
    let long = !text::has_at_most(line, 45);
    (!of_letter && !sentence && !long && names::judge(line) != Named::Address).then_some(kind)
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
    let heading = writing_title(heading, writing);
    head.title = match (&head.subject, !text::has_at_most(&heading, 1)) {
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
    let joined = lines
        .iter()
        .filter(|l| !l.is_blank())
        .map(|l| l.text.trim_start_matches('#').trim())
        .collect::<Vec<_>>()
        .join(" ");
    text::without_emphasis(&joined).to_owned()
}

/// `FOR IMMEDIATE RELEASE`, `Press release`.
fn is_release_mark(line: &str, scope: Scope) -> bool {
    text::has_at_most(line, 4) && marks::kind_of_title(line, scope) == Some("press-release")
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
    let free = |i: &usize| !taken[*i] && !lines[*i].is_blank();
    let Some(first) = (from..layout.head.end).find(free) else { return };
    let end = (first..layout.head.end).find(|i| !free(i)).unwrap_or(layout.head.end);
    let whole = title_text(&lines[first..end]);
    if text::has_at_most(&whole, 45) {
        taken[first..end].fill(true);
        head.title = Some(whole);
        head.title_lines = first..end;
        head.title_rule = "heading below a release mark";
    }
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
        labelled && text::has_at_most(lines[*i].text, 10) && !taken[*i]
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

/// Without a salutation: the first line that has the form of a title and names nobody.
fn plain_title(
    head: &mut Head,
    lines: &[Line<'_>],
    layout: &Layout,
    taken: &mut [bool],
    scope: Scope,
) {
    let candidates: Vec<usize> =
        layout.head.clone().filter(|&i| !lines[i].is_blank() && !taken[i]).take(12).collect();
    let free: Vec<usize> = candidates
        .iter()
        .copied()
        .filter(|&i| !is_sentence(lines, i, scope) && !names_somebody(lines[i].text))
        .collect();
    let found = free.iter().copied().find(|&i| has_form_of_title(lines[i].text)).or_else(|| {
        let short =
            |i: usize| text::word_count(lines[i].text) >= 2 && !text::ends_sentence(lines[i].text);
        free.iter().copied().find(|&i| candidates.len() > 2 && short(i))
    });
    let Some(at) = found else { return };
    let ends = |&i: &usize| {
        lines[i].is_blank()
            || taken[i]
            || names_somebody(lines[i].text)
            || split::is_byline(lines[i].text, scope)
    };
    let end = (at + 1..layout.head.end).find(ends).unwrap_or(layout.head.end);
    let end = if text::has_at_most(&title_text(&lines[at..end]), 40) { end } else { at + 1 };
    head.title = Some(title_text(&lines[at..end]));
    head.title_lines = at..end;
    head.title_rule = "first line that may be a title";
    taken[at..end].fill(true);
}

/// Whether a line is a person, a place, or a way to reach somebody.
fn names_somebody(line: &str) -> bool {
    let named = names::judge(line);
    matches!(named, Named::Person | Named::Contact | Named::Address | Named::Country)
}

/// Whether a line has words enough for a title, and is neither an office nor a short name of a body.
fn has_form_of_title(line: &str) -> bool {
    let enough = text::word_count(line) >= 3 || text::is_hangul(line) && text::length(line) >= 6;
    let body = || match names::judge(line) {
        Named::Role => true,
        Named::Organization => text::has_at_most(line, 7),
        _ => false,
    };
    enough && !line.ends_with([',', ':']) && !body()
}

/// Whether a line is running text: by its end, by its first word, or because it goes on in the next line.
fn is_sentence(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    static SPEAKERS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.speakers));
    let line = lines[at].text;
    let first = line.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let speaks = SPEAKERS.has_any_case(scope, first);
    let goes_on = lines.get(at + 1).is_some_and(|l| text::starts_lower(l.text));
    let counted = line.starts_with(|c: char| c.is_ascii_digit()) && line.contains(". ");
    let ends = line.ends_with([':', ',']) || line.contains("://");
    let stops =
        text::ends_sentence(line) && !line.ends_with(['?', '!']) && !text::has_at_most(line, 4);
    ends || text::starts_lower(line) || speaks || goes_on || counted || stops
}
