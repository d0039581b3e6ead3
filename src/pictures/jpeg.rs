//! JPEG, both ways.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::raster::Raster;
use super::{Refusal, damaged, within};

/// How good copies are, of 100: letters stay sharp.
const QUALITY: u8 = 80;

/// Copies with a side no longer than this have no profile of colours, which would be most of them.
const SMALL: u32 = 320;

pub(super) fn decoded(bytes: &[u8], most: u64) -> Result<Raster, Refusal> {
    decoded_as(bytes, ColourTransform::Unstated, most)
}

/// What the file around a JPEG says of how its colours are coded, if the JPEG itself does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColourTransform {
    /// Nothing.
    Unstated,
    /// They are red, green and blue, or four inks.
    Plain,
    /// They are told by their lightness.
    Lightness,
}

/// Decodes at most so many pixels.
pub(crate) fn decoded_as(
    bytes: &[u8],
    transform: ColourTransform,
    most: u64,
) -> Result<Raster, Refusal> {
    if parts_colours(bytes) {
        return Err(Refusal::Unknown("JPEG with a scan for each colour".to_owned()));
    }
    let options = options();
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|e| damaged(format!("{e:?}")))?;
    let coded = decoder.input_colorspace();
    let is_grey = coded == Some(ColorSpace::Luma);
    let space = match coded {
        Some(ColorSpace::Luma) => ColorSpace::Luma,
        // To turn them into what they are taken for leaves them as they are.
        Some(ColorSpace::YCbCr) if transform == ColourTransform::Plain => ColorSpace::YCbCr,
        _ => ColorSpace::RGB,
    };
    decoder.set_options(options.jpeg_set_out_colorspace(space));
    let (width, height) = decoder.dimensions().ok_or_else(|| damaged("it has no size"))?;
    let (width, height) = (as_u32(width)?, as_u32(height)?);
    within((width, height), most)?;
    let mut raster = Raster::new(width, height, if is_grey { 1 } else { 3 })?;
    decoder.decode_into(&mut raster.pixels).map_err(|e| damaged(format!("{e:?}")))?;
    Ok(raster.with_profile(decoder.icc_profile()))
}

/// The inks of a JPEG that has four of them, as its numbers are: cyan, magenta, yellow and black, pixel by pixel, and its size.
pub(crate) fn inks(
    bytes: &[u8],
    transform: ColourTransform,
    most: u64,
) -> Result<((u32, u32), Vec<u8>), Refusal> {
    let options = options();
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|e| damaged(format!("{e:?}")))?;
    let coded = decoder.input_colorspace().filter(|coded| coded.num_components() == 4);
    let coded = coded.ok_or_else(|| damaged("it has no four inks"))?;
    decoder.set_options(options.jpeg_set_out_colorspace(coded));
    let (width, height) = decoder.dimensions().ok_or_else(|| damaged("it has no size"))?;
    let size = (as_u32(width)?, as_u32(height)?);
    within(size, most)?;
    let mut pixels = Raster::new(size.0, size.1, 4)?.pixels;
    decoder.decode_into(&mut pixels).map_err(|e| damaged(format!("{e:?}")))?;
    if coded == ColorSpace::YCCK || transform == ColourTransform::Lightness && !says_colours(bytes)
    {
        pixels.chunks_exact_mut(4).for_each(by_ink);
    }
    Ok((size, pixels))
}

/// Whether a JPEG says itself how its colours are coded.
fn says_colours(bytes: &[u8]) -> bool {
    let segments = crate::scan::jpeg_segments(bytes).unwrap_or_default();
    segments.iter().any(|(mark, body)| *mark == 0xEE && body.starts_with(b"Adobe"))
}

/// Lightness and two differences of colour → what they leave of white. In 65,536ths, by the numbers of ITU-R BT.601.
fn by_ink(pixel: &mut [u8]) {
    let [light, blue, red, ..] = pixel else { return };
    let (y, cb, cr) = (i32::from(*light) << 16, i32::from(*blue) - 128, i32::from(*red) - 128);
    let ink = |value: i32| 255 - ((value + (1 << 15)) >> 16).clamp(0, 255) as u8;
    *light = ink(y + 91_881 * cr);
    *blue = ink(y - 22_554 * cb - 46_802 * cr);
    *red = ink(y + 116_130 * cb);
}

/// Without instructions of one processor: they are not compiled in either.
fn options() -> DecoderOptions {
    let side = usize::from(u16::MAX);
    DecoderOptions::default()
        .set_max_width(side)
        .set_max_height(side)
        .set_use_unsafe(false)
        .set_strict_mode(false)
}

/// Whether a JPEG that is not progressive holds its colours one after another, and some in fewer pixels than others:
/// the decoder shows such a one wrongly.
fn parts_colours(bytes: &[u8]) -> bool {
    let segments = crate::scan::jpeg_segments(bytes).unwrap_or_default();
    let of = |marks: &[u8]| {
        let found = segments.iter().find(|(mark, _)| marks.contains(mark));
        found.map_or(&[][..], |(_, body)| *body)
    };
    let (frame, scan) = (of(&[0xC0, 0xC1]), of(&[0xDA]));
    let count = frame.get(5).copied().unwrap_or(0);
    let mut samplings = frame.get(6..).unwrap_or_default().chunks(3).filter_map(|c| c.get(1));
    let first = samplings.next();
    scan.first().is_some_and(|of_scan| *of_scan < count)
        && samplings.any(|sampling| Some(sampling) != first)
}

fn as_u32(length: usize) -> Result<u32, Refusal> {
    u32::try_from(length).map_err(damaged)
}

pub(super) fn encoded(raster: &Raster) -> Result<Vec<u8>, Refusal> {
    let side = |length: u32| u16::try_from(length).map_err(damaged);
    let (width, height) = (side(raster.width)?, side(raster.height)?);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    let is_small = raster.width.max(raster.height) <= SMALL;
    if let Some(profile) = raster.profile.as_ref().filter(|_| !is_small) {
        encoder.add_icc_profile(profile).map_err(damaged)?;
    }
    let colours = if raster.channels == 1 { ColorType::Luma } else { ColorType::Rgb };
    encoder.encode(&raster.pixels, width, height, colours).map_err(damaged)?;
    Ok(bytes)
}
