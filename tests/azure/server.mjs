// A container store for tests: Azurite, which checks keys, tokens and signatures as Azure does, and beside it a view of what
// is in its containers, which signs for itself.
//
// Prints one line of JSON with its ports and keys, and ends when its input ends. The view answers `POST /CONTAINER` (makes it),
// `GET /CONTAINER` (all blobs, with their bytes in base64), `GET /CONTAINER?token` (a token for it) and `PUT /CONTAINER/KEY`.

import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { once } from "node:events";

const ACCOUNT = "letters";
const KEY = Buffer.from("a key of the tests: thirty-two bytes or more").toString("base64");
const VERSION = "2021-12-02";

const hmac = (text) => createHmac("sha256", Buffer.from(KEY, "base64")).update(text).digest("base64");

/** Starts Azurite on a port of its own choice. */
function start() {
  const [main] = process.argv.slice(2);
  const options = ["--blobPort", "0", "--inMemoryPersistence", "--disableTelemetry", "--skipApiVersionCheck"];
  const env = { ...process.env, AZURITE_ACCOUNTS: `${ACCOUNT}:${KEY}` };
  const store = spawn(process.execPath, [main, ...options], { env, stdio: ["ignore", "pipe", "inherit"] });
  process.on("exit", () => store.kill());
  let said = "";
  return new Promise((resolve, reject) => {
    store.on("exit", () => reject(new Error(`Azurite ended: ${said}`)));
    store.stdout.on("data", (part) => {
      said += part;
      const port = said.match(/successfully listen\w* (?:at|on) http:\/\/127\.0\.0\.1:(\d+)/);
      if (port) resolve(Number(port[1]));
    });
  });
}

/** Asks Azurite; `query` as pairs, `headers` with small letters. */
async function ask(port, method, path, query = {}, headers = {}, body = undefined) {
  const sent = { "x-ms-date": new Date().toUTCString(), "x-ms-version": VERSION, ...headers };
  const own = Object.keys(sent).filter((name) => name.startsWith("x-ms-")).sort();
  const length = body?.length ? String(body.length) : "";
  const encoded = `/${ACCOUNT}/${path.split("/").map(encodeURIComponent).join("/")}`;
  const text = [
    method, "", "", length, "", sent["content-type"] ?? "", "", "", "", "", "", "",
    ...own.map((name) => `${name}:${sent[name]}`),
    `/${ACCOUNT}${encoded}`,
    ...Object.keys(query).sort().map((name) => `${name}:${query[name]}`),
  ];
  sent.authorization = `SharedKey ${ACCOUNT}:${hmac(text.join("\n"))}`;
  const url = `http://127.0.0.1:${port}${encoded}?${new URLSearchParams(query)}`;
  const answer = await fetch(url, { method, headers: sent, body });
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${bytes}`);
  return { headers: answer.headers, bytes };
}

const unescape = (text) =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" })[name]);

async function blobs(port, container) {
  const found = {};
  let marker = "";
  do {
    const query = { restype: "container", comp: "list", ...(marker && { marker }) };
    const xml = (await ask(port, "GET", container, query)).bytes.toString();
    marker = xml.match(/<NextMarker>([^<]+)</)?.[1] ?? "";
    for (const [, name] of xml.matchAll(/<Blob><Name>([^<]*)</g)) {
      try {
        const { headers, bytes } = await ask(port, "GET", `${container}/${unescape(name)}`);
        const [type, kept] = ["content-type", "cache-control"].map((header) => headers.get(header) ?? "");
        found[unescape(name)] = { type, kept, bytes: bytes.toString("base64") };
      } catch (error) {
        // A publisher may remove it meanwhile.
        if (!/: 404 /.test(error.message)) throw error;
      }
    }
  } while (marker);
  return found;
}

/** A token that may do all with the blobs of a container for an hour. */
function token(container) {
  const end = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+/, "");
  const fields = { sp: "rcwdl", se: end, sv: VERSION, sr: "c" };
  const text = [fields.sp, "", end, `/blob/${ACCOUNT}/${container}`, "", "", "", VERSION, "c", "", "", "", "", "", "", ""];
  return new URLSearchParams({ ...fields, sig: hmac(text.join("\n")) }).toString();
}

async function view(port, request) {
  const [container, ...key] = request.url.slice(1).split("?")[0].split("/").map(decodeURIComponent);
  switch (request.method) {
    case "POST":
      await ask(port, "PUT", container, { restype: "container" });
      return null;
    case "PUT": {
      const parts = await request.toArray();
      await ask(port, "PUT", `${container}/${key.join("/")}`, {}, { "x-ms-blob-type": "BlockBlob" }, Buffer.concat(parts));
      return null;
    }
    default:
      return request.url.endsWith("?token") ? token(container) : blobs(port, container);
  }
}

const port = await start();
const server = createServer(async (request, response) => {
  try {
    response.end(JSON.stringify(await view(port, request)));
  } catch (error) {
    response.writeHead(500).end(String(error.stack));
  }
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
console.log(JSON.stringify({ store: port, view: server.address().port, key: ACCOUNT, secret: KEY }));
process.stdin.resume().on("end", () => process.exit(0));
