//! What the host of a site would refuse: too many files, too large ones, too many redirects, another name in `CNAME`.
//!
//! A sink counts the files; a host is known by the settings, or by the name that it gives to sites.

use std::collections::BTreeMap;

use parking_lot::Mutex;

use crate::cli::words::{counted, grouped, size};
use crate::config::{Config, Host};
use crate::diagnostic::{Diagnostic, Report};
use crate::disk::Disk;
use crate::files::{FileError, Sink, Sources};

/// Counts the files of a site and hands them on.
pub(super) struct Census<'a> {
    sink: &'a dyn Sink,
    counts: Mutex<Counts>,
}

#[derive(Default)]
struct Counts {
    files: usize,
    bytes: u64,
    redirects: usize,
    /// Files by the setting that leaves them out.
    optional: BTreeMap<Setting, usize>,
    folders: BTreeMap<String, usize>,
    /// The largest file.
    largest: Option<(u64, String)>,
}

/// A setting that makes for fewer files, as it is written, in the order in which readers lose least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Setting {
    Precompressed,
    OrganizationFeeds,
    Citations,
    Text,
    Source,
}

impl Setting {
    fn of(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or_default();
        match name {
            _ if name.ends_with(".br") || name.ends_with(".gz") => Some(Self::Precompressed),
            _ if path.starts_with("seeds/") || path.ends_with("/source/index.html") => {
                Some(Self::Source)
            }
            "atom.xml" if path != name => Some(Self::OrganizationFeeds),
            "citation.bib" | "citation.ris" | "citation.json" => Some(Self::Citations),
            "text.txt" => Some(Self::Text),
            _ => None,
        }
    }

    fn written(self) -> &'static str {
        match self {
            Self::Precompressed => "precompressed = false",
            Self::OrganizationFeeds => "organization_feeds = false",
            Self::Citations => "citations = false",
            Self::Text => "text = false",
            Self::Source => "source = false",
        }
    }
}

impl<'a> Census<'a> {
    pub(super) fn new(sink: &'a dyn Sink) -> Self {
        Self { sink, counts: Mutex::default() }
    }

    /// Reports what the host of the site would not take.
    pub(super) fn check(self, config: &Config, disk: &Disk, report: &Report) {
        let counts = self.counts.into_inner();
        report.extend(other_name(config, disk));
        if let Some(host) = config.check.host.or_else(|| Host::of_name(host_name(config))) {
            report.extend(counts.beyond(host));
        }
    }
}

impl Counts {
    fn add(&mut self, path: &str, bytes: &[u8]) {
        let length = bytes.len() as u64;
        self.files += 1;
        self.bytes += length;
        if let Some(setting) = Setting::of(path) {
            *self.optional.entry(setting).or_default() += 1;
        }
        // A folder in a folder is an entry of it.
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let number = self.folders.entry(folder.to_owned()).or_default();
        *number += 1;
        if path == "_redirects" {
            self.redirects =
                bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count();
        }
        if self.largest.as_ref().is_none_or(|(most, _)| length > *most) {
            self.largest = Some((length, path.to_owned()));
        }
    }

    fn beyond(&self, host: Host) -> Vec<Diagnostic> {
        let (name, limits) = (host.name(), host.limits());
        let mut told = Vec::new();
        let mut tell = |what: String, limit: String, help: String| {
            let message = format!("{what}, and {name} takes {limit}");
            let warning = Diagnostic::warning("config.toml", message);
            told.push(warning.expected(format!("a site that {name} takes")).help(help));
        };
        if let Some(most) = limits.files.filter(|most| self.files > *most) {
            tell(
                format!("the site has {}", counted(self.files, "file")),
                grouped(most),
                self.fewer_files(self.files - most),
            );
        }
        let entries = self.entries();
        if let Some(most) = limits.files_of_a_folder
            && let Some((folder, number)) = entries.iter().find(|(_, number)| **number > most)
        {
            tell(
                format!("the folder `{folder}/` of the site has {} entries", grouped(*number)),
                grouped(most),
                "choose another host: the address of each document is a folder there".to_owned(),
            );
        }
        if let Some(most) = limits.bytes.filter(|most| self.bytes > *most) {
            tell(
                format!("the site has {}", size(self.bytes)),
                size(most),
                "leave large originals out of `seeds/`, or choose another host".to_owned(),
            );
        }
        if let Some((length, path)) = &self.largest
            && let Some(most) = limits.bytes_of_a_file.filter(|most| length > most)
        {
            tell(
                format!("the file `{path}` of the site has {}", size(*length)),
                size(most),
                "make it smaller, or choose another host".to_owned(),
            );
        }
        if let Some(most) = limits.redirects.filter(|most| self.redirects > *most) {
            tell(
                format!("`_redirects` has {}", counted(self.redirects, "line")),
                grouped(most),
                "put a `_redirects` of your own with the addresses that matter most into `static/`; pages lead on from \
                 the others"
                    .to_owned(),
            );
        }
        told
    }

    /// The number of files and folders in each folder.
    fn entries(&self) -> BTreeMap<&str, usize> {
        let mut entries: BTreeMap<&str, usize> = BTreeMap::new();
        for (folder, files) in &self.folders {
            *entries.entry(folder).or_default() += files;
            if let Some((above, _)) = folder.rsplit_once('/') {
                *entries.entry(above).or_default() += 1;
            }
        }
        entries
    }

    /// What to turn off for so many files less.
    fn fewer_files(&self, mut too_many: usize) -> String {
        let mut settings = Vec::new();
        for (setting, files) in &self.optional {
            if too_many == 0 {
                break;
            }
            settings.push(format!("`{}` ({})", setting.written(), counted(*files, "file")));
            too_many = too_many.saturating_sub(*files);
        }
        let rest = match too_many {
            0 => "",
            _ if settings.is_empty() => return "choose another host".to_owned(),
            _ => "; that is not enough: choose another host",
        };
        format!("write {} below `[outputs]`{rest}", settings.join(", "))
    }
}

impl Sink for Census<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        self.counts.lock().add(path, bytes);
        self.sink.put(path, bytes)
    }

    fn keep(&self, path: &str) -> bool {
        self.sink.keep(path)
    }
}

/// A `CNAME` that GitHub would serve the site under, though all of its addresses have another name.
fn other_name(config: &Config, disk: &Disk) -> Option<Diagnostic> {
    let text = String::from_utf8(disk.read("static/CNAME").ok()?).ok()?;
    let (own, named) = (host_name(config), text.trim());
    if own.is_empty() || own.eq_ignore_ascii_case(named) {
        return None;
    }
    let message = format!("`CNAME` names `{named}`, and `base_url` the host `{own}`");
    Some(
        Diagnostic::warning("static/CNAME", message)
            .expected("the host of `base_url`, and nothing else")
            .help(format!("write `{own}` into it, or correct `base_url` in config.toml")),
    )
}

fn host_name(config: &Config) -> &str {
    let rest = config.base_url.split_once("://").map_or("", |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(files: &[(&str, usize)]) -> Counts {
        let mut counts = Counts::default();
        for (path, number) in files {
            for n in 0..*number {
                counts.add(&path.replace('N', &n.to_string()), b"x");
            }
        }
        counts
    }

    fn told(counts: &Counts, host: Host) -> Vec<String> {
        let all = counts.beyond(host);
        all.iter()
            .map(|d| format!("{}: {}", d.message, d.help.clone().unwrap_or_default()))
            .collect()
    }

    #[test]
    fn too_many_files_are_told_with_what_to_turn_off() {
        let site = [
            ("documents/N/index.html", 9_000),
            ("documents/N/text.txt", 9_000),
            ("documents/N/citation.bib", 3_000),
            ("organizations/N/atom.xml", 500),
        ];
        let site = counts(&site);
        assert_eq!(
            told(&site, Host::CloudflarePages),
            ["the site has 21,500 files, and Cloudflare Pages takes 20,000: \
            write `organization_feeds = false` (500 files), `citations = false` (3,000 files) below `[outputs]`"]
        );
        assert_eq!(told(&site, Host::GithubPages), Vec::<String>::new());
        assert_eq!(told(&site, Host::Netlify), Vec::<String>::new());
        let site = counts(&[("documents/N/index.html", 60_000)]);
        assert_eq!(
            told(&site, Host::CloudflarePages),
            ["the site has 60,000 files, and Cloudflare Pages takes 20,000: choose another host"]
        );
        let told = told(&site, Host::Netlify);
        assert!(told[0].starts_with(
            "the folder `documents/` of the site has 60,000 entries, and Netlify takes 54,000"
        ));
    }

    #[test]
    fn large_files_and_many_redirects_are_told() {
        let mut site = Counts::default();
        site.add("documents/a/files/1.tif", &vec![0; 26 << 20]);
        site.add("_redirects", "/a /b 301\n".repeat(2_001).as_bytes());
        let of = |host| told(&site, host).len();
        assert_eq!(
            (of(Host::CloudflarePages), of(Host::GitlabPages), of(Host::GithubPages)),
            (2, 1, 0)
        );
    }
}
