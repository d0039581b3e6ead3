// `fonds export folder`: a copy that is opened from the disk, without a server. Links, styles and search work.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

import { NARROW, assertCalm, withPage } from "./lib/browser.mjs";
import { fixture, founding, program } from "./lib/sites.mjs";

const run = promisify(execFile);

/** A copy of the site of an archive. */
async function copied(site, name) {
  const folder = join(site.root, name);
  await run(program, ["--root", site.root, "--quiet", "export", "folder", folder]);
  return { folder, url: `${pathToFileURL(folder)}/` };
}

const copies = { fixture: await copied(fixture.root, "copy"), founding: await copied(founding.root, "copy") };

const status = (page) => page.locator("[data-status]").textContent();
const titles = (page) => page.locator("[data-list] h3").allTextContents();
const settled = (page) => page.waitForFunction(() => /\d|No doc/.test(document.querySelector("[data-status]").textContent));
const open = (page, copy, path) => page.goto(new URL(path, copy.url).href, { waitUntil: "load" });

async function search(page, copy, query) {
  await open(page, copy, `search/index.html?${new URLSearchParams(query)}`);
  await settled(page);
}

for (const [name, copy] of Object.entries(copies)) {
  test(`${name}: every link of every page that can be reached leads to a file`, async () => {
    await withPage(copy, {}, async (page) => {
      const queue = [new URL("index.html", copy.url).href];
      const seen = new Set(queue);
      const dead = [];
      for (let at = queue.shift(); at; at = queue.shift()) {
        if (!at.endsWith(".html")) continue;
        await page.goto(at, { waitUntil: "domcontentloaded" });
        const links = await page.evaluate(() =>
          [...document.querySelectorAll("[href], [src], [action]")]
            .map((e) => e.href?.baseVal ?? e.href ?? e.src ?? e.action)
            .map((address) => new URL(address, location.href).href),
        );
        for (const link of links.filter((link) => link.startsWith("file:")).map((link) => link.replace(/[?#].*/, ""))) {
          if (seen.has(link)) continue;
          seen.add(link);
          if (!link.startsWith(copy.url) || !existsSync(fileURLToPath(link))) dead.push(`${at}: ${link}`);
          else if (seen.size < 400) queue.push(link);
        }
      }
      assert.deepEqual(dead, []);
      assert.ok(seen.size > 30, `${seen.size} links`);
    });
  });

  test(`${name}: the form of the home page leads to results`, async () => {
    await withPage(copy, {}, async (page) => {
      await open(page, copy, "index.html");
      const font = await page.evaluate(() => getComputedStyle(document.body).fontFamily);
      assert.match(font, /Serif/);
      await page.getByRole("searchbox").fill("letter");
      await page.keyboard.press("Enter");
      await page.waitForURL(/search\/index\.html\?q=letter$/);
      await settled(page);
      assert.ok((await titles(page)).length > 0);
      assertCalm(page, "search");
    });
  });
}

test("typing finds, and a result leads to its marked paragraph", async () => {
  const copy = copies.fixture;
  await withPage(copy, { viewport: NARROW }, async (page) => {
    await open(page, copy, "search/index.html");
    await page.getByRole("searchbox").first().pressSequentially("quarantine stations");
    await settled(page);
    await page.locator("[data-list] li").first().locator("mark").first().waitFor();
    await page.locator("[data-list] h3 a", { hasText: "Open letter to the governments" }).click();
    await page.waitForURL(/documents\/open-letter\/index\.html#p-\w+(-\d+)?$/);
    const marks = await page.locator("#text mark").allTextContents();
    assert.ok(marks.some((mark) => /quarantine/i.test(mark)), marks.join());
    assertCalm(page, "a result");
  });
});

test("phrases, facets, order and Back are those of the site", async () => {
  const copy = copies.fixture;
  await withPage(copy, {}, async (page) => {
    for (const query of ['"quarantine stations"', "crews -wages", "org:harbour", "kind:letter", "lampligter"]) {
      await search(page, copy, { q: query });
      const here = [await status(page), await titles(page)];
      await page.goto(new URL(`search/?${new URLSearchParams({ q: query })}`, fixture.root.url).href);
      await settled(page);
      assert.deepEqual(here, [await status(page), await titles(page)], query);
    }
    page.faults.length = 0;
    await search(page, copy, { q: "crews" });
    const all = await titles(page);
    const box = page.locator("[data-facets] input[type=checkbox]").first();
    await box.check();
    await page.waitForURL(/q=crews&\w+=/);
    await page.waitForFunction((n) => document.querySelectorAll("[data-list] h3").length <= n, all.length);
    await page.goBack();
    await settled(page);
    assert.deepEqual(await titles(page), all);
    assertCalm(page, "facets");
  });
});

test("a list of results is exported", async () => {
  const copy = copies.fixture;
  await withPage(copy, { acceptDownloads: true }, async (page) => {
    await search(page, copy, { q: "crews" });
    await page.locator("[data-exports] summary").click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "CSV" }).click();
    assert.equal((await download).suggestedFilename(), "search.csv");
    assertCalm(page, "an export");
  });
});
