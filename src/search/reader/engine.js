import { indexesWhere, matchItem } from "./match.js";
import { bestPassage, markText } from "./marks.js";
import { isIdeograph, words } from "./analysis.js";
import { parse } from "./query.js";

/**
 * The search engine: queries in, results and facets out. It knows no page; `worker.js` speaks to one.
 *
 * @typedef {import("./files.js").Files} Files
 * @typedef {import("./match.js").Match} Match
 * @typedef {import("./query.js").Clause} Clause
 * @typedef {object} Request
 * @property {string} query
 * @property {Record<string, string[]>} [filters] for each facet the keys of the values chosen
 * @property {string} [from] first day, month or year: `YYYY-MM-DD`, `YYYY-MM`, `YYYY`
 * @property {string} [to] last one
 * @property {boolean} [certainly] whether all of a document's date must lie between them, and be sure
 * @property {"only" | "none"} [undated] whether only documents without a date are wanted, or none of them
 * @property {"relevance" | "newest" | "oldest"} [sort]
 * @property {number} [page] from 1
 * @property {number} [size] results of a page
 * @property {boolean} [typing] whether the last word may be unfinished
 *
 * @typedef {object} Result
 * @property {string} url
 * @property {string[]} title in pieces, every second one marked
 * @property {string} date
 * @property {string} dateWords
 * @property {string} kind its key
 * @property {string} kindLabel
 * @property {string} language BCP 47 tag
 * @property {string[]} creators at most eight of them from an index
 * @property {string[]} recipients
 * @property {{ creators: number, recipients: number }} unnamed how many more there are
 * @property {string[]} references
 *
 * @typedef {object} Answer
 * @property {number} total
 * @property {number} undated how many of them have no date
 * @property {Result[]} results of the page asked for
 * @property {string} [suggestion] a query with known words in place of unknown ones
 * @property {string[]} unknown words that are in no document
 * @property {string} [without] if nothing was found, the query without these words, if that finds something
 * @property {string[]} [broad] beginnings of so many words that they were not looked up
 *
 * @typedef {{ key: string, label: string, count: number, chosen: boolean }} Choice
 */

const DAY = 86_400_000;
/** Unknown words for which a known one is sought. */
const MOST_SUGGESTIONS = 4;

export class Engine {
  /** @param {Files} files */
  constructor(files) {
    this.files = files;
    this.turn = 0;
    /** @type {import("./match.js").Mark[]} */
    this.marks = [];
    this.hits = new Uint8Array();
    /** @type {Map<string, Uint8Array>} */
    this.masks = new Map();
    /** @type {Uint32Array} */
    this.ranking = new Uint32Array();
    /** @type {Record<string, string[]>} */
    this.filters = {};
  }

  /**
   * @param {Request} request
   * @returns {Promise<Answer>}
   */
  async search(request) {
    const clauses = parse(request.query);
    const turn = ++this.turn;
    /** @type {(clause: number, item: import("./query.js").Item) => boolean} */
    const typing = (clause, item) => {
      return Boolean(request.typing) && clause === clauses.length - 1 && item.range[1] === request.query.length;
    };
    /** @type {Map<string, Promise<Match>>} what is written twice is looked up once */
    const known = new Map();
    /** @type {(clause: number, item: import("./query.js").Item) => Promise<Match>} */
    const match = (clause, item) => {
      const key = JSON.stringify([item.field, item.text, item.quoted, item.parts.at(-1)?.prefix, typing(clause, item)]);
      const found = known.get(key) ?? matchItem(this.files, item, typing(clause, item));
      known.set(key, found);
      return found;
    };
    const [matches, masks] = await Promise.all([
      Promise.all(clauses.map((clause, i) => Promise.all(clause.items.map((item) => match(i, item))))),
      this.filterMasks(request),
    ]);
    if (turn !== this.turn) throw new Error("a later search came first");
    const { hits, scores } = combine(clauses, matches, this.files.limits.documents);
    this.marks = matches.flatMap((items, i) => (clauses[i].negative ? [] : items.flatMap((match) => match.marks)));
    this.hits = hits;
    this.masks = masks;
    this.filters = request.filters ?? {};
    this.ranking = this.rank(indexesWhere(this.filtered()), scores, request.sort ?? "relevance");
    const { page = 1, size = 10 } = request;
    const results = await this.results(this.ranking.subarray((page - 1) * size, page * size));
    /** @type {(item: import("./query.js").Item, i: number, j: number) => boolean} */
    const isUnknown = (_, i, j) => !clauses[i].negative && matches[i][j].missing.length > 0;
    const unknown = clauses.flatMap(({ items }, i) => items.filter((item, j) => isUnknown(item, i, j)));
    const words = clauses.flatMap(({ items }, i) => items.flatMap((item, j) => (isUnknown(item, i, j) ? wordsOf(item, matches[i][j].missing) : [])));
    const isNothing = this.ranking.length === 0 && unknown.length > 0;
    const broad = clauses.flatMap((clause, i) => clause.items.filter((_, j) => matches[i][j].broad));
    return {
      total: this.ranking.length,
      undated: this.ranking.filter((document) => document >= this.files.manifest.dated).length,
      results,
      unknown: words,
      broad: broad.map((item) => item.text),
      suggestion: isNothing ? await this.suggestion(request.query, unknown) : undefined,
      without: isNothing ? this.without(request.query, clauses, matches, unknown) : undefined,
    };
  }

  /**
   * A query without unknown words, if documents match it that pass the filters.
   * @param {string} query
   * @param {Clause[]} clauses
   * @param {Match[][]} matches
   * @param {import("./query.js").Item[]} unknown
   */
  without(query, clauses, matches, unknown) {
    const isKept = clauses.map(({ negative, items }) => negative || items.some((item) => !unknown.includes(item)));
    if (!clauses.some(({ negative }, i) => isKept[i] && !negative)) return undefined;
    const left = { clauses: clauses.filter((_, i) => isKept[i]), matches: matches.filter((_, i) => isKept[i]) };
    const { hits } = combine(left.clauses, left.matches, this.files.limits.documents);
    if (!this.filtered(undefined, hits).includes(1)) return undefined;
    let text = query;
    for (const { whole } of [...unknown].reverse()) text = `${text.slice(0, whole[0]).trimEnd()} ${text.slice(whole[1]).trimStart()}`;
    // Nothing is left for it to join.
    return text.trim().replace(/^(?:(?:OR|\|) +)+|(?: +(?:OR|\|))+$/g, "");
  }

  /**
   * Documents that pass all filters, or all but that of one facet.
   * @param {string} [except]
   * @param {Uint8Array} [matched] those that match the query
   */
  filtered(except, matched = this.hits) {
    const hits = matched.slice();
    for (const [name, mask] of this.masks) {
      if (name !== except) for (let i = 0; i < hits.length; i++) hits[i] &= mask[i];
    }
    return hits;
  }

  /**
   * For each filter in use, which documents pass it.
   * @param {Request} request
   */
  async filterMasks(request) {
    /** @type {Map<string, Uint8Array>} */
    const masks = new Map();
    const { documents } = this.files.limits;
    for (const [name, keys] of Object.entries(request.filters ?? {})) {
      const facet = this.files.facet(name);
      if (!facet || keys.length === 0) continue;
      const [lists, values] = await Promise.all([this.files.facetLists(facet), this.valuesOf(name, keys)]);
      const mask = new Uint8Array(documents);
      for (const value of values) for (const document of lists[value]) mask[document] = 1;
      masks.set(name, mask);
    }
    if (request.undated) {
      const isUndated = Number(request.undated === "only");
      masks.set("undated", new Uint8Array(documents).fill(1 - isUndated, 0, this.files.manifest.dated).fill(isUndated, this.files.manifest.dated));
    }
    const from = dayNumber(request.from, false);
    const to = dayNumber(request.to, true);
    if (from === undefined && to === undefined) return masks;
    const days = await this.files.days();
    const first = from ?? -Infinity;
    const last = to ?? Infinity;
    const isWithin = days.map((range) => {
      // Nobody knows that an undated document is outside the range.
      if (!range) return !request.certainly || request.undated === "only";
      const [earliest, latest, isSure] = range;
      return request.certainly ? isSure && earliest >= first && latest <= last : earliest <= last && latest >= first;
    });
    masks.set("date", Uint8Array.from(isWithin, Number));
    return masks;
  }

  /**
   * Numbers of the values with these keys.
   * @param {string} name
   * @param {string[]} keys
   * @returns {Promise<number[]>}
   */
  async valuesOf(name, keys) {
    const prefix = { organization: "org", person: "person" }[name];
    const facet = this.files.facet(name);
    if (!facet) return [];
    if (!prefix) {
      const names = await this.files.names(facet);
      return names.flatMap(([key], value) => (keys.includes(key) ? [value] : []));
    }
    const entries = await Promise.all(keys.map((key) => this.files.entry(`${prefix}:${key}`)));
    return entries.flatMap((entry) => {
      if (!entry) return [];
      const lists = this.files.lists(entry);
      return [...(name === "organization" ? lists.organizations : lists.people)];
    });
  }

  /**
   * @param {Uint32Array} documents
   * @param {Float32Array} scores
   * @param {"relevance" | "newest" | "oldest"} sort
   */
  rank(documents, scores, sort) {
    const { documents: limit, dated } = { ...this.files.limits, dated: this.files.manifest.dated };
    if (sort === "newest") return documents;
    if (sort === "oldest") {
      const known = documents.filter((document) => document < dated).reverse();
      return Uint32Array.from([...known, ...documents.filter((document) => document >= dated)]);
    }
    // One number holds score and document, so that a plain numeric sort ranks both.
    const keys = new Float64Array(documents.length);
    for (let i = 0; i < keys.length; i++) keys[i] = Math.round(scores[documents[i]] * 10_000) * limit + limit - 1 - documents[i];
    keys.sort();
    const ranking = new Uint32Array(keys.length);
    for (let i = 0; i < keys.length; i++) ranking[keys.length - 1 - i] = limit - 1 - (keys[i] % limit);
    return ranking;
  }

  /**
   * @param {Uint32Array} documents
   * @returns {Promise<Result[]>}
   */
  async results(documents) {
    const rows = await this.files.rows(documents);
    return rows.map(([url, title, date, dateWords, kind, kindLabel, language, creators, recipients, references, unnamed]) => {
      const pieces = markText(title, this.marks);
      return { url, title: pieces, date, dateWords, kind, kindLabel, language, creators, recipients, references, unnamed: unnamed ?? { creators: 0, recipients: 0 } };
    });
  }

  /** All results of the last search, to the given number. @param {number} limit */
  list(limit) {
    return this.results(this.ranking.subarray(0, limit));
  }

  /**
   * The values of each facet with most results, and all that are chosen. The choices in a facet do not
   * lessen its own counts.
   * @param {Record<string, number>} sizes how many values to give of each facet, if not ten
   * @returns {Promise<{ name: string, choices: Choice[], more: boolean, values: number }[]>}
   */
  facets(sizes) {
    return Promise.all(
      this.files.manifest.facets.map(async (facet) => {
        const [counts, chosen] = await Promise.all([this.counts(facet), this.valuesOf(facet.name, this.filters[facet.name] ?? [])]);
        const values = counts.flatMap((count, value) => (count > 0 ? [value] : [])).sort((a, b) => counts[b] - counts[a] || a - b);
        const shown = new Set([...chosen, ...values.slice(0, sizes[facet.name] ?? 10)]);
        const choices = await this.choices(facet, [...shown].sort((a, b) => counts[b] - counts[a] || a - b), counts, chosen);
        if (facet.name === "year") choices.sort((a, b) => Number(b.key) - Number(a.key));
        return { name: facet.name, choices, more: values.length > shown.size, values: values.length };
      }),
    );
  }

  /**
   * Values of a facet one of whose names has words that begin as all those typed.
   * @param {string} name
   * @param {string} text
   * @param {number} limit
   * @returns {Promise<Choice[]>}
   */
  async values(name, text, limit = 20) {
    const facet = this.files.facet(name);
    if (!facet) return [];
    const typed = words(text);
    const [names, counts, chosen] = await Promise.all([
      this.files.names(facet),
      this.counts(facet),
      this.valuesOf(name, this.filters[name] ?? []),
    ]);
    const values = names.flatMap(([, label, others], value) => {
      const forms = [label, ...others].map(words);
      return forms.some((form) => typed.every((part) => form.some((word) => begins(word, part)))) ? [value] : [];
    });
    values.sort((a, b) => counts[b] - counts[a] || a - b);
    return this.choices(facet, values.slice(0, limit), counts, chosen);
  }

  /** @param {import("./files.js").FacetFiles} facet */
  async counts(facet) {
    const lists = await this.files.facetLists(facet);
    const hits = this.filtered(facet.name);
    return lists.map((documents) => {
      let count = 0;
      for (let i = 0; i < documents.length; i++) count += hits[documents[i]];
      return count;
    });
  }

  /**
   * @param {import("./files.js").FacetFiles} facet
   * @param {number[]} values
   * @param {number[]} counts
   * @param {number[]} chosen
   * @returns {Promise<Choice[]>}
   */
  async choices(facet, values, counts, chosen) {
    const names = await this.files.names(facet, values);
    return names.map(([key, label], i) => ({ key, label, count: counts[values[i]], chosen: chosen.includes(values[i]) }));
  }

  /**
   * The passage of a document that shows best what the last search matched.
   * @param {string[]} texts
   */
  passage(texts) {
    return bestPassage(texts, this.marks);
  }

  /**
   * @param {string} query
   * @param {import("./query.js").Item[]} unknown
   */
  async suggestion(query, unknown) {
    let text = query;
    for (const { parts, range } of unknown.slice(0, MOST_SUGGESTIONS).reverse()) {
      if (parts.length !== 1) continue;
      const word = await this.files.rare().suggest(this.files, parts[0].text);
      if (word) text = text.slice(0, range[0]) + word + text.slice(range[1]);
    }
    return text === query ? undefined : text;
  }
}

/**
 * The words of an item that are in no document, as they are told: in its own writing, if it is one word.
 * @param {import("./query.js").Item} item
 * @param {string[]} missing
 */
function wordsOf({ parts, text }, missing) {
  return parts.length === 1 || missing.some((word) => isIdeograph([...word][0])) ? [text] : missing;
}

/**
 * Whether a word begins so; one of a script whose words are found inside others need only hold it.
 * @param {string} word
 * @param {string} part
 */
function begins(word, part) {
  return isIdeograph([...part][0]) ? word.includes(part) : word.startsWith(part);
}

/**
 * Documents that match all clauses, with the sum of their scores.
 * @param {Clause[]} clauses
 * @param {Match[][]} matches
 * @param {number} documents
 */
function combine(clauses, matches, documents) {
  const scores = new Float32Array(documents);
  const hits = new Uint8Array(documents).fill(1);
  clauses.forEach(({ negative }, i) => {
    const matched = new Uint8Array(documents);
    for (const match of matches[i]) {
      for (let at = 0; at < match.documents.length; at++) {
        matched[match.documents[at]] = 1;
        if (!negative) scores[match.documents[at]] += match.scores[at];
      }
    }
    for (let document = 0; document < documents; document++) hits[document] &= matched[document] ^ Number(negative);
  });
  return { hits, scores };
}

/**
 * Days from 1 January 1970 to a day, or to the first or last one of a month or year; nothing if the text is none.
 * @param {string | undefined} text
 * @param {boolean} isLast
 */
function dayNumber(text, isLast) {
  const [, year, month, day] = /^(-?\d{4,6})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text?.trim() ?? "") ?? [];
  if (!year) return undefined;
  const date = new Date(0);
  // The day before the first one of a month is the last one of the month before.
  if (day) date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  else if (isLast) date.setUTCFullYear(Number(year), Number(month ?? 12), 0);
  else date.setUTCFullYear(Number(year), Number(month ?? 1) - 1, 1);
  return date.getTime() / DAY;
}
