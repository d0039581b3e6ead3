// The Nu HTML Checker finds no error on any page.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { test } from "node:test";

import { empty, five, hard, korean } from "./lib/generated.mjs";
import { scans } from "./lib/scans.mjs";
import { fixture, founding, themes } from "./lib/sites.mjs";

const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");

/** Its messages on all pages of some folders. One process checks all of them: to start it takes longer than most sites. */
function errors(folders) {
  const arguments_ = ["-jar", jar, "--errors-only", "--format", "json", "--skip-non-html", ...folders];
  return new Promise((resolve, reject) => {
    execFile("java", arguments_, { maxBuffer: 1 << 28 }, (error, _stdout, stderr) => {
      try {
        resolve(JSON.parse(stderr).messages);
      } catch {
        reject(error ?? new Error(stderr));
      }
    });
  });
}

const SITES = {
  "fixture": async () => fixture.root,
  "founding archive": async () => founding.root,
  ...Object.fromEntries(Object.entries(themes).map(([name, site]) => [`theme ${name}`, async () => site])),
  "hard cases": hard,
  "interface in Korean": korean,
  "empty archive": empty,
  "archive of five": five,
  "archive of scans": scans,
};

const folders = await Promise.all(Object.values(SITES).map(async (site) => (await site()).folder));
const found = errors(folders);

for (const [place, name] of Object.keys(SITES).entries()) {
  test(`no page of the ${name} has an error in its HTML`, async () => {
    const own = (await found).filter(({ url }) => url.includes(`${folders[place]}/`));
    const shown = own.map(({ url, lastLine, message, extract }) => `${url}:${lastLine}: ${message}\n    ${extract}`);
    assert.deepEqual(shown, []);
  });
}

test("every message is about a page of one of the sites", async () => {
  const elsewhere = (await found).filter(({ url }) => !folders.some((folder) => url?.includes(`${folder}/`)));
  assert.deepEqual(elsewhere, []);
});
