//! The front matter of a page of the archive's own: about, contact, the introduction on the home page.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::document::{aliases, valid_slug};
use super::foreign;
use crate::fields::{Fields, Placed};
use crate::json_text;

/// A page that the maintainer wrote.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Page {
    /// Title.
    pub title: String,
    /// One sentence for search engines.
    pub description: Option<String>,
    /// Place in the site's navigation, lowest first; pages without one are linked in the footer.
    pub weight: Option<i64>,
    /// Slug of a document worth reading first, which the home page shows; in `content/index.md` only.
    pub featured: Option<Placed<String>>,
    /// Left out of a build without `--drafts`.
    pub draft: bool,
    /// URL path, else the file's name.
    pub slug: Option<Placed<String>>,
    /// Old URLs that lead here.
    pub aliases: Vec<Placed<String>>,
    /// Name of the template, if not `page.html`.
    pub template: Option<String>,
    /// Anything of the theme's or the maintainer's own.
    #[serde(with = "json_text")]
    pub extra: Map<String, Value>,
}

/// Reads the front matter of a page.
pub(super) fn read(fields: &Fields<'_, '_>) -> Page {
    let mut page = Page {
        title: fields.string("title").unwrap_or_default(),
        description: fields.string("description"),
        weight: fields.integer("weight"),
        featured: fields.placed("featured").filter(|slug| !slug.value.is_empty()),
        draft: fields.boolean("draft").unwrap_or(false),
        slug: fields.placed("slug").filter(|s| valid_slug(fields, s)),
        aliases: aliases(fields),
        template: fields.string("template"),
        extra: fields.anything("extra"),
    };
    foreign::read_page(fields, &mut page);
    page
}
