// Page images: small ones on the page, a viewer over it, one beside the text; all of it can be reached without a script.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { NARROW, assertCalm, open, withPage } from "./lib/browser.mjs";
import { fits, violations } from "./lib/judge.mjs";
import { scans } from "./lib/scans.mjs";

const site = await scans();
const LETTER = "documents/letter/";
const PAGES = [LETTER, "documents/korean/", "documents/bill/", "documents/map/", "documents/"];
const place = (page) => page.locator('.viewer [data-part="place"]').textContent();
const isOpen = (page) => page.locator("dialog.viewer").evaluate((dialog) => dialog.open);
const hash = (page) => new URL(page.url()).hash;

test("pages with images fit every screen, and axe finds nothing on them", async () => {
  await withPage(site, {}, async (page) => {
    for (const path of PAGES) {
      await open(page, site, path);
      assert.deepEqual(await violations(page), [], path);
      assert.equal(await page.locator("a:not([href])").count(), 0, path);
      await fits(page);
      assertCalm(page, path);
    }
  });
});

test("a letter with two scans weighs at most 60 kB before anything is opened", async () => {
  for (const options of [{}, { viewport: NARROW, deviceScaleFactor: 3 }]) {
    await withPage(site, options, async (page) => {
      let bytes = 0;
      page.on("response", async (response) => {
        const body = await response.body();
        bytes += response.request().resourceType() === "image" && !response.url().endsWith(".svg") ? body.length : gzipSync(body).length;
      });
      await open(page, site, LETTER);
      await page.locator("#page-2").scrollIntoViewIfNeeded();
      await page.waitForLoadState("networkidle");
      const small = await page.evaluate(() => [...document.querySelectorAll(".scans img")].map((image) => image.currentSrc));
      assert.ok(small.every((src) => /-320-/.test(src)), small.join());
      assert.ok(bytes > 10_000 && bytes <= 60_000, `${bytes} bytes`);
    });
  }
});

test("without a script every small image is a link to the large one", async () => {
  await withPage(site, { javaScriptEnabled: false }, async (page) => {
    await open(page, site, LETTER);
    assert.equal(await page.locator(".scans li a").count(), 2);
    assert.equal(await page.locator("dialog.viewer").isVisible(), false);
    const href = await page.locator("#page-2 a").getAttribute("href");
    assert.equal((await page.request.get(new URL(href, page.url()).href)).status(), 200);
  });
});

test("the viewer is opened, led and closed by the keyboard alone", async () => {
  await withPage(site, {}, async (page) => {
    await open(page, site, LETTER);
    await page.locator("#page-1 a").focus();
    await page.keyboard.press("Enter");
    assert.equal(await isOpen(page), true);
    assert.equal(await place(page), "Page 1 of 2");
    assert.equal(hash(page), "#page-1");
    await page.keyboard.press("ArrowRight");
    assert.equal(await place(page), "Page 2 of 2");
    assert.equal(hash(page), "#page-2");
    const width = () => page.locator(".viewer-sheet").evaluate((sheet) => sheet.offsetWidth);
    const before = await width();
    await page.keyboard.press("+");
    assert.ok((await width()) > before * 1.4);
    await page.keyboard.press("0");
    assert.equal(await width(), before);
    await page.keyboard.press("r");
    const [w, h] = await page.locator(".viewer-sheet").evaluate((sheet) => [sheet.offsetWidth, sheet.offsetHeight]);
    assert.ok(w > h, `${w} × ${h}`);
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press("Escape");
    assert.equal(await isOpen(page), false);
    await page.waitForFunction(() => location.hash === "");
    assert.equal(await page.evaluate(() => document.activeElement.closest("li")?.id), "page-1");
    assertCalm(page, LETTER);
  });
});

test("a link to a page opens it, and the way back closes it", async () => {
  await withPage(site, {}, async (page) => {
    await open(page, site, `${LETTER}#page-2`);
    assert.equal(await isOpen(page), true);
    assert.equal(await place(page), "Page 2 of 2");
    await page.keyboard.press("PageUp");
    assert.equal(await place(page), "Page 1 of 2");
    await page.locator('.viewer [value="close"]').click();
    assert.equal(await isOpen(page), false);
    assert.equal(hash(page), "");
    await page.locator("#page-2 a").click();
    assert.equal(await isOpen(page), true);
    await page.goBack();
    await page.waitForFunction(() => !document.querySelector("dialog.viewer").open);
    assertCalm(page, LETTER);
  });
});

test("what is enlarged is shown as sharp as the scan is, and dragged by the mouse", async () => {
  await withPage(site, {}, async (page) => {
    await open(page, site, `${LETTER}#page-1`);
    const image = page.locator(".viewer img");
    await page.waitForFunction(() => document.querySelector(".viewer img").naturalWidth > 0);
    assert.match(await image.getAttribute("src"), /-1600-/);
    for (let k = 0; k < 3; k++) await page.locator('.viewer [value="larger"]').click();
    await page.waitForFunction(() => document.querySelector(".viewer img").src.endsWith("letter-p1.png"));
    const scrolled = () => page.locator(".viewer-stage").evaluate((stage) => stage.scrollTop);
    const before = await scrolled();
    await page.mouse.move(640, 600);
    await page.mouse.down();
    await page.mouse.move(640, 400, { steps: 4 });
    await page.mouse.up();
    assert.ok((await scrolled()) > before + 150);
  });
});

test("two fingers enlarge a page", async () => {
  await withPage(site, { viewport: NARROW, hasTouch: true, isMobile: true }, async (page) => {
    await open(page, site, `${LETTER}#page-1`);
    const width = () => page.locator(".viewer-sheet").evaluate((sheet) => sheet.offsetWidth);
    const before = await width();
    const client = await page.context().newCDPSession(page);
    const touch = (type, ...points) =>
      client.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
    await touch("touchStart", [160, 400], [200, 400]);
    await touch("touchMove", [140, 400], [220, 400]);
    await touch("touchMove", [120, 400], [240, 400]);
    await touch("touchEnd");
    assert.ok((await width()) > before * 2, `${before} → ${await width()}`);
  });
});

test("beside the text stands the page that is being read", async () => {
  await withPage(site, {}, async (page) => {
    await open(page, site, LETTER);
    const button = page.locator(".scans-tools button");
    await button.click();
    const shown = () => page.locator(".beside figcaption").textContent();
    assert.equal(await shown(), "Page 1 of 2");
    await page.locator("#text p").last().evaluate((paragraph) => paragraph.scrollIntoView());
    await page.waitForFunction(() => document.querySelector(".beside figcaption").textContent === "Page 2 of 2");
    assert.deepEqual(await violations(page), []);
    await page.locator(".beside a").click();
    assert.equal(await place(page), "Page 2 of 2");
    await page.keyboard.press("Escape");
    // The viewer goes back to the address before it.
    await page.waitForFunction(() => !document.querySelector("dialog[open]") && location.hash === "");
    // It is remembered.
    await open(page, site, "documents/korean/");
    assert.equal(await page.locator(".beside").isVisible(), true);
    await page.setViewportSize(NARROW);
    assert.equal(await page.locator(".beside").isVisible(), false);
    assertCalm(page, LETTER);
  });
});

test("lists and results show the first page", async () => {
  await withPage(site, {}, async (page) => {
    await open(page, site, "documents/");
    // Nothing is shown of a bill of which a part is withheld.
    assert.equal(await page.locator(".thumbnail img").count(), 4);
    await open(page, site, "search/?q=map");
    await page.waitForSelector("[data-list] img.thumbnail");
    const width = await page.locator("[data-list] img.thumbnail").evaluate((image) => image.decode().then(() => image.naturalWidth));
    assert.equal(width, 160);
    assertCalm(page, "search/");
  });
});

test("words that a search found are marked on the image, in the viewer and beside the text", async () => {
  await withPage(site, { viewport: { width: 1400, height: 900 } }, async (page) => {
    const asked = [];
    page.on("request", (request) => request.url().endsWith("words.json") && asked.push(request.url()));
    await open(page, site, "documents/note/");
    await page.locator("#page-1 a").click();
    await page.keyboard.press("Escape");
    // The viewer goes back to the address before it; a page opened meanwhile would be left again.
    await page.waitForFunction(() => location.hash === "");
    assert.deepEqual(asked, [], "without a hit nothing is asked for");
    const anchor = await page.locator("#text p[id]").first().getAttribute("id");
    await page.goto("about:blank");
    await open(page, site, `documents/note/#${anchor};coal`);
    await page.locator(".scans-tools button").click();
    const marks = page.locator(".beside .found rect");
    await marks.nth(1).waitFor({ state: "attached" });
    assert.equal(await marks.count(), 2);
    await page.locator(".beside a").click();
    const found = page.locator(".viewer .found rect");
    await found.nth(1).waitFor({ state: "attached" });
    // The fourth word, at its place of the page, whatever the size and the turn.
    const place = async () => {
      const [sheet, mark] = await Promise.all([page.locator(".viewer-sheet").boundingBox(), found.first().boundingBox()]);
      return [(mark.x - sheet.x) / sheet.width, (mark.y - sheet.y) / sheet.height, mark.width / sheet.width];
    };
    const near = (a, b) => a.every((value, k) => Math.abs(value - b[k]) < 0.01);
    assert.ok(near(await place(), [320 / 1700, 456 / 2400, 220 / 1700]), (await place()).join());
    await page.keyboard.press("+");
    assert.ok(near(await place(), [320 / 1700, 456 / 2400, 220 / 1700]), (await place()).join());
    await page.keyboard.press("r");
    assert.ok(near(await place(), [1 - 484 / 2400, 320 / 1700, 28 / 2400]), (await place()).join());
    assert.deepEqual(await violations(page), []);
    assertCalm(page, "documents/note/");
  });
});

test("words are marked on the page of a scanned PDF, where its text is", async () => {
  await withPage(site, {}, async (page) => {
    await open(page, site, "documents/bargeman/#page-1;coal");
    assert.equal(await isOpen(page), true);
    const found = page.locator(".viewer .found rect");
    await found.first().waitFor({ state: "attached" });
    assert.equal(await found.count(), 1);
    const [sheet, mark] = await Promise.all([page.locator(".viewer-sheet").boundingBox(), found.first().boundingBox()]);
    // The fourth word of a line in Courier of 12 points, which begins at 60 points from the left.
    const left = (60 + 21 * 7.2) / 595;
    assert.ok(Math.abs((mark.x - sheet.x) / sheet.width - left) < 0.02, `${(mark.x - sheet.x) / sheet.width}, ${left}`);
    assert.ok(Math.abs((mark.y - sheet.y) / sheet.height - 112 / 842) < 0.02, `${(mark.y - sheet.y) / sheet.height}`);
    assert.deepEqual(await violations(page), []);
    assertCalm(page, "documents/bargeman/");
  });
});

test("OpenSeadragon opens a manifest, and asks for pieces that are there", async () => {
  await withPage(site, {}, async (page) => {
    const asked = [];
    await page.route(`${site.permanent}**`, async (route) => {
      const path = route.request().url().slice(site.permanent.length);
      const response = await page.request.get(new URL(path, site.url).href);
      asked.push(`${response.status()} ${path}`);
      await route.fulfill({ response, headers: { ...response.headers(), "access-control-allow-origin": "*" } });
    });
    await page.setContent('<div id="viewer" style="width: 900px; height: 700px"></div>');
    const script = new URL("node_modules/openseadragon/build/openseadragon/openseadragon.min.js", import.meta.url);
    await page.addScriptTag({ path: fileURLToPath(script) });
    await page.evaluate(async (manifest) => {
      const { items } = await (await fetch(manifest)).json();
      const tileSources = items.map((canvas) => `${canvas.items[0].items[0].body.service[0].id}/info.json`);
      const shown = { drawer: "canvas", sequenceMode: true, showNavigationControl: false, showSequenceControl: false };
      const viewer = OpenSeadragon({ id: "viewer", tileSources, ...shown });
      await new Promise((done, fail) => {
        viewer.addOnceHandler("open", done);
        viewer.addOnceHandler("open-failed", (event) => fail(new Error(event.message)));
      });
      const picture = viewer.world.getItemAt(0);
      viewer.viewport.zoomTo(picture.imageToViewportZoom(1), null, true);
      await new Promise((done) => {
        const look = () => (picture.getFullyLoaded() ? done() : setTimeout(look, 50));
        setTimeout(look, 500);
      });
    }, `${site.permanent}${LETTER}manifest.json`);
    assert.ok(asked.every((one) => one.startsWith("200 ")), asked.join("\n"));
    assert.ok(asked.some((one) => /\/\d+,\d+,512,512\/512,512\/0\/default\.jpg$/.test(one)), asked.join("\n"));
  });
});

test("an address names words to be marked on a page", async () => {
  await withPage(site, {}, async (page) => {
    await open(page, site, "documents/note/#page-1;lady%20day");
    assert.equal(await isOpen(page), true);
    assert.equal(hash(page), "#page-1");
    const found = page.locator(".viewer .found rect");
    await found.nth(1).waitFor({ state: "attached" });
    assert.equal(await found.count(), 2);
  });
});
