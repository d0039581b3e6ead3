// The archive's own order, and lists that can be read: what leads where, without a script where none is needed.

import assert from "node:assert/strict";
import { test } from "node:test";

import { NARROW, assertCalm, open, withPage } from "./lib/browser.mjs";
import { founding, fixture, themes } from "./lib/sites.mjs";

async function onPage(site, path, use, options = {}) {
  await withPage(site, options, async (page) => {
    await open(page, site, path);
    await use(page);
    assertCalm(page, path);
  });
}

const WITHOUT_SCRIPT = { javaScriptEnabled: false };

test("from the tree to a document and back up, without a script", () =>
  onPage(
    fixture.root,
    "collections/",
    async (page) => {
      const depths = await page.locator(".tree a").evaluateAll((links) =>
        links.map((link) => {
          let depth = 0;
          for (let at = link.closest(".tree"); at; at = at.parentElement.closest(".tree")) depth += 1;
          return `${depth} ${link.textContent}`;
        }),
      );
      assert.deepEqual(depths, ["1 Papers of the Harbour Committee", "2 Correspondence", "3 Quarantine", "3 Telegrams", "2 Minutes"]);
      await page.getByRole("link", { name: "Quarantine" }).click();
      await page.getByRole("link", { name: /Open letter to the governments/ }).click();
      const way = await page.locator(".breadcrumbs a").allTextContents();
      assert.deepEqual(way, ["Collections", "Papers of the Harbour Committee", "Correspondence", "Quarantine"]);
      await page.locator(".breadcrumbs a").last().click();
      assert.match(await page.locator("h1").textContent(), /Quarantine/);
    },
    WITHOUT_SCRIPT,
  ));

test("search narrows to a unit and all its parts", () =>
  onPage(fixture.root, "collections/correspondence/", async (page) => {
    await page.getByRole("link", { name: "search and sort these" }).click();
    await page.waitForSelector(".search-ready");
    assert.match(await page.locator("[data-status]").textContent(), /^6 documents/);
    await page.locator("#search-collection-telegrams").check();
    await page.waitForFunction(() => document.querySelectorAll("[data-list] li").length === 6);
    await page.locator("#search-collection-correspondence").uncheck();
    await page.waitForFunction(() => document.querySelectorAll("[data-list] li").length === 3);
  }));

test("a list leads to its years and can be read from the oldest, without a script", () =>
  onPage(
    founding.root,
    "documents/",
    async (page) => {
      const years = await page.locator(".years a").evaluateAll((links) => links.map((link) => [link.textContent, link.hash]));
      for (const [name, hash] of years) assert.equal(await page.locator(hash).textContent(), name);
      const counts = await page.locator(".years .count").evaluateAll((all) => all.map((count) => Number.parseInt(count.textContent, 10)));
      assert.equal(counts.reduce((sum, count) => sum + count, 0), await page.locator(".entry").count());
      const titles = () => page.locator("section:not([aria-labelledby=y-undated]) .entry-title").allTextContents();
      const newest = await titles();
      await page.getByRole("link", { name: "oldest first" }).click();
      assert.deepEqual(await titles(), newest.reverse());
      assert.match(await page.locator("section h2").last().textContent(), /Undated/);
    },
    WITHOUT_SCRIPT,
  ));

test("the kinds of a year lead to that year in the list of the kind", () =>
  onPage(
    founding.root,
    "years/2012/",
    async (page) => {
      await page.locator(".side").getByRole("link", { name: "Articles" }).click();
      assert.match(page.url(), /kinds\/article\/#y2012$/);
      assert.equal(await page.locator("#y2012").textContent(), "2012");
    },
    WITHOUT_SCRIPT,
  ));

test("pages of results have numbers", () =>
  onPage(fixture.root, "search/?year=1998&year=1999&year=2014&year=2013&year=2012&year=2018", async (page) => {
    await page.waitForSelector(".search-ready");
    const numbers = page.locator("[data-pages] ol a");
    assert.deepEqual(await numbers.allTextContents(), ["1", "2"]);
    assert.equal(await numbers.first().getAttribute("aria-current"), "page");
    await numbers.last().click();
    await page.waitForURL(/page=2/);
    // The address changes first, then the list.
    await page.locator("[data-pages] [aria-current]", { hasText: "2" }).waitFor();
  }));

test("the drawing of who signs together is enlarged and made small again", () =>
  withPage(fixture.root, {}, async (page) => {
    await open(page, fixture.root, "organizations/");
    const width = () => page.locator(".network .drawing svg").evaluate((svg) => svg.getBoundingClientRect().width);
    const before = await width();
    const [smaller, larger] = [page.getByRole("button", { name: "Smaller" }), page.getByRole("button", { name: "Larger" })];
    assert.equal(await smaller.isDisabled(), true);
    await larger.click();
    await larger.click();
    assert.ok((await width()) > 2 * before, `${await width()} after ${before}`);
    assert.ok(await page.locator(".network .drawing").evaluate((drawing) => drawing.scrollWidth > drawing.clientWidth));
    await smaller.click();
    await smaller.click();
    assert.equal(await width(), before);
    // The page itself never scrolls to the side.
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), false);
    assertCalm(page, "the drawing");
  }));

test("the drawing of who signs together: no name covers another or a point, and every point has a name or a number", () =>
  withPage(fixture.root, {}, async (page) => {
    await open(page, fixture.root, "organizations/");
    const found = await page.locator(".network .drawing svg").evaluate((svg) => {
      const box = (element) => element.getBoundingClientRect();
      const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
      const points = [...svg.querySelectorAll("a")];
      const shapes = points.map((point) => ({ point, box: box(point.querySelector("circle, rect")) }));
      const names = points.filter((point) => point.querySelector("text")).map((point) => ({ point, box: box(point.querySelector("text")) }));
      const title = ({ point }) => point.querySelector("title").textContent;
      const covered = [];
      for (const name of names) {
        for (const other of [...names, ...shapes]) {
          if (other.point !== name.point && meet(name.box, other.box)) covered.push(`${title(name)} × ${title(other)}`);
        }
      }
      return { covered, bare: shapes.filter(({ point }) => !point.querySelector("text")).map(title), points: points.length };
    });
    assert.ok(found.points > 3, `${found.points} points`);
    assert.deepEqual(found.covered, []);
    assert.deepEqual(found.bare, []);
    // Writing, signing and receiving have each a form of their own.
    const forms = await page.locator(".strokes line").evaluateAll((lines) =>
      lines.map((line) => `${getComputedStyle(line).strokeDasharray} ${getComputedStyle(line).strokeWidth}`),
    );
    assert.ok(forms.length > 1);
    assert.equal(new Set(forms).size, forms.length, forms.join(", "));
    await page.getByText("The drawing as a table").click();
    assert.ok(await page.locator(".as-table tbody tr").first().isVisible());
    assertCalm(page, "the drawing");
  }));

test("on a phone the months of a year fit the screen under their short names", async () => {
  await withPage(fixture.root, { viewport: NARROW }, async (page) => {
    await open(page, fixture.root, "years/2014/");
    const months = page.locator(".timeline text.short");
    assert.deepEqual((await months.allTextContents()).slice(0, 3), ["Jan", "Feb", "Mar"]);
    assert.equal(await page.locator(".timeline text.long").first().isVisible(), false);
    const boxes = await months.evaluateAll((all) => all.map((text) => text.getBoundingClientRect()).map(({ left, right, height }) => ({ left, right, height })));
    for (const [i, { left, right, height }] of boxes.entries()) {
      assert.ok(left >= 0 && right <= NARROW.width, `month ${i + 1} is on the screen`);
      assert.ok(height >= 9, `month ${i + 1} can be read: ${height} px`);
      if (i > 0) assert.ok(left > boxes[i - 1].right, `month ${i + 1} does not touch the one before`);
    }
  });
  await withPage(fixture.root, {}, async (page) => {
    await open(page, fixture.root, "years/2014/");
    assert.equal(await page.locator(".timeline text.short").first().isVisible(), false);
    assert.ok(await page.locator(".timeline text.long").first().isVisible());
  });
});

/** Presses Tab until a link or field is reached that answers to a pattern; every stop on the way is seen and marked. */
async function tabTo(page, pattern, within = "body") {
  for (let stops = 0; stops < 150; stops++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate((within) => {
      const element = document.activeElement;
      const { width, height } = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      return {
        text: element.getAttribute("aria-label") ?? (element.textContent.trim() || element.name || ""),
        inside: element.closest(within) !== null,
        isSeen: width > 1 && height > 1 && (style.outlineStyle !== "none" || style.boxShadow !== "none"),
      };
    }, within);
    assert.ok(stop.isSeen, `the focus on “${stop.text}” is not to be seen at ${page.url()}`);
    if (stop.inside && pattern.test(stop.text)) return stop.text;
  }
  assert.fail(`${pattern} is not reached by Tab at ${page.url()}`);
}

test("by keyboard alone, without a script: from home to a document, to the lists that it is in, and back", async () => {
  for (const [name, site] of Object.entries({ default: fixture.root, ...themes })) {
    await onPage(
      site,
      "",
      async (page) => {
        const path = () => new URL(page.url()).pathname;
        const enter = async (pattern) => {
          await Promise.all([page.waitForURL(pattern), page.keyboard.press("Enter")]);
        };
        await tabTo(page, /./);
        await page.keyboard.press("Enter");
        assert.match(page.url(), /#/, `${name}: the first stop leads past the navigation`);
        await tabTo(page, /^All documents|^Documents|^All \d+/i, "body");
        await enter(/\/documents\//);
        await tabTo(page, /Open letter to the governments/, "main");
        await enter(/open-letter/);
        assert.match(await page.locator("h1").textContent(), /Open letter/, name);
        await tabTo(page, /of 2014$/, "main");
        await enter(/\/years\/2014\//);
        await tabTo(page, /Open letter to the governments/, "main");
        await page.goBack();
        assert.equal(path(), "/documents/open-letter/", name);
        await page.goBack();
        assert.match(path(), /^\/documents\//, name);
        await open(page, site, "");
        await tabTo(page, /^q$|search/i, "form");
        await page.keyboard.type("crews");
        await enter(/\/search\/\?q=crews/);
        await tabTo(page, /organizations/i, "[data-browse]");
        await enter(/\/organizations\//);
      },
      WITHOUT_SCRIPT,
    );
  }
});
