//! A picture as rows of pixels, in grey or in colours.

use super::{Refusal, damaged};

/// Pixels, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Raster {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// One byte a pixel for grey, three for red, green and blue.
    pub(crate) channels: usize,
    pub(crate) pixels: Vec<u8>,
    /// What the colours mean, as the International Color Consortium codes it.
    pub(super) profile: Option<Vec<u8>>,
}

/// A part of a picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region {
    /// From the left edge.
    pub left: u32,
    /// From the upper edge.
    pub top: u32,
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
}

/// The largest profile of colours that is kept, in bytes: those of printers are larger than the picture.
const LARGEST_PROFILE: usize = 16 << 10;

impl Raster {
    /// Black, to be filled.
    pub(crate) fn new(width: u32, height: u32, channels: usize) -> Result<Self, Refusal> {
        let length = (width as usize).checked_mul(height as usize);
        let length = length.and_then(|pixels| pixels.checked_mul(channels));
        let mut pixels = Vec::new();
        let length = length.ok_or_else(|| damaged("it is larger than any memory"))?;
        pixels.try_reserve_exact(length).map_err(damaged)?;
        pixels.resize(length, 0);
        Ok(Self { width, height, channels, pixels, profile: None })
    }

    /// The same with a profile, if it is one for such pixels.
    pub(super) fn with_profile(mut self, profile: Option<Vec<u8>>) -> Self {
        let space: &[u8] = if self.channels == 1 { b"GRAY" } else { b"RGB " };
        let fits = |p: &Vec<u8>| p.len() <= LARGEST_PROFILE && p.get(16..20) == Some(space);
        self.profile = profile.filter(fits);
        self
    }

    /// The bytes of one row.
    pub(crate) fn stride(&self) -> usize {
        self.width as usize * self.channels
    }

    /// Made of pixels with an opaqueness, laid on white paper. `channels` counts the opaqueness.
    pub(super) fn on_paper(
        width: u32,
        height: u32,
        channels: usize,
        pixels: &[u8],
    ) -> Result<Self, Refusal> {
        let mut raster = Self::new(width, height, channels - 1)?;
        let own = raster.channels;
        for (to, from) in raster.pixels.chunks_exact_mut(own).zip(pixels.chunks_exact(channels)) {
            let opaque = u32::from(from[own]);
            for (to, from) in to.iter_mut().zip(from) {
                let mixed = u32::from(*from) * opaque + 255 * (255 - opaque);
                *to = u8::try_from((mixed + 127) / 255).unwrap_or(255);
            }
        }
        Ok(raster)
    }

    /// As it is to be seen: `turn` is the orientation of EXIF, from 1 to 8.
    pub(super) fn turned(self, turn: Option<u16>) -> Self {
        let Some(turn) = turn.filter(|turn| (2..=8).contains(turn)) else { return self };
        let (w, h) = (self.width as usize, self.height as usize);
        let (width, height) = if turn >= 5 { (h, w) } else { (w, h) };
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for y in 0..height {
            for x in 0..width {
                // Where the pixel that is seen at this place is in the file.
                let (from_x, from_y) = match turn {
                    2 => (w - 1 - x, y),
                    3 => (w - 1 - x, h - 1 - y),
                    4 => (x, h - 1 - y),
                    5 => (y, x),
                    6 => (y, h - 1 - x),
                    7 => (w - 1 - y, h - 1 - x),
                    _ => (w - 1 - y, x),
                };
                let at = (from_y * w + from_x) * self.channels;
                pixels.extend_from_slice(&self.pixels[at..at + self.channels]);
            }
        }
        let (width, height) =
            if turn >= 5 { (self.height, self.width) } else { (self.width, self.height) };
        Self { width, height, pixels, ..self }
    }

    /// A part of it, which lies inside of it.
    pub(super) fn part(&self, left: u32, top: u32, size: (u32, u32)) -> Result<Self, Refusal> {
        let mut part = Self::new(size.0, size.1, self.channels)?;
        let (from, to) = (self.stride(), part.stride());
        let rows = self.pixels.chunks_exact(from).skip(top as usize);
        let start = left as usize * self.channels;
        for (row, own) in rows.zip(part.pixels.chunks_exact_mut(to)) {
            own.copy_from_slice(&row[start..start + to]);
        }
        part.profile.clone_from(&self.profile);
        Ok(part)
    }

    /// Paints over some parts, in black. What lies outside of the picture is no fault here.
    pub(super) fn paint(&mut self, regions: &[Region]) {
        let stride = self.stride();
        for region in regions {
            let left = region.left.min(self.width) as usize * self.channels;
            let right = region.left.saturating_add(region.width).min(self.width) as usize;
            let bottom = region.top.saturating_add(region.height).min(self.height);
            for y in region.top.min(self.height)..bottom {
                let row = y as usize * stride;
                self.pixels[row + left..row + right * self.channels].fill(0);
            }
        }
    }
}
