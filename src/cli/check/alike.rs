//! Equal and nearly equal documents: one warning for each group of them.

use crate::content::Entry;
use crate::diagnostic::{Diagnostic, Report};
use crate::files::Sources;
use crate::review::{self, Alike};

/// Files that a warning names besides the first.
const NAMED: usize = 4;

/// Reports documents whose texts are the same, or nearly.
pub(super) fn check(sources: &dyn Sources, entries: &[Entry], report: &Report) {
    report.extend(review::alike(sources, entries).iter().map(warning));
}

fn warning(group: &Alike) -> Diagnostic {
    let Alike { first, others, equal } = group;
    let same = if *equal { "the same text" } else { "nearly the same text" };
    let message = match &others[..] {
        [other] => format!("this document and `{other}` have {same}"),
        _ => format!("this document and {} others have {same}", others.len()),
    };
    let mut named: Vec<&str> = others.iter().take(NAMED).map(String::as_str).collect();
    if others.len() > NAMED {
        named.push("…");
    }
    let warning = Diagnostic::warning(first.clone(), message).help(
        "if they are one document, delete one file and add its address to `aliases` in the other; if not, leave them",
    );
    if others.len() > 1 { warning.note(named.join(", ")) } else { warning }
}
