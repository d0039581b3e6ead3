import { readPositions } from "./decode.js";
import { fold, isIdeograph, tokens } from "./analysis.js";
import { formsOf, spellingsOf } from "./forms.js";

/**
 * Which documents an item of a query matches.
 *
 * @typedef {import("./files.js").Files} Files
 * @typedef {import("./decode.js").Entry} Entry
 * @typedef {import("./query.js").Item} Item
 * @typedef {import("./query.js").Part} Part
 * @typedef {{ offset: number, words: Set<string>, prefix: string }} MarkPart
 * @typedef {{ parts: MarkPart[], weight: number }} Mark what to mark in texts: tokens at these distances
 * @typedef {{ ends: Uint32Array, values: Int32Array }} Places for each of some documents its positions: those of the nth
 *   from the nth end to the next
 * @typedef {object} Match
 * @property {Uint32Array} documents sorted
 * @property {Float32Array} scores
 * @property {Mark[]} marks
 * @property {string[]} missing words of it that are in no document in any form
 * @property {boolean} [broad] whether more words begin as one of it than are looked up
 */

const TITLE_POSITIONS = 64;
const TITLE_BONUS = 0.6;
const MATE_WEIGHT = 0.8;
/** BM25 with k1 = 1.2 and b = 0.75. */
const SATURATION = 2.2;
/** The most that a document has without the form that was typed: those with it come first. */
const OWN_BONUS = SATURATION + TITLE_BONUS;
/** Words that one of a phrase may stand for: the positions of all of them are read. */
const MOST_FORMS = 200;
/** Terms of other kinds than words hold one of these: tails of symbols, pairs, `ref:` and the like. */
const NO_WORD = /[-/._:\s]/;

/**
 * @param {Files} files
 * @param {Item} item
 * @param {boolean} typing whether its last word may be unfinished
 * @returns {Promise<Match>}
 */
export async function matchItem(files, item, typing) {
  switch (item.field) {
    case "":
    case "title":
      return matchText(files, item, typing);
    case "ref":
      return matchEntries(files, { own: (await symbolEntries(files, `ref:${fold(item.text).trim()}`)) ?? [], mates: [] }, []);
    case "org":
      return matchNames(files, item, "organization");
    case "person":
      return matchNames(files, item, "person");
    default:
      return matchValues(files, item, item.field === "lang" ? "language" : item.field);
  }
}

/**
 * @param {Files} files
 * @param {Item} item
 * @param {boolean} typing
 * @returns {Promise<Match>}
 */
async function matchText(files, item, typing) {
  const inTitle = item.field === "title";
  if (item.symbol && !inTitle) {
    // It is that of a document, or stands in its text.
    const found = await Promise.all([item.symbol, `ref:${item.symbol}`].map((symbol) => symbolEntries(files, symbol)));
    const entries = found.flatMap((list) => list ?? []);
    if (entries.length > 0) return matchEntries(files, { own: entries, mates: [] }, sequenceOf(item.parts));
  }
  const [match, ...others] = await Promise.all([
    matchWords(files, item.parts, item.quoted, typing, inTitle),
    ...item.others.map((parts) => matchWords(files, parts, item.quoted, false, inTitle)),
  ]);
  return eitherOf(files, match, others);
}

/**
 * Documents with words at their distances.
 * @param {Files} files
 * @param {Part[]} parts
 * @param {boolean} isExact
 * @param {boolean} typing
 * @param {boolean} inTitle
 * @returns {Promise<Match>}
 */
async function matchWords(files, parts, isExact, typing, inTitle) {
  const alone = parts.length === 1;
  const sequence = sequenceOf(parts);
  const found = await Promise.all(parts.map((part) => wordEntries(files, part, alone && !isExact, typing)));
  found.forEach(({ own, mates, prefix }, i) => {
    if (prefix) sequence[i].prefix = prefix;
    else for (const entry of [...(own ?? []), ...mates]) sequence[i].words.add(entry.text);
  });
  if (found.some(({ own }) => !own || (!alone && own.length > MOST_FORMS))) return { ...NOTHING(), broad: true };
  const forms = found.map(({ own, mates }) => ({ own: own ?? [], mates }));
  const missing = parts.filter((_, i) => forms[i].own.length + forms[i].mates.length === 0).map(({ text }) => text);
  const compounds = alone ? found[0].compounds.map(({ text, lengths }) => compoundParts(text, lengths)) : [];
  const match = missing.length > 0
    ? { ...NOTHING(), missing }
    : await (alone ? matchEntries(files, forms[0], sequence, inTitle) : matchPhrase(files, parts, forms.map(({ own }) => own), sequence, inTitle));
  const others = await Promise.all(compounds.map((compound) => matchWords(files, compound, true, false, inTitle)));
  return eitherOf(files, match, others);
}

/**
 * The words of a compound without its hyphens.
 * @param {string} text
 * @param {number[]} lengths
 * @returns {Part[]}
 */
function compoundParts(text, lengths) {
  let end = 0;
  return lengths.map((length, offset) => ({ text: text.slice(end, (end += length)), offset, prefix: false }));
}

/**
 * What to mark of words at their distances.
 * @param {Part[]} parts
 * @returns {MarkPart[]}
 */
function sequenceOf(parts) {
  return parts.map((part) => ({ offset: part.offset, words: new Set([part.text]), prefix: "" }));
}

/**
 * Documents that match as typed, and after them those that match in another way.
 * @param {Files} files
 * @param {Match} match
 * @param {Match[]} others
 * @returns {Match}
 */
function eitherOf(files, match, others) {
  const found = others.filter(({ documents }) => documents.length > 0);
  if (found.length === 0) return match;
  const scores = new Float32Array(files.limits.documents);
  const isFound = new Uint8Array(files.limits.documents);
  let most = 0;
  for (const { documents, scores: own } of found) {
    documents.forEach((document, i) => {
      isFound[document] = 1;
      scores[document] = Math.max(scores[document], MATE_WEIGHT * own[i]);
      most = Math.max(most, scores[document]);
    });
  }
  match.documents.forEach((document, i) => {
    isFound[document] = 1;
    scores[document] = most + Math.max(scores[document], match.scores[i]);
  });
  const documents = indexesWhere(isFound);
  const marks = [match, ...found].flatMap((one) => one.marks);
  return { documents, scores: Float32Array.from(documents, (document) => scores[document]), marks, missing: [], broad: match.broad };
}

/** @returns {Match} */
const NOTHING = () => ({ documents: new Uint32Array(), scores: new Float32Array(), marks: [], missing: [] });

/**
 * The entries of a word, and the prefix they share if that is how they were found; no own ones if too many share it.
 * @param {Files} files
 * @param {Part} part
 * @param {boolean} stems
 * @param {boolean} typing
 * @returns {Promise<{ own: Entry[] | undefined, mates: Entry[], compounds: { text: string, lengths: number[] }[], prefix: string }>}
 */
async function wordEntries(files, part, stems, typing) {
  const { text, prefix } = part;
  /** @type {() => Promise<{ own: Entry[], mates: Entry[], compounds: { text: string, lengths: number[] }[], prefix: string }>} */
  const whole = async () => ({ ...(await formsOf(files, text, stems)), prefix: "" });
  if (!prefix) {
    // What is being typed is read as the beginning of a word; only if none begins so, it is stemmed.
    const isUnfinished = typing && text.length >= 3 && (await formsOf(files, text, false)).own.length === 0;
    if (!isUnfinished) return whole();
  }
  const entries = await files.entriesFrom(text);
  const own = entries?.filter((entry) => entry.count > 0 && !NO_WORD.test(entry.text));
  return !prefix && own?.length === 0 ? whole() : { own, mates: [], compounds: [], prefix: text };
}

/**
 * The entries of a symbol and of those that continue it.
 * @param {Files} files
 * @param {string} symbol
 */
async function symbolEntries(files, symbol) {
  const entries = await files.entriesFrom(symbol);
  return entries?.filter(({ text }) => text.length === symbol.length || /[-/._\s]/.test(text[symbol.length]));
}

/**
 * Documents with any of some entries; those of the word itself count most.
 * @param {Files} files
 * @param {{ own: Entry[], mates: Entry[] }} entries
 * @param {MarkPart[]} sequence
 * @param {boolean} [inTitle]
 * @returns {Promise<Match>}
 */
async function matchEntries(files, { own, mates }, sequence, inTitle = false) {
  const sums = new Float32Array(files.limits.documents);
  const titles = new Uint8Array(files.limits.documents);
  const areOwn = new Uint8Array(files.limits.documents);
  const [lengths, average] = await Promise.all([files.lengths(), files.averageLength()]);
  for (const entry of [...own, ...mates]) {
    const lists = files.lists(entry);
    const isOwn = own.includes(entry);
    const weight = (isOwn ? 1 : MATE_WEIGHT) * SATURATION;
    const { documents, frequencies } = lists;
    for (let at = 0; at < documents.length; at++) {
      const document = documents[at];
      sums[document] += (weight * frequencies[at]) / (frequencies[at] + 0.3 + (0.9 * lengths[document]) / average);
      if (isOwn) areOwn[document] = 1;
    }
    for (let at = 0; at < lists.titles.length; at++) titles[lists.titles[at]] = 1;
  }
  const documents = indexesWhere(inTitle ? titles : sums);
  const idf = inverseFrequency(files, documents.length);
  const scores = new Float32Array(documents.length);
  const bonus = mates.length > 0 ? OWN_BONUS : 0;
  for (let at = 0; at < documents.length; at++) {
    const document = documents[at];
    scores[at] = idf * (Math.min(sums[document], SATURATION) + titles[document] * TITLE_BONUS + areOwn[document] * bonus);
  }
  return { documents, scores, marks: sequence.length ? [{ parts: sequence, weight: idf }] : [], missing: [] };
}

/**
 * Documents in which words stand at their distances from each other.
 * @param {Files} files
 * @param {Part[]} parts
 * @param {Entry[][]} entries
 * @param {MarkPart[]} sequence
 * @param {boolean} inTitle
 * @returns {Promise<Match>}
 */
async function matchPhrase(files, parts, entries, sequence, inTitle) {
  /** @type {(list: Entry[]) => Promise<Uint32Array>} */
  const documentsOf = async (list) => {
    if (list.length === 1 && !inTitle) return files.lists(list[0]).documents;
    return (await matchEntries(files, { own: list, mates: [] }, [], inTitle)).documents;
  };
  const matches = await Promise.all(entries.map(documentsOf));
  const pairs = await Promise.all(parts.slice(1).map((_, i) => pairOf(files, parts, entries, i)));
  if (pairs.length === 1 && pairs[0] && !inTitle) {
    // A word of ideographs is a phrase, whether its characters are common or not.
    return isIdeograph([...parts[0].text][0]) ? matchPair(files, pairs[0], sequence) : matchEntries(files, { own: pairs[0], mates: [] }, sequence);
  }
  const paired = pairs.flatMap((pair) => (pair ? [pair.length > 0 ? files.lists(pair[0]).documents : new Uint32Array()] : []));
  let candidates = intersect([...matches, ...paired]);
  /** @type {Places | undefined} where the phrase may start in each candidate */
  let starts;
  // Words with few positions come first: of the others only what concerns the documents that remain is read.
  const isCommon = entries.map((list) => list.some((entry) => entry.positions.length > 1));
  for (const wave of [false, true]) {
    const words = parts.flatMap(({ offset }, i) => (isCommon[i] === wave ? [{ offset, entries: entries[i] }] : []));
    const positions = await Promise.all(words.map((word) => positionsOf(files, word.entries, candidates)));
    words.forEach(({ offset }, p) => (starts = together(starts, positions[p], offset)));
    if (starts) [candidates, starts] = remaining(candidates, starts);
  }
  /** @type {number[][]} */
  const found = [];
  candidates.forEach((document, i) => {
    const all = starts ? starts.values.subarray(starts.ends[i], starts.ends[i + 1]) : [];
    const count = inTitle ? all.filter((start) => start < TITLE_POSITIONS).length : all.length;
    if (count === 0) return;
    found.push([document, phraseScore(count, all[0] < TITLE_POSITIONS)]);
  });
  return foundPhrase(files, found, sequence);
}

/**
 * Documents that hold a pair, as if its positions had been read.
 * @param {Files} files
 * @param {Entry[]} pair its entry, if there is one
 * @param {MarkPart[]} sequence
 * @returns {Match}
 */
function matchPair(files, pair, sequence) {
  const found = pair.flatMap((entry) => {
    const { documents, frequencies, titles } = files.lists(entry);
    const inTitle = new Set(titles);
    return Array.from(documents, (document, i) => [document, phraseScore(frequencies[i], inTitle.has(document))]);
  });
  return foundPhrase(files, found, sequence);
}

/**
 * @param {number} count how often a document holds the phrase
 * @param {boolean} inTitle
 */
function phraseScore(count, inTitle) {
  return (SATURATION * count) / (count + 1) + (inTitle ? TITLE_BONUS : 0);
}

/**
 * @param {Files} files
 * @param {number[][]} found documents with their scores
 * @param {MarkPart[]} sequence
 * @returns {Match}
 */
function foundPhrase(files, found, sequence) {
  const idf = inverseFrequency(files, found.length);
  return {
    documents: Uint32Array.from(found, ([document]) => document),
    scores: Float32Array.from(found, ([, score]) => idf * score),
    marks: [{ parts: sequence, weight: idf }],
    missing: [],
  };
}

/**
 * The entry of two common words side by side; none if they never are; nothing if they are not such words.
 * @param {Files} files
 * @param {Part[]} parts
 * @param {Entry[][]} entries
 * @param {number} i number of the first of them
 * @returns {Promise<Entry[] | undefined>}
 */
async function pairOf(files, parts, entries, i) {
  const [left, right] = parts.slice(i, i + 2);
  const areCommon = [...entries[i], ...entries[i + 1]].every((entry) => entry.common);
  if (!areCommon || left.prefix || right.prefix || right.offset !== left.offset + 1) return undefined;
  const entry = await files.entry(` ${left.text} ${right.text}`);
  return entry ? [entry] : [];
}

/**
 * The starts of a phrase that a word at its distance from them allows; all that it allows if there are none yet.
 * @param {Places | undefined} starts
 * @param {Places} positions
 * @param {number} offset
 * @returns {Places}
 */
function together(starts, positions, offset) {
  if (!starts) return { ends: positions.ends, values: positions.values.map((position) => position - offset) };
  const { ends, values } = starts;
  const left = new Uint32Array(ends.length);
  let kept = 0;
  for (let i = 0; i + 1 < ends.length; i++) {
    let at = positions.ends[i];
    const end = positions.ends[i + 1];
    for (let s = ends[i]; s < ends[i + 1]; s++) {
      const wanted = values[s] + offset;
      while (at < end && positions.values[at] < wanted) at++;
      // What is kept never overtakes what is read.
      if (at < end && positions.values[at] === wanted) values[kept++] = values[s];
    }
    left[i + 1] = kept;
  }
  return { ends: left, values };
}

/**
 * The candidates in which the phrase may still start somewhere, and where.
 * @param {Uint32Array} candidates
 * @param {Places} starts
 * @returns {[Uint32Array, Places]}
 */
function remaining(candidates, { ends, values }) {
  const isLeft = candidates.map((_, i) => Number(ends[i + 1] > ends[i]));
  const places = ends.filter((_, i) => i === 0 || isLeft[i - 1]);
  return [candidates.filter((_, i) => isLeft[i]), { ends: places, values }];
}

/**
 * For each candidate the positions of some entries. Only the files that hold candidates are read.
 * @param {Files} files
 * @param {Entry[]} entries
 * @param {Uint32Array} candidates
 * @returns {Promise<Places>}
 */
async function positionsOf(files, entries, candidates) {
  const wanted = entries.map((entry) => candidatePostings(files.lists(entry).documents, candidates));
  const ends = new Uint32Array(candidates.length + 1);
  entries.forEach((entry, e) => {
    const { frequencies } = files.lists(entry);
    wanted[e].postings.forEach((posting, i) => (ends[wanted[e].numbers[i] + 1] += frequencies[posting]));
  });
  for (let i = 1; i < ends.length; i++) ends[i] += ends[i - 1];
  const values = new Int32Array(ends[candidates.length]);
  const next = ends.slice(0, -1);
  await Promise.all(entries.map((entry, e) => addPositions(files, entry, wanted[e], values, next)));
  if (entries.length > 1) for (let i = 0; i < candidates.length; i++) if (ends[i + 1] > ends[i] + 1) values.subarray(ends[i], ends[i + 1]).sort();
  return { ends, values };
}

/**
 * The postings that are candidates, and their numbers among them.
 * @param {Uint32Array} documents
 * @param {Uint32Array} candidates
 */
function candidatePostings(documents, candidates) {
  const most = Math.min(documents.length, candidates.length);
  const [postings, numbers] = [new Uint32Array(most), new Uint32Array(most)];
  let count = 0;
  for (let i = 0, at = 0; i < candidates.length; i++) {
    while (at < documents.length && documents[at] < candidates[i]) at++;
    if (documents[at] !== candidates[i]) continue;
    postings[count] = at;
    numbers[count++] = i;
  }
  return { postings: postings.subarray(0, count), numbers: numbers.subarray(0, count) };
}

/**
 * @param {Files} files
 * @param {Entry} entry
 * @param {{ postings: Uint32Array, numbers: Uint32Array }} wanted
 * @param {Int32Array} values
 * @param {Uint32Array} next for each candidate where its next position goes
 */
async function addPositions(files, entry, { postings, numbers }, values, next) {
  const lists = files.lists(entry);
  await Promise.all(
    entry.positions.map(async ({ first, file, offset }, i) => {
      const start = firstFrom(postings, first);
      const end = firstFrom(postings, entry.positions[i + 1]?.first ?? lists.documents.length);
      if (start === end) return;
      const [bytes, lengths] = await Promise.all([files.bytes(file), files.lengths()]);
      readPositions(bytes, offset, lists, lengths, first, postings.subarray(start, end), (at, positions, count) => {
        const candidate = numbers[start + at];
        for (let p = 0; p < count; p++) values[next[candidate]++] = positions[p];
      });
    }),
  );
}

/**
 * The place of the first number of a sorted list that is not below a limit.
 * @param {Uint32Array} numbers
 * @param {number} limit
 */
function firstFrom(numbers, limit) {
  const at = numbers.findIndex((number) => number >= limit);
  return at < 0 ? numbers.length : at;
}

/**
 * Documents of the organizations or people who have a name with these words side by side.
 * @param {Files} files
 * @param {Item} item
 * @param {"organization" | "person"} name
 * @returns {Promise<Match>}
 */
async function matchNames(files, item, name) {
  const facet = files.facet(name);
  if (!facet) return NOTHING();
  const list = name === "organization" ? "organizations" : "people";
  /** @param {Entry[]} entries */
  const values = (entries) => Uint32Array.from(new Set(entries.flatMap((entry) => [...files.lists(entry)[list]]))).sort();
  const sets = item.parts.map(async ({ text, prefix }) => {
    if (prefix) return values((await files.entriesFrom(text)) ?? []);
    const { entry, spelt } = await spellingsOf(files, text);
    return values(entry ? [entry, ...spelt] : spelt);
  });
  let numbers = intersect(await Promise.all(sets));
  if (item.parts.length > 1) {
    const wanted = ` ${plain(item.text)} `;
    const names = await files.names(facet, [...numbers]);
    numbers = numbers.filter((_, i) => [names[i][1], ...names[i][2]].some((n) => ` ${plain(n)} `.includes(wanted)));
  }
  return matchLists(files, await files.facetLists(facet), numbers);
}

/**
 * Documents whose year, kind, language or topic is so called.
 * @param {Files} files
 * @param {Item} item
 * @param {string} name
 * @returns {Promise<Match>}
 */
async function matchValues(files, item, name) {
  const facet = files.facet(name);
  if (!facet) return NOTHING();
  const names = await files.names(facet);
  const wanted = plain(item.text);
  const range = /^(-?\d+) ?(?:\.\.|-|\u2013|\/) ?(-?\d+)$/.exec(item.text);
  const numbers = names.flatMap(([key, label, others], value) => {
    if (name === "year" && range) return +range[1] <= +key && +key <= +range[2] ? [value] : [];
    const forms = [key, label, ...others].map(plain);
    return forms.some((form) => form === wanted || (name === "topic" && ` ${form} `.includes(` ${wanted} `))) ? [value] : [];
  });
  return matchLists(files, await files.facetLists(facet), numbers);
}

/**
 * A text as its tokens alone.
 * @param {string} text
 */
function plain(text) {
  const found = tokens(fold(text)).filter((token) => token.kind === "word");
  return found.map((token) => token.text).join(" ");
}

/**
 * @param {Files} files
 * @param {Uint32Array[]} lists
 * @param {ArrayLike<number>} numbers
 * @returns {Match}
 */
function matchLists(files, lists, numbers) {
  const hits = new Uint8Array(files.limits.documents);
  for (const number of Array.from(numbers)) for (const document of lists[number]) hits[document] = 1;
  const documents = indexesWhere(hits);
  return { documents, scores: new Float32Array(documents.length), marks: [], missing: [] };
}

/**
 * BM25's weight of a word that so many documents hold.
 * @param {Files} files
 * @param {number} count
 */
function inverseFrequency(files, count) {
  return Math.log(1 + (files.limits.documents - count + 0.5) / (count + 0.5));
}

/**
 * @param {Uint32Array[]} sets sorted
 * @returns {Uint32Array}
 */
function intersect(sets) {
  const [smallest, ...others] = [...sets].sort((a, b) => a.length - b.length);
  return others.reduce((left, right) => {
    let at = 0;
    return left.filter((number) => {
      while (at < right.length && right[at] < number) at++;
      return right[at] === number;
    });
  }, smallest);
}

/** @param {Float32Array | Uint8Array} values */
export function indexesWhere(values) {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i]) count++;
  const indexes = new Uint32Array(count);
  for (let i = 0, at = 0; i < values.length; i++) if (values[i]) indexes[at++] = i;
  return indexes;
}
