// All tests in one process: the sites are built once, the browser starts once.

import { readdir } from "node:fs/promises";

const files = (await readdir(new URL(".", import.meta.url))).filter((name) => name.endsWith(".test.mjs"));
for (const file of files.sort()) await import(`./${file}`);
