// The reader of the search index: its types, and its use by other pages.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { assertCalm, open, withPage } from "./lib/browser.mjs";
import { fixture } from "./lib/sites.mjs";

test("the types of the reader hold", () => {
  const compiler = fileURLToPath(import.meta.resolve("typescript/bin/tsc"));
  const project = fileURLToPath(new URL("../../src/search/reader/tsconfig.json", import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, [compiler, "-p", project], { encoding: "utf8" });
  assert.equal(status, 0, stdout);
});

test("the scripts that readers get are made of today's modules", async () => {
  const made = await mkdtemp(join(tmpdir(), "reader-"));
  try {
    const maker = fileURLToPath(new URL("../../tools/reader.mjs", import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [maker, made], { encoding: "utf8" });
    assert.equal(status, 0, stderr);
    for (const name of await readdir(made)) {
      const kept = new URL(`../../src/search/reader/built/${name}`, import.meta.url);
      assert.ok((await readFile(join(made, name))).equals(await readFile(kept)), `${name}: run \`node tools/reader.mjs\``);
    }
  } finally {
    await rm(made, { recursive: true });
  }
});

test("any page can search through search/api.js", async () => {
  await withPage(fixture.path, {}, async (page) => {
    await open(page, fixture.path, "years/");
    const found = await page.evaluate(async (address) => {
      const { open } = await import(address);
      const archive = await open();
      const all = await archive.search("crews");
      const some = await archive.search("crews", { filters: { year: ["2013"] }, from: "2013-01", sort: "newest", page: 1 });
      const facets = await archive.facets();
      const passage = await archive.passage(["Nothing.", "The crews."]);
      const listed = await archive.list(3);
      archive.close();
      return { all: all.total, some: some.total, facets: facets.map(({ name }) => name), passage, listed: listed.length };
    }, new URL("search/api.js", fixture.path.url).href);
    assert.ok(found.all > found.some && found.some > 0, JSON.stringify(found));
    assert.ok(found.facets.includes("organization"));
    assert.deepEqual(found.passage, { index: 1, pieces: ["The ", "crews", "."], forms: ["crews"] });
    assert.equal(found.listed, Math.min(3, found.some));
    assertCalm(page, "search/api.js");
  });
});
