//! How the rows of a page are coded → rows of grey or of three colours, eight bits each.

use super::{Page, tag};
use crate::pictures::{Refusal, damaged};
use crate::scan::Order;

/// What the samples of a pixel mean.
#[derive(Debug, Clone, PartialEq)]
enum Meaning {
    WhiteIsZero,
    BlackIsZero,
    Colours,
    /// Sixteen bits a colour: all reds, all greens, all blues.
    Table(Vec<u32>),
    /// Four inks.
    Inks,
    /// A JPEG says itself what it means.
    Video,
}

/// How pixels are coded.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) bits: usize,
    /// Samples of a pixel, those that mean something else than colours included.
    pub(super) samples: usize,
    /// Whether samples are differences to those on their left.
    predicted: bool,
    order: Order,
    meaning: Meaning,
}

impl Form {
    pub(super) fn of(page: &Page<'_>) -> Result<Self, Refusal> {
        let unknown = |what: String| Err(Refusal::Unknown(format!("TIFF with {what}")));
        let samples = page.number(tag::SAMPLES).unwrap_or(1) as usize;
        let all = page.numbers(tag::BITS);
        let bits = all.first().copied().unwrap_or(1) as usize;
        if all.iter().any(|other| *other as usize != bits) || ![1, 2, 4, 8, 16].contains(&bits) {
            return unknown(format!("{all:?} bits a pixel"));
        }
        if samples > 1 && (page.number(tag::PLANAR) == Some(2) || bits < 8) {
            return unknown("a plane for each colour".to_owned());
        }
        let (meaning, least) = match page.number(tag::PHOTOMETRIC) {
            Some(0) => (Meaning::WhiteIsZero, 1),
            Some(1) | None => (Meaning::BlackIsZero, 1),
            Some(2) => (Meaning::Colours, 3),
            Some(3) => (Meaning::Table(page.numbers(tag::COLOURS)), 1),
            Some(5) => (Meaning::Inks, 4),
            Some(6) if page.number(tag::COMPRESSION) == Some(7) => (Meaning::Video, 3),
            Some(other) => return unknown(format!("colours of the kind {other}")),
        };
        if samples < least || samples > 8 {
            return Err(damaged(format!("it has {samples} samples a pixel")));
        }
        // LZW and Deflate alone have predictors; what other programs write there means nothing.
        let is_packed = matches!(page.number(tag::COMPRESSION), Some(5 | 8 | 32_946));
        let predicted = match page.number(tag::PREDICTOR).filter(|_| is_packed) {
            None | Some(1) => false,
            Some(2) if bits >= 8 => true,
            Some(other) => return unknown(format!("the predictor {other}")),
        };
        Ok(Self { bits, samples, predicted, order: page.order, meaning })
    }

    /// Channels of the picture.
    pub(super) fn channels(&self) -> usize {
        match self.meaning {
            Meaning::WhiteIsZero | Meaning::BlackIsZero => 1,
            _ => 3,
        }
    }

    /// Whether a JPEG in it means colours that are not those of video.
    pub(super) fn is_plain(&self) -> bool {
        self.meaning == Meaning::Colours
    }

    /// Bytes of a row of so many pixels.
    pub(super) fn stride(&self, width: usize) -> usize {
        (width * self.samples * self.bits).div_ceil(8)
    }

    /// Decodes the pixels of a row, as many as fit into `to`.
    pub(super) fn decode(&self, row: &mut [u8], to: &mut [u8]) {
        if self.predicted {
            self.add_up(row);
        }
        let value = |k: usize| self.sample(row, k);
        for (at, pixel) in to.chunks_exact_mut(self.channels()).enumerate() {
            let first = at * self.samples;
            match &self.meaning {
                Meaning::WhiteIsZero => pixel[0] = 255 - self.grey(value(first)),
                Meaning::BlackIsZero => pixel[0] = self.grey(value(first)),
                Meaning::Colours | Meaning::Video => {
                    (0..3).for_each(|k| pixel[k] = self.grey(value(first + k)));
                }
                Meaning::Table(table) => {
                    let colours = table.len() / 3;
                    let colour = value(first) as usize;
                    let of = |k: usize| table.get(k * colours + colour).map_or(0, |c| c >> 8);
                    (0..3).for_each(|k| pixel[k] = of(k).min(255) as u8);
                }
                Meaning::Inks => {
                    let light = |k: usize| 255 - u32::from(self.grey(value(first + k)));
                    (0..3).for_each(|k| pixel[k] = ((light(k) * light(3) + 127) / 255) as u8);
                }
            }
        }
    }

    /// A sample of a row; 0 behind its end.
    fn sample(&self, row: &[u8], k: usize) -> u32 {
        match self.bits {
            8 => row.get(k).copied().unwrap_or(0).into(),
            16 => self.order.short(row, k * 2).unwrap_or(0).into(),
            bits => {
                let byte = row.get(k * bits / 8).copied().unwrap_or(0);
                let shift = 8 - bits - k * bits % 8;
                u32::from(byte >> shift) & ((1 << bits) - 1)
            }
        }
    }

    /// A sample as eight bits.
    fn grey(&self, sample: u32) -> u8 {
        let grey = match self.bits {
            16 => sample >> 8,
            bits => sample * 255 / ((1 << bits) - 1),
        };
        grey.min(255) as u8
    }

    fn add_up(&self, row: &mut [u8]) {
        let step = self.samples;
        if self.bits == 8 {
            for at in step..row.len() {
                row[at] = row[at].wrapping_add(row[at - step]);
            }
            return;
        }
        for at in step..row.len() / 2 {
            let of = |at: usize| self.order.short(row, at * 2).unwrap_or(0);
            let sum = of(at).wrapping_add(of(at - step));
            let bytes = match self.order {
                Order::Big => sum.to_be_bytes(),
                Order::Little => sum.to_le_bytes(),
            };
            row[at * 2..at * 2 + 2].copy_from_slice(&bytes);
        }
    }
}
