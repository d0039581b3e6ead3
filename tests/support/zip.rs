//! ZIP files for tests, written by hand so that they can be as odd as a test needs.

/// A ZIP file of some files: the first is copied, the others are deflated.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (number, (name, bytes)) in files.iter().enumerate() {
        let (method, packed) = match number {
            0 => (0, bytes.to_vec()),
            _ => (8, miniz_oxide::deflate::compress_to_vec(bytes, 6)),
        };
        let mut header = Vec::new();
        header.extend([20, 0, 0, 0]);
        header.extend(u16::to_le_bytes(method));
        header.extend([0; 4]);
        header.extend(crc32(bytes).to_le_bytes());
        header.extend(long(packed.len()));
        header.extend(long(bytes.len()));
        header.extend(short(name.len()));
        header.extend([0; 2]);
        list.extend(b"PK\x01\x02\x14\x00");
        list.extend(&header);
        list.extend([0; 10]);
        list.extend(long(out.len()));
        list.extend(name.as_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&header);
        out.extend(name.as_bytes());
        out.extend(packed);
    }
    let start = out.len();
    out.extend(&list);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(short(files.len()));
    out.extend(short(files.len()));
    out.extend(long(list.len()));
    out.extend(long(start));
    out.extend([0; 2]);
    out
}

fn short(number: usize) -> [u8; 2] {
    u16::try_from(number).unwrap().to_le_bytes()
}

fn long(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap().to_le_bytes()
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
    let table: Vec<u32> = (0..256).map(|n| (0..8).fold(n, |crc, _| step(crc))).collect();
    !bytes.iter().fold(!0, |crc: u32, byte| table[(crc as u8 ^ byte) as usize] ^ (crc >> 8))
}
