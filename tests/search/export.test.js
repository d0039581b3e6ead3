import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

// The theme's file is a module; it is read as text, since nothing beside it says so to Node.
const source = readFileSync(new URL("../../themes/default/static/search-export.js", import.meta.url), "utf8");
const { exportAs } = await import(`data:text/javascript,${encodeURIComponent(source)}`);

const RESULT = {
  url: "documents/a-letter/",
  title: ["Letter, on ", "“rights”", " & 100 % {x}"],
  date: "2008-11-19",
  dateWords: "19 November 2008",
  kind: "letter",
  kindLabel: "Letter",
  language: "en",
  creators: ["Ban Ki-moon"],
  recipients: ["Stephen J. Solarz"],
  references: ["28-09713"],
  unnamed: { creators: 0, recipients: 0 },
};
const write = (format, results = [RESULT]) => exportAs(format, results, "https://example.org/archive/").text();

test("CSV quotes what it must and runs no formula", async () => {
  const text = await write("csv", [RESULT, { ...RESULT, title: ['=HYPERLINK("x")'] }]);
  const [head, first, second] = text.split("\r\n");
  assert.equal(head, "title,date,kind,language,creators,recipients,references,url");
  assert(first.startsWith('"Letter, on “rights” & 100 % {x}",2008-11-19,letter,en,'));
  assert(second.startsWith(`"'=HYPERLINK(""x"")",`));
});

test("RIS has a type first and an end last", async () => {
  const lines = (await write("ris")).trimEnd().split("\r\n");
  assert.equal(lines[0], "TY  - PCOMM");
  assert(lines.includes("DA  - 2008/11/19/"));
  assert.equal(lines.at(-1), "ER  -");
});

test("BibTeX escapes and never repeats a key", async () => {
  const text = await write("bib", [RESULT, RESULT]);
  assert(text.includes("{Letter, on “rights” \\& 100 \\% \\{x\\}}"));
  const crowd = await write("bib", [{ ...RESULT, unnamed: { creators: 51, recipients: 0 } }]);
  assert(crowd.includes("author = {{Ban Ki-moon} and others},"), crowd);
  assert.deepEqual([...text.matchAll(/@misc\{([^,]+)/g)].map((match) => match[1]), ["a-letter", "a-letter-2"]);
});

test("CSL-JSON has names, dates and the recipient", async () => {
  const [item, about] = JSON.parse(await write("json", [RESULT, { ...RESULT, date: "2009~", dateWords: "about 2009" }]));
  assert.equal(item.type, "personal_communication");
  assert.deepEqual(item.issued, { "date-parts": [[2008, 11, 19]] });
  assert.deepEqual(item.recipient, [{ literal: "Stephen J. Solarz" }]);
  assert.deepEqual(about.issued, { literal: "about 2009" });
});
