//! Files of a site as a server may send them without work of its own: each text with a `.gz` and a `.br` beside it.

use std::collections::BTreeSet;

use crate::files::{FileError, Sink};
use crate::scan::crc32;

/// Files that are shorter than this fit one packet whatever is done.
const SHORTEST: usize = 1024;

/// Endings of files that are compressed already, or hardly get smaller.
const DENSE: [&str; 18] = [
    ".avif", ".br", ".docx", ".gif", ".gz", ".ico", ".jpeg", ".jpg", ".mp3", ".mp4", ".odt",
    ".pdf", ".png", ".tif", ".tiff", ".webp", ".woff2", ".zip",
];

/// Hands each file on, with its compressed forms.
pub struct Precompressed<'a> {
    /// Takes the files.
    pub sink: &'a dyn Sink,
    /// The files of `static/`, by path below it: one that is there already is the maintainer's.
    pub statics: &'a BTreeSet<String>,
}

impl Sink for Precompressed<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        self.sink.put(path, bytes)?;
        let is_host_file = matches!(path, "_headers" | "_redirects" | "CNAME" | "robots.txt");
        let lower = path.to_ascii_lowercase();
        if bytes.len() < SHORTEST || is_host_file || DENSE.iter().any(|end| lower.ends_with(end)) {
            return Ok(());
        }
        for end in [".gz", ".br"] {
            let beside = format!("{path}{end}");
            if self.statics.contains(&beside) {
                continue;
            }
            let compressed = if end == ".gz" { gzip(bytes) } else { brotli(bytes) };
            // A tenth less, or it is not worth a file.
            if compressed.len() < bytes.len() / 10 * 9 {
                self.sink.put(&beside, &compressed)?;
            }
        }
        Ok(())
    }

    /// Keeps its other forms with a file: whichever it had.
    fn keep(&self, path: &str) -> bool {
        let keeps = self.sink.keep(path);
        if keeps {
            let forms = [".gz", ".br"].map(|end| format!("{path}{end}"));
            let own = forms.iter().filter(|form| !self.statics.contains(*form));
            own.for_each(|form| {
                self.sink.keep(form);
            });
        }
        keeps
    }
}

/// RFC 1952, without a name and a time, so that the same input gives the same bytes.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    const HEAD: [u8; 10] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 255];
    let mut out = HEAD.to_vec();
    out.extend(miniz_oxide::deflate::compress_to_vec(bytes, 9));
    out.extend(crc32(bytes).to_le_bytes());
    // The length modulo 2^32, as the format has it.
    let length = (bytes.len() as u64 & 0xFFFF_FFFF).to_le_bytes();
    out.extend(&length[..4]);
    out
}

/// RFC 7932.
fn brotli(bytes: &[u8]) -> Vec<u8> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 9,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut out = Vec::new();
    let mut input = bytes;
    match brotli::BrotliCompress(&mut input, &mut out, &parameters) {
        Ok(_) => out,
        // Memory does not fail here; without the form, the plain file is sent.
        Err(_) => bytes.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::MemoryFiles;

    #[test]
    fn texts_get_their_forms_and_dense_files_none() {
        let (files, statics) = (MemoryFiles::new(), BTreeSet::from(["b.css.gz".to_owned()]));
        let sink = Precompressed { sink: &files, statics: &statics };
        let text = "The room above the bakery is dry. ".repeat(200);
        for path in ["a.html", "b.css", "c.png", "_headers"] {
            sink.put(path, text.as_bytes()).unwrap();
        }
        sink.put("short.txt", b"short").unwrap();
        let files = files.into_files();
        let names: Vec<&String> = files.keys().collect();
        assert_eq!(
            names,
            [
                "_headers",
                "a.html",
                "a.html.br",
                "a.html.gz",
                "b.css",
                "b.css.br",
                "c.png",
                "short.txt"
            ]
        );
        let gz = &files["a.html.gz"];
        let inner = miniz_oxide::inflate::decompress_to_vec(&gz[10..gz.len() - 8]).unwrap();
        assert_eq!(inner, text.as_bytes());
        assert_eq!(gz[gz.len() - 4..], (text.len() as u32).to_le_bytes());
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut &files["a.html.br"][..], &mut plain).unwrap();
        assert_eq!(plain, text.as_bytes());
    }
}
