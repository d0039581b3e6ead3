// What a reader on a slow line pays for a document beside its text.

import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { open, withPage } from "./lib/browser.mjs";
import { fixture, founding } from "./lib/sites.mjs";
import { crawl, pagesOf } from "./lib/crawl.mjs";

const BUDGET = 30_000;

/** Compressed bytes of a page and all that it loads, without those of its text. */
async function weigh(site, path) {
  return withPage(site, {}, async (page) => {
    const bodies = [];
    page.on("response", (response) => bodies.push(response.body()));
    await open(page, site, path);
    await page.waitForLoadState("networkidle");
    const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).length);
    const text = await page.locator("main").textContent();
    return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) - gzipSync(text).length };
  });
}

for (const [name, site, path] of [
  ["an open letter with 54 signatories", fixture.root, "documents/open-letter/"],
  ["a short telegram", fixture.root, "documents/telegram-1/"],
]) {
  test(`${name} costs at most ${BUDGET / 1000} kB beside its text`, async (t) => {
    const { files, bytes } = await weigh(site, path);
    t.diagnostic(`${path}: ${bytes} bytes in ${files} files`);
    assert.ok(bytes <= BUDGET, `${bytes} bytes`);
  });
}

test(`no founding document costs more than ${BUDGET / 1000} kB beside its text`, async (t) => {
  const paths = pagesOf(founding.root, await crawl(founding.root));
  const documents = paths.filter((path) => /^documents\/(?!page\/)[^/]+\/$/.test(path));
  let most = 0;
  for (const path of documents) most = Math.max(most, (await weigh(founding.root, path)).bytes);
  t.diagnostic(`heaviest founding document: ${most} bytes beside its text`);
  assert.ok(most <= BUDGET, `${most} bytes`);
});
