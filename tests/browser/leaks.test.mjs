// No word of the default language is left in the pages of another one: neither in what a build writes nor in what the
// search page makes of an index that all languages share. The archive's own texts are Greek, so that every English word
// on a page is one of the interface.

import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { assertCalm, open, withPage } from "./lib/browser.mjs";
import { built } from "./lib/sites.mjs";
import { work } from "./lib/work.mjs";

/** Names of formats and of programs, the same in every language. */
const EVERYWHERE = /^(https?|example|org|quay|csv|json|jsonl|jsonld|xml|ris|bibtex|csl|atom|feed|oai|pmh|tei|cmif|ead|eac|cpf|schema|lines|sha|html|txt|english|deutsch|python|http|server)$/i;

const CONFIG = `title = "Έγγραφα"
description = "Επιστολές."
default_language = "en"

[languages.de]
title = "Έγγραφα"
[languages.ko]
title = "Έγγραφα"

[taxonomies.box]
name = "Κουτί"
plural = "Κουτιά"
`;

const people = (count) => Array.from({ length: count }, (_, n) => `{ person = "Άννα ${n}" }`).join(", ");
const record = (title, date, rest) => `+++\ntitle = "${title}"\n${date ? `date = "${date}"\n` : ""}language = "el"\n${rest}\n+++\n\nΗ στέγη έπεσε.\n\nΤίποτε άλλο.\n`;
const ORGANIZATION = 'creators = [{ organization = "Εταιρεία" }]\nrecipients = [{ person = "Ελένη" }]';

const DOCUMENTS = {
  petition: record("Αίτηση", "1921-03-14", `kind = "open-letter"\nsignatories = [${people(53)}]\nrecipients = [{ organization = "Εταιρεία" }]\ntopics = ["Στέγες"]\ncollection = "a"\nreference = "A/1"\nextent = "2"\nadded = "2024-01-02"`),
  two: record("Δύο", "1921/1923", `kind = "minutes"\ncreators = [${people(2)}]\nadded = "2024-01-02"\nupdated = "2024-02-03"`),
  untitled: record("", "192X", `kind = "letter"\n${ORGANIZATION}\nadded = "2024-01-02"\n[taxonomies]\nbox = "Α"`),
  about: record("Περίπου", "1922-05~", `kind = "letter"\n${ORGANIZATION}\nreferences = ["A/2"]\nin_reply_to = "untitled"`),
  before: record("Πριν", "../1925", `kind = "telegram"\n${ORGANIZATION}`),
  either: record("Ή", "[1922-04-03,1922-05-03]", `kind = "report"\n${ORGANIZATION}`),
  season: record("Άνοιξη", "1923-21", `kind = "notice"\n${ORGANIZATION}`),
  undated: record("Χωρίς", undefined, `kind = "other"\n${ORGANIZATION}`),
  gone: record("Χάθηκε", "1924", 'kind = "letter"\nwithdrawn = { reason = "Λόγος", date = "2024-03-04" }'),
};

async function archive() {
  const root = join(work, "leaks");
  for (const folder of ["documents", "pages", "collections", "organizations"]) await mkdir(join(root, "content", folder), { recursive: true });
  await writeFile(join(root, "config.toml"), CONFIG);
  for (const [name, text] of Object.entries(DOCUMENTS)) await writeFile(join(root, `content/documents/${name}.md`), text);
  await writeFile(join(root, "content/collections/a.md"), '+++\ntitle = "Αρχείο"\nlevel = "fonds"\nscope = "Όλα."\nhistory = "Παλιά."\nconditions = "Ανοιχτό."\nextent = "3"\n+++\n');
  await writeFile(join(root, "content/collections/b.md"), '+++\ntitle = "Σειρά"\nlevel = "series"\npart_of = "a"\n+++\n');
  await writeFile(join(root, "content/organizations/e.md"), '+++\ntitle = "Εταιρεία"\naliases = ["Ε."]\ndescription = "Εταιρεία."\ndates = "1900/1950"\n+++\n');
  await writeFile(join(root, "content/pages/about.md"), '+++\ntitle = "Σχετικά"\n+++\n\nΑυτό.\n');
  return built(root, "/", { url: "https://quay.example.org", ingest: false });
}

const site = await archive();
const PAGES = [
  "", "documents/", "documents/order/oldest/", "documents/petition/", "documents/two/", "documents/untitled/", "documents/about/", "organizations/", "people/",
  "years/", "years/1921/", "years/1922/", "years/undated/", "kinds/", "kinds/letter/", "languages/", "languages/el/", "topics/", "collections/", "collections/a/",
  "box/", "data/", "changes/", "about/", "search/", "search/?q=στέγη", "search/?q=στέγη&from=1922", "search/?q=στεγ&page=9", "search/?q=ανύπαρκτο",
];

/** What a page says in its own language, attributes included; runs in the page. */
function said() {
  const { lang } = document.documentElement;
  const own = (element) => element.closest("[lang]").lang === lang && !element.closest("script, noscript, style, code, pre, template");
  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) if (own(node.parentElement)) texts.push(node.data);
  for (const name of ["aria-label", "title", "placeholder", "alt"]) {
    for (const element of document.querySelectorAll(`[${name}]:not(.Z3988)`)) if (own(element)) texts.push(element.getAttribute(name));
  }
  return texts;
}

/** The words of a text, without addresses and names of files. */
const words = (text) => text.replace(/https?:\/\/\S+|[\w/-]+\.(csv|json\w*|xml|txt)/g, " ").match(/[A-Za-zÀ-ÿ]{3,}/g) ?? [];

/** The words of a language of the interface. */
async function wordsOf(tag) {
  const text = await readFile(fileURLToPath(new URL(`../../themes/default/i18n/${tag}.toml`, import.meta.url)), "utf8");
  return new Set([...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].flatMap(([, value]) => words(value)).map((word) => word.toLowerCase()));
}

for (const tag of ["ko", "de"]) {
  test(`no English word is in the pages in ${tag}, nor in the results of a search there`, async () => {
    const [english, here] = await Promise.all([wordsOf("en"), wordsOf(tag)]);
    const leaks = (text) => words(text).filter((word) => {
      const small = word.toLowerCase();
      return english.has(small) && !here.has(small) && !EVERYWHERE.test(word);
    });
    await withPage(site, {}, async (page) => {
      const found = [];
      for (const path of PAGES) {
        await open(page, site, `${tag}/${path}`);
        if (path.includes("?q=")) {
          await page.waitForFunction(() => /\d|없|kein/i.test(document.querySelector("[data-status]").textContent));
          await page.waitForLoadState("networkidle");
        }
        await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
        for (const text of await page.evaluate(said)) {
          const leaked = leaks(text);
          if (leaked.length > 0) found.push(`${path}: ${leaked.join(", ")} in “${text.trim().slice(0, 120)}”`);
        }
      }
      assert.deepEqual([...new Set(found)], []);
    });
  });
}

test("a result names a crowd, a date of any form and a document without a title in the reader's words", () =>
  withPage(site, {}, async (page) => {
    await open(page, site, "ko/search/?q=στέγη&sort=oldest");
    await page.waitForSelector(".search-ready");
    const results = await page.locator("[data-list] li").evaluateAll((items) => items.map((item) => `${item.querySelector("h3").textContent}: ${item.querySelector(".search-meta").textContent}`));
    for (const expected of [
      "Αίτηση: 1921년 3월 14일 · 공개서한 · 보낸 이 Άννα 0 외 52인 · 받는 이 Εταιρεία",
      "Δύο: 1921–1923 · 회의록 · 보낸 이 Άννα 0, Άννα 1",
      "제목 없는 서한: 1920년대 · 서한 · 보낸 이 Εταιρεία · 받는 이 Ελένη",
      "Περίπου: 1922년 5월경 · 서한 · 보낸 이 Εταιρεία · 받는 이 Ελένη",
    ]) {
      assert.ok(results.includes(expected), `${expected} in\n${results.join("\n")}`);
    }
    assert.ok(results.some((result) => result.startsWith("Πριν: 1925 이전")), results.join("\n"));
    assert.ok(results.some((result) => result.startsWith("Άνοιξη: 1923년 봄")), results.join("\n"));
    assert.ok(results.some((result) => result.startsWith("Ή: 1922년 4월 3일 또는 1922년 5월 3일")), results.join("\n"));
    // The export names people, not a phrase.
    const rows = await page.evaluate(async () => {
      const { open } = await import(new URL("../../search/api.js", location.href).href);
      const archive = await open();
      const { results } = await archive.search("στέγη", { sort: "oldest" });
      archive.close();
      return results.map(({ creators, unnamed }) => [creators.length, unnamed.creators]);
    });
    assert.ok(rows.some(([named, more]) => named === 8 && more === 45), JSON.stringify(rows));
    assertCalm(page, "results in Korean");
  }));
