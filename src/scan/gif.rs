//! GIF: blocks, of which comments and those of programs are left out.

/// How long the blocks of data are that stand at a place, with the empty one at their end.
fn data_length(bytes: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    loop {
        let length = usize::from(*bytes.get(end)?);
        end += 1 + length;
        if length == 0 {
            return (end <= bytes.len()).then_some(end - at);
        }
    }
}

/// How long a table of colours is, by the flags before it.
fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

pub(super) fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut at = 13 + colours(*bytes.get(10)?);
    let mut out = bytes.get(..at)?.to_vec();
    loop {
        let start = at;
        let mut is_kept = true;
        match *bytes.get(at)? {
            0x3B => {
                out.push(0x3B);
                return Some(out);
            }
            0x21 => {
                let label = *bytes.get(at + 1)?;
                // A program's block says how often an animation is shown.
                let repeats = bytes.get(at + 3..at + 14) == Some(b"NETSCAPE2.0".as_slice());
                is_kept = label == 0xF9 || label == 0x01 || label == 0xFF && repeats;
                at += 2;
                at += data_length(bytes, at)?;
            }
            0x2C => {
                at += 10 + colours(*bytes.get(at + 9)?) + 1;
                at += data_length(bytes, at)?;
            }
            _ => return None,
        }
        if is_kept {
            out.extend(bytes.get(start..at)?);
        }
    }
}

pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let two = |at: usize| {
        let (low, high) = (*bytes.get(at)?, *bytes.get(at + 1)?);
        Some(u32::from(u16::from_le_bytes([low, high])))
    };
    Some((two(6)?, two(8)?))
}
