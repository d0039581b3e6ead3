/**
 * Other spellings of what is typed: `Mueller` for `Müller`, `kwanliso` for `Kwan-li-so`, a Korean word without its particles.
 */

/** @type {Record<string, string>} */
const TRANSLITERATED = { ä: "ae", ö: "oe", ü: "ue", ø: "oe", å: "aa" };

/**
 * A folded word with the letters that the transliterations of umlauts stand for.
 * @param {string} word
 */
export function transliterated(word) {
  return word.replace(/([aou])e|aa/g, (all, vowel) => vowel ?? "a");
}

/**
 * A text with its umlauts transliterated; nothing if it has none.
 * @param {string} text
 */
function withoutUmlauts(text) {
  const composed = text.normalize("NFC");
  const other = composed.replace(/[äöüøå]/giu, (letter) => TRANSLITERATED[letter.toLowerCase()]);
  return other === composed ? "" : other;
}

/**
 * What else a text may be written as: other texts that are sought beside it.
 * @param {string} text
 * @param {boolean} isExact whether only spellings are wanted that nobody tells apart
 */
export function otherSpellings(text, isExact) {
  const others = [withoutUmlauts(text)];
  if (!isExact) {
    // A compound without its hyphens, the words of one in CamelCase, a Korean word without its particles.
    if (/^\p{L}+(?:[-\u2010\u2011]\p{L}+)+$/u.test(text)) others.push(text.replace(/[-\u2010\u2011]/g, ""));
    if (/^\p{L}+$/u.test(text) && /[a-z][A-Z]/.test(text)) others.push(text.replace(/([a-z])(?=[A-Z])/g, "$1 "));
    others.push(withoutParticle(text));
  }
  return others.filter(Boolean);
}

/**
 * Lengths of a compound's parts, as a term of the index writes them; none if it writes a spelling.
 * @param {string} written
 */
export function lengthsOf(written) {
  return /^[0-9]/.test(written) ? Array.from(written, (digit) => Number.parseInt(digit, 36)) : [];
}

/** Particles that follow any noun, longest first. */
const PARTICLES =
  "으로부터 에서부터 에게서는 에서조차 이라고는 에서는 에서도 에서의 에게는 에게도 에게서 한테서 으로는 으로도 으로의 으로서 으로써 까지는 까지도 까지의 " +
  "부터는 부터의 에서 에는 에도 에의 에게 께서 한테 까지 부터 조차 마저 처럼 보다 마다 밖에 만을 만은 만이 하고 의 에 도 만";
/** Particles that follow a final consonant, and those that follow a vowel. */
const AFTER_CONSONANT = "으로 이라는 이라고 이라 이란 이며 이나 이든 이랑 과의 과는 은 는 이 을 과";
const AFTER_VOWEL = "로부터 로서 로써 로는 로도 로의 라는 라고 라 란 며 나 든 랑 와의 와는 는 가 를 와 로";
const ENDS = [PARTICLES, AFTER_CONSONANT, AFTER_VOWEL].map((list) => new Set(list.split(" ")));
const LONGEST = 4;

/**
 * A Korean word without its particles, if at least two syllables are left, or a word in other letters before a particle; nothing
 * if it has none.
 * @param {string} text
 */
export function withoutParticle(text) {
  const composed = text.normalize("NFC");
  for (let length = Math.min(LONGEST, composed.length - 1); length > 0; length--) {
    const [rest, end] = [composed.slice(0, -length), composed.slice(-length)];
    const last = rest.charCodeAt(rest.length - 1) - 0xac00;
    const isSyllable = last >= 0 && last < 11_172;
    if (isSyllable ? !/[가-힣]{2}$/.test(rest) : !/[\p{L}\p{N}]$/u.test(rest)) continue;
    // `로` also follows a final ㄹ.
    const final = isSyllable ? last % 28 : undefined;
    const fits = [true, final !== 0, final === undefined || final === 0 || (final === 8 && end.startsWith("로"))];
    if (ENDS.some((ends, i) => fits[i] && ends.has(end))) return rest;
  }
  return "";
}
