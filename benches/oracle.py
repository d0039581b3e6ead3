#!/usr/bin/env python3
"""Compares what the index finds with what Tantivy finds, on the same analysed words.

    benches/oracle.py ARCHIVE [--queries 2000] [--fonds target/release/fonds]

ARCHIVE is a built archive. Its texts are analysed by the reader's own script (words folded and stemmed), given to Tantivy as they
are, and both are asked queries drawn from these words: single words in forms that the archive has and in others, several words,
`OR`, exclusions, phrases, beginnings of words. The sets of documents found must be equal.

It needs Node and the Python package `tantivy`. `tests/oracle/` compares both on made texts.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import tantivy
from tantivy import Occur, Query

ROOT = pathlib.Path(__file__).resolve().parent.parent


def analysed(archive, program, queries):
    """The documents and the queries that Node prints."""
    [manifest] = (archive / "public/search/index").glob("manifest.*")
    with tempfile.TemporaryDirectory(dir=archive) as folder:
        name = pathlib.Path(folder).name + "/records"
        subprocess.run([program, "search", "export", "--to", "meilisearch", "-o", name, "-q", "--root", archive], check=True)
        command = ["node", ROOT / "benches/oracle.mjs", manifest, archive / name, str(queries)]
        lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    return [row for row in rows if "words" in row], [row for row in rows if "query" in row]


class Engine:
    """Tantivy over the words at their positions, and over their stems."""

    def __init__(self, documents):
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("words", tokenizer_name="raw", index_option="position")
        schema.add_text_field("stems", tokenizer_name="raw", index_option="basic")
        schema.add_unsigned_field("number", stored=True)
        self.schema = schema.build()
        index = tantivy.Index(self.schema)
        writer = index.writer(heap_size=200_000_000, num_threads=1)
        for document in documents:
            entry = tantivy.Document()
            entry.add_unsigned("number", document["number"])
            words = sorted((position, word) for word, position in document["words"])
            entry.add_pre_tokenized_text("words", pretokenized(words))
            entry.add_pre_tokenized_text("stems", pretokenized(enumerate(document["stems"])))
            writer.add_document(entry)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self.searcher = index.searcher()
        self.most = len(documents)

    def item(self, item):
        if item["kind"] == "phrase":
            return Query.phrase_query(self.schema, "words", item["words"])
        if item["kind"] == "prefix":
            return Query.regex_query(self.schema, "words", item["text"] + ".*")
        words = [Query.term_query(self.schema, "words", item["text"])]
        stems = [Query.term_query(self.schema, "stems", stem) for stem in item["stems"]]
        compounds = [Query.phrase_query(self.schema, "words", parts) for parts in item["compounds"]]
        return Query.boolean_query([(Occur.Should, part) for part in words + stems + compounds])

    def find(self, query):
        clauses = [(Occur.Must, Query.boolean_query([(Occur.Should, self.item(item)) for item in items])) for items in query["clauses"]]
        if query.get("excluded"):
            clauses.append((Occur.MustNot, self.item(query["excluded"])))
        hits = self.searcher.search(Query.boolean_query(clauses), limit=self.most).hits
        return sorted(self.searcher.doc(address)["number"][0] for _, address in hits)


def pretokenized(words):
    return tantivy.PreTokenizedString("", [tantivy.Token(text, at, 0, 0) for at, text in words])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=pathlib.Path)
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--fonds", default=ROOT / "target/release/fonds")
    options = parser.parse_args()
    documents, queries = analysed(options.archive.resolve(), options.fonds, options.queries)
    engine = Engine(documents)
    hits, differing = 0, []
    for query in queries:
        found = engine.find(query)
        hits += len(found)
        if found != query["found"]:
            differing.append((query["query"], query["found"], found))
    print(f"{len(documents):,} documents, {len(queries):,} queries, {hits:,} hits, {len(differing)} answered otherwise by Tantivy")
    for query, ours, theirs in differing[:20]:
        ours, theirs = set(ours), set(theirs)
        print(f"{query}: {len(ours)} and {len(theirs)}; only ours {sorted(ours - theirs)[:5]}, only Tantivy's {sorted(theirs - ours)[:5]}")
    sys.exit(bool(differing))


if __name__ == "__main__":
    main()
