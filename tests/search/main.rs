//! The search index from outside: written by the library, read by the browser's reader in Node.
#![expect(clippy::disallowed_methods, reason = "a test writes its index where the reader finds it")]

mod fixture;
mod forms;
mod oracle;
mod updated;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use fonds::files::MemoryFiles;
use fonds::search::{
    Document, Export, FacetValue, SHARD_DOCUMENTS, Server, Tables, Written, analyse,
};

#[test]
fn the_reader_answers_as_the_tests_in_node_expect() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (documents, tables) = fixture::archive();
    let written = lay(folder.path(), &documents, &tables);
    node(
        &["analysis.test.js", "engine.test.js", "worker.test.js", "export.test.js"],
        &[
            ("FONDS_MANIFEST", folder.path().join(written.manifest)),
            ("FONDS_WORKER", folder.path().join(written.worker)),
        ],
    );
}

#[test]
fn a_search_server_answers_as_the_index_does() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (documents, tables) = fixture::archive();
    let written = lay(folder.path(), &documents, &tables);
    let records = folder.path().join("records");
    export(&records, Server::Postgres, &documents, &tables);
    node(
        &["http.test.js"],
        &[("FONDS_MANIFEST", folder.path().join(written.manifest)), ("FONDS_RECORDS", records)],
    );
}

/// No server of these two is at hand: the form is that of their documentation.
#[test]
fn records_for_other_servers_are_json_lines() {
    let (documents, tables) = fixture::archive();
    let lines = |server| -> Vec<serde_json::Value> {
        let sink = MemoryFiles::new();
        let export = Export { server, tables: &tables, sink: &sink };
        export.documents(0, &documents).expect("memory");
        let files = sink.into_files();
        let text = std::str::from_utf8(&files["documents-00000000.ndjson"]).expect("UTF-8");
        assert!(text.ends_with('\n'), "a bulk request ends with a line feed");
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    };
    let plain = lines(Server::Meilisearch);
    assert_eq!(plain.len(), documents.len());
    for (number, (record, document)) in plain.iter().zip(&documents).enumerate() {
        assert_eq!(record["id"], number);
        assert_eq!(record["url"], document.url.as_str());
        assert_eq!(record["text"], serde_json::json!(document.passages));
    }
    let bulk = lines(Server::OpenSearch);
    assert_eq!(bulk.len(), 2 * documents.len());
    for (number, pair) in bulk.chunks(2).enumerate() {
        assert_eq!(pair[0], serde_json::json!({ "index": { "_id": number.to_string() } }));
        assert_eq!(pair[1], plain[number]);
    }
}

/// Exports records into a folder.
fn export(folder: &Path, server: Server, documents: &[Document], tables: &Tables) {
    let sink = MemoryFiles::new();
    let export = Export { server, tables, sink: &sink };
    let shard = |(at, chunk): (usize, &[Document])| {
        let first = (at * 100) as u32;
        export.documents(first, chunk).expect("memory");
        analyse(first, chunk, tables)
    };
    let shards: Vec<_> = documents.chunks(100).enumerate().map(shard).collect();
    export.whole(&shards).expect("memory");
    std::fs::create_dir_all(folder).expect("a folder");
    for (path, bytes) in sink.into_files() {
        std::fs::write(folder.join(path), bytes).expect("a file");
    }
}

#[test]
fn the_reader_finds_what_a_scan_of_the_texts_finds() {
    let texts = oracle::texts();
    let english = oracle::english_queries();
    let english = english.iter().map(|query| (query.to_string(), query.scan(&texts)));
    let expectations: Vec<_> = english
        .chain(oracle::other_queries(&texts))
        .map(|(query, documents)| serde_json::json!({ "query": query, "documents": documents }))
        .collect();
    let language = FacetValue { key: "en".into(), label: "English".into(), names: Vec::new() };
    let tables = Tables { languages: vec![language], ..Tables::default() };
    let documents: Vec<Document> = texts.into_iter().enumerate().map(plain_document).collect();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let written = lay(folder.path(), &documents, &tables);
    let records = folder.path().join("records");
    export(&records, Server::Postgres, &documents, &tables);
    let file = folder.path().join("expectations.json");
    std::fs::write(&file, serde_json::json!(expectations).to_string()).expect("a file");
    node(
        &["oracle.test.js", "http.test.js"],
        &[
            ("FONDS_MANIFEST", folder.path().join(written.manifest)),
            ("FONDS_RECORDS", records),
            ("FONDS_EXPECTATIONS", file),
        ],
    );
}

#[test]
fn every_form_of_a_word_finds_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let put = |name: &str, value: &serde_json::Value| {
        let path = folder.path().join(name);
        std::fs::write(&path, value.to_string()).expect("a file");
        path
    };
    let lay_in = |name: String, (documents, tables): (&[Document], &Tables)| {
        let folder = folder.path().join(name);
        folder.join(lay(&folder, documents, tables).manifest)
    };
    let archives = forms::archives().into_iter().enumerate();
    let laid: Vec<_> = archives
        .map(|(number, (documents, tables, expectations))| {
            let manifest = lay_in(format!("forms-{number}"), (&documents, &tables));
            serde_json::json!({ "manifest": manifest, "expectations": expectations })
        })
        .collect();
    let (documents, tables) = forms::all_languages();
    let languages = lay_in("languages".into(), (&documents, &tables));
    let (documents, tables) = forms::spellings();
    let spellings = lay_in("spellings".into(), (&documents, &tables));
    node(
        &["forms.test.js"],
        &[
            ("FONDS_FORMS", put("forms.json", &serde_json::json!(laid))),
            ("FONDS_STEMS", put("stems.json", &forms::stems())),
            ("FONDS_LANGUAGES", languages),
            ("FONDS_SPELLINGS", spellings),
        ],
    );
}

/// A document of nothing but text.
fn plain_document((number, passages): (usize, Vec<String>)) -> Document {
    Document { url: number.to_string(), passages, ..Document::default() }
}

/// Writes an index into a folder.
fn lay(folder: &Path, documents: &[Document], tables: &Tables) -> Written {
    let (files, written) = index(documents, tables, SHARD_DOCUMENTS);
    for (path, bytes) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders");
        std::fs::write(path, bytes).expect("files");
    }
    written
}

/// Runs tests of the reader in Node.
fn node(files: &[&str], environment: &[(&str, PathBuf)]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search");
    let output = Command::new("node")
        .arg("--test")
        .args(files)
        .current_dir(folder)
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .output()
        .expect("Node 20 or later is installed");
    let (told, talked) = (&output.stdout, &output.stderr);
    let [told, talked] = [told, talked].map(|text| String::from_utf8_lossy(text));
    assert!(output.status.success(), "{told}{talked}");
}

#[test]
fn the_number_of_threads_leaves_no_trace() {
    let (documents, tables) = fixture::archive();
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| index(&documents, &tables, 7))
    };
    let alone = run(1);
    assert_eq!(alone, run(2));
    assert_eq!(alone, run(16));
}

/// Shards only change how work is divided.
#[test]
fn the_size_of_shards_leaves_no_trace() {
    let (documents, tables) = fixture::archive();
    assert_eq!(index(&documents, &tables, 3), index(&documents, &tables, 1000));
}

#[test]
fn an_archive_without_documents_has_an_index() {
    let (files, written) = index(&[], &Tables::default(), 1);
    let json =
        miniz_oxide::inflate::decompress_to_vec(&files[&written.manifest]).expect("deflated");
    let manifest: serde_json::Value = serde_json::from_slice(&json).expect("the manifest is JSON");
    assert_eq!(manifest["documents"], 0);
}

fn index(
    documents: &[Document],
    tables: &Tables,
    size: usize,
) -> (BTreeMap<String, Vec<u8>>, Written) {
    let mut site = updated::Site::new(size);
    let written = site.build(documents, tables);
    // An index of shards that were kept is the same.
    let files = site.files.clone();
    site.build(documents, tables);
    assert!(files == site.files, "kept shards give another index");
    (files, written)
}
