import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { fold, foldWithPlaces, tokens } from "../../src/search/reader/analysis.js";

const vectors = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url), "utf8"));

test("every vector gives its tokens, in the reader as in the writer", () => {
  for (const vector of vectors) {
    const found = tokens(fold(vector.text), vector.text).map(({ text, position }) => [text, position]);
    assert.deepEqual(found, vector.tokens, vector.text);
  }
});

test("a place in the folded text leads to one in the text", () => {
  const text = "Ｚu\u0308rich Straße";
  const { folded, places } = foldWithPlaces(text);
  assert.equal(folded, "zurich strasse");
  assert.equal(text.slice(places[folded.indexOf("strasse")], places[folded.length]), "Straße");
  assert.equal(text.slice(places[0], places[6]), "Ｚu\u0308rich");
});
