// `fonds serve`: a page that is open follows files as editors and version control save them, and the review
// desk settles a doubt.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";

import { NARROW, assertCalm, open, withPage } from "./lib/browser.mjs";
import { program } from "./lib/sites.mjs";
import { work } from "./lib/work.mjs";

const root = join(work, "served");
const file = join(root, "content/documents/letter.md");
const letter = (words) => `+++
title = "Letter"
date = "1921-03-14"

[source]
seed = "letter.txt"

[[review]]
field = "date"
reason = "no year stands in it"
line = 1
+++

The room is ${words}.
`;
let server;
let site;

before(async () => {
  mkdirSync(join(root, "content/documents"), { recursive: true });
  mkdirSync(join(root, "seeds"));
  writeFileSync(join(root, "config.toml"), 'base_url = "https://example.org"\ntitle = "Letters"\n');
  writeFileSync(join(root, "seeds/letter.txt"), "14 March\n\nThe room is dry.\n");
  writeFileSync(file, letter("dry"));
  server = spawn(program, ["--root", root, "serve", "--port", "0", "--no-ingest"], { stdio: ["ignore", "ignore", "pipe"] });
  for await (const line of createInterface({ input: server.stderr })) {
    const url = /the site is at (\S+)/.exec(line)?.[1];
    if (url) {
      site = { url };
      break;
    }
  }
  // What else it says must not fill the pipe.
  server.stderr.resume();
});
after(() => server.kill());

const git = (...words) =>
  execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.org", ...words], { cwd: root, stdio: "pipe" });

/** Ways to save a text, each as a program does it. */
const ways = {
  "VS Code, which writes into the file": (text) => writeFileSync(file, text),
  "vim, which moves the old file away and writes a new one": (text) => {
    writeFileSync(join(root, "content/documents/4913"), "");
    rmSync(join(root, "content/documents/4913"));
    writeFileSync(join(root, "content/documents/.letter.md.swp"), "b0VIM");
    renameSync(file, `${file}~`);
    writeFileSync(file, text);
    rmSync(`${file}~`);
    rmSync(join(root, "content/documents/.letter.md.swp"));
  },
  "Emacs, which keeps a lock and a copy": (text) => {
    // The lock is a link that leads nowhere.
    symlinkSync("writer@desk.4711:1700000000", join(root, "content/documents/.#letter.md"));
    writeFileSync(join(root, "content/documents/#letter.md#"), text);
    renameSync(file, `${file}~`);
    writeFileSync(file, text);
    rmSync(join(root, "content/documents/#letter.md#"));
    rmSync(join(root, "content/documents/.#letter.md"));
  },
  "sed -i, which renames a copy over the file": (text, words, old) =>
    execFileSync("sed", ["-i", `s/is ${old}/is ${words}/`, file]),
};

test("a page follows every way to save", async () => {
  await withPage(site, {}, async (page) => {
    await open(page, site, "documents/letter/");
    let old = "dry";
    for (const [way, save] of Object.entries(ways)) {
      const words = `as ${way.split(/[ ,]/)[0].toLowerCase()} left it`;
      save(letter(words), words, old);
      await page.getByText(`The room is ${words}.`).waitFor();
      old = words;
    }
    assertCalm(page);
  });
});

test("a page follows git checkout of hundreds of files", async () => {
  const all = (branch) => {
    writeFileSync(file, letter(branch));
    const plain = letter(branch).replace(/\n\[source\][^+]*/, "");
    for (let n = 0; n < 400; n++) {
      const folder = join(root, `content/documents/box-${n % 5}${branch}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `folder-${n}.md`), plain.replace("Letter", `Letter ${n} of the ${branch} branch`));
    }
    git("add", "--all");
    git("commit", "--quiet", "--message", branch);
  };
  git("init", "--quiet", "--initial-branch", "first");
  all("first");
  git("checkout", "--quiet", "-b", "second");
  git("rm", "-r", "--quiet", "content/documents");
  mkdirSync(join(root, "content/documents"), { recursive: true });
  all("second");
  await withPage(site, {}, async (page) => {
    await open(page, site, "documents/letter/");
    for (const branch of ["first", "second", "first"]) {
      git("checkout", "--quiet", branch);
      await page.getByText(`The room is ${branch}.`).waitFor();
      const other = await withPage(site, {}, async (far) => {
        await open(far, site, "documents/folder-399/");
        await far.getByRole("heading", { name: `Letter 399 of the ${branch} branch` }).waitFor();
        return far.locator("main").innerText();
      });
      assert.ok(other.includes(`The room is ${branch}.`), other);
    }
    assertCalm(page);
  });
});

test("a fault lies over the last good page and goes with its cause", async () => {
  writeFileSync(file, letter("good"));
  await withPage(site, {}, async (page) => {
    await open(page, site, "documents/letter/");
    await page.getByText("The room is good.").waitFor();
    writeFileSync(file, letter("bad").replace("1921-03-14", "soon"));
    const alert = page.getByRole("alert");
    await alert.getByText("`soon` is not an EDTF date").waitFor();
    // Long lines are wrapped: nobody scrolls a message sideways to read it.
    writeFileSync(file, letter("bad").replace("1921-03-14", `soon ${"enough ".repeat(60)}`));
    await alert.getByText("enough enough").first().waitFor();
    const hidden = await alert.locator("pre").evaluate((pre) => pre.scrollWidth - pre.clientWidth);
    assert.ok(hidden <= 0, `${hidden} pixels of the message are hidden`);
    await page.reload();
    await page.getByText("The room is good.").waitFor();
    writeFileSync(file, letter("mended"));
    await page.getByText("The room is mended.").waitFor();
    assert.equal(await page.getByRole("alert").count(), 0);
  });
});

test("a document is corrected by a form, from its page and back", async () => {
  writeFileSync(file, letter("cold"));
  await withPage(site, {}, async (page) => {
    await open(page, site, "documents/letter/");
    await page.getByText("The room is cold.").waitFor();
    await page.getByRole("link", { name: "Correct this document" }).click();
    await page.getByText("Correct the record and the text").click();
    await page.getByLabel("Place", { exact: true }).fill("Ashford");
    await page.getByLabel("Person, 1").first().fill("Ada Quill");
    const text = page.getByLabel("Text, in Markdown");
    await text.fill("The room is warm.");
    // What somebody writes is not lost when another file changes.
    writeFileSync(join(root, "content/documents/other.md"), letter("large").replace('"Letter"', '"Another"'));
    await page.waitForTimeout(700);
    assert.equal(await text.inputValue(), "The room is warm.");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("link", { name: "its page" }).click();
    await page.getByText("The room is warm.").waitFor();
    await page.locator("header").getByText("Ada Quill").first().waitFor();
    assert.match(readFileSync(file, "utf8"), /^place = "Ashford"\ncreators = \[\n  \{ person = "Ada Quill" \},\n\]$/m);
    assertCalm(page);
  });
  rmSync(join(root, "content/documents/other.md"));
});

test("the review desk settles a doubt, and follows the files", async () => {
  writeFileSync(file, letter("in doubt"));
  await withPage(site, { viewport: NARROW }, async (page) => {
    await open(page, site, "_review/");
    await page.getByText("no year stands in it").waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= NARROW.width, `the desk is ${width} wide`);
    await page.getByRole("button", { name: "Accept: date of Letter" }).click();
    await page.getByText("No doubt is open.").waitFor();
    assert.ok(!readFileSync(file, "utf8").includes("[[review]]"));
    writeFileSync(file, letter("in doubt again"));
    await page.getByText("no year stands in it").waitFor();
    assertCalm(page);
  });
});
