// `fonds export folder` in Firefox, from the disk: styles, pictures, the search as in `folder.test.mjs`, which asks Chromium.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

import { withFirefox } from "./lib/firefox.mjs";
import { scans } from "./lib/scans.mjs";
import { fixture, founding, program } from "./lib/sites.mjs";

const run = promisify(execFile);

async function copied(site, name) {
  const folder = join(site.root, name);
  await run(program, ["--root", site.root, "--quiet", "export", "folder", folder]);
  return `${pathToFileURL(folder)}/`;
}

const copies = {
  fixture: await copied(fixture.root, "copy-firefox"),
  founding: await copied(founding.root, "copy-firefox"),
};

const settled = (page) => page.waitFor(() => /\d|No doc/.test(document.querySelector("[data-status]").textContent));
const seen = (page) =>
  page.evaluate(() => [
    document.querySelector("[data-status]").textContent,
    [...document.querySelectorAll("[data-list] h3")].map((title) => title.textContent),
  ]);

async function search(page, address, query) {
  await page.goto(new URL(`${address}?${new URLSearchParams(query)}`).href);
  await settled(page);
}

for (const [name, copy] of Object.entries(copies)) {
  test(`Firefox, ${name}: a copy opens from the disk with its styles, and its form leads to results`, () =>
    withFirefox(async (page) => {
      await page.goto(`${copy}index.html`);
      assert.match(await page.evaluate(() => getComputedStyle(document.body).fontFamily), /Serif/);
      await page.type("input[type=search]", "letter\uE007");
      await page.waitFor(() => /search\/index\.html\?q=letter$/.test(location.href) && document.querySelector("[data-status]"));
      await settled(page);
      const [, titles] = await seen(page);
      assert.ok(titles.length > 0);
    }));
}

test("Firefox: the page images of a copy are shown", () =>
  withFirefox(async (page) => {
    const copy = await copied(await scans(), "copy-firefox");
    for (const path of ["documents/letter/", "documents/map/"]) {
      await page.goto(`${copy}${path}index.html`);
      const all = await page.evaluate(() => {
        const images = [...document.querySelectorAll("main img[src]")].filter((image) => image.getAttribute("src"));
        for (const image of images) image.loading = "eager";
        return Promise.all(images.map((image) => image.decode().then(() => image.naturalWidth, () => image.src)));
      });
      assert.ok(all.length > 0 && all.every((width) => width > 0), `${path}: ${all.join()}`);
    }
  }));

test("Firefox: typing finds, and a result leads to its marked paragraph", () =>
  withFirefox(async (page) => {
    await page.goto(`${copies.fixture}search/index.html`);
    await page.type("input[type=search]", "quarantine stations");
    await settled(page);
    await page.waitFor(() => document.querySelector("[data-list] li mark"));
    await page.evaluate(() =>
      [...document.querySelectorAll("[data-list] h3 a")].find((a) => a.textContent.includes("Open letter to the governments")).click(),
    );
    await page.waitFor(() => /documents\/open-letter\/index\.html#p-\w+(-\d+)?$/.test(location.href));
    await page.waitFor(() => [...document.querySelectorAll("#text mark")].some((mark) => /quarantine/i.test(mark.textContent)));
  }));

test("Firefox: phrases, facets, order and Back are those of the site", () =>
  withFirefox(async (page) => {
    const copy = `${copies.fixture}search/index.html`;
    for (const q of ['"quarantine stations"', "crews -wages", "org:harbour", "kind:letter", "lampligter"]) {
      await search(page, copy, { q });
      const here = await seen(page);
      await search(page, new URL("search/", fixture.root.url).href, { q });
      assert.deepEqual(here, await seen(page), q);
    }
    await search(page, copy, { q: "crews" });
    const [, all] = await seen(page);
    await page.waitFor(() => document.querySelector("[data-facets] input[type=checkbox]"));
    await page.evaluate(() => document.querySelector("[data-facets] input[type=checkbox]").click());
    await page.waitFor(() => /q=crews&\w+=/.test(location.href));
    await page.waitFor((n) => document.querySelectorAll("[data-list] h3").length <= n, all.length);
    await page.back();
    await page.waitFor((n) => document.querySelectorAll("[data-list] h3").length === n, all.length);
    assert.deepEqual((await seen(page))[1], all);
  }));
