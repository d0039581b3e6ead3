// Reads a site as a machine without scripts does: from the home page, link by link.

import { open, withPage } from "./browser.mjs";

const crawls = new Map();

/**
 * Every file that links lead to, by path: pages with their title, headings, ids and links, other files
 * with their status only. Pages are read once a run.
 */
export function crawl(site) {
  if (!crawls.has(site)) crawls.set(site, withPage(site, {}, (page) => read(page, site)));
  return crawls.get(site);
}

async function read(page, site) {
  await open(page, site, "");
  // DOMParser runs no script, and reads <noscript> as any other element.
  const files = await page.evaluate(async (start) => {
    const files = {};
    const queue = [start];
    const seen = new Set(queue);
    const reading = async () => {
      for (let path = queue.shift(); path; path = queue.shift()) {
        const answer = await fetch(path);
        const file = { status: answer.status, type: answer.headers.get("content-type") ?? "" };
        files[path] = file;
        if (!file.type.startsWith("text/html") || answer.status !== 200) continue;
        const html = new DOMParser().parseFromString(await answer.text(), "text/html");
        const absolute = new URL(path, location.origin);
        Object.assign(file, {
          title: html.title,
          lang: html.documentElement.lang,
          h1: [...html.querySelectorAll("h1")].map((h) => h.textContent.trim()),
          ids: [...html.querySelectorAll("[id]")].map((e) => e.id),
          canonical: html.querySelector("link[rel=canonical]")?.getAttribute("href"),
          body: html.body.className,
          links: [],
          others: [],
        });
        for (const link of html.querySelectorAll("[href], [src], [action]")) {
          const value = link.getAttribute("href") ?? link.getAttribute("src") ?? link.getAttribute("action");
          const url = new URL(value, absolute);
          if (url.origin !== location.origin) {
            if (!["A", "LINK"].includes(link.tagName.toUpperCase())) file.others.push(url.href);
            continue;
          }
          const isLink = link.tagName.toLowerCase() === "a";
          file.links.push({ to: url.pathname, hash: decodeURIComponent(url.hash.slice(1)), isLink, value });
          if (!seen.has(url.pathname)) {
            seen.add(url.pathname);
            queue.push(url.pathname);
          }
        }
      }
    };
    while (queue.length > 0) await Promise.all(Array.from({ length: 4 }, reading));
    return files;
  }, site.basePath);
  return new Map(Object.entries(files));
}

/**
 * Whether a page of the fixture says that a document was withdrawn. The list of changes leads to it, but it is no
 * document: no sitemap has it, and it cannot be cited.
 */
export const isNotice = (path) => /(^|\/)documents\/withdrawn\/$/.test(path);

/** The paths of a crawl's pages, relative to the site. */
export function pagesOf(site, files) {
  const pages = [...files].filter(([, file]) => file.links);
  return pages.map(([path]) => path.slice(site.basePath.length)).sort();
}
