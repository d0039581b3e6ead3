// The interface in two languages, and a taxonomy of the archive's own: one index, links that keep the reader's
// language, the switch, and pages that fit and that axe finds nothing on, in every theme.

import assert from "node:assert/strict";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { assertCalm, open, withPage } from "./lib/browser.mjs";
import { fits, violations } from "./lib/judge.mjs";
import { built } from "./lib/sites.mjs";
import { work } from "./lib/work.mjs";

const CONFIG = `title = "Papers of the Quay"
description = "Letters of a quay that never was."

[archive]
publisher = "The Quay Board"

[taxonomies.box]
name = "Box"
plural = "Boxes"

[languages.ko]
title = "부두 문서"
description = "있지도 않았던 부두의 편지들."

[languages.ko.taxonomies.box]
plural = "상자"
`;

const letter = (title, date, box) => `+++
title = "${title}"
${date ? `date = "${date}"` : ""}
kind = "letter"
language = "en"
creators = [{ person = "Mary Holt" }]
recipients = [{ organization = "Quay Board" }]
[taxonomies]
box = "${box}"
+++

The roof of the shed on the quay has come down.
`;

const DOCUMENTS = {
  roof: letter("On the roof", "1921-03-14", "Box 1/Folder 2"),
  wall: letter("On the wall", "1922-05~", "Box 1"),
  gate: letter("On the gate", undefined, "Box 2"),
};

async function archive(theme) {
  const root = join(work, `languages-${theme}`);
  await mkdir(join(root, "content/documents"), { recursive: true });
  await mkdir(join(root, "content/pages"), { recursive: true });
  await writeFile(join(root, "config.toml"), `theme = "${theme}"\n${CONFIG}`);
  for (const [name, text] of Object.entries(DOCUMENTS)) await writeFile(join(root, `content/documents/${name}.md`), text);
  await writeFile(join(root, "content/pages/about.md"), '+++\ntitle = "About"\nweight = 1\n+++\n\nWhat this is.\n');
  await writeFile(join(root, "content/pages/about.ko.md"), '+++\ntitle = "소개"\n+++\n\n이것이 무엇인가.\n');
  await writeFile(join(root, "content/pages/copies.md"), '+++\ntitle = "Copies"\n+++\n\nHow to get copies.\n');
  if (theme !== "default") {
    await cp(fileURLToPath(new URL(`../../themes/${theme}`, import.meta.url)), join(root, "themes", theme), { recursive: true });
  }
  return built(root, "/archive/", { url: "https://quay.example.org", ingest: false });
}

const site = await archive("default");
const facts = (page) => page.locator("[data-list] .search-meta").allTextContents();
const settled = (page) => page.waitForSelector(".search-ready");

test("results in the reader's language lead to pages in it", () =>
  withPage(site, {}, async (page) => {
    await open(page, site, "ko/search/?q=roof&sort=oldest");
    await settled(page);
    assert.deepEqual(await facts(page), [
      "1921년 3월 14일 · 서한 · 보낸 이 Mary Holt · 받는 이 Quay Board",
      "1922년 5월경 · 서한 · 보낸 이 Mary Holt · 받는 이 Quay Board",
      "날짜 없음 · 서한 · 보낸 이 Mary Holt · 받는 이 Quay Board",
    ]);
    await page.locator("[data-facets] label", { hasText: "서한" }).waitFor();
    await page.locator("[data-list] .search-passage mark").first().waitFor();
    await page.locator("[data-list] h3 a", { hasText: "On the roof" }).click();
    await page.waitForURL(/archive\/ko\/documents\/roof\/#p-/);
    assert.equal(await page.locator("html").getAttribute("lang"), "ko");
    assert.equal(await page.locator("#text").getAttribute("lang"), "en");
    // The way back is to the results in the same language.
    await page.locator(".hits a").click();
    await page.waitForURL(/archive\/ko\/search\/\?q=roof/);
    assertCalm(page, "a result in Korean");
  }));

test("the switch leads to the same page in the other language, and back", () =>
  withPage(site, {}, async (page) => {
    await open(page, site, "documents/roof/");
    await page.locator(".languages a", { hasText: "한국어" }).click();
    await page.waitForURL(/archive\/ko\/documents\/roof\/$/);
    await page.locator(".languages a", { hasText: "English" }).click();
    await page.waitForURL(/archive\/documents\/roof\/$/);
    await open(page, site, "ko/copies/");
    assert.match(await page.locator(".untranslated").textContent(), /번역되지/);
    assert.equal(await page.locator(".prose.text").getAttribute("lang"), "en");
  }));

test("a term of the archive's own taxonomy narrows the results", () =>
  withPage(site, {}, async (page) => {
    await open(page, site, "search/?q=roof");
    await settled(page);
    const box = page.locator("[data-facets] fieldset", { hasText: "Boxes" });
    await box.locator("label", { hasText: "Box 1 / Folder 2" }).click();
    await page.waitForURL(/box=box-1/);
    await page.waitForFunction(() => document.querySelectorAll("[data-list] li").length === 1);
    assert.deepEqual(await page.locator("[data-list] h3").allTextContents(), ["On the roof"]);
    await open(page, site, "ko/search/?q=roof&box=box-1");
    await settled(page);
    assert.equal(await page.locator("[data-list] li").count(), 2);
    await page.locator("[data-facets] legend", { hasText: "상자" }).waitFor();
  }));

const PAGES = ["ko/", "ko/documents/", "ko/documents/roof/", "ko/people/mary-holt/", "ko/box/box-1/", "ko/copies/", "ko/search/?q=roof", "documents/roof/"];

for (const theme of ["default", "ledger", "gazette", "edition"]) {
  test(`pages with the switch fit and are accessible in the theme ${theme}`, async () => {
    const themed = theme === "default" ? site : await archive(theme);
    await withPage(themed, {}, async (page) => {
      for (const path of PAGES) {
        for (const colorScheme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme });
          await open(page, themed, path);
          if (path.includes("?q=")) await settled(page);
          assert.deepEqual(await violations(page), [], `${path}, ${colorScheme}`);
        }
        await fits(page);
      }
    });
  });
}
