import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { openIndex } from "./open.js";

const read = (name) => JSON.parse(readFileSync(process.env[name], "utf8"));

/** Numbers of the documents found, best first. */
async function find(engine, query, request = {}) {
  const { results } = await engine.search({ query, size: 10_000, ...request });
  return results.map(({ url }) => Number(url));
}

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);

test("the reader's stems are those of the writer", async () => {
  const engine = await openIndex(process.env.FONDS_LANGUAGES);
  const stemmers = new Map(await engine.files.stemmers());
  const wanted = Object.entries(read("FONDS_STEMS"));
  assert.equal(stemmers.size, 18);
  assert.equal(wanted.length, 18);
  for (const [tag, words] of wanted) {
    const stemmer = stemmers.get(tag);
    for (const [word, stem] of words) assert.equal(stemmer.stem(word), stem, `${tag}: ${word}`);
  }
});

test("every form of a word finds what its stem does, whether or not it is in the index", async () => {
  let unknown = 0;
  for (const { manifest, expectations } of read("FONDS_FORMS")) {
    const engine = await openIndex(manifest);
    const { exact, queries } = expectations;
    assert(queries.length >= 1000);
    for (const [query, documents] of queries) {
      const found = await find(engine, query);
      if (exact) assert.deepEqual(sorted(found), documents, query);
      else for (const document of documents) assert(found.includes(document), query);
      unknown += Number(!(await engine.files.entry(query)));
    }
  }
  assert(unknown > 2000, `${unknown} forms are in no index`);
});

const [MUELLER, MUELLER_ENGLISH, CAMP, CAMP_JOINED, COMMITTEE_KOREAN, RIGHTS_KOREAN, GERMAN, UNDATED] = [0, 1, 2, 3, 4, 5, 6, 7];
const engine = await openIndex(process.env.FONDS_SPELLINGS);

test("forms that no document holds find their word", async () => {
  assert.deepEqual(await find(engine, "gulag"), [CAMP]);
  assert.deepEqual(sorted(await find(engine, "committee")), [MUELLER_ENGLISH, CAMP_JOINED]);
  assert.deepEqual(sorted(await find(engine, "title:committee")), []);
  assert.deepEqual(await find(engine, '"gulag"'), [], "a word between quotes is its form alone");
  assert.deepEqual(sorted(await find(engine, "gulag OR haus")), [MUELLER, CAMP]);
});

test("a stem of one language does not find a word of another", async () => {
  // In German, `campen` is a form of `camp`; no German text has one.
  assert.deepEqual(await find(engine, "campen"), []);
  assert.deepEqual(await find(engine, "camps"), [CAMP]);
});

test("while a word is typed, nothing is stemmed that begins a word", async () => {
  const fresh = await openIndex(process.env.FONDS_SPELLINGS);
  assert.deepEqual(sorted(await find(fresh, "commi", { typing: true })), [MUELLER_ENGLISH, CAMP_JOINED]);
  const programs = fresh.files.manifest.stemmers.map(([, file]) => `${file}.bin`);
  const areRead = () => programs.filter((program) => fresh.read.some(({ name }) => name === program)).length;
  assert.equal(areRead(), 0);
  assert.deepEqual(await find(fresh, "gulagged", { typing: true }), [CAMP], "what begins no word is stemmed");
  assert.equal(areRead(), 2, "English and German");
});

test("the form that was typed comes first", async () => {
  for (const [typed, first] of [["committee", CAMP_JOINED], ["committees", MUELLER_ENGLISH]]) {
    assert.equal((await find(engine, typed))[0], first, typed);
  }
});

test("umlauts may be transliterated", async () => {
  for (const query of ["Mueller", "Müller", "Mu\u0308ller", '"mueller"', '"Herr Mueller" OR "Mr Müller"', "Muellers"]) {
    assert.deepEqual(sorted(await find(engine, query)), [MUELLER, MUELLER_ENGLISH], query);
  }
  assert.deepEqual(await find(engine, "Muller"), [MUELLER], "nobody knows that `u` was written `ue`");
  assert.deepEqual(await find(engine, "Haeuser"), [MUELLER]);
  assert.deepEqual(await find(engine, "Haeusern"), [MUELLER]);
  assert.deepEqual(await find(engine, "du"), [], "`due` is no umlaut");
  assert.deepEqual(await find(engine, "Johannas"), [GERMAN]);
  assert.deepEqual(await find(engine, "Johannaes"), [MUELLER], "a form of `Johanna` has no umlaut");
});

test("hyphens do not matter, nor CamelCase", async () => {
  for (const query of ["kwanliso", "Kwan-li-so", "kwan\u2011li\u2011so"]) assert.deepEqual(sorted(await find(engine, query)), [CAMP, CAMP_JOINED, UNDATED], query);
  assert.deepEqual(await find(engine, '"kwan-li-so, or political"'), [CAMP], "phrases lose nothing");
  for (const query of ["rights", "watch", "HumanRightsWatch", "humanrights*"]) assert.deepEqual(await find(engine, query), [CAMP], query);
  await engine.search({ query: "rights" });
  assert.deepEqual(engine.passage(["of HumanRightsWatch."]).pieces, ["of ", "HumanRightsWatch", "."]);
  assert.deepEqual(await find(engine, "PoliticalCamp"), [CAMP], "what is typed is cut, too");
});

test("Korean particles do not matter", async () => {
  for (const query of ["위원회", "위원회를", "위원회에서는", "위원회의"]) assert.deepEqual(sorted(await find(engine, query)), [COMMITTEE_KOREAN, RIGHTS_KOREAN], query);
  assert.equal((await find(engine, "위원회에서"))[0], RIGHTS_KOREAN, "what was typed comes first");
  assert.equal((await find(engine, "위원회는"))[0], COMMITTEE_KOREAN);
  assert.deepEqual(await find(engine, '"위원회를"'), [], "between quotes they do");
  assert.deepEqual(await find(engine, "DPRK는"), [RIGHTS_KOREAN]);
});

test("what finds nothing is told, with ways on", async () => {
  const ask = (query, request = {}) => engine.search({ query, ...request });
  const answer = await ask("comittee zzxqy wrote");
  assert.equal(answer.total, 0);
  assert.deepEqual(answer.unknown, ["comittee", "zzxqy"]);
  assert.equal(answer.without, "wrote");
  assert.equal((await ask("zzxqy")).suggestion, undefined, "nothing is near");
  assert.equal((await ask("zzxqy")).without, undefined, "nothing is left");
  assert.equal((await ask("comittees")).suggestion, "committees");
  assert.equal((await ask("teh")).suggestion, undefined, "a short word is near to too many");
  assert.equal((await ask('wrote OR x "zzxqy camp"')).without, "wrote");
  assert.equal((await ask("wrote OR zzxqy")).without, undefined, "something was found");
  assert.equal((await ask('camp title:"zzxqy" OR qqqq')).without, "camp");
  assert.deepEqual((await ask('"political zzxqy"')).unknown, ["zzxqy"]);
  assert.equal((await ask("zzxqy committee", { from: "1900", to: "1901" })).without, undefined, "not in these years");
});

test("a date that is not sure is certainly within nothing", async () => {
  const dates = { from: "1958", to: "1958" };
  assert.deepEqual(sorted(await find(engine, "", dates)), [0, 1, 2, 3, 4, UNDATED]);
  assert.deepEqual(sorted(await find(engine, "", { ...dates, certainly: true })), [MUELLER, CAMP_JOINED]);
});

test("undated documents are left out or chosen", async () => {
  const dates = { from: "1957", to: "1957" };
  assert.deepEqual(await find(engine, "", { undated: "only" }), [UNDATED]);
  assert.deepEqual(sorted(await find(engine, "", { undated: "none" })), [0, 1, 2, 3, 4, 5, 6]);
  assert.deepEqual(sorted(await find(engine, "", { ...dates, undated: "none" })), [RIGHTS_KOREAN, GERMAN]);
  assert.deepEqual(await find(engine, "", { ...dates, undated: "only" }), [UNDATED]);
  assert.deepEqual(await find(engine, "", { ...dates, certainly: true, undated: "only" }), [UNDATED]);
});
