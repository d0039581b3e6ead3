import { decodeChunk, decodeDays, decodeFacet, decodeLengths, decodeLists } from "./decode.js";

/**
 * The files of an index, each fetched once.
 *
 * @typedef {import("./decode.js").Entry} Entry
 * @typedef {import("./stem.js").Stemmer} Stemmer
 * @typedef {{ Stemmer: typeof import("./stem.js").Stemmer, suggest: typeof import("./suggest.js").suggest }} Rare
 * @typedef {{ name: string, values: number, lists: string, names: string }} FacetFiles
 * @typedef {object} Manifest
 * @property {number} format
 * @property {number} documents
 * @property {number} dated
 * @property {number} block
 * @property {string[]} starts
 * @property {number[]} counts
 * @property {string} chunks
 * @property {string} table
 * @property {string} lengths
 * @property {string} days
 * @property {string} common
 * @property {FacetFiles[]} facets
 * @property {[tag: string, file: string][]} stemmers
 *
 * @typedef {{ creators: number, recipients: number }} Unnamed how many a row does not name
 * @typedef {[url: string, title: string, date: string, dateWords: string, kind: string, kindLabel: string, language: string, creators: string[], recipients: string[], references: string[], unnamed?: Unnamed]} Row
 * @typedef {[key: string, label: string, names: string[]]} Name
 */

const FORMAT = 1;
const HASH_DIGITS = 10;
const NAMES = 400;
/** Chunks that are read for the beginning of a word, about a megabyte. */
const MOST_CHUNKS = 48;

export class Files {
  /**
   * @param {Manifest} manifest
   * @param {(name: string) => Promise<ArrayBuffer>} load reads a file of the index by its name
   * @param {() => Rare} rare reads what only searches for unknown words need
   */
  constructor(manifest, load, rare) {
    if (manifest.format !== FORMAT) throw new Error(`index format ${manifest.format} is unknown`);
    this.manifest = manifest;
    this.load = load;
    this.rare = rare;
    /** @type {Map<string, Promise<any>>} */
    this.kept = new Map();
    /** @type {number | undefined} */
    this.average = undefined;
    this.firstIndexes = [0];
    for (const count of manifest.counts) this.firstIndexes.push(this.firstIndexes[this.firstIndexes.length - 1] + count);
    /** @param {string} name */
    const values = (name) => this.facet(name)?.values ?? 0;
    // Every query needs the lengths: they are asked for before the first one comes.
    this.lengths().catch(() => {});
    this.limits = { documents: manifest.documents, organizations: values("organization"), people: values("person") };
  }

  /** @param {string} name */
  facet(name) {
    return this.manifest.facets.find((facet) => facet.name === name);
  }

  /**
   * What `decode` makes of a file; kept unless it fails.
   * @template T
   * @param {string} name
   * @param {(bytes: Uint8Array<ArrayBuffer>) => T | Promise<T>} decode
   * @returns {Promise<T>}
   */
  read(name, decode) {
    let kept = this.kept.get(name);
    if (!kept) {
      kept = this.load(name).then((buffer) => decode(new Uint8Array(buffer)));
      kept.catch(() => this.kept.delete(name));
      this.kept.set(name, kept);
    }
    return kept;
  }

  /** @param {string} hash */
  bytes(hash) {
    return this.read(`${hash}.bin`, (bytes) => bytes);
  }

  /** @param {string} hash */
  json(hash) {
    return this.read(`${hash}.bin`, inflate);
  }

  /**
   * @param {string} hashes
   * @param {number} number
   */
  nth(hashes, number) {
    return hashes.slice(number * HASH_DIGITS, (number + 1) * HASH_DIGITS);
  }

  /**
   * Entries of the nth chunk by text.
   * @param {number} number
   * @returns {Promise<Map<string, Entry>>}
   */
  chunk(number) {
    const name = `${this.nth(this.manifest.chunks, number)}.bin`;
    return this.read(name, (bytes) => decodeChunk(bytes, this.firstIndexes[number]));
  }

  /**
   * The chunk that holds a text if any does.
   * @param {string} text
   */
  chunkOf(text) {
    const after = firstWhere(this.manifest.starts.length, (i) => this.manifest.starts[i] > text);
    return Math.max(after - 1, 0);
  }

  /**
   * @param {string} text
   * @returns {Promise<Entry | undefined>}
   */
  async entry(text) {
    if (this.manifest.starts.length === 0) return undefined;
    return (await this.chunk(this.chunkOf(text))).get(text);
  }

  /**
   * The entries whose text starts so, in order; nothing if they fill too many chunks.
   * @param {string} prefix
   * @returns {Promise<Entry[] | undefined>}
   */
  async entriesFrom(prefix) {
    const { starts } = this.manifest;
    const numbers = starts.length > 0 ? [this.chunkOf(prefix)] : [];
    for (let i = numbers[0] + 1; i < starts.length && starts[i].startsWith(prefix); i++) numbers.push(i);
    if (numbers.length > MOST_CHUNKS) return undefined;
    const chunks = await Promise.all(numbers.map((number) => this.chunk(number)));
    /** @type {Entry[]} */
    const entries = [];
    for (const chunk of chunks) for (const entry of chunk.values()) if (entry.text.startsWith(prefix)) entries.push(entry);
    return entries;
  }

  /**
   * The entries at places in the dictionary.
   * @param {number[]} indexes
   * @returns {Promise<Entry[]>}
   */
  entriesAt(indexes) {
    return Promise.all(
      indexes.map(async (index) => {
        const number = firstWhere(this.manifest.counts.length, (i) => this.firstIndexes[i + 1] > index);
        const entries = [...(await this.chunk(number)).values()];
        return entries[index - this.firstIndexes[number]];
      }),
    );
  }

  /** @param {Entry} entry */
  lists(entry) {
    entry.decoded ??= decodeLists(entry, this.limits);
    return entry.decoded;
  }

  /**
   * Rows of the document table.
   * @param {ArrayLike<number>} documents
   * @returns {Promise<Row[]>}
   */
  rows(documents) {
    const { block, table } = this.manifest;
    return Promise.all(
      Array.from(documents, async (document) => {
        const name = `${this.nth(table, Math.floor(document / block))}.bin`;
        return (await this.read(name, async (bytes) => rowsOf(await inflate(bytes))))[document % block];
      }),
    );
  }

  lengths() {
    return this.read(`${this.manifest.lengths}.bin`, (bytes) => decodeLengths(bytes, this.manifest.documents));
  }

  async averageLength() {
    const lengths = await this.lengths();
    this.average ??= lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    return this.average;
  }

  days() {
    return this.read(`${this.manifest.days}.bin`, (bytes) => decodeDays(bytes, this.manifest.documents));
  }

  /** @returns {Promise<string[]>} */
  common() {
    return this.json(this.manifest.common);
  }

  /**
   * The stemming algorithms of the archive's languages, by tag.
   * @returns {Promise<[string, Stemmer][]>}
   */
  stemmers() {
    const read = async (/** @type {Uint8Array<ArrayBuffer>} */ bytes) => new (this.rare().Stemmer)(await inflate(bytes));
    return Promise.all(this.manifest.stemmers.map(async ([tag, file]) => [tag, await this.read(`${file}.bin`, read)]));
  }

  /**
   * For each value of a facet its documents.
   * @param {FacetFiles} facet
   */
  facetLists(facet) {
    return this.read(`${facet.lists}.bin`, (bytes) => decodeFacet(bytes, facet.values, this.manifest.documents));
  }

  /**
   * Names of some values of a facet, or of all of them.
   * @param {FacetFiles} facet
   * @param {number[]} [values]
   * @returns {Promise<Name[]>}
   */
  names(facet, values = Array.from({ length: facet.values }, (_, i) => i)) {
    return Promise.all(
      values.map(async (value) => (await this.json(this.nth(facet.names, Math.floor(value / NAMES))))[value % NAMES]),
    );
  }
}

/**
 * JSON that is deflated.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Promise<any>}
 */
export function inflate(bytes) {
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(inflated).json();
}

/**
 * The rows of a file of the table.
 * @param {string[]} columns
 * @returns {Row[]}
 */
function rowsOf(columns) {
  const [urls, titles, dates, words, kinds, creators, recipients, references] = columns.map((column) => column.split("\n"));
  return titles.map((written, i) => {
    const pieces = written.split("\t");
    const title = pieces.join("");
    const [kind, label, language] = kinds[i].split("\t");
    /** @type {(text: string) => string[]} */
    const list = (text) => (text ? text.split("\t") : []);
    // Parties that the title names are its odd pieces; how many are not named stands last.
    const more = (/** @type {string} */ text) => Number(/(?:^|\t)=\+([0-9]+)$/.exec(text)?.[1] ?? 0);
    const named = (/** @type {string} */ name) => (/^=[0-9]/.test(name) ? pieces[2 * +name.slice(1) + 1] : name.replace(/^=/, ""));
    const parties = (/** @type {string} */ text) => (more(text) ? list(text).slice(0, -1) : list(text)).map(named);
    const unnamed = { creators: more(creators[i]), recipients: more(recipients[i]) };
    return [address(urls[i], title), title, dates[i], words[i], kind, label, language, parties(creators[i]), parties(recipients[i]), list(references[i]), unnamed];
  });
}

/**
 * An address as the table writes it: one that starts with `~` continues the plain form of the title.
 * @param {string} written
 * @param {string} title
 */
function address(written, title) {
  if (!written.startsWith("~")) return written;
  const plain = title.split(/[^A-Za-z0-9]+/).filter(Boolean).join("-");
  return `documents/${plain.toLowerCase()}${written.slice(1)}/`;
}

/**
 * The first number below `limit` for which a condition holds that holds for all later ones.
 * @param {number} limit
 * @param {(i: number) => boolean} holds
 */
function firstWhere(limit, holds) {
  let low = 0;
  let high = limit;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
