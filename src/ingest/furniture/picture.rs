//! Descriptions of pictures that a transcription puts in their place.

use std::sync::LazyLock;

use super::super::lexicon::{Phrases, ends_or, surroundings};
use super::super::names::{self, Named};
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
    if !likely {
        return IMAGES.end(line, |rest| ends_or(rest, ":.")).is_some();
    }
    let mut words = rest
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter(|w| !w.is_empty())
        .take(8)
        .map(|w| w.trim_end_matches(['.', ']', ')', '*', '_', ':', ',']));
    let (mut before, mut plain) = (0, true);
    let object = words.by_ref().take(5).find(|w| {
        let found = text::is_any(w, surroundings::PICTURES);
        if !found {
            before += 1;
            plain &= text::is_any(w, surroundings::MANNERS);
        }
        found
    });
    let Some(object) = object else {
        return IMAGES.end(line, |rest| ends_or(rest, ":.")).is_some();
    };
    let following = words.next();
    let next = |any: &[&str]| following.is_some_and(|w| text::is_any(w, any));
    let alone = rest.trim_end_matches(['.', ']', ')', '*', '_', ':']).split_whitespace().count()
        == before + 1;
    // A form has the bare word as a label.
    let said = before > 0 || article.is_some() || line.starts_with(['[', '(']);
    let signature = text::is_any(object, surroundings::SIGNATURE)
        && plain
        && said
        && (alone || next(surroundings::BEHIND_SIGNATURE));
    let sentence =
        article.is_some() && next(surroundings::SHOWS) && line.ends_with('.') && !tells(rest);
    let states = next(surroundings::STATES)
        || next(surroundings::IS)
            && words.next().is_some_and(|w| text::is_any(w, surroundings::LOOKS));
    let stated = before == 0 && article.is_some() && states;
    signature || sentence || stated || IMAGES.end(line, |rest| ends_or(rest, ":.")).is_some()
}

/// Whether a sentence says more than what is to be seen: "The image of the country has changed."
fn tells(sentence: &str) -> bool {
    sentence
        .split(|c: char| !c.is_alphanumeric())
        .any(|w| w.len() <= 8 && text::is_any(w, surroundings::TELLS))
}
