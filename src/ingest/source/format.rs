//! What a file in `seeds/` is, by its first bytes; its name decides only between kinds of text.

use super::mail;
use super::ocr::{self, Ocr};
use super::office::{self, Office};
use crate::scan::Scan;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Content {
    /// Plain text or Markdown.
    Text,
    /// A web page.
    Page,
    /// An e-mail with its head.
    Mail,
    /// A text of an office program.
    Office(Office),
    /// What a program read from page images.
    Ocr(Ocr),
    /// Page images, or a PDF.
    Scan(Scan),
    /// Something that is not read.
    Unread(Unread),
}

impl Content {
    /// The format's name, for people.
    pub(super) fn name(self, path: &str) -> &'static str {
        match self {
            Self::Text if Self::is_markdown(path) => "Markdown",
            Self::Text => "text",
            Self::Page => "web page",
            Self::Mail => "e-mail",
            Self::Office(Office::Docx) => "DOCX",
            Self::Office(Office::Odt) => "ODT",
            Self::Office(Office::Rtf) => "RTF",
            Self::Ocr(Ocr::Hocr) => "hOCR",
            Self::Ocr(Ocr::Alto) => "ALTO",
            Self::Ocr(Ocr::PageXml) => "PAGE",
            Self::Scan(scan) => scan.name(),
            Self::Unread(_) => "not read",
        }
    }

    fn is_markdown(path: &str) -> bool {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        ["md", "markdown", "mdown"].iter().any(|known| ending.eq_ignore_ascii_case(known))
    }
}

/// Why a file of a known kind is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ingest) enum Unread {
    /// Rows and columns.
    Table,
    /// Text for programs: XML, JSON, style sheets.
    Data,
    /// A list of records for programs: RIS, BibTeX, JSON Lines, RDF.
    Records,
    /// `.doc`, `.xls`, `.ppt`, `.hwp`, `.hwpx`.
    OldOffice,
    /// A mail of Outlook, `.msg`.
    OutlookMail,
    /// A mailbox of Outlook, `.pst` or `.ost`.
    OutlookBox,
    /// An office file with a password.
    Locked,
    Slides,
    /// A picture in a format that browsers do not show.
    Picture,
    Media,
    Archive,
}

/// Recognises a file by its bytes, and a text by its name.
pub(in crate::ingest) fn recognise(path: &str, bytes: &[u8]) -> Content {
    binary(bytes).unwrap_or_else(|| text(path, bytes))
}

fn binary(bytes: &[u8]) -> Option<Content> {
    if let Some(scan) = Scan::of(bytes) {
        return Some(Content::Scan(scan));
    }
    let unread = match bytes {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => return Some(office::recognise(bytes)),
        [b'{', b'\\', b'r', b't', b'f', ..] => return Some(Content::Office(Office::Rtf)),
        [0xD0, 0xCF, 0x11, 0xE0, ..] if is_outlook(bytes) => Unread::OutlookMail,
        [0xD0, 0xCF, 0x11, 0xE0, ..] if office::is_locked(bytes) => Unread::Locked,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Unread::OldOffice,
        [b'!', b'B', b'D', b'N', ..] => Unread::OutlookBox,
        [0x1F, 0x8B, ..]
        | [b'B', b'Z', b'h', b'1'..=b'9', b'1', b'A', b'Y', ..]
        | [0xFD, b'7', b'z', b'X', b'Z', ..]
        | [b'7', b'z', 0xBC, 0xAF, ..]
        | [b'R', b'a', b'r', b'!', ..] => Unread::Archive,
        [b'I', b'D', b'3', ..] | [b'O', b'g', b'g', b'S', ..] | [b'f', b'L', b'a', b'C', ..] => {
            Unread::Media
        }
        [0x1A, 0x45, 0xDF, 0xA3, ..] | [b'R', b'I', b'F', b'F', ..] => Unread::Media,
        [b'8', b'B', b'P', b'S', ..] => Unread::Picture,
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => {
            let is_picture =
                [&b"heic"[..], b"heix", b"mif1", b"avif"].iter().any(|b| brand.starts_with(b));
            if is_picture { Unread::Picture } else { Unread::Media }
        }
        // A text may begin with the letters `BM`; a picture's size is written behind them.
        [b'B', b'M', a, b, c, d, 0, 0, 0, 0, ..]
            if usize::try_from(u32::from_le_bytes([*a, *b, *c, *d])) == Ok(bytes.len()) =>
        {
            Unread::Picture
        }
        _ => return None,
    };
    Some(Content::Unread(unread))
}

/// Whether an office file is a mail: the names of its parts, in UTF-16, say so.
fn is_outlook(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "__substg1.0_".bytes().flat_map(|b| [b, 0]).collect();
    bytes.windows(name.len()).any(|part| part == name)
}

fn text(path: &str, bytes: &[u8]) -> Content {
    if let Some(format) = ocr::recognise(path, bytes) {
        return Content::Ocr(format);
    }
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(0);
    let start = if bytes.starts_with(b"\xEF\xBB\xBF") { start.max(3) } else { start };
    let begins = |mark: &[u8]| {
        let head = bytes.get(start..start + mark.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(mark))
    };
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
    match ending.as_str() {
        "html" | "htm" | "xhtml" => Content::Page,
        "eml" => Content::Mail,
        "csv" | "tsv" => Content::Unread(Unread::Table),
        "ris" | "bib" | "jsonl" | "ndjson" | "rdf" => Content::Unread(Unread::Records),
        "json" | "jsonld" | "geojson" | "yaml" | "yml" | "toml" | "ini" | "css" | "js" | "sql"
        | "xsl" | "xsd" | "dtd" => Content::Unread(Unread::Data),
        _ if begins(b"<!doctype html") || begins(b"<html") => Content::Page,
        _ if begins(b"<?xml") || begins(b"<svg") => {
            let head =
                String::from_utf8_lossy(&bytes[..bytes.len().min(2000)]).to_ascii_lowercase();
            if head.contains("<html") { Content::Page } else { Content::Unread(Unread::Data) }
        }
        _ if mail::is_raw(bytes) => Content::Mail,
        _ => Content::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_say_what_a_file_is_whatever_its_name() {
        let cases: [(&str, &[u8], Content); 12] = [
            ("a.txt", b"\xFF\xD8\xFF\xE0", Content::Scan(Scan::Jpeg)),
            ("a", b"%PDF-1.4\n", Content::Scan(Scan::Pdf)),
            ("a.pdf", b"\n\n%PDF-1.4\n", Content::Scan(Scan::Pdf)),
            ("a.txt", b"Dear Sir, a PDF begins with %PDF- and", Content::Text),
            ("a.docx", b"Dear Sir", Content::Text),
            ("a.txt", b"{\\rtf1 x}", Content::Office(Office::Rtf)),
            ("a.doc", b"\xD0\xCF\x11\xE0\xA1", Content::Unread(Unread::OldOffice)),
            ("a.txt", b"BMW wrote a letter to us.", Content::Text),
            ("a.txt", b"<?xml version='1.0'?><TEI>", Content::Unread(Unread::Data)),
            ("a.txt", b"<?xml version='1.0'?>\n<html xmlns=''>", Content::Page),
            ("list.CSV", b"a,b\n", Content::Unread(Unread::Table)),
            ("a.docx", b"PK\x03\x04half of it", Content::Unread(Unread::Archive)),
        ];
        for (path, bytes, content) in cases {
            assert_eq!(recognise(path, bytes), content, "{path} {bytes:?}");
        }
    }
}
