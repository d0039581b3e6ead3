//! A picture in a PDF → its pixels, and how opaque each is.

mod samples;
mod space;

use pdfboss_core::{Dict, Document, Object, Stream};

use super::drawn::is_stencil;
use crate::pictures::{
    ColourTransform, Numbers, Raster, Refusal, jpeg_as, jpeg_colours, jpeg_inks, jpeg2000, within,
};
use samples::Samples;
use space::Space;

/// A picture.
pub(super) struct Sampled {
    pub(super) pixels: Raster,
    /// How opaque it is, in grey and of any size; all of it, if nothing is said.
    pub(super) opaque: Option<Raster>,
}

/// Reads pictures of one document.
pub(super) struct Sampler<'d> {
    pub(super) document: &'d Document,
    /// How many pixels one may have.
    pub(super) most: u64,
}

/// A picture before it is known what its numbers mean.
struct Coded {
    samples: Samples,
    space: Space,
    /// The range of each number.
    spread: Vec<(f64, f64)>,
    /// How opaque it is, as it says itself.
    opaque: Option<Raster>,
}

/// Colour spaces in colour spaces.
const DEPTH: usize = 4;

impl Sampler<'_> {
    /// The pixels of a picture; those of a stencil have the colour `ink`.
    pub(super) fn read(&self, image: &Stream, ink: [u8; 3]) -> Result<Sampled, Refusal> {
        if is_stencil(image) {
            let holes = self.stencil(image)?;
            let mut pixels = Raster::new(1, 1, 3)?;
            pixels.pixels.copy_from_slice(&ink);
            return Ok(Sampled { pixels, opaque: Some(holes) });
        }
        let Coded { samples, space, spread, opaque } = self.coded(image)?;
        let opaque = match (self.value(&image.dict, "SMask"), self.value(&image.dict, "Mask")) {
            (Some(Object::Stream(mask)), _) => Some(self.grey(&mask)?),
            (_, Some(Object::Stream(mask))) => Some(self.stencil(&mask)?),
            (_, Some(Object::Array(key))) => Some(samples.keyed(&self.integers(&key))?),
            _ => opaque,
        };
        Ok(Sampled { pixels: samples.raster(&space, &spread)?, opaque })
    }

    /// How opaque a soft mask makes each pixel.
    fn grey(&self, mask: &Stream) -> Result<Raster, Refusal> {
        let Coded { samples, space, spread, .. } = self.coded(mask)?;
        let pixels = samples.raster(&space, &spread)?;
        if pixels.channels == 1 { Ok(pixels) } else { Err(unknown("mask in colours")) }
    }

    /// How opaque a stencil is: where its samples are 0.
    fn stencil(&self, mask: &Stream) -> Result<Raster, Refusal> {
        let samples = Samples::new(self.data(mask)?, self.size(mask)?, 1, 1)?;
        let mut grey = samples.raster(&Space::Grey, &self.spread(mask, 1))?;
        grey.pixels.iter_mut().for_each(|value| *value = 255 - *value);
        Ok(grey)
    }

    fn coded(&self, image: &Stream) -> Result<Coded, Refusal> {
        let size = self.size(image)?;
        match self.codec(image).as_deref() {
            Some("JPXDecode") => self.jpeg2000(image),
            Some("DCTDecode" | "DCT") => self.jpeg(image),
            codec => {
                let is_fax = matches!(codec, Some("CCITTFaxDecode" | "CCF" | "JBIG2Decode"));
                let space = match self.stated_space(image)? {
                    Some(space) => space,
                    None if is_fax => Space::Grey,
                    None => return Err(unknown("picture without a colour space")),
                };
                let bits = if is_fax { 1 } else { self.number(&image.dict, "BitsPerComponent") };
                let spread = self.spread(image, space.numbers());
                let samples = Samples::new(self.data(image)?, size, space.numbers(), bits)?;
                Ok(Coded { samples, space, spread, opaque: None })
            }
        }
    }

    /// The colour space that the PDF states.
    fn stated_space(&self, image: &Stream) -> Result<Option<Space>, Refusal> {
        let stated = self.value(&image.dict, "ColorSpace");
        stated.map(|space| self.space(&space, DEPTH)).transpose()
    }

    fn jpeg(&self, image: &Stream) -> Result<Coded, Refusal> {
        let data = self.data(image)?;
        let parameters = match self.value(&image.dict, "DecodeParms") {
            Some(Object::Array(all)) => all.last().and_then(|p| self.document.resolve(p).ok()),
            other => other,
        };
        let transform = parameters.and_then(|all| all.as_dict()?.get_int("ColorTransform"));
        let transform = match transform {
            Some(0) => ColourTransform::Plain,
            Some(1) => ColourTransform::Lightness,
            _ => ColourTransform::Unstated,
        };
        let (size, count, data) = if jpeg_colours(&data) == Some(4) {
            let (size, inks) = jpeg_inks(&data, transform, self.most)?;
            (size, 4, inks)
        } else {
            let raster = jpeg_as(&data, transform, self.most)?;
            ((raster.width, raster.height), raster.channels, raster.pixels)
        };
        let samples = Samples::new(data, size, count, 8)?;
        let spread = self.spread(image, count);
        Ok(Coded { samples, space: self.space_of(image, count)?, spread, opaque: None })
    }

    fn jpeg2000(&self, image: &Stream) -> Result<Coded, Refusal> {
        let veil = self.number(&image.dict, "SMaskInData");
        let numbers = match self.stated_space(image)? {
            Some(Space::Table(_)) => Numbers::Places,
            _ => Numbers::Colours,
        };
        let read = jpeg2000(&self.data(image)?, numbers, self.most)?;
        if veil > 1 && read.opaque.is_some() {
            return Err(unknown("picture in JPEG 2000 that is mixed with its mask"));
        }
        let space = self.space_of(image, read.count)?;
        let samples = Samples::new(read.data, read.size, read.count, 8)?;
        // Its numbers are given as they are.
        let spread = vec![(0.0, 1.0); read.count];
        Ok(Coded { samples, space, spread, opaque: read.opaque.filter(|_| veil == 1) })
    }

    /// What so many numbers mean: what the PDF states, if it fits, or else what is usual.
    fn space_of(&self, image: &Stream, count: usize) -> Result<Space, Refusal> {
        let stated = self.stated_space(image)?.filter(|space| space.numbers() == count);
        let refused = || unknown("picture with an unusual number of colours");
        stated.or_else(|| Space::of(count)).ok_or_else(refused)
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

    fn integers(&self, listed: &[Object]) -> Vec<i64> {
        let number = |value: &Object| self.document.resolve(value).ok()?.as_int();
        listed.iter().filter_map(number).collect()
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
