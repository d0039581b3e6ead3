// Asks a built archive of one language for all forms of its words: `node benches/forms.mjs ARCHIVE LANGUAGE [WORDS]`, where
// ARCHIVE holds a folder `search-export` of `fonds search export --to meilisearch`, and LANGUAGE is the English name of a file in
// `src/search/stem`, such as `french`. Every form that has a word's stem, in a document or in none, must find its documents.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { fold, tokens } from "../src/search/reader/analysis.js";
import { openIndex } from "../tests/search/open.js";

const [archive, language, most = "500"] = process.argv.slice(2);
const index = join(archive, "public/search/index");
const engine = await openIndex(join(index, readdirSync(index).find((name) => name.startsWith("manifest."))));
const [[tag, stemmer], ...others] = await engine.files.stemmers();
if (others.length > 0) throw new Error("the archive has several languages");

const known = new Set();
for (const name of readdirSync(join(archive, "search-export")).filter((name) => name.startsWith("documents-"))) {
  for (const line of readFileSync(join(archive, "search-export", name), "utf8").split("\n").filter(Boolean)) {
    const { language, text } = JSON.parse(line);
    if (language[0] !== tag) continue;
    for (const { text: word, kind } of text.flatMap((text) => tokens(fold(text), text))) {
      if (kind === "word" && /^\p{Alphabetic}{4,20}$/u.test(word)) known.add(word);
    }
  }
}
const source = readFileSync(new URL(`../src/search/stem/${language}.sbl`, import.meta.url), "utf8");
const endings = [...new Set(["", ...[...source.matchAll(/'([a-z]{1,8})'/g)].map(([, ending]) => ending)])];

/** The same words everywhere: in the order of a hash of theirs. */
const hash = (word) => [...word].reduce((sum, c) => Math.imul(sum ^ c.codePointAt(0), 0x01000193) >>> 0, 0x811c9dc5);
const words = [...known].sort((a, b) => hash(a) - hash(b) || (a < b ? -1 : 1)).slice(0, Number(most));
const find = async (query) => {
  await engine.search({ query, size: 0 });
  return [...engine.ranking].sort((a, b) => a - b).join();
};
const counts = { language: tag, words: words.length, forms: 0, unindexed: 0, differing: 0 };
for (const word of words) {
  const stem = stemmer.stem(word);
  const wanted = await find(word);
  const forms = new Set();
  for (let end = word.length; end >= Math.max(2, word.length - 5); end--) {
    for (const ending of endings) {
      const form = word.slice(0, end) + ending;
      if (form.length > 2 && form !== word && stemmer.stem(form) === stem) forms.add(form);
    }
  }
  for (const form of forms) {
    counts.forms++;
    counts.unindexed += Number(!(await engine.files.entry(form)));
    if ((await find(form)) === wanted) continue;
    counts.differing++;
    if (counts.differing <= 10) console.log(`${word}: ${form} finds other documents`);
  }
}
console.log(counts);
if (counts.differing > 0) process.exitCode = 1;
