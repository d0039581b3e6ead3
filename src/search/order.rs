//! The order of terms: that of UTF-16 units, in which JavaScript compares strings.

use std::cmp::Ordering;

/// Orders as JavaScript does. It differs from the order of UTF-8 bytes only where characters beyond
/// the basic plane meet those from U+E000 on.
pub(super) fn utf16_order(a: &str, b: &str) -> Ordering {
    let differ = a.bytes().zip(b.bytes()).find(|(a, b)| a != b);
    differ.map_or(a.len().cmp(&b.len()), |(a, b)| rank(a).cmp(&rank(b)))
}

/// A number that differs for most texts: texts with different numbers are in the order of the numbers.
pub(super) fn order_key(text: &str) -> u64 {
    let mut bytes = [0; 8];
    bytes.iter_mut().zip(text.bytes()).for_each(|(at, byte)| *at = rank(byte));
    u64::from_be_bytes(bytes)
}

fn rank(byte: u8) -> u8 {
    if matches!(byte, 0xee | 0xef) { byte + 0x10 } else { byte }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn terms_are_ordered_as_javascript_orders_them(a in "\\PC{0,4}", b in "\\PC{0,4}") {
            let order = utf16_order(&a, &b);
            assert_eq!(order, a.encode_utf16().cmp(b.encode_utf16()));
            let keys = order_key(&a).cmp(&order_key(&b));
            assert!(keys == Ordering::Equal || keys == order);
        }
    }
}
