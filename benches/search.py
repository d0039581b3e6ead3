#!/usr/bin/env python3
"""Measures search on an archive of made letters, beside Pagefind on the same pages.

    benches/search.py [--documents 20000] [--letters FOLDER] [--words N] [--archive DIR]

Prints a table in Markdown. Letters have the word statistics of `benches/statistics.json`, or those of FOLDER, and
repeat their own words as real letters do; every twentieth is Korean.

How near that is to real letters, the 889 documents of 880 seeds beside 1,162 made ones: 342 words a letter for 367, 135 distinct
ones for 160, 0.70 kB of index a letter for 0.80. Half of the runs of eight words of real letters stand in other letters too, none
of made ones; but real letters have more rare words, and these weigh more. So an archive of real letters has an index about a
seventh larger than the table says. With words drawn independently of each other, as `benches/archive.py` alone draws them, a made
letter has 192 distinct ones and 0.78 kB of index. What counts most is the length: letters of 725 words take 1.5 kB each.

It needs a release build (`cargo build --profile dist`), Node, Chromium, the packages of `tests/browser`, and npm for Pagefind. Close
other programs: times are those of this machine.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import archive  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
# How often a word of a letter is one that the letter holds already. With this share the words of made letters
# tell as much about each other as those of the 880 letters do (6.7 bits a word within a letter of 370).
REPEATED = 0.3


class Writer(archive.Writer):
    """Letters that come back to their own words. The frequencies over all letters stay as they are, since what is
    repeated was drawn from them."""

    def body(self, words, korean):
        self.used = []
        return super().body(words, korean)

    def sentence(self, length):
        words = super().sentence(length).rstrip(".").split(" ")
        for at in range(len(words)):
            if self.used and self.random.random() < REPEATED:
                # Two words side by side often come back side by side.
                place = self.random.randrange(len(self.used))
                words[at] = self.used[place]
                if at + 1 < len(words) and place + 1 < len(self.used) and self.random.random() < 0.5:
                    words[at + 1] = self.used[place + 1]
        self.used += words
        words[0] = words[0][:1].upper() + words[0][1:]
        return " ".join(words) + "."


def make(folder, options):
    archive.Writer = Writer
    given = ["--documents", str(options.documents), "--words", str(options.words), "--what", "content"]
    given += ["--letters", options.letters] if options.letters else []
    archive.write(folder, archive.arguments().parse_args([str(folder), *given]))


def run(*command, cwd=None):
    """CPU seconds and peak memory in MB of a program and its children."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen([str(part) for part in command], cwd=cwd, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            log.seek(0)
            sys.exit(f"error: {command[0]} failed\n{log.read().decode()[-2000:]}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def build(folder, search):
    """Builds with or without search."""
    config = folder / "config.toml"
    text = config.read_text(encoding="utf-8").split("\n[search]")[0]
    config.write_text(text + ("" if search else "\n[search]\nenabled = false\n"), encoding="utf-8")
    shutil.rmtree(folder / "public", ignore_errors=True)
    return run(ROOT / "target/dist/fonds", "build", "--no-ingest", "-q", "--root", folder)


def weight(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return len(files), sum(path.stat().st_size for path in files)


def in_browser(site, kind):
    answer = subprocess.run(["node", ROOT / "benches/search.mjs", site, kind], capture_output=True, text=True)
    if answer.returncode:
        sys.exit(f"error: the browser failed\n{answer.stderr[-2000:]}")
    return json.loads(answer.stdout)


def measure(folder, options):
    """Rows of the table: what, fonds, Pagefind."""
    plain = [build(folder, False) for _ in range(options.runs)]
    search = [build(folder, True) for _ in range(options.runs)]
    site = folder / "public"
    files, size = weight(site / "search/index")
    # Other programs only add to times: the least of several runs is nearest to the truth.
    cpu = min(c for c, _ in search) - min(c for c, _ in plain)
    memory = max(m for _, m in search) - max(m for _, m in plain)
    rows = [
        ["indexing, CPU s", f"{cpu:.1f}"], ["memory above a build without search, MB", f"{memory:.0f}"],
        ["files of the index", f"{files:,}"], ["bytes of the index, MB", f"{size / 1e6:.1f}"],
    ]
    ours = in_browser(site, "fonds")
    theirs = {}
    if not options.no_pagefind:
        cpu, memory = run(*options.pagefind.split(), "--site", site, "--output-path", folder / "pagefind")
        shutil.rmtree(site / "pagefind", ignore_errors=True)
        shutil.move(folder / "pagefind", site / "pagefind")
        files, size = weight(site / "pagefind")
        for row, value in zip(rows, [f"{cpu:.1f}", f"{memory:.0f}", f"{files:,}", f"{size / 1e6:.1f}"]):
            row.append(value)
        theirs = in_browser(site, "pagefind")
    for name, value in ours.items():
        rows.append([name, value, theirs.get(name, "")])
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20000)
    parser.add_argument("--words", type=int, default=0, help="words a letter; else as many as real ones have")
    parser.add_argument("--letters", help="a folder of real letters to take the statistics from")
    parser.add_argument("--archive", help="an archive that is there already; its output is replaced")
    parser.add_argument("--no-pagefind", action="store_true")
    parser.add_argument("--pagefind", default="npx --yes pagefind@1.6.0", help="the command that runs it")
    parser.add_argument("--runs", type=int, default=3, help="builds of each kind; the quickest counts")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(options.archive or temporary)
        if not options.archive:
            make(folder, options)
        text = sum(path.stat().st_size for path in (folder / "content").rglob("*.md"))
        print(f"{options.documents:,} letters, {text / 1e6:.0f} MB of text\n")
        print("| | fonds | Pagefind 1.6.0 |\n| --- | --- | --- |")
        for name, *values in measure(folder, options):
            print("| " + " | ".join([name, *map(str, values)]) + " |")


if __name__ == "__main__":
    main()
