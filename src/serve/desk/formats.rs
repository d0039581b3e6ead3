//! How each file was read: the seeds and documents of each format, and the seeds that were set aside with their reasons.

use super::html::{frame, text};
use super::{ROOT, Room};
use crate::ingest::{self, AsideAccount, FormatAccount};

/// The page; the seeds are read for it.
pub(super) fn html(room: &Room<'_>) -> String {
    let (formats, asides) = ingest::formats(room.disk, &room.model.config);
    let format = |f: &FormatAccount| {
        format!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>\n",
            text(&f.format),
            f.seeds,
            f.documents
        )
    };
    let aside = |a: &AsideAccount| {
        format!(
            "<tr><th scope=\"row\">the seed {}</th><td>{}</td></tr>\n",
            text(&a.reason),
            a.seeds
        )
    };
    let rows: String = formats.iter().map(format).collect();
    let asides: String = asides.iter().map(aside).collect();
    let read = table("Formats", &["Read as", "Seeds", "Documents"], &rows);
    let left = table("Set aside", &["Reason", "Seeds"], &asides);
    let main = format!(
        "<header>\n<p><a href=\"{ROOT}\">Review desk</a></p>\n<h1>How each file was read</h1>\n</header>\n<main>\n{read}{left}</main>\n"
    );
    frame("How each file was read", &main, room.current)
}

fn table(caption: &str, head: &[&str], rows: &str) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let head: String = head.iter().map(|name| format!("<th scope=\"col\">{name}</th>")).collect();
    format!(
        "<table>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    )
}
