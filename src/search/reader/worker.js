import { Engine } from "./engine.js";
import { Files } from "./files.js";

/**
 * The worker: requests of the page in, answers out. The first message names the manifest; each later
 * one is `{ id, call, arguments }` and is answered by `{ id, value }` or `{ id, error }`.
 */

/** @type {Promise<Engine> | undefined} */
let engine;

/**
 * @param {string} address of the manifest
 * @returns {Promise<Engine>}
 */
async function open(address) {
  /** @param {string} name */
  const load = async (name) => {
    const response = await fetch(new URL(name, address));
    if (!response.ok) throw new Error(`${response.status} ${name}`);
    return response.arrayBuffer();
  };
  const manifest = JSON.parse(new TextDecoder().decode(await load(address)));
  return new Engine(new Files(manifest, load));
}

self.onmessage = async ({ data }) => {
  if (data.manifest) {
    engine = open(data.manifest);
    engine.catch(() => {});
    return;
  }
  try {
    const calls = /** @type {Record<string, Function>} */ (/** @type {unknown} */ (await engine));
    self.postMessage({ id: data.id, value: await calls[data.call](...data.arguments) });
  } catch (error) {
    self.postMessage({ id: data.id, error: String(error) });
  }
};
