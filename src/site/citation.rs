//! A document as it is cited: as text, and as BibTeX, RIS and CSL-JSON.
//!
//! Sources: BibTeX by Patashnik (1988), RIS by Research Information Systems as Zotero reads it,
//! CSL-JSON 1.0.2. Organizations stay whole in all three.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::SitePlan;
use crate::archive::DocumentId;
use crate::content::Party;
use crate::edtf::EdtfDate;

/// What a citation says of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Citation {
    /// Title.
    pub title: String,
    /// Who is responsible for it: creators, else signatories.
    pub authors: Vec<Author>,
    /// Whom it is addressed to.
    pub recipients: Vec<Author>,
    /// Its date.
    pub date: Option<EdtfDate>,
    /// Its date in words, empty if undated.
    pub date_text: String,
    /// Language of the text.
    pub language: String,
    /// Zotero item type of its kind.
    pub zotero: String,
    /// RIS type of its kind.
    pub ris: String,
    /// Its kind in words.
    pub kind: String,
    /// Where it was made.
    pub place: Option<String>,
    /// Its first own symbol.
    pub number: Option<String>,
    /// Name of the archive.
    pub archive: String,
    /// Permanent URL.
    pub url: String,
    /// Slug, for keys.
    pub slug: String,
}

/// Somebody responsible for a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    /// A person, with the form under which catalogues sort it, if it is known.
    Person(String, Option<String>),
    /// An organization.
    Organization(String),
}

impl Author {
    /// The name as it is written.
    pub fn name(&self) -> &str {
        match self {
            Self::Person(name, _) | Self::Organization(name) => name,
        }
    }

    /// A person's name as `Family, Given`, if an authority record says how it is sorted.
    ///
    /// Family names come first in some languages and last in others, so nothing is guessed.
    pub fn sorted(&self) -> Option<&str> {
        match self {
            Self::Person(_, sorted) => sorted.as_deref(),
            Self::Organization(_) => None,
        }
    }
}

/// The citation of a document.
pub fn citation(plan: &SitePlan<'_>, id: DocumentId) -> Citation {
    let document = plan.archive.document(id);
    let record = &document.record;
    let kind = plan.config.kinds.get(&record.kind).or_else(|| plan.config.kinds.get("other"));
    let (zotero, ris) = kind.map_or(("document", "ELEC"), |k| (&k.zotero, &k.ris));
    let mut responsible = authors(plan, &record.creators, &document.links.creators);
    if responsible.is_empty() {
        responsible = authors(plan, &record.signatories, &document.links.signatories);
    }
    Citation {
        title: record.title.clone(),
        authors: responsible,
        recipients: authors(plan, &record.recipients, &document.links.recipients),
        date: record.date.clone(),
        date_text: record.date.as_ref().map(|d| plan.words.date(d)).unwrap_or_default(),
        language: plan.language_of(&record.language).to_owned(),
        zotero: zotero.to_owned(),
        ris: ris.to_owned(),
        kind: plan.kind_name(&record.kind),
        place: record.place.clone(),
        number: record.references.first().cloned(),
        archive: plan.config.archive_name().to_owned(),
        url: plan.permanent_url(&super::Page::Document(id)),
        slug: document.slug.clone(),
    }
}

fn authors(plan: &SitePlan<'_>, parties: &[Party], links: &[crate::archive::Link]) -> Vec<Author> {
    let mut authors = Vec::new();
    for (party, link) in parties.iter().zip(links) {
        let author = match (&party.person, link.person, link.organization) {
            (Some(_), Some(id), _) => {
                let record = &plan.archive.people[id.0 as usize].record;
                Author::Person(record.title.clone(), record.sort_name.clone())
            }
            (_, _, Some(id)) => {
                Author::Organization(plan.archive.organizations[id.0 as usize].record.title.clone())
            }
            _ => continue,
        };
        if !authors.contains(&author) {
            authors.push(author);
        }
    }
    authors
}

impl Citation {
    /// As a note in the style of the Chicago Manual of Style: author, “title,” date, archive, URL.
    pub fn chicago(&self) -> String {
        let names: Vec<&str> = self.authors.iter().map(Author::name).collect();
        let authors = match names[..] {
            [] => String::new(),
            [one] => one.to_owned(),
            [a, b] => format!("{a} and {b}"),
            [a, b, c] => format!("{a}, {b}, and {c}"),
            [first, ..] => format!("{first} et al."),
        };
        let title = self.title.trim_end_matches('.');
        let stop = if title.ends_with(['?', '!']) { "" } else { "," };
        let mut parts = vec![authors, format!("“{title}{stop}” {}", self.chicago_date())];
        parts.push(self.archive.clone());
        parts.push(self.url.clone());
        parts.retain(|part| !part.is_empty());
        format!("{}.", parts.join(", "))
    }

    fn chicago_date(&self) -> &str {
        if self.date_text.is_empty() { "n.d." } else { &self.date_text }
    }

    /// As a BibTeX entry.
    pub fn bibtex(&self) -> String {
        let report = self.zotero == "report";
        let mut out = format!("@{}{{{},\n", if report { "techreport" } else { "misc" }, self.slug);
        let mut field = |name: &str, value: &str| {
            if !value.is_empty() {
                let _ = writeln!(out, "  {name} = {{{value}}},");
            }
        };
        let names: Vec<String> = self.authors.iter().map(bibtex_name).collect();
        field("author", &names.join(" and "));
        field("title", &format!("{{{}}}", tex(&self.title)));
        if let Some((year, month, day)) = self.date.as_ref().and_then(EdtfDate::stated) {
            field("year", &year.to_string());
            field("month", &month.map(|m| m.to_string()).unwrap_or_default());
            field("day", &day.map(|d| d.to_string()).unwrap_or_default());
        }
        field("date", self.date.as_ref().map(EdtfDate::as_str).unwrap_or_default());
        field(if report { "type" } else { "howpublished" }, &tex(&self.kind));
        field("number", &tex(self.number.as_deref().unwrap_or_default()));
        field("address", &tex(self.place.as_deref().unwrap_or_default()));
        field(if report { "institution" } else { "publisher" }, &tex(&self.archive));
        field("langid", &self.language);
        field("url", &tex_url(&self.url));
        out.push_str("}\n");
        out
    }

    /// As a RIS record; lines end with CR LF.
    pub fn ris(&self) -> String {
        let mut out = String::new();
        let mut line = |tag: &str, value: &str| {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            if !value.is_empty() {
                let _ = write!(out, "{tag}  - {value}\r\n");
            }
        };
        line("TY", &self.ris);
        for author in &self.authors {
            line("AU", &ris_name(author));
        }
        for recipient in &self.recipients {
            line("A2", &ris_name(recipient));
        }
        line("TI", &self.title);
        if let Some((year, month, day)) = self.date.as_ref().and_then(EdtfDate::stated) {
            let two = |n: Option<u8>| n.map(|n| format!("{n:02}")).unwrap_or_default();
            line("PY", &format!("{year:04}"));
            line("DA", &format!("{year:04}/{}/{}/", two(month), two(day)));
        }
        line("CY", self.place.as_deref().unwrap_or_default());
        line("PB", &self.archive);
        line("SN", self.number.as_deref().unwrap_or_default());
        line("LA", &self.language);
        line("UR", &self.url);
        out.push_str("ER  - \r\n");
        out
    }

    /// As a CSL-JSON list of one item.
    pub fn csl(&self) -> Value {
        let names = |authors: &[Author]| -> Vec<Value> {
            authors
                .iter()
                .map(|a| match a.sorted().and_then(|s| s.split_once(", ")) {
                    Some((family, given)) => json!({ "family": family, "given": given }),
                    None => json!({ "literal": a.name() }),
                })
                .collect()
        };
        let kind = match self.zotero.as_str() {
            "letter" => "personal_communication",
            "report" => "report",
            "magazineArticle" => "article-magazine",
            _ => "document",
        };
        let mut item = json!({
            "id": self.slug, "type": kind, "title": self.title, "genre": self.kind,
            "language": self.language, "archive": self.archive, "URL": self.url,
        });
        if !self.authors.is_empty() {
            item["author"] = names(&self.authors).into();
        }
        if !self.recipients.is_empty() {
            item["recipient"] = names(&self.recipients).into();
        }
        if let Some(number) = &self.number {
            item["number"] = number.as_str().into();
        }
        if let Some(place) = &self.place {
            item["publisher-place"] = place.as_str().into();
        }
        if let Some(date) = &self.date {
            item["issued"] = csl_date(date);
        }
        json!([item])
    }
}

fn csl_date(date: &EdtfDate) -> Value {
    let Some((year, month, day)) = date.stated() else {
        return json!({ "literal": date.as_str() });
    };
    let mut parts = vec![year];
    parts.extend(month.map(i32::from));
    parts.extend(day.map(i32::from));
    let mut issued = json!({ "date-parts": [parts] });
    if !date.is_certain() {
        issued["circa"] = true.into();
    }
    issued
}

fn bibtex_name(author: &Author) -> String {
    match author {
        Author::Organization(name) | Author::Person(name, None) => format!("{{{}}}", tex(name)),
        Author::Person(_, Some(sorted)) => tex(sorted),
    }
}

/// A comma would split an organization's name into family and given name, so it is dropped.
fn ris_name(author: &Author) -> String {
    author.sorted().map_or_else(|| author.name().replace(',', ""), str::to_owned)
}

/// Text with the characters that TeX reads as commands written so that they print.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
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

/// A URL inside BibTeX's `url`, which `\url` prints as it is: only unbalanced braces would harm.
fn tex_url(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Citation {
        Citation {
            title: "Letter to R&D, 100 % {open} \\ ~".to_owned(),
            authors: vec![
                Author::Organization("Skadden, Arps, Slate, Meagher & Flom LLP".to_owned()),
                Author::Person(
                    "Stephen J. Solarz".to_owned(),
                    Some("Solarz, Stephen J.".to_owned()),
                ),
                Author::Person("Ban Ki-moon".to_owned(), None),
            ],
            recipients: vec![Author::Organization("UN Member States".to_owned())],
            date: Some("2009-11~".parse().unwrap()),
            date_text: "about November 2009".to_owned(),
            language: "en".to_owned(),
            zotero: "letter".to_owned(),
            ris: "PCOMM".to_owned(),
            kind: "Letter".to_owned(),
            place: Some("New York".to_owned()),
            number: Some("A/HRC/25/63".to_owned()),
            archive: "An Archive".to_owned(),
            url: "https://example.org/documents/a_b/".to_owned(),
            slug: "a-letter".to_owned(),
        }
    }

    #[test]
    fn an_independent_reader_gets_the_same_from_bibtex() {
        use biblatex::{Bibliography, ChunksExt};
        let text = letter().bibtex();
        let bibliography = Bibliography::parse(&text).unwrap();
        let entry = bibliography.get("a-letter").unwrap();
        let authors = entry.author().unwrap();
        assert_eq!(authors[0].name, "Skadden, Arps, Slate, Meagher & Flom LLP");
        assert_eq!(
            (authors[1].name.as_str(), authors[1].given_name.as_str()),
            ("Solarz", "Stephen J.")
        );
        assert_eq!(authors[2].name, "Ban Ki-moon");
        let title = entry.title().unwrap().format_verbatim();
        assert!(title.contains("R&D") && title.contains("{open}"), "{title}");
    }

    #[test]
    fn ris_keeps_organizations_whole() {
        let ris = letter().ris();
        assert!(ris.starts_with("TY  - PCOMM\r\n") && ris.ends_with("ER  - \r\n"), "{ris}");
        assert!(ris.contains("AU  - Skadden Arps Slate Meagher & Flom LLP\r\n"), "{ris}");
        assert!(ris.contains("DA  - 2009/11//\r\n"), "{ris}");
    }

    #[test]
    fn csl_marks_what_is_about() {
        let csl = letter().csl();
        assert_eq!(csl[0]["issued"], json!({ "date-parts": [[2009, 11]], "circa": true }));
        assert_eq!(csl[0]["author"][1], json!({ "family": "Solarz", "given": "Stephen J." }));
    }

    #[test]
    fn a_note_in_chicago_style() {
        let mut citation = letter();
        citation.title = "Real or Illusory?".to_owned();
        citation.authors.truncate(1);
        assert_eq!(
            citation.chicago(),
            "Skadden, Arps, Slate, Meagher & Flom LLP, “Real or Illusory?” about November 2009, An Archive, https://example.org/documents/a_b/."
        );
    }
}
