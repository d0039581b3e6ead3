//! `[kinds]`: what documents are, by the keys that front matter uses.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::fields::{Fields, record};

record! {
    /// What a document can be.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Kind(k, known: Option<&Kind>) {
        /// Its name, one document.
        name: Option<String>,
        /// Its name, several documents.
        plural: Option<String>,
        /// The Zotero item type, which decides how it is cited.
        zotero: String = k
            .string("zotero")
            .unwrap_or_else(|| known.map_or("document", |kind| &kind.zotero).to_owned()),
        /// Type in a RIS file.
        ris: String = k
            .string("ris")
            .unwrap_or_else(|| known.map_or("ELEC", |kind| &kind.ris).to_owned()),
        /// The template of its documents' pages, if not `document.html`.
        template: Option<String>,
    }
}

/// The kinds that every archive has: key, Zotero item type, RIS type.
const KINDS: [(&str, &str, &str); 16] = [
    ("letter", "letter", "PCOMM"),
    ("open-letter", "letter", "PCOMM"),
    ("memorandum", "report", "RPRT"),
    ("article", "magazineArticle", "MGZN"),
    ("report", "report", "RPRT"),
    ("press-release", "document", "ELEC"),
    ("statement", "document", "ELEC"),
    ("resolution", "document", "ELEC"),
    ("minutes", "document", "ELEC"),
    ("telegram", "letter", "PCOMM"),
    ("notice", "document", "ELEC"),
    ("interview", "interview", "PCOMM"),
    ("judgment", "case", "CASE"),
    ("schedule", "document", "ELEC"),
    ("email", "email", "ICOMM"),
    ("other", "document", "ELEC"),
];

pub(super) fn built_in_kinds() -> BTreeMap<String, Kind> {
    KINDS
        .iter()
        .map(|(key, zotero, ris)| {
            let kind = Kind {
                name: None,
                plural: None,
                zotero: (*zotero).to_owned(),
                ris: (*ris).to_owned(),
                template: None,
            };
            ((*key).to_owned(), kind)
        })
        .collect()
}

pub(super) fn kinds(f: &Fields<'_, '_>) -> BTreeMap<String, Kind> {
    let mut kinds = built_in_kinds();
    let own = f.named_tables("kinds", |key, k| {
        if !key.is_empty() && crate::slug::heading_slug(key).is_empty() {
            k.fault(
                k.place_of(),
                format!("the kind `{key}` has no letter"),
                "a key with letters or digits, which give its page an address",
                "write it in words",
            );
        }
        (key.to_owned(), Kind::read(k, kinds.get(key)))
    });
    kinds.extend(own);
    kinds
}
