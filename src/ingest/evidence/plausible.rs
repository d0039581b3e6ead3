//! Whether a value can be what a rule takes it for. A name is no day of the week, no salutation, no label, no
//! sentence, no street; a place is no label; a title is no address and no stamp.

use std::sync::LazyLock;

use super::Value;
use crate::content::name as forms;
use crate::ingest::dates;
use crate::ingest::lexicon::{
    self, RANKS, SMALL_WORDS, SPEAKERS, Scope, ScopedPhrases, ScopedWords, UNITS, VALEDICTION,
    WEEKDAYS,
};
use crate::ingest::marks;
use crate::ingest::memo;
use crate::ingest::names::{self, Named};
use crate::ingest::parties::{self, Mention};
use crate::ingest::text::{self, bytes};

static KIN: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.kin));
static COMMON: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.common));
static ARTICLES: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.articles));
/// The parts of a letter, which are no bodies.
static PARTS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.no_bodies));

/// Words of a name in lower case, without signs around them.
pub(in crate::ingest) fn words(name: &str) -> impl Iterator<Item = String> {
    name.split(|c: char| c.is_whitespace() || c == ',' || c == '/')
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|w| !w.is_empty())
}

/// Whether a text greets somebody by kinship or courtesy alone: `my dear friend`, `Liebster Bruder`.
pub(in crate::ingest) fn is_kin(text: &str, scope: Scope) -> bool {
    words(text).any(|w| KIN.has(scope, w.as_str()))
}

/// A name without the title of courtesy before it. `M.` before initials is one of them.
pub(in crate::ingest) fn without_courtesy(name: &str) -> &str {
    let initial =
        |w: &str| w.len() == 2 && w.ends_with('.') || w.len() > 2 && w.as_bytes()[1] == b'.';
    let mut words = name.split_whitespace();
    if words.next().is_some_and(initial) && words.next().is_some_and(|w| initial(w) || w.len() == 1)
        || is_initials(name)
    {
        return name.trim();
    }
    names::strip_honorifics(name)
}

/// The same for a name that somebody signs: an initial before one word is the writer's.
pub(in crate::ingest) fn without_titles(name: &str) -> &str {
    let mut words = name.split_whitespace();
    let letter = |w: &str| w.len() == 2 && w.ends_with('.') && w.starts_with(char::is_uppercase);
    if words.next().is_some_and(letter) && words.clone().count() == 1 {
        return name.trim();
    }
    without_courtesy(name)
}

thread_local! {
    static PERSONS: memo::Answers<Scope, i32> = memo::Answers::default();
    static ORGANIZATIONS: memo::Answers<Scope, i32> = memo::Answers::default();
}

/// How much speaks for a text being a person's name, from -100 to 60; initials alone count little.
pub(in crate::ingest) fn person(name: &str, scope: Scope) -> i32 {
    memo::ask(&PERSONS, name, scope, || weigh_person(name, scope))
}

/// A text that may be a name, with what several objections ask of it.
struct Name<'t> {
    /// As it is written.
    text: &'t str,
    /// Without titles.
    bare: &'t str,
    /// How many words it has without titles.
    count: usize,
    scope: Scope,
}

/// What speaks against a text, and what it then weighs: the first that holds counts.
type Objections = [(fn(&Name<'_>) -> bool, i32)];

impl<'t> Name<'t> {
    fn of(text: &'t str, bare: &'t str, scope: Scope) -> Self {
        Self { text, bare, count: text::word_count(bare), scope }
    }

    fn objection(&self, objections: &Objections) -> Option<i32> {
        objections.iter().find(|(holds, _)| holds(self)).map(|(_, weight)| *weight)
    }

    fn is_long(&self) -> bool {
        self.count > 6 || text::length(self.bare) > 60
    }

    fn has_sign_of_no_name(&self) -> bool {
        const SIGNS: [bool; 256] = bytes::among(b"@:;!?\"[]{}|=_<>#/()*0123456789");
        self.bare.bytes().any(|b| SIGNS[usize::from(b)])
            || !self.bare.is_ascii() && self.bare.contains(['“', '”', '«', '»', '…'])
    }

    /// `example.org`
    fn is_name_of_computer(&self) -> bool {
        let end = self.bare.rsplit_once('.').map(|(_, end)| end).filter(|_| self.count == 1);
        end.is_some_and(|end| {
            (2..=4).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_lowercase())
        })
    }

    /// Whether a word of it is a day, one of letters, or one for kin.
    fn has_word_of_letters(&self) -> bool {
        // "Julio", "Domingo", "April" are given to people, too.
        let given = |w: &str| {
            let mut words = self.bare.split_whitespace();
            words.any(|b| b.to_lowercase() == w && names::knowledge::is_given(b).is_some())
        };
        words(self.bare).any(|w| {
            let w = w.as_str();
            let of_letters = COMMON.has(self.scope, w) || is_day(w);
            of_letters && !(self.count > 1 && given(w)) || KIN.has(self.scope, w)
        })
    }

    /// `La`, left of an office without its holder; a letter may be an initial.
    fn is_article(&self) -> bool {
        self.count == 1
            && self.bare.chars().all(char::is_alphabetic)
            && text::length(self.bare) > 1
            && ARTICLES.has_any_case(self.scope, self.bare)
    }

    /// Whether it opens or closes a letter, or is a label.
    fn is_frame_of_letter(&self) -> bool {
        marks::is_salutation(self.text, self.scope)
            || marks::is_closing(self.text, self.scope)
            || marks::head_label(self.text, self.scope).is_some()
    }

    /// `D U B L I N`, `Dublin Castle`
    fn is_spaced_or_building(&self) -> bool {
        self.count > 4 && words(self.bare).all(|w| w.len() == 1)
            || is_building_of_town(self.bare, self.scope)
    }

    /// `주문`: the heading of a part of a judgment.
    fn is_part_of_judgment(&self) -> bool {
        text::is_hangul(self.bare)
            && marks::judgment_part(self.bare, self.scope) == Some(self.bare.len())
    }

    /// `[Redacted]`, `Boston, MA`
    fn is_taken_out_or_town(&self) -> bool {
        parties::is_taken_out(self.text.trim(), self.scope)
            || self.text.contains(',') && is_known_city(self.text)
    }
}

/// A day of the week or a month.
fn is_day(word: &str) -> bool {
    WEEKDAYS.contains(word) || dates::month_number(word).is_some()
}

/// What no person's name is, in whatever script.
const NO_PERSON: &Objections = &[
    (|n| n.count == 0 || n.is_long(), -100),
    (|n| n.has_sign_of_no_name() || n.is_name_of_computer(), -100),
    (|n| n.is_article(), -100),
    (|n| names::ends_small(n.bare), -60),
    (|n| n.bare.len() <= 2 && n.bare.starts_with(char::is_uppercase), 0),
    (|n| n.is_taken_out_or_town(), -100),
    (|n| n.count == 1 && marks::is_side(n.bare, n.scope), -100),
    (|n| n.is_part_of_judgment(), -100),
    (|n| n.is_spaced_or_building() || names::town_of_district(n.bare).is_some(), -60),
];

/// What no person's name is in a script that has capitals.
const NO_PERSON_WITH_CAPITALS: &Objections = &[
    (|n| !n.bare.chars().any(char::is_uppercase), -60),
    (|n| n.has_word_of_letters() || n.is_frame_of_letter(), -70),
    (|n| is_initials(n.bare), 5),
    (|n| !matches!(names::judge(n.bare), Named::Person | Named::Unknown), -60),
];

fn weigh_person(name: &str, scope: Scope) -> i32 {
    let name = Name::of(name, without_titles(name.trim()), scope);
    let bare = name.bare;
    if let Some(weight) = name.objection(NO_PERSON) {
        return weight;
    }
    if text::is_hangul(bare) {
        return match names::looks_like_person(bare) {
            true => 40,
            // Beside an office, or what the writer is to the reader.
            false if names::is_korean_given(bare) => -9,
            false => -60,
        };
    }
    if let Some(weight) = name.objection(NO_PERSON_WITH_CAPITALS) {
        return weight;
    }
    // "d'Estournelles", "v. Waldkirch": a family name with its particle.
    let likely = names::person_likelihood(without_particle(bare));
    // What nothing is known of may be a rare name; a name of one word is seldom all of it.
    match (likely, name.count) {
        (..-40, _) => -60,
        (20.., 1) => 20,
        (_, 1) if is_known_name(bare) => 5,
        (-40..-20, _) => -25,
        // Nothing is known of the word: it may be a rare name, or anything.
        (-20..20, 1) => -10,
        (-20..-5, _) => -5,
        (-5..20, _) => 15,
        (20.., _) => 40,
    }
}

static BUILDINGS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.buildings));

/// Whether a text ends in the word for a building and names no body besides: `Quarry House`, `The Mill`.
pub(in crate::ingest) fn is_house(text: &str, scope: Scope) -> bool {
    let words: Vec<String> = words(text).collect();
    let Some((last, before)) = words.split_last() else { return false };
    let body = |w: &String| lexicon::ORGANIZATIONS.contains(w.as_str());
    before.len() <= 3 && BUILDINGS.has(scope, last) && !before.iter().any(body)
}

static EDIFICES: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.edifices));

/// Whether a few words are the name of a building, although one of them is that of a body: `Parliament Buildings`.
pub(in crate::ingest) fn is_edifice(text: &str, scope: Scope) -> bool {
    let words: Vec<String> = words(text).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    (2..=6).contains(&words.len()) && (EDIFICES.has(scope, first) || EDIFICES.has(scope, last))
}

/// Whether a text is a town's name and the word for a building.
fn is_building_of_town(text: &str, scope: Scope) -> bool {
    let Some((town, building)) = text.rsplit_once(' ') else { return false };
    BUILDINGS.has_any_case(scope, building.trim_end_matches(['.', ',']))
        && names::knowledge::is_city(town).is_some()
        && names::knowledge::is_given(town).is_none()
}

/// A name without the particle before it.
fn without_particle(name: &str) -> &str {
    let particle = |p: &str| names::is_particle(p.trim_end_matches('.'));
    if let Some((first, rest)) =
        name.split_once(['\'', '’']).filter(|(d, _)| d.eq_ignore_ascii_case("d"))
    {
        return if first.len() == 1 { rest } else { name };
    }
    name.split_once(' ')
        .filter(|(first, _)| {
            first.len() <= 4 && first.starts_with(char::is_lowercase) && particle(first)
        })
        .map_or(name, |(_, rest)| rest)
}

/// Whether a word is somebody's given or family name, or has a particle of names before it.
fn is_known_name(word: &str) -> bool {
    let bare = without_particle(word);
    bare.len() < word.len()
        || names::knowledge::is_given(bare).is_some()
        || names::knowledge::is_family(bare).is_some()
}

/// `M. R. M.`, `MRM.`
pub(in crate::ingest) fn is_initials(text: &str) -> bool {
    // Four letters, each with its point and a space, none of more than four bytes; most texts have a small letter.
    if text.len() > 24 || text.bytes().any(|b| b.is_ascii_lowercase()) {
        return false;
    }
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    (2..=4).contains(&letters.len())
        && letters.iter().all(|c| c.is_uppercase())
        && text.chars().all(|c| c.is_alphabetic() || ". ".contains(c))
}

/// How much speaks for a text being an organization's or an office's name, from -100 to 40.
pub(in crate::ingest) fn organization(name: &str, scope: Scope) -> i32 {
    memo::ask(&ORGANIZATIONS, name, scope, || weigh_organization(name, scope))
}

/// What no body's name is.
const NO_ORGANIZATION: &Objections = &[
    (|n| n.count == 0 || n.count > 14 || text::length(n.text) > 120, -100),
    (|n| n.is_no_form_of_body(), -100),
    (|n| n.is_part_of_frame(), -70),
    (|n| words(n.text).any(|w| n.speaks(&w)), -70),
    (|n| n.has_label(), -70),
    (|n| is_known_city(n.text) || n.greets_kin(), -80),
    (|n| is_fragment(n.text, n.scope), -90),
    (|n| n.is_address() || n.is_place_and_day() || n.runs_on(), -90),
    (|n| is_edifice(n.text, n.scope), -90),
];

impl Name<'_> {
    /// `Tidings.(Gazette of Leith).Editor M. Holm`: lines of a letterhead that were joined.
    fn runs_on(&self) -> bool {
        /// Shorter words before a stop may be abbreviations.
        const WORD: usize = 5;
        self.text.match_indices('.').any(|(at, _)| {
            let before = self.text[..at].chars().rev().take_while(|c| c.is_alphabetic()).count();
            let closed = before >= WORD || self.text[..at].ends_with(')');
            closed && self.text[at + 1..].starts_with(|c: char| c.is_uppercase() || c == '(')
        })
    }

    /// `E. & O. E.`, a quotation that is cut, a sign of mails and lists.
    fn is_no_form_of_body(&self) -> bool {
        let text = self.text;
        let initials =
            || text.contains(". ") && text.chars().all(|c| c.is_uppercase() || ". &".contains(c));
        text.matches('"').count() % 2 == 1
            || text.contains(['@', '#', '[', ']', '{', '<', '='])
            || text.ends_with([':', '!', '?'])
            || begins_a_text(text)
            || initials()
            || text.split(' ').filter(|w| w.bytes().all(|b| b.is_ascii_digit())).count() > 1
    }

    /// Whether it opens or closes a letter, or says what a document is.
    fn is_part_of_frame(&self) -> bool {
        marks::is_salutation(self.text, self.scope)
            || marks::is_closing(self.text, self.scope)
            || marks::kind_of_title(self.text, self.scope).is_some()
    }

    /// `Liebe Mutter und Brüder`: several words for kin, and none for a body's form.
    fn greets_kin(&self) -> bool {
        let kin = |w: &String| KIN.has(self.scope, w.as_str());
        words(self.text).filter(kin).count() > 1 && !names::has_legal_form(self.text)
    }

    /// Whether a word of it takes leave, is a speaker's, or a day.
    fn speaks(&self, word: &str) -> bool {
        VALEDICTION.has(self.scope, word)
            || SPEAKERS.has(self.scope, word)
            || word.len() > 3 && is_day(word)
    }

    /// `Case number: …`
    fn has_label(&self) -> bool {
        let parts = self.text.split_once(':');
        parts.is_some_and(|(label, rest)| rest.starts_with(' ') && text::has_at_most(label, 3))
    }

    /// `Tide House, 4 Mole Street, Northmouth NM2 7AB`
    fn is_address(&self) -> bool {
        let number = |w: &&str| w.bytes().any(|b| b.is_ascii_digit());
        self.text.contains(", ") && self.text.split(' ').filter(number).count() >= 2
    }

    /// `Berlin, am Tag der Menschenrechte 2004`
    fn is_place_and_day(&self) -> bool {
        let year = |w: &str| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
        let behind = self.text.split_once(", ").filter(|(town, _)| is_known_city(town));
        behind.is_some_and(|(_, rest)| rest.split(' ').next_back().is_some_and(year))
    }

    /// Whether most of its words are small ones.
    fn is_running_text(&self) -> bool {
        let small = |w: &&str| w.starts_with(char::is_lowercase) && w.len() > 4;
        let small = self.text.split_whitespace().filter(small).count();
        small >= 3 && small * 2 >= self.count
    }

    fn is_of_letter(&self) -> bool {
        is_part_of_letter(self.text, self.scope)
    }

    /// `Copyright Agent`, `Site of the Host`
    fn is_of_common_words(&self) -> bool {
        is_of_common_words(&words(self.text).collect::<Vec<_>>(), self.scope)
    }
}

/// What a name weighs as a body's that has the word for one.
const BODY: &Objections = &[
    (|n| ends_in_name_of_document(n.text, n.scope), -60),
    (|n| is_registered(n.text) || text::starts_lower(n.text), -60),
    (|n| names_a_part(n.text, n.scope), -60),
    (|n| names::has_legal_form(n.text) && begins_with_office(n.text), -40),
    (|n| names::has_legal_form(n.text), 40),
    (|n| is_bare_unit(n.text, n.scope), -40),
    (|n| names::organization_likelihood(n.text) < -20, -60),
    (|n| n.is_of_letter() || is_phrase(n.text, n.scope), -60),
];

/// What a name weighs as a body's that has the word for an office.
const OFFICE: &Objections = &[
    (|n| is_registered(n.text), -60),
    // "al serenissimo principe": an office may be written small.
    (|n| text::starts_lower(n.text) && n.count > 2, -10),
    (|n| names_a_part(n.text, n.scope) || n.is_of_common_words(), -60),
    (|n| text::is_hangul(n.text) && n.count > 1, 10),
    // An office by itself is nobody's name; with its body or its country it stands for one.
    (|n| n.count <= 2 || n.is_of_letter(), -30),
];

/// What a name weighs as a body's that has no such word.
const NO_BODY: &Objections = &[
    (|n| n.is_of_common_words(), -60),
    (|n| n.is_running_text() || n.is_of_letter(), -70),
    (|n| is_phrase(n.text, n.scope) && n.count > 4, -60),
    (|n| n.count == 1 && is_kin(n.text, n.scope), -80),
    (|n| text::ends_sentence(n.text) && n.count > 3, -60),
    (|n| text::starts_lower(n.text), -40),
    (|n| names::organization_likelihood(n.text) >= 20, 20),
    (|n| names::organization_likelihood(n.text) < -20, -60),
];

fn weigh_organization(name: &str, scope: Scope) -> i32 {
    let name = Name::of(name, name, scope);
    if let Some(weight) = name.objection(NO_ORGANIZATION) {
        return weight;
    }
    match names::judge(name.text) {
        Named::Organization => name.objection(BODY).unwrap_or(40),
        Named::Role => name.objection(OFFICE).unwrap_or(10),
        Named::Country => 0,
        Named::Contact | Named::Address => -100,
        Named::Person => -10,
        Named::Unknown => name.objection(NO_BODY).unwrap_or(-15),
    }
}

/// What only a part of a line or of a sentence has.
const FRAGMENT: &[fn(&str, Scope) -> bool] = &[
    // `of Lyon Science Transfert`, `& General Counsel`
    is_cut,
    |bare, _| text::starts_lower(bare) && !text::has_at_most(bare, 6),
    // `Manager - Legal Operations`
    |bare, _| bare.split_once(" - ").is_some_and(|(office, _)| begins_with_office(office)),
    // A number of a register.
    |bare, _| bare.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() > 4),
    |bare, _| is_form_alone(bare),
];

/// Whether a name is a part of a line or of a sentence.
fn is_fragment(name: &str, scope: Scope) -> bool {
    let bare = parties::without_article(name, scope);
    FRAGMENT.iter().any(|is_sign| is_sign(bare, scope))
}

/// Whether a name begins or ends in a small word.
fn is_cut(bare: &str, scope: Scope) -> bool {
    let mut words = bare.split_whitespace();
    let (first, last) = (words.next().unwrap_or_default(), words.next_back().unwrap_or_default());
    // In English only what begins small ends small, but for `a.s.` and the like.
    let english = scope == Scope::of("en") && !text::starts_lower(first);
    begins_in_midst(first, scope) || ends_in_midst(last, scope) || english && is_plain(last)
}

/// Of other languages than English, some small words begin names: `De Dietrich`.
fn begins_in_midst(first: &str, scope: Scope) -> bool {
    let counts = scope == Scope::of("en") || text::starts_lower(first);
    first == "&" || counts && is_small(first, scope)
}

fn ends_in_midst(last: &str, scope: Scope) -> bool {
    text::starts_lower(last) && is_small(last, scope)
}

fn is_small(word: &str, scope: Scope) -> bool {
    SMALL_WORDS.has_any_case(scope, word)
}

/// Whether a longer word has no capital.
fn is_plain(word: &str) -> bool {
    text::length(word) > 3 && word.chars().all(char::is_lowercase)
}

/// `Technologies, Inc.`: a legal form and a generic word, without a name; a legal form in full at the beginning.
fn is_form_alone(name: &str) -> bool {
    names::is_legal_form(name)
        || names::has_legal_form(name)
            && text::has_at_most(name, 2)
            && name.contains(',')
            && words(name).next().is_some_and(|word| lexicon::ORGANIZATIONS.contains(word.as_str()))
}

/// Whether a name is that of a unit without its body: `Legal Department`, `Support Team`, `Export Sales Division`.
fn is_bare_unit(name: &str, scope: Scope) -> bool {
    let common = |w: &String| COMMON.has(scope, w) || lexicon::ORGANIZATIONS.contains(w.as_str());
    let all: Vec<String> = words(name).collect();
    all.len() <= 2 && all.iter().all(common) && parties::is_unit(name, scope)
        || is_of_common_words(&all, scope)
}

/// Whether all words are those of headings, parts of a letter and of a body, none a name: `Global Licensing & Contracts`.
fn is_of_common_words(words: &[String], scope: Scope) -> bool {
    let common = |w: &String| {
        [&*COMMON, &*SMALL_WORDS, &*UNITS, &*PARTS].iter().any(|list| list.has(scope, w))
    };
    words.iter().any(|w| COMMON.has(scope, w)) && words.iter().all(common)
}

/// Whether the first or the last word is one of a letter's parts: `Contact details`, `Takedown Request`.
fn is_part_of_letter(name: &str, scope: Scope) -> bool {
    let all: Vec<String> = words(name).collect();
    all.first().into_iter().chain(all.last()).any(|w| PARTS.has(scope, w))
}

/// Whether one of the first words of a longer name is one of a letter's parts: `Takedown Notice on behalf of …`.
fn names_a_part(name: &str, scope: Scope) -> bool {
    text::word_count(name) > 3 && words(name).take(3).any(|w| PARTS.has(scope, w.as_str()))
}

/// Whether a number of a register, a house or a code is in a name.
fn is_registered(name: &str) -> bool {
    let digits = |w: &str| w.bytes().filter(u8::is_ascii_digit).count();
    let year = |w: &str| w.len() == 4 && (w.starts_with('1') || w.starts_with("20"));
    name.split_whitespace().any(|w| digits(w) >= 4 && !year(w))
        || text::word_count(name) > 8 && name.split_whitespace().any(|w| digits(w) > 0)
}

/// `Co-Founder Boozology LLC`, `CTO, Mjam GmbH`: an office and its body in one line.
fn begins_with_office(name: &str) -> bool {
    let first = words(name).next().unwrap_or_default();
    names::is_role_word(&first) || lexicon::ROLES.contains(first.as_str())
}

/// Whether small words of meaning are among the capitals, as in a sentence. French, Spanish and Italian names of
/// bodies have such words.
pub(in crate::ingest) fn is_phrase(name: &str, scope: Scope) -> bool {
    let romance = ["fr", "es", "it"].into_iter().any(|tag| scope.meets(Scope::of(tag)));
    let small = |w: &&str| {
        w.starts_with(char::is_lowercase) && text::length(w) > 3 && !lexicon::OPEN_WORDS.contains(w)
    };
    text::starts_lower(name) || !romance && name.split_whitespace().filter(small).count() >= 2
}

fn is_known_city(name: &str) -> bool {
    // "Pittsburgh, PA" has its state behind it.
    let town = name.split(',').next().unwrap_or(name).trim();
    let rest = name[town.len().min(name.len())..].trim_matches([',', ' ', '.']);
    (rest.is_empty() || rest.len() <= 3) && names::knowledge::is_city(town).is_some()
}

/// How plausible a name must be at least to be stated.
#[derive(Debug, Clone, Copy)]
pub(in crate::ingest) struct Floor {
    pub person: i32,
    pub organization: i32,
}

/// The parties of a list that can be what they are taken for; a body that cannot be one is left out of a person's.
pub(in crate::ingest) fn tidy(list: Vec<Mention>, least: Floor, scope: Scope) -> Vec<Mention> {
    let company = Company::of(&list, least, scope);
    let mut kept: Vec<Mention> = Vec::with_capacity(list.len());
    for mention in list {
        let mut mention = company.tidied(mention);
        // "Acme Ltd / Grant Way": below a body the word for a street ends an address.
        let below_body = |last: &Mention| last.person.is_none() && last.line + 1 == mention.line;
        if mention.person.as_deref().is_some_and(ends_in_street)
            && kept.last().is_some_and(below_body)
        {
            mention.person = None;
        }
        if mention.is_named() {
            kept.push(mention);
        }
    }
    kept
}

/// The least of a body beside which an office is named, or which is in a list of bodies.
const BODY_IN_COMPANY: i32 = -69;

/// What the parties of a list say for one of which little is known.
struct Company {
    least: Floor,
    /// One or two, a person among them.
    few: bool,
    /// A list of people.
    many: bool,
    /// A list with several bodies.
    bodies: bool,
    /// The office that several hold.
    shared: Option<String>,
    scope: Scope,
}

impl Company {
    fn of(list: &[Mention], mut least: Floor, scope: Scope) -> Self {
        let bodies: Vec<&str> = list.iter().filter_map(|m| m.organization.as_deref()).collect();
        let known = bodies.iter().filter(|o| organization(o, scope) >= 20).count();
        // In a list of bodies one that nothing is known of is a body, too.
        if bodies.len() > 2 && known * 2 >= list.len() {
            least.organization = least.organization.min(BODY_IN_COMPANY);
        }
        let people: Vec<(&Mention, i32)> =
            list.iter().filter_map(|m| Some((m, person(m.person.as_deref()?, scope)))).collect();
        let likely = people.iter().filter(|(_, sign)| *sign >= 0).count();
        let sure = people.iter().filter(|(_, sign)| *sign >= 20);
        let mut offices = sure.filter_map(|(m, _)| m.role.as_deref());
        let shared = offices.next().filter(|office| offices.any(|other| other == *office));
        Self {
            least,
            bodies: bodies.len() > 2,
            few: list.len() < 3 && !people.is_empty(),
            many: people.len() > 3 && likely * 2 >= people.len(),
            shared: shared.map(str::to_owned),
            scope,
        }
    }

    /// A party without what its names cannot be.
    fn tidied(&self, mut mention: Mention) -> Mention {
        for name in [&mut mention.person, &mut mention.organization].into_iter().flatten() {
            unquote(name);
        }
        if let Some(person) = &mut mention.person {
            without_stop(person, self.scope);
        }
        let least = self.least_of(&mention);
        if mention.person.as_deref().is_some_and(|p| person(p, self.scope) < least.person) {
            mention.person = None;
        }
        let floor = self.least_of_body(&mention, least.organization);
        if mention.organization.as_deref().is_some_and(|o| organization(o, self.scope) < floor) {
            mention.organization = None;
            mention.written = None;
        }
        mention
    }

    /// How plausible a person, and the body beside one, must be.
    fn least_of(&self, mention: &Mention) -> Floor {
        let person = self.least.person;
        // Among several who hold the same office, a rare name is a name; so it is in a list of people: a doubt is
        // raised of it.
        let shared = self.shared.is_some() && mention.role == self.shared;
        match mention.role.is_some() {
            true if shared || self.many => {
                Floor { person: person.min(-50), organization: BODY_IN_COMPANY }
            }
            // Beside an office a rare name is a name, and a body is a body.
            true => Floor { person: person.min(-9), organization: BODY_IN_COMPANY },
            false if self.many => Floor { person: person.min(-50), organization: -20 },
            false => Floor { person, organization: -20 },
        }
    }

    fn least_of_body(&self, mention: &Mention, beside_person: i32) -> i32 {
        let least = self.least.organization;
        // "Greenhost - Netherlands", in a list of bodies.
        let placed = |name: &str| {
            let last = name.rsplit_once(" - ").or_else(|| name.rsplit_once(" – "));
            last.is_some_and(|(_, last)| forms::country(last).is_some())
        };
        if self.bodies && mention.written.as_deref().is_some_and(placed) {
            return i32::MIN;
        }
        if mention.person.is_some() {
            return least.min(beside_person);
        }
        // Beside one who signed, a body is one that is known by its words.
        let unknown = |o: &str| self.few && names::judge(o) == Named::Unknown;
        if mention.organization.as_deref().is_some_and(unknown) { least.max(0) } else { least }
    }
}

/// `Hester Lowe.`: a name without the full stop of its line; that of a shortened word stays, as in `K. Schl.`
fn without_stop(name: &mut String, scope: Scope) {
    static AFTER: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.generations));
    while name.ends_with("..") {
        name.pop();
    }
    let Some(bare) = name.strip_suffix('.') else { return };
    let Some((_, last)) = bare.rsplit_once(' ') else { return };
    let shortened = AFTER.has_any_case(scope, last) || RANKS.has_any_case(scope, last);
    let vowel = last.chars().skip(1).any(|c| "aeiouyäöüáéíóúàèìòùâêîôû".contains(c));
    if !shortened && vowel && text::length(last) > 3 {
        *name = bare.to_owned();
    }
}

static STREETS: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.streets));

/// `115 persone scomparse in una provincia`: a number and small words after it, none of them for a street.
pub(in crate::ingest) fn counts(text: &str) -> bool {
    let number = text.bytes().take_while(u8::is_ascii_digit).count();
    let small = |w: &&str| w.starts_with(char::is_lowercase) && text::length(w) > 3;
    let street = |w: &str| lexicon::has(&STREETS, w.trim_matches(|c: char| !c.is_alphabetic()));
    number > 0
        && text[number..].starts_with(' ')
        && text.split(' ').filter(small).count() >= 2
        && !text.ends_with(|c: char| c.is_ascii_digit())
        && !text.contains(',')
        && !text.split(' ').any(street)
}

/// Whether one of the first words of a short line is one for a picture: `Header image for the printed page`.
pub(in crate::ingest) fn names_picture(text: &str, scope: Scope) -> bool {
    static PICTURES: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.pictures));
    text::has_at_most(text, 8) && words(text).take(3).any(|w| PICTURES.has(scope, &w))
}

fn ends_in_street(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or_default();
    lexicon::has(&STREETS, last)
}

/// `'Tom Ashby'`: a name without the quotes that mail programs set around it, or what is left of them.
fn unquote(name: &mut String) {
    let quote = |c: char| "'\"‘’".contains(c);
    let (open, close) = (name.starts_with(quote), name.ends_with(quote));
    let inner = name.trim_matches(quote);
    // "the clerks'" has one at its end.
    let half = !name.ends_with("s'") && !name.ends_with("s’");
    if !inner.contains(quote) && (open && close || (open || close) && half) {
        *name = inner.trim().to_owned();
    }
}

/// How much speaks for all parties of a list, by the least plausible of them.
pub(in crate::ingest) fn parties(list: &[Mention], scope: Scope) -> i32 {
    let one = |m: &Mention| {
        let person = m.person.as_deref().map(|p| person(p, scope));
        let body = m.organization.as_deref().map(|o| organization(o, scope));
        match (person, body) {
            (Some(p), Some(b)) => {
                if b <= -60 {
                    p.min(-15)
                } else {
                    p
                }
            }
            (Some(p), None) => p,
            (None, Some(b)) => b,
            (None, None) => -100,
        }
    };
    if list.len() > 2 {
        // A long list is judged by its middle: one odd name does not make the others wrong.
        let mut all: Vec<i32> = list.iter().map(one).collect();
        all.sort_unstable();
        return all[all.len() / 2];
    }
    list.iter().map(one).min().unwrap_or(-100)
}

/// In doubt if a digit is inside a word of a title or a name, as where a scan was misread: `FA1RS`.
pub(in crate::ingest) fn misread(value: &Value) -> Option<String> {
    let is_latin = |c: char| c.is_alphabetic() && c < '\u{370}';
    let inside = |word: &str| {
        let mut letters = word.chars().zip(word.chars().skip(1)).zip(word.chars().skip(2));
        letters.any(|((a, b), c)| is_latin(a) && b.is_ascii_digit() && is_latin(c))
    };
    let odd = |text: &str| text.split_whitespace().find(|w| inside(w)).map(str::to_owned);
    let word = match value {
        Value::Text(text) => odd(text),
        Value::Parties(list) => list.iter().find_map(|m| {
            [&m.person, &m.organization].into_iter().flatten().find_map(|name| odd(name))
        }),
        Value::Date(_) => None,
    };
    word.map(|word| format!("the word `{word}` has a digit inside: it may be misread"))
}

/// Whether a heading says nothing of what is below it: `Document`, `FOLIO 3`.
pub(in crate::ingest) fn says_nothing(heading: &str, scope: Scope) -> bool {
    static WORDS: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.untitled));
    let bare = heading.trim_matches(|c: char| !c.is_alphabetic());
    WORDS.end(scope, bare, str::is_empty).is_some()
}

/// What no place's name is.
const NO_PLACE: &[fn(&str, Scope) -> bool] = &[
    |text, scope| text::has_at_most(text, 3) && marks::names_meeting(text, scope),
    |text, scope| text.split(", ").any(|part| marks::kind_of_mark(part, scope).is_some()),
    |text, scope| {
        text.rsplit_once(' ').is_some_and(|(_, w)| marks::kind_of_mark(w, scope).is_some())
    },
    is_contracted,
    |text, _| has_joined_initial(text),
    begins_with_stop_word,
    |text, scope| words(text).any(|word| is_no_place(&word, scope)),
    |text, _| names::is_honorific(text) || names::has_honorific(text),
    |text, _| names::judge(text) == Named::Organization,
    |text, scope| marks::head_label(&format!("{text}:"), scope).is_some(),
    marks::is_salutation,
    |text, _| dates::is_stamp(&format!("{text} 1")),
];

/// Whether a text before a date can be the place where a letter was written.
pub(in crate::ingest) fn place(text: &str, scope: Scope) -> bool {
    !NO_PLACE.iter().any(|objects| objects(text, scope))
}

fn begins_with_stop_word(text: &str, scope: Scope) -> bool {
    static WORDS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.stop_words));
    WORDS.has(scope, words(text).next().unwrap_or_default().as_str())
}

/// Whether a word is one of letters, a speaker's, a day, an office, or one for kin.
fn is_no_place(word: &str, scope: Scope) -> bool {
    let sets: [&ScopedWords; 4] = [&VALEDICTION, &SPEAKERS, &KIN, &COMMON];
    sets.iter().any(|set| set.has(scope, word)) || is_day(word) || lexicon::ROLES.contains(word)
}

/// `C’est`, `Qu'il`: a small word behind an apostrophe begins a sentence; not so in `L’Aquila`, `Dall'haya`.
fn is_contracted(text: &str, scope: Scope) -> bool {
    static WORDS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.stop_words));
    let parts = text.split_once(['\'', '’']).filter(|(before, _)| !before.is_empty());
    let word = |after: &str| after.split(' ').next().is_some_and(|w| WORDS.has(scope, w));
    parts.is_some_and(|(_, after)| text::starts_lower(after) && word(after))
}

/// `F.Murnane`, `E.O.F.`, `Dr.A.`
fn has_joined_initial(text: &str) -> bool {
    // "Washington, D.C.", "Albany N.Y."
    let town = |(before, _): &(&str, &str)| {
        names::knowledge::is_city(before.trim_end_matches([',', ' '])).is_some()
    };
    let text = text.rsplit_once(' ').filter(town).map_or(text, |(before, _)| before);
    text::words(text).any(|w| {
        w.split_once('.').is_some_and(|(a, b)| {
            let initial = |part: &str| text::length(part.trim_end_matches('.')) == 1;
            b.starts_with(char::is_uppercase) && (initial(a) || initial(b))
        })
    })
}

/// `TANNMARK, 3 May (Harbour News) -`, or a quotation.
fn begins_a_text(text: &str) -> bool {
    [" -", " –", " —"].iter().any(|dash| text.ends_with(dash)) || has_quoted_clause(text)
}

/// `Families' union: "Ask the ministry, now"`: a quotation of several words or parts is what somebody says.
pub(in crate::ingest) fn has_quoted_clause(text: &str) -> bool {
    const QUOTES: [(char, char); 4] = [('"', '"'), ('“', '”'), ('«', '»'), ('「', '」')];
    QUOTES.into_iter().any(|(open, close)| {
        let Some((_, rest)) = text.split_once(open) else { return false };
        let quoted = rest.split_once(close).map_or(rest, |(quoted, _)| quoted);
        !text::has_at_most(quoted, 4)
            || quoted.contains([',', '，']) && text::word_count(quoted) > 2
    })
}

/// `Senate Report`, `Town Council Meeting Minutes`: a document, not the body that made it.
fn ends_in_name_of_document(name: &str, scope: Scope) -> bool {
    let last = name.rsplit(' ').next().unwrap_or_default();
    let kind = marks::kind_of_mark(last, scope);
    name.contains(' ') && matches!(kind, Some("minutes" | "report" | "statement" | "memorandum"))
}

/// How much speaks for a text being a document's title, from -100 to 10.
pub(in crate::ingest) fn title(text: &str, scope: Scope) -> i32 {
    let title = Name::of(text, text::without_emphasis(text), scope);
    let count = text::word_count(text);
    let weight = title.objection(NO_TITLE);
    weight.unwrap_or(if count < 2 && !text::is_hangul(title.bare) { -15 } else { 0 })
}

/// What no title is; `bare` is the text without emphasis.
const NO_TITLE: &Objections = &[
    (|t| t.is_no_form_of_title(), -100),
    (|t| t.has_label_of_letters() || t.has_codes(), -80),
    (|t| dates::is_stamp(t.text) || marks::is_salutation(t.text, t.scope), -80),
    (|t| t.is_city(), -80),
    (|t| t.says_nothing(), -100),
    (|t| t.begins_with_time(), -60),
    (|t| t.is_broken(), -60),
    (|t| t.names_other_date() || t.is_contact() || marks::is_closing(t.bare, t.scope), -80),
    (|t| t.ends_in_midst() || text::starts_lower(t.bare), -50),
    (|t| t.asks_or_tells(), -50),
    (|t| t.bare.starts_with(['-', '*', '–']), -40),
    (|t| words(t.text).filter(|w| SPEAKERS.has(t.scope, w)).count() >= 2, -40),
];

impl Name<'_> {
    /// An address of the web, a link, nothing, or a text of many words.
    fn is_no_form_of_title(&self) -> bool {
        let link = self.bare.starts_with(['[', '|', '•']) && self.bare.contains("](");
        let count = text::word_count(self.text);
        self.text.contains("://") || count == 0 || count > 60 || link
    }

    /// `Date: …`, `Our reference: …`
    fn has_label_of_letters(&self) -> bool {
        self.bare.split_once(": ").is_some_and(|(label, _)| {
            text::has_at_most(label, 2)
                && label.starts_with(char::is_uppercase)
                && is_label(label, self.scope)
        })
    }

    /// Brackets that nothing closes, signs that no writer sets: what a machine made of a stamp or a smudge.
    fn is_broken(&self) -> bool {
        let count = |sign: char| self.bare.matches(sign).count();
        count('[') != count(']') || count('{') != count('}') || self.bare.contains(['|', '~', '¬'])
    }

    /// Three numbers of four digits or more.
    fn has_codes(&self) -> bool {
        let code = |w: &&str| w.bytes().filter(u8::is_ascii_digit).count() >= 4;
        self.text.split_whitespace().filter(code).nth(2).is_some()
    }

    /// `Document`, `Page 1`
    fn says_nothing(&self) -> bool {
        says_nothing(self.bare, self.scope)
    }

    /// `6:10 pm, Hall Two`
    fn begins_with_time(&self) -> bool {
        let first = self.bare.split(' ').next().unwrap_or_default();
        let parts =
            first.split_once([':', '.']).filter(|(hours, _)| (1..=2).contains(&hours.len()));
        parts.is_some_and(|(hours, rest)| {
            let minutes = &rest[..rest.floor_char_boundary(2)];
            let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            digits(hours) && minutes.len() == 2 && digits(minutes) && self.text.len() <= 40
        })
    }

    fn is_city(&self) -> bool {
        let words = self.bare.trim_end_matches(['.', ',']).split_whitespace();
        names::knowledge::is_city(&words.collect::<Vec<_>>().join(" ")).is_some()
    }

    /// `Next meeting: 3 May 1931` says when something else is.
    fn names_other_date(&self) -> bool {
        let other = dates::mentions(self.bare, dates::Context::default());
        other.iter().any(|m| m.label.as_ref().is_some_and(|label| label.range.start == 0))
    }

    /// A way to reach somebody, without a date.
    fn is_contact(&self) -> bool {
        !counts(self.bare)
            && matches!(names::judge(self.bare), Named::Address | Named::Contact)
            && dates::find(self.bare, None).is_empty()
    }

    /// Whether it ends in a sign or a word after which a sentence goes on.
    fn ends_in_midst(&self) -> bool {
        self.bare.ends_with([',', ';', ':'])
            || text::word_count(self.text) > 3 && text::ends_openly(self.bare)
    }

    /// Whether it asks the reader something, or is a long sentence.
    fn asks_or_tells(&self) -> bool {
        let count = text::word_count(self.text);
        let quotes = ['"', '”', '“', '»', '’', '\''];
        match self.bare.trim_end_matches(quotes).chars().next_back() {
            Some('?') => count >= 6,
            Some('!') => false,
            _ => {
                count > 14
                    && text::ends_sentence(self.bare)
                    && !marks::ends_in_hour(self.bare, self.scope)
            }
        }
    }
}

/// Whether a word before a colon labels what people, things or days a meeting or a form has.
fn is_label(label: &str, scope: Scope) -> bool {
    static LABELS: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.present));
    static ABSENT: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.absent));
    static CHAIR: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.chair));
    let whole = |phrases: &ScopedPhrases| phrases.end(scope, label, str::is_empty).is_some();
    whole(&LABELS)
        || whole(&ABSENT)
        || whole(&CHAIR)
        || marks::head_label(&format!("{label}: x"), scope)
            .is_some_and(|(head, _)| head != marks::Head::Subject)
}
