//! Encoders for the tests, where a library has none.

use std::io::Cursor;

use crate::pictures::jpeg::encoded;
use crate::pictures::raster::Raster;

/// 300 × 200 pixels, each with a colour of its own, as far as that goes.
pub(super) fn gradient(channels: usize) -> Raster {
    let (width, height) = (300, 200);
    let mut pixels = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let colours = [x * 255 / width, y * 255 / height, (x + y) * 255 / (width + height)];
            pixels.extend(colours[..channels].iter().map(|c| *c as u8));
        }
    }
    Raster { width, height, channels, pixels, profile: None }
}

pub(super) fn jpeg(picture: &Raster) -> Vec<u8> {
    encoded(picture).unwrap()
}

pub(super) fn png(picture: &Raster) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width, picture.height);
    let colours =
        if picture.channels == 1 { png::ColorType::Grayscale } else { png::ColorType::Rgb };
    encoder.set_color(colours);
    encoder.write_header().unwrap().write_image_data(&picture.pixels).unwrap();
    bytes
}

pub(super) fn webp(picture: &Raster) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image_webp::WebPEncoder::new(&mut bytes)
        .encode(&picture.pixels, picture.width, picture.height, image_webp::ColorType::Rgb8)
        .unwrap();
    bytes.into_inner()
}

/// How a page of a TIFF is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Plain,
    PackBits,
    Lzw,
    /// With differences instead of samples.
    Deflate,
    Jpeg,
    Tiles,
    Wide,
    Table,
    Inverse,
    Fax,
}

impl Form {
    pub(super) fn all() -> [Self; 10] {
        use Form::{Deflate, Fax, Inverse, Jpeg, Lzw, PackBits, Plain, Table, Tiles, Wide};
        [Plain, PackBits, Lzw, Deflate, Jpeg, Tiles, Wide, Table, Inverse, Fax]
    }

    pub(super) fn is_grey(self) -> bool {
        matches!(self, Self::Inverse | Self::Fax)
    }
}

/// A TIFF of some pages, each in its form, the most significant byte first.
pub(super) fn tiff(pages: &[(&Raster, Form)]) -> Vec<u8> {
    let mut bytes = b"MM\0\x2A\0\0\0\0".to_vec();
    let mut link = 4;
    for (picture, form) in pages {
        let tags = page(&mut bytes, picture, *form);
        bytes.resize(bytes.len() + bytes.len() % 2, 0);
        let at = bytes.len() as u32;
        bytes[link..link + 4].copy_from_slice(&at.to_be_bytes());
        bytes.extend((tags.len() as u16).to_be_bytes());
        for (tag, kind, count, value) in tags {
            bytes.extend([tag.to_be_bytes(), kind.to_be_bytes()].concat());
            bytes.extend([count.to_be_bytes(), value.to_be_bytes()].concat());
        }
        link = bytes.len();
        bytes.extend([0; 4]);
    }
    bytes
}

type Tag = (u16, u16, u32, u32);

/// Writes the data of a page; gives its tags.
fn page(bytes: &mut Vec<u8>, picture: &Raster, form: Form) -> Vec<Tag> {
    const ROWS: usize = 64;
    let (width, height) = (picture.width as usize, picture.height as usize);
    let stride = picture.stride();
    let channels = picture.channels as u32;
    let (mut photometric, mut bits, mut samples) = (if channels == 1 { 1 } else { 2 }, 8, channels);
    let mut table = Vec::new();
    let chunks: Vec<Vec<u8>> = match form {
        Form::Tiles => tiles(picture),
        Form::Table => {
            // Of three colours only the upper bits: a table has 256.
            (photometric, samples) = (3, 1);
            let code = |p: &[u8]| p[0] >> 4 << 4 | p[1] >> 4;
            let of = |k: u32, channel: usize| match channel {
                0 => (k >> 4) * 17,
                1 => (k & 15) * 17,
                _ => ((k >> 4) * 17 * 300 + (k & 15) * 17 * 200) / 500,
            };
            for channel in 0..3 {
                table.extend((0..256).flat_map(|k| ((of(k, channel) * 257) as u16).to_be_bytes()));
            }
            vec![picture.pixels.chunks(3).map(code).collect()]
        }
        Form::Fax => {
            (photometric, bits) = (0, 1);
            vec![fax(picture)]
        }
        Form::Wide => {
            bits = 16;
            vec![picture.pixels.iter().flat_map(|p| [*p, 77]).collect()]
        }
        Form::Inverse => {
            photometric = 0;
            vec![picture.pixels.iter().map(|p| 255 - p).collect()]
        }
        _ => picture.pixels.chunks(stride * ROWS).map(<[u8]>::to_vec).collect(),
    };
    let rows = if chunks.len() > 1 { ROWS } else { height };
    let packed: Vec<Vec<u8>> = chunks
        .into_iter()
        .map(|chunk| match form {
            Form::PackBits => {
                chunk.chunks(128).flat_map(|c| [&[c.len() as u8 - 1], c].concat()).collect()
            }
            Form::Lzw | Form::Tiles => {
                let order = weezl::BitOrder::Msb;
                weezl::encode::Encoder::with_tiff_size_switch(order, 8).encode(&chunk).unwrap()
            }
            Form::Deflate => {
                let differences: Vec<u8> = chunk
                    .chunks(stride)
                    .flat_map(|row| {
                        let before = |k: usize| {
                            if k < channels as usize { 0 } else { row[k - channels as usize] }
                        };
                        (0..row.len())
                            .map(move |k| row[k].wrapping_sub(before(k)))
                            .collect::<Vec<_>>()
                    })
                    .collect();
                miniz_oxide::deflate::compress_to_vec_zlib(&differences, 6)
            }
            Form::Jpeg => {
                let height = (chunk.len() / stride) as u32;
                encoded(&Raster { height, pixels: chunk, ..picture.clone() }).unwrap()
            }
            _ => chunk,
        })
        .collect();
    let compression = match form {
        Form::PackBits => 32773,
        Form::Lzw | Form::Tiles => 5,
        Form::Deflate => 8,
        Form::Jpeg => 7,
        Form::Fax => 4,
        _ => 1,
    };
    if form == Form::Jpeg {
        photometric = 6;
    }
    let mut put = |data: &[u8]| {
        let at = bytes.len() as u32;
        bytes.extend(data);
        at
    };
    let places: Vec<u32> = packed.iter().map(|chunk| put(chunk)).collect();
    let mut list = |numbers: Vec<u32>| match numbers.as_slice() {
        [only] => (1, *only),
        many => {
            let data: Vec<u8> = many.iter().flat_map(|n| n.to_be_bytes()).collect();
            (many.len() as u32, put(&data))
        }
    };
    let places = list(places);
    let lengths = list(packed.iter().map(|chunk| chunk.len() as u32).collect());
    let all_bits = if samples == 1 {
        (1, bits << 16)
    } else {
        (samples, put(&[0, bits as u8].repeat(samples as usize)))
    };
    let short = |tag, value: u32| (tag, 3, 1, value << 16);
    let mut tags: Vec<Tag> = vec![
        (256, 4, 1, width as u32),
        (257, 4, 1, height as u32),
        (258, 3, all_bits.0, all_bits.1),
        short(259, compression),
        short(262, photometric),
        short(277, samples),
    ];
    match form {
        Form::Tiles => tags.extend([
            short(322, 128),
            short(323, 128),
            (324, 4, places.0, places.1),
            (325, 4, lengths.0, lengths.1),
        ]),
        _ => tags.extend([
            (273, 4, places.0, places.1),
            (278, 4, 1, rows as u32),
            (279, 4, lengths.0, lengths.1),
        ]),
    }
    match form {
        Form::Deflate => tags.push(short(317, 2)),
        // Some programs write it where it means nothing, and anything.
        Form::Plain => tags.push(short(317, 38_928)),
        _ => {}
    }
    if !table.is_empty() {
        let at = put(&table);
        tags.push((320, 3, 768, at));
    }
    tags.sort_unstable();
    tags
}

/// Tiles of 128 × 128 pixels, filled up where the picture ends.
fn tiles(picture: &Raster) -> Vec<Vec<u8>> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let mut tiles = Vec::new();
    for top in (0..height).step_by(128) {
        for left in (0..width).step_by(128) {
            let mut tile = Vec::new();
            for y in top..top + 128 {
                for x in left..left + 128 {
                    let at = (y.min(height - 1) * width + x.min(width - 1)) * picture.channels;
                    tile.extend(&picture.pixels[at..at + picture.channels]);
                }
            }
            tiles.push(tile);
        }
    }
    tiles
}

/// Black where the picture is dark.
fn fax(picture: &Raster) -> Vec<u8> {
    let mut encoder = fax::encoder::Encoder::new(fax::VecWriter::new());
    for row in picture.pixels.chunks(picture.stride()) {
        let colour = |p: &u8| if *p < 128 { fax::Color::Black } else { fax::Color::White };
        let width = u16::try_from(row.len()).unwrap();
        let _ = encoder.encode_line(row.iter().map(colour), width);
    }
    let Ok(writer) = encoder.finish();
    writer.finish()
}
