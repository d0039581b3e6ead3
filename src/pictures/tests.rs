//! Pictures made here, in every form that is read.

use super::raster::Raster;
use super::*;
use crate::scan::Scan;

mod damaged;
mod made;

use made::{Form, gradient, jpeg, png, tiff, webp};

fn task(sides: &[u32]) -> Task<'_> {
    Task { page: 0, regions: &[], sides, most_pixels: 1_000_000, ..Task::default() }
}

/// The largest copy of a picture, decoded again.
fn seen(scan: Scan, bytes: &[u8], task: &Task<'_>) -> Raster {
    assert_eq!(Scan::of(bytes), Some(scan));
    let copies = super::copies(scan, bytes, task).unwrap();
    super::jpeg::decoded(&copies.copies.last().unwrap().bytes, u64::MAX).unwrap()
}

/// The mean difference of two pictures, of 255.
fn difference(a: &Raster, b: &Raster) -> f64 {
    assert_eq!((a.width, a.height, a.channels), (b.width, b.height, b.channels));
    let sum: f64 = a.pixels.iter().zip(&b.pixels).map(|(a, b)| f64::from(a.abs_diff(*b))).sum();
    sum / a.pixels.len() as f64
}

#[test]
fn every_form_shows_the_same_picture() {
    let (colours, grey) = (gradient(3), gradient(1));
    let task = task(&[400]);
    for (scan, bytes) in [
        (Scan::Jpeg, jpeg(&colours)),
        (Scan::Png, png(&colours)),
        (Scan::Webp, webp(&colours)),
        (Scan::Jpeg, jpeg(&grey)),
        (Scan::Png, png(&grey)),
    ] {
        let picture = if seen(scan, &bytes, &task).channels == 1 { &grey } else { &colours };
        let difference = difference(&seen(scan, &bytes, &task), picture);
        assert!(difference < 3.0, "{}: {difference}", scan.name());
    }
    for form in Form::all() {
        let picture = if form.is_grey() { &grey } else { &colours };
        let shown = seen(Scan::Tiff, &tiff(&[(picture, form)]), &task);
        let difference = difference(&shown, picture);
        // Black and white is all that a fax has, and a table has 256 colours.
        let most = match form {
            Form::Fax => 80.0,
            Form::Table => 6.0,
            _ => 3.5,
        };
        assert!(difference < most, "{form:?}: {difference}");
    }
}

#[test]
fn a_jpeg_that_the_decoder_shows_wrongly_is_refused() {
    let picture = gradient(3);
    let encoded = |sampling| {
        let mut bytes = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
        // With tables of its own, this encoder writes a scan for each colour.
        encoder.set_optimized_huffman_tables(true);
        encoder.set_sampling_factor(sampling);
        encoder.encode(&picture.pixels, 300, 200, jpeg_encoder::ColorType::Rgb).unwrap();
        bytes
    };
    let refused =
        super::copies(Scan::Jpeg, &encoded(jpeg_encoder::SamplingFactor::F_2_2), &task(&[300]));
    assert!(matches!(refused, Err(Refusal::Unknown(_))), "{refused:?}");
    let plain = encoded(jpeg_encoder::SamplingFactor::F_1_1);
    assert!(difference(&seen(Scan::Jpeg, &plain, &task(&[300])), &picture) < 3.0);
}

#[test]
fn copies_are_no_larger_than_the_picture_and_made_once() {
    let bytes = png(&gradient(3));
    let copies = super::copies(Scan::Png, &bytes, &task(&[160, 320, 1600])).unwrap();
    let sizes: Vec<_> = copies.copies.iter().map(|copy| copy.size).collect();
    assert_eq!(copies.size, (300, 200));
    assert_eq!(sizes, [(160, 107), (300, 200)]);
}

#[test]
fn the_mean_of_what_a_pixel_covers_is_exact() {
    let black_and_white = |width: u32, height: u32| Raster {
        width,
        height,
        channels: 1,
        pixels: (0..width * height).map(|k| if k % 2 == 0 { 0 } else { 255 }).collect(),
        profile: None,
    };
    let half = smaller::fitted(black_and_white(64, 2), 32);
    assert_eq!((half.width, half.height), (32, 1));
    assert!(half.pixels.iter().all(|pixel| (127..=128).contains(pixel)), "{:?}", half.pixels);
    // One colour stays as it is, whatever the widths are.
    for side in 1..40 {
        for colour in [0, 1, 100, 254, 255] {
            let plain = Raster {
                width: 41,
                height: 17,
                channels: 3,
                pixels: vec![colour; 41 * 17 * 3],
                profile: None,
            };
            assert!(smaller::fitted(plain, side).pixels.iter().all(|pixel| *pixel == colour));
        }
    }
}

#[test]
fn pictures_are_turned_as_exif_says() {
    // 1 2 3 / 4 5 6, as a camera stores what is seen as 1 4 / 2 5 / 3 6 and the like.
    let stored =
        Raster { width: 3, height: 2, channels: 1, pixels: vec![1, 2, 3, 4, 5, 6], profile: None };
    let seen: [(u16, (u32, u32), [u8; 6]); 8] = [
        (1, (3, 2), [1, 2, 3, 4, 5, 6]),
        (2, (3, 2), [3, 2, 1, 6, 5, 4]),
        (3, (3, 2), [6, 5, 4, 3, 2, 1]),
        (4, (3, 2), [4, 5, 6, 1, 2, 3]),
        (5, (2, 3), [1, 4, 2, 5, 3, 6]),
        (6, (2, 3), [4, 1, 5, 2, 6, 3]),
        (7, (2, 3), [6, 3, 5, 2, 4, 1]),
        (8, (2, 3), [3, 6, 2, 5, 1, 4]),
    ];
    for (turn, size, pixels) in seen {
        let turned = stored.clone().turned(Some(turn));
        assert_eq!((turned.width, turned.height), size, "{turn}");
        assert_eq!(turned.pixels, pixels, "{turn}");
    }
}

#[test]
fn what_is_painted_over_is_in_no_copy() {
    // Everything but a frame is white noise, so that whatever is left of it would be seen.
    let mut noise = gradient(3);
    let mut number = 1_u32;
    for pixel in &mut noise.pixels {
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *pixel = (number >> 24) as u8 | 0x80;
    }
    let regions = [
        Region { left: 16, top: 16, width: 160, height: 164 },
        Region { left: 200, top: 100, width: u32::MAX, height: u32::MAX },
    ];
    let task = Task { regions: &regions, ..task(&[75, 150, 300]) };
    for copy in super::copies(Scan::Png, &png(&noise), &task).unwrap().copies {
        let shown = super::jpeg::decoded(&copy.bytes, u64::MAX).unwrap();
        let scale = shown.width as usize * 16 / 300;
        // Inside, by a block of JPEG, nothing is brighter than what a neighbour's edge leaves.
        for (x, y) in [(5, 5), (7, 6), (6, 7), (7, 7)] {
            let at = (y * scale * shown.width as usize + x * scale) * 3;
            assert!(shown.pixels[at..at + 3].iter().all(|p| *p < 8), "{:?} {x} {y}", copy.size);
        }
        assert!(shown.pixels[..3].iter().any(|p| *p > 100));
    }
}

#[test]
fn the_pages_of_a_file_differ() {
    let (first, second) = (gradient(1), gradient(3));
    let bytes = tiff(&[(&first, Form::Lzw), (&second, Form::Tiles)]);
    assert_eq!(pages(Scan::Tiff, &bytes), 2);
    assert_eq!(size(Scan::Tiff, &bytes, 1), Ok((300, 200)));
    let page = |page| seen(Scan::Tiff, &bytes, &Task { page, ..task(&[300]) }).channels;
    assert_eq!((page(0), page(1)), (1, 3));
    assert!(matches!(size(Scan::Tiff, &bytes, 2), Err(Refusal::Damaged(_))));
}

/// The same bytes on every machine: whoever builds this elsewhere finds these hashes, or a fault.
#[test]
fn copies_are_the_same_on_every_processor() {
    let hash = |bytes: &[u8], scan| {
        let copies = super::copies(scan, bytes, &task(&[37, 160])).unwrap();
        let all: Vec<u8> = copies.copies.into_iter().flat_map(|copy| copy.bytes).collect();
        blake3::hash(&all).to_hex()[..16].to_owned()
    };
    let picture = gradient(3);
    let hashes = [
        hash(&jpeg(&picture), Scan::Jpeg),
        hash(&png(&picture), Scan::Png),
        hash(&webp(&picture), Scan::Webp),
        hash(&tiff(&[(&gradient(1), Form::Fax)]), Scan::Tiff),
    ];
    insta::assert_debug_snapshot!(hashes);
}

#[test]
fn one_copy_is_exactly_so_broad_whatever_the_shape_is() {
    for (width, height) in [(250, 350), (35, 25), (200, 31), (97, 600), (12, 700), (90, 90)] {
        let raster = Raster::new(width, height, 3).unwrap();
        let bytes = png(&raster);
        let plain = super::copies(Scan::Png, &bytes, &task(&[40, 80, 160])).unwrap();
        let task = Task { narrow: Some(30), ..task(&[40, 80, 160]) };
        let copies = super::copies(Scan::Png, &bytes, &task).unwrap();
        let expected = (width >= 30).then(|| (30, (30 * height * 2 + width) / (width * 2)));
        assert_eq!(copies.narrow.map(|copy| copy.size), expected, "{width} x {height}");
        assert_eq!(copies.copies, plain.copies);
    }
}

#[test]
fn jpeg_2000_becomes_copies() {
    let bytes = include_bytes!("../pdf/tests/pictures/loss.jp2");
    assert_eq!(size(Scan::Jpeg2000, bytes, 0), Ok((96, 80)));
    let made = copies(
        Scan::Jpeg2000,
        bytes,
        &Task { sides: &[48, 400], most_pixels: 10_000, ..Task::default() },
    );
    let sizes: Vec<(u32, u32)> = made.unwrap().copies.iter().map(|copy| copy.size).collect();
    assert_eq!(sizes, [(48, 40), (96, 80)]);
    let few = Task { sides: &[48], most_pixels: 7_000, ..Task::default() };
    assert_eq!(copies(Scan::Jpeg2000, bytes, &few), Err(Refusal::TooLarge(96, 80)));
    // What is clear shows the paper.
    let clear = include_bytes!("../pdf/tests/pictures/clear.jp2");
    let clear = jpeg2000::decoded(clear, 100).unwrap();
    assert_eq!(clear.pixels, [255, 0, 0, 255, 255, 255, 0, 0, 255, 10, 20, 30]);
    // Comments that are taken out are no part of the picture.
    let published = Scan::Jpeg2000.published(bytes.to_vec()).unwrap();
    assert!(published.len() < bytes.len());
    let decoded = |bytes: &[u8]| jpeg2000::decoded(bytes, 10_000).unwrap();
    assert_eq!(decoded(&published), decoded(bytes));
}
