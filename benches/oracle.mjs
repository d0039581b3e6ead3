// Asks a built archive queries drawn from its own words: `node oracle.mjs MANIFEST RECORDS QUERIES`, where RECORDS is a folder
// of `fonds search export --to meilisearch`. Prints JSON lines: the analysed documents, then the queries with what was found.
// `benches/oracle.py` gives the same to Tantivy.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { fold, isIdeograph, tokens } from "../src/search/reader/analysis.js";
import { formsOf } from "../src/search/reader/forms.js";
import { openIndex } from "../tests/search/open.js";

const [manifest, records, count] = process.argv.slice(2);
const engine = await openIndex(manifest);
const stemmers = new Map(await engine.files.stemmers());

let seed = 0x2545f491;
/** A number below a limit; the same everywhere. */
const below = (limit) => {
  seed ^= seed << 13;
  seed ^= seed >>> 17;
  seed ^= seed << 5;
  return (seed >>> 0) % limit;
};
const pick = (list) => list[below(list.length)];

const documents = [];
/** Languages in which each word occurs. */
const spoken = new Map();
for (const name of readdirSync(records).filter((name) => name.startsWith("documents-"))) {
  for (const line of readFileSync(join(records, name), "utf8").split("\n").filter(Boolean)) {
    const record = JSON.parse(line);
    const words = [];
    let at = 0;
    for (const text of [record.title, ...record.text, ...record.names]) {
      const found = tokens(fold(text), text).filter(({ kind }) => kind !== "letter" && kind !== "tail");
      words.push(...found.map(({ text, position }) => [text, at + position]));
      at += (found.at(-1)?.position ?? 0) + 2;
    }
    const [tag] = record.language;
    documents.push({ number: record.id, words });
    for (const [word] of words) {
      if (stemmers.has(tag)) spoken.set(word, (spoken.get(word) ?? new Set()).add(tag));
    }
  }
}
const isStemmed = (word) => word.length > 2 && /^\p{Alphabetic}+$/u.test(word) && ![...word].some(isIdeograph);
const stems = (word, tags) => (isStemmed(word) ? [...tags].map((tag) => `${tag}:${stemmers.get(tag).stem(word)}`) : []);
for (const { number, words } of documents) {
  const stemmed = new Set(words.flatMap(([word]) => stems(word, spoken.get(word) ?? [])));
  console.log(JSON.stringify({ number, words, stems: [...stemmed] }));
}

const isPlain = ([word]) => /^[a-z]{3,}$/.test(word) && !/[aou]e|aa/.test(word);
const plain = documents.map(({ words }) => words.filter(isPlain)).filter((words) => words.length > 5);
/** Forms that no document holds, too. */
const form = (word) => (below(4) > 0 ? word : pick([`${word}s`, `${word}ed`, `${word}ing`, word.replace(/(?:s|ed|ing)$/, "")]));
const word = async () => {
  let typed = form(pick(pick(plain))[0]);
  while (!isPlain([typed])) typed = pick(pick(plain))[0];
  // A word may be a compound that the archive writes with hyphens: its parts side by side.
  const { compounds } = await formsOf(engine.files, typed, true);
  const parts = ({ text, lengths }) => lengths.map((length, i) => text.substr(lengths.slice(0, i).reduce((a, b) => a + b, 0), length));
  return { kind: "word", text: typed, stems: stems(typed, stemmers.keys()), compounds: compounds.map(parts) };
};
const phrase = () => {
  for (;;) {
    const words = pick(plain);
    const at = below(words.length - 3);
    const run = words.slice(at, at + 2 + below(2));
    if (run.every(([, position], i) => position === run[0][1] + i)) return { kind: "phrase", words: run.map(([text]) => text) };
  }
};
const prefix = () => ({ kind: "prefix", text: pick(pick(plain))[0].slice(0, 3 + below(4)) });
const item = () => pick([word, word, word, phrase, prefix])();
const typed = ({ kind, text, words }) => (kind === "phrase" ? `"${words.join(" ")}"` : kind === "prefix" ? `${text}*` : text);
for (let i = 0; i < Number(count); i++) {
  const clauses = [];
  for (let left = 1 + below(3); left > 0; left--) clauses.push(below(4) === 0 ? [await item(), await item()] : [await item()]);
  const excluded = below(4) === 0 ? await item() : undefined;
  const query = clauses.map((items) => items.map(typed).join(" OR ")).join(" ") + (excluded ? ` -${typed(excluded)}` : "");
  const { total, broad } = await engine.search({ query, size: 0 });
  const found = [...engine.ranking].sort((a, b) => a - b);
  if (found.length !== total) throw new Error(query);
  if (broad.length === 0) console.log(JSON.stringify({ query, clauses, excluded, found }));
}
