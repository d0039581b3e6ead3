//! One authority record taken into another: the text of the one that stays, in which nothing else
//! changes.

use super::edit::{Edit, quoted};
use super::{Authority, write};
use crate::diagnostic::{Diagnostic, SourceText};

/// A record that goes, or a name that documents use without a record.
#[derive(Debug, Clone)]
pub struct Merged<'a> {
    /// Its front matter; a title only, if there is no record.
    pub record: &'a Authority,
    /// Last part of its URL, which will lead to the one that stays.
    pub slug: &'a str,
    /// Its text.
    pub body: &'a str,
}

/// What a record is after another one was taken into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Union {
    /// The text of its file.
    pub text: String,
    /// Keys of the record that goes whose values the one that stays has no place for: it has its own.
    pub left: Vec<&'static str>,
}

/// Takes a record into another. A record that is only a name so far (no `source`) gets a file.
///
/// # Errors
///
/// If the file that stays cannot be changed: its front matter is broken, or is YAML.
pub fn merge(
    source: Option<SourceText<'_>>,
    stays: &Authority,
    goes: &Merged<'_>,
) -> Result<Union, Box<Diagnostic>> {
    let fresh;
    let source = match source {
        Some(source) => source,
        None => {
            fresh = write(stays, "");
            SourceText { path: "", text: &fresh }
        }
    };
    let mut edit = Edit::open(source)?;
    let other = goes.record;
    let known = |form: &str| form == stays.title || stays.aliases.iter().any(|a| a == form);
    let mut forms: Vec<String> = Vec::new();
    let acronym = other.acronym.as_ref();
    // Of two acronyms the second is one more form of the name.
    let second = acronym.filter(|_| stays.acronym.is_some() && stays.acronym.as_ref() != acronym);
    for form in [&other.title].into_iter().chain(&other.aliases).chain(second) {
        if !known(form) && !forms.contains(form) {
            forms.push(form.clone());
        }
    }
    edit.add_texts("aliases", &forms, &["title"]);
    let mut left = Vec::new();
    let dates = |record: &Authority| record.dates.as_ref().map(ToString::to_string);
    let single = [
        ("acronym", stays.acronym.clone(), other.acronym.clone()),
        ("sort_name", stays.sort_name.clone(), other.sort_name.clone()),
        ("country", stays.country.clone(), other.country.clone()),
        ("dates", dates(stays), dates(other)),
        ("url", stays.url.clone(), other.url.clone()),
        ("description", stays.description.clone(), other.description.clone()),
    ];
    let mut before = vec!["title", "aliases"];
    for (key, own, new) in single {
        match (own, new) {
            (None, Some(new)) => edit.set(key, &quoted(&new), &before),
            (Some(own), Some(new)) if own != new && key != "acronym" => left.push(key),
            _ => {}
        }
        before.push(key);
    }
    let mut slugs = vec![goes.slug.to_owned()];
    slugs.extend(other.merged.iter().cloned());
    slugs.retain(|slug| !stays.merged.contains(slug));
    before.push("slug");
    edit.add_texts("merged", &slugs, &before);
    for identifier in &other.identifiers {
        if !stays.identifiers.contains(identifier) {
            let pairs = [("scheme", identifier.scheme.as_str()), ("value", &identifier.value)];
            edit.add_table("identifiers", &pairs);
        }
    }
    if !other.extra.is_empty() {
        left.push("extra");
    }
    edit.append_body(goes.body);
    Ok(Union { text: edit.finish(), left })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::content::{Identifier, Record, parse};
    use crate::diagnostic::Report;

    fn record(text: &str) -> Authority {
        let source = SourceText { path: "content/organizations/a.md", text };
        let report = Report::new();
        let entry = parse(source, &Config::default(), &report).unwrap();
        assert!(!report.has_errors(), "{:?}", report.sorted());
        match entry.record {
            Record::Organization(record) => *record,
            _ => unreachable!("the folder says what it is"),
        }
    }

    #[test]
    fn the_one_that_stays_keeps_what_it_has_and_gets_what_it_lacks() {
        let text = "+++\r\ntitle = \"Human Rights Watch\" # since 1988\r\naliases = ['HRW Inc.']\r\n# seat\r\nurl = \"https://hrw.org\"\r\n+++\r\n\r\nFounded 1978.\r\n";
        let other = Authority {
            title: "Helsinki Watch".to_owned(),
            aliases: vec!["HRW Inc.".to_owned(), "Watch".to_owned()],
            acronym: Some("HW".to_owned()),
            url: Some("https://helsinki.org".to_owned()),
            identifiers: vec![Identifier {
                scheme: "ISNI".to_owned(),
                value: "0000000000000001".to_owned(),
            }],
            merged: vec!["old".to_owned()],
            ..Authority::default()
        };
        let goes = Merged { record: &other, slug: "helsinki-watch", body: "Older.\n" };
        let source = SourceText { path: "content/organizations/a.md", text };
        let union = merge(Some(source), &record(text), &goes).unwrap();
        assert_eq!(
            union.text,
            "+++\r\ntitle = \"Human Rights Watch\" # since 1988\r\naliases = ['HRW Inc.', \"Helsinki Watch\", \"Watch\"]\r\nacronym = \"HW\"\r\n# seat\r\nurl = \"https://hrw.org\"\r\nmerged = [\"helsinki-watch\", \"old\"]\r\n\r\n[[identifiers]]\r\nscheme = \"ISNI\"\r\nvalue = \"0000000000000001\"\r\n+++\r\n\r\nFounded 1978.\r\n\r\nOlder.\r\n"
        );
        assert_eq!(union.left, ["url"]);
        record(&union.text);
    }

    #[test]
    fn a_name_without_a_record_gets_one() {
        let stays = Authority { title: "A".to_owned(), ..Authority::default() };
        let other = Authority { title: "B".to_owned(), ..Authority::default() };
        let goes = Merged { record: &other, slug: "b", body: "" };
        let union = merge(None, &stays, &goes).unwrap();
        assert_eq!(union.text, "+++\ntitle = \"A\"\naliases = [\"B\"]\nmerged = [\"b\"]\n+++\n");
    }
}
