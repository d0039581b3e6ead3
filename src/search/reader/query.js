import { fold, isIdeograph, isSymbol, tokens } from "./analysis.js";
import { otherSpellings } from "./spelling.js";

/**
 * The query language. Every text is a query: what cannot be understood is read as words.
 *
 * A query is a list of clauses that must all hold; a clause is a list of items of which one must,
 * or, if it is negative, must not.
 *
 * @typedef {{ text: string, offset: number, prefix: boolean }} Part a token of an item, by its distance from the first
 * @typedef {object} Item
 * @property {string} field "" or one of `FIELDS`
 * @property {string} text as typed, without quotes, field and star
 * @property {boolean} quoted
 * @property {Part[]} parts
 * @property {Part[][]} others those of other spellings
 * @property {string} symbol the folded text, if all of it is one document symbol
 * @property {[number, number]} range where `text` stands in the query
 * @property {[number, number]} whole where all of it does, with its field and quotes
 * @typedef {{ negative: boolean, items: Item[] }} Clause
 */

export const FIELDS = ["title", "org", "person", "year", "kind", "lang", "topic", "ref"];

const QUOTES = "\"“”„‟«»「」『』〝〞＂";
const ITEM = new RegExp(
  `(?<minus>[-\u2212\u2013](?=\\S))?(?:(?<field>${FIELDS.join("|")}):(?=[^\\s]))?` +
    `(?:[${QUOTES}](?<quoted>[^${QUOTES}]*)(?:[${QUOTES}]|$)|(?<word>[^\\s${QUOTES}]+))`,
  "giu",
);

/**
 * @param {string} query
 * @returns {Clause[]}
 */
export function parse(query) {
  /** @type {Clause[]} */
  const clauses = [];
  let joins = false;
  let negates = false;
  for (const match of query.matchAll(ITEM)) {
    const { minus, field, quoted, word } = match.groups ?? {};
    if (!minus && !field && (word === "OR" || word === "|")) {
      joins = clauses.length > 0;
      continue;
    }
    if (!minus && !field && word === "NOT") {
      negates = true;
      continue;
    }
    const item = readItem(match, (field ?? "").toLowerCase(), quoted, word);
    if (!item) continue;
    const negative = Boolean(minus) || negates;
    const last = clauses.at(-1);
    if (joins && last && !negative && !last.negative) last.items.push(item);
    else clauses.push({ negative, items: [item] });
    joins = negates = false;
  }
  return clauses;
}

/**
 * @param {RegExpMatchArray} match
 * @param {string} field
 * @param {string | undefined} quoted
 * @param {string | undefined} word
 * @returns {Item | undefined}
 */
function readItem(match, field, quoted, word) {
  const written = quoted ?? word ?? "";
  const star = quoted === undefined && /[*＊]$/.test(written);
  const text = star ? written.slice(0, -1) : written;
  const folded = fold(text).trim();
  const parts = readParts(folded, star);
  if (parts.length === 0) return undefined;
  const index = match.index ?? 0;
  const start = index + match[0].lastIndexOf(written);
  const others = otherSpellings(text, quoted !== undefined).map((other) => readParts(fold(other).trim(), star));
  return {
    field,
    text,
    quoted: quoted !== undefined,
    parts,
    others: others.filter((other) => other.length > 0),
    symbol: quoted === undefined && isSymbol(folded) ? folded : "",
    range: [start, start + text.length],
    whole: [index, index + match[0].length],
  };
}

/**
 * A character that stands alone is sought as the start of the pairs that the index holds.
 * @param {string} folded
 * @param {boolean} star
 * @returns {Part[]}
 */
function readParts(folded, star) {
  const words = tokens(folded).filter((token) => token.kind === "word");
  return words.map((token, i) => ({
    text: token.text,
    offset: token.position - words[0].position,
    prefix: (star && i === words.length - 1) || isIdeograph(token.text),
  }));
}
