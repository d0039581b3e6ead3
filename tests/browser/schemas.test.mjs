// Records for archival systems are valid by the schemas of their makers. These are not part of the project: the folder
// that `FONDS_SCHEMAS` names has `cpf.rng` (EAC-CPF 2010 revised, github.com/SAA-SDT/eac-cpf-schema), `ead3.rng`
// (EAD3, github.com/SAA-SDT/EAD3) and `atom.rnc` (RFC 4287, appendix B). Without it, the test says that it was left out.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import { fixture } from "./lib/sites.mjs";

const jar = join(dirname(createRequire(import.meta.url).resolve("vnu-jar/package.json")), "build/dist/vnu.jar");
const DRIVER = "nu.validator.vendor.thaiopensource.relaxng.util.Driver";

for (const [name, schema] of [["eac.xml", "cpf.rng"], ["ead.xml", "ead3.rng"], ["atom.xml", "atom.rnc"]]) {
  const path = join(process.env.FONDS_SCHEMAS ?? "", schema);
  const skip = process.env.FONDS_SCHEMAS && existsSync(path) ? false : `no ${schema} in FONDS_SCHEMAS`;
  test(`each ${name} is valid by ${schema}`, { skip }, async () => {
    const files = await readdir(fixture.root.folder, { recursive: true });
    const records = files.filter((file) => file === name || file.endsWith(`/${name}`)).map((file) => join(fixture.root.folder, file));
    assert.ok(records.length > 0, `the fixture has no ${name}`);
    const { stdout } = await promisify(execFile)("java", ["-cp", jar, DRIVER, ...(schema.endsWith(".rnc") ? ["-c"] : []), path, ...records]).catch((error) => error);
    assert.equal(stdout, "");
  });
}
