//! What holds of ingest for any bytes, under the name of any format: it gives a document or a named refusal,
//! what it drafts can be read, no plain word disappears unless a rule names it, and a second run changes
//! nothing. Fuzzing asks it of what it invents, a test of the corpus.
//!
//! The first byte chooses the format; the rest is the seed.

use std::collections::BTreeSet;

use fonds::config::Config;
use fonds::diagnostic::{Report, SourceText};
use fonds::edtf::Day;
use fonds::files::{MemoryFiles, Sink};
use fonds::ingest;

const TODAY: Day = Day { year: 2026, month: 1, day: 2 };

/// Panics if something does not hold.
pub(crate) fn holds(data: &[u8]) {
    let Some((first, seed)) = data.split_first() else { return };
    let name =
        ["seeds/a.txt", "seeds/a.html", "seeds/a.eml", "seeds/a.md"][usize::from(*first) % 4];
    let config = Config::default();
    let files = MemoryFiles::new();
    files.put(name, seed).expect("memory takes all");
    let report = Report::new();
    let plan = ingest::plan(&files, &config, TODAY, &report);
    let has_reason = !report.sorted().is_empty();
    assert!(plan.documents > 0 || has_reason, "neither a document nor a reason");
    for file in plan.files.iter().filter(|f| f.path.ends_with(".md")) {
        fonds::content::parse(SourceText { path: &file.path, text: &file.text }, &config, &report);
    }
    if plan.documents == 0 {
        return;
    }
    assert!(!report.has_errors(), "a draft cannot be read: {:?}", report.sorted());
    if name.ends_with(".txt") {
        no_word_is_lost(seed, &plan);
    }
    ingest::write(&plan, &files).expect("memory takes all");
    let again = ingest::plan(&files, &config, TODAY, &Report::new());
    assert!(again.files.is_empty(), "a second run changes {:?}", again.files);
}

/// Words of a plain text in ASCII are in the drafts, or in what was left out by name. A text with markup, or
/// with marks that Markdown or a note takes, is left to the tests that know what they mean.
fn no_word_is_lost(seed: &[u8], plan: &ingest::Plan) {
    let Ok(text) = std::str::from_utf8(seed) else { return };
    let marks = ['[', ']', '<', '&', '^', '\\', '*', '_', '~', '#'];
    if text.contains(marks) || !text.bytes().all(|b| matches!(b, b'\n' | b' '..=b'~')) {
        return;
    }
    let words = |text: &str| -> BTreeSet<String> {
        let split = text.split(|c: char| !c.is_alphanumeric());
        split.filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let mut kept = String::new();
    for file in &plan.files {
        // A number at a word that leads to a note stands there as `[^1]`.
        kept.push_str(&file.text.replace('\\', "").replace("[^", "").replace(']', ""));
    }
    for dropped in plan.dropped.values().flatten() {
        kept.push_str(&dropped.text);
        kept.push('\n');
    }
    for word in words(text) {
        assert!(kept.contains(&word), "`{word}` is lost");
    }
}
