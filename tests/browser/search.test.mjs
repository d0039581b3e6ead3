// The search page: what it finds, and that the address, the form, the list and Back agree.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import { NARROW, assertCalm, open, withPage } from "./lib/browser.mjs";
import { fixture, founding, program } from "./lib/sites.mjs";

const titles = (page) => page.locator("[data-list] h3").allTextContents();
const status = (page) => page.locator("[data-status]").textContent();
/** Waits until the list has been made for the address that is shown. */
const settled = (page) => page.waitForFunction(() => /\d|No doc/.test(document.querySelector("[data-status]").textContent));

async function search(page, site, query) {
  await open(page, site, `search/?q=${encodeURIComponent(query)}`);
  await settled(page);
}

/** Waits for the status line to say something else than it does now. */
async function changes(page, action) {
  const before = await status(page);
  await action();
  await page.waitForFunction((text) => document.querySelector("[data-status]").textContent !== text, before);
}

for (const [name, site] of Object.entries({ "at the root": fixture.root, "below a path": fixture.path })) {
  test(`${name}: typing finds, and a result leads to its marked paragraph`, async () => {
    await withPage(site, {}, async (page) => {
      await open(page, site, "search/");
      await page.getByRole("searchbox").first().pressSequentially("quarantine stations");
      await settled(page);
      assert.ok((await titles(page)).some((title) => title.startsWith("Open letter to the governments")));
      const passage = page.locator("[data-list] li").first().locator("mark");
      await passage.first().waitFor();
      await page.locator("[data-list] h3 a", { hasText: "Open letter to the governments" }).click();
      await page.waitForURL(/documents\/open-letter\/#p-[a-z0-9-]+$/);
      const marks = await page.locator("#text mark").allTextContents();
      assert.ok(marks.some((mark) => /quarantine/i.test(mark)), marks.join());
      assertCalm(page, "a result");
    });
  });

  test(`${name}: the form of the home page leads to results`, async () => {
    await withPage(site, {}, async (page) => {
      await open(page, site, "");
      await page.getByRole("searchbox").fill("wages");
      await page.keyboard.press("Enter");
      await page.waitForURL(/search\/\?q=wages$/);
      await settled(page);
      assert.ok((await titles(page)).length > 0);
      assertCalm(page, "search");
    });
  });
}

test("Enter searches, and the address can be shared", async () => {
  await withPage(fixture.root, {}, async (page) => {
    await open(page, fixture.root, "search/");
    await page.getByRole("searchbox").first().fill("lamplighters");
    await page.keyboard.press("Enter");
    await settled(page);
    assert.match(page.url(), /\?q=lamplighters$/);
    const found = await titles(page);
    assert.ok(found.includes("Letter of thanks to the Lamplighters’ Benevolent Fund"), found.join("\n"));
    await page.reload();
    await settled(page);
    assert.deepEqual(await titles(page), found);
    assert.equal(await page.getByRole("searchbox").first().inputValue(), "lamplighters");
  });
});

test("facets of organization and year narrow the results, and Back widens them again", async () => {
  await withPage(fixture.root, {}, async (page) => {
    await search(page, fixture.root, "crews");
    const all = await titles(page);
    await changes(page, () => page.getByRole("group", { name: "Organization" }).getByLabel(/Office of Lost Cargo/).check());
    const some = await titles(page);
    assert.ok(some.length > 0 && some.length < all.length, `${some.length} of ${all.length}`);
    assert.match(page.url(), /organization=/);
    await changes(page, () => page.goBack());
    assert.deepEqual(await titles(page), all);
    // The choices follow the list.
    const unchecked = page.locator("input:not(:checked)");
    await page.getByRole("group", { name: "Organization" }).getByLabel(/Office of Lost Cargo/).and(unchecked).waitFor();
    await changes(page, () => page.getByRole("group", { name: "Year" }).getByLabel(/2013/).check());
    assert.deepEqual(await titles(page), ["Press release on the opening of the Rivermouth station"]);
    await page.reload();
    await settled(page);
    assert.equal(await page.getByRole("group", { name: "Year" }).getByLabel(/2013/).isChecked(), true);
    assertCalm(page, "facets");
  });
});

test("any form of an organization's name finds its documents", async () => {
  await withPage(fixture.root, {}, async (page) => {
    for (const form of ["Committee for the Harbour", "Comité du port", "국제항만위원회"]) {
      await search(page, fixture.root, `org:"${form}"`);
      const found = await titles(page);
      assert.ok(found.includes("Minutes of the meeting of 3 March"), `${form}: ${found.join("\n")}`);
    }
  });
});

test("a Korean word is found inside a longer one", async () => {
  await withPage(fixture.root, {}, async (page) => {
    await search(page, fixture.root, "항만위원회");
    assert.ok((await titles(page)).includes("항구의 자유에 관한 성명"));
    const mark = page.locator("[data-list] li", { hasText: "항구의 자유에" }).locator("mark");
    assert.equal(await mark.first().textContent(), "항만위원회");
  });
});

test("a search without results says so, and offers a way on", async () => {
  await withPage(fixture.root, {}, async (page) => {
    await search(page, fixture.root, "zzyzx");
    assert.match(await status(page), /No document/);
    assert.equal((await titles(page)).length, 0);
    await page.getByRole("searchbox").first().fill("");
    await page.keyboard.press("Enter");
    await page.locator("[data-browse]").waitFor();
    assertCalm(page, "no results");
  });
});

test("hostile words and addresses do no harm", async () => {
  await withPage(fixture.root, {}, async (page) => {
    for (const query of ["<img src=x onerror=alert(1)>", '"', "((", "org:", "a".repeat(3000), "%00", "title:<script>"]) {
      await search(page, fixture.root, query);
    }
    await open(page, fixture.root, "search/?q=crews&page=-4&sort=x&year=<b>&from=9999-99-99&organization=nobody");
    await page.waitForTimeout(300);
    await open(page, fixture.root, "documents/hostile/#p1;%3Cscript%3E;%E0%A4%A");
    assertCalm(page, "hostile queries");
  });
});

test("all of it works with the keyboard alone", async () => {
  await withPage(fixture.root, {}, async (page) => {
    await open(page, fixture.root, "years/");
    await page.keyboard.press("/");
    await page.waitForURL(/search\/$/);
    await page.waitForLoadState("load");
    await page.keyboard.press("/");
    const focused = () => page.evaluate(() => document.activeElement.name ?? document.activeElement.textContent);
    assert.equal(await focused(), "q");
    await page.keyboard.type("crews/wages");
    assert.equal(await page.getByRole("searchbox").first().inputValue(), "crews/wages");
    await page.getByRole("searchbox").first().fill("crews");
    await page.keyboard.press("Enter");
    await settled(page);
    await page.locator("[data-list] h3").first().waitFor();
    const first = page.locator("[data-list] h3 a").first();
    for (let tabs = 0; tabs < 60; tabs += 1) {
      await page.keyboard.press("Tab");
      if (await first.evaluate((link) => link === document.activeElement)) break;
    }
    assert.equal(await first.evaluate((link) => link === document.activeElement), true);
    await page.keyboard.press("Enter");
    await page.waitForURL(/documents\//);
  });
});

test("on a narrow screen the filters open and close", async () => {
  await withPage(fixture.root, { viewport: NARROW }, async (page) => {
    await search(page, fixture.root, "crews");
    const choice = page.getByRole("group", { name: "Year" }).getByLabel(/2013/);
    assert.equal(await choice.isVisible(), false);
    await page.locator("[data-filters] > summary").click();
    await changes(page, () => choice.check());
    assert.equal((await titles(page)).length, 1);
  });
});

test("results are exported as a file", async () => {
  await withPage(fixture.root, {}, async (page) => {
    await search(page, fixture.root, "crews");
    await page.locator("[data-exports] summary").click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "RIS" }).click(),
    ]);
    assert.match(download.suggestedFilename(), /\.ris$/);
    assertCalm(page, "export");
  });
});

test("the founding archive finds the Committee's documents by its acronym, and a Korean word", async () => {
  await withPage(founding.root, {}, async (page) => {
    await search(page, founding.root, "HRNK");
    assert.ok((await titles(page)).length > 0, await status(page));
    await search(page, founding.root, "북한인권위원회");
    assert.ok((await titles(page)).length > 0, await status(page));
    assertCalm(page, "the founding archive");
  });
});

test("on a phone a name with a hyphen stays on one line in the titles of results", async () => {
  await withPage(founding.root, { viewport: { width: 360, height: 740 } }, async (page) => {
    await search(page, founding.root, "19 November 2008");
    const found = await titles(page);
    const lines = await page.locator("main .unbroken", { hasText: "Ki-moon" }).evaluateAll((all) => all.map((name) => name.getClientRects().length));
    assert.ok(found.some((title) => title.includes("Ban Ki-moon")), `${found}`);
    assert.ok(lines.length > 0 && lines.every((count) => count === 1), `${lines}`);
  });
});

test("without scripts the search page leads to the indexes", async () => {
  await withPage(fixture.root, { javaScriptEnabled: false }, async (page) => {
    await open(page, fixture.root, "search/");
    const links = await page.locator("[data-browse] a").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    for (const path of ["/documents/", "/organizations/", "/years/"]) assert.ok(links.includes(path), links.join());
    assert.equal(await page.locator("noscript p").isVisible(), true);
    assert.equal(await page.locator("[data-panes]").isVisible(), false);
  });
});

/** The script of a site with a search server: the one that a build of the smallest archive makes. */
async function httpWorker() {
  const root = await mkdtemp(join(tmpdir(), "fonds-http-"));
  await mkdir(join(root, "content"));
  await writeFile(join(root, "config.toml"), 'base_url = "https://example.org"\n[search]\nengine = "http"\nendpoint = "/search-server/"\n');
  await promisify(execFile)(program, ["--root", root, "--quiet", "build"]);
  const folder = join(root, "public/search");
  const script = await readFile(join(folder, (await readdir(folder)).find((name) => name.startsWith("worker."))), "utf8");
  await rm(root, { recursive: true });
  return script;
}

test("a search server answers in place of the index", async () => {
  const row = ["documents/open-letter/", "Open letter", "2013", "2013", "letter", "Letter", "en", ["Crews"], ["Owners"], []];
  const answers = {
    search: { total: 1, undated: 0, rows: [row], marks: [{ parts: [{ offset: 0, words: ["letter"], prefix: "" }], weight: 1 }], unknown: [] },
    facets: [{ name: "year", choices: [{ key: "2013", label: "2013", count: 1, chosen: false }], more: false, values: 1 }],
  };
  await withPage(fixture.root, {}, async (page) => {
    const asked = [];
    await page.context().route("**/search-server/*", (route) => {
      const url = new URL(route.request().url());
      asked.push(url.search);
      return route.fulfill({ json: answers[url.pathname.split("/").pop()] });
    });
    // The page as `engine = "http"` makes it differs in this attribute and in the script.
    const script = await httpWorker();
    await page.context().route("**/search/worker.*.js", (route) => route.fulfill({ body: script, contentType: "text/javascript" }));
    await page.route("**/search/?*", async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace("data-manifest=", 'data-endpoint="/search-server/" data-manifest=');
      await route.fulfill({ response, body });
    });
    await search(page, fixture.root, "letter");
    assert.deepEqual(await titles(page), ["Open letter"]);
    assert.deepEqual(await page.locator("[data-list] h3 mark").allTextContents(), ["letter"]);
    const before = asked.length;
    await page.getByRole("group", { name: "Year" }).getByLabel(/2013/).check();
    await page.waitForURL(/year=2013/);
    await page.waitForFunction(() => !document.querySelector("[data-status]").textContent.startsWith("…"));
    assert.ok(before > 0 && asked.some((parameters) => /q=letter/.test(parameters)), asked.join());
    assertCalm(page, "a search server");
  });
});

test("a query that is a date leads to the documents of that day, month or year", async () => {
  await withPage(fixture.root, {}, async (page) => {
    const dated = page.locator("[data-dated]");
    for (const [query, words, count] of [
      ["2014-11-10", "10 November 2014", 1],
      ["10.11.2014", "10 November 2014", 1],
      ["10 November 2014", "10 November 2014", 1],
      ["Nov 10, 2014", "10 November 2014", 1],
      ["2014년 11월", "November 2014", 1],
      ["2014", "2014", 3],
    ]) {
      await search(page, fixture.root, query);
      await dated.waitFor();
      assert.equal(await dated.locator("a").textContent(), `${words} (${count})`, query);
    }
    await search(page, fixture.root, "2014-11-10");
    await dated.locator("a").click();
    await page.waitForFunction(() => document.querySelector("[data-status]").textContent.startsWith("1 "));
    assert.match((await titles(page))[0], /^Open letter to the governments/);
    assert.equal(await dated.isVisible(), false, "who narrowed by date is there already");
    for (const query of ["2014-02-30", "1811", "14 quarantines 2014", "crews"]) {
      await search(page, fixture.root, query);
      assert.equal(await dated.isVisible(), false, query);
    }
    assertCalm(page, "dates");
  });
});

test("a query that is a date leaves the marks and the facets those of its words", async () => {
  await withPage(founding.root, {}, async (page) => {
    await search(page, founding.root, "November 2008");
    await page.locator("[data-dated]").waitFor();
    await page.locator("[data-list] li mark", { hasText: "November" }).first().waitFor();
    assertCalm(page, "marks beside a date");
  });
});

test("who finds nothing is led to the lists, and no longer once something is found", async () => {
  await withPage(fixture.root, {}, async (page) => {
    const browse = page.locator("[data-browse]");
    await search(page, fixture.root, "xyzzyq");
    assert.ok(await browse.isVisible());
    assert.ok(await browse.getByRole("link", { name: "Documents" }).isVisible());
    const box = page.getByRole("searchbox").first();
    await box.fill("crews");
    await page.waitForFunction(() => document.querySelectorAll("[data-list] li").length > 0);
    assert.equal(await browse.isVisible(), false);
    await box.fill("");
    await page.waitForFunction(() => document.querySelector("[data-panes]").hidden);
    assert.ok(await browse.isVisible(), "an empty box shows the lists again");
    assertCalm(page, "nothing found");
  });
});
