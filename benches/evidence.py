#!/usr/bin/env python3
"""How far the evidence of ingest is to be believed, counted on annotated texts.

    benches/evidence.py --gold GOLD.toml SEEDS [--gold GOLD.tsv SEEDS ...] [--groups 201-207 208-211 ...]
        [--bounds 75,45,20 ...] [--aim 3] [--fonds target/dist/fonds]

The formats of the annotations are described in `gold.py`; SEEDS is the folder of the texts. Nothing of them is kept.

First, the bounds of `src/ingest/evidence/weights.rs` (SURE, LIKELY, MARGIN): for each collection the bounds are chosen on all
others, and what they give on the one that was left out is printed beside what the program's own bounds give. Of bounds with
which at most AIM of a hundred stated values are silently wrong, those are chosen that give the most right values, then those that
leave the fewest documents in doubt. Of each value:

  right     it is what the annotation says
  silent    it is not, and no doubt of the document names the field
  doubted   it is not, and a doubt names it
  missed    the text holds it, and nothing is stated

Then, the weights: of each rule how many of its claims that were chosen were right, beside its weight in the table. A rule is
named in the last column if both differ by more than 15 and there are at least 8 cases.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import tomllib

import gold

ROOT = pathlib.Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "src/ingest/evidence/weights.rs"
FRONT = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n", re.S)
KINDS = ("right", "silent", "doubted", "missed")
OTHERS = ("85,55,30", "85,45,20", "75,55,20", "75,45,30", "75,45,10", "75,35,20", "65,45,20", "65,35,10")
# Keys of the front matter that a fact is read from, and those of which a doubt covers it.
KEYS = {"sender": ("creators", "signatories"), "recipient": ("recipients",)}
FACTS = {"creators": "sender", "signatories": "sender", "recipients": "recipient"}


def archive(folder, files):
    """An archive with these seeds, by their paths below `seeds/`."""
    for name, source in files:
        target = folder / "seeds" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    (folder / "config.toml").write_text('base_url = "https://example.org"\ntitle = "Evidence"\n', encoding="utf-8")
    return folder


def run(fonds, folder, *arguments):
    done = subprocess.run([fonds, "ingest", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        raise SystemExit(f"{' '.join(arguments)}: {done.stderr}")
    return done.stdout


def drafts(folder):
    """What was drafted, by the seed's path: first and last line, front matter."""
    found = collections.defaultdict(list)
    for path in sorted((folder / "content/documents").glob("*.md")):
        meta = tomllib.loads(FRONT.match(path.read_text(encoding="utf-8")).group(1))
        found[meta["source"]["seed"]].append((tuple(meta["source"]["lines"]), meta))
    return {seed: sorted(of, key=lambda d: d[0]) for seed, of in found.items()}


def chosen(text, of, lines=lambda d: d[0]):
    """The draft of an annotated document: that of its lines, or the first."""
    if text.lines is None or not of:
        return of[0] if of else None

    def overlap(one):
        (a, b), (c, d) = lines(one), text.lines
        return max(0, min(b, d) - max(a, c) + 1) / (max(b, d) - min(a, c) + 1)

    best = max(of, key=overlap)
    return best if overlap(best) >= 0.5 else None


def stated(meta, field, people):
    """The values of a field, each with the part of a party that it is; where the annotation names `people`, a body counts
    only for want of a person."""
    if field not in KEYS:
        return [(None, str(meta[field]))] if meta.get(field) else []
    parties = [party for key in KEYS[field] for party in meta.get(key, [])]
    parts = [[(part, party[part]) for part in ("person", "organization") if party.get(part)] for party in parties]
    return list(dict.fromkeys(value for party in parts for value in (party[:1] if people else party)))


def agrees(fact, value):
    return any(fact.same(value, want) for want in fact.wanted)


def judged(text, meta):
    """How each fact of a document came out."""
    count = collections.Counter()
    doubts = {review["field"].split(".")[0] for review in meta.get("review", [])}
    for field, fact in text.facts.items():
        parts = stated(meta, field, text.lines is None)
        values = [value for part, value in parts if agrees(fact, value)]
        wrong = [value for part, value in parts if part not in fact.open and not agrees(fact, value)]
        count["right"] += len(values)
        count["doubted" if doubts & set(KEYS.get(field, (field,))) else "silent"] += len(wrong)
        if not fact.optional:
            lost = [want for want in fact.wanted if not any(fact.same(value, want) for value in values)]
            count["missed"] += len(lost) if fact.many and text.lines is not None else int(bool(fact.wanted) and not parts)
    count["documents"], count["in doubt"] = 1, int(bool(doubts))
    return count


def scored(fonds, sets, bounds):
    """What these bounds give, by collection."""
    scores = collections.defaultdict(collections.Counter)
    for texts, files in sets:
        with tempfile.TemporaryDirectory() as name:
            folder = archive(pathlib.Path(name), files)
            run(fonds, folder, "--bounds", bounds)
            found = drafts(folder)
            for text in texts:
                draft = chosen(text, found.get(text.seed, []))
                scores[text.collection].update(judged(text, draft[1] if draft else {}))
    return scores


def rank(score, aim):
    """Which bounds are better: the greater."""
    said = score["right"] + score["silent"] + score["doubted"]
    share = 100 * score["silent"] / max(said, 1)
    return (share <= aim, score["right"] if share <= aim else -share, -score["in doubt"])


def row(label, bounds, score):
    said = score["right"] + score["silent"] + score["doubted"]
    share = 100 * score["silent"] / max(said, 1)
    numbers = "".join(f"{score[kind]:>9}" for kind in KINDS)
    return f"{label:<16}{bounds:<12}{numbers}{share:>9.1f} %{score['in doubt']:>7} of {score['documents']}"


def table_of_bounds(scores, own, aim):
    """Prints each collection with the bounds that were chosen without it."""
    head = "".join(f"{kind:>9}" for kind in KINDS)
    print(f"{'all texts':<16}{'bounds':<12}{head}   silent    documents in doubt")
    for bounds, by in scores.items():
        print(row("", bounds, sum(by.values(), collections.Counter())))
    print(f"\n{'left out':<16}{'bounds':<12}{head}   silent    documents in doubt")
    total, kept = collections.Counter(), collections.Counter()
    for collection in sorted(scores[own]):
        others = {b: sum((s for c, s in by.items() if c != collection), collections.Counter()) for b, by in scores.items()}
        best = max(others, key=lambda b: (rank(others[b], aim), b == own))
        print(row(collection, best, scores[best][collection]))
        if best != own:
            print(row("", own, scores[own][collection]))
        total.update(scores[best][collection])
        kept.update(scores[own][collection])
    print(row("all", "chosen", total))
    print(row("", own, kept))


def explained(fonds, sets):
    """What the rules claimed of each annotated document. Each seed is read alone in its folder."""
    with tempfile.TemporaryDirectory() as name:
        files = [(f"{n}-{k}/{path.name}", path) for n, (_, files) in enumerate(sets) for k, (_, path) in enumerate(files)]
        folder = archive(pathlib.Path(name), files)
        by_seed = {}

        def one(file):
            out = run(fonds, folder, "--explain", file[0], "--format", "json")
            by_seed[file[0].split("-")[0], file[1].name] = json.loads(out)["documents"] if out else []

        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as threads:
            list(threads.map(one, files))
        for n, (texts, _) in enumerate(sets):
            for text in texts:
                document = chosen(text, by_seed.get((str(n), text.seed), []), lambda d: (d["first"], d["last"]))
                yield text, document["claims"] if document else []


def table_of_rules(fonds, sets):
    """Prints of each rule how many of its claims were right."""
    weights = {rule: int(weight) for rule, weight in re.findall(r'\("([^"]+)", (\d+)\)', WEIGHTS.read_text(encoding="utf-8"))}
    cases, rights = collections.Counter(), collections.Counter()
    believed, collected = collections.Counter(), collections.defaultdict(set)
    for text, claims in explained(fonds, sets):
        for claim in claims:
            fact = text.facts.get(FACTS.get(claim["field"], claim["field"]))
            values = re.findall(r"`([^`]*)`", claim["value"])
            if claim["verdict"] != "chosen" or fact is None or not values:
                continue
            if text.lines is None and claim["rule"].startswith("letterhead"):
                continue  # the annotation names people only
            right = all(agrees(fact, value) for value in values)
            rule = claim["rule"]
            cases[rule] += 1
            rights[rule] += right
            believed[rule] += claim["weight"]
            collected[rule].add(text.collection)
    print(f"\n{'rule':<44}{'weight':>7}{'claimed':>9}{'cases':>7}{'right':>7}{'of 100':>8}{'collections':>13}")
    for rule, number in sorted(cases.items(), key=lambda item: (-item[1], item[0])):
        share, weight = 100 * rights[rule] / number, weights.get(rule, 0)
        differs = weight > 0 and number >= 8 and abs(share - weight) > 15
        hint = f"   weight {round(share)}?" if differs else ""
        print(f"{rule:<44}{weight:>7}{believed[rule] / number:>9.0f}{number:>7}{rights[rule]:>7}{share:>8.0f}{len(collected[rule]):>13}{hint}")
    unused = sorted(set(weights) - set(cases))
    print(f"never chosen: {', '.join(unused) or 'none'}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gold", nargs=2, action="append", required=True, metavar=("GOLD", "SEEDS"), help="annotations and the folder of their texts")
    parser.add_argument("--groups", nargs="*", default=[], metavar="A-B", help="numbers of seeds that are one collection")
    parser.add_argument("--bounds", nargs="*", default=OTHERS, metavar="SURE,LIKELY,MARGIN", help="bounds beside the program's own")
    parser.add_argument("--aim", type=float, default=3, help="how many of a hundred stated values may be silently wrong")
    parser.add_argument("--fonds", type=pathlib.Path, default=ROOT / "target/dist/fonds", help="the program")
    options = parser.parse_args()
    if not options.fonds.is_file():
        parser.error(f"there is no {options.fonds}: run `cargo build --profile dist`, or name the program with --fonds")
    groups = [tuple(map(int, group.split("-"))) for group in options.groups]
    sets = []
    for path, folder in options.gold:
        texts = gold.read(path, groups)
        named = {text.seed for text in texts}
        files = [(p.relative_to(folder).as_posix(), p) for p in sorted(pathlib.Path(folder).rglob("*")) if p.name in named]
        sets.append((texts, files))
    constant = dict(re.findall(r"const (SURE|LIKELY|MARGIN): i32 = (\d+);", WEIGHTS.read_text(encoding="utf-8")))
    own = ",".join(constant[name] for name in ("SURE", "LIKELY", "MARGIN"))
    fonds = options.fonds.resolve()
    scores = {bounds: scored(fonds, sets, bounds) for bounds in dict.fromkeys([own, *options.bounds])}
    table_of_bounds(scores, own, options.aim)
    table_of_rules(fonds, sets)


if __name__ == "__main__":
    main()
