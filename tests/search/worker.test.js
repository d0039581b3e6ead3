import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import vm from "node:vm";

/** Runs the worker's script as a browser does, and gives a function that calls it. */
async function startWorker() {
  const answers = new Map();
  const self = { postMessage: ({ id, ...answer }) => answers.get(id)(answer) };
  const fetch = async (url) => {
    const bytes = await readFile(url).catch(() => undefined);
    return { ok: bytes !== undefined, status: bytes ? 200 : 404, arrayBuffer: async () => new Uint8Array(bytes).buffer };
  };
  const script = await readFile(process.env.FONDS_WORKER, "utf8");
  const context = vm.createContext({ self, fetch, URL, TextDecoder, Blob, Response, DecompressionStream, console });
  self.importScripts = (url) => void vm.runInContext(readFileSync(url, "utf8"), context);
  vm.runInContext(script, context);
  let calls = 0;
  return {
    open: async (address) => {
      const manifest = new Uint8Array(await readFile(process.env.FONDS_MANIFEST)).buffer;
      return self.onmessage({ data: { address, manifest } });
    },
    call: (name, ...values) =>
      new Promise((resolve) => {
        answers.set(++calls, resolve);
        self.onmessage({ data: { id: calls, call: name, arguments: values } });
      }),
  };
}

test("the script that pages load answers by itself", async () => {
  const worker = await startWorker();
  await worker.open(pathToFileURL(process.env.FONDS_MANIFEST).href);
  const { value } = await worker.call("search", { query: "dialogue" });
  assert.equal(value.total, 1);
  assert.equal((await worker.call("facets", {})).value.length, 6);
  const stemmed = await worker.call("search", { query: "dialogues" });
  assert.equal(stemmed.value?.total, 1, stemmed.error ?? "no document holds that form");
});

test("a missing index is told, not thrown", async () => {
  const worker = await startWorker();
  await worker.open("file:///no/such/manifest.json");
  assert.match((await worker.call("search", { query: "a" })).error, /404/);
});

test("a search that a later one overtook does not answer", async () => {
  const worker = await startWorker();
  await worker.open(pathToFileURL(process.env.FONDS_MANIFEST).href);
  const [first, second] = await Promise.all([
    worker.call("search", { query: "human" }),
    worker.call("search", { query: "dialogue" }),
  ]);
  assert.match(first.error, /later/);
  assert.equal(second.value.total, 1);
});
