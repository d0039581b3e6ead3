//! The reader's scripts: the modules of `reader/`, each script in one file, as `tools/reader.mjs` makes them.
//!
//! A worker that imports modules waits for each of them; one file needs one request, runs as a plain
//! script too, and its name changes with its content. A test of the browser suite tells when `reader/built/` is older
//! than the modules.

use super::hash::{hash, hex};
use crate::files::{FileError, Sink};

/// The worker of an archive, which names [`RARE`].
const WORKER: &str = include_str!("reader/built/worker.js");
/// The worker of an archive with a search server.
const HTTP_WORKER: &str = include_str!("reader/built/http.js");
/// What searches in a copy that is opened as files.
const FOLDER_SCRIPT: &str = include_str!("reader/built/folder.js");
/// What stems words that the index does not hold, and what suggests other words. Few searches need them, so that they are a
/// script of their own.
const RARE: &str = include_str!("reader/built/stem.js");
/// The placeholder in the worker's script for the name of the other script.
const RARE_NAME: &str = "stem.js";

/// Where scripts go.
const FOLDER: &str = "search/";

/// The module that other sites import; its name never changes.
const API: &str = "search/api.js";

/// Writes the worker's script, and the module for other sites, which leads to it and to the manifest; gives
/// the script's path below the site's root.
pub(super) fn write(manifest: &str, sink: &dyn Sink) -> Result<String, FileError> {
    let rare = put_script("stem", RARE, sink)?;
    let rare = rare.trim_start_matches(FOLDER);
    let path = put_script("worker", &WORKER.replace(RARE_NAME, rare), sink)?;
    sink.put(API, api(manifest, &path).as_bytes())?;
    Ok(path)
}

/// Writes the script of a worker that asks a search server; gives its path below the site's root.
pub(super) fn write_worker(sink: &dyn Sink) -> Result<String, FileError> {
    put_script("worker", HTTP_WORKER, sink)
}

/// The script that searches in a copy of the site that is opened as files.
pub fn folder_script() -> &'static str {
    FOLDER_SCRIPT
}

/// Whether a file of the site is a script that [`folder_script`] replaces.
pub fn is_script(path: &str) -> bool {
    let name = path.strip_prefix(FOLDER).filter(|name| name.ends_with(".js"));
    path == API || name.is_some_and(|name| name.starts_with("worker.") || name.starts_with("stem."))
}

fn put_script(name: &str, script: &str, sink: &dyn Sink) -> Result<String, FileError> {
    let path = format!("{FOLDER}{name}.{}.js", hex(hash(script.as_bytes())));
    sink.put(&path, script.as_bytes())?;
    Ok(path)
}

fn api(manifest: &str, worker: &str) -> String {
    let place = |path: &str| format!("new URL(\"../{path}\", import.meta.url)");
    format!(
        "{}export const open = () => openIndex({{ manifest: {}, worker: {} }});\n",
        include_str!("reader/client.js"),
        place(manifest),
        place(worker),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_unknown_words_need_is_a_script_of_its_own_that_the_worker_names() {
        let sink = crate::files::MemoryFiles::new();
        let worker = write("search/index/manifest.bin", &sink).unwrap();
        let files = sink.into_files();
        let text = |path: &str| std::str::from_utf8(&files[path]).unwrap();
        let stem = files.keys().find(|path| path.starts_with("search/stem.")).unwrap();
        assert!(text(&worker).contains(stem.trim_start_matches(FOLDER)));
        assert!(text(stem).contains("self.fondsRare="), "{}", text(stem));
        assert!(!text(&worker).contains("groupings"));
    }
}
