// An archive with page images, which are drawn here.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";

import { built } from "./sites.mjs";
import { once, work } from "./work.mjs";

/** A page with lines of words, as a PNG. */
function page(width, height, seed) {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isLine = y > height / 10 && y < height * 0.9 && y % 36 < 14 && x > width / 8 && x < width * 0.85;
      const isInk = isLine && (x * 7 + (y - (y % 36)) * seed) % 60 < 44 && (x + y) % 5 > 1;
      const grain = (x * 31 + y * 17 * seed) % 7;
      rows.set(isInk ? [52, 46, 60] : [236 - grain, 228 - grain, 208 - grain], y * (width * 3 + 1) + 1 + x * 3);
    }
  }
  const chunk = (name, body) => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(body.length);
    const named = Buffer.concat([Buffer.from(name), body]);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([head, named, sum]);
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1A\n", "latin1"), chunk("IHDR", size), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0)),
  ]);
}

const PARAGRAPHS = [
  "We ask the society to meet in the room above the bakery, which is dry and can be heated in the winter.",
  "The hall is let to others until the spring, and what was kept there has been brought to the mill.",
  "Whoever wants to see the lists may do so there, on every day but Sunday, between nine and four.",
  "The books that were wet have been dried as far as that was possible, and none of them was thrown away.",
];
const long = (from) => PARAGRAPHS.map((_, k) => `${k + from}. ${[0, 1, 2, 3].map((n) => PARAGRAPHS[(n + k) % 4]).join(" ")}`).join("\n\n");

/** A letter of two pages in English, one in Korean, a bill of which a part is withheld, a map without a text. */
async function archive() {
  const root = join(work, "scans");
  await once("scans-sources", () => sources(root));
  return built(root, "/", { url: "https://harbour.example.org", ingest: false });
}

async function sources(root) {
  await mkdir(join(root, "seeds"), { recursive: true });
  await mkdir(join(root, "content/documents"), { recursive: true });
  const write = (path, bytes) => writeFile(join(root, path), bytes);
  await write("config.toml", 'title = "Papers of the Harbour Society"\ndescription = "Letters and bills."\n[outputs]\niiif = true\n');
  const document = (slug, front, text) => write(`content/documents/${slug}.md`, `+++\n${front}\n+++\n\n${text}\n`);
  const [first, second] = [long(1), long(5)];
  await write("seeds/letter.txt", `${first}\n\n\f${second}\n`);
  const lines = `${first}\n\n${second}`.split("\n").length;
  await document("letter", `title = "Letter on the hall"\ndate = "1921-03-14"\nkind = "letter"\nfiles = ["letter p1.png", "letter p2.png"]\n[source]\nseed = "letter.txt"\nlines = [1, ${lines}]`, `${first}\n\n${second}`);
  await document("korean", 'title = "해안 구호 위원회의 편지"\ndate = "1931-03-14"\nkind = "letter"\nlanguage = "ko"\nfiles = ["korean.png"]', "위원회는 지난 모임에서 증인의 말을 들었습니다. 문은 밤에 닫혀 있었습니다.");
  await document("bill", 'title = "Bill of lading"\nkind = "other"\nfiles = ["bill.png"]\n[[withheld]]\nregion = [60, 90, 300, 60]\nreason = "a child is named"', "");
  // A page of which a program told where each word is.
  const word = (text, n) => `<span class='ocr_line' title='bbox 200 ${240 + 72 * n} 1400 ${268 + 72 * n}'><span class='ocrx_word' title='bbox ${200 + 40 * n} ${240 + 72 * n} ${420 + 40 * n} ${268 + 72 * n}; x_wconf 95'>${text}</span></span>`;
  const told = "The carter brought coal to the mill and was paid for the coal on Lady Day.";
  await write("seeds/note.hocr", `<html><body><div class='ocr_page' title='bbox 0 0 1700 2400'><p class='ocr_par'>${told.split(" ").map(word).join("")}</p></div></body></html>`);
  await write("seeds/note.png", page(1700, 2400, 17));
  await document("note", `title = "Note on the coal"\nkind = "other"\nfiles = ["note.png"]\n[source]\nseed = "note.hocr"\nlines = [1, ${told.split(" ").length}]`, told);
  await document("map", 'title = "Map of the harbour"\nkind = "other"\nfiles = ["map.png"]', "");
  await write("seeds/letter p1.png", page(1700, 2400, 3));
  await write("seeds/letter p2.png", page(1700, 2400, 5));
  await write("seeds/korean.png", page(900, 1200, 7));
  await write("seeds/bill.png", page(600, 800, 11));
  await write("seeds/map.png", page(2000, 1200, 13));
}

let made;
/** The site, made when it is first asked for. */
export const scans = () => (made ??= archive());
