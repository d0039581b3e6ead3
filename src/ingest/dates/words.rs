//! The lexicon's words for dates, of all languages, made ready to be asked.

use std::sync::LazyLock;

use super::super::lexicon::{
    self, Beginnings, Feast, LANGUAGES, Meanings, Phrases, ends_word, months,
};

/// Names that mean a number, all of which begin with a letter or are asked whole.
pub(super) struct Numbered {
    numbers: Meanings<u8>,
    /// Most words are none of them by these.
    beginnings: Beginnings,
    longest: usize,
}

impl Numbered {
    fn of<'l>(named: impl Iterator<Item = (u8, &'static str)> + 'l) -> Self {
        let mut numbers = Meanings::<u8>::default();
        for (number, names) in named {
            for name in names.split('|').filter(|n| n.chars().any(char::is_alphabetic)) {
                numbers.entry(name).or_insert(number);
            }
        }
        let longest = numbers.keys().map(|n| n.len()).max().unwrap_or(0);
        Self { beginnings: Beginnings::of(numbers.keys().copied()), numbers, longest }
    }

    /// What a name means, whatever its case.
    pub(super) fn number(&self, name: &str) -> Option<u8> {
        if name.len() > self.longest || !self.beginnings.may_begin(name) {
            return None;
        }
        lexicon::in_lower_case(name, |lower| self.numbers.get(lower).copied())
    }
}

/// Months by their names, but for those that are numbers with a sign, as in Korean.
pub(super) static MONTHS: LazyLock<Numbered> = LazyLock::new(|| {
    let elsewhere = (1..).zip(months::MONTHS);
    let names = LANGUAGES.iter().flat_map(|l| (1..).zip(l.months)).chain(elsewhere);
    Numbered::of(names.filter(|(_, names)| !names.ends_with('월')))
});

/// Seasons by their names, numbered as EDTF does.
pub(super) static SEASONS: LazyLock<Numbered> =
    LazyLock::new(|| Numbered::of(LANGUAGES.iter().flat_map(|l| (21..).zip(l.seasons))));

/// The month whose name differs from a word by one letter: one more, one less, or another one.
pub(super) fn like_month(word: &str) -> Option<u32> {
    /// Shorter names are like many words.
    const SHORTEST: usize = 6;
    let lower = word.to_lowercase();
    let months = LANGUAGES.iter().flat_map(|l| (1u32..).zip(l.months));
    let mut named = months.flat_map(|(n, names)| names.split('|').map(move |name| (n, name)));
    let like = |name: &str| name.len() >= SHORTEST && differs_by_one(name, &lower);
    named.find(|(_, name)| like(name)).map(|(n, _)| n)
}

/// Whether two words begin alike and one letter is more, less or another in one of them.
fn differs_by_one(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if a.first() != b.first() || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let rest = |word: &[char], skipped: usize| word.get(same + skipped..).map(<[char]>::to_vec);
    match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Equal => rest(&a, 1) == rest(&b, 1),
        std::cmp::Ordering::Less => rest(&a, 0) == rest(&b, 1),
        std::cmp::Ordering::Greater => rest(&a, 1) == rest(&b, 0),
    }
}

/// Days of a month in words: `second`, `treinta y uno`.
static DAY_WORDS: LazyLock<Numbered> = LazyLock::new(|| {
    let listed = LANGUAGES.iter().filter(|l| !l.day_words.is_empty());
    let days = listed.flat_map(|l| (1..).zip(l.day_words.split('|')));
    Numbered::of(days.flat_map(|(n, ways)| ways.split('/').map(move |way| (n, way))))
});

/// The day in words with which a text ends, before the words that join it to its month: `a los dos días del mes de`,
/// `this Sixth day of`.
pub(super) fn day_in_words(text: &str) -> Option<(usize, u32)> {
    /// No day has more words.
    const WORDS: usize = 4;
    let mut rest = text.trim_end();
    let mut joined = false;
    while let Some(start) = JOINS.start_at_end(rest) {
        (rest, joined) = (rest[..start].trim_end(), true);
    }
    let day = |start: usize| Some((start, u32::from(DAY_WORDS.number(&rest[start..])?)));
    let led = |start: usize| joined || ARTICLES.start_at_end(rest[..start].trim_end()).is_some();
    word_starts(rest).take(WORDS).filter_map(day).filter(|(start, _)| led(*start)).last()
}

/// Days of the week, from 0 for Monday.
pub(super) static WEEKDAYS: LazyLock<Numbered> =
    LazyLock::new(|| Numbered::of(LANGUAGES.iter().flat_map(|l| (0..).zip(l.weekdays))));

/// The same by the letters that calendars use.
pub(super) static WEEKDAY_SIGNS: LazyLock<Numbered> =
    LazyLock::new(|| Numbered::of(LANGUAGES.iter().flat_map(|l| (0..).zip(l.weekday_signs))));

/// Phrases that may begin what comes next in a text.
pub(super) struct Next(Phrases);

impl Next {
    fn of(field: lexicon::Field) -> Self {
        Self(Phrases::of(field))
    }

    /// Where the longest of them ends with which a text begins.
    ///
    /// A phrase ends where a word does, with an apostrophe, or, in scripts that write no spaces, anywhere.
    pub(super) fn end(&self, text: &str) -> Option<usize> {
        if text.is_empty() {
            return None;
        }
        self.0.ends(text).find(|&end| {
            let joined = |c: char| matches!(c, '\'' | '’' | '\u{1100}'..);
            text[..end].ends_with(joined) || ends_word(&text[end..])
        })
    }

    /// Where the last words of a text begin, if they are one of the phrases and nothing more.
    pub(super) fn start_at_end(&self, text: &str) -> Option<usize> {
        /// No phrase has more words.
        const WORDS: usize = 5;
        let is_all = |start: &usize| self.end(&text[*start..]) == Some(text.len() - start);
        word_starts(text).take(WORDS).filter(is_all).last()
    }
}

/// Where words begin, the last one first.
fn word_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut starts = text.char_indices().rev().peekable();
    std::iter::from_fn(move || {
        loop {
            let (at, c) = starts.next()?;
            let before = starts.peek().map(|(_, b)| *b);
            if c.is_alphanumeric() && !before.is_some_and(char::is_alphanumeric) {
                return Some(at);
            }
        }
    })
}

macro_rules! phrases {
    ($($(#[$doc:meta])* $name:ident = $field:expr;)*) => {
        $($(#[$doc])* pub(super) static $name: LazyLock<Next> = LazyLock::new(|| Next::of($field));)*
    };
}

/// Articles and the like before a date.
pub(super) static ARTICLES: LazyLock<Next> = LazyLock::new(|| {
    let elsewhere = months::BEFORE_DAYS.split('|');
    Next(Phrases::from(lexicon::all(|l| l.date_articles).into_iter().chain(elsewhere)))
});

/// Words behind a year.
pub(super) static BEHIND_YEARS: LazyLock<Next> =
    LazyLock::new(|| Next(Phrases::from(months::BEHIND_YEARS.split('|'))));

phrases! {
    /// Words between the parts of a date.
    JOINS = |l| l.date_joins;
    /// Words between two days.
    SPANS = |l| l.date_spans;
    /// Endings of a day's number.
    ORDINALS = |l| l.ordinals;
    /// Words before a date that make it approximate.
    CIRCA = |l| l.circa;
    /// Words after a date that do.
    CIRCA_AFTER = |l| l.circa_after;
    /// Words by which a day is one of last month.
    LAST_MONTH = |l| l.near_months[0];
    /// Words by which a day is one of this month.
    THIS_MONTH = |l| l.near_months[1];
    /// Words by which a day is one of next month.
    NEXT_MONTH = |l| l.near_months[2];
    /// Words of the old calendar.
    OLD_STYLE = |l| l.styles[0];
    /// Words of the new calendar.
    NEW_STYLE = |l| l.styles[1];
    /// Words of the calendar of the moon.
    LUNAR = |l| l.lunar;
    /// Parts of a day.
    PARTS_OF_DAY = |l| l.parts_of_day;
    /// Words before a time of day.
    CLOCK_OPENINGS = |l| l.clock_openings;
    /// Words after a time of day.
    CLOCK_UNITS = |l| l.clock_units;
    /// Words before a decade.
    DECADES = |l| l.decades[0];
    /// Endings of a decade.
    DECADE_ENDINGS = |l| l.decades[1];
    /// Labels of the document's own date.
    OWN_LABELS = |l| l.date;
    /// Words that open a date.
    OPENINGS = |l| l.date_openings;
    /// Labels and words of other events.
    EVENTS = |l| l.event_dates;
    /// Words of stamps.
    STAMPS = |l| l.stamps;
    /// Words before those.
    STAMP_OPENINGS = |l| l.stamp_openings;
    /// Words between which and a date the place is.
    FROM = |l| l.written_from;
    /// Small words inside the name of a place.
    PLACE_JOINS = |l| l.place_joins;
    /// Words beside years to come.
    YEARS_AHEAD = |l| l.years_ahead;
}

/// Feasts by their names.
pub(super) static FEASTS: LazyLock<(Phrases, Meanings<Feast>)> = LazyLock::new(|| {
    let mut feasts = Meanings::<Feast>::default();
    for (names, feast) in LANGUAGES.iter().flat_map(|l| l.feasts) {
        for name in names.split('|') {
            feasts.entry(name).or_insert(*feast);
        }
    }
    let mut names: Vec<&'static str> = feasts.keys().copied().collect();
    names.sort_unstable();
    (Phrases::from(names), feasts)
});

/// The feast with which a text begins, and where its name ends.
pub(super) fn feast(text: &str) -> Option<(usize, Feast)> {
    let (phrases, feasts) = &*FEASTS;
    let end = phrases.end(text, ends_word)?;
    let name = text[..end].split_whitespace().collect::<Vec<_>>().join(" ");
    let feast = lexicon::in_lower_case(&name, |lower| feasts.get(lower).copied())?;
    Some((end, feast))
}

/// Whether a word has the name of a day of the week in it, as "Karfreitag" has.
pub(super) fn names_weekday(word: &str) -> bool {
    let lower = word.to_lowercase();
    let names = LANGUAGES.iter().flat_map(|l| l.weekdays).flat_map(|names| names.split('|'));
    // Short names are parts of many words.
    names.filter(|name| name.len() > 5).any(|name| lower.contains(name))
}

static ERAS: LazyLock<Phrases> = LazyLock::new(|| {
    let names = LANGUAGES.iter().flat_map(|l| l.eras).flat_map(|(names, ..)| names.split('|'));
    let mut names: Vec<&'static str> = names.collect();
    names.sort_unstable();
    names.dedup();
    Phrases::from(names)
});

/// Where an era's name ends with which a text begins.
pub(super) fn era(text: &str) -> Option<usize> {
    beyond_latin(text).then(|| ERAS.end(text, |_| true))?
}

/// The common years that are so many years of an era, if it had as many; two eras may share a name.
pub(super) fn years_of_era(name: &str, counted: u32) -> Vec<u32> {
    let eras = LANGUAGES.iter().flat_map(|l| l.eras);
    let named = eras.filter(|(names, ..)| names.split('|').any(|n| n == name));
    let years = named.filter_map(|(_, first, last)| {
        let year = i32::try_from(counted).ok()?.checked_add(first - 1)?;
        // Documents are of the last thousand years.
        (1000.max(*first)..=*last).contains(&year).then(|| year.unsigned_abs())
    });
    let mut years: Vec<u32> = years.collect();
    years.sort_unstable();
    years
}

/// Whether a text begins with a letter of a script as that of Korean.
fn beyond_latin(text: &str) -> bool {
    text.starts_with(|c: char| c >= '\u{1100}')
}

/// Where words end by which a day is one of this month, of last month (-1) or of the next (1).
pub(super) fn near_month(text: &str) -> Option<(usize, i8)> {
    let of = |words: &Next, months: i8| words.end(text).map(|end| (end, months));
    of(&THIS_MONTH, 0).or_else(|| of(&LAST_MONTH, -1)).or_else(|| of(&NEXT_MONTH, 1))
}

/// Whether a date may begin with the first word of a text, which is no number.
pub(super) fn may_begin_date(text: &str, word: &str) -> bool {
    MONTHS.number(word).is_some()
        || SEASONS.number(word).is_some()
        || feast(text).is_some()
        || beyond_latin(text)
            && (era(text).is_some() || near_month(text).is_some() || LUNAR.end(text).is_some())
}
