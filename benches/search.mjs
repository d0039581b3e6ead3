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

const MALFORMED = 2000;

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
  await openFonds(page);
  const parts = ['"', "-", "OR", "*", "title:", "of", "the", "github", "a*", "위", "A/1", "1990", " ", " ", "(", "NOT ", "org:", "year:1990-2010", "rights*", "“", "se*", "c", "x"];
  let seed = 1;
  const random = (limit) => (seed = (seed * 48271) % 2147483647) % limit;
  const queries = Array.from({ length: MALFORMED }, () => Array.from({ length: random(14) }, () => parts[random(parts.length)]).join(""));
  const idle = await page.evaluate(waits, []);
  const { times, errors, longest } = await page.evaluate(waits, queries);
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => `${sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)].toFixed(0)} ms`;
  const over = sorted.filter((time) => time > 100).length;
  const worst = queries[times.indexOf(sorted.at(-1))];
  rows[`${MALFORMED.toLocaleString("en")} malformed queries`] =
    `median ${at(0.5)}, 95 % ${at(0.95)}, 99 % ${at(0.99)}, longest ${at(1)} (\`${worst.replaceAll("|", "\\|")}\`), ${over} over 100 ms, ${errors} errors`;
  rows["longest wait of the page's own thread"] = `${longest.toFixed(0)} ms; with no search ${idle.longest.toFixed(0)} ms`;
}

/** Searches one query after another, and notes how long each takes and how long the page's own thread waits at most;
 *  runs in the page. */
async function waits(queries) {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 0);
  const times = [];
  let errors = 0;
  for (const query of queries) {
    const start = performance.now();
    await window.archive.search(query).catch(() => errors++);
    times.push(performance.now() - start);
  }
  if (queries.length === 0) await new Promise((done) => setTimeout(done, 5000));
  clearInterval(timer);
  return { times, errors, longest };
}
console.log(JSON.stringify(rows));
await browser.close();
server.close();
