// Firefox, steered by its own protocol (Marionette): lines of JSON over a socket, so that no driver need be installed.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const program = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
const PREFERENCES = { "marionette.port": 0, "browser.shell.checkDefaultBrowser": false, "datareporting.policy.dataSubmissionEnabled": false };
/** Milliseconds: machines are busy. */
const PATIENCE = 120_000;

async function eventually(what, look) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(50)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`waited in vain: ${what}`);
}

/** Sends commands and takes their answers, each with its length before it. */
class Session {
  #socket;
  #waiting = new Map();
  #number = 0;

  constructor(socket) {
    this.#socket = socket;
    let bytes = Buffer.alloc(0);
    socket.on("data", (part) => {
      bytes = Buffer.concat([bytes, part]);
      for (let colon = bytes.indexOf(":"); colon > 0; colon = bytes.indexOf(":")) {
        const end = colon + 1 + Number(bytes.subarray(0, colon));
        if (bytes.length < end) return;
        const said = JSON.parse(bytes.subarray(colon + 1, end));
        bytes = bytes.subarray(end);
        // First of all Firefox says what it is.
        if (!Array.isArray(said)) continue;
        const [, number, error, result] = said;
        const { resolve, reject } = this.#waiting.get(number) ?? {};
        if (error) reject?.(new Error(`${error.error}: ${error.message}`));
        else resolve?.(result);
      }
    });
  }

  ask(command, parameters = {}) {
    const text = JSON.stringify([0, ++this.#number, command, parameters]);
    return new Promise((resolve, reject) => {
      this.#waiting.set(this.#number, { resolve, reject });
      this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  }
}

/** A page of Firefox. */
class Page {
  constructor(session) {
    this.session = session;
  }

  goto(url) {
    return this.session.ask("WebDriver:Navigate", { url });
  }

  back() {
    return this.session.ask("WebDriver:Back");
  }

  async evaluate(work, ...args) {
    const script = `return (${work})(...arguments);`;
    return (await this.session.ask("WebDriver:ExecuteScript", { script, args })).value;
  }

  /** Waits until something is true of the page, which may be another by then. */
  waitFor(work, ...args) {
    return eventually(String(work), () => this.evaluate(work, ...args).catch(() => false));
  }

  async #element(selector) {
    const found = await this.session.ask("WebDriver:FindElement", { using: "css selector", value: selector });
    return Object.values(found.value ?? found)[0];
  }

  async type(selector, text) {
    await this.session.ask("WebDriver:ElementSendKeys", { id: await this.#element(selector), text });
  }
}

/** Opens a page in a Firefox of its own, which ends afterwards. */
export async function withFirefox(work) {
  const profile = await mkdtemp(join(tmpdir(), "fonds-firefox-"));
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  await writeFile(join(profile, "user.js"), lines.join(""));
  const options = ["--headless", "--no-remote", "--marionette", "--profile", profile];
  const env = { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: "1" };
  const firefox = spawn(program, options, { stdio: "ignore", env });
  const ended = once(firefox, "exit");
  try {
    const port = await eventually("Firefox listens", () =>
      readFile(join(profile, "MarionetteActivePort"), "utf8").then(Number, () => 0),
    );
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    const session = new Session(socket);
    await session.ask("WebDriver:NewSession", {});
    await work(new Page(session));
    socket.destroy();
  } finally {
    firefox.kill("SIGKILL");
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
