#!/usr/bin/env node
// Writes `src/search/reader/built/`: the scripts of the search as readers get them, each in one file and as small as
// can be. Run it after a change of `src/search/reader/*.js`; a test of the browser suite compares.
//
//   node tools/reader.mjs [FOLDER]
//
// The minifiers are among the packages that `tests/run` installs.

import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(new URL("../tests/browser/package.json", import.meta.url));
const esbuild = require("esbuild");
const { minify } = require("terser");

const reader = fileURLToPath(new URL("../src/search/reader/", import.meta.url));

/** What few searches need, where the worker's script finds it. */
const RARE = 'import { Stemmer } from "./stem.js"; import { suggest } from "./suggest.js"; self.fondsRare = { Stemmer, suggest };';

/** What each script is made of. */
const SCRIPTS = {
  // An archive's own worker.
  worker: { contents: 'import "./worker.js";' },
  // The worker of an archive with a search server.
  http: { contents: 'import "./worker.js";', instead: { "./open.js": "./http.js" } },
  // What stems words that the index does not hold, and suggests others.
  stem: { contents: RARE },
  // A copy that is opened as files, in which the engine runs in the page.
  folder: { contents: `${RARE} import "./folder.js";` },
};

/** @param {Record<string, string>} instead modules to take in place of others */
const replace = (instead) => ({
  name: "instead",
  setup(build) {
    build.onResolve({ filter: /^\.\// }, ({ path, resolveDir }) =>
      instead[path] && build.resolve(instead[path], { resolveDir, kind: "import-statement" }));
  },
});

async function script({ contents, instead = {} }) {
  const { outputFiles } = await esbuild.build({
    stdin: { contents, resolveDir: reader },
    bundle: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    write: false,
    plugins: [replace(instead)],
  });
  const { code } = await minify(outputFiles[0].text, {
    ecma: 2020,
    compress: { passes: 3, unsafe_arrows: true },
    format: { ascii_only: false },
  });
  // Modules are strict, and one file of them is to be so, too.
  return `"use strict";${code}\n`;
}

const folder = process.argv[2] ?? `${reader}built`;
await mkdir(folder, { recursive: true });
for (const [name, made] of Object.entries(SCRIPTS)) await writeFile(`${folder}/${name}.js`, await script(made));
