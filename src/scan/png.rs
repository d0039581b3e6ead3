//! PNG: a list of chunks, of which those that make the picture are kept.

use super::{long, orientation};

const MARK: &[u8] = b"\x89PNG\r\n\x1A\n";

/// Chunks that a picture is made of: its data, its colours, its frames.
const KEPT: [&[u8; 4]; 17] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
    b"bKGD", b"pHYs", b"cICP", b"mDCV", b"acTL", b"fcTL", b"fdAT",
];

/// A chunk: its name, its body, all of its bytes.
type Chunk<'a> = (&'a [u8], &'a [u8], &'a [u8]);

/// The chunks up to the last.
fn chunks(bytes: &[u8]) -> Option<Vec<Chunk<'_>>> {
    let mut at = bytes.starts_with(MARK).then_some(MARK.len())?;
    let mut chunks = Vec::new();
    loop {
        let length = usize::try_from(long(bytes, at)?).ok()?;
        let end = at.checked_add(length)?.checked_add(12)?;
        let whole = bytes.get(at..end)?;
        let name = &whole[4..8];
        chunks.push((name, &whole[8..8 + length], whole));
        if name == b"IEND" {
            return Some(chunks);
        }
        at = end;
    }
}

fn turn(chunks: &[Chunk<'_>]) -> Option<u16> {
    chunks.iter().find(|(name, ..)| *name == b"eXIf").and_then(|(_, body, _)| orientation::of(body))
}

/// The orientation of a file.
pub(super) fn turn_of(bytes: &[u8]) -> Option<u16> {
    turn(&chunks(bytes)?)
}

pub(super) fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    let chunks = chunks(bytes)?;
    let mut out = Vec::with_capacity(bytes.len());
    out.extend(MARK);
    for (name, _, whole) in &chunks {
        if KEPT.iter().any(|kept| kept.as_slice() == *name) {
            out.extend(*whole);
        }
        if let (b"IHDR", Some(turn)) = (*name, turn(&chunks)) {
            let chunk = [b"eXIf".as_slice(), &orientation::block(turn)].concat();
            out.extend(u32::try_from(chunk.len() - 4).ok()?.to_be_bytes());
            out.extend(&chunk);
            out.extend(crc32(&chunk).to_be_bytes());
        }
    }
    Some(out)
}

pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let chunks = chunks(bytes)?;
    let (_, head, _) = chunks.iter().find(|(name, ..)| *name == b"IHDR")?;
    let (width, height) = (long(head, 0)?, long(head, 4)?);
    let is_on_its_side = orientation::is_on_its_side(turn(&chunks));
    Some(if is_on_its_side { (height, width) } else { (width, height) })
}

/// The checksum of chunks, and of files in a ZIP file.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut n = 0;
        while n < 256 {
            let (mut c, mut k) = (n as u32, 0);
            while k < 8 {
                c = if c & 1 == 1 { 0xEDB8_8320 ^ (c >> 1) } else { c >> 1 };
                k += 1;
            }
            table[n] = c;
            n += 1;
        }
        table
    };
    !bytes.iter().fold(!0, |crc: u32, b| TABLE[usize::from(crc as u8 ^ b)] ^ (crc >> 8))
}
