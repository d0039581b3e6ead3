// Takes the pictures of the README and of the themes anew: `node tests/browser/picture.mjs`, after `cargo build`.

import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { open, withPage } from "./lib/browser.mjs";
import { crawl, pagesOf } from "./lib/crawl.mjs";
import { built, founding } from "./lib/sites.mjs";

const folder = fileURLToPath(new URL("../../themes/", import.meta.url));

async function shoot(site, path, to) {
  await withPage(site, { viewport: { width: 1180, height: 720 } }, async (page) => {
    await open(page, site, path);
    await page.screenshot({ path: to });
  });
}

const pages = pagesOf(founding.root, await crawl(founding.root));
const letter = pages.find((path) => /^documents\/2014-11-10[^/]*\/$/.test(path));
await shoot(founding.root, letter, join(folder, "screenshot.png"));
for (const theme of ["ledger", "gazette", "edition"]) {
  // Each theme has a copy of the archive: one folder is built once only.
  const root = `${founding.root.root}-${theme}`;
  await cp(founding.root.root, root, { recursive: true });
  await cp(join(folder, theme), join(root, "themes", theme), { recursive: true });
  const config = join(root, "config.toml");
  await writeFile(config, `theme = "${theme}"\n${await readFile(config, "utf8")}`);
  await shoot(await built(root, "/", { url: "https://example.org", ingest: false }), "", join(folder, theme, "screenshot.png"));
}
process.exit(0);
