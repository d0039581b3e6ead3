//! The first page of the desk: open doubts, near names, like texts, dead links.

use std::collections::{BTreeMap, BTreeSet};

use super::html::{self, doubt, file, frame, heading, part, text};
use super::{FORMATS, ROOT, Room, names, pairs};
use crate::diagnostic::Diagnostic;
use crate::review::{Alike, Doubt};
use crate::serve::state::Current;

/// Doubts of one page.
const PAGE: usize = 50;

/// Files of a group of like texts that are shown.
const ALIKE: usize = 10;

/// Near names and dead links that are shown.
pub(super) const LIST: usize = 200;

/// The first page.
pub(super) fn html(room: &Room<'_>, query: &str) -> String {
    let query: BTreeMap<String, String> = pairs(query).collect();
    let field = query.get("field").map(String::as_str);
    let number = query.get("page").and_then(|n| n.parse().ok()).unwrap_or(1_usize).max(1);
    let model = room.model;
    let chosen: Vec<&Doubt> =
        model.doubts.iter().filter(|d| field.is_none_or(|field| d.field == field)).collect();
    let pages = chosen.len().div_ceil(PAGE).max(1);
    let number = number.min(pages);
    let address = |number: usize| address(field, number);
    let shown = chosen.iter().skip((number - 1) * PAGE).take(PAGE);
    let list: String = shown.map(|d| doubt(room, d, &heading(room, d), &address(number))).collect();
    let list = match list.as_str() {
        "" => "<p class=\"none\">No doubt is open.</p>\n".to_owned(),
        list => format!("<ol class=\"doubts\">\n{list}</ol>\n"),
    };
    let title = &model.config.title;
    let main = format!(
        "<header>\n<p><a href=\"{}/\">{}</a></p>\n<h1>Review desk</h1>\n<p>{}</p>\n<p><a href=\"{FORMATS}\">How each file was read</a></p>\n</header>\n<main>\n\
         <section aria-labelledby=\"doubts\">\n<h2 id=\"doubts\">Open doubts</h2>\n{}{list}{}</section>\n\
         {}{}{}{}</main>\n",
        text(&room.current.base_path),
        text(title),
        summary(room),
        fields(room, field),
        steps(number, pages, &address),
        removed(room),
        names::html(room),
        alike(room, &model.alike),
        links(room),
    );
    frame(&format!("Review desk – {title}"), &main, room.current)
}

/// The address of a page of doubts.
fn address(field: Option<&str>, number: usize) -> String {
    let field = field.map(|field| format!("field={}", part(field)));
    let number = (number > 1).then(|| format!("page={number}"));
    let query: Vec<String> = field.into_iter().chain(number).collect();
    if query.is_empty() { ROOT.to_owned() } else { format!("{ROOT}?{}", query.join("&")) }
}

fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

fn summary(room: &Room<'_>) -> String {
    let files: BTreeSet<&str> = room.model.doubts.iter().map(|d| d.path.as_str()).collect();
    format!(
        "{} in {}, {}, {}, {}, {}",
        counted(room.model.doubts.len(), "open doubt", "open doubts"),
        counted(files.len(), "document", "documents"),
        counted(room.model.removed().count(), "deletion to explain", "deletions to explain"),
        counted(room.model.near_names.len(), "pair of near names", "pairs of near names"),
        counted(room.model.alike.len(), "group of like texts", "groups of like texts"),
        counted(room.current.dead_links.len(), "dead link", "dead links"),
    )
}

/// The fields in doubt, each with its number of doubts, in the order of the list.
fn fields(room: &Room<'_>, chosen: Option<&str>) -> String {
    let doubts = &room.model.doubts;
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for doubt in doubts {
        match counts.last_mut() {
            Some((field, count)) if *field == doubt.field => *count += 1,
            _ => counts.push((&doubt.field, 1)),
        }
    }
    if counts.len() < 2 && chosen.is_none() {
        return String::new();
    }
    let link = |field: Option<&str>, name: &str, count: usize| {
        let here = if field == chosen { " aria-current=\"page\"" } else { "" };
        let url = text(&address(field, 1));
        format!("<li><a href=\"{url}\"{here}>{} <span>{count}</span></a></li>\n", text(name))
    };
    let all = link(None, "all", doubts.len());
    let each: String = counts.iter().map(|(field, n)| link(Some(field), field, *n)).collect();
    format!("<nav aria-label=\"Fields\">\n<ul class=\"fields\">\n{all}{each}</ul>\n</nav>\n")
}

fn steps(number: usize, pages: usize, address: &dyn Fn(usize) -> String) -> String {
    if pages == 1 {
        return String::new();
    }
    let link = |to: usize, name: &str| {
        if !(1..=pages).contains(&to) {
            return String::new();
        }
        format!("<a href=\"{}\">{name}</a>\n", text(&address(to)))
    };
    format!(
        "<nav class=\"steps\" aria-label=\"Pages\">\n{}<span>Page {number} of {pages}</span>\n{}</nav>\n",
        link(number - 1, "Worse ones"),
        link(number + 1, "Further ones"),
    )
}

/// Words that are missing in texts, each run with the seed's lines and the two answers that there are.
fn removed(room: &Room<'_>) -> String {
    let count = room.model.removed().count();
    if count == 0 {
        return String::new();
    }
    let list: String = room.model.removed().take(LIST).map(|r| html::removed(room, r)).collect();
    format!(
        "<section aria-labelledby=\"removed\">\n<h2 id=\"removed\">Words that are not in the text</h2>\n\
         <p>Somebody took them out of a draft. Until you say why, readers do not see these lines of the seed.</p>\n\
         <ol class=\"doubts\">\n{list}</ol>\n{}</section>\n",
        rest(count)
    )
}

/// Documents whose texts are the same, or nearly: copies of one seed, two scans of one letter.
fn alike(room: &Room<'_>, groups: &[Alike]) -> String {
    if groups.is_empty() {
        return String::new();
    }
    let item = |group: &Alike| {
        let same = if group.equal { "The same text" } else { "Nearly the same text" };
        let files = std::iter::once(&group.first).chain(&group.others);
        let files: String = files
            .take(ALIKE)
            .map(|path| format!("<li>{}</li>\n", file(room, path, None)))
            .collect();
        let more = (group.others.len() + 1).saturating_sub(ALIKE);
        let more = if more > 0 { format!("<p>And {more} more.</p>\n") } else { String::new() };
        format!("<li>\n<p>{same}:</p>\n<ul class=\"file\">\n{files}</ul>\n{more}</li>\n")
    };
    let list: String = groups.iter().take(LIST).map(item).collect();
    format!(
        "<section aria-labelledby=\"alike\">\n<h2 id=\"alike\">Like texts</h2>\n\
         <p>If they are one document, delete one file and add its address to <code>aliases</code> in the other; \
         if not, leave them.</p>\n<ul class=\"pairs\">\n{list}</ul>\n{}</section>\n",
        rest(groups.len())
    )
}

fn links(room: &Room<'_>) -> String {
    let links = &room.current.dead_links;
    if links.is_empty() {
        return String::new();
    }
    let list: String = links
        .iter()
        .take(LIST)
        .map(|link| {
            let line = link.position.as_ref().map(|position| position.line);
            let place = match link.path.starts_with("content/") {
                true => file(room, &link.path, line),
                false => format!("<code>{}</code>", text(&link.path)),
            };
            let notes: String =
                link.notes.iter().map(|note| format!("<p>{}</p>\n", text(note))).collect();
            format!(
                "<li>\n<p>{}</p>\n{notes}<p class=\"file\">{place}</p>\n</li>\n",
                text(&link.message)
            )
        })
        .collect();
    format!(
        "<section aria-labelledby=\"links\">\n<h2 id=\"links\">Dead links</h2>\n\
         <ul class=\"pairs\">\n{list}</ul>\n{}</section>\n",
        rest(links.len())
    )
}

pub(super) fn rest(count: usize) -> String {
    if count <= LIST {
        return String::new();
    }
    format!("<p>And {} more, which <code>fonds check</code> lists.</p>\n", count - LIST)
}

/// What is shown when a decision cannot be written.
pub(super) fn refusal(faults: &[Diagnostic], back: &str, current: &Current) -> String {
    let faults: Vec<String> = faults.iter().map(|fault| fault.render()).collect();
    let main = format!(
        "<header>\n<p><a href=\"{}\">Review desk</a></p>\n<h1>Nothing was written</h1>\n</header>\n<main>\n\
         <pre class=\"faults\">{}</pre>\n</main>\n",
        text(back),
        text(&faults.join("\n\n")),
    );
    frame("Nothing was written", &main, current)
}
