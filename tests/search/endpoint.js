import { spawn } from "node:child_process";
import { createServer } from "node:http";

import { fold, isIdeograph, words } from "../../src/search/reader/analysis.js";
import { parse } from "../../src/search/reader/query.js";

/**
 * An endpoint by the contract of `src/search/HTTP.md` in front of PostgreSQL, with the query language of the reader.
 * Values reach SQL as literals that `quoted` made, and no other way.
 */

const FACETS = ["organization", "person", "year", "kind", "language", "topic", "collection"];
const NAMED = { org: "organization", person: "person", kind: "kind", lang: "language", topic: "topic" };
const DAY = 86_400_000;

const quoted = (text) => `E'${String(text).replaceAll("\0", "").replace(/\\/g, "\\\\").replace(/'/g, "\\'")}'`;
const lexeme = (text) => `'${text.replace(/\\/g, "\\\\").replace(/'/g, "''")}'`;

/** A database, asked through `psql`: SQL in, the JSON of its one value out. */
export class Database {
  /** @param {string} address */
  constructor(address) {
    this.psql = spawn("psql", ["-XqAt", "-v", "ON_ERROR_STOP=0", address]);
    this.waiting = [];
    let text = "";
    this.psql.stdout.on("data", (data) => {
      text += data;
      for (let end; (end = text.indexOf("\nEND\n")) >= 0; text = text.slice(end + 5)) this.waiting.shift().resolve(text.slice(0, end));
    });
    this.psql.stderr.on("data", (data) => (this.fault = String(data)));
  }

  async ask(sql) {
    this.fault = undefined;
    const answer = await new Promise((resolve) => {
      this.waiting.push({ resolve });
      this.psql.stdin.write(`${sql};\n\\echo\n\\echo END\n`);
    });
    if (this.fault) throw new Error(this.fault);
    return JSON.parse(answer);
  }

  close() {
    this.psql.stdin.end();
  }
}

/** A query as a condition of SQL, what to mark, the words to rank by, and the words that nobody wrote. */
async function understand(database, query, typing) {
  const clauses = parse(query);
  const plain = clauses.flatMap(({ items }) => items.flatMap(({ parts }) => parts.map(({ text }) => text)));
  const list = plain.map(quoted).join(",") || "''";
  const rows = await database.ask(`SELECT coalesce(json_agg(json_build_array(form, mates)), '[]') FROM fonds.forms WHERE documents > 0 AND form IN (${list})`);
  const forms = new Map(rows);
  const found = { conditions: ["true"], marks: [], ranked: [], unknown: [] };
  clauses.forEach(({ negative, items }, i) => {
    const read = items.map((item) => {
      const unfinished = typing && i === clauses.length - 1 && item.range[1] === query.length;
      return readItem(item, forms, unfinished);
    });
    const either = read.map(({ condition }) => condition).join(" OR ");
    found.conditions.push(negative ? `NOT (${either})` : `(${either})`);
    if (negative) return;
    found.marks.push(...read.flatMap(({ marks }) => marks ?? []));
    found.ranked.push(...read.flatMap(({ ranked }) => ranked ?? []));
    read.forEach(({ unknown }, j) => unknown && found.unknown.push(items[j].text));
  });
  return found;
}

function readItem(item, forms, unfinished) {
  const { field, parts, text, symbol, quoted: isQuoted } = item;
  const inTitle = field === "title";
  if (NAMED[field]) return { condition: named(NAMED[field], item) };
  if (field === "year") {
    const [, first, last = first] = /^(-?\d+) ?(?:(?:\.\.|-|–|\/) ?(-?\d+))?$/.exec(text) ?? [];
    const isYear = (choice) => `(${choice} LIKE 'year:%' AND substr(${choice}, 6)::integer BETWEEN ${Number(first)} AND ${Number(last)})`;
    return { condition: first ? `EXISTS (SELECT FROM unnest(choices) choice WHERE CASE WHEN choice LIKE 'year:%' THEN ${isYear("choice")} END)` : "false" };
  }
  if (field === "ref" || (symbol && !inTitle)) {
    const starts = field === "ref" ? [`ref:${fold(text).trim()}`] : [symbol, `ref:${symbol}`];
    const continued = (start) => ["-", "/", ".", "_", ...(start.startsWith("ref:") ? [" "] : [])].map((mark) => `${lexeme(start + mark)}:*`);
    const sequence = parts.map((part) => ({ offset: part.offset, words: [part.text], prefix: "" }));
    const condition = matches(starts.flatMap((start) => [lexeme(start), ...continued(start)]).join(" | "));
    if (field === "ref") return { condition };
    // A symbol that nobody wrote as one may stand there as its words.
    const phrase = phraseOf(parts, (part) => lexeme(part.text));
    return { condition: `CASE WHEN EXISTS (SELECT FROM fonds.documents WHERE ${condition}) THEN ${condition} ELSE ${matches(phrase)} END`, marks: [{ parts: sequence, weight: 1 }] };
  }
  const weight = inTitle ? "A" : "";
  const alone = parts.length === 1 && !isQuoted;
  const sequence = [];
  let unknown = false;
  const choices = (part) => {
    const isPrefix = part.prefix || (unfinished && part.text.length >= 3 && !forms.has(part.text));
    if (isPrefix) {
      sequence.push({ offset: part.offset, words: [], prefix: part.text });
      return `${lexeme(part.text)}:*${weight}`;
    }
    unknown ||= !forms.has(part.text);
    const all = [part.text, ...(alone ? (forms.get(part.text) ?? []) : [])];
    sequence.push({ offset: part.offset, words: all, prefix: "" });
    return `(${all.map((form) => lexeme(form) + (weight && `:${weight}`)).join(" | ")})`;
  };
  const query = phraseOf(parts, choices);
  return { condition: unknown ? "false" : matches(query), marks: [{ parts: sequence, weight: 1 }], ranked: unknown ? [] : [query], unknown };
}

const matches = (query) => `words @@ ${quoted(query)}::tsquery`;

/** Parts at their distances. */
function phraseOf(parts, choices) {
  return parts.map((part, i) => (i === 0 ? choices(part) : `<${part.offset - parts[i - 1].offset}> ${choices(part)}`)).join(" ");
}

/** Documents of the values of a facet one of whose names has these words side by side. */
function named(facet, { text, parts }) {
  const wanted = words(text).join(" ");
  const isInside = isIdeograph([...wanted][0] ?? "") || parts.some(({ prefix }) => prefix);
  const isWhole = facet === "kind" || facet === "language";
  const escaped = wanted.replace(/[\\%_]/g, "\\$&");
  const pattern = isWhole ? ` ${escaped} ` : `%${isInside && isIdeograph([...wanted][0] ?? "") ? "" : " "}${escaped}${isInside ? "" : " "}%`;
  const keys = `SELECT array_agg(facet || ':' || key) FROM fonds.facets, unnest(names) name WHERE facet = ${quoted(facet)} AND name LIKE ${quoted(pattern)}`;
  return `choices && coalesce((${keys}), '{}')`;
}

function dayNumber(text, isLast) {
  const [, year, month, day] = /^(-?\d{4,6})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text ?? "") ?? [];
  if (!year) return undefined;
  const date = new Date(0);
  if (day) date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  else if (isLast) date.setUTCFullYear(Number(year), Number(month ?? 12), 0);
  else date.setUTCFullYear(Number(year), Number(month ?? 1) - 1, 1);
  return date.getTime() / DAY;
}

/** The conditions of filters and dates, but for one facet. */
function filters(asked, except) {
  const conditions = FACETS.filter((name) => name !== except && asked.has(name)).map((name) => {
    return `choices && ARRAY[${asked.getAll(name).map((key) => quoted(`${name}:${key}`)).join(",")}]`;
  });
  const undated = asked.get("undated");
  if (undated) conditions.push(undated === "only" ? "first_day IS NULL" : "first_day IS NOT NULL");
  const from = dayNumber(asked.get("from"), false);
  const to = dayNumber(asked.get("to"), true);
  if (from === undefined && to === undefined) return conditions;
  const [first, last] = [from ?? "'-infinity'", to ?? "'infinity'"];
  const within = asked.get("certainly") ? `is_sure AND first_day >= ${first} AND last_day <= ${last}${undated === "only" ? " OR first_day IS NULL" : ""}` : `first_day IS NULL OR (first_day <= ${last} AND last_day >= ${first})`;
  return [...conditions, `(${within})`];
}

async function search(database, asked) {
  const { conditions, marks, ranked, unknown } = await understand(database, asked.get("q") ?? "", asked.has("typing"));
  const where = [...conditions, ...filters(asked)].join(" AND ");
  const rank = ranked.length > 0 ? `ts_rank('{0.2, 0.2, 0.2, 1}', words, ${quoted(ranked.map((query) => `(${query})`).join(" | "))}::tsquery, 1)` : "0::real";
  const order = { newest: "number", oldest: "first_day IS NULL, number DESC" }[asked.get("sort")] ?? `${rank} DESC, number`;
  const size = Math.min(Math.max(Number.parseInt(asked.get("size") ?? "10", 10) || 10, 0), 100_000);
  const page = Math.max(Number.parseInt(asked.get("page") ?? "1", 10) || 1, 1);
  const [total, undated, rows] = await database.ask(
    `SELECT json_build_array(count(*), count(*) FILTER (WHERE first_day IS NULL), (SELECT coalesce(json_agg(row), '[]') FROM ` +
      `(SELECT row FROM fonds.documents WHERE ${where} ORDER BY ${order} LIMIT ${size} OFFSET ${(page - 1) * size}) page)) FROM fonds.documents WHERE ${where}`,
  );
  return { total, undated, rows, marks, unknown };
}

/** The values of a facet with the documents found, most first. */
async function counted(database, asked, name) {
  const { conditions } = await understand(database, asked.get("q") ?? "", asked.has("typing"));
  const where = [...conditions, ...filters(asked, name), `choice LIKE ${quoted(`${name}:%`)}`].join(" AND ");
  const chosen = asked.getAll(name);
  const rows = await database.ask(
    `SELECT coalesce(json_agg(json_build_array(key, coalesce(label, key), count, names)), '[]') FROM (SELECT substr(choice, ${name.length + 2}) AS key, count(*) ` +
      `FROM fonds.documents, unnest(choices) choice WHERE ${where} GROUP BY choice ORDER BY count(*) DESC, key) found LEFT JOIN ` +
      `(SELECT key, label, names FROM fonds.facets WHERE facet = ${quoted(name)}) labels USING (key)`,
  );
  return rows.map(([key, label, count, names]) => ({ key, label, count, chosen: chosen.includes(key), names: names ?? [` ${key} `] }));
}

const shown = ({ key, label, count, chosen }) => ({ key, label, count, chosen });

async function facets(database, asked) {
  const sizes = JSON.parse(asked.get("sizes") ?? "{}");
  const all = await Promise.all(FACETS.map(async (name) => {
    const choices = await counted(database, asked, name);
    const some = choices.filter(({ chosen }, i) => chosen || i < (sizes[name] ?? 10)).map(shown);
    if (name === "year") some.sort((a, b) => Number(b.key) - Number(a.key));
    return { name, choices: some, more: choices.length > some.length, values: choices.length };
  }));
  return all.filter(({ values }) => values > 0);
}

async function values(database, asked) {
  const typed = words(asked.get("text") ?? "");
  const begins = (name) => typed.every((part) => name.includes(isIdeograph([...part][0]) ? part : ` ${part}`));
  const choices = await counted(database, asked, asked.get("facet") ?? "");
  return choices.filter(({ names }) => names.some(begins)).slice(0, 20).map(shown);
}

/** Serves a database; gives the endpoint's address and a way to end it. */
export async function serve(address, port = 0) {
  const database = new Database(address);
  const answers = { search, facets, values };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    const answer = answers[url.pathname.split("/").pop() ?? ""];
    try {
      const body = answer ? JSON.stringify(await answer(database, url.searchParams)) : "";
      response.writeHead(answer ? 200 : 404, { "content-type": "application/json" }).end(body);
    } catch (error) {
      response.writeHead(500, { "content-type": "text/plain" }).end(String(error));
    }
  });
  await new Promise((listening) => server.listen(port, "127.0.0.1", () => listening(undefined)));
  const close = () => [server.close(), server.closeAllConnections(), database.close()];
  return { endpoint: `http://127.0.0.1:${server.address().port}/search-server/`, close };
}
