//! Lengths of documents, each to the nearest half octave below: ranking needs no more, and the
//! codes of positions are chosen by them.

use super::bits::{BitWriter, varint, zigzag};

/// Steps of half an octave for each document.
pub(super) struct Lengths(Vec<u8>);

impl Lengths {
    pub(super) fn of<'a>(lengths: impl Iterator<Item = &'a u32>) -> Self {
        Self(lengths.map(|&length| step(length)).collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The Rice parameter for so many positions in a document. The reader computes it too.
    pub(super) fn position_parameter(&self, document: u32, count: u32) -> u32 {
        let length = length(self.0[document as usize]);
        (11 * length / (16 * (u64::from(count) + 1))).checked_ilog2().unwrap_or(0)
    }

    /// The file: the commonest step, then the difference of each document's step from it in Rice code
    /// with parameter 1.
    pub(super) fn file(&self) -> Vec<u8> {
        let common = (0..=u8::MAX).max_by_key(|step| self.0.iter().filter(|s| s == &step).count());
        let common = common.unwrap_or(0);
        let mut bytes = Vec::new();
        varint(&mut bytes, u64::from(common));
        let mut bits = BitWriter::default();
        for &step in &self.0 {
            bits.rice(zigzag(i64::from(step) - i64::from(common)) as u32, 1);
        }
        bytes.extend(bits.finish());
        bytes
    }
}

fn step(length: u32) -> u8 {
    match length.checked_ilog2() {
        None => 0,
        Some(0) => 1,
        Some(octave) => (2 * octave + (length >> (octave - 1) & 1)) as u8,
    }
}

fn length(step: u8) -> u64 {
    if step < 2 { u64::from(step) } else { (2 + u64::from(step & 1)) << (step / 2 - 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_rounded_down_to_half_octaves() {
        let rounded = |value| length(step(value));
        assert_eq!([0, 1, 2, 3, 5, 6, 7, 8, 700].map(rounded), [0, 1, 2, 3, 4, 6, 6, 8, 512]);
    }
}
