//! The words of the interface: a theme's `i18n/LANGUAGE.toml`, and what follows the language's own
//! rules: dates in words, numbers, plurals, the order of names.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use icu_calendar::{Date, Gregorian};
use icu_collator::options::{AlternateHandling, CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{M, MD, YM, YMD};
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};
use parking_lot::Mutex;
use rustc_hash::FxHashMap;

use super::direction;
use crate::edtf::{DateShape, EdtfDate, IntervalEnd, PartialDate};

/// The strings of one language, by key.
pub type Strings = BTreeMap<String, Phrase>;

/// A string of the interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phrase {
    /// The same for every number.
    Plain(String),
    /// By plural category: `{ one = "{n} document", other = "{n} documents" }`.
    Counted(BTreeMap<String, String>),
}

impl Phrase {
    /// The form for no number in particular.
    fn plain(&self) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Counted(forms) => forms.get("other").map_or("", String::as_str),
        }
    }
}

/// Dates in the calendar of EDTF. A reader's own (the Buddhist one in Thai) would not be that of the documents, and the
/// tables of all calendars are ten megabytes of the program.
type Formatter<F> = FixedCalendarDateTimeFormatter<Gregorian, F>;

/// The words and rules of the interface's language.
pub struct Words {
    language: String,
    /// Thousands are asked for on a hundred pages.
    strings: FxHashMap<String, Phrase>,
    /// The digits that are written together, and what separates the groups.
    thousands: (usize, String),
    days: Formatter<YMD>,
    days_of_year: Formatter<MD>,
    months: Formatter<YM>,
    month_names: Formatter<M>,
    short_months: Formatter<M>,
    plurals: PluralRules,
    collator: CollatorBorrowed<'static>,
    missing: Mutex<BTreeSet<String>>,
}

impl Words {
    /// The words of a language; one that ICU does not know is treated as English.
    pub fn new(language: &str, strings: Strings) -> Self {
        // Day, month, year is the order of the field's editions in English too.
        let tag = if language == "en" { "en-GB" } else { language };
        let locale: Locale = tag.parse().unwrap_or(Locale::UNKNOWN);
        let numeric: Locale = format!("{tag}-u-kn-true").parse().unwrap_or(Locale::UNKNOWN);
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Tertiary);
        options.alternate_handling = Some(AlternateHandling::Shifted);
        const DATA: &str = "the data of every locale is compiled in, with a fallback";
        let primary = language.split('-').next().unwrap_or_default();
        let together = if ["bg", "es", "it", "pl"].contains(&primary) { 4 } else { 3 };
        let separator = strings.get("thousands").map_or("\u{202F}", Phrase::plain).to_owned();
        Self {
            language: language.to_owned(),
            strings: strings.into_iter().collect(),
            thousands: (together, separator),
            days: Formatter::try_new((&locale).into(), YMD::long()).expect(DATA),
            days_of_year: Formatter::try_new((&locale).into(), MD::long()).expect(DATA),
            months: Formatter::try_new((&locale).into(), YM::long()).expect(DATA),
            month_names: Formatter::try_new((&locale).into(), M::long()).expect(DATA),
            short_months: Formatter::try_new((&locale).into(), M::medium()).expect(DATA),
            plurals: PluralRules::try_new_cardinal((&locale).into()).expect(DATA),
            collator: Collator::try_new((&numeric).into(), options).expect(DATA),
            missing: Mutex::default(),
        }
    }

    /// The interface's language, a BCP 47 tag.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The direction of the interface: `ltr` or `rtl`.
    pub fn direction(&self) -> &'static str {
        direction::of_language(&self.language)
    }

    /// A name to stand within words of the interface, kept from turning them around.
    pub fn isolated(&self, name: &str) -> String {
        direction::isolated(name, self.direction()).into_owned()
    }

    /// The string of a key; the key itself if the theme has none, which fails the build.
    pub fn get(&self, key: &str) -> String {
        self.string(key).to_owned()
    }

    fn string<'a>(&'a self, key: &'a str) -> &'a str {
        if let Some(phrase) = self.strings.get(key) {
            return phrase.plain();
        }
        let mut missing = self.missing.lock();
        missing.insert(key.to_owned());
        key
    }

    /// The string of a key if the theme has one.
    pub fn known(&self, key: &str) -> Option<String> {
        self.strings.get(key).map(|phrase| phrase.plain().to_owned())
    }

    /// The string of a key with its places filled: `{name}` by the value of that name.
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.string(key), |name| values.iter().find(|(n, _)| *n == name).map(|(_, v)| *v))
    }

    /// The string of a key for a number, with `{n}` filled.
    pub fn count(&self, key: &str, n: usize) -> String {
        let text = match self.strings.get(key) {
            Some(Phrase::Counted(forms)) => {
                let category = match self.plurals.category_for(n) {
                    PluralCategory::Zero => "zero",
                    PluralCategory::One => "one",
                    PluralCategory::Two => "two",
                    PluralCategory::Few => "few",
                    PluralCategory::Many => "many",
                    PluralCategory::Other => "other",
                };
                let form = forms.get(category).or_else(|| forms.get("other"));
                form.map_or("", String::as_str)
            }
            _ => self.string(key),
        };
        fill(text, |name| (name == "n").then(|| self.number(n)))
    }

    /// The string of a key by plural category; one that is the same for every number is `other`.
    pub fn forms(&self, key: &str) -> BTreeMap<String, String> {
        match self.strings.get(key) {
            Some(Phrase::Counted(forms)) => forms.clone(),
            _ => BTreeMap::from([("other".to_owned(), self.get(key))]),
        }
    }

    /// A number with the thousands set apart. Some languages leave four digits together.
    ///
    /// Source: CLDR, `minimumGroupingDigits`.
    pub fn number(&self, n: usize) -> String {
        let digits = n.to_string();
        let (together, separator) = &self.thousands;
        if digits.len() <= *together {
            return digits;
        }
        let mut out = String::new();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push_str(separator);
            }
            out.push(digit);
        }
        out
    }

    /// A size in bytes as people say it: "640 bytes", "12 kB", "3.4 MB".
    pub fn size(&self, bytes: usize) -> String {
        match bytes {
            0..1000 => self.count("size-bytes", bytes),
            1000..999_500 => self.with("size-kb", &[("n", &((bytes + 500) / 1000).to_string())]),
            _ => {
                let tenths = (bytes + 50_000) / 100_000;
                let point = self.get("decimal-point");
                let n = format!("{}{point}{}", self.number(tenths / 10), tenths % 10);
                self.with("size-mb", &[("n", &n)])
            }
        }
    }

    /// Orders two names as a reader of this language looks for them.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collator.compare(a, b).then_with(|| a.cmp(b))
    }

    /// Bytes that are in the order in which [`Words::compare`] puts names, but for those that it finds equal.
    pub fn sort_key(&self, name: &str) -> Vec<u8> {
        let mut key = Vec::with_capacity(2 * name.len());
        // Never fails: a `Vec` takes everything.
        let Ok(()) = self.collator.write_sort_key_to(name, &mut key);
        key
    }

    /// The keys that were asked for and that the theme does not have.
    pub fn missing(&self) -> Vec<String> {
        let missing = self.missing.lock();
        missing.iter().cloned().collect()
    }

    /// A date in words: "about November 2009".
    pub fn date(&self, date: &EdtfDate) -> String {
        match date.shape() {
            DateShape::Single(date) => self.partial_date(&date),
            DateShape::Interval(start, end) => self.interval(&start, &end),
            DateShape::OneOf(dates) => self.list(&dates, "date-or"),
            DateShape::AllOf(dates) => self.list(&dates, "date-and"),
        }
    }

    /// The name of a month, 1 to 12.
    pub fn month(&self, month: u8) -> String {
        Date::try_new_gregorian(2001, month, 1)
            .map_or_else(|_| month.to_string(), |d| self.month_names.format(&d).to_string())
    }

    /// The short name of a month, 1 to 12: "Sept".
    pub fn short_month(&self, month: u8) -> String {
        Date::try_new_gregorian(2001, month, 1)
            .map_or_else(|_| month.to_string(), |d| self.short_months.format(&d).to_string())
    }

    fn interval(&self, start: &IntervalEnd, end: &IntervalEnd) -> String {
        match (start, end) {
            (IntervalEnd::Date(start), IntervalEnd::Date(end)) => {
                let dates = self.several(&[start.clone(), end.clone()]);
                let short = dates.iter().all(|date| date.chars().all(char::is_numeric));
                let key = if short { "date-years" } else { "date-from-to" };
                self.with(key, &[("from", &dates[0]), ("to", &dates[1])])
            }
            (_, IntervalEnd::Date(b)) => {
                self.with("date-before", &[("date", &self.partial_date(b))])
            }
            (IntervalEnd::Date(a), _) => {
                self.with("date-after", &[("date", &self.partial_date(a))])
            }
            _ => self.get("undated"),
        }
    }

    /// "1, 2 or 3": the last two are joined by the string of `key`.
    fn list(&self, dates: &[PartialDate], key: &str) -> String {
        let words = self.several(dates);
        let Some((last, others)) = words.split_last() else { return self.get("undated") };
        if others.is_empty() {
            return last.clone();
        }
        self.with(key, &[("a", &others.join(", ")), ("b", last)])
    }

    /// Several dates of one year name it once: "4 March or 3 April 2018". It is with the date that
    /// is read last where the year follows the month, with the first where it leads: "2018년 3월 4일".
    fn several(&self, dates: &[PartialDate]) -> Vec<String> {
        let plain = |d: &PartialDate| !d.approximate && !d.uncertain;
        let shared = dates.windows(2).all(|pair| {
            pair[0].year == pair[1].year && pair.iter().all(|d| plain(d) && in_month(d))
        });
        let whole: Vec<String> = dates.iter().map(|d| self.partial_date(d)).collect();
        let year_leads = |text: &String| {
            text.starts_with(|c: char| c.is_ascii_digit()) && {
                let digits = text.chars().take_while(char::is_ascii_digit).count();
                digits >= 4
            }
        };
        let kept = if whole.first().is_some_and(year_leads) { 0 } else { dates.len() - 1 };
        let shown = dates.iter().zip(whole).enumerate().map(|(n, (date, whole))| {
            if shared && n != kept { self.without_year(date).unwrap_or(whole) } else { whole }
        });
        shown.collect()
    }

    /// "4 March", or "March".
    fn without_year(&self, date: &PartialDate) -> Option<String> {
        let (year, month) = (date.year.parse().ok()?, date.month?);
        let Some(day) = date.day else { return Some(self.month(month)) };
        let date = Date::try_new_gregorian(year, month, day).ok()?;
        Some(self.days_of_year.format(&date).to_string())
    }

    fn partial_date(&self, date: &PartialDate) -> String {
        let plain = self.plain_date(date);
        let values = [("date", plain.as_str())];
        match (date.approximate, date.uncertain) {
            (false, false) => plain,
            (true, false) => self.with("date-about", &values),
            (false, true) => self.with("date-uncertain", &values),
            (true, true) => self.with("date-about-uncertain", &values),
        }
    }

    fn plain_date(&self, date: &PartialDate) -> String {
        let Ok(year) = date.year.parse::<i32>() else { return self.unspecified(&date.year) };
        match (date.month, date.day) {
            (Some(month @ 1..=12), Some(day)) => Date::try_new_gregorian(year, month, day)
                .map(|d| self.days.format(&d).to_string())
                .unwrap_or_else(|_| date.year.clone()),
            (Some(month @ 1..=12), None) => Date::try_new_gregorian(year, month, 1)
                .map(|d| self.months.format(&d).to_string())
                .unwrap_or_else(|_| date.year.clone()),
            (Some(season), _) => {
                let name = self.get(&format!("season-{season}"));
                self.with("date-season", &[("season", &name), ("year", &year.to_string())])
            }
            (None, _) => self.year(year),
        }
    }

    /// A year in words; the year 0 is 1 BCE.
    pub fn year(&self, year: i32) -> String {
        if year > 0 {
            return year.to_string();
        }
        self.with("date-bce", &[("year", &(1 - year).to_string())])
    }

    fn unspecified(&self, year: &str) -> String {
        let known = year.trim_end_matches('X');
        match year.len() - known.len() {
            1 => self.with("date-decade", &[("decade", &format!("{known}0"))]),
            2 => self.with("date-century", &[("century", &format!("{known}00"))]),
            _ => year.to_owned(),
        }
    }
}

/// Whether a date is known to a month of the calendar at least.
fn in_month(date: &PartialDate) -> bool {
    date.month.is_some_and(|month| month <= 12) && date.year.parse::<i32>().is_ok()
}

/// Fills each place `{name}` of a string for which there is a value; the rest stays as it is.
pub fn fill<V: AsRef<str>>(text: &str, value: impl Fn(&str) -> Option<V>) -> String {
    let mut filled = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let inside = &rest[open + 1..];
        let found = inside.find('}').and_then(|end| Some((end, value(&inside[..end])?)));
        filled.push_str(&rest[..open]);
        match found {
            Some((end, value)) => {
                filled.push_str(value.as_ref());
                rest = &inside[end + 1..];
            }
            None => {
                filled.push('{');
                rest = inside;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(language: &str) -> Words {
        let text = match language {
            "de" => include_str!("../../themes/default/i18n/de.toml"),
            "es" => include_str!("../../themes/default/i18n/es.toml"),
            "fr" => include_str!("../../themes/default/i18n/fr.toml"),
            "ko" => include_str!("../../themes/default/i18n/ko.toml"),
            _ => include_str!("../../themes/default/i18n/en.toml"),
        };
        Words::new(language, crate::render::theme::parse_strings(text).unwrap())
    }

    #[test]
    fn dates_read_as_an_archivist_writes_them() {
        let words = words("en");
        for (edtf, shown) in [
            ("2018-03-02", "2 March 2018"),
            ("2018-03", "March 2018"),
            ("1958~", "about 1958"),
            ("1958?", "1958 (uncertain)"),
            ("195X", "1950s"),
            ("1998/2001", "1998–2001"),
            ("../1972", "before 1972"),
            ("1972/..", "after 1972"),
            ("[2018-03-04,2018-04-03]", "4 March or 3 April 2018"),
            ("2009-11-05/2009-12-31~", "5 November 2009 to about 31 December 2009"),
        ] {
            assert_eq!(words.date(&edtf.parse().unwrap()), shown, "{edtf}");
        }
        assert!(words.missing().is_empty(), "{:?}", words.missing());
    }

    #[test]
    fn dates_of_one_year_tell_it_once_in_every_language() {
        for (language, edtf, shown) in [
            ("en", "[1998-04-05,1998-05-04]", "5 April or 4 May 1998"),
            ("de", "[1998-04-05,1998-05-04]", "5. April oder 4. Mai 1998"),
            ("es", "[1998-04-05,1998-05-04]", "5 de abril o 4 de mayo de 1998"),
            ("fr", "[1998-04-05,1998-05-04]", "5 avril ou 4 mai 1998"),
            ("ko", "[1998-04-05,1998-05-04]", "1998년 4월 5일 또는 5월 4일"),
            ("en", "[1998-04-05,1999-05-04]", "5 April 1998 or 4 May 1999"),
            ("en", "[1998-04,1998-05]", "April or May 1998"),
            ("en", "[1998-04-05,1998-05-04,1998-06-03]", "5 April, 4 May or 3 June 1998"),
            ("en", "2009-11-05/2009-12-31", "5 November to 31 December 2009"),
            ("ko", "2009-11-05/2009-12-31", "2009년 11월 5일부터 12월 31일까지"),
            ("en", "[1998,1999]", "1998 or 1999"),
        ] {
            assert_eq!(words(language).date(&edtf.parse().unwrap()), shown, "{language} {edtf}");
        }
    }

    #[test]
    fn names_are_ordered_as_readers_look_for_them() {
        let words = words("en");
        let mut names = ["Zeta", "Äpfel", "apple", "10 cc", "2 Live", "한국"];
        names.sort_by(|a, b| words.compare(a, b));
        assert_eq!(names, ["2 Live", "10 cc", "Äpfel", "apple", "Zeta", "한국"]);
        names.reverse();
        names.sort_by_key(|name| words.sort_key(name));
        assert_eq!(names, ["2 Live", "10 cc", "Äpfel", "apple", "Zeta", "한국"]);
    }

    proptest::proptest! {
        #[test]
        fn keys_are_in_the_order_of_names(a in "[ -~à-ü가-힣]{0,12}", b in "[ -~à-ü가-힣]{0,12}") {
            static WORDS: std::sync::LazyLock<Words> = std::sync::LazyLock::new(|| words("en"));
            let by_key = WORDS.sort_key(&a).cmp(&WORDS.sort_key(&b)).then_with(|| a.cmp(&b));
            proptest::prop_assert_eq!(by_key, WORDS.compare(&a, &b));
        }
    }
}
