//! `fonds merge`: two records of one organization or person become one; documents stay as they are, since
//! their names lead to it through its aliases.

use clap::Args;
use similar::{ChangeTag, TextDiff};

use super::inputs::Opened;
use super::words::{counted, visible};
use super::{Done, Failure, Global, Terminal};
use crate::archive::{self, Archive, Authority};
use crate::content::name;
use crate::diagnostic::nearest;
use crate::disk::Disk;
use crate::files::Sources;
use crate::review::{Change, Merger};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The record to delete: any form of its name, its file, or the last part of its URL
    from: String,
    /// The record to keep, named in the same way
    into: String,
    /// Look among people only
    #[arg(long, conflicts_with = "organization")]
    person: bool,
    /// Look among organizations only
    #[arg(long)]
    organization: bool,
    /// Show what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(global: &Global, arguments: &Arguments, terminal: &Terminal) -> Done {
    let opened = Opened::at(global)?;
    let entries = opened.entries();
    let Opened { disk, config, report } = opened;
    if report.has_errors() {
        return Err(Failure::Faults(report.sorted()));
    }
    let archive = archive::assemble(entries.clone(), &archive::Audience::everyone(), &report);
    let folders = Folders { archive: &archive, arguments };
    let (from, into) = folders.pair()?;
    let merger = Merger { disk: &disk, config: &config, folder: from.folder };
    let change = merger.merge(from.authority, into.authority)?;
    merger.check(&change, entries, &report).map_err(Failure::Faults)?;
    if arguments.dry_run {
        show(&change, &disk, terminal);
        return Ok(());
    }
    merger.write(&change)?;
    tell(&change, from, into, terminal);
    Ok(())
}

/// Where names are looked for.
struct Folders<'a> {
    archive: &'a Archive,
    arguments: &'a Arguments,
}

/// A record, or a name without one.
#[derive(Clone, Copy)]
struct Found<'a> {
    folder: &'static str,
    authority: &'a Authority,
}

impl<'a> Folders<'a> {
    fn all(&self) -> impl Iterator<Item = Found<'a>> + use<'a> {
        let organizations = Some(&self.archive.organizations)
            .filter(|_| !self.arguments.person)
            .into_iter()
            .flat_map(|all| all.iter())
            .map(|authority| Found { folder: "organizations", authority });
        let people = Some(&self.archive.people)
            .filter(|_| !self.arguments.organization)
            .into_iter()
            .flat_map(|all| all.iter())
            .map(|authority| Found { folder: "people", authority });
        organizations.chain(people)
    }

    fn pair(&self) -> Result<(Found<'a>, Found<'a>), Failure> {
        let (from, into) = (&self.arguments.from, &self.arguments.into);
        let (mut a, mut b) = (self.named(from)?, self.named(into)?);
        // A name that both folders have means the one that the other name is found in.
        a.retain(|one| b.iter().any(|other| other.folder == one.folder));
        b.retain(|one| a.iter().any(|other| other.folder == one.folder));
        match (&a[..], &b[..]) {
            ([one], [other]) if std::ptr::eq(one.authority, other.authority) => {
                Err(Failure::usage(
                    format!(
                        "`{from}` and `{into}` are already names of `{}`",
                        one.authority.record.title
                    ),
                    "there is nothing to merge",
                ))
            }
            ([one], [other]) => Ok((*one, *other)),
            ([], _) | (_, []) => Err(Failure::usage(
                format!("of `{from}` and `{into}` one is a person, the other an organization"),
                "name two people or two organizations",
            )),
            _ => Err(Failure::usage(
                format!("`{from}` and `{into}` are names of people and of organizations"),
                "add `--person` or `--organization`",
            )),
        }
    }

    /// Those that a name leads to, at most one of each folder.
    fn named(&self, wanted: &str) -> Result<Vec<Found<'a>>, Failure> {
        let place = wanted.strip_prefix("./").unwrap_or(wanted);
        let by_place = |found: &Found<'_>| {
            let path = found.authority.path.as_deref();
            path.is_some_and(|p| p == place || p.strip_suffix(".md") == Some(place))
        };
        let by_slug = |found: &Found<'_>| {
            found.authority.slug == place
                || format!("{}/{}", found.folder, found.authority.slug) == place
        };
        let key = name::key(wanted);
        let by_name = |found: &Found<'_>| {
            let record = &found.authority.record;
            [&record.title].into_iter().chain(&record.aliases).any(|form| name::key(form) == key)
        };
        let by_acronym = |found: &Found<'_>| {
            found.authority.record.acronym.as_ref().is_some_and(|a| name::key(a) == key)
        };
        let ways: [&dyn Fn(&Found<'_>) -> bool; 4] = [&by_place, &by_name, &by_slug, &by_acronym];
        let found = ways.iter().map(|way| self.all().filter(way).collect::<Vec<_>>());
        if let Some(found) = found.into_iter().find(|found| !found.is_empty()) {
            return Ok(found);
        }
        let names: Vec<String> =
            self.all().map(|found| found.authority.record.title.to_lowercase()).collect();
        let near = nearest(&wanted.to_lowercase(), names.iter().map(String::as_str));
        let near = near.and_then(|near| {
            self.all().find(|found| found.authority.record.title.to_lowercase() == near)
        });
        let help = match near {
            Some(near) => {
                format!("write `{}`, if that is what you mean", near.authority.record.title)
            }
            None => "write the name as in a document or a record".to_owned(),
        };
        Err(Failure::usage(format!("no person or organization is named `{wanted}`"), help))
    }
}

/// Prints the lines that would change.
fn show(change: &Change, disk: &Disk, terminal: &Terminal) {
    let old = disk.read(&change.path).unwrap_or_default();
    let old = String::from_utf8_lossy(&old);
    terminal.data(format_args!("--- {}", change.path));
    for line in TextDiff::from_lines(old.as_ref(), change.union.text.as_str()).iter_all_changes() {
        let sign = match line.tag() {
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
            ChangeTag::Equal => continue,
        };
        terminal
            .data(format_args!("{sign}{}", visible(line.value().trim_end_matches(['\r', '\n']))));
    }
    if let Some(path) = change.deleted() {
        terminal.data(format_args!("deleted: {path}"));
    }
}

fn tell(change: &Change, from: Found<'_>, into: Found<'_>, terminal: &Terminal) {
    let (gone, stays) = (from.authority, into.authority);
    let mut documents: Vec<_> = gone.documents.iter().map(|(_, id)| *id).collect();
    documents.dedup();
    terminal.say(format_args!(
        "`{}` is now one more name of `{}`, in {}",
        gone.record.title, stays.record.title, change.path
    ));
    terminal.say(format_args!(
        "/{0}/{1}/ redirects to /{0}/{2}/; {3} affected",
        from.folder,
        gone.slug,
        stays.slug,
        counted(documents.len(), "document")
    ));
    if !change.union.left.is_empty() {
        terminal.say(format_args!(
            "not added to the remaining record: {}",
            change.union.left.join(", ")
        ));
    }
    let restore = match change.deleted() {
        Some(path) => {
            format!("{path} is deleted; to undo this, restore it and {}", change.path)
        }
        None => format!("to undo this, restore {}", change.path),
    };
    terminal.say(format_args!("{restore} from your version control"));
}
