//! PDFs with a text → lines: pages part by form feeds, as in a text that a printer or `pdftotext` made, so that the
//! rules for running heads, folios and notes at the foot of a page hold.

mod dress;
mod korean;

use std::collections::HashMap;

use super::super::decode::{self, Refusal};
use super::super::furniture::Dropped;
use super::super::lexicon::surroundings::ACCOUNTS;
use super::super::text;
use super::format::Unread;
use super::office::Remark;
use super::{Format, Source, Stated};
use crate::pdf::{self, Fault, Line, Pdf, usual_size};
use dress::Dress;
use korean::Cuts;

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
    let cuts = Cuts::of(&pdf);
    let text = decode::clean(&written(&pdf, &cuts));
    let last = text.split('\n').count();
    let attached =
        |name: &String| Dropped { line: last, rule: "attached file", text: name.clone() };
    let is_first = |(number, line): &(usize, &str)| *number == 1 || line.contains('\u{C}');
    let firsts = (1..).zip(text.split('\n')).filter(is_first).map(|(number, _)| number);
    let beyond = firsts.zip(&pdf.pages).filter(|(_, page)| !page.beyond.is_empty());
    let beyond = beyond.map(|(line, page)| Dropped {
        line,
        rule: "outside of the page",
        text: page.beyond.clone(),
    });
    let dropped = beyond.chain(pdf.attachments.iter().map(attached)).collect();
    let remarks = if pdf.attachments.is_empty() { Vec::new() } else { vec![Remark::Attachments] };
    Ok(Source {
        format: Format::Page,
        text,
        dropped,
        told: told(&pdf),
        remarks,
        doubt: doubt(&pdf).map(|reason| (reason, 1)),
        doubts: cuts.doubt().map(|reason| (reason, 1)).into_iter().collect(),
        ..Source::default()
    })
}

/// All lines of all pages. A sign that would pair up as a mark is the document's own text.
fn written(pdf: &Pdf, cuts: &Cuts<'_>) -> String {
    let headings = Headings::of(pdf);
    let dress = Dress::of(pdf);
    let mut text = String::new();
    for (number, page) in pdf.pages.iter().enumerate() {
        if number > 0 {
            text.push_str("\n\n\u{C}");
        }
        let lines = &page.lines;
        let mut dressed = dress.lines(page);
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                text.push('\n');
            }
            match headings.mark(lines, at) {
                "" => text.push_str(&std::mem::take(&mut dressed[at])),
                mark => {
                    text.push_str(mark);
                    text.push_str(&dress.plain(line.text.trim()));
                }
            }
            if lines.get(at + 1).is_some_and(|next| cuts.are_between(line, next)) {
                // The sign of a broken word.
                text.push('\u{AD}');
            }
        }
    }
    text
}

/// Headings are set in larger letters than what is below them.
struct Headings {
    /// What the table of contents names, in letters and digits only, with its depth.
    outline: HashMap<String, usize>,
    /// The size in which most letters are set.
    body: f32,
    /// The size of the largest heading.
    largest: f32,
}

impl Headings {
    fn of(pdf: &Pdf) -> Self {
        let lines = || pdf.pages.iter().flat_map(|page| &page.lines);
        let body = usual_size(lines().map(|line| (line.size, line.text.len())));
        let outline = pdf.outline.iter().map(|(depth, title)| (letters(title), *depth)).collect();
        let mut headings = Self { outline, body, largest: f32::INFINITY };
        let marked = pdf.pages.iter().flat_map(|page| {
            let is_marked = |at: &usize| !headings.mark(&page.lines, *at).is_empty();
            (0..page.lines.len()).filter(is_marked).map(|at| page.lines[at].size)
        });
        headings.largest = marked.fold(0.0, f32::max);
        headings
    }

    /// The mark of a heading, if a line is one: alone, large, and above running text. A letterhead is none.
    fn mark(&self, lines: &[Line], at: usize) -> &'static str {
        const LARGE: f32 = 1.2;
        let line = &lines[at];
        let is_blank = |line: Option<&Line>| line.is_none_or(|line| line.text.trim().is_empty());
        let is_alone =
            is_blank(at.checked_sub(1).map(|at| &lines[at])) && is_blank(lines.get(at + 1));
        let text = line.text.trim();
        let is_title = (3..=120).contains(&text.len())
            && text.contains(char::is_alphabetic)
            && !text.ends_with('.');
        if !is_alone || !is_title {
            return "";
        }
        if let Some(depth) = self.outline.get(&letters(text)) {
            return ["# ", "## ", "### ", "#### "][(*depth).min(3)];
        }
        if line.size < LARGE * self.body {
            return "";
        }
        let below = lines[at + 1..].iter().skip_while(|line| line.text.trim().is_empty());
        let below: Vec<&Line> = below.take_while(|line| !line.text.trim().is_empty()).collect();
        let words = below.iter().map(|line| line.text.trim()).collect::<Vec<_>>().join(" ");
        let is_running = below.first().is_some_and(|first| first.size < LARGE * self.body)
            && text::length(&words) >= 80
            && text::ends_sentence(&words);
        match is_running {
            true if line.size >= self.largest * 0.98 => "# ",
            true => "## ",
            false => "",
        }
    }
}

/// A text without what programs write differently in a table of contents.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What the file says of itself.
fn told(pdf: &Pdf) -> Stated {
    let title = pdf.title.clone().filter(|title| !is_name_of_file(title));
    let author = pdf.author.clone().filter(|author| !is_account(author));
    Stated { title, author, by_program: true, ..Stated::default() }
}

/// Whether a title is the name of the file from which a program made the PDF.
fn is_name_of_file(title: &str) -> bool {
    let title = title.trim().to_lowercase();
    let ending = title.rsplit_once('.').map_or("", |(_, ending)| ending);
    title.starts_with("microsoft ")
        || title.starts_with("http://")
        || title.starts_with("https://")
        || title.starts_with("file:")
        || (2..=5).contains(&ending.len())
            && ending.bytes().all(|b| b.is_ascii_alphanumeric())
            && !ending.bytes().all(|b| b.is_ascii_digit())
}

/// Whether an author is the account of a machine, not a name.
fn is_account(author: &str) -> bool {
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
        for title in ["Microsoft Word - letter.doc", "letter.docx", "scan0001.tif"] {
            assert!(is_name_of_file(title), "{title}");
        }
        for title in ["Report on the camps", "Minutes, 3.5.1961", "Letter to the W.R.C."] {
            assert!(!is_name_of_file(title), "{title}");
        }
        assert!(is_account("Administrator") && !is_account("Jane Root"));
    }
}
