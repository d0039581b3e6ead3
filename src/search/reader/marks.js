import { foldWithPlaces, tokens } from "./analysis.js";

/**
 * Marking: what of a text a query matched, and which passage of a document shows it best.
 *
 * @typedef {import("./match.js").Mark} Mark
 * @typedef {import("./match.js").MarkPart} MarkPart
 * @typedef {{ start: number, end: number, mark: number }} Span
 * @typedef {string[]} Pieces a text cut into plain and marked pieces by turns, a plain one first
 * @typedef {{ index: number, pieces: Pieces, forms: string[] }} Passage
 */

const LENGTH = 220;
const LENGTH_OF_IDEOGRAPHS = 110;

/**
 * @param {string} text
 * @param {Mark[]} marks
 * @returns {Span[]} sorted, none inside another
 */
function spans(text, marks) {
  const { folded, places } = foldWithPlaces(text);
  const found = tokens(folded, text);
  /** @type {Map<number, import("./analysis.js").Token[]>} */
  const byPosition = new Map();
  for (const token of found) byPosition.set(token.position, [...(byPosition.get(token.position) ?? []), token]);
  /** @type {Span[]} */
  const all = [];
  marks.forEach(({ parts }, mark) => {
    for (const token of found) {
      if (!fits(token, parts[0])) continue;
      const rest = parts.slice(1).map((part) => {
        return byPosition.get(token.position + part.offset)?.find((other) => fits(other, part));
      });
      if (rest.includes(undefined)) continue;
      const end = Math.max(token.end, ...rest.map((other) => other?.end ?? 0));
      all.push({ start: places[token.start], end: places[end], mark });
    }
  });
  all.sort((a, b) => a.start - b.start || b.end - a.end);
  return all.filter((span, i) => i === 0 || span.start >= Math.max(...all.slice(Math.max(i - 8, 0), i).map((s) => s.end)));
}

/**
 * @param {import("./analysis.js").Token} token
 * @param {MarkPart} part
 */
function fits(token, part) {
  return part.words.has(token.text) || (part.prefix !== "" && token.text.startsWith(part.prefix));
}

/**
 * @param {string} text
 * @param {Mark[]} marks
 * @returns {Pieces}
 */
export function markText(text, marks) {
  return cut(text, spans(text, marks), 0, text.length);
}

/**
 * The passage that holds most of what was sought, shortened around it; the first one if none holds any.
 * @param {string[]} texts
 * @param {Mark[]} marks
 * @returns {Passage | undefined}
 */
export function bestPassage(texts, marks) {
  let best = { index: 0, score: -1, spans: /** @type {Span[]} */ ([]) };
  texts.forEach((text, index) => {
    const found = spans(text, marks);
    const kinds = new Set(found.map((span) => span.mark));
    let score = Math.min(found.length, 5) / 100;
    for (const kind of kinds) score += marks[kind].weight;
    if (score > best.score) best = { index, score, spans: found };
  });
  const text = texts[best.index];
  if (text === undefined) return undefined;
  const [start, end] = window(text, best.spans);
  const forms = new Set(best.spans.map((span) => text.slice(span.start, span.end)));
  return { index: best.index, pieces: cut(text, best.spans, start, end), forms: [...forms].slice(0, 12) };
}

/**
 * The stretch of a text to show: as many marks as fit, and words whole.
 * @param {string} text
 * @param {Span[]} found
 * @returns {[number, number]}
 */
function window(text, found) {
  const wide = text.match(/[\u1100-\u11ff\u3000-\ud7ff]/g) ?? [];
  const length = wide.length > text.length / 3 ? LENGTH_OF_IDEOGRAPHS : LENGTH;
  if (text.length <= length) return [0, text.length];
  const before = length / 4;
  let best = { start: 0, kinds: 0 };
  for (const { start } of found) {
    const inside = found.filter((span) => span.start >= start && span.end <= start + length - before);
    const kinds = new Set(inside.map((span) => span.mark)).size;
    if (kinds > best.kinds) best = { start, kinds };
  }
  let start = Math.max(0, Math.floor(Math.min(best.start - before, text.length - length)));
  // A start within a word moves to the next one, if that is near.
  if (start > 0) start += text.slice(start, start + 20).search(/\s/) + 1;
  let end = Math.min(text.length, start + length);
  if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), end - 20);
  return [start, end];
}

/**
 * @param {string} text
 * @param {Span[]} found
 * @param {number} start
 * @param {number} end
 * @returns {Pieces}
 */
function cut(text, found, start, end) {
  const pieces = [];
  let at = start;
  for (const span of found) {
    if (span.start < at || span.end > end) continue;
    pieces.push(text.slice(at, span.start), text.slice(span.start, span.end));
    at = span.end;
  }
  pieces.push(text.slice(at, end));
  if (start > 0) pieces[0] = `… ${pieces[0].trimStart()}`;
  if (end < text.length) pieces.push(`${pieces.pop()?.trimEnd()} …`);
  return pieces;
}
