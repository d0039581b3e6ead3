/**
 * The search of an archive for pages of any site:
 *
 *     import { open } from "https://archive.example.org/search/api.js";
 *     const archive = await open();
 *     const { total, results } = await archive.search("human rights", { filters: { kind: ["letter"] }, from: "2008", sort: "newest" });
 *
 * `search/api.js` knows where its own index is. Another host must allow the reading of its files
 * (`Access-Control-Allow-Origin`), and the page's own policy scripts from `blob:`.
 *
 * @typedef {Partial<Omit<import("./engine.js").Request, "query">>} Options
 * @typedef {import("./engine.js").Answer} Answer
 * @typedef {import("./engine.js").Choice} Choice
 * @typedef {import("./engine.js").Result} Result
 * @typedef {import("./marks.js").Passage} Passage
 *
 * @typedef {object} Archive
 * @property {(query: string, options?: Options) => Promise<Answer>} search refused if a later search came first
 * @property {(sizes?: Record<string, number>) => Promise<{ name: string, choices: Choice[], more: boolean, values: number }[]>} facets
 *   of the last search: the values of each facet with most results, ten or as many as `sizes` says
 * @property {(facet: string, text: string) => Promise<Choice[]>} values of a facet whose names have words that begin so
 * @property {(texts: string[]) => Promise<Passage | undefined>} passage the paragraph of a document that shows best what was found
 * @property {(limit: number) => Promise<Result[]>} list all results of the last search, up to a number
 * @property {() => void} close ends the worker
 */

/**
 * Opens an index in a worker.
 * @param {{ manifest: string | URL, worker: string | URL }} where
 * @returns {Promise<Archive>}
 */
export async function openIndex({ manifest, worker }) {
  const thread = startWorker(new URL(worker));
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  thread.onmessage = ({ data: { id, value, error } }) => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) call?.resolve(value);
    else call?.reject(new Error(error));
  };
  thread.onerror = () => {
    for (const { reject } of waiting.values()) reject(new Error("the worker failed"));
    waiting.clear();
  };
  const response = await fetch(manifest);
  if (!response.ok) throw new Error(`${response.status} ${manifest}`);
  thread.postMessage({ address: String(manifest), manifest: await response.arrayBuffer() });
  let calls = 0;
  /** @type {(name: string, ...values: unknown[]) => Promise<any>} */
  const call = (name, ...values) =>
    new Promise((resolve, reject) => {
      waiting.set(++calls, { resolve, reject });
      thread.postMessage({ id: calls, call: name, arguments: values });
    });
  return {
    search: (query, options = {}) => call("search", { ...options, query }),
    facets: (sizes = {}) => call("facets", sizes),
    values: (facet, text) => call("values", facet, text),
    passage: (texts) => call("passage", texts),
    list: (limit) => call("list", limit),
    close: () => thread.terminate(),
  };
}

/**
 * A worker of another host has to be fetched by one of ours.
 * @param {URL} script
 */
function startWorker(script) {
  if (script.origin === location.origin) return new Worker(script);
  const starter = new Blob([`importScripts(${JSON.stringify(script.href)});`], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(starter));
}
