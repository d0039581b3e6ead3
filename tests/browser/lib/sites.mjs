// The built sites that the tests read: two archives, each at the root of a host and below a path.

import { execFile } from "node:child_process";
import { cp, readFile, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { serve } from "./server.mjs";
import { once, work } from "./work.mjs";

const run = promisify(execFile);
const project = fileURLToPath(new URL("../../../", import.meta.url));
/** The program. */
export const program = process.env.FONDS ?? join(project, "target/debug/fonds");

/** Where the fixture says that it is published. */
export const FIXTURE_URL = "https://harbour.example.org";
/** How many documents the fixture holds. */
export const FIXTURE_DOCUMENTS = 19;

/** Copies an archive, so that its build writes nothing beside its sources. */
async function copied(name, from, change = () => {}) {
  const root = join(work, name);
  await once(`${name}-sources`, async () => {
    for (const part of ["config.toml", "content", "seeds", "static", "themes"]) {
      if (existsSync(join(from, part))) await cp(join(from, part), join(root, part), { recursive: true });
    }
    await change(root);
  });
  return root;
}

/** Builds an archive and serves it below a base path. */
export async function built(root, basePath, { url, ingest }) {
  const at = basePath === "/" ? "root" : "path";
  const folder = join(root, `public-${at}`);
  const arguments_ = ["--root", root, "--quiet", "build", "--output-dir", folder];
  arguments_.push("--base-url", `${url}${basePath}`.replace(/\/$/, ""));
  if (!ingest) arguments_.push("--no-ingest");
  await once(`${basename(root)}-${at}`, () => run(program, arguments_));
  return { root, folder, basePath, permanent: `${url}${basePath}`, url: await serve(folder, basePath) };
}

async function both(root, options) {
  return { root: await built(root, "/", options), path: await built(root, "/archive/", options) };
}

const fixtureRoot = await copied("fixture", fileURLToPath(new URL("../fixture/", import.meta.url)));
/** The archive of hard cases, as its content stands. */
export const fixture = await both(fixtureRoot, { url: FIXTURE_URL, ingest: false });
/** The founding archive, as a fresh clone builds it. */
export const founding = await both(await copied("founding", project), { url: "https://example.org", ingest: true });

/** The archive of hard cases in the other themes of the project. */
export const themes = {};
for (const name of ["ledger", "gazette", "edition"]) {
  themes[name] = await built(await inTheme(name), "/", { url: FIXTURE_URL, ingest: false });
}

function inTheme(theme) {
  return copied(theme, fileURLToPath(new URL("../fixture/", import.meta.url)), async (root) => {
    await cp(join(project, "themes", theme), join(root, "themes", theme), { recursive: true });
    const config = join(root, "config.toml");
    await writeFile(config, `theme = "${theme}"\n${await readFile(config, "utf8")}`);
  });
}

/** Every built site. */
export const sites = { fixture: fixture.root, "fixture below a path": fixture.path, founding: founding.root, "founding below a path": founding.path };
