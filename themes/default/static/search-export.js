/**
 * Lists of results as files. Loaded only when a reader asks for one.
 *
 * @typedef {{ url: string, title: string[], date: string, dateWords: string, kind: string, kindLabel: string, language: string, creators: string[], recipients: string[], references: string[], unnamed: { creators: number, recipients: number } }} Result
 */

/**
 * @param {string} format `csv`, `ris`, `bib` or `json`
 * @param {Result[]} results
 * @param {string} site address of the site
 * @returns {File}
 */
export function exportAs(format, results, site) {
  const records = results.map((result) => ({ ...result, title: result.title.join(""), url: new URL(result.url, site).href }));
  const [write, type] = FORMATS[format];
  return new File([write(records)], `search.${format}`, { type });
}

const FORMATS = {
  csv: [csv, "text/csv;charset=utf-8"],
  ris: [ris, "application/x-research-info-systems"],
  bib: [bibtex, "application/x-bibtex"],
  json: [cslJson, "application/json"],
};

const COLUMNS = ["title", "date", "kind", "language", "creators", "recipients", "references", "url"];

/** RFC 4180. A cell that a spreadsheet would run as a formula is set off by an apostrophe. */
function csv(records) {
  const cell = (value) => {
    const text = [value].flat().join("; ");
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [COLUMNS, ...records.map((record) => COLUMNS.map((name) => record[name]))]
    .map((row) => `${row.map(cell).join(",")}\r\n`)
    .join("");
}

const RIS_TYPES = { report: "RPRT", article: "JOUR", "press-release": "PRESS" };

function ris(records) {
  const line = (tag, value) => (value ? [`${tag}  - ${value.replace(/\s+/g, " ")}`] : []);
  return records
    .map((record) => {
      const [year, month = "", day = ""] = record.date.match(/^\d{4}(-\d\d)?(-\d\d)?/)?.[0].split("-") ?? [];
      return [
        ...line("TY", RIS_TYPES[record.kind] ?? (/letter/.test(record.kind) ? "PCOMM" : "GEN")),
        ...line("TI", record.title),
        ...record.creators.flatMap((name) => line("AU", name)),
        ...record.recipients.flatMap((name) => line("A2", name)),
        ...line("PY", year),
        ...line("DA", year && `${year}/${month}/${day}/`),
        ...record.references.flatMap((reference) => line("M1", reference)),
        ...line("LA", record.language),
        ...line("UR", record.url),
        "ER  - ",
      ]
        .map((text) => `${text}\r\n`)
        .join("");
    })
    .join("\r\n");
}

const TEX = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };

function bibtex(records) {
  const escape = (text) => text.replace(/\s+/g, " ").replace(/[\\{}#$%&_~^]/g, (c) => TEX[c] ?? `\\${c}`);
  const keys = new Set();
  return records
    .map((record) => {
      const slug = decodeURIComponent(record.url).replace(/\/$/, "").split("/").pop().replace(/[^a-z0-9-]/gi, "") || "document";
      let key = slug;
      for (let n = 2; keys.has(key); n++) key = `${slug}-${n}`;
      keys.add(key);
      const fields = [
        ["title", `{${escape(record.title)}}`],
        ["author", [...record.creators.map((name) => `{${escape(name)}}`), ...(record.unnamed.creators ? ["others"] : [])].join(" and ")],
        ["date", record.date],
        ["note", escape(record.references.join("; "))],
        ["langid", record.language],
        ["url", record.url.replace(/[{}\\]/g, encodeURIComponent)],
      ];
      const lines = fields.filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}},\n`);
      return `@misc{${key},\n${lines.join("")}}\n`;
    })
    .join("\n");
}

const CSL_TYPES = { report: "report", article: "article", "press-release": "pamphlet" };

function cslJson(records) {
  const named = (names) => (names.length > 0 ? names.map((literal) => ({ literal })) : undefined);
  const items = records.map((record) => ({
    id: record.url,
    type: CSL_TYPES[record.kind] ?? (/letter/.test(record.kind) ? "personal_communication" : "document"),
    title: record.title,
    author: named(record.creators),
    recipient: named(record.recipients),
    issued: issued(record),
    number: record.references.join("; ") || undefined,
    language: record.language,
    URL: record.url,
  }));
  return `${JSON.stringify(items, null, 2)}\n`;
}

/** A plain date in parts, any other in words. */
function issued({ date, dateWords }) {
  if (!date) return undefined;
  const plain = /^(\d{4})(?:-(0\d|1[0-2]))?(?:-(\d\d))?$/.exec(date);
  return plain ? { "date-parts": [plain.slice(1).filter(Boolean).map(Number)] } : { literal: dateWords };
}
