import { bestPassage, markText } from "./marks.js";

/**
 * The engine of an archive that a search server answers for, by the contract of `HTTP.md`. Pages call it as
 * they call `Engine`.
 *
 * @typedef {import("./engine.js").Request} Request
 * @typedef {import("./engine.js").Answer} Answer
 * @typedef {import("./engine.js").Choice} Choice
 * @typedef {import("./files.js").Row} Row
 * @typedef {{ parts: { offset: number, words: string[], prefix: string }[], weight: number }} SentMark
 */

export class HttpEngine {
  /**
   * @param {string} endpoint
   * @param {(address: string) => Promise<any>} load reads JSON
   */
  constructor(endpoint, load) {
    this.endpoint = endpoint;
    this.load = load;
    this.turn = 0;
    /** @type {import("./match.js").Mark[]} */
    this.marks = [];
    /** @type {URLSearchParams} */
    this.asked = new URLSearchParams();
  }

  /**
   * @param {string} path
   * @param {URLSearchParams} asked
   */
  get(path, asked) {
    return this.load(`${this.endpoint}${path}?${asked}`);
  }

  /**
   * @param {Request} request
   * @returns {Promise<Answer>}
   */
  async search(request) {
    const turn = ++this.turn;
    const { filters = {}, query, ...rest } = request;
    const asked = new URLSearchParams({ q: query });
    for (const [name, keys] of Object.entries(filters)) for (const key of keys) asked.append(name, key);
    for (const [name, value] of Object.entries(rest)) if (value !== undefined && value !== false) asked.set(name, String(value));
    /** @type {{ total: number, undated: number, rows: Row[], marks: SentMark[], unknown: string[], suggestion?: string, without?: string }} */
    const { total, undated, rows, marks, unknown, suggestion, without } = await this.get("search", asked);
    if (turn !== this.turn) throw new Error("a later search came first");
    this.asked = asked;
    this.marks = marks.map(({ parts, weight }) => ({ parts: parts.map((part) => ({ ...part, words: new Set(part.words) })), weight }));
    return { total, undated, results: this.results(rows), unknown, suggestion, without };
  }

  /** @param {Row[]} rows */
  results(rows) {
    return rows.map(([url, title, date, dateWords, kind, kindLabel, language, creators, recipients, references, unnamed]) => {
      const pieces = markText(title, this.marks);
      return { url, title: pieces, date, dateWords, kind, kindLabel, language, creators, recipients, references, unnamed: unnamed ?? { creators: 0, recipients: 0 } };
    });
  }

  /** @param {number} [limit] */
  async list(limit = 100_000) {
    const asked = new URLSearchParams(this.asked);
    asked.set("page", "1");
    asked.set("size", String(limit));
    return this.results((await this.get("search", asked)).rows);
  }

  /**
   * @param {Record<string, number>} sizes
   * @returns {Promise<{ name: string, choices: Choice[], more: boolean, values: number }[]>}
   */
  facets(sizes) {
    const asked = new URLSearchParams(this.asked);
    asked.set("sizes", JSON.stringify(sizes));
    return this.get("facets", asked);
  }

  /**
   * @param {string} facet
   * @param {string} text
   * @returns {Promise<Choice[]>}
   */
  values(facet, text) {
    const asked = new URLSearchParams(this.asked);
    asked.set("facet", facet);
    asked.set("text", text);
    return this.get("values", asked);
  }

  /** @param {string[]} texts */
  passage(texts) {
    return bestPassage(texts, this.marks);
  }
}

/**
 * As `openEngine` of `open.js`.
 * @param {{ endpoint: string }} where
 * @param {(address: string | URL) => Promise<ArrayBuffer>} load
 */
export function openEngine({ endpoint }, load) {
  return new HttpEngine(endpoint, async (address) => JSON.parse(new TextDecoder().decode(await load(address))));
}
