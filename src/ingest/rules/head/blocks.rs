//! Blocks of names and addresses that nothing else has taken: the sender's or the addressee's.

use super::super::super::evidence::plausible;
use super::super::super::layout::Layout;
use super::super::super::lexicon::Scope;
use super::super::super::marks;
use super::super::super::names::{self, Named};
use super::super::super::parties::{self, Mention, Writing};
use super::super::super::text::{self, Line};
use super::candidate::is_row;
use super::{Block, Head};

/// What is left: blocks of names and addresses, the sender's or the addressee's.
pub(super) fn blocks(
    head: &mut Head,
    lines: &[Line<'_>],
    layout: &Layout,
    taken: &[bool],
    writing: Writing<'_>,
) {
    let groups: Vec<Vec<usize>> = address_groups(lines, layout, taken)
        .into_iter()
        .flat_map(|group| at_second_person(group, lines))
        .collect();
    let dated = head.date.as_ref().and_then(|(_, n)| lines.iter().position(|l| l.number == *n));
    let count = groups.len();
    for (k, group) in groups.into_iter().enumerate() {
        let block: Vec<Line<'_>> = group.iter().map(|&i| lines[i]).collect();
        let byline = layout.salutation.is_none()
            && head.title.is_some()
            // What stands above a title is whose paper it is on.
            && group[0] >= head.title_lines.start
            && super::super::super::split::is_byline(block[0].text, writing.scope);
        if byline && head.byline.is_empty() {
            head.byline = parties::byline(block[0].text, block[0].number, writing);
            continue;
        }
        let address = parties::address(&block, writing);
        let greeted = layout.salutation.is_some();
        let points =
            recipient_points(&block, writing.scope, k, count, dated.map(|d| group[0] > d), greeted);
        let letterhead = letterhead(&block, address.clone(), writing);
        let range = group[0]..group[group.len() - 1] + 1;
        head.blocks.push(Block { lines: range, points, first: k == 0, address, letterhead });
    }
}

/// Runs of lines that nothing else has taken; one-line groups in a row are one block.
fn address_groups(lines: &[Line<'_>], layout: &Layout, taken: &[bool]) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<Vec<usize>>> = vec![Vec::new()];
    let mut open = false;
    for i in layout.head.clone() {
        if taken[i] || is_row(lines, i) {
            runs.push(Vec::new());
            open = false;
        } else if lines[i].is_blank() {
            open = false;
        } else {
            let run = runs.last_mut().expect("there is always a run");
            if !open {
                run.push(Vec::new());
            }
            run.last_mut().expect("a group was just opened").push(i);
            open = true;
        }
    }
    let mut groups = Vec::new();
    for run in runs {
        let single = run.iter().all(|g| g.len() == 1);
        let mut previous_single = false;
        for group in run {
            let names_person = group.iter().any(|&i| names::names_person(lines[i].text));
            let joins = previous_single && (single || !names_person);
            previous_single = group.len() == 1;
            match groups.last_mut() {
                Some(last) if joins => {
                    let last: &mut Vec<usize> = last;
                    last.extend(group);
                    previous_single = single || last.len() == 1;
                }
                _ => groups.push(group),
            }
        }
    }
    groups
}

/// A block, parted where a second person is named below the address of the first: the writer's and the addressee's.
fn at_second_person(group: Vec<usize>, lines: &[Line<'_>]) -> Vec<Vec<usize>> {
    let text = |i: &usize| lines[*i].text;
    let named = |i: &usize| names::names_person(text(i)) || plausible::is_initials(text(i));
    let placed = |i: &usize| {
        names::judge(text(i)) == Named::Address
            || text(i).bytes().any(|b| b.is_ascii_digit()) && !names::names_person(text(i))
    };
    let Some(first) = group.iter().position(named) else { return vec![group] };
    let Some(street) = group.iter().skip(first).position(placed).map(|k| first + k) else {
        return vec![group];
    };
    let titled = |i: &usize| names::has_honorific(text(i)) && names::names_person(text(i));
    match group.iter().skip(street).position(titled).map(|k| street + k) {
        Some(second) => {
            let (own, other) = group.split_at(second);
            vec![own.to_vec(), other.to_vec()]
        }
        None => vec![group],
    }
}

/// More than 0 for an addressee's block.
fn recipient_points(
    block: &[Line<'_>],
    scope: Scope,
    place: usize,
    count: usize,
    after_date: Option<bool>,
    greeted: bool,
) -> i32 {
    let first = block[0].text;
    let caps = text::is_caps(first);
    let contacts = block.iter().filter(|l| names::judge(l.text) == Named::Contact).count();
    let own = i32::try_from(contacts.min(2)).unwrap_or(2) * 2;
    let by_date = match after_date {
        Some(true) => 2,
        Some(false) => -1,
        None => 0,
    };
    // The last block above a greeting is whom it greets.
    let by_greeting = match (greeted, count) {
        (false, _) => -2,
        (true, 1) if after_date.is_none() && !caps => 1,
        (true, 2..) if place + 1 == count => 2,
        (true, _) => 0,
    };
    let signs = [
        (!caps && begins_with_title(block), 3),
        (
            first.to_lowercase().starts_with("the hon")
                || marks::head_label(first, scope).is_some(),
            2,
        ),
        (caps && place == 0 && after_date != Some(true), -2),
    ];
    let by_first: i32 = signs.into_iter().filter(|(sign, _)| *sign).map(|(_, points)| points).sum();
    by_first + by_date + by_greeting - own
}

/// Whether a block begins with a title of courtesy, before a name or above it.
fn begins_with_title(block: &[Line<'_>]) -> bool {
    let first = block[0].text;
    names::has_honorific(first) || block.len() > 1 && names::is_honorific(first)
}

/// The body, office or person of a letterhead's first lines.
fn letterhead(block: &[Line<'_>], found: Vec<Mention>, writing: Writing<'_>) -> Option<Mention> {
    let first = block.first()?;
    let sentence = first.text.ends_with([':', '.']) && !names::has_legal_form(first.text);
    if !text::has_at_most(first.text, 12) || sentence {
        return None;
    }
    let bare = parties::without_the(first.text);
    match names::judge(bare) {
        Named::Organization => Some(Mention {
            organization: Some(writing.organization(first.text)),
            written: Some(first.text.to_owned()),
            line: first.number,
            ..Mention::default()
        }),
        Named::Role => {
            let role = if text::is_caps(bare) { writing.ordinary(bare) } else { bare.to_owned() };
            let named = found.into_iter().find(|m| {
                m.organization.as_deref().is_some_and(|o| names::judge(o) == Named::Organization)
            });
            Some(Mention { role: Some(role), line: first.number, ..named.unwrap_or_default() })
        }
        _ => found.into_iter().next(),
    }
}
