//! What each stage takes a document, on the archive of this repository: `cargo bench --bench stages`.
//!
//! Each stage is run again and again for a while; printed are the quickest run, which other programs disturbed
//! least, and the median. One thread, so that stages can be added up. For counts that a busy machine does not
//! move, see `benches/instructions.py`.
#![expect(clippy::disallowed_methods, reason = "reads the archive that is measured")]
#![expect(clippy::print_stdout, reason = "prints a table")]
#![expect(clippy::unwrap_used, reason = "a bench that cannot go on has failed")]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use fonds::config::Config;
use fonds::content;
use fonds::diagnostic::{Report, SourceText};
use fonds::edtf::Day;
use fonds::files::{MemoryFiles, Sink as _, Sources as _};
use fonds::ingest;
use fonds::pipeline::{self, BuildOptions, Run};
use fonds::render::markdown;
use fonds::search;

/// How long a stage is measured.
const WHILE: Duration = Duration::from_millis(600);

const TODAY: Day = Day { year: 2026, month: 1, day: 1 };

fn main() {
    // `cargo test --benches` asks for a list of tests; there are none.
    if std::env::args().any(|argument| argument == "--list") {
        return;
    }
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().unwrap();
    let archive = archive();
    let config = pipeline::load_config(&archive, &Report::new());
    let files = documents(&archive);
    let bodies: Vec<&str> = files.iter().map(|(path, text)| body(path, text)).collect();
    let passages = passages(&bodies);

    println!("| stage | µs a document, quickest | median |\n| --- | --- | --- |");
    let bench = |stage: &str, run: &mut dyn FnMut()| measure(stage, files.len(), run);
    bench("front matter", &mut || parse(&files, &config));
    bench("Markdown", &mut || bodies.iter().for_each(|text| drop(black_box(render(text)))));
    bench("search: words", &mut || drop(black_box(search::analyse(0, &passages, &tables()))));
    bench("seeds → drafts", &mut || {
        drop(black_box(ingest::plan(&archive, &config, TODAY, &Report::new())));
    });
    let mut silent = config.clone();
    silent.search.enabled = false;
    bench("content → files, without search", &mut || build(&archive, &silent));
    bench("content → files", &mut || build(&archive, &config));
}

/// Runs a stage for a while and prints what it takes.
fn measure(stage: &str, documents: usize, run: &mut dyn FnMut()) {
    run();
    let (begun, mut times) = (Instant::now(), Vec::new());
    while begun.elapsed() < WHILE || times.len() < 5 {
        let start = Instant::now();
        run();
        times.push(start.elapsed());
    }
    times.sort_unstable();
    let each = |time: Duration| time.as_secs_f64() * 1e6 / documents as f64;
    println!("| {stage} | {:.1} | {:.1} |", each(times[0]), each(times[times.len() / 2]));
}

/// The archive of this repository, in memory.
fn archive() -> MemoryFiles {
    let files = MemoryFiles::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("content"), root.join("seeds")];
    files.put("config.toml", &fs::read(root.join("config.toml")).unwrap()).unwrap();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else {
                let path = entry.strip_prefix(root).unwrap().to_str().unwrap();
                files.put(path, &fs::read(&entry).unwrap()).unwrap();
            }
        }
    }
    files
}

/// Path and text of each document.
fn documents(archive: &MemoryFiles) -> Vec<(String, String)> {
    let paths = archive.list("content/documents", &Report::new());
    let text = |path: &str| String::from_utf8(archive.read(path).unwrap()).unwrap();
    paths.into_iter().map(|path| (path.clone(), text(&path))).collect()
}

fn body<'a>(path: &str, text: &'a str) -> &'a str {
    &text[content::split(SourceText { path, text }).unwrap().body]
}

fn parse(files: &[(String, String)], config: &Config) {
    let report = Report::new();
    for (path, text) in files {
        black_box(content::parse(SourceText { path, text }, config, &report));
    }
    assert!(!report.has_errors());
}

fn render(text: &str) -> markdown::Body {
    let settings = markdown::Settings {
        beside: &|_| None,
        base_path: "",
        paragraph_label: "Paragraph {n}",
        back_label: "Back to note {n}",
        withheld_label: "Withheld: {reason}",
        language: "en",
        languages: markdown::Languages { own: "en", default: "en", archive: &[] },
        numbered: true,
    };
    markdown::render(text, settings)
}

/// The texts as search takes them.
fn passages(bodies: &[&str]) -> Vec<search::Document> {
    let document = |(number, text): (usize, &&str)| search::Document {
        url: format!("documents/{number}/"),
        title: format!("Letter {number}"),
        date_words: "undated".to_owned(),
        passages: render(text).passages.into_iter().map(|passage| passage.text).collect(),
        ..search::Document::default()
    };
    bodies.iter().enumerate().map(document).collect()
}

fn tables() -> search::Tables {
    let english =
        search::FacetValue { key: "en".to_owned(), label: "English".to_owned(), names: Vec::new() };
    search::Tables { languages: vec![english], ..search::Tables::default() }
}

fn build(archive: &MemoryFiles, config: &Config) {
    let (site, report) = (MemoryFiles::new(), Report::new());
    let options = &BuildOptions::default();
    Run { sources: archive, config, options, report: &report }.build(&site).unwrap();
    assert!(!report.has_errors());
}
