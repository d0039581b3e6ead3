//! The files that a mail holds, by names that are safe in a path: attachments, mails in it, and the pictures of its
//! text that are large enough to show something. Signatures, calendars, cards, logos and counters are left out.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::INLINE;
use crate::scan::Scan;

/// A file that a mail holds.
#[derive(Debug)]
pub(super) struct Enclosure {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// Types of parts that say something to programs only.
const FOR_PROGRAMS: [&str; 12] = [
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
    "application/pgp-encrypted",
    "application/pgp-keys",
    "application/ms-tnef",
    "application/ics",
    "text/calendar",
    "text/vcard",
    "text/x-vcard",
    "text/directory",
    "text/rfc822-headers",
];

/// Endings of files that say something to programs only.
const ENDINGS: [&str; 7] = ["p7s", "p7m", "asc", "sig", "ics", "vcf", "dat"];

/// The shorter side of a picture that shows something, and its pixels.
const SIDE: u32 = 300;
const PIXELS: u64 = 200_000;

/// The size of a picture that shows something and does not say how wide it is, in bytes.
const HEAVY: usize = 20_000;

/// Longest name in bytes, without its ending.
const LONGEST: usize = 100;

/// What a mail holds, at most so many files, and how many there are more.
pub(super) fn enclosures(bytes: &[u8], most: usize) -> (Vec<Enclosure>, usize) {
    // A mail of one part holds nothing, and is not parsed once more.
    let parts = |name: &[u8]| bytes.windows(name.len()).any(|w| w.eq_ignore_ascii_case(name));
    if !parts(b"boundary") && !parts(b"content-disposition") {
        return (Vec::new(), 0);
    }
    let Some(message) = parsed(bytes) else { return (Vec::new(), 0) };
    let (mut all, mut left) = (Vec::new(), 0);
    for id in &message.attachments {
        let part = usize::try_from(*id).ok().and_then(|id| message.parts.get(id));
        let Some((name, bytes)) = part.and_then(|part| file(part, bytes)) else { continue };
        if all.len() == most {
            left += 1;
            continue;
        }
        let name = free(name, &all);
        all.push(Enclosure { name, bytes });
    }
    (all, left)
}

/// Reads a mail; none if the library gives up.
fn parsed(bytes: &[u8]) -> Option<Message<'_>> {
    std::panic::catch_unwind(|| MessageParser::default().parse(bytes)).ok().flatten()
}

/// The name and the bytes of a part; none if it is not for people.
fn file(part: &MessagePart<'_>, seed: &[u8]) -> Option<(String, Vec<u8>)> {
    let kind = kind(part);
    if FOR_PROGRAMS.contains(&kind.as_str()) || kind.starts_with("message/") && !part.is_message() {
        return None;
    }
    let bytes = contents(part, seed)?;
    let name = part.attachment_name().map(safe).filter(|name| !name.is_empty());
    if name.as_ref().is_some_and(|name| ENDINGS.contains(&ending(name).as_str())) {
        return None;
    }
    if let PartType::Message(inner) = &part.body {
        let subject = || inner.subject().map(safe).filter(|name| !name.is_empty());
        let name = name.or_else(subject).unwrap_or_else(|| "e-mail".to_owned());
        let stem = name.strip_suffix(".eml").map_or(name.as_str(), |stem| stem).to_owned();
        return Some((format!("{stem}.eml"), bytes));
    }
    // A name that makes a mail of what is none would make a folder of it.
    let name = name.map(|name| if ending(&name) == "eml" { format!("{name}.txt") } else { name });
    let scan = Scan::of(&bytes).filter(|scan| *scan != Scan::Pdf);
    if scan.is_some_and(|scan| !shows_something(scan, &bytes)) || bytes.trim_ascii().is_empty() {
        return None;
    }
    let disposition = part.content_disposition().map(|d| d.ctype().to_ascii_lowercase());
    let is_shown = match disposition.as_deref() {
        Some("inline") => true,
        Some(_) => false,
        None => part.content_id().is_some(),
    };
    let name = name.unwrap_or_else(|| format!("file.{}", ending_of(&kind, scan)));
    let name = if scan.is_some() && is_shown { format!("{INLINE}/{name}") } else { name };
    Some((name, bytes))
}

/// The type of a part in lower case.
fn kind(part: &MessagePart<'_>) -> String {
    let found = part.content_type();
    let kind = found.map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()));
    kind.unwrap_or_default().to_ascii_lowercase()
}

/// The bytes of a part as the sender attached them: a text keeps its encoding, which ingest tells better than a mail.
fn contents(part: &MessagePart<'_>, seed: &[u8]) -> Option<Vec<u8>> {
    let raw = || {
        let start = usize::try_from(part.offset_body).ok()?;
        seed.get(start..usize::try_from(part.offset_end).ok()?)
    };
    match &part.body {
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => Some(bytes.to_vec()),
        PartType::Text(text) | PartType::Html(text) => {
            let decoded = raw().and_then(|raw| match part.encoding {
                Encoding::None => Some(raw.to_vec()),
                Encoding::Base64 => base64_decode(raw),
                Encoding::QuotedPrintable => quoted_printable_decode(raw),
            });
            Some(decoded.unwrap_or_else(|| text.as_bytes().to_vec()))
        }
        PartType::Message(inner) => match part.encoding {
            Encoding::None => raw().map(<[u8]>::to_vec),
            _ => Some(inner.raw_message.to_vec()),
        },
        PartType::Multipart(_) => None,
    }
}

/// Whether a picture is a page or a photograph, not a logo or a counter.
fn shows_something(scan: Scan, bytes: &[u8]) -> bool {
    match scan.size(bytes) {
        Some((width, height)) => {
            width.min(height) >= SIDE && u64::from(width) * u64::from(height) >= PIXELS
        }
        None => bytes.len() >= HEAVY,
    }
}

/// A name that is one part of a path, and no hidden file.
fn safe(name: &str) -> String {
    let bad = |c: char| matches!(c, '/' | '\\' | '\0');
    let clean: String = name
        .chars()
        .map(|c| if bad(c) { '_' } else { c })
        .map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c })
        .collect();
    let words = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = words.trim_start_matches(['.', '#']).trim_end_matches(['~', '.', ' ', '#']);
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 10 => (stem, Some(ending)),
        _ => (name, None),
    };
    let mut end = stem.len().min(LONGEST);
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    let stem = stem[..end].trim();
    match ending {
        Some(ending) => format!("{stem}.{ending}"),
        None => stem.to_owned(),
    }
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase())
}

/// The ending of a file that has no name.
fn ending_of(kind: &str, scan: Option<Scan>) -> &'static str {
    match (scan, kind) {
        (Some(scan), _) => scan.ending(),
        (None, "text/html") => "html",
        (None, "text/csv") => "csv",
        (None, "application/pdf") => "pdf",
        (None, kind) if kind.starts_with("text/") => "txt",
        _ => "bin",
    }
}

/// A name that no other file of the mail has, whatever its case.
fn free(name: String, others: &[Enclosure]) -> String {
    let is_free = |name: &str| others.iter().all(|other| !other.name.eq_ignore_ascii_case(name));
    if is_free(&name) {
        return name;
    }
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) => (stem, format!(".{ending}")),
        None => (name.as_str(), String::new()),
    };
    let numbered = (2..=others.len() + 2).map(|n| format!("{stem} ({n}){ending}"));
    numbered.into_iter().find(|name| is_free(name)).unwrap_or(name)
}
