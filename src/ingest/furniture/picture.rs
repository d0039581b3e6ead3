//! Descriptions of pictures that a transcription puts in their place.

use std::sync::LazyLock;

use super::super::lexicon::{Phrases, ends_or, surroundings};
use super::super::names::{self, Named};
use super::super::parties;
use super::super::text;

const PICTURE: &str = "image description";

/// The rule by which a line describes a picture.
pub(super) fn rule(line: &str) -> Option<&'static str> {
    let first = line.chars().next()?;
    let described = match first {
        '!' => is_markdown_image(line),
        '[' | '<' | '(' if is_named_in_brackets(line) => true,
        _ => is_described(line),
    };
    described.then_some(PICTURE)
}

/// `![logo](a.png)`
fn is_markdown_image(line: &str) -> bool {
    let inner = line.strip_prefix("![").and_then(|l| l.strip_suffix(')'));
    inner
        .and_then(|l| l.split_once("]("))
        // An image of another site can still be looked at there.
        .is_some_and(|(alt, url)| !alt.contains(']') && !url.contains([')', ':']))
}

/// `[Signature]`, `<image: a seal>`, `(logo)`
fn is_named_in_brackets(line: &str) -> bool {
    static PICTURES: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.pictures));
    let line = line.strip_suffix('.').unwrap_or(line);
    // A logo can be how a body signs.
    if parties::of_logo(line).is_some() {
        return false;
    }
    let Some(inner) = line[1..].strip_suffix([']', '>', ')']) else { return false };
    let end = PICTURES.end(inner, |rest| ends_or(rest.trim_start(), ":-") || rest.starts_with(' '));
    line.len() <= 250
        && !inner.contains([']', '>', ')'])
        && end.is_some_and(|end| !is_transcribed(inner[end..].trim_start()) && !tells(inner))
}

/// Whether what follows a picture's name is what is to be read there: `stamp: RECEIVED 25 JUN 1931`,
/// `signature: J. Smith`.
fn is_transcribed(rest: &str) -> bool {
    let Some(words) = rest.strip_prefix(':').map(str::trim) else { return false };
    let quoted = words.starts_with(['"', '“', '„', '«', '\'', '‘']);
    let year = words.as_bytes().windows(4).any(|w| w.iter().all(u8::is_ascii_digit));
    quoted || year || text::is_caps(words) || names::judge(words) == Named::Person
}

/// `Handwritten signature of …`, `A black and white logo of the United Nations.`, `The stamp reads …`
fn is_described(line: &str) -> bool {
    static IMAGES: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.signature_images));
    static ARTICLES: LazyLock<Phrases> =
        LazyLock::new(|| Phrases::from(surroundings::ARTICLES.iter().copied()));
    let bare = line.trim_start_matches(['[', '(', '*', '_']);
    let article = ARTICLES.end(bare, |rest| ends_or(rest, ""));
    let rest = article.map_or(bare, |end| bare[end..].trim_start());
    let first = rest.split([' ', '-', '.', ':', ']', ')']).next().unwrap_or_default();
    let likely = article.is_some()
        || text::is_any(first, surroundings::SIGNATURE)
        || text::is_any(first, surroundings::MANNERS);
    let picture = if likely { Picture::of(rest) } else { None };
    let described = picture.is_some_and(|picture| {
        picture.is_signature(line, article.is_some()) || article.is_some() && picture.is_said(line)
    });
    described || IMAGES.end(line, |rest| ends_or(rest, ":.")).is_some()
}

/// A word for a picture among the first words of a line.
struct Picture<'t> {
    /// What the line says, without its article.
    rest: &'t str,
    word: &'t str,
    /// How many words are before it, and whether all of them say how it was made.
    before: usize,
    plain: bool,
    /// The next two words.
    after: [Option<&'t str>; 2],
}

impl<'t> Picture<'t> {
    fn of(rest: &'t str) -> Option<Self> {
        let mut words = rest
            .split(|c: char| c.is_whitespace() || c == '-')
            .filter(|w| !w.is_empty())
            .take(8)
            .map(|w| w.trim_end_matches(['.', ']', ')', '*', '_', ':', ',']));
        let (mut before, mut plain) = (0, true);
        let word = words.by_ref().take(5).find(|w| {
            let found = text::is_any(w, surroundings::PICTURES);
            if !found {
                before += 1;
                plain &= text::is_any(w, surroundings::MANNERS);
            }
            found
        })?;
        let after = [words.next(), words.next()];
        Some(Self { rest, word, before, plain, after })
    }

    /// Whether one of these words follows.
    fn goes_on(&self, any: &[&str]) -> bool {
        self.after[0].is_some_and(|w| text::is_any(w, any))
    }

    /// `Handwritten signature`, `[Signature of …]`: a form has the bare word as a label.
    fn is_signature(&self, line: &str, article: bool) -> bool {
        let bare = self.rest.trim_end_matches(['.', ']', ')', '*', '_', ':']);
        let alone = bare.split_whitespace().count() == self.before + 1;
        let said = self.before > 0 || article || line.starts_with(['[', '(']);
        text::is_any(self.word, surroundings::SIGNATURE)
            && self.plain
            && said
            && (alone || self.goes_on(surroundings::BEHIND_SIGNATURE))
    }

    /// Whether a sentence with an article says what a picture shows or reads.
    fn is_said(&self, line: &str) -> bool {
        let shows = self.goes_on(surroundings::SHOWS) && line.ends_with('.') && !tells(self.rest);
        let looks = || self.after[1].is_some_and(|w| text::is_any(w, surroundings::LOOKS));
        let states =
            self.goes_on(surroundings::STATES) || self.goes_on(surroundings::IS) && looks();
        shows || self.before == 0 && states
    }
}

/// Whether a sentence says more than what is to be seen: "The image of the country has changed."
fn tells(sentence: &str) -> bool {
    sentence
        .split(|c: char| !c.is_alphanumeric())
        .any(|w| w.len() <= 8 && text::is_any(w, surroundings::TELLS))
}
