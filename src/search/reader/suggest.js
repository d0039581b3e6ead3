/**
 * Suggestions for words that are in no document.
 *
 * @typedef {import("./files.js").Files} Files
 */

/**
 * The known word that a mistyped one most likely means: the nearest, then the one in most documents.
 * @param {Files} files
 * @param {string} word folded
 * @returns {Promise<string | undefined>}
 */
export async function suggest(files, word) {
  if (!/^\p{L}{4,30}$/u.test(word)) return undefined;
  // Of a shorter word, another one is nearly always so near.
  const allowed = word.length < 7 ? 1 : 2;
  const [chunk, common] = await Promise.all([files.chunk(files.chunkOf(word)), files.common()]);
  let best = { text: "", distance: allowed + 1, count: 0 };
  /** @type {(text: string, count: number) => void} */
  const consider = (text, count) => {
    if (Math.abs(text.length - word.length) > allowed || !/^\p{L}+$/u.test(text)) return;
    const distance = editDistance(word, text, allowed);
    if (distance > allowed) return;
    if (distance < best.distance || (distance === best.distance && count > best.count)) best = { text, distance, count };
  };
  for (const entry of chunk.values()) if (entry.count > 0) consider(entry.text, entry.count);
  const { documents } = files.limits;
  common.forEach((text, rank) => consider(text, documents / (rank + 2)));
  return best.text || undefined;
}

/**
 * Insertions, deletions, changes and swaps of neighbours that make one text the other; more than
 * `allowed` if that is not enough.
 * @param {string} a
 * @param {string} b
 * @param {number} allowed
 */
function editDistance(a, b, allowed) {
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1] + Number(a[i - 1] !== b[j - 1]);
      next[j] = Math.min(change, row[j] + 1, next[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > allowed) return allowed + 1;
    before = row;
    row = next;
  }
  return row[b.length];
}
