//! JPEG (ITU-T T.81): a chain of segments, and compressed data behind some of them.

use super::{orientation, short};

const EXIF: &[u8] = b"Exif\0\0";
const PROFILE: &[u8] = b"ICC_PROFILE\0";

/// A part of a file: a segment with its mark, or compressed data.
enum Part<'a> {
    Segment(u8, &'a [u8], &'a [u8]),
    Data(&'a [u8]),
}

/// The parts up to the end of the picture; none if the chain breaks.
fn parts(bytes: &[u8]) -> Option<Vec<Part<'_>>> {
    let (mut parts, mut at) = (Vec::new(), 2);
    loop {
        while bytes.get(at) == Some(&0xFF) && bytes.get(at + 1) == Some(&0xFF) {
            at += 1;
        }
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        let mark = *bytes.get(at + 1)?;
        match mark {
            // What follows is no part of the picture: often another one, with metadata of its own.
            0xD9 => return Some(parts),
            0x01 | 0xD0..=0xD7 => {
                parts.push(Part::Data(&bytes[at..at + 2]));
                at += 2;
                continue;
            }
            _ => {}
        }
        let length = usize::from(short(bytes, at + 2)?);
        let end = at + 2 + length;
        let body = bytes.get(at + 4..end)?;
        parts.push(Part::Segment(mark, &bytes[at..end], body));
        at = end;
        if mark == 0xDA {
            let data = data_length(&bytes[at..])?;
            parts.push(Part::Data(&bytes[at..at + data]));
            at += data;
        }
    }
}

/// How long the compressed data is that begins here.
fn data_length(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|b| *b == 0xFF)?;
        match *bytes.get(at + 1)? {
            0 | 0xD0..=0xD7 => at += 2,
            0xFF => at += 1,
            _ => return Some(at),
        }
    }
}

/// Marks and bodies of the segments of a file.
pub(crate) fn segments(bytes: &[u8]) -> Option<Vec<(u8, &[u8])>> {
    let segment = |part| match part {
        Part::Segment(mark, _, body) => Some((mark, body)),
        Part::Data(_) => None,
    };
    Some(parts(bytes)?.into_iter().filter_map(segment).collect())
}

fn turn(parts: &[Part<'_>]) -> Option<u16> {
    parts.iter().find_map(|part| match part {
        Part::Segment(0xE1, _, body) => orientation::of(body.strip_prefix(EXIF)?),
        _ => None,
    })
}

/// The orientation of a file.
pub(super) fn turn_of(bytes: &[u8]) -> Option<u16> {
    turn(&parts(bytes)?)
}

pub(super) fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    let parts = parts(bytes)?;
    let mut out = Vec::with_capacity(bytes.len());
    out.extend([0xFF, 0xD8]);
    let mut block = turn(&parts).map(|turn| [EXIF, &orientation::block(turn)].concat());
    for part in &parts {
        match part {
            Part::Data(data) => out.extend(*data),
            Part::Segment(mark, whole, body) => {
                // JFIF comes first, and Adobe's segment says how colours are coded.
                let is_kept = match mark {
                    0xE0 | 0xEE => true,
                    0xE2 => body.starts_with(PROFILE),
                    0xE1..=0xEF | 0xFE => false,
                    _ => true,
                };
                if *mark != 0xE0
                    && let Some(block) = block.take()
                {
                    out.extend([0xFF, 0xE1]);
                    out.extend(u16::try_from(block.len() + 2).ok()?.to_be_bytes());
                    out.extend(block);
                }
                if is_kept {
                    out.extend(*whole);
                }
            }
        }
    }
    out.extend([0xFF, 0xD9]);
    Some(out)
}

pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let parts = parts(bytes)?;
    let frame = parts.iter().find_map(|part| match part {
        Part::Segment(0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF, _, body) => {
            Some((u32::from(short(body, 3)?), u32::from(short(body, 1)?)))
        }
        _ => None,
    });
    let (width, height) = frame?;
    let is_on_its_side = orientation::is_on_its_side(turn(&parts));
    Some(if is_on_its_side { (height, width) } else { (width, height) })
}
