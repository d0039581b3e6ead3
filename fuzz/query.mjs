// node fuzz/query.mjs [SECONDS]: the query parser of the search page and what it folds words with, asked with words of chance.
// Every text is a query: none may throw, take long, or give a place that is not in it.

import { parse } from "../src/search/reader/query.js";
import { fold, foldWithPlaces, words } from "../src/search/reader/analysis.js";
import { markText } from "../src/search/reader/marks.js";

const seconds = Number(process.argv[2] ?? 10);
const PARTS = [
  "title:", "org:", "year:", "REF:", "-", "\u2212", "\"", "\u201c", "\u300e", "OR", " NOT ", "|", "*", " ", "\u3000", "\n", "e\u0301",
  "stra\u00dfe", "\u0130i\u0307", "\ud55c\uad6d\uc5b4\uc758", "\u1112\u1161\u11ab", "\u0645\u062d\u0645\u062f", "\u05d0\u05f3", "UN/123.4",
  "A/HRC/1", "1921-03-14", "\ud83d\ude00", "\ud800", "\udc00", "\u0000", "\ufeff", "\u200d", "'", "\u2019", "(", "[a-z]", "\\", "^$", "constructor",
  "__proto__", "o", "\u0153uvre", "\u0131", "\ufb01", "A".repeat(300), "\u0300".repeat(50), "1".repeat(40), "%00", "<b>", "&amp;",
];

let state = Number(process.argv[3] ?? Date.now());
const below = (end) => {
  state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
  return (state >>> 0) % end;
};

function check(query) {
  for (const { items } of parse(query)) {
    for (const { text, range, whole, parts, others } of items) {
      const [from, to] = range;
      if (from < whole[0] || to > whole[1] || whole[1] > query.length) throw new Error("a place outside of the query");
      if (query.slice(from, to) !== text) throw new Error("a place that is not that of its text");
      for (const list of [parts, ...others]) {
        if (!list.length && list === parts) throw new Error("an item of nothing");
        for (const part of list) if (!part.text || part.offset < 0) throw new Error("an empty part");
      }
    }
  }
  const folded = fold(query);
  if (fold(folded) !== folded) throw new Error(`folded twice, it is another: ${JSON.stringify([folded, fold(folded)])}`);
  words(query);
  foldWithPlaces(query);
  markText(query, []);
}

const end = Date.now() + seconds * 1000;
let [tried, found] = [0, 0];
while (Date.now() < end) {
  const query = Array.from({ length: 1 + below(12) }, () => {
    const part = PARTS[below(PARTS.length)];
    return below(5) ? part : String.fromCodePoint(below(0x2ffff));
  }).join("");
  // By the processor: a machine that is busy with other things says nothing of a query.
  const begun = process.cpuUsage();
  tried += 1;
  try {
    check(query);
    if (process.cpuUsage(begun).user > 500_000) throw new Error("it takes long");
  } catch (error) {
    found += 1;
    if (found <= 5) console.log(`${error.message}: ${JSON.stringify(query)}`);
  }
}
console.log(`query: ${tried} inputs in ${seconds} s, ${found} finds`);
process.exit(found ? 1 : 0);
