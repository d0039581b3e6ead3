import { openEngine } from "./open.js";

/**
 * The worker: requests of the page in, answers out. The first message says where to look: `{ address, manifest }`,
 * where the manifest is and its bytes, or `{ endpoint }`, where a search server answers. Each later one is
 * `{ id, call, arguments }`, the name of a method of `Engine`, and is answered by `{ id, value }` or `{ id, error }`.
 */

/** @type {Promise<Record<string, Function>>} */
let engine;

self.onmessage = async ({ data }) => {
  if (!data.call) {
    engine = /** @type {any} */ (openEngine(data, load));
    // What cannot be opened is told to each request.
    Promise.resolve(engine).catch(() => {});
    return;
  }
  try {
    const value = await (await engine)[data.call](...data.arguments);
    self.postMessage({ id: data.id, value });
  } catch (error) {
    self.postMessage({ id: data.id, error: String(error) });
  }
};

/** @param {string | URL} address */
async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response.arrayBuffer();
}
