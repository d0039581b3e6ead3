//! TIFF 6.0: its pages, and their strips or tiles, as scanners write them: without compression, as fax (group 4), LZW,
//! Deflate, PackBits, JPEG; in black and white, grey, colours, or with a table of colours.

mod chunks;
mod rows;

use super::raster::Raster;
use super::{Refusal, damaged};
use crate::limits::Limit;
use crate::scan::{Order, tiff_entries};

/// Numbers of the tags that are read.
mod tag {
    pub(super) const WIDTH: u16 = 256;
    pub(super) const HEIGHT: u16 = 257;
    pub(super) const BITS: u16 = 258;
    pub(super) const COMPRESSION: u16 = 259;
    pub(super) const PHOTOMETRIC: u16 = 262;
    pub(super) const FILL_ORDER: u16 = 266;
    pub(super) const STRIPS: u16 = 273;
    pub(super) const ORIENTATION: u16 = 274;
    pub(super) const SAMPLES: u16 = 277;
    pub(super) const ROWS: u16 = 278;
    pub(super) const STRIP_LENGTHS: u16 = 279;
    pub(super) const PLANAR: u16 = 284;
    pub(super) const PREDICTOR: u16 = 317;
    pub(super) const COLOURS: u16 = 320;
    pub(super) const TILE_WIDTH: u16 = 322;
    pub(super) const TILE_HEIGHT: u16 = 323;
    pub(super) const TILES: u16 = 324;
    pub(super) const TILE_LENGTHS: u16 = 325;
    pub(super) const TABLES: u16 = 347;
    pub(super) const PROFILE: u16 = 34675;
}

/// Where the lists of tags begin, one a page: not those of previews, which lie beside the pages.
pub(super) fn pages(bytes: &[u8]) -> Vec<usize> {
    let Some(order) = Order::of(bytes) else { return Vec::new() };
    let (mut pages, most) = (Vec::new(), Limit::ScanPages.count());
    let mut next = order.long(bytes, 4).unwrap_or(0) as usize;
    while next != 0 && pages.len() < most && !pages.contains(&next) {
        let Some(count) = order.short(bytes, next) else { break };
        pages.push(next);
        next = order.long(bytes, next + 2 + usize::from(count) * 12).unwrap_or(0) as usize;
    }
    pages
}

pub(super) fn size(bytes: &[u8], page: usize) -> Result<(u32, u32), Refusal> {
    let page = Page::of(bytes, page)?;
    let (width, height) = (page.width()?, page.height()?);
    Ok(if page.turn() >= 5 { (height, width) } else { (width, height) })
}

pub(super) fn turn(bytes: &[u8], page: usize) -> Option<u16> {
    Page::of(bytes, page).ok().map(|page| page.turn())
}

pub(super) fn decoded(bytes: &[u8], page: usize, most: u64) -> Result<Raster, Refusal> {
    let page = Page::of(bytes, page)?;
    let form = rows::Form::of(&page)?;
    let mut raster = Raster::new(page.width()?, page.height()?, form.channels())?;
    for chunk in chunks::Chunks::of(&page)? {
        chunk?.write(&form, &mut raster, most)?;
    }
    Ok(raster.with_profile(page.bytes_of(tag::PROFILE).map(<[u8]>::to_vec)))
}

/// A page's list of tags.
struct Page<'a> {
    bytes: &'a [u8],
    order: Order,
    at: usize,
}

impl<'a> Page<'a> {
    fn of(bytes: &'a [u8], page: usize) -> Result<Self, Refusal> {
        let order = Order::of(bytes).ok_or_else(|| damaged("it has no head"))?;
        let at = pages(bytes).get(page).copied();
        Ok(Self { bytes, order, at: at.ok_or_else(|| damaged("the page is not in it"))? })
    }

    /// The numbers of a tag; none if it is not there.
    fn numbers(&self, tag: u16) -> Vec<u32> {
        let Some(entry) = self.entry(tag) else { return Vec::new() };
        let kind = self.order.short(self.bytes, entry + 2).unwrap_or(0);
        let count = self.order.long(self.bytes, entry + 4).unwrap_or(0) as usize;
        let size = match kind {
            1 => 1,
            3 => 2,
            4 => 4,
            _ => return Vec::new(),
        };
        // No file holds more numbers than bytes.
        if count > self.bytes.len() {
            return Vec::new();
        }
        let place = match count * size {
            0..=4 => entry + 8,
            _ => self.order.long(self.bytes, entry + 8).unwrap_or(0) as usize,
        };
        let number = |k: usize| {
            let at = place.checked_add(k * size)?;
            match size {
                1 => self.bytes.get(at).map(|b| u32::from(*b)),
                2 => self.order.short(self.bytes, at).map(u32::from),
                _ => self.order.long(self.bytes, at),
            }
        };
        (0..count).map_while(number).collect()
    }

    fn number(&self, tag: u16) -> Option<u32> {
        self.numbers(tag).first().copied()
    }

    /// The bytes that a tag points to.
    fn bytes_of(&self, tag: u16) -> Option<&'a [u8]> {
        let entry = self.entry(tag)?;
        let count = self.order.long(self.bytes, entry + 4)? as usize;
        let place = self.order.long(self.bytes, entry + 8)? as usize;
        (count > 4).then(|| self.bytes.get(place..place.checked_add(count)?))?
    }

    fn entry(&self, tag: u16) -> Option<usize> {
        tiff_entries(self.order, self.bytes, self.at)?.find(|e| e.tag == tag).map(|e| e.at)
    }

    fn width(&self) -> Result<u32, Refusal> {
        self.number(tag::WIDTH).ok_or_else(|| damaged("it has no width"))
    }

    fn height(&self) -> Result<u32, Refusal> {
        self.number(tag::HEIGHT).ok_or_else(|| damaged("it has no height"))
    }

    fn turn(&self) -> u16 {
        let turn = self.number(tag::ORIENTATION).and_then(|turn| u16::try_from(turn).ok());
        turn.filter(|turn| (1..=8).contains(turn)).unwrap_or(1)
    }
}
