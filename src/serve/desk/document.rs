//! A document: the seed's lines, each with what became of it, beside the body that was made of them.

use super::html::{doubt, file, frame, part, text};
use super::{ROOT, Room, record};
use crate::archive::DocumentCard;
use crate::content;
use crate::diagnostic::{Position, Report};
use crate::files::Sources;
use crate::ingest::{self, ExplainedLine, Fate};

/// The page of a document, by the last part of its URL.
pub(super) fn html(room: &Room<'_>, slug: &str) -> Option<String> {
    let card = room.model.by_slug(slug)?;
    let document = &card.record;
    let back = format!("{ROOT}documents/{}/", part(slug));
    let doubts: String = room
        .model
        .doubts
        .iter()
        .filter(|d| d.path == card.path)
        .map(|d| doubt(room, d, "", &back))
        .collect();
    let doubts = match doubts.as_str() {
        "" => "<p class=\"none\">No doubt about this document is open.</p>\n".to_owned(),
        doubts => format!("<ol class=\"doubts\">\n{doubts}</ol>\n"),
    };
    let base = text(&room.current.base_path);
    let main = format!(
        "<header>\n<p><a href=\"{ROOT}\">Review desk</a></p>\n<h1>{}</h1>\n\
         <p>{} · <a href=\"{base}/documents/{}/\">its page</a></p>\n</header>\n<main class=\"wide\">\n\
         <section aria-label=\"Open doubts\">\n{doubts}</section>\n<div class=\"sides\">\n{}<div class=\"side\">\n{}{}</div>\n</div>\n</main>\n",
        text(&document.title),
        file(room, &card.path, None),
        part(slug),
        seed(room, document),
        record::html(room, card, slug),
        body(room, card),
    );
    Some(frame(&format!("{} – review desk", document.title), &main, room.current))
}

/// The seed's side: only the document's own lines, if it is one of several.
fn seed(room: &Room<'_>, document: &content::Document) -> String {
    let source = document.source.as_ref();
    let Some(path) = source.and_then(|source| source.seed.as_deref()) else {
        return "<section class=\"side\">\n<h2>Seed</h2>\n\
                <p class=\"none\">The document was not drafted from a seed.</p>\n</section>\n"
            .to_owned();
    };
    let lines = source.and_then(|source| source.lines);
    let report = Report::new();
    let explained = ingest::explain(room.disk, &room.model.config, path, &report);
    let list = match explained {
        Some(explained) => {
            let is_own = |line: &&ExplainedLine| {
                lines.is_none_or(|(first, last)| (first..=last).contains(&line.line))
            };
            let mut page = None;
            let own = explained.lines.iter().filter(is_own);
            let list: String = own
                .map(|line| {
                    let begun = line.place.map(|place| place.page).filter(|own| page != Some(*own));
                    page = begun.or(page);
                    explained_line(line, begun)
                })
                .collect();
            format!("<ol class=\"lines\">\n{list}</ol>\n")
        }
        None => {
            let faults: Vec<String> = report.sorted().iter().map(|d| d.render()).collect();
            format!("<pre class=\"faults\">{}</pre>\n", text(&faults.join("\n\n")))
        }
    };
    let place = file(room, &format!("seeds/{path}"), lines.map(|(first, _)| first));
    format!(
        "<section class=\"side\" aria-labelledby=\"seed\">\n<h2 id=\"seed\">Seed</h2>\n\
         <p class=\"file\">{place}</p>\n{list}</section>\n"
    )
}

/// A line with what became of it, and the page that begins with it, if one does.
fn explained_line(line: &ExplainedLine, page: Option<usize>) -> String {
    let words = text(&line.text);
    let dropped = line.fates.iter().any(|fate| matches!(fate, Fate::Dropped(_)));
    let words = if dropped { format!("<del>{words}</del>") } else { words };
    let fates: String = line
        .fates
        .iter()
        .filter_map(|fate| match fate {
            Fate::Kept => None,
            Fate::Dropped(rule) => Some(format!(" <small>dropped: {}</small>", text(rule))),
            Fate::Read(field) => Some(format!(" <small class=\"read\">{}</small>", text(field))),
        })
        .collect();
    let page = page.map(|page| format!("<small>page {page}</small> ")).unwrap_or_default();
    format!("<li value=\"{}\">{page}{words}{fates}</li>\n", line.line)
}

/// The body's side, as it is written, so that what is to be corrected can be found.
fn body(room: &Room<'_>, card: &DocumentCard) -> String {
    let bytes = room.disk.read(&card.path).unwrap_or_default();
    let whole = String::from_utf8_lossy(&bytes);
    let written = whole.get(card.body.clone()).unwrap_or_default();
    let first = Position::of(&whole, card.body.start..card.body.start).line;
    let lines: String = written
        .lines()
        .zip(first..)
        .filter(|(line, _)| !line.trim().is_empty())
        .map(|(line, number)| format!("<li value=\"{number}\">{}</li>\n", text(line)))
        .collect();
    let place = file(room, &card.path, Some(first));
    format!(
        "<section aria-labelledby=\"body\">\n<h2 id=\"body\">Body</h2>\n\
         <p class=\"file\">{place}</p>\n<ol class=\"lines\">\n{lines}</ol>\n</section>\n"
    )
}
