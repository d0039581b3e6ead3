//! Who is named in a block of lines: signature blocks, lists of signatories, addresses, bylines.
//!
//! Comes in: lines and how the seed writes names. Goes out: parties in the order of the lines, each
//! with the line it was read from. Knows nothing of where in a document the block is.

mod address;
mod assemble;
mod byline;
mod items;
mod line;
mod marks;
mod on_behalf;
mod rows;

pub(super) use address::address;
pub(super) use assemble::{copied, is_unit, signatures, without_article};
pub(super) use byline::{after_by, before_and, byline};
pub(super) use items::has_initials;
pub(super) use line::{Partial, office_and_holder, read_line};
pub(super) use marks::{
    is_mark_of_signing, is_taken_out, is_where_signed, of_logo, without_signed,
};
pub(super) use on_behalf::body_and_office;

use std::sync::LazyLock;

use super::lexicon::{self, Scope, ScopedPhrases};
use super::names;
use crate::content::{Party, name as forms};

/// A party as read from a seed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Mention {
    /// Name of a person, without titles of courtesy.
    pub person: Option<String>,
    /// In what role the person acts.
    pub role: Option<String>,
    /// Name of an organization, without acronym, country and "The".
    pub organization: Option<String>,
    /// The organization's name as the seed writes it.
    pub written: Option<String>,
    /// Line in the seed, counted from 1.
    pub line: usize,
    /// Whether it only counts if another document of the seed names the person in full.
    pub tentative: bool,
}

impl Mention {
    /// The front matter's form.
    pub(super) fn party(&self) -> Party {
        Party {
            person: self.person.clone(),
            role: self.role.as_deref().map(without_stop),
            organization: self.organization.clone(),
        }
    }

    /// Removes the courtesy before an office (`Sr. Embajador`, `Frau Ministerin`), and an office that counts as a body, too.
    pub(super) fn tidy(&mut self, scope: Scope) {
        static COURTESIES: LazyLock<ScopedPhrases> =
            LazyLock::new(|| ScopedPhrases::of(|l| l.courtesies));
        let office = self.role.as_deref().and_then(|role| {
            let end = COURTESIES.end(scope, role, |rest| rest.starts_with(' '))?;
            let office = role[end..].trim_start();
            (names::judge(office) == names::Named::Role).then(|| office.to_owned())
        });
        self.role = office
            .or(self.role.take())
            .map(|role| assemble::without_article(&role, scope).to_owned());
        if self.person.is_some() && self.organization.is_some() && self.organization == self.role {
            self.organization = None;
            self.written = None;
        }
        // "Secretario General de las Naciones Unidas" is the office, and whose office it is.
        let held = |(office, body): (&String, &String)| {
            body.strip_prefix(office.as_str())?.strip_prefix(' ').map(|_| body.clone())
        };
        let body = self.role.as_ref().zip(self.organization.as_ref()).and_then(held);
        if let Some(body) = body.filter(|_| self.person.is_some()) {
            let organization = read_line(&body, scope).organization.filter(|o| *o != body);
            self.organization = organization;
            self.written = self.organization.clone();
        }
    }

    /// The person, or else the body.
    pub(super) fn name(&self) -> Option<&str> {
        self.person.as_deref().or(self.organization.as_deref())
    }

    /// Whether it names somebody.
    pub(super) fn is_named(&self) -> bool {
        self.person.is_some() || self.organization.is_some()
    }
}

/// A name without titles of courtesy. "M." is a French title and "D." a Spanish one; elsewhere each is an initial.
fn without_title(name: &str, scope: Scope) -> &str {
    let (name, bare) = (name.trim(), names::strip_honorifics(name));
    let initial = |letter: &str, languages: &[&str]| {
        name.strip_prefix(letter).is_some_and(|rest| rest == bare)
            && !languages.iter().any(|language| scope.meets(Scope::of(language)))
    };
    if initial("M. ", &["fr"]) || initial("D. ", &["es", "pt"]) { name } else { bare }
}

/// `Frank Steinberg MdB` without the seat or the degree behind the name, which may have no comma.
fn without_degree(name: &str) -> &str {
    static BEHIND: LazyLock<lexicon::Words> = LazyLock::new(|| names::listed("behind_names"));
    let Some((before, last)) = name.rsplit_once(' ') else { return name };
    let mixed = last.chars().skip(1).any(char::is_uppercase);
    // In a name that is all in capitals, `AO` may be its last word.
    let clear = !last.contains(['A', 'O']) || before.chars().any(char::is_lowercase);
    let listed = lexicon::has(&BEHIND, last.trim_end_matches('.'));
    if before.contains(' ') && mixed && clear && listed {
        without_degree(before.trim_end_matches(','))
    } else {
        name
    }
}

/// `Chairman.`: a role without the full stop of its line; that of an abbreviation stays.
fn without_stop(role: &str) -> String {
    let bare = role.trim_end_matches(['.', ',', ';']);
    let last = bare.rsplit([' ', '-']).next().unwrap_or_default();
    let whole = super::text::length(last) > 4 && !last.contains('.');
    if whole { bare.to_owned() } else { role.to_owned() }
}

/// Whether a line has as many short parts between semicolons, or between points, as a list.
pub(super) fn is_divided_as_list(line: &str) -> bool {
    /// More words has a part of a sentence.
    const WORDS: usize = 14;
    let short = |sign: &str| line.split(sign).all(|part| super::text::has_at_most(part, WORDS));
    has_semicolons_of_list(line) && short(";") || has_dots_of_list(line) && short(" · ")
}

/// Fewer semicolons may be those of a sentence.
fn has_semicolons_of_list(line: &str) -> bool {
    line.bytes().filter(|b| *b == b';').count() >= 3
}

/// `Ida Holm, historian · Jonas Webb, lawyer · …`
fn has_dots_of_list(line: &str) -> bool {
    line.matches(" · ").count() >= 3
}

/// `Ida Holm, historian, Leith; Jonas Webb, lawyer; …`: whether a line lists people and bodies, most of them whole.
pub(super) fn are_between_semicolons(line: &str, scope: Scope) -> bool {
    if !has_semicolons_of_list(line) {
        return false;
    }
    let parts = || line.split(';').map(str::trim).filter(|part| !part.is_empty());
    let named = |part: &&str| {
        let short = super::text::has_at_most(part, 12) && part.starts_with(char::is_uppercase);
        short && line::read_line(part, scope).names_somebody()
    };
    parts().filter(named).count() * 4 >= parts().count() * 3
}

/// Whether a long line is a list of names after all.
pub(super) fn segments_look_like_names(text: &str, scope: Scope) -> bool {
    let parts = line::segments(text, scope);
    let named = parts
        .iter()
        .filter(|p| {
            matches!(names::judge(p), names::Named::Person | names::Named::Organization)
                || items::is_person_in_brackets(p, scope)
        })
        .count();
    parts.len() > 2 && named * 3 >= parts.len() * 2
        || line::read_line(text, scope).organization.is_some()
            && super::text::word_count(text) < 22
            && !super::text::ends_sentence(text)
}

/// Each party that has a name once, in order: the first mention counts.
pub(super) fn unique(mentions: Vec<Mention>) -> Vec<Mention> {
    if mentions.len() < 2 {
        return mentions.into_iter().filter(Mention::is_named).collect();
    }
    let mut known = std::collections::HashSet::new();
    let mut is_new = |mention: &Mention| {
        known.insert((
            mention.person.as_deref().map(forms::key),
            mention.organization.as_deref().map(forms::key),
        ))
    };
    mentions.into_iter().filter(|mention| mention.is_named() && is_new(mention)).collect()
}

/// The first of two names of one body in two scripts: `북녘사람들 / People of the North`.
fn in_first_script(name: &str) -> &str {
    let Some((one, other)) = name.split_once(['/', '|']) else { return name };
    let latin = |text: &str| text.chars().filter(|c| c.is_alphabetic()).all(|c| c < '\u{370}');
    let named = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count() > 2;
    let differs = named(one) && named(other) && latin(one) != latin(other);
    if differs && !other.contains(['/', '|']) { one.trim_end() } else { name }
}

/// How the seed writes names: to read capitals into ordinary letters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Writing<'a> {
    /// The whole seed.
    pub text: &'a str,
    /// The languages whose words are read.
    pub scope: Scope,
}

impl Writing<'_> {
    /// A person's name without titles and in ordinary letters.
    pub(super) fn person(&self, name: &str) -> String {
        let name = without_degree(without_title(name, self.scope));
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = names::from_list_by_family(&name).unwrap_or(name);
        let capitals = |w: &str| {
            w.chars().filter(|c| c.is_uppercase()).count() > 2
                || (w.len() > 1 && w.chars().all(char::is_uppercase))
        };
        let all = name.split(' ').all(|w| w.chars().all(|c| !c.is_lowercase()));
        let words: Vec<String> = name
            .split(' ')
            .map(|w| {
                if (all || capitals(w))
                    && !is_suffix(w)
                    && w.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
                {
                    capitalized(w)
                } else {
                    w.to_owned()
                }
            })
            .collect();
        words.join(" ")
    }

    /// An organization's name without acronym, country and "The", in ordinary letters.
    pub(super) fn organization(&self, name: &str) -> String {
        let name = super::text::without_emphasis(name).trim_end_matches([',', ';', ':', ' ']);
        let name = without_stop(in_first_script(name));
        let (bare, _) = forms::without_country(&name);
        let bare = forms::without_acronym(bare);
        let bare = bare.split_whitespace().collect::<Vec<_>>().join(" ");
        let bare = without_the(&bare).to_owned();
        let words = bare.contains(' ') || names::is_body_by_its_word(&bare);
        if super::text::is_caps(&bare) && words { self.ordinary(&bare) } else { bare }
    }

    /// A text in capitals as the seed writes it elsewhere, else with capitals at the words' starts.
    pub(super) fn ordinary(&self, capitals: &str) -> String {
        self.elsewhere(capitals).unwrap_or_else(|| self.title_case(capitals))
    }

    fn elsewhere(&self, capitals: &str) -> Option<String> {
        if !capitals.is_ascii() {
            return None;
        }
        let (text, want) = (self.text.as_bytes(), capitals.as_bytes());
        (0..(text.len() + 1).checked_sub(want.len())?)
            .filter(|&i| {
                text[i].eq_ignore_ascii_case(&want[0])
                    && text[i..i + want.len()].eq_ignore_ascii_case(want)
            })
            .map(|i| String::from_utf8_lossy(&text[i..i + want.len()]).into_owned())
            .find(|found| {
                found.chars().any(char::is_lowercase)
                    && found.chars().next().is_some_and(char::is_uppercase)
            })
    }

    fn title_case(&self, capitals: &str) -> String {
        let mut after_stop = true;
        let words: Vec<String> = capitals
            .split_whitespace()
            .map(|word| {
                let lower = word.to_lowercase();
                let first = std::mem::replace(
                    &mut after_stop,
                    word.ends_with([':', '.', '?', '!', '—', '–']),
                );
                if !first && lexicon::SMALL_WORDS.has(self.scope, &lower) {
                    lower
                } else if self.is_acronym_elsewhere(word)
                    || super::names::has_legal_form(word)
                    || has_no_vowel(word)
                {
                    word.to_owned()
                } else {
                    capitalized(word)
                }
            })
            .collect();
        words.join(" ")
    }

    /// Whether the seed has the word in capitals amid ordinary words.
    fn is_acronym_elsewhere(&self, word: &str) -> bool {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        (2..=6).contains(&bare.len())
            && self.text.match_indices(bare).any(|(i, _)| {
                let start = self.text[..i].rfind('\n').map_or(0, |n| n + 1);
                let end = self.text[i..].find('\n').map_or(self.text.len(), |n| i + n);
                let before = self.text[start..i].split_whitespace().next_back().unwrap_or_default();
                let after =
                    self.text[i + bare.len()..end].split_whitespace().next().unwrap_or_default();
                let bounded = !self.text[..i].ends_with(char::is_alphanumeric)
                    && !self.text[i + bare.len()..].starts_with(char::is_alphanumeric);
                bounded
                    && (before.chars().any(char::is_lowercase)
                        || after.chars().any(char::is_lowercase))
            })
    }
}

/// A name of a body without the English article, which no list sorts by.
pub(super) fn without_the(name: &str) -> &str {
    lexicon::end_of(name, "the ").map_or(name, |end| &name[end..])
}

/// A generation, a degree or a seat in a parliament: `III`, `QC`, `MP`.
fn is_suffix(word: &str) -> bool {
    static DEGREES: LazyLock<lexicon::Words> = LazyLock::new(|| names::listed("degrees"));
    let bare = word.trim_end_matches(['.', ',']);
    // "MA" and "DO" are names, too.
    let degree = || DEGREES.contains(bare.to_lowercase().as_str()) && !bare.contains(['A', 'O']);
    matches!(bare, "II" | "III" | "IV" | "MD" | "PHD")
        || degree()
        || word.contains('.') && word.len() <= 4
}

/// `FMR`: three letters or more without a vowel are initials, but for a title of courtesy.
fn has_no_vowel(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    bare.len() >= 3
        && bare.bytes().all(|b| b.is_ascii_uppercase() && !b"AEIOUY".contains(&b))
        && !super::names::is_honorific(bare)
}

/// A word in capitals with only its first letters left so: `O'BRIEN-SMITH` → `O'Brien-Smith`.
fn capitalized(word: &str) -> String {
    // "4TH" is "4th", "7B" stays.
    let counted = word.starts_with(|c: char| c.is_ascii_digit())
        && word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let mut start = !counted;
    word.chars()
        .flat_map(|c| {
            let changed: Vec<char> = if start { vec![c] } else { c.to_lowercase().collect() };
            start =
                if c.is_alphabetic() || counted { false } else { c != '\'' && c != '’' || start };
            if c == '\'' || c == '’' {
                start = word.split(['\'', '’']).next().is_some_and(|p| p.chars().count() == 1);
            }
            changed
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_read_into_ordinary_letters() {
        let seed = Writing {
            text: "The Committee for Human Rights in North Korea met. The DPRK and the UN were there.",
            scope: Scope::ALL,
        };
        assert_eq!(seed.person("BAN Ki-moon"), "Ban Ki-moon");
        assert_eq!(seed.person("JOHN O'BRIEN III"), "John O'Brien III");
        assert_eq!(seed.person("JA Song Nam"), "Ja Song Nam");
        assert_eq!(seed.person("J.R. Smith"), "J.R. Smith");
        assert_eq!(
            seed.organization("COMMITTEE FOR HUMAN RIGHTS IN NORTH KOREA"),
            "Committee for Human Rights in North Korea"
        );
        assert_eq!(seed.organization("FRIENDS OF THE DPRK"), "Friends of the DPRK");
        assert_eq!(
            seed.organization(
                "The Committee for Human Rights in North Korea (HRNK), United States"
            ),
            "Committee for Human Rights in North Korea"
        );
        assert_eq!(seed.ordinary("CHINA’S PRISONERS: A REPORT"), "China’s Prisoners: A Report");
    }
}
