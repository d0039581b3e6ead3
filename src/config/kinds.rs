//! `[kinds]`: what documents are, by the keys that front matter uses.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::fields::Fields;

/// What a document can be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kind {
    /// Its name in the interface's default language, one document; built-in kinds take the theme's.
    pub name: Option<String>,
    /// The same, several documents.
    pub plural: Option<String>,
    /// The Zotero item type, which decides how it is cited.
    pub zotero: String,
    /// Type in a RIS file.
    pub ris: String,
    /// The template of its documents' pages, if not `document.html`.
    pub template: Option<String>,
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
        let known = kinds.get(key);
        let or_known = |own: Option<String>, known: Option<&String>, otherwise: &str| {
            own.or_else(|| known.cloned()).unwrap_or_else(|| otherwise.to_owned())
        };
        let kind = Kind {
            name: k.string("name"),
            plural: k.string("plural"),
            zotero: or_known(k.string("zotero"), known.map(|kind| &kind.zotero), "document"),
            ris: or_known(k.string("ris"), known.map(|kind| &kind.ris), "ELEC"),
            template: k.string("template"),
        };
        (key.to_owned(), kind)
    });
    kinds.extend(own);
    kinds
}
