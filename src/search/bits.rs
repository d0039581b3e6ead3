//! The two codes of the index files: whole bytes (variable-length integers) and Rice-coded bits.

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

/// The Rice parameter for a sorted list of `count` numbers below `limit`. The reader computes it too.
pub(super) fn rice_parameter(limit: u32, count: u32) -> u32 {
    (limit / count.max(1)).checked_ilog2().unwrap_or(0)
}

/// Writes bits, most significant first.
#[derive(Debug, Default)]
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    pending: u64,
    count: u32,
}

impl BitWriter {
    /// Appends the low `count` bits of a value, at most 32.
    pub(super) fn bits(&mut self, value: u32, count: u32) {
        self.pending = (self.pending << count) | (u64::from(value) & ((1 << count) - 1));
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            self.bytes.push((self.pending >> self.count) as u8);
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

    /// Appends a number from 1 in Elias gamma code.
    pub(super) fn gamma(&mut self, value: u32) {
        let length = value.ilog2();
        self.bits(0, length);
        self.bits(value, length + 1);
    }

    /// Whether nothing was written.
    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0 && self.count == 0
    }

    /// Number of whole bytes so far.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Appends a sorted list of distinct numbers below `limit`; the reader must know its length.
    pub(super) fn list(&mut self, numbers: &[u32], limit: u32) {
        let parameter = rice_parameter(limit, numbers.len() as u32);
        let mut next = 0;
        for &number in numbers {
            self.rice(number - next, parameter);
            next = number + 1;
        }
    }

    /// Appends a sorted list of distinct numbers below `limit` that may come in runs: a bit tells whether
    /// it is a list of runs, whichever is shorter.
    pub(super) fn list_or_runs(&mut self, numbers: &[u32], limit: u32) {
        let mut single = Self::default();
        single.list(numbers, limit);
        let mut runs = Self::default();
        runs.runs(numbers, limit);
        let is_shorter = runs.size() < single.size();
        self.bits(u32::from(is_shorter), 1);
        if is_shorter { self.runs(numbers, limit) } else { self.list(numbers, limit) }
    }

    /// The number of runs, then the start of each as in a list and its length.
    fn runs(&mut self, numbers: &[u32], limit: u32) {
        let runs: Vec<&[u32]> = numbers.chunk_by(|a, b| a + 1 == *b).collect();
        let parameter = rice_parameter(limit, runs.len() as u32);
        self.gamma(runs.len() as u32 + 1);
        let mut next = 0;
        for run in runs {
            self.rice(run[0] - next, parameter);
            self.gamma(run.len() as u32);
            next = run[0] + run.len() as u32;
        }
    }

    /// Number of bits so far.
    fn size(&self) -> usize {
        8 * self.bytes.len() + self.count as usize
    }

    /// The bytes, the last one filled with zeros.
    pub(super) fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.bits(0, 8 - self.count);
        }
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
