// All tests: files side by side, each with a browser of its own. The sites that they read are built once.

import { readdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { run } from "node:test";
import { fileURLToPath } from "node:url";

import reporter from "./lib/reporter.mjs";
import { work } from "./lib/work.mjs";

/** Files that take longest, which begin first. */
const LONGEST = ["screenshots", "accessibility", "serve", "hard", "validity", "scans"].map((name) => `${name}.test.mjs`);

const place = (name) => (LONGEST.indexOf(name) + 1 || LONGEST.length + 1);
const names = (await readdir(new URL(".", import.meta.url))).filter((name) => name.endsWith(".test.mjs"));
const files = names
  .sort((a, b) => place(a) - place(b) || a.localeCompare(b))
  .map((name) => fileURLToPath(new URL(name, import.meta.url)));

process.env.FONDS_SUITE = work;
// One more than the machine has cores: pages are waited for.
run({ files, concurrency: availableParallelism() + 1 })
  .on("test:fail", ({ todo }) => todo === undefined && (process.exitCode = 1))
  .compose(reporter)
  .pipe(process.stdout);
