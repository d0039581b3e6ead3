//! The pictures of pages that are scans.

use super::super::drawn::of_inks;
use super::super::extract::{opened, picture};
use super::super::{Asked, copies_here, read_here};
use super::writer::Pdf;
use crate::pictures::{Raster, Refusal};

/// Two rows of grey: white and light, dark and black.
const GREYS: [u8; 4] = [255, 170, 85, 0];
const GREY: &str = "/Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8";
/// A page of A4 that is all picture.
const WHOLE: &str = "q 595 0 0 842 0 0 cm /P0 Do Q";

fn shown(pdf: &Pdf) -> Result<Raster, Refusal> {
    picture(&opened(&pdf.bytes()).unwrap(), 0, 1_000_000)
}

/// The pixels of a page that is a picture.
fn pixels(dict: &str, data: &[u8]) -> Vec<u8> {
    // Square pixels on a square page, so that none is doubled.
    let pdf = Pdf::new().pages_say("/CropBox [0 0 500 500]").picture(dict, data);
    shown(&pdf.content("q 500 0 0 500 0 0 cm /P0 Do Q")).unwrap().pixels
}

/// Why a page has no picture, if it has none.
fn has_picture(pdf: &Pdf) -> bool {
    read_here(&pdf.bytes()).unwrap().pages[0].pixels.is_some()
}

#[test]
fn a_page_is_its_picture_as_it_is_shown() {
    let square = |more: &str| {
        let pdf = Pdf::new().picture(GREY, &GREYS).pages_say("/CropBox [0 0 500 500]");
        shown(&pdf.pages_say(more).content("q 500 0 0 500 0 0 cm /P0 Do Q")).unwrap()
    };
    assert_eq!(square("").pixels, GREYS);
    assert_eq!(square("/Rotate 90").pixels, [85, 255, 0, 170]);
    assert_eq!(square("/Rotate 180").pixels, [0, 85, 170, 255]);
    assert_eq!(square("/Rotate -90").pixels, [170, 0, 255, 85]);
    let mirrored = Pdf::new().picture(GREY, &GREYS).pages_say("/CropBox [0 0 500 500]");
    let mirrored = mirrored.content("q -500 0 0 500 500 0 cm /P0 Do Q");
    assert_eq!(shown(&mirrored).unwrap().pixels, [170, 255, 0, 85]);
}

#[test]
fn what_a_page_cuts_off_is_not_shown() {
    let crop = Pdf::new().picture(GREY, &GREYS).pages_say("/CropBox [0 421 595 842]");
    let crop = shown(&crop.content(WHOLE)).unwrap();
    assert!(crop.pixels.iter().all(|grey| [255, 170].contains(grey)), "{crop:?}");
    let clip = Pdf::new().picture(GREY, &GREYS);
    let clip = clip.content(&format!("0 20 595 822 re W n {WHOLE}"));
    let clip = shown(&clip).unwrap();
    assert_eq!(clip.pixels.len(), (clip.width * clip.height) as usize);
}

#[test]
fn numbers_of_all_kinds_become_pixels() {
    let one = "/Width 2 /Height 2 /BitsPerComponent 1 /ColorSpace /DeviceGray";
    assert_eq!(pixels(one, &[0b1000_0000, 0b0100_0000]), [255, 0, 0, 255]);
    let inverted = format!("{one} /Decode [1 0]");
    assert_eq!(pixels(&inverted, &[0b1000_0000, 0b0100_0000]), [0, 255, 255, 0]);
    let four = "/Width 2 /Height 2 /BitsPerComponent 4 /ColorSpace /CalGray";
    assert_eq!(pixels(four, &[0x0F, 0x5A]), [0, 255, 85, 170]);
    let table = "/Width 2 /Height 2 /BitsPerComponent 2 /ColorSpace [/Indexed /DeviceRGB 3 <000000FF000000FF000000FF>]";
    assert_eq!(
        pixels(table, &[0b0001_0000, 0b1011_0000]),
        [0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255]
    );
    let inks = "/Width 2 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceCMYK";
    let found = pixels(inks, &[255, 0, 0, 0, 0, 0, 0, 255]);
    assert_eq!(found[..6], [0, 255, 255, 0, 0, 0]);
    let spot =
        "/Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace [/Separation /Black /DeviceGray 3 0 R]";
    assert_eq!(pixels(spot, &[0, 85, 170, 255]), [255, 170, 85, 0]);
}

#[test]
fn a_fax_is_read() {
    // Two rows of 32 white and 32 black pixels, in group 4.
    let mut encoder = fax::encoder::Encoder::new(fax::VecWriter::new());
    let row = |_| (0..64).map(|x| if x < 32 { fax::Color::White } else { fax::Color::Black });
    for y in 0..64 {
        encoder.encode_line(row(y), 64).unwrap();
    }
    let data = encoder.finish().unwrap().finish();
    let dict = "/Width 64 /Height 64 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode /DecodeParms [null << /K -1 /Columns 64 /Rows 64 >>]";
    let found = pixels(dict, &data);
    assert!(found[..32].iter().all(|grey| *grey == 255) && found[32..64].iter().all(|g| *g == 0));
}

#[test]
fn stencils_and_masks_are_laid_over_what_is_below() {
    // Black ink through a stencil on grey paper, as programs that make files small part them.
    let stencil = "/Width 2 /Height 2 /ImageMask true /BitsPerComponent 1";
    let square = "/CropBox [0 0 500 500]";
    let paper = Pdf::new().pages_say(square).picture(GREY, &[200; 4]);
    let both = "q 500 0 0 500 0 0 cm /P0 Do 0 0 1 rg /P1 Do Q";
    let page = paper.picture(stencil, &[0b0100_0000, 0b1100_0000]).content(both);
    let blue = [0, 0, 255];
    let found = shown(&page).unwrap();
    assert_eq!(found.pixels[..6], [blue, [200; 3]].concat());
    assert_eq!(found.pixels[6..], [200; 6]);
    let soft = "/Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8 /SMask 1001 0 R";
    let page = Pdf::new().pages_say(square).picture(soft, &[0; 4]).picture(GREY, &GREYS);
    let page = page.content("q 500 0 0 500 0 0 cm /P0 Do Q");
    assert_eq!(shown(&page).unwrap().pixels, [0, 85, 170, 255]);
}

#[test]
fn strips_make_one_page() {
    let strip = "/Width 4 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8";
    let page = Pdf::new().pages_say("/CropBox [0 0 400 200]");
    let page = page.picture(strip, &[1, 2, 3, 4]).picture(strip, &[5, 6, 7, 8]);
    let page = page.content("q 400 0 0 100 0 100 cm /P0 Do Q q 400 0 0 100 0 0 cm /P1 Do Q");
    let found = shown(&page).unwrap();
    assert_eq!((found.width, found.pixels), (4, vec![1, 2, 3, 4, 5, 6, 7, 8]));
}

#[test]
fn a_page_that_shows_more_than_pictures_has_none() {
    let scan = || Pdf::new().picture(GREY, &GREYS);
    let with = |content: &str| scan().content(content);
    assert!(has_picture(&with(WHOLE)));
    assert!(has_picture(&with(&format!("1 g 0 0 595 842 re f {WHOLE}"))), "white paper below");
    assert!(has_picture(&with(&format!("0.5 g 50 50 90 90 re f {WHOLE}"))), "hidden below");
    assert!(has_picture(&with(&format!("{WHOLE} BT /F 9 Tf 9 9 Td (No. 17) Tj ET"))), "a stamp");
    // What is drawn over it may hide what it shows.
    assert!(!has_picture(&with(&format!("{WHOLE} 0 g 50 50 90 9 re f"))));
    assert!(!has_picture(&with(&format!("{WHOLE} 50 50 m 90 90 l S"))));
    assert!(!has_picture(&with("q 300 0 0 842 0 0 cm /P0 Do Q")), "half a page");
    let text = "The room above the bakery is dry. ".repeat(9);
    assert!(!has_picture(&with(&format!("{WHOLE} BT /F 9 Tf 9 9 Td ({text}) Tj ET"))));
    assert!(has_picture(&with(&format!("{WHOLE} BT 3 Tr /F 9 Tf 9 9 Td ({text}) Tj ET"))));
    let round = format!("q 0 0 m 9 99 99 9 595 842 c W n {WHOLE} Q");
    assert!(!has_picture(&with(&round)), "an odd edge");
    let noted = "/Annots [<< /Type /Annot /Subtype /Square /Rect [9 9 90 90] >>]";
    assert!(!has_picture(&scan().pages_say(noted).content(WHOLE)));
    let linked = "/Annots [<< /Type /Annot /Subtype /Link /Rect [9 9 90 90] >>]";
    assert!(has_picture(&scan().pages_say(linked).content(WHOLE)));
}

#[test]
fn what_cannot_be_decoded_is_refused_by_name() {
    let red =
        "/Width 2 /Height 2 /ColorSpace [/Separation /Red /DeviceGray 3 0 R] /BitsPerComponent 8";
    let page = Pdf::new().picture(red, &GREYS).content(WHOLE);
    let refused = Refusal::Unknown("picture in a colour space of its own".to_owned());
    assert_eq!(shown(&page), Err(refused));
    let large = "/Width 60000 /Height 60000 /ColorSpace /DeviceGray /BitsPerComponent 8";
    let page = Pdf::new().picture(large, b"x").content(WHOLE);
    assert!(matches!(shown(&page), Err(Refusal::TooLarge(..) | Refusal::Damaged(_))));
    let asked =
        Asked { pages: vec![0, 7], sides: vec![160], narrow: None, tile: None, most_pixels: 1000 };
    let mut made = Vec::new();
    let pdf = Pdf::new().picture(GREY, &GREYS).content(WHOLE).bytes();
    copies_here(&pdf, &asked, &mut |page, copies| made.push((page, copies.is_ok())));
    assert_eq!(made, [(0, true), (7, false)]);
}

#[test]
fn broken_pictures_do_no_harm() {
    let page =
        Pdf::new().picture(GREY, &GREYS).picture("/Width 2 /Height 2 /ImageMask true", b"@@");
    let both = "q 595 0 0 842 0 0 cm /P0 Do /P1 Do Q";
    let whole = page.content(both).bytes();
    let asked =
        Asked { pages: vec![0], sides: vec![160], narrow: None, tile: None, most_pixels: 1 << 20 };
    for seed in 0..300 {
        let mut number = super::numbers(seed + 1);
        let mut bytes = whole.clone();
        for _ in 0..=number(6) {
            let at = number(bytes.len());
            match number(3) {
                0 => bytes[at] = number(256) as u8,
                1 => drop(bytes.splice(at..at, *b"99999")),
                _ => drop(bytes.drain(at..(at + number(40)).min(bytes.len()))),
            }
        }
        let mut count = 0;
        copies_here(&bytes, &asked, &mut |_, _| count += 1);
        assert_eq!(count, 1, "{seed}");
    }
}

#[test]
fn pictures_in_jpeg_2000_are_read() {
    let dict = "/Width 2 /Height 2 /Filter /JPXDecode";
    let grey = include_bytes!("pictures/grey.jp2");
    assert_eq!(pixels(dict, grey), GREYS);
    // What the PDF states counts, not what the picture says.
    let ink = format!("/ColorSpace [/Separation /Black /DeviceGray 3 0 R] {dict}");
    assert_eq!(pixels(&ink, grey), [0, 85, 170, 255]);
    let colours = [255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30];
    assert_eq!(pixels(dict, include_bytes!("pictures/colours.jp2")), colours);
    // A clear pixel shows the paper, if the PDF says that it may.
    let clear = include_bytes!("pictures/clear.jp2");
    assert_eq!(pixels(dict, clear), colours);
    let paper = [255, 0, 0, 255, 255, 255, 0, 0, 255, 10, 20, 30];
    assert_eq!(pixels(&format!("/SMaskInData 1 {dict}"), clear), paper);
}

#[test]
fn jpeg_2000_with_loss_is_read() {
    let dict = "/Width 96 /Height 80 /Filter /JPXDecode";
    let page = Pdf::new().pages_say("/CropBox [0 0 480 400]");
    let page = page.picture(dict, include_bytes!("pictures/loss.jp2"));
    let found = shown(&page.content("q 480 0 0 400 0 0 cm /P0 Do Q")).unwrap();
    assert_eq!((found.width, found.height), (96, 80));
    let real = (0..80_i32).flat_map(|y| (0..96_i32).map(move |x| (x * 2 + y) % 256));
    let far = found.pixels.iter().zip(real).map(|(found, real)| (i32::from(*found) - real).abs());
    assert!(far.sum::<i32>() / (96 * 80) < 4);
}

#[test]
fn a_damaged_or_huge_jpeg_2000_is_refused() {
    let dict = "/Width 2 /Height 2 /Filter /JPXDecode";
    let mut bytes = include_bytes!("pictures/grey.jp2").to_vec();
    let of = |bytes: &[u8]| {
        let pdf = Pdf::new().picture(dict, bytes);
        shown(&pdf.content(WHOLE))
    };
    assert!(matches!(of(&bytes[..60]), Err(Refusal::Damaged(_))));
    // Width and height in the header of its codes.
    let place = bytes.windows(2).position(|two| two == [0xFF, 0x51]).unwrap() + 6;
    bytes[place..place + 8].copy_from_slice(&[0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
    assert!(matches!(of(&bytes), Err(Refusal::TooLarge(60_000, 60_000) | Refusal::Damaged(_))));
}

#[test]
fn jpegs_in_four_inks_are_read() {
    let inks = [(200, 30, 60, 10), (0, 0, 0, 255), (20, 180, 90, 0), (0, 0, 0, 0)];
    let expected = inks.map(|(c, m, y, k)| of_inks([c, m, y, k]));
    let dict = "/Width 16 /Height 16 /ColorSpace /DeviceCMYK /BitsPerComponent 8";
    let plain = format!("{dict} /Decode [1 0 1 0 1 0 1 0] /Filter /DCTDecode");
    let lightness = format!("{dict} /Filter /DCTDecode");
    for (dict, bytes) in [
        (plain, &include_bytes!("pictures/inks.jpg")[..]),
        (lightness, include_bytes!("pictures/lightness.jpg")),
    ] {
        let found = pixels(&dict, bytes);
        for (at, expected) in
            [4 * 16 + 4, 4 * 16 + 12, 12 * 16 + 4, 12 * 16 + 12].iter().zip(expected)
        {
            let pixel = &found[at * 3..at * 3 + 3];
            let is_near = pixel.iter().zip(expected).all(|(a, b)| a.abs_diff(b) < 4);
            assert!(is_near, "{pixel:?} for {expected:?}");
        }
    }
}

#[test]
fn jbig2_is_read() {
    let dict =
        "/Width 64 /Height 48 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode";
    let page = Pdf::new().pages_say("/CropBox [0 0 320 240]");
    let page = page.picture(dict, include_bytes!("pictures/text.jbig2"));
    let found = shown(&page.content("q 320 0 0 240 0 0 cm /P0 Do Q")).unwrap();
    let black = |x: u32, y: u32| (x * x + 3 * y) % 7 < 3;
    let real = (0..48).flat_map(|y| (0..64).map(move |x| if black(x, y) { 0_u8 } else { 255 }));
    assert!(found.pixels.into_iter().eq(real));
}

#[test]
fn a_colour_that_is_left_out_shows_what_is_below() {
    let key = |numbers: &str| format!("{GREY} /Mask [{numbers}]");
    assert_eq!(pixels(&key("80 180"), &GREYS), [255, 255, 255, 0]);
    assert_eq!(pixels(&key("0 0"), &GREYS), [255, 170, 85, 255]);
    let table = "/Width 2 /Height 2 /BitsPerComponent 2 /ColorSpace [/Indexed /DeviceGray 3 <00102030>] /Mask [1 1]";
    assert_eq!(pixels(table, &[0b0001_0000, 0b1011_0000])[..6], [0, 0, 0, 255, 255, 255]);
    let three =
        "/Width 2 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Mask [9 9 0 255 0 255]";
    assert_eq!(pixels(three, &[9, 1, 2, 8, 1, 2])[..6], [255, 255, 255, 8, 1, 2]);
}

#[test]
fn a_layer_that_is_off_is_not_shown() {
    let square = |content: &str| {
        let pdf = Pdf::new().layers().pages_say("/CropBox [0 0 500 500]");
        let pdf = pdf.picture(GREY, &GREYS).picture(GREY, &[9; 4]);
        shown(&pdf.content(content)).map(|raster| raster.pixels)
    };
    let draw = "q 500 0 0 500 0 0 cm /P0 Do Q";
    let over = |layer: &str| format!("{draw} /OC /{layer} BDC q 500 0 0 500 0 0 cm /P1 Do Q EMC");
    assert_eq!(square(&over("Off")).unwrap(), GREYS);
    assert_eq!(square(&over("On")).unwrap(), [9; 4]);
    // What a layer draws over the picture hides it only if the layer is on.
    let bar = |layer: &str| format!("{draw} /OC /{layer} BDC 0 g 9 9 90 90 re f EMC");
    assert_eq!(square(&bar("Off")).unwrap(), GREYS);
    assert!(square(&bar("On")).is_err());
    // Nothing but a layer that is off is no picture, and a part that ends shows what follows.
    assert!(square(&format!("/OC /Off BDC {draw} EMC")).is_err());
    let inner = format!("/OC /Off BDC /Span BMC EMC /P1 Do EMC {draw}");
    assert_eq!(square(&inner).unwrap(), GREYS);
    let own = Pdf::new().layers().pages_say("/CropBox [0 0 500 500]").picture(GREY, &GREYS);
    let own = own.picture(&format!("{GREY} /OC 2001 0 R"), &[9; 4]);
    let own = own.content(&format!("{draw} q 500 0 0 500 0 0 cm /P1 Do Q"));
    assert_eq!(shown(&own).unwrap().pixels, GREYS);
}
