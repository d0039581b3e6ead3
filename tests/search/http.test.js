import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";

import { HttpEngine } from "../../src/search/reader/http.js";
import { serve } from "./endpoint.js";
import { openIndex } from "./open.js";
import { startPostgres } from "./postgres.js";

const load = async (address) => {
  const response = await fetch(address);
  if (!response.ok) throw new Error(await response.text());
  return response.json();
};
const postgres = await startPostgres();
await postgres.load(process.env.FONDS_RECORDS);
const server = await serve(postgres.address);
after(async () => {
  server.close();
  await postgres.stop();
});
const engine = new HttpEngine(server.endpoint, load);

/** Addresses of the results, sorted. */
const found = async (engine, request) => (await engine.search({ size: 1000, ...request })).results.map(({ url }) => url).sort();

if (process.env.FONDS_EXPECTATIONS) {
  test("a server finds what a scan of the texts finds", async () => {
    for (const { query, documents } of JSON.parse(readFileSync(process.env.FONDS_EXPECTATIONS, "utf8"))) {
      assert.deepEqual(await found(engine, { query }), documents.map(String).sort(), query);
    }
  });
} else {
  const index = await openIndex();
  const QUERIES = [
    "human dialogue", "human nosuchword", "ZURICH", "committed", "rechte", '"human rights"', '"rights of human"', "“Democratic People's Republic”",
    "dialogue OR naive", "human -korea", "-fishing", "dialo*", "title:letter -fishing", 'title:"open letter"', "year:2014", "year:2014-2019", "kind:report",
    "person:solarz", "person:반기문", "org:hrnk", 'org:"north korea"', 'org:"human korea"', "ref:28-13454", "ref:A/HRC/25", "topic:abductions", "HRNK",
    "28-13454", "28-09713", "A/HRC/25/63", "HRC/25/63", "DPRK", "D.P.R.K.", "위원회", "소", "회총", "'; DROP TABLE fonds.documents; --", "\\", "it's", "%_", '"', "",
  ];

  test("a server finds what the index finds", async () => {
    for (const query of QUERIES) assert.deepEqual(await found(engine, { query }), await found(index, { query }), query);
  });

  test("filters, dates, orders and pages", async () => {
    const requests = [
      { query: "human", filters: { organization: ["hrnk", "general-assembly"] } },
      { query: "human", filters: { organization: ["hrnk"], kind: ["letter"] } },
      { query: "-fishing", from: "2014-11-05", to: "2018-06" },
      { query: "-fishing", from: "2014-11-05", to: "2018-06", certainly: true },
      { query: "-fishing", from: "2014-11-05", to: "2018-06", certainly: true, undated: "only" },
      { query: "-fishing", undated: "only" },
      { query: "-fishing", from: "2014", undated: "none" },
    ];
    for (const request of requests) assert.deepEqual(await found(engine, request), await found(index, request), JSON.stringify(request));
    for (const sort of ["newest", "oldest"]) {
      const request = { query: '"human rights"', sort };
      const urls = async (engine) => (await engine.search(request)).results.map(({ url }) => url);
      assert.deepEqual(await urls(engine), await urls(index), sort);
    }
    const [page, same] = [await engine.search({ query: "fishing", page: 3, sort: "newest" }), await index.search({ query: "fishing", page: 3, sort: "newest" })];
    assert.deepEqual(page.results, same.results);
    assert.equal(page.total, same.total);
  });

  test("facets have the counts of the index", async () => {
    const request = { query: "human", filters: { organization: ["hrnk"] } };
    await Promise.all([engine.search(request), index.search(request)]);
    const plain = (facets) => facets.map(({ name, choices }) => [name, choices.map(({ key, label, count, chosen }) => [key, label, count, chosen]).sort()]);
    const filled = (facets) => facets.filter(({ choices }) => choices.length > 0);
    assert.deepEqual(plain(await engine.facets({})), plain(filled(await index.facets({}))));
    await Promise.all([engine.search({ query: "" }), index.search({ query: "" })]);
    for (const text of ["hrn", "위원회"]) assert.deepEqual(await engine.values("organization", text), await index.values("organization", text));
  });

  test("an unknown word is named, a passage is marked, a list is whole", async () => {
    assert.deepEqual((await engine.search({ query: "humna fishing" })).unknown, ["humna"]);
    await engine.search({ query: '"human rights" dialogue' });
    assert.deepEqual(engine.passage(["On dialogue and human rights."])?.forms, ["dialogue", "human rights"]);
    await engine.search({ query: "fishing" });
    assert.equal((await engine.list()).length, 60);
  });
}
