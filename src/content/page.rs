//! The front matter of a page of the archive's own: about, contact, the introduction on the home page.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::document::{aliases, slug};
use super::foreign;
use crate::fields::{Fields, Placed, record};
use crate::json_text;

record! {
    /// A page that the maintainer wrote.
    #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
    pub struct Page(fields) {
        /// Title.
        title: String,
        /// One sentence for search engines.
        description: Option<String>,
        /// Place in the site's navigation, lowest first; pages without one are linked in the footer.
        weight: Option<i64>,
        /// Slug of a document that the home page shows; in `content/index.md` only.
        featured: Option<Placed<String>> = fields.placed("featured").filter(|slug| !slug.value.is_empty()),
        /// Left out of a build without `--drafts`.
        draft: bool,
        /// URL path, else the file's name.
        slug: Option<Placed<String>> = slug(fields),
        /// Old URLs that redirect here, from the root of the site.
        aliases: Vec<Placed<String>> = aliases(fields),
        /// Name of the template, if not `page.html`.
        template: Option<String>,
        /// Your own keys, or keys of the theme.
        #[serde(with = "json_text")]
        extra: Map<String, Value>,
    }
}

/// Reads the front matter of a page.
pub(super) fn read(fields: &Fields<'_, '_>) -> Page {
    let mut page = Page::read(fields);
    foreign::read_page(fields, &mut page);
    page
}
