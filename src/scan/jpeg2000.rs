//! JPEG 2000: of its boxes those stay that say how it looks; of its codes, comments go.

use super::{long, short};

/// The beginning of a file of boxes.
const SIGNATURE: &[u8] = b"\0\0\0\x0CjP  ";
/// The beginning of codes alone.
const CODES: &[u8] = b"\xFF\x4F\xFF\x51";
/// Boxes that say how a picture looks, within its header: size, depths, colours, table, channels, resolution.
const KEPT: [&[u8]; 7] = [b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef", b"res "];

/// Whether a file begins as one.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE) || bytes.starts_with(CODES)
}

/// A box: its kind, all of it, and what is in it.
struct Part<'b> {
    kind: &'b [u8],
    whole: &'b [u8],
    inner: &'b [u8],
}

/// The boxes of a file; none if they are not whole.
fn parts(bytes: &[u8]) -> Option<Vec<Part<'_>>> {
    let mut parts = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let kind = rest.get(4..8)?;
        let (head, length) = match long(rest, 0)? {
            // It goes on to the end of the file.
            0 => (8, rest.len()),
            1 => (
                16,
                usize::try_from(u64::from(long(rest, 8)?) << 32 | u64::from(long(rest, 12)?))
                    .ok()?,
            ),
            length => (8, length as usize),
        };
        let whole = rest.get(..length)?;
        parts.push(Part { kind, whole, inner: whole.get(head..)? });
        rest = &rest[length..];
    }
    Some(parts)
}

/// The codes of a file.
fn codes(bytes: &[u8]) -> Option<&[u8]> {
    if bytes.starts_with(CODES) {
        return Some(bytes);
    }
    let part = parts(bytes)?.into_iter().find(|part| part.kind == b"jp2c")?;
    Some(part.inner)
}

/// Width and height: the picture on its grid without what lies left of it and above.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let codes = codes(bytes).filter(|codes| codes.starts_with(CODES))?;
    let side = |far, near| long(codes, far)?.checked_sub(long(codes, near)?);
    Some((side(8, 16)?, side(12, 20)?))
}

/// Takes out what is not for the public; none if the file is not whole.
pub(super) fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.starts_with(CODES) {
        return without_comments(bytes);
    }
    let mut out = Vec::with_capacity(bytes.len());
    for part in parts(bytes)? {
        match part.kind {
            b"jP  " | b"ftyp" => out.extend(part.whole),
            b"jp2h" => {
                let inner = parts(part.inner)?.into_iter();
                let kept = inner.filter(|inner| KEPT.contains(&inner.kind));
                let kept: Vec<u8> = kept.flat_map(|inner| inner.whole.to_vec()).collect();
                out.extend(u32::try_from(kept.len() + 8).ok()?.to_be_bytes());
                out.extend(b"jp2h");
                out.extend(kept);
            }
            b"jp2c" => {
                // Of no length: to the end of the file. Nothing follows.
                out.extend(b"\0\0\0\0jp2c");
                out.extend(without_comments(part.inner)?);
                return Some(out);
            }
            _ => {}
        }
    }
    None
}

/// The codes without the comments in their header.
fn without_comments(codes: &[u8]) -> Option<Vec<u8>> {
    const COMMENT: u16 = 0xFF64;
    const FIRST_TILE: u16 = 0xFF90;
    let mut out = codes.get(..2)?.to_vec();
    let mut at = 2;
    loop {
        let mark = short(codes, at)?;
        if mark == FIRST_TILE {
            out.extend(&codes[at..]);
            return Some(out);
        }
        let end = at + 2 + usize::from(short(codes, at + 2)?);
        let segment = codes.get(at..end)?;
        if mark != COMMENT {
            out.extend(segment);
        }
        at = end;
    }
}
