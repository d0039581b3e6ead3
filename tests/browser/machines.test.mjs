// What machines read: feeds, sitemap, open data, and the files for hosts.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { open, withPage } from "./lib/browser.mjs";
import { crawl, isNotice } from "./lib/crawl.mjs";
import { FIXTURE_DOCUMENTS, fixture, sites } from "./lib/sites.mjs";

/** Parses an XML file of a site; gives the texts and attributes that a selector finds. */
function select(page, path, selector, attribute) {
  return page.evaluate(
    async ([url, chosen, name]) => {
      const xml = new DOMParser().parseFromString(await (await fetch(url)).text(), "application/xml");
      const fault = xml.querySelector("parsererror");
      if (fault) throw new Error(fault.textContent);
      return [...xml.querySelectorAll(chosen)].map((e) => (name ? e.getAttribute(name) : e.textContent));
    },
    [path, selector, attribute],
  );
}

for (const [name, site] of Object.entries(sites)) {
  test(`the sitemap of the ${name} lists its pages under their full URLs`, async () => {
    const files = await crawl(site);
    await withPage(site, {}, async (page) => {
      await open(page, site, "");
      const urls = await select(page, `${site.basePath}sitemap.xml`, "loc");
      assert.equal(new Set(urls).size, urls.length);
      for (const url of urls) {
        assert.ok(url.startsWith(site.permanent), url);
        const path = site.basePath + decodeURI(url.slice(site.permanent.length));
        assert.equal(files.get(path)?.status, 200, path);
      }
      const listed = urls.length;
      const pages = [...files].filter(([path, file]) => file.links && !/\/(source|search)\/$|\/order\//.test(path) && !isNotice(path));
      assert.equal(listed, pages.length);
    });
  });

  test(`the feeds of the ${name} are well-formed and lead to its documents`, async () => {
    const files = await crawl(site);
    const feeds = [...files.keys()].filter((path) => path.endsWith("atom.xml"));
    assert.ok(feeds.includes(`${site.basePath}atom.xml`));
    await withPage(site, {}, async (page) => {
      await open(page, site, "");
      for (const feed of feeds) {
        const ids = await select(page, feed, "id");
        assert.equal(new Set(ids).size, ids.length, feed);
        for (const id of ids) assert.match(id, /^tag:[^,]+,\d{4}:\S+$/, feed);
        const self = await select(page, feed, "feed > link[rel=self]", "href");
        assert.deepEqual(self, [site.permanent + feed.slice(site.basePath.length)]);
        for (const url of await select(page, feed, "entry > link", "href")) {
          const path = site.basePath + url.slice(site.permanent.length).split("#")[0];
          assert.equal(files.get(path)?.status, 200, url);
        }
        const days = await select(page, feed, "updated");
        for (const day of days) assert.match(day, /^\d{4}-\d\d-\d\dT00:00:00Z$/, feed);
      }
    });
  });
}

test("the browser can search the archive from its address bar", async () => {
  const site = fixture.path;
  await withPage(site, {}, async (page) => {
    await open(page, site, "");
    const [template] = await select(page, `${site.basePath}opensearch.xml`, "Url", "template");
    assert.equal(template, `${site.permanent}search/?q={searchTerms}`);
  });
});

test("the open data hold every document once", async () => {
  const lines = (await readFile(join(fixture.root.folder, "data/documents.jsonl"), "utf8")).trim().split("\n");
  const [withdrawn, documents] = [true, false].map((is) =>
    lines.map((line) => JSON.parse(line)).filter((document) => "withdrawn" in document === is),
  );
  assert.deepEqual(withdrawn.map(({ slug }) => slug), ["withdrawn"]);
  assert.equal(documents.length, FIXTURE_DOCUMENTS);
  assert.equal(new Set(documents.map(({ url }) => url)).size, FIXTURE_DOCUMENTS);
  const csv = await readFile(join(fixture.root.folder, "data/documents.csv"), "utf8");
  assert.match(csv, /^slug,url,title,date,/);
  assert.ok(documents.every(({ slug }) => csv.includes(`\n${slug},`)));
});

test("old URLs lead to their documents, without scripts and below a path too", async () => {
  for (const site of [fixture.root, fixture.path]) {
    await withPage(site, { javaScriptEnabled: false }, async (page) => {
      for (const old of ["old/open-letter/", "letters/54.html"]) {
        await page.goto(new URL(old, site.url).href);
        await page.waitForURL(new URL("documents/open-letter/", site.url).href);
      }
    });
  }
});

test("robots are told of the sitemap, and hosts of the policy", async () => {
  const site = fixture.path;
  assert.match(await readFile(join(site.folder, "robots.txt"), "utf8"), new RegExp(`Sitemap: ${site.permanent}sitemap.xml`));
  const redirects = await readFile(join(site.folder, "_redirects"), "utf8");
  for (const old of ["old/open-letter/", "letters/54.html"]) {
    assert.ok(redirects.includes(`/archive/${old} /archive/documents/open-letter/ 301\n`), redirects);
  }
  const headers = await readFile(join(site.folder, "_headers"), "utf8");
  assert.match(headers, /Content-Security-Policy: default-src 'self'/);
  assert.equal(await readFile(join(site.folder, "CNAME"), "utf8"), "harbour.example.org\n");
});
