//! Messages for users: a [`Diagnostic`] names a place, what is wrong, what was
//! expected and how to repair it; a [`Report`] collects them from every stage and thread.
//!
//! Nothing here prints. [`Diagnostic::render`] gives the text, the command line decides where it goes.

use std::collections::BTreeSet;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

/// How grave a diagnostic is. Nothing is published while the report holds an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The archive cannot be published as it is.
    Error,
    /// Something the user can act on, but need not.
    Warning,
}

/// A text with the path under which users know it: what positions are computed from.
#[derive(Debug, Clone, Copy)]
pub struct SourceText<'a> {
    /// Path from the archive's root, with `/` between its parts.
    pub path: &'a str,
    /// The whole text of the file.
    pub text: &'a str,
}

/// Where a diagnostic points: a stretch of one line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// Line, counted from 1.
    pub line: usize,
    /// Column of the first character, counted from 1, in characters.
    pub column: usize,
    /// Length of the stretch in characters, at least 1.
    pub length: usize,
    /// The text of the line, without its end.
    pub excerpt: String,
}

impl Position {
    /// The position of a byte range in a text; ranges out of bounds, inside a character or over
    /// several lines are brought into the first line they touch.
    pub fn of(text: &str, range: Range<usize>) -> Self {
        let start = floor_boundary(text, range.start);
        let end = floor_boundary(text, range.end.max(start));
        let line_start = text[..start].rfind('\n').map_or(0, |i| i + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |i| start + i);
        let excerpt = text[line_start..line_end].trim_end_matches('\r');
        Self {
            line: text[..line_start].matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            length: text[start..end.min(line_end)].chars().count().max(1),
            excerpt: excerpt.to_owned(),
        }
    }

    /// The whole of a line, counted from 1.
    pub fn of_line(text: &str, line: usize) -> Self {
        let excerpt = text.split('\n').nth(line.saturating_sub(1)).unwrap_or_default();
        let excerpt = excerpt.trim_end_matches('\r').to_owned();
        Self { line, column: 1, length: excerpt.chars().count().max(1), excerpt }
    }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

/// One message for the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How grave it is.
    pub severity: Severity,
    /// The file it is about, from the archive's root; empty when it is about no file.
    pub path: String,
    /// The place in the file, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// What is wrong: lower case, present tense, no full stop, the user's text in backticks.
    pub message: String,
    /// What was expected instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// How to repair it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Further facts, such as the other place of a clash.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// The file of the site that was being made when it was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
}

impl Diagnostic {
    /// An error about a file.
    pub fn error(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, path.into(), message.into())
    }

    /// A warning about a file.
    pub fn warning(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, path.into(), message.into())
    }

    /// An error at a byte range of a text.
    pub fn error_at(
        source: SourceText<'_>,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> Self {
        Self::error(source.path, message).at(Position::of(source.text, range))
    }

    fn new(severity: Severity, path: String, message: String) -> Self {
        Self {
            severity,
            path,
            position: None,
            message,
            expected: None,
            help: None,
            notes: Vec::new(),
            page: None,
        }
    }

    /// The same, pointing at a place in its file.
    #[must_use]
    pub fn at(mut self, position: Position) -> Self {
        self.position = Some(position);
        self
    }

    /// The same, of what need not keep anybody from going on.
    #[must_use]
    pub fn as_warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// The same, saying what was expected.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// The same, saying how to repair it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, with a further fact.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The same, found when a file of the site was made.
    #[must_use]
    pub fn of_page(mut self, page: impl Into<String>) -> Self {
        self.page = Some(page.into());
        self
    }

    /// Whether it says the same as another one, of whatever page.
    fn is_same_but_page(&self, other: &Self) -> bool {
        let without = |d: &Self| Self { page: None, ..d.clone() };
        self == other
            || self.page.is_some() && other.page.is_some() && without(self) == without(other)
    }

    /// The text shown to a user.
    pub fn render(&self) -> String {
        self.rendered(Renderer::plain())
    }

    /// The same with ANSI colours.
    pub fn render_styled(&self) -> String {
        self.rendered(Renderer::styled())
    }

    fn rendered(&self, renderer: Renderer) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = Group::with_title(level.primary_title(self.message.as_str()));
        if let Some(position) = &self.position {
            let (excerpt, span) = position.visible_excerpt();
            group = group.element(
                Snippet::source(excerpt)
                    .path(self.path.as_str())
                    .line_start(position.line)
                    .annotation(AnnotationKind::Primary.span(span)),
            );
        } else if !self.path.is_empty() {
            group = group.element(Origin::path(self.path.as_str()));
        }
        for note in &self.notes {
            group = group.element(Level::NOTE.message(note.as_str()));
        }
        if let Some(expected) = &self.expected {
            group = group.element(Level::NOTE.with_name("expected").message(expected.as_str()));
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.decor_style(DecorStyle::Ascii).render(&[group])
    }
}

impl Position {
    /// The excerpt as it is printed, and the byte range of the stretch within it: control
    /// characters are shown as `\u{FFFD}`, since a seed must not steer a terminal.
    fn visible_excerpt(&self) -> (String, Range<usize>) {
        let visible: Vec<char> = self
            .excerpt
            .chars()
            .map(|c| if c.is_control() && c != '\t' { '\u{FFFD}' } else { c })
            .collect();
        let bytes = |n: usize| visible.iter().take(n).map(|c| c.len_utf8()).sum::<usize>();
        let start = bytes(self.column - 1);
        let end = bytes(self.column - 1 + self.length).max(start);
        (visible.into_iter().collect(), start..end)
    }
}

/// Collects the diagnostics of a run from any number of threads.
#[derive(Debug, Default)]
pub struct Report {
    diagnostics: Mutex<Vec<Diagnostic>>,
}

impl Report {
    /// An empty report.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a diagnostic.
    pub fn push(&self, diagnostic: Diagnostic) {
        self.lock().push(diagnostic);
    }

    /// Adds several diagnostics.
    pub fn extend(&self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.lock().extend(diagnostics);
    }

    /// The files that have an error: what else they lack may be a consequence of it.
    pub fn faulty_files(&self) -> BTreeSet<String> {
        let diagnostics = self.lock();
        let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
        errors.map(|d| d.path.clone()).collect()
    }

    /// Whether anything forbids publishing.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many diagnostics of a severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.lock().iter().filter(|d| d.severity == severity).count()
    }

    /// All diagnostics so far, ordered by file, place and message, each once.
    pub fn sorted(&self) -> Vec<Diagnostic> {
        let mut all = self.lock().clone();
        all.sort_by(|a, b| {
            let line = |d: &Diagnostic| d.position.as_ref().map_or(0, |p| p.line);
            let column = |d: &Diagnostic| d.position.as_ref().map_or(0, |p| p.column);
            (&a.path, line(a), column(a), &a.message, &a.page).cmp(&(
                &b.path,
                line(b),
                column(b),
                &b.message,
                &b.page,
            ))
        });
        all.dedup();
        // A fault in a template spoils every page that is made with it.
        all.chunk_by(|a, b| a.is_same_but_page(b)).map(once).collect()
    }

    fn lock(&self) -> parking_lot::MutexGuard<'_, Vec<Diagnostic>> {
        self.diagnostics.lock()
    }
}

/// The first of some diagnostics that are the same but for the page, which says on how many more pages it is.
fn once(same: &[Diagnostic]) -> Diagnostic {
    let mut first = same[0].clone();
    if let Some(page) = &first.page {
        let shown = page.strip_suffix("index.html").unwrap_or(page);
        let others = match same.len() - 1 {
            0 => String::new(),
            1 => ", and one more".to_owned(),
            n => format!(", and {n} more"),
        };
        first.notes.insert(0, format!("found while making the page `/{shown}`{others}"));
        first.page = None;
    }
    first
}

/// The name in `known` that a mistyped `name` most likely means, if one is near enough.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (name.chars().count() / 3).max(1);
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(longer) = known.iter().find(|k| name.len() > 3 && k.starts_with(name)) {
        return Some(longer);
    }
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&name.to_lowercase(), candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_shows_place_expectation_and_remedy() {
        let text = "+++\ntitle = \"A\"\ndate = \"19 November 2008\"\n+++\n";
        let source = SourceText { path: "content/documents/0042.md", text };
        let start = text.find("\"19").unwrap();
        let shown = Diagnostic::error_at(
            source,
            start..start + 18,
            "`19 November 2008` is not an EDTF date",
        )
        .expected("a date such as `2008-11-19`")
        .help("write `date = \"2008-11-19\"`")
        .render();
        assert_eq!(
            shown,
            "error: `19 November 2008` is not an EDTF date\n \
             --> content/documents/0042.md:3:8\n  \
             |\n3 | date = \"19 November 2008\"\n  \
             |        ^^^^^^^^^^^^^^^^^^\n  \
             |\n  \
             = expected: a date such as `2008-11-19`\n  \
             = help: write `date = \"2008-11-19\"`"
        );
    }

    #[test]
    fn positions_stay_inside_the_text() {
        let p = Position::of("가나\r\n다", 1..400);
        assert_eq!((p.line, p.column, p.length), (1, 1, 3));
        assert_eq!(p.excerpt, "가나");
        let end = Position::of("ab", 99..120);
        assert_eq!((end.line, end.column, end.length), (1, 3, 1));
    }

    #[test]
    fn the_nearest_name_is_offered_only_when_near() {
        assert_eq!(nearest("recipeints", ["recipients", "creators"]), Some("recipients"));
        assert_eq!(nearest("alias", ["title", "aliases"]), Some("aliases"));
        assert_eq!(nearest("colour", ["recipients", "creators"]), None);
    }
}
