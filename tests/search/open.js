import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { Engine } from "../../src/search/reader/engine.js";
import { Files, inflate } from "../../src/search/reader/files.js";
import { Stemmer } from "../../src/search/reader/stem.js";
import { suggest } from "../../src/search/reader/suggest.js";

/** Opens the index that the Rust test wrote, and counts the bytes read from it. */
export async function openIndex(manifestPath = process.env.FONDS_MANIFEST) {
  const read = [];
  const load = async (name) => {
    const file = await readFile(join(dirname(manifestPath), name));
    read.push({ name, bytes: file.byteLength });
    return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
  };
  const manifest = await inflate(new Uint8Array(await readFile(manifestPath)));
  return Object.assign(new Engine(new Files(manifest, load, () => ({ Stemmer, suggest }))), { read });
}
