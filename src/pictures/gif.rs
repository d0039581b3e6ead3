//! GIF 89a; of one that moves, the first picture. What it leaves open is white paper.

use weezl::BitOrder;
use weezl::decode::Decoder;

use super::raster::Raster;
use super::{Refusal, damaged, lzw};

/// Where the rows of a picture that is sent coarsely first begin, and how far apart they are.
const PASSES: [(usize, usize); 4] = [(0, 8), (4, 8), (2, 4), (1, 2)];

/// A picture's place on the page, and how it is coded.
struct Frame<'a> {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
    is_interlaced: bool,
    colours: &'a [u8],
    /// The colour that means transparent.
    clear: Option<u8>,
    /// From how many bits on codes are, and the blocks that hold them.
    bits: u8,
    data: Vec<u8>,
}

pub(super) fn decoded(bytes: &[u8]) -> Result<Raster, Refusal> {
    let cut = || damaged("it ends too soon");
    let (width, height) = (two(bytes, 6).ok_or_else(cut)?, two(bytes, 8).ok_or_else(cut)?);
    let frame = Frame::first(bytes).ok_or_else(cut)?;
    let mut raster = Raster::new(width as u32, height as u32, 3)?;
    raster.pixels.fill(255);
    let indices = frame.indices()?;
    if !(2..=8).contains(&frame.bits)
        || frame.width == 0
        || indices.len() < frame.width * frame.height
    {
        return Err(cut());
    }
    for (row, y) in indices.chunks_exact(frame.width).zip(frame.rows()) {
        for (index, x) in row.iter().zip(frame.left..width) {
            let colour = frame.colours.get(usize::from(*index) * 3..usize::from(*index) * 3 + 3);
            let Some(colour) = colour.filter(|_| frame.clear != Some(*index)) else { continue };
            let at = ((y + frame.top) * width + x) * 3;
            if let Some(pixel) = raster.pixels.get_mut(at..at + 3) {
                pixel.copy_from_slice(colour);
            }
        }
    }
    Ok(raster)
}

impl<'a> Frame<'a> {
    fn first(bytes: &'a [u8]) -> Option<Self> {
        let flags = *bytes.get(10)?;
        let mut at = 13;
        let common = bytes.get(at..at + table(flags))?;
        at += common.len();
        let mut clear = None;
        loop {
            match *bytes.get(at)? {
                0x21 => {
                    let (label, end) = (*bytes.get(at + 1)?, blocks(bytes, at + 2)?.1);
                    if label == 0xF9 && bytes.get(at + 3)? & 1 == 1 {
                        clear = bytes.get(at + 6).copied();
                    }
                    at = end;
                }
                0x2C => break,
                _ => return None,
            }
        }
        let flags = *bytes.get(at + 9)?;
        let own = bytes.get(at + 10..at + 10 + table(flags))?;
        let data = at + 10 + own.len();
        Some(Self {
            left: two(bytes, at + 1)?,
            top: two(bytes, at + 3)?,
            width: two(bytes, at + 5)?,
            height: two(bytes, at + 7)?,
            is_interlaced: flags & 0x40 != 0,
            colours: if own.is_empty() { common } else { own },
            clear,
            bits: *bytes.get(data)?,
            data: blocks(bytes, data + 1)?.0,
        })
    }

    /// The number of the colour of each pixel, in the order in which rows are sent.
    fn indices(&self) -> Result<Vec<u8>, Refusal> {
        if !(2..=8).contains(&self.bits) {
            return Err(damaged("its codes have no such length"));
        }
        let decoder = Decoder::new(BitOrder::Lsb, self.bits);
        lzw::unpacked(decoder, &self.data, self.width * self.height)
    }

    /// The rows in the order in which they are sent.
    fn rows(&self) -> Box<dyn Iterator<Item = usize> + '_> {
        if !self.is_interlaced {
            return Box::new(0..self.height);
        }
        Box::new(PASSES.into_iter().flat_map(|(from, step)| (from..self.height).step_by(step)))
    }
}

fn two(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])))
}

/// How long a table of colours is, by the flags before it.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// What is in the blocks from a place on, and where they end.
fn blocks(bytes: &[u8], mut at: usize) -> Option<(Vec<u8>, usize)> {
    let mut data = Vec::new();
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1;
        if length == 0 {
            return Some((data, at));
        }
        data.extend(bytes.get(at..at + length)?);
        at += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pictures::{Task, copies};
    use crate::scan::Scan;

    /// A picture of 3 × 5 pixels on a page of 4 × 6, from one pixel on: white, black, red and what is clear.
    fn gif(is_interlaced: bool, rows: &[[u8; 3]]) -> Vec<u8> {
        let mut bytes = b"GIF89a\x04\0\x06\0\xF1\0\0".to_vec();
        bytes.extend([255, 255, 255, 0, 0, 0, 255, 0, 0, 9, 9, 9]);
        bytes.extend(b"\x21\xF9\x04\x01\0\0\x03\0\x21\xFE\x02hi\0\x2C\x01\0\x01\0\x03\0\x05\0");
        bytes.push(if is_interlaced { 0x40 } else { 0 });
        let data = weezl::encode::Encoder::new(BitOrder::Lsb, 2).encode(&rows.concat()).unwrap();
        bytes.extend([2, data.len() as u8]);
        bytes.extend(data);
        bytes.extend([0, 0x3B]);
        bytes
    }

    const ROWS: [[u8; 3]; 5] = [[1, 1, 1], [2, 2, 2], [1, 0, 3], [2, 1, 0], [3, 3, 1]];

    #[test]
    fn the_first_picture_is_shown_on_white_paper() {
        let raster = decoded(&gif(false, &ROWS)).unwrap();
        assert_eq!((raster.width, raster.height), (4, 6));
        let at = |x: usize, y: usize| &raster.pixels[(y * 4 + x) * 3..][..3];
        assert_eq!((at(0, 0), at(1, 1), at(3, 2)), (&[255; 3][..], &[0; 3][..], &[255, 0, 0][..]));
        assert_eq!((at(3, 3), at(1, 5), at(3, 5)), (&[255; 3][..], &[255; 3][..], &[0; 3][..]));
        // Rows that are sent coarsely first are put in their order.
        let sent = [0, 4, 2, 1, 3].map(|row: usize| ROWS[row]);
        assert_eq!(decoded(&gif(true, &sent)).unwrap(), raster);
        let task = Task { sides: &[4], most_pixels: 24, ..Task::default() };
        assert_eq!(copies(Scan::Gif, &gif(false, &ROWS), &task).unwrap().size, (4, 6));
        let task = Task { most_pixels: 23, ..task };
        assert!(copies(Scan::Gif, &gif(false, &ROWS), &task).is_err());
    }

    #[test]
    fn broken_ones_are_refused() {
        let whole = gif(false, &ROWS);
        for end in 0..whole.len() - 2 {
            assert!(decoded(&whole[..end]).is_err(), "{end}");
        }
        for at in 6..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xA5;
            let _ = decoded(&bytes);
        }
    }
}
