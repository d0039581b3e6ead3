//! Bombs, and files of which some bytes are not as they were.

use std::time::{Duration, Instant};

use super::made::{Form, gradient, jpeg, png, tiff, webp};
use super::task;
use crate::pictures::{Refusal, copies, pages};
use crate::scan::Scan;

/// The same picture, said to be 60,000 pixels wide and high.
fn bombs() -> Vec<(Scan, Vec<u8>)> {
    let picture = gradient(3);
    let wide = 60_000_u16.to_be_bytes();
    let mut of_jpeg = jpeg(&picture);
    let frame = of_jpeg.windows(2).position(|w| w == [0xFF, 0xC0]).unwrap();
    of_jpeg[frame + 5..frame + 7].copy_from_slice(&wide);
    of_jpeg[frame + 7..frame + 9].copy_from_slice(&wide);
    let mut of_png = png(&picture);
    of_png[18..20].copy_from_slice(&wide);
    of_png[22..24].copy_from_slice(&wide);
    let crc = crate::scan::crc32(&of_png[12..29]).to_be_bytes();
    of_png[29..33].copy_from_slice(&crc);
    let mut of_tiff = tiff(&[(&picture, Form::Plain)]);
    for tag in [256_u16, 257] {
        let entry = [tag.to_be_bytes(), [0, 4]].concat();
        let at = of_tiff.windows(4).rposition(|w| w == entry).unwrap();
        of_tiff[at + 8..at + 12].copy_from_slice(&60_000_u32.to_be_bytes());
    }
    vec![(Scan::Jpeg, of_jpeg), (Scan::Png, of_png), (Scan::Tiff, of_tiff)]
}

#[test]
fn a_picture_that_is_too_large_is_refused_before_it_is_decoded() {
    for (scan, bytes) in bombs() {
        let started = Instant::now();
        let refused = copies(scan, &bytes, &task(&[320]));
        assert_eq!(refused, Err(Refusal::TooLarge(60_000, 60_000)), "{}", scan.name());
        assert!(started.elapsed() < Duration::from_secs(1), "{}", scan.name());
    }
}

#[test]
fn what_is_packed_tighter_than_its_picture_is_not_unpacked() {
    // A strip of 300 rows that unpacks to 64 MB.
    let bomb = miniz_oxide::deflate::compress_to_vec_zlib(&vec![0; 64 << 20], 9);
    let mut bytes = tiff(&[(&gradient(1), Form::Plain)]);
    let (at, length) = (bytes.len() as u32, bomb.len() as u32);
    bytes.extend(bomb);
    let mut set = |tag: u16, value: u32| {
        let entry = tag.to_be_bytes();
        let place = bytes.windows(2).rposition(|w| w == entry).unwrap();
        bytes[place + 2..place + 4].copy_from_slice(&4_u16.to_be_bytes());
        bytes[place + 4..place + 8].copy_from_slice(&1_u32.to_be_bytes());
        bytes[place + 8..place + 12].copy_from_slice(&value.to_be_bytes());
    };
    set(259, 8);
    // The plain form has a senseless one, which only packed rows are read by.
    set(317, 1);
    set(273, at);
    set(278, 200);
    set(279, length);
    let refused = copies(Scan::Tiff, &bytes, &task(&[320]));
    assert!(matches!(refused, Err(Refusal::Damaged(_))), "{refused:?}");
}

#[test]
fn a_chain_of_pages_that_leads_back_ends() {
    let picture = gradient(1);
    let mut bytes = tiff(&[(&picture, Form::Lzw)]);
    let first = u32::from_be_bytes(bytes[4..8].try_into().unwrap());
    let end = bytes.len() - 4;
    bytes[end..].copy_from_slice(&first.to_be_bytes());
    assert_eq!(pages(Scan::Tiff, &bytes), 1);
    let many: Vec<_> = (0..2_005).map(|_| (&picture, Form::Fax)).take(3).collect();
    assert_eq!(pages(Scan::Tiff, &tiff(&many)), 3);
}

#[test]
fn no_damage_makes_it_panic() {
    let picture = gradient(3);
    let small = crate::pictures::smaller::fitted(picture, 40);
    let grey = crate::pictures::smaller::fitted(gradient(1), 40);
    let mut files =
        vec![(Scan::Jpeg, jpeg(&small)), (Scan::Png, png(&small)), (Scan::Webp, webp(&small))];
    for form in Form::all().into_iter().filter(|form| *form != Form::Table) {
        files.push((Scan::Tiff, tiff(&[(if form.is_grey() { &grey } else { &small }, form)])));
    }
    let mut number = 17_u64;
    let mut below = |limit: usize| {
        number =
            number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(number >> 33).unwrap() % limit
    };
    for (scan, bytes) in files {
        for _ in 0..500 {
            let mut broken = bytes.clone();
            for _ in 0..=below(6) {
                let at = 4 + below(broken.len() - 4);
                broken[at] = u8::try_from(below(256)).unwrap();
            }
            broken.truncate(broken.len() - below(broken.len() / 8));
            let _ = copies(scan, &broken, &task(&[16, 32]));
        }
    }
}
