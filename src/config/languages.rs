//! `[languages]`: the languages of the interface besides the default one.

use std::collections::BTreeMap;

use super::Config;
use crate::fields::{Fields, record};

record! {
    /// A language in which readers can have the interface, besides the default one.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Language(l, tag: &str) {
        /// BCP 47 tag: its key.
        tag: String = tag.to_owned(),
        /// What its pages have before their paths: `ko/`.
        prefix: String = format!("{}/", tag.to_ascii_lowercase()),
        /// Its name in itself, for the switch between languages.
        name: String = l.string("name").unwrap_or_else(|| own_name(&tag).to_owned()),
        /// The title of the site in it.
        title: Option<String>,
        /// One sentence on what the archive is, in it.
        description: Option<String>,
        /// Name of the holding archive in it.
        archive: Option<String>,
        /// Who publishes the site, in it.
        publisher: Option<String>,
        /// Whether each document has a page in it.
        documents: bool = l.boolean("documents").unwrap_or(true),
        /// Names of your own kinds in it: `[languages.ko.kinds.decree]`.
        kinds: BTreeMap<String, Names> = l.named_tables("kinds", names).into_iter().collect(),
        /// Names of your own taxonomies in it: `[languages.ko.taxonomies.box]`.
        taxonomies: BTreeMap<String, Names> = l.named_tables("taxonomies", names).into_iter().collect(),
    }
}

record! {
    /// What one of its kind is called, and several.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Names(n) {
        /// What one of them is called.
        name: Option<String>,
        /// What several of them are called; `name` if not given.
        plural: Option<String>,
    }
}

/// Languages in themselves: whoever looks for one may read no other.
const NAMES: [(&str, &str); 18] = [
    ("ar", "العربية"),
    ("de", "Deutsch"),
    ("en", "English"),
    ("es", "Español"),
    ("fa", "فارسی"),
    ("fr", "Français"),
    ("he", "עברית"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ru", "Русский"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
];

/// The name of a language in itself; its tag if that is not known.
pub fn own_name(tag: &str) -> &str {
    let known = |tag: &str| NAMES.iter().find(|(known, _)| *known == tag).map(|(_, name)| *name);
    known(tag).or_else(|| known(tag.split('-').next()?)).unwrap_or(tag)
}

/// Reads them, in the order of their tags. What is no tag, or the default language, is a fault.
pub(super) fn languages(f: &Fields<'_, '_>, default: &str) -> Vec<Language> {
    let read = f.named_tables("languages", |tag, l| {
        let is_free = tag.is_empty() || is_free(tag, default, l);
        let language = Language::read(l, tag);
        is_free.then_some(language)
    });
    let mut all: Vec<Language> = read.into_iter().flatten().collect();
    all.sort_by(|a, b| a.tag.cmp(&b.tag));
    all
}

fn names(key: &str, n: &Fields<'_, '_>) -> (String, Names) {
    (key.to_owned(), Names::read(n))
}

fn is_free(tag: &str, default: &str, l: &Fields<'_, '_>) -> bool {
    if !crate::fields::is_language_tag(tag) {
        l.fault(
            l.place_of(),
            format!("`{tag}` is not a language tag"),
            "a BCP 47 tag: two or three letters, such as `en`, `ko` or `pt-BR`",
            "write `[languages.ko]`, for Korean",
        );
        return false;
    }
    let is_default = tag.eq_ignore_ascii_case(default);
    if is_default {
        l.fault(
            l.place_of(),
            format!("`{tag}` is the `default_language`, which has no table"),
            "a table for each other language of the interface",
            "write `title` and `description` of the default language above all tables",
        );
    }
    !is_default
}

impl Config {
    /// The file that another one translates, and into what language: `content/pages/about.md` and `ko` of
    /// `content/pages/about.ko.md`, if the site has that language.
    pub fn translation_of(&self, path: &str) -> Option<(String, &str)> {
        let (stem, tag) = path.strip_suffix(".md")?.rsplit_once('.')?;
        let language = self.languages.iter().find(|language| language.tag == tag)?;
        Some((format!("{stem}.md"), &language.tag))
    }

    /// The same settings for each other language of the interface, in their order: what they name is named in that
    /// language.
    pub fn editions(&self) -> Vec<Self> {
        self.languages.iter().map(|language| self.in_language(language)).collect()
    }

    fn in_language(&self, language: &Language) -> Self {
        let mut own = self.clone();
        // Whoever cites the archive calls it alike in every language, unless it has a name in this one.
        own.archive.name = Some(self.archive_name().to_owned());
        let replace = |value: &mut Option<String>, by: &Option<String>| {
            if by.is_some() {
                value.clone_from(by);
            }
        };
        if let Some(title) = &language.title {
            own.title.clone_from(title);
        }
        replace(&mut own.description, &language.description);
        replace(&mut own.archive.name, &language.archive);
        replace(&mut own.archive.publisher, &language.publisher);
        for (key, names) in &language.kinds {
            if let Some(kind) = own.kinds.get_mut(key) {
                replace(&mut kind.name, &names.name);
                replace(&mut kind.plural, &names.plural.clone().or_else(|| names.name.clone()));
            }
        }
        for taxonomy in &mut own.taxonomies {
            let Some(names) = language.taxonomies.get(&taxonomy.key) else { continue };
            if let Some(name) = &names.name {
                taxonomy.name.clone_from(name);
            }
            if let Some(plural) = names.plural.as_ref().or(names.name.as_ref()) {
                taxonomy.plural.clone_from(plural);
            }
        }
        own
    }
}
