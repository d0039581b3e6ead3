//! Lines of a block → parties: one a line in a list, or name, role and organization on lines of their own.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::super::dates;
use super::super::lexicon::{self, OPEN_WORDS, Phrases};
use super::super::marks;
use super::super::names::{self, Named};
use super::super::text::{self, Line};
use super::line::{self, Partial, read_line, segments};
use super::{Mention, Writing, unique};
use crate::content::name::{self, self as forms};

/// One line's reading, with its place.
struct Item {
    partial: Partial,
    text: String,
    line: usize,
    /// Number of the group of lines without a blank one between.
    group: usize,
    /// Line after the line before, without a blank one between.
    contiguous: bool,
}

/// Reads who signed: signature blocks and lists of signatories.
pub(in crate::ingest) fn signatures(lines: &[Line<'_>], writing: Writing<'_>) -> Vec<Mention> {
    let unlabelled: Vec<Line<'_>> = lines
        .iter()
        .map(|l| match marks::signed(l.text).filter(|rest| !rest.is_empty()) {
            Some(rest) => Line { text: rest, ..*l },
            None => *l,
        })
        .collect();
    let mut items = items(&columns(&unlabelled));
    triplets(&mut items);
    if is_list_of_organizations(&items) {
        items.iter_mut().for_each(as_organization);
    }
    unique(assemble(items, writing))
}

/// A name, an office and a body on three lines of their own: the third is a body whatever its form.
fn triplets(items: &mut [Item]) {
    let mut start = 0;
    while start < items.len() {
        let group = items[start].group;
        let end = (start..items.len()).find(|&i| items[i].group != group).unwrap_or(items.len());
        if let [name, office, body] = &mut items[start..end] {
            let alone = |p: &Partial| p.organization.is_none() && p.role.is_none();
            let named = name.partial.person.is_some() && alone(&name.partial);
            let held = office.partial.role.is_some() && office.partial.person.is_none();
            let either = body.partial.person.is_some() || body.partial.unknown.is_some();
            if named && held && either && alone(&body.partial) && !names::has_honorific(&body.text)
            {
                as_organization(body);
            }
        }
        start = end;
    }
}

/// Reads an address: the first person, office and body of each block, without street and town.
pub(in crate::ingest) fn address(lines: &[Line<'_>], writing: Writing<'_>) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut current = Mention::default();
    let mut titled = false;
    let last = lines.iter().rfind(|l| !l.is_blank()).map_or(0, |l| l.number);
    for line in lines.iter().filter(|l| !l.is_blank()) {
        let (text, attention) = without_attention(line.text);
        let mut partial = read_line(text);
        if attention && partial.organization.as_deref().is_some_and(forms::is_acronym) {
            partial.organization = None;
        }
        if names::is_honorific(text) && partial.role.is_none() {
            continue;
        }
        // Below a titled person a bare name is an office, a house, a town.
        if titled
            && partial.person.is_some()
            && !names::has_honorific(text)
            && !attention
            && partial.role.is_none()
        {
            continue;
        }
        titled |= partial.person.is_some() && names::has_honorific(text);
        let place = name::without_country(text);
        if place.1.is_some() && current.line > 0 && names::judge(place.0) != Named::Organization {
            continue;
        }
        if partial.person.is_none()
            && partial.role.is_none()
            && names::has_honorific(text)
            && partial.organization.is_none()
        {
            partial = addressed(text);
        }
        // After the office and the body comes the town, which may have the form of a name.
        if line.number == last
            && partial.person.is_some()
            && partial.role.is_none()
            && partial.organization.is_none()
            && current.person.is_none()
            && current.role.is_some()
            && current.organization.is_some()
            && !names::has_honorific(text)
            && !attention
        {
            continue;
        }
        // The last line of an address is a town, unless its words tell of a body.
        if line.number == last && current.line > 0 && text::word_count(text) <= 2 {
            partial.unknown = None;
        }
        let organization = partial.organization.or_else(|| {
            partial
                .unknown
                .filter(|u| current.organization.is_none() && plausible_body(u, &current))
        });
        if partial.person.is_some() && current.person.is_some() && !attention {
            found.push(std::mem::take(&mut current));
        }
        if current.line == 0
            && (partial.person.is_some() || partial.role.is_some() || organization.is_some())
        {
            current.line = line.number;
        }
        if let Some(person) = partial.person {
            current.person = Some(writing.person(&person));
        }
        if current.role.is_none() {
            current.role = partial.role.map(|r| bare_office(&r).to_owned());
        }
        if let (Some(written), None) = (organization, &current.organization) {
            current.organization = Some(writing.organization(&written));
            current.written = Some(written);
        }
    }
    found.push(current);
    found.iter_mut().for_each(|m| office_as_body(m, writing));
    unique(found.into_iter().filter(Mention::is_named).collect())
}

/// An office that nobody is named to hold stands as a body: it received the document.
fn office_as_body(mention: &mut Mention, writing: Writing<'_>) {
    if mention.is_named() {
        return;
    }
    let Some(role) = mention.role.take() else { return };
    let bare = bare_office(&role);
    mention.organization = Some(writing.organization(bare));
    mention.written = Some(role);
}

/// An office without the title of courtesy before it.
fn bare_office(role: &str) -> &str {
    const TITLES: [&str; 13] = [
        "Der ",
        "Die ",
        "Le ",
        "The ",
        "Monsieur le ",
        "Madame la ",
        "Herrn ",
        "Frau ",
        "Señor ",
        "Señora ",
        "Mr. ",
        "Madam ",
        "Monsieur ",
    ];
    TITLES.iter().find_map(|title| role.strip_prefix(title)).unwrap_or(role)
}

/// A line without `Attn:` and the like.
fn without_attention(text: &str) -> (&str, bool) {
    static ATTENTION: LazyLock<Phrases> = LazyLock::new(|| {
        Phrases::from([
            "to the",
            "to",
            "an den",
            "an die",
            "an das",
            "al",
            "attn",
            "attention",
            "to the attention of",
            "c/o",
            "z.hd",
            "z. hd",
            "zhd",
            "zu händen",
            "à l'attention de",
            "à l’attention de",
            "a la atención de",
        ])
    });
    static OF: LazyLock<Phrases> = LazyLock::new(|| Phrases::from(["von", "of"]));
    let spaced = |rest: &str| rest.trim_start_matches(['.', ':']).starts_with(char::is_whitespace);
    let Some(end) = ATTENTION.end(text, spaced) else { return (text, false) };
    let rest = text[end..].trim_start_matches(['.', ':']).trim_start();
    let of = OF.end(rest, |r| r.starts_with(char::is_whitespace)).unwrap_or(0);
    (rest[of..].trim_start(), true)
}

/// `Mr. Solarz`, `Monsieur le Ministre de la Justice`: a person by the title of courtesy, or an office.
fn addressed(text: &str) -> Partial {
    let rest = names::strip_honorifics(text);
    if names::is_honorific(rest) {
        return Partial { role: Some(rest.to_owned()), ..Partial::default() };
    }
    match names::judge(rest) {
        Named::Role => read_line(rest),
        Named::Organization => Partial { role: Some(text.to_owned()), ..Partial::default() },
        _ if text::word_count(rest) <= 5 && rest.chars().next().is_some_and(char::is_uppercase) => {
            Partial { person: Some(rest.to_owned()), ..Partial::default() }
        }
        _ => Partial::default(),
    }
}

/// In an address, a name that nothing tells of is a body if it follows a person or stands first.
fn plausible_body(name: &str, current: &Mention) -> bool {
    let words = text::word_count(name);
    let begun = current.person.is_some() || current.role.is_some();
    (begun && current.organization.is_none() || current.line == 0)
        && (1..=7).contains(&words)
        && name.chars().next().is_some_and(|c| c.is_uppercase() || ('가'..='힣').contains(&c))
        && !text::ends_sentence(name)
        && !name.contains([',', '#', ':', '_', '='])
}

/// Reads who gets a copy: names, each with what follows until the next name.
pub(in crate::ingest) fn copied(lines: &[Line<'_>], writing: Writing<'_>) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut listed = items(lines);
    if listed.len() == 1 && listed[0].partial.person.is_none()
        || listed.iter().all(|i| segments(&i.text).len() > 2 && i.partial.role.is_none())
    {
        listed = listed.iter().flat_map(split_list).collect();
    }
    if is_list_of_organizations(&listed) {
        listed.iter_mut().for_each(as_organization);
    }
    found.extend(assemble(listed, writing));
    unique(found)
}

/// Reads a byline: `By A and B`, `A, HRNK Co-Chair`, `HRNK & DigitalGlobe, Inc.`.
pub(in crate::ingest) fn byline(text: &str, number: usize, writing: Writing<'_>) -> Vec<Mention> {
    static BY: LazyLock<Phrases> = LazyLock::new(|| {
        Phrases::from([
            "written by",
            "by",
            "par",
            "von",
            "por",
            "author:",
            "글",
            "글쓴이",
            "글쓴이:",
        ])
    });
    let bare = text::without_emphasis(text.trim_start_matches(['-', '–', '—', ' ']));
    let by = BY.end(bare, |rest| rest.starts_with(char::is_whitespace));
    let bare = by.map_or(bare, |end| bare[end..].trim_start());
    let parts = joined_names(bare);
    let mentions = parts.iter().flat_map(|part| {
        let mut partial = read_line(part);
        if partial.person.is_none()
            && partial.organization.is_none()
            && let Some(unknown) = partial.unknown.take()
        {
            let acronym = forms::is_acronym(&unknown);
            if acronym {
                partial.organization = Some(unknown)
            } else {
                partial.person = Some(unknown)
            }
        }
        assemble(
            vec![Item { partial, text: part.clone(), line: number, group: 0, contiguous: false }],
            writing,
        )
    });
    unique(mentions.collect())
}

/// Names joined by "and", `&` or semicolons, where both sides are names by themselves.
fn joined_names(text: &str) -> Vec<String> {
    if names::has_legal_form(text) && text.contains(',') && !is_pair(text) {
        return vec![text.to_owned()];
    }
    let mut parts = vec![text.to_owned()];
    loop {
        let mut next = Vec::new();
        for part in &parts {
            let pair = |m: &Range<usize>| is_name(&part[..m.start]) && is_name(&part[m.end..]);
            match joints(part).into_iter().find(pair) {
                Some(m) => next.extend([part[..m.start].to_owned(), part[m.end..].to_owned()]),
                None => next.push(part.clone()),
            }
        }
        if next.len() == parts.len() {
            break;
        }
        parts = next;
    }
    parts.into_iter().flat_map(|p| comma_names(&p)).collect()
}

/// Where a text may be cut into two names: at "and" or a semicolon, with the white space around.
fn joints(text: &str) -> Vec<Range<usize>> {
    static AND: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.and));
    let mut found = Vec::new();
    let around = |start: usize, end: usize| {
        let before = text[..start].trim_end();
        let before = before.strip_suffix(',').map_or(before, str::trim_end);
        before.len()..text.len() - text[end..].trim_start().len()
    };
    let mut at = 0;
    for word in text.split(char::is_whitespace) {
        let end = at + word.len();
        if at > 0 && end < text.len() && AND.contains(word.to_lowercase().as_str()) {
            found.push(around(at, end));
        }
        found.extend(word.match_indices(';').map(|(i, _)| around(at + i, at + i + 1)));
        at = end + text[end..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

/// `A & B, Inc.`: two bodies, of which the second has a legal form.
fn is_pair(text: &str) -> bool {
    text.split_once(" & ").is_some_and(|(a, b)| {
        !a.contains(',')
            && (forms::is_acronym(a) || names::judge(a) == Named::Organization)
            && names::has_legal_form(b)
    })
}

fn is_name(text: &str) -> bool {
    let text = text.trim();
    let leading = segments(text).into_iter().next().unwrap_or_default();
    matches!(names::judge(text), Named::Person | Named::Organization)
        || matches!(names::judge(&leading), Named::Person)
        || forms::is_acronym(text)
}

/// `A, B, C` where each part is a person.
fn comma_names(text: &str) -> Vec<String> {
    let parts = segments(text);
    let people = parts.len() > 1 && parts.iter().all(|p| names::judge(p) == Named::Person);
    if people { parts } else { vec![text.to_owned()] }
}

/// Lines of two columns run together, as one column after the other.
fn columns<'a>(lines: &[Line<'a>]) -> Vec<Line<'a>> {
    let mut out: Vec<Line<'a>> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let width_of = |l: &Line<'a>| text::cells(l.text).len();
        let width = width_of(&lines[at]);
        if width < 2 {
            out.push(lines[at]);
            at += 1;
            continue;
        }
        let end = (at..lines.len()).find(|&i| width_of(&lines[i]) != width).unwrap_or(lines.len());
        for column in 0..width {
            let blank = Line { text: "", ..lines[at] };
            out.extend(
                lines[at..end]
                    .iter()
                    .filter_map(|l| Some(Line { text: text::cells(l.text).get(column)?, ..*l })),
            );
            out.push(blank);
        }
        at = end;
    }
    out
}

fn items(lines: &[Line<'_>]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut group = 0;
    let mut contiguous = false;
    for line in lines {
        if line.is_blank() || dates::date_line(line.text, None).is_some() {
            group += 1;
            contiguous = false;
            continue;
        }
        let item = Item {
            partial: read_line(line.text),
            text: line.text.to_owned(),
            line: line.number,
            group,
            contiguous,
        };
        contiguous = true;
        let parts = split_list(&item);
        if parts.len() > 2 { items.extend(parts) } else { items.push(item) }
    }
    places(&mut items);
    join_broken(items)
}

/// `One Harbour Way` below other lines is a street.
fn ends_in_street(text: &str) -> bool {
    const STREETS: [&str; 14] = [
        "way",
        "street",
        "road",
        "avenue",
        "drive",
        "boulevard",
        "square",
        "floor",
        "plaza",
        "parkway",
        "terrace",
        "quay",
        "highway",
        "crescent",
    ];
    let last = text.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    STREETS.contains(&last.as_str())
}

/// A town beside a street or a postal code has the form of a person's name, and is none.
fn places(items: &mut [Item]) {
    let is_street = |i: &Item| {
        let named = matches!(names::judge(&i.text), Named::Address | Named::Contact);
        named
            && i.partial.person.is_none()
            && i.text.chars().any(|c| c.is_ascii_digit())
            && !i.text.contains('@')
    };
    for k in 0..items.len() {
        let p = &items[k].partial;
        let bare = p.person.is_some()
            && p.role.is_none()
            && p.organization.is_none()
            && !names::has_honorific(&items[k].text);
        let after = k > 0 && items[k].contiguous && is_street(&items[k - 1]);
        let street = items[k].contiguous && ends_in_street(&items[k].text);
        let country = |n: &Item| n.contiguous && names::judge(&n.text) == Named::Country;
        let before = k > 0 && items[k].contiguous && items.get(k + 1).is_some_and(country);
        if bare && (after || before || street) {
            items[k].partial = Partial::default();
        }
    }
}

/// A line that holds a whole list between commas or semicolons: its members; else the line itself.
fn split_list(item: &Item) -> Vec<Item> {
    let bare = line::without_marks(&item.text);
    let one = |text: &str, partial: Partial| Item {
        partial,
        text: text.to_owned(),
        line: item.line,
        group: item.group,
        contiguous: false,
    };
    let listed = |p: &&str| {
        let capital = strip_and(p).trim_start_matches("the ").starts_with(char::is_uppercase);
        capital && text::word_count(p) <= 12
    };
    let semicolons: Vec<&str> = bare.split(';').map(str::trim).filter(|p| !p.is_empty()).collect();
    let by_semicolons = semicolons.len() > 2 && semicolons.iter().all(listed);
    let parts: Vec<String> = if semicolons.len() > 1 {
        semicolons.into_iter().map(str::to_owned).collect()
    } else {
        segments(&bare)
    };
    let parts: Vec<String> = with_last_pair(parts);
    let judged: Vec<Named> = parts.iter().map(|p| names::judge(p)).collect();
    let same = |named: Named| judged.iter().filter(|n| **n == named).count();
    let members = same(Named::Organization).max(same(Named::Person));
    let a_list = parts.len() >= 2
        && !judged.contains(&Named::Role)
        && !names::has_legal_form(&bare)
        && (members * 3 >= parts.len() * 2 || by_semicolons)
        && (parts.len() > 2 || same(Named::Person) == 2);
    if !a_list {
        return vec![one(&bare, read_line(&bare))];
    }
    parts.iter().map(|p| one(p, read_line(p))).collect()
}

/// `A, B and C`: the last part of a list may be two names; in the others "and" belongs to the name.
fn with_last_pair(mut parts: Vec<String>) -> Vec<String> {
    parts.iter_mut().for_each(|p| *p = strip_and(p).to_owned());
    let people = parts.len() == 1;
    if let Some(last) = parts.pop() {
        let pair = joined_names(&last);
        let fits =
            pair.len() == 2 && (!people || pair.iter().all(|p| names::judge(p) == Named::Person));
        parts.extend(if fits { pair } else { vec![last] });
    }
    parts
}

fn strip_and(part: &str) -> &str {
    let part = part.trim();
    ["and ", "et ", "und ", "y ", "및 ", "& "]
        .iter()
        .find_map(|a| part.strip_prefix(a))
        .unwrap_or(part)
        .trim_end_matches('.')
}

/// A role or a body whose words go on in the next line: `… of the Democratic` / `People's Republic`.
fn join_broken(items: Vec<Item>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::new();
    for item in items {
        if let Some(last) = out.last_mut().filter(|last| goes_on(last, &item)) {
            last.text = format!("{} {}", last.text, item.text);
            last.partial = read_line(&last.text);
            continue;
        }
        out.push(item);
    }
    out
}

/// Whether a line ends in a word that cannot end a name, or is an office's long title cut by the margin.
fn goes_on(last: &Item, item: &Item) -> bool {
    let open_word = last.text.split_whitespace().next_back().is_some_and(|w| {
        // "Colectivo Hijas del Sur" ends in a name, whatever the word means elsewhere.
        let small = w.starts_with(char::is_lowercase) || text::is_caps(&last.text);
        small && OPEN_WORDS.contains(w.to_lowercase().as_str()) || w == "&"
    });
    let long_office = text::length(&last.text) >= 55
        && last.partial.role.is_some()
        && last.partial.person.is_none()
        && item.partial.person.is_none()
        && item.partial.role.is_none();
    item.contiguous
        && last.group == item.group
        && last.partial.person.is_none()
        && (open_word || long_office || text::starts_lower(&item.text))
}

/// Whether a block lists bodies, so that what may be either is one.
fn is_list_of_organizations(items: &[Item]) -> bool {
    let told = items
        .iter()
        .filter(|i| {
            i.partial.organization.is_some()
                && i.partial.person.is_none()
                && i.partial.role.is_none()
        })
        .count();
    let roles = items.iter().filter(|i| i.partial.role.is_some()).count();
    let people = items.iter().filter(|i| i.partial.person.is_some()).count();
    let with_more = items
        .iter()
        .filter(|i| i.partial.person.is_some() && i.partial.organization.is_some())
        .count();
    let honored = items.iter().any(|i| names::has_honorific(&i.text));
    // "Mothers for Truth": a small word inside tells a body from a person.
    let joined = |i: &Item| {
        let mut words = i.text.split_whitespace().skip(1);
        words.any(|w| OPEN_WORDS.contains(w) && w.chars().all(char::is_lowercase))
    };
    let unknown = items.iter().filter(|i| i.partial.unknown.is_some());
    let plain = people == 0 && roles == 0 && items.len() >= 2;
    if plain && (told > 0 || unknown.clone().count() > 1 && unknown.clone().all(joined)) {
        return items
            .iter()
            .all(|i| text::word_count(&i.text) <= 14 && !text::ends_sentence(&i.text));
    }
    told >= 2 && roles * 4 <= told && people * 2 <= told && with_more == 0 && !honored
}

fn as_organization(item: &mut Item) {
    let p = &mut item.partial;
    if p.organization.is_none() && p.role.is_none() {
        p.organization = p.person.take().or_else(|| p.unknown.take());
    }
}

/// Parties from readings in order: a name opens one, roles and bodies complete it.
fn assemble(items: Vec<Item>, writing: Writing<'_>) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut open: Option<(Mention, usize)> = None;
    let mut behalf: Option<String> = None;
    // "La présidente," stands above the name of who holds the office.
    let mut above: Option<(String, usize)> = None;
    let spaced = is_spaced(&items);
    for item in items {
        let p = item.partial;
        let near = |open: &Option<(Mention, usize)>| {
            open.as_ref().is_some_and(|(_, group)| *group == item.group || spaced)
        };
        if p.on_behalf {
            behalf = p.organization;
            continue;
        }
        if let Some(person) = p.person {
            found.extend(open.take().map(|(m, _)| m));
            let written = p.organization.or_else(|| behalf.take());
            let held = above.take().filter(|(_, group)| *group == item.group && item.contiguous);
            let role = p.role.or(held.map(|(role, _)| role));
            open = Some((
                mention(Some(writing.person(&person)), role, written, item.line, writing),
                item.group,
            ));
        } else if p.role.is_some() && p.organization.is_none() {
            match &mut open {
                Some((m, group))
                    if m.person.is_some()
                        && (*group == item.group || spaced || !item.text.ends_with(',')) =>
                {
                    add_role(m, p.role.unwrap_or_default())
                }
                _ => above = p.role.map(|r| (without_article(&r).to_owned(), item.group)),
            }
        } else if let Some(written) = p.organization {
            let complete =
                |(m, _): &(Mention, usize)| m.person.is_none() || m.organization.is_some();
            match &mut open {
                Some((m, group)) if item.contiguous && *group == item.group && holds_unit(m) => {
                    let unit = m.organization.take().unwrap_or_default();
                    add_role(m, unit);
                    m.organization = Some(writing.organization(&written));
                    m.written = Some(written);
                }
                Some(entry) if !complete(entry) && (entry.1 == item.group || spaced) => {
                    entry.0.organization = Some(writing.organization(&written));
                    entry.0.written = Some(written);
                    if let Some(role) = p.role {
                        add_role(&mut entry.0, role);
                    }
                }
                _ => {
                    found.extend(open.take().map(|(m, _)| m));
                    open = Some((
                        mention(None, p.role, Some(written), item.line, writing),
                        item.group,
                    ));
                }
            }
        } else if let Some(unknown) = p.unknown {
            let near = near(&open);
            match &mut open {
                Some((m, _))
                    if near
                        && m.person.is_some()
                        && m.organization.is_none()
                        && is_name_like(&unknown) =>
                {
                    m.organization = Some(writing.organization(&unknown));
                    m.written = Some(unknown);
                }
                _ => {}
            }
        }
    }
    found.extend(open.map(|(m, _)| m));
    found.extend(behalf.map(|b| mention(None, None, Some(b), 0, writing)));
    found
}

fn without_article(role: &str) -> &str {
    const ARTICLES: [&str; 11] =
        ["The ", "Le ", "La ", "L'", "L’", "Der ", "Die ", "El ", "Los ", "Un ", "Une "];
    let role = role.trim_end_matches([',', ':']);
    ARTICLES.iter().find_map(|a| role.strip_prefix(a)).unwrap_or(role)
}

/// Whether a name is that of a part of a body, such as a division.
pub(in crate::ingest) fn is_unit(name: &str) -> bool {
    const UNITS: [&str; 15] = [
        "division",
        "department",
        "section",
        "unit",
        "program",
        "programme",
        "desk",
        "branch",
        "abteilung",
        "referat",
        "direction",
        "departamento",
        "sección",
        "région",
        "regional",
    ];
    name.to_lowercase().split_whitespace().any(|w| UNITS.contains(&w))
}

/// Whether a person stands with a part of a body, so that the body may follow.
fn holds_unit(mention: &Mention) -> bool {
    mention.person.is_some()
        && mention.role.is_some()
        && mention.organization.as_deref().is_some_and(is_unit)
}

fn is_name_like(text: &str) -> bool {
    text::word_count(text) <= 8
        && text.chars().next().is_some_and(|c| c.is_uppercase() || ('가'..='힣').contains(&c))
        && !text.ends_with([':', '.'])
}

fn mention(
    person: Option<String>,
    role: Option<String>,
    written: Option<String>,
    line: usize,
    writing: Writing<'_>,
) -> Mention {
    Mention {
        person,
        role,
        organization: written.as_deref().map(|w| writing.organization(w)),
        written,
        line,
        tentative: false,
    }
}

fn add_role(mention: &mut Mention, role: String) {
    mention.role = Some(match mention.role.take() {
        Some(first) if first != role => format!("{first}, {role}"),
        _ => role,
    });
}

/// Whether each line stands alone, blank lines between all: groups then tell nothing.
fn is_spaced(items: &[Item]) -> bool {
    let groups: HashSet<usize> = items.iter().map(|i| i.group).collect();
    items.len() > 1 && groups.len() * 4 > items.len() * 3
}
