// The folder in which the tests make their archives, and the lock that makes each of them once.

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A folder for what the tests make: that of the whole suite, or one for a file of tests that runs alone. */
export const work = process.env.FONDS_SUITE ?? newWork();

// Removed when this process ends.
function newWork() {
  const folder = mkdtempSync(join(tmpdir(), "fonds-suite-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** How long tests wait for what others make, in milliseconds. */
const PATIENCE = 300_000;

/** Makes what has no name yet in the folder. Files of tests run side by side: one makes it, the others wait for it. */
export async function once(name, make) {
  const made = join(work, `${name}.made`);
  try {
    await mkdir(join(work, `${name}.begun`));
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    const end = Date.now() + PATIENCE;
    while (!existsSync(made)) {
      if (Date.now() > end) throw new Error(`${name} was not made by the tests that began with it`);
      await sleep(50);
    }
    const fault = await readFile(made, "utf8");
    if (fault) throw new Error(fault);
    return;
  }
  const fault = await make().then(() => "", (error) => error.stderr || error.stack);
  await writeFile(`${made}.new`, fault);
  await rename(`${made}.new`, made);
  if (fault) throw new Error(fault);
}
