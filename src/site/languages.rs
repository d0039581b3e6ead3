//! The interface in several languages: each but the default one is a plan of its own, whose pages have their paths
//! below its prefix, `/ko/`. What exists once (files beside the pages, sources, data) is at the path without it, and
//! all plans lead there.
//!
//! A page of the archive's own is translated by a file beside it: `about.ko.md` beside `about.md`. It keeps the
//! address, and so the pages of one language are those of another.

use super::views::{LanguageLink, TextLanguages};
use super::{Page, SitePlan};
use crate::archive::{self, Archive, TranslationCard};
use crate::config::{Config, Language, own_name};
use crate::diagnostic::Diagnostic;

/// The pages of the archive's own, as a language shows them.
pub struct OwnPages<'a> {
    /// The introduction, and whether it is in the language.
    pub home: Option<(&'a archive::Page, bool)>,
    /// The rest, in the order of the archive.
    pub all: Vec<OwnPage<'a>>,
    /// What translates no page, or says what follows from the page that it translates.
    faults: Vec<Diagnostic>,
}

/// A page of the archive's own.
pub struct OwnPage<'a> {
    /// The file in the default language, which gives the address.
    pub original: &'a archive::Page,
    /// The file that is shown.
    pub shown: &'a archive::Page,
    /// Whether that is in the language of the interface.
    pub translated: bool,
}

impl<'a> OwnPages<'a> {
    pub(super) fn of(
        archive: &'a Archive,
        config: &Config,
        language: Option<&'a Language>,
    ) -> Self {
        let pages = || archive.pages.iter().map(|page| &**page);
        let original_of = |page: &archive::Page| config.translation_of(&page.path);
        let translation = |path: &str| {
            let tag = language?.tag.as_str();
            pages().find(|page| {
                original_of(page).is_some_and(|(original, of)| original == path && of == tag)
            })
        };
        let originals = || pages().filter(|page| original_of(page).is_none());
        let shown = |original: &'a archive::Page| {
            let other = translation(&original.path);
            let (shown, translated) = (other.unwrap_or(original), other.is_some());
            OwnPage { original, shown, translated: translated || language.is_none() }
        };
        let home = archive.home.as_deref().map(shown);
        let paths: Vec<&str> = originals()
            .map(|page| page.path.as_str())
            .chain(archive.home.as_deref().map(|home| home.path.as_str()))
            .collect();
        let fault = |page: &archive::Page| {
            let (original, _) = original_of(page)?;
            fault_of(page, &original, paths.contains(&original.as_str()))
        };
        Self {
            home: home.map(|home| (home.shown, home.translated)),
            all: originals().map(shown).collect(),
            faults: if language.is_none() {
                pages().filter_map(fault).collect()
            } else {
                Vec::new()
            },
        }
    }
}

fn fault_of(page: &archive::Page, original: &str, is_there: bool) -> Option<Diagnostic> {
    if !is_there {
        return Some(
            Diagnostic::error(&page.path, format!("there is no `{original}` that it translates"))
                .expected("a translation of a page that is there in the default language")
                .help(format!("write `{original}`, or rename the file")),
        );
    }
    let record = &page.record;
    let key = [("slug", record.slug.is_some()), ("aliases", !record.aliases.is_empty())];
    let (key, _) = key.into_iter().find(|(_, is_set)| *is_set)?;
    Some(
        Diagnostic::error(&page.path, format!("`{key}` is set in a translation"))
            .expected(format!("the address that follows from `{original}`"))
            .help(format!("remove `{key}`, or write it in `{original}`")),
    )
}

/// Whether a language has a page of its own for one of the site.
pub(super) fn is_in(language: &Language, page: &Page) -> bool {
    match page {
        Page::Document(_) => language.documents,
        Page::Source(_) | Page::Withdrawn(_) => false,
        Page::Further(page, _) => is_in(language, page),
        _ => true,
    }
}

/// Which addresses that templates write lead to pages of a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguagePaths {
    prefix: String,
    documents: bool,
}

impl LanguagePaths {
    /// What an address of the site has before it, given its path from the root: that of a page ends in a slash.
    pub fn prefix_of(&self, path: &str) -> &str {
        let is_page = path.is_empty() || path.ends_with('/');
        let of_document = path.strip_prefix("documents/").filter(|rest| !rest.is_empty());
        let of_document =
            of_document.filter(|rest| !rest.starts_with("page/") && !rest.starts_with("order/"));
        let is_here =
            of_document.is_none_or(|rest| self.documents && rest.matches('/').count() < 2);
        if is_page && is_here { &self.prefix } else { "" }
    }
}

impl SitePlan<'_> {
    /// Whether it is the plan of the default language, which makes what exists once.
    pub fn is_main(&self) -> bool {
        self.language.is_none()
    }

    /// What the paths of this language begin with: nothing, or `ko/`.
    pub fn prefix(&self) -> &str {
        self.language.map_or("", |language| &language.prefix)
    }

    /// What the path of a page begins with in this language: nothing if the page exists once.
    pub(super) fn prefix_of(&self, page: &Page) -> &str {
        self.language.filter(|language| is_in(language, page)).map_or("", |l| &l.prefix)
    }

    /// Which addresses that templates write lead to pages of this language; none if all do.
    pub fn language_paths(&self) -> Option<LanguagePaths> {
        let language = self.language?;
        Some(LanguagePaths { prefix: language.prefix.clone(), documents: language.documents })
    }

    /// The language of the archive's own texts, where it is not that of the interface.
    pub(super) fn texts_language(&self) -> Option<&str> {
        self.language.map(|_| self.config.default_language.as_str())
    }

    /// The language of a text of the settings, where it is not that of the interface, given whether a language says it.
    pub(super) fn texts_language_unless(
        &self,
        is_translated: impl Fn(&Language) -> bool,
    ) -> Option<String> {
        let language = self.language.filter(|language| !is_translated(language));
        language.map(|_| self.config.default_language.clone())
    }

    /// The languages of a record's texts, where they are not that of the interface, given its translation.
    pub(super) fn text_languages(&self, translation: Option<&TranslationCard>) -> TextLanguages {
        let Some(own) = self.texts_language() else { return TextLanguages::default() };
        let said = translation.map(|translation| &translation.record);
        let lang = |is_said: Option<bool>| (is_said != Some(true)).then(|| own.to_owned());
        TextLanguages {
            title: lang(said.map(|said| said.title.is_some())),
            text: lang(translation.map(|translation| translation.body.is_some())),
            description: lang(said.map(|said| said.description.is_some())),
            country: lang(said.map(|said| said.country.is_some())),
            extent: lang(said.map(|said| said.extent.is_some())),
            history: lang(said.map(|said| said.history.is_some())),
            scope: lang(said.map(|said| said.scope.is_some())),
            conditions: lang(said.map(|said| said.conditions.is_some())),
        }
    }

    /// Whether a page says the same as that of the default language, in the words of that.
    pub(super) fn is_untranslated(&self, page: &Page) -> bool {
        match page {
            Page::Own(number) => !self.own_pages.all[*number].translated,
            _ => false,
        }
    }

    /// The full URL of a page as search engines know it: of one that is not translated, that of the default language.
    pub(super) fn address_in_language(&self, page: &Page) -> Option<String> {
        if self.is_untranslated(page) {
            return self.address(page);
        }
        self.has_address().then(|| self.full_url(page))
    }

    /// The path of a file that each language has one of: `ko/atom.xml`.
    pub fn path_in_language(&self, name: &str) -> String {
        [self.prefix(), name].concat()
    }

    /// The URL of such a file.
    pub(super) fn url_in_language(&self, name: &str) -> String {
        self.url_of(&self.path_in_language(name))
    }

    /// The URL of a page in a language of the settings, by its tag.
    pub(super) fn url_in(&self, tag: &str, page: &Page) -> String {
        let language = self.config.languages.iter().find(|language| language.tag == tag);
        language.map_or_else(|| self.url(page), |l| self.url_of(&self.path_in(l, page)))
    }

    /// The path of a page in a language of the settings.
    pub(super) fn path_in(&self, language: &Language, page: &Page) -> String {
        let prefix = if is_in(language, page) { language.prefix.as_str() } else { "" };
        [prefix, &self.path(page)].concat()
    }

    /// The page that a file is in another language than the default one, with that language.
    pub(super) fn page_in_language_at(&self, file: &str) -> Option<(&Language, Page)> {
        let languages = self.config.languages.iter();
        let mut found = languages.filter_map(|language| {
            let page = self.named_by(file.strip_prefix(&language.prefix)?)?;
            (self.file_in(language, &page) == file).then_some((language, page))
        });
        found.next()
    }

    /// The file that a page is in a language of the settings.
    pub(super) fn file_in(&self, language: &Language, page: &Page) -> String {
        let mut path = self.path_in(language, page);
        if path.ends_with('/') {
            path.push_str("index.html");
        }
        path
    }

    /// The languages in which a page can be read, the default one first; none if the site has one only. A language
    /// that has no such page leads to its first one.
    pub(super) fn languages_of(&self, page: &Page) -> Vec<LanguageLink> {
        if self.config.languages.is_empty() {
            return Vec::new();
        }
        let default = &self.config.default_language;
        let main = LanguageLink {
            name: own_name(default).to_owned(),
            tag: default.clone(),
            url: self.url_of(&self.navigable(page)),
            permanent_url: self.alternate(page, self.path(page)),
            current: self.is_main(),
            main: true,
        };
        let other = |language: &Language| {
            let is_there = is_in(language, page);
            let path = if is_there { self.navigable(page) } else { String::new() };
            let is_translated = is_there && self.is_translated_into(language, page);
            LanguageLink {
                tag: language.tag.clone(),
                name: language.name.clone(),
                url: self.url_of(&[language.prefix.as_str(), &path].concat()),
                permanent_url: is_translated
                    .then(|| self.alternate(page, self.path_in(language, page)))
                    .flatten(),
                current: is_there && self.language == Some(language),
                main: false,
            }
        };
        let mut all = vec![main];
        all.extend(self.config.languages.iter().map(other));
        if all.iter().filter(|link| link.permanent_url.is_some()).count() < 2 {
            all.iter_mut().for_each(|link| link.permanent_url = None);
        }
        all
    }

    /// The path that the switch between languages leads to: the note that there is no page is at no path of its own.
    fn navigable(&self, page: &Page) -> String {
        if *page == Page::NotFound { String::new() } else { self.path(page) }
    }

    /// The full URL of a page as a version in another language. Where a document has a translation, that is its
    /// version in another language, whatever that of the interface.
    fn alternate(&self, page: &Page, path: String) -> Option<String> {
        let has_own = match page {
            Page::NotFound | Page::Source(_) | Page::Withdrawn(_) => true,
            Page::Document(id) => self.has_translations(*id),
            _ => false,
        };
        (self.has_address() && !has_own).then(|| self.permanent_url_of(&path))
    }

    /// Whether a page of the archive's own is there in a language; any other page is.
    fn is_translated_into(&self, language: &Language, page: &Page) -> bool {
        let Page::Own(number) = page else { return true };
        let original = &self.own_pages.all[*number].original.path;
        let mut pages = self.archive.pages.iter();
        pages.any(|page| {
            self.config
                .translation_of(&page.path)
                .is_some_and(|(of, tag)| of == *original && tag == language.tag)
        })
    }

    /// The versions of a page in the languages of the site, for the sitemap: tag and full URL.
    pub fn alternates(&self, page: &Page) -> Vec<(String, String)> {
        let links = self.languages_of(page).into_iter();
        links.filter_map(|link| Some((link.tag, link.permanent_url?))).collect()
    }

    /// The full URL of a page in a language of the settings, if it is one of its own there.
    pub fn version_in(&self, language: &Language, page: &Page) -> Option<String> {
        let is_there = is_in(language, page) && self.is_translated_into(language, page);
        is_there.then(|| self.permanent_url_of(&self.path_in(language, page)))
    }

    /// What is wrong with the translations of pages, and with the addresses that languages take.
    pub fn language_faults(&self) -> Vec<Diagnostic> {
        let clash = |language: &Language| {
            let slug = language.prefix.trim_end_matches('/');
            let own = self.own_pages.all.iter().find(|page| page.original.slug == slug);
            let taxonomy = self.config.taxonomies.iter().any(|taxonomy| taxonomy.key == slug);
            let path = own.map(|own| own.original.path.as_str());
            let path = path.or_else(|| taxonomy.then_some("config.toml"))?;
            let tag = &language.tag;
            Some(
                Diagnostic::error(path, format!("the language `{tag}` has the page `/{slug}/`"))
                    .expected("another address")
                    .help("rename the file or the taxonomy, or give the page a `slug`"),
            )
        };
        let clashes = self.config.languages.iter().filter_map(clash);
        self.own_pages.faults.iter().cloned().chain(clashes).collect()
    }
}
