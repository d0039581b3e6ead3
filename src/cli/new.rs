//! `fonds new`: a content file with the front matter that its kind must have.

use clap::{Args, Subcommand};

use super::inputs::Opened;
use super::{Done, Failure, Global, Terminal, clock};
use crate::content::edit::quoted;
use crate::content::{self, Authority, Document};
use crate::diagnostic::nearest;
use crate::edtf::{Day, EdtfDate};
use crate::slug;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A document
    Document {
        /// Its title
        title: String,
        /// When it was made, such as 2008-11-19, 2008-11 or 2008~
        #[arg(long, value_parser = |text: &str| text.parse::<EdtfDate>())]
        date: Option<EdtfDate>,
        /// What it is
        #[arg(long, default_value = "letter")]
        kind: String,
    },
    /// The authority record of an organization
    Organization {
        /// The preferred form of its name
        name: String,
    },
    /// The authority record of a person
    Person {
        /// The preferred form of the name
        name: String,
    },
    /// A page of the archive's own
    Page {
        /// Its title
        title: String,
    },
}

pub(super) fn run(global: &Global, arguments: &Arguments, terminal: &Terminal) -> Done {
    let Opened { disk, config, .. } = Opened::without_faults(global)?;
    if let What::Document { kind, .. } = &arguments.what {
        check_kind(kind, config.kinds.keys().map(String::as_str))?;
    }
    let path = path(&arguments.what)?;
    if !disk.write_new(&path, text(&arguments.what, clock::today()?).as_bytes())? {
        return Err(Failure::usage(
            format!("`{path}` already exists"),
            "edit that file, or choose another name",
        ));
    }
    terminal.data(path);
    Ok(())
}

fn check_kind<'a>(kind: &str, known: impl Iterator<Item = &'a str>) -> Done {
    let known: Vec<&str> = known.collect();
    if known.contains(&kind) {
        return Ok(());
    }
    let help = nearest(kind, known.iter().copied()).map_or_else(
        || format!("write one of {}", known.join(", ")),
        |near| format!("write `--kind {near}`"),
    );
    Err(Failure::usage(format!("unknown kind `{kind}`"), help))
}

fn path(what: &What) -> Result<String, Failure> {
    let (folder, name) = match what {
        What::Document { title, .. } => ("documents", title),
        What::Organization { name } => ("organizations", name),
        What::Person { name } => ("people", name),
        What::Page { title } => ("pages", title),
    };
    let slug = slug::short_slug(name);
    if slug.is_empty() {
        return Err(Failure::usage(
            format!("no file name can be made from `{name}`"),
            "use at least one letter or digit",
        ));
    }
    Ok(format!("content/{folder}/{slug}.md"))
}

/// The file's text; a document bears today as the day on which it was added.
fn text(what: &What, today: Day) -> String {
    match what {
        What::Document { title, date, kind } => {
            let (title, date, kind) = (title.clone(), date.clone(), kind.clone());
            let added = today.to_string().parse().ok();
            content::write(&Document { title, date, kind, added, ..Document::default() }, "")
        }
        What::Organization { name } | What::Person { name } => {
            content::write(&Authority { title: name.clone(), ..Authority::default() }, "")
        }
        What::Page { title } => format!("+++\ntitle = {}\n+++\n", quoted(title)),
    }
}
