//! Lengths of documents, each to the next quarter of an octave above: ranking needs no more, and the
//! codes of positions are bounded by them.

use super::bits::{BitWriter, varint, zigzag};

/// Steps of a quarter of an octave for each document.
pub(super) struct Lengths(Vec<u8>);

impl Lengths {
    pub(super) fn of<'a>(lengths: impl Iterator<Item = &'a u32>) -> Self {
        Self(lengths.map(|&length| step(length)).collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// A number of positions that a document does not exceed. The reader computes it too.
    pub(super) fn limit(&self, document: u32) -> u32 {
        length(self.0[document as usize])
    }

    /// The file: the commonest step and a Rice parameter, then the difference of each document's step
    /// from the commonest in that code.
    pub(super) fn file(&self) -> Vec<u8> {
        let common = (0..=u8::MAX).max_by_key(|step| self.0.iter().filter(|s| s == &step).count());
        let common = common.unwrap_or(0);
        let coded = |parameter: u32| {
            let mut bytes = Vec::new();
            varint(&mut bytes, u64::from(common));
            varint(&mut bytes, u64::from(parameter));
            let mut bits = BitWriter::default();
            for &step in &self.0 {
                bits.rice(zigzag(i64::from(step) - i64::from(common)) as u32, parameter);
            }
            bytes.extend(bits.finish());
            bytes
        };
        (0..8).map(coded).min_by_key(Vec::len).unwrap_or_default()
    }
}

/// The step of the least length that is not below the given one.
pub(super) fn step(length: u32) -> u8 {
    if length < 8 {
        return length as u8;
    }
    let shift = length.ilog2() - 2;
    let quarters = length.div_ceil(1 << shift);
    (4 * shift + quarters) as u8
}

fn length(step: u8) -> u32 {
    if step < 8 { u32::from(step) } else { (4 + u32::from(step % 4)) << (step / 4 - 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_rounded_up_to_quarters_of_octaves() {
        let rounded = |value| length(step(value));
        assert_eq!([0, 1, 7, 8, 9, 31, 33, 700].map(rounded), [0, 1, 7, 8, 10, 32, 40, 768]);
        assert!((0..100_000).all(|value| (value..=value + value / 4).contains(&rounded(value))));
    }
}
