/** Decoding of the binary files; `FORMAT.md` describes them. */

const HASH_BYTES = 5;
const BODY = 64;
const [TITLES, ORGANIZATIONS, PEOPLE, MATES, SHARED_POSITIONS, NEXT_FILE, OWN_POSITIONS, COMMON] = [1, 2, 4, 8, 16, 32, 64, 128];

/**
 * An entry of the dictionary. `lists` is where its lists start in the chunk.
 * @typedef {object} Entry
 * @property {string} text
 * @property {number} index place in the whole dictionary
 * @property {number} count number of documents
 * @property {number} occurrences how often they hold it together
 * @property {number} titles
 * @property {number} organizations
 * @property {number} people
 * @property {boolean} common whether the pairs of this word with other common ones are terms
 * @property {number[]} mates places in the dictionary of the forms that share its stem
 * @property {{ bytes: Uint8Array, at: number }} lists
 * @property {Lists} [decoded] the lists, once they were needed
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

/** Reads bits, most significant first; after the end there are zeros. */
class Bits {
  /**
   * @param {Uint8Array} bytes
   * @param {number} start in bytes
   */
  constructor(bytes, start) {
    this.bytes = bytes;
    this.at = start * 8;
  }

  /** The next 32 bits. */
  peek() {
    const { bytes } = this;
    const i = this.at >>> 3;
    const shift = this.at & 7;
    const word = (bytes[i] << 24) | (bytes[i + 1] << 16) | (bytes[i + 2] << 8) | bytes[i + 3];
    return shift ? (word << shift) | (bytes[i + 4] >>> (8 - shift)) : word;
  }

  /** @param {number} parameter */
  rice(parameter) {
    let ones = Math.clz32(~this.peek());
    let high = ones;
    while (ones === 32) {
      this.at += 32;
      ones = Math.clz32(~this.peek());
      high += ones;
    }
    this.at += ones + 1;
    if (parameter === 0) return high;
    const low = this.peek() >>> (32 - parameter);
    this.at += parameter;
    return (high << parameter) | low;
  }

  /**
   * A number below a limit, in truncated binary code.
   * @param {number} limit
   */
  below(limit) {
    const length = 31 - Math.clz32(limit);
    const shorter = 2 ** (length + 1) - limit;
    const value = length === 0 ? 0 : this.peek() >>> (32 - length);
    this.at += length;
    if (value < shorter) return value;
    const bit = this.peek() >>> 31;
    this.at++;
    return 2 * value + bit - shorter;
  }

  /**
   * A sorted list of distinct numbers.
   * @param {number} count
   * @param {number} limit
   */
  list(count, limit) {
    const numbers = new Uint32Array(count);
    this.interpolate(numbers, 0, count, 0, limit);
    return numbers;
  }

  /**
   * Numbers from one place of a list up to another, all of them from `low` up to `high`.
   * @param {Uint32Array} numbers
   * @param {number} start
   * @param {number} end
   * @param {number} low
   * @param {number} high
   */
  interpolate(numbers, start, end, low, high) {
    while (start < end) {
      const count = end - start;
      if (count === high - low) {
        for (let i = start; i < end; i++) numbers[i] = low++;
        return;
      }
      const half = count >> 1;
      const number = low + half + this.below(high - low - count + 1);
      numbers[start + half] = number;
      if (half > 0) this.interpolate(numbers, start, start + half, low, number);
      start += half + 1;
      low = number + 1;
    }
  }
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
    const kept = reader.varint();
    const rest = reader.take(reader.varint());
    const whole = new Uint8Array(kept + rest.length);
    whole.set(text.subarray(0, kept));
    whole.set(rest, kept);
    text = whole;
    const [flags] = reader.take(1);
    const head = reader.varint();
    const count = Math.floor(head / 2);
    const occurrences = count + (head % 2 ? reader.varint() : 0);
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
    const common = (flags & COMMON) > 0;
    entries.push({ text: utf8.decode(text), index, count, occurrences, titles, organizations, people, common, mates, lists, positions });
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
  const documents = bits.list(entry.count, limits.documents);
  const sums = bits.list(Math.max(entry.count - 1, 0), entry.occurrences - 1);
  const frequencies = new Uint32Array(entry.count);
  for (let i = 0, before = -1; i < entry.count; i++) {
    const sum = sums[i] ?? entry.occurrences - 1;
    frequencies[i] = sum - before;
    before = sum;
  }
  return {
    documents,
    frequencies,
    titles: bits.list(entry.titles, entry.count).map((posting) => documents[posting]),
    organizations: bits.list(entry.organizations, limits.organizations),
    people: bits.list(entry.people, limits.people),
  };
}

/**
 * Lengths of all documents, to the next quarter of an octave above.
 * @param {Uint8Array} bytes
 * @param {number} documents
 */
export function decodeLengths(bytes, documents) {
  const reader = new Bytes(bytes);
  const common = reader.varint();
  const parameter = reader.varint();
  const bits = new Bits(bytes, reader.at);
  const lengths = new Uint32Array(documents);
  for (let i = 0; i < documents; i++) {
    const code = bits.rice(parameter);
    const step = common + (code % 2 ? -(code + 1) / 2 : code / 2);
    lengths[i] = step < 8 ? step : (4 + (step & 3)) << ((step >> 2) - 1);
  }
  return lengths;
}

/**
 * Adds the positions of those postings in a stretch that are wanted to one list for each of them.
 * @param {Uint8Array} bytes
 * @param {number} offset
 * @param {Lists} lists
 * @param {Uint32Array} lengths of all documents
 * @param {number} first number of the first posting
 * @param {number[]} wanted numbers of postings, sorted
 * @param {number[][]} found for each of them a list
 */
export function addPositions(bytes, offset, lists, lengths, first, wanted, found) {
  const bits = new Bits(bytes, offset);
  const titles = new Set(lists.titles);
  // One buffer serves all postings: most hold few positions, and many are only passed over.
  let buffer = new Uint32Array(64);
  let posting = first;
  wanted.forEach((next, at) => {
    for (; posting <= next; posting++) {
      const count = lists.frequencies[posting];
      if (count > buffer.length) buffer = new Uint32Array(2 * count);
      const document = lists.documents[posting];
      const isTitle = titles.has(document);
      bits.interpolate(buffer, 0, count, 0, lengths[document] + (isTitle ? BODY : 0));
      if (posting < next) continue;
      for (let i = 0; i < count; i++) found[at].push(isTitle ? buffer[i] : buffer[i] + BODY);
    }
  });
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
