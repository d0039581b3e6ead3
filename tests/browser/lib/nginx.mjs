// The suite against nginx under the settings of the manual: `SERVER=nginx node all.mjs`. Not a part of tests/run, which does not
// install nginx.

import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const manual = () => readFileSync(new URL("../../../docs/publishing.md", import.meta.url), "utf8");

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true) ?? socket.destroy());
    socket.on("error", () => resolve(false));
  });

/** Serves a folder below a base path by an nginx of its own, which ends with this process. */
export async function nginx(folder, basePath) {
  const work = mkdtempSync(join(tmpdir(), "fonds-nginx-"));
  const path = basePath.replace(/\/$/, "");
  const [www, port] = [join(work, "www"), await freePort()];
  mkdirSync(join(www, "redirects"), { recursive: true });
  const [awk] = manual().match(/^awk .*(?= > )/m);
  const command = awk.replace("public/_redirects", `${folder}/_redirects`);
  const moved = execFileSync("sh", ["-c", `test ! -e '${folder}/_redirects' || ${command}`]);
  writeFileSync(join(www, "redirects/archive.map"), moved);
  if (path) symlinkSync(folder, join(www, path));
  const block = manual().match(/^```nginx\n([\s\S]*?)^```/m)[1];
  const root = path ? www : folder;
  const settings = block
    .replaceAll("/var/www/redirects", `${www}/redirects`)
    .replaceAll("/var/www", root)
    .replaceAll("/archive", path)
    .replace("listen 80;", `listen 127.0.0.1:${port};`);
  const user = process.getuid() === 0 ? "user root;" : "";
  const main = `${user} daemon off; pid ${work}/pid; error_log stderr;\nevents { }\nhttp { include /etc/nginx/mime.types; access_log off;\n`;
  writeFileSync(join(work, "nginx.conf"), `${main}${settings}}\n`);
  chmodSync(work, 0o755);
  const server = spawn("nginx", ["-c", join(work, "nginx.conf"), "-e", "stderr"], { stdio: ["ignore", "ignore", "inherit"] });
  server.unref();
  process.on("exit", () => {
    server.kill();
    rmSync(work, { recursive: true, force: true });
  });
  for (const end = Date.now() + 30_000; !(await answers(port)); await pause(50)) {
    if (Date.now() > end || server.exitCode !== null) throw new Error("nginx does not start");
  }
  return `http://127.0.0.1:${port}${basePath}`;
}
