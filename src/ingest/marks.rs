//! Lines by which a document's parts are known: salutation, closing, headings of lists, labels.
//! Each function judges one line by its form and the lexicon.

mod labels;
mod symbols;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::lexicon::{
    self, AND, Anywhere, Beginnings, DIRECTED, LANGUAGES, Phrases, Scope, ScopedPhrases,
    ScopedWords, ends_or, surroundings,
};
use super::names;
use super::parties;
use super::text::{self, bytes};
pub(super) use labels::{
    Head, copied, head_label, is_any_label, is_notes_heading, is_press_contact, is_signed_heading,
    signed, subject,
};
pub(super) use symbols::{date_of_reference, is_reference, references};

/// Whether a line greets the addressee.
pub(super) fn is_salutation(line: &str, scope: Scope) -> bool {
    static SALUTATIONS: LazyLock<ScopedPhrases> =
        LazyLock::new(|| ScopedPhrases::of(|l| l.salutations));
    static WHOLE: LazyLock<ScopedPhrases> =
        LazyLock::new(|| ScopedPhrases::of(|l| l.whole_salutations));
    if line.len() > 180 {
        return false;
    }
    let line = without_page(first_cell(text::without_emphasis(line)));
    if !(1..=160).contains(&line.len()) {
        return false;
    }
    let ended = |rest: &str| rest.trim_start().trim_start_matches([',', ':', '!', '.']).is_empty();
    let whole = WHOLE.end(scope, line, ended).is_some();
    let greets = SALUTATIONS.end(scope, line, |rest| ends_or(rest, ",:!.")).is_some();
    if !whole && !greets {
        return ends_in_greeting(line, scope);
    }
    let count = text::word_count(line);
    if count > 16 {
        return false;
    }
    if whole && line.ends_with([',', ':', '!']) {
        return true;
    }
    // "Serenissimo Principe" greets without a sign, if that is all of the line.
    if count > 1 && (whole || SALUTATIONS.end(scope, line, ended).is_some()) {
        return true;
    }
    greets
        && match text::is_hangul(line) {
            true => line.chars().count() <= 40,
            false => is_set_as_greeting(line, count, scope),
        }
}

/// The name before the word that directs a letter to it, in languages that put it last: `항만 국장 귀하`.
pub(super) fn directed_before(line: &str, scope: Scope) -> Option<&str> {
    if line.is_ascii() || line.chars().count() > 40 {
        return None;
    }
    let line = line.trim_end_matches(['.', ',', ' ']);
    let mut ends = scope.places().flat_map(|i| LANGUAGES[i].directed_ends.split('|'));
    let name = ends.find_map(|end| line.strip_suffix(end).filter(|_| !end.is_empty()))?;
    let bare = name.trim_end();
    // The word of one syllable ends other words, too.
    let spaced = bare.len() < name.len() || line.len() - name.len() > 3;
    (spaced && !bare.is_empty()).then_some(bare)
}

/// Whether the last syllables of a line greet, as Korean ones do: `위원장님께`.
fn ends_in_greeting(line: &str, scope: Scope) -> bool {
    if directed_before(line, scope).is_some() {
        return true;
    }
    if line.is_ascii() || line.chars().count() > 40 || !text::is_hangul(line) {
        return false;
    }
    let line = line.trim_end_matches(['.', '!']);
    let mut ends = scope.places().flat_map(|i| LANGUAGES[i].salutation_ends.split('|'));
    ends.any(|end| !end.is_empty() && line.ends_with(end))
}

/// `위원장님` of `위원장님께`: a salutation without the syllable that greets at its end.
pub(super) fn without_greeting_end(line: &str, scope: Scope) -> &str {
    let mut ends = scope.places().flat_map(|i| LANGUAGES[i].salutation_ends.split('|'));
    let end = ends.find(|end| !end.is_empty() && line.ends_with(end));
    let syllable = end.and_then(|end| end.chars().next_back()).map_or(0, char::len_utf8);
    &line[..line.len() - syllable]
}

/// Whether a line of so many words that begins as a salutation goes on and ends as one.
fn is_set_as_greeting(line: &str, count: usize, scope: Scope) -> bool {
    if text::is_prose(line) && text::ends_sentence(line) {
        return false;
    }
    if line.ends_with([',', ':', '!', '-', '—', '–', ';', '，']) {
        return true;
    }
    let open_end = match line.chars().next_back() {
        // "My dear Webb." is no sentence, nor is "Sehr geehrter Herr Kollege."
        Some('.') => count <= 3 || count <= 5 && greets_in_capitals(line, scope),
        Some('?') => false,
        _ => count <= 8,
    };
    open_end && names_an_addressee(line, scope)
}

static GREETINGS: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.greetings));

/// `Dear GitHub Team` greets without a comma too; `Attention deficit` does not, nor does `Sir Winston Churchill`.
fn names_an_addressee(line: &str, scope: Scope) -> bool {
    let spaced = |rest: &str| rest.starts_with(char::is_whitespace);
    greets_whom_it_concerns(line, scope)
        || GREETINGS.end(scope, line, spaced).is_some()
            && DIRECTED.end(scope, line, spaced).is_none()
}

/// Whether all words behind a greeting have capitals, as names and titles have.
fn greets_in_capitals(line: &str, scope: Scope) -> bool {
    let spaced = |rest: &str| rest.starts_with(char::is_whitespace);
    let end = GREETINGS.end(scope, line, spaced);
    end.is_some_and(|end| line[end..].split_whitespace().all(|w| w.starts_with(char::is_uppercase)))
}

/// Whether a line greets whoever reads it: `To whom it may concern`.
pub(super) fn greets_whom_it_concerns(line: &str, scope: Scope) -> bool {
    static WHOM: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.to_whom));
    WHOM.end(scope, line, |_| true).is_some()
}

/// A line without the number of the page that an edition puts before it: `[1] Liebster Bruder`.
pub(super) fn without_page(line: &str) -> &str {
    let number = line.strip_prefix('[').and_then(|l| l.split_once(']'));
    match number {
        Some((page, rest)) if page.len() <= 4 && page.bytes().all(|b| b.is_ascii_digit()) => {
            rest.trim_start()
        }
        _ => line,
    }
}

/// Whether a text speaks of the members of somebody, who is then a body: `We, the members of Sea Lantern, …`.
pub(super) fn has_members(text: &str, name: &str, scope: Scope) -> bool {
    static MEMBERS: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.members_of));
    /// No words for members, with the name behind them, begin further before it.
    const BEFORE: usize = 32;
    text.match_indices(name).any(|(at, _)| {
        let near = &text[text.ceil_char_boundary(at.saturating_sub(BEFORE))..at];
        let mut starts = near.match_indices(char::is_whitespace).map(|(i, s)| i + s.len());
        starts.any(|i| {
            let ends = |rest: &str| rest.trim().is_empty();
            !near[i..].starts_with("all ") && MEMBERS.end(scope, &near[i..], ends).is_some()
        })
    })
}

/// What is before a wide gap: beside a greeting may be the place from which somebody writes.
fn first_cell(line: &str) -> &str {
    if !bytes::has_pair(line.as_bytes(), b' ', b' ') && !line.contains('\t') {
        return line;
    }
    let end = line.find('\t').into_iter().chain(line.find("    ")).min();
    end.map_or(line, |end| line[..end].trim_end())
}

/// Whom a salutation greets, without the greeting: `Dear Ambassador Bosworth:` → `Ambassador Bosworth`.
pub(super) fn greeted(line: &str, scope: Scope) -> &str {
    static SEVERAL: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.members_of));
    let line = without_page(first_cell(text::without_emphasis(line)))
        .trim_end_matches([',', ':', '!', '.', ';', ' ', '—', '–', '-', '，']);
    let Some(rest) = GREETINGS.after(scope, line) else { return line };
    SEVERAL.after(scope, rest).map_or(rest, str::trim_end)
}

/// Whether a name is that of who carried a telegram, as it is printed on the form: `Northern Telegraph Company`.
pub(super) fn is_carrier(name: &str, scope: Scope) -> bool {
    static CARRIERS: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.carriers));
    let starts = name.match_indices(' ').map(|(at, _)| at + 1);
    let mut starts = std::iter::once(0).chain(starts);
    text::has_at_most(name, 8)
        && starts.any(|at| CARRIERS.end(scope, &name[at..], lexicon::ends_word).is_some())
}

static CLOSINGS: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.closings));

/// Whether words of leave-taking are all that a line says: `Yours in Christ,`.
pub(super) fn is_bare_closing(line: &str, scope: Scope) -> bool {
    let line = text::without_emphasis(line).trim_end_matches([',', '.', '!', ' ']);
    CLOSINGS.end(scope, line, str::is_empty).is_some()
}

/// Whether a line takes leave.
pub(super) fn is_closing(line: &str, scope: Scope) -> bool {
    const SIGNS: &str = ",.!;:";
    if line.len() > 100 {
        return false;
    }
    let line = text::without_emphasis(line);
    if line.is_empty() || line.len() > 90 {
        return false;
    }
    if has_last_words(line, scope) {
        return text::has_at_most(line, 9);
    }
    let Some(end) = CLOSINGS.end(scope, line, |rest| ends_or(rest, SIGNS)) else { return false };
    if !text::has_at_most(line, 9) {
        return false;
    }
    let set_off = line[end..].starts_with(|c| SIGNS.contains(c));
    let rest = text::word_count(&line[end..]);
    // "Thank you for your letter of 3 May" is a sentence, "Thank you" a closing.
    let sentence = rest > 2 && line.ends_with('.');
    !sentence && (rest == 0 || line.ends_with(',') || (rest <= 3 && set_off))
}

/// `I remain, Sir, yours very faithfully`: the last words of a longer leave-taking.
fn has_last_words(line: &str, scope: Scope) -> bool {
    static YOURS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.last_words[0]));
    static VERY: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.last_words[1]));
    static MANNERS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.last_words[2]));
    let mut words = line.trim_end_matches([',', '.']).rsplit(char::is_whitespace);
    let last = words.next().unwrap_or_default();
    if !MANNERS.has_any_case(scope, last) {
        return false;
    }
    let mut before = words.skip_while(|word| VERY.has_any_case(scope, word));
    before.next().is_some_and(|word| YOURS.has_any_case(scope, word))
}

/// Whether a paragraph is the long sentence with which French, Spanish and diplomatic letters close.
pub(super) fn is_closing_sentence(paragraph: &str, scope: Scope) -> bool {
    static SENTENCES: LazyLock<ScopedPhrases> =
        LazyLock::new(|| ScopedPhrases::of(|l| l.closing_sentences));
    SENTENCES.end(scope, paragraph.trim(), |_| true).is_some() && text::has_at_most(paragraph, 60)
}

/// Whether a line begins what is enclosed, or an appendix.
pub(super) fn is_enclosure(line: &str, scope: Scope) -> bool {
    static ENCLOSED: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.enclosed));
    if line.len() > 160 {
        return false;
    }
    let start = line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '_');
    line.len() - start.len() <= 9
        && ENCLOSED.end(scope, start, is_enclosures_number).is_some()
        && !text::ends_sentence(line.trim_end_matches('.'))
}

/// Whether a line is the title of something enclosed and nothing else: `Enclosure 2`, `ANNEX B`. An appendix
/// belongs to its letter.
pub(super) fn is_enclosure_title(line: &str, scope: Scope) -> bool {
    static APPENDIX: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.appendix));
    if !is_enclosure(line, scope) {
        return false;
    }
    let bare = text::without_emphasis(line).trim_matches(|c: char| !c.is_alphanumeric());
    text::has_at_most(bare, 2)
        && !bare.contains(':')
        && APPENDIX.end(scope, bare, lexicon::ends_word).is_none()
}

/// What follows the word: `(s)`, a number or letter, then a sign or the line's end.
fn is_enclosures_number(rest: &str) -> bool {
    let rest = rest.trim_start().trim_start_matches('(');
    let rest = rest.trim_start_matches(|c: char| c == 's' || c.is_ascii_digit());
    let rest = rest.trim_start_matches(')').trim_start();
    let number = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let rest = if number <= 4 { rest[number..].trim_start() } else { rest };
    rest.is_empty() || rest.starts_with([':', '.', ')', '–', '-'])
}

/// Whether a line ends in an hour, whose point ends no sentence: `… at 6.30 p.m.`
pub(super) fn ends_in_hour(line: &str, scope: Scope) -> bool {
    static UNITS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.clock_units));
    let last = line.rsplit(|c: char| c.is_whitespace() || c.is_ascii_digit()).next();
    line.ends_with('.') && last.is_some_and(|word| UNITS.has_any_case(scope, word))
}

/// The kind that a title names at its beginning, or anywhere if it is unmistakable.
pub(super) fn kind_of_title(title: &str, scope: Scope) -> Option<&'static str> {
    if title.len() > 400 {
        return None;
    }
    let squeezed = squeezed(title);
    let at_start = kind_at_start(&squeezed, scope).map(|kind| of_a_meeting(kind, &squeezed, scope));
    let marked = || kind_at_end(in_brackets(title.trim_start())?, scope);
    let at_start = at_start.or_else(marked);
    at_start.or_else(|| kind_at_end(&squeezed, scope)).or_else(|| {
        // "구술 기록을 공개합니다" tells of one.
        if text::is_hangul(&squeezed)
            && squeezed.trim_end_matches(['.', '!']).ends_with(['다', '요'])
        {
            return None;
        }
        let sure = &KINDS.sure;
        let lower = if squeezed.is_ascii() { squeezed } else { squeezed.to_lowercase().into() };
        let place = sure.phrases.find(&lower, |at| sure.languages[at].meets(scope));
        place.map(|at| sure.kinds[at])
    })
}

/// The kind that a line names with its first words.
pub(super) fn kind_of_mark(line: &str, scope: Scope) -> Option<&'static str> {
    if line.len() > 400 { None } else { kind_at_start(&squeezed(line), scope) }
}

/// The kind that a line names with its first words, and what follows them.
pub(super) fn kind_before(line: &str, scope: Scope) -> Option<(&'static str, &str)> {
    let kinds = &*KINDS;
    let mut found = kinds.phrases.found(line).filter(|(_, end)| ends_word(&line[*end..]));
    found.find_map(|(at, end)| {
        let kind = scope.places().find_map(|language| kinds.kinds[at][language])?;
        Some((kind, line[end..].trim_start()))
    })
}

/// What is in brackets before a title: `[Notice of vacancy] A clerk for the harbour office`.
fn in_brackets(title: &str) -> Option<&str> {
    const BRACKETS: [(char, char); 4] = [('[', ']'), ('【', '】'), ('<', '>'), ('「', '」')];
    let (open, close) = BRACKETS.into_iter().find(|(open, _)| title.starts_with(*open))?;
    let (inner, rest) = title[open.len_utf8()..].split_once(close)?;
    (!rest.trim().is_empty() && text::has_at_most(inner, 3)).then(|| inner.trim())
}

/// A title without emphasis, signs before it, and spaces between all letters: `M E M O R A N D U M`.
fn squeezed(title: &str) -> Cow<'_, str> {
    let bare = text::without_emphasis(title).trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut letters = bare.split(' ').map(|w| w.chars().count());
    let spaced = bare.contains(' ') && letters.all(|n| n <= 1) && !text::has_at_most(bare, 2);
    if spaced { bare.split(' ').collect::<String>().into() } else { bare.into() }
}

/// What is before and behind the word between sender and addressee: `Minister Dawson to the Secretary of State`,
/// `214. Ada Reed to [Jonas Quill], 3 May 1841`.
pub(super) fn exchange(line: &str, scope: Scope) -> Option<(&str, &str)> {
    let line = without_number(line);
    let line = behind_what_was_sent(line, scope).unwrap_or(line);
    if !text::has_at_most(line, 18) || !line.starts_with(char::is_uppercase) {
        return None;
    }
    let joints = scope.places().filter_map(|at| {
        let [both, ..] = LANGUAGES[at].supplied;
        Some(both.split_once("{from}")?.1.split_once("{to}")?.0)
    });
    // "Sir Mark Webb, Minister to Tannmark, to Mr Reed": behind a comma the word parts the two.
    let parted = |joint: &str| {
        let apart = line.find(joint).filter(|_| line.contains(','));
        apart.and_then(|_| line.split_once(format!(",{joint}").as_str()))
    };
    let sides = joints.filter_map(|joint| parted(joint).or_else(|| line.split_once(joint)));
    let mut sides = sides.map(|(from, to)| (from.trim_matches(['[', ']']), without_remark(to)));
    sides.find(|(from, to)| {
        let to = parties::without_article(to, scope);
        text::has_at_most(from, 9) && to.starts_with(char::is_uppercase)
    })
}

/// What is behind the words of a heading that tell what was sent, and from whom: `Letter from Ada Reed to Jonas Quill`.
pub(super) fn behind_what_was_sent(line: &str, scope: Scope) -> Option<&str> {
    static FROM: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.from));
    let line = without_number(line);
    /// So many words may be before the one that tells from whom.
    const WORDS: usize = 4;
    let (kind, _) = kind_before(line, scope)?;
    let mut words = line.match_indices(' ').map(|(at, _)| &line[at + 1..]).take(WORDS);
    let behind = words
        .find_map(|rest| Some(&rest[FROM.end(scope, rest, |rest| rest.starts_with(' '))?..]))?;
    let sender = parties::without_article(behind.trim_start(), scope);
    let sent = matches!(kind, "letter" | "telegram" | "memorandum" | "email");
    (sent && sender.starts_with(char::is_uppercase)).then_some(sender)
}

/// A heading without its number: `670a. …`.
fn without_number(line: &str) -> &str {
    let digits = line.bytes().take(5).take_while(u8::is_ascii_digit).count();
    let rest = line[digits..].trim_start_matches(|c: char| c.is_ascii_lowercase());
    let rest = rest.strip_prefix(['.', ')', ':']).filter(|_| digits > 0);
    rest.map_or(line, str::trim_start)
}

/// The addressee of a heading, without the date and the remarks behind the name, and without an editor's brackets.
fn without_remark(to: &str) -> &str {
    let dated = |rest: &str| {
        rest.starts_with(|c: char| c.is_ascii_digit() || c == '[' || c.is_lowercase())
            || super::dates::find(rest, None).into_iter().any(|found| found.reading.date.is_some())
    };
    let comma = to.match_indices(", ").find(|(i, _)| dated(&to[i + 2..])).map(|(i, _)| i);
    let bracket = to.find(" [").filter(|i| *i > 0);
    let end = comma.into_iter().chain(bracket).min().unwrap_or(to.len());
    to[..end].trim_matches(['[', ']', ' ', '?'])
}

/// Whether a line names both sides of a case: `HOLM AND OTHERS v. THE PORT OF HULL`.
pub(super) fn names_case(line: &str) -> bool {
    let bare = text::without_emphasis(line);
    if !text::has_at_most(bare, 30) || text::starts_lower(bare) {
        return false;
    }
    let named = |side: &str| {
        let mut long = text::words(side).filter(|w| w.chars().count() > 6).peekable();
        let lower = |w: &str| w.starts_with(char::is_lowercase);
        side.starts_with(|c: char| c.is_uppercase()) && (long.peek().is_none() || !long.all(lower))
    };
    let word = surroundings::VERSUS.iter().find(|word| bytes::contains(bare, word));
    let sides = word.and_then(|word| bare.split_once(word));
    // "Herr v. Holm" has a particle.
    let person = |side: &str| names::is_honorific(side);
    sides
        .is_some_and(|(one, other)| named(one.trim()) && named(other.trim()) && !person(one.trim()))
}

/// What is before the citation with which a line ends that courts give to their decisions: `[2006] NQCA 14`,
/// `[2011] NQCA 80 (8 April 2011)`.
pub(super) fn before_citation(line: &str) -> Option<&str> {
    let (before, rest) = line.rsplit_once('[')?;
    let (year, rest) = rest.split_once(']')?;
    let rest = rest.split('(').next().unwrap_or(rest).trim();
    let (court, number) = rest.rsplit_once(' ')?;
    let dated = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    let named = (2..=24).contains(&court.len())
        && court.chars().all(|c| c.is_alphanumeric() || c == ' ')
        && court.starts_with(char::is_uppercase);
    let numbered = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    (dated && named && numbered).then(|| before.trim_end())
}

/// What a Korean line is that has the number of a case, behind a court and a day, and a word for a decision: `항구법원
/// 2005. 3. 4. 선고 2004다1234 판결`.
pub(super) fn decided(line: &str, scope: Scope) -> Option<&'static str> {
    let hangul = |c: char| ('가'..='힣').contains(&c);
    let numbered = |word: &&str| {
        let sides = word.split_once(hangul);
        let digit = |side: &str| side.bytes().all(|b| b.is_ascii_digit()) && side.len() >= 2;
        sides.is_some_and(|(year, rest)| digit(year) && digit(rest.trim_start_matches(hangul)))
    };
    let decides = |word: &str| {
        let last = word.char_indices().rev().filter(|(_, c)| hangul(*c)).nth(1);
        last.is_some_and(|(at, _)| judgment_part(&word[at..], scope).is_some())
    };
    let mut behind = line.split(' ').skip_while(|word| !numbered(word)).skip(1);
    let named = !line.starts_with(|c: char| c.is_ascii_digit());
    (named && behind.any(decides)).then_some("judgment")
}

/// What a text calls itself, by the words of a kind behind a word that points to it: `this takedown notice`.
pub(super) fn called(line: &str, scope: Scope) -> Option<(&str, &'static str)> {
    static THIS: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.this));
    let starts = line.match_indices(' ').map(|(at, _)| at + 1);
    std::iter::once(0).chain(starts).find_map(|at| {
        let rest = THIS.after(scope, &line[at..])?;
        let mut found = KINDS.phrases.found(rest).filter(|(_, end)| ends_word(&rest[*end..]));
        found.find_map(|(at, end)| {
            let kind = scope.places().find_map(|language| KINDS.kinds[at][language])?;
            Some((&rest[..end], kind))
        })
    })
}

fn kind_at_start(squeezed: &str, scope: Scope) -> Option<&'static str> {
    let kinds = &*KINDS;
    let mut found = kinds.phrases.found(squeezed).filter(|(_, end)| ends_word(&squeezed[*end..]));
    found.find_map(|(at, _)| scope.places().find_map(|language| kinds.kinds[at][language]))
}

/// A report whose title names a meeting is what was said there: `Verslag van de ledenvergadering`.
fn of_a_meeting(kind: &'static str, title: &str, scope: Scope) -> &'static str {
    if kind == "report" && names_meeting(title, scope) { "minutes" } else { kind }
}

/// Whether a text has a word for a meeting, or one that ends in it.
pub(super) fn names_meeting(text: &str, scope: Scope) -> bool {
    let ends = |word: &str| {
        let mut meetings = scope.places().flat_map(|i| LANGUAGES[i].meetings.split('|'));
        meetings.any(|meeting| !meeting.is_empty() && word.ends_with(meeting))
    };
    text::words(text)
        .any(|word| lexicon::in_lower_case(word.trim_matches(|c: char| !c.is_alphanumeric()), ends))
}

/// Whether a text is what a side of a case is called, and nothing more: `Plaintiff`.
pub(super) fn is_side(text: &str, scope: Scope) -> bool {
    static SIDES: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.sides));
    SIDES.has_any_case(scope, text)
}

/// Whether a line heads the names of those who only attest what others signed: `ATTEST:`, `Sworn before me this 3rd day`.
pub(super) fn is_attestation(line: &str, scope: Scope) -> bool {
    static WORDS: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.attests));
    let line = text::without_emphasis(line);
    // A word by itself may be another's label: "Witness: Ida Holm" is who speaks.
    let ends = |rest: &str| {
        let phrase = &line[..line.len() - rest.len()];
        let whole = rest.trim_matches([':', '.', ',', ' ']).is_empty();
        whole || phrase.contains(' ') && lexicon::ends_word(rest)
    };
    WORDS.end(scope, line, ends).is_some()
}

/// Whether a paragraph speaks for those who sign below it: `We, the undersigned, ask …`
pub(super) fn speaks_for_signatories(line: &str, scope: Scope) -> bool {
    static CALLED: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.undersigned));
    let starts = line.match_indices(' ').map(|(at, _)| at + 1);
    std::iter::once(0).chain(starts).any(|at| {
        let word = line[at..].trim_start_matches(|c: char| !c.is_alphanumeric());
        CALLED.end(scope, word, lexicon::ends_word).is_some()
    })
}

/// Whether a line tells who was at a meeting, or who was not: `Present: Mr. E. Tallis`.
pub(super) fn tells_who_met(line: &str, scope: Scope) -> bool {
    names_those_who_met(line, scope, |rest| rest.trim_start().starts_with([':', '：']))
}

/// Whether a text goes on with who was at a meeting, behind a colon or a dash: `Present– Mr. E. Tallis`.
pub(super) fn begins_attendance(text: &str, scope: Scope) -> bool {
    names_those_who_met(text, scope, |rest| {
        rest.trim_start().starts_with([':', '：', '–', '—', '-'])
    })
}

/// Whether a line is the heading of a list of those who met, and nothing more: `Present`.
pub(super) fn heads_attendance(line: &str, scope: Scope) -> bool {
    line.len() <= 60
        && names_those_who_met(line, scope, |rest| rest.trim_matches([':', ' ']).is_empty())
}

fn names_those_who_met(line: &str, scope: Scope, ended: impl Fn(&str) -> bool) -> bool {
    static WORDS: LazyLock<[ScopedPhrases; 2]> =
        LazyLock::new(|| [ScopedPhrases::of(|l| l.present), ScopedPhrases::of(|l| l.absent)]);
    let line = text::without_emphasis(line).trim_start_matches(['#', ' ']);
    WORDS.iter().any(|words| words.end(scope, line, &ended).is_some())
}

/// The kind that the last word of a title names, where that is what it is a title of: `… 판결에 대한 규탄 성명`.
fn kind_at_end(title: &str, scope: Scope) -> Option<&'static str> {
    if title.is_ascii() || !text::is_hangul(title) {
        return None;
    }
    let bare = title.trim_end_matches(|c: char| !c.is_alphanumeric());
    let ends = |phrase: &&str| phrase.len() > "자".len() && bare.ends_with(phrase);
    let kinds = scope.places().flat_map(|i| LANGUAGES[i].kinds);
    let found = kinds.flat_map(|(kind, phrases)| {
        phrases.split('|').filter(ends).map(move |phrase| (phrase.len(), *kind))
    });
    found.max_by_key(|(length, _)| *length).map(|(_, kind)| kind)
}

/// Whether a title demands something, by its words and its sign.
pub(super) fn demands(title: &str, scope: Scope) -> bool {
    static BEGINNINGS: LazyLock<ScopedPhrases> =
        LazyLock::new(|| ScopedPhrases::of(|l| l.demands[0]));
    let bare = text::without_emphasis(title);
    let ends = bare.trim_end_matches(|c: char| !c.is_alphanumeric());
    let mut endings = scope.places().flat_map(|i| LANGUAGES[i].demands[1].split('|'));
    if text::is_hangul(bare) && endings.any(|end| !end.is_empty() && ends.ends_with(end)) {
        return true;
    }
    let start = bare.trim_start_matches(|c: char| !c.is_alphanumeric());
    bare.ends_with('!') && BEGINNINGS.end(scope, start, lexicon::ends_word).is_some()
}

/// Who makes a statement, in the sentence that introduces it: `Senator Ida Holm today issued the following statement`.
pub(super) fn introduced(line: &str, scope: Scope) -> Option<&str> {
    /// In how many of a line's first bytes the words are sought.
    const NEAR: usize = 240;
    static WORDS: LazyLock<ScopedPhrases> =
        LazyLock::new(|| ScopedPhrases::of(|l| l.statement_follows));
    let near = &line[..line.floor_char_boundary(NEAR)];
    let starts = near.match_indices(' ').map(|(at, _)| at + 1);
    let at = { starts }.find(|&at| WORDS.end(scope, &line[at..], |_| true).is_some())?;
    // "Senator Ida Holm today", "Die Vorsitzende gab"
    let mut before = line[..at].trim_end();
    while let Some((rest, last)) = before.rsplit_once(' ')
        && last.starts_with(char::is_lowercase)
    {
        before = rest.trim_end();
    }
    let dash =
        ["– ", "— ", "-- ", "- ", "): "].iter().filter_map(|d| Some(before.rfind(d)? + d.len()));
    let gap = before.rfind("   ").map(|at| at + 3);
    let from = dash.chain(gap).max().unwrap_or(0);
    Some(before[from..].trim_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != ')'))
}

/// The name in the first words of a declaration: `Ida Holm` of `I, Ida Holm, of Hull, hereby declare`; the words that
/// declare may be in the `next` line.
pub(super) fn declarant<'t>(line: &'t str, next: &str, scope: Scope) -> Option<&'t str> {
    /// In how many of the first bytes the words that declare are sought.
    const NEAR: usize = 320;
    static WORDS: LazyLock<[ScopedPhrases; 2]> = LazyLock::new(|| {
        [ScopedPhrases::of(|l| l.declares[0]), ScopedPhrases::of(|l| l.declares[1])]
    });
    let [openings, verbs] = &*WORDS;
    let line = text::without_emphasis(line);
    let apart = |rest: &str| rest.starts_with([',', ' ']);
    let rest = line[openings.end(scope, line, apart)?..].trim_start_matches([',', ' ', ':']);
    // "Ida Holm of 3 Quay Street"
    let small = |w: &&str| w.starts_with(char::is_lowercase) && !names::is_particle(w);
    let goes_on = rest.split(' ').find(small).map(|w| text::offset(w, rest));
    let end = rest.find([',', '(', ';']).into_iter().chain(goes_on).min()?;
    let (name, behind) = rest.split_at(end);
    let declares = |text: &str| {
        let near = &text[..text.floor_char_boundary(NEAR)];
        let mut starts = near.match_indices(' ').map(|(at, _)| at + 1);
        starts.any(|at| verbs.end(scope, &near[at..], lexicon::ends_word).is_some())
    };
    let named = name.starts_with(char::is_uppercase) && text::has_at_most(name, 6);
    (named && (declares(behind) || declares(&format!(" {next}")))).then_some(name.trim_end())
}

/// Whether a line is the heading of a part of a judgment, or a formula of one.
pub(super) fn judgment_part(line: &str, scope: Scope) -> Option<usize> {
    static PARTS: LazyLock<ScopedPhrases> =
        LazyLock::new(|| ScopedPhrases::of(|l| l.judgment_parts));
    let squeezed = squeezed(line);
    let bare = squeezed.as_ref();
    let whole = |rest: &str| rest.trim_start().trim_start_matches([':', '.', ',']).is_empty();
    // A formula of several words begins its sentence.
    let formula =
        |rest: &str| lexicon::ends_word(rest) && bare.len() - rest.len() > 16 || whole(rest);
    if line.len() > 120 { None } else { PARTS.end(scope, bare, formula) }
}

/// `판 결`, `주 문`: two syllables that name a part of a judgment, as one word.
pub(super) fn closed_part(line: &str, scope: Scope) -> Option<String> {
    let (one, other) = line.split_once(' ').filter(|_| line.len() <= 8)?;
    let syllable = |part: &str| part.chars().count() == 1 && text::is_hangul(part);
    let closed = (syllable(one) && syllable(other)).then(|| format!("{one}{other}"))?;
    judgment_part(&closed, scope).map(|_| closed)
}

fn ends_word(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| !c.is_alphanumeric() || ('가'..='힣').contains(&c))
}

/// Beginnings of titles with their kinds.
struct Kinds {
    phrases: Phrases,
    /// In the order of the phrases: what each language calls so.
    kinds: Vec<[Option<&'static str>; LANGUAGES.len()]>,
    sure: Sure,
}

/// Phrases that tell the kind wherever they are.
struct Sure {
    phrases: Anywhere,
    languages: Vec<Scope>,
    kinds: Vec<&'static str>,
}

static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
    let mut words = BTreeMap::<&str, [Option<&str>; LANGUAGES.len()]>::new();
    for (i, language) in LANGUAGES.iter().enumerate() {
        for (kind, phrases) in language.kinds {
            for phrase in phrases.split('|') {
                words.entry(phrase).or_default()[i].get_or_insert(*kind);
            }
        }
    }
    let phrases = Phrases::from(words.keys().copied());
    let kinds = phrases.iter().map(|phrase| words[phrase]).collect();
    let mut sure = Sure { phrases: Anywhere::from([]), languages: Vec::new(), kinds: Vec::new() };
    let mut anywhere = Vec::new();
    for (phrase, kinds) in &words {
        for (language, kind) in LANGUAGES.iter().zip(kinds) {
            if let Some(kind) = kind.filter(|kind| is_sure(phrase, kind)) {
                anywhere.push(*phrase);
                sure.languages.push(Scope::of(language.tag));
                sure.kinds.push(kind);
            }
        }
    }
    sure.phrases = Anywhere::from(anywhere);
    Kinds { phrases, kinds, sure }
});

/// A phrase of several words, or one in Hangul, is no accident in the midst of a title.
fn is_sure(phrase: &str, kind: &str) -> bool {
    let hangul = text::is_hangul(phrase) && phrase.chars().count() > 2;
    let meeting = kind == "minutes" && phrase.contains(' ') && phrase.len() > 12;
    hangul || meeting || kind == "open-letter" || kind == "press-release"
}

/// Whether a line begins a memorandum: its own heading, or a note to somebody.
pub(super) fn is_memo_heading(line: &str, scope: Scope) -> bool {
    let bare = text::without_emphasis(line);
    !bare.ends_with(['.', ','])
        && bare.len() <= 400
        && kind_at_start(&squeezed(bare), scope) == Some("memorandum")
        && text::has_at_most(bare, 14)
}

/// Whether a line only tells how the letter travels or who may read it.
pub(super) fn is_delivery(line: &str, scope: Scope) -> bool {
    /// Two or three marks have no more words.
    const DELIVERY: usize = 6;
    static WHOLE: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.delivery));
    static BEGINNINGS: LazyLock<Beginnings> =
        LazyLock::new(|| Beginnings::of(lexicon::all(|l| l.delivery)));
    static BY: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.delivered_by));
    static MANNERS: LazyLock<ScopedPhrases> =
        LazyLock::new(|| ScopedPhrases::of(|l| l.post_manners));
    static MEANS: LazyLock<ScopedPhrases> =
        LazyLock::new(|| ScopedPhrases::of(|l| l.means_of_delivery));
    if line.len() > 180 || text::length(line) > 90 {
        return false;
    }
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    // "Personal & Confidential"
    let are_marks = || {
        let words: Vec<&str> = bare.split_whitespace().take(DELIVERY + 1).collect();
        let mut parts = words.split(|w| AND.has_any_case(scope, w));
        words.len() <= DELIVERY && parts.all(|part| WHOLE.has_any_case(scope, &part.join(" ")))
    };
    if BEGINNINGS.may_begin(bare) && are_marks() {
        return true;
    }
    let Some(end) = BY.end(scope, bare, |rest| ends_or(rest, "")) else { return false };
    let mut rest = bare[end..].trim_start();
    while let Some(end) = MANNERS.end(scope, rest, |rest| ends_or(rest, "")) {
        rest = rest[end..].trim_start();
    }
    if names_means(rest, scope) {
        return true;
    }
    let by = MEANS.end(scope, rest, lexicon::ends_word);
    by.is_some_and(|end| text::length(&rest[end..]) <= 60)
}

/// `Overnight Express and Email`: a few words with capitals, one of them a means of delivery.
fn names_means(rest: &str, scope: Scope) -> bool {
    static MEANS: LazyLock<ScopedWords> =
        LazyLock::new(|| ScopedWords::of(|l| l.means_of_delivery));
    let mut bare = text::words(rest).map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
    let small = |w: &str| w.starts_with(char::is_lowercase) && w.len() > 3;
    bare.any(|w| MEANS.has_any_case(scope, w))
        && !text::words(rest).any(small)
        && text::has_at_most(rest, 6)
}

/// Whether a line is the mark that mail programs put above what they quote: `Original Message ---`.
pub(super) fn is_original_message(line: &str, scope: Scope) -> bool {
    static MARKS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.original_message));
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    bare.len() <= 40 && MARKS.has_any_case(scope, bare)
}

/// Whether a line has the shape of a salutation: a short name and a comma or colon.
pub(super) fn is_shaped_salutation(line: &str, scope: Scope) -> bool {
    if !line.ends_with([',', ':']) || line.len() > 50 || !line.starts_with(char::is_uppercase) {
        return false;
    }
    let whole = !line[..line.len() - 1].contains([':', ',']);
    if !whole || !(1..=4).contains(&text::word_count(line)) {
        return false;
    }
    let other = names::is_role_word(&line.to_lowercase()) || has_another_meaning(line, scope);
    // A word and a colon are the heading of a part, unless somebody is called so.
    !other && (line.ends_with(',') || names_somebody(line, scope))
}

/// Whether one word of a line is a known name, or a title or word for a person.
fn names_somebody(line: &str, scope: Scope) -> bool {
    static KIN: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.kin));
    let mut words = text::words(line).map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
    names::has_honorific(line)
        || words.any(|word| {
            let known =
                names::knowledge::is_given(word).or_else(|| names::knowledge::is_family(word));
            known.is_some() || KIN.has_any_case(scope, word)
        })
}

/// Whether a line's words tell that it is no salutation.
fn has_another_meaning(line: &str, scope: Scope) -> bool {
    head_label(line, scope).is_some()
        || is_closing(line, scope)
        || copied(line, scope).is_some()
        || is_enclosure(line, scope)
        || is_signed_heading(line, scope)
        || kind_of_mark(line, scope).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn salutations_of_five_languages() {
        for line in [
            "Dear Mr. Solarz,",
            "Excellencies,",
            "To Whom It May Concern:",
            "Dear GitHub Team",
            "Sehr geehrte Damen und Herren,",
            "Monsieur le Président,",
            "Estimado señor Pérez:",
            "존경하는 위원장님께,",
            "Madame, Monsieur,",
            "Gentlemen:",
            "Lieber Herr Müller!",
            "Excelentísimo Señor Presidente:",
            "Sirs,",
        ] {
            assert!(is_salutation(line, Scope::ALL), "{line}");
        }
        for line in [
            "Dear reader, this is a long sentence that goes on and says something to the end of it all.",
            "Sir Winston Churchill",
            "Honorable Mention",
            "Attention deficit",
        ] {
            assert!(!is_salutation(line, Scope::ALL), "{line}");
        }
        assert_eq!(greeted("Dear Ambassador Bosworth:", Scope::ALL), "Ambassador Bosworth");
        assert_eq!(greeted("Sehr geehrter Herr Dr. Müller,", Scope::ALL), "Herr Dr. Müller");
    }

    #[test]
    fn closings_of_five_languages() {
        for line in [
            "Sincerely,",
            "Yours faithfully",
            "With our continuing high esteem and good wishes,",
            "Mit freundlichen Grüßen",
            "Cordialement,",
            "Atentamente,",
            "감사합니다.",
            "Thank you!",
            "Best Regards, [private]",
        ] {
            assert!(is_closing(line, Scope::ALL), "{line}");
        }
        for line in [
            "Thank you for your letter of 3 May.",
            "Best practice guidance",
            "Yours is the only letter we have received so far.",
        ] {
            assert!(!is_closing(line, Scope::ALL), "{line}");
        }
    }

    #[test]
    fn own_symbols_are_told_from_those_of_others() {
        assert_eq!(references("28-09713 / 28-13454", Scope::ALL), ["28-09713", "28-13454"]);
        assert_eq!(references("Our ref: ABC/12/2008", Scope::ALL), ["ABC/12/2008"]);
        assert_eq!(references("Az.: III B 3 – 4711/98", Scope::ALL).len(), 1);
        assert_eq!(references("A/HRC/25/63", Scope::ALL), ["A/HRC/25/63"]);
        assert!(references("Your ref: X-1", Scope::ALL).is_empty());
        assert!(references("2008-11-19", Scope::ALL).is_empty());
        assert!(
            references("No action was taken in 2008 by anybody at all.", Scope::ALL).is_empty()
        );
    }

    #[test]
    fn titles_tell_their_kind() {
        assert_eq!(
            kind_of_title("Open Letter to UN Member States", Scope::ALL),
            Some("open-letter")
        );
        assert_eq!(kind_of_title("Note to the Chef de Cabinet", Scope::ALL), Some("memorandum"));
        assert_eq!(kind_of_title("M E M O R A N D U M", Scope::ALL), Some("memorandum"));
        assert_eq!(kind_of_title("성명서", Scope::ALL), Some("statement"));
        assert_eq!(kind_of_title("Lettre ouverte au Président", Scope::ALL), Some("open-letter"));
        assert_eq!(kind_of_title("The Hidden Gulag", Scope::ALL), None);
    }

    #[test]
    fn words_count_in_their_own_language_only() {
        let (english, german, dutch) = (Scope::of("en"), Scope::of("de"), Scope::of("nl"));
        assert!(is_salutation("Beste Jan,", dutch));
        assert!(!is_salutation("Beste Jan,", english.with(german)));
        assert!(is_closing("Mit freundlichen Grüßen", german));
        assert!(!is_closing("Mit freundlichen Grüßen", english.with(dutch)));
        let to = |scope| head_label("An: Maria Berg", scope).map(|(head, _)| head);
        assert_eq!(to(german), Some(Head::To));
        assert_eq!(to(english), None);
        assert_eq!(kind_of_title("Lettre ouverte au Président", german), None);
        assert!(!is_salutation("Dear Mr. Solarz,", Scope::of("pl")));
    }
}
