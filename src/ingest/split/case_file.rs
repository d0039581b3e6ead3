//! Case files: letters, memoranda and replies one after another in one text.
//!
//! Anchors are lines that begin a document's own address to its reader: a salutation, a memo's
//! heading, a block of To and From. Each anchor's document begins somewhere in the gap between the
//! text before and the anchor; the place is chosen by points for letterheads, gaps and page breaks.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::super::dates;
use super::super::evidence::weigh;
use super::super::layout;
use super::super::lexicon::{Scope, ScopedPhrases};
use super::super::marks::{self, Head};
use super::super::names::{self, Named};
use super::super::text::{self, Break, Line};
use super::parts::{begins_below_rule, begins_enclosure, is_parted};
use super::{Form, Piece, trimmed};
use crate::config::DateOrder;

/// Cuts a case file; a seed with one anchor or none is one piece.
pub(super) fn split(lines: &[Line<'_>], order: Option<DateOrder>, scope: Scope) -> Vec<Piece> {
    let anchors = anchors(lines, scope);
    let mut starts = vec![0];
    let heads = lines.iter().find(|l| !l.is_blank()).map(|l| l.text).into_iter().collect();
    let mut file = CaseFile { lines, heads, order, scope };
    let parts = counted_parts(lines, scope);
    for pair in anchors.windows(2) {
        // A counted part of the file tells where its document begins.
        if parts.iter().any(|&part| part > pair[0] && part <= pair[1]) {
            continue;
        }
        let Some(start) = file.boundary(pair[0], pair[1]) else { continue };
        if start > *starts.last().unwrap_or(&0) {
            starts.push(start);
            file.heads.insert(lines[start].text);
        }
    }
    starts.extend(parts);
    starts.sort_unstable();
    starts.dedup();
    starts.push(lines.len());
    starts
        .windows(2)
        .filter_map(|pair| {
            Some(Piece { lines: trimmed(lines, pair[0]..pair[1])?, form: Form::Free })
        })
        .collect()
}

/// `FOLIO 2`, `Item 3`: lines by themselves that count the papers of a file from one on, each but the first. A paper
/// is a letter or a note of its own, so most parts must take leave, greet somebody or have a day of their own.
fn counted_parts(lines: &[Line<'_>], scope: Scope) -> Vec<usize> {
    static NAMES: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.file_parts));
    let number = |i: &usize| {
        let line = text::without_emphasis(lines[*i].text).trim_matches(['[', ']', '#', ' ']);
        let end = NAMES.end(scope, line, |rest| rest.starts_with(' '))?;
        // "Document No. 4"
        let rest = line[end..].trim().trim_end_matches(['.', ':', ')']);
        let number = rest.rsplit_once(". ").filter(|(sign, _)| text::length(sign) <= 3);
        number.map_or(rest, |(_, number)| number).parse::<usize>().ok()
    };
    let alone = |i: &usize| *i == 0 || lines[*i - 1].is_blank() || lines[*i].before != Break::None;
    let found: Vec<(usize, usize)> = (0..lines.len())
        .filter(|i| !lines[*i].is_blank() && alone(i))
        .filter_map(|i| Some((i, number(&i)?)))
        .collect();
    let counted = found.iter().enumerate().all(|(k, (_, number))| *number == k + 1);
    if found.len() < 2 || !counted {
        return Vec::new();
    }
    let ends = found[1..].iter().map(|(i, _)| *i).chain([lines.len()]);
    let is_paper = |(start, end): (usize, usize)| {
        let is_letters = |l: &Line<'_>| {
            marks::is_closing(l.text, scope)
                || marks::is_salutation(l.text, scope)
                || dates::date_line(l.text, None).is_some()
        };
        lines[start..end].iter().any(is_letters)
    };
    let papers = found.iter().map(|(i, _)| *i).zip(ends).filter(|range| is_paper(*range)).count();
    if papers * 3 < found.len() * 2 {
        return Vec::new();
    }
    found[1..].iter().map(|(i, _)| *i).collect()
}

/// Indices of lines with which documents address their readers, one a document as far as lines tell.
fn anchors(lines: &[Line<'_>], scope: Scope) -> Vec<usize> {
    let prose = text::prose(lines);
    let quoted = fenced(lines);
    let mut found: Vec<usize> = Vec::new();
    let mut first_is_mail = false;
    let mut last_prose = None;
    for (i, line) in lines.iter().enumerate() {
        if line.is_blank() || quoted[i] {
            continue;
        }
        // What a mail quotes below its own text is a part of it; another one begins on a page of its own. Whom a letter
        // greets may have been taken out of it: an enclosure is below the seed's first line, too.
        let encloses = begins_enclosure(lines, found.last().copied().unwrap_or(0), i, scope);
        if first_is_mail && line.before == Break::None && !encloses {
            last_prose = if prose[i] { Some(i) } else { last_prose };
            continue;
        }
        let parts = is_parted(lines, i) && begins_below_rule(lines, i, scope);
        let begins = encloses || parts;
        if begins && found.is_empty() {
            found.push(0);
        }
        if begins || addresses_reader(lines, i, scope) {
            // A memo's heading, its block and its salutation are one beginning.
            let same = found.last().is_some_and(|&a| last_prose.is_none_or(|p: usize| p < a));
            if !same {
                first_is_mail |= found.is_empty() && is_mail(lines, i, scope);
                found.push(i);
            }
        } else if prose[i] {
            last_prose = Some(i);
        }
    }
    found
}

/// Which lines are fences of Markdown, or quoted between them; where one has no second, nothing is. What has most of a
/// seed between fences quotes nothing.
fn fenced(lines: &[Line<'_>]) -> Vec<bool> {
    let is_fence = |l: &Line<'_>| l.text.starts_with("```");
    let paired = lines.iter().filter(|l| is_fence(l)).count().is_multiple_of(2);
    let mut open = false;
    let in_fence = |line: &Line<'_>| {
        let fence = paired && is_fence(line);
        open ^= fence;
        fence || open
    };
    let quoted: Vec<bool> = lines.iter().map(in_fence).collect();
    let filled = |of: &dyn Fn(usize) -> bool| {
        lines.iter().enumerate().filter(|(i, l)| !l.is_blank() && of(*i)).count()
    };
    if filled(&|i| quoted[i]) * 2 > filled(&|_| true) {
        return lines.iter().map(is_fence).collect();
    }
    quoted
}

/// Whether a line greets a reader, or begins a memorandum.
fn addresses_reader(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    greets_alone(lines, at, scope)
        || begins_memo(lines, at, scope)
        || begins_declaration(lines, at, scope)
}

/// Whether a line is the heading of a declaration that begins below it: `DECLARATION OF IDA HOLM` / `I, Ida Holm, declare`.
fn begins_declaration(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    let mut below = lines[at + 1..].iter().filter(|l| !l.is_blank()).map(|l| l.text);
    marks::kind_of_title(lines[at].text, scope) == Some("statement")
        && below.next().is_some_and(|first| {
            marks::declarant(first, below.next().unwrap_or_default(), scope).is_some()
        })
}

/// Whether a line greets a reader, apart from the lines around it.
fn greets_alone(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    marks::is_salutation(lines[at].text, scope)
        && layout::greets(lines, at, scope)
        && stands_alone(lines, at, scope)
        && !gets_copy(lines, at, scope)
}

/// `Honourable Minister of Education,` right below `cc:`: who gets a copy, by itself.
fn gets_copy(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    let above = lines[..at].iter().rfind(|line| !line.is_blank());
    above.is_some_and(|line| marks::copied(line.text, scope) == Some(""))
}

/// A salutation has a blank line, a head's line or the start before it, and text after it.
fn stands_alone(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    let before = at.checked_sub(1).is_none_or(|i| {
        lines[i].is_blank()
            || text::has_at_most(lines[i].text, 8) && !text::ends_sentence(lines[i].text)
    });
    let after = lines[at + 1..].iter().find(|l| !l.is_blank());
    before && after.is_some_and(|l| !marks::is_closing(l.text, scope))
}

/// Index of the line where the mails begin that a mail quotes; that of the last line and one without such.
pub(in crate::ingest) fn own_end(lines: &[Line<'_>], scope: Scope) -> usize {
    let first = lines
        .iter()
        .position(|l| marks::head_label(l.text, scope).is_some_and(|(h, _)| h == Head::From));
    let Some(first) = first.filter(|&i| {
        is_mail(lines, i, scope) && lines[..i].iter().filter(|l| !l.is_blank()).count() < 8
    }) else {
        return lines.len();
    };
    let quotes = |i: &usize| {
        text::is_divider(lines[*i].text)
            || marks::is_original_message(lines[*i].text, scope)
            || marks::head_label(lines[*i].text, scope).is_some_and(|(h, _)| h == Head::From)
    };
    (first + 1..lines.len()).find(quotes).unwrap_or(lines.len())
}

/// Index of the line below a page that is a form about the document, of an archive or an office, where the document's
/// own memorandum or letter begins on the next page; 0 without such a page.
pub(in crate::ingest) fn cover_end(lines: &[Line<'_>], scope: Scope) -> usize {
    /// So many labels make a page a form.
    const LABELS: usize = 3;
    /// In so many written lines the document's own head is.
    const HEAD: usize = 12;
    let first = lines.iter().position(|l| !l.is_blank()).unwrap_or(0);
    let next = (first + 1..lines.len()).find(|&i| lines[i].before == Break::Page);
    let Some(next) = next else { return 0 };
    let prose = text::prose(&lines[..next]).into_iter().filter(|prose| *prose).count();
    let labels = lines[..next].iter().filter(|l| marks::is_any_label(l.text)).count();
    let mut head = (next..lines.len()).filter(|&i| !lines[i].is_blank()).take(HEAD);
    let form = prose < labels && labels >= LABELS;
    if form && head.any(|i| addresses_reader(lines, i, scope)) { next } else { 0 }
}

/// Whether the labels of a mail are here, as mail programs print them: who, when and what about.
fn is_mail(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    let near = lines[at..].iter().filter(|l| !l.is_blank()).take(8);
    let labels: HashSet<Head> =
        near.filter_map(|l| marks::head_label(l.text, scope)).map(|(h, _)| h).collect();
    [Head::From, Head::Date, Head::Subject].iter().all(|h| labels.contains(h))
}

/// Whether a memorandum begins here: by its heading, by that of a press release, or by labels of a block.
pub(super) fn begins_memo(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    let line = &lines[at];
    let alone = at == 0 || lines[at - 1].is_blank();
    if alone && (marks::is_memo_heading(line.text, scope) || names_release(line, scope)) {
        return true;
    }
    let begins = alone || text::has_at_most(lines[at - 1].text, 6);
    begins && begins_labels_of_memo(lines, at, scope)
}

/// Whether a block of labels begins that says who wrote to whom.
fn begins_labels_of_memo(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    let label = |l: &Line<'_>| marks::head_label(l.text, scope).map(|(head, _)| head);
    if label(&lines[at]).is_none_or(|head| head == Head::Copied) {
        return false;
    }
    let block = lines[at..].iter().take(8).take_while(|l| !l.is_prose());
    let labels: HashSet<Head> = block.filter_map(label).collect();
    // Two words before colons may be anything.
    let enough = labels.len() > 2 || headed(lines, at, scope);
    enough && labels.contains(&Head::From) && labels.contains(&Head::To)
}

/// Whether the line above a block is the heading of a memorandum or in capitals.
fn headed(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    let above = lines[..at].iter().rfind(|l| !l.is_blank());
    above.is_none_or(|l| {
        marks::is_memo_heading(l.text, scope)
            || text::is_caps(l.text)
            || marks::kind_of_title(l.text, scope).is_some()
    })
}

/// Whether a short line names a press release or a telegram.
fn names_release(line: &Line<'_>, scope: Scope) -> bool {
    // A line of this length that is prose has eight words at least.
    let worded = line.text.len() < 110 && line.text.is_ascii() && line.is_prose();
    let words = if text::is_caps(line.text) || line.text.ends_with(':') { 6 } else { 3 };
    !worded
        && text::has_at_most(line.text, words)
        && matches!(marks::kind_of_mark(line.text, scope), Some("press-release" | "telegram"))
}

/// Whether a page begins with a line, or blank lines are around it.
pub(super) fn is_set_apart(lines: &[Line<'_>], at: usize) -> bool {
    let blank = |i: usize| lines.get(i).is_some_and(Line::is_blank);
    lines[at].before != Break::None || at > 0 && blank(at - 1) && blank(at + 1)
}

pub(super) fn takes_leave(line: &str, scope: Scope) -> bool {
    marks::is_closing(line, scope) || marks::is_closing_sentence(line, scope)
}

/// The lines of a seed that may hold several documents.
struct CaseFile<'a> {
    lines: &'a [Line<'a>],
    /// First lines of the documents that were found.
    heads: HashSet<&'a str>,
    order: Option<DateOrder>,
    scope: Scope,
}

impl CaseFile<'_> {
    /// Where the document of the second anchor begins; `None` if nothing tells that the first has ended.
    fn boundary(&self, first: usize, second: usize) -> Option<usize> {
        let Self { lines, scope, .. } = *self;
        let wrapped = text::prose(&lines[first..second]);
        let prose = (first..second).rev().find(|&i| wrapped[i - first])?;
        let closing = (first..second).rev().find(|&i| takes_leave(lines[i].text, scope));
        let from = closing.map_or(prose, |closing| closing.max(prose));
        let gap = Gap { file: self, from, anchor: second };
        let mut candidates: Vec<(i32, usize)> =
            starts_in(lines, from + 1..second + 1).map(|i| (gap.points(i), i)).collect();
        candidates.sort_by_key(|&(points, i)| (-points, i));
        let (points, start) = *candidates.first()?;
        if marks::is_enclosure_title(lines[second].text, scope) {
            return Some(second);
        }
        let parted = is_parted(lines, second) && begins_below_rule(lines, second, scope);
        let ended = parted
            || closing.is_some_and(|c| c > first)
            || lines[start].before != Break::None
            || begins_memo(lines, second, scope)
            || begins_declaration(lines, second, scope);
        (ended || points >= 3).then_some(start)
    }
}

/// Lines after a blank line or a break.
fn starts_in<'a>(lines: &'a [Line<'_>], range: Range<usize>) -> impl Iterator<Item = usize> + 'a {
    range.filter(|&i| {
        !lines[i].is_blank()
            && (i == 0 || lines[i - 1].is_blank() || lines[i].before != Break::None)
    })
}

/// The lines between the text of one document and the anchor of the next.
struct Gap<'a> {
    file: &'a CaseFile<'a>,
    /// Where the text before ends.
    from: usize,
    anchor: usize,
}

impl Gap<'_> {
    /// How much speaks for a document's beginning at a line of the gap.
    fn points(&self, at: usize) -> i32 {
        self.by_place(at) + self.by_head(at) - self.by_what_ends(at)
    }

    /// By blank lines, breaks and signs.
    fn by_place(&self, at: usize) -> i32 {
        let lines = self.file.lines;
        let blanks = lines[..at].iter().rev().take_while(|l| l.is_blank()).count();
        let breaks = match lines[at].before {
            Break::None => 0,
            Break::Page => 4,
            Break::Section => 3,
        };
        let divider = if text::is_divider(lines[at].text) { 4 } else { 0 };
        i32::try_from(blanks.min(4)).unwrap_or(4) - 1 + breaks + divider
    }

    /// By what only the head of a document says.
    fn by_head(&self, at: usize) -> i32 {
        let (CaseFile { lines, heads, order, scope }, anchor) = (self.file, self.anchor);
        let scope = *scope;
        let line = lines[at].text;
        let alone =
            at > 0 && lines[at - 1].is_blank() && lines.get(at + 1).is_none_or(Line::is_blank);
        let enclosure = alone && marks::is_enclosure(line, scope) && text::has_at_most(line, 4);
        // The head of a letter has its date; the signature before it must not lose its own lines.
        let dated = (at..anchor).any(|i| dates::date_line(lines[i].text, *order).is_some());
        let signs = [
            (heads.contains(line), 4),
            (is_headline(lines, at), 3),
            (is_letterhead(lines, at), 2),
            (at == anchor && begins_memo(lines, at, scope), 3),
            (enclosure, 6),
            (dated, 1),
        ];
        weigh(&signs)
    }

    /// By what the end of a document says: a name below the closing, copies, notes, symbols.
    fn by_what_ends(&self, at: usize) -> i32 {
        let Self { file: CaseFile { lines, scope, .. }, from, anchor } = *self;
        let scope = *scope;
        let line = lines[at].text;
        let first = lines[from + 1..at].iter().all(Line::is_blank);
        let closed = !lines[from].is_prose() || marks::is_closing_sentence(lines[from].text, scope);
        let named = matches!(names::judge(line), Named::Person | Named::Role);
        let signs = [
            (first && closed && at != anchor, 3),
            (named && !names::has_honorific(line), 2),
            (goes_on(line, scope), 4),
        ];
        weigh(&signs)
    }
}

/// Whether a line in capitals is no person's name, nor the first of a sentence in capitals.
fn is_headline(lines: &[Line<'_>], at: usize) -> bool {
    let line = lines[at].text;
    let sentence = || {
        let caps = lines[at..].iter().take_while(|l| !l.is_blank() && text::is_caps(l.text));
        caps.last().is_some_and(|last| text::ends_sentence(last.text))
    };
    text::is_caps(line)
        && text::word_count(line) >= 2
        && !names::looks_like_person(line)
        && !sentence()
}

/// Whether a line belongs to what is above it: copies, a symbol, a note, the rest of a sentence.
fn goes_on(line: &str, scope: Scope) -> bool {
    marks::copied(line, scope).is_some()
        || !marks::references(line, scope).is_empty()
        || text::starts_lower(line)
        || line.starts_with(['[', '^', '¹', '²', '³', '†'])
}

/// Whether ways to reach the sender are in the next lines.
fn is_letterhead(lines: &[Line<'_>], at: usize) -> bool {
    let near = lines[at..].iter().filter(|l| !l.is_blank()).take(4).skip(1);
    names::judge(lines[at].text) == Named::Organization
        && near.into_iter().any(|l| matches!(names::judge(l.text), Named::Contact | Named::Address))
}
