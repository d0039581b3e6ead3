//! Seeds that are not read: one warning a kind, with a count and a few names.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::super::decode::Refusal;
use super::super::source::{Remark, Unread};
use crate::diagnostic::{Diagnostic, Report};
use crate::limits::Limit;

/// A seed that was set aside.
#[derive(Debug)]
pub(super) struct Aside {
    /// Path below `seeds/`.
    pub path: String,
    pub why: Why,
}

/// Why a seed is set aside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Why {
    /// Its name has a control character.
    Name,
    /// The system refuses to read it: what it says.
    Unreadable(String),
    Refused(Refusal),
}

/// What is said of one kind.
struct Words {
    /// Behind “the seed”, and behind “3 seeds”.
    one: &'static str,
    many: &'static str,
    expected: Cow<'static, str>,
    help: Cow<'static, str>,
}

/// What is said of a kind, in words that are the same for all of it.
fn say(one: &'static str, many: &'static str, expected: &'static str, help: &'static str) -> Words {
    Words { one, many, expected: expected.into(), help: help.into() }
}

const IGNORE: &str = "or name it in `ignore` below `[ingest]` in config.toml";

/// How many files a warning names besides the first.
const NAMED: usize = 3;

/// Warns of seeds that were set aside.
pub(super) fn warn(asides: Vec<Aside>, report: &Report) {
    let mut kinds: BTreeMap<Why, Vec<(String, Option<String>)>> = BTreeMap::new();
    for Aside { path, why } in asides {
        let (why, said) = match why {
            Why::Unreadable(said) => (Why::Unreadable(String::new()), Some(said)),
            why => (why, None),
        };
        kinds.entry(why).or_default().push((path, said));
    }
    for (why, mut files) in kinds {
        files.sort_unstable();
        let said = files[0].1.take();
        let paths: Vec<String> = files.into_iter().map(|(path, _)| path).collect();
        report.push(warning(&why, said, &paths));
    }
}

/// Says what files hold that their texts do not: who downloads a seed finds it there.
pub(super) fn remark<'s>(seeds: impl Iterator<Item = (&'s str, &'s [Remark])>, report: &Report) {
    let mut kinds: BTreeMap<Remark, Vec<String>> = BTreeMap::new();
    for (path, remark) in seeds.flat_map(|(path, all)| all.iter().map(move |one| (path, *one))) {
        kinds.entry(remark).or_default().push(path.to_owned());
    }
    for (remark, paths) in kinds {
        let (what, kept) = match remark {
            Remark::Changes => ("tracked changes", "is read as if all were accepted"),
            Remark::Comments => ("comments", "is read without them"),
            Remark::Hidden => ("hidden text", "is read without it"),
            Remark::Attachments => ("attached files", "is read without them"),
        };
        let message = match paths.len() {
            1 => format!("the seed holds {what}: its text {kept}"),
            n => format!("{n} seeds hold {what}: their text {kept}"),
        };
        let mut warning = Diagnostic::warning(format!("seeds/{}", paths[0]), message);
        if let Some(list) = listed(&paths[1..]) {
            warning = warning.note(format!("the others: {list}"));
        }
        report.push(
            warning.note("readers who download the seed can see it").help(
                "accept, reject or remove it in the program that made the file, if it is not for the public",
            ),
        );
    }
}

/// Why a seed is set aside, in words that follow its name.
pub(super) fn reason(why: &Why) -> &'static str {
    words(why).one
}

/// The one seed that was asked for cannot be read.
pub(super) fn fault(aside: Aside) -> Diagnostic {
    let Aside { path, why } = aside;
    let words = words(&why);
    let message = match why {
        Why::Unreadable(said) => said,
        _ => format!("the seed {}", words.one),
    };
    Diagnostic::error(format!("seeds/{path}"), message)
        .expected(words.expected)
        .help(format!("{}, {IGNORE}", words.help))
}

fn warning(why: &Why, said: Option<String>, paths: &[String]) -> Diagnostic {
    let words = words(why);
    let message = match paths.len() {
        1 => format!("the seed {} and is set aside", words.one),
        n => format!("{n} seeds {} and are set aside", words.many),
    };
    let mut warning = Diagnostic::warning(format!("seeds/{}", paths[0]), message);
    if let Some(said) = said {
        warning = warning.note(said);
    }
    if let Some(list) = listed(&paths[1..]) {
        warning = warning.note(format!("the others: {list}"));
    }
    warning.expected(words.expected).help(format!("{}, {IGNORE}", words.help))
}

/// A few of some paths, and how many more there are.
pub(super) fn listed(paths: &[String]) -> Option<String> {
    let mut names: Vec<String> =
        paths.iter().take(NAMED).map(|path| format!("`seeds/{path}`")).collect();
    match paths.len().saturating_sub(NAMED) {
        0 => {}
        more => names.push(format!("{more} more")),
    }
    let last = names.pop()?;
    Some(if names.is_empty() { last } else { format!("{} and {last}", names.join(", ")) })
}

fn words(why: &Why) -> Words {
    const TEXT: &str = "a text in UTF-8, UTF-16 or a common older encoding";
    match why {
        Why::Name => say(
            "has a control character in its name",
            "have control characters in their names",
            "a name without line breaks and other control characters",
            "rename the file",
        ),
        Why::Unreadable(_) => say(
            "cannot be read",
            "cannot be read",
            "a file that can be read",
            "check its permissions",
        ),
        Why::Refused(refusal) => match refusal {
            Refusal::Empty => say("is empty", "are empty", TEXT, "write its text into it"),
            Refusal::Binary => say("is not a text", "are not texts", TEXT, "convert it to text"),
            Refusal::Blank | Refusal::Furniture | Refusal::Ends { .. } => say(
                "has no text of a document in it",
                "have no text of a document in them",
                "more than menus, headers, notices and other page furniture",
                "save the document's own text in it",
            ),
            Refusal::Damaged => say(
                "is damaged",
                "are damaged",
                "a whole file, as an office program writes it",
                "save it again in an office program",
            ),
            Refusal::DamagedPdf => say(
                "is a damaged PDF",
                "are damaged PDFs",
                "a whole PDF",
                "save or print it again in the program that made it",
            ),
            Refusal::LargePdf => large_pdf(),
            Refusal::TooLarge(limit) => too_large(*limit),
            Refusal::TooDeep => say(
                "is nested too deeply",
                "are nested too deeply",
                "elements nested at most 200 deep",
                "save it again in another program",
            ),
            Refusal::Unread(unread) => unread_words(*unread),
        },
    }
}

fn large_pdf() -> Words {
    use Limit::{PdfMegabytes, PdfPages, PdfSeconds, PdfTextMegabytes};
    let [pages, text, seconds, memory] =
        [PdfPages, PdfTextMegabytes, PdfSeconds, PdfMegabytes].map(Limit::now);
    let expected = format!(
        "at most {pages} pages, {text} MiB of text, {seconds} seconds and {memory} MiB of memory"
    );
    let help = "save it in several files, or raise `pdf_pages`, `pdf_text_megabytes`, `pdf_seconds` or `pdf_megabytes` \
                below `[limits]` in config.toml";
    Words {
        one: "is a PDF that is too large, or too hard to read",
        many: "are PDFs that are too large, or too hard to read",
        expected: expected.into(),
        help: help.into(),
    }
}

fn too_large(limit: Limit) -> Words {
    let what = match limit {
        Limit::OfficeMegabytes => "MiB of text",
        Limit::TableCells => "cells",
        Limit::ListRecords => "records",
        _ => "elements",
    };
    Words {
        one: "is too large once it is unpacked",
        many: "are too large once they are unpacked",
        expected: format!("at most {} {what}", limit.now()).into(),
        help: format!("save it in several files, or raise {}", limit.told()).into(),
    }
}

fn unread_words(unread: Unread) -> Words {
    const READ: &str = "a text, a web page, an e-mail, an office text, a page image or a PDF";
    match unread {
        Unread::Table => say(
            "is a table",
            "are tables",
            "texts to read, or tables that `tables` below `[ingest]` in config.toml names",
            "if its rows describe documents, write `tables = [\"…\"]` with its path",
        ),
        Unread::Data => say(
            "is data for programs",
            "are data for programs",
            READ,
            "save the documents in it as texts",
        ),
        Unread::Records => say(
            "is a list of records",
            "are lists of records",
            "texts to read, or lists that `tables` below `[ingest]` in config.toml names",
            "if its records describe documents, write `tables = [\"…\"]` with its path",
        ),
        Unread::OutlookMail => say(
            "is an e-mail of Outlook",
            "are e-mails of Outlook",
            "an e-mail as `.eml`",
            "save it as `.eml` in another mail program, or convert it with `msgconvert`",
        ),
        Unread::OutlookBox => say(
            "is a mailbox of Outlook",
            "are mailboxes of Outlook",
            "a mailbox as `.mbox`, or e-mails as `.eml`",
            "convert it with `readpst`, which writes `.mbox`",
        ),
        Unread::OldOffice => say(
            "is an office file in a format that is not read",
            "are office files in formats that are not read",
            "an office text as `.docx`, `.odt` or `.rtf`",
            "save it as `.docx` in the program that made it",
        ),
        Unread::Locked => say(
            "is locked with a password",
            "are locked with passwords",
            "a file that opens without a password",
            "save it without a password",
        ),
        Unread::Slides => say(
            "is a presentation",
            "are presentations",
            READ,
            "save its text as a text, or as PDF",
        ),
        Unread::Picture => say(
            "is a picture that browsers do not show",
            "are pictures that browsers do not show",
            "page images as JPEG, PNG, WebP, GIF, TIFF or JPEG 2000",
            "save it as JPEG",
        ),
        Unread::Media => {
            say("is a recording", "are recordings", READ, "write down what it says in a text")
        }
        Unread::Archive => {
            say("is an archive of files", "are archives of files", READ, "unpack it into `seeds/`")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_told_once_with_a_few_names() {
        let report = Report::new();
        let asides = (1..=6).map(|n| Aside {
            path: format!("{n}.zip"),
            why: Why::Refused(Refusal::Unread(Unread::Archive)),
        });
        let empty = Aside { path: "e.txt".to_owned(), why: Why::Refused(Refusal::Empty) };
        warn(asides.chain([empty]).collect(), &report);
        let told: Vec<String> = report.sorted().into_iter().map(|d| d.message).collect();
        let many = "6 seeds are archives of files and are set aside";
        assert_eq!(told, [many, "the seed is empty and is set aside"]);
        let paths: Vec<String> = (2..=6).map(|n| format!("{n}.zip")).collect();
        let list = "`seeds/2.zip`, `seeds/3.zip`, `seeds/4.zip` and 2 more";
        assert_eq!(listed(&paths).as_deref(), Some(list));
        assert_eq!(listed(&[]), None);
    }
}
