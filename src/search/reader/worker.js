import { Engine } from "./engine.js";
import { Files } from "./files.js";
import { HttpEngine } from "./http.js";

/**
 * The worker: requests of the page in, answers out. The first message is `{ address, manifest }`, where
 * the manifest is and what it holds, or `{ endpoint }`, where a search server answers. Each later one is `{ id, call, arguments }`, the name of a method
 * of `Engine`, and is answered by `{ id, value }` or `{ id, error }`.
 */

/** @type {Engine | HttpEngine} */
let engine;

self.onmessage = async ({ data }) => {
  if (data.manifest) {
    engine = new Engine(new Files(data.manifest, (name) => load(new URL(name, data.address))));
    return;
  }
  if (data.endpoint) {
    engine = new HttpEngine(data.endpoint, async (address) => JSON.parse(new TextDecoder().decode(await load(new URL(address)))));
    return;
  }
  try {
    const calls = /** @type {Record<string, Function>} */ (/** @type {unknown} */ (engine));
    self.postMessage({ id: data.id, value: await calls[data.call](...data.arguments) });
  } catch (error) {
    self.postMessage({ id: data.id, error: String(error) });
  }
};

/** @param {URL} address */
async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response.arrayBuffer();
}
