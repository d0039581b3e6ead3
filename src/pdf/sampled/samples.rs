//! Rows of numbers of one to sixteen bits → pixels.

use super::space::Space;
use super::unknown;
use crate::pdf::drawn::of_inks;
use crate::pictures::{Raster, Refusal};

/// The numbers of a picture, row by row; each row begins with a whole byte.
pub(super) struct Samples {
    pub(super) data: Vec<u8>,
    pub(super) size: (u32, u32),
    /// How many numbers a pixel has.
    pub(super) count: usize,
    /// How many bits a number has.
    pub(super) bits: usize,
}

impl Samples {
    /// The numbers of a picture whose depth may be none.
    pub(super) fn new(
        data: Vec<u8>,
        size: (u32, u32),
        count: usize,
        bits: i64,
    ) -> Result<Self, Refusal> {
        let bits = usize::try_from(bits).ok().filter(|bits| [1, 2, 4, 8, 16].contains(bits));
        let bits =
            bits.ok_or_else(|| Refusal::Damaged("a picture in it has no depth".to_owned()))?;
        Ok(Self { data, size, count, bits })
    }

    /// How many bytes a row has.
    fn stride(&self) -> usize {
        (self.size.0 as usize * self.count * self.bits).div_ceil(8).max(1)
    }

    /// A number of a row; of one of 16 bits, the first eight. None if the row is cut off.
    fn at(&self, row: &[u8], number: usize) -> Option<usize> {
        Some(match self.bits {
            8 => usize::from(*row.get(number)?),
            16 => usize::from(*row.get(number * 2)?),
            bits => {
                let bit = number * bits;
                let byte = usize::from(*row.get(bit / 8)?);
                byte >> (8 - bits - bit % 8) & ((1 << bits) - 1)
            }
        })
    }

    /// The pixels. `spread` is the range of each number. Rows that are missing stay white, as paper is.
    pub(super) fn raster(self, space: &Space, spread: &[(f64, f64)]) -> Result<Raster, Refusal> {
        let (width, height) = self.size;
        let channels = if matches!(space, Space::Grey | Space::Ink) { 1 } else { 3 };
        let mut raster = Raster::new(width, height, channels)?;
        let is_plain = spread.iter().all(|range| *range == (0.0, 1.0));
        let length = raster.pixels.len();
        let is_whole = self.data.len() >= length;
        if is_plain && is_whole && self.bits == 8 && matches!(space, Space::Grey | Space::Rgb) {
            raster.pixels.copy_from_slice(&self.data[..length]);
            return Ok(raster);
        }
        raster.pixels.fill(255);
        let meanings = self.meanings(spread);
        let own = raster.stride();
        let rows = self.data.chunks(self.stride());
        for (row, to) in rows.zip(raster.pixels.chunks_exact_mut(own)) {
            for (x, pixel) in to.chunks_exact_mut(channels).enumerate() {
                let mut values = [0_u8; 4];
                for (number, value) in values.iter_mut().take(self.count).enumerate() {
                    let Some(sample) = self.at(row, x * self.count + number) else {
                        return Ok(raster);
                    };
                    *value = match space {
                        Space::Table(_) => sample as u8,
                        _ => meanings.get(number).and_then(|m| m.get(sample)).copied().unwrap_or(0),
                    };
                }
                match space {
                    Space::Grey => pixel[0] = values[0],
                    Space::Ink => pixel[0] = 255 - values[0],
                    Space::Rgb => pixel.copy_from_slice(&values[..3]),
                    Space::Inks => pixel.copy_from_slice(&of_inks(values)),
                    Space::Table(table) => {
                        let colour = table.get(usize::from(values[0])).copied();
                        pixel.copy_from_slice(&colour.unwrap_or([0; 3]));
                    }
                }
            }
        }
        Ok(raster)
    }

    /// What each number means, for all that there can be.
    fn meanings(&self, spread: &[(f64, f64)]) -> Vec<Vec<u8>> {
        let steps = 1_usize << self.bits.min(8);
        let scale = (steps - 1) as f64;
        let of_number = |(low, high): &(f64, f64)| {
            let meant = |value: usize| low + (value as f64 / scale) * (high - low);
            (0..steps).map(|value| (meant(value).clamp(0.0, 1.0) * 255.0).round() as u8).collect()
        };
        spread.iter().map(of_number).collect()
    }

    /// How opaque each pixel is if those are left out whose numbers are all in a range: the least and the most of each.
    pub(super) fn keyed(&self, ranges: &[i64]) -> Result<Raster, Refusal> {
        if self.bits == 16 || ranges.len() != self.count * 2 {
            return Err(unknown("picture with a colour left out that it does not have"));
        }
        let (width, height) = self.size;
        let mut opaque = Raster::new(width, height, 1)?;
        opaque.pixels.fill(255);
        let own = opaque.stride();
        let is_in = |row: &[u8], x: usize| {
            ranges.chunks_exact(2).enumerate().all(|(number, range)| {
                let value = self.at(row, x * self.count + number);
                value.is_some_and(|value| (range[0]..=range[1]).contains(&(value as i64)))
            })
        };
        let rows = self.data.chunks(self.stride());
        for (row, to) in rows.zip(opaque.pixels.chunks_exact_mut(own)) {
            let left_out = to.iter_mut().enumerate().filter(|(x, _)| is_in(row, *x));
            left_out.for_each(|(_, pixel)| *pixel = 0);
        }
        Ok(opaque)
    }
}
