import { Engine } from "./engine.js";
import { Files } from "./files.js";

/**
 * The engine that a worker runs. The script of archives with a search server has `http.js` in place of this.
 * @param {{ address: string, manifest: import("./files.js").Manifest }} where the manifest is, and what it holds
 * @param {(address: string | URL) => Promise<ArrayBuffer>} load
 */
export function openEngine({ address, manifest }, load) {
  return new Engine(new Files(manifest, (name) => load(new URL(name, address))));
}
