/**
 * Marks the words that led from a search to a document: an address that ends in `#p-k3f9a2;human%20rights;duty`
 * names the paragraph and the words. Call it once the page is read.
 */
function markSoughtWords() {
  const [, anchor, list] = /^#(p-?\w+(?:-\d+)?|note-[\w-]+);(.+)$/.exec(location.hash) ?? [];
  const text = document.getElementById("text");
  if (!anchor || !text) return;
  const words = list.split(";").map(decoded).filter(Boolean);
  for (const node of textNodes(text)) markIn(node, words);
  // Now the browser goes to the paragraph itself, and the address can be cited.
  location.replace(`#${anchor}`);

  function decoded(word) {
    try {
      return decodeURIComponent(word).slice(0, 200);
    } catch {
      return "";
    }
  }

  function textNodes(element) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return nodes;
  }

  function markIn(node, words) {
    const sought = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+"));
    const pattern = new RegExp(sought.join("|"), "giu");
    const found = [...node.data.matchAll(pattern)].filter((match) => isWhole(node.data, match)).reverse();
    for (const match of found) {
      node.splitText(match.index + match[0].length);
      const mark = document.createElement("mark");
      node.splitText(match.index).replaceWith(mark);
      mark.textContent = match[0];
    }
  }

  /** Words of Korean, Chinese and Japanese are found inside others; those of other scripts are not. */
  function isWhole(text, match) {
    const part = /[\p{L}\p{N}\p{M}]/u;
    const inside = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;
    const end = match.index + match[0].length;
    const joins = (a, b) => part.test(a) && part.test(b) && !inside.test(a) && !inside.test(b);
    return !joins(text[match.index - 1] ?? "", match[0][0]) && !joins(match[0].at(-1), text[end] ?? "");
  }
}
