//! Makes a picture smaller: each pixel is the mean of all that it covers, in whole numbers.

use super::raster::Raster;

/// Bits of the weight of a row, after the point. With no more of them, sums of whole rows are numbers of 16 bits, of which
/// every processor adds several at once.
const DOWN: u32 = 8;

/// Bits of the weight of a pixel in its row.
const ACROSS: u32 = 14;

/// What a pixel covers: from which pixel on, each with which weight.
struct Cover {
    first: usize,
    weights: Vec<u32>,
}

/// The picture so small that its longest side is no longer than this; as it is, if it is that already.
pub(super) fn fitted(raster: Raster, side: u32) -> Raster {
    let longest = raster.width.max(raster.height);
    if longest <= side {
        return raster;
    }
    let height = scaled(raster.height, side, longest);
    let width = width(&raster, side);
    resized(raster, width, height)
}

/// How broad the picture is once it is so small.
pub(super) fn width(raster: &Raster, side: u32) -> u32 {
    let longest = raster.width.max(raster.height);
    if longest <= side { raster.width } else { scaled(raster.width, side, longest) }
}

/// The picture so broad and no broader; its height is that of a picture of this size.
pub(super) fn narrowed(raster: Raster, width: u32, size: (u32, u32)) -> Raster {
    let height = scaled(size.1, width, size.0).min(raster.height);
    if width >= raster.width { raster } else { resized(raster, width, height) }
}

/// A length, if another one becomes so long as a third: rounded, and never nothing.
fn scaled(length: u32, to: u32, from: u32) -> u32 {
    let scaled = (u64::from(length) * u64::from(to) * 2 + u64::from(from)) / (u64::from(from) * 2);
    u32::try_from(scaled).unwrap_or(u32::MAX).max(1)
}

/// The picture in another size, no larger than it is.
pub(super) fn resized(raster: Raster, width: u32, height: u32) -> Raster {
    match raster.channels {
        1 => reduced::<1>(raster, width, height),
        _ => reduced::<3>(raster, width, height),
    }
}

fn reduced<const N: usize>(raster: Raster, width: u32, height: u32) -> Raster {
    let across = covers(raster.width, width, ACROSS);
    let down = covers(raster.height, height, DOWN);
    let stride = raster.stride();
    let mut pixels = Vec::with_capacity(width as usize * height as usize * N);
    let mut sums = vec![0_u16; stride];
    for cover in &down {
        sums.fill(0);
        let rows = raster.pixels[cover.first * stride..].chunks_exact(stride);
        for (row, weight) in rows.zip(&cover.weights) {
            // All weights together are 256, so that no sum is larger than 255 × 256.
            let weight = *weight as u16;
            for (sum, value) in sums.iter_mut().zip(row) {
                *sum += u16::from(*value) * weight;
            }
        }
        narrow::<N>(&sums, &across, &mut pixels);
    }
    Raster { width, height, pixels, ..raster }
}

/// Makes a row narrower whose values have as many bits after the point as weights of rows.
fn narrow<const N: usize>(row: &[u16], across: &[Cover], pixels: &mut Vec<u8>) {
    const HALF: u32 = 1 << (DOWN + ACROSS - 1);
    for cover in across {
        let mut sums = [HALF; N];
        let covered = row[cover.first * N..].chunks_exact(N);
        for (pixel, weight) in covered.zip(&cover.weights) {
            for (sum, value) in sums.iter_mut().zip(pixel) {
                *sum += u32::from(*value) * weight;
            }
        }
        pixels.extend(sums.map(|sum| (sum >> (DOWN + ACROSS)) as u8));
    }
}

/// What each of `to` pixels covers of `from` pixels, with weights that add up to one, of so many bits.
fn covers(from: u32, to: u32, bits: u32) -> Vec<Cover> {
    let (from, to) = (u64::from(from), u64::from(to));
    let cover = |k: u64| {
        // In units of which a pixel of the larger picture has `to`, and one of the smaller `from`.
        let (start, end) = (k * from, (k + 1) * from);
        let first = start / to;
        let last = (end - 1) / to;
        let share = |pixel: u64| (end.min((pixel + 1) * to) - start.max(pixel * to)) << bits;
        let mut weights: Vec<u32> =
            (first..=last).map(|p| u32::try_from(share(p) / from).unwrap_or(0)).collect();
        // What was rounded off goes to the pixel in the middle.
        let lost = (1 << bits) - weights.iter().sum::<u32>();
        let middle = weights.len() / 2;
        weights[middle] += lost;
        Cover { first: usize::try_from(first).unwrap_or(usize::MAX), weights }
    };
    (0..to).map(cover).collect()
}
