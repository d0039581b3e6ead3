// Takes the README's picture anew: `node tests/browser/picture.mjs`, after `cargo build`.

import { fileURLToPath } from "node:url";

import { open, withPage } from "./lib/browser.mjs";
import { crawl, pagesOf } from "./lib/crawl.mjs";
import { founding } from "./lib/sites.mjs";

const to = fileURLToPath(new URL("../../themes/screenshot.png", import.meta.url));
const pages = pagesOf(founding.root, await crawl(founding.root));
const letter = pages.find((path) => /^documents\/2014-11-10[^/]*\/$/.test(path));
await withPage(founding.root, { viewport: { width: 1180, height: 720 } }, async (page) => {
  await open(page, founding.root, letter);
  await page.screenshot({ path: to });
});
process.exit(0);
