//! All records with all texts, as JSON Lines and, if asked for, as a database, for those who work with the archive as a
//! corpus.

#[cfg(feature = "sqlite")]
use super::database::Database;
use super::documents::Row;
use crate::archive::DocumentId;
use crate::files::{FileError, Sink};
use crate::parallel;
use crate::render::Stage;
use crate::render::markdown::Passage;

/// Documents whose texts are held at a time, besides the file itself.
const TOGETHER: usize = 1024;

/// In which forms the texts are written, besides JSON Lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corpus {
    /// In no other.
    Lines,
    /// As a database, too. Only a program that was built with the feature `sqlite` makes it.
    Sqlite,
}

/// The name of the database.
#[cfg(feature = "sqlite")]
const DATABASE: &str = "archive.db";

/// Writes what `data/` of the site holds, and `texts.jsonl`: each record with its text.
pub(crate) fn write(stage: &Stage<'_>, sink: &dyn Sink, corpus: Corpus) -> Result<(), FileError> {
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
    #[cfg(feature = "sqlite")]
    let database = match corpus {
        Corpus::Lines => None,
        Corpus::Sqlite => Some(Database::new(plan).map_err(unmade)?),
    };
    #[cfg(not(feature = "sqlite"))]
    let _ = corpus;
    let ids: Vec<DocumentId> = plan.document_ids().collect();
    let mut out = Vec::new();
    for chunk in ids.chunks(TOGETHER) {
        let made: Vec<(String, Vec<u8>)> = parallel::map(chunk, |id| {
            let text = text(&stage.passages(*id));
            let line = Row::of(plan, *id).line_with(&text);
            (text, line)
        });
        #[cfg(feature = "sqlite")]
        if let Some(database) = &database {
            let slugs = chunk.iter().map(|id| plan.archive.document(*id).slug.as_str());
            database.add(slugs.zip(made.iter().map(|(text, _)| text.as_str()))).map_err(unmade)?;
        }
        out.extend(made.into_iter().flat_map(|(_, line)| line));
    }
    sink.put("texts.jsonl", &out)?;
    #[cfg(feature = "sqlite")]
    if let Some(database) = database {
        sink.put(DATABASE, &database.finish().map_err(unmade)?)?;
    }
    Ok(())
}

#[cfg(feature = "sqlite")]
fn unmade(error: rusqlite::Error) -> FileError {
    FileError { action: "make", path: DATABASE.to_owned(), source: std::io::Error::other(error) }
}

/// The paragraphs of a text, with an empty line between each two.
fn text(passages: &[Passage]) -> String {
    let written: Vec<String> = passages.iter().map(Passage::written).collect();
    let written: Vec<&str> = written.iter().map(|text| text.trim()).collect();
    written.join("\n\n")
}
