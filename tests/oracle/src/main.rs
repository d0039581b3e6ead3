//! Compares what Tantivy finds with what the scan of `tests/search/oracle.rs` finds, to which
//! `cargo test --test search` holds the reader. Run it with `cargo run` in this folder.

#[path = "../../search/oracle.rs"]
#[expect(dead_code, reason = "Korean and symbols are compared with the text itself")]
mod oracle;

use std::collections::BTreeSet;
use std::process::ExitCode;

use oracle::{Item, Query};
use rust_stemmers::{Algorithm, Stemmer};
use tantivy::collector::DocSetCollector;
use tantivy::query::{
    BooleanQuery, Occur, PhraseQuery, Query as TantivyQuery, RegexQuery, TermQuery,
};
use tantivy::schema::{Field, INDEXED, IndexRecordOption, STORED, Schema, TEXT, Value as _};
use tantivy::{Index, Searcher, TantivyDocument, Term};

fn main() -> ExitCode {
    let texts = oracle::texts();
    let engine = Engine::new(&texts);
    let queries = oracle::english_queries();
    let differ = |query: &&Query| engine.answer(query) != query.scan(&texts);
    let differing: Vec<String> = queries.iter().filter(differ).map(Query::to_string).collect();
    let hits: usize = queries.iter().map(|query| query.scan(&texts).len()).sum();
    println!(
        "{} queries, {hits} hits, {} answered otherwise by Tantivy",
        queries.len(),
        differing.len()
    );
    differing.iter().for_each(|query| println!("{query}"));
    if differing.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
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

    /// Exclusions are taken away here, since debug builds of Tantivy 0.27 panic on an excluded phrase.
    fn answer(&self, query: &Query) -> BTreeSet<usize> {
        let clauses = query.clauses.iter().map(|items| {
            let items = items.iter().map(|item| self.item(item)).collect();
            (Occur::Must, Box::new(BooleanQuery::union(items)) as Box<dyn TantivyQuery>)
        });
        let mut found = self.find(&BooleanQuery::new(clauses.collect()));
        if let Some(item) = &query.excluded {
            let excluded = self.find(&*self.item(item));
            found.retain(|number| !excluded.contains(number));
        }
        found
    }

    fn find(&self, query: &dyn TantivyQuery) -> BTreeSet<usize> {
        let hits = self.searcher.search(query, &DocSetCollector).expect("the query runs");
        let number = |address| {
            let document: TantivyDocument = self.searcher.doc(address).expect("it is stored");
            document.get_first(self.number).and_then(|value| value.as_u64()).expect("its number")
        };
        hits.into_iter().map(|address| number(address) as usize).collect()
    }

    fn item(&self, item: &Item) -> Box<dyn TantivyQuery> {
        match *item {
            Item::Phrase(first, second) => {
                let terms = [first, second].map(|word| Term::from_field_text(self.words, word));
                Box::new(PhraseQuery::new(terms.to_vec()))
            }
            Item::Prefix(start) => {
                let pattern = RegexQuery::from_pattern(&format!("{start}.*"), self.words);
                Box::new(pattern.expect("letters are a pattern"))
            }
            Item::Word(word) => {
                let stem = Term::from_field_text(self.stems, &self.stemmer.stem(word));
                Box::new(TermQuery::new(stem, IndexRecordOption::Basic))
            }
        }
    }
}
