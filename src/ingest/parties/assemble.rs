//! Lines of a block → parties: one a line in a list, or name, role and organization on lines of their own.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::super::lexicon::{Scope, ScopedPhrases, ScopedWords};
use super::super::marks;
use super::super::text::{self, Line};
use super::items::{
    Item, as_organization, columns, is_list_of_organizations, items, split_list, triplets,
};
use super::line::segments;
use super::{Mention, Writing, unique};

/// Reads who signed: signature blocks and lists of signatories.
pub(in crate::ingest) fn signatures(lines: &[Line<'_>], writing: Writing<'_>) -> Vec<Mention> {
    let unlabelled: Vec<Line<'_>> = lines
        .iter()
        .map(|l| match marks::signed(l.text, writing.scope).filter(|rest| !rest.is_empty()) {
            Some(rest) => l.with_text(rest),
            None => *l,
        })
        .collect();
    let mut items = items(&columns(&unlabelled), writing.scope);
    triplets(&mut items);
    if is_list_of_organizations(&items) {
        items.iter_mut().for_each(as_organization);
    }
    unique(assemble(items, writing))
}

/// Reads who gets a copy: names, each with what follows until the next name.
pub(in crate::ingest) fn copied(lines: &[Line<'_>], writing: Writing<'_>) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut listed = items(lines, writing.scope);
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
    found.extend(assemble(listed, writing));
    unique(found)
}

/// Parties from readings in order: a name opens one, roles and bodies complete it.
pub(super) fn assemble(items: Vec<Item>, writing: Writing<'_>) -> Vec<Mention> {
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
                _ => {
                    above =
                        p.role.map(|r| (without_article(&r, writing.scope).to_owned(), item.group))
                }
            }
        } else if let Some(written) = p.organization {
            let complete =
                |(m, _): &(Mention, usize)| m.person.is_none() || m.organization.is_some();
            match &mut open {
                Some((m, group))
                    if item.contiguous && *group == item.group && holds_unit(m, writing.scope) =>
                {
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
    static UNITS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.units));
    name.split_whitespace().any(|w| UNITS.has_any_case(scope, w))
}

/// Whether a person stands with a part of a body, so that the body may follow.
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
