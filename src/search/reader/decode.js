/** Decoding of the binary files; `FORMAT.md` describes them. */

const HASH_BYTES = 5;
const BODY = 64;
const [TITLES, ORGANIZATIONS, PEOPLE, MATES, SHARED_POSITIONS, NEXT_FILE, OWN_POSITIONS] = [1, 2, 4, 8, 16, 32, 64];

/**
 * An entry of the dictionary. `lists` is where its lists start in the chunk.
 * @typedef {object} Entry
 * @property {string} text
 * @property {number} index place in the whole dictionary
 * @property {number} count number of documents
 * @property {number} titles
 * @property {number} organizations
 * @property {number} people
 * @property {number[]} mates places in the dictionary of the forms that share its stem
 * @property {{ bytes: Uint8Array, at: number }} lists
 * @property {{ first: number, file: string, offset: number }[]} positions stretches, by the first posting of each
 *
 * @typedef {{ documents: Uint32Array, frequencies: Uint32Array, titles: Uint32Array, organizations: Uint32Array, people: Uint32Array }} Lists
 */

/** Reads bytes and variable-length integers. */
class Bytes {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  varint() {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.at++];
      value += (byte & 0x7f) * scale;
      if (!(byte & 0x80)) return value;
      scale *= 128;
    }
  }

  signed() {
    const value = this.varint();
    return value % 2 ? -(value + 1) / 2 : value / 2;
  }

  /** @param {number} length */
  take(length) {
    return this.bytes.subarray(this.at, (this.at += length));
  }

  hash() {
    return hex(this.take(HASH_BYTES));
  }
}

/** Reads bits, most significant first. */
class Bits {
  /**
   * @param {Uint8Array} bytes
   * @param {number} at
   */
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
    this.left = 0;
    this.byte = 0;
  }

  bit() {
    if (this.left === 0) {
      this.byte = this.bytes[this.at++] ?? 0;
      this.left = 8;
    }
    return (this.byte >> --this.left) & 1;
  }

  /** @param {number} count */
  bits(count) {
    let value = 0;
    while (count > 0) {
      if (this.left === 0) {
        this.byte = this.bytes[this.at++] ?? 0;
        this.left = 8;
      }
      const taken = Math.min(count, this.left);
      this.left -= taken;
      value = (value << taken) | ((this.byte >> this.left) & ((1 << taken) - 1));
      count -= taken;
    }
    return value;
  }

  /** @param {number} parameter */
  rice(parameter) {
    let high = 0;
    while (this.at <= this.bytes.length && this.bit()) high++;
    return (high << parameter) | this.bits(parameter);
  }

  gamma() {
    let length = 0;
    while (this.at <= this.bytes.length && !this.bit()) length++;
    return (1 << length) | this.bits(length);
  }

  /**
   * A sorted list of distinct numbers.
   * @param {number} count
   * @param {number} limit
   */
  list(count, limit) {
    const parameter = riceParameter(limit, count);
    const numbers = new Uint32Array(count);
    let next = 0;
    for (let i = 0; i < count; i++) {
      numbers[i] = next + this.rice(parameter);
      next = numbers[i] + 1;
    }
    return numbers;
  }
}

/**
 * The Rice parameter of a sorted list.
 * @param {number} limit
 * @param {number} count
 */
function riceParameter(limit, count) {
  return log2(Math.floor(limit / Math.max(count, 1)));
}

/** @param {number} value */
function log2(value) {
  return value > 0 ? 31 - Math.clz32(value) : 0;
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The entries of a chunk, by text.
 * @param {Uint8Array} bytes
 * @param {number} firstIndex
 * @returns {Map<string, Entry>}
 */
export function decodeChunk(bytes, firstIndex) {
  const reader = new Bytes(bytes);
  const utf8 = new TextDecoder();
  const total = reader.varint();
  const files = Array.from({ length: reader.varint() }, () => reader.hash());
  let offset = reader.varint();
  let file = 0;
  let text = new Uint8Array();
  let listsAt = 0;
  /** @type {Entry[]} */
  const entries = [];
  for (let i = 0; i < total; i++) {
    const common = reader.varint();
    const rest = reader.take(reader.varint());
    const whole = new Uint8Array(common + rest.length);
    whole.set(text.subarray(0, common));
    whole.set(rest, common);
    text = whole;
    const [flags] = reader.take(1);
    const count = reader.varint();
    const optional = [TITLES, ORGANIZATIONS, PEOPLE, MATES].map((flag) => (flags & flag ? reader.varint() : 0));
    const [titles, organizations, people, mateCount] = optional;
    const index = firstIndex + i;
    const mates = Array.from({ length: mateCount }, () => index + reader.signed());
    const lists = { bytes, at: listsAt };
    listsAt += reader.varint();
    /** @type {Entry["positions"]} */
    let positions = [];
    if (flags & SHARED_POSITIONS) {
      if (flags & NEXT_FILE) {
        file++;
        offset = 0;
      }
      positions = [{ first: 0, file: files[file], offset }];
      offset += reader.varint();
    } else if (flags & OWN_POSITIONS) {
      const stretch = () => ({ first: reader.varint(), file: reader.hash(), offset: 0 });
      positions = Array.from({ length: reader.varint() }, stretch);
    }
    entries.push({ text: utf8.decode(text), index, count, titles, organizations, people, mates, lists, positions });
  }
  for (const entry of entries) entry.lists.at += reader.at;
  return new Map(entries.map((entry) => [entry.text, entry]));
}

/**
 * The lists of an entry.
 * @param {Entry} entry
 * @param {{ documents: number, organizations: number, people: number }} limits
 * @returns {Lists}
 */
export function decodeLists(entry, limits) {
  const bits = new Bits(entry.lists.bytes, entry.lists.at);
  const documents = new Uint32Array(entry.count);
  const frequencies = new Uint32Array(entry.count);
  const parameter = riceParameter(limits.documents, entry.count);
  let next = 0;
  for (let i = 0; i < entry.count; i++) {
    documents[i] = next + bits.rice(parameter);
    next = documents[i] + 1;
    frequencies[i] = bits.gamma();
  }
  return {
    documents,
    frequencies,
    titles: bits.list(entry.titles, limits.documents),
    organizations: bits.list(entry.organizations, limits.organizations),
    people: bits.list(entry.people, limits.people),
  };
}

/**
 * Lengths of all documents, to the nearest half octave below.
 * @param {Uint8Array} bytes
 * @param {number} documents
 */
export function decodeLengths(bytes, documents) {
  const reader = new Bytes(bytes);
  const common = reader.varint();
  const bits = new Bits(bytes, reader.at);
  const lengths = new Uint32Array(documents);
  for (let i = 0; i < documents; i++) {
    const code = bits.rice(1);
    const step = common + (code % 2 ? -(code + 1) / 2 : code / 2);
    lengths[i] = step < 2 ? step : (2 + (step & 1)) << ((step >> 1) - 1);
  }
  return lengths;
}

/**
 * Calls `visit` with the number and the positions of each posting in a stretch of them.
 * @param {Uint8Array} bytes
 * @param {number} offset
 * @param {Lists} lists
 * @param {Uint32Array} lengths of all documents
 * @param {number} first number of the first posting
 * @param {number} end number after the last posting
 * @param {(posting: number, positions: number[]) => void} visit
 */
export function decodePositions(bytes, offset, lists, lengths, first, end, visit) {
  const bits = new Bits(bytes, offset);
  const titles = new Set(lists.titles);
  for (let posting = first; posting < end; posting++) {
    const document = lists.documents[posting];
    const count = lists.frequencies[posting];
    const parameter = log2(Math.floor((11 * lengths[document]) / (16 * (count + 1))));
    let position = bits.rice(parameter) + (titles.has(document) ? 0 : BODY);
    const positions = [position];
    for (let i = 1; i < count; i++) positions.push((position += bits.rice(parameter) + 1));
    visit(posting, positions);
  }
}

/**
 * For each value of a facet the documents that have it.
 * @param {Uint8Array} bytes
 * @param {number} values
 * @param {number} documents
 * @returns {Uint32Array[]}
 */
export function decodeFacet(bytes, values, documents) {
  const reader = new Bytes(bytes);
  const counts = Array.from({ length: values }, () => reader.varint());
  const bits = new Bits(bytes, reader.at);
  return counts.map((count) => bits.list(count, documents));
}

/**
 * First and last possible day of each document, counted from 1970; nothing for an undated one.
 * @param {Uint8Array} bytes
 * @param {number} documents
 * @returns {([number, number] | undefined)[]}
 */
export function decodeDays(bytes, documents) {
  const reader = new Bytes(bytes);
  let previous = 0;
  const day = () => (previous += reader.signed());
  return Array.from({ length: documents }, () => {
    const flags = reader.varint();
    if (flags === 0) return undefined;
    return [flags & 1 ? day() : -Infinity, flags & 2 ? day() : Infinity];
  });
}
