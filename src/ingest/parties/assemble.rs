//! Lines of a block → parties: one a line in a list, or name, role and organization on lines of their own.

use std::sync::LazyLock;

use super::super::lexicon::{Scope, ScopedPhrases, ScopedWords, UNITS};
use super::super::marks;
use super::super::names::{self, Named};
use super::super::text::{self, Line};
use super::items::{
    Item, are_bulleted, as_organization, columns, has_initials, is_copy_a_line,
    is_list_of_organizations, is_spaced, items, part_long_lists, split_list, triplets,
};
use super::line::{Partial, segments};
use super::marks::of_logo;
use super::rows::{named_columns, without_places};
use super::{Mention, Writing, unique};

/// Reads who signed: signature blocks and lists of signatories.
pub(in crate::ingest) fn signatures(lines: &[Line<'_>], writing: Writing<'_>) -> Vec<Mention> {
    let mut kept = Vec::new();
    let lines = &without_places(&named_columns(lines, &mut kept));
    let unlabelled: Vec<Line<'_>> = lines
        .iter()
        .map(|l| match marks::signed(l.text, writing.scope).filter(|rest| !rest.is_empty()) {
            Some(rest) => l.with_text(rest),
            None => *l,
        })
        .collect();
    let unlabelled = without_brackets(&unlabelled);
    let mut items = items(&columns(&unlabelled), writing.scope);
    items.iter_mut().for_each(|item| name_behind_mark(item, lines, writing.scope));
    triplets(&mut items);
    if are_bulleted(lines) {
        items.iter_mut().for_each(|item| item.alone = true);
    }
    // What signs by its logo says nothing of the lines beside it.
    let logos = lines.iter().any(|l| of_logo(l.text).is_some());
    if !logos && is_list_of_organizations(&items) {
        items.iter_mut().for_each(as_organization);
    } else {
        part_long_lists(&mut items, writing.scope);
    }
    unique(assemble(items, writing))
}

/// `(Ida Holm)` above `Secretary, Harbour Families`: the typed name below a signature, without its brackets.
fn without_brackets<'a>(lines: &[Line<'a>]) -> Vec<Line<'a>> {
    let name = |line: &Line<'a>| -> Option<&'a str> {
        let inner = line.text.strip_prefix('(')?.strip_suffix(')')?;
        let word = |w: &str| w.starts_with(char::is_uppercase) && !w.contains(['(', ')']);
        let few = (2..=4).contains(&text::word_count(inner)) && text::words(inner).all(word);
        let judged = names::judge(inner);
        (few && matches!(judged, Named::Person | Named::Unknown)).then_some(inner)
    };
    let below = |at: usize| lines.get(at + 1).map_or("", |l| l.text);
    let held = |at: usize| below(at).split(',').any(|p| names::judge(p.trim()) == Named::Role);
    let bare = |(at, line): (usize, &Line<'a>)| match name(line).filter(|_| held(at)) {
        Some(name) => line.with_text(name),
        None => *line,
    };
    lines.iter().enumerate().map(bare).collect()
}

/// `gez. Rabensburg`: behind a mark of signing a word or two are who signed, whatever else has that name.
fn name_behind_mark(item: &mut Item, lines: &[Line<'_>], scope: Scope) {
    let marked = |l: &&Line<'_>| l.number == item.line && marks::signed(l.text, scope).is_some();
    let word = |w: &str| {
        w.starts_with(char::is_uppercase)
            && w.chars().all(|c| c.is_alphabetic() || "-'’.".contains(c))
    };
    let named = text::has_at_most(&item.text, 3) && text::words(&item.text).all(word);
    if named && item.partial.is_nobody() && lines.iter().any(|l| marked(&l)) {
        item.partial = Partial { person: Some(item.text.clone()), ..Partial::default() };
    }
}

/// Reads who gets a copy: names, each with what follows until the next name.
pub(in crate::ingest) fn copied<'a>(lines: &[Line<'a>], writing: Writing<'_>) -> Vec<Mention> {
    static FILED: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.filed));
    let mut found = Vec::new();
    // "Mr. Webb; Ms. Holm"
    let parts = |l: &Line<'a>| l.text.split(';').map(str::trim).collect::<Vec<&str>>();
    let lines: Vec<Line<'a>> =
        lines.iter().flat_map(|l| parts(l).into_iter().map(|part| l.with_text(part))).collect();
    let mut listed = items(&lines, writing.scope);
    listed.retain(|item| !FILED.has_any_case(writing.scope, item.text.trim_end_matches('.')));
    if listed.len() == 1 && listed[0].partial.person.is_none()
        || listed
            .iter()
            .all(|i| segments(&i.text, writing.scope).len() > 2 && i.partial.role.is_none())
    {
        listed = listed.iter().flat_map(|item| split_list(item, writing.scope)).collect();
    }
    if is_list_of_organizations(&listed) {
        listed.iter_mut().for_each(as_organization);
    }
    let apart = is_copy_a_line(&listed);
    listed.iter_mut().for_each(|item| item.alone |= apart);
    found.extend(assemble(listed, writing));
    unique(found)
}

/// Parties from readings in order: a name opens one, roles and bodies complete it.
pub(super) fn assemble(items: Vec<Item>, writing: Writing<'_>) -> Vec<Mention> {
    let mut items = items;
    hold_offices_above(&mut items);
    let spaced = is_spaced(&items);
    let (found, open, behalf, above) = (Vec::new(), None, None, None);
    let mut parties = Parties { found, open, behalf, above, spaced, writing };
    for item in items {
        let p = &item.partial;
        if p.on_behalf {
            parties.on_behalf(item);
        } else if p.person.is_some() {
            parties.person(item);
        } else if p.organization.is_some() {
            parties.organization(item);
        } else if p.role.is_some() {
            parties.role(item);
        } else if p.unknown.is_some() {
            parties.unknown(item);
        }
    }
    parties.close();
    if let Some(behalf) = parties.behalf.take() {
        let mut party = Mention::default();
        set_organization(&mut party, behalf, writing);
        parties.found.push(party);
    }
    parties.found
}

/// `La Presidente` / `Ida Holm` / `La Tesoriera` / `Rosa Alderton`: where offices and names take turns, each office is that
/// of the name below it.
fn hold_offices_above(items: &mut [Item]) {
    let office = |item: &Item| item.partial.role.is_some() && !item.partial.names_somebody();
    let from = items.iter().position(office).unwrap_or(0);
    let turns = &mut items[from..];
    let paired = turns.len() >= 4
        && turns.len().is_multiple_of(2)
        && turns.chunks(2).all(|pair| office(&pair[0]) && pair[1].partial.is_person_alone());
    if paired {
        for pair in turns.chunks_mut(2) {
            pair[1].partial.role = pair[0].partial.role.take();
        }
    }
}

/// Parties as far as the lines were read.
struct Parties<'a> {
    found: Vec<Mention>,
    /// The one that further lines may complete, and the group of its line.
    open: Option<(Mention, usize)>,
    /// For whom the next person signs.
    behalf: Option<String>,
    /// "La présidente," is above the name of who holds the office.
    above: Option<(String, usize)>,
    /// Whether groups tell nothing.
    spaced: bool,
    writing: Writing<'a>,
}

impl Parties<'_> {
    fn close(&mut self) {
        self.found.extend(self.open.take().map(|(mention, _)| mention));
    }

    /// Opens a party with what a line says.
    fn open(&mut self, party: Partial, item: &Item) {
        self.close();
        let Partial { person, role, organization, .. } = party;
        let mut mention = Mention { person, role, line: item.line, ..Mention::default() };
        if let Some(written) = organization {
            set_organization(&mut mention, written, self.writing);
        }
        self.open = Some((mention, item.group));
    }

    /// The party that a line may complete: it is in the same group.
    fn near(&mut self, item: &Item) -> Option<&mut Mention> {
        let spaced = self.spaced;
        let open = self.open.as_mut().filter(|_| !item.alone);
        open.filter(|(_, own)| *own == item.group || spaced).map(|(mention, _)| mention)
    }

    /// `For the Families' Committee` is below who signs, or above.
    fn on_behalf(&mut self, item: Item) {
        let writing = self.writing;
        let waits = |(holder, group): &&mut (Mention, usize)| {
            let alone = holder.person.is_some() && holder.organization.is_none();
            alone && item.contiguous && *group == item.group
        };
        let Some(body) = item.partial.organization else { return };
        match self.open.as_mut().filter(waits) {
            Some((holder, _)) => set_organization(holder, body, writing),
            None => self.behalf = Some(body),
        }
    }

    fn person(&mut self, mut item: Item) {
        let said = std::mem::take(&mut item.partial);
        let person = said.person.map(|person| self.writing.person(&person));
        let held = said.role.is_some() && said.organization.is_none();
        let above = if held { self.body_above(&item) } else { None };
        let organization = said.organization.or(above).or_else(|| self.behalf.take());
        if said.role.is_none()
            && organization.is_none()
            && let Some(holder) = self.office_above(&item)
        {
            holder.person = person;
            return;
        }
        let held = self.above.take().filter(|(_, group)| *group == item.group && item.contiguous);
        let role = said.role.or(held.map(|(role, _)| role));
        self.open(Partial { person, role, organization, ..Partial::default() }, &item);
    }

    /// `푸른항구모임` above `이사장 오나래`: in Korean the body is above who holds an office of it.
    fn body_above(&mut self, item: &Item) -> Option<String> {
        let body = |(holder, group): &mut (Mention, usize)| {
            holder.person.is_none() && holder.role.is_none() && *group == item.group
        };
        let fits = item.contiguous && !item.alone && text::is_hangul(&item.text);
        let (holder, _) = self.open.take_if(|open| fits && body(open))?;
        holder.written.or(holder.organization)
    }

    /// "Chief of the Ward Office" above "Pak Chong-su": the office that waits for its holder.
    fn office_above(&mut self, item: &Item) -> Option<&mut Mention> {
        let (holder, group) = self.open.as_mut()?;
        if *group != item.group || !item.contiguous || item.alone {
            return None;
        }
        (holder.person.is_none() && holder.role.is_some()).then_some(holder)
    }

    fn role(&mut self, mut item: Item) {
        let Some(role) = item.partial.role.take() else { return };
        let begins = item.text.ends_with(',');
        let spaced = self.spaced;
        let held = self.open.as_mut().filter(|(holder, group)| {
            holder.person.is_some() && (*group == item.group || spaced || !begins)
        });
        match held {
            Some((holder, _)) => add_role(holder, role),
            None => {
                let role = without_article(&role, self.writing.scope).to_owned();
                self.above = Some((role, item.group));
            }
        }
    }

    fn organization(&mut self, mut item: Item) {
        let (role, body) = (item.partial.role.take(), item.partial.organization.take());
        let Some(body) = body else { return };
        let writing = self.writing;
        let whole = self.open.as_mut().filter(|(holder, group)| {
            !item.alone
                && item.contiguous
                && *group == item.group
                && holds_unit(holder, writing.scope)
        });
        if let Some((holder, _)) = whole {
            let unit = holder.organization.take().unwrap_or_default();
            add_role(holder, unit);
            set_organization(holder, body, writing);
            return;
        }
        let waits =
            |holder: &&mut Mention| holder.person.is_some() && holder.organization.is_none();
        if let Some(holder) = self.near(&item).filter(waits) {
            set_organization(holder, body, writing);
            role.into_iter().for_each(|role| add_role(holder, role));
            return;
        }
        self.open(Partial { role, organization: Some(body), ..Partial::default() }, &item);
    }

    fn unknown(&mut self, mut item: Item) {
        let Some(name) = item.partial.unknown.take().filter(|name| is_name_like(name)) else {
            return;
        };
        let writing = self.writing;
        // "M. Oduya" is above the body or the office of whoever signs.
        if self.found.is_empty() && self.open.is_none() && has_initials(&name) {
            let person = Some(writing.person(&name));
            self.open(Partial { person, ..Partial::default() }, &item);
            return;
        }
        let waits =
            |holder: &&mut Mention| holder.person.is_some() && holder.organization.is_none();
        if let Some(holder) = self.near(&item).filter(waits) {
            set_organization(holder, name, writing);
        }
    }
}

fn set_organization(mention: &mut Mention, written: String, writing: Writing<'_>) {
    mention.organization = Some(writing.organization(&written));
    mention.written = Some(written);
}

/// An office or a body without the article before it.
pub(in crate::ingest) fn without_article(role: &str, scope: Scope) -> &str {
    static ARTICLES: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.articles));
    let role = role.trim_end_matches([',', ':']);
    let apart = |end: &usize| {
        role[*end..].starts_with(char::is_whitespace) || role[..*end].ends_with(['\'', '’'])
    };
    let end = ARTICLES.ends(scope, role).find(apart);
    end.map_or(role, |end| role[end..].trim_start())
}

/// Whether a name is that of a part of a body, such as a division.
pub(in crate::ingest) fn is_unit(name: &str, scope: Scope) -> bool {
    // "Asienreferat" is one word of two.
    let joined = |w: &str| {
        let lower = w.to_lowercase();
        let mut starts = lower.char_indices().skip(3).map(|(at, _)| at);
        lower.len() > 9 && starts.any(|at| lower.len() - at > 5 && UNITS.has(scope, &lower[at..]))
    };
    name.split_whitespace().any(|w| UNITS.has_any_case(scope, w) || joined(w))
}

/// Whether a person is with a part of a body, so that the body may follow.
fn holds_unit(mention: &Mention, scope: Scope) -> bool {
    mention.person.is_some()
        && mention.role.is_some()
        && mention.organization.as_deref().is_some_and(|name| is_unit(name, scope))
}

fn is_name_like(text: &str) -> bool {
    text::has_at_most(text, 8)
        && text.chars().next().is_some_and(|c| c.is_uppercase() || ('가'..='힣').contains(&c))
        && !text.ends_with([':', '.'])
}

fn add_role(mention: &mut Mention, role: String) {
    mention.role = Some(match mention.role.take() {
        Some(first) if first != role => format!("{first}, {role}"),
        _ => role,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_list_of_people_who_has_a_title_is_one() {
        let text = "Individuals:\n- Ambassador (ret.) Robert Hale\n- Lord Alder-Reeve, House of Lords, UK\n\
                    - Prof. Marzuki Daru, former Special Rapporteur\n- Sonja Bisset, Lawyer\n- Tomás Arce";
        let writing = Writing { text, scope: Scope::of("en") };
        let lines = text::lines(text);
        let found = signatures(&lines, writing);
        let people: Vec<_> = found.iter().filter_map(|m| m.person.as_deref()).collect();
        assert_eq!(
            people,
            ["Robert Hale", "Alder-Reeve", "Marzuki Daru", "Sonja Bisset", "Tomás Arce"]
        );
    }
}
