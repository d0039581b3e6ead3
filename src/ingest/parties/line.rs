//! One line of a block → what it says of a party: `Name, Role, Organization` in any order and number.

use std::sync::LazyLock;

use super::super::evidence::plausible;
use super::super::lexicon::{self, Scope, ScopedPhrases, ScopedWords, in_lower_case};
use super::super::marks as signs;
use super::super::memo;
use super::super::names::knowledge::Strength;
use super::super::names::{self, Named};
use super::super::text;
use super::assemble::without_article;
use super::marks::{is_mark_of_signing, is_redacted, without_marks};
use super::without_the;
use crate::content::name as forms;

/// What one line, or one part of it, says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::ingest) struct Partial {
    /// A person's name as written.
    pub person: Option<String>,
    /// A role.
    pub role: Option<String>,
    /// An organization's name as written, with acronym and country.
    pub organization: Option<String>,
    /// Something with the form of a name that may be either.
    pub unknown: Option<String>,
    /// Whether the line introduces whom somebody signs for.
    pub on_behalf: bool,
}

impl Partial {
    /// Whether it names neither a person, an office nor a body.
    pub(super) fn is_nobody(&self) -> bool {
        self.person.is_none() && self.role.is_none() && self.organization.is_none()
    }

    /// Whether it names a person or a body.
    pub(in crate::ingest) fn names_somebody(&self) -> bool {
        self.person.is_some() || self.organization.is_some()
    }

    /// Whether a person is all that it names.
    pub(super) fn is_person_alone(&self) -> bool {
        self.person.is_some() && self.role.is_none() && self.organization.is_none()
    }

    /// Whether a body is all that it names.
    pub(super) fn is_body_alone(&self) -> bool {
        self.organization.is_some() && self.person.is_none() && self.role.is_none()
    }

    pub(super) fn organization(name: &str) -> Self {
        Self { organization: Some(name.to_owned()), ..Self::default() }
    }
}

thread_local! {
    static READ: memo::Answers<Scope, Partial> = memo::Answers::default();
}

/// Reads a line of a block.
pub(in crate::ingest) fn read_line(line: &str, scope: Scope) -> Partial {
    memo::ask(&READ, line, scope, || read_anew(line, scope))
}

fn read_anew(line: &str, scope: Scope) -> Partial {
    let bare = with_closed_name(without_marks(line, scope));
    let bare = office_in_brackets(&bare).map(str::to_owned).unwrap_or(bare);
    let bare = without_aside(&bare, scope).unwrap_or(bare);
    if names_nobody(&bare, scope) {
        return Partial::default();
    }
    if let Some(body) = signed_for(&bare, scope) {
        return Partial { on_behalf: true, ..Partial::organization(body) };
    }
    if let Some(partial) = signer_for(&bare, scope) {
        return partial;
    }
    let (name, country) = forms::without_country(&bare);
    let parts = segments(name, scope);
    let no_body = || matches!(names::judge(name), Named::Role | Named::Address | Named::Contact);
    if country.is_some() && parts.len() == 1 && !no_body() {
        return Partial::organization(&bare);
    }
    match parts.as_slice() {
        [] => Partial::default(),
        [only] => single(only, scope),
        _ if names::has_legal_form(name) && !names::looks_like_person(&parts[0]) => {
            Partial::organization(&bare)
        }
        parts => several(parts, name, scope),
    }
}

/// `이사장 윤 현 철` with its name as one word: signatures are often spaced.
fn with_closed_name(line: String) -> String {
    if line.is_ascii() || !text::is_hangul(&line) {
        return line;
    }
    let syllable = |w: &&str| w.chars().count() == 1 && text::is_hangul(w);
    let words: Vec<&str> = text::words(&line).collect();
    let spaced = words.iter().rev().take_while(|w| syllable(w)).count();
    if !(2..=4).contains(&spaced) || spaced == words.len() {
        return line;
    }
    let (before, name) = words.split_at(words.len() - spaced);
    format!("{} {}", before.join(" "), name.concat())
}

/// `(Geschäftsführerin)`
fn office_in_brackets(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('(')?.strip_suffix(')')?;
    let whole = !inner.contains(['(', ')']) && text::has_at_most(inner, 6);
    (whole && names::judge(inner) == Named::Role).then_some(inner)
}

/// A line without what is in brackets behind a name and no part of it: `Ida Holm (Dr), Leith`, `Ida Holm [Ada Quill], Leith`.
fn without_aside(line: &str, scope: Scope) -> Option<String> {
    let open = line.find(['(', '[']).filter(|at| *at > 0)?;
    let (inner, behind) = line[open + 1..].split_once([')', ']'])?;
    let other = line[open..].starts_with('[') && is_other_name(inner) && !is_redacted(inner, scope);
    let ends = behind.is_empty() || behind.starts_with([',', ' ']);
    let title = names::is_honorific(inner) && names::judge(inner) != Named::Role;
    (ends && (other || title)).then(|| format!("{}{behind}", line[..open].trim_end()))
}

/// Two words or three that begin with capitals.
fn is_other_name(text: &str) -> bool {
    let name = |w: &str| w.starts_with(char::is_uppercase) && w.chars().all(char::is_alphabetic);
    (2..=3).contains(&text::word_count(text)) && text.split(' ').all(name)
}

/// Whether a line has nothing by which somebody is named: an aside, a town, a mark, a name blacked out.
fn names_nobody(line: &str, scope: Scope) -> bool {
    let aside = line.starts_with('(') && line.ends_with(')');
    line.is_empty()
        || aside
        || is_redacted(line, scope)
        || names::is_town(line)
        || names::town_of_region(line).is_some()
        || is_mark_of_signing(line, scope)
        || is_row_of_headings(line)
}

/// `Name | Title | Organization`, `Individuals:`: what the columns or the parts of a list are called.
pub(super) fn is_row_of_headings(line: &str) -> bool {
    static HEADINGS: LazyLock<lexicon::Words> = LazyLock::new(|| names::listed("list_headings"));
    let alone = line.ends_with([':', '：']) || line.starts_with('|');
    let line = line.trim_end_matches([':', '：']);
    let cells = || line.split(['|', '\t']).map(str::trim).filter(|cell| !cell.is_empty());
    let heading = |cell: &str| {
        let mut words = cell.split([' ', '/', '.', '*']).filter(|w| !w.is_empty());
        words.all(|word| HEADINGS.contains(word.to_lowercase().as_str()))
    };
    (alone || cells().count() > 1) && cells().all(heading)
}

/// `Organisations: A, B, C`: what is behind the heading of a list in the same line.
pub(super) fn behind_list_heading(line: &str) -> &str {
    let Some(label) = line.find([':', '：']).filter(|at| *at < 40) else { return line };
    let end = label + line[label..].chars().next().map_or(0, char::len_utf8);
    let rest = line[end..].trim_start();
    if !rest.is_empty() && is_row_of_headings(line[..end].trim_start()) { rest } else { line }
}

/// The body for which somebody signs: `On behalf of Amnesty International:`.
fn signed_for(line: &str, scope: Scope) -> Option<&str> {
    static BEHALF: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.on_behalf));
    let mut rests = BEHALF.ends(scope, line).map(|end| &line[end..]);
    rests.find_map(|rest| {
        let body = without_the(rest.trim_start().trim_end_matches([':', ',']));
        let body = without_article(body, scope);
        let fits = rest.starts_with(char::is_whitespace)
            && body.starts_with(char::is_uppercase)
            && names::judge(body) == Named::Organization;
        fits.then_some(body)
    })
}

/// `Ida Holm on behalf of the Harbour Union`, `Ida Holm, Chair, for the Harbour Union`: a person, and the body for which
/// that person signs.
fn signer_for(line: &str, scope: Scope) -> Option<Partial> {
    let (who, body) = line.match_indices(' ').find_map(|(at, _)| {
        let body = signed_for(&line[at + 1..], scope)?;
        Some((line[..at].trim_end_matches(' '), body))
    })?;
    let set_apart = who.ends_with([',', '–', '—', '-']);
    let read = read_line(who.trim_end_matches([',', '–', '—', '-', ' ']), scope);
    // "Ida Holm, Researcher for the Harbour Union" is what the office says.
    let person = read.person.as_deref().is_some_and(|p| plausible::person(p, scope) >= 20);
    let signs = person && (read.is_person_alone() || set_apart);
    signs.then(|| Partial { organization: Some(body.to_owned()), ..read })
}

fn single(text: &str, scope: Scope) -> Partial {
    if let Some(partial) = bracketed(text).and_then(|(name, inner)| beside(name, inner, scope)) {
        return partial;
    }
    if let Some(partial) = office_before_person(text) {
        return partial;
    }
    match names::judge(text) {
        Named::Person => Partial { person: Some(text.to_owned()), ..Partial::default() },
        _ if names::has_honorific(text) && names::looks_like_person(text) => {
            Partial { person: Some(text.to_owned()), ..Partial::default() }
        }
        Named::Organization => korean_pair(text).unwrap_or_else(|| Partial::organization(text)),
        Named::Role => match office_and_holder(text, scope) {
            Some((role, person)) => Partial {
                person: Some(person.to_owned()),
                role: Some(role.to_owned()),
                ..Partial::default()
            },
            None => office(text, scope),
        },
        // "Nephew of Ida Holm" says who somebody is.
        Named::Unknown if is_kin_of(text, scope) => {
            Partial { role: Some(text.to_owned()), ..Partial::default() }
        }
        Named::Unknown => Partial { unknown: Some(text.to_owned()), ..Partial::default() },
        Named::Country | Named::Contact | Named::Address => Partial::default(),
    }
}

/// `Minister of Fisheries Mr. Jonas Holm`: an office, and its holder from the title of courtesy on.
fn office_before_person(text: &str) -> Option<Partial> {
    let courtesy = |at: &usize| {
        let word = text[at + 1..].split(' ').next().unwrap_or_default();
        word.starts_with(char::is_uppercase)
            && names::is_honorific(word)
            && names::judge(word) != Named::Role
    };
    let at = text.match_indices(' ').map(|(at, _)| at).find(courtesy)?;
    let office = &text[..at];
    let (_, name) = text[at + 1..].split_once(' ')?;
    let held = text::has_at_most(office, 8)
        && names::judge(office) == Named::Role
        && names::looks_like_person(name);
    let role = Some(office.to_owned());
    held.then(|| Partial { person: Some(name.to_owned()), role, ..Partial::default() })
}

/// Whether a word for kin goes on with whose it is: `Nephew of Ida Holm`, `hermana de Aníbal Rossi`.
fn is_kin_of(text: &str, scope: Scope) -> bool {
    parted_by_of(text, scope).is_some_and(|(kin, whose)| {
        text::has_at_most(kin, 2)
            && plausible::is_kin(kin, scope)
            && plausible::person(whose, scope) >= 20
    })
}

fn bracketed(text: &str) -> Option<(&str, &str)> {
    let open = text.find('(')?;
    let inner = text[open + 1..].strip_suffix(')')?;
    Some((text[..open].trim(), inner.trim()))
}

/// Who is named, with what is in brackets behind the name: "Jane Doe (Chair)", "Jane Doe (Human Rights Watch)".
fn beside(name: &str, inner: &str, scope: Scope) -> Option<Partial> {
    // "Joseph Holt (Accused)"
    if signs::is_side(inner, scope) {
        let person = Some(name.to_owned()).filter(|name| names::judge(name) == Named::Person);
        return person.map(|person| Partial { person: Some(person), ..Partial::default() });
    }
    // "Pfarrerin Anne Lohmeyer (Hafengruppe)"
    if let Some((office, holder)) = office_and_holder(name, scope) {
        let read = beside(holder, inner, scope)?;
        return Some(Partial { role: Some(office.to_owned()), ..read });
    }
    let named = names::judge(inner);
    let person = match names::judge(name) {
        Named::Person => true,
        // "Harbour Works Inc. (Agent)"
        Named::Organization if named == Named::Role => {
            let role = Some(inner.to_owned());
            return Some(Partial { role, ..Partial::organization(name) });
        }
        Named::Unknown => named == Named::Organization && begins_as_person(name),
        _ => false,
    };
    if !person {
        return None;
    }
    let mut partial = Partial { person: Some(name.to_owned()), ..Partial::default() };
    // "Jane Doe (Chair, Human Rights Watch)"
    if inner.contains(", ") {
        let (inner, _) = forms::without_country(inner);
        let Partial { role, organization, unknown, .. } = read_line(inner, scope);
        return Some(Partial { role, organization: organization.or(unknown), ..partial });
    }
    if named == Named::Role {
        partial.role = Some(inner.to_owned());
        return Some(partial);
    }
    // "J. Whitmore (Mrs)", "Ida Holm (Hull)" name no body.
    let capital = inner.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    if !capital || names::is_honorific(inner) || names::is_town(inner) {
        return Some(partial);
    }
    match named {
        // `강하늘 (향토사 연구자)`
        Named::Unknown if text::is_hangul(inner) && ends_in_profession(inner, scope) => {
            partial.role = Some(inner.to_owned());
        }
        Named::Organization | Named::Unknown => partial.organization = Some(inner.to_owned()),
        _ if forms::is_acronym(inner) => partial.organization = Some(inner.to_owned()),
        _ => {}
    }
    Some(partial)
}

/// "Klara Boonsma (Universiteit Utrecht)": before a body a given name begins a person's, whatever the next word.
fn begins_as_person(name: &str) -> bool {
    let Some((given, family)) = name.split_once(' ') else { return false };
    let part = |w: &str| w.starts_with(char::is_uppercase) || names::is_particle(w);
    names::knowledge::is_given(given).is_some()
        && text::has_at_most(family, 2)
        && family.split(' ').all(part)
}

/// An office, with the body that it belongs to if the words name one.
fn office(text: &str, scope: Scope) -> Partial {
    if let Some(partial) = korean_pair(text) {
        return partial;
    }
    if text::is_hangul(text)
        && let Some((body, role)) =
            text.rsplit_once(' ').filter(|(b, _)| names::judge(b) == Named::Organization)
    {
        return Partial {
            role: Some(role.to_owned()),
            organization: Some(body.to_owned()),
            ..Partial::default()
        };
    }
    let (role, organization) = split_office(text, scope);
    Partial {
        role: Some(role.to_owned()),
        organization: organization.map(str::to_owned),
        ..Partial::default()
    }
}

/// `Assistant Secretary Harlan`, `Regional Director Ida Holm`, `Monsieur le Préfet Morel`: an office, and who holds it.
pub(in crate::ingest) fn office_and_holder(text: &str, scope: Scope) -> Option<(&str, &str)> {
    let mut rest = text;
    loop {
        if let Some(found) = parted_holder(rest) {
            return Some(found);
        }
        let (first, after) = rest.split_once(' ')?;
        let article = without_article(rest, scope).len() < rest.len();
        rest = Some(after).filter(|_| article || names::is_honorific(first))?;
    }
}

/// The same, of a text that begins with the office.
fn parted_holder(text: &str) -> Option<(&str, &str)> {
    const WORDS: usize = 6;
    let words: Vec<&str> = text.split(' ').collect();
    let last = words.iter().rposition(|w| is_office(w))?;
    // "Attorney General Ida Holm"
    let last = last + usize::from(words.get(last + 1).is_some_and(|w| *w == "General"));
    let (before, held) = words.split_at(last + 1);
    // "Herrn Staatssekretär Meier" begins with a courtesy.
    let courteous = before.len() > 1 && names::is_honorific(before[0]);
    let first = held.first()?;
    // "Chief Constable" is an office, though some are called so.
    if names::is_role_word(&text.to_lowercase()) {
        return None;
    }
    if courteous || words.len() > WORDS || !before.iter().all(|w| is_written_as_name(w)) {
        return None;
    }
    let office = &text[..text::offset(before[last], text) + before[last].len()];
    // "Staatssekretär Dr. Meier"; of "Secretary General" the second word belongs to the office.
    let rest = text[office.len()..].trim_start();
    let courtesy = first.ends_with('.') || first.starts_with(char::is_lowercase);
    let name = if courtesy { names::strip_honorifics(rest) } else { rest };
    names_holder(before[last], name).then_some((office, name))
}

fn is_written_as_name(word: &str) -> bool {
    let sign = |c: char| c.is_alphabetic() || "-'’.".contains(c);
    word.starts_with(char::is_uppercase) && word.chars().all(sign)
}

/// Whether what is behind an office is a name.
fn names_holder(office: &str, name: &str) -> bool {
    let held: Vec<&str> = name.split(' ').collect();
    let named = match held[..] {
        [family] => is_held_by(office, family),
        [particle, family] if names::is_particle(particle) => is_held_by(office, family),
        _ => held.len() <= 3 && names::person_likelihood(name) >= 20,
    };
    let fits = |word: &&str| is_written_as_name(word) && may_be_of_holder(word);
    named && held.iter().all(fits) && !is_place_or_acronym(name)
}

/// Whether a word is an office, or one that is put before names.
fn is_office(word: &str) -> bool {
    let lower = word.to_lowercase();
    names::is_role_word(&lower) || BEFORE_NAMES.contains(lower.as_str())
}

static BEFORE_NAMES: LazyLock<lexicon::Words> =
    LazyLock::new(|| names::listed("offices_before_names"));

/// Whether one word behind an office names its holder: any, if such an office is put before names.
fn is_held_by(office: &str, family: &str) -> bool {
    BEFORE_NAMES.contains(office.to_lowercase().as_str())
        || names::knowledge::is_family(family).is_some()
}

/// Whether a word may be one of a holder's name; that of `Secretary General` is none.
fn may_be_of_holder(word: &str) -> bool {
    // "UN Member States"; many are called White.
    let family = names::knowledge::is_family(word) >= Some(Strength::Known);
    (family || !names::is_common_word(word)) && !names::is_honorific(word)
}

fn is_place_or_acronym(name: &str) -> bool {
    names::is_town(name) || forms::country(name).is_some() || forms::is_acronym(name)
}

/// `HRNK Co-Chair` and `Director of Human Rights Watch` → office and body.
fn split_office(text: &str, scope: Scope) -> (&str, Option<&str>) {
    let text = without_the(text);
    if let Some((body, office)) = text.split_once(' ')
        && is_acronym_of_body(body, text)
        && names::judge(office) == Named::Role
    {
        return (office, Some(body));
    }
    match parted_by_of(text, scope) {
        Some((office, body))
            if is_body_of_office(body, scope)
                && names::judge(office) == Named::Role
                && (!names::teaches(office) || names::is_of_learning(body)) =>
        {
            (office, Some(body))
        }
        _ => (text, None),
    }
}

/// Whether the first word of a text is in capitals because it is a body's name.
fn is_acronym_of_body(first: &str, text: &str) -> bool {
    forms::is_acronym(first) && !text::is_caps(text) && !names::is_role_word(&first.to_lowercase())
}

/// Whether what is behind "of" is a body, not what the office is about.
fn is_body_of_office(body: &str, scope: Scope) -> bool {
    static SUBJECTS: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.subjects));
    if names::judge(body) != Named::Organization || body.contains(" to ") {
        return false;
    }
    let goes_on = |rest: &str| rest.trim_start().starts_with(char::is_lowercase);
    let begins = |text: &str| SUBJECTS.end(scope, text, |r| r.is_empty() || goes_on(r)).is_some();
    // "Alta Comisionada de las Naciones Unidas para los Derechos Humanos" has it behind the body.
    let behind = names::behind_union_of_states(body)
        .is_some_and(|rest| rest.match_indices(' ').any(|(at, _)| begins(&rest[at + 1..])));
    let subject = begins(body) || behind;
    !subject && (2..=9).contains(&text::word_count(body))
}

/// What is before the first word that joins an office with its body, and what is behind it.
fn parted_by_of(text: &str, scope: Scope) -> Option<(&str, &str)> {
    static OF: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.of_body));
    text.match_indices(' ').find_map(|(at, _)| {
        let rest = &text[at + 1..];
        let apart =
            |end: &usize| rest[*end..].starts_with(' ') || rest[..*end].ends_with(['\'', '’']);
        let end = OF.ends(scope, rest).find(apart)?;
        Some((&text[..at], rest[end..].trim_start()))
    })
}

/// `북한인권시민연합 대표 김철수`, `대표 김철수`, `김철수 대표`: body, office and name on one line.
fn korean_pair(text: &str) -> Option<Partial> {
    if !text::is_hangul(text) {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    // "유엔" is no Ms. Yu.
    let named = |w: &&str| names::looks_like_person(w) && !names::is_body_by_its_word(w);
    let person = words.iter().rposition(named)?;
    if words.len() < 2 {
        return None;
    }
    let held = |i: usize| i != person && names::judge(without_hanja(words[i])) == Named::Role;
    let role = (0..words.len()).find(|&i| held(i))?;
    // `재판장 판사 김하늘` has two.
    let roles = (role..words.len()).take_while(|&i| held(i)).count();
    // Who holds an office is named beside it, no body between the two.
    let between = person.min(role) + 1..person.max(role);
    if words[between].iter().any(|w| names::judge(w) == Named::Organization) {
        return None;
    }
    // "도널드 휘트모어 대통령": a foreign name has several words.
    let foreign = |i: usize| {
        let beside = i.abs_diff(person) == 1 && i < role;
        beside
            && !names::is_of_korean_syllables(words[person])
            && names::judge(words[i]) == Named::Unknown
    };
    let of_name = |i: usize| i == person || foreign(i);
    let chosen = |of_name: &dyn Fn(usize) -> bool| -> Vec<&str> {
        (0..words.len()).filter(|&i| of_name(i)).map(|i| words[i]).collect()
    };
    // "위 진정인 서말순" is the petitioner above.
    let body = chosen(&|i| !of_name(i) && i < role).join(" ");
    Some(Partial {
        person: Some(chosen(&of_name).join(" ")),
        role: Some(words[role..role + roles].join(" ")),
        organization: Some(body).filter(|body| text::length(body) > 1),
        ..Partial::default()
    })
}

/// `美대통령` without the sign of the country whose office it is.
fn without_hanja(word: &str) -> &str {
    word.trim_start_matches(|c: char| ('一'..='鿿').contains(&c))
}

/// `Colonel, AGC`: a rank and its branch.
fn is_rank_with_branch(parts: &[String]) -> bool {
    let [rank, branch] = parts else { return false };
    names::is_honorific(rank)
        && names::judge(rank) != Named::Role
        && (forms::is_acronym(branch) || branch.contains('.'))
}

/// Several parts between commas or dashes, each judged, the first one leading.
fn several(parts: &[String], whole: &str, scope: Scope) -> Partial {
    if is_rank_with_branch(parts) {
        return Partial { role: Some(whole.to_owned()), ..Partial::default() };
    }
    let judged: Vec<Named> = parts.iter().map(|p| judge_part(p)).collect();
    let first = judged[0] == Named::Unknown && is_short_with_title(&parts[0]);
    if !first && !judged.contains(&Named::Role) && !has_person(parts, &judged) {
        return body_in_parts(parts, &judged, whole);
    }
    let mut partial = Partial::default();
    for (k, (part, named)) in parts.iter().zip(&judged).enumerate() {
        let behind = || parts[k + 1..].iter().zip(&judged[k + 1..]);
        let subject = partial.person.is_some() && is_subject(part, *named, behind(), scope);
        if !subject {
            add_part(&mut partial, part, *named, scope);
        }
    }
    with_unknown(&mut partial, first, parts);
    partial
}

/// Whether a part behind a person's name is what that person does in a body that one of the parts `behind` names:
/// `Sociology, University of Leith`, `Media Studies, University of Leith`.
fn is_subject<'p>(
    part: &str,
    named: Named,
    mut behind: impl Iterator<Item = (&'p String, &'p Named)>,
    scope: Scope,
) -> bool {
    match named {
        // Of two bodies the one that teaches is the whole.
        Named::Organization => {
            !names::is_of_learning(part) && behind.any(|(body, _)| names::is_of_learning(body))
        }
        Named::Unknown => {
            let work = names_profession(part, scope) || is_small_word(part);
            !work && behind.any(|(_, named)| *named == Named::Organization)
        }
        _ => false,
    }
}

/// `등대나눔터 | 대표 강하늘`: what is beside a Korean name and office is the body.
fn beside_holder(partial: &mut Partial, parts: &[String]) {
    let held = partial.person.is_some() && partial.role.is_some();
    if held && partial.organization.is_none() && parts.iter().all(|part| text::is_hangul(part)) {
        partial.organization = partial.unknown.take();
    }
}

/// Takes a part of which nothing is known for a person or a body, by the office beside it; `titled` if the first part
/// has a title.
fn with_unknown(partial: &mut Partial, titled: bool, parts: &[String]) {
    beside_holder(partial, parts);
    let Some(name) = partial.unknown.take().filter(|_| partial.person.is_none()) else { return };
    let capital = name.starts_with(char::is_uppercase);
    let leads = parts.first() == Some(&name);
    let named = partial.role.is_some() || titled && leads;
    if !capital || !named {
        return;
    }
    // "Madonna, Ambassador" is a person, "President, Endowment for Freedom" a body behind the office.
    let of_body = name.contains(' ') || forms::is_acronym(&name);
    if !leads && of_body && names::judge(&parts[0]) == Named::Role {
        partial.organization.get_or_insert(name);
    } else if text::has_at_most(&name, 4) {
        partial.person = Some(name);
    }
}

/// "Lord Alder, House of Lords": who has a title is a person.
fn is_short_with_title(name: &str) -> bool {
    names::has_honorific(name) && text::has_at_most(name, 4)
}

/// Whether a part is a person: "University of California, San Diego" is none, since after a body a bare name is a
/// part of the body's.
fn has_person(parts: &[String], judged: &[Named]) -> bool {
    let titled = || parts.iter().any(|p| names::has_honorific(p));
    judged.contains(&Named::Person) && (judged[0] != Named::Organization || titled())
}

/// Parts of which none is a person or an office: one body, if one of them is.
fn body_in_parts(parts: &[String], judged: &[Named], whole: &str) -> Partial {
    let bodies = judged.iter().filter(|n| **n == Named::Organization).count();
    let unknown = judged.iter().all(|n| *n == Named::Unknown);
    match (bodies, judged[0]) {
        (0, Named::Unknown) if unknown && parts.len() == 2 => {
            Partial { unknown: Some(whole.to_owned()), ..Partial::default() }
        }
        (0, _) | (_, Named::Address | Named::Contact) => Partial::default(),
        // A town after the name is no part of it.
        (_, Named::Organization)
            if matches!(judged.last(), Some(Named::Address | Named::Contact)) =>
        {
            Partial::organization(&parts[0])
        }
        // The cells of a row are no parts of one name.
        (_, Named::Organization) if whole.contains('|') => Partial::organization(&parts[0]),
        _ => Partial::organization(whole),
    }
}

/// Adds what one part says to what those before it said.
fn add_part(partial: &mut Partial, part: &str, named: Named, scope: Scope) {
    let bodiless = partial.organization.is_none();
    if named == Named::Role
        && partial.person.is_none()
        && let Some((person, role)) = holder(part, scope)
    {
        (partial.person, partial.role) = (Some(person), Some(role));
        return;
    }
    if bodiless && let Some((body, office)) = body_with_office(part, named) {
        partial.role.get_or_insert_with(|| office.to_owned());
        partial.organization = Some(body.to_owned());
        return;
    }
    match named {
        Named::Person if partial.person.is_none() => partial.person = Some(part.to_owned()),
        // "Norbert Voll, Arzt, Hamburg", "Ida Holm, Emergency Physician"
        Named::Unknown | Named::Person
            if partial.person.is_some() && names_profession(part, scope) =>
        {
            add_role(partial, part, scope);
        }
        Named::Role => add_role(partial, part, scope),
        Named::Organization if bodiless => partial.organization = Some(part.to_owned()),
        // "Ursula Brandt, journalist, Hamburg": a profession needs no body, so a town follows.
        Named::Unknown if partial.role.as_deref().is_some_and(|r| names_profession(r, scope)) => {}
        // "Ida Holm, historienne": what begins small is no name of a body.
        Named::Unknown if partial.person.is_some() && is_small_word(part) => {
            partial.role.get_or_insert_with(|| part.to_owned());
        }
        Named::Unknown if bodiless && partial.person.is_some() => {
            partial.organization = Some(part.to_owned());
        }
        Named::Unknown if bodiless && partial.unknown.is_none() => {
            partial.unknown = Some(part.to_owned());
        }
        _ => {}
    }
}

/// `목사 강하늘`, `Pfarrerin Anne Lohmeyer`: who holds an office that is before the name, and the office.
fn holder(part: &str, scope: Scope) -> Option<(String, String)> {
    let named = |(office, holder): (&str, &str)| (holder.to_owned(), office.to_owned());
    korean_holder(part).or_else(|| office_and_holder(part, scope).map(named))
}

/// A body, and the office that the same part of a line names with it.
fn body_with_office(part: &str, named: Named) -> Option<(&str, &str)> {
    let fits = matches!(named, Named::Role | Named::Organization);
    let of_union = || office_of_union(part).filter(|_| named == Named::Organization);
    bracketed_office(part).filter(|_| fits).or_else(of_union)
}

/// `Harbour University (emeritus)`: a body, and in what office somebody is or was there.
fn bracketed_office(part: &str) -> Option<(&str, &str)> {
    let held = |(body, inner): &(&str, &str)| {
        names::judge(inner) == Named::Role && names::judge(body) == Named::Organization
    };
    bracketed(part).filter(held)
}

/// A union of states, and the office that its name goes on with.
fn office_of_union(part: &str) -> Option<(&str, &str)> {
    let office = names::behind_union_of_states(part)?.trim_start();
    let union = part[..part.len() - office.len()].trim_end();
    (names::judge(office) == Named::Role).then_some((union, office))
}

/// Whether a part is a word or two in small letters.
fn is_small_word(part: &str) -> bool {
    text::starts_lower(part)
        && text::has_at_most(part, 3)
        && part.chars().all(|c| !c.is_uppercase())
}

/// Work that is no office of a body.
fn is_profession(role: &str, scope: Scope) -> bool {
    static PROFESSIONS: LazyLock<ScopedWords> =
        LazyLock::new(|| ScopedWords::of(|l| l.professions));
    PROFESSIONS.has_any_case(scope, role)
}

/// `Arzt`, `Emergency Physician`
fn names_profession(role: &str, scope: Scope) -> bool {
    is_profession(role, scope) || text::has_at_most(role, 3) && ends_in_profession(role, scope)
}

/// `목사 강하늘`: who holds an office, and the office, where no body is named.
fn korean_holder(part: &str) -> Option<(String, String)> {
    let pair = korean_pair(part).filter(|pair| pair.organization.is_none())?;
    Some((pair.person?, pair.role?))
}

fn ends_in_profession(text: &str, scope: Scope) -> bool {
    text.rsplit(' ').next().is_some_and(|last| is_profession(last, scope))
}

fn judge_part(part: &str) -> Named {
    let declared = forms::acronym(part).is_some();
    if !declared && names::has_honorific(part) && names::looks_like_person(part) {
        Named::Person
    } else {
        names::judge(part)
    }
}

fn add_role(partial: &mut Partial, part: &str, scope: Scope) {
    let (role, organization) = split_office(part, scope);
    partial.role = Some(match partial.role.take() {
        Some(first) => format!("{first}, {role}"),
        None => role.to_owned(),
    });
    if partial.organization.is_none() {
        partial.organization = organization.map(str::to_owned);
    }
}

/// Parts of a line between commas, dashes, bars, semicolons or wide gaps, none inside brackets;
/// `Jr.` and `Inc.` stay with what they follow.
pub(in crate::ingest) fn segments(line: &str, scope: Scope) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for part in cut(line).into_iter().map(str::trim).filter(|p| !p.is_empty()) {
        let part = without_retirement(part, scope);
        match joined.last_mut() {
            Some(last) if belongs_to_name(part, scope) => {
                last.push_str(", ");
                last.push_str(part);
            }
            _ => joined.push(part.to_owned()),
        }
    }
    joined
}

/// Whether a part between commas is a degree, a generation or a legal form: it belongs to the name before it.
fn belongs_to_name(part: &str, scope: Scope) -> bool {
    static AFTER: LazyLock<[ScopedWords; 2]> =
        LazyLock::new(|| [ScopedWords::of(|l| l.generations), ScopedWords::of(|l| l.degrees)]);
    let bare = part.trim_end_matches('.');
    text::has_at_most(part, 1) && names::has_legal_form(part)
        || in_lower_case(bare, |lower| AFTER.iter().any(|words| words.has(scope, lower)))
}

/// `MdB a. D.`: the seat without the words that say that somebody no longer holds it.
fn without_retirement(part: &str, scope: Scope) -> &str {
    let both =
        |(seat, rest): &(&str, &str)| belongs_to_name(seat, scope) && belongs_to_name(rest, scope);
    part.split_once(' ').filter(both).map_or(part, |(seat, _)| seat)
}

/// What is between the signs that part a line.
fn cut(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    let mut before = ' ';
    for (i, c) in line.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ',' | ';' | '|' | '\t' | '，' | '-' | '–' | '—' | '/' | '·' | '•' if depth == 0 =>
            {
                let after = &line[i + c.len_utf8()..];
                let spaced = after.chars().next().is_none_or(char::is_whitespace);
                let parts_here = match c {
                    ',' => spaced,
                    '-' | '–' | '—' | '/' | '·' | '•' => {
                        before.is_whitespace() && spaced && i > 0
                    }
                    _ => true,
                };
                if parts_here {
                    parts.push(&line[start..i]);
                    start = i + c.len_utf8();
                }
            }
            _ => {}
        }
        before = c;
    }
    parts.push(&line[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> (String, String, String) {
        let p = read_line(line, Scope::ALL);
        (
            p.person.unwrap_or_default(),
            p.role.unwrap_or_default(),
            p.organization.unwrap_or_default(),
        )
    }

    #[test]
    fn name_role_and_organization_in_any_order() {
        let want = |p: &str, r: &str, o: &str| (p.to_owned(), r.to_owned(), o.to_owned());
        for (line, wanted) in [
            ("Richard V. Allen, Co-Chair", want("Richard V. Allen", "Co-Chair", "")),
            ("Roberta Cohen, HRNK Co-Chair", want("Roberta Cohen", "Co-Chair", "HRNK")),
            (
                "Chairman, State Affairs Commission of the Republic",
                want("", "Chairman", "State Affairs Commission of the Republic"),
            ),
            (
                "3. Jane Doe, Director, Human Rights Watch",
                want("Jane Doe", "Director", "Human Rights Watch"),
            ),
            (
                "- Jane Doe – President of the Human Rights League",
                want("Jane Doe", "President", "Human Rights League"),
            ),
            (
                "Skadden, Arps, Slate, Meagher & Flom LLP",
                want("", "", "Skadden, Arps, Slate, Meagher & Flom LLP"),
            ),
            ("Kontras, Indonesia", want("", "", "Kontras, Indonesia")),
            ("Odhikar - Bangladesh", want("", "", "Odhikar - Bangladesh")),
            (
                "Saram -Stiftung für Menschenrechte in Nordkorea, Germany",
                want("", "", "Saram -Stiftung für Menschenrechte in Nordkorea, Germany"),
            ),
            (
                "Ida Holm, High Commissioner for Human Rights",
                want("Ida Holm", "High Commissioner for Human Rights", ""),
            ),
            (
                "Ida Holm, Special Rapporteur on the situation of human rights in Westmarch",
                want(
                    "Ida Holm",
                    "Special Rapporteur on the situation of human rights in Westmarch",
                    "",
                ),
            ),
            (
                "Jonas Everhart, Researcher for Amnesty International",
                want("Jonas Everhart", "Researcher", "Amnesty International"),
            ),
            ("Lord Alder, House of Lords", want("Lord Alder", "", "House of Lords")),
            (
                "2. Jane Doe (Representative, Solidarity Network for Democracy)",
                want("Jane Doe", "Representative", "Solidarity Network for Democracy"),
            ),
            ("Eiko Kawasaki (Corea of All, Japan)", want("Eiko Kawasaki", "", "Corea of All")),
            ("Pierre Rigal, historien", want("Pierre Rigal", "historien", "")),
            ("| Name | Title / Position | Organization |", want("", "", "")),
            ("Organizations:", want("", "", "")),
            ("/s/ John Smith", want("John Smith", "", "")),
            ("북한인권시민연합 이사장 김석우", want("김석우", "이사장", "북한인권시민연합")),
            ("Jane Doe (Human Rights Watch)", want("Jane Doe", "", "Human Rights Watch")),
            ("On behalf of Amnesty International:", want("", "", "Amnesty International")),
            ("Joseph S. Bermudez, Jr., Analyst", want("Joseph S. Bermudez, Jr.", "Analyst", "")),
            ("Fax: +1-212-972-3154, E-mail: dprk.un@verizon.net", want("", "", "")),
            ("[private]", want("", "", "")),
        ] {
            assert_eq!(read(line), wanted, "{line}");
        }
    }

    #[test]
    fn an_office_before_a_name_is_its_holders() {
        for (text, office, name) in [
            ("Assistant Secretary Harlan", "Assistant Secretary", "Harlan"),
            ("Regional Director Ida Holm", "Regional Director", "Ida Holm"),
            ("Herrn Staatssekretär Dr. Meier", "Staatssekretär", "Meier"),
            ("Monsieur le Préfet Morel", "Préfet", "Morel"),
            ("Chief Justice Warren", "Chief Justice", "Warren"),
        ] {
            assert_eq!(office_and_holder(text, Scope::ALL), Some((office, name)), "{text}");
        }
        for text in
            ["UN Member States", "Secretary General", "Director Operations", "Foreign Secretary"]
        {
            assert_eq!(office_and_holder(text, Scope::ALL), None, "{text}");
        }
    }
}
