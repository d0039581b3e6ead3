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
    const value = this.peek() >>> (31 - length);
    if (value >>> 1 < shorter) {
      this.at += length;
      return value >>> 1;
    }
    this.at += length + 1;
    return value - shorter;
  }

  /**
   * A sorted list of distinct numbers.
   * @param {number} count
   * @param {number} limit
   */
  list(count, limit) {
    if (count === 0) return NO_NUMBERS;
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

/** What an entry has none of. @type {never[]} */
const NONE = [];
const NO_NUMBERS = new Uint32Array();

/** Reads texts each of which begins as the one before. */
class Texts {
  constructor() {
    this.utf8 = new TextDecoder();
    this.bytes = new Uint8Array(64);
    this.text = "";
  }

  /**
   * @param {number} kept bytes that it shares with the one before
   * @param {Uint8Array} rest bytes that follow
   */
  next(kept, rest) {
    const length = kept + rest.length;
    if (length > this.bytes.length) {
      const longer = new Uint8Array(2 * length);
      longer.set(this.bytes);
      this.bytes = longer;
    }
    this.bytes.set(rest, kept);
    let isAscii = true;
    for (let i = 0; i < length; i++) isAscii &&= this.bytes[i] < 0x80;
    if (isAscii) this.text = this.text.slice(0, kept) + String.fromCharCode(...rest);
    else this.text = this.utf8.decode(this.bytes.subarray(0, length));
    return this.text;
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
  const texts = new Texts();
  const total = reader.varint();
  const files = Array.from({ length: reader.varint() }, () => reader.hash());
  let offset = reader.varint();
  let file = 0;
  let listsAt = 0;
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  // Prefixes decode many chunks: what most entries lack costs nothing.
  for (let index = firstIndex; index < firstIndex + total; index++) {
    const kept = reader.varint();
    const text = texts.next(kept, reader.take(reader.varint()));
    const flags = reader.bytes[reader.at++];
    const head = reader.varint();
    const count = Math.floor(head / 2);
    const occurrences = count + (head % 2 ? reader.varint() : 0);
    const titles = flags & TITLES ? reader.varint() : 0;
    const organizations = flags & ORGANIZATIONS ? reader.varint() : 0;
    const people = flags & PEOPLE ? reader.varint() : 0;
    /** @type {number[]} */
    let mates = NONE;
    if (flags & MATES) mates = Array.from({ length: reader.varint() }, () => index + reader.signed());
    const lists = { bytes, at: listsAt };
    listsAt += reader.varint();
    /** @type {Entry["positions"]} */
    let positions = NONE;
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
    entries.set(text, { text, index, count, occurrences, titles, organizations, people, common, mates, lists, positions });
  }
  for (const entry of entries.values()) entry.lists.at += reader.at;
  return entries;
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
  const counts = new Uint32Array(entry.count);
  for (let i = 0, before = -1; i < entry.count; i++) {
    const sum = sums[i] ?? entry.occurrences - 1;
    counts[i] = sum - before;
    before = sum;
  }
  const titles = bits.list(entry.titles, entry.count);
  for (let i = 0; i < titles.length; i++) titles[i] = documents[titles[i]];
  const organizations = bits.list(entry.organizations, limits.organizations);
  return { documents, frequencies: counts, titles, organizations, people: bits.list(entry.people, limits.people) };
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
 * Reads the positions of those postings in a stretch that are wanted.
 * @param {Uint8Array} bytes
 * @param {number} offset
 * @param {Lists} lists
 * @param {Uint32Array} lengths of all documents
 * @param {number} first number of the first posting
 * @param {Uint32Array} wanted numbers of postings, sorted
 * @param {(at: number, positions: Uint32Array, count: number) => void} visit is given each of them, by its place in `wanted`;
 *   the buffer holds more than its positions, and the next ones after that
 */
export function readPositions(bytes, offset, lists, lengths, first, wanted, visit) {
  const bits = new Bits(bytes, offset);
  const { documents, frequencies, titles } = lists;
  // One buffer serves all postings: most hold few positions, and many are only passed over.
  let buffer = new Uint32Array(64);
  let posting = first;
  let title = 0;
  for (let at = 0; at < wanted.length; at++) {
    for (; posting <= wanted[at]; posting++) {
      const count = frequencies[posting];
      if (count > buffer.length) buffer = new Uint32Array(2 * count);
      const document = documents[posting];
      while (title < titles.length && titles[title] < document) title++;
      const isTitle = titles[title] === document;
      bits.interpolate(buffer, 0, count, 0, lengths[document] + (isTitle ? BODY : 0));
      if (posting < wanted[at]) continue;
      if (!isTitle) for (let i = 0; i < count; i++) buffer[i] += BODY;
      visit(at, buffer, count);
    }
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
 * First and last possible day of each document, counted from 1970, and whether its date is sure; nothing for an undated one.
 * @param {Uint8Array} bytes
 * @param {number} documents
 * @returns {([number, number, boolean] | undefined)[]}
 */
export function decodeDays(bytes, documents) {
  const reader = new Bytes(bytes);
  let previous = 0;
  const day = () => (previous += reader.signed());
  return Array.from({ length: documents }, () => {
    const flags = reader.varint();
    if (flags === 0) return undefined;
    return [flags & 1 ? day() : -Infinity, flags & 2 ? day() : Infinity, !(flags & 8)];
  });
}
