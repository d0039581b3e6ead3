import { Engine } from "./engine.js";
import { Files, inflate } from "./files.js";

/**
 * The engine that a worker runs. The script of archives with a search server has `http.js` in place of this.
 * @param {{ address: string, manifest: ArrayBuffer }} where the manifest is, and its bytes
 * @param {(address: string | URL) => Promise<ArrayBuffer>} load
 */
export async function openEngine({ address, manifest }, load) {
  return new Engine(new Files(await inflate(new Uint8Array(manifest)), (name) => load(new URL(name, address))));
}
