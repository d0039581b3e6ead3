/**
 * Marks the words that led from a search to a document: an address that ends in `#p-k3f9a2;human%20rights;duty`
 * names the paragraph and the words. A bar above the text says how many there are, leads from one to the next
 * and back to the results. Call it once the page is read.
 */
function markSoughtWords() {
  const [, anchor, list] = /^#(p-?\w+(?:-\d+)?|note-[\w-]+);(.+)$/.exec(location.hash) ?? [];
  const text = document.getElementById("text");
  if (!anchor || !text) return;
  const words = list.split(";").map(decoded).filter(Boolean);
  for (const node of textNodes(text)) markIn(node, words);
  const hits = [...text.querySelectorAll("mark")].filter((mark) => !mark.closest(".number"));
  if (hits.length > 0) {
    showHits(hits, document.getElementById(anchor), words);
    // For what shows page images.
    text.dispatchEvent(new Event("marked"));
  }
  // Now the browser goes to the paragraph itself, and the address can be cited.
  location.replace(`#${anchor}`);

  /** @param {Element[]} hits @param {HTMLElement | null} paragraph @param {string[]} words */
  function showHits(hits, paragraph, words) {
    const labels = text.dataset;
    const number = new Intl.NumberFormat(document.documentElement.lang || undefined);
    let at = Math.max(0, hits.findIndex((hit) => paragraph?.contains(hit)));
    const place = Object.assign(document.createElement("p"), { role: "status" });
    const show = () => {
      const values = { n: number.format(at + 1), all: number.format(hits.length) };
      place.textContent = (labels.hit ?? "").replace(/\{(n|all)\}/g, (_, name) => values[name]);
      for (const hit of hits) hit.classList.toggle("here", hit === hits[at]);
    };
    const button = (label, step) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: label });
      made.addEventListener("click", () => {
        at = (at + step + hits.length) % hits.length;
        show();
        hits[at].scrollIntoView({ block: "center" });
      });
      return made;
    };
    const bar = Object.assign(document.createElement("div"), { className: "hits", lang: document.documentElement.lang });
    bar.append(place);
    if (hits.length > 1) bar.append(button(labels.previous ?? "", -1), button(labels.next ?? "", 1));
    const results = wayBack(words);
    if (results) bar.append(Object.assign(document.createElement("a"), { href: results, textContent: labels.results }));
    text.before(bar);
    show();
  }

  /** The results from which the reader came; a search for the words, if the tab does not know. */
  function wayBack(words) {
    const search = /** @type {HTMLAnchorElement | null} */ (document.querySelector(".to-search a"))?.href;
    try {
      const kept = sessionStorage.getItem("fonds-results");
      if (kept && search && kept.startsWith(search)) return kept;
    } catch {
      // No store: the words are known anyway.
    }
    return search && `${search}?q=${encodeURIComponent(words.join(" "))}`;
  }

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
