//! A citation as a BibTeX entry.
//!
//! Sources: Patashnik, BibTeXing (1988), for the fields of `@misc` and `@techreport`; the biblatex
//! manual 3.20, 2.2, for `date`, `langid`, `organization` and `url`. Older styles ignore those.

use std::fmt::Write as _;

use super::{Author, Citation};
use crate::content::name::Parts;
use crate::edtf::EdtfDate;

/// BibTeX's own names of the months, which stand without braces.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl Citation {
    /// As a BibTeX entry.
    pub fn bibtex(&self) -> String {
        let report = self.zotero == "report";
        let mut out = format!("@{}{{{},\n", if report { "techreport" } else { "misc" }, self.slug);
        let mut field = |name: &str, value: &str| {
            if !value.is_empty() {
                let _ = writeln!(out, "  {name} = {value},");
            }
        };
        let names: Vec<String> = self.authors.iter().map(name).collect();
        field("author", &braced(names.join(" and ")));
        field("title", &braced(braced(tex(&self.title))));
        if let Some((year, month, _)) = self.date.as_ref().and_then(EdtfDate::stated) {
            field("year", &braced(year.to_string()));
            let month = month.and_then(|m| MONTHS.get(usize::from(m).checked_sub(1)?));
            field("month", month.copied().unwrap_or_default());
        }
        // After `year`, so that readers of both take the day from here.
        field("date", &braced(self.date.as_ref().map(biblatex_date).unwrap_or_default()));
        field(if report { "type" } else { "howpublished" }, &braced(tex(&self.kind)));
        if report {
            field("institution", &braced(tex(self.institution())));
            field("number", &braced(tex(self.number.as_deref().unwrap_or_default())));
        } else {
            field("organization", &braced(tex(&self.archive)));
        }
        field("address", &braced(tex(self.place.as_deref().unwrap_or_default())));
        field("note", &braced(tex(&self.note_field(report))));
        field("langid", &braced(self.language.clone()));
        field("url", &braced(address(self.url.as_deref().unwrap_or_default())));
        out.push_str("}\n");
        out
    }

    /// Who issued a report: the first organization among its authors, else the archive.
    pub(in crate::site) fn institution(&self) -> &str {
        self.organization().unwrap_or(&self.archive)
    }

    /// The court that gave a judgment, if the document names it.
    pub(in crate::site) fn court(&self) -> Option<&str> {
        self.organization().filter(|_| self.zotero == "case")
    }

    /// The first organization among the authors.
    fn organization(&self) -> Option<&str> {
        let organization = self.authors.iter().find(|a| matches!(a, Author::Organization(_)));
        organization.map(Author::name)
    }

    /// What the entry's own fields have no place for.
    fn note_field(&self, report: bool) -> String {
        let number = self.number.as_deref().filter(|_| !report);
        let archive = (report && self.institution() != self.archive).then_some(&*self.archive);
        number.into_iter().chain(archive).collect::<Vec<_>>().join(", ")
    }
}

fn braced(value: String) -> String {
    if value.is_empty() { value } else { format!("{{{value}}}") }
}

/// A name between braces is not taken apart; one that says how it is sorted may be.
fn name(author: &Author) -> String {
    match author.parts() {
        None => format!("{{{}}}", tex(author.name())),
        Some(Parts { family, given, suffix: None }) => tex(&format!("{family}, {given}")),
        Some(Parts { family, given, suffix: Some(suffix) }) => {
            tex(&format!("{family}, {suffix}, {given}"))
        }
    }
}

/// The date where biblatex can read it: sets are beyond it, and an open end is written as nothing.
fn biblatex_date(date: &EdtfDate) -> String {
    let text = date.as_str();
    if text.contains(['[', '{']) { String::new() } else { text.replace("..", "") }
}

/// Text with the characters that TeX reads as commands written so that they print.
fn tex(text: &str) -> String {
    let balanced = balanced(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // BibTeX counts even a brace behind a backslash.
            '{' if !balanced => out.push_str("\\textbraceleft{}"),
            '}' if !balanced => out.push_str("\\textbraceright{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn balanced(text: &str) -> bool {
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return false,
            '}' => depth -= 1,
            _ => {}
        }
    }
    depth == 0
}

/// A URL inside BibTeX's `url`, which `\url` prints as it is: only unbalanced braces would harm.
fn address(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D")
}
