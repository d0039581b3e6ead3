import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { openIndex } from "./open.js";

test("each query finds the documents that a scan of the texts finds, and no others", async () => {
  const engine = await openIndex();
  const expectations = JSON.parse(readFileSync(process.env.FONDS_EXPECTATIONS, "utf8"));
  assert(expectations.length === 700);
  for (const { query, documents } of expectations) {
    const answer = await engine.search({ query, size: 1000 });
    const found = answer.results.map(({ url }) => Number(url)).sort((a, b) => a - b);
    assert.deepEqual(found, documents, query);
  }
});
