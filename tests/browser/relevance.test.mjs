// What readers look for comes first: judged queries over the founding archive.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { judge } from "../search/judge.js";
import { founding } from "./lib/sites.mjs";

test("the document that a query means is first for nine of ten, and among five for nearly all", async () => {
  const judged = JSON.parse(readFileSync(new URL("../search/relevance.json", import.meta.url), "utf8"));
  const index = join(founding.root.folder, "search/index");
  const manifest = readdirSync(index).find((name) => name.startsWith("manifest."));
  const { queries, first, five, missed } = await judge(join(index, manifest), judged);
  assert.ok(queries >= 60);
  assert.ok(first >= 0.9 * queries && five >= 0.98 * queries, missed.join("\n"));
});
