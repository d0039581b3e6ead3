// The search page where the network is slow or gone, the browser old, or the page a file on a disk.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

import { NARROW, WIDE, assertCalm, open, withPage } from "./lib/browser.mjs";
import { large } from "./lib/generated.mjs";
import { violations, watchShifts } from "./lib/judge.mjs";
import { fixture } from "./lib/sites.mjs";

const status = (page) => page.locator("[data-status]").textContent();
const titles = (page) => page.locator("[data-list] h3").allTextContents();
const says = (page, pattern) => page.waitForFunction((text) => new RegExp(text).test(document.querySelector("[data-status]").textContent), pattern, { timeout: 30_000 });

/** 400 kbit/s, and 400 ms until the first byte. */
async function slowly(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 });
}

test("on a slow network the page says that it searches, and nothing in it jumps", async () => {
  const site = await large();
  for (const viewport of [WIDE, NARROW]) {
    await withPage(site, { viewport }, async (page) => {
      await page.addInitScript(watchShifts);
      await open(page, site, "search/");
      await slowly(page);
      await page.getByRole("searchbox").first().fill("committee lamplighters");
      await page.keyboard.press("Enter");
      await says(page, "^Searching");
      assert.equal(await page.getByRole("status").count(), 1, "it is announced");
      await says(page, "\\d+ documents");
      await page.locator("[data-list] mark").first().waitFor({ timeout: 30_000 });
      await page.waitForTimeout(1500);
      const shifted = await page.evaluate(() => window.shifted);
      assert.ok(shifted < 0.1, `${viewport.width} wide: a shift of ${shifted}`);
      assertCalm(page, "a slow network");
    });
  }
});

test("an answer that comes late does not take the place of a later one", async () => {
  const site = await large();
  await withPage(site, {}, async (page) => {
    await open(page, site, "search/");
    await slowly(page);
    const box = page.getByRole("searchbox").first();
    for (const query of ["pilots", "crews", "committee", "lamplighters divers"]) {
      await box.fill(query);
      await page.keyboard.press("Enter");
      await page.waitForTimeout(150);
    }
    await says(page, "\\d+ documents");
    await page.waitForTimeout(4000);
    assert.match(page.url(), /q=lamplighters\+divers/);
    const found = await titles(page);
    assert.ok(found.length > 0 && found.every((title) => /Lamplighters|Divers/.test(title)), found.join("\n"));
  });
});

test("no query holds up the page", async () => {
  const site = await large();
  await withPage(site, {}, async (page) => {
    await open(page, site, "search/?q=committee");
    await says(page, "\\d+ documents");
    await page.evaluate(() => {
      new PerformanceObserver((list) => (window.tasks = [...(window.tasks ?? []), ...list.getEntries().map((task) => task.duration)])).observe({ type: "longtask" });
    });
    for (const query of ["a*", "c* -the OR a*", '"the committee of', "a*b*c*", "-the -of", "((((", '"a* the*"', "title:a*"]) {
      await page.evaluate((query) => {
        const form = document.querySelector("[data-search] form");
        form.elements.q.value = query;
        form.requestSubmit();
      }, query);
      await page.waitForTimeout(400);
    }
    const tasks = await page.evaluate(() => window.tasks ?? []);
    // A machine at its limit holds up everything; ten times the aim is no such accident.
    assert.ok(tasks.every((task) => task < 1000), `tasks of ${tasks} ms`);
    assertCalm(page, "hard queries");
  });
});

test("axe finds nothing in any state", async () => {
  await withPage(fixture.root, {}, async (page) => {
    const clean = async (state) => assert.deepEqual(await violations(page), [], state);
    await open(page, fixture.root, "search/");
    await clean("before a query");
    await open(page, fixture.root, "search/?q=crews");
    await says(page, "\\d+ documents");
    await page.locator("[data-facets] fieldset").first().waitFor();
    await page.locator("[data-list] mark").first().waitFor();
    await clean("results");
    await open(page, fixture.root, "search/?q=crews&year=2013&from=2010");
    await says(page, "1 document");
    await page.locator("[data-facets] fieldset").first().waitFor();
    await clean("chosen facets");
    await open(page, fixture.root, "search/?q=quarentine");
    await says(page, "^No document");
    await clean("no result, and a suggestion");
    await page.route("**/search/index/*.bin", (route) => route.fulfill({ status: 500 }));
    await open(page, fixture.root, "search/?q=telegram");
    await says(page, "could not be read");
    await clean("an index that cannot be read");
    assert.equal(await page.locator("[data-browse]").isVisible(), true, "the lists lead on");
    await page.unrouteAll();
    await page.keyboard.press("/");
    await page.keyboard.press("Enter");
    await says(page, "\\d+ document");
    assert.equal(await page.locator("[data-browse]").isVisible(), false);
  });
});

test("a network that is gone is told, and the next try works once it is back", async () => {
  await withPage(fixture.root, {}, async (page) => {
    await open(page, fixture.root, "search/?q=telegram");
    await says(page, "\\d+ documents");
    await page.context().setOffline(true);
    await page.getByRole("searchbox").first().fill("lamplighters");
    await page.keyboard.press("Enter");
    await page.waitForTimeout(800);
    const text = await status(page);
    // What was read before answers without a network too; the passages are left out then.
    assert.match(text, /could not be read|\d+ document/);
    assert.deepEqual(await violations(page), [], "offline");
    await page.context().setOffline(false);
    await page.keyboard.press("Enter");
    await says(page, "\\d+ document");
    await page.locator("[data-list] h3", { hasText: "Lamplighters" }).waitFor();
  });
});

test("a browser that cannot inflate is told so, with the ways on", async () => {
  await withPage(fixture.root, {}, async (page) => {
    await page.addInitScript(() => delete window.DecompressionStream);
    await open(page, fixture.root, "search/?q=crews");
    await page.locator("[data-old]").waitFor();
    assert.equal(await page.locator("[data-browse]").isVisible(), true);
    assert.equal(await page.locator("[data-panes]").isVisible(), false);
    assert.deepEqual(await violations(page), []);
    assertCalm(page, "an old browser");
  });
});

for (const [name, site] of Object.entries({ "of the root": fixture.root, "of a site below a path": fixture.path })) {
  test(`a copy ${name}, opened from a folder, says what it cannot do, and its lists open`, async () => {
    await withPage(site, {}, async (page) => {
      const folder = pathToFileURL(join(site.folder, "/")).href;
      await page.goto(`${folder}search/index.html?q=crews`);
      await page.locator("[data-file]").waitFor();
      assert.match(await page.locator("[data-file]").textContent(), /web server/);
      assert.equal(await page.locator("[data-panes]").isVisible(), false);
      await page.locator("[data-browse] a").first().click();
      assert.ok(page.url().startsWith(folder) && page.url().endsWith("/index.html"), page.url());
      assert.ok((await page.locator("h1").textContent()).length > 0);
    });
  });
}
