import { Engine } from "./engine.js";
import { Files, inflate } from "./files.js";

/** The script beside the worker's with `Stemmer`, read when a word is unknown. The writer puts its name here. */
const STEMMER = "stem.js";

/**
 * The engine that a worker runs. The script of archives with a search server has `http.js` in place of this.
 * @param {{ address: string, manifest: ArrayBuffer }} where the manifest is, and its bytes
 * @param {(address: string | URL) => Promise<ArrayBuffer>} load
 */
export async function openEngine({ address, manifest }, load) {
  /** @type {any} a worker's scope, in which the script declares `Stemmer` */
  const scope = self;
  const loadStemmer = () => scope.stemmer ?? scope.importScripts(new URL(`../${STEMMER}`, address)) ?? scope.stemmer;
  return new Engine(new Files(await inflate(new Uint8Array(manifest)), (name) => load(new URL(name, address)), loadStemmer));
}
