// Zotero's own translators read the pages of documents: people are people, organizations stay whole. They are not part of
// the project: `FONDS_ZOTERO` names a folder with github.com/zotero/translation-server and its modules, installed by
// `npm install`. Without it, the test says that it was left out.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";

import { founding } from "./lib/sites.mjs";

const folder = process.env.FONDS_ZOTERO ?? "";
const skip = folder && existsSync(join(folder, "src/server.js")) ? false : "no translation-server in FONDS_ZOTERO";
/** Pages that are read: some evenly among all documents, and some of organizations. */
const PAGES = 8;
const OF_ORGANIZATIONS = 4;
const TYPES = { "letter": "letter", "open-letter": "letter", "memorandum": "report", "report": "report", "article": "magazineArticle" };

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Calls `use` with a function that has a page read. */
async function withZotero(use) {
  const port = await freePort();
  const env = { ...process.env, NODE_CONFIG: JSON.stringify({ host: "127.0.0.1", port }), DEBUG_LEVEL: "1" };
  const server = spawn(process.execPath, ["src/server.js"], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  try {
    await new Promise((resolve, reject) => {
      const heard = (text) => /Listening/.test(text) && resolve();
      server.stdout.on("data", heard);
      server.stderr.on("data", heard);
      server.once("exit", (status) => reject(new Error(`the translation server ended with ${status}`)));
    });
    await use(async (url) => {
      const response = await fetch(`http://127.0.0.1:${port}/web`, { method: "POST", headers: { "content-type": "text/plain" }, body: url });
      assert.equal(response.status, 200, url);
      return response.json();
    });
  } finally {
    server.kill();
  }
}

/** The cells of a table, by the name of the column. */
function rows(csv) {
  const cells = [...csv.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n)/g)];
  const lines = [[]];
  for (const [, cell, end] of cells) {
    lines.at(-1).push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end !== ",") lines.push([]);
  }
  const [head, ...rest] = lines;
  return rest.filter((line) => line.length === head.length).map((line) => Object.fromEntries(line.map((cell, i) => [head[i], cell])));
}

test("Zotero's translators take people for people and leave organizations whole", { skip }, async (t) => {
  const data = (name) => readFile(join(founding.root.folder, "data", name), "utf8");
  const documents = (await data("documents.jsonl")).trim().split("\n").map((line) => JSON.parse(line));
  const organizations = new Set(rows(await data("organizations.csv")).map(({ name, title }) => name ?? title));
  const step = Math.floor(documents.length / PAGES);
  const isOfBody = ({ creators = [] }) => creators.some(({ person }) => !person);
  const bodiesOf = documents.filter(isOfBody).slice(0, OF_ORGANIZATIONS);
  const chosen = [...new Set([...documents.filter((_, i) => i % step === 0).slice(0, PAGES), ...bodiesOf])];
  let [people, bodies] = [0, 0];
  await withZotero(async (read) => {
    for (const document of chosen) {
      const items = await read(new URL(`documents/${document.slug}/`, founding.root.url).href);
      assert.equal(items.length, 1, document.slug);
      const [item] = items;
      assert.equal(item.title, document.title);
      assert.equal(item.itemType, TYPES[document.kind] ?? item.itemType, document.slug);
      if (/^\d{4}-\d\d-\d\d$/.test(document.date)) assert.equal(item.date, document.date, document.slug);
      const authors = item.creators.filter(({ creatorType }) => creatorType === "author");
      for (const { person, organization } of document.creators ?? []) {
        if (person) {
          const letters = (text) => [...text.replace(/\b(Jr|Sr)\b/g, "")].filter((c) => /\p{L}/u.test(c)).sort().join("");
          const found = authors.some(({ firstName, lastName }) => lastName && firstName && letters(firstName + lastName) === letters(person));
          assert.ok(found, `${person} in ${JSON.stringify(authors)} of ${document.slug}`);
          people += 1;
        } else {
          const found = authors.some(({ name }) => name && (name === organization || organizations.has(name)));
          assert.ok(found, `${organization} in ${JSON.stringify(authors)} of ${document.slug}`);
          bodies += 1;
        }
      }
      // Nobody's name is a body's, cut in two.
      for (const { firstName, lastName } of authors) assert.ok(!organizations.has(`${firstName} ${lastName}`), `${firstName} ${lastName}`);
    }
  });
  t.diagnostic(`${chosen.length} pages, ${people} people, ${bodies} organizations`);
  assert.ok(people >= 3 && bodies >= 1, `${people} people, ${bodies} organizations`);
});
