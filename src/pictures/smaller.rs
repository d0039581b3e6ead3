//! Makes a picture smaller: each pixel is the mean of all that it covers, in whole numbers.

use super::raster::Raster;

/// How many bits a weight has after the point; the weights of a pixel add up to one.
const BITS: u32 = 14;

/// Bits of a row that is made narrower, after the point: with them, two rounds of rounding cost no more than one.
const KEPT: u32 = 6;

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
    let scaled = |length: u32| {
        let scaled = (u64::from(length) * u64::from(side) * 2 + u64::from(longest))
            / (u64::from(longest) * 2);
        u32::try_from(scaled).unwrap_or(side).max(1)
    };
    let (width, height) = (scaled(raster.width), scaled(raster.height));
    match raster.channels {
        1 => reduced::<1>(raster, width, height),
        _ => reduced::<3>(raster, width, height),
    }
}

fn reduced<const N: usize>(raster: Raster, width: u32, height: u32) -> Raster {
    let across = covers(raster.width, width);
    let down = covers(raster.height, height);
    let stride = raster.stride();
    let mut pixels = Vec::with_capacity(width as usize * height as usize * N);
    let mut row = vec![0_u32; width as usize * N];
    let mut sums = vec![0_u32; row.len()];
    // The row that two pixels share is made narrower once.
    let mut narrowed = usize::MAX;
    for cover in &down {
        sums.fill(0);
        for (y, weight) in (cover.first..).zip(&cover.weights) {
            if narrowed != y {
                narrow::<N>(&raster.pixels[y * stride..(y + 1) * stride], &across, &mut row);
                narrowed = y;
            }
            for (sum, value) in sums.iter_mut().zip(&row) {
                *sum += value * weight;
            }
        }
        let half = 1 << (BITS + KEPT - 1);
        pixels.extend(sums.iter().map(|sum| ((sum + half) >> (BITS + KEPT)).min(255) as u8));
    }
    Raster { width, height, pixels, ..raster }
}

fn narrow<const N: usize>(from: &[u8], across: &[Cover], to: &mut [u32]) {
    for (to, cover) in to.chunks_exact_mut(N).zip(across) {
        let mut sums = [0_u32; N];
        let pixels = from[cover.first * N..].chunks_exact(N);
        for (pixel, weight) in pixels.zip(&cover.weights) {
            for (sum, value) in sums.iter_mut().zip(pixel) {
                *sum += u32::from(*value) * weight;
            }
        }
        for (to, sum) in to.iter_mut().zip(sums) {
            *to = (sum + (1 << (BITS - KEPT - 1))) >> (BITS - KEPT);
        }
    }
}

/// What each of `to` pixels covers of `from` pixels.
fn covers(from: u32, to: u32) -> Vec<Cover> {
    let (from, to) = (u64::from(from), u64::from(to));
    let cover = |k: u64| {
        // In units of which a pixel of the larger picture has `to`, and one of the smaller `from`.
        let (start, end) = (k * from, (k + 1) * from);
        let first = start / to;
        let last = (end - 1) / to;
        let share = |pixel: u64| (end.min((pixel + 1) * to) - start.max(pixel * to)) << BITS;
        let mut weights: Vec<u32> =
            (first..=last).map(|p| u32::try_from(share(p) / from).unwrap_or(0)).collect();
        // What was rounded off goes to the pixel in the middle.
        let lost = (1 << BITS) - weights.iter().sum::<u32>();
        let middle = weights.len() / 2;
        weights[middle] += lost;
        Cover { first: usize::try_from(first).unwrap_or(usize::MAX), weights }
    };
    (0..to).map(cover).collect()
}
