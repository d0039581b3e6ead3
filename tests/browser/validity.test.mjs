// The Nu HTML Checker finds no error on any page.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { test } from "node:test";

import { empty, five, hard, korean } from "./lib/generated.mjs";
import { scans } from "./lib/scans.mjs";
import { fixture, founding, themes } from "./lib/sites.mjs";

const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");

/** Its messages on all pages of a site, as text. */
function errors(folder) {
  const arguments_ = ["-jar", jar, "--errors-only", "--format", "json", "--skip-non-html", folder];
  return new Promise((resolve, reject) => {
    execFile("java", arguments_, { maxBuffer: 1 << 28 }, (error, _stdout, stderr) => {
      try {
        const { messages } = JSON.parse(stderr);
        resolve(messages.map(({ url, lastLine, message, extract }) => `${url}:${lastLine}: ${message}\n    ${extract}`));
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

for (const [name, site] of Object.entries(SITES)) {
  test(`no page of the ${name} has an error in its HTML`, async () => {
    assert.deepEqual(await errors((await site()).folder), []);
  });
}
