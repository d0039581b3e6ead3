//! Lock and site → where each published URL leads today, and the lock of the site as it is.
//!
//! A page that has another URL is found by what the lock knows of it: a document by its content file, by its
//! seed and the lines there, else by title and date; a name by any of its forms, or as a new name that differs
//! by a slip. What leads to two pages leads to none.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{DocumentWas, Line, Lock, PATH, Was, one_line, short};
use crate::archive::{Authority, AuthorityId, AuthorityKind, DocumentId};
use crate::content::name;
use crate::diagnostic::Diagnostic;
use crate::edtf::Day;
use crate::site::{Page, SitePlan};
use crate::site_path::file_at;

/// What became of a published URL at which the site has no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::site) enum Fate {
    /// It leads to a page.
    Page(Page),
    /// It leads to a page in a language of the interface, by its tag.
    InLanguage(String, Page),
    /// It was given up on a day.
    Removed(String),
    /// Nothing is there.
    Lost,
}

/// The fates of all published URLs at which the site has no page.
pub(in crate::site) type Fates = BTreeMap<String, Fate>;

/// Faults that are reported one by one.
const TOLD: usize = 50;

impl Lock {
    /// Where each URL leads at which `plan` has no page; `aliases` are the old URLs that content files name.
    pub(in crate::site) fn fates(
        &self,
        plan: &SitePlan<'_>,
        aliases: &BTreeMap<String, Page>,
    ) -> Fates {
        let finder = Finder { lock: self, plan, aliases, known: OnceCell::new() };
        let gone = self.lines.iter().filter(|(path, _)| {
            let file = file_at(path);
            plan.page_at(&file).is_none()
                && plan.page_in_language_at(&file).is_none()
                && !aliases.contains_key(&file)
        });
        let fate = |(path, line): (&String, &Line)| {
            (path.clone(), finder.fate_of(path, line, &mut BTreeSet::new()))
        };
        gone.map(fate).collect()
    }

    /// The lock once `plan` is published: what it held, and all URLs of today. `has` knows the files that are
    /// published.
    pub(in crate::site) fn renewed(
        &self,
        plan: &SitePlan<'_>,
        aliases: &BTreeMap<String, Page>,
        fates: &Fates,
        has: &dyn Fn(&str) -> bool,
    ) -> Self {
        let mut lock = self.clone();
        for (path, fate) in fates {
            match fate {
                Fate::Page(page) => lock.set(path.clone(), Was::Moved(plan.path(page))),
                Fate::InLanguage(tag, page) => {
                    let language = plan.config.languages.iter().find(|l| l.tag == *tag);
                    let path_there = language.map(|language| plan.path_in(language, page));
                    lock.set(
                        path.clone(),
                        Was::Moved(path_there.unwrap_or_else(|| plan.path(page))),
                    );
                }
                Fate::Removed(_) | Fate::Lost => {}
            }
        }
        for (file, page) in aliases.iter().filter(|(file, _)| has(file)) {
            if plan.page_at(file).is_none() {
                let path = file.strip_suffix("index.html").unwrap_or(file);
                lock.set(path.to_owned(), Was::Moved(plan.path(page)));
            }
        }
        for page in &plan.pages {
            if *page != Page::NotFound && has(&plan.file_of(page)) {
                lock.set(plan.path(page), was(plan, page));
            }
        }
        for language in &plan.config.languages {
            let files = plan.pages.iter().map(|page| (page, plan.file_in(language, page)));
            let is_there = |(page, file): &(&Page, String)| {
                **page != Page::NotFound && file.starts_with(&language.prefix) && has(file)
            };
            for (page, _) in files.filter(is_there) {
                let was = Was::InLanguage(language.tag.clone());
                lock.set(plan.path_in(language, page), was);
            }
        }
        lock
    }

    /// The same without the URLs that are lost: from a day on, a note is in their place.
    pub(in crate::site) fn without(&self, lost: &[&String], day: Day) -> Self {
        let mut lock = self.clone();
        for path in lost {
            lock.set((*path).clone(), Was::Removed(day.to_string()));
        }
        lock
    }

    /// A fault for each lost URL; `text` is that of the lock.
    pub(in crate::site) fn faults(
        &self,
        plan: &SitePlan<'_>,
        lost: &[&String],
        text: &str,
    ) -> Vec<Diagnostic> {
        let mut faults: Vec<Diagnostic> = lost
            .iter()
            .take(TOLD)
            .filter_map(|path| Some(fault(plan, path, self.lines.get(*path)?, text)))
            .collect();
        if let Some(more) = lost.len().checked_sub(TOLD).filter(|more| *more > 0) {
            let message = format!("{more} more published URLs would be dead");
            faults.push(Diagnostic::error(PATH, message).help(ACCEPT));
        }
        faults
    }
}

/// The fault of a lost URL.
fn fault(plan: &SitePlan<'_>, path: &str, line: &Line, text: &str) -> Diagnostic {
    let fault = Diagnostic::error(PATH, format!("the published URL `/{path}` would be dead"))
        .at(line.position(text))
        .expected("a page at every URL that was ever published, or one that it leads to");
    match &line.was {
        Was::Document(was) => fault.note(format!("it was the document `{}`", was.title)).help(
            format!(
                "bring `{}` back, or write `aliases = [\"/{path}\"]` in the file that has its text now, or \
                 `withdrawn = \"…\"` in its own with the reason; {ACCEPT}",
                was.file
            ),
        ),
        Was::Name { kind, name } => {
            let slug = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
            let folder = kind.folder();
            let whose = nearest_name(plan, *kind, name)
                .map_or_else(String::new, |near| format!(" of `{near}`"));
            fault.note(format!("it was the page of `{name}`, whom no document names any more")).help(
                format!(
                    "write `merged = [\"{slug}\"]` in the record{whose} in content/{folder}/, if that is who is \
                     meant; {ACCEPT}"
                ),
            )
        }
        Was::Own { file, title } => fault.note(format!("it was the page `{title}`")).help(format!(
            "bring `{file}` back, or write `aliases = [\"/{path}\"]` in the page that has its text now; {ACCEPT}"
        )),
        Was::Moved(to) => fault
            .note(format!("it led to `/{to}`, which is no page and leads to none"))
            .help(format!("write `aliases = [\"/{path}\"]` in the file that it must lead to; {ACCEPT}")),
        Was::Part | Was::InLanguage(_) | Was::Removed(_) => fault.help(ACCEPT),
    }
}

/// What is always possible.
const ACCEPT: &str =
    "`fonds build --accept-removed` gives the URL up and leaves a note there that says so";

/// What a page of today is known by.
fn was(plan: &SitePlan<'_>, page: &Page) -> Was {
    match page {
        Page::Document(id) => Was::Document(Box::new(document_was(plan, *id))),
        Page::Withdrawn(number) => {
            let tombstone = &plan.archive.tombstones[*number];
            let title = tombstone.withdrawn.title.clone().unwrap_or_default();
            let file = tombstone.path.clone();
            Was::Document(Box::new(DocumentWas { file, title, ..DocumentWas::default() }))
        }
        Page::Authority(id) => {
            let name = one_line(&plan.archive.authority(*id).record.title);
            Was::Name { kind: id.kind, name }
        }
        Page::Own(number) => {
            let own = plan.own_pages.all[*number].original;
            Was::Own { file: own.path.clone(), title: one_line(&own.record.title) }
        }
        Page::Collection(id) => {
            let collection = plan.archive.collection(*id);
            let file = collection.card.path.clone();
            Was::Own { file, title: one_line(&collection.card.record.title) }
        }
        _ => Was::Part,
    }
}

fn document_was(plan: &SitePlan<'_>, id: DocumentId) -> DocumentWas {
    let document = plan.archive.document(id);
    let source = document.record.source.as_ref();
    let of_source = |field: fn(&crate::content::Source) -> Option<&String>| {
        source.and_then(field).cloned().unwrap_or_default()
    };
    DocumentWas {
        file: document.path.clone(),
        date: document.record.date.as_ref().map(ToString::to_string).unwrap_or_default(),
        seed: one_line(&of_source(|source| source.seed.as_ref())),
        lines: source.and_then(|source| source.lines),
        checksum: short(&of_source(|source| source.sha256.as_ref())),
        title: one_line(&document.record.title),
    }
}

/// Looks for pages that have another URL than they had.
struct Finder<'a> {
    lock: &'a Lock,
    plan: &'a SitePlan<'a>,
    aliases: &'a BTreeMap<String, Page>,
    /// Made once something is looked for.
    known: OnceCell<Known>,
}

/// The pages of today, by what they are known by.
#[derive(Default)]
struct Known {
    files: FxHashMap<String, Page>,
    documents: Vec<DocumentWas>,
    checksums: FxHashMap<String, Vec<usize>>,
    seeds: FxHashMap<String, Vec<usize>>,
    titles: FxHashMap<(String, String), Vec<usize>>,
    pages_by_title: FxHashMap<String, Vec<Page>>,
    /// By the key of any form of a name.
    names: FxHashMap<String, Page>,
}

impl Known {
    fn of(plan: &SitePlan<'_>) -> Self {
        let mut known = Self::default();
        for id in plan.document_ids() {
            let (number, was) = (id.0 as usize, document_was(plan, id));
            known.files.insert(was.file.clone(), Page::Document(id));
            if !was.checksum.is_empty() {
                known.checksums.entry(was.checksum.clone()).or_default().push(number);
            }
            if !was.seed.is_empty() {
                known.seeds.entry(was.seed.clone()).or_default().push(number);
            }
            let title = (was.title.clone(), was.date.clone());
            known.titles.entry(title).or_default().push(number);
            known.documents.push(was);
        }
        for (number, tombstone) in plan.archive.tombstones.iter().enumerate() {
            known.files.insert(tombstone.path.clone(), Page::Withdrawn(number));
        }
        for (number, own) in plan.own_pages.all.iter().map(|page| page.original).enumerate() {
            known.files.insert(own.path.clone(), Page::Own(number));
            let title = one_line(&own.record.title);
            known.pages_by_title.entry(title).or_default().push(Page::Own(number));
        }
        for page in plan.pages.iter().filter(|page| matches!(page, Page::Collection(_))) {
            if let Was::Own { file, title } = was(plan, page) {
                known.files.insert(file, page.clone());
                known.pages_by_title.entry(title).or_default().push(page.clone());
            }
        }
        for (id, authority) in names(plan) {
            let page = Page::Authority(id);
            let record = &authority.record;
            for form in [&record.title].into_iter().chain(&record.aliases) {
                known.names.entry(name::key(form)).or_insert_with(|| page.clone());
            }
        }
        known
    }
}

/// Every name that has a page.
fn names<'a>(plan: &'a SitePlan<'_>) -> impl Iterator<Item = (AuthorityId, &'a Authority)> {
    let all = plan.organizations.iter().chain(&plan.people);
    all.map(|id| (*id, plan.archive.authority(*id)))
}

impl Finder<'_> {
    fn known(&self) -> &Known {
        self.known.get_or_init(|| Known::of(self.plan))
    }

    fn fate_of(&self, path: &str, line: &Line, seen: &mut BTreeSet<String>) -> Fate {
        if !seen.insert(path.to_owned()) {
            return Fate::Lost;
        }
        let found = match &line.was {
            Was::Document(was) => self.document(was),
            Was::Name { kind, name } => self.name(*kind, name),
            Was::Own { file, title } => self.own(file, title),
            Was::Part => return self.above(path, seen),
            Was::InLanguage(tag) => return self.in_language(path, tag, seen),
            Was::Moved(to) => return self.fate_at(to, seen),
            Was::Removed(day) => return Fate::Removed(day.clone()),
        };
        found.map_or(Fate::Lost, Fate::Page)
    }

    /// Where a page in a language of the interface leads: to the one that the same page in the default language
    /// leads to, in that language if the site still has it.
    fn in_language(&self, path: &str, tag: &str, seen: &mut BTreeSet<String>) -> Fate {
        let prefix = format!("{}/", tag.to_ascii_lowercase());
        let fate = self.fate_at(path.strip_prefix(&prefix).unwrap_or(path), seen);
        let is_spoken = self.plan.config.languages.iter().any(|language| language.tag == tag);
        match fate {
            Fate::Page(page) if is_spoken => Fate::InLanguage(tag.to_owned(), page),
            fate => fate,
        }
    }

    /// What is at a path, or where it leads.
    fn fate_at(&self, path: &str, seen: &mut BTreeSet<String>) -> Fate {
        let file = file_at(path);
        if let Some(page) = self.plan.page_at(&file).or_else(|| self.aliases.get(&file).cloned()) {
            return Fate::Page(page);
        }
        if let Some((language, page)) = self.plan.page_in_language_at(&file) {
            return Fate::InLanguage(language.tag.clone(), page);
        }
        match self.lock.lines.get(path) {
            Some(line) => self.fate_of(path, line, seen),
            None => Fate::Lost,
        }
    }

    /// Where a list leads that is no more: to the one above it.
    fn above(&self, path: &str, seen: &mut BTreeSet<String>) -> Fate {
        let folder = path.trim_end_matches('/');
        let parent = match folder.rsplit_once('/') {
            Some((list, number)) if number.bytes().all(|b| b.is_ascii_digit()) => {
                list.strip_suffix("/page").map_or(list, |list| list)
            }
            Some((parent, _)) => parent,
            None => "",
        };
        let parent = if parent.is_empty() { String::new() } else { format!("{parent}/") };
        let is_known = self.lock.lines.contains_key(&parent);
        match self.fate_at(&parent, seen) {
            Fate::Page(Page::Document(id)) if path.ends_with("/source/") => {
                let has_source = self.plan.has_source_page(id);
                Fate::Page(if has_source { Page::Source(id) } else { Page::Document(id) })
            }
            Fate::Lost if !is_known && !parent.is_empty() => self.above(&parent, seen),
            fate => fate,
        }
    }

    fn document(&self, was: &DocumentWas) -> Option<Page> {
        let known = self.known();
        let page = known.files.get(&was.file).cloned();
        page.or_else(|| {
            let number = self.by_lines(was).or_else(|| self.by_seed(was));
            let number = number.or_else(|| self.by_title(was))?;
            Some(Page::Document(DocumentId(u32::try_from(number).ok()?)))
        })
    }

    /// The document that has most of the same lines of the same seed, wherever the seed is now.
    fn by_lines(&self, was: &DocumentWas) -> Option<usize> {
        let same_seed = self.known().checksums.get(&was.checksum)?;
        let (first, last) = was.lines.unwrap_or((1, usize::MAX));
        let common = |number: &usize| {
            let (from, to) = self.known().documents[*number].lines.unwrap_or((1, usize::MAX));
            (last.min(to) + 1).saturating_sub(first.max(from))
        };
        let half = (last - first.min(last)) / 2;
        let best = same_seed.iter().copied().max_by_key(|n| (common(n), std::cmp::Reverse(*n)))?;
        (common(&best) > half).then_some(best)
    }

    /// The document of a seed that was edited: the only one, or the one of the same title or date.
    fn by_seed(&self, was: &DocumentWas) -> Option<usize> {
        let of_seed = self.known().seeds.get(&was.seed)?;
        let like = |is_like: &dyn Fn(&DocumentWas) -> bool| {
            only(of_seed.iter().copied().filter(|n| is_like(&self.known().documents[*n])))
        };
        let checksum_differs =
            |other: &DocumentWas| was.checksum.is_empty() || other.checksum != was.checksum;
        like(&|other| other.title == was.title)
            .or_else(|| like(&|other| !was.date.is_empty() && other.date == was.date))
            .or_else(|| {
                only(of_seed.iter().copied()).filter(|number| self.is_new_document(*number))
            })
            .filter(|number| checksum_differs(&self.known().documents[*number]))
    }

    /// The only document of the same title and date, if its URL is new.
    fn by_title(&self, was: &DocumentWas) -> Option<usize> {
        let key = (was.title.clone(), was.date.clone());
        let same = self.known().titles.get(&key).filter(|_| !was.title.is_empty())?;
        only(same.iter().copied()).filter(|number| self.is_new_document(*number))
    }

    fn is_new_document(&self, number: usize) -> bool {
        let id = u32::try_from(number).map(DocumentId);
        id.is_ok_and(|id| self.is_new(&Page::Document(id)))
    }

    fn own(&self, file: &str, title: &str) -> Option<Page> {
        let by_title = || {
            let same = self.known().pages_by_title.get(title)?;
            only(same.iter()).filter(|page| self.is_new(page)).cloned()
        };
        self.known().files.get(file).cloned().or_else(by_title)
    }

    /// The page of a name in one of its forms, be it that of a body that was taken for a person; else the only
    /// new page of a name that differs by a slip.
    fn name(&self, kind: AuthorityKind, name: &str) -> Option<Page> {
        let by_form = self.known().names.get(&name::key(name)).cloned();
        by_form.or_else(|| {
            let near = names(self.plan).filter(|(id, authority)| {
                id.kind == kind
                    && is_slip(name, &authority.record.title)
                    && self.is_new(&Page::Authority(*id))
            });
            only(near.map(|(id, _)| Page::Authority(id)))
        })
    }

    /// Whether a page has a URL at which there was no page when the site was last published.
    fn is_new(&self, page: &Page) -> bool {
        let line = self.lock.lines.get(&self.plan.path(page));
        line.is_none_or(|line| matches!(line.was, Was::Moved(_) | Was::Removed(_)))
    }
}

/// Letters of a name for each that may differ.
const LETTERS_OF_A_SLIP: usize = 8;

/// Whether two names differ by so little that one of them was mistyped. Numbers tell names apart.
fn is_slip(a: &str, b: &str) -> bool {
    let (a, b) = (name::key(a), name::key(b));
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    if digits(&a) != digits(&b) {
        return false;
    }
    let allowed = a.chars().count().min(b.chars().count()) / LETTERS_OF_A_SLIP;
    a.len().abs_diff(b.len()) <= 4 * allowed && strsim::damerau_levenshtein(&a, &b) <= allowed
}

fn nearest_name(plan: &SitePlan<'_>, kind: AuthorityKind, name: &str) -> Option<String> {
    let key = name::key(name);
    let allowed = key.chars().count() / 3;
    let near = names(plan).filter(|(id, _)| id.kind == kind);
    near.map(|(.., authority)| {
        let title = &authority.record.title;
        (strsim::damerau_levenshtein(&key, &name::key(title)), title)
    })
    .filter(|(distance, _)| *distance <= allowed)
    .min()
    .map(|(_, title)| title.clone())
}

/// The item of an iterator that gives one.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}
