//! All records with all texts, as JSON Lines, for those who work with the archive as a corpus.

use super::documents::Row;
use crate::archive::DocumentId;
use crate::files::{FileError, Sink};
use crate::parallel;
use crate::render::Stage;
use crate::render::markdown::Passage;

/// Documents whose texts are held at a time, besides the file itself.
const TOGETHER: usize = 1024;

/// Writes what `data/` of the site holds, and `texts.jsonl`: each record with its text.
///
/// # Errors
///
/// If the sink cannot take a file.
pub(crate) fn write(stage: &Stage<'_>, sink: &dyn Sink) -> Result<(), FileError> {
    let plan = stage.plan;
    let failure = parking_lot::Mutex::new(None);
    super::write(plan, |path, bytes| {
        let name = path.strip_prefix("data/").unwrap_or(path);
        if let Err(error) = sink.put(name, bytes) {
            let mut failure = failure.lock();
            failure.get_or_insert(error);
        }
    });
    if let Some(error) = failure.into_inner() {
        return Err(error);
    }
    let ids: Vec<DocumentId> = plan.document_ids().collect();
    let mut out = Vec::new();
    for chunk in ids.chunks(TOGETHER) {
        let line = |id: &DocumentId| Row::of(plan, *id).line_with(&text(&stage.passages(*id)));
        let lines: Vec<Vec<u8>> = parallel::map(chunk, line);
        out.extend(lines.into_iter().flatten());
    }
    sink.put("texts.jsonl", &out)
}

/// The paragraphs of a text, with an empty line between each two.
fn text(passages: &[Passage]) -> String {
    let written: Vec<String> = passages.iter().map(Passage::written).collect();
    let written: Vec<&str> = written.iter().map(|text| text.trim()).collect();
    written.join("\n\n")
}
