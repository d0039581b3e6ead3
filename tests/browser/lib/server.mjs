// A static host as strict as the strictest: every answer forbids what does not come from the site.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

import { nginx } from "./nginx.mjs";

export const POLICY =
  "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

const MEDIA_TYPES = {
  ".bib": "application/x-bibtex; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".jsonl": "application/jsonl; charset=utf-8",
  ".ris": "application/x-research-info-systems; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
  ".xml": "application/xml; charset=utf-8",
};

/** Serves a folder below a base path (`/` or `/archive/`); anything outside it is a bare 404. */
export async function serve(folder, basePath) {
  if (process.env.SERVER === "nginx") return nginx(folder, basePath);
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const inside = path.startsWith(basePath) ? normalize(path.slice(basePath.length)) : undefined;
    const file = inside === undefined ? undefined : await read(folder, inside);
    if (file?.redirect) {
      response.writeHead(301, { location: `${path}/` }).end();
      return;
    }
    const body = file ?? (await read(folder, "404.html"));
    response.writeHead(file ? 200 : 404, {
      "content-type": MEDIA_TYPES[extname(body.name)] ?? "application/octet-stream",
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
    });
    response.end(body.bytes);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  return `http://127.0.0.1:${server.address().port}${basePath}`;
}

async function read(folder, path) {
  if (path.startsWith("..")) return undefined;
  const name = path === "." || path === "" ? "index.html" : path.endsWith("/") ? `${path}index.html` : path;
  try {
    return { name, bytes: await readFile(join(folder, name)) };
  } catch (error) {
    if (error.code === "EISDIR") return { redirect: true };
    return undefined;
  }
}
