//! How a picture is to be turned: the one thing of EXIF that is kept.

use super::tiff::{Order, entries};

const ORIENTATION: u16 = 0x0112;

/// The orientation in a block of EXIF (without what comes before it), unless it is the usual one.
pub(super) fn of(exif: &[u8]) -> Option<u16> {
    let order = Order::of(exif)?;
    let first = usize::try_from(order.long(exif, 4)?).ok()?;
    let entry = entries(order, exif, first)?.find(|entry| entry.tag == ORIENTATION)?;
    order.short(exif, entry.at + 8).filter(|turn| (2..=8).contains(turn))
}

/// Whether a picture is turned so that its width is its height.
pub(super) fn is_on_its_side(turn: Option<u16>) -> bool {
    turn.is_some_and(|turn| turn >= 5)
}

/// A block of EXIF that says nothing but this.
pub(super) fn block(turn: u16) -> Vec<u8> {
    let mut exif = b"MM\0\x2A\0\0\0\x08\0\x01".to_vec();
    exif.extend(ORIENTATION.to_be_bytes());
    exif.extend(b"\0\x03\0\0\0\x01");
    exif.extend(turn.to_be_bytes());
    exif.extend([0; 6]);
    exif
}
