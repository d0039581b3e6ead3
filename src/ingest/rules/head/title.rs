//! The document's own title, and the kind that a bare heading names.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use super::Reader;
use super::candidate::{goes_on_from_day, is_code, is_edition, is_path, is_row, is_sentence};
use super::exchange::{exchanged, exchanged_by_names};
use super::labels::office;
use super::named_and_dated;
use crate::ingest::body;
use crate::ingest::dates::{self, DateLine};
use crate::ingest::evidence::plausible;
use crate::ingest::lexicon::{self, SMALL_WORDS, Scope, ScopedPhrases};
use crate::ingest::markdown;
use crate::ingest::marks;
use crate::ingest::names::{self, Named};
use crate::ingest::parties::{self, Mention, Writing};
use crate::ingest::rules::address;
use crate::ingest::text::{self, Line};

/// How many lines of the head may name a case.
const CASE: usize = 16;
/// How many of its written lines may be the citation of a decision.
const CITED: usize = 6;
/// Among how many of the first lines the name of who carried a telegram is.
const CARRIER: usize = 4;

impl Reader<'_> {
    /// The document's own title in the head, and the kind that a bare heading names.
    pub(super) fn title(&mut self) {
        let groups = text::chunks(&self.lines[self.layout.head.clone()]);
        if self.title_by_words(groups) {
            return;
        }
        self.title_above_byline();
        if self.head.title.is_some() {
            return;
        }
        self.title_by_marks();
        let told = self.head.subject.is_some()
            || self.head.compliments.is_some()
            || self.layout.salutation.is_some();
        if self.head.title.is_none() && !told {
            self.title_by_form();
        }
    }

    /// By a heading at the top, by who wrote to whom, by a case, or by the name of a kind.
    fn title_by_words(&mut self, groups: Vec<Range<usize>>) -> bool {
        self.title_at_top(groups.first())
            || self.title_of_edition()
            || self.title_of_case()
            || self.title_of_decision()
            || self.title_behind_mark()
            || groups.into_iter().any(|group| self.title_in_group(group))
    }

    /// A document that begins with a heading is titled by it.
    fn title_at_top(&mut self, first: Option<&Range<usize>>) -> bool {
        let begins = |at: &usize| {
            let line = self.lines[*at].text;
            let heads = line.starts_with("# ") && !self.taken[*at];
            heads && !calls_attention(line, self.writing.scope)
        };
        let Some(at) = first.map(|group| group.start).filter(begins) else { return false };
        // "# Open letter" / "## to the members of the board" is one heading.
        let below = (at + 1..self.layout.head.end).find(|&i| !self.lines[i].is_blank());
        let end = below.filter(|&i| self.goes_on_in_heading(i)).map_or(at + 1, |i| i + 1);
        let title = self.set_title(at..end, "heading with a mark");
        let kind = marks::kind_of_title(&title, self.writing.scope);
        self.head.kind = self.head.kind.or(kind);
        // "# Letter from Ada Reed to Jonas Quill"
        if marks::behind_what_was_sent(&title, self.writing.scope).is_some() {
            self.head.exchange = exchanged(self.lines[at].with_text(&title), self.writing);
        }
        true
    }

    /// Whether a heading of a lower level begins with a small word, as the one above it goes on.
    fn goes_on_in_heading(&self, at: usize) -> bool {
        let line = self.lines[at].text;
        let begins = text::starts_lower(line.trim_start_matches(['#', ' ']));
        line.starts_with("##") && begins && !self.taken[at]
    }

    /// Takes some lines for the title, found by a rule.
    fn set_title(&mut self, lines: Range<usize>, rule: &'static str) -> String {
        let title = title_text(&self.lines[lines.clone()]);
        self.taken[lines.clone()].fill(true);
        self.head.title = Some(title.clone());
        self.head.title_lines = lines;
        self.head.title_rule = rule;
        title
    }

    /// `Minister Dawson to the Secretary of State.`: the first line tells who wrote to whom, as editions do.
    fn title_of_edition(&mut self) -> bool {
        let free = |at: &usize| self.is_free(*at);
        let Some(at) = self.layout.head.clone().find(free) else { return false };
        let below = (at + 1..self.lines.len()).find(|&i| !self.lines[i].is_blank());
        let sent = below.is_some_and(|i| {
            named_and_dated(&self.lines[i], self.order, self.writing.scope).is_some()
        });
        // What goes on in small letters is running text.
        let goes_on = self.lines.get(at + 1).is_some_and(|l| text::starts_lower(l.text));
        let sides = exchanged(self.lines[at], self.writing).filter(|_| !goes_on);
        let by_names = || exchanged_by_names(self.lines[at], self.writing).filter(|_| sent);
        let Some(sides) = sides.or_else(by_names) else { return false };
        let title = self.set_title(at..at + 1, "heading of an edition");
        self.head.title = Some(title.trim_end_matches('.').to_owned());
        self.head.exchange = Some(sides);
        true
    }

    /// Reads a group of lines in parts: what was read already may be between the letterhead and the heading.
    fn title_in_group(&mut self, group: Range<usize>) -> bool {
        if self.title_by_kind(group.clone()) {
            return true;
        }
        let (lines, scope) = (self.lines, self.writing.scope);
        let read = |at: usize| {
            let line = lines[at].text;
            let reaches = matches!(names::judge(line), Named::Address | Named::Contact);
            self.taken[at] || reaches || marks::is_any_label(line)
        };
        // In capitals a heading is known as one in the midst of lines.
        let heads = |at: &usize| {
            text::is_caps(lines[*at].text)
                && (*at > group.start && read(*at - 1))
                && (!self.taken[*at] || self.names_day(&lines[*at]))
                && kind_of_heading(lines[*at].text, scope).is_some()
        };
        let Some(at) = group.clone().find(heads) else { return false };
        self.title_by_kind(at..group.end)
    }

    /// `CASE OF HOLM AND OTHERS v. THE PORT`: a line that names both sides of a case, or that its citation follows.
    fn title_of_case(&mut self) -> bool {
        let free = self.layout.head.clone().filter(|&i| self.is_free(i)).take(CASE);
        let Some(at) = { free }.find(|&at| names_case(self.lines, at, self.writing.scope)) else {
            return false;
        };
        self.set_title(at..at + 1, "name of a case");
        // "CITATION: R v Holm [1931] NASC 7"
        let named = self.head.title.as_deref().and_then(|title| title.split_once(": "));
        let labelled = |label: &str| LABELS.end(self.writing.scope, label, str::is_empty).is_some();
        if let Some((_, case)) = named.filter(|(label, _)| labelled(label)) {
            self.head.title = Some(case.trim().to_owned());
        }
        true
    }

    /// `VG Tannmark, Beschluss vom 05.12.2013 - 4 B 112/09`: a first line that names a court, its decision and its day. What
    /// a site writes may be above the Korean form, which nothing else has.
    fn title_of_decision(&mut self) -> bool {
        let (lines, scope) = (self.lines, self.writing.scope);
        let filled = self.layout.head.clone().filter(|&i| !lines[i].is_blank()).take(CITED);
        let first = |place: usize, at: usize| place < 2 || text::is_hangul(lines[at].text);
        let mut early =
            filled.enumerate().filter(|&(place, at)| first(place, at)).map(|(_, at)| at);
        let decided = |at: &usize| {
            let line = lines[*at].text;
            let kind = kind_of_decision(line, scope).filter(|_| text::has_at_most(line, 24))?;
            let reading = dates::find(line, self.order).into_iter().next()?.reading;
            reading.date.is_some().then_some((kind, reading))
        };
        let Some((at, (kind, reading))) = early.find_map(|at| Some((at, decided(&at)?))) else {
            return false;
        };
        self.set_title(at..at + 1, "name of a case");
        self.head.kind = self.head.kind.or(Some(kind));
        if self.head.date.is_none() {
            self.head.date = Some((DateLine { reading, place: None }, lines[at].number));
        }
        true
    }

    /// `For immediate release: HARBOUR BOARD RETURNS THE REGISTERS`: the mark, and the headline in the same line.
    fn title_behind_mark(&mut self) -> bool {
        let (lines, scope) = (self.lines, self.writing.scope);
        let mut free = self.layout.head.clone().filter(|&i| self.is_free(i)).take(CASE);
        let marked = |at: &usize| behind_mark(lines[*at].text, scope).is_some();
        let Some(at) = free.find(marked) else { return false };
        let caps = behind_mark(lines[at].text, scope).is_some_and(text::is_caps);
        let goes_on = |i: &usize| self.is_free(*i) && caps && text::is_caps(lines[*i].text);
        let end =
            (at + 1..self.layout.head.end).find(|i| !goes_on(i)).unwrap_or(self.layout.head.end);
        let title = self.set_title(at..end, "heading below a release mark");
        self.head.title = behind_mark(&title, scope).map(str::to_owned);
        self.head.kind = Some("press-release");
        true
    }

    /// Reads a group of lines that begins with the name of a kind; whether no further group is asked for the title.
    fn title_by_kind(&mut self, group: Range<usize>) -> bool {
        let (lines, scope) = (self.lines, self.writing.scope);
        if let Some(at) = group.clone().find(|&i| is_dated_mark(lines[i].text, scope)) {
            self.head.kind = self.head.kind.or(marks::kind_of_title(lines[at].text, scope));
            self.head.kind_alone = true;
            self.title_below_mark(at);
            return true;
        }
        let free: Vec<usize> =
            group.filter(|&i| !self.taken[i] || self.names_day(&lines[i])).collect();
        let Some(&first) = free.first() else { return false };
        let line = lines[first].text;
        if is_row(lines, first) {
            return false;
        }
        let Some(kind) = self.kind_of_line(line) else { return false };
        if self.head.kind.is_none() {
            self.head.kind = Some(kind);
            self.head.kind_alone = text::has_at_most(line, 4) && !text::ends_sentence(line);
        }
        let next = free.get(1).copied().unwrap_or(first);
        let headline =
            next > first && is_headline(lines[next].text) && !begins_sentence(lines, next);
        let headlined = is_mark_of_kind(line, kind) && headline;
        self.taken[first] |= headlined;
        if headlined || is_release_mark(line, scope) {
            // It says what this is; its headline follows.
            self.title_below_mark(first);
            return true;
        }
        let whole = self.end_of_heading(self.last_of_heading(&free) + 1);
        let end = self.end_by_kind(kind, first..whole);
        self.title_that_names(kind, first..end)
    }

    /// Where a heading ends that names a kind: above the office of who wrote or spoke, below all capitals of a resolution.
    fn end_by_kind(&self, kind: &str, whole: Range<usize>) -> usize {
        let lines = &self.lines[whole.clone()];
        // The whole heading of a long testimony has the speaker's office and whom it was given before.
        let words: usize = lines.iter().map(|l| text::word_count(l.text)).sum();
        let speaks = || words > LONG_HEADING && names_speaker(lines[0].text, self.writing.scope);
        let named = match kind {
            "letter" | "open-letter" => true,
            "statement" => speaks(),
            _ => false,
        };
        match kind {
            _ if named && self.is_followed_by_office(whole.start) => whole.start + 1,
            "resolution" => self.end_in_capitals(whole.end),
            _ => whole.end,
        }
    }

    /// The kind that a line of the head names, if it is a heading; above a greeting "Letter" is no title.
    fn kind_of_line(&self, line: &str) -> Option<&'static str> {
        let greeted = self.layout.salutation.is_some();
        let bare = |kind: &str| {
            let few = text::has_at_most(without_number(line), 3);
            kind == "letter" && few && address::before_letter(line, self.writing.scope).is_none()
        };
        kind_of_heading(line, self.writing.scope).filter(|kind| !(greeted && bare(kind)))
    }

    /// The last of the free lines of a group that belong to the heading in the first of them: what was read already, a
    /// number of a file, and the same words again end it.
    fn last_of_heading(&self, free: &[usize]) -> usize {
        let (lines, scope, first) = (self.lines, self.writing.scope, free[0]);
        // `by admin | 3 May 2017 10:12 | 341 views`
        let of_page = |text: &str| text.contains(" | ") && text.bytes().any(|b| b.is_ascii_digit());
        let another = |at: usize| {
            let text = lines[at].text;
            // "I, Ida Holm, declare" is no heading.
            let next = lines.get(at + 1).map_or("", |l| l.text);
            is_code(text)
                || of_page(text)
                || marks::declarant(text, next, scope).is_some()
                || text == lines[first].text
                || marks::judgment_part(text, scope).is_some()
        };
        let goes_on =
            |(at, next): &(&usize, usize)| *at == next && (*next == first || !another(*next));
        free.iter().zip(first..).take_while(goes_on).last().map_or(first, |(_, at)| at)
    }

    /// Whether what goes on below a heading is an office: `Letter from Ida Holm,` / `Secretary of the Harbour Board`.
    fn is_followed_by_office(&self, at: usize) -> bool {
        let next = self.lines.get(at + 1).filter(|l| !l.is_blank());
        !text::has_at_most(self.lines[at].text, 2)
            && next
                .is_some_and(|l| matches!(names::judge(l.text), Named::Role | Named::Organization))
    }

    /// Takes a heading that names a kind for the title, if it says more than that; whether it does.
    fn title_that_names(&mut self, kind: &str, lines: Range<usize>) -> bool {
        self.taken[lines.clone()].fill(true);
        let whole = title_text(&self.lines[lines.clone()]);
        if kind == "memorandum" {
            self.memo(lines, &whole);
            return true;
        }
        if self.head.issuer.is_none() {
            let number = self.lines[lines.start].number;
            self.head.issuer = issuer(&whole, kind, number, self.writing);
        }
        // `제목:` says what a statement is called that is headed by who makes it.
        if self.head.issuer.is_some() && self.head.subject.is_some() {
            self.head.bare.get_or_insert(lines);
            return true;
        }
        let korean = text::length(&whole) > 8 && text::is_hangul(&whole) && whole.contains(' ');
        let says_more = korean || !text::has_at_most(&whole, 3);
        if says_more {
            let title = self.set_title(lines, "heading that names its kind");
            // What is in capitals is a heading, though it ends as a sentence does.
            if text::is_caps(&title) && !ends_abbreviated(&title) {
                self.head.title = Some(title.trim_end_matches('.').to_owned());
            }
        } else if !is_of_parties(kind) && self.head.bare.is_none() && !whole.ends_with(':') {
            self.head.bare = Some(lines);
        }
        says_more
    }

    /// `Minutes of a meeting held on 14 April 1973`: a heading that was read as a date already.
    fn names_day(&self, line: &Line<'_>) -> bool {
        self.head.date.as_ref().is_some_and(|(_, number)| *number == line.number)
            && !text::has_at_most(line.text, 3)
            && kind_of_heading(line.text, self.writing.scope) == Some("minutes")
    }

    /// Where a heading ends: its next lines begin with a small word, as in `… held in the Hall / on 8 May 2012`.
    fn end_of_heading(&self, from: usize) -> usize {
        let (lines, end) = (self.lines, self.layout.head.end);
        // Headings in capitals may have blank lines between theirs.
        let spaced = |i: usize| {
            let next = lines[..end].get(i + 1);
            lines[i].is_blank()
                && text::is_caps(lines[i - 1].text)
                && next.is_some_and(|l| {
                    text::is_caps(l.text) && begins_small(l.text, self.writing.scope)
                })
        };
        let joined = |i: &usize| {
            if spaced(*i) {
                return true;
            }
            let first = lines[*i].text.split(' ').next().unwrap_or_default();
            let small = text::starts_lower(first)
                || text::is_caps(lines[*i].text) && is_small(first, self.writing.scope);
            let above = lines[..*i].iter().rfind(|l| !l.is_blank()).map_or("", |l| l.text);
            small && !above.ends_with(['.', ':'])
        };
        (from..end).find(|i| !joined(i)).unwrap_or(end.max(from))
    }

    /// Where a heading in capitals ends that goes on in the next lines: `A RESOLUTION OF THE COUNCIL / CALLING FOR …`.
    fn end_in_capitals(&self, from: usize) -> usize {
        let goes_on = |i: &usize| {
            let (above, line) = (self.lines[*i - 1], self.lines[*i]);
            text::is_caps(above.text)
                && text::is_caps(line.text)
                && !above.is_blank()
                && !text::has_at_most(line.text, 3)
                && !self.taken[*i]
        };
        (from.max(1)..self.layout.head.end)
            .find(|i| !goes_on(i))
            .unwrap_or(self.layout.head.end.max(from))
    }

    /// `Note to the Chef de Cabinet`, with what it is about in the next lines.
    fn memo(&mut self, lines: Range<usize>, heading: &str) {
        self.head.is_memo = true;
        self.head.title_rule = "heading that names its kind";
        if self.head.to.is_empty()
            && let Some(to) = addressed(heading, self.writing.scope)
        {
            let line = self.lines[lines.start];
            let list = parties::address(&[line.with_text(to)], self.writing);
            self.head.to = match list.is_empty() {
                true => vec![office(to, line.number, self.writing)],
                false => list,
            };
            self.head.to.retain(Mention::is_named);
        }
        let names_more = !text::has_at_most(heading, 1);
        if names_more && self.head.subject.is_none() {
            self.subject_of_memo(lines.end);
        }
        let heading = text::cells(heading).first().copied().unwrap_or(heading);
        let says_more = !text::has_at_most(heading, 1);
        let heading = writing_title(heading.trim_end_matches([':', ' ']), self.writing);
        self.head.title = match (&self.head.subject, says_more) {
            (Some((subject, _)), true) => Some(format!("{heading}: {subject}")),
            (Some((subject, _)), false) => Some(subject.clone()),
            (None, true) => Some(heading),
            (None, false) => None,
        };
    }

    /// The free lines below a memorandum's heading, if they have the form of a title.
    fn subject_of_memo(&mut self, from: usize) {
        let (lines, end) = (self.lines, self.layout.head.end);
        let next = (from..end).find(|&i| self.is_free(i));
        let says = |line: &str| is_title_line(line) && !marks::is_any_label(line);
        let Some(first) = next.filter(|&i| says(lines[i].text)) else { return };
        let end = (first..end).find(|&i| !self.is_free(i)).unwrap_or(end);
        if has_sentence(&title_text(&lines[first..end])) {
            return;
        }
        self.head.subject = Some((title_text(&lines[first..end]), lines[first].number));
        self.taken[first..end].fill(true);
    }

    /// The first lines that nothing has taken yet and that are no mark, as far as the next blank line.
    fn title_below_mark(&mut self, from: usize) {
        for i in from..self.layout.head.end {
            self.taken[i] |= is_release_mark(self.lines[i].text, self.writing.scope);
        }
        let dated = self.head.date.as_ref().and_then(|(_, number)| self.index(*number));
        if let Some(best) = self.best(from, dated) {
            let title = self.set_title(best, "heading below a release mark");
            self.head.title = Some(before_day(&title).to_owned());
        }
    }

    /// Index of the line with a number in the seed.
    pub(super) fn index(&self, number: usize) -> Option<usize> {
        self.lines.iter().position(|l| l.number == number)
    }

    /// A line above "By somebody" is a title, whatever its words.
    fn title_above_byline(&mut self) {
        if self.layout.salutation.is_some() {
            return;
        }
        let (lines, scope) = (self.lines, self.writing.scope);
        let by = |i: &usize| {
            let labelled = parties::after_by(lines[*i].text, scope).is_some();
            let short = text::has_at_most(lines[*i].text, 10);
            labelled && short && !self.taken[*i] && !is_row(lines, *i)
        };
        let Some(byline) = self.layout.head.clone().find(by) else { return };
        let mut above = (self.layout.head.start..byline).rev();
        let above = above.find(|&i| self.is_free(i) && !is_edition(lines[i].text, scope));
        // On a title page a title in capitals is above the subtitle.
        let main = |at: usize| {
            let main = (self.layout.head.start..at).rev().find(|&i| !lines[i].is_blank())?;
            let caps = text::is_caps(lines[main].text) && !text::is_caps(lines[at].text);
            (caps && self.is_free(main) && main + 1 < at).then_some(main)
        };
        let above = above.map(|at| main(at).unwrap_or(at));
        let Some(at) = above.filter(|&i| !is_sentence(lines, i, scope)) else { return };
        self.set_title(at..at + 1, "line above a byline");
        self.head.kind.get_or_insert("article");
        let Line { text, number, .. } = lines[byline];
        self.head.byline = parties::byline(text, number, self.writing);
        self.taken[byline] = true;
    }

    /// A Markdown heading, or a line or group in bold.
    fn title_by_marks(&mut self) {
        let lines = self.lines;
        let groups = text::chunks(&lines[self.layout.head.clone()]).into_iter();
        let marked: Vec<Range<usize>> = groups.filter(|group| self.is_marked(group)).collect();
        let own = marked.iter().find(|group| !self.is_paper(group)).or_else(|| marked.first());
        if let Some(group) = own.cloned() {
            let heading = lines[group.start].text.starts_with('#');
            let end = if heading { group.start + 1 } else { group.end };
            let paper = self.is_paper(&group);
            let rule = if paper { "line that may be a title" } else { "heading with a mark" };
            self.set_title(group.start..end, rule);
        }
    }

    /// Whether lines are a heading by their signs.
    fn is_marked(&self, group: &Range<usize>) -> bool {
        let (first, last) = (self.lines[group.start].text, self.lines[group.end - 1].text);
        let marked = first.starts_with('#') || first.starts_with("**") && last.ends_with("**");
        marked
            && !self.taken[group.start]
            && !self.begins_text(first, last)
            && names_something(first)
            && !calls_attention(first, self.writing.scope)
    }

    /// Whether a heading is a body in bold, which may be whose paper it is.
    fn is_paper(&self, group: &Range<usize>) -> bool {
        let line = self.lines[group.start].text;
        let bare = text::without_emphasis(line);
        line.starts_with("**")
            && group.len() == 1
            && text::has_at_most(bare, 7)
            && names::judge(bare) == Named::Organization
            && marks::kind_of_title(bare, self.writing.scope).is_none()
    }

    /// Whether a sentence in bold is below the heading that says what the text is, and begins it.
    fn begins_text(&self, first: &str, last: &str) -> bool {
        let sentence = text::ends_sentence(last.trim_matches('*')) && text::is_prose(first);
        sentence && self.head.bare.is_some()
    }

    /// Without a salutation: the lines that look most like a title and name nobody.
    fn title_by_form(&mut self) {
        // Below the name of who carried a telegram is whom it is for.
        let mut early = self.lines.iter().filter(|l| !l.is_blank()).take(CARRIER);
        if early.any(|l| marks::is_carrier(l.text, self.writing.scope)) {
            return;
        }
        // Above a heading that is only its kind is whose paper it is on.
        if self.head.bare.is_some() && self.head.kind == Some("judgment") {
            // What is below it are the sides.
            return;
        }
        let bare = self.head.bare.as_ref().map_or(self.layout.head.start, |bare| bare.end);
        if let Some(best) = self.best(bare.max(self.head.below), None) {
            self.set_title(best, "line that may be a title");
        }
    }
}

/// `There appears the mason` / `Heinrich Wiegand,`: whether a sentence goes on below a line.
fn begins_sentence(lines: &[Line<'_>], at: usize) -> bool {
    let below = lines[at + 1..].iter().find(|l| !l.is_blank());
    below.is_some_and(|l| l.text.ends_with(',') || text::starts_lower(l.text))
}

/// What a line decides that names a court before it: `VG Tannmark, Beschluss vom …`, `항구법원 2005. 3. 4. 선고 … 판결`.
pub(in crate::ingest::rules) fn kind_of_decision(line: &str, scope: Scope) -> Option<&'static str> {
    let behind = || line.split_once(", ").and_then(|(_, rest)| marks::kind_of_mark(rest, scope));
    let kind = if text::is_hangul(line) { marks::decided(line, scope) } else { behind() };
    kind.filter(|kind| matches!(*kind, "judgment" | "resolution"))
}

/// Labels before the name of a case.
static LABELS: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.case_labels));

/// Whether a line of the head is the name of a case: it names both sides, it ends in the citation of a decision, or the
/// next line is one. Below the label of something else is a case that is only cited.
fn names_case(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    let line = lines[at].text;
    let above = lines[..at].iter().rfind(|l| !l.is_blank()).map_or("", |l| l.text);
    let label = above.strip_suffix([':', '：']).map(str::trim_end);
    if label.is_some_and(|label| LABELS.end(scope, label, str::is_empty).is_none()) {
        return false;
    }
    let cited = || {
        let next = lines.get(at + 1).map_or("", |l| l.text);
        let before = marks::before_citation(line);
        let named = before.unwrap_or(line);
        (before.is_some() || marks::before_citation(next) == Some(""))
            && named.starts_with(char::is_uppercase)
            && !named.contains(':')
            && text::has_at_most(named, 30)
            && !text::has_at_most(named, 1)
    };
    marks::names_case(line) || cited()
}

/// `DECLARATION OF SUN-HO K.`: the point belongs to the last word.
fn ends_abbreviated(title: &str) -> bool {
    let last = title.rsplit(' ').next().unwrap_or_default();
    last.matches('.').count() > 1 || text::length(last) == 2
}

/// Who makes a statement that has nothing else in its Korean heading: `외교부 대변인 논평`, `항구인권연대 성명`.
fn issuer(heading: &str, kind: &str, line: usize, writing: Writing<'_>) -> Option<Mention> {
    let scope = writing.scope;
    let (body, last) = heading.rsplit_once(' ').filter(|_| text::is_hangul(heading))?;
    let stated = matches!(kind, "statement" | "press-release");
    let named = stated && text::has_at_most(body, 3) && !text::bytes::has_digit(body);
    if !named || marks::kind_of_mark(last, scope) != Some(kind) {
        return None;
    }
    let read = parties::read_line(body, scope);
    let name = read.organization.filter(|_| read.person.is_none())?;
    // "시민사회단체 공동성명" says of what kind they are.
    let one = !name.ends_with("단체") && names::judge(&name) == Named::Organization;
    one.then(|| Mention {
        role: read.role,
        organization: Some(writing.organization(&name)),
        written: Some(name),
        line,
        ..Mention::default()
    })
}

/// Whether documents of a kind are called by who wrote them to whom, where nothing else tells them apart.
fn is_of_parties(kind: &str) -> bool {
    matches!(kind, "letter" | "open-letter" | "telegram" | "email" | "press-release")
}

/// Whether a heading has two words, or as much in a script without spaces.
fn names_something(heading: &str) -> bool {
    let wide = |c: &char| ('\u{2E80}'..='\u{9FFF}').contains(c);
    text::word_count(heading) >= 2 || heading.chars().filter(wide).nth(4).is_some()
}

/// `# For the attention of Ida Holm`: a heading that directs a letter.
fn calls_attention(line: &str, scope: Scope) -> bool {
    static ATTENTION: LazyLock<ScopedPhrases> =
        LazyLock::new(|| ScopedPhrases::of(|l| l.attention));
    let bare = text::without_emphasis(line.trim_start_matches(['#', ' ']));
    let spaced = |rest: &str| rest.starts_with([' ', ':']);
    // One word may begin any heading: "At the harbour".
    let end = ATTENTION.end(scope, bare, spaced);
    end.is_some_and(|end| bare[..end].contains(' ')) && text::has_at_most(bare, 12)
}

/// Whether a line goes on with a small word.
fn begins_small(line: &str, scope: Scope) -> bool {
    is_small(line.split(' ').next().unwrap_or_default(), scope)
}

fn is_small(word: &str, scope: Scope) -> bool {
    SMALL_WORDS.has_any_case(scope, word)
}

/// A heading without the number that an edition gives to its document: `195. Memorandum of Conversation`.
fn without_number(line: &str) -> &str {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line[digits..].strip_prefix(". ").filter(|_| (1..=4).contains(&digits));
    // `Nr. 137   MOTIE VAN HET LID HOLM`
    let marked = || {
        let (mark, rest) = line.split_once(' ')?;
        let (number, rest) = rest.split_once(' ').filter(|_| is_mark_of_number(mark))?;
        number.bytes().all(|b| b.is_ascii_digit()).then_some(rest)
    };
    rest.or_else(marked).map_or(line, str::trim_start)
}

/// A heading of more words has other things in it than a title.
const LONG_HEADING: usize = 20;

/// `Statement of Jung-hoon Paik`: what is below it is the speaker's office.
fn names_speaker(heading: &str, scope: Scope) -> bool {
    static OF: LazyLock<[ScopedPhrases; 2]> =
        LazyLock::new(|| [ScopedPhrases::of(|l| l.of_body), ScopedPhrases::of(|l| l.by)]);
    let behind = |at: usize| OF.iter().find_map(|of| of.after(scope, &heading[at + 1..]));
    let name = heading.match_indices(' ').find_map(|(at, _)| behind(at));
    name.is_some_and(|name| plausible::person(plausible::without_courtesy(name), scope) >= 20)
}

/// `COMUNICADO DE PRENSA No. 47/09` without its number.
fn without_number_behind(line: &str) -> &str {
    let Some((before, number)) = line.rsplit_once(' ') else { return line };
    let counts = number.starts_with(|c: char| c.is_ascii_digit() || c == '#')
        && number.chars().all(|c| c.is_ascii_digit() || "/-.#".contains(c));
    let bare = before.trim_end();
    let marked = bare.rsplit_once(' ').filter(|(_, mark)| is_mark_of_number(mark));
    if counts { marked.map_or(bare, |(before, _)| before.trim_end()) } else { line }
}

/// `No.`, `Nr.`, `N°`, `núm.`
fn is_mark_of_number(word: &str) -> bool {
    static MARKS: LazyLock<lexicon::Words> = LazyLock::new(|| names::listed("marks_of_numbers"));
    lexicon::has(&MARKS, word.trim_end_matches('.'))
}

/// The kind that a line names, if it is a heading.
fn kind_of_heading(line: &str, scope: Scope) -> Option<&'static str> {
    let line = without_number(line);
    if goes_on_from_day(line) || is_path(line) || is_sentence_about_kind(line, scope) {
        return None;
    }
    let kind = marks::kind_of_title(line, scope).or_else(|| kind_behind_colon(line, scope))?;
    // In a long line such a word is one of a sentence, unless the line begins with it.
    let first = text::has_at_most(line, 20) || marks::kind_of_mark(line, scope).is_some();
    (first && has_form_of_heading(line, scope) && names::judge(line) != Named::Address)
        .then_some(kind)
}

/// Whether a sentence may name a kind, and is none: `Item 1 The minutes of 3 May are approved.`
fn is_sentence_about_kind(line: &str, scope: Scope) -> bool {
    text::ends_sentence(line)
        && !marks::ends_in_hour(line, scope)
        && !text::is_caps(line)
        && marks::kind_of_mark(line, scope).is_none()
}

/// Whether a line is no long text, no sentence and no remark in brackets.
fn has_form_of_heading(line: &str, scope: Scope) -> bool {
    let set_off = line.ends_with('…') || text::is_caps(line) || marks::ends_in_hour(line, scope);
    let sentence = text::ends_sentence(line) && !set_off && !text::has_at_most(line, 14);
    !sentence && text::has_at_most(line, 45) && !line.starts_with('(')
}

/// `The disappeared: letter to the President`
fn kind_behind_colon(line: &str, scope: Scope) -> Option<&'static str> {
    let (_, rest) = line.split_once(": ").or_else(|| line.split_once(" – "))?;
    let kind = marks::kind_of_mark(rest, scope)?;
    let of_text = matches!(kind, "letter" | "open-letter" | "statement" | "resolution");
    (of_text && !text::has_at_most(rest, 2)).then_some(kind)
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

/// Whether a text has a whole sentence in it and goes on: `Born at Holm. Moved to Leith in 1902.`
fn has_sentence(text: &str) -> bool {
    let mut stops = text.match_indices(". ").map(|(at, _)| &text[..at]);
    let long = |before: &str| {
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        text::length(word) > 3
    };
    text::ends_sentence(text) && stops.any(long)
}

/// A Markdown heading without its marks: `## Order of business ##`.
fn heading(line: &str) -> &str {
    if let [number, heading] = text::cells(line)[..]
        && text::has_at_most(number, 2)
        && number.split(' ').next().is_some_and(is_mark_of_number)
    {
        return heading;
    }
    let bare = line.trim_start_matches('#');
    if bare.len() < line.len() { bare.trim().trim_end_matches('#').trim_end() } else { line.trim() }
}

/// A title over several lines as one text.
pub(in crate::ingest) fn title_text(lines: &[Line<'_>]) -> String {
    let lines = lines.iter().filter(|l| !l.is_blank());
    let joined = body::joined(lines.map(|l| heading(l.text)));
    without_tags(text::without_emphasis(&joined)).trim_end_matches(',').to_owned()
}

/// A heading without the elements of a page in it: `RESOLUTION NO. <span class="field">72</span>`.
fn without_tags(heading: &str) -> Cow<'_, str> {
    if !heading.contains('<') {
        return heading.into();
    }
    let mut bare = String::new();
    let mut rest = heading;
    while let Some(at) = rest.find('<') {
        let tag = &rest[at + 1..];
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next();
        let end = tag.find('>').filter(|_| name.is_some_and(|name| markdown::TAGS.contains(&name)));
        let Some(end) = end else {
            bare.push_str(&rest[..=at]);
            rest = tag;
            continue;
        };
        bare.push_str(&rest[..at]);
        rest = &tag[end + 1..];
    }
    bare.push_str(rest);
    bare.trim().to_owned().into()
}

/// A headline that runs into the day and the text, as in a page without line breaks: `Board Returns Registers May 3, 1931
/// TANNMARK The Board`: what is before the day.
pub(in crate::ingest) fn before_day(paragraph: &str) -> &str {
    let near = &paragraph[..paragraph.floor_char_boundary(160)];
    let whole = |found: &dates::Found| found.reading.is_whole_day();
    let Some(found) = dates::find(near, None).into_iter().find(whole) else { return paragraph };
    let before = paragraph[..found.range.start].trim_end();
    let last = before.rsplit(' ').next().unwrap_or_default();
    let headed = last.starts_with(char::is_uppercase) && last.ends_with(char::is_alphanumeric);
    if headed && !text::has_at_most(before, 3) { before } else { paragraph }
}

/// `FOR IMMEDIATE RELEASE`, `Press release`.
fn is_release_mark(line: &str, scope: Scope) -> bool {
    let mark = without_number_behind(text::cells(line).first().copied().unwrap_or(line));
    // In Korean three words say what it is about.
    let more = text::is_hangul(mark) && !text::has_at_most(mark, 2) && text::length(mark) > 10;
    text::has_at_most(mark, 4)
        && !more
        && !says_more_behind_dash(mark)
        && marks::kind_of_title(mark, scope) == Some("press-release")
}

/// What follows the mark of a release and a colon, if it is a headline.
fn behind_mark(line: &str, scope: Scope) -> Option<&str> {
    let (mark, rest) = line.split_once(": ")?;
    // Beside the mark may be whom to ask.
    let headline = text::cells(line).len() < 2
        && !text::has_at_most(rest, 2)
        && !rest.bytes().any(|b| b == b'@')
        && dates::date_line(rest, None).is_none();
    (headline && is_release_mark(mark, scope) && !text::starts_lower(rest))
        .then(|| rest.trim_start())
}

/// `Presseerklärung – offener Brief an den Hafen`: a dash sets off what it is about.
fn says_more_behind_dash(line: &str) -> bool {
    let rest = line.split_once(" – ").or_else(|| line.split_once(" — ")).map_or("", |(_, r)| r);
    text::word_count(rest) > 1 && !rest.bytes().any(|b| b.is_ascii_digit())
}

/// `Pressemitteilung, Harbour Council, 19.12.2013`: the mark, who gave it out, and when, in one line.
fn is_dated_mark(line: &str, scope: Scope) -> bool {
    let Some((mark, rest)) = line.split_once(", ") else { return false };
    let digits = rest.bytes().any(|b| b.is_ascii_digit());
    digits && text::has_at_most(line, 12) && is_release_mark(mark, scope)
}
