//! WebP: a RIFF file of chunks.

use super::orientation;

/// Flags of the first chunk: whether the file has EXIF and XMP.
const EXIF: u8 = 0x08;
const XMP: u8 = 0x04;

/// The chunks: name, body.
fn chunks(bytes: &[u8]) -> Option<Vec<(&[u8], &[u8])>> {
    let long = |at: usize| -> Option<usize> {
        let four = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(four)).ok()
    };
    let end = long(4)?.checked_add(8)?;
    let bytes = bytes.get(..end)?;
    let (mut chunks, mut at) = (Vec::new(), 12);
    while at < end {
        let length = long(at + 4)?;
        let from = at + 8;
        let to = from.checked_add(length)?;
        chunks.push((bytes.get(at..at + 4)?, bytes.get(from..to)?));
        at = to + length % 2;
    }
    Some(chunks)
}

fn turn(chunks: &[(&[u8], &[u8])]) -> Option<u16> {
    let (_, exif) = chunks.iter().find(|(name, _)| *name == b"EXIF")?;
    orientation::of(exif.strip_prefix(b"Exif\0\0").unwrap_or(exif))
}

/// The orientation of a file.
pub(super) fn turn_of(bytes: &[u8]) -> Option<u16> {
    turn(&chunks(bytes)?)
}

pub(super) fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    let chunks = chunks(bytes)?;
    let turn = turn(&chunks);
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    let mut put = |name: &[u8], body: &[u8]| -> Option<()> {
        out.extend(name);
        out.extend(u32::try_from(body.len()).ok()?.to_le_bytes());
        out.extend(body);
        out.extend(std::iter::repeat_n(0, body.len() % 2));
        Some(())
    };
    for (name, body) in &chunks {
        match *name {
            b"VP8X" => {
                let mut head = body.to_vec();
                let flags = head.first_mut()?;
                *flags = *flags & !(EXIF | XMP) | if turn.is_some() { EXIF } else { 0 };
                put(name, &head)?;
            }
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP" => put(name, body)?,
            _ => {}
        }
    }
    if let Some(turn) = turn {
        put(b"EXIF", &orientation::block(turn))?;
    }
    let size = u32::try_from(out.len() - 8).ok()?;
    out[4..8].copy_from_slice(&size.to_le_bytes());
    Some(out)
}

pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let chunks = chunks(bytes)?;
    let (name, body) = chunks.first()?;
    let byte = |at: usize| body.get(at).copied().map(u32::from);
    let (width, height) = match *name {
        b"VP8X" => {
            let three = |at: usize| Some(byte(at)? | byte(at + 1)? << 8 | byte(at + 2)? << 16);
            (three(4)? + 1, three(7)? + 1)
        }
        b"VP8 " => {
            let two = |at: usize| Some((byte(at)? | byte(at + 1)? << 8) & 0x3FFF);
            (two(6)?, two(8)?)
        }
        b"VP8L" => {
            let bits = byte(1)? | byte(2)? << 8 | byte(3)? << 16 | byte(4)? << 24;
            ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        }
        _ => return None,
    };
    let is_on_its_side = orientation::is_on_its_side(turn(&chunks));
    Some(if is_on_its_side { (height, width) } else { (width, height) })
}
