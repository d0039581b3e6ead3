//! A picture in pieces of one size: as large as it is, and made smaller by halves, as viewers ask for them that show a part.

use super::raster::Raster;
use super::{Refusal, jpeg, smaller};

/// A piece of a picture.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Tile {
    /// How many times smaller it is made.
    pub factor: u32,
    /// Left, top, width and height of what it shows, in pixels of the picture.
    pub place: [u32; 4],
    /// Its own width and height in pixels.
    pub size: (u32, u32),
    /// A JPEG.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
}

/// All pieces of a picture whose sides are no longer than `side`, up to the one that shows all of it.
pub(super) fn of(picture: &Raster, side: u32) -> Result<Vec<Tile>, Refusal> {
    let (width, height) = (picture.width, picture.height);
    let mut tiles = Vec::new();
    let mut halved: Option<Raster> = None;
    for power in 0..16 {
        let factor = 1 << power;
        if power > 0 {
            let larger = halved.take().unwrap_or_else(|| picture.clone());
            let (w, h) = (width.div_ceil(factor), height.div_ceil(factor));
            halved = Some(smaller::resized(larger, w, h));
        }
        let level = halved.as_ref().unwrap_or(picture);
        for top in (0..level.height).step_by(side as usize) {
            for left in (0..level.width).step_by(side as usize) {
                let size = (side.min(level.width - left), side.min(level.height - top));
                let (x, y) = (left * factor, top * factor);
                let shown = ((size.0 * factor).min(width - x), (size.1 * factor).min(height - y));
                let bytes = jpeg::encoded(&level.part(left, top, size)?)?;
                tiles.push(Tile { factor, place: [x, y, shown.0, shown.1], size, bytes });
            }
        }
        if level.width <= side && level.height <= side {
            break;
        }
    }
    Ok(tiles)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_cover_the_picture_at_every_size() {
        let mut picture = Raster::new(70, 33, 1).unwrap();
        picture.pixels.iter_mut().enumerate().for_each(|(at, grey)| *grey = (at % 70) as u8 * 3);
        let tiles = of(&picture, 32).unwrap();
        for factor in [1, 2, 4] {
            let of_size: Vec<&Tile> = tiles.iter().filter(|tile| tile.factor == factor).collect();
            let area: u32 = of_size.iter().map(|tile| tile.place[2] * tile.place[3]).sum();
            assert_eq!(area, 70 * 33, "{factor}");
            for tile in of_size {
                let expected = (tile.place[2].div_ceil(factor), tile.place[3].div_ceil(factor));
                assert_eq!(tile.size, expected);
            }
        }
        let last = tiles.last().unwrap();
        assert_eq!((last.factor, last.place, last.size), (4, [0, 0, 70, 33], (18, 9)));
        // The third piece of the first row begins at pixel 64.
        let shown = jpeg::decoded(&tiles[2].bytes, 10_000).unwrap();
        assert!(shown.pixels[0].abs_diff(64 * 3) < 6, "{}", shown.pixels[0]);
    }
}
