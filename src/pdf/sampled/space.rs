//! What the numbers of a pixel mean.

use pdfboss_core::Object;

use super::{Sampler, unknown};
use crate::pdf::drawn::of_inks;
use crate::pictures::Refusal;

/// What the numbers of a pixel mean.
pub(super) enum Space {
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
    pub(super) fn numbers(&self) -> usize {
        match self {
            Self::Grey | Self::Ink | Self::Table(_) => 1,
            Self::Rgb => 3,
            Self::Inks => 4,
        }
    }

    /// What so many numbers mean if nothing else is said.
    pub(super) fn of(count: usize) -> Option<Self> {
        match count {
            1 => Some(Self::Grey),
            3 => Some(Self::Rgb),
            4 => Some(Self::Inks),
            _ => None,
        }
    }
}

impl Sampler<'_> {
    /// Reads a colour space that is nested so deeply at most.
    pub(super) fn space(&self, object: &Object, depth: usize) -> Result<Space, Refusal> {
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
                let count = count.and_then(|count| usize::try_from(count).ok());
                count.and_then(Space::of).ok_or_else(refused)
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
}
