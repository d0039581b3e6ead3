//! The strips or tiles of a page, each unpacked.

use std::convert::Infallible;

use super::rows::Form;
use super::{Page, tag};
use crate::pictures::raster::Raster;
use crate::pictures::{Refusal, damaged, jpeg, lzw};

/// How the chunks of a page lie.
pub(super) struct Chunks<'p> {
    page: &'p Page<'p>,
    places: Vec<u32>,
    lengths: Vec<u32>,
    /// Width and height of each.
    size: (u32, u32),
    /// How many lie side by side.
    across: usize,
    next: usize,
}

/// A chunk, still packed.
pub(super) struct Chunk<'p> {
    page: &'p Page<'p>,
    data: &'p [u8],
    size: (u32, u32),
    left: u32,
    top: u32,
}

impl<'p> Chunks<'p> {
    pub(super) fn of(page: &'p Page<'p>) -> Result<Self, Refusal> {
        let (width, height) = (page.width()?, page.height()?);
        let tiles = page.number(tag::TILE_WIDTH).zip(page.number(tag::TILE_HEIGHT));
        let (places, lengths, size) = match tiles {
            Some(size) => (tag::TILES, tag::TILE_LENGTHS, size),
            None => {
                let rows = page.number(tag::ROWS).unwrap_or(height).min(height);
                (tag::STRIPS, tag::STRIP_LENGTHS, (width, rows))
            }
        };
        let (places, lengths) = (page.numbers(places), page.numbers(lengths));
        let has_area = size.0 > 0 && size.1 > 0;
        let is_sound = has_area
            && size.0 <= width.saturating_add(4096)
            && size.1 <= height.saturating_add(4096);
        let across = if is_sound { width.div_ceil(size.0) as usize } else { 0 };
        let down = if is_sound { height.div_ceil(size.1) as usize } else { 0 };
        if !is_sound || places.len() < across * down || lengths.len() < across * down {
            return Err(damaged("not all of its strips are in it"));
        }
        Ok(Self { page, places, lengths, size, across, next: 0 })
    }
}

impl<'p> Iterator for Chunks<'p> {
    type Item = Result<Chunk<'p>, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        let number = self.next;
        let top = u32::try_from(number / self.across).ok()?.checked_mul(self.size.1)?;
        if top >= self.page.height().ok()? {
            return None;
        }
        self.next += 1;
        let left = u32::try_from(number % self.across).ok()? * self.size.0;
        let place = *self.places.get(number)? as usize;
        let end = place.saturating_add(*self.lengths.get(number)? as usize);
        let data = self.page.bytes.get(place..end.min(self.page.bytes.len()));
        let chunk = |data| Chunk { page: self.page, data, size: self.size, left, top };
        Some(data.map(chunk).ok_or_else(|| damaged("a strip is not in it")))
    }
}

impl Chunk<'_> {
    /// Unpacks the chunk and writes it to its place.
    pub(super) fn write(&self, form: &Form, raster: &mut Raster, most: u64) -> Result<(), Refusal> {
        let width = self.size.0.min(raster.width - self.left) as usize;
        let rows = self.size.1.min(raster.height - self.top) as usize;
        let (channels, to_stride) = (raster.channels, raster.stride());
        let first = self.top as usize * to_stride + self.left as usize * channels;
        if self.compression() == 7 {
            let decoded = self.jpeg(form, most)?;
            let stride = decoded.stride();
            if decoded.channels != channels || stride < width * channels {
                return Err(damaged("a strip is not like the others"));
            }
            let from = decoded.pixels.chunks_exact(stride).take(rows);
            for (row, from) in from.enumerate() {
                let at = first + row * to_stride;
                raster.pixels[at..at + width * channels].copy_from_slice(&from[..width * channels]);
            }
            return Ok(());
        }
        let stride = form.stride(self.size.0 as usize);
        let mut bytes = self.unpacked(stride, rows)?;
        for row in 0..rows {
            let Some(from) = bytes.get_mut(row * stride..(row + 1) * stride) else {
                return Err(damaged("a strip ends too early"));
            };
            let at = first + row * to_stride;
            form.decode(from, &mut raster.pixels[at..at + width * channels]);
        }
        Ok(())
    }

    fn compression(&self) -> u32 {
        self.page.number(tag::COMPRESSION).unwrap_or(1)
    }

    /// The chunk's rows; no more is unpacked than they have.
    fn unpacked(&self, stride: usize, rows: usize) -> Result<Vec<u8>, Refusal> {
        let most = stride * rows;
        let data = match self.page.number(tag::FILL_ORDER) {
            Some(2) => self.data.iter().map(|b| b.reverse_bits()).collect(),
            _ => self.data.to_vec(),
        };
        match self.compression() {
            1 => Ok(data),
            4 => self.fax(&data, stride, rows),
            5 => lzw(&data, most),
            8 | 32946 => {
                // Some programs write whole tiles where the picture ends.
                let most = stride * self.size.1 as usize;
                miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(&data, most)
                    .map_err(damaged)
            }
            32773 => Ok(unpacked_bits(&data, most)),
            other => Err(Refusal::Unknown(format!("TIFF with the compression {other}"))),
        }
    }

    /// Group 4 of fax: black is 1.
    fn fax(&self, data: &[u8], stride: usize, rows: usize) -> Result<Vec<u8>, Refusal> {
        let width = u16::try_from(self.size.0).map_err(damaged)?;
        let height = u16::try_from(rows).map_err(damaged)?;
        let mut out = Vec::with_capacity(stride * rows);
        let input = data.iter().map(|b| Ok::<u8, Infallible>(*b));
        let Ok(mut decoder) = fax::decoder::Group4Decoder::new(input, width);
        for _ in 0..height {
            match decoder.advance() {
                Ok(fax::decoder::DecodeStatus::Incomplete) => {}
                _ => break,
            }
            let mut row = vec![0_u8; stride];
            for (x, colour) in fax::decoder::pels(decoder.transition(), width).enumerate() {
                if colour == fax::Color::Black {
                    row[x / 8] |= 0x80 >> (x % 8);
                }
            }
            out.extend(row);
        }
        Ok(out)
    }

    /// A JPEG, whose tables may be beside it.
    fn jpeg(&self, form: &Form, most: u64) -> Result<Raster, Refusal> {
        let transform = match form.is_plain() {
            true => jpeg::ColourTransform::Plain,
            false => jpeg::ColourTransform::Unstated,
        };
        match self.page.bytes_of(tag::TABLES) {
            Some(tables) => {
                let tables = tables.strip_suffix(&[0xFF, 0xD9]).unwrap_or(tables);
                let data = self.data.strip_prefix(&[0xFF, 0xD8]).unwrap_or(self.data);
                jpeg::decoded_as(&[tables, data].concat(), transform, most)
            }
            None => jpeg::decoded_as(self.data, transform, most),
        }
    }
}

fn lzw(data: &[u8], most: usize) -> Result<Vec<u8>, Refusal> {
    let decoder = weezl::decode::Decoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8);
    lzw::unpacked(decoder, data, most)
}

fn unpacked_bits(data: &[u8], most: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(most);
    let mut rest = data;
    while let Some((count, after)) = rest.split_first() {
        let count = *count as i8;
        if out.len() >= most {
            break;
        }
        match count {
            0.. => {
                let (own, after) = after.split_at(after.len().min(count as usize + 1));
                out.extend(own);
                rest = after;
            }
            -128 => rest = after,
            _ => {
                let Some((byte, after)) = after.split_first() else { break };
                out.extend(std::iter::repeat_n(*byte, usize::from(count.unsigned_abs()) + 1));
                rest = after;
            }
        }
    }
    out
}
