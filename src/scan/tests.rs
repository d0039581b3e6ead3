//! Pictures made here, with secrets in every place where programs put them.

use super::Scan;
use super::png::crc32;

const SECRET: &[u8] = b"SECRET PLACE";

/// A block of EXIF: turned by a quarter, with a description.
fn exif() -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend(b"\x0E\x01\x02\0\x0C\0\0\0\x26\0\0\0");
    exif.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0");
    exif.extend([0; 4]);
    assert_eq!(exif.len(), 0x26);
    exif.extend(SECRET);
    exif
}

fn segment(mark: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, mark], length.as_slice(), body].concat()
}

fn jpeg() -> Vec<u8> {
    [
        b"\xFF\xD8".to_vec(),
        segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        segment(0xE1, &[b"Exif\0\0", exif().as_slice()].concat()),
        segment(0xE2, b"ICC_PROFILE\0\x01\x01colours"),
        segment(0xE2, b"MPF\0SECRET PLACE"),
        segment(0xED, b"Photoshop 3.0\0SECRET PLACE"),
        segment(0xFE, SECRET),
        segment(0xC0, b"\x08\0\x40\0\x20\x01\x01\x11\0"),
        segment(0xDA, b"\x01\x01\0\0\x3F\0"),
        b"data\xFF\x00more\xFF\xD0end\xFF\xD9".to_vec(),
        jpeg_of_a_preview(),
    ]
    .concat()
}

fn jpeg_of_a_preview() -> Vec<u8> {
    [b"\xFF\xD8".to_vec(), segment(0xE1, SECRET), b"\xFF\xD9".to_vec()].concat()
}

fn chunk(name: &[u8], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    let named = [name, body].concat();
    [length.as_slice(), &named, &crc32(&named).to_be_bytes()].concat()
}

fn png() -> Vec<u8> {
    [
        b"\x89PNG\r\n\x1A\n".to_vec(),
        chunk(b"IHDR", b"\0\0\0\x20\0\0\0\x40\x08\0\0\0\0"),
        chunk(b"tEXt", b"Comment\0SECRET PLACE"),
        chunk(b"eXIf", &exif()),
        chunk(b"IDAT", b"data"),
        chunk(b"IEND", b""),
        SECRET.to_vec(),
    ]
    .concat()
}

fn webp() -> Vec<u8> {
    let chunk = |name: &[u8], body: &[u8]| {
        let length = u32::try_from(body.len()).unwrap().to_le_bytes();
        [name, length.as_slice(), body, &[0][..body.len() % 2]].concat()
    };
    let chunks = [
        chunk(b"VP8X", b"\x0C\0\0\0\x1F\0\0\x3F\0\0"),
        chunk(b"VP8 ", b"data!"),
        chunk(b"EXIF", &exif()),
        chunk(b"XMP ", SECRET),
    ]
    .concat();
    let length = u32::try_from(chunks.len() + 4).unwrap().to_le_bytes();
    [b"RIFF".as_slice(), &length, b"WEBP", &chunks].concat()
}

fn gif() -> Vec<u8> {
    [
        b"GIF89a\x20\0\x40\0\x80\0\0\0\0\0\xFF\xFF\xFF".as_slice(),
        b"\x21\xFE\x0CSECRET PLACE\0",
        b"\x21\xFF\x0BXMP DataXMP\x0CSECRET PLACE\0",
        b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0",
        b"\x2C\0\0\0\0\x20\0\x40\0\0\x02\x02\x4C\x01\0\x3B",
        SECRET,
    ]
    .concat()
}

/// A TIFF with a description, GPS in a list of its own, and its data.
fn tiff() -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x03\0".to_vec();
    tiff.extend(b"\x0E\x01\x02\0\x0C\0\0\0\x32\0\0\0");
    tiff.extend(b"\x11\x01\x04\0\x01\0\0\0\x5C\0\0\0");
    tiff.extend(b"\x25\x88\x04\0\x01\0\0\0\x3E\0\0\0");
    tiff.extend([0; 4]);
    assert_eq!(tiff.len(), 0x32);
    tiff.extend(SECRET);
    assert_eq!(tiff.len(), 0x3E);
    tiff.extend(b"\x01\0\x1B\0\x07\0\x0C\0\0\0\x50\0\0\0\0\0\0\0");
    assert_eq!(tiff.len(), 0x50);
    tiff.extend(SECRET);
    tiff.extend(b"picture");
    tiff
}

fn has(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|w| w == words)
}

/// Codes with a comment: 70 by 36 pixels, of which those from 6 and 4 on are the picture.
fn codes_of_jpeg2000() -> Vec<u8> {
    let numbers = [70_u32, 36, 6, 4].map(u32::to_be_bytes).concat();
    let size = [b"\0\0".as_slice(), &numbers, b"more"].concat();
    let codes = [segment(0x51, &size), segment(0x64, SECRET), segment(0x52, b"style")].concat();
    [b"\xFF\x4F".as_slice(), &codes, b"\xFF\x90\0\x0Apicture"].concat()
}

fn jpeg2000() -> Vec<u8> {
    let part = |kind: &[u8], inner: &[u8]| {
        [&u32::try_from(inner.len() + 8).unwrap().to_be_bytes(), kind, inner].concat()
    };
    let header =
        [part(b"ihdr", b"size"), part(b"colr", b"colours"), part(b"xml ", SECRET)].concat();
    [
        part(b"jP  ", b"\r\n\x87\n"),
        part(b"ftyp", b"jp2 \0\0\0\0jp2 "),
        part(b"uuid", SECRET),
        part(b"jp2h", &header),
        part(b"jp2c", &codes_of_jpeg2000()),
        part(b"xml ", SECRET),
    ]
    .concat()
}

#[test]
fn what_is_published_tells_nothing_of_who_took_it_where() {
    let pictures = [
        (Scan::Jpeg, jpeg(), b"data\xFF\x00more\xFF\xD0end".as_slice()),
        (Scan::Png, png(), b"IDATdata"),
        (Scan::Webp, webp(), b"VP8 \x05\0\0\0data!"),
        (Scan::Gif, gif(), b"NETSCAPE2.0"),
        (Scan::Tiff, tiff(), b"picture"),
        (Scan::Jpeg2000, jpeg2000(), b"picture"),
        (Scan::Jpeg2000, codes_of_jpeg2000(), b"picture"),
    ];
    for (scan, bytes, picture) in pictures {
        assert_eq!(Scan::of(&bytes), Some(scan));
        assert!(has(&bytes, SECRET));
        let published = scan.published(bytes.clone()).unwrap();
        assert!(!has(&published, SECRET), "{}", scan.name());
        assert!(has(&published, picture), "{}", scan.name());
        assert_eq!(Scan::of(&published), Some(scan));
        // Once cleaned, it stays as it is.
        assert_eq!(scan.published(published.clone()), Some(published.clone()), "{}", scan.name());
        assert_eq!(scan.size(&published), scan.size(&bytes), "{}", scan.name());
    }
}

#[test]
fn a_picture_keeps_its_colours_and_how_it_is_turned() {
    let published = Scan::Jpeg.published(jpeg()).unwrap();
    assert!(has(&published, b"ICC_PROFILE\0") && has(&published, b"JFIF"));
    assert_eq!(Scan::Jpeg.size(&published), Some((64, 32)));
    assert_eq!(Scan::Png.size(&png()), Some((64, 32)));
    assert_eq!(Scan::Jpeg2000.size(&jpeg2000()), Some((64, 32)));
    assert!(has(&Scan::Jpeg2000.published(jpeg2000()).unwrap(), b"colrcolours"));
    assert_eq!(Scan::Webp.size(&webp()), Some((64, 32)));
    assert_eq!(Scan::Gif.size(&gif()), Some((32, 64)));
}

#[test]
fn damaged_pictures_are_not_published() {
    for (scan, bytes) in [
        (Scan::Jpeg, jpeg()),
        (Scan::Png, png()),
        (Scan::Webp, webp()),
        (Scan::Gif, gif()),
        (Scan::Jpeg2000, jpeg2000()),
    ] {
        assert_eq!(scan.published(bytes[..60].to_vec()), None, "{}", scan.name());
    }
    let mut number = 17_u64;
    let mut below = |limit: usize| {
        number =
            number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(number >> 33).unwrap() % limit
    };
    for bytes in [jpeg(), png(), webp(), gif(), tiff(), jpeg2000()] {
        let scan = Scan::of(&bytes).unwrap();
        for _ in 0..500 {
            let mut broken = bytes.clone();
            for _ in 0..=below(6) {
                let at = 4 + below(broken.len() - 4);
                broken[at] = u8::try_from(below(256)).unwrap();
            }
            let _ = scan.size(&broken);
            // No panic, and nothing is made larger than a few marks.
            let published = scan.published(broken).map_or(0, |p| p.len());
            assert!(published <= bytes.len() + 64);
        }
    }
}
