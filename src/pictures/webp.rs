//! WebP; of one that moves, the first picture.

use std::io::Cursor;

use image_webp::WebPDecoder;

use super::raster::Raster;
use super::{Refusal, damaged, within};

pub(super) fn decoded(bytes: &[u8], most: u64) -> Result<Raster, Refusal> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    within((width, height), most)?;
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    let profile = decoder.icc_profile().ok().flatten();
    let mut raster = Raster::new(width, height, channels)?;
    decoder.read_image(&mut raster.pixels).map_err(damaged)?;
    let raster = match channels {
        4 => Raster::on_paper(width, height, channels, &raster.pixels)?,
        _ => raster,
    };
    Ok(raster.with_profile(profile))
}
