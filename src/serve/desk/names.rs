//! Names that are near each other, and the button that makes one of two.

use super::form::Form;
use super::html::{file, text};
use super::overview::{LIST, rest};
use super::{MERGE, ROOT, Room};
use crate::archive::{self, Archive, Audience, Authority, AuthorityKind};
use crate::diagnostic::{Diagnostic, Report};
use crate::disk::Disk;
use crate::pipeline;
use crate::review::{Merger, NearNames, Unsettled};

/// The list of near names, each pair with a button that merges them.
pub(super) fn html(room: &Room<'_>) -> String {
    let pairs = &room.model.near_names;
    if pairs.is_empty() {
        return String::new();
    }
    let list: String = pairs
        .iter()
        .take(LIST)
        .map(|pair| {
            format!(
                "<li>\n<p><b>{}</b> may be another form of <b>{}</b></p>\n\
                 <p class=\"file\">{}; the other one is {}</p>\n{}</li>\n",
                text(&pair.from),
                text(&pair.into),
                file(room, &pair.path, None),
                text(&pair.place),
                merger(room, pair),
            )
        })
        .collect();
    format!(
        "<section aria-labelledby=\"names\">\n<h2 id=\"names\">Near names</h2>\n\
         <p>If two are one, merge them: documents stay as they are, the name that goes becomes another form of the one that stays, and its \
         page leads on. If they are not, leave them.</p>\n\
         <ul class=\"pairs\">\n{list}</ul>\n{}</section>\n",
        rest(pairs.len())
    )
}

/// The form that makes one name of two.
fn merger(room: &Room<'_>, pair: &NearNames) -> String {
    let hidden = |(name, value): (&str, &str)| {
        format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", text(value))
    };
    let fields = [
        ("token", room.token),
        ("kind", pair.kind.folder()),
        ("from", &pair.from),
        ("into", &pair.into),
        ("back", ROOT),
    ];
    format!(
        "<form method=\"post\" action=\"{MERGE}\">\n{}<button aria-label=\"Merge {} into {}\">Merge</button>\n</form>\n",
        fields.map(hidden).concat(),
        text(&pair.from),
        text(&pair.into),
    )
}

/// Makes one name of two, as a form says; gives the files that changed.
pub(super) fn merge(form: &Form, disk: &Disk) -> Result<Vec<String>, Vec<Diagnostic>> {
    let report = Report::new();
    let config = pipeline::load_config(disk, &report);
    let entries = pipeline::load_content(disk, &config, &report);
    let kind = AuthorityKind::ALL.into_iter().find(|kind| kind.folder() == form.value("kind"));
    let Some(kind) = kind.filter(|_| !report.has_errors()) else { return Err(report.sorted()) };
    let archive = archive::assemble(entries.clone(), &Audience::everyone(), &report);
    let from = named(&archive, kind, form.value("from"))?;
    let into = named(&archive, kind, form.value("into"))?;
    let merger = Merger { disk, config: &config, folder: kind.folder() };
    let why = |why: Unsettled| why.faults("");
    let change = merger.merge(from, into).map_err(why)?;
    merger.check(&change, entries, &report)?;
    merger.write(&change).map_err(why)?;
    let paths = [Some(change.path.as_str()), change.deleted()];
    Ok(paths.into_iter().flatten().map(str::to_owned).collect())
}

fn named<'a>(
    archive: &'a Archive,
    kind: AuthorityKind,
    name: &str,
) -> Result<&'a Authority, Vec<Diagnostic>> {
    let mut authorities = archive.authorities(kind).iter();
    authorities.find(|authority| authority.record.title == name).ok_or_else(|| {
        let fault = Diagnostic::error("", format!("no name `{name}` is left"));
        vec![fault.help("the two may be one already: reload the page")]
    })
}
