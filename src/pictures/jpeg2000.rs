//! JPEG 2000, as a page image, or in a PDF: then what its numbers mean is for the PDF to say, or else for the picture.
//!
//! Pictures without loss give the same numbers on every processor. Those with loss are computed in floating point, so that
//! a processor that multiplies and adds in one step may give a shade that is one lighter or darker.

use hayro_jpeg2000::{ColorSpace, DecodeSettings, DecoderContext, Image};

use super::raster::Raster;
use super::{Refusal, damaged, within};

/// A decoded picture.
pub(crate) struct Components {
    pub(crate) size: (u32, u32),
    /// How many numbers a pixel has.
    pub(crate) count: usize,
    /// One byte a number, pixel by pixel.
    pub(crate) data: Vec<u8>,
    /// How opaque each pixel is, if the picture says so.
    pub(crate) opaque: Option<Raster>,
    /// What the colours mean, as the International Color Consortium codes it.
    profile: Option<Vec<u8>>,
}

/// Decodes a page image of at most so many pixels.
pub(super) fn decoded(bytes: &[u8], most: u64) -> Result<Raster, Refusal> {
    let Components { size, count, data, opaque, profile } =
        components(bytes, Numbers::Colours, most)?;
    if count != 1 && count != 3 {
        return Err(Refusal::Unknown("JPEG 2000 with an unusual number of colours".to_owned()));
    }
    let raster = match opaque {
        Some(opaque) => {
            let pixels = data.chunks_exact(count).zip(&opaque.pixels);
            let mixed: Vec<u8> =
                pixels.flat_map(|(pixel, veil)| [pixel, &[*veil]].concat()).collect();
            Raster::on_paper(size.0, size.1, count + 1, &mixed)?
        }
        None => {
            let mut raster = Raster::new(size.0, size.1, count)?;
            raster.pixels = data;
            raster
        }
    };
    Ok(raster.with_profile(profile))
}

/// What the numbers of a picture mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numbers {
    /// How strong a colour is.
    Colours,
    /// Places in a table of colours that the PDF holds.
    Places,
}

/// Decodes at most so many pixels.
pub(crate) fn components(bytes: &[u8], numbers: Numbers, most: u64) -> Result<Components, Refusal> {
    let table = numbers == Numbers::Places;
    let settings = DecodeSettings { resolve_palette_indices: !table, ..DecodeSettings::default() };
    let image = Image::new(bytes, &settings).map_err(|error| damaged(format!("{error:?}")))?;
    let size = (image.width(), image.height());
    within(size, most)?;
    if matches!(image.color_space(), ColorSpace::Unknown { .. }) {
        return Err(Refusal::Unknown("picture in JPEG 2000 with colours of its own".to_owned()));
    }
    let profile = match image.color_space() {
        ColorSpace::Icc { profile, .. } => Some(profile.clone()),
        _ => None,
    };
    let mut context = DecoderContext::default();
    let decoded = image.decode(&mut context).map_err(|error| damaged(format!("{error:?}")))?;
    let pixels = size.0 as usize * size.1 as usize;
    let all = decoded.components();
    if all.is_empty() || all.iter().any(|one| one.samples().len() != pixels) {
        return Err(damaged("its colours are not of one size"));
    }
    let (colours, veil) = all.split_at(all.len() - usize::from(image.has_alpha() && all.len() > 1));
    let byte = |one: &hayro_jpeg2000::ComponentData| {
        let most = (2.0_f32).powi(i32::from(one.bit_depth())) - 1.0;
        let scale = if table { 1.0 } else { 255.0 / most.max(1.0) };
        move |value: f32| (value * scale).round().clamp(0.0, 255.0) as u8
    };
    let count = colours.len();
    let mut data = Raster::new(size.0, size.1, count)?.pixels;
    for (at, one) in colours.iter().enumerate() {
        let byte = byte(one);
        for (to, value) in data.iter_mut().skip(at).step_by(count).zip(one.samples()) {
            *to = byte(*value);
        }
    }
    let opaque = match veil {
        [one] => {
            let mut grey = Raster::new(size.0, size.1, 1)?;
            let byte = byte(one);
            grey.pixels.iter_mut().zip(one.samples()).for_each(|(to, value)| *to = byte(*value));
            Some(grey)
        }
        _ => None,
    };
    Ok(Components { size, count, data, opaque, profile })
}
