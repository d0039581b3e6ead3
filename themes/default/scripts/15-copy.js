/**
 * Buttons that copy citations, files of citations and links to paragraphs, and the browser's own share sheet.
 * Pages hold all that is copied without them, and links to it.
 */
function offerCopies() {
  const record = /** @type {HTMLElement | null} */ (document.querySelector(".record"));
  if (!record || !navigator.clipboard) return;
  const { copy = "", copied = "", copiedLink = "", quote = "", share = "" } = record.dataset;
  const toast = Object.assign(document.createElement("p"), { className: "toast", role: "status" });
  document.body.append(toast);
  let shown = 0;

  /** @param {string | Promise<string>} text @param {string} said */
  async function take(text, said) {
    try {
      await navigator.clipboard.writeText(await text);
    } catch {
      return;
    }
    toast.textContent = said;
    clearTimeout(shown);
    shown = setTimeout(() => (toast.textContent = ""), 2500);
  }

  /** @param {string} label @param {string} about @param {() => void} act */
  function button(label, about, act) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: label });
    if (about) made.setAttribute("aria-label", `${label}: ${about}`);
    made.addEventListener("click", act);
    return made;
  }

  // What is added stands in a line that is kept free, or in what is still folded: nothing moves.
  const line = record.querySelector(".copies");
  const note = (record.querySelector("p.citation")?.textContent ?? "").trim();
  line?.append(button(copy, "", () => take(note, copied)));
  for (const citation of record.querySelectorAll("dd.citation")) {
    const text = (citation.textContent ?? "").trim();
    const style = citation.previousElementSibling?.textContent ?? "";
    citation.append(" ", button(copy, style, () => take(text, copied)));
  }
  const styles = record.querySelector(".styles dl");
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (record.querySelectorAll(".files a[download]"))) {
    const read = () => fetch(link.href).then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(link.href))));
    const [term, value] = ["dt", "dd"].map((name) => document.createElement(name));
    term.textContent = link.textContent;
    value.append(button(copy, link.textContent ?? "", () => take(read(), copied)));
    styles?.append(term, value);
  }
  document.getElementById("text")?.addEventListener("click", (event) => {
    const number = /** @type {HTMLElement} */ (event.target).closest("a.number");
    if (number) take(/** @type {HTMLAnchorElement} */ (number).href, copiedLink);
  });
  if (quote) offerQuotation(note, button(quote, "", () => take(quotation, copied)));
  if (typeof navigator.share === "function") {
    const page = { title: document.title, url: location.href.split("#")[0] };
    line?.append(" ", button(share, "", () => navigator.share(page).catch(() => {})));
  }
}

/** What is marked in the text, with its source. */
let quotation = "";

/**
 * As long as a part of the text is marked, a button stands at the foot of the window that copies it with its source.
 * @param {string} note the citation of the document
 * @param {HTMLButtonElement} button
 */
function offerQuotation(note, button) {
  const text = document.getElementById("text");
  const address = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"))?.href ?? location.href.split("#")[0];
  button.classList.add("quote");
  button.hidden = true;
  // A button that is pressed would take the mark away.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  document.body.append(button);
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const range = selection && !selection.isCollapsed && selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined;
    button.hidden = !range || !text?.contains(range.commonAncestorContainer);
    if (!range || button.hidden) return;
    const part = range.cloneContents();
    // Numbers, marks of notes and ways back are the page's, not the text's.
    for (const mark of part.querySelectorAll(".number, .noteref, .mark, .back")) mark.remove();
    const words = (part.textContent ?? "").replace(/\s+/g, " ").trim();
    const start = range.startContainer instanceof Element ? range.startContainer : range.startContainer.parentElement;
    const anchor = start?.closest("[id^=p-]")?.id;
    const source = anchor && note.includes(address) ? note.replace(address, `${address}#${anchor}`) : note;
    quotation = `“${words}” (${source.replace(/\.$/, "")})`;
    button.hidden = words === "";
  });
}

/** What is folded on a screen is whole on paper, in browsers whose style sheets cannot say so. */
function unfoldOnPaper() {
  const folded = () => /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(".signatories details:not([open])"));
  let opened = [];
  addEventListener("beforeprint", () => (opened = [...folded()]).forEach((details) => (details.open = true)));
  addEventListener("afterprint", () => opened.forEach((details) => (details.open = false)));
}
