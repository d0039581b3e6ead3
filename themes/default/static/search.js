/**
 * The search page. The worker finds; this script keeps the address, the form and the list in step.
 * All state is in the address: q, sort, from, to, certainly, undated, page, and a parameter for each facet.
 */
(() => {
  "use strict";

  const root = document.querySelector("[data-search]");
  if (!root) return;

  /** @param {string} name */
  const part = (name) => root.querySelector(`[data-${name}]`);
  // Pages opened as files may read no others, but in a copy that was made for it; the lists of the page lead to
  // every document.
  const folder = location.protocol === "file:" && self.fondsFolder;
  const hindrance = location.protocol === "file:" && !folder ? "file" : isOld() && "old";
  if (hindrance) {
    part(hindrance).hidden = false;
    if (hindrance === "file") for (const link of part("browse").querySelectorAll("a")) link.href = asFile(link);
    return;
  }
  const form = root.querySelector("form");
  const box = form.elements.q;
  const strings = part("strings").dataset;
  const number = new Intl.NumberFormat(document.documentElement.lang || undefined);
  /** Facets of the archive's own, each with its name. */
  const own = JSON.parse(strings.own ?? "{}");
  const FACETS = ["organization", "person", "year", "kind", "collection", "language", "topic", ...Object.keys(own)];
  const PAGE = 10;
  const manifest = new URL(root.dataset.manifest, location.href);
  const site = new URL("../", new URL(root.dataset.worker, location.href));
  /** Pages of documents in the language of this page; what the index calls kinds and languages, in its words. */
  const pages = new URL(root.dataset.pages ?? "", site);
  const labels = root.dataset.labels ? JSON.parse(root.dataset.labels) : undefined;
  const dates = strings.dates ? JSON.parse(strings.dates) : undefined;
  const labelOf = (facet, key, label) => labels?.[facet]?.[key] ?? label;

  // The worker.

  let worker;
  let opened;
  const waiting = new Map();

  function start() {
    if (worker) return;
    worker = folder ? folder.worker() : new Worker(root.dataset.worker);
    worker.onmessage = ({ data: { id, value, error } }) => {
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      if (error === undefined) resolve(value);
      else reject(new Error(error));
    };
    worker.onerror = () => {
      for (const { reject } of waiting.values()) reject(new Error("worker"));
      waiting.clear();
      worker = undefined;
    };
    if (root.dataset.endpoint) {
      opened = Promise.resolve(worker.postMessage({ endpoint: new URL(root.dataset.endpoint, location.href).href }));
      return;
    }
    // The manifest is fetched here, while the worker's script is on its way.
    const bytes = folder ? folder.bytes(manifest) : fetched(manifest).then((response) => response.arrayBuffer());
    opened = bytes.then((held) => worker.postMessage({ address: manifest.href, manifest: held }));
    opened.catch(() => (worker = undefined));
  }

  let calls = 0;
  async function call(name, ...values) {
    start();
    await opened;
    return new Promise((resolve, reject) => {
      waiting.set(++calls, { resolve, reject });
      worker.postMessage({ id: calls, call: name, arguments: values });
    });
  }

  // The state: an address's parameters.

  const parameters = () => new URLSearchParams(location.search);

  function address(query) {
    const text = query.toString();
    return text ? `${location.pathname}?${text}` : location.pathname;
  }

  function changed(change) {
    const query = parameters();
    query.delete("page");
    change(query);
    return query;
  }

  /** Goes to a state: a new one in the history, or in place of the last while a word is being typed. */
  function go(query, typing = false) {
    if (query.toString() !== parameters().toString()) {
      history[typing ? "replaceState" : "pushState"](null, "", address(query));
    }
    run(typing);
  }

  function request(query, typing) {
    const filters = {};
    for (const name of FACETS) if (query.has(name)) filters[name] = query.getAll(name);
    return {
      query: query.get("q") ?? "",
      filters,
      from: query.get("from") ?? undefined,
      to: query.get("to") ?? undefined,
      certainly: query.has("certainly"),
      undated: ["only", "none"].find((choice) => choice === query.get("undated")),
      sort: query.get("sort") || "relevance",
      page: Math.max(1, Number.parseInt(query.get("page") ?? "", 10) || 1),
      size: PAGE,
      typing,
    };
  }

  // Running a search.

  let turn = 0;
  /** The turn whose results are on the page. */
  let answered = 0;
  let fetching = new AbortController();
  const sizes = {};

  async function run(typing = false) {
    const mine = ++turn;
    const query = parameters();
    fetching.abort();
    const isEmpty = ["q", "from", "to", "undated", ...FACETS].every((name) => !query.get(name)?.trim());
    part("browse").hidden = !isEmpty;
    part("panes").hidden = isEmpty;
    if (isEmpty) return part("panes").before(part("browse"));
    keepWayBack();
    const late = setTimeout(() => mine === turn && say(strings.working), 400);
    try {
      const asked = request(query, typing);
      // First, since passages and facets are of what was searched for last.
      const dated = await datedAs(asked);
      if (mine !== turn) return;
      const answer = await call("search", asked);
      if (mine !== turn) return;
      clearTimeout(late);
      show(answer, asked);
      offerDate(dated);
      answered = mine;
      await showPassages(answer.results);
      await showFacets(mine);
    } catch (error) {
      if (mine !== turn || error.name === "AbortError") return;
      say(strings.failed);
      if (part("list").children.length > 0) return;
      // The lists lead on, below what is said.
      part("tools").hidden = true;
      part("panes").after(part("browse"));
      part("browse").hidden = false;
    } finally {
      clearTimeout(late);
    }
  }

  /** Pages of documents lead back here, as long as the tab is open. */
  function keepWayBack() {
    try {
      sessionStorage.setItem("fonds-results", location.href);
    } catch {
      // Without a store, they lead to a search for the words.
    }
  }

  function say(text) {
    if (part("status").textContent !== text) part("status").textContent = text;
  }

  function show({ total, undated, results, unknown, broad = [], suggestion, without }, { page, from, to }) {
    const counted = total === 1 ? strings.one : fill(strings.many, { count: number.format(total) });
    const aside = undated && (from || to) ? ` (${fill(strings.undated, { count: number.format(undated) })})` : "";
    const named = (text, words) => (words.length > 0 ? `${fill(text, { words: words.join("”, “") })} ` : "");
    const missing = named(strings.unknown, unknown) + named(strings.broad, broad);
    say(total > 0 ? missing + counted + aside : missing.trim() || strings.none);
    part("tools").hidden = total === 0;
    part("clear").hidden = ![...FACETS, "from", "to", "undated"].some((name) => parameters().has(name));
    part("clear").href = address(changed((query) => [...FACETS, "from", "to", "certainly", "undated"].forEach((name) => query.delete(name))));
    offer("suggestion", suggestion);
    offer("without", without);
    // Who finds nothing can still look around.
    part("pages").after(part("browse"));
    part("browse").hidden = total > 0;
    const list = part("list");
    list.start = (page - 1) * PAGE + 1;
    list.replaceChildren(...results.map(item));
    showPages(page, Math.ceil(total / PAGE));
    root.classList.add("search-ready");
  }

  /** Another query, or none, behind the words that the page has for it. */
  function offer(name, other) {
    const link = part(name).querySelector("a");
    part(name).hidden = !other;
    link.textContent = other ?? "";
    link.href = other ? address(changed((query) => query.set("q", other))) : "";
  }

  /** The date that a query is, and how many documents are of that day, month or year. */
  async function datedAs({ query, from, to }) {
    const date = from || to ? undefined : dateOf(query.trim());
    if (!date) return undefined;
    const asked = { query: "", filters: {}, from: date, to: date, certainly: true, undated: "none", sort: "newest", page: 1, size: 1 };
    return { date, total: (await call("search", asked)).total };
  }

  /** Leads to the documents of a date, if there are any. */
  function offerDate({ date, total } = { total: 0 }) {
    part("dated").hidden = total === 0;
    if (total === 0) return;
    const link = part("dated").querySelector("a");
    link.textContent = `${inWords(date)} (${number.format(total)})`;
    link.href = address(new URLSearchParams({ from: date, to: date, certainly: "1" }));
  }

  /** The day, month or year that a text is, in EDTF: `1921-03-14`, `14.3.1921`, `14 March 1921`, `March 14, 1921`, `1921년 3월`. */
  function dateOf(text) {
    const plain = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(text) ?? /^(\d{4})년(?: ?(\d{1,2})월)?(?: ?(\d{1,2})일)?$/.exec(text);
    const [, d, m, y] = /^(?:(\d{1,2})\. ?)?(\d{1,2})\. ?(\d{4})$/.exec(text) ?? [];
    if (plain || y) return dateFrom(...(plain?.slice(1) ?? [y, m, d]));
    const [, before, name, after, year] = /^(?:(\d{1,2})\.? (?:de )?)?(\p{L}+\.?)(?: (\d{1,2}),)? (?:de )?(\d{4})$/u.exec(text) ?? [];
    const month = name && 1 + monthNames().findIndex((names) => names.includes(name.toLowerCase().replace(".", "")));
    return month ? dateFrom(year, month, before ?? after) : undefined;
  }

  function dateFrom(...parts) {
    const date = parts.filter((part) => part !== undefined).map((part) => String(part).padStart(2, "0")).join("-");
    const read = new Date(date);
    // A day that its month does not have is none.
    return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(date) ? date : undefined;
  }

  /** A date as the pages write it. */
  function inWords(date) {
    const language = document.documentElement.lang;
    const shown = { year: "numeric", month: date.length > 4 ? "long" : undefined, day: date.length > 7 ? "numeric" : undefined, timeZone: "UTC" };
    return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language || undefined, shown).format(new Date(date));
  }

  /** The names of each month in English and in the language of the page, whole and short. */
  function monthNames() {
    const languages = ["en", document.documentElement.lang || "en"];
    const name = (month, language, length) =>
      new Intl.DateTimeFormat(language, { month: length, timeZone: "UTC" }).format(Date.UTC(2001, month)).toLowerCase().replace(".", "");
    return Array.from({ length: 12 }, (_, month) => languages.flatMap((language) => ["long", "short"].map((length) => name(month, language, length))));
  }

  function item({ url, title, date, dateWords, kind, kindLabel, language, creators, recipients, unnamed }) {
    const link = element("a", { href: new URL(url, pages).href + (folder ? "index.html" : ""), lang: language, dir: "auto" }, ...marked(title).flatMap(whole));
    // What has no title is named in the words of the default language by the index.
    if (strings.untitledThere && title.join("") === fill(strings.untitledThere, { kind: kindLabel })) {
      link.replaceChildren(fill(strings.untitled, { kind: labelOf("kind", kind, kindLabel) }));
      link.removeAttribute("lang");
    }
    const facts = [];
    if (dateWords) facts.push(element("time", /^\d{4}(-\d\d){0,2}$/.test(date) ? { dateTime: date } : {}, dateText(date, dateWords)));
    if (kindLabel) facts.push(labelOf("kind", kind, kindLabel));
    if (creators.length > 0) facts.push(`${strings.by} ${inShort(creators, unnamed.creators)}`);
    if (recipients.length > 0) facts.push(`${strings.to} ${inShort(recipients, unnamed.recipients)}`);
    const meta = facts.flatMap((fact, i) => (i === 0 ? [fact] : [" · ", fact]));
    return element(
      "li",
      {},
      element("h3", {}, link),
      element("p", { className: "search-meta" }, ...meta),
      element("p", { className: "search-passage", lang: language, dir: "auto" }),
    );
  }

  /** A date in the words of this page: the index has those of the default language. */
  function dateText(date, words) {
    if (!dates) return words;
    if (!date) return dates.undated;
    const some = /^[[{](.+)[\]}]$/.exec(date);
    if (some) {
      const all = some[1].split(",").map(oneDate);
      const b = all.pop();
      if (!b || all.includes(undefined)) return words;
      return all.length > 0 ? fill(dates[date.startsWith("[") ? "or" : "and"], { a: all.join(", "), b }) : b;
    }
    const [start, end] = date.split("/");
    if (end === undefined) return oneDate(start) ?? words;
    const [from, to] = [oneDate(start), oneDate(end)];
    if (from && to) return fill(dates[/\D/.test(from + to) ? "from-to" : "years"], { from, to });
    if (to) return fill(dates.before, { date: to });
    return from ? fill(dates.after, { date: from }) : words;
  }

  /** A day, a month, a season, a year, a decade or a century in the words of this page, if it is one. */
  function oneDate(date) {
    const [, year, month, day, mark] = /^(\d{4}|\d{3}X|\d{2}XX)(?:-(0\d|1[0-2]|2[1-4]))?(?:-(\d\d))?([~?%])?$/.exec(date) ?? [];
    if (!year) return undefined;
    const plain = () => {
      if (year.endsWith("XX")) return fill(dates.century, { century: `${year.slice(0, 2)}00` });
      if (year.endsWith("X")) return fill(dates.decade, { decade: `${year.slice(0, 3)}0` });
      if (!month) return String(Number(year));
      if (month > "12") return fill(dates.season, { season: dates[month], year: Number(year) });
      const shown = { year: "numeric", month: "long", day: day && "numeric", timeZone: "UTC" };
      return new Intl.DateTimeFormat(document.documentElement.lang, shown).format(new Date(`${year}-${month}-${day ?? "01"}T00:00:00Z`));
    };
    const marked = { "~": dates.about, "?": dates.uncertain, "%": dates["about-uncertain"] }[mark];
    return marked ? fill(marked, { date: plain() }) : plain();
  }

  /** "A", "A and B", "A and 51 others", in the words of this page. */
  function inShort(names, unnamed) {
    const others = names.length - 1 + unnamed;
    if (others === 0) return names[0];
    if (others === 1) return fill(strings.two, { a: names[0], b: names[1] });
    const forms = JSON.parse(strings.others);
    const category = new Intl.PluralRules(document.documentElement.lang || undefined).select(others);
    return fill(forms[category] ?? forms.other, { a: names[0], n: number.format(others) });
  }

  /** Pages of results are read for their passages; they are in the cache when one is opened. */
  function showPassages(results) {
    fetching = new AbortController();
    const { signal } = fetching;
    const items = [...part("list").children];
    return Promise.all(
      results.map(async ({ url }, i) => {
        const paragraphs = await paragraphsOf(new URL(url, pages).href, signal).catch(() => []);
        if (!signal.aborted && paragraphs.thumbnail) {
          items[i].prepend(element("img", { className: "thumbnail", src: paragraphs.thumbnail, alt: "", loading: "lazy", decoding: "async" }));
        }
        if (signal.aborted || paragraphs.length === 0) return;
        const passage = await call("passage", paragraphs.map(({ text }) => text));
        if (signal.aborted || !passage) return;
        items[i].querySelector(".search-passage").replaceChildren(...marked(passage.pieces));
        const place = [paragraphs[passage.index].id, ...passage.forms.map(encodeURIComponent)];
        if (passage.forms.length > 0) items[i].querySelector("a").hash = place.join(";");
      }),
    );
  }

  const read = new Map();

  async function paragraphsOf(href, signal) {
    if (!read.has(href)) {
      const html = await (folder ? folder.text(href) : fetched(href, { signal }).then((response) => response.text()));
      const page = new DOMParser().parseFromString(html, "text/html");
      // Numbers, marks and ways back are the page's, not the text's.
      for (const item of page.querySelectorAll("#text :is(li, br, td, th)")) item.before(" ");
      for (const mark of page.querySelectorAll("#text :is(.number, .noteref, .mark, .back)")) mark.remove();
      const paragraphs = [...page.querySelectorAll("#text :is(p, div)[id]")].filter(({ id }) => /^(p|note)-/.test(id));
      const texts = paragraphs.map(({ id, textContent }) => ({ id, text: textContent.replace(/\s+/g, " ").trim() }));
      const name = page.querySelector(".scans")?.dataset.thumbnail;
      read.set(href, Object.assign(texts, name && { thumbnail: new URL(name, href).href }));
    }
    return read.get(href);
  }

  function showPages(page, pages) {
    const nav = part("pages");
    const [previous, numbers, next] = nav.children;
    const href = (n) => address(changed((query) => n > 1 && query.set("page", n)));
    nav.hidden = pages < 2;
    previous.hidden = page <= 1;
    next.hidden = page >= pages;
    [previous.href, next.href] = [href(page - 1), href(page + 1)];
    const link = (n) => {
      const made = element("a", { href: href(n), ariaLabel: fill(strings.page, { page: number.format(n), pages: number.format(pages) }) }, number.format(n));
      if (n === page) made.setAttribute("aria-current", "page");
      return made;
    };
    numbers.replaceChildren(...around(page, pages).map((n) => element("li", {}, n ? link(n) : "…")));
  }

  /** Numbers of pages to show: the first, the last, those around the current one; 0 is a gap. */
  function around(page, pages) {
    const near = [1, page - 2, page - 1, page, page + 1, page + 2, pages].filter((n) => n >= 1 && n <= pages);
    const shown = [...new Set(near)].sort((a, b) => a - b);
    return shown.flatMap((n, i) => (i > 0 && n > shown[i - 1] + 1 ? [0, n] : [n]));
  }

  // Facets.

  /** Facets need files of their own, which are not read while nobody sees them. */
  async function showFacets(mine) {
    if (!part("filters").open || mine !== answered) return;
    const facets = await call("facets", sizes);
    if (mine !== turn) return;
    const focused = document.activeElement?.id;
    const shown = facets.filter(({ choices }) => choices.length > 0);
    part("facets").replaceChildren(...shown.map(fieldset));
    if (focused) document.getElementById(focused)?.focus();
  }

  const titleOf = (name) => own[name] ?? strings[name];

  function fieldset({ name, choices, more, values }) {
    const list = element("ul", {}, ...choices.map((choice) => checkbox(name, choice)));
    const parts = [element("legend", {}, titleOf(name)), list];
    if (values > 20 && name !== "year") parts.splice(1, 0, finder(name, list));
    if (more) {
      const button = element("button", { type: "button", id: `search-more-${name}`, className: "search-more" }, strings.more);
      button.addEventListener("click", () => {
        sizes[name] = (sizes[name] ?? 10) + 40;
        showFacets(turn);
      });
      parts.push(button);
    }
    return element("fieldset", {}, ...parts);
  }

  function checkbox(name, { key, label, count, chosen }) {
    const id = `search-${name}-${key}`;
    const input = element("input", { type: "checkbox", name, value: key, id, checked: chosen });
    input.setAttribute("form", "search-form");
    const size = element("span", { className: "search-count" }, number.format(count));
    return element("li", {}, element("label", {}, input, element("span", { dir: "auto" }, labelOf(name, key, label)), size));
  }

  /** A box that finds a value among thousands. */
  function finder(name, list) {
    const input = element("input", { type: "search", id: `search-find-${name}`, autocomplete: "off", placeholder: strings.find });
    input.setAttribute("aria-label", `${titleOf(name)}: ${strings.find}`);
    const top = [...list.children];
    input.addEventListener("input", async () => {
      const text = input.value.trim();
      const choices = text ? await call("values", name, text).catch(() => []) : [];
      if (input.value.trim() !== text) return;
      list.replaceChildren(...(text ? choices.map((choice) => checkbox(name, choice)) : top));
    });
    // The box finds; only a choice searches.
    input.addEventListener("change", (event) => event.stopPropagation());
    input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    return input;
  }

  // The form.

  function fillForm() {
    const query = parameters();
    for (const name of ["q", "from", "to", "undated", "sort"]) form.elements[name].value = query.get(name) ?? "";
    form.elements.certainly.checked = query.has("certainly");
  }

  /** The state that the form says; facets that are not shown stay as they are. */
  function readForm() {
    return changed((query) => {
      for (const name of ["q", "from", "to", "undated", "sort"]) {
        const value = form.elements[name].value.trim();
        if (value) query.set(name, value);
        else query.delete(name);
      }
      if (form.elements.certainly.checked) query.set("certainly", "1");
      else query.delete("certainly");
    });
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    go(readForm());
  });

  let pause;
  box.addEventListener("focus", start, { once: true });
  box.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => go(readForm(), true), 250);
  });

  root.addEventListener("change", ({ target }) => {
    if (target === box || !target.name) return;
    clearTimeout(pause);
    if (!FACETS.includes(target.name)) return go(readForm());
    const query = readForm();
    const others = query.getAll(target.name).filter((key) => key !== target.value);
    query.delete(target.name);
    for (const key of target.checked ? [...others, target.value] : others) query.append(target.name, key);
    go(query);
  });

  root.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || link.closest("[data-list], [data-browse]") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(new URL(link.href).searchParams);
    fillForm();
    if (link.closest("[data-pages]")) part("status").focus();
  });

  part("exports").addEventListener("click", async ({ target }) => {
    if (!target.value) return;
    const script = new URL(root.dataset.export, location.href);
    const { exportAs } = await (folder ? folder.read(script) : import(script));
    const file = exportAs(target.value, await call("list"), site.href);
    const link = element("a", { href: URL.createObjectURL(file), download: file.name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    part("exports").open = false;
  });

  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  addEventListener("popstate", () => {
    fillForm();
    run();
  });

  // Small tools.

  async function fetched(address, options) {
    const response = await fetch(address, options);
    if (!response.ok) throw new Error(`${response.status}`);
    return response;
  }

  function isOld() {
    try {
      return !new DecompressionStream("deflate-raw") || !window.Worker;
    } catch {
      return true;
    }
  }

  /** A link to a page of the site as a file beside this page. */
  function asFile(link) {
    const path = link.getAttribute("href").slice(root.dataset.base.length);
    return new URL(`../${path}${path.endsWith("/") ? "index.html" : ""}`, location.href).href;
  }

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  /** A text with its short words of hyphens in elements that keep each on one line, as the pages have them; elements as they are. */
  function whole(piece) {
    if (typeof piece !== "string") return [piece];
    const breaks = (word) => word.length <= 16 && /[\p{L}\p{N}][-‐].*[\p{L}\p{N}]/u.test(word);
    return piece.split(/(\s+)/).map((word) => (breaks(word) ? element("span", { className: "unbroken" }, word) : word));
  }

  /** Pieces of a text, every second one marked. */
  function marked(pieces) {
    return pieces.map((piece, i) => (i % 2 ? element("mark", {}, piece) : piece));
  }

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  }

  const wide = matchMedia("(min-width: 60rem)");
  const openFilters = () => (part("filters").open = wide.matches);
  part("filters").addEventListener("toggle", () => showFacets(turn).catch(() => {}));
  wide.addEventListener("change", openFilters);
  openFilters();

  fillForm();
  run();
})();
