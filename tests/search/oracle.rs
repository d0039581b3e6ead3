//! What must be found: queries made at random over texts made at random, answered by a scan of the words.
//! `tests/oracle/` lets Tantivy answer the English ones too.

use std::collections::BTreeSet;
use std::fmt;

use rust_stemmers::{Algorithm, Stemmer};

const DOCUMENTS: usize = 300;
const ENGLISH_QUERIES: usize = 500;
const OTHER_QUERIES: usize = 100;
const WORDS: &str = "right rights rightly human humans humanity letter letters lettered nation national \
    nations report reports reported reporting commit commits committed committee committees appeal \
    appeals appealing the of in and for to that which abduct abducted abduction abductions prison \
    prisoner prisoners imprisoned general generally assembly assemble assembled secretary state \
    states stated statement resolution resolve resolved govern government governments";
const SYLLABLES: &str = "북한인권위원회유엔총결의안채택촉구정치범수용소";
const SYMBOL_PARTS: [&str; 9] = ["A", "HRC", "25", "63", "WG", "Add.1", "S", "2014", "L.7"];

/// The paragraphs of each document: two of English, one of Korean, one of symbols.
pub(crate) fn texts() -> Vec<Vec<String>> {
    let mut random = Random(0x9e37_79b9);
    (0..DOCUMENTS).map(|_| passages(&mut random)).collect()
}

/// Queries of English words.
pub(crate) fn english_queries() -> Vec<Query> {
    let mut random = Random(0x51ed_270b);
    (0..ENGLISH_QUERIES).map(|_| Query::any(&mut random)).collect()
}

/// Korean queries and symbols, each with the documents that hold it.
pub(crate) fn other_queries(texts: &[Vec<String>]) -> Vec<(String, BTreeSet<usize>)> {
    let mut random = Random(0x2545_f491);
    let mut queries = Vec::new();
    for _ in 0..OTHER_QUERIES {
        let length = 1 + random.below(4);
        let query: String = korean(&mut random).chars().take(length).collect();
        let found = containing(texts, &query, false);
        // What looks like a particle is taken off, but not between quotes.
        let query = if query.ends_with('의') { format!("\"{query}\"") } else { query };
        queries.push((query, found));
    }
    while queries.len() < 2 * OTHER_QUERIES {
        let symbols = &texts[random.below(DOCUMENTS)][3];
        let symbol = symbols.split(", ").next().unwrap_or_default();
        let from = symbol.find('/').map_or(0, |at| (at + 1) * random.below(2));
        let query = &symbol[from..];
        if query.contains('/') && query.contains(|c: char| c.is_ascii_digit()) {
            queries.push((query.to_owned(), containing(texts, query, true)));
        }
    }
    queries
}

/// A query: clauses that must all hold, each of items of which one must; and one that must not.
pub(crate) struct Query {
    /// The clauses.
    pub(crate) clauses: Vec<Vec<Item>>,
    /// What must not be there.
    pub(crate) excluded: Option<Item>,
}

/// A part of a query.
pub(crate) enum Item {
    /// Any form of a word.
    Word(&'static str),
    /// Two words side by side.
    Phrase(&'static str, &'static str),
    /// The start of a word.
    Prefix(&'static str),
}

impl Query {
    fn any(random: &mut Random) -> Self {
        let clauses = (0..1 + random.below(3)).map(|_| {
            let choices = 1 + usize::from(random.below(4) == 0);
            (0..choices).map(|_| Item::any(random)).collect()
        });
        let clauses = clauses.collect();
        Self { clauses, excluded: (random.below(3) == 0).then(|| Item::any(random)) }
    }

    /// The documents that it must find.
    pub(crate) fn scan(&self, texts: &[Vec<String>]) -> BTreeSet<usize> {
        let holds = |text: &[String], item: &Item| text[..2].iter().any(|text| item.is_in(text));
        let fits = |text: &[String]| {
            self.clauses.iter().all(|items| items.iter().any(|item| holds(text, item)))
                && !self.excluded.as_ref().is_some_and(|item| holds(text, item))
        };
        (0..texts.len()).filter(|&at| fits(&texts[at])).collect()
    }
}

impl Item {
    fn any(random: &mut Random) -> Self {
        let word = random.word();
        match random.below(4) {
            0 => Self::Phrase(word, random.word()),
            1 => Self::Prefix(&word[..word.len().min(2 + random.below(3))]),
            _ => Self::Word(word),
        }
    }

    fn is_in(&self, text: &str) -> bool {
        let words: Vec<&str> = text.split(' ').collect();
        match *self {
            Self::Word(wanted) => {
                let stemmer = Stemmer::create(Algorithm::English);
                let stem = stemmer.stem(wanted);
                words.iter().any(|word| stemmer.stem(word) == stem)
            }
            Self::Phrase(first, second) => words.windows(2).any(|pair| pair == [first, second]),
            Self::Prefix(start) => words.iter().any(|word| word.starts_with(start)),
        }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, items) in self.clauses.iter().enumerate() {
            let items: Vec<String> = items.iter().map(Item::to_string).collect();
            write!(f, "{}{}", if i > 0 { " " } else { "" }, items.join(" OR "))?;
        }
        self.excluded.as_ref().map_or(Ok(()), |item| write!(f, " -{item}"))
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Phrase(first, second) => write!(f, "\"{first} {second}\""),
            Self::Prefix(start) => write!(f, "{start}*"),
        }
    }
}

/// A generator of numbers that is the same everywhere (xorshift).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number below a limit.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20) as usize % limit
    }

    fn word(&mut self) -> &'static str {
        let words: Vec<&str> = WORDS.split_whitespace().collect();
        // The least of two: some words are much commoner than others.
        words[self.below(words.len()).min(self.below(words.len()))]
    }
}

fn passages(random: &mut Random) -> Vec<String> {
    let mut english = |length: usize| -> String {
        (0..length).map(|_| random.word()).collect::<Vec<_>>().join(" ")
    };
    let (first, second) = (english(12), english(7));
    let hangul: Vec<String> = (0..3).map(|_| korean(random)).collect();
    let symbols: Vec<String> = (0..3).map(|_| symbol(random)).collect();
    vec![first, second, hangul.join(" "), symbols.join(", ")]
}

fn korean(random: &mut Random) -> String {
    let syllables: Vec<char> = SYLLABLES.chars().collect();
    (0..2 + random.below(6)).map(|_| syllables[random.below(syllables.len())]).collect()
}

fn symbol(random: &mut Random) -> String {
    let parts = (0..2 + random.below(3)).map(|_| SYMBOL_PARTS[random.below(SYMBOL_PARTS.len())]);
    parts.collect::<Vec<_>>().join("/")
}

/// Numbers of the texts that hold a query; a symbol's ends must be ends of words.
fn containing(texts: &[Vec<String>], query: &str, is_symbol: bool) -> BTreeSet<usize> {
    let holds = |text: &String| {
        text.match_indices(query).any(|(at, _)| {
            let is_end = |c: Option<char>| !is_symbol || !c.is_some_and(char::is_alphanumeric);
            is_end(text[..at].chars().next_back())
                && is_end(text[at + query.len()..].chars().next())
        })
    };
    (0..texts.len()).filter(|&at| texts[at].iter().any(holds)).collect()
}
