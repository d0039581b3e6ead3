//! `[taxonomies]`: by what documents are browsed besides kinds, languages and topics, in the archive's own terms:
//! boxes, campaigns, provinces.

use super::RESERVED;
use crate::fields::{Fields, record};
use crate::slug::heading_slug;

record! {
    /// A property of the archive's own by which documents are browsed. The table `[taxonomies]` of a document's front
    /// matter says which terms it has; a term that holds `/` is below another one.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Taxonomy(t, key: &str) {
        /// Its key in front matter, and the first part of its URLs.
        key: String = key.to_owned(),
        /// What one term is: `Box`; the key if not given.
        name: String = t.string("name").unwrap_or_else(|| with_capital(&key)),
        /// All of them: `Boxes`.
        plural: String = t.string("plural").unwrap_or_else(|| name.clone()),
        /// Whether each term has an Atom feed.
        feed: bool,
        /// Whether the main navigation leads to it.
        navigation: bool,
        /// The template of the page of all terms, if not `choices.html`.
        template: Option<String>,
        /// The template of the pages of its terms, if not `documents.html`.
        term_template: Option<String>,
    }
}

/// Reads them, in the order of their keys.
pub(super) fn taxonomies(f: &Fields<'_, '_>) -> Vec<Taxonomy> {
    let mut all = f.named_tables("taxonomies", |key, t| {
        let is_part_of_urls = !key.is_empty() && heading_slug(key) == key;
        if !is_part_of_urls && !key.is_empty() {
            let slug = heading_slug(key);
            t.fault(
                t.place_of(),
                format!("the taxonomy `{key}` cannot be part of an address"),
                "a key of small letters, digits and hyphens",
                format!("write `[taxonomies.{}]`", if slug.is_empty() { "box" } else { &slug }),
            );
        } else if is_taken(key) {
            t.fault(
                t.place_of(),
                format!("the site itself creates the page `/{key}/`"),
                "a key that the site does not use itself",
                format!("write `[taxonomies.own-{key}]`"),
            );
        }
        Taxonomy::read(t, key)
    });
    all.retain(|taxonomy| heading_slug(&taxonomy.key) == taxonomy.key && !is_taken(&taxonomy.key));
    all.sort_by(|a, b| a.key.cmp(&b.key));
    all
}

/// Whether the site has files of its own below a path.
fn is_taken(key: &str) -> bool {
    RESERVED.contains(&key) || ["corrections", "changes", "page", "seeds"].contains(&key)
}

fn with_capital(key: &str) -> String {
    let mut letters = key.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
