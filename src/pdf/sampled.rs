//! A picture in a PDF → its pixels, and how opaque each is.

use pdfboss_core::{Dict, Document, Object, Stream};

use super::drawn::{is_stencil, of_inks};
use crate::pictures::{Raster, Refusal, jpeg_as, within};

/// A picture.
pub(super) struct Sampled {
    pub(super) pixels: Raster,
    /// How opaque it is, in grey and of any size; all of it, if nothing is said.
    pub(super) opaque: Option<Raster>,
}

/// What the numbers of a pixel mean.
enum Space {
    Grey,
    Rgb,
    /// Cyan, magenta, yellow, black.
    Inks,
    /// One ink on paper: the more, the darker.
    Ink,
    /// The number of a colour in a table of red, green and blue.
    Table(Vec<[u8; 3]>),
}

impl Space {
    /// How many numbers a pixel has.
    fn numbers(&self) -> usize {
        match self {
            Self::Grey | Self::Ink | Self::Table(_) => 1,
            Self::Rgb => 3,
            Self::Inks => 4,
        }
    }
}

/// Reads pictures of one document.
pub(super) struct Sampler<'d> {
    pub(super) document: &'d Document,
    /// How many pixels one may have.
    pub(super) most: u64,
}

impl Sampler<'_> {
    /// The pixels of a picture; those of a stencil have the colour `ink`.
    pub(super) fn read(&self, image: &Stream, ink: [u8; 3]) -> Result<Sampled, Refusal> {
        if is_stencil(image) {
            let holes = self.stencil(image)?;
            let mut pixels = Raster::new(1, 1, 3)?;
            pixels.pixels.copy_from_slice(&ink);
            return Ok(Sampled { pixels, opaque: Some(holes) });
        }
        let opaque = match (self.value(&image.dict, "SMask"), self.value(&image.dict, "Mask")) {
            (Some(Object::Stream(mask)), _) => Some(self.grey(&mask)?),
            (_, Some(Object::Stream(mask))) => Some(self.stencil(&mask)?),
            (_, Some(Object::Array(_))) => return Err(unknown("picture with a colour left out")),
            _ => None,
        };
        Ok(Sampled { pixels: self.pixels(image)?, opaque })
    }

    /// How opaque a soft mask makes each pixel.
    fn grey(&self, mask: &Stream) -> Result<Raster, Refusal> {
        let pixels = self.pixels(mask)?;
        if pixels.channels == 1 { Ok(pixels) } else { Err(unknown("mask in colours")) }
    }

    /// How opaque a stencil is: where its samples are 0.
    fn stencil(&self, mask: &Stream) -> Result<Raster, Refusal> {
        let size = self.size(mask)?;
        let data = self.data(mask)?;
        let mut grey = unpacked(&data, size, &Space::Grey, 1, &self.spread(mask, 1))?;
        grey.pixels.iter_mut().for_each(|value| *value = 255 - *value);
        Ok(grey)
    }

    fn pixels(&self, image: &Stream) -> Result<Raster, Refusal> {
        let size = self.size(image)?;
        match self.codec(image).as_deref() {
            Some("JPXDecode") => Err(unknown("picture in JPEG 2000")),
            Some("DCTDecode" | "DCT") => self.jpeg(image),
            codec => {
                let space = self.value(&image.dict, "ColorSpace");
                let is_fax = matches!(codec, Some("CCITTFaxDecode" | "CCF" | "JBIG2Decode"));
                let space = match space {
                    Some(space) => self.space(&space, 4)?,
                    None if is_fax => Space::Grey,
                    None => return Err(unknown("picture without a colour space")),
                };
                let bits = if is_fax { 1 } else { self.number(&image.dict, "BitsPerComponent") };
                let spread = self.spread(image, space.numbers());
                unpacked(&self.data(image)?, size, &space, bits, &spread)
            }
        }
    }

    fn jpeg(&self, image: &Stream) -> Result<Raster, Refusal> {
        let data = self.data(image)?;
        let parameters = match self.value(&image.dict, "DecodeParms") {
            Some(Object::Array(all)) => all.last().and_then(|p| self.document.resolve(p).ok()),
            other => other,
        };
        let transform = parameters.and_then(|all| all.as_dict()?.get_int("ColorTransform"));
        if crate::pictures::jpeg_colours(&data) == Some(4) {
            return Err(unknown("JPEG in the inks of printers"));
        }
        let mut raster = jpeg_as(&data, transform == Some(0), self.most)?;
        let spread = self.spread(image, raster.channels);
        for (number, (low, high)) in spread.iter().enumerate() {
            if low > high {
                let all = raster.pixels.iter_mut().skip(number).step_by(raster.channels);
                all.for_each(|value| *value = 255 - *value);
            }
        }
        Ok(raster)
    }

    /// The range of each number of a pixel.
    fn spread(&self, image: &Stream, count: usize) -> Vec<(f64, f64)> {
        let Some(Object::Array(listed)) = self.value(&image.dict, "Decode") else {
            return vec![(0.0, 1.0); count];
        };
        let number = |value: &Object| self.document.resolve(value).ok()?.as_f64();
        let numbers: Vec<f64> = listed.iter().filter_map(number).collect();
        let pairs: Vec<(f64, f64)> =
            numbers.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
        if pairs.len() == count { pairs } else { vec![(0.0, 1.0); count] }
    }

    fn space(&self, object: &Object, depth: usize) -> Result<Space, Refusal> {
        let refused = || unknown("picture in a colour space of its own");
        let depth = depth.checked_sub(1).ok_or_else(refused)?;
        let named = |name: &str| match name {
            "DeviceGray" | "CalGray" | "G" => Some(Space::Grey),
            "DeviceRGB" | "CalRGB" | "RGB" => Some(Space::Rgb),
            "DeviceCMYK" | "CMYK" => Some(Space::Inks),
            _ => None,
        };
        if let Some(name) = object.as_name() {
            return named(&name.0).ok_or_else(refused);
        }
        let parts = object.as_array().ok_or_else(refused)?;
        let part = |at: usize| self.document.resolve(parts.get(at)?).ok();
        let kind = part(0).and_then(|kind| Some(kind.as_name()?.0.clone())).ok_or_else(refused)?;
        match kind.as_str() {
            "ICCBased" => {
                let profile = part(1).ok_or_else(refused)?;
                let count = profile.as_stream().and_then(|profile| profile.dict.get_int("N"));
                match count {
                    Some(1) => Ok(Space::Grey),
                    Some(3) => Ok(Space::Rgb),
                    Some(4) => Ok(Space::Inks),
                    _ => Err(refused()),
                }
            }
            "Separation" => {
                let ink = part(1).ok_or_else(refused)?;
                match ink.as_name().map(|name| name.0.as_str()) {
                    Some("Black" | "All") => Ok(Space::Ink),
                    _ => Err(refused()),
                }
            }
            "Indexed" | "I" => {
                let base = self.space(&part(1).ok_or_else(refused)?, depth)?;
                let table = match part(3) {
                    Some(Object::String(bytes)) => bytes,
                    Some(Object::Stream(stream)) => {
                        self.document.stream_data(&stream).map_err(|_| refused())?
                    }
                    _ => return Err(refused()),
                };
                let colour = |entry: &[u8]| match (&base, entry) {
                    (Space::Grey, [grey]) => Some([*grey; 3]),
                    (Space::Ink, [ink]) => Some([255 - *ink; 3]),
                    (Space::Rgb, [r, g, b]) => Some([*r, *g, *b]),
                    (Space::Inks, [c, m, y, k]) => Some(of_inks([*c, *m, *y, *k])),
                    _ => None,
                };
                let colours = table.chunks_exact(base.numbers()).take(256).filter_map(colour);
                Ok(Space::Table(colours.collect()))
            }
            other => named(other).ok_or_else(refused),
        }
    }

    fn size(&self, image: &Stream) -> Result<(u32, u32), Refusal> {
        let side = |key| u32::try_from(self.number(&image.dict, key)).unwrap_or(0);
        let size = (side("Width"), side("Height"));
        if size.0 == 0 || size.1 == 0 {
            return Err(Refusal::Damaged("a picture in it has no size".to_owned()));
        }
        within(size, self.most).map(|()| size)
    }

    /// How its data are packed at last.
    fn codec(&self, image: &Stream) -> Option<String> {
        match self.value(&image.dict, "Filter")? {
            Object::Name(name) => Some(name.0),
            Object::Array(all) => {
                let last = self.document.resolve(all.last()?).ok()?;
                Some(last.as_name()?.0.clone())
            }
            _ => None,
        }
    }

    fn data(&self, image: &Stream) -> Result<Vec<u8>, Refusal> {
        let data = self.document.stream_data(image);
        data.map_err(|error| Refusal::Damaged(error.to_string()))
    }

    fn value(&self, dict: &Dict, key: &str) -> Option<Object> {
        self.document.resolve(dict.get(key)?).ok().filter(|value| !value.is_null())
    }

    fn number(&self, dict: &Dict, key: &str) -> i64 {
        self.value(dict, key).and_then(|value| value.as_int()).unwrap_or(0)
    }
}

fn unknown(what: &str) -> Refusal {
    Refusal::Unknown(what.to_owned())
}

/// Rows of numbers of so many bits as pixels. Rows that are missing stay white, as paper is.
fn unpacked(
    data: &[u8],
    (width, height): (u32, u32),
    space: &Space,
    bits: i64,
    spread: &[(f64, f64)],
) -> Result<Raster, Refusal> {
    let bits = usize::try_from(bits).ok().filter(|bits| [1, 2, 4, 8, 16].contains(bits));
    let bits = bits.ok_or_else(|| Refusal::Damaged("a picture in it has no depth".to_owned()))?;
    let count = space.numbers();
    let stride = (width as usize * count * bits).div_ceil(8);
    let channels = if matches!(space, Space::Grey | Space::Ink) { 1 } else { 3 };
    let mut raster = Raster::new(width, height, channels)?;
    raster.pixels.fill(255);
    let most = ((1_u32 << bits) - 1) as f64;
    // What each number means, for all that there can be; of those of 16 bits, the first eight count.
    let steps = 1_usize << bits.min(8);
    let scale = if bits == 16 { 255.0 } else { most };
    let meanings: Vec<Vec<u8>> = spread
        .iter()
        .map(|(low, high)| {
            let meant = |value: usize| low + (value as f64 / scale) * (high - low);
            (0..steps).map(|value| (meant(value).clamp(0.0, 1.0) * 255.0).round() as u8).collect()
        })
        .collect();
    let own = raster.stride();
    for (row, to) in data.chunks(stride.max(1)).zip(raster.pixels.chunks_exact_mut(own)) {
        let sample = |number: usize| -> Option<usize> {
            Some(match bits {
                8 => usize::from(*row.get(number)?),
                16 => usize::from(*row.get(number * 2)?),
                _ => {
                    let bit = number * bits;
                    let byte = usize::from(*row.get(bit / 8)?);
                    byte >> (8 - bits - bit % 8) & (steps - 1)
                }
            })
        };
        for (x, pixel) in to.chunks_exact_mut(channels).enumerate() {
            let mut values = [0_u8; 4];
            for (number, value) in values.iter_mut().take(count).enumerate() {
                let Some(sample) = sample(x * count + number) else { return Ok(raster) };
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
