//! TIFF: its tags that say who made it where with what are taken out of their lists, and what they point to is
//! overwritten. Nothing moves, so that strips and tiles stay where they are.

/// In which order a file writes the bytes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Big,
    Little,
}

impl Order {
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'M', b'M', 0, 42, ..] => Some(Self::Big),
            [b'I', b'I', 42, 0, ..] => Some(Self::Little),
            _ => None,
        }
    }

    pub(crate) fn short(self, bytes: &[u8], at: usize) -> Option<u16> {
        let two = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self == Self::Big { u16::from_be_bytes(two) } else { u16::from_le_bytes(two) })
    }

    pub(crate) fn long(self, bytes: &[u8], at: usize) -> Option<u32> {
        let four = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self == Self::Big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) })
    }
}

/// An entry of a list of tags.
pub(crate) struct Entry {
    pub(crate) tag: u16,
    /// Where it is.
    pub(crate) at: usize,
    /// How many bytes its value has.
    length: usize,
}

/// The entries of the list that begins at a place.
pub(crate) fn entries(
    order: Order,
    bytes: &[u8],
    at: usize,
) -> Option<impl Iterator<Item = Entry>> {
    let count = usize::from(order.short(bytes, at)?);
    let end = at.checked_add(2 + count * 12)?;
    (end.checked_add(4)? <= bytes.len() || end <= bytes.len()).then(|| {
        (0..count).filter_map(move |k| {
            let at = at + 2 + k * 12;
            let size = match order.short(bytes, at + 2)? {
                1 | 2 | 6 | 7 => 1,
                3 | 8 => 2,
                5 | 10 | 12 => 8,
                _ => 4,
            };
            let count = usize::try_from(order.long(bytes, at + 4)?).ok()?;
            Some(Entry { tag: order.short(bytes, at)?, at, length: size * count.min(1 << 28) })
        })
    })
}

/// Tags of persons, devices, places and programs; EXIF and GPS have lists of their own.
const PRIVATE: [u16; 19] = [
    0x010D, // document name
    0x010E, // image description
    0x010F, // make
    0x0110, // model
    0x0131, // software
    0x0132, // date and time
    0x013B, // artist
    0x013C, // host computer
    0x02BC, // XMP
    0x8298, // copyright
    0x83BB, // IPTC
    0x8649, // Photoshop
    0x8769, // EXIF
    0x8825, // GPS
    0x9C9B, // title, of Windows
    0x9C9C, // comment
    0x9C9D, // author
    0x9C9E, // keywords
    0xC62F, // serial number of a camera
];

/// The lists that a tag points to.
const LISTS: [u16; 2] = [0x8769, 0x8825];

/// How many pages are looked at.
const PAGES: usize = 10_000;

/// Takes out what is not for the public; none if the lists of tags are not whole.
pub(super) fn cleaned(mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    let order = Order::of(&bytes)?;
    let mut next = usize::try_from(order.long(&bytes, 4)?).ok()?;
    let mut seen = Vec::new();
    while next != 0 && seen.len() < PAGES {
        if seen.contains(&next) {
            return None;
        }
        seen.push(next);
        next = clean_list(order, &mut bytes, next)?;
    }
    (next == 0).then_some(bytes)
}

/// Cleans a list, and gives the place of the next one.
fn clean_list(order: Order, bytes: &mut [u8], at: usize) -> Option<usize> {
    let all: Vec<Entry> = entries(order, bytes, at)?.collect();
    let count = usize::from(order.short(bytes, at)?);
    let end = at + 2 + count * 12;
    let next = usize::try_from(order.long(bytes, end)?).ok()?;
    let (gone, kept): (Vec<&Entry>, Vec<&Entry>) =
        all.iter().partition(|entry| PRIVATE.contains(&entry.tag));
    for entry in &gone {
        let place = usize::try_from(order.long(bytes, entry.at + 8)?).ok()?;
        if LISTS.contains(&entry.tag) {
            overwrite_list(order, bytes, place);
        } else if entry.length > 4 {
            overwrite(bytes, place, entry.length);
        }
    }
    let lines: Vec<u8> =
        kept.iter().flat_map(|entry| bytes[entry.at..entry.at + 12].to_vec()).collect();
    let count = u16::try_from(kept.len()).ok()?;
    let number = |n: u32| if order == Order::Big { n.to_be_bytes() } else { n.to_le_bytes() };
    let short = if order == Order::Big { count.to_be_bytes() } else { count.to_le_bytes() };
    bytes[at..end + 4].fill(0);
    bytes[at..at + 2].copy_from_slice(&short);
    bytes[at + 2..at + 2 + lines.len()].copy_from_slice(&lines);
    let place = at + 2 + lines.len();
    bytes[place..place + 4].copy_from_slice(&number(u32::try_from(next).ok()?));
    Some(next)
}

fn overwrite(bytes: &mut [u8], at: usize, length: usize) {
    let end = at.saturating_add(length).min(bytes.len());
    if at < end {
        bytes[at..end].fill(0);
    }
}

/// Overwrites a list that no tag points to any more, with its values.
fn overwrite_list(order: Order, bytes: &mut [u8], at: usize) {
    let Some(all) = entries(order, bytes, at).map(|all| all.collect::<Vec<_>>()) else { return };
    for entry in &all {
        let place = order.long(bytes, entry.at + 8).and_then(|p| usize::try_from(p).ok());
        if let (Some(place), true) = (place, entry.length > 4) {
            overwrite(bytes, place, entry.length);
        }
    }
    overwrite(bytes, at, 2 + all.len() * 12);
}
