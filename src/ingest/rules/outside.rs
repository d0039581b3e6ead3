//! What is known of a document from outside of its text: its file's name, its web page.

use super::super::dates::{self, Reading};
use super::super::evidence::{Claim, Field, Value};
use super::super::lexicon::surroundings;
use super::super::marks;
use super::super::names;
use super::super::parties::{self, Mention};
use super::super::source::Stated;
use super::super::text::{self, Line};
use super::Piece;
use super::head::{SIDES_OF_LETTER, exchanged};
use crate::edtf::EdtfDate;
use crate::slug::slugify;

/// What the seed's name says, by a pattern of the archive's settings: a person gave it.
pub(super) fn named(piece: &Piece<'_>) -> Vec<Claim> {
    let Some(named) = piece.named else { return Vec::new() };
    let claim = |field, value| Claim::new("file name", field, value, 0..0);
    let body = |name: &String| Mention {
        organization: Some(piece.writing.organization(name)),
        written: Some(name.clone()),
        ..Mention::default()
    };
    let mut found = Vec::new();
    if let Some(date) = &named.date {
        found.push(claim(
            Field::Date,
            Value::Date(Reading { date: Some(date.clone()), doubt: None }),
        ));
    }
    if let Some(title) = &named.title {
        found.push(claim(Field::Title, Value::Text(title.clone())));
    }
    if let Some(name) = &named.recipient {
        found.push(claim(Field::Recipients, Value::Parties(vec![body(name)])));
    }
    found
}

/// How many days a letter may be on its way: a name may have the day on which it came.
const ON_ITS_WAY: i64 = 60;

/// What the seed's name says by the habit of its folder: a day, and a sender whom the text names, too.
pub(super) fn habit(piece: &Piece<'_>) -> Vec<Claim> {
    let Some(named) = piece.habit else { return Vec::new() };
    let mut found = Vec::new();
    let received = |date: &EdtfDate| {
        let (Some(day), Some((line, _))) = (date.earliest(), &piece.head.date) else {
            return false;
        };
        let written = line.reading.date.as_ref().and_then(EdtfDate::latest);
        written.is_some_and(|w| (0..=ON_ITS_WAY).contains(&(day.since_1970() - w.since_1970())))
    };
    if let Some(date) = named.date.as_ref().filter(|d| !received(d)) {
        let reading = Reading { date: Some(date.clone()), doubt: None };
        found.push(Claim::new("day in the file's name", Field::Date, Value::Date(reading), 0..0));
    }
    let person = named
        .person
        .as_ref()
        .map(|p| Mention { person: Some(piece.writing.person(p)), ..Mention::default() });
    let body = named.organization.as_ref().map(|o| Mention {
        organization: Some(piece.writing.organization(o)),
        written: Some(o.clone()),
        ..Mention::default()
    });
    if let Some(sender) = person.or(body) {
        found.push(Claim::new(
            "sender in the file's name",
            Field::Author,
            Value::Parties(vec![sender]),
            0..0,
        ));
    }
    found
}

/// What a web page says of itself; it often describes the page, not the document.
pub(super) fn told(piece: &Piece<'_>) -> Vec<Claim> {
    let Some(told) = piece.told else { return Vec::new() };
    let rules = if told.record {
        RECORD
    } else if told.by_program {
        PROGRAM
    } else {
        PAGE
    };
    let mut found = Vec::new();
    if let Some(reading) = told.date.as_deref().and_then(page_date) {
        let claim = Claim::new(rules.date, Field::Date, Value::Date(reading), 0..0);
        found.push(match rules.doubt_of_date {
            Some(doubt) => claim.doubted(doubt),
            None => claim,
        });
    }
    found.extend(titled(piece, told, rules));
    if let Some(title) = told.title.as_deref().filter(|_| told.record) {
        found.extend(sides(title, piece));
    }
    found.extend(written_by(piece, told, rules));
    found
}

/// What is said to be the title, and the date in it.
fn titled(piece: &Piece<'_>, told: &Stated, rules: RuleNames) -> Vec<Claim> {
    let mut found = Vec::new();
    let is_page = !told.record && !told.by_program;
    let site = |title: &str| if is_page { without_site(title) } else { title.to_owned() };
    if let Some(title) = told.title.as_deref().map(site).filter(|t| !t.is_empty()) {
        let dated = dates_of(&title, piece).filter(|_| !told.by_program);
        found.extend(
            dated.map(|r| Claim::new("date in the title", Field::Date, Value::Date(r), 0..0)),
        );
        // What the page is called and its text is headed by is the title, also where no rule sees it there.
        let seen = piece.head.title.as_deref() == Some(title.as_str());
        let heading = heading_of(piece, &title).filter(|_| is_page && !seen);
        let lines = heading.map_or(0..0, |at| at..at + 1);
        let claim = Claim::new(rules.title, Field::Title, Value::Text(title), lines)
            .adjusted(if heading.is_some() { 34 } else { 0 });
        found.push(if told.by_program {
            claim.doubted("the title is only in the file's properties")
        } else {
            claim
        });
    }
    found
}

/// Who is said to have written it.
fn written_by(piece: &Piece<'_>, told: &Stated, rules: RuleNames) -> Option<Claim> {
    let author = told.author.as_deref()?;
    let account = spelled_out(author, piece).filter(|_| told.record);
    let author = account.or(Some(author).filter(|author| names_somebody(author)))?;
    let list = match names_newspaper(author, piece) {
        true => vec![Mention {
            organization: Some(author.trim().to_owned()),
            written: Some(author.trim().to_owned()),
            ..Mention::default()
        }],
        false => parties::byline(author, 0, piece.writing),
    };
    let list = if account.is_some() { list.into_iter().map(of_account).collect() } else { list };
    if list.is_empty() {
        return None;
    }
    let acronym = has_acronym(author.trim());
    let (list, sure): (Vec<Mention>, Vec<bool>) =
        list.into_iter().map(|mention| as_body(mention, acronym)).unzip();
    // Who keeps a page is often named as its author; who wrote a document is named in it.
    let named = told.record || piece.writing.text.contains(author);
    let claim = Claim::new(rules.author, Field::Author, Value::Parties(list), 0..0);
    Some(match told.by_program {
        true => claim.doubted("the author is the file's, who may have only typed it"),
        false => {
            let less = if named { 0 } else { -30 };
            claim.adjusted(if sure.contains(&false) { less - 20 } else { less })
        }
    })
}

/// The name of an account as a line of the text spells it: `Harbour Workers' League` of `author: harbour-workers-league`.
fn spelled_out<'l>(account: &str, piece: &Piece<'l>) -> Option<&'l str> {
    let parts: Vec<&str> = account.trim().split('-').collect();
    let plain = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric());
    let account = parts.len() > 1 && parts.iter().all(plain) && account == account.to_lowercase();
    let spelled = |line: &Line<'l>| run_of(line.text, &parts);
    piece.lines.iter().filter(|_| account).find_map(spelled)
}

/// The words of a line that are these parts, one behind the other, if they begin with a capital.
fn run_of<'l>(line: &'l str, parts: &[&str]) -> Option<&'l str> {
    let apart = |c: char| !c.is_alphanumeric();
    let words: Vec<&str> = line.split(apart).filter(|word| !word.is_empty()).collect();
    let run = words.windows(parts.len()).find(|run| {
        let same = |(word, part): (&&str, &&str)| slugify(word) == **part;
        run[0].starts_with(char::is_uppercase) && run.iter().zip(parts).all(same)
    })?;
    let start = text::offset(run[0], line);
    let last = run[run.len() - 1];
    Some(&line[start..text::offset(last, line) + last.len()])
}

/// Who has an account of several words is a body, unless one of the words is a name.
fn of_account(mention: Mention) -> Mention {
    let known = |word: &str| {
        names::knowledge::is_given(word).or_else(|| names::knowledge::is_family(word)).is_some()
    };
    match mention.person.as_deref() {
        Some(name) if !name.split([' ', '-']).any(known) => Mention {
            organization: Some(name.to_owned()),
            written: Some(name.to_owned()),
            person: None,
            ..mention
        },
        _ => mention,
    }
}

/// Whether a word has a capital within it, not near its beginning as "MacLeod", or at its end as "TannB".
fn has_late_capital(word: &str) -> bool {
    let last = word.chars().count().saturating_sub(1);
    word.char_indices().enumerate().any(|(place, (at, c))| {
        let late = place > 3 || place == last && place > 1;
        late && c.is_uppercase() && word[..at].ends_with(char::is_lowercase)
    })
}

/// The same as a body, if what is taken for a person's name has a capital within its one word, as in `TannmarkZero`, or
/// none at all and no given name, as in `families of the drowned`, or is Korean and no name; whether that is sure.
fn as_body(mention: Mention, acronym: bool) -> (Mention, bool) {
    let Some(name) = mention.person.as_deref() else { return (mention, true) };
    let inner = !name.contains(' ') && has_late_capital(name);
    // "Occupy the Harbour!", "Initiative Harbour Baths (IHB2)"
    let signs = inner || acronym || name.contains(['!', ':', '&']);
    let korean = text::is_hangul(name).then(|| names::person_likelihood(name) >= 0);
    if signs || korean == Some(false) || is_in_small_letters(name) {
        let organization = Some(name.to_owned());
        let written = organization.clone();
        return (Mention { person: None, written, organization, ..mention }, signs);
    }
    let sure = korean.unwrap_or_else(|| has_known_name(name));
    (mention, sure)
}

/// Whether a name has no capital, and begins with no given name.
fn is_in_small_letters(name: &str) -> bool {
    let given = |w: &str| {
        let capital = w.chars().take(1).flat_map(char::to_uppercase).chain(w.chars().skip(1));
        names::knowledge::is_given(&capital.collect::<String>()).is_some()
    };
    name.starts_with(char::is_lowercase)
        && !name.chars().any(char::is_uppercase)
        && !name.split(' ').next().is_some_and(given)
}

/// Whether a word of a name is known as one: a given name alone may be anybody's, words of which none is a name may
/// be a body's.
fn has_known_name(name: &str) -> bool {
    let known = |word: &str| {
        names::knowledge::is_given(word).or_else(|| names::knowledge::is_family(word)).is_some()
    };
    name.contains(' ') && name.split([' ', '-']).any(known)
}

/// Whether a name ends in its acronym, in brackets.
fn has_acronym(name: &str) -> bool {
    let inner = name.strip_suffix(')').and_then(|name| name.rsplit_once('('));
    inner.is_some_and(|(_, inner)| {
        let capitals = inner.chars().filter(|c| c.is_uppercase()).count();
        capitals >= 2 && !inner.contains(' ')
    })
}

/// Who wrote to whom, as catalogues title letters: `The Harbour Board to Ida Holm`.
fn sides(title: &str, piece: &Piece<'_>) -> Vec<Claim> {
    let line = text::lines(title).first().copied();
    let Some((from, to)) = line.and_then(|line| exchanged(line, piece.writing)) else {
        return Vec::new();
    };
    let sent = marks::behind_what_was_sent(title, piece.scope).is_some();
    let rule = if sent { SIDES_OF_LETTER } else { "sides of an edition's heading" };
    let claim = |field, side: Mention| {
        // The title is in no line of the text.
        let list = Value::Parties(vec![Mention { line: 0, ..side }]);
        Claim::new(rule, field, list, 0..0)
    };
    vec![claim(Field::Author, from), claim(Field::Recipients, to)]
}

/// The rules that a source of such statements has.
#[derive(Clone, Copy)]
struct RuleNames {
    title: &'static str,
    date: &'static str,
    author: &'static str,
    doubt_of_date: Option<&'static str>,
}

const RECORD: RuleNames = RuleNames {
    title: "title of the record",
    date: "date of the record",
    author: "author of the record",
    doubt_of_date: None,
};
const PAGE: RuleNames = RuleNames {
    title: "title of the page",
    date: "date of the page",
    author: "author of the page",
    doubt_of_date: Some("the date is the page's, which may be another than the document's"),
};
/// Name of the rule by which who used an office program is the author.
pub(in crate::ingest) const BY_PROGRAM: &str = "author of the file";

/// What an office program wrote unasked: who used it, when the file was made.
const PROGRAM: RuleNames = RuleNames {
    title: "title of the file",
    date: "date of the file",
    author: BY_PROGRAM,
    doubt_of_date: Some(
        "the date is that on which the file was made, which may be another than the document's",
    ),
};

/// The one date that a title names.
fn dates_of(title: &str, piece: &Piece<'_>) -> Option<Reading> {
    let mut found = dates::find(title, piece.order);
    let reading = found.pop()?.reading;
    found.is_empty().then_some(reading).filter(|r| r.date.is_some())
}

/// `2014-05-06T10:00:00Z`, or any other date.
fn page_date(text: &str) -> Option<Reading> {
    let day = text.get(..10).and_then(|day| dates::date_line(day, None));
    day.or_else(|| dates::date_line(text, None)).map(|found| found.reading)
}

/// A page's title without the site's name behind it: `Open letter | Human Rights Watch`.
fn without_site(title: &str) -> String {
    let cut = [" | ", " » ", " :: ", " – ", " — ", " - "].iter().find_map(|between| {
        let (page, site) = title.rsplit_once(between)?;
        let short = text::has_at_most(site, 5);
        (short && text::word_count(page) >= 2).then_some(page)
    });
    cut.unwrap_or(title).trim().to_owned()
}

/// Whether an author is more than the account or the office from which a page was filled.
fn names_somebody(author: &str) -> bool {
    let lower = author.trim().to_lowercase();
    // "redaction", "webteam": one word without a capital is an account.
    let account = !lower.contains(' ') && lower == author.trim() && text::starts_lower(&lower);
    !account
        && !surroundings::NEWSROOMS.contains(&lower.as_str())
        && !surroundings::ACCOUNTS.contains(&lower.as_str())
}

/// The one of the first lines that is a title, and nothing more.
fn heading_of(piece: &Piece<'_>, title: &str) -> Option<usize> {
    /// How many written lines are asked.
    const LINES: usize = 30;
    let mut early = (0..piece.lines.len()).filter(|&i| !piece.lines[i].is_blank()).take(LINES);
    let is_title = |&i: &usize| piece.lines[i].text.trim_start_matches(['#', ' ']) == title;
    early.find(is_title).filter(|_| !text::has_at_most(title, 2))
}

/// `La Jornada`, `Der Spiegel`: an article and one word that is nobody's family name.
fn names_newspaper(author: &str, piece: &Piece<'_>) -> bool {
    let author = author.trim();
    let rest = parties::without_article(author, piece.scope);
    rest.len() < author.len()
        && text::has_at_most(rest, 1)
        && author.starts_with(char::is_uppercase)
        && rest.starts_with(char::is_uppercase)
        && names::knowledge::is_family(rest).is_none()
}
