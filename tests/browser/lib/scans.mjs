// An archive with page images, which are drawn here.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";

import { built } from "./sites.mjs";
import { once, work } from "./work.mjs";

/** A page with lines of words: rows of pixels, each behind `lead` bytes. */
function drawn(width, height, seed, lead) {
  const rows = Buffer.alloc((width * 3 + lead) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isLine = y > height / 10 && y < height * 0.9 && y % 36 < 14 && x > width / 8 && x < width * 0.85;
      const isInk = isLine && (x * 7 + (y - (y % 36)) * seed) % 60 < 44 && (x + y) % 5 > 1;
      const grain = (x * 31 + y * 17 * seed) % 7;
      rows.set(isInk ? [52, 46, 60] : [236 - grain, 228 - grain, 208 - grain], y * (width * 3 + lead) + lead + x * 3);
    }
  }
  return rows;
}

/** A PDF of a scanned page with lines that a program read from it. */
function pdf(width, height, lines) {
  const text = lines.map((line, n) => `1 0 0 1 60 ${720 - 40 * n} Tm (${line}) Tj`).join("\n");
  const content = Buffer.from(`q 595 0 0 842 0 0 cm /I Do Q BT 3 Tr /F 12 Tf\n${text}\nET`);
  const picture = deflateSync(drawn(width, height, 19, 0));
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /I 6 0 R >> >> >>",
    [`<< /Length ${content.length} >>`, content],
    "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    [`<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode /Length ${picture.length} >>`, picture],
  ];
  const parts = [Buffer.from("%PDF-1.4\n")];
  objects.forEach((object, n) => {
    const [head, data] = [object].flat();
    parts.push(Buffer.from(`${n + 1} 0 obj\n${head}\n`));
    if (data) parts.push(Buffer.from("stream\n"), data, Buffer.from("\nendstream\n"));
    parts.push(Buffer.from("endobj\n"));
  });
  parts.push(Buffer.from("trailer\n<< /Root 1 0 R /Size 7 >>\n%%EOF\n"));
  return Buffer.concat(parts);
}

/** A page with lines of words, as a PNG. */
function page(width, height, seed) {
  const rows = drawn(width, height, seed, 1);
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
  await write("config.toml", 'title = "Papers of the Harbour Society"\ndescription = "Letters and bills."\n[outputs]\niiif = true\niiif_tiles = true\n');
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
  // A scanned letter in a PDF, with the text that a program put behind its page.
  const bargeman = ["The bargeman brought coal on Monday", "and was paid for it by the society."];
  await write("seeds/bargeman.pdf", pdf(1190, 1684, bargeman));
  await document("bargeman", 'title = "Note of the bargeman"\nkind = "other"\n[source]\nseed = "bargeman.pdf"\nlines = [1, 3]', bargeman.join(" "));
  await write("seeds/letter p1.png", page(1700, 2400, 3));
  await write("seeds/letter p2.png", page(1700, 2400, 5));
  await write("seeds/korean.png", page(900, 1200, 7));
  await write("seeds/bill.png", page(600, 800, 11));
  await write("seeds/map.png", page(2000, 1200, 13));
}

let made;
/** The site, made when it is first asked for. */
export const scans = () => (made ??= archive());
