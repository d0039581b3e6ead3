#!/usr/bin/env python3
"""Kills publications at each system call that changes something, half of them on a full disk, and looks what readers see.

    tests/kills.py [--program target/debug/fonds] [--most 200] [MODE…]

Modes: `folder` (a small site is exchanged), `large` (a site of which little changes), `in-place` (a file system that cannot
exchange two folders), `git`, `build` (the archive's own `public/`). Needs Linux, strace, and root for the small disk. A
reader must see the old site or the new one, each complete by its list of checksums, and the next run must end right. Prints
a line for each mode; ends with status 1 if anything else was seen.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

# What changes files; each is counted for itself, in each thread.
CALLS = "openat write pwrite64 copy_file_range linkat link rename renameat renameat2 unlink unlinkat rmdir mkdir mkdirat"
CALLS += " fchmod fchmodat utimensat ftruncate fsync fdatasync symlinkat"
LIST = "manifest-sha256.txt"
LETTER = '+++\ntitle = "Letter {n}"\ndate = "1921-03-14"\nkind = "letter"\n+++\n\nThe room is {word}.\n'
SIZE = "64m"


def run(command, folder, **options):
    environment = dict(os.environ, LC_ALL="C", SOURCE_DATE_EPOCH="1700000000", GIT_CONFIG_GLOBAL="/dev/null")
    return subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, **options
    )


class Mode:
    """An archive in two states: what was published, and what is to be."""

    def __init__(self, name, program, scratch):
        self.name, self.program = name, program
        self.old, self.place = scratch / "old", scratch / "place"
        self.inject = ["-e", "inject=renameat2:error=EINVAL"] if name == "in-place" else []
        self.command = [program, "build", "--no-ingest", "--quiet"]
        if name != "build":
            self.command = [program, "publish", "--no-build", "--quiet"]
        self.prepare()

    def prepare(self):
        letters = 12 if self.name in ("folder", "git") else 220
        files = {"config.toml": 'base_url = "https://example.org"\ntitle = "Letters"\n'}
        target = {"git": ("git", "site.git"), "build": ("folder", "none")}.get(self.name, ("folder", "www"))
        files["config.toml"] += '[publish]\ntarget = "%s"\naddress = "%s"\n' % target
        for n in range(letters):
            files[f"content/documents/n{n}.md"] = LETTER.format(n=n, word="dry")
        for path, text in files.items():
            (self.old / path).parent.mkdir(parents=True, exist_ok=True)
            (self.old / path).write_text(text)
        if self.name == "git":
            self.must(["git", "init", "--quiet", "--bare", "site.git"])
        first = [self.program, "build", "--no-ingest", "--quiet"]
        self.must(first if self.name == "build" else [self.program, "publish", "--quiet"])
        if self.name == "large":
            # The second publication leaves the folder that the third one begins from.
            self.change("damp")
            self.must([self.program, "publish", "--quiet"])
        self.before = self.seen(self.old)
        self.change("cold")
        if self.name != "build":
            self.must(first)
        shutil.copytree(self.old, self.place, symlinks=True)
        done = run(self.command, self.place)
        assert done.returncode == 0, done.stderr
        self.after = self.seen(self.place)
        assert self.before and self.after and self.before != self.after, self.name

    def must(self, command):
        done = run(command, self.old)
        assert done.returncode == 0, (command, done.stderr)

    def change(self, word):
        (self.old / "content/documents/n3.md").write_text(LETTER.format(n=3, word=word))

    def restore(self, place):
        for entry in place.iterdir():
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
        shutil.copytree(self.old, place, symlinks=True, dirs_exist_ok=True)

    def seen(self, root):
        """The site by its list, or none if it is not complete by it, or holds more."""
        if self.name == "git":
            with tempfile.TemporaryDirectory() as folder:
                archive = ["git", "--git-dir", str(root / "site.git"), "archive", "-o", folder + "/t.tar", "gh-pages"]
                if run(archive, root).returncode != 0:
                    return None
                subprocess.run(["tar", "-xf", folder + "/t.tar", "-C", folder], check=True)
                os.unlink(folder + "/t.tar")
                return whole(Path(folder))
        return whole(root / ("public" if self.name == "build" else "www"))

    def calls(self, place):
        """How often one thread makes each call, at most."""
        self.restore(place)
        log = place / "trace"
        traced = self.strace(["-e", "trace=" + CALLS.replace(" ", ","), "-o", str(log)])
        done = run(traced + self.command, place)
        assert done.returncode == 0, done.stderr
        counts = Counter()
        for line in log.read_text(errors="replace").splitlines():
            match = re.match(r"(\d+)\s+(\w+)\(", line)
            if match and not ("openat" == match[2] and "O_CREAT" not in line and "O_TMPFILE" not in line):
                counts[match[1], match[2]] += 1
            elif match:
                counts[match[1], "openat"] += 1
        most = Counter()
        for (_, call), count in counts.items():
            most[call] = max(most[call], count)
        return [(call, n + 1) for call, count in sorted(most.items()) for n in range(count)]

    def strace(self, options):
        return ["strace", "-f", "-qq", *options, *self.inject]

    def kill(self, place, call, number):
        error = ":error=EINVAL" if self.inject and call == "renameat2" else ""
        inject = ["-e", f"inject={call}{error}:signal=KILL:when={number}", "-e", f"trace={call}", "-o", "/dev/null"]
        options = inject if error else inject + self.inject
        return run(["strace", "-f", "-qq", *options, *self.command], place, timeout=120)


def whole(folder):
    try:
        lines = (folder / LIST).read_text().splitlines()
    except OSError:
        return None
    sums = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != LIST and not name.startswith(".fonds-"):
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return sums if sums == found else None


def fill(place):
    """Takes all room of the disk but for some kilobytes."""
    state = os.statvfs(place)
    room = state.f_bavail * state.f_frsize - 24 * 1024
    with open(place / "ballast", "wb") as file:
        file.write(b"\0" * max(room, 0))


def try_all(mode, place, most):
    calls = mode.calls(place)
    step = max(1, len(calls) * 2 // most)
    counts, faults = Counter(), []
    for full in (False, True):
        for call, number in calls[(1 if full else 0)::step]:
            mode.restore(place)
            if full:
                fill(place)
            ended = mode.kill(place, call, number)
            counts["killed" if ended.returncode in (137, -9) else f"ended with {ended.returncode}"] += 1
            seen = mode.seen(place)
            kind = "old" if seen == mode.before else "new" if seen == mode.after else "mixed"
            counts[kind] += 1
            what = f"{mode.name}: {call} {number}{' on a full disk' if full else ''}"
            if kind == "mixed" and mode.name != "in-place":
                faults.append(f"{what}: readers see neither site")
            (place / "ballast").unlink(missing_ok=True)
            done = run(mode.command, place, timeout=120)
            if done.returncode != 0:
                done = run(mode.command, place, timeout=120)
                counts["second next run"] += 1
            if done.returncode != 0 or mode.seen(place) != mode.after:
                faults.append(f"{what}: the next run ends with {done.returncode}: {done.stderr[:400]}")
    return counts, faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="target/debug/fonds")
    parser.add_argument("--most", type=int, default=200, help="kills in each mode")
    parser.add_argument("modes", nargs="*", default=["folder", "large", "in-place", "git", "build"])
    arguments = parser.parse_args()
    program, failed = str(Path(arguments.program).resolve()), False
    for name in arguments.modes:
        with tempfile.TemporaryDirectory() as scratch:
            scratch = Path(scratch)
            mode, place = Mode(name, program, scratch), scratch / "disk"
            place.mkdir()
            mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "kills", place]).returncode == 0
            try:
                counts, faults = try_all(mode, place, arguments.most)
            finally:
                if mounted:
                    subprocess.run(["umount", place], check=True)
        print(f"{name}: " + ", ".join(f"{count} {what}" for what, count in sorted(counts.items())), flush=True)
        for fault in faults:
            print("  " + fault, flush=True)
        failed |= bool(faults)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
