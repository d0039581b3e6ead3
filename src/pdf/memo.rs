//! PDFs that were read lately, by their bytes.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use parking_lot::Mutex;

use super::{Fault, Page, Pdf};

/// How much text is remembered, in bytes.
const ROOM: usize = 32 << 20;

type Hash = [u8; 32];
type Read = Result<Arc<Pdf>, Fault>;

struct Memo {
    known: BTreeMap<Hash, Read>,
    /// The oldest first, with their sizes.
    order: VecDeque<(Hash, usize)>,
    size: usize,
}

static MEMO: Mutex<Memo> =
    Mutex::new(Memo { known: BTreeMap::new(), order: VecDeque::new(), size: 0 });

/// What was read from these bytes before, or is read now.
pub(super) fn remembered(bytes: &[u8], read: impl FnOnce() -> Result<Pdf, Fault>) -> Read {
    let hash = *blake3::hash(bytes).as_bytes();
    let memo = || MEMO.lock();
    if let Some(known) = memo().known.get(&hash) {
        return known.clone();
    }
    let read = read().map(Arc::new);
    memo().keep(hash, read.clone());
    read
}

impl Memo {
    fn keep(&mut self, hash: Hash, read: Read) {
        let size = read.as_ref().map_or(0, |pdf| pdf.pages.iter().map(size).sum::<usize>()) + 100;
        if self.known.insert(hash, read).is_none() {
            self.order.push_back((hash, size));
            self.size += size;
        }
        while self.size > ROOM
            && let Some((oldest, size)) = self.order.pop_front()
        {
            self.known.remove(&oldest);
            self.size -= size;
        }
    }
}

fn size(page: &Page) -> usize {
    page.lines.iter().map(|line| line.text.len() + 48).sum::<usize>() + 64
}
