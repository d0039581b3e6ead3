#!/usr/bin/env python3
"""Counts the instructions of each stage on a fixed archive of made letters, and compares them with a baseline.

    benches/instructions.py            # compares with benches/instructions.json; status 1 if a stage costs more
    benches/instructions.py --write    # makes today's counts the baseline
    benches/instructions.py --functions [build|ingest|check]   # where they go, by function

Wall times of a busy machine tell little; instructions, counted by callgrind on one thread, are the same within a few
parts in a thousand. It needs a build (`cargo build --profile dist`) and valgrind. System calls are not counted: writing files costs more than
this shows, see docs/performance.md.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import measure  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
BASELINE = HERE / "instructions.json"
LETTERS, WORDS, TOLERANCE = 200, 620, 0.03
NO_SEARCH = "\n[search]\nenabled = false\n"


def make(folder, letters=LETTERS):
    command = [sys.executable, HERE / "archive.py", folder, "--documents", letters, "--words", WORDS]
    subprocess.run([str(part) for part in command], check=True)


def count(options, folder, *arguments, functions=False):
    """Instructions of a command; with `functions`, those of each function and what it calls."""
    profile = folder.parent / "profile"
    measure.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", options.fonds, *arguments, "--quiet", "--root", folder],
                environment={"RAYON_NUM_THREADS": "1", "SOURCE_DATE_EPOCH": "1700000000"})
    if functions:
        return subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", str(profile)],
                              capture_output=True, text=True, check=True).stdout
    text = profile.read_text(encoding="utf-8", errors="replace")
    return int(re.search(r"^(?:summary|totals): (\d+)", text, re.M)[1])


def stages(options, folder):
    """The stages in the order of the pipeline, each with its instructions."""
    settings = (folder / "config.toml").read_text(encoding="utf-8")
    letters = folder / "content/documents"
    yield "start", start(options, folder)
    drafts = folder.parent / "drafts"
    shutil.copytree(folder / "seeds", drafts / "seeds")
    shutil.copy(folder / "config.toml", drafts)
    yield "seeds → content", count(options, drafts, "ingest")
    yield "seeds unchanged, read again", count(options, drafts, "ingest")
    (folder / "config.toml").write_text(settings + NO_SEARCH, encoding="utf-8")
    plain = count(options, folder, "build", "--no-ingest")
    yield "content → site, without search", plain
    measure.remove(folder / "public")
    (folder / "config.toml").write_text(settings, encoding="utf-8")
    yield "search index", count(options, folder, "build", "--no-ingest") - plain
    yield "nothing changed, built again", count(options, folder, "build", "--no-ingest")
    with min(letters.glob("*.md")).open("a", encoding="utf-8") as letter:
        letter.write("\nOne sentence more.\n")
    yield "one letter changed, built again", count(options, folder, "build", "--no-ingest")
    yield "check", count(options, folder, "check")


def start(options, folder):
    """What any command costs before it does anything."""
    empty = folder.parent / "empty"
    empty.mkdir()
    (empty / "config.toml").write_text('title = "Empty"\n', encoding="utf-8")
    return count(options, empty, "stats")


def compare(counts, baseline):
    """Prints the counts beside the baseline. Gives the stages that cost more than they may."""
    worse, better = [], []
    print("| stage | instructions | a letter | baseline | change |\n| --- | --- | --- | --- | --- |")
    for stage, found in counts.items():
        before = baseline.get(stage)
        change = found / before - 1 if before else None
        print(f"| {stage} | {found / 1e6:,.1f} M | {found / LETTERS / 1e3:,.0f} k | {f'{before / 1e6:,.1f} M' if before else ''} | "
              f"{f'{change:+.1%}' if before else 'new'} |")
        if before and change > TOLERANCE:
            worse.append(stage)
        if before and change < -TOLERANCE:
            better.append(stage)
    if better:
        measure.tell(f"cheaper than the baseline: {', '.join(better)}; keep it so with --write")
    return worse


def by_function(options, folder, command):
    """The functions of the program with what they call, dearest first."""
    given = ["build", "--no-ingest"] if command == "build" else [command]
    if command == "ingest":
        measure.remove(folder / "content")
    said = count(options, folder, *given, functions=True)
    letters = options.letters
    total = int(re.search(r"([\d,]+) .*PROGRAM TOTALS", said)[1].replace(",", ""))
    print(f"{total / 1e6:,.0f} M instructions of `fonds {command}`, {total / letters / 1e3:,.0f} k a letter\n")
    print("| function, with what it calls | k a letter | share |\n| --- | --- | --- |")
    # Generic code of other crates stands under the function of ours that calls it.
    shown = 0
    for line in said.splitlines():
        found = re.match(r"\s*([\d,]+) .*?:(<?(?:impl )?(?:fonds|pulldown_cmark|toml|tera::tera)\S.*?) \[", line)
        if not found or shown == options.most:
            continue
        of = int(found[1].replace(",", ""))
        shown += 1
        print(f"| `{found[2]}` | {of / letters / 1e3:,.0f} | {of / total:.1%} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="make today's counts the baseline")
    parser.add_argument("--functions", nargs="?", const="build", choices=["build", "ingest", "check"], help="where they go, of a command")
    parser.add_argument("--letters", type=int, default=LETTERS, help="with --functions: of so many letters")
    parser.add_argument("--most", type=int, default=60, help="functions to show")
    parser.add_argument("--fonds", type=pathlib.Path, default=HERE.parent / "target/dist/fonds", help="the program")
    options = parser.parse_args()
    options.fonds = options.fonds.resolve()
    if not options.fonds.is_file():
        parser.error(f"there is no {options.fonds}: run `cargo build --profile dist`, or name the program with --fonds")
    if not shutil.which("valgrind"):
        parser.error("valgrind is missing: install it with your system's packages")
    os.environ.pop("RAYON_NUM_THREADS", None)
    measure.interruptible()
    with tempfile.TemporaryDirectory(prefix="fonds-instructions-") as temporary:
        folder = pathlib.Path(temporary) / "archive"
        make(folder, options.letters if options.functions else LETTERS)
        if options.functions:
            by_function(options, folder, options.functions)
            return
        counts = {}
        for stage, found in stages(options, folder):
            measure.tell(f"{stage}: {found / 1e6:,.1f} M")
            counts[stage] = found
    if options.write:
        kept = {"letters": LETTERS, "words": WORDS, "stages": counts}
        BASELINE.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        return
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))["stages"] if BASELINE.is_file() else {}
    worse = compare(counts, baseline)
    if worse:
        sys.exit(f"error: more than {TOLERANCE:.0%} dearer than the baseline: {', '.join(worse)}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
    except measure.Failed as why:
        sys.exit(f"error: {why}")
