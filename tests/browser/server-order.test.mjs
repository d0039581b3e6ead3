// A search server finds in the founding archive what the index finds, in much the same order.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";

import { HttpEngine } from "../../src/search/reader/http.js";
import { serve } from "../search/endpoint.js";
import { openIndex } from "../search/open.js";
import { startPostgres } from "../search/postgres.js";
import { founding, program } from "./lib/sites.mjs";

/** The rest of the query language, beside the judged queries. */
const QUERIES = ["human rights", "letter OR report", "rights -letter", '"human rights"', "commi*", "위원회", "DPRK", "title:letter", "org:hrnk", "kind:letter", "year:2010-2014", "ref:A/HRC", "nosuchword"];

test("a search server finds what the index finds, and first what comes first", async () => {
  await promisify(execFile)(program, ["--root", founding.root.root, "search", "export", "--to", "postgres"]);
  const postgres = await startPostgres();
  after(() => postgres.stop());
  await postgres.load(join(founding.root.root, "search-export"));
  const server = await serve(postgres.address);
  after(() => server.close());
  const load = async (address) => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
  const folder = join(founding.root.folder, "search/index");
  const index = await openIndex(join(folder, readdirSync(folder).find((name) => name.startsWith("manifest."))));
  const engine = new HttpEngine(server.endpoint, load);
  const judged = JSON.parse(readFileSync(new URL("../search/relevance.json", import.meta.url), "utf8")).map(([query]) => query);
  const agreement = { queries: 0, first: 0, five: 0 };
  for (const query of [...judged, ...QUERIES]) {
    const list = async (from) => (await from.search({ query, size: 1000 })).results.map(({ url }) => url);
    const [ours, theirs] = [await list(index), await list(engine)];
    assert.deepEqual([...theirs].sort(), [...ours].sort(), query);
    if (ours.length < 2) continue;
    agreement.queries++;
    agreement.first += Number(ours[0] === theirs[0]);
    const top = new Set(ours.slice(0, 5));
    agreement.five += theirs.slice(0, 5).filter((url) => top.has(url)).length / top.size;
  }
  const told = `of ${agreement.queries} queries the first is the same for ${agreement.first}; of the first five ${((100 * agreement.five) / agreement.queries).toFixed(0)} % are shared`;
  console.log(`    the order of a search server: ${told}`);
  // The server knows nothing of the lengths of documents and the rarity of words as BM25 does: it ranks by nearness of words.
  assert.ok(agreement.first >= 0.5 * agreement.queries && agreement.five >= 0.7 * agreement.queries, told);
});
