import { openEngine } from "./open.js";

/**
 * Search in a copy of the site that is opened as files. Such a page may fetch nothing, and start no worker: the
 * engine runs in the page, and each file of the index, and the text of each document, is a script beside it that
 * gives what it holds to `fondsFolder.give`.
 */

/** @type {Map<string, unknown>} what scripts gave, by their address */
const given = new Map();

/**
 * Runs a script of the copy.
 * @param {string} address
 * @returns {Promise<any>} what it gave
 */
function read(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const end = () => {
      const value = given.get(script.src);
      given.delete(script.src);
      script.remove();
      if (value === undefined) reject(new Error(address));
      else resolve(value);
    };
    script.onload = end;
    script.onerror = end;
    script.src = address;
    document.head.append(script);
  });
}

/**
 * A file of the index.
 * @param {string | URL} address
 * @returns {Promise<ArrayBuffer>}
 */
async function bytes(address) {
  return Uint8Array.from(atob(await read(`${address}.js`)), (byte) => byte.charCodeAt(0)).buffer;
}

/** Stands for the worker: takes its messages and answers them. */
function worker() {
  /** @type {Promise<any>} */
  let engine;
  const stand = {
    /** @param {{ data: any }} _answer */
    onmessage(_answer) {},
    /** @param {any} data */
    async postMessage(data) {
      if (!data.call) {
        engine = Promise.resolve(openEngine(data, bytes));
        engine.catch(() => {});
        return;
      }
      try {
        const value = await (await engine)[data.call](...data.arguments);
        stand.onmessage({ data: { id: data.id, value } });
      } catch (error) {
        stand.onmessage({ data: { id: data.id, error: String(error) } });
      }
    },
  };
  return stand;
}

/** @type {any} where the search page and the scripts find it */
const scope = self;

scope.fondsFolder = {
  /** @param {unknown} value */
  give(value) {
    given.set(/** @type {HTMLScriptElement} */ (document.currentScript).src, value);
  },
  read,
  bytes,
  worker,
  /** @param {string} address of a document's folder */
  text: (address) => read(`${address}passages.js`),
};
