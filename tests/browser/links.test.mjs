// Every document is reached, and every link leads somewhere.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { crawl, isNotice, pagesOf } from "./lib/crawl.mjs";
import { FIXTURE_DOCUMENTS, fixture, founding, sites } from "./lib/sites.mjs";

const documents = (paths) => paths.filter((path) => /^documents\/(?!page\/)[^/]+\/$/.test(path) && !isNotice(path));
const years = (paths) => paths.flatMap((path) => /^years\/(.+)\/$/.exec(path)?.[1] ?? []);

test("every document of the fixture is reached by links from the home page", async () => {
  const paths = pagesOf(fixture.root, await crawl(fixture.root));
  assert.equal(documents(paths).length, FIXTURE_DOCUMENTS);
});

test("the 34 founding documents are reached by links from the home page", async () => {
  const paths = pagesOf(founding.root, await crawl(founding.root));
  assert.equal(documents(paths).length, 34, documents(paths).join("\n"));
  const expected = ["2006", "2007", "2008", "2009", "2011", "2012", "2013", "2014", "2018", "undated"];
  assert.deepEqual(years(paths), expected);
});

for (const [name, site] of Object.entries(sites)) {
  test(`every link and fragment of the ${name} leads somewhere`, async () => {
    const files = await crawl(site);
    const dead = [];
    for (const [path, file] of files) {
      for (const { to, hash, value } of file.links ?? []) {
        const target = files.get(to);
        if (target.status !== 200) dead.push(`${path}: ${value} answers ${target.status}`);
        else if (hash && target.ids && !target.ids.includes(hash)) dead.push(`${path}: ${value} has no such id`);
      }
    }
    assert.deepEqual(dead, []);
  });

  test(`no page of the ${name} loads anything from elsewhere`, async () => {
    const files = await crawl(site);
    const others = [...files].flatMap(([path, file]) => (file.others ?? []).map((url) => `${path}: ${url}`));
    assert.deepEqual(others, []);
  });

  test(`no page of the ${name} is an orphan`, async () => {
    const files = await crawl(site);
    const made = await readdir(site.folder, { recursive: true });
    const orphans = [];
    for (const path of made.filter((name) => name.endsWith("index.html"))) {
      const address = `${site.basePath}${path.slice(0, -"index.html".length)}`;
      if (files.has(address)) continue;
      // Old addresses and withdrawn documents are kept for links from elsewhere.
      const forwards = (await readFile(join(site.folder, path), "utf8")).includes("http-equiv=refresh");
      if (!forwards && !address.includes("/withdrawn/")) orphans.push(address);
    }
    assert.deepEqual(orphans, []);
  });

  test(`ids occur once on each page of the ${name}`, async () => {
    const files = await crawl(site);
    const twice = [...files].flatMap(([path, { ids = [] }]) => {
      const again = ids.filter((id, i) => ids.indexOf(id) !== i);
      return again.map((id) => `${path}: ${id}`);
    });
    assert.deepEqual(twice, []);
  });
}
