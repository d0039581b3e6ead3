// The page of a document: what readers follow, cite, copy and print, and what it makes of hostile texts.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertCalm, open, withPage } from "./lib/browser.mjs";
import { crawl, isNotice } from "./lib/crawl.mjs";
import { fixture, founding, themes } from "./lib/sites.mjs";

const LETTER = "documents/open-letter/";

async function onPage(path, use, options = {}) {
  await withPage(fixture.root, options, async (page) => {
    await open(page, fixture.root, path);
    await use(page);
    assertCalm(page, path);
  });
}

test("each paragraph has a number that links to it", () =>
  onPage(LETTER, async (page) => {
    const links = await page.locator("#text .number").evaluateAll((all) =>
      all.map((link) => ({ hash: link.hash.slice(1), parent: link.parentElement.id, name: link.getAttribute("aria-label") })),
    );
    assert.ok(links.length >= 3);
    for (const { hash, parent, name } of links) {
      assert.equal(hash, parent);
      assert.match(name, /^Paragraph \d+$/);
    }
    await page.locator(".number#p3").click();
    assert.match(page.url(), /#p-[a-z0-9]{6}$/);
  }));

test("the text copied from a page holds no paragraph numbers", () =>
  onPage(LETTER, async (page) => {
    const copied = await page.evaluate(() => {
      getSelection().selectAllChildren(document.getElementById("text"));
      return getSelection().toString();
    });
    assert.match(copied, /^Harbour Committee\s+12 Mole Street\s+Port Ellery/);
    assert.doesNotMatch(copied, /^\d+\s*We, the undersigned/m);
  }));

test("notes lead there and back, also when a note is called twice", () =>
  onPage(LETTER, async (page) => {
    const calls = page.locator("#text a[role=doc-noteref]");
    assert.equal(await calls.count(), 3);
    await calls.first().click();
    const note = page.locator(new URL(page.url()).hash);
    assert.match(await note.textContent(), /article 4, paragraph 2/);
    const backs = note.locator("a.back, a[role=doc-backlink]");
    assert.equal(await backs.count(), 2);
    for (const back of await backs.all()) {
      await back.click();
      const target = page.locator(new URL(page.url()).hash);
      assert.equal(await target.getAttribute("role"), "doc-noteref");
    }
  }));

test("all 54 signatories are listed in their order and linked, once they are asked for", () =>
  onPage(LETTER, async (page) => {
    assert.equal(await page.locator("section.signatories li").first().isVisible(), false);
    await page.getByRole("link", { name: "54 signatories" }).click();
    await page.locator("section.signatories li").last().waitFor();
    const signatories = page.locator("section.signatories li a");
    assert.equal(await signatories.count(), 54);
    assert.equal(await signatories.first().textContent(), "Amber Coast Pilots Association");
    assert.equal(await signatories.last().textContent(), "항만시민연대");
  }));

test("the record leads to the lines of the source, and to the source itself", () =>
  onPage(LETTER, async (page) => {
    await page.getByRole("link", { name: /open-letter\.txt, lines 1 to/ }).click();
    await page.waitForURL(/\/source\//);
    const rows = page.locator(".seed tr");
    assert.match(await rows.first().textContent(), /HARBOUR COMMITTEE/);
    const seed = await page.getByRole("link", { name: /Download/ }).getAttribute("href");
    const answer = await page.request.get(new URL(seed, fixture.root.url).href);
    assert.equal(answer.status(), 200);
    assert.match(await answer.text(), /^HARBOUR COMMITTEE\n/);
  }));

test("a document of a seed of three shows the other two", () =>
  onPage("documents/telegram-2/", async (page) => {
    const parts = page.locator("section[aria-labelledby=parts] .entry-title");
    assert.deepEqual(
      (await parts.allTextContents()).map((title) => title.slice(0, 14)),
      ["Telegram no. 1", "Telegram no. 2", "Telegram no. 3"],
    );
    assert.equal(await parts.locator("a").count(), 2);
  }));

test("doubts are told beside the date", () =>
  onPage("documents/letter-of-april-or-may-1998/", async (page) => {
    assert.match(await page.locator("header.heading").textContent(), /5 April or 4 May 1998|5 April 1998 or 4 May 1998/);
    assert.match(await page.locator(".doubts").textContent(), /04\/05\/1998 may be/);
  }));

test("a text in Arabic runs from right to left, one in Korean says so", async () => {
  await onPage("documents/arabic-letter/", async (page) => {
    const text = page.locator("#text");
    assert.deepEqual([await text.getAttribute("lang"), await text.getAttribute("dir")], ["ar", "rtl"]);
    const box = await page.locator("#text p").first().evaluate((p) => {
      const range = document.createRange();
      range.selectNodeContents(p.lastChild);
      return { text: range.getBoundingClientRect().right, paragraph: p.getBoundingClientRect().right };
    });
    assert.ok(box.paragraph - box.text < 60, "the first line begins at the right");
  });
  await onPage("documents/korean-statement/", async (page) => {
    assert.equal(await page.locator("#text").getAttribute("lang"), "ko");
    assert.equal(await page.locator("h1").getAttribute("lang"), "ko");
    assert.equal(await page.locator("#text p").first().evaluate((p) => getComputedStyle(p).wordBreak), "keep-all");
  });
});

test("a hostile text is shown and does nothing", () =>
  onPage("documents/hostile/", async (page) => {
    assert.equal(await page.evaluate(() => window.taken), undefined);
    assert.match(await page.title(), /^<script>document\.title/);
    const made = await page.evaluate(() => ({
      elements: document.querySelectorAll("main :is(script, iframe, img, style, object, embed)").length,
      links: [...document.links].map((link) => link.protocol).filter((protocol) => !/^(https?|mailto):$/.test(protocol)),
      handlers: [...document.querySelectorAll("*")].flatMap((e) => [...e.attributes]).filter((a) => /^on/.test(a.name)).length,
      text: document.getElementById("text").textContent,
    }));
    assert.deepEqual([made.elements, made.links, made.handlers], [0, [], 0]);
    for (const part of ["<script>document.title", "{{ site.title }}", '{% include "base.html" %}', "+++", "<iframe src=", "{# not a comment #}", "A picture from elsewhere"]) {
      assert.ok(made.text.includes(part), part);
    }
  }));

test("the columns of a table keep their alignment", () =>
  onPage("documents/schedule-of-dues/", async (page) => {
    const dues = page.locator("td", { hasText: "1,204" });
    assert.equal(await dues.evaluate((cell) => getComputedStyle(cell).textAlign), "right");
  }));

test("everything is readable without scripts", () =>
  onPage(
    LETTER,
    async (page) => {
      assert.ok(await page.locator("#p2").isVisible());
      await page.locator("section.signatories summary").click();
      assert.ok(await page.locator("section.signatories li").last().isVisible());
      assert.ok(await page.locator("p.citation").isVisible());
      assert.equal(await page.locator("button").count(), 0, "what needs a script is not there");
    },
    { javaScriptEnabled: false },
  ));

test("without styles everything is there, in the order in which it is read", () =>
  onPage(
    LETTER,
    async (page) => {
      await page.locator("link[rel=stylesheet]").evaluate((link) => link.remove());
      const tops = await page.evaluate(() =>
        ["h1", ".parties", "#p1", "#p3", "#note-1", "#p9", "section.signatories summary", "#record", "p.citation", ".foot"].map((part) => {
          const { top, height } = document.querySelector(part).getBoundingClientRect();
          return height > 0 ? top : Number.NaN;
        }),
      );
      assert.ok(tops.every((top, i) => i === 0 || top > tops[i - 1]), tops.join(", "));
      assert.equal(await page.evaluate(() => document.querySelectorAll("main :is(img, canvas, object)").length), 0);
    },
  ));

test("on paper there is the document, how to cite it and where it stands, and no navigation", () =>
  onPage(LETTER, async (page) => {
    await page.emulateMedia({ media: "print" });
    for (const hidden of [".masthead nav", ".breadcrumbs", ".foot", ".skip", ".neighbours", ".files"]) {
      for (const part of await page.locator(hidden).all()) assert.equal(await part.isVisible(), false, hidden);
    }
    for (const shown of ["h1", "#text", ".notes", "section.signatories", ".citation"]) {
      assert.equal(await page.locator(shown).first().isVisible(), true, shown);
    }
    assert.ok(await page.locator("section.signatories li").last().isVisible(), "what is folded is whole on paper");
    const citation = await page.locator("p.citation").textContent();
    assert.ok(citation.includes(`${fixture.root.permanent}${LETTER}`), citation);
  }));

test("a citation, a file of it and a link to a paragraph can be copied", async () => {
  await onPage(
    LETTER,
    async (page) => {
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
      await page.locator(".copies button").first().click();
      await page.getByText("Copied", { exact: true }).waitFor();
      assert.equal(await clipboard(), (await page.locator("p.citation").textContent()).trim());
      await page.getByText("Other styles").click();
      await page.getByRole("button", { name: "Copy: BibTeX" }).click();
      await page.waitForFunction(async () => (await navigator.clipboard.readText()).startsWith("@misc{"));
      // The number of a paragraph leads to its permanent anchor.
      const anchor = await page.locator("a.number#p3").getAttribute("href");
      assert.match(anchor, /^#p-/);
      await page.locator("a.number#p3").click();
      await page.waitForFunction(async (anchor) => (await navigator.clipboard.readText()).endsWith(anchor), anchor);
      assert.match(await page.locator("dd.citation", { hasText: "Available at:" }).textContent(), /\(2014\)/);
    },
  );
});

test("a marked part of the text can be copied with its source", async () => {
  await withPage(fixture.root, { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await open(page, fixture.root, "documents/open-letter/");
    const button = page.locator(".copy.quote");
    assert.equal(await button.isVisible(), false);
    const paragraph = page.locator("#text p", { hasText: "We, the undersigned" });
    await paragraph.evaluate((element) => getSelection().selectAllChildren(element));
    await button.click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const anchor = await paragraph.evaluate((element) => element.closest("[id^=p-]").id);
    assert.match(copied, /^“We, the undersigned fifty-four associations, .* it since\.” \(.*November 10, 2014.*\)$/);
    assert.ok(copied.includes(`${fixture.root.permanent}documents/open-letter/#${anchor}`), copied);
    // What is marked elsewhere is not offered.
    await page.locator("h1").evaluate((element) => getSelection().selectAllChildren(element));
    await page.waitForFunction(() => document.querySelector(".copy.quote").hidden);
    assertCalm(page, "a quotation");
  });
});

test("a letter of one page prints on one page", () =>
  withPage(founding.root, {}, async (page) => {
    await open(page, founding.root, "documents/2008-11-19-letter-from-ban-ki-moon-to-richard-v-allen/");
    const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
    assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 1);
  }));

test("the hits of a search are counted, lead to each other and back to the results", () =>
  onPage(`${LETTER}#p3;crews`, async (page) => {
    const bar = page.locator(".hits");
    await bar.waitFor();
    const all = await page.locator("#text mark").count();
    assert.ok(all > 1, `${all} hits`);
    const [, at] = /^Hit (\d+) of (\d+)$/.exec(await bar.locator("p").textContent());
    assert.equal(await page.locator("#text mark.here").count(), 1);
    await bar.getByRole("button", { name: "Next hit" }).click();
    const next = Number(at) === all ? 1 : Number(at) + 1;
    assert.equal(await bar.locator("p").textContent(), `Hit ${next} of ${all}`);
    await bar.getByRole("link", { name: "Back to the results" }).click();
    await page.waitForURL(/search\/\?q=crews$/);
  }));

test("keyboard: the skip link comes first, and what has the focus shows it", () =>
  onPage(LETTER, async (page) => {
    await page.keyboard.press("Tab");
    const skip = page.locator(".skip");
    assert.equal(await skip.evaluate((link) => link === document.activeElement), true);
    assert.ok((await skip.boundingBox()).x >= 0, "the skip link is on the screen");
    await page.keyboard.press("Enter");
    assert.match(page.url(), /#main$/);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.closest("main") !== null), true);
    for (let tabs = 0; tabs < 25; tabs += 1) {
      const focus = await page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
        const { width, height } = document.activeElement.getBoundingClientRect();
        return { what: document.activeElement.outerHTML.slice(0, 120), outlineStyle, outlineWidth, width, height };
      });
      assert.notEqual(focus.outlineStyle, "none", focus.what);
      assert.notEqual(focus.outlineWidth, "0px", focus.what);
      assert.ok(focus.width > 0 && focus.height > 0, focus.what);
      await page.keyboard.press("Tab");
    }
  }));

for (const [name, site] of Object.entries({ fixture: fixture.path, "founding archive": founding.root })) {
  test(`every document of the ${name} has citations and a description that machines can read`, async () => {
    const files = await crawl(site);
    const paths = [...files.keys()].filter((path) => /documents\/[^/]+\/$/.test(path) && files.get(path).links && !isNotice(path));
    await withPage(site, {}, async (page) => {
      await open(page, site, "");
      for (const path of paths) {
        const read = await page.evaluate(readMachineParts, path);
        const { bib, ris, csl, jsonLd, coins, title } = read;
        const where = `${path}: `;
        assert.match(bib, /^@(misc|techreport)\{[^,\s]+,\n( {2}\w+ = (\{.*\}|[a-z]{3}),\n)+\}\n$/, where + bib);
        assert.equal((bib.match(/[{]/g) ?? []).length, (bib.match(/[}]/g) ?? []).length, where + bib);
        assert.match(ris, /^TY {2}- (PCOMM|RPRT|MGZN|ELEC)\r\n([A-Z][A-Z0-9] {2}- [^\r\n]+\r\n)+ER {2}- \r\n$/, where + ris);
        assert.equal(csl.length, 1, where);
        assert.equal(csl[0].title, title, where);
        assert.equal(csl[0].URL, `${site.permanent}${path.slice(site.basePath.length)}`, where);
        assert.equal(jsonLd["@context"], "https://schema.org", where);
        assert.ok([jsonLd["@type"]].flat().includes("TextDigitalDocument"), where);
        assert.equal(new URLSearchParams(coins).get("rft_val_fmt"), "info:ofi/fmt:kev:mtx:dc", where);
        assert.equal(read.alternates, 3, where);
        assert.equal(read.ogType, "article", where);
      }
    });
  });
}

async function readMachineParts(path) {
  const text = async (url) => {
    const answer = await fetch(new URL(url, new URL(path, location.origin)));
    if (!answer.ok) throw new Error(`${url} of ${path} answers ${answer.status}`);
    return answer.text();
  };
  const html = new DOMParser().parseFromString(await text(path), "text/html");
  return {
    bib: await text("citation.bib"),
    ris: await text("citation.ris"),
    csl: JSON.parse(await text("citation.json")),
    jsonLd: JSON.parse(html.querySelector("script[type='application/ld+json']").textContent),
    coins: html.querySelector("span.Z3988").title,
    title: html.querySelector("h1").textContent,
    alternates: html.querySelectorAll("link[rel=alternate][href*='citation.']").length,
    ogType: html.querySelector("meta[property='og:type']")?.content,
  };
}

test("a document is shared by the browser's own sheet, where there is one", async () => {
  await withPage(fixture.root, {}, async (page) => {
    await page.addInitScript(() => {
      window.shared = [];
      // A reader who changes their mind rejects the promise, and nothing is wrong.
      navigator.share = (what) => (window.shared.push(what), window.shared.length > 1 ? Promise.reject(new Error("shut")) : Promise.resolve());
    });
    await open(page, fixture.root, `${LETTER}#p3`);
    const share = page.getByRole("button", { name: "Share", exact: true });
    await share.click();
    await share.click();
    const shared = await page.evaluate(() => window.shared);
    const address = new URL(LETTER, fixture.root.url).href;
    assert.equal(shared.length, 2);
    assert.deepEqual(shared[0], { title: await page.title(), url: address });
    assertCalm(page, LETTER);
  });
  // Without it no button is offered that does nothing.
  await withPage(fixture.root, {}, async (page) => {
    await page.addInitScript(() => (delete Navigator.prototype.share, delete navigator.share));
    await open(page, fixture.root, LETTER);
    await page.locator(".copies .copy").first().waitFor();
    assert.equal(await page.getByRole("button", { name: "Share", exact: true }).count(), 0);
  });
});

test("on a phone a name with a hyphen stays on one line, wherever it is", async () => {
  const page = "documents/2008-11-19-letter-from-ban-ki-moon-to-stephen-j-solarz/";
  for (const path of [page, `${page}source/`, "documents/", "people/ban-ki-moon/", "years/2008/"]) {
    for (const width of [320, 340, 360, 380, 400]) {
      await withPage(founding.root, { viewport: { width, height: 740 } }, async (tab) => {
        await open(tab, founding.root, path);
        const lines = await tab.locator("main .unbroken", { hasText: "Ki-moon" }).evaluateAll((all) => all.map((name) => name.getClientRects().length));
        assert.ok(lines.length > 0, `${path} has the name`);
        assert.ok(lines.every((count) => count === 1), `${path} at ${width} px: ${lines}`);
        assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
      });
    }
  }
});

test("the number of a paragraph is on the base line of its text in every theme", async () => {
  for (const [name, site] of Object.entries({ default: fixture.root, ...themes })) {
    for (const path of ["documents/open-letter/", "documents/korean-statement/"]) {
      await withPage(site, {}, async (page) => {
        await open(page, site, path);
        const apart = await page.evaluate(() => {
          const base = (before) => {
            const mark = document.createElement("span");
            mark.style = "display: inline-block; width: 0; height: 0";
            before(mark);
            const { bottom } = mark.getBoundingClientRect();
            mark.remove();
            return bottom;
          };
          return [...document.querySelectorAll(".numbered > p > .number")].map((number) => {
            const text = base((mark) => number.after(mark));
            const own = document.createElement("span");
            own.textContent = number.textContent;
            number.replaceChildren(own);
            return Math.abs(base((mark) => own.append(mark)) - text);
          });
        });
        assert.ok(apart.length > 1, `${name}: ${path} has numbers`);
        assert.ok(apart.every((pixels) => pixels < 1), `${name}: ${path}: ${apart}`);
      });
    }
  }
});
