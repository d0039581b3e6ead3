/**
 * Buttons that copy citations, files of citations and links to paragraphs, and the browser's own share sheet.
 * Pages hold all that is copied without them, and links to it.
 */
function offerCopies() {
  const record = /** @type {HTMLElement | null} */ (document.querySelector(".record"));
  if (!record || !navigator.clipboard) return;
  const { copy = "", copied = "", copiedLink = "", share = "" } = record.dataset;
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

  for (const citation of record.querySelectorAll(".citation")) {
    const text = (citation.textContent ?? "").trim();
    const style = citation.previousElementSibling?.textContent ?? "";
    const made = button(copy, style, () => take(text, copied));
    if (citation.tagName === "DD") citation.append(" ", made);
    else citation.after(made);
  }
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (record.querySelectorAll(".files a[download]"))) {
    const read = () => fetch(link.href).then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(link.href))));
    link.after(button(copy, link.textContent ?? "", () => take(read(), copied)));
  }
  document.getElementById("text")?.addEventListener("click", (event) => {
    const number = /** @type {HTMLElement} */ (event.target).closest("a.number");
    if (number) take(/** @type {HTMLAnchorElement} */ (number).href, copiedLink);
  });
  if (typeof navigator.share === "function") {
    const page = { title: document.title, url: location.href.split("#")[0] };
    const item = document.createElement("li");
    item.append(button(share, "", () => navigator.share(page).catch(() => {})));
    record.querySelector(".files")?.append(item);
  }
}

/** What is folded on a screen is whole on paper, in browsers whose style sheets cannot say so. */
function unfoldOnPaper() {
  const folded = () => /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(".signatories details:not([open])"));
  let opened = [];
  addEventListener("beforeprint", () => (opened = [...folded()]).forEach((details) => (details.open = true)));
  addEventListener("afterprint", () => opened.forEach((details) => (details.open = false)));
}
