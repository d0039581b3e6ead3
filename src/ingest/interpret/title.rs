//! The title: the document's own; else what it says it is about; else supplied from sender and
//! addressee as DACS 2.3 has it; else its first words.

use std::cmp::Reverse;

use super::super::body;
use super::super::dates;
use super::super::layout::Layout;
use super::super::lexicon::{self, Scope};
use super::super::marks;
use super::super::parties::Mention;
use super::super::rules::head::before_day;
use super::super::text::{self, Line};
use super::Facts;
use crate::config::Config;

/// Words of a title that is made of a first sentence.
pub(super) const WORDS: usize = 14;

/// The same, if that sentence is the whole of the document's first paragraph.
const WHOLE: usize = 36;

/// Gives the record a title.
pub(super) fn settle(facts: &mut Facts, lines: &[Line<'_>], layout: &Layout, config: &Config) {
    if let Some(title) = facts.title.take() {
        if let Some(line) =
            lines.get(facts.title_lines.start).filter(|_| !facts.title_lines.is_empty())
        {
            facts.read("title", line.number);
        }
        facts.title = Some(squeezed(&title));
        return;
    }
    if let Some(subject) =
        facts.subject.as_ref().filter(|s| text::word_count(s) >= 2 || text::length(s) > 6)
    {
        facts.title = Some(squeezed(subject));
        return;
    }
    if matches!(facts.kind, Some("letter" | "open-letter" | "telegram" | "memorandum" | "email"))
        && let Some(title) = supplied(facts, config)
    {
        facts.title = Some(title);
        if facts.review.iter().any(|review| review.field == "kind") {
            facts.doubt("title", "the title is supplied, and the kind is in doubt", None);
        }
        return;
    }
    if let Some((title, line)) = described(facts, lines, layout, config) {
        facts.title = Some(title);
        facts.doubt(
            "title",
            "the document has no title of its own; this is a description of it",
            Some(line),
        );
        return;
    }
    by_first_words(facts, lines, layout);
}

/// Takes the first words that say something, and says so.
fn by_first_words(facts: &mut Facts, lines: &[Line<'_>], layout: &Layout) {
    let first = lines[layout.body.clone()].iter().chain(lines).find(|l| {
        let bare = text::without_elements(l.text);
        let long = !text::has_at_most(&bare, 2) || text::length(&bare) > 8;
        let says = long && dates::date_line(&bare, None).is_none();
        says && !l.text.trim_start_matches(['<', '[', '(']).starts_with("http")
    });
    let Some(line) = first.or_else(|| lines.iter().find(|l| !l.is_blank())) else { return };
    let start = lines.iter().position(|l| l.number == line.number).unwrap_or(0);
    // The text may be held to begin in the midst of a paragraph.
    let start = if text::starts_lower(line.text) {
        lines[..start].iter().rposition(Line::is_blank).map_or(0, |blank| blank + 1)
    } else {
        start
    };
    let paragraph = lines[start..].iter().take_while(|l| !l.is_blank()).take(4).map(|l| l.text);
    let paragraph = body::joined(paragraph);
    let paragraph = text::without_elements(&paragraph);
    let paragraph = before_day(&paragraph);
    let alone = lines.iter().position(|l| !l.is_blank()) == Some(start);
    facts.title = Some(squeezed(&first_words(paragraph, if alone { WHOLE } else { WORDS })));
    facts.doubt(
        "title",
        "the document has no title of its own; these are its first words",
        Some(line.number),
    );
}

fn squeezed(title: &str) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    title.replace("**", "").trim_end_matches(['*', '_']).to_owned()
}

/// `Letter from A to B`, in the archive's language.
fn supplied(facts: &Facts, config: &Config) -> Option<String> {
    let language = lexicon::language(&config.default_language);
    let people: Vec<Mention> =
        facts.signatories.iter().chain(&facts.creators).filter(|m| m.is_named()).cloned().collect();
    let from = names(
        &if facts.signatories.is_empty() { facts.creators.clone() } else { people },
        language,
    );
    let to = names(&facts.recipients, language);
    let [both, sender, addressee, letter] = language.supplied;
    let title = match (from, to) {
        (Some(from), Some(to)) => {
            let subject = if closes_with_consonant(&from) { "이" } else { "가" };
            both.replace("{from}", &from).replace("{to}", &to).replace("{이/가}", subject)
        }
        (Some(from), None) => sender.replace("{from}", &from),
        (None, Some(to)) => addressee.replace("{to}", &to),
        (None, None) => return None,
    };
    Some(match facts.kind {
        Some(kind @ ("telegram" | "memorandum" | "email")) => {
            title.replace(letter, &kind_name(kind, language))
        }
        _ => title,
    })
}

/// A short description in brackets: what the document calls itself, else its kind; whom it greets; whose it is, and
/// when: `[Minutes: Harbour Board, 1931-05-03]`. None of a document of which no more is known than its words.
fn described(
    facts: &Facts,
    lines: &[Line<'_>],
    layout: &Layout,
    config: &Config,
) -> Option<(String, usize)> {
    let language = lexicon::language(&config.default_language);
    let scope = facts.language.as_ref().map_or(Scope::ALL, |guess| Scope::of(&guess.tag));
    let first = lines.iter().find(|l| !l.is_blank())?.number;
    if let (Some("letter"), Some(line)) = (facts.kind, layout.salutation.map(|at| lines[at])) {
        let greeted =
            marks::without_page(line.text).trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
        let greeted = marks::without_greeting_end(greeted, scope);
        let [_, _, addressee, _] = language.supplied;
        let whole = text::has_at_most(greeted, 8).then_some(greeted)?;
        return Some((format!("[{}]", to_greeted(addressee, whole)), line.number));
    }
    let called = lines.iter().take(CALLED);
    let called = called.filter_map(|l| Some((marks::called(l.text, scope)?.0, l.number)));
    // Of several names the longest says most; of equals, the first.
    let called = called.min_by_key(|(name, line)| (Reverse(text::word_count(name)), *line));
    let kind = facts.kind.filter(|kind| !matches!(*kind, "other" | "article" | "letter"));
    let (name, line) = match (called, kind) {
        (Some((name, line)), _) => (capital(name), line),
        (None, Some(kind)) => (kind_name(kind, language), first),
        (None, None) => return None,
    };
    let body = facts.creators.iter().find_map(|m| m.organization.as_deref());
    let statement = kind == Some("statement");
    let people = || facts.signatories.iter().chain(&facts.creators);
    let speaker = || people().find_map(|m| m.person.as_deref()).filter(|_| statement);
    let body = body.or_else(speaker);
    let body = body.map(|body| format!(": {body}")).unwrap_or_default();
    let date = facts.date.as_ref().and_then(|(reading, _)| reading.date.as_ref());
    let date = date.map(|date| format!(", {date}")).unwrap_or_default();
    Some((format!("[{name}{body}{date}]"), line))
}

/// `Letter to “Whom it may concern”`: a greeting may begin with the word for "to".
fn to_greeted(addressee: &str, greeted: &str) -> String {
    let before = addressee.split("{to}").next().unwrap_or_default().trim_end();
    let to = before.rsplit(' ').next().unwrap_or_default();
    let rest = greeted.split_once(' ').filter(|(first, _)| first.eq_ignore_ascii_case(to));
    addressee.replace("{to}", &format!("“{}”", rest.map_or(greeted, |(_, rest)| rest)))
}

/// How many lines are asked for what the document calls itself.
const CALLED: usize = 60;

/// Whether a name ends in a consonant, as Korean hears it: the particle of a subject follows it. Of names in Latin
/// letters those in l, m, n and ng do; most others get a vowel when they are spoken, such as Albert and Smith.
fn closes_with_consonant(name: &str) -> bool {
    let Some(last) = name.chars().rev().find(|c| c.is_alphanumeric()) else { return false };
    match last {
        '가'..='힣' => !(u32::from(last) - u32::from('가')).is_multiple_of(28),
        // Read as Sino-Korean numbers: 영, 일, 삼, 육, 칠, 팔.
        '0' | '1' | '3' | '6' | '7' | '8' => true,
        'g' | 'G' => name.to_lowercase().ends_with("ng"),
        last => "lmnLMN".contains(last),
    }
}

/// The first word for a kind, with a capital: `Telegram`.
fn kind_name(kind: &str, language: &lexicon::Language) -> String {
    let words =
        language.kinds.iter().find(|(known, _)| *known == kind).map_or("", |(_, words)| words);
    capital(words.split('|').next().unwrap_or_default())
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// One name, two, or the first and how many others.
fn names(mentions: &[Mention], language: &lexicon::Language) -> Option<String> {
    let first_of = |m: &Mention| m.person.clone().or_else(|| m.organization.clone());
    let people = mentions.iter().filter(|m| m.person.is_some()).count();
    let mentions: Vec<&Mention> =
        mentions.iter().filter(|m| people == 0 || m.person.is_some()).collect();
    let first = mentions.first().and_then(|m| first_of(m))?;
    let and = language.and.split('|').next().unwrap_or("and");
    match mentions.len() {
        1 => Some(first),
        2 => Some(format!("{first} {and} {}", first_of(mentions[1])?)),
        n => Some(language.others.replace("{first}", &first).replace("{n}", &(n - 1).to_string())),
    }
}

/// The first sentence, or as many of its words as a title may have. A paragraph that is one sentence may have `whole` words.
pub(super) fn first_words(line: &str, whole: usize) -> String {
    let bare = text::without_emphasis(line.trim_start_matches(|c: char| "-•*>–— ".contains(c)));
    let sentence = bare
        .find(['.', '!', '?', '。'])
        .filter(|&i| i > 24 && bare[i..].chars().nth(1).is_none_or(char::is_whitespace))
        .map_or(bare, |i| &bare[..i]);
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let rest = bare[sentence.len()..].trim_matches(|c: char| !c.is_alphanumeric());
    if rest.is_empty() && words.len() <= whole && text::length(sentence) <= 300 {
        return words.join(" ");
    }
    let mut title = words.iter().take(WORDS).copied().collect::<Vec<_>>().join(" ");
    if text::length(&title) > 140 {
        title = title.chars().take(120).collect::<String>().trim_end().to_owned();
        title.push('…');
    } else if words.len() > WORDS {
        title = title.trim_end_matches([',', ';', ':', '—', '–', '-', ' ']).to_owned();
        title.push('…');
    }
    title
}

#[cfg(test)]
mod tests {
    use super::closes_with_consonant;

    #[test]
    fn korean_particles_follow_the_sound_of_a_name() {
        for name in ["김하늘", "유엔 사무총장", "Ban Ki-moon", "Ken Gause 외 51인", "Greg Young"]
        {
            assert!(closes_with_consonant(name), "{name}");
        }
        for name in ["박이수", "Roberta Cohen (전 대사)", "John Smith", "Albert", "Amnesty", "—"]
        {
            assert!(!closes_with_consonant(name), "{name}");
        }
    }
}
