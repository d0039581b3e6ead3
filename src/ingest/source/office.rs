//! Texts of office programs (DOCX, ODT, RTF) → lines: headings, lists with their numbers, tables, notes and
//! emphasis as Markdown's marks, as the reader of web pages gives them.
//!
//! What is read is the text as it would be printed: tracked changes are accepted, comments and hidden text are
//! left out, and all of that is accounted for. A file is data: nothing of it is run or fetched, and an embedded
//! file is not opened.

mod blocks;
mod docx;
mod odt;
mod rtf;
mod xml;
mod zip;

#[cfg(test)]
mod tests;

use super::super::decode::{self, Refusal};
use super::format::{Content, Unread};
use super::{Format, Source, Stated};
use blocks::Blocks;
pub(in crate::ingest) use xml::{Element, parse as parse_xml};
pub(in crate::ingest) use zip::Zip;

/// The format of an office text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Office {
    Docx,
    Odt,
    Rtf,
}

/// What a file holds that is left out of its text, but is still in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ingest) enum Remark {
    /// Tracked changes; the text is read as if all were accepted.
    Changes,
    Comments,
    /// Text that is marked as hidden.
    Hidden,
    /// Files attached to it.
    Attachments,
}

/// What a reader gives.
struct Text {
    blocks: Blocks,
    told: Stated,
}

/// Reads an office text.
///
/// # Errors
///
/// If the file is damaged, or unpacks to more than a text can be.
pub(super) fn read(office: Office, bytes: &[u8]) -> Result<Source, Refusal> {
    let Text { blocks, told } = match office {
        Office::Docx => docx::read(bytes)?,
        Office::Odt => odt::read(bytes)?,
        Office::Rtf => rtf::read(bytes)?,
    };
    let (text, dropped, remarks) = blocks.finish();
    Ok(Source {
        format: Format::Page,
        text: decode::clean(&text),
        dropped,
        told: Stated { by_program: true, ..told },
        remarks,
        ..Source::default()
    })
}

/// Recognises a ZIP file by what is in it.
pub(super) fn recognise(bytes: &[u8]) -> Content {
    let Some(zip) = Zip::open(bytes) else { return by_beginning(bytes) };
    let kind = zip.read("mimetype").ok().flatten().unwrap_or_default();
    let kind = String::from_utf8_lossy(&kind);
    let document = kind.trim().strip_prefix("application/vnd.oasis.opendocument.");
    match document {
        Some(kind) if kind.starts_with("text") => Content::Office(Office::Odt),
        Some(kind) if kind.starts_with("spreadsheet") => Content::Unread(Unread::Table),
        Some(_) => Content::Unread(Unread::Slides),
        // HWPX, of Hangul Office.
        None if kind.trim() == "application/hwp+zip" => Content::Unread(Unread::OldOffice),
        None if zip.has("word/document.xml") => Content::Office(Office::Docx),
        None if zip.has("xl/workbook.xml") => Content::Unread(Unread::Table),
        None if zip.has("ppt/presentation.xml") => Content::Unread(Unread::Slides),
        None if docx::is_one(&zip) => Content::Office(Office::Docx),
        None => Content::Unread(Unread::Archive),
    }
}

/// A file whose list of contents, which is at its end, is lost.
fn by_beginning(bytes: &[u8]) -> Content {
    let head = &bytes[..bytes.len().min(4096)];
    let names = |name: &[u8]| head.windows(name.len()).any(|w| w == name);
    if names(b"mimetypeapplication/vnd.oasis.opendocument.text") {
        Content::Office(Office::Odt)
    } else if names(b"[Content_Types].xml") || names(b"word/") {
        Content::Office(Office::Docx)
    } else {
        Content::Unread(Unread::Archive)
    }
}

/// Whether a file in Microsoft's older container is an office file of today behind a password.
pub(super) fn is_locked(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|w| w == name)
}
