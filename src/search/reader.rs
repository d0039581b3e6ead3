//! The reader's script: the modules of `reader/` in one file.
//!
//! A worker that imports modules waits for each of them; one file needs one request, runs as a plain
//! script too, and its name changes with its content. Comments stay in the sources.

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;

use super::hash::{hash, hex};
use crate::files::{FileError, Sink};

/// Modules in an order in which each comes after those that it imports.
const MODULES: [&str; 11] = [
    include_str!("reader/analysis.js"),
    include_str!("reader/spelling.js"),
    include_str!("reader/query.js"),
    include_str!("reader/decode.js"),
    include_str!("reader/files.js"),
    include_str!("reader/forms.js"),
    include_str!("reader/match.js"),
    include_str!("reader/marks.js"),
    include_str!("reader/engine.js"),
    include_str!("reader/open.js"),
    include_str!("reader/worker.js"),
];

/// Those that a page with a search server needs.
const HTTP_MODULES: [&str; 4] = [
    include_str!("reader/analysis.js"),
    include_str!("reader/marks.js"),
    include_str!("reader/http.js"),
    include_str!("reader/worker.js"),
];

/// Those of a copy that is opened as files, in which the engine runs in the page.
const FOLDER_MODULES: [&str; 13] = [
    RARE_MODULES[0],
    RARE_MODULES[1],
    MODULES[0],
    MODULES[1],
    MODULES[2],
    MODULES[3],
    MODULES[4],
    MODULES[5],
    MODULES[6],
    MODULES[7],
    MODULES[8],
    MODULES[9],
    include_str!("reader/folder.js"),
];

/// What stems words that the index does not hold, and what suggests others. Few searches need them, so that they
/// are a script of their own.
const RARE_MODULES: [&str; 2] = [include_str!("reader/stem.js"), include_str!("reader/suggest.js")];
/// Gives them to the worker's script.
const EXPORT_RARE: &str = "self.fondsRare = { Stemmer, suggest };";
/// What stands in the worker's script for the name of the other.
const RARE_NAME: &str = "stem.js";

const STRICT: &str = "\"use strict\";";

/// Where scripts go.
const FOLDER: &str = "search/";

/// The module that other sites import; its name never changes.
const API: &str = "search/api.js";

/// Writes the worker's script, and the module for other sites, which leads to it and to the manifest; gives
/// the script's path below the site's root.
pub(super) fn write(manifest: &str, sink: &dyn Sink) -> Result<String, FileError> {
    let [stem, suggest] = RARE_MODULES;
    let rare = put_script("stem", &bundle(&[stem, suggest, EXPORT_RARE]), sink)?;
    let rare = rare.trim_start_matches(FOLDER);
    let path = put_script("worker", &bundle(&MODULES).replace(RARE_NAME, rare), sink)?;
    sink.put(API, api(manifest, &path).as_bytes())?;
    Ok(path)
}

/// Writes the script of a worker that asks a search server; gives its path below the site's root.
pub(super) fn write_worker(sink: &dyn Sink) -> Result<String, FileError> {
    put_script("worker", &bundle(&HTTP_MODULES), sink)
}

/// The script that searches in a copy of the site that is opened as files.
pub fn folder_script() -> String {
    minified(&enclosed(&format!("{}{EXPORT_RARE}\n", bundle(&FOLDER_MODULES))))
}

/// Whether a file of the site is a script that [`folder_script`] stands for.
pub fn is_script(path: &str) -> bool {
    let name = path.strip_prefix(FOLDER).filter(|name| name.ends_with(".js"));
    path == API || name.is_some_and(|name| name.starts_with("worker.") || name.starts_with("stem."))
}

fn put_script(name: &str, script: &str, sink: &dyn Sink) -> Result<String, FileError> {
    let script = minified(&enclosed(script));
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

/// Joins modules: imports and the word `export` go, and so do indents and comments that fill their lines.
/// An import stands in one line, and no text goes over several.
fn bundle(modules: &[&str]) -> String {
    let mut script = format!("{STRICT}\n");
    for code in modules.iter().flat_map(|module| module.lines()).map(str::trim_start) {
        let is_comment = ["//", "/**", "* ", "*/"].iter().any(|mark| code.starts_with(mark));
        if code.is_empty() || is_comment || code == "*" || code.starts_with("import ") {
            continue;
        }
        script.push_str(code.strip_prefix("export ").unwrap_or(code));
        script.push('\n');
    }
    script
}

/// The script without white space and comments, with short names for what only it knows; as it is if the library
/// cannot read it.
fn minified(script: &str) -> String {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, script, SourceType::default().with_script(true)).parse();
    if !parsed.errors.is_empty() {
        return script.to_owned();
    }
    let mut program = parsed.program;
    let options = MinifierOptions {
        mangle: Some(MangleOptions::default()),
        compress: Some(CompressOptions::safest()),
    };
    let scoping = Minifier::new(options).minify(&allocator, &mut program).scoping;
    let codegen = Codegen::new().with_options(CodegenOptions::minify());
    codegen.with_scoping(scoping).build(&program).code
}

/// A script in a function of its own: its names are known to no other script of the page or the worker.
fn enclosed(script: &str) -> String {
    format!("(() => {{\n{script}}})();\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_become_smaller() {
        let script = bundle(&MODULES);
        let small = minified(&enclosed(&script));
        assert!(small.contains("use strict") && !small.contains('\n'), "{small}");
        assert!(small.len() < script.len() * 3 / 4, "{} of {}", small.len(), script.len());
    }

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

    #[test]
    fn modules_become_one_script() {
        let script = bundle(&[
            "/** Says. */\nexport const a = 1;\n",
            "import { a } from \"./a.js\";\nf(a);\n",
        ]);
        assert_eq!(script, "\"use strict\";\nconst a = 1;\nf(a);\n");
    }
}
