import { isIdeograph } from "./analysis.js";
import { lengthsOf, transliterated } from "./spelling.js";

/**
 * The entries that a typed word stands for.
 *
 * @typedef {import("./files.js").Files} Files
 * @typedef {import("./decode.js").Entry} Entry
 * @typedef {object} Forms
 * @property {Entry[]} own those of the word itself, however it is spelt
 * @property {Entry[]} mates those of other forms with its stem
 * @property {{ text: string, lengths: number[] }[]} compounds how many letters the parts have of compounds that are this word, or
 *   another form of it, without their hyphens
 */

/** Forms of a word of which compounds and other spellings are sought, too. */
const MOST_COMPOUNDS = 50;
/** Languages in which `ae` may stand for `ä`. */
const WITH_UMLAUTS = new Set(["da", "de", "fi", "no", "sv"]);

/**
 * The entry of a word, those of its other spellings, and the compounds that it is without their hyphens.
 * @param {Files} files
 * @param {string} word folded
 */
export async function spellingsOf(files, word) {
  const [entry, terms] = await Promise.all([files.entry(word), files.entriesFrom(`${word} =`)]);
  const others = (terms ?? []).map(({ text }) => text.slice(word.length + 2));
  const compounds = others.map(lengthsOf).filter((lengths) => lengths.length > 0);
  const spelt = await Promise.all(others.filter((other) => lengthsOf(other).length === 0).map((other) => files.entry(other)));
  return { entry, spelt: spelt.filter((one) => one !== undefined), compounds };
}

/**
 * @param {Files} files
 * @param {string} word folded
 * @param {boolean} stems whether other forms are wanted
 * @returns {Promise<Forms>}
 */
export async function formsOf(files, word, stems) {
  const { entry, spelt, compounds } = await spellingsOf(files, word);
  const known = entry ? [entry, ...spelt] : spelt;
  const own = withDocuments(known);
  const joined = compounds.map((lengths) => ({ text: word, lengths }));
  if (!stems) return { own, mates: [], compounds: joined };
  const mates = (await Promise.all(known.map((one) => files.entriesAt(one.mates)))).flat();
  if (!entry && isStemmed(word)) mates.push(...(await formsOfStems(files, word)));
  const others = withDocuments(mates).filter((one) => !own.includes(one));
  const spellings = await Promise.all(others.slice(0, MOST_COMPOUNDS).map((one) => compoundsOf(files, one.text)));
  return { own, mates: others, compounds: [...joined, ...spellings.flat()] };
}

/**
 * The compounds that a form is without their hyphens.
 * @param {Files} files
 * @param {string} text
 */
async function compoundsOf(files, text) {
  const { compounds } = await spellingsOf(files, text);
  return compounds.map((lengths) => ({ text, lengths }));
}

/**
 * The forms with the stem that a word has in any language of the archive, and those of their other spellings; if there are
 * none, those of the word that it is if it writes umlauts with two letters.
 * @param {Files} files
 * @param {string} word
 */
async function formsOfStems(files, word) {
  const stemmers = await files.stemmers();
  /** @type {(word: string, all: [string, import("./stem.js").Stemmer][]) => Promise<Entry[]>} */
  const formsOf = async (word, all) =>
    (await Promise.all(all.map(([tag, stemmer]) => formsOfStem(files, tag, stemmer, stemmer.stem(word))))).flat();
  const forms = await formsOf(word, stemmers);
  const other = transliterated(word);
  if (other === word) return forms;
  if (forms.length === 0) return formsOf(other, stemmers.filter(([tag]) => WITH_UMLAUTS.has(tag)));
  const spellings = await Promise.all(forms.slice(0, MOST_COMPOUNDS).map((form) => spellingsOf(files, form.text)));
  const spelt = spellings.flatMap((one) => one.spelt);
  return [...forms, ...spelt, ...(await Promise.all(spelt.map((one) => files.entriesAt(one.mates)))).flat()];
}

/**
 * @param {Files} files
 * @param {string} tag
 * @param {import("./stem.js").Stemmer} stemmer
 * @param {string} stem
 * @returns {Promise<Entry[]>}
 */
async function formsOfStem(files, tag, stemmer, stem) {
  const listed = await files.entry(`${stem} ${tag}`);
  // In an archive of one language a stem that is not listed is a word whose mates are the forms, or it has none.
  const isWord = files.manifest.stemmers.length === 1 && stemmer.stem(stem) === stem;
  const entry = listed ?? (isWord ? await files.entry(stem) : undefined);
  return entry ? [entry, ...(await files.entriesAt(entry.mates))] : [];
}

/**
 * Those in documents, each once.
 * @param {Entry[]} entries
 */
function withDocuments(entries) {
  return [...new Set(entries)].filter(({ count }) => count > 0);
}

/**
 * Whether the index writer stems such a word.
 * @param {string} word
 */
function isStemmed(word) {
  const isLong = word.length > 2 || new TextEncoder().encode(word).length > 2;
  return isLong && /^\p{Alphabetic}+$/u.test(word) && ![...word].some(isIdeograph);
}
