import assert from "node:assert/strict";
import { test } from "node:test";

import { Files } from "../../src/search/reader/files.js";
import { matchItem } from "../../src/search/reader/match.js";
import { parse } from "../../src/search/reader/query.js";
import { openIndex } from "./open.js";

const engine = await openIndex();

/** Addresses of the results, without their frame. */
async function find(query, request = {}) {
  const answer = await engine.search({ query, size: 100, ...request });
  return answer.results.map(({ url }) => url.slice("documents/".length, -1));
}

const OPEN = "open-letter-on-abductions";
const REPORT = "report-of-the-commission-of-inquiry";
const KOREAN = "북한인권위원회의-공개-서한";
const BAN = "letter-from-ban-ki-moon-to-stephen-j--solarz";
const GERMAN = "brief-an-die-versammlung";
const UNDATED = "undated-memorandum";

/** Same documents in any order. */
const same = (found, wanted) => assert.deepEqual(found.sort(), wanted.sort());

test("all words must be there", async () => {
  same(await find("human dialogue"), [BAN]);
  same(await find("human nosuchword"), []);
});

test("case, accents, width and normal form do not matter", async () => {
  for (const query of ["ZURICH", "Zürich", "Ｚｕｒｉｃｈ", "Zu\u0308rich", "naive", "FACADE"]) same(await find(query), [REPORT]);
  same(await find("strassburg"), [GERMAN]);
});

test("forms of one stem are found, in the language of the document", async () => {
  same(await find("committed"), [REPORT]);
  assert.deepEqual(await find("letters"), await find("letter"), "no document holds that form");
  same(await find("rechte"), [GERMAN]);
  same(await find("watchers"), [OPEN]);
});

test("phrases stand in order and in one passage", async () => {
  same(await find('"human rights" -title:report -inquiry'), [OPEN, BAN, UNDATED, KOREAN]);
  same(await find('"rights of human"'), [OPEN]);
  same(await find("“Democratic People's Republic”"), [BAN]);
  same(await find('"delay human"'), []);
  same(await find('"human rights" dialogue'), [BAN]);
});

test("OR joins neighbours, - takes away", async () => {
  same(await find("dialogue OR naive"), [BAN, REPORT]);
  same(await find("human dialogue OR naive -korea"), [REPORT]);
  assert.equal((await find("-fishing")).length, 6);
  same(await find("rights NOT the"), [KOREAN]);
});

test("a beginning of too many words is told, and nothing is read for it", async () => {
  const { manifest } = engine.files;
  const starts = Array.from({ length: 100 }, (_, i) => `a${String(i).padStart(2, "0")}`);
  const many = { ...manifest, starts, counts: starts.map(() => 1), chunks: "0123456789".repeat(100) };
  const read = [];
  const files = new Files(many, async (name) => {
    read.push(name);
    throw new Error("nothing is there");
  });
  const { broad, documents } = await matchItem(files, parse("a*")[0].items[0], false);
  assert.equal(broad, true);
  assert.equal(documents.length, 0);
  assert.deepEqual(read, [`${manifest.lengths}.bin`], "the lengths are asked for before any query");
  await assert.rejects(matchItem(files, parse("a12*")[0].items[0], false), /nothing is there/, "one chunk is not too many");
});

test("a document is found by its own symbol, though its text has it not", async () => {
  same(await find("28-13454"), await find("ref:28-13454"));
  assert.equal((await find("28-13454")).length, 1);
});

test("prefixes", async () => {
  same(await find("dialo*"), [BAN]);
  same(await find("fishin*"), (await find("fishing")).slice());
});

test("fields", async () => {
  same(await find("title:letter -fishing"), [OPEN, BAN]);
  same(await find('title:"open letter"'), [OPEN]);
  same(await find("year:2014"), [REPORT, KOREAN]);
  same(await find("year:2014-2019"), [OPEN, REPORT, KOREAN]);
  same(await find("kind:report"), [REPORT, UNDATED]);
  same(await find('kind:"open letter" lang:ko'), [KOREAN]);
  same(await find("person:solarz"), [BAN]);
  same(await find("person:반기문"), [BAN]);
  same(await find("org:hrnk"), [OPEN, BAN]);
  same(await find('org:"north korea"'), [OPEN, BAN]);
  same(await find('org:"human korea"'), []);
  same(await find('org:"US committee"'), [OPEN, BAN]);
  same(await find("org:인권위원회"), [OPEN, BAN]);
  same(await find("ref:28-13454"), [BAN]);
  same(await find("ref:A/HRC/25"), [REPORT]);
  same(await find("topic:abductions"), [OPEN]);
});

test("an organization is found by any of its names", async () => {
  same(await find("HRNK"), [OPEN, BAN]);
  same(await find("NKHR"), [KOREAN]);
});

test("symbols and acronyms are found as such and inside longer ones", async () => {
  same(await find("A/HRC/25/63"), [REPORT, OPEN]);
  same(await find("HRC/25/63"), [REPORT, OPEN]);
  same(await find("A/HRC/25/63/Add.1"), [OPEN]);
  same(await find("DPRK"), [OPEN, REPORT]);
  same(await find("D.P.R.K."), [OPEN, REPORT]);
});

test("Korean is found inside compounds", async () => {
  same(await find("위원회"), [KOREAN, OPEN, BAN]);
  same(await find("총회"), [KOREAN]);
  same(await find("소"), [KOREAN]);
  same(await find("위원회 -HRNK"), [KOREAN]);
  same(await find("회총"), []);
});

test("an unknown word gives no hit and a suggestion", async () => {
  const answer = await engine.search({ query: "humna fishing" });
  assert.equal(answer.total, 0);
  assert.deepEqual(answer.unknown, ["humna"]);
  assert.equal(answer.suggestion, "human fishing");
});

test("a word being typed is a prefix", async () => {
  same(await find("human dialog", { typing: true }), [BAN]);
  same(await find("human dialog"), []);
});

test("orders", async () => {
  assert.deepEqual(await find('"human rights"', { sort: "newest" }), [OPEN, REPORT, KOREAN, BAN, UNDATED]);
  assert.deepEqual(await find('"human rights"', { sort: "oldest" }), [BAN, KOREAN, REPORT, OPEN, UNDATED]);
  assert.equal((await find("report"))[0], REPORT, "words of the title weigh more");
});

test("pages", async () => {
  const answer = await engine.search({ query: "fishing", page: 3, sort: "newest" });
  assert.equal(answer.total, 60);
  assert.equal(answer.results[0].url, "documents/fishing-letter-20/");
});

test("choices in a facet widen, facets narrow each other", async () => {
  same(await find("human", { filters: { organization: ["hrnk"] } }), [OPEN, BAN]);
  same(await find("human", { filters: { organization: ["hrnk", "general-assembly"] } }), [OPEN, BAN, REPORT]);
  same(await find("human", { filters: { organization: ["hrnk"], kind: ["letter"] } }), [BAN]);
  const facets = await engine.facets({});
  const counts = (name) => Object.fromEntries(facets.find((f) => f.name === name).choices.map((c) => [c.key, c.count]));
  assert.deepEqual(counts("organization"), { hrnk: 1 });
  assert.deepEqual(counts("kind"), { letter: 1, "open-letter": 1 });
});

test("an organization is chosen among many by the start of any name", async () => {
  await engine.search({ query: "" });
  const choices = await engine.values("organization", "hrn");
  assert.deepEqual(choices, [
    { key: "hrnk", label: "Committee for Human Rights in North Korea", count: 2, chosen: false },
  ]);
  assert.equal((await engine.values("organization", "위원회")).length, 1);
  assert.equal((await engine.values("organization", "without")).length, 0, "no document, no choice");
});

test("date ranges hold certainly or possibly", async () => {
  const dates = { from: "2014-11-05", to: "2018-06-30" };
  same(await find("-fishing", dates), [OPEN, REPORT, KOREAN, UNDATED]);
  same(await find("-fishing", { ...dates, certainly: true }), [REPORT]);
  same(await find("", { from: "2014-11-10", to: "2014-11-10", certainly: true }), [REPORT]);
});

test("a range may be given by years and months", async () => {
  same(await find("-fishing", { from: "2018", to: "2018-02" }), await find("-fishing", { from: "2018-01-01", to: "2018-02-28" }));
  same(await find("", { from: "2014-11", to: "2014", certainly: true }), await find("", { from: "2014-11-01", to: "2014-12-31", certainly: true }));
  assert.equal((await find("-fishing", { from: "yesterday" })).length, 6, "what is no date is no limit");
});

test("the passage shown is the one that holds the words", async () => {
  await engine.search({ query: '"human rights" dialogue' });
  const passage = engine.passage(["Nothing here.", "On dialogue and human rights.", "human"]);
  assert.deepEqual(passage, {
    index: 1,
    pieces: ["On ", "dialogue", " and ", "human rights", "."],
    forms: ["dialogue", "human rights"],
  });
  await engine.search({ query: "위원회" });
  assert.deepEqual(engine.passage(["북한인권위원회는"]).pieces, ["북한인권", "위원회", "는"]);
  await engine.search({ query: "zurich" });
  assert.deepEqual(engine.passage(["In Zu\u0308rich’s lake"]).pieces, ["In ", "Zu\u0308rich", "’s lake"]);
});

/** A generator of numbers below a limit, the same in every run. */
function seeded(seed) {
  return (limit) => (seed = (seed * 48271) % 2147483647) % limit;
}

const PARTS = [
  '"', "“", "”", "「", "-", "–", "OR", "NOT", "|", "*", "＊", "title:", "year:", "ref:", "org:", "person:", "kind:", "lang:", "topic:", ":", "a",
  "human", "rights", "위", "북한", "A/1", "/", "1990-", "..", " ", "  ", "\u0301", "\u200d", "😀", "(", ")", "\\", "𝒜", "\ud800", "\0", "'s", "’s", "D.P.", "ﬁ", "%", "&", "<b>",
];

test("no query fails, however malformed", async () => {
  const random = seeded(1);
  for (let i = 0; i < 3000; i++) {
    const query = Array.from({ length: random(9) }, () => PARTS[random(PARTS.length)]).join("");
    const answer = await engine.search({ query, typing: i % 2 === 0 });
    assert(answer.total >= 0 && answer.results.length <= 10, query);
    engine.passage(["Some human text, 위원회 A/1 😀"]);
  }
});

test("every text is a query whose items stand where they were read", () => {
  const random = seeded(7);
  for (let i = 0; i < 5000; i++) {
    const any = () => (random(3) ? PARTS[random(PARTS.length)] : String.fromCodePoint(random(0x10ffff)));
    const query = Array.from({ length: random(30) }, any).join("");
    for (const { items } of parse(query)) {
      assert(items.length > 0, query);
      for (const { text, range, parts } of items) {
        assert.equal(query.slice(...range), text, query);
        assert(parts.length > 0 && parts[0].offset === 0, query);
      }
    }
  }
});

test("the time to read a query grows with its length alone", () => {
  for (const part of ['"', "a.", "a-1/", "-", "title:", "위", "\u0301", "a\u0301", "OR ", "'s"]) assert(parse(part.repeat(20_000)).length >= 0);
});
