// Keeps an open page like the archive: loads it again after a build, exchanges style sheets if only
// they have changed, and lays over it what is wrong with the archive's files.
"use strict";

(() => {
  const server = new URL(document.currentScript.src);
  const place = `fonds-scroll ${location.pathname}`;
  let generation = Number(server.search.slice(1));
  // The review desk follows every change of the archive's files, not only those of the site.
  const revision = document.currentScript.dataset.revision;
  let events = null;

  const scrolled = sessionStorage.getItem(place);
  if (scrolled !== null) {
    sessionStorage.removeItem(place);
    addEventListener("load", () => scrollTo(0, Number(scrolled)), { once: true });
  }

  function reload() {
    sessionStorage.setItem(place, String(scrollY));
    location.reload();
  }

  function exchangeStyles(styles) {
    for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
      const pair = styles.find(([old]) => new URL(link.href).pathname === old);
      if (!pair) continue;
      const next = link.cloneNode();
      next.href = `${pair[1]}?${generation}`;
      // The old one stays until the new one is there, so that the page is never without style.
      next.addEventListener("load", () => link.remove(), { once: true });
      link.after(next);
    }
  }

  function addStyle() {
    if (document.querySelector('link[href="/_fonds/overlay.css"]')) return;
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/_fonds/overlay.css";
    document.head.append(style);
  }

  // From the page of a document to the form of the desk that corrects it.
  function offerCorrection() {
    const slug = /\/documents\/([^/]+)\/$/.exec(location.pathname)?.[1];
    if (!slug || revision !== undefined) return;
    addStyle();
    const link = document.createElement("a");
    link.id = "fonds-correct";
    link.href = `/_review/documents/${slug}/`;
    link.textContent = "Correct this document";
    document.body.append(link);
  }

  function showFaults(text) {
    if (document.querySelector("main#fonds-faults")) {
      const shown = document.querySelector("main#fonds-faults pre");
      if (text) shown.textContent = text;
      return;
    }
    document.getElementById("fonds-faults")?.remove();
    if (!text) return;
    addStyle();
    const box = document.createElement("section");
    box.id = "fonds-faults";
    box.setAttribute("role", "alert");
    const heading = document.createElement("h2");
    heading.textContent = "The archive has faults; this is the last good page";
    const faults = document.createElement("pre");
    faults.textContent = text;
    box.append(heading, faults);
    document.body.append(box);
  }

  function receive(update) {
    if (revision !== undefined) {
      const fields = document.querySelectorAll('input:not([type="hidden"]), textarea');
      const isWriting = Array.from(fields).some((field) => field.value !== field.defaultValue);
      if (String(update.revision) !== revision && !isWriting) reload();
      else showFaults(update.faults);
    } else if (update.generation === generation) {
      showFaults(update.faults);
    } else if (update.generation === generation + 1 && update.styles.length > 0) {
      generation = update.generation;
      exchangeStyles(update.styles);
      showFaults(update.faults);
    } else {
      reload();
    }
  }

  function connect() {
    if (events) return;
    events = new EventSource("/_fonds/events");
    events.addEventListener("message", (event) => receive(JSON.parse(event.data)));
  }

  // A browser keeps few connections to a host, so tabs that nobody sees leave theirs to others.
  function followVisibility() {
    if (document.visibilityState === "visible") {
      connect();
    } else {
      events?.close();
      events = null;
    }
  }

  document.addEventListener("visibilitychange", followVisibility);
  addEventListener("pagehide", () => events?.close());
  followVisibility();
  offerCorrection();
})();
