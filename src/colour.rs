//! Colours as style sheets write them in hexadecimal, and their contrast as WCAG 2.2 measures it.

use std::fmt;

/// The contrast that text must have at least: WCAG 2.2, success criterion 1.4.3, level AA.
pub const LEGIBLE: f64 = 4.5;

/// An opaque colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// Reads `#7a2a1e` or `#72e`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.is_ascii())?;
        let channel = |at: usize| match digits.len() {
            3 => u8::from_str_radix(&digits[at..=at], 16).ok().map(|digit| digit * 17),
            6 => u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).ok(),
            _ => None,
        };
        let all_digits = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        Some(Self([channel(0)?, channel(1)?, channel(2)?])).filter(|_| all_digits)
    }

    /// Relative luminance, from 0 for black to 1 for white.
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast with another colour, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Whether text of this colour can be read on all of some grounds.
    pub fn is_legible_on(self, grounds: &[Self]) -> bool {
        grounds.iter().all(|ground| self.contrast(*ground) >= LEGIBLE)
    }

    /// The colour nearest to this one that can be read on all of some grounds: mixed with as little black as it takes
    /// on light ones, or white on dark ones. None if neither helps.
    pub fn legible_on(self, grounds: &[Self]) -> Option<Self> {
        let mixed = |part: u16, end: u8| {
            let channel = |own: u8| {
                let sum = u16::from(own) * (255 - part) + u16::from(end) * part;
                u8::try_from((sum + 127) / 255).unwrap_or(end)
            };
            Self(self.0.map(channel))
        };
        let mixtures = (0..=255).flat_map(|part| [mixed(part, 0), mixed(part, 255)]);
        mixtures.into_iter().find(|colour| colour.is_legible_on(grounds))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    #[test]
    fn only_hexadecimal_colours_are_read() {
        assert_eq!(colour("#72e").to_string(), "#7722ee");
        assert_eq!(colour("#7A2a1E").to_string(), "#7a2a1e");
        for text in ["", "#", "7a2a1e", "#7a2a1", "#7a2a1eff", "#+1+2+3", "#é1é", "red"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    /// Values of the calculator of the W3C's own examples.
    #[test]
    fn contrast_is_that_of_wcag() {
        for (a, b, expected) in
            [("#000", "#fff", 21.0), ("#777", "#fff", 4.48), ("#767676", "#fff", 4.54)]
        {
            let contrast = colour(a).contrast(colour(b));
            assert!((contrast - expected).abs() < 0.005, "{a} on {b}: {contrast}");
        }
    }

    #[test]
    fn the_nearest_legible_colour_is_as_near_as_can_be() {
        let light = [colour("#fbfaf6"), colour("#f2efe7")];
        let dark = [colour("#161513"), colour("#211f1c")];
        for text in ["#ffcc00", "#7a2a1e", "#808080", "#ffffff", "#000000", "#1da1f2"] {
            for grounds in [light, dark] {
                let near = colour(text).legible_on(&grounds).unwrap();
                assert!(near.is_legible_on(&grounds), "{text}: {near}");
                if colour(text).is_legible_on(&grounds) {
                    assert_eq!(near, colour(text));
                }
            }
        }
        // Neither black nor white can be read on both.
        assert_eq!(colour("#777").legible_on(&[colour("#555"), colour("#aaa")]), None);
    }
}
