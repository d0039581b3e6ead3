import { execFile, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The folder of PostgreSQL's programs: Debian keeps them out of the path. */
function programs() {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(root, version, "bin")), ...(process.env.PATH ?? "").split(":")];
  const found = folders.find((folder) => existsSync(join(folder, "initdb")));
  if (!found) throw new Error("PostgreSQL is missing: install Debian's package postgresql");
  return found;
}

/** Starts a server of our own in a temporary folder, reached by a socket there alone. */
export async function startPostgres() {
  const bin = programs();
  const folder = await mkdtemp(join(tmpdir(), "fonds-pg-"));
  // PostgreSQL refuses to run as root.
  const user = {};
  if (process.getuid?.() === 0) {
    const { stdout } = await run("id", ["-u", "postgres"]);
    user.uid = Number(stdout);
    await chown(folder, user.uid, -1);
  }
  const options = { ...user, cwd: folder, env: { ...process.env, LC_ALL: "C.UTF-8" } };
  await run(join(bin, "initdb"), ["-D", join(folder, "data"), "-U", "fonds", "-A", "trust", "-E", "UTF8", "--no-sync"], options);
  const server = spawn(join(bin, "postgres"), ["-D", join(folder, "data"), "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"], { ...options, stdio: ["ignore", "ignore", "pipe"] });
  await new Promise((ready, failed) => {
    let log = "";
    server.stderr.on("data", (data) => (log += data).includes("ready to accept connections") && ready(undefined));
    server.on("exit", () => failed(new Error(log)));
  });
  const ended = new Promise((resolve) => server.on("exit", resolve));
  const address = `postgresql://fonds@/postgres?host=${encodeURIComponent(folder)}`;
  return {
    address,
    load: (records) => run("psql", ["-Xq", "-v", "ON_ERROR_STOP=1", address, "-f", "schema.sql"], { cwd: records }),
    stop: async () => {
      server.kill("SIGINT");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
