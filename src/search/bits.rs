//! The codes of the index files: whole bytes (variable-length integers) and bits.

/// Appends an integer in groups of seven bits, least significant first.
pub(super) fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Reads an integer that [`varint`] wrote, and moves the slice past it.
pub(super) fn read_varint(bytes: &mut &[u8]) -> u64 {
    // Most are below 128.
    if let [byte @ 0..0x80, rest @ ..] = *bytes {
        *bytes = rest;
        return u64::from(*byte);
    }
    let mut value = 0;
    for shift in (0..).step_by(7) {
        let Some((&byte, rest)) = bytes.split_first() else { break };
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
    }
    value
}

/// Maps signed integers to unsigned ones, small ones to small ones.
pub(super) fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

/// Writes bits, most significant first.
#[derive(Debug, Default)]
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    /// Bits that are no eight bytes yet, in the low end; fewer than 64.
    pending: u64,
    count: u32,
}

impl BitWriter {
    /// Appends the low `count` bits of a value, at most 32.
    pub(super) fn bits(&mut self, value: u32, count: u32) {
        let value = u64::from(value) & ((1 << count) - 1);
        let free = u64::BITS - self.count;
        if count < free {
            self.pending = self.pending << count | value;
            self.count += count;
        } else {
            self.count = count - free;
            let full = self.pending << free | value >> self.count;
            self.bytes.extend_from_slice(&full.to_be_bytes());
            // What of it is written already lies above the count, and is pushed out later.
            self.pending = value;
        }
    }

    /// Appends a number in Rice code: its high part as that many ones and a zero, then its low bits.
    pub(super) fn rice(&mut self, value: u32, parameter: u32) {
        let mut ones = value >> parameter;
        while ones >= 16 {
            self.bits(0xffff, 16);
            ones -= 16;
        }
        self.bits((1 << (ones + 1)) - 2, ones + 1);
        self.bits(value, parameter);
    }

    /// Appends a number below `limit` in truncated binary code: the lowest ones take a bit less than
    /// the rest where `limit` is no power of two.
    fn below(&mut self, value: u32, limit: u32) {
        let length = limit.ilog2();
        let shorter = ((2_u64 << length) - u64::from(limit)) as u32;
        // Which of the two it is cannot be foreseen, and a wrong guess of the processor costs more than both.
        let is_longer = u32::from(value >= shorter);
        self.bits(value + shorter * is_longer, length + is_longer);
    }

    /// Appends a sorted list of distinct numbers below `limit`; the reader must know its length.
    ///
    /// Interpolative code: the middle number first, then those before and those after it, each below
    /// what the numbers known so far leave open. Runs that fill all that is open take no bits.
    /// Source: Moffat and Stuiver, “Binary interpolative coding for effective index compression”, 2000.
    pub(super) fn list(&mut self, numbers: &[u32], limit: u32) {
        self.interpolate(numbers, 0, limit);
    }

    fn interpolate(&mut self, mut numbers: &[u32], mut from: u32, to: u32) {
        loop {
            let count = numbers.len() as u32;
            if count == 0 || count == to - from {
                return;
            }
            if let [number] = *numbers {
                return self.below(number - from, to - from);
            }
            let middle = count / 2;
            let (before, after) = numbers.split_at(middle as usize);
            let Some((&number, after)) = after.split_first() else { return };
            self.below(number - from - middle, to - from - count + 1);
            if !before.is_empty() {
                self.interpolate(before, from, number);
            }
            (numbers, from) = (after, number + 1);
        }
    }

    /// Whether nothing was written.
    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty() && self.count == 0
    }

    /// Number of whole bytes so far.
    pub(super) fn len(&self) -> usize {
        self.bytes.len() + self.count as usize / 8
    }

    /// The bytes, the last one filled with zeros.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let rest = self.pending.checked_shl(u64::BITS - self.count).unwrap_or_default();
        let length = self.count.div_ceil(8) as usize;
        self.bytes.extend_from_slice(&rest.to_be_bytes()[..length]);
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rice_code_is_ones_then_low_bits() {
        let mut bits = BitWriter::default();
        bits.rice(5, 1); // 110 1
        bits.rice(0, 2); // 0 00
        assert_eq!(bits.finish(), [0b1101_0000]);
    }

    #[test]
    fn a_list_is_coded_from_its_middle() {
        let mut bits = BitWriter::default();
        // 5 is one of 1 to 8: 100. Then 2 is one of 0 to 4: 10. Then 8 is one of 6 to 9: 10.
        bits.list(&[2, 5, 8], 10);
        assert_eq!(bits.finish(), [0b1001_0100]);
    }

    #[test]
    fn a_list_of_all_numbers_takes_no_bits() {
        let mut bits = BitWriter::default();
        bits.list(&(0..1000).collect::<Vec<_>>(), 1000);
        assert!(bits.is_empty());
    }

    #[test]
    fn integers_survive() {
        for value in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            let mut out = Vec::new();
            varint(&mut out, value);
            let mut rest = out.as_slice();
            assert_eq!((read_varint(&mut rest), rest.len()), (value, 0));
        }
        assert_eq!([-2, -1, 0, 1].map(zigzag), [3, 1, 0, 2]);
    }
}
