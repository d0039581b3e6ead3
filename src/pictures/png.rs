//! PNG.

use std::io::Cursor;

use png::{ColorType, Decoder, Limits, Transformations};

use super::raster::Raster;
use super::{Refusal, damaged, within};

pub(super) fn decoded(bytes: &[u8], most: u64) -> Result<Raster, Refusal> {
    // The size was looked at already; what a decoder needs besides its rows is little.
    let limits = Limits { bytes: 64 << 20 };
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_ignore_text_chunk(true);
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(damaged)?;
    let profile = reader.info().icc_profile.as_ref().map(|profile| profile.to_vec());
    let (colours, _) = reader.output_color_type();
    let channels = colours.samples();
    let (width, height) = reader.info().size();
    within((width, height), most)?;
    let mut raster = Raster::new(width, height, channels)?;
    reader.next_frame(&mut raster.pixels).map_err(damaged)?;
    let raster = match colours {
        ColorType::GrayscaleAlpha | ColorType::Rgba => {
            Raster::on_paper(width, height, channels, &raster.pixels)?
        }
        _ => raster,
    };
    Ok(raster.with_profile(profile))
}
