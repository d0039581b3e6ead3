// Page images: a viewer over the page, and beside the text the image of the page that is being read. Without this
// script pages show small images, and each is a link to the large one.

(() => {
  const scans = document.querySelector(".scans");
  const dialog = /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog.viewer"));
  /** @type {Promise<[string, number, number, number, number][][]> | undefined} */
  let places;
  const named = wordsInAddress();
  const pages = scans ? [...scans.querySelectorAll("li[id]")].map(pageOf) : [];
  if (dialog && pages.length > 0 && typeof dialog.showModal === "function") {
    const viewer = offerViewer(dialog);
    offerBeside(viewer);
  }

  /** The words of an address such as `#page-2;coal`, which afterwards is that of the page. */
  function wordsInAddress() {
    const [, page, list] = /^#(page-\d+);(.+)$/.exec(location.hash) ?? [];
    if (!page) return [];
    history.replaceState(history.state, "", `#${page}`);
    return list.split(";").map((word) => {
      try {
        return decodeURIComponent(word).slice(0, 200);
      } catch {
        return "";
      }
    });
  }

  /** What the list of images says of a page. @param {Element} item */
  function pageOf(item) {
    const link = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
    const image = /** @type {HTMLImageElement} */ (link.querySelector("img"));
    const { from, width, height } = /** @type {HTMLElement} */ (item).dataset;
    // The smallest comes first, then the one for reading.
    const copies = image.srcset.split(", ").filter(Boolean).map((copy) => new URL(copy.split(" ")[0], document.baseURI).href);
    return { id: item.id, link, url: link.href, large: copies[1] ?? image.src, from, width: Number(width), height: Number(height) };
  }

  /** The number of a page in words. @param {number} at */
  function place(at) {
    const number = new Intl.NumberFormat(document.documentElement.lang || undefined);
    const values = { n: number.format(at + 1), all: number.format(pages.length) };
    return (dialog?.dataset.place ?? "").replace(/\{(n|all)\}/g, (_, name) => values[name]);
  }

  /**
   * What marks the words found in the text on an image, too: where words are on pages is asked for once, and only if there
   * are hits. Gives a layer to lay over the image, and a function that marks what is on a page.
   */
  function offerMarks() {
    const layer = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    for (const [name, value] of [["viewBox", "0 0 10000 10000"], ["preserveAspectRatio", "none"], ["aria-hidden", "true"], ["class", "found"]]) {
      layer.setAttribute(name, value);
    }
    let shown = -1;
    return { layer, mark };

    /** @param {number} number */
    async function mark(number) {
      shown = number;
      layer.replaceChildren();
      const sought = soughtWords();
      const boxes = sought.length > 0 ? (await placesOfWords())[number] ?? [] : [];
      // Another page may have been opened since.
      if (shown !== number) return;
      layer.replaceChildren(...boxes.filter(([word]) => isSought(word, sought)).map(([, ...box]) => rectangle(box)));
    }

    function rectangle([x, y, width, height]) {
      const made = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      Object.entries({ x, y, width, height }).forEach(([name, value]) => made.setAttribute(name, value));
      return made;
    }

    /** Korean, Chinese and Japanese words are found inside others. */
    function isSought(word, sought) {
      const inside = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;
      const parts = word.split(/[^\p{L}\p{N}\p{M}]+/u);
      return sought.some((one) => (inside.test(one) ? word.includes(one) : parts.includes(one)));
    }
  }

  /** The words that are marked in the text, or that the address names behind a page. */
  function soughtWords() {
    const marks = [...document.querySelectorAll("#text mark")].map((mark) => mark.textContent ?? "");
    const words = [...marks, ...named].flatMap((text) => text.normalize("NFC").toLowerCase().split(/[^\p{L}\p{N}\p{M}]+/u));
    return [...new Set(words.filter(Boolean))];
  }

  /** Where the words of each page are: a word, then left, top, width and height in parts of ten thousand. */
  function placesOfWords() {
    const list = /** @type {HTMLElement} */ (scans).dataset.words;
    const read = async () => (await (await fetch(/** @type {string} */ (list))).json()).pages;
    // What cannot be had, as from a folder that is no site, is not marked.
    places ??= list ? read().catch(() => []) : Promise.resolve([]);
    return places;
  }

  /** The viewer: gives a function that opens it at a page. @param {HTMLDialogElement} dialog */
  function offerViewer(dialog) {
    const part = (name) => /** @type {HTMLElement} */ (dialog.querySelector(`[data-part="${name}"]`));
    const [stage, sheet, said, original] = ["stage", "sheet", "place", "original"].map(part);
    const button = (name) => /** @type {HTMLButtonElement} */ (dialog.querySelector(`button[value="${name}"]`));
    const image = sheet.appendChild(Object.assign(document.createElement("img"), { decoding: "async", alt: "" }));
    const { layer, mark } = offerMarks();
    sheet.append(layer);
    let at = 0;
    let zoom = 1;
    let turn = 0;
    /** Whether the address of the page stands before that of the viewer in the history. */
    let pushed = false;

    const acts = {
      previous: () => go(at - 1),
      next: () => go(at + 1),
      larger: () => resize(zoom * 1.5),
      smaller: () => resize(zoom / 1.5),
      fit: () => resize(1),
      turn: () => {
        turn = (turn + 1) % 4;
        resize(1);
      },
      close: () => dialog.close(),
    };

    /** Shows a page, if there is one. @param {number} number */
    function go(number) {
      if (number < 0 || number >= pages.length) return;
      at = number;
      turn = 0;
      const page = pages[at];
      image.alt = place(at);
      said.textContent = place(at);
      original.setAttribute("href", page.url);
      button("previous").disabled = at === 0;
      button("next").disabled = at === pages.length - 1;
      image.src = page.large;
      mark(at);
      resize(1);
      stage.scrollTo(0, 0);
      if (dialog.open) history.replaceState(history.state, "", `#${page.id}`);
    }

    /** Width and height of the page as it is turned. */
    function turned() {
      const page = pages[at];
      const width = page.width || image.naturalWidth || 1;
      const height = page.height || image.naturalHeight || 1;
      return turn % 2 ? [height, width] : [width, height];
    }

    /** Shows so many times what fits, and keeps a place of the stage where it is. @param {number} wanted */
    function resize(wanted, x = stage.clientWidth / 2, y = stage.clientHeight / 2) {
      const [width, height] = turned();
      const fits = Math.min(stage.clientWidth / width, stage.clientHeight / height);
      const old = [sheet.offsetWidth || 1, sheet.offsetHeight || 1];
      const held = [stage.scrollLeft + x, stage.scrollTop + y];
      zoom = Math.min(Math.max(wanted, 1), Math.max(8, 2 / fits));
      const scale = fits * zoom;
      sheet.style.width = `${Math.floor(width * scale)}px`;
      sheet.style.height = `${Math.floor(height * scale)}px`;
      image.style.width = `${(turn % 2 ? height : width) * scale}px`;
      layer.style.width = image.style.width;
      layer.style.height = `${(turn % 2 ? width : height) * scale}px`;
      image.style.rotate = layer.style.rotate = `${turn * 90}deg`;
      stage.scrollLeft = (held[0] / old[0]) * sheet.offsetWidth - x;
      stage.scrollTop = (held[1] / old[1]) * sheet.offsetHeight - y;
      button("smaller").disabled = button("fit").disabled = zoom === 1;
      stage.classList.toggle("zoomed", zoom > 1);
      sharpen(width * scale);
    }

    /** Takes the largest image once the copy for reading is too coarse. @param {number} width */
    function sharpen(width) {
      const { url, large } = pages[at];
      const drawn = width * devicePixelRatio;
      const has = (turn % 2 ? image.naturalHeight : image.naturalWidth) || Infinity;
      if (url === large || drawn < has * 1.2 || image.src === url) return;
      const finer = new Image();
      finer.src = url;
      finer.decode().then(() => pages[at].url === url && (image.src = url), () => {});
    }

    /** @param {number} number */
    function open(number) {
      if (dialog.open) return go(number);
      const { id } = pages[number];
      pushed = location.hash !== `#${id}`;
      if (pushed) history.pushState(null, "", `#${id}`);
      dialog.showModal();
      go(number);
      stage.focus();
    }

    dialog.addEventListener("close", () => {
      image.removeAttribute("src");
      if (!pages.some(({ id }) => location.hash === `#${id}`)) return;
      if (pushed) history.back();
      else history.replaceState(history.state, "", location.pathname + location.search);
    });
    dialog.addEventListener("click", (event) => {
      const pressed = /** @type {HTMLElement} */ (event.target).closest("button");
      if (pressed) acts[pressed.value]?.();
    });
    // Not only in the dialog: once an address names a place of the page, browsers take the focus out of it.
    document.addEventListener("keydown", (event) => {
      if (!dialog.open || event.ctrlKey || event.altKey || event.metaKey) return;
      const along = zoom > 1 ? {} : { ArrowLeft: acts.previous, ArrowRight: acts.next };
      const keys = {
        ...along, PageUp: acts.previous, PageDown: acts.next, Home: () => go(0), End: () => go(pages.length - 1),
        "+": acts.larger, "=": acts.larger, "-": acts.smaller, 0: acts.fit, r: acts.turn,
      };
      const act = keys[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    });
    image.addEventListener("load", () => sharpen(turned()[0] * (sheet.offsetWidth / turned()[0])));
    addEventListener("resize", () => dialog.open && resize(zoom));

    // A wheel with Ctrl is also what a pinch on a touchpad is for pages.
    stage.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const box = stage.getBoundingClientRect();
      resize(zoom * Math.exp(-event.deltaY / 200), event.clientX - box.left, event.clientY - box.top);
    }, { passive: false });
    stage.addEventListener("dblclick", (event) => {
      const box = stage.getBoundingClientRect();
      resize(zoom > 1 ? 1 : 2.5, event.clientX - box.left, event.clientY - box.top);
    });
    offerPinch();
    offerDrag();

    function offerPinch() {
      let start = 0;
      let before = 1;
      const spread = ([a, b]) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
      stage.addEventListener("touchstart", (event) => {
        if (event.touches.length === 2) [start, before] = [spread([...event.touches]), zoom];
      }, { passive: true });
      stage.addEventListener("touchmove", (event) => {
        if (event.touches.length !== 2 || start === 0) return;
        event.preventDefault();
        const [a, b] = [...event.touches];
        const box = stage.getBoundingClientRect();
        const middle = [(a.clientX + b.clientX) / 2 - box.left, (a.clientY + b.clientY) / 2 - box.top];
        resize((before * spread([a, b])) / start, ...middle);
      }, { passive: false });
    }

    function offerDrag() {
      let from = null;
      stage.addEventListener("pointerdown", (event) => {
        if (event.pointerType !== "mouse" || event.button !== 0 || zoom === 1) return;
        from = [event.clientX + stage.scrollLeft, event.clientY + stage.scrollTop];
        stage.setPointerCapture(event.pointerId);
      });
      stage.addEventListener("pointermove", (event) => {
        if (from) stage.scrollTo(from[0] - event.clientX, from[1] - event.clientY);
      });
      for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, () => (from = null));
    }

    pages.forEach(({ link }, number) => {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        open(number);
      });
    });
    const follow = () => {
      const number = pages.findIndex(({ id }) => location.hash === `#${id}`);
      if (number >= 0) open(number);
      else if (dialog.open) dialog.close();
    };
    addEventListener("popstate", follow);
    follow();
    return open;
  }

  /** The page that is being read, beside its text, where there is room for both. @param {(number: number) => void} open */
  function offerBeside(open) {
    const tools = /** @type {HTMLElement | null} */ (document.querySelector(".scans-tools"));
    const text = document.getElementById("text");
    const sheet = text?.closest(".sheet");
    if (!tools || !text || !sheet || !text.querySelector("[id]")) return;
    const make = (name, properties) => Object.assign(document.createElement(name), properties);
    const button = make("button", { type: "button", className: "copy" });
    const figure = make("figure", { className: "beside", hidden: true });
    const link = make("a", { href: "#scans" });
    const image = make("img", { decoding: "async" });
    const caption = make("figcaption", {});
    const { layer, mark } = offerMarks();
    link.append(image, layer);
    figure.append(link, caption);
    let at = -1;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      open(at);
    });
    const starts = pages.map(({ from }) => (from ? document.getElementById(from) : null));

    /** @param {number} number */
    function show(number) {
      if (number === at) return;
      at = number;
      const page = pages[at];
      [image.width, image.height] = [page.width || 4, page.height || 5];
      image.src = page.large;
      image.alt = caption.textContent = place(at);
      link.href = `#${page.id}`;
      mark(at);
    }

    /** The last page whose first paragraph stands in the upper part of the window, or above it. */
    function follow() {
      let number = 0;
      starts.forEach((start, k) => {
        if (start && start.getBoundingClientRect().top < innerHeight * 0.4) number = k;
      });
      show(number);
    }

    let asked = false;
    const scrolled = () => {
      if (asked || figure.hidden) return;
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        follow();
      });
    };
    /** @param {boolean} on */
    function set(on) {
      figure.hidden = !on;
      sheet.classList.toggle("with-scan", on);
      button.textContent = (on ? tools.dataset.hide : tools.dataset.show) ?? "";
      button.setAttribute("aria-pressed", String(on));
      if (on) follow();
    }
    let kept = null;
    try {
      kept = localStorage.getItem("fonds-beside");
    } catch {
      // No store: it is asked for on each page.
    }
    button.addEventListener("click", () => {
      set(Boolean(figure.hidden));
      try {
        localStorage.setItem("fonds-beside", figure.hidden ? "off" : "on");
      } catch {
        // As above.
      }
    });
    addEventListener("scroll", scrolled, { passive: true });
    text.addEventListener("marked", () => at >= 0 && mark(at));
    tools.append(" ", button);
    text.after(figure);
    set(kept === "on");
  }
})();
