//! What a letter is about, where no label says so: a line by itself above or below the salutation.

use super::Reader;
use crate::ingest::evidence::plausible;
use crate::ingest::lexicon::Scope;
use crate::ingest::marks;
use crate::ingest::names::{self, Named};
use crate::ingest::text::{self, Line};

/// What a line must be to tell the subject without a label.
const SUBJECT: &[fn(&str, Scope) -> bool] = &[
    |line, _| (3..=25).contains(&text::word_count(line)),
    |line, _| !line.ends_with([',', ':', '.', ';']),
    |line, _| !text::starts_lower(line) && !names::has_honorific(line),
    |line, scope| marks::kind_of_title(line, scope).is_none(),
    |line, _| names::judge(line) == Named::Unknown,
    |line, scope| plausible::title(line, scope) > -40,
];

impl Reader<'_> {
    /// In German and French letters the subject is by itself between the address and the salutation.
    pub(super) fn subject_above(&mut self) {
        let lines = self.lines;
        let Some(salutation) = self.layout.salutation.filter(|_| self.head.subject.is_none())
        else {
            return;
        };
        let groups = text::chunks(&lines[..salutation]);
        let Some((group, above)) = groups.split_last() else { return };
        let at = group.start;
        let addressed = above.iter().any(|g| g.clone().any(|i| !self.taken[i]));
        if group.len() > 1 || self.taken[at] || !addressed {
            return;
        }
        let line = text::without_emphasis(lines[at].text);
        if SUBJECT.iter().all(|fits| fits(line, self.writing.scope)) {
            self.taken[at] = true;
            self.head.subject = Some((line.to_owned(), lines[at].number));
        }
    }

    /// In British and German letters the subject is below the salutation, marked in some way.
    pub(super) fn subject_below(&mut self) {
        let lines = self.lines;
        let Some(salutation) = self.layout.salutation.filter(|_| self.head.subject.is_none())
        else {
            return;
        };
        let below = (salutation + 1..self.layout.body.end).find(|&i| !lines[i].is_blank());
        let Some(at) = below else { return };
        let subject = marks::subject(lines[at].text, self.writing.scope)
            .or_else(|| has_form_of_subject(lines, at).then_some(lines[at].text))
            .or_else(|| marked(lines, at));
        self.head.subject = subject.map(|subject| (subject.to_owned(), lines[at].number));
    }
}

/// A line by itself in bold or in capitals, without its marks.
fn marked<'l>(lines: &[Line<'l>], at: usize) -> Option<&'l str> {
    let line = lines[at].text;
    let within = |mark: &str| line.starts_with(mark) && line.ends_with(mark);
    let single = lines.get(at + 1).is_none_or(Line::is_blank);
    let short = text::has_at_most(line, 25) && !text::has_at_most(line, 1);
    let marked = within("**") || within("__") || text::is_caps(line);
    (single && short && marked).then(|| text::without_emphasis(line))
}

/// Whether a line is by itself above longer ones, with capitals or a margin of its own.
fn has_form_of_subject(lines: &[Line<'_>], at: usize) -> bool {
    let line = lines[at].text;
    let single = lines.get(at + 1).is_none_or(Line::is_blank) && lines[at - 1].is_blank();
    let Some(next) = lines[at + 1..].iter().find(|l| !l.is_blank()) else { return false };
    let set_off = lines[at].indent >= next.indent + 4 || all_capital(line);
    single
        && set_off
        && !text::has_at_most(next.text, 7)
        && begins_and_ends_as_heading(line)
        && names::judge(line) != Named::Person
}

/// Whether the long words of a line, several at least, begin with capitals.
fn all_capital(line: &str) -> bool {
    let long = || text::words(line).filter(|w| w.chars().count() > 3);
    long().nth(1).is_some() && long().all(|w| w.starts_with(char::is_uppercase))
}

fn begins_and_ends_as_heading(line: &str) -> bool {
    (2..=14).contains(&text::word_count(line))
        && line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && !line.ends_with(['.', ',', ':', ';', '!', '?'])
}
