//! The bytes of a page image → smaller JPEGs of it: turned as it is to be seen, painted over where something is
//! withheld.
//!
//! Knows bytes and numbers only. The same bytes give the same JPEGs on every processor: all arithmetic is on integers,
//! and no code asks which instructions there are. A picture with more pixels than are allowed is refused before it is
//! decoded.

mod gif;
mod jpeg;
mod jpeg2000;
mod lzw;
mod png;
mod raster;
mod smaller;
mod tiff;
mod tiles;
mod webp;

#[cfg(test)]
mod tests;

use crate::scan::Scan;
pub(crate) use jpeg::{ColourTransform, decoded_as as jpeg_as, inks as jpeg_inks};
pub(crate) use jpeg2000::{Numbers, components as jpeg2000};
pub(crate) use raster::Raster;
pub use raster::Region;
pub use tiles::Tile;

/// Changes whenever other bytes are made of the same picture.
pub const VERSION: u32 = 1;

/// The longest side of a copy in a list, in pixels.
pub const THUMBNAIL: u32 = 160;

/// The longest sides of the copies on the page of a document, in pixels.
pub const SIDES: [u32; 2] = [320, 1600];

/// The longest side of the copy of a picture that browsers cannot show, or of which a part is withheld.
pub const IN_ITS_PLACE: u32 = 3200;

/// A blank page, shown in a list where a page image can be decoded no more.
pub const BLANK: &[u8] = include_bytes!("pictures/blank.jpg");

/// Why no copies are made of a picture.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Refusal {
    /// It has more pixels than are allowed: width and height.
    TooLarge(u32, u32),
    /// It is damaged, or its decoder says so: why.
    Damaged(String),
    /// No decoder knows its kind: which.
    Unknown(String),
}

/// What is to be made of a page.
#[derive(Debug, Clone, Default)]
pub struct Task<'a> {
    /// Which page of the file, counted from 0.
    pub page: usize,
    /// What is painted over, in pixels of the picture as it is seen.
    pub regions: &'a [Region],
    /// The longest sides of the copies, in pixels. None is larger than the picture.
    pub sides: &'a [u32],
    /// How broad one more copy is, in pixels, if there is to be one.
    pub narrow: Option<u32>,
    /// How long the sides of pieces are, in pixels, if there are to be pieces.
    pub tile: Option<u32>,
    /// How many pixels it may have.
    pub most_pixels: u64,
}

/// Copies of a page.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Copies {
    /// Width and height of the picture as it is seen, in pixels.
    pub size: (u32, u32),
    /// The smallest first; none is there twice.
    pub copies: Vec<Copy>,
    /// The one that is so broad as was asked for; none if the picture is not as broad.
    pub narrow: Option<Copy>,
    /// Its pieces, if they were asked for.
    pub tiles: Vec<Tile>,
}

/// A smaller JPEG.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Copy {
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// The file.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
}

/// How many pages a file has, as far as its lists of them can be read.
pub fn pages(scan: Scan, bytes: &[u8]) -> usize {
    match scan {
        Scan::Tiff => tiff::pages(bytes).len(),
        _ => 1,
    }
}

/// Width and height of a page as it is seen, without decoding it.
pub fn size(scan: Scan, bytes: &[u8], page: usize) -> Result<(u32, u32), Refusal> {
    let size = match scan {
        Scan::Tiff => tiff::size(bytes, page)?,
        _ => scan.size(bytes).ok_or_else(|| damaged("its size is not in it"))?,
    };
    if size.0 == 0 || size.1 == 0 { Err(damaged("it has no pixels")) } else { Ok(size) }
}

/// Decodes a page and makes its copies.
///
/// # Errors
///
/// If the picture is too large, damaged, or of a kind that is not known.
pub fn copies(scan: Scan, bytes: &[u8], task: &Task<'_>) -> Result<Copies, Refusal> {
    let (width, height) = size(scan, bytes, task.page)?;
    within((width, height), task.most_pixels)?;
    let raster = match scan {
        Scan::Jpeg => jpeg::decoded(bytes, task.most_pixels)?,
        Scan::Png => png::decoded(bytes, task.most_pixels)?,
        Scan::Webp => webp::decoded(bytes, task.most_pixels)?,
        Scan::Tiff => tiff::decoded(bytes, task.page, task.most_pixels)?,
        Scan::Jpeg2000 => jpeg2000::decoded(bytes, task.most_pixels)?,
        Scan::Gif => gif::decoded(bytes)?,
        Scan::Pdf => return Err(Refusal::Unknown(scan.name().to_owned())),
    };
    copies_of(raster.turned(turn(scan, bytes, task.page)), task)
}

/// Makes copies of a picture as it is seen.
pub(crate) fn copies_of(mut raster: Raster, task: &Task<'_>) -> Result<Copies, Refusal> {
    raster.paint(task.regions);
    let size = (raster.width, raster.height);
    let tiles = task.tile.map_or(Ok(Vec::new()), |side| tiles::of(&raster, side))?;
    let mut sides = task.sides.to_vec();
    sides.sort_unstable_by(|a, b| b.cmp(a));
    let mut copies: Vec<Copy> = Vec::with_capacity(sides.len());
    let broad = task.narrow.filter(|width| *width <= size.0);
    let mut narrow = None;
    for side in sides {
        // The narrow one is made of the last that is broad enough.
        if narrow.is_none()
            && let Some(width) = broad.filter(|width| smaller::width(&raster, side) < *width)
        {
            narrow = Some(copy_of(&smaller::narrowed(raster.clone(), width, size))?);
        }
        // Each is made of the next larger one.
        raster = smaller::fitted(raster, side);
        let size = (raster.width, raster.height);
        if copies.last().is_none_or(|last| last.size != size) {
            copies.push(copy_of(&raster)?);
        }
    }
    if let Some(width) = broad.filter(|_| narrow.is_none()) {
        narrow = Some(copy_of(&smaller::narrowed(raster, width, size))?);
    }
    copies.reverse();
    Ok(Copies { size, copies, narrow, tiles })
}

fn copy_of(raster: &Raster) -> Result<Copy, Refusal> {
    Ok(Copy { size: (raster.width, raster.height), bytes: jpeg::encoded(raster)? })
}

fn turn(scan: Scan, bytes: &[u8], page: usize) -> Option<u16> {
    match scan {
        Scan::Tiff => tiff::turn(bytes, page),
        _ => scan.turn(bytes),
    }
}

/// Whether a page is seen otherwise than its pixels are in the file: turned or mirrored.
pub fn is_turned(scan: Scan, bytes: &[u8], page: usize) -> bool {
    turn(scan, bytes, page).is_some_and(|turn| turn != 1)
}

/// How much memory it takes to decode a page, in bytes; more or less.
pub fn memory(scan: Scan, bytes: &[u8], page: usize) -> u64 {
    let (width, height) = size(scan, bytes, page).unwrap_or_default();
    // Three colours, and room for what a decoder keeps besides.
    u64::from(width) * u64::from(height) * 9 + bytes.len() as u64
}

fn damaged(why: impl ToString) -> Refusal {
    Refusal::Damaged(why.to_string())
}

/// How many colours a JPEG has.
pub(crate) fn jpeg_colours(bytes: &[u8]) -> Option<u8> {
    const FRAMES: [u8; 4] = [0xC0, 0xC1, 0xC2, 0xC3];
    let segments = crate::scan::jpeg_segments(bytes).unwrap_or_default();
    let frame = segments.iter().find(|(mark, _)| FRAMES.contains(mark));
    frame.and_then(|(_, body)| body.get(5).copied())
}

/// Refuses a picture with too many pixels.
pub(crate) fn within((width, height): (u32, u32), most: u64) -> Result<(), Refusal> {
    match u64::from(width) * u64::from(height) > most {
        true => Err(Refusal::TooLarge(width, height)),
        false => Ok(()),
    }
}
