// What is hard to set well: long, empty, wide, many, the other way round; and archives of every size.

import assert from "node:assert/strict";
import { test } from "node:test";

import { NARROW, WIDE, assertCalm, open, withPage } from "./lib/browser.mjs";
import { empty, five, hard, korean, large } from "./lib/generated.mjs";
import { fits, nothingMoved, violations, watchShifts } from "./lib/judge.mjs";

/** Opens a hard document, looks at it, and then judges what holds of every page. */
async function onDocument(slug, use, { axe = true } = {}) {
  const site = await hard();
  await withPage(site, { viewport: WIDE }, async (page) => {
    await page.addInitScript(watchShifts);
    await open(page, site, `documents/${slug}/`);
    assert.equal(await page.locator("h1").count(), 1);
    assert.notEqual((await page.locator("h1").textContent()).trim(), "");
    await nothingMoved(page);
    await use(page, site);
    await fits(page);
    if (axe) assert.deepEqual(await violations(page), []);
    assertCalm(page, slug);
  });
}

const box = (locator) => locator.boundingBox();

test("a title of 300 characters is whole, and leaves the text on the first screen", () =>
  onDocument("long-title", async (page) => {
    assert.equal((await page.locator("h1").textContent()).length, 300);
    const text = await box(page.locator("#text"));
    assert.ok(text.y < WIDE.height, `the text begins at ${text.y}`);
    await page.setViewportSize(NARROW);
    const title = await box(page.locator("h1"));
    assert.ok(title.height < NARROW.height, `the title is ${title.height} high`);
  }));

test("a document without a title is called what it is", () =>
  onDocument("no-title", async (page, site) => {
    assert.equal(await page.locator("h1").textContent(), "Letter without a title");
    assert.match(await page.title(), /^Letter without a title – /);
    assert.match(await page.locator("p.citation").textContent(), /^Ada Oyelaran to Harbour Committee, February 4, 2001/);
    await open(page, site, "documents/");
    assert.equal(await page.getByRole("link", { name: "Letter without a title" }).count(), 1);
  }));

test("a document without a date says so and stands among the undated", () =>
  onDocument("no-date", async (page) => {
    assert.match(await page.locator(".eyebrow").textContent(), /undated/);
    assert.match(await page.locator("p.citation").textContent(), / n\.d\., /);
    assert.equal(await page.locator(".neighbours").count(), 0);
    await page.getByRole("link", { name: /^all \d+ undated documents$|^the only undated document$/ }).click();
    assert.equal(await page.getByRole("link", { name: "A letter without a date" }).count(), 1);
  }));

test("five hundred signatories stand in columns, in their order, linked", () =>
  onDocument("signatories", async (page) => {
    const names = page.locator("section.signatories li");
    assert.equal(await names.count(), 500);
    assert.equal(await names.locator("a").count(), 500);
    const lefts = await names.evaluateAll((all) => [...new Set(all.map((li) => Math.round(li.getBoundingClientRect().left)))]);
    assert.equal(lefts.length, 2, `columns at ${lefts}`);
    const numbers = await names.evaluateAll((all) => all.map((li) => Number(/No\. (\d+)/.exec(li.textContent)[1])));
    assert.deepEqual(numbers, Array.from({ length: 500 }, (_, i) => i + 1));
    assert.equal(await page.locator("header .party").count(), 0, "the head only says how many");
  }));

test("two megabytes of text are shown to the last paragraph", () =>
  onDocument(
    "two-megabytes",
    async (page) => {
      const length = await page.locator("#text").evaluate((text) => text.textContent.length);
      assert.ok(length > 1_900_000, `${length} characters`);
      await page.evaluate(() => (location.hash = "p2600"));
      const last = page.locator("#p2600");
      await last.scrollIntoViewIfNeeded();
      assert.ok((await box(last)).height > 0);
    },
    { axe: false },
  ));

for (const [slug, title] of [["arabic", "رسالة إلى لجنة الميناء، بشأن البحارة"], ["hebrew", "מכתב לוועד הנמל"]]) {
  test(`a letter in ${slug} runs from right to left and disturbs nothing around it`, () =>
    onDocument(slug, async (page, site) => {
      const text = page.locator("#text");
      assert.equal(await text.evaluate((element) => getComputedStyle(element).direction), "rtl");
      assert.ok((await page.locator("p.citation").textContent()).includes(`“\u2068${title}\u2069,” February`));
      const h1 = await box(page.locator("h1"));
      const words = await page.locator("h1").evaluate((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return range.getBoundingClientRect().left;
      });
      assert.ok(Math.abs(words - h1.x) < 2, "the title stands where every title does");
      await open(page, site, "documents/");
      const link = page.getByRole("link", { name: title });
      assert.equal(await link.evaluate((a) => getComputedStyle(a).unicodeBidi), "isolate");
      assert.equal(await link.evaluate((a) => getComputedStyle(a).direction), "rtl");
    }));
}

test("a wide table scrolls by itself, with the keyboard too, and its number hangs beside it", () =>
  onDocument("tables", async (page) => {
    const table = page.locator(".table").first();
    const { inside, frame } = await table.evaluate((div) => ({ inside: div.scrollWidth, frame: div.clientWidth }));
    assert.ok(inside > frame);
    await table.focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => document.querySelector(".table").scrollLeft > 0);
    const number = page.locator(".number#p2");
    assert.equal(await number.textContent(), "2");
    const [hung, shown] = [await box(number), await box(table)];
    assert.ok(hung.x + hung.width <= shown.x + 1 && hung.x >= 0, "the number is in the margin");
  }));

test("two hundred notes stand beside their paragraphs on wide screens, and after the text on narrow ones", () =>
  onDocument("notes", async (page) => {
    const places = () =>
      page.evaluate(() => ({
        text: document.querySelector("#text .cited > p").getBoundingClientRect().right,
        cited: [...document.querySelectorAll(".cited")].map((cited) => cited.getBoundingClientRect().top),
        groups: [...document.querySelectorAll(".notes")].map((notes) => notes.getBoundingClientRect().top),
        notes: [...document.querySelectorAll(".note")].map((note) => {
          const { left, top, bottom } = note.getBoundingClientRect();
          return { left, top, bottom };
        }),
        last: document.querySelector("#text .cited:last-of-type > p").getBoundingClientRect().bottom,
      }));
    const wide = await places();
    assert.equal(wide.notes.length, 200);
    assert.ok(wide.notes.every(({ left }) => left > wide.text), "beside the text");
    wide.groups.forEach((top, i) => assert.ok(Math.abs(top - wide.cited[i]) < 12, `note group ${i}`));
    for (let i = 1; i < 200; i += 1) assert.ok(wide.notes[i].top >= wide.notes[i - 1].bottom - 1, `note ${i} on another`);
    await page.setViewportSize(NARROW);
    const narrow = await places();
    assert.ok(narrow.notes.every(({ top }) => top > narrow.last), "after the text");
    await page.locator("#text a[role=doc-noteref]").nth(150).click();
    assert.ok((await box(page.locator(new URL(page.url()).hash))).y < NARROW.height);
  }));

test("an empty archive says that it is, on every list", async () => {
  const site = await empty();
  await withPage(site, {}, async (page) => {
    for (const path of ["", "documents/", "organizations/", "people/", "years/", "kinds/", "search/", "data/"]) {
      await open(page, site, path);
      if (!/search|data/.test(path)) assert.equal(await page.locator(".empty").count(), 1, path);
      await fits(page);
      assert.deepEqual(await violations(page), [], path);
    }
  });
});

for (const [name, site, documents] of [["five", five, 5], ["20,000", large, 20_000]]) {
  test(`an archive of ${name} documents: home, lists and search keep their shape`, async () => {
    const built = await site();
    await withPage(built, {}, async (page) => {
      await page.addInitScript(watchShifts);
      for (const path of ["", "documents/", "organizations/", "years/", "kinds/letter/", "search/?q=quarantine"]) {
        await open(page, built, path);
        if (path.includes("?q=")) await page.waitForSelector(".search-ready");
        await nothingMoved(page, path);
        await fits(page);
      }
      await open(page, built, "");
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      assert.ok(height < 3 * WIDE.height, `the home page is ${height} high`);
      const holdings = await page.locator(".holdings > *").allTextContents();
      const counted = new RegExp(`^\\s*${documents.toLocaleString("en")} documents`);
      assert.ok(holdings.some((holding) => counted.test(holding)), holdings.join());
      assert.deepEqual(await violations(page), []);
    });
  });
}

test("results that arrive late move nothing, on a phone with a slow line either", async () => {
  const site = await five();
  for (const viewport of [WIDE, NARROW]) {
    await withPage(site, { viewport }, async (page) => {
      await page.addInitScript(watchShifts);
      await page.route("**/*", async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 80));
        await route.continue();
      });
      await open(page, site, "search/?q=quarantine");
      await page.waitForSelector(".search-ready .search-passage mark");
      await page.waitForLoadState("networkidle");
      await nothingMoved(page, `at ${viewport.width} px`);
    });
  }
});

test("an interface in Korean says so and breaks lines between words", async () => {
  const site = await korean();
  await withPage(site, {}, async (page) => {
    for (const path of ["", "documents/", "documents/letter-1/", "organizations/", "years/", "search/?q=명단", "data/"]) {
      await open(page, site, path);
      if (path.includes("?q=")) await page.waitForSelector(".search-ready");
      assert.equal(await page.evaluate(() => document.documentElement.lang), "ko");
      assert.equal(await page.locator("h1").evaluate((h1) => getComputedStyle(h1).wordBreak), "keep-all", path);
      await fits(page);
      assert.deepEqual(await violations(page), [], path);
    }
  });
});

test("a table of fifteen columns is whole on paper", async () => {
  const site = await hard();
  // The width of A4 between the margins.
  await withPage(site, { viewport: { width: 643, height: 900 } }, async (page) => {
    await open(page, site, "documents/tables/");
    await page.emulateMedia({ media: "print" });
    const { right } = await page.locator(".prose table").first().evaluate((table) => table.getBoundingClientRect());
    assert.ok(right <= 643, `the table ends at ${right}`);
  });
});
