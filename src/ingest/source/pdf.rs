//! PDFs with a text → lines: pages part by form feeds, as in a text that a printer or `pdftotext` made, so that the
//! rules for running heads, folios and notes at the foot of a page hold.

use super::super::decode::{self, Refusal};
use super::super::furniture::Dropped;
use super::super::markdown;
use super::format::Unread;
use super::office::Remark;
use super::{Format, Source, Told};
use crate::pdf::{self, Fault, Pdf};

/// Reads a PDF.
///
/// # Errors
///
/// If it has a password, is damaged, or shows pictures of pages without a text.
pub(super) fn read(bytes: &[u8]) -> Result<Source, Refusal> {
    let pdf = pdf::read(bytes).map_err(|fault| match fault {
        Fault::Locked => Refusal::Unread(Unread::Locked),
        Fault::Damaged => Refusal::DamagedPdf,
        Fault::TooLarge => Refusal::LargePdf,
    })?;
    if !pdf.has_text() {
        return Err(Refusal::Binary);
    }
    let text = decode::clean(&text(&pdf));
    let last = text.split('\n').count();
    let attached =
        |name: &String| Dropped { line: last, rule: "attached file", text: name.clone() };
    let remarks = if pdf.attachments.is_empty() { Vec::new() } else { vec![Remark::Attachments] };
    Ok(Source {
        format: Format::Page,
        text,
        dropped: pdf.attachments.iter().map(attached).collect(),
        told: told(&pdf),
        remarks,
        doubt: doubt(&pdf).map(|reason| (reason, 1)),
        ..Source::default()
    })
}

/// All lines of all pages. A sign that would pair up as a mark is the document's own text.
fn text(pdf: &Pdf) -> String {
    let mut text = String::new();
    for (number, page) in pdf.pages.iter().enumerate() {
        if number > 0 {
            text.push_str("\n\n\u{C}");
        }
        for (at, line) in page.lines.iter().enumerate() {
            if at > 0 {
                text.push('\n');
            }
            text.push_str(line.text.trim_end());
        }
    }
    if markdown::has_pairs(&text) { markdown::escaped(&text) } else { text }
}

/// What the file says of itself.
fn told(pdf: &Pdf) -> Told {
    let title = pdf.title.clone().filter(|title| !is_name_of_file(title));
    let author = pdf.author.clone().filter(|author| !is_account(author));
    Told { title, author, by_program: true, ..Told::default() }
}

/// Whether a title is the name of the file from which a program made the PDF.
fn is_name_of_file(title: &str) -> bool {
    const MADE_BY: [&str; 3] = ["microsoft word", "microsoft powerpoint", "microsoft excel"];
    const UNNAMED: [&str; 8] = [
        "untitled",
        "document",
        "document1",
        "unbenannt",
        "sans titre",
        "sin título",
        "제목 없음",
        "about:blank",
    ];
    let title = title.trim().to_lowercase();
    let ending = title.rsplit_once('.').map_or("", |(_, ending)| ending);
    MADE_BY.iter().any(|program| title.starts_with(program))
        || UNNAMED.contains(&title.as_str())
        || title.starts_with("http://")
        || title.starts_with("https://")
        || title.starts_with("file:")
        || (2..=5).contains(&ending.len())
            && ending.bytes().all(|b| b.is_ascii_alphanumeric())
            && !ending.bytes().all(|b| b.is_ascii_digit())
}

/// Whether an author is the account of a machine, not a name.
fn is_account(author: &str) -> bool {
    const ACCOUNTS: [&str; 8] =
        ["root", "user", "admin", "administrator", "owner", "unknown", "anonymous", "scanner"];
    let author = author.trim().to_lowercase();
    ACCOUNTS.contains(&author.as_str()) || author.contains("microsoft office user")
}

/// What is doubtful about the text.
fn doubt(pdf: &Pdf) -> Option<String> {
    let untold = pdf.untold_pages();
    let pages: Vec<String> = untold.iter().take(8).map(usize::to_string).collect();
    let more = if untold.len() > 8 { " and more" } else { "" };
    match pages.as_slice() {
        [] if pdf.is_recognised() => {
            Some("the text was read from page images by a program".to_owned())
        }
        [] => None,
        [page] => Some(format!("page {page} is a picture without a text")),
        pages => Some(format!("pages {}{more} are pictures without a text", pages.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_and_accounts_are_no_evidence() {
        for title in ["Microsoft Word - letter.doc", "letter.docx", "untitled", "scan0001.tif"] {
            assert!(is_name_of_file(title), "{title}");
        }
        for title in ["Report on the camps", "Minutes, 3.5.1961", "Letter to the W.R.C."] {
            assert!(!is_name_of_file(title), "{title}");
        }
        assert!(is_account("Administrator") && !is_account("Jane Root"));
    }
}
