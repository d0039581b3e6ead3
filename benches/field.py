#!/usr/bin/env python3
"""Measures fonds beside its peers on the same letters, and prints tables in Markdown.

    benches/field.py --documents 20000 [--runs 5] [--tools fonds,fonds-seeds,hugo,hugo-pagefind,zola,eleventy,cp,cat]
    benches/field.py --documents 20000 --seeds-from FOLDER    # real letters, read by fonds
    benches/field.py --scale [--largest]                      # how the cost grows

It needs a release build (`cargo build --profile dist`) and fetches the peers with pip and npm, once, into a cache. A peer
that cannot be had is told as such; the others are measured. Runs alternate between the tools, each into a fresh
folder, after the disk has settled; figures are medians. Everything but the cache lies in a temporary folder, which goes
even if the run is interrupted. Close other programs: wall times are those of this machine at this hour.
"""

import argparse
import datetime
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import measure  # noqa: E402
import peers  # noqa: E402
from measure import Failed, tell  # noqa: E402
from peers import Missing  # noqa: E402
from tools import TOOLS, Fonds, Peer  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
GUIDE = ROOT / "docs/performance.md"
SIZES = [1_000, 5_000, 20_000, 100_000]
LARGEST, SHORT = 500_000, 40  # short letters, in words


# The archive.


def make(folder, documents, options, what="both", words=None):
    """An archive of so many letters. A program of its own makes it, so that this one stays small."""
    tell(f"making {documents:,} letters")
    command = [sys.executable, HERE / "archive.py", folder, "--documents", str(documents), "--what", what, "--words", str(options.words if words is None else words)]
    command += ["--letters", options.letters] if options.letters else []
    subprocess.run([str(part) for part in command], check=True)


def take(folder, source, documents, options):
    """An archive of the seeds below a folder, the first so many, and of what fonds reads in them."""
    tell(f"reading the seeds below {source}")
    source = pathlib.Path(source).resolve()
    found = sorted(path for path in source.rglob("*") if path.is_file())[:documents]
    if not found:
        sys.exit(f"error: there are no files below {source}")
    make(folder, 0, options, what="seeds")  # its settings
    for path in found:
        target = folder / "seeds" / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    measure.run([options.fonds, "ingest", "--quiet", "--root", folder])


# What is measured.


def contest(work, options):
    """Runs the tools in turn. Gives each its costs, or why it has none."""
    tools, missing = [], {}
    for name in options.tools:
        tool = TOOLS[name](work, options)
        try:
            tool.prepare()
            tools.append(tool)
        except (Missing, Failed) as why:
            tell(f"{name}: not measured: {why}")
            missing[name] = str(why)
    costs = {tool.name: [] for tool in tools}
    for turn in range(options.runs):
        for tool in tools:
            if tool.name in missing:
                continue
            try:
                cost = tool.run()
            except Failed as why:
                missing[tool.name] = str(why).replace("\n", " ")[:300]
                tell(f"{tool.name}: {why}")
                continue
            costs[tool.name].append(cost)
            tell(f"run {turn + 1} of {options.runs}: {tool.name}: {cost.wall:.2f} s, CPU {cost.cpu:.2f} s, {cost.memory / 1e6:.0f} MB")
            if turn == 0 and tool.site:
                tool.weight = measure.weigh(tool.site)  # the next tool may write to the same folder
                if isinstance(tool, (Fonds, Peer)):
                    examine(tool, options)
    return tools, {name: measure.median(of) for name, of in costs.items() if of and name not in missing}, missing


def examine(tool, options):
    """Says what is wrong with a site: letters without a page, links that lead nowhere."""
    made = measure.letters(tool.site)
    if len(made) != options.pages:
        tell(f"warning: {tool.name} made {len(made):,} pages of {options.pages:,} letters")
    every = sorted(page for page in tool.site.rglob("index.html"))
    dead = measure.dead_links(tool.site, every[:: max(1, len(every) // 300)])
    if dead:
        tell(f"warning: {tool.name} has dead links, such as {dead[0]}")


def row(*cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def field(tools, costs, missing):
    """The table of all tools."""
    ours, by_name = costs.get("fonds"), {tool.name: tool for tool in tools}
    yield row("", "wall, s", "CPU, s", "peak memory, MB", "files", "bytes, MB", "search", "wall ÷ fonds", "CPU ÷ fonds")
    yield row(*["---"] * 9)
    for name, kind in TOOLS.items():
        if name in missing:
            yield row(kind.label, f"not measured: {missing[name]}", *[""] * 7)
        if name not in costs:
            continue
        cost, weight = costs[name], by_name[name].weight
        made = [f"{weight[0]:,}", f"{weight[1] / 1e6:.0f}"] if weight else ["", ""]
        ratios = [f"{cost.wall / ours.wall:.2f}", f"{cost.cpu / ours.cpu:.2f}"] if ours else ["", ""]
        yield row(kind.label, f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{cost.memory / 1e6:.0f}", *made, kind.search, *ratios)


def own(tools, costs, options, work):
    """What only fonds is asked for, as names and figures."""
    ours = next((tool for tool in tools if tool.name == "fonds" and "fonds" in costs), None)
    if ours:
        first = costs["fonds"]
        for name, of in [("nothing changed, built again", ours.again), ("one document changed, built again", ours.changed)]:
            if of:
                cost = measure.median(of)
                yield name, f"{cost.wall:.2f} s, CPU {cost.cpu:.2f} s, {cost.memory / 1e6:.0f} MB ({cost.wall / first.wall:.2f} of the first build)"
        index = ours.site / "search/index"
        if index.is_dir():
            files, size = measure.weigh(index)
            yield "search index", f"{size / 1e6:.1f} MB in {files:,} files"
        weight = measure.page_weight(ours.site)
        yield "page of a letter of middle size", (f"{weight['page'] / 1e3:.1f} kB compressed, {weight['frame'] / 1e3:.1f} kB of it beside the text; "
                                                  f"{weight['requests']} requests, the others {weight['parts'] / 1e3:.1f} kB, once for the site")
    yield "build of the founding archive", founding(work, options)
    yield "`fonds --version`", f"{1e3 * start([options.fonds, '--version']).wall:.1f} ms (`true`: {1e3 * start(['true']).wall:.1f} ms)"
    yield "size of the program", f"{options.fonds.stat().st_size / 1e6:.1f} MB"


def start(command, times=21):
    return measure.median([measure.run(command) for _ in range(times)])


def founding(work, options, times=11):
    """How long the archive of this repository takes, which is small: what is left is the start."""
    root = work / "founding"
    root.mkdir()
    shutil.copy(ROOT / "config.toml", root)
    for name in ("content", "seeds"):
        shutil.copytree(ROOT / name, root / name)
    costs = []
    for _ in range(times):
        measure.remove(root / "public")
        measure.settle()
        costs.append(measure.run([options.fonds, "build", "--quiet", "--root", root]))
    cost = measure.median(costs)
    return f"{1e3 * cost.wall:.0f} ms, CPU {1e3 * cost.cpu:.0f} ms, {cost.memory / 1e6:.0f} MB"


def goals(tools, costs):
    """The aims of the project, and how near it is: what, measured, at most."""
    ours = {tool.name: tool for tool in tools}
    fonds, seeds = costs.get("fonds"), costs.get("fonds-seeds")
    rows = []
    for of, over, most in [(fonds, "zola", 0.5), (fonds, "hugo-pagefind", 0.15), (fonds, "cp", 1.5), (seeds, "zola", 0.7)]:
        if of and over in costs:
            what = "seeds → site" if of is seeds else "content → site"
            rows.append((f"{what} ÷ {TOOLS[over].label}", of.wall / costs[over].wall, most))
    if fonds:
        rows.append(("peak memory, MB", fonds.memory / 1e6, 350))
        for name, of, most in [("nothing changed", ours["fonds"].again, 0.15), ("one document changed", ours["fonds"].changed, 0.2)]:
            if of:
                rows.append((f"{name} ÷ first build", measure.median(of).wall / fonds.wall, most))
    yield row("aim at 20,000 letters", "measured", "at most", "")
    yield row(*["---"] * 4)
    for name, value, most in rows:
        yield row(name, f"{value:.2f}" if value < 10 else f"{value:.0f}", most, "met" if value <= most else f"missed by {value / most - 1:.0%}")


def scale(work, options):
    """How the cost of a build grows with the archive."""
    sizes = [(size, None) for size in options.sizes] + ([(LARGEST, SHORT)] if options.largest else [])
    yield row("letters", "text, MB", "wall, s", "CPU, s", "peak memory, MB", "files", "bytes, MB", "CPU a letter, ms")
    yield row(*["---"] * 8)
    walls = {}
    for documents, words in sizes:
        archive = work / "archive"
        measure.remove(archive)
        make(archive, documents, options, "content", words)
        tool = Fonds(work, argparse.Namespace(fonds=options.fonds, again=False))
        tool.prepare()
        cost = measure.median([tool.run() for _ in range(options.runs)])
        _, text = measure.weigh(archive / "content")
        files, size = measure.weigh(tool.site)
        tell(f"{documents:,} letters: {cost.wall:.2f} s")
        walls[documents] = cost.wall
        yield row(f"{documents:,}" + (f" of {words} words" if words else ""), f"{text / 1e6:.0f}", f"{cost.wall:.2f}", f"{cost.cpu:.2f}",
                  f"{cost.memory / 1e6:.0f}", f"{files:,}", f"{size / 1e6:.0f}", f"{1e3 * cost.cpu / documents:.3f}")
    if 20_000 in walls and 100_000 in walls:
        yield f"\n100,000 letters take {walls[100_000] / walls[20_000]:.1f} times as long as 20,000; the aim is at most 5.5 times."


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--seeds-from", metavar="FOLDER", help="real letters to build from; else they are made")
    parser.add_argument("--words", type=int, default=620, help="words of a made letter; 0: as many as real ones have")
    parser.add_argument("--letters", metavar="FOLDER", help="real letters to take the statistics of made ones from")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--tools", default=",".join(TOOLS), help="which to run, in this order")
    parser.add_argument("--scale", action="store_true", help="instead: how the cost grows from 1,000 to 100,000 letters")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of letters for --scale")
    parser.add_argument("--largest", action="store_true", help="with --scale: 500,000 short letters as well")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/performance.md as well")
    parser.add_argument("--fonds", type=pathlib.Path, default=ROOT / "target/dist/fonds", help="the program")
    parser.add_argument("--cache", type=pathlib.Path, help="where fetched peers are kept; else in the user's cache folder")
    parser.add_argument("--work", metavar="FOLDER", help="where the temporary folder lies: a disk with room")
    options = parser.parse_args()
    options.tools = [name.strip() for name in options.tools.split(",") if name.strip()]
    unknown = [name for name in options.tools if name not in TOOLS]
    if unknown:
        parser.error(f"there is no tool `{unknown[0]}`; there are {', '.join(TOOLS)}")
    options.sizes = [int(size.replace("_", "")) for size in options.sizes.split(",")]
    options.fonds = options.fonds.resolve()
    if not options.fonds.is_file():
        parser.error(f"there is no {options.fonds}: run `cargo build --profile dist`, or name the program with --fonds")
    home = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    options.cache = (options.cache or pathlib.Path(home) / "fonds-benches").resolve()
    options.again = True
    return options


def report(work, options):
    """The lines of the report, each as soon as it is known."""
    yield f"{measure.machine(work)}."
    if options.scale:
        yield f"fonds {peers.version(options.fonds, '--version')}; {datetime.date.today()}; medians of {options.runs}.\n"
        yield from scale(work, options)
        return
    archive = work / "archive"
    if options.seeds_from:
        take(archive, options.seeds_from, options.documents, options)
    else:
        make(archive, options.documents, options)
    options.pages, (_, text) = sum(1 for _ in (archive / "content/documents").glob("*.md")), measure.weigh(archive / "content")
    options.cache.mkdir(parents=True, exist_ok=True)
    tools, costs, missing = contest(work, options)
    versions = "; ".join(f"{tool.name} {tool.version()}" for tool in tools if isinstance(tool, (Fonds, Peer)) and tool.name in costs)
    yield f"{options.pages:,} letters, {text / 1e6:.0f} MB of text; {datetime.date.today()}; medians of {options.runs}. {versions}.\n"
    yield from field(tools, costs, missing)
    yield f"\n{row('fonds', '')}\n{row('---', '---')}"
    for name, value in own(tools, costs, options, work):
        yield row(name, value)
    yield ""
    yield from goals(tools, costs)


def keep(part, lines):
    """Writes a report into its place in the guide."""
    text = GUIDE.read_text(encoding="utf-8")
    begin, end = f"<!-- {part}: begin -->\n", f"<!-- {part}: end -->"
    before, rest = text.split(begin)
    after = rest.split(end, 1)[1]
    GUIDE.write_text(before + begin + "\n" + "\n".join(lines) + "\n\n" + end + after, encoding="utf-8")


def main():
    options = arguments()
    measure.interruptible()
    measure.raise_file_limit()
    try:
        with tempfile.TemporaryDirectory(prefix="fonds-field-", dir=options.work, ignore_cleanup_errors=True) as work:
            lines = []
            for line in report(pathlib.Path(work), options):
                print(line, flush=True)
                lines.append(line)
        if options.write:
            keep("scale" if options.scale else "field", lines)
    except KeyboardInterrupt:
        tell("interrupted; the temporary folder is gone")
        sys.exit(130)
    except (Failed, subprocess.CalledProcessError) as why:
        sys.exit(f"error: {why}")


if __name__ == "__main__":
    main()
