//! A sink that writes nothing and remembers what can be broken: every link inside the site must lead
//! to a file of the same build, every fragment to an id, and an id may occur on a page only once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::sync::Arc;

use parking_lot::Mutex;

use super::address::{Site, Target};
use super::external;
use super::origins::Origins;
use super::page::{self, Page};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::edtf::Day;
use crate::files::{FileError, Sink};
use crate::limits::Limit;
use crate::site_path::{CHECKSUMS, check_site_path};

/// Takes the files of a build to check their links.
pub(in crate::cli) struct LinkChecker {
    site: Site,
    /// What the paths of pages in other languages than the default one begin with.
    prefixes: Vec<String>,
    /// Files by path; those without links are empty pages.
    files: Mutex<Pages>,
    /// Those of the site before, which can be taken over.
    before: Pages,
    /// The same paths by their lower case.
    names: Mutex<HashMap<String, String>>,
}

/// What can be broken in each file of a site, by its path.
pub(in crate::cli) type Pages = BTreeMap<String, Arc<Page>>;

/// What was looked at.
pub(in crate::cli) struct Checked {
    /// Links of the site.
    pub(in crate::cli) links: usize,
    /// Addresses of other sites that were asked now, and that were known from before.
    pub(in crate::cli) external: Option<(usize, usize)>,
}

/// Files whose faults keep them out of the site: by the last parts of their URLs.
#[derive(Debug, Default)]
pub(in crate::cli) struct Lost(pub(in crate::cli) BTreeSet<String>);

impl Lost {
    /// Whether one of the files might have made the target of a link.
    fn may_be(&self, target: &Target) -> bool {
        let Target::File { path, .. } = target else { return false };
        // A document also makes the pages of its creators, its kind, its topics.
        let made = ["organizations", "people", "years", "kinds", "languages", "topics", "seeds"];
        // Below the prefix of a language, if it is another than the default one.
        let is_made = path.split('/').take(2).any(|part| made.contains(&part));
        let is_named = || path.split(['/', '.']).any(|part| self.0.contains(part));
        !self.0.is_empty() && (is_made || is_named())
    }
}

/// A fault that may be on many pages: what is wrong, and the address as it is written.
type Fault = (String, String);

impl LinkChecker {
    pub(in crate::cli) fn new(config: &Config) -> Self {
        Self::after(Pages::new(), config)
    }

    /// One that takes over files of the site before, of which it has the pages.
    pub(in crate::cli) fn after(before: Pages, config: &Config) -> Self {
        // `publish` adds the list of checksums to the files of a build.
        let listed = Pages::from([(CHECKSUMS.to_owned(), Arc::default())]);
        let prefixes = config.languages.iter().map(|language| language.prefix.clone()).collect();
        Self {
            site: Site::of(config),
            prefixes,
            files: Mutex::new(listed),
            before,
            names: Mutex::default(),
        }
    }

    /// Reports what is broken; links to other sites are asked only if `external` says the day. Links to pages
    /// that `lost` may have made are not judged.
    pub(in crate::cli) fn check(
        &self,
        origins: &Origins<'_>,
        external: Option<Day>,
        lost: &Lost,
        report: &Report,
    ) -> Checked {
        let files = self.files.lock();
        let ids: BTreeMap<&str, BTreeSet<&str>> = files
            .iter()
            .map(|(path, page)| (path.as_str(), page.ids.iter().map(String::as_str).collect()))
            .collect();
        let mut faults: BTreeMap<Fault, Vec<&str>> = BTreeMap::new();
        let (mut links, mut outside) = (0, BTreeMap::<&str, Vec<&str>>::new());
        for (path, page) in &*files {
            links += page.links.len();
            let broken = page.links.iter().filter_map(|address| {
                let target = self.site.resolve(path, address);
                Some((fault(&target, &ids)?, address.clone())).filter(|_| !lost.may_be(&target))
            });
            for fault in broken.chain(faults_of_ids(page, &ids[path.as_str()])) {
                let pages = faults.entry(fault).or_default();
                if pages.last() != Some(&path.as_str()) {
                    pages.push(path);
                }
            }
        }
        for (path, page) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
            for address in &page.links {
                if self.site.resolve(path, address) == Target::Outside {
                    outside.entry(address).or_default().push(path);
                }
            }
        }
        let links_to_report = |severity| Reporter {
            severity,
            base_path: &self.site.base_path,
            prefixes: &self.prefixes,
            origins,
            per_file: BTreeMap::new(),
            report,
        };
        let mut reporter = links_to_report(Severity::Error);
        for ((message, address), pages) in faults {
            reporter.report(message, &address, pages);
        }
        reporter.finish();
        let Some(today) = external else { return Checked { links, external: None } };
        let answers = external::ask(outside.keys().map(|a| (*a).to_owned()), today);
        let mut reporter = links_to_report(Severity::Warning);
        for (address, why) in &answers.faults {
            let mut pages = outside[address.as_str()].clone();
            pages.dedup();
            reporter.report(format!("a link to another site is dead: {why}"), address, pages);
        }
        reporter.finish();
        Checked { links, external: Some((answers.asked, answers.remembered)) }
    }
}

impl LinkChecker {
    /// What can be broken in each file, for the check of the next site.
    pub(in crate::cli) fn pages(&self) -> Pages {
        self.files.lock().clone()
    }

    /// The file whose path differs from this one in capital letters only, if there is one.
    fn namesake(&self, path: &str) -> Option<String> {
        let mut names = self.names.lock();
        let other = names.entry(path.to_lowercase()).or_insert_with(|| path.to_owned());
        (other != path).then(|| other.clone())
    }
}

impl Sink for LinkChecker {
    fn keep(&self, path: &str) -> bool {
        let Some(page) = self.before.get(path).filter(|_| self.namesake(path).is_none()) else {
            return false;
        };
        self.files.lock().insert(path.to_owned(), Arc::clone(page));
        true
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        let refuse = |why: String| FileError {
            action: "write",
            path: path.to_owned(),
            source: io::Error::new(io::ErrorKind::InvalidFilename, why),
        };
        check_site_path(path).map_err(|why| refuse(why.to_owned()))?;
        let has_links = [".html", ".xml", ".svg"].iter().any(|end| path.ends_with(end));
        let page = if has_links { page::read(bytes) } else { Page::default() };
        // As `publish` has it: what a build would refuse, a check refuses too.
        if let Some(other) = self.namesake(path) {
            let why = "and hosts may not tell the two apart";
            return Err(refuse(format!("the site already has `{other}`, {why}")));
        }
        self.files.lock().insert(path.to_owned(), Arc::new(page));
        Ok(())
    }
}

/// What is wrong with the target of a link.
fn fault(target: &Target, ids: &BTreeMap<&str, BTreeSet<&str>>) -> Option<String> {
    match target {
        Target::Outside => None,
        Target::Wrong(why) => Some(format!("a link is wrong: {why}")),
        Target::File { path, fragment } => match (ids.get(path.as_str()), fragment) {
            (None, _) if ids.contains_key(format!("{path}/index.html").as_str()) => {
                Some("a link to a folder lacks its final slash".to_owned())
            }
            (None, _) => Some(format!("a link is dead: the site has no `{path}`")),
            (Some(ids), Some(id)) if !ids.contains(id.as_str()) && has_ids(path) => {
                Some(format!("a link is dead: `{path}` has no id `{id}`"))
            }
            _ => None,
        },
    }
}

fn has_ids(path: &str) -> bool {
    path.ends_with(".html") || path.ends_with(".svg")
}

/// Ids that occur twice, and references to ids that do not exist.
fn faults_of_ids<'a>(
    page: &'a Page,
    ids: &'a BTreeSet<&str>,
) -> impl Iterator<Item = Fault> + use<'a> {
    let mut seen = BTreeSet::new();
    let twice = page.ids.iter().filter(move |id| !seen.insert(id.as_str()));
    let twice = twice.map(|id| (format!("the id `{id}` occurs twice on a page"), id.clone()));
    let dead = page.references.iter().filter(|id| !ids.contains(id.as_str()));
    let dead = dead
        .map(|id| (format!("a label refers to the id `{id}`, which does not exist"), id.clone()));
    twice.chain(dead)
}

/// Reports links of one severity, each at its place in a content file.
struct Reporter<'a> {
    severity: Severity,
    base_path: &'a str,
    /// What the paths of pages in other languages than the default one begin with.
    prefixes: &'a [String],
    origins: &'a Origins<'a>,
    /// How many links of each content file there are: to find the places of thousands takes longer than all else.
    per_file: BTreeMap<&'a str, usize>,
    report: &'a Report,
}

impl<'a> Reporter<'a> {
    /// Reports an address in each content file that has it; of the other pages all at once.
    fn report(&mut self, message: String, address: &str, mut pages: Vec<&str>) {
        self.leave_out_translated(&mut pages);
        let origins: &'a Origins<'a> = self.origins;
        let written = [address, address.strip_prefix(self.base_path).unwrap_or_default()];
        let fault = self.diagnostic(message).help("correct or remove the link");
        let at = |path: &str| Diagnostic { path: path.to_owned(), ..fault.clone() };
        let mut without_place = Vec::new();
        for page in pages {
            if origins.file(page).is_some_and(|path| self.is_one_too_many(path)) {
                continue;
            }
            match origins.place(page, &written) {
                Some((path, position)) => {
                    self.report.push(at(path).at(position).note(format!("on the page `{page}`")))
                }
                None => without_place.push(page),
            }
        }
        let Some(first) = without_place.first() else { return };
        let diagnostic = at(origins.file(first).unwrap_or(first))
            .note(format!("`{address}` on the page `{first}`"));
        self.report.push(match without_place.len() {
            1 => diagnostic,
            n => diagnostic.note(format!("and on {} more", super::counted(n - 1, "page"))),
        });
    }

    /// Leaves out the pages whose fault is that of the same page in the default language: both are made of one text.
    fn leave_out_translated(&self, pages: &mut Vec<&str>) {
        let all: BTreeSet<&str> = pages.iter().copied().collect();
        let is_in_default = |page: &str| {
            let main = self.prefixes.iter().filter_map(|prefix| page.strip_prefix(prefix));
            main.into_iter().any(|page| all.contains(page))
        };
        pages.retain(|page| !is_in_default(page));
    }

    /// Counts a link of a file; says whether there were as many before as are reported.
    fn is_one_too_many(&mut self, path: &'a str) -> bool {
        let count = self.per_file.entry(path).or_default();
        *count += 1;
        *count > Limit::Faults.count()
    }

    /// Reports how many more links of each file there are.
    fn finish(self) {
        let most = Limit::Faults.count();
        for (path, count) in self.per_file.iter().filter(|(_, count)| **count > most) {
            let message = format!("the file has {} more dead or wrong links", count - most);
            let help = format!(
                "correct those that are shown, then run it again, or raise {}",
                Limit::Faults.told()
            );
            let fault = Diagnostic { path: (*path).to_owned(), ..self.diagnostic(message) };
            let expected = format!("at most {most}, which are all shown");
            self.report.push(fault.expected(expected).help(help));
        }
    }

    fn diagnostic(&self, message: String) -> Diagnostic {
        match self.severity {
            Severity::Error => Diagnostic::error("", message),
            Severity::Warning => Diagnostic::warning("", message),
        }
    }
}
