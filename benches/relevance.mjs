// Asks a built archive of the takedown letters judged queries: `node benches/relevance.mjs FOLDER`, where FOLDER was made
// by `fonds ingest` of the letters, by year as they were published, and `fonds build`. A query wants the document
// of one of the letters whose file names match.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { judge } from "../tests/search/judge.js";

const folder = process.argv[2];
if (!folder) throw new Error("name the archive's folder");
const judged = JSON.parse(readFileSync(new URL("relevance.json", import.meta.url), "utf8"));
const documents = join(folder, "content/documents");
const seeds = readdirSync(documents).map((name) => {
  const seed = /^seed = "(.*)"$/m.exec(readFileSync(join(documents, name), "utf8"))?.[1] ?? "";
  return { seed, slug: name.replace(/\.md$/, "").replace(/^\d{4}(-\d\d){0,2}-/, "") };
});
const queries = judged.map(([query, pattern]) => {
  const wanted = seeds.filter(({ seed }) => new RegExp(pattern).test(seed));
  if (wanted.length === 0) throw new Error(`no letter matches ${pattern}`);
  return [query, wanted.map(({ slug }) => slug)];
});
const index = join(folder, "public/search/index");
const manifest = readdirSync(index).find((name) => name.startsWith("manifest."));
const { missed, ...counts } = await judge(join(index, manifest), queries);
console.log(counts);
missed.forEach((line) => console.log(line));
if (counts.first < 0.9 * counts.queries || counts.five < 0.98 * counts.queries) process.exitCode = 1;
