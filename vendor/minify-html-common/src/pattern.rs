use aho_corasick::AhoCorasick;

/// A trie in flat arrays: nodes name a stretch of edges, and the value that ends at them.
pub struct Trie<V: 'static + Copy> {
    /// The first edge, the number of edges, the value or [`NONE`].
    pub nodes: &'static [(u16, u8, u16)],
    /// The byte of an edge and the node that it leads to; those of one node by their bytes.
    pub edges: &'static [(u8, u16)],
    pub values: &'static [V],
}

const NONE: u16 = u16::MAX;

pub enum TrieNodeMatch<V: 'static + Copy> {
    Found { len: usize, value: V },
    NotFound { reached: usize },
}

impl<V: 'static + Copy> Trie<V> {
    pub fn longest_matching_prefix(&self, text: &[u8]) -> TrieNodeMatch<V> {
        let (mut node, mut found) = (self.nodes[0], None);
        let mut pos = 0;
        while let Some(byte) = text.get(pos) {
            let edges = &self.edges[usize::from(node.0)..][..usize::from(node.1)];
            let Ok(at) = edges.binary_search_by_key(byte, |edge| edge.0) else { break };
            node = self.nodes[usize::from(edges[at].1)];
            pos += 1;
            if node.2 != NONE {
                found = Some(TrieNodeMatch::Found { len: pos, value: self.values[usize::from(node.2)] });
            }
        }
        found.unwrap_or(TrieNodeMatch::NotFound { reached: pos })
    }
}

pub struct Replacer {
    searcher: AhoCorasick,
    replacements: Vec<Vec<u8>>,
}

impl Replacer {
    pub fn new(searcher: AhoCorasick, replacements: Vec<Vec<u8>>) -> Replacer {
        Replacer { searcher, replacements }
    }

    pub fn replace_all(&self, src: &[u8]) -> Vec<u8> {
        self.searcher.replace_all_bytes(src, &self.replacements)
    }
}
