import { Engine } from "./engine.js";
import { Files, inflate } from "./files.js";

/** The script beside the worker's for words that are unknown. The writer puts its name here. */
const RARE = "stem.js";

/**
 * The engine that a worker runs. The script of archives with a search server has `http.js` in place of this.
 * @param {{ address: string, manifest: ArrayBuffer }} where the manifest is, and its bytes
 * @param {(address: string | URL) => Promise<ArrayBuffer>} load
 */
export async function openEngine({ address, manifest }, load) {
  /** @type {any} a worker's scope, to which the script gives what it has */
  const scope = self;
  const rare = () => scope.fondsRare ?? scope.importScripts(new URL(`../${RARE}`, address)) ?? scope.fondsRare;
  return new Engine(new Files(await inflate(new Uint8Array(manifest)), (name) => load(new URL(name, address)), rare));
}
