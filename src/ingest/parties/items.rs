//! The lines of a block, each with its reading: columns, lists in one line and broken lines undone.

use std::collections::HashSet;

use std::sync::LazyLock;

use super::super::dates;
use super::super::evidence::plausible;
use super::super::lexicon::{OPEN_WORDS, Scope, ScopedPhrases, ScopedWords};
use super::super::names::{self, Named};
use super::super::text::{self, Line, bytes};
use super::byline::joined_names;
use super::line::{Partial, behind_list_heading, is_row_of_headings, read_line, segments};
use super::marks::{bullet, is_bullet, of_logo, without_marks};
use super::{has_dots_of_list, without_the};

/// One line's reading, with its place.
pub(super) struct Item {
    pub partial: Partial,
    pub text: String,
    pub line: usize,
    /// Number of the group of lines without a blank one between.
    pub group: usize,
    /// Line after the line before, without a blank one between.
    pub contiguous: bool,
    /// Whether no other line completes it.
    pub alone: bool,
}

impl Item {
    /// Whether neither a person nor a body was read.
    fn is_bare(&self) -> bool {
        self.partial.person.is_none() && self.partial.organization.is_none()
    }
}

pub(super) fn items(lines: &[Line<'_>], scope: Scope) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let bulleted = are_bulleted(lines);
    let mut group = 0;
    let mut contiguous = false;
    // A Korean list goes on below a comma.
    let mut open = String::new();
    for (at, line) in lines.iter().enumerate() {
        let divides = |line: &Line<'_>| line.is_blank() || text::is_divider(line.text);
        let dated = || dates::date_line(line.text, None).is_some();
        if divides(line) || heads_names(line.text, scope) || dated() {
            group += 1;
            contiguous = false;
            continue;
        }
        let below = lines.get(at + 1).is_some_and(|below| !divides(below));
        if below && line.text.ends_with([',', '，']) && text::is_hangul(line.text) {
            open += line.text;
            open.push(' ');
            continue;
        }
        let own = of_logo(line.text).unwrap_or(line.text);
        let text = std::mem::take(&mut open) + behind_list_heading(own);
        let signs = of_logo(line.text).map(Partial::organization);
        let item = Item {
            partial: signs.unwrap_or_else(|| read_line(&text, scope)),
            text,
            line: line.number,
            group,
            contiguous,
            alone: false,
        };
        contiguous = true;
        match members(&item, scope).filter(|_| !bulleted) {
            Some(parts) if parts.len() > 2 || are_hangul_bodies(&item.text, scope) => {
                items.extend(parts);
            }
            _ => items.push(item),
        }
    }
    places(&mut items, scope);
    join_broken(items, scope)
}

/// `Members of the Coalition:`, `| Organisations |`: who the names below a line are.
fn heads_names(line: &str, scope: Scope) -> bool {
    let colon = text::without_emphasis(line).ends_with([':', '：']);
    colon && !read_line(line, scope).on_behalf || line.starts_with('|') && is_row_of_headings(line)
}

/// Whether each line of a list has a bullet before it, so that none completes the one above.
pub(super) fn are_bulleted(lines: &[Line<'_>]) -> bool {
    let mut filled = lines.iter().filter(|l| !l.is_blank() && !l.text.ends_with([':', '：']));
    filled.clone().count() > 2 && filled.all(|l| l.text.starts_with(is_bullet))
}

/// `One Harbour Way` below other lines is a street.
fn ends_in_street(text: &str, scope: Scope) -> bool {
    static STREETS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.streets));
    let last = text.split_whitespace().next_back().unwrap_or_default();
    // "James Lane" is a name.
    STREETS.has_any_case(scope, last) && names::person_likelihood(text) < 20
}

/// A town beside a street or a postal code has the form of a person's name, and is none.
fn places(items: &mut [Item], scope: Scope) {
    for k in 0..items.len() {
        let item = &items[k];
        let bare = item.partial.is_person_alone() && !names::has_honorific(&item.text);
        if bare && item.contiguous && is_beside_place(items, k, scope) {
            items[k].partial = Partial::default();
        }
    }
}

/// Whether a line ends in a street's name, is below a street or above a country.
fn is_beside_place(items: &[Item], at: usize, scope: Scope) -> bool {
    let country = |n: &Item| n.contiguous && names::judge(&n.text) == Named::Country;
    ends_in_street(&items[at].text, scope)
        || at > 0 && (is_street(&items[at - 1]) || items.get(at + 1).is_some_and(country))
}

/// Whether a line is a street with its number, or a postal code.
fn is_street(item: &Item) -> bool {
    item.partial.person.is_none()
        && bytes::has_digit(&item.text)
        && !item.text.contains('@')
        && matches!(names::judge(&item.text), Named::Address | Named::Contact)
}

/// A line that holds a whole list between commas or semicolons: its members; else the line itself.
pub(super) fn split_list(item: &Item, scope: Scope) -> Vec<Item> {
    members(item, scope)
        .unwrap_or_else(|| vec![part_of(item, &without_marks(&item.text, scope), scope)])
}

/// A part of a line, read by itself.
fn part_of(item: &Item, text: &str, scope: Scope) -> Item {
    Item {
        partial: read_line(text, scope),
        text: text.to_owned(),
        line: item.line,
        group: item.group,
        contiguous: false,
        alone: false,
    }
}

/// The members of a list in one line, if it is one.
fn members(item: &Item, scope: Scope) -> Option<Vec<Item>> {
    let bare = without_marks(&item.text, scope);
    if let Some(listed) = hangul_members(item, &bare, scope) {
        return Some(listed);
    }
    let divided = |sign: &str| bare.split(sign).map(str::trim).filter(|p| !p.is_empty()).collect();
    let mut semicolons: Vec<&str> = divided(";");
    if semicolons.len() == 1 && has_dots_of_list(&bare) {
        semicolons = divided(" · ");
    }
    // "1) Harbour Watch; 2) Holm Families"
    semicolons.iter_mut().for_each(|part| *part = &part[bullet(part)..]);
    let by_semicolons = semicolons.len() > 2 && semicolons.iter().all(|p| is_entry(p, scope));
    let parts: Vec<String> = if semicolons.len() > 1 {
        semicolons.into_iter().map(str::to_owned).collect()
    } else {
        segments(&bare, scope)
    };
    let parts: Vec<String> = with_last_pair(parts, scope);
    // "Instituto Holm - Pesquisas, Estudos e Formação" is one body with its full name.
    let dashed = |part: &str| [" - ", " – ", " — "].iter().any(|dash| part.contains(dash));
    if dashed(&bare) && !by_semicolons && !bare.split(", ").all(dashed) {
        return None;
    }
    if parts.len() < 2 || is_one_firm(&bare, &parts) {
        return None;
    }
    if !are_alike(&parts, by_semicolons, scope) {
        let body = |name: &String| Item {
            partial: Partial::organization(name),
            ..part_of(item, name, scope)
        };
        return are_bodies_by_one(&parts, scope).then(|| parts.iter().map(body).collect());
    }
    Some(parts.iter().map(|part| part_of(item, part, scope)).collect())
}

/// `Skadden, Arps & Flom LLP`: one body with commas in its name.
fn is_one_firm(line: &str, parts: &[String]) -> bool {
    let ends = || parts.last().is_some_and(|last| names::has_legal_form(last));
    names::has_legal_form(line) && !line.ends_with(')') && (parts.len() < 4 || ends())
}

/// Whether parts of a line are members of a list: most are people, or most are bodies, and none is an office.
fn are_alike(parts: &[String], by_semicolons: bool, scope: Scope) -> bool {
    // "Ida Holm, historian, Leith; Jonas Webb, lawyer"
    if by_semicolons && parts.iter().all(|part| read_line(part, scope).names_somebody()) {
        return true;
    }
    let judged: Vec<Named> = parts.iter().map(|p| names::judge(p)).collect();
    let office = |(part, named): (&String, &Named)| {
        *named == Named::Role && !is_person_in_brackets(part, scope)
    };
    (by_semicolons || most_are_of_a_kind(parts, &judged, scope))
        && !parts.iter().zip(&judged).any(office)
}

/// Whether most of the parts between commas are people, or most are bodies.
fn most_are_of_a_kind(parts: &[String], judged: &[Named], scope: Scope) -> bool {
    let count = |named: Named| judged.iter().filter(|n| **n == named).count();
    let (people, bodies) = (count(Named::Person), count(Named::Organization));
    // "Ida Holm, School of Law, University of Leith" is one entry.
    let one_entry = people == 1 && judged[0] == Named::Person;
    // Two parts are a list only if both are people.
    if one_entry || people < 2 && parts.len() < 3 {
        return false;
    }
    let beside = || parts.iter().filter(|part| is_person_in_brackets(part, scope)).count();
    let most = |count: usize| count * 3 >= parts.len() * 2;
    most(people.max(bodies)) || most(people + beside())
}

/// `Hardegsen im Wandel, NaturFreunde e.V., Parents for Future, Waldschutz`: whether parts of a line are names of which one
/// is a body's, and none a person's or an office.
fn are_bodies_by_one(parts: &[String], scope: Scope) -> bool {
    let name = |p: &String| p.starts_with(char::is_alphanumeric) && text::has_at_most(p, 6);
    let person = |p: &String| plausible::person(p, scope) >= 40;
    parts.len() > 3
        && parts.iter().all(|p| name(p) && !person(p) && !is_office_or_place(p))
        && parts.iter().any(|p| names::judge(p) == Named::Organization)
}

/// Whether a part of a line is an office, or has a town, a country or a number, as addresses have.
fn is_office_or_place(part: &str) -> bool {
    let town = || names::is_town(part) || names::knowledge::is_city(part).is_some();
    match names::judge(part) {
        Named::Role | Named::Address | Named::Contact | Named::Country => true,
        _ => bytes::has_digit(part) || town(),
    }
}

/// `강하늘(변호사) 오나래(항구대 교수)`: people side by side, each with an office in brackets.
fn hangul_people(text: &str) -> Option<Vec<&str>> {
    if text.is_ascii() || !text::is_hangul(text) || !text.ends_with(')') {
        return None;
    }
    let parts: Vec<&str> = text.split_inclusive(')').map(|p| p.trim_matches([' ', ','])).collect();
    let person = |part: &&str| {
        part.split_once('(').is_some_and(|(name, _)| names::looks_like_person(name.trim_end()))
    };
    (parts.len() > 1 && parts.iter().all(person)).then_some(parts)
}

/// The members of a Korean list, between commas or between points.
fn hangul_members(item: &Item, bare: &str, scope: Scope) -> Option<Vec<Item>> {
    if let Some(people) = hangul_people(bare) {
        return Some(people.iter().map(|text| part_of(item, text, scope)).collect());
    }
    if let Some(entries) = hangul_entries(bare) {
        let entry = |text: &&str| match part_of(item, text, scope) {
            Item { partial: Partial { unknown: Some(name), .. }, .. } => {
                Item { partial: Partial::organization(&name), ..part_of(item, text, scope) }
            }
            read => read,
        };
        return Some(entries.iter().map(entry).collect());
    }
    let body =
        |name: &str| Item { partial: Partial::organization(name), ..part_of(item, name, scope) };
    Some(hangul_bodies(bare)?.into_iter().map(body).collect())
}

/// `Birgit Oellers (Journalistin)`
pub(super) fn is_person_in_brackets(part: &str, scope: Scope) -> bool {
    part.ends_with(')') && read_line(part, scope).person.is_some()
}

/// Whether what is between semicolons may be a name.
fn is_entry(part: &str, scope: Scope) -> bool {
    let name = without_the(strip_and(part, scope));
    name.starts_with(char::is_uppercase) && text::has_at_most(part, 12)
}

fn are_hangul_bodies(line: &str, scope: Scope) -> bool {
    text::is_hangul(line) && hangul_bodies(&without_marks(line, scope)).is_some()
}

/// Korean bodies between points or strokes: `한빛연대.푸른모임`, `한빛연대·푸른모임`.
fn hangul_bodies(text: &str) -> Option<Vec<&str>> {
    if text.is_ascii() || !text::is_hangul(text) || bytes::has_digit(text) {
        return None;
    }
    let parts: Vec<&str> = text.split(['.', '·', 'ㆍ', '․', '/', ',']).map(str::trim).collect();
    let known = |part: &&str| names::judge(part) == Named::Organization;
    let body = |part: &&str| text::length(part) >= 4 && known(part);
    // Between strokes some have names that no word tells.
    let apart = text.matches(" / ").count() > 1 && parts.iter().any(known);
    let apart = apart && parts.iter().all(|part| (2..=16).contains(&text::length(part)));
    (parts.len() > 1 && (apart || parts.iter().all(body))).then_some(parts)
}

/// Korean bodies between commas, some with who speaks for them: `한빛연대, 푸른모임 대표 박영희, 바다건너희망`.
fn hangul_entries(text: &str) -> Option<Vec<&str>> {
    if text.is_ascii() || !text::is_hangul(text) {
        return None;
    }
    let parts: Vec<&str> =
        text.split([',', '，']).map(str::trim).filter(|p| !p.is_empty()).collect();
    let named = parts.iter().all(|part| text::length(part) >= 4 && text::has_at_most(part, 4));
    let held = parts.iter().filter(|part| is_held_or_body(part)).count();
    (parts.len() > 2 && named && held * 2 >= parts.len()).then_some(parts)
}

/// Whether a Korean entry names somebody with an office, or a body by itself.
fn is_held_or_body(part: &str) -> bool {
    let read = read_line(part, Scope::of("ko"));
    let held = read.person.is_some() && read.role.is_some();
    held || read.organization.is_some() && read.person.is_none()
}

/// `A, B and C`: the last part of a list may be two names; in the others "and" belongs to the name.
fn with_last_pair(mut parts: Vec<String>, scope: Scope) -> Vec<String> {
    parts.iter_mut().for_each(|p| *p = strip_and(p, scope).to_owned());
    let people = parts.len() == 1;
    if let Some(last) = parts.pop() {
        let pair = joined_names(&last, scope);
        let fits =
            pair.len() == 2 && (!people || pair.iter().all(|p| names::judge(p) == Named::Person));
        parts.extend(if fits { pair } else { vec![last] });
    }
    parts
}

fn strip_and(part: &str, scope: Scope) -> &str {
    let part = part.trim();
    static AND: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.and));
    let rest = AND.after(scope, part).or_else(|| part.strip_prefix("& "));
    let rest = rest.unwrap_or(part);
    // "Harbour Families, A.C." keeps its point.
    let shortened = rest.strip_suffix('.').is_some_and(|bare| {
        bare.rsplit(' ').next().is_some_and(|last| last.contains('.') || text::length(last) == 1)
    });
    if shortened { rest } else { rest.trim_end_matches('.') }
}

/// A role or a body whose words go on in the next line: `… of the Democratic` / `People's Republic`.
fn join_broken(items: Vec<Item>, scope: Scope) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::new();
    for item in items {
        if let Some(last) = out.last_mut().filter(|last| goes_on(last, &item)) {
            last.text = format!("{} {}", last.text, item.text);
            last.partial = read_line(&last.text, scope);
            continue;
        }
        out.push(item);
    }
    out
}

/// Whether a line ends in a word that cannot end a name, or is an office's long title cut by the margin.
fn goes_on(last: &Item, item: &Item) -> bool {
    let joined = item.contiguous && last.group == item.group && last.partial.person.is_none();
    // One word is not cut by a margin.
    let whole = !last.text.contains(' ');
    let small = || text::starts_lower(&item.text) && !names::has_honorific(&item.text);
    joined && (ends_in_open_word(&last.text) || !whole && small() || is_cut_office(last, item))
}

/// Whether the last word of a name asks for more: "Colectivo Hijas del Sur" ends, whatever its word means elsewhere.
fn ends_in_open_word(name: &str) -> bool {
    name.split_whitespace().next_back().is_some_and(|w| {
        // "Asian Federation Against"
        let long = text::length(w) > 4;
        let small = w.starts_with(char::is_lowercase) || long || text::is_caps(name);
        small && OPEN_WORDS.contains(w.to_lowercase().as_str()) || w == "&"
    })
}

/// Whether a line is an office's long title that the margin cut, and the next one names nobody else.
fn is_cut_office(last: &Item, item: &Item) -> bool {
    text::length(&last.text) >= 55
        && last.partial.role.is_some()
        && item.partial.person.is_none()
        && item.partial.role.is_none()
}

/// Whether a block lists bodies, so that what may be either is one.
pub(super) fn is_list_of_organizations(items: &[Item]) -> bool {
    let counts = Counts::of(items);
    let initials = |i: &Item| i.partial.unknown.as_deref().is_some_and(has_initials);
    if items.iter().any(initials) {
        return false;
    }
    if counts.people == 0 && counts.roles == 0 && items.len() >= 2 {
        let mut unnamed = items.iter().filter(|i| i.partial.unknown.is_some());
        if counts.bodies > 0 || counts.unknown > 1 && unnamed.all(has_small_word) {
            let short = |i: &Item| text::has_at_most(&i.text, 14) && !text::ends_sentence(&i.text);
            return items.iter().all(short);
        }
    }
    counts.are_of_bodies() && !items.iter().any(|i| names::has_honorific(&i.text))
}

/// Whether a name is one or two initials and a family name: `M. Oduya`, `J.P. Webb`.
pub(in crate::ingest) fn has_initials(name: &str) -> bool {
    let Some((initials, family)) = name.rsplit_once(' ') else { return false };
    let initial = |w: &str| w.chars().count() == 1 && w.starts_with(char::is_uppercase);
    let mut parts = initials.split(['.', ' ']).filter(|w| !w.is_empty());
    let sign = |c: char| c.is_alphabetic() || matches!(c, '-' | '\'');
    let named = text::length(family) > 2 && family.starts_with(char::is_uppercase);
    let few = parts.clone().count() <= 3 && parts.all(initial);
    initials.ends_with('.') && few && named && family.chars().all(sign)
}

/// Lines of a list at least of which each is read by itself.
const LONG_LIST: usize = 5;

/// Lines of a list of which half tell what all of them are.
const VERY_LONG_LIST: usize = 15;

/// Whether each line is alone, blank lines between all: groups then say nothing.
pub(super) fn is_spaced(items: &[Item]) -> bool {
    let groups: HashSet<usize> = items.iter().map(|i| i.group).collect();
    items.len() > 1 && groups.len() * 4 > items.len() * 3
}

/// Marks the lines of long lists of which each names somebody whole; what is unknown there is a body.
pub(super) fn part_long_lists(items: &mut [Item], scope: Scope) {
    let spaced = is_spaced(items);
    for list in items.chunk_by_mut(|a, b| spaced || a.group == b.group) {
        let of_people = is_one_person_a_line(list, scope);
        if of_people || is_one_a_line(list) {
            for item in list {
                item.alone = true;
                if item.is_bare() && item.partial.unknown.is_none() {
                    item.partial = titled_person(&item.text, scope).unwrap_or_default();
                } else if !of_people {
                    unknown_as_organization(item);
                    nobodys_name_as_organization(item);
                }
            }
        }
    }
}

/// Whether each line of a long list names somebody whole, bodies most of all, so that none completes the one above.
fn is_one_a_line(items: &[Item]) -> bool {
    let count = |is: fn(&Partial) -> bool| items.iter().filter(|i| is(&i.partial)).count();
    let length = count(|p| !p.is_nobody() || p.unknown.is_some());
    if length < LONG_LIST || count(is_office_alone) * 10 > length {
        return false;
    }
    // In a very long list of bodies many have a name that no word tells.
    let share = if length >= VERY_LONG_LIST { 3 } else { 4 };
    let completed = items.windows(2).filter(|pair| completes(&pair[0].partial, &pair[1].partial));
    // Where people have their bodies beside them, a body on a line of its own is another signatory.
    let beside = |p: &Partial| p.person.is_some() && p.organization.is_some();
    let of_both = count(beside) > 1 && count(is_whole) == items.len();
    (of_both || count(Partial::is_body_alone) * 2 >= length)
        && count(is_whole) * 6 >= length * share
        && completed.count() * 3 <= length
}

/// Whether a line names a body, or a person with an office or a body: nothing below need complete it.
fn is_whole(line: &Partial) -> bool {
    line.is_body_alone()
        || line.person.is_some() && (line.role.is_some() || line.organization.is_some())
}

fn is_office_alone(line: &Partial) -> bool {
    line.role.is_some() && line.person.is_none()
}

/// "Ida Holm, Chair" above "Harbour Families": there two lines are one entry.
fn completes(above: &Partial, below: &Partial) -> bool {
    above.person.is_some() && above.organization.is_none() && below.is_body_alone()
}

/// Whether each line of a list of copies names somebody whole: a body, or a person with an office on the same line.
pub(super) fn is_copy_a_line(items: &[Item]) -> bool {
    let is_whole = |item: &Item| {
        let p = &item.partial;
        p.is_body_alone() || p.person.is_some() && p.role.is_some()
    };
    // One of several may be nothing that is known: `Schools of the coast`.
    let is_unread = |item: &Item| item.partial.unknown.is_some() || item.partial.is_nobody();
    let unread = items.iter().filter(|i| is_unread(i)).count();
    let known = |item: &Item| is_unread(item) || is_whole(item);
    items.len() > 1 && unread * 2 < items.len() && items.iter().all(known)
}

/// The same of a list of people, some of whom may not be read.
fn is_one_person_a_line(items: &[Item], scope: Scope) -> bool {
    let people = items.iter().filter(|i| i.partial.person.is_some()).count();
    let titled = |i: &Item| i.is_bare() && titled_person(&i.text, scope).is_some();
    let others =
        items.iter().filter(|i| i.partial.person.is_none() && !i.partial.is_nobody() && !titled(i));
    let contiguous = items.iter().skip(1).all(|item| item.contiguous);
    items.len() >= LONG_LIST && contiguous && people * 2 >= items.len() && others.count() == 0
}

/// `Ambassador (ret.) Robert Hale`, `Lord Alder, House of Lords`: in a list of names, who has a title is a person.
fn titled_person(line: &str, scope: Scope) -> Option<Partial> {
    let bare = without_marks(line, scope);
    let parts = segments(&bare, scope);
    let (name, rest) = parts.split_first()?;
    let outside = |(before, aside): (&str, &str)| {
        let after = aside.split_once(')').map_or("", |(_, after)| after);
        format!("{} {}", before.trim_end(), after.trim_start())
    };
    let name = name.split_once('(').map_or_else(|| name.clone(), outside);
    let (first, last) = name.trim().split_once(' ')?;
    let office = names::is_role_word(&first.to_lowercase());
    let titled = office || names::has_honorific(&name);
    let named = text::has_at_most(&name, 5)
        && last.split(' ').all(|word| word.starts_with(char::is_uppercase));
    let body = rest.iter().find(|part| names::judge(part) == Named::Organization);
    // A family name alone is read with its title.
    let person = if office && last.contains(' ') { last } else { name.trim() };
    (titled && named).then(|| Partial {
        person: Some(person.to_owned()),
        organization: body.cloned(),
        ..Partial::default()
    })
}

/// What has the form of a name in such a list and is nobody's known name is a body, as most of its lines are.
fn unknown_as_organization(item: &mut Item) {
    let short = text::has_at_most(&item.text, 8) && !text::ends_sentence(&item.text);
    let name = item.partial.unknown.as_deref();
    if short && name.is_some_and(|name| name.starts_with(char::is_uppercase)) {
        as_organization(item);
    }
}

/// What has the form of a person's name in such a list, and no given name in it, is a body: `FETRAF Brasil`.
fn nobodys_name_as_organization(item: &mut Item) {
    // "Congress of Harbour Unions - CHU": what is behind the dash is its acronym.
    let p = &item.partial;
    let acronym = p.organization.as_deref().is_some_and(crate::content::name::is_acronym);
    let bare = p.is_person_alone() || acronym && p.role.is_none();
    let nobodys = p.person.as_deref().is_some_and(|name| !is_somebodys(name));
    if bare && nobodys && !names::has_honorific(&item.text) {
        item.partial.organization = None;
        as_organization(item);
    }
}

/// Whether a name has a given name or an initial, and does not end in a country as `Attac Norway` does.
fn is_somebodys(name: &str) -> bool {
    let given = |word: &str| names::knowledge::is_given(word.trim_matches(['.', ','])).is_some();
    let initial = |word: &str| word.ends_with('.') && text::length(word) <= 3;
    let named = text::is_hangul(name) || text::words(name).any(|w| given(w) || initial(w));
    let country = |(_, last): (&str, &str)| names::judge(last) == Named::Country;
    named && !name.rsplit_once(' ').is_some_and(country)
}

/// How many lines of a block name what.
struct Counts {
    /// Bodies by themselves.
    bodies: usize,
    roles: usize,
    people: usize,
    unknown: usize,
    /// People with their bodies.
    both: usize,
}

impl Counts {
    fn of(items: &[Item]) -> Self {
        let count = |is: fn(&Partial) -> bool| items.iter().filter(|i| is(&i.partial)).count();
        Self {
            bodies: count(Partial::is_body_alone),
            roles: count(|p| p.role.is_some()),
            people: count(|p| p.person.is_some()),
            unknown: count(|p| p.unknown.is_some()),
            both: count(|p| p.person.is_some() && p.organization.is_some()),
        }
    }

    /// Whether there are several bodies, and few people and offices beside them.
    fn are_of_bodies(&self) -> bool {
        let few_others = self.roles * 4 <= self.bodies && self.people * 2 <= self.bodies;
        self.bodies >= 2 && few_others && self.both == 0
    }
}

/// "Mothers for Truth": a small word inside tells a body from a person.
fn has_small_word(item: &Item) -> bool {
    let mut words = item.text.split_whitespace().skip(1);
    words.any(|w| OPEN_WORDS.contains(w) && w.chars().all(char::is_lowercase))
}

pub(super) fn as_organization(item: &mut Item) {
    let office = |w: &str| names::is_role_word(&w.to_lowercase()) || OPEN_WORDS.contains(w);
    let p = &mut item.partial;
    // "Brothers' Keeper International" is no keeper.
    let named = p.role.as_deref().filter(|role| {
        p.person.is_none() && !text::has_at_most(role, 2) && !text::words(role).all(office)
    });
    if p.organization.is_none() && (p.role.is_none() || named.is_some()) {
        p.organization = p.person.take().or_else(|| p.unknown.take()).or_else(|| p.role.take());
    }
}

/// Lines of two columns run together, as one column after the other.
pub(super) fn columns<'a>(lines: &[Line<'a>]) -> Vec<Line<'a>> {
    let mut out: Vec<Line<'a>> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let width_of = |l: &Line<'a>| text::cells(l.text).len();
        let width = width_of(&lines[at]);
        if width < 2 || is_office_beside_name(&lines[at]) {
            out.push(lines[at]);
            at += 1;
            continue;
        }
        let starts = cell_starts(&lines[at]);
        let belongs = |l: &Line<'a>| width_of(l) == width || columns_of(l, &starts).is_some();
        let end = (at..lines.len()).find(|&i| !belongs(&lines[i])).unwrap_or(lines.len());
        for column in 0..width {
            let of_column = |l: &Line<'a>| {
                let cells = text::cells(l.text);
                let place = match columns_of(l, &starts) {
                    Some(columns) => columns.iter().position(|c| *c == column)?,
                    None => column,
                };
                cells.get(place).map(|cell| l.with_text(cell))
            };
            out.extend(lines[at..end].iter().filter_map(of_column));
            out.push(lines[at].with_text(""));
        }
        at = end;
    }
    out
}

/// The columns of characters at which the cells of a line begin.
fn cell_starts(line: &Line<'_>) -> Vec<usize> {
    let before = |cell: &str| text::length(&line.text[..text::offset(cell, line.text)]);
    text::cells(line.text).into_iter().map(|cell| line.indent + before(cell)).collect()
}

/// In which of several columns the cells of a line are that has fewer of them: one of two names or offices is longer and
/// has a second line. Each cell ends before the next column.
fn columns_of(line: &Line<'_>, starts: &[usize]) -> Option<Vec<usize>> {
    let (cells, own) = (text::cells(line.text), cell_starts(line));
    if line.is_blank() || cells.len() >= starts.len() {
        return None;
    }
    let column = |(cell, at): (&&str, &usize)| {
        let column = starts.iter().position(|start| start.abs_diff(*at) <= 1)?;
        let end = at + text::length(cell);
        starts.get(column + 1).is_none_or(|next| end < *next).then_some(column)
    };
    cells.iter().zip(&own).map(column).collect()
}

/// `위원장   오 나 래`: in Korean lists the office is set apart from the name.
fn is_office_beside_name(line: &Line<'_>) -> bool {
    let cells = text::cells(line.text);
    text::is_hangul(line.text) && cells.len() == 2 && names::judge(cells[0]) == Named::Role
}

/// A name, an office and a body on three lines of their own: the third is a body whatever its form.
pub(super) fn triplets(items: &mut [Item]) {
    let mut start = 0;
    while start < items.len() {
        let group = items[start].group;
        let end = (start..items.len()).find(|&i| items[i].group != group).unwrap_or(items.len());
        if let [name, office, body] = &mut items[start..end] {
            let held = office.partial.role.is_some() && office.partial.person.is_none();
            let either = body.partial.is_person_alone()
                || body.partial.is_nobody() && body.partial.unknown.is_some();
            let third = held && either && !names::has_honorific(&body.text);
            if third && name.partial.is_person_alone() {
                as_organization(body);
            }
        }
        start = end;
    }
}
