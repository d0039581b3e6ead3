// What holds of every page: it fits the screen, nothing in it moves while it loads, axe finds nothing.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Screens that a page has to fit; 640 pixels are a wide screen at twice the size. */
const WIDTHS = [320, 360, 640, 1280, 2560];

/** Adds up what moves while a page loads; runs in the page. */
export function watchShifts() {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}

/**
 * Nothing moved while the page loaded. A browser that shows a page when half of its head has come moves the
 * navigation by the words that follow: 0.003 on a line of 10 kB a second. A list that comes late is 0.05 and more.
 */
export async function nothingMoved(page, where = "while the page loads") {
  const shifted = await page.evaluate("window.shifted");
  assert.ok(shifted < 0.01, `something moves, ${where}: ${shifted}`);
}

/** What stands out of the page to the right, though nothing scrolls it; runs in the page. */
function overflowing() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      if (getComputedStyle(up).overflowX !== "visible") return true;
    }
    return false;
  };
  const wide = [...document.body.querySelectorAll("*")].filter(
    (element) => element.getBoundingClientRect().right > width + 1 && !scrolls(element),
  );
  const named = wide.slice(-3).map((e) => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 60)}`);
  return [`${document.documentElement.scrollWidth} px`, ...named];
}

/** Nothing stands out of the page on any screen. */
export async function fits(page) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    assert.deepEqual(await page.evaluate(overflowing), [], `at ${width} px`);
  }
}

/** What axe finds in the page as it is. */
export async function violations(page, rules = {}) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  // The rule of target sizes (WCAG 2.2, 2.5.8) is off unless it is asked for.
  const asked = rules.runOnly ? rules : { rules: { "target-size": { enabled: true } }, ...rules };
  const found = await page.evaluate(async (given) => (await window.axe.run(given)).violations, asked);
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n    ${node.html}\n    ${node.any.map((any) => any.message).join("; ")}`),
  );
}
