//! The head of a document: title, date, subject, symbols, letterhead and address, labels of memos.

pub(super) mod blocks;
mod candidate;
mod exchange;
mod labels;
mod subject;
mod title;

use std::ops::Range;
use std::sync::LazyLock;

use super::super::dates::{self, DateLine};
use super::super::evidence::{Claim, Field, Value, plausible};
use super::super::layout::Layout;
use super::super::lexicon::{self, AND, SMALL_WORDS, Scope, ScopedPhrases, ScopedWords, ends_word};
use super::super::marks;
use super::super::names::{self, Named};
use super::super::parties;
use super::super::parties::{Mention, Writing};
use super::super::text::{self, Line, bytes};
use super::Piece;
use super::caption::Caption;
use crate::config::DateOrder;
pub(super) use candidate::is_row;
pub(super) use exchange::exchanged;
pub(super) use labels::labelled;
pub(super) use title::kind_of_decision;
pub(in crate::ingest) use title::{before_day, title_text};

/// What the head says.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub title: Option<String>,
    pub title_lines: Range<usize>,
    /// Name of the rule by which its title was found.
    pub title_rule: &'static str,
    pub date: Option<(DateLine, usize)>,
    /// Another day in a line of its own, which may be the document's as well.
    pub other_date: Option<(DateLine, usize)>,
    /// Whether the place in the line above the date is a known one, or has a comma.
    pub is_place_known: bool,
    pub subject: Option<(String, usize)>,
    pub kind: Option<&'static str>,
    /// Whether the kind is all that its line says.
    pub kind_alone: bool,
    /// Index of the line below a case's caption; what is above it is the court's.
    pub below: usize,
    /// Lines of a heading that says nothing but its kind.
    pub bare: Option<Range<usize>>,
    pub is_memo: bool,
    /// Whether labels tell who wrote it and what about.
    pub is_mail: bool,
    /// Whom labels name.
    pub to: Vec<Mention>,
    pub from: Vec<Mention>,
    pub copied: Vec<Mention>,
    /// Who makes a statement, by its heading.
    pub issuer: Option<Mention>,
    /// Who is named below a title, after "by".
    pub byline: Vec<Mention>,
    /// Blocks of names and addresses that are nothing else.
    pub blocks: Vec<Block>,
    /// Who wrote to whom, by the heading of an edition.
    pub exchange: Option<(Mention, Mention)>,
    /// Sender and addressee of a note verbale.
    pub compliments: Option<(Mention, Mention)>,
}

/// A block of lines that may be the sender's or the addressee's.
#[derive(Debug)]
pub(super) struct Block {
    /// Indices of its first line and of the line after its last one.
    pub lines: Range<usize>,
    /// More than 0 speaks for the addressee.
    pub points: i32,
    /// Whether it is the first one.
    pub first: bool,
    /// Whom it names, read as an address.
    pub address: Vec<Mention>,
    /// Whose paper it is, read as a letterhead.
    pub letterhead: Option<Mention>,
}

/// A head as far as it was read.
pub(super) struct Reader<'a> {
    head: Head,
    lines: &'a [Line<'a>],
    layout: &'a Layout,
    /// For each line of the head whether something was read from it.
    taken: Vec<bool>,
    writing: Writing<'a>,
    order: Option<DateOrder>,
}

/// Lines of the head that say nothing of the document itself.
const MARKS: &[fn(&str, Scope) -> bool] = &[
    |line, _| dates::is_stamp(line) && text::has_at_most(line, 8),
    marks::is_delivery,
    marks::is_press_contact,
    marks::is_reference,
    is_mark_of_enclosure,
];

/// `Enclosure 2`; the heading `# Appendix B: Affidavit of Ida Holm` says more.
fn is_mark_of_enclosure(line: &str, scope: Scope) -> bool {
    let heading = line.starts_with('#') && !text::has_at_most(line, 4);
    marks::is_enclosure(line, scope) && !heading
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        lines: &'a [Line<'a>],
        layout: &'a Layout,
        writing: Writing<'a>,
        order: Option<DateOrder>,
    ) -> Self {
        let taken = vec![false; layout.head.end];
        Self { head: Head::default(), lines, layout, taken, writing, order }
    }

    /// Leaves the lines of a case's caption to it.
    pub(super) fn below(mut self, caption: Option<&Caption>) -> Self {
        if let Some(caption) = caption {
            let end = caption.lines.end.min(self.layout.head.end);
            self.taken[caption.lines.start.min(end)..end].fill(true);
            self.head.below = end;
        }
        self
    }

    /// Reads the head, and a subject line that follows the salutation.
    pub(super) fn read(mut self) -> Head {
        self.labels();
        self.count_of_part();
        self.dates_and_marks();
        self.subject_above();
        self.head.compliments = compliments(self.lines, self.layout, self.writing);
        self.place_above_date();
        self.title();
        self.blocks();
        self.subject_below();
        self.head
    }

    /// `FOLIO 3` above a document counts it, and is no part of its title.
    fn count_of_part(&mut self) {
        let Some(at) = self.layout.head.clone().find(|&i| !self.lines[i].is_blank()) else {
            return;
        };
        let line = self.lines[at].text;
        let counts = bytes::has_digit(line) && text::has_at_most(line, 2);
        self.taken[at] |= counts && plausible::says_nothing(line, self.writing.scope);
    }

    fn is_free(&self, at: usize) -> bool {
        !self.taken[at] && !self.lines[at].is_blank()
    }

    fn dates_and_marks(&mut self) {
        let scope = self.writing.scope;
        for i in self.layout.head.clone().filter(|&i| self.is_free(i)).collect::<Vec<_>>() {
            let line = self.lines[i];
            let heading = line.text.starts_with("# ");
            if let Some((kind, dated)) = named_and_dated(&line, self.order, scope) {
                self.taken[i] = true;
                self.dates_it(dated, line.number);
                self.head.kind.get_or_insert(kind);
                self.head.kind_alone = true;
            } else if let Some(dated) = date_of(&line, self.order, scope) {
                self.taken[i] = !heading;
                if let Some(mut dated) = below_label(dated, self.lines, i) {
                    // What a heading has before its day is what it is about.
                    dated.place = dated.place.filter(|_| !line.text.starts_with('#'));
                    self.dates_it(dated, line.number);
                }
            } else if let Some(dated) = date_in_cell(&line, self.order, scope) {
                self.dates_it(dated, line.number);
            } else if MARKS.iter().any(|is_mark| is_mark(line.text, scope)) {
                self.taken[i] = true;
            }
        }
    }

    /// The first date is the document's; but a day within the days of a session is more than these, and one behind
    /// words that are no place is less than one without them.
    fn dates_it(&mut self, dated: DateLine, number: usize) {
        let Some((known, _)) = &self.head.date else {
            self.head.date = Some((dated, number));
            return;
        };
        let scope = self.writing.scope;
        // "Selm, Sunday evening" / "2 Nov. 1947"
        let day = dated.reading.date.as_ref().is_some_and(|d| d.certain_day().is_some());
        if known.reading.date.is_none() && day {
            let place = dated.place.clone().or_else(|| known.place.clone());
            self.head.date = Some((DateLine { place, ..dated }, number));
            return;
        }
        match days_between(known, &dated) {
            Days::Within => self.head.date = Some((dated, number)),
            Days::Apart if is_clean(&dated, scope) => {
                if !is_clean(known, scope) {
                    self.head.other_date = self.head.date.replace((dated, number));
                } else if self.head.other_date.is_none() {
                    self.head.other_date = Some((dated, number));
                }
            }
            Days::Apart | Days::Other => {}
        }
    }

    /// A name by itself in the line above the date is the place where the letter was written.
    fn place_above_date(&mut self) {
        let Some((date, number)) = &mut self.head.date else { return };
        let lines = self.lines;
        let dated = self.layout.head.clone().find(|&i| lines[i].number == *number);
        let Some(at) = dated.and_then(|at| at.checked_sub(1)) else { return };
        let above = lines[at];
        let alone = at == 0 || lines[at - 1].is_blank();
        let free = alone && !self.taken[at] && date.place.is_none();
        if free
            && has_form_of_place(above.text)
            && date_of(&above, self.order, self.writing.scope).is_none()
        {
            let place = above.text.trim_end_matches([',', '.']);
            self.head.is_place_known = above.text.ends_with(',') || names::is_place_known(place);
            date.place = Some(place.to_owned());
            self.taken[at] = true;
        }
    }
}

/// What the labels of a memorandum's block say.
pub(super) fn claims(piece: &Piece<'_>) -> Vec<Claim> {
    let head = &piece.head;
    let mut found = Vec::new();
    let mut parties = |rule, field, list: &[Mention]| {
        let Some(first) = list.first() else { return };
        let at = piece.index(first.line);
        let list = parties::unique(list.to_vec());
        let doubtful = plausible::parties(&list, piece.scope) <= -60;
        let claim = Claim::new(rule, field, Value::Parties(list), at..at + 1);
        found.push(claim.adjusted(if doubtful { -50 } else { 0 }));
    };
    parties("label of the addressee", Field::Recipients, &head.to);
    parties("label of the sender", Field::Author, &head.from);
    parties("label of copies", Field::Copied, &head.copied);
    // Below the title of a letter an address is more likely.
    let mut list = parties::unique(head.byline.clone());
    if list.is_empty()
        && let Some((_, number)) = &head.date
    {
        list = beside_day(piece.lines[piece.index(*number)], piece);
    }
    list.retain(|m| !m.organization.as_deref().is_some_and(|o| marks::is_carrier(o, piece.scope)));
    if let Some(first) = list.first() {
        let at = piece.index(first.line);
        // A name below a title is a writer's less surely where no word says so.
        let marked = parties::after_by(piece.lines[at].text, piece.scope).is_some();
        let less = if piece.takes_leave() {
            30
        } else if marked {
            0
        } else {
            12
        };
        let claim = Claim::new("byline", Field::Author, Value::Parties(list), at..at + 1);
        found.push(claim.adjusted(-less));
    }
    if let Some(issuer) = &head.issuer {
        let at = piece.index(issuer.line);
        let list = Value::Parties(vec![issuer.clone()]);
        found.push(Claim::new("body in the heading", Field::Letterhead, list, at..at + 1));
    }
    found.extend(speaker_in_title(piece));
    if let Some((subject, number)) = &head.subject {
        let at = piece.index(*number);
        found.push(Claim::new(
            "label of the subject",
            Field::Subject,
            Value::Text(subject.clone()),
            at..at + 1,
        ));
    }
    if let Some((from, to)) = &head.exchange {
        let list = |m: &Mention| Value::Parties(vec![m.clone()]);
        let lines = head.title_lines.clone();
        let below = (lines.end..piece.lines.len()).find(|&i| !piece.lines[i].is_blank());
        let above_date = head.date.as_ref().is_some_and(|(_, n)| Some(piece.index(*n)) == below);
        let dated =
            above_date || !dates::find(piece.lines[lines.start].text, piece.order).is_empty();
        let title = head.title.as_deref().unwrap_or_default();
        let rule = match dated {
            _ if marks::behind_what_was_sent(title, piece.scope).is_some() => SIDES_OF_LETTER,
            true => "sides of a dated heading",
            false => "sides of an edition's heading",
        };
        let claim = |field, m| Claim::new(rule, field, list(m), lines.clone());
        found.extend([claim(Field::Author, from), claim(Field::Recipients, to)]);
    }
    if let Some((from, to)) = &head.compliments {
        let at = piece.index(from.line);
        let list = |m: &Mention| Value::Parties(vec![m.clone()]);
        found.push(Claim::new("compliments", Field::Letterhead, list(from), at..at + 1));
        found.push(Claim::new("compliments", Field::Recipients, list(to), at..at + 1));
    }
    found
}

/// A date, in the light of the label in the line above it, as on a form; none if that tells that it is another's.
fn below_label(mut dated: DateLine, lines: &[Line<'_>], at: usize) -> Option<DateLine> {
    let above = at.checked_sub(1).map_or("", |above| lines[above].text);
    // A label of its own paragraph names something else for sure, or says nothing.
    let apart = lines[..at].iter().rev().find(|line| !line.is_blank()).map_or("", |l| l.text);
    if dates::heads(apart) == Some(dates::Heads::Other) {
        return None;
    }
    match dates::heads(above) {
        Some(dates::Heads::Unknown) => {
            let doubt = format!("`{above}`, the line above it, may name something else");
            dated.reading.doubt.get_or_insert(doubt);
            Some(dated)
        }
        _ => Some(dated),
    }
}

/// The date that is by itself between wide gaps of a line.
pub(super) fn date_in_cell(
    line: &Line<'_>,
    order: Option<DateOrder>,
    scope: Scope,
) -> Option<DateLine> {
    let cells = text::cells(line.text);
    // `Date of birth     3 May 1931`
    let of_other = cells.iter().any(|cell| dates::heads(cell) == Some(dates::Heads::Other));
    let parted = (2..=4).contains(&cells.len()) && !of_other;
    let mut cells = cells.into_iter().filter(|_| parted);
    cells.find_map(|cell| date_of(&line.with_text(cell), order, scope)).or_else(|| {
        // What is behind a bar is about something else: `Tannmark, 3 May 1931 / not before 4 May`.
        let before = [" / ", " | "].iter().find_map(|sign| line.text.split_once(sign))?.0;
        date_of(&line.with_text(before), order, scope)
    })
}

/// The date of a line that is placed as one.
pub(in crate::ingest) fn date_of(
    line: &Line<'_>,
    order: Option<DateOrder>,
    scope: Scope,
) -> Option<DateLine> {
    if marks::head_label(line.text, scope).is_some_and(|(head, _)| head != marks::Head::Date) {
        return None;
    }
    dates::any_date_line(line.text, dates::Context { order, ..dates::Context::default() })
}

/// `Cablegram 1037 HOLM, 26 November 1941, 11.11 p.m.`: what it is, its number, and where and when it was written.
fn named_and_dated(
    line: &Line<'_>,
    order: Option<DateOrder>,
    scope: Scope,
) -> Option<(&'static str, DateLine)> {
    /// More is in no such line.
    const WORDS: usize = 16;
    if !text::has_at_most(line.text, WORDS) || !line.text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let (mut kind, mut rest) = marks::kind_before(line.text, scope)?;
    // "Circular cablegram"
    if let Some(next) = marks::kind_before(rest, scope) {
        (kind, rest) = next;
    }
    // "Minutes, 3 May 1931" is a title.
    if !matches!(kind, "letter" | "telegram" | "memorandum") {
        return None;
    }
    let dated = |rest: &str| {
        let placed = rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let dated = date_of(&line.with_text(rest), order, scope).filter(|_| placed)?;
        (dated.reading.date.is_some() && (dated.place.is_some() || rest.len() < 24))
            .then_some(dated)
    };
    // "…, 11.05 a.m."
    let time = |t: &str| t.starts_with(|c: char| c.is_ascii_digit()) && t.contains(['.', ':']);
    let timed = rest.rsplit_once(", ").filter(|(_, t)| time(t) && t.split(' ').count() <= 3);
    let rest = timed.map_or(rest, |(day, _)| day);
    let numbered = rest.split_once(' ').filter(|(n, _)| n.bytes().any(|b| b.is_ascii_digit()));
    let found = dated(rest).or_else(|| dated(numbered?.1))?;
    Some((kind, found))
}

/// How many lines a first sentence may have.
const SENTENCE: usize = 6;

/// Diplomatic notes name both sides in their first sentence: `… presents its compliments to …`.
fn compliments(
    lines: &[Line<'_>],
    layout: &Layout,
    writing: Writing<'_>,
) -> Option<(Mention, Mention)> {
    let first = layout.body.clone().find(|&i| !lines[i].is_blank())?;
    // The first lines of the sentence may look like those of a head.
    let above = lines[..first].iter().rev().take(SENTENCE).take_while(|l| !l.is_blank()).count();
    let first = first - above;
    let line = lines[first];
    let paragraph =
        lines[first..layout.body.end].iter().take_while(|l| !l.is_blank()).take(SENTENCE);
    let sentence = paragraph.map(|l| l.text).collect::<Vec<_>>().join(" ");
    let (from, to) = around_compliments(&sentence, writing.scope)?;
    let body = |name: &str| Mention {
        organization: Some(writing.organization(name)),
        written: Some(name.to_owned()),
        line: line.number,
        ..Mention::default()
    };
    // "… presents its compliments to Ms. Ida Holm"
    let whom = if names::has_honorific(to) && names::looks_like_person(to) {
        Mention { person: Some(writing.person(to)), line: line.number, ..Mention::default() }
    } else {
        body(to)
    };
    Some((body(from), whom))
}

static COMPLIMENTS: LazyLock<ScopedPhrases> =
    LazyLock::new(|| ScopedPhrases::of(|l| l.compliments));

/// The names before and behind the words that present compliments, without articles.
fn around_compliments(sentence: &str, scope: Scope) -> Option<(&str, &str)> {
    let apart = |rest: &str| rest.starts_with(|c: char| c.is_whitespace() || c == ',');
    let (from, rest) = sentence.match_indices(' ').find_map(|(at, _)| {
        let rest = &sentence[at + 1..];
        let end = COMPLIMENTS.end(scope, rest, apart)?;
        Some((&sentence[..at], rest[end..].trim_start_matches([',', ' '])))
    })?;
    let to = parties::without_article(rest, scope);
    let stop = to.match_indices(' ').find(|(at, _)| goes_on_in_clause(&to[at + 1..], scope));
    let sign = to.match_indices(['.', ',', ';']).map(|(at, _)| at);
    let mut signs =
        sign.filter(|at| !names::is_honorific(to[..*at].rsplit(' ').next().unwrap_or("")));
    let end = signs.next().into_iter().chain(stop.map(|(at, _)| at)).min()?;
    let (from, to) = (parties::without_article(from, scope), to[..end].trim_end());
    // "… the Secretariat and, with reference to …"
    let last = to.rsplit_once(' ').filter(|(_, last)| AND.has(scope, last));
    let to = last.map_or(to, |(to, _)| to);
    let named = |name: &str| {
        name.starts_with(char::is_uppercase) && (5..=200).contains(&text::length(name))
    };
    (named(from) && named(to)).then_some((from, to))
}

/// Whether the name before it ends with its clause: "… and has the honour to", "… and refers to".
fn goes_on_in_clause(rest: &str, scope: Scope) -> bool {
    let mut words = rest.split(' ');
    let Some(and) = words.next().filter(|w| AND.has(scope, w)) else { return false };
    let honour = COMPLIMENTS.end(scope, rest[and.len()..].trim_start(), |_| true).is_some();
    let verb = |w: &str| w.starts_with(char::is_lowercase) && !is_article(w, scope);
    honour || words.next().is_some_and(verb)
}

fn is_article(word: &str, scope: Scope) -> bool {
    static ARTICLES: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.articles));
    ARTICLES.has(scope, word)
}

/// How the day of a second date lies to the days of the first.
enum Days {
    /// One day of several.
    Within,
    Apart,
    Other,
}

fn days_between(known: &DateLine, other: &DateLine) -> Days {
    let days = |line: &DateLine| {
        let date = line.reading.date.as_ref()?;
        Some((date.earliest()?, date.latest()?))
    };
    let (Some((from, to)), Some((first, last))) = (days(known), days(other)) else {
        return Days::Other;
    };
    let (several, day) = (from < to, first == last);
    if several && day && from <= first && last <= to {
        Days::Within
    } else if last < from || to < first {
        Days::Apart
    } else {
        Days::Other
    }
}

/// Whether a date was read without a doubt, and what is before it can be a place.
fn is_clean(line: &DateLine, scope: Scope) -> bool {
    line.reading.doubt.is_none() && line.place.as_deref().is_none_or(|p| plausible::place(p, scope))
}

/// Whether a short line may name a town: it is no body, no office, and not in capitals.
fn has_form_of_place(line: &str) -> bool {
    if !matches!(names::judge(line), Named::Unknown | Named::Person | Named::Country) {
        return false;
    }
    // "[Leith]" is a town that an editor supplied; a hyphen at the end goes on.
    let begins = |c: char| c == '[' || c.is_alphabetic() && !c.is_lowercase();
    if !line.starts_with(begins) || line.ends_with(['-', '–', '—']) {
        return false;
    }
    let has_number = line.bytes().any(|b| b.is_ascii_digit());
    text::has_at_most(line, 3) && !text::is_caps(line) && !has_number
}
/// `By Ida Holm | Tannmark Observer | 3 May 1931`: who wrote, in the line of the day.
fn beside_day(line: Line<'_>, piece: &Piece<'_>) -> Vec<Mention> {
    let parted = line.text.contains(" | ") && piece.layout.salutation.is_none();
    let names_writer = parted && parties::after_by(line.text, piece.scope).is_some();
    if names_writer { parties::byline(line.text, line.number, piece.writing) } else { Vec::new() }
}

/// Name of the rule by which a title tells from whom to whom something was sent.
pub(super) const SIDES_OF_LETTER: &str = "sides of a letter's title";

/// How plausible somebody must be as a person whom a title names.
const SPEAKER: i32 = 40;

/// The body that a title names before it tells what about: `Statement by the Union of Pilots on the arrest of …`.
fn body_that_speaks(name: &str, scope: Scope) -> Option<parties::Partial> {
    static ABOUT: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.letter_about));
    static DEALS: LazyLock<lexicon::Words> = LazyLock::new(|| names::listed("bodies_that_deal"));
    let mut words = name.match_indices(' ').map(|(at, _)| at);
    // "Working Group on Lost Archives": what it is about belongs to its name.
    let about = words.find(|at| {
        let last = name[..*at].rsplit(' ').next().unwrap_or_default().to_lowercase();
        !DEALS.contains(last.as_str()) && ABOUT.end(scope, &name[at + 1..], ends_word).is_some()
    });
    let whole = &name[..about.unwrap_or(name.len())];
    // "the Harbour Families, a non-governmental organization"
    static A: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.indefinite));
    let told = whole
        .match_indices(", ")
        .find(|(at, _)| A.end(scope, &whole[at + 2..], ends_word).is_some());
    let whole = told.map_or(whole, |(at, _)| &whole[..at]);
    let body = parties::without_article(whole, scope);
    let definite = body.len() < whole.len();
    let body = body.trim_end_matches([':', ',', ' ']);
    // "Statement by women's organizations" names none of them.
    static OF_MANY: LazyLock<lexicon::Words> = LazyLock::new(|| names::listed("bodies_of_many"));
    let last = body.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let named = !OF_MANY.contains(last.as_str())
        && names::judge(body) == Named::Organization
        && plausible::organization(body, scope) >= 20
        && text::has_at_most(body, 10)
        // "Civil Society"
        && (definite || !text::has_at_most(body, 2));
    named.then(|| parties::Partial {
        organization: Some(body.to_owned()),
        ..parties::Partial::default()
    })
}

/// `STATEMENT OF IDA HOLM`, `Testimony by Jonas Everhart before the Committee`.
fn speaker_in_title(piece: &Piece<'_>) -> Option<Claim> {
    static JOINTS: LazyLock<[ScopedPhrases; 3]> = LazyLock::new(|| {
        let of = ScopedPhrases::of;
        [of(|l| l.of_body), of(|l| l.by), of(|l| l.from)]
    });
    let (head, scope) = (&piece.head, piece.scope);
    let title = head.title.as_deref().filter(|_| !head.title_lines.is_empty())?;
    let (_, rest) = marks::kind_before(title, scope).filter(|(kind, _)| *kind == "statement")?;
    let before = title[..title.len() - rest.len()].trim_end();
    // "Written statement* submitted by …" has a note.
    let rest = rest.trim_start_matches(['*', ' ']);
    // The words of a kind may end in the joint themselves: `testimony of`.
    let last = before.rsplit(' ').next().unwrap_or_default();
    let joined = JOINTS.iter().any(|joint| joint.end(scope, last, str::is_empty).is_some());
    let apart = |rest: &str| rest.starts_with(char::is_whitespace);
    let behind = || JOINTS.iter().find_map(|joint| joint.end(scope, rest, apart));
    let name = if joined { rest } else { rest[behind()?..].trim_start() };
    // The name ends at its end, or before a small word.
    let ends = name.match_indices(' ').map(|(at, _)| at).filter(|at| {
        let next = name[at + 1..].split(' ').next().unwrap_or_default();
        SMALL_WORDS.has_any_case(scope, next)
    });
    let read = |end: usize| {
        let read = parties::read_line(&name[..end], scope);
        let person = read.person.as_deref().map_or(-100, |p| plausible::person(p, scope));
        (person >= SPEAKER).then_some(read)
    };
    // Below the line with the name may be an office.
    let below = piece.lines[head.title_lines.clone()].get(1).and_then(|l| name.find(l.text));
    let read = std::iter::once(name.len()).chain(below).chain(ends).find_map(read);
    let read = read.or_else(|| body_that_speaks(name, scope))?;
    let line = piece.number(head.title_lines.start);
    let organization = read.organization.as_deref().map(|o| piece.writing.organization(o));
    let mention = Mention {
        person: read.person.map(|p| piece.writing.person(&p)),
        role: read.role,
        written: organization.as_ref().and(read.organization),
        organization,
        line,
        ..Mention::default()
    };
    let list = Value::Parties(vec![mention]);
    Some(Claim::new("speaker in the title", Field::Author, list, head.title_lines.clone()))
}
