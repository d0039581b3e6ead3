// Every feature of the search page by keyboard alone: nothing here points or clicks.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { assertCalm, open, withPage } from "./lib/browser.mjs";
import { five, large } from "./lib/generated.mjs";
import { fixture } from "./lib/sites.mjs";

const titles = (page) => page.locator("[data-list] h3").allTextContents();
const status = (page) => page.locator("[data-status]").textContent();
const answers = (page) => page.waitForFunction(() => /\d|No doc/.test(document.querySelector("[data-status]").textContent));

/** Opens the search page, goes to its box with `/`, types a query and searches. */
async function ask(page, site, query) {
  await open(page, site, "search/");
  await page.keyboard.press("/");
  await page.keyboard.type(query);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.searchParams.get("q") === query);
  await answers(page);
}

/** Goes with Tab to the element that a test of the focused one accepts; it must be seen there. */
async function tabTo(page, name, accepts, argument) {
  for (let tabs = 0; tabs < 150; tabs += 1) {
    await page.keyboard.press("Tab");
    if (!(await page.evaluate(([code, given]) => new Function("focused", "given", `return (${code})(focused, given)`)(document.activeElement, given), [accepts.toString(), argument]))) continue;
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.notEqual(outline, "none", `${name} shows no focus`);
    return;
  }
  assert.fail(`Tab does not lead to ${name}`);
}

const isNamed = (focused, name) => focused.name === name;
const hasText = (focused, text) => focused.textContent.includes(text) && focused.matches("a, button, summary");
const isChoice = (focused, [name, value]) => focused.name === name && focused.value === value;

/** Waits for the status line to say something else than it does now. */
async function changes(page, action) {
  const before = `${await status(page)} ${await titles(page)}`;
  await action();
  await page.waitForFunction((text) => {
    const now = [...document.querySelectorAll("[data-list] h3")].map((title) => title.textContent);
    return `${document.querySelector("[data-status]").textContent} ${now}` !== text;
  }, before);
}

test("the query language", async () => {
  await withPage(fixture.root, {}, async (page) => {
    const open = "Open letter to the governments";
    /** What is asked, a title that is found and one that is not. */
    const cases = [
      ['"quarantine stations"', open, "Letter on the quarantine station"],
      ["“quarantine stations”", open, "Letter on the quarantine station"],
      ["lamplighters OR pilots", "Letter of thanks to the Lamplighters", "Minutes"],
      ["crews -wages", "Letter of thanks", "Resolution on the wages"],
      ["quar*", "Letter on the quarantine station", "Minutes"],
      ["title:letter crews", open, "Minutes"],
      ["kind:report", "Report of the sub-committee", "Minutes"],
      ["year:2012-2013", "Press release on the opening", "Minutes"],
      ["person:oyelaran", "Telegram no. 1", "Minutes"],
      ['org:"lost cargo"', "Letter, undated, on a lost anchor", "Minutes"],
      ["ref:HC/REP/1", "Report of the sub-committee", open],
      ["A/HRC/25/63", open, "Minutes"],
      ["HRC/25", open, "Minutes"],
      ["lang:ko", "항구의 자유에 관한 성명", "Minutes"],
      ["ＣＲＥＷＳ wáges", "Resolution on the wages", "Telegram"],
    ];
    for (const [query, found, missed] of cases) {
      await ask(page, fixture.root, query);
      const all = await titles(page);
      assert.ok(all.some((title) => title.startsWith(found)), `${query}: ${all.join("\n") || (await status(page))}`);
      assert.ok(!all.some((title) => title.startsWith(missed)), `${query} finds ${missed}`);
    }
    assertCalm(page, "the query language");
  });
});

test("what nobody wrote is said, and a known word is offered", async () => {
  await withPage(fixture.root, {}, async (page) => {
    await ask(page, fixture.root, "quarentine");
    assert.match(await status(page), /No document holds “quarentine”/);
    await tabTo(page, "the suggestion", hasText, "quarantine");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=quarantine$/);
    await page.locator("[data-list] h3").first().waitFor();
    assert.equal(await page.getByRole("searchbox").first().inputValue(), "quarantine");
    assertCalm(page, "a suggestion");
  });
});

test("what nobody wrote is left out on demand, and a form that nobody wrote finds its word", async () => {
  await withPage(fixture.root, {}, async (page) => {
    await ask(page, fixture.root, "zzxqy crews");
    assert.match(await status(page), /No document holds “zzxqy”/);
    assert.equal(await page.locator("[data-suggestion]").isVisible(), false, "nothing is near");
    await tabTo(page, "the rest", hasText, "crews");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=crews$/);
    await page.locator("[data-list] h3").first().waitFor();
    const found = await titles(page);
    await ask(page, fixture.root, "crewing");
    assert.deepEqual((await titles(page)).sort(), found.sort());
    assertCalm(page, "the rest of a query");
  });
});

test("undated documents are left out or chosen", async () => {
  await withPage(fixture.root, {}, async (page) => {
    await ask(page, fixture.root, "letter");
    const all = Number.parseInt(await status(page), 10);
    await tabTo(page, "the choice", isNamed, "undated");
    await changes(page, () => page.keyboard.press("ArrowDown"));
    assert.match(page.url(), /undated=none/);
    const dated = Number.parseInt(await status(page), 10);
    await changes(page, () => page.keyboard.press("ArrowDown"));
    assert.match(page.url(), /undated=only/);
    const undated = Number.parseInt(await status(page), 10);
    assert.ok(undated > 0 && dated > 0 && dated + undated === all, `${dated} + ${undated} of ${all}`);
    assertCalm(page, "undated documents");
  });
});

test("dates: possibly and certainly within, undated ones told", async () => {
  await withPage(fixture.root, {}, async (page) => {
    await ask(page, fixture.root, "crews");
    await tabTo(page, "the first day", isNamed, "from");
    await page.keyboard.type("2010");
    await page.keyboard.press("Tab");
    await page.keyboard.type("2012-12-31");
    await changes(page, () => page.keyboard.press("Enter"));
    assert.match(await status(page), /2 documents \(1 of them undated\)/);
    await tabTo(page, "the tick", isNamed, "certainly");
    await changes(page, () => page.keyboard.press("Space"));
    assert.deepEqual(await titles(page), ["Letter of thanks to the Lamplighters’ Benevolent Fund"]);
    assert.match(page.url(), /certainly=1/);
    await changes(page, () => page.goBack());
    assert.match(await status(page), /2 documents/);
    await changes(page, () => page.goForward());
    assert.match(page.url(), /certainly=1/);
    assertCalm(page, "dates");
  });
});

test("several choices of a facet are one or the other, and keep their counts", async () => {
  await withPage(fixture.root, {}, async (page) => {
    await ask(page, fixture.root, "crews");
    const counts = () => page.getByRole("group", { name: "Year" }).locator("label").allTextContents();
    await page.getByRole("group", { name: "Year" }).waitFor();
    const all = await counts();
    await tabTo(page, "the year 2013", isChoice, ["year", "2013"]);
    await changes(page, () => page.keyboard.press("Space"));
    assert.equal((await titles(page)).length, 1);
    await page.waitForFunction(() => document.querySelector("[name=year][value='2013']").checked);
    assert.deepEqual(await counts(), all, "a choice does not lessen the counts of its own facet");
    await tabTo(page, "the year 2012", isChoice, ["year", "2012"]);
    await changes(page, () => page.keyboard.press("Space"));
    assert.equal((await titles(page)).length, 2);
    await tabTo(page, "the way back to all", hasText, "Remove all choices");
    await changes(page, () => page.keyboard.press("Enter"));
    assert.ok((await titles(page)).length > 2);
    assertCalm(page, "facets");
  });
});

test("orders, with undated documents last", async () => {
  await withPage(fixture.root, {}, async (page) => {
    await ask(page, fixture.root, "crews");
    const days = () => page.locator("[data-list] .search-meta").allTextContents();
    for (const [letter, order] of [["n", "newest"], ["o", "oldest"]]) {
      await tabTo(page, "the order", isNamed, "sort");
      await changes(page, () => page.keyboard.press(letter));
      await page.waitForURL(new RegExp(`sort=${order}`));
      const years = (await days()).map((line) => Number(/\b(\d{4})\b/.exec(line)?.[1] ?? NaN));
      const dated = years.filter((year) => !Number.isNaN(year));
      assert.deepEqual(dated, [...dated].sort((a, b) => (order === "newest" ? b - a : a - b)), order);
      assert.ok(Number.isNaN(years.at(-1)), "the undated one is last");
    }
    assertCalm(page, "orders");
  });
});

test("every form of export", async () => {
  await withPage(fixture.root, { acceptDownloads: true }, async (page) => {
    await ask(page, fixture.root, "crews -wages");
    const count = (await titles(page)).length;
    const records = { CSV: /^"?documents|^https?:|\n/g, RIS: /^TY {2}-/gm, BibTeX: /^@/gm, "CSL-JSON": /"type":/g };
    for (const [name, record] of Object.entries(records)) {
      await tabTo(page, "the exports", hasText, "Export");
      await page.keyboard.press("Enter");
      await tabTo(page, name, hasText, name);
      const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
      const text = await readFile(await download.path(), "utf8");
      // A list in CSV has a line of names above it.
      const found = name === "CSV" ? text.trim().split(/\r?\n/).length - 1 : text.match(record)?.length;
      assert.equal(found, count, `${name}: ${text}`);
    }
    assertCalm(page, "exports");
  });
});

test("the help opens, and the box can be reached from everywhere", async () => {
  await withPage(fixture.root, {}, async (page) => {
    await ask(page, fixture.root, "crews");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await page.locator(".search-help dl").isVisible(), true);
    await tabTo(page, "a result", (focused) => focused.matches("[data-list] a"));
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.name), "q");
    await page.keyboard.type("wages");
    await answers(page);
    assert.equal(await page.getByRole("searchbox").first().inputValue(), "wages", "what stood there is replaced");
  });
});

test("a result leads to its paragraph, marked", async () => {
  await withPage(fixture.root, {}, async (page) => {
    await ask(page, fixture.root, '"quarantine stations"');
    await page.locator("[data-list] mark").first().waitFor();
    await tabTo(page, "the result", (focused) => focused.matches("[data-list] a[href*='open-letter']"));
    await page.keyboard.press("Enter");
    await page.waitForURL(/open-letter\/#p-[a-z0-9-]+/);
    const marks = await page.locator("#text mark").allTextContents();
    assert.ok(marks.includes("quarantine stations"), marks.join());
    await page.goBack();
    await answers(page);
    assert.ok((await titles(page)).length > 0);
  });
});

test("without a query nothing is searched", async () => {
  const site = await five();
  await withPage(site, {}, async (page) => {
    await open(page, site, "search/");
    assert.equal(await page.locator("[data-browse]").isVisible(), true);
    assert.equal(await page.locator("[data-panes]").isVisible(), false);
    assertCalm(page, "an empty query");
  });
});

test("thousands of documents and organizations: pages of results, a box that finds one, light lists", async () => {
  const site = await large();
  await withPage(site, {}, async (page) => {
    await ask(page, site, "committee");
    await page.getByRole("group", { name: "Organization" }).waitFor();
    const nodes = await page.locator("[data-facets] *").count();
    assert.ok(nodes < 600, `${nodes} elements for the choices`);
    await tabTo(page, "the box of organizations", (focused) => focused.id === "search-find-organization");
    await page.keyboard.type("divers fund 7");
    const choices = page.getByRole("group", { name: "Organization" }).locator("li");
    await page.waitForFunction(() => /Divers’ Fund of Port 7/.test(document.querySelector("[data-facets] li")?.textContent ?? ""));
    assert.ok((await choices.count()) <= 20);
    await tabTo(page, "a choice", (focused) => focused.type === "checkbox" && focused.name === "organization");
    await changes(page, () => page.keyboard.press("Space"));
    await page.waitForURL(/organization=/);
    await ask(page, site, "committee");
    const first = await titles(page);
    await tabTo(page, "the next page", hasText, "Next");
    await changes(page, () => page.keyboard.press("Enter"));
    await page.waitForURL(/page=2/);
    await page.locator('[data-list][start="11"]').waitFor();
    assert.notDeepEqual(await titles(page), first);
    assert.equal(await page.evaluate(() => document.activeElement.matches("[data-status]")), true, "the focus goes to what is announced");
    assert.equal(await page.locator("[data-list]").getAttribute("start"), "11");
    assertCalm(page, "a large archive");
  });
});
