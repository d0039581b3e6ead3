//! Descriptions of pictures that a transcription puts in their place.

use std::sync::LazyLock;

use super::super::lexicon::{Phrases, ends_or};
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
        .is_some_and(|(alt, url)| !alt.contains(']') && !url.contains(')'))
}

/// `[Signature]`, `<image: a seal>`, `(logo)`
fn is_named_in_brackets(line: &str) -> bool {
    static PICTURES: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.pictures));
    let line = line.strip_suffix('.').unwrap_or(line);
    let Some(inner) = line[1..].strip_suffix([']', '>', ')']) else { return false };
    line.len() <= 250
        && !inner.contains([']', '>', ')'])
        && PICTURES
            .end(inner, |rest| ends_or(rest.trim_start(), ":-") || rest.starts_with(' '))
            .is_some()
}

/// `Handwritten signature of …`, `A black and white logo of the United Nations.`, `The stamp reads …`
fn is_described(line: &str) -> bool {
    static IMAGES: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.signature_images));
    static ARTICLES: LazyLock<Phrases> = LazyLock::new(|| Phrases::from(["a", "an", "the"]));
    const OBJECTS: [&str; 12] = [
        "signature",
        "logo",
        "logotype",
        "emblem",
        "seal",
        "letterhead",
        "stamp",
        "barcode",
        "photograph",
        "photo",
        "image",
        "drawing",
    ];
    const SHOWS: [&str; 10] =
        ["of", "in", "that", "reading", "reads", "shows", "showing", "depicting", "with", "for"];
    const STATES: [&str; 5] = ["appears", "consists", "shows", "reads", "depicts"];
    const MANNERS: [&str; 8] =
        ["handwritten", "cursive", "illegible", "stylized", "black", "blue", "ink", "scanned"];
    const OF: [&str; 9] =
        ["of", "in", "that", "reading", "reads", "block", "image", "above", "over"];
    let bare = line.trim_start_matches(['[', '(', '*', '_']);
    let article = ARTICLES.end(bare, |rest| ends_or(rest, ""));
    let rest = article.map_or(bare, |end| bare[end..].trim_start());
    let first = rest.split([' ', '-', '.', ':', ']', ')']).next().unwrap_or_default();
    let likely = article.is_some()
        || first.eq_ignore_ascii_case("signature")
        || MANNERS.iter().any(|m| first.eq_ignore_ascii_case(m));
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
        let found = text::is_any(w, &OBJECTS);
        if !found {
            before += 1;
            plain &= text::is_any(w, &MANNERS);
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
    let signature = text::is_any(object, &["signature"]) && plain && (alone || next(&OF));
    let sentence = article.is_some() && next(&SHOWS) && line.ends_with('.') && !tells(rest);
    let illegible = ["illegible", "handwritten", "cursive", "stylized", "unclear"];
    let states =
        next(&STATES) || next(&["is"]) && words.next().is_some_and(|w| text::is_any(w, &illegible));
    let stated = before == 0 && article.is_some() && states;
    signature || sentence || stated || IMAGES.end(line, |rest| ends_or(rest, ":.")).is_some()
}

/// Whether a sentence says more than what is to be seen: "The image of the country has changed."
fn tells(sentence: &str) -> bool {
    const VERBS: [&str; 20] = [
        "is", "was", "are", "were", "has", "have", "had", "will", "would", "can", "must", "should",
        "may", "i", "we", "our", "my", "your", "enclosed", "attached",
    ];
    sentence.split(|c: char| !c.is_alphanumeric()).any(|w| w.len() <= 8 && text::is_any(w, &VERBS))
}
