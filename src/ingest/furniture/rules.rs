//! The rules that judge one line, or one line and its neighbours.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::super::dates;
use super::super::lexicon::{self, Anywhere, Beginnings, Phrases, surroundings};
use super::super::text::{self, Break, Line};
use super::{folio, picture, web};
use crate::edtf::EdtfDate;

const STAMP: &str = "stamp or mark of change";

/// Rules of the archive's own, from `[ingest] furniture`.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Own {
    lines: HashSet<String>,
    patterns: Vec<Regex>,
    /// Patterns that do not compile, with the reason.
    pub faults: Vec<(String, String)>,
}

impl Own {
    /// Reads the setting: texts that a whole line equals, regular expressions between slashes.
    pub(in crate::ingest) fn new(settings: &[String]) -> Self {
        let mut own = Self::default();
        for setting in settings {
            match setting.strip_prefix('/').and_then(|s| s.strip_suffix('/')) {
                Some(pattern) => match Regex::new(pattern) {
                    Ok(regex) => own.patterns.push(regex),
                    Err(error) => own.faults.push((setting.clone(), error.to_string())),
                },
                None => {
                    own.lines.insert(setting.trim().to_owned());
                }
            }
        }
        own
    }

    fn matches(&self, line: &str) -> bool {
        self.lines.contains(line) || self.patterns.iter().any(|p| p.is_match(line))
    }
}

/// The rule by which a line is furniture, judged alone.
pub(super) fn rule(line: &str, own: &Own) -> Option<&'static str> {
    if line.is_empty() {
        return None;
    }
    if own.matches(line) {
        return Some("the archive's own rule");
    }
    if line.len() > 400 {
        return None;
    }
    folio::rule(line)
        .or_else(|| web::rule(line))
        .or_else(|| picture::rule(line))
        .or_else(|| is_stamp(line).then_some(STAMP))
        .or_else(|| (buttons(line)? == Buttons::Row).then_some(web::BUTTONS))
}

/// By what a line that begins with a stamp's word is one.
const STAMPED: &[fn(&str) -> bool] = &[has_day, has_number_of_registry, has_only_words_of_stamps];

/// A stamp: its word and a day, or nothing but its words; a label or a sentence that begins so is none.
fn is_stamp(line: &str) -> bool {
    let sentence = || line.ends_with(['.', ':']) || line.starts_with('(') || line.contains('©');
    if is_released(line) {
        return true;
    }
    line.len() <= 200
        && !sentence()
        && text::has_at_most(line, 8)
        && dates::is_stamp(line)
        && STAMPED.iter().any(|is_sign| is_sign(line))
}

fn has_day(line: &str) -> bool {
    let is_day = |date: &EdtfDate| date.to_string().len() >= 10;
    dates::find(line, None).iter().any(|f| f.reading.date.as_ref().is_some_and(is_day))
}

fn has_number_of_registry(line: &str) -> bool {
    text::is_caps(line) && text::has_at_most(line, 4) && text::bytes::has_digit(line)
}

fn has_only_words_of_stamps(line: &str) -> bool {
    static STAMPS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.stamps));
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    text::is_caps(line) && STAMPS.ends(bare).any(|end| end == bare.len())
}

/// The mark of an office that let a paper go.
fn is_released(line: &str) -> bool {
    static RELEASED: LazyLock<Phrases> =
        LazyLock::new(|| Phrases::from(surroundings::RELEASED.iter().copied()));
    line.len() <= 60 && text::is_caps(line) && RELEASED.end(line, lexicon::ends_word).is_some()
}

static PHRASES: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.buttons));

/// First words of the phrases: most lines are no buttons by theirs.
static FIRST_WORDS: LazyLock<(Beginnings, lexicon::Words)> = LazyLock::new(|| {
    let phrases = lexicon::all(|l| l.buttons);
    (Beginnings::of(phrases.iter().copied()), phrases.into_iter().map(first_word).collect())
});

fn first_word(phrase: &str) -> &str {
    phrase.split(' ').next().unwrap_or(phrase)
}

/// Whether a phrase begins with the first word of a line.
fn begins_phrase(line: &str) -> bool {
    let (beginnings, words) = &*FIRST_WORDS;
    let plain = line.starts_with(|c: char| c.is_ascii_alphabetic());
    (!plain || beginnings.may_begin(line))
        && between_signs(line).next().is_some_and(|first| lexicon::has(words, first))
}

/// Words between white space and the signs of menus.
fn between_signs(line: &str) -> impl Iterator<Item = &str> {
    let sign =
        |c| matches!(c, '|' | '·' | '•' | '>' | '»' | '›' | '«' | '‹' | '/' | ',' | '→' | '←');
    line.split(move |c: char| c.is_whitespace() || sign(c))
        .map(|w| w.trim_matches(['[', ']', '(', ')', '*', '…', '#']))
        .filter(|w| !w.is_empty())
}

/// What the buttons of a line are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Buttons {
    /// A single word that a letter may well have.
    Word,
    /// The words of one button.
    One,
    /// Several.
    Row,
}

/// If a line is made of buttons only: which.
fn buttons(line: &str) -> Option<Buttons> {
    if line.len() > 200 || !begins_phrase(line) {
        return None;
    }
    let lower = line.to_lowercase();
    let words: Vec<&str> = between_signs(&lower).collect();
    let line = words.join(" ");
    let (mut at, mut start, mut phrases) = (0, 0, 0);
    while at < words.len() {
        let most = &words[at..words.len().min(at + 7)];
        // Where so many words end, with the spaces between.
        let end = |n: usize| start + most[..n].iter().map(|w| w.len() + 1).sum::<usize>() - 1;
        let taken = (1..=most.len()).rev().find(|n| PHRASES.contains(&line[start..end(*n)]))?;
        start = end(taken) + 1;
        at += taken;
        phrases += 1;
    }
    match (words.len(), phrases) {
        (0, _) => None,
        (1, _) => Some(Buttons::Word),
        (_, 1) => Some(Buttons::One),
        // "Contact / Email" might be a form's label: the line must say more than two plain words.
        _ => Some(Buttons::Row),
    }
}

/// How many lines from the head and the foot of a seed one button is enough to be one.
const EDGE: usize = 6;

/// A single button such as `Share` is one only beside another one, or at the edge of the seed if it has
/// several words.
pub(super) fn weak_neighbours(lines: &[Line<'_>], rules: &mut [Option<&'static str>]) {
    let filled: Vec<usize> = (0..lines.len()).filter(|&i| !lines[i].is_blank()).collect();
    let may_be =
        |text: &str| text.len() < 40 && matches!(buttons(text), Some(Buttons::Word | Buttons::One));
    let weak: Vec<bool> =
        filled.iter().map(|&i| rules[i].is_none() && may_be(lines[i].text)).collect();
    for (k, &i) in filled.iter().enumerate().filter(|(k, _)| weak[*k]) {
        let edge = k < EDGE || k + EDGE >= filled.len();
        if edge && buttons(lines[i].text) == Some(Buttons::One) {
            rules[i] = Some(web::BUTTONS);
        }
    }
    menus(&filled, &weak, rules);
}

/// A run of at least three weak ones is a menu by itself, a shorter one beside another part of a page.
fn menus(filled: &[usize], weak: &[bool], rules: &mut [Option<&'static str>]) {
    let mut run = 0;
    for k in 0..=filled.len() {
        if weak.get(k) == Some(&true) {
            run += 1;
            continue;
        }
        let neighbours = [k.checked_sub(run + 1), Some(k)];
        let is_part = |k: usize| filled.get(k).is_some_and(|&i| is_part_of_page(rules[i]));
        if run >= 3 || run > 0 && neighbours.into_iter().flatten().any(is_part) {
            for &i in &filled[k - run..k] {
                rules[i] = Some(web::BUTTONS);
            }
        }
        run = 0;
    }
}

fn is_part_of_page(rule: Option<&str>) -> bool {
    matches!(rule, Some(web::BUTTONS | web::BREADCRUMB | web::COOKIES | web::FOOT))
}

/// A stamp of several lines: its word, a date, an office, set off by blank lines.
pub(super) fn stamps(lines: &[Line<'_>], rules: &mut [Option<&'static str>]) {
    for group in text::chunks(lines).into_iter().filter(|g| (2..=4).contains(&g.len())) {
        let short = |i: usize| lines[i].text.len() <= 60 && text::has_at_most(lines[i].text, 6);
        if !group.clone().all(short) {
            continue;
        }
        let first = lines[group.start].text;
        let begins = !first.contains(':') && text::is_caps(first) && dates::is_stamp(first);
        let dated = |i: usize| {
            let text = lines[i].text;
            text.bytes().filter(u8::is_ascii_digit).count() >= 3
        };
        if begins && group.clone().any(dated) {
            rules[group].fill(Some(STAMP));
        }
    }
}

/// The paragraph by which a mail program forbids to read the mail.
pub(super) fn disclaimers(lines: &[Line<'_>], rules: &mut [Option<&'static str>]) {
    static BEGINNINGS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.disclaimers));
    static WORDS: LazyLock<Anywhere> =
        LazyLock::new(|| Anywhere::from(surroundings::FORBIDDEN.iter().copied()));
    for i in 0..lines.len() {
        let begins = rules[i].is_none()
            && (i == 0 || lines[i - 1].is_blank())
            && BEGINNINGS
                .end(lines[i].text.trim_start_matches(['*', '_', '>', ' ']), |_| true)
                .is_some();
        if !begins {
            continue;
        }
        let end = (i..lines.len()).find(|&k| lines[k].is_blank()).unwrap_or(lines.len());
        // A notice of many lines is more than that.
        let few =
            end - i <= 20 && lines[i..end].iter().map(|l| l.text.len()).sum::<usize>() <= 3000;
        if few && lines[i..end].iter().any(|l| WORDS.is_in(l.text)) {
            rules[i..end].fill(Some("disclaimer of a mail program"));
        }
    }
}

/// The codes below the mark of an office that let a paper go: `B6`.
pub(super) fn codes(lines: &[Line<'_>], rules: &mut [Option<&'static str>]) {
    let code = |text: &str| {
        text.len() <= 20
            && text.split([' ', ',', ';', '/']).filter(|w| !w.is_empty()).all(|w| {
                w.starts_with(|c: char| c.is_ascii_uppercase())
                    && w.bytes().skip(1).all(|b| b.is_ascii_digit())
                    && w.len() > 1
            })
    };
    for i in 0..lines.len() {
        if rules[i] == Some(STAMP) && is_released(lines[i].text) {
            let below = (i + 1..lines.len()).take_while(|&k| !lines[k].is_blank());
            for k in below.take_while(|&k| code(lines[k].text)) {
                rules[k] = Some(STAMP);
            }
        }
    }
}

/// What a web page lists below the text under a heading of its own, with titles and days of other pages: `More Reading`.
pub(super) fn other_pages(lines: &[Line<'_>], rules: &mut [Option<&'static str>]) {
    let headings: Vec<usize> =
        (0..lines.len()).filter(|&i| heads_other_pages(lines[i].text)).collect();
    if headings.is_empty() {
        return;
    }
    let own: Vec<usize> =
        (0..lines.len()).filter(|&i| !lines[i].is_blank() && rules[i].is_none()).collect();
    let heading = headings.into_iter().find(|&i| {
        let (above, below) = own.split_at(own.partition_point(|&k| k < i));
        let below = below.strip_prefix(&[i]).unwrap_or(below);
        above.iter().any(|&i| lines[i].is_prose()) && are_other_pages(lines, below)
    });
    let below = heading.unwrap_or(lines.len())..lines.len();
    for i in below.filter(|&i| !lines[i].is_blank()) {
        rules[i] = rules[i].or(Some(web::FOOT));
    }
}

fn heads_other_pages(line: &str) -> bool {
    static HEADINGS: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.other_pages));
    if line.is_empty() || line.len() > 60 {
        return false;
    }
    let bare = line.trim_matches(|c: char| !c.is_alphabetic());
    !bare.is_empty() && lexicon::has(&HEADINGS, bare)
}

/// Whether some lines are titles, days and teasers, and none is a text.
fn are_other_pages(lines: &[Line<'_>], some: &[usize]) -> bool {
    /// How many lines such a list has at most.
    const MOST: usize = 40;
    // A teaser ends in the midst of its sentence.
    let is_teaser = |text: &str| text.contains('…') || text.contains("...");
    let is_text = |&i: &usize| lines[i].is_prose() && !is_teaser(lines[i].text);
    (1..=MOST).contains(&some.len()) && !some.iter().any(is_text)
}

/// What names who made a page is furniture at its foot only, where it cuts no sentence.
pub(super) fn not_at_foot(lines: &[Line<'_>], rules: &mut [Option<&'static str>]) {
    let Some(first) = rules.iter().position(|r| *r == Some(web::FOOT)) else { return };
    let filled: Vec<usize> = (0..lines.len()).filter(|&i| !lines[i].is_blank()).collect();
    let mut below = 0;
    let mut page = true;
    for (k, &i) in filled.iter().enumerate().rev().take_while(|(_, i)| **i >= first) {
        if rules[i] == Some(web::FOOT) {
            let before = k.checked_sub(1).map_or("", |k| lines[filled[k]].text);
            let after = filled.get(k + 1).map_or("", |&i| lines[i].text);
            let cuts = text::starts_lower(after)
                || before.ends_with([':', ','])
                || before.len() >= 50 && !text::ends_sentence(before)
                || lines[i].text.starts_with(['"', '“', '*', '/']);
            if cuts || below > EDGE && !page {
                rules[i] = None;
            }
        }
        page = lines[i].before == Break::Page;
        below += usize::from(rules[i].is_none());
    }
}

/// The day on which a page was changed is furniture at its head and foot; in the midst of a text it is a part of what
/// is quoted there. Stamps in capitals are put anywhere.
pub(super) fn changes_in_the_midst(lines: &[Line<'_>], rules: &mut [Option<&'static str>]) {
    if !rules.contains(&Some(STAMP)) {
        return;
    }
    let filled: Vec<usize> = (0..lines.len()).filter(|&i| !lines[i].is_blank()).collect();
    for (k, &i) in filled.iter().enumerate() {
        let midst = k >= EDGE && k + EDGE < filled.len();
        let new_page = (k.saturating_sub(EDGE)..=k).any(|k| lines[filled[k]].before != Break::None);
        if rules[i] == Some(STAMP) && midst && !new_page && !text::is_caps(lines[i].text) {
            rules[i] = None;
        }
    }
    days_of_entries(lines, rules);
}

/// In a listing each entry has the day on which it was put up, right below its title.
fn days_of_entries(lines: &[Line<'_>], rules: &mut [Option<&'static str>]) {
    /// So many entries make a listing.
    const LEAST: usize = 3;
    let below_title = |i: &usize| {
        rules[*i] == Some(STAMP)
            && !text::is_caps(lines[*i].text)
            && *i > 0
            && !lines[*i - 1].is_blank()
            && rules[*i - 1].is_none()
    };
    let days: Vec<usize> = (0..lines.len()).filter(below_title).collect();
    if days.len() >= LEAST {
        days.into_iter().for_each(|i| rules[i] = None);
    }
}

/// How far below its head a page may have its menu, in lines.
const HEAD: usize = 16;

/// Appeals for gifts and newsletters among the last lines of a page, and alone at its head.
pub(super) fn feet(lines: &[Line<'_>], rules: &mut [Option<&'static str>]) {
    let last: Vec<usize> = (0..lines.len())
        .rev()
        .filter(|&i| !lines[i].is_blank() && rules[i].is_none())
        .take(8)
        .collect();
    let first = (0..lines.len()).filter(|&i| !lines[i].is_blank() && rules[i].is_none()).take(4);
    // Below an appeal of several sentences a page has its menu.
    let page =
        rules.iter().take(HEAD).any(|rule| matches!(rule, Some(web::BUTTONS | web::BREADCRUMB)));
    let short: Vec<usize> = first
        .filter(|&i| {
            page || text::has_at_most(lines[i].text, 9) && !text::ends_sentence(lines[i].text)
        })
        .collect();
    for i in last.into_iter().chain(short) {
        if lines[i].text.len() <= 400
            && text::has_at_most(lines[i].text, 40)
            && web::is_appeal(lines[i].text)
        {
            rules[i] = Some(web::FOOT);
        }
    }
}
