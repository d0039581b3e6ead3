/**
 * Analysis of texts, by the rules of `analysis.rs` and `fold.rs`; both are run against
 * `tests/search/vectors.json`.
 */

const ACCENTS = new RegExp(
  "([\\u0438\\u0418]\\u0306)|[\\u0300-\\u036f\\u0483-\\u0489\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2" +
    "\\u05c4\\u05c5\\u05c7\\u0610-\\u061a\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u1ab0-\\u1aff\\u1dc0-\\u1dff" +
    "\\u20d0-\\u20ff\\ufe20-\\ufe2f\\u00ad\\u200b-\\u200d\\u2060\\ufeff]",
  "g",
);
const SPELLINGS = /[ßæœþøđðłħıς\u2018\u2019\u02bc\u2010-\u2015\u2212]/g;
/** @type {Record<string, string>} */
const SPELLED = { ß: "ss", æ: "ae", œ: "oe", þ: "th", ø: "o", đ: "d", ð: "d", ł: "l", ħ: "h", ı: "i", ς: "σ" };
for (const quote of "\u2018\u2019\u02bc") SPELLED[quote] = "'";

const IDEOGRAPH =
  "[\\u1100-\\u11ff\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\ua960-\\ua97f" +
  "\\uac00-\\ud7ff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}]";
const LETTER = `(?!${IDEOGRAPH})\\p{Alphabetic}`;
const WORD_CHARACTER = "[\\p{Alphabetic}\\p{N}\\p{M}]";
const WORD = `(?:(?!${IDEOGRAPH})${WORD_CHARACTER})+`;
const ACRONYM = `${LETTER}(?:\\.${LETTER}(?!(?!${IDEOGRAPH})${WORD_CHARACTER}))+`;
const TOKEN = `(${IDEOGRAPH}+)|(${ACRONYM})\\.?(?:'s(?!${WORD_CHARACTER}))?|(${WORD})(?:'s(?!${WORD_CHARACTER}))?`;
const COMPOUND = `${WORD}(?:[-/._]${WORD})+`;

const MAX_WORD = 64;
const MAX_SYMBOL = 40;

/**
 * A token: its text, its position, where it stands in the folded text, and whether it is a tail of a
 * symbol, a letter of an acronym, the last character of a run of ideographs, or a part of a word in CamelCase.
 * @typedef {{ text: string, position: number, start: number, end: number, kind: "word" | "tail" | "letter" | "last" | "part" }} Token
 */

/**
 * The form of a text without case, accents and width.
 * @param {string} text
 */
export function fold(text) {
  return text
    .normalize("NFKD")
    .replace(ACCENTS, (_, letter) => letter ?? "")
    .toLowerCase()
    .replace(SPELLINGS, (c) => SPELLED[c] ?? "-")
    .normalize("NFC");
}

/**
 * The words of a text alone, folded.
 * @param {string} text
 */
export function words(text) {
  return fold(text).split(/[^\p{Alphabetic}\p{N}\p{M}]+/u).filter(Boolean);
}

/**
 * For each word of a text in CamelCase, folded, its parts of more than one letter, folded.
 * @param {string} text
 */
function camelCases(text) {
  /** @type {Map<string, string[]>} */
  const words = new Map();
  if (!/[a-z][A-Z]/.test(text)) return words;
  for (const [word] of text.matchAll(new RegExp(WORD, "gu"))) {
    if (!/[a-z][A-Z]/.test(word)) continue;
    const parts = word.split(/(?<=[a-z])(?=[A-Z])/).map(fold);
    words.set(fold(word), parts.filter((part) => [...part].length > 1));
  }
  return words;
}

/**
 * Tokens of a text, in the order in which the index writer finds them.
 * @param {string} folded
 * @param {string} [text] the text itself, for the parts of words in CamelCase
 * @returns {Token[]}
 */
export function tokens(folded, text = "") {
  const words = camelCases(text);
  const found = plainTokens(folded);
  if (words.size === 0) return found;
  return found.flatMap((token) => [token, ...(words.get(token.text) ?? []).map((part) => ({ ...token, text: part, kind: /** @type {const} */ ("part") }))]);
}

/**
 * @param {string} folded
 * @returns {Token[]}
 */
function plainTokens(folded) {
  /** @type {Token[]} */
  const found = [];
  const pattern = new RegExp(TOKEN, "gu");
  let position = 0;
  let compoundEnd = 0;
  for (const match of folded.matchAll(pattern)) {
    const [, run, acronym, word] = match;
    const start = match.index;
    if (run) {
      const characters = [...run];
      let at = start;
      characters.forEach((c, i) => {
        const text = c + (characters[i + 1] ?? "");
        const kind = i > 0 && i === characters.length - 1 ? "last" : "word";
        found.push({ text, position: position++, start: at, end: at + text.length, kind });
        at += c.length;
      });
      continue;
    }
    if (start >= compoundEnd) {
      const compound = compoundAt(folded, start);
      compoundEnd = start + compound.length;
      for (const tail of tails(folded, start, compound)) {
        found.push({ text: tail, position, start: compoundEnd - tail.length, end: compoundEnd, kind: "tail" });
      }
    }
    const end = start + (acronym ?? word).length;
    if (acronym) {
      found.push({ text: acronym.replaceAll(".", ""), position, start, end, kind: "word" });
      for (const letter of acronym.split(".")) found.push({ text: letter, position, start, end, kind: "letter" });
    } else if ([...word].length <= MAX_WORD) {
      found.push({ text: word, position, start, end, kind: "word" });
    }
    position++;
  }
  return found;
}

/**
 * Whether a text is one character of a script whose runs are indexed by pairs.
 * @param {string} text
 */
export function isIdeograph(text) {
  return new RegExp(`^${IDEOGRAPH}$`, "u").test(text);
}

/**
 * Whether a whole folded text is one document symbol, such as `a/hrc/25/63`.
 * @param {string} folded
 */
export function isSymbol(folded) {
  return compoundAt(folded, 0) === folded && tails(folded, 0, folded).length > 0;
}

/**
 * The words from a place on that single marks join, if there are at least two.
 * @param {string} folded
 * @param {number} start
 */
function compoundAt(folded, start) {
  const pattern = new RegExp(COMPOUND, "uy");
  pattern.lastIndex = start;
  return pattern.exec(folded)?.[0] ?? "";
}

/**
 * A symbol and its tails with a digit; none if the compound is no symbol.
 * @param {string} folded
 * @param {number} start
 * @param {string} compound
 */
function tails(folded, start, compound) {
  const isTail = /** @param {string} text */ (text) => /[0-9]/.test(text);
  const inAddress = /[/@:=?&#%~\\]/.test(folded[start - 1] ?? "") || folded[start + compound.length] === "@";
  if (!isTail(compound) || inAddress || compound.startsWith("www.") || [...compound].length > MAX_SYMBOL) return [];
  const starts = [0, ...[...compound.matchAll(/[-/._]/g)].map((mark) => mark.index + 1)];
  return starts.slice(0, -1).map((at) => compound.slice(at)).filter(isTail);
}

/**
 * A text folded, and for each place in the folded text the place in the text itself.
 * @param {string} text
 */
export function foldWithPlaces(text) {
  let folded = "";
  const places = [];
  for (const { 0: cluster, index } of text.matchAll(/\P{M}\p{M}*|\p{M}+/gu)) {
    const part = fold(cluster);
    for (let i = 0; i < part.length; i++) places.push(index);
    folded += part;
  }
  places.push(text.length);
  return { folded, places };
}
