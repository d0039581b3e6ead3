//! Dates in prose → EDTF, with the doubt that remains. Months and labels come from the lexicon.
//!
//! Knows one text at a time; which line's date is the document's own is decided elsewhere.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::lexicon::{self, LANGUAGES};
use crate::config::DateOrder;
use crate::edtf::EdtfDate;

/// A date found in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// What it says.
    pub reading: Reading,
}

/// What a date's wording says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    /// The date; `None` if the wording is that of an empty database field.
    pub date: Option<EdtfDate>,
    /// Why it is doubtful.
    pub doubt: Option<String>,
}

/// A line that is a date and little else.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DateLine {
    /// What it says.
    pub reading: Reading,
    /// The place before the date.
    pub place: Option<String>,
}

static MONTHS: LazyLock<HashMap<&'static str, u8>> = LazyLock::new(|| {
    let mut months = HashMap::new();
    for language in LANGUAGES {
        for (number, names) in (1..).zip(language.months) {
            for name in names.split('|') {
                months.entry(name).or_insert(number);
            }
        }
    }
    months
});

/// One form of dates: how it is written, and which of its groups mean what.
struct Form {
    pattern: Regex,
    read: fn(&Captures<'_>, Option<DateOrder>) -> Option<Reading>,
}

/// Forms in the order in which they are tried; where two match, the earlier and longer one counts.
static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let mut names: Vec<&str> = MONTHS.keys().copied().filter(|m| !m.ends_with('월')).collect();
    names.sort_by_key(|m| (std::cmp::Reverse(m.len()), *m));
    let month = format!(r"(?P<m>{})\b\.?", names.join("|"));
    let day = r"(?P<d>[0-3]?\d)(?:\s?(?:st|nd|rd|th|er|º|°|ª)\b|\.)?";
    let year = r"(?P<y>1[4-9]\d\d|20\d\d|21\d\d)";
    let form =
        |pattern: &str, read| Form { pattern: lexicon::regex(&format!("(?i){pattern}")), read };
    vec![
        form(r"\b(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)\b", numeric),
        form(
            r"(?:(?P<era>단기|주체)\s*)?(?P<y>\d{2,4})\s*(?:\((?P<y2>\d{4})\)\s*)?년\s*(?P<m>\d{1,2})\s*월(?:\s*(?P<d>\d{1,2})\s*일)?",
            korean,
        ),
        form(r"(?P<y>\d{4})\s*[年]\s*(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*日)?", korean),
        form(
            &format!(
                r"\b{day}\s*(?:day\s+of\s+|de\s+|of\s+|-|/)?\s*{month},?\s*(?:de\s+|del\s+|of\s+|-|/|in\s+the\s+year\s+)?\s*{year}\b"
            ),
            named,
        ),
        form(&format!(r"\b{month}\s+{day}\s*(?:,|\s)\s*{year}\b"), named),
        form(&format!(r"\b{day}[-\s/]{month}[-\s/,]+'?(?P<y>\d\d)\b"), named),
        form(&format!(r"\b{month},?\s+(?:de\s+|del\s+|of\s+)?{year}\b"), named),
        form(
            &format!(r"\b{year}\s?(?P<s>[./])\s?(?P<m>\d{{1,2}})\s?[./]\s?(?P<d>\d{{1,2}})\b\.?"),
            numeric,
        ),
        form(
            r"\b(?P<a>\d{1,2})\s?[./-]\s?(?P<b>\d{1,2})\s?[./-]\s?(?P<y>\d{4}|\d{2})\b",
            ambiguous,
        ),
    ]
});

/// Words before a year or a month that make it approximate.
static CIRCA: LazyLock<Regex> = LazyLock::new(|| {
    lexicon::regex(
        r"(?i)(?:\bcirca|\bca\.?|\bc\.|\babout|\baround|\bvers|\benviron|\bum|\betwa|\bhacia|약)\s*$",
    )
});
static YEAR_ONLY: LazyLock<Regex> = LazyLock::new(|| {
    lexicon::regex(
        r"(?i)^(?P<circa>(?:circa|ca\.?|c\.|about|around|vers|environ|um|etwa|hacia|약)\s*)?(?P<open>\[)?(?P<y>1[4-9]\d\d|20\d\d)(?P<q>\?)?\]?(?P<nyeon>년)?(?P<gyeong>\s?경)?$",
    )
});
static DECADE: LazyLock<Regex> = LazyLock::new(|| {
    lexicon::regex(
        r"(?i)^(?:the\s+|les\s+années\s+)?(?P<y>1[4-9]\d|20\d)0(?:s|er|년대)(?:\s+jahre)?$",
    )
});
static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    lexicon::regex(r"^(?P<a>1[4-9]\d\d|20\d\d)\s?[-–—/]\s?(?P<b>1[4-9]\d\d|20\d\d)$")
});

/// The number of a month's name in any language.
pub(super) fn month(name: &str) -> Option<u32> {
    MONTHS.get(name.to_lowercase().as_str()).map(|m| u32::from(*m))
}

/// All dates in a text, in its order, none inside another.
pub(super) fn find(text: &str, order: Option<DateOrder>) -> Vec<Found> {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let mut found: Vec<Found> = Vec::new();
    for form in FORMS.iter() {
        for captures in form.pattern.captures_iter(text) {
            let range = captures.get(0).expect("group 0 always matches").range();
            if found.iter().any(|f| f.range.start < range.end && range.start < f.range.end) {
                continue;
            }
            if let Some(mut reading) = (form.read)(&captures, order) {
                if CIRCA.is_match(&text[..range.start]) || text[range.end..].starts_with('경') {
                    reading = approximate(reading);
                }
                found.push(Found { range, reading });
            }
        }
    }
    found.sort_by_key(|f| f.range.start);
    found
}

/// Reads a line that is nothing but a date, with at most a label, a day of the week, a place, a time.
pub(super) fn date_line(line: &str, order: Option<DateOrder>) -> Option<DateLine> {
    let line = super::text::without_emphasis(line);
    if line.len() > 120 || is_stamp(line) {
        return None;
    }
    let bare = line.trim_matches(['(', ')', '[', ']', ' ', '.']);
    if let Some(reading) = loose(bare) {
        return Some(DateLine { reading, place: None });
    }
    let found = find(line, order).into_iter().next()?;
    let before = before_date(&line[..found.range.start])?;
    let after = AFTER.replace(&line[found.range.end..], "");
    if !after.trim_matches(|c: char| ".,;:)]*_- 일에".contains(c)).is_empty() {
        return None;
    }
    let place = Some(before).filter(|p| !p.is_empty() && is_place(p));
    Some(DateLine { reading: found.reading, place })
}

static AFTER: LazyLock<Regex> = LazyLock::new(|| {
    let days = lexicon::alternation(|l| l.weekdays);
    lexicon::regex(&format!(
        r"(?i)^[,.]?\s*(?:(?:at|um|à|a las)?\s*\d{{1,2}}[:h.]\d{{2}}(?::\d\d)?\s*(?:[ap]\.?m\.?|uhr|h)?(?:\s*[A-Z]{{2,4}})?(?:\s*[+-]\d{{4}})?|\(?{days}\)?\.?|[-–]\s+(?:\w+\s*){{1,3}})?\s*$"
    ))
});

/// What may stand before the date: nothing (after labels and days of the week), or a place.
fn before_date(before: &str) -> Option<String> {
    static WEEKDAY: LazyLock<Regex> = LazyLock::new(|| {
        lexicon::regex(&format!(r"(?i)\(?\b{}\.?\)?[\s,]*$", lexicon::alternation(|l| l.weekdays)))
    });
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        let labels = lexicon::alternation(|l| l.date);
        lexicon::regex(&format!(
            r"(?i)^\W*(?:{labels}\s*[:：.]|dated(?:\s+this)?|this|on|done at|fait à|hecho en|geschehen zu|date)\s*(?:the\s+)?"
        ))
    });
    static ARTICLE: LazyLock<Regex> = LazyLock::new(|| {
        lexicon::regex(
            r"(?i)[\s,;:–—-]*\b(?:the|this|le|den|der|am|im|in|en|vom|el|a|on|al|du)?\s*$",
        )
    });
    let rest = WEEKDAY.replace(before, "");
    let rest = LABEL.replace(&rest, "");
    let rest = ARTICLE.replace(&rest, "");
    let rest = rest.trim_matches(|c: char| " ,;:*_-–—([".contains(c));
    let fits = rest.is_empty()
        || (super::text::word_count(rest) <= 5
            && rest.chars().next().is_some_and(|c| c.is_uppercase() || ('가'..='힣').contains(&c))
            && !rest.contains([':', '@', '“', '"'])
            && !rest.chars().any(|c| c.is_ascii_digit()));
    fits.then(|| rest.to_owned())
}

/// Whether words before a date have the form of a place: "Adopted by the Council" has not.
fn is_place(text: &str) -> bool {
    const JOINING: [&str; 18] = [
        "de", "la", "le", "les", "del", "of", "the", "am", "an", "der", "im", "sur", "sous",
        "upon", "los", "las", "el", "do",
    ];
    let small = |w: &&str| w.starts_with(char::is_lowercase);
    text.split_whitespace().filter(small).all(|w| JOINING.contains(&w))
}

/// Whether a line is a stamp or a mark of change, whose date is not the document's.
pub(super) fn is_stamp(line: &str) -> bool {
    static STAMP: LazyLock<Regex> = LazyLock::new(|| {
        lexicon::regex(&format!(
            r"(?i)(?:^\W*|\b(?:date|am|le|am:)\s+){}(?:\s|:|$|\b)",
            lexicon::alternation(|l| l.stamps)
        ))
    });
    STAMP.is_match(line) || line.contains('©')
}

/// A year, a decade, a span of years that is the whole of a line.
fn loose(line: &str) -> Option<Reading> {
    if let Some(c) = YEAR_ONLY.captures(line) {
        let sign = if c.name("circa").is_some() || c.name("gyeong").is_some() {
            "~"
        } else if c.name("q").is_some() {
            "?"
        } else {
            ""
        };
        return certain(format!("{}{sign}", &c["y"]));
    }
    if let Some(c) = DECADE.captures(line) {
        return certain(format!("{}X", &c["y"]));
    }
    let c = YEARS.captures(line)?;
    (c["a"] < c["b"]).then(|| certain(format!("{}/{}", &c["a"], &c["b"])))?
}

fn certain(edtf: String) -> Option<Reading> {
    Some(Reading { date: Some(edtf.parse().ok()?), doubt: None })
}

fn number(captures: &Captures<'_>, name: &str) -> Option<u32> {
    captures.name(name)?.as_str().parse().ok()
}

fn full_year(year: u32) -> u32 {
    match year {
        0..=39 => 2000 + year,
        40..=99 => 1900 + year,
        _ => year,
    }
}

fn named(captures: &Captures<'_>, _: Option<DateOrder>) -> Option<Reading> {
    let name = captures.name("m")?.as_str().to_lowercase();
    let month = u32::from(*MONTHS.get(name.as_str())?);
    let written = number(captures, "y")?;
    let mut reading = on(full_year(written), month, number(captures, "d"))?;
    if written < 100 && reading.doubt.is_none() {
        reading.doubt =
            Some(format!("the year is written `{}`; its century is a guess", &captures["y"]));
    }
    Some(reading)
}

fn numeric(captures: &Captures<'_>, _: Option<DateOrder>) -> Option<Reading> {
    on(number(captures, "y")?, number(captures, "m")?, number(captures, "d"))
}

fn korean(captures: &Captures<'_>, _: Option<DateOrder>) -> Option<Reading> {
    let written = number(captures, "y")?;
    let year = match (captures.name("era").map(|e| e.as_str()), number(captures, "y2")) {
        (_, Some(year)) => year,
        (Some("단기"), None) => written.checked_sub(2333)?,
        (Some(_), None) => written + 1911,
        (None, None) if written > 4200 => written - 2333,
        (None, None) => full_year(written),
    };
    on(year, number(captures, "m")?, number(captures, "d"))
}

/// Two numbers of which either may be the day, unless the archive says which.
fn ambiguous(captures: &Captures<'_>, order: Option<DateOrder>) -> Option<Reading> {
    let (a, b) = (number(captures, "a")?, number(captures, "b")?);
    let year = full_year(number(captures, "y")?);
    // Points between the numbers are the habit of countries that put the day first.
    let order = order.or(captures[0].contains('.').then_some(DateOrder::DayMonthYear));
    let day_first = on(year, b, Some(a));
    let month_first = on(year, a, Some(b));
    match (order, day_first, month_first) {
        (Some(DateOrder::DayMonthYear), Some(reading), _)
        | (Some(DateOrder::MonthDayYear), _, Some(reading)) => Some(reading),
        (_, Some(reading), None) | (_, None, Some(reading)) => Some(reading),
        (_, Some(reading), Some(_)) if a == b => Some(reading),
        (_, Some(one), Some(other)) => either(captures, &one, &other),
        (_, None, None) => None,
    }
}

fn either(captures: &Captures<'_>, one: &Reading, other: &Reading) -> Option<Reading> {
    let mut days = [one.date.as_ref()?.to_string(), other.date.as_ref()?.to_string()];
    days.sort();
    Some(Reading {
        date: Some(format!("[{}]", days.join(",")).parse().ok()?),
        doubt: Some(format!(
            "`{}` may be {} or {}; set `date_order` in config.toml if the archive has one order",
            &captures[0], days[0], days[1]
        )),
    })
}

/// A date by numbers; the days of an empty database field are none.
fn on(year: u32, month: u32, day: Option<u32>) -> Option<Reading> {
    let edtf = match day {
        Some(day) => format!("{year:04}-{month:02}-{day:02}"),
        None => format!("{year:04}-{month:02}"),
    };
    let date: EdtfDate = edtf.parse().ok()?;
    if matches!(edtf.as_str(), "1969-12-31" | "1970-01-01") {
        let doubt = format!(
            "the date is given as {edtf}, which an empty database field shows; the document is undated"
        );
        return Some(Reading { date: None, doubt: Some(doubt) });
    }
    Some(Reading { date: Some(date), doubt: None })
}

fn approximate(reading: Reading) -> Reading {
    let date = reading.date.and_then(|d| {
        let text = d.to_string();
        if text.contains(['[', '/', '~']) { Some(d) } else { format!("{text}~").parse().ok() }
    });
    Reading { date, doubt: reading.doubt }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Option<(String, Option<String>)> {
        let found = date_line(text, None)?;
        Some((found.reading.date.map_or(String::new(), |d| d.to_string()), found.place))
    }

    #[test]
    fn every_common_form_in_five_languages() {
        for (text, edtf) in [
            ("March 2, 2018", "2018-03-02"),
            ("2 March 2018", "2018-03-02"),
            ("2nd day of March, 2018", "2018-03-02"),
            ("2018년 3월 2일", "2018-03-02"),
            ("2018. 3. 2.", "2018-03-02"),
            ("le 2 mars 2018", "2018-03-02"),
            ("1er décembre 2018", "2018-12-01"),
            ("den 2. März 2018", "2018-03-02"),
            ("2 de marzo de 2018", "2018-03-02"),
            ("March 2018", "2018-03"),
            ("circa 1958", "1958~"),
            ("1958년경", "1958~"),
            ("[1958?]", "1958?"),
            ("1950s", "195X"),
            ("1998–2001", "1998/2001"),
            ("단기 4291년 3월 2일", "1958-03-02"),
            ("주체107(2018)년 3월 2일", "2018-03-02"),
            ("Oct 16, 2014", "2014-10-16"),
            ("Tuesday, 5 June 2012", "2012-06-05"),
            ("Date: 5 June 2012", "2012-06-05"),
            ("10-NOV-2014", "2014-11-10"),
            ("25/12/1998", "1998-12-25"),
            ("03/04/2018", "[2018-03-04,2018-04-03]"),
            ("April 18th 2013 - via mail", "2013-04-18"),
            ("DATED this 3rd day of March, 1998", "1998-03-03"),
            ("18. Juni 1953", "1953-06-18"),
            ("2014-11-10", "2014-11-10"),
        ] {
            assert_eq!(line(text).map(|l| l.0).as_deref(), Some(edtf), "{text}");
        }
    }

    #[test]
    fn a_place_may_stand_before_the_date() {
        for (text, place) in [
            ("New York, 10 November 2014", "New York"),
            ("Berlin, den 3. März 1998", "Berlin"),
            ("Paris, le 4 mai 1968", "Paris"),
            ("Madrid, a 4 de mayo de 1968", "Madrid"),
            ("서울, 2014년 11월 10일", "서울"),
            ("Buenos Aires, 24 de marzo de 1977", "Buenos Aires"),
        ] {
            assert_eq!(line(text).and_then(|l| l.1).as_deref(), Some(place), "{text}");
        }
    }

    #[test]
    fn stamps_and_mere_mentions_are_no_date_lines() {
        for text in [
            "Received 12 November 2008",
            "Eingegangen 12. März 1998",
            "Last updated: May 24, 2013",
            "접수 2014. 3. 2.",
            "On March 21, 2013 the United Nations Human Rights Council adopted",
            "Failure to Protect, October 30, 2006 (report)",
        ] {
            assert_eq!(line(text), None, "{text}");
        }
    }

    #[test]
    fn an_empty_database_field_is_no_date() {
        let found = date_line("Dec 31, 1969", None).unwrap();
        assert!(found.reading.date.is_none() && found.reading.doubt.is_some());
    }

    #[test]
    fn the_archive_may_settle_the_order() {
        let found = date_line("03/04/2018", Some(DateOrder::DayMonthYear)).unwrap();
        assert_eq!(found.reading.date.unwrap().to_string(), "2018-04-03");
        assert!(found.reading.doubt.is_none());
    }
}
