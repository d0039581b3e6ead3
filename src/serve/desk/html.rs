//! The frame of the desk's pages, and the pieces that they share.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{ROOT, Room, model};
use crate::enclosed::Opened;
use crate::files::Sources;
use crate::ingest;
use crate::review::{self, Doubt};
use crate::serve::state::Current;
use crate::withheld::Removed;

/// Lines of a seed that are shown before and after the one that tells of a doubt.
const AROUND: usize = 2;

/// What may stand in a URL's path as it is.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Text as HTML.
pub(super) fn text(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            // Control characters are no text of a page, and directions end with what they stand in.
            c if c.is_control() && c != '\n' && c != '\t' => html.push('\u{FFFD}'),
            c => html.push(c),
        }
    }
    html
}

/// A text as a part of a URL.
pub(super) fn part(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// A whole page.
pub(super) fn frame(title: &str, main: &str, current: &Current) -> String {
    let (generation, revision) = (current.update.generation, current.update.revision);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"/_fonds/desk.css\">\n</head>\n<body>\n\
         {main}\
         <script src=\"/_fonds/reload.js?{generation}\" data-revision=\"{revision}\" defer></script>\n\
         </body>\n</html>\n",
        text(title)
    )
}

/// A file's path and a line of it, as a link to the editor if one is set.
pub(super) fn file(room: &Room<'_>, path: &str, line: Option<usize>) -> String {
    let name = match line {
        Some(line) => format!("{path}:{line}"),
        None => path.to_owned(),
    };
    let name = text(&name);
    let Some(editor) = &room.model.config.serve.editor else {
        return format!("<code>{name}</code>");
    };
    let full = room.disk.root().join(path).to_string_lossy().replace('\\', "/");
    let full = utf8_percent_encode(full.trim_start_matches('/'), PATH).to_string();
    // A scheme's host comes before the path, and a slash between: `vscode://file/{path}`.
    let full = if editor.contains("/{path}") { full } else { format!("/{full}") };
    let url = editor.replace("{path}", &full).replace("{line}", &line.unwrap_or(1).to_string());
    format!("<a href=\"{}\"><code>{name}</code></a>", text(&url))
}

/// The title of a doubt's document, with a link to its page of the desk.
pub(super) fn heading(room: &Room<'_>, doubt: &Doubt) -> String {
    let title = text(title(room, doubt));
    match room.model.slug(&doubt.path) {
        Some(slug) => {
            format!("<h3><a href=\"/_review/documents/{}/\">{title}</a></h3>\n", part(slug))
        }
        None => format!("<h3>{title}</h3>\n"),
    }
}

fn title<'r>(room: &'r Room<'_>, doubt: &'r Doubt) -> &'r str {
    room.model.title(&doubt.path).unwrap_or(&doubt.path)
}

/// A doubt: what is doubtful and why, what the field says, what the seed says, and the way to settle it.
pub(super) fn doubt(room: &Room<'_>, doubt: &Doubt, heading: &str, back: &str) -> String {
    let value = model::value(room.disk, &doubt.path, &doubt.field);
    let choices = choices(room, doubt, value.as_deref());
    let value = match value {
        Some(value) => format!("<q>{}</q>", text(&value)),
        None => "<em>nothing</em>".to_owned(),
    };
    format!(
        "<li class=\"doubt\">\n{heading}<p class=\"why\"><b>{}</b> {}</p>\n\
         <p class=\"now\"><span>Says now</span> {value}</p>\n<p class=\"file\">{}</p>\n{}{}</li>\n",
        text(&doubt.field),
        reason(&doubt.reason),
        file(room, &doubt.path, Some(doubt.line)),
        evidence(room, doubt),
        form(room, doubt, (title(room, doubt), &choices), back),
    )
}

/// Values that a doubt is about, besides the one that the field has: one press chooses one.
fn choices(room: &Room<'_>, doubt: &Doubt, value: Option<&str>) -> Vec<String> {
    let days = value.and_then(|value| value.strip_prefix('[')?.strip_suffix(']'));
    match days.filter(|_| doubt.field == "date") {
        Some(days) => days.split(',').map(str::to_owned).collect(),
        None if review::is_text(&doubt.path, &doubt.field) => {
            let kind = |rival: &&str| {
                doubt.field != "kind" || room.model.config.kinds.contains_key(*rival)
            };
            let rival = ingest::rival(&doubt.reason).filter(kind);
            rival.filter(|rival| Some(*rival) != value).map(str::to_owned).into_iter().collect()
        }
        None => Vec::new(),
    }
}

/// A reason, with what it quotes between backticks as code.
fn reason(reason: &str) -> String {
    let code = |(n, piece): (usize, &str)| match n % 2 {
        1 => format!("<code>{}</code>", text(piece)),
        _ => text(piece),
    };
    match reason.matches('`').count() % 2 {
        0 => reason.split('`').enumerate().map(code).collect(),
        _ => text(reason),
    }
}

/// The seed's lines around the one that tells of a doubt.
fn evidence(room: &Room<'_>, doubt: &Doubt) -> String {
    let Some(evidence) = &doubt.evidence else { return String::new() };
    seed_lines(room, &evidence.seed, (evidence.line, evidence.line))
}

/// Some lines of a seed, and those around them.
fn seed_lines(room: &Room<'_>, path: &str, (from, to): (usize, usize)) -> String {
    let bytes = Opened::new(room.disk).read(path).ok();
    let bytes = bytes.unwrap_or_default();
    let seed = ingest::seed_text(path, &bytes, None).unwrap_or_default();
    let on_page = ingest::seed_pages(path, &bytes, &seed).place(from);
    let first = from.saturating_sub(AROUND).max(1);
    let lines: String = seed
        .split('\n')
        .zip(1..)
        .skip(first - 1)
        .take_while(|(_, number)| *number <= to + AROUND)
        .map(|(line, number)| {
            let is_told = (from..=to).contains(&number);
            let class = if is_told { " class=\"marked\"" } else { "" };
            let line = if is_told {
                format!("<mark>{}</mark>", text(line.trim()))
            } else {
                text(line.trim())
            };
            format!("<li value=\"{number}\"{class}>{line}</li>\n")
        })
        .collect();
    let place = file(room, path, Some(from));
    if lines.is_empty() {
        return format!("<p class=\"file\">{place}: the seed has no such line</p>\n");
    }
    let on_page = on_page.map(|place| format!(" ({place})")).unwrap_or_default();
    format!("<ol class=\"lines\">\n{lines}</ol>\n<p class=\"file\">{place}{on_page}</p>\n")
}

/// Words that are missing in a text: the seed's lines, and what can be said of them.
pub(super) fn removed(room: &Room<'_>, removed: &Removed) -> String {
    let title = match room.model.document(&removed.path) {
        Some(card) if !card.record.title.is_empty() => card.record.title.clone(),
        _ => removed.path.clone(),
    };
    let title = text(&title);
    let heading = match room.model.slug(&removed.path) {
        Some(slug) => format!("<a href=\"/_review/documents/{}/\">{title}</a>", part(slug)),
        None => title.clone(),
    };
    let (first, last) = removed.lines;
    let hidden = |name: &str, value: &str| {
        format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", text(value))
    };
    let form = |fields: &str| {
        format!(
            "<form method=\"post\" action=\"/_review/accept\">\n{}{}{}{}{}{fields}\n</form>\n",
            hidden("token", room.token),
            hidden("path", &removed.path),
            hidden("first", &first.to_string()),
            hidden("last", &last.to_string()),
            hidden("back", ROOT),
        )
    };
    let lines =
        if first == last { format!("line {first}") } else { format!("lines {first} to {last}") };
    let corrected = form(&format!(
        "{}<button aria-label=\"It is a correction: {lines} of {title}\">It is a correction</button>",
        hidden("answer", "corrected"),
    ));
    let withheld = form(&format!(
        "{}<label><span>Reason</span><input name=\"reason\" autocomplete=\"off\" required \
         aria-label=\"Why {lines} of {title} are withheld\"></label>\n\
         <button aria-label=\"Withhold {lines} of {title}\">Withhold the {}</button>",
        hidden("answer", "withheld"),
        if first == last { "line" } else { "lines" },
    ));
    format!(
        "<li class=\"doubt\">\n<h3>{heading}</h3>\n<p class=\"why\"><b>{lines}</b> <q>{}</q></p>\n\
         <p class=\"file\">{}</p>\n{}{corrected}{withheld}</li>\n",
        text(&removed.words),
        file(room, &removed.path, Some(removed.position.line)),
        seed_lines(room, &format!("seeds/{}", removed.seed), removed.lines),
    )
}

/// The form that settles a doubt.
fn form(room: &Room<'_>, doubt: &Doubt, (title, choices): (&str, &[String]), back: &str) -> String {
    let line = doubt.evidence.as_ref().map(|evidence| evidence.line);
    let alike = |other: &&Doubt| {
        other.path == doubt.path
            && other.field == doubt.field
            && (line.is_none() || other.evidence.as_ref().map(|e| e.line) == line)
    };
    let count = room.model.doubts.iter().filter(alike).count();
    let hidden = |name: &str, value: &str| {
        format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", text(value))
    };
    let line = line.map(|line| hidden("line", &line.to_string())).unwrap_or_default();
    let (all, label) = match count {
        0 | 1 => (String::new(), "Accept".to_owned()),
        _ => (hidden("all", "1"), format!("Accept all {count} doubts about it")),
    };
    let choices: String = choices
        .iter()
        .map(|choice| {
            let choice = text(choice);
            format!(
                "<button class=\"choice\" name=\"choice\" value=\"{choice}\">{choice}</button>\n"
            )
        })
        .collect();
    format!(
        "<form method=\"post\" action=\"/_review/accept\">\n{}{}{}{}{line}{all}\
         <label><span>Other value</span><input name=\"value\" autocomplete=\"off\" \
         placeholder=\"as it is\" aria-label=\"Other value of {} in {}\"></label>\n\
         <button aria-label=\"{label}: {} of {}\">{label}</button>\n{choices}</form>\n",
        hidden("token", room.token),
        hidden("path", &doubt.path),
        hidden("field", &doubt.field),
        hidden("back", back),
        text(&doubt.field),
        text(title),
        text(&doubt.field),
        text(title),
    )
}
