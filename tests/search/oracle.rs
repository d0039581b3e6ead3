//! What other engines find: Tantivy for words, phrases, alternatives, exclusions and prefixes; plain search
//! in the text for Korean and for document symbols.

use std::collections::BTreeSet;

use fonds::search::{Document, FacetValue, Tables};
use rust_stemmers::{Algorithm, Stemmer};
use serde_json::{Value, json};
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, RegexQuery, TermQuery};
use tantivy::schema::{Field, INDEXED, IndexRecordOption, STORED, Schema, TEXT, Value as _};
use tantivy::{Index, Searcher, TantivyDocument, Term, collector::DocSetCollector};

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

/// Documents, and queries with the numbers of the documents that each must find.
pub(crate) struct Oracle {
    pub(crate) documents: Vec<Document>,
    pub(crate) tables: Tables,
    /// `[{ "query": …, "documents": […] }]`
    pub(crate) expectations: Value,
}

pub(crate) fn oracle() -> Oracle {
    let mut random = Random(0x9e37_79b9);
    let texts: Vec<Vec<String>> = (0..DOCUMENTS).map(|_| passages(&mut random)).collect();
    let engine = Engine::new(&texts);
    let mut expectations = Vec::new();
    for _ in 0..ENGLISH_QUERIES {
        let (query, documents) = engine.query(&mut random);
        expectations.push(json!({ "query": query, "documents": documents }));
    }
    for _ in 0..OTHER_QUERIES {
        let length = 1 + random.below(4);
        let query: String = korean(&mut random).chars().take(length).collect();
        expectations
            .push(json!({ "query": query, "documents": containing(&texts, &query, false) }));
        let symbols = &texts[random.below(DOCUMENTS)][3];
        let symbol = symbols.split(", ").next().unwrap_or_default();
        let from = symbol.find('/').map_or(0, |at| (at + 1) * random.below(2));
        let query = &symbol[from..];
        if query.contains('/') && query.contains(|c: char| c.is_ascii_digit()) {
            let documents = containing(&texts, query, true);
            expectations.push(json!({ "query": query, "documents": documents }));
        }
    }
    let documents = texts.into_iter().enumerate().map(|(at, texts)| document(at, texts)).collect();
    let english = FacetValue { key: "en".into(), label: "English".into(), names: Vec::new() };
    let tables = Tables { languages: vec![english], ..Tables::default() };
    Oracle { documents, tables, expectations: Value::Array(expectations) }
}

/// A generator of numbers that is the same everywhere (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
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

/// Two English paragraphs, one in Korean and one of symbols.
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
fn containing(texts: &[Vec<String>], query: &str, is_symbol: bool) -> Vec<usize> {
    let holds = |text: &String| {
        text.match_indices(query).any(|(at, _)| {
            let is_end = |c: Option<char>| !is_symbol || !c.is_some_and(char::is_alphanumeric);
            is_end(text[..at].chars().next_back())
                && is_end(text[at + query.len()..].chars().next())
        })
    };
    (0..texts.len()).filter(|&at| texts[at].iter().any(holds)).collect()
}

fn document(at: usize, passages: Vec<String>) -> Document {
    Document {
        url: at.to_string(),
        title: String::new(),
        date: None,
        date_words: String::new(),
        creators: Vec::new(),
        recipients: Vec::new(),
        references: Vec::new(),
        kind: None,
        language: 0,
        organizations: Vec::new(),
        people: Vec::new(),
        topics: Vec::new(),
        passages,
    }
}

/// Tantivy over the words as they are, and over their stems.
struct Engine {
    searcher: Searcher,
    words: Field,
    stems: Field,
    number: Field,
    stemmer: Stemmer,
}

impl Engine {
    fn new(texts: &[Vec<String>]) -> Self {
        let mut schema = Schema::builder();
        let words = schema.add_text_field("words", TEXT);
        let stems = schema.add_text_field("stems", TEXT);
        let number = schema.add_u64_field("number", STORED | INDEXED);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 20_000_000).expect("a writer");
        let stemmer = Stemmer::create(Algorithm::English);
        for (at, texts) in texts.iter().enumerate() {
            let mut document = TantivyDocument::default();
            document.add_u64(number, at as u64);
            for text in &texts[..2] {
                let stemmed = text.split(' ').map(|word| stemmer.stem(word));
                document.add_text(stems, stemmed.collect::<Vec<_>>().join(" "));
                document.add_text(words, text);
            }
            writer.add_document(document).expect("a document is taken");
        }
        writer.commit().expect("memory takes everything");
        let searcher = index.reader().expect("a reader").searcher();
        Self { searcher, words, stems, number, stemmer }
    }

    fn find(&self, query: &dyn Query) -> BTreeSet<u64> {
        let hits = self.searcher.search(query, &DocSetCollector).expect("the query runs");
        let number = |address| {
            let document: TantivyDocument = self.searcher.doc(address).expect("it is stored");
            document.get_first(self.number).and_then(|value| value.as_u64()).expect("its number")
        };
        hits.into_iter().map(number).collect()
    }

    /// A query in our language, and what it finds. Exclusions are taken away here, since debug builds
    /// of Tantivy 0.27 panic on an excluded phrase.
    fn query(&self, random: &mut Random) -> (String, BTreeSet<u64>) {
        let mut texts = Vec::new();
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for _ in 0..1 + random.below(3) {
            let (mut text, mut meaning) = self.item(random);
            if random.below(4) == 0 {
                let (other, either) = self.item(random);
                text = format!("{text} OR {other}");
                meaning = Box::new(BooleanQuery::union(vec![meaning, either]));
            }
            texts.push(text);
            clauses.push((Occur::Must, meaning));
        }
        let mut found = self.find(&BooleanQuery::new(clauses));
        if random.below(3) == 0 {
            let (text, meaning) = self.item(random);
            texts.push(format!("-{text}"));
            let excluded = self.find(&*meaning);
            found.retain(|number| !excluded.contains(number));
        }
        (texts.join(" "), found)
    }

    fn item(&self, random: &mut Random) -> (String, Box<dyn Query>) {
        let word = random.word();
        match random.below(4) {
            0 => {
                let next = random.word();
                let terms = [word, next].map(|word| Term::from_field_text(self.words, word));
                (format!("\"{word} {next}\""), Box::new(PhraseQuery::new(terms.to_vec())))
            }
            1 => {
                let prefix = &word[..word.len().min(2 + random.below(3))];
                let pattern = RegexQuery::from_pattern(&format!("{prefix}.*"), self.words);
                (format!("{prefix}*"), Box::new(pattern.expect("letters are a pattern")))
            }
            _ => {
                let stem = Term::from_field_text(self.stems, &self.stemmer.stem(word));
                (word.to_owned(), Box::new(TermQuery::new(stem, IndexRecordOption::Basic)))
            }
        }
    }
}
