//! Page images and PDFs: recognised by their bytes, measured, and freed of what cameras write into them.
//!
//! Nothing is decoded: pixels stay as they are, to the bit. What is left out is where a picture was taken, with which
//! device, by whom; how it is to be turned and its colours are kept. Of a PDF nothing is left out.

mod gif;
mod jpeg;
mod jpeg2000;
mod orientation;
mod png;
mod tiff;
mod webp;

pub(crate) use jpeg::segments as jpeg_segments;
pub(crate) use png::crc32;
pub(crate) use tiff::{Order, entries as tiff_entries};

#[cfg(test)]
mod tests;

/// The format of a file that shows pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scan {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// GIF.
    Gif,
    /// WebP.
    Webp,
    /// TIFF, perhaps with several pages.
    Tiff,
    /// JPEG 2000.
    Jpeg2000,
    /// PDF.
    Pdf,
}

impl Scan {
    /// How many bytes of a file say what it is.
    pub const MARK: usize = 1024;

    /// Recognises a page image or a PDF.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        // Some programs write a line of their own before a PDF's mark.
        let head = &bytes[..bytes.len().min(Self::MARK)];
        let is_webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP".as_slice());
        Some(match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Self::Jpeg,
            [0x89, b'P', b'N', b'G', b'\r', b'\n', ..] => Self::Png,
            [b'G', b'I', b'F', b'8', ..] => Self::Gif,
            [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Self::Tiff,
            _ if is_webp => Self::Webp,
            _ if jpeg2000::is_one(bytes) => Self::Jpeg2000,
            _ if head.windows(5).any(|w| w == b"%PDF-") && !is_prose(head) => Self::Pdf,
            _ => return None,
        })
    }

    /// Whether a file's name ends as those of page images and PDFs do.
    pub fn may_be(path: &str) -> bool {
        const ENDINGS: [&str; 11] =
            ["jpg", "jpeg", "png", "gif", "webp", "tif", "tiff", "jp2", "jpx", "j2k", "pdf"];
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
    }

    /// How a published file's name ends.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Tiff => "tif",
            Self::Jpeg2000 => "jp2",
            Self::Pdf => "pdf",
        }
    }

    /// The format's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::Webp => "WebP",
            Self::Tiff => "TIFF",
            Self::Jpeg2000 => "JPEG 2000",
            Self::Pdf => "PDF",
        }
    }

    /// The name of the format that a file's name promises.
    pub fn name_of(path: &str) -> &'static str {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        match ending.as_str() {
            "jpg" | "jpeg" => Self::Jpeg.name(),
            "png" => Self::Png.name(),
            "gif" => Self::Gif.name(),
            "webp" => Self::Webp.name(),
            "tif" | "tiff" => Self::Tiff.name(),
            "jp2" | "jpx" | "j2k" => Self::Jpeg2000.name(),
            "pdf" => Self::Pdf.name(),
            _ => "page image",
        }
    }

    /// Whether every browser shows it as a picture in a page.
    pub fn is_shown(self) -> bool {
        !matches!(self, Self::Tiff | Self::Jpeg2000 | Self::Pdf)
    }

    /// Width and height in pixels, as they are shown; none if the file does not say.
    pub fn size(self, bytes: &[u8]) -> Option<(u32, u32)> {
        let size = match self {
            Self::Jpeg => jpeg::size(bytes),
            Self::Png => png::size(bytes),
            Self::Gif => gif::size(bytes),
            Self::Webp => webp::size(bytes),
            Self::Jpeg2000 => jpeg2000::size(bytes),
            Self::Tiff | Self::Pdf => None,
        };
        size.filter(|(width, height)| *width > 0 && *height > 0)
    }

    /// How it is to be turned, as EXIF codes it: from 2 to 8, or none. The pages of a TIFF may differ.
    pub(crate) fn turn(self, bytes: &[u8]) -> Option<u16> {
        match self {
            Self::Jpeg => jpeg::turn_of(bytes),
            Self::Png => png::turn_of(bytes),
            Self::Webp => webp::turn_of(bytes),
            Self::Gif | Self::Tiff | Self::Jpeg2000 | Self::Pdf => None,
        }
    }

    /// The file as it may be published; none if it is damaged, so that what is in it is not known.
    pub fn published(self, bytes: Vec<u8>) -> Option<Vec<u8>> {
        match self {
            Self::Jpeg => jpeg::cleaned(&bytes),
            Self::Png => png::cleaned(&bytes),
            Self::Gif => gif::cleaned(&bytes),
            Self::Webp => webp::cleaned(&bytes),
            Self::Tiff => tiff::cleaned(bytes),
            Self::Jpeg2000 => jpeg2000::cleaned(&bytes),
            Self::Pdf => Some(bytes),
        }
    }
}

/// Whether a mark is somewhere in a text about it, not at the head of a file.
fn is_prose(head: &[u8]) -> bool {
    let at = head.windows(5).position(|w| w == b"%PDF-").unwrap_or(0);
    head[..at].iter().any(u8::is_ascii_alphanumeric)
        && head.get(at + 5).is_none_or(|b| !b.is_ascii_digit())
}

/// A number of two bytes, the greater one first.
fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// A number of four bytes, the greatest one first.
fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
