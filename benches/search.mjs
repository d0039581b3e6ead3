// Opens a built site in Chromium and measures its search: `node search.mjs SITE fonds|pagefind`. Prints JSON:
// for each measurement its name and value. Bytes are those of files as they lie on the disk.

import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, resolve } from "node:path";

const { chromium } = createRequire(new URL("../tests/browser/package.json", import.meta.url))("playwright-core");

const [folder, kind] = process.argv.slice(2);
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml" };
const QUERIES = {
  "a common word": "github", "two words": "rights letter", "a Korean word": "위원회", "a prefix": "co*",
  "a phrase of two common words": '"of the"', "a phrase of common and less common words": '"copyright owner"', "a title": "network legal aid",
};
const PAGEFIND = `<!doctype html><meta charset=utf-8><script type=module>
  const pagefind = await import("/pagefind/pagefind.js");
  await pagefind.init();
  window.find = async (query) => {
    const start = performance.now();
    const answer = await pagefind.search(query);
    await Promise.all(answer.results.slice(0, 10).map((result) => result.data()));
    return { total: answer.results.length, time: performance.now() - start };
  };
  window.ready = true;
</script>`;

let read = [];
const server = createServer(async (request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  if (path === "/pagefind-page") return response.writeHead(200, { "content-type": "text/html" }).end(PAGEFIND);
  let file = join(resolve(folder), path);
  if ((await stat(file).catch(() => undefined))?.isDirectory()) file = join(file, "index.html");
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes) read.push({ path, bytes: bytes.length });
  response.writeHead(bytes ? 200 : 404, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(bytes);
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const site = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

const isIndex = ({ path }) => path.startsWith("/search/index/") || path.startsWith("/pagefind/");
const sum = (files) => files.reduce((total, { bytes }) => total + bytes, 0);
const kB = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;

/** A search in a fresh browser, then the same again: what is read, and how long it takes once all is at hand. */
async function measure(query) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const find = kind === "fonds" ? await openFonds(page) : await openPagefind(page);
  const start = sum(read.filter(isIndex));
  const { total } = await find(query);
  const bytes = sum(read.filter(isIndex));
  const times = [];
  for (let i = 0; i < 5; i++) times.push((await find(query)).time);
  await context.close();
  return { start, bytes, total, time: times.sort((a, b) => a - b)[2] };
}

async function openFonds(page) {
  await page.goto(`${site}/search/`);
  read = [];
  await page.evaluate(async () => {
    const { open } = await import("/search/api.js");
    window.archive = await open();
  });
  // What the worker asks for before any query.
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(500);
  return (query) =>
    page.evaluate(async (query) => {
      const start = performance.now();
      const { total } = await window.archive.search(query);
      return { total, time: performance.now() - start };
    }, query);
}

async function openPagefind(page) {
  read = [];
  await page.goto(`${site}/pagefind-page`);
  await page.waitForFunction(() => window.ready);
  return (query) => page.evaluate((query) => window.find(query), query);
}

const rows = {};
let first = true;
for (const [name, query] of Object.entries(QUERIES)) {
  const { start, bytes, total, time } = await measure(query);
  if (first) rows["start-up"] = kB(start);
  first = false;
  rows[`${name}, \`${query}\``] = `${kB(bytes)}, ${total.toLocaleString("en")} found, again in ${time.toFixed(0)} ms`;
}
if (kind === "fonds") {
  const page = await browser.newPage();
  const find = await openFonds(page);
  await page.evaluate(() => (window.frames = []));
  // Queries of all kinds, one after another: how long the longest takes, and the longest wait of the page itself.
  const parts = ['"', "-", "OR", "*", "title:", "of", "the", "github", "a*", "위", "A/1", "1990", " ", " "];
  let seed = 1;
  const random = (limit) => (seed = (seed * 48271) % 2147483647) % limit;
  const times = [];
  for (let i = 0; i < 150; i++) {
    const query = Array.from({ length: random(10) }, () => parts[random(parts.length)]).join("");
    times.push([(await find(query)).time, query]);
  }
  times.sort((a, b) => b[0] - a[0]);
  const over = times.filter(([time]) => time > 100).length;
  rows["150 malformed queries"] = `longest ${times[0][0].toFixed(0)} ms (${JSON.stringify(times[0][1])}), ${over} over 100 ms`;
}
console.log(JSON.stringify(rows));
await browser.close();
server.close();
