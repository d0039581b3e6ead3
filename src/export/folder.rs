//! A copy of the site that opens from `file://`: every link is relative and names a file, and search runs without
//! requests.
//!
//! A page that is opened as a file may neither fetch another file nor start a worker nor import a module. Scripts
//! that stand beside it are all that it may load: so each file of the search index becomes one, and the text of
//! each document, from which the passages of results are taken; `search/folder.js` reads them.

use std::fmt::Write as _;

use data_encoding::BASE64;

use super::markup::{Page, rewrite};
use crate::config::Config;
use crate::files::{FileError, Sink};
use crate::search;

/// The script of the search page.
pub(super) const SCRIPT: &str = "search/folder.js";

/// Files for hosts, which mean nothing here.
const FOR_HOSTS: [&str; 4] = [".nojekyll", "_headers", "_redirects", "CNAME"];

/// Takes the files of a build and hands those of the copy on.
pub struct Folder<'a> {
    base_path: &'a str,
    /// Whether the copy has an index to search in.
    searches: bool,
    /// What the paths of the copy begin with.
    below: &'a str,
    sink: &'a dyn Sink,
}

impl<'a> Folder<'a> {
    /// A copy whose files go to a sink, with `below` in front of their paths.
    pub fn new(config: &'a Config, below: &'a str, sink: &'a dyn Sink) -> Self {
        let searches = config.search.enabled && config.search.endpoint.is_none();
        Self { base_path: config.base_path(), searches, below, sink }
    }

    /// Adds what is no file of the site.
    pub fn finish(&self) -> Result<(), FileError> {
        match self.searches {
            true => self.hand_on(SCRIPT, search::folder_script().as_bytes()),
            false => Ok(()),
        }
    }

    fn hand_on(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        self.sink.put(&format!("{}{path}", self.below), bytes)
    }

    fn page(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        let page =
            rewrite(&Page { path, base_path: self.base_path, searches: self.searches }, bytes);
        self.hand_on(path, &page.html)?;
        // Below the prefix of a language, if it is another than the default one.
        let inside = path.split_once('/').map_or("", |(_, inside)| inside);
        let is_document = [path, inside].iter().any(|path| path.starts_with("documents/"));
        let folder = path.strip_suffix("index.html").filter(|_| is_document);
        match (folder, page.text) {
            (Some(folder), Some(text)) if self.searches => {
                self.hand_on(&format!("{folder}passages.js"), giving(&text).as_bytes())
            }
            _ => Ok(()),
        }
    }
}

impl Sink for Folder<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        if FOR_HOSTS.contains(&path) || self.searches && search::is_script(path) {
            return Ok(());
        }
        if path.ends_with(".html") {
            return self.page(path, bytes);
        }
        if self.searches && path.starts_with("search/index/") {
            return self.hand_on(&format!("{path}.js"), giving(&BASE64.encode(bytes)).as_bytes());
        }
        if self.searches && path.starts_with("assets/search-export.") {
            return self.hand_on(path, classic(&String::from_utf8_lossy(bytes)).as_bytes());
        }
        self.hand_on(path, bytes)
    }
}

/// A script that gives a text.
fn giving(text: &str) -> String {
    let text = serde_json::to_string(text).expect("a text is always JSON");
    format!("fondsFolder.give({text});\n")
}

/// A module as a script that gives what the module exports.
fn classic(module: &str) -> String {
    let (mut script, mut names) = (String::from("(() => {\n\"use strict\";\n"), Vec::new());
    for line in module.lines() {
        let exported = line.strip_prefix("export ");
        let name = exported.and_then(|code| {
            let rest = ["async function ", "function ", "const ", "class "];
            let rest = rest.iter().find_map(|word| code.strip_prefix(word))?;
            rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()
        });
        names.extend(name);
        let _ = writeln!(script, "{}", exported.unwrap_or(line));
    }
    let _ = writeln!(script, "fondsFolder.give({{ {} }});\n}})();", names.join(", "));
    script
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_gives_what_it_exports() {
        let script =
            classic("export function a(b) {\n  return C;\n}\nexport const D = 1;\nconst C = 2;\n");
        assert!(script.contains("\nfunction a(b) {\n") && !script.contains("export"), "{script}");
        assert!(script.ends_with("fondsFolder.give({ a, D });\n})();\n"), "{script}");
    }
}
