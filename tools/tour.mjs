// Takes the pictures of docs/tour.md from the archive of this repository.
//
//   node tools/tour.mjs PROGRAM
//
// It uses the browser of tests/browser: run `tests/run` once, or `npm ci` there.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { chromium } from "../tests/browser/node_modules/playwright-core/index.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const program = process.argv[2];
if (!program) {
  console.error("usage: node tools/tour.mjs PROGRAM");
  process.exit(2);
}

const LETTER = "/documents/2008-11-19-letter-from-ban-ki-moon-to-richard-v-allen/";
const PICTURES = [
  ["home", "/"],
  ["letter", LETTER],
  ["source", `${LETTER}source/`],
  ["organization", "/organizations/amnesty-international/"],
  ["search", "/search/?q=abducted"],
  ["desk", "/_review/"],
];

const server = spawn(program, ["serve", "--port", "0", "--root", root], { stdio: ["ignore", "pipe", "pipe"] });
const address = await new Promise((resolve, reject) => {
  let said = "";
  const hear = (chunk) => {
    said += chunk;
    const found = said.match(/http:\/\/[^\s/]+/);
    if (found) resolve(found[0]);
  };
  server.stdout.on("data", hear);
  server.stderr.on("data", hear);
  server.on("exit", () => reject(new Error(said)));
});
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width: 1100, height: 760 } });
  for (const [name, path] of PICTURES) {
    await page.goto(address + path);
    if (name === "search") await page.locator("[data-list] li").first().waitFor({ timeout: 90000 });
    await page.screenshot({ path: `${root}docs/tour/${name}.jpg`, type: "jpeg", quality: 72 });
  }
} finally {
  await browser.close();
  server.kill();
}
