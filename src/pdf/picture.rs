//! The pictures on a page → one picture of the page, as it is shown, in the finest measure of them.

use pdfboss_core::{Document, Matrix};

use super::drawn::{Drawn, Layer};
use super::sampled::{Sampled, Sampler};
use crate::pictures::{Raster, Refusal, within};

/// A picture that is a smaller part of the page says nothing of how fine the page is.
const PART: f32 = 0.05;

impl Drawn {
    /// Width and height of the page's picture in pixels; none if the file does not say.
    pub(super) fn pixels(&self, document: &Document) -> Option<(u32, u32)> {
        let fine = self.layers.iter().filter_map(|layer| self.fineness(layer, document));
        let fine = fine.fold(0.0_f32, f32::max);
        let side = |points: f32| (points * fine).round();
        let (width, height) = (side(self.size.0), side(self.size.1));
        let fits = |side: f32| (1.0..=65_500.0).contains(&side);
        (fits(width) && fits(height)).then_some((width as u32, height as u32))
    }

    /// How many pixels of a picture are on a point of the page.
    fn fineness(&self, layer: &Layer, document: &Document) -> Option<f32> {
        let Matrix { a, b, c, d, .. } = layer.place;
        let (wide, high) = (a.hypot(b), c.hypot(d));
        if wide * high < PART * self.size.0 * self.size.1 {
            return None;
        }
        let count = |key: &str| {
            let value = document.resolve(layer.image.dict.get(key)?).ok()?;
            value.as_int().map(|count| count.clamp(0, 1 << 24) as f32)
        };
        Some((count("Width")? / wide).max(count("Height")? / high))
    }

    /// The picture of the page.
    pub(super) fn raster(&self, document: &Document, most: u64) -> Result<Raster, Refusal> {
        let size = self.pixels(document);
        let (width, height) = size.ok_or_else(|| Refusal::Damaged("it has no size".to_owned()))?;
        within((width, height), most)?;
        let mut page = Raster::new(width, height, 1)?;
        page.pixels.fill(255);
        let sampler = Sampler { document, most };
        for layer in &self.layers {
            let sampled = sampler.read(&layer.image, layer.ink)?;
            if sampled.has_colours() && page.channels == 1 {
                page = coloured(&page)?;
            }
            self.lay(&mut page, layer, &sampled);
        }
        Ok(page)
    }

    /// Lays a picture on the page: each of its pixels is the one of the picture that is at its middle.
    fn lay(&self, page: &mut Raster, layer: &Layer, sampled: &Sampled) {
        let (wide, high) = (f64::from(self.size.0), f64::from(self.size.1));
        let (step_x, step_y) = (wide / f64::from(page.width), high / f64::from(page.height));
        let Some(back) = back(layer.place) else { return };
        let seen = layer.seen;
        let rows = range(seen.y0, seen.y1, step_y, page.height);
        let columns = range(seen.x0, seen.x1, step_x, page.width);
        let channels = page.channels;
        let stride = page.stride();
        for y in rows {
            let down = (f64::from(y) + 0.5) * step_y;
            let row = &mut page.pixels[y as usize * stride..][..stride];
            for x in columns.clone() {
                let (u, v) = back.at((f64::from(x) + 0.5) * step_x, down);
                let at = |raster: &Raster| {
                    let column = (u * f64::from(raster.width)).floor();
                    let line = ((1.0 - v) * f64::from(raster.height)).floor();
                    let is_in = (0.0..f64::from(raster.width)).contains(&column)
                        && (0.0..f64::from(raster.height)).contains(&line);
                    is_in.then(|| {
                        line as usize * raster.stride() + column as usize * raster.channels
                    })
                };
                let Some(from) = at(&sampled.pixels) else { continue };
                let opaque = match &sampled.opaque {
                    Some(mask) => at(mask).map_or(0, |at| u32::from(mask.pixels[at])),
                    None => 255,
                };
                if opaque == 0 {
                    continue;
                }
                let to = &mut row[x as usize * channels..][..channels];
                for (number, to) in to.iter_mut().enumerate() {
                    let of = number.min(sampled.pixels.channels - 1);
                    let value = u32::from(sampled.pixels.pixels[from + of]);
                    let mixed = value * opaque + u32::from(*to) * (255 - opaque);
                    *to = u8::try_from((mixed + 127) / 255).unwrap_or(255);
                }
            }
        }
    }
}

impl Sampled {
    /// Whether it is not only grey.
    fn has_colours(&self) -> bool {
        let is_grey = |pixel: &[u8]| pixel.iter().all(|value| *value == pixel[0]);
        self.pixels.channels == 3 && (self.pixels.width > 1 || !is_grey(&self.pixels.pixels))
    }
}

/// The same in red, green and blue.
fn coloured(grey: &Raster) -> Result<Raster, Refusal> {
    let mut raster = Raster::new(grey.width, grey.height, 3)?;
    for (to, value) in raster.pixels.chunks_exact_mut(3).zip(&grey.pixels) {
        to.fill(*value);
    }
    Ok(raster)
}

/// The pixels whose middle is between two places.
fn range(from: f32, to: f32, step: f64, count: u32) -> std::ops::Range<u32> {
    let place = |points: f32| (f64::from(points) / step - 0.5).ceil().clamp(0.0, f64::from(count));
    place(from) as u32..place(to) as u32
}

/// From the page back to the unit square of a picture.
struct Back {
    a: f64,
    b: f64,
    c: f64,
    d: f64,
    e: f64,
    f: f64,
}

impl Back {
    fn at(&self, x: f64, y: f64) -> (f64, f64) {
        (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
    }
}

fn back(place: Matrix) -> Option<Back> {
    let [a, b, c, d, e, f] = [place.a, place.b, place.c, place.d, place.e, place.f].map(f64::from);
    let whole = a * d - b * c;
    (whole != 0.0 && whole.is_finite()).then(|| Back {
        a: d / whole,
        b: -b / whole,
        c: -c / whole,
        d: a / whole,
        e: (c * f - d * e) / whole,
        f: (b * e - a * f) / whole,
    })
}
