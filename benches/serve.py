#!/usr/bin/env python3
"""Measures how long a saved edit takes to be served.

    benches/serve.py DIR [--fonds target/release/fonds] [--edits 21] [--port 7801]

Starts `fonds serve` on the archive in DIR, which it changes and leaves as it was: make one with
`benches/archive.py`. Prints, in milliseconds: the time until the server says that it listens; for edits of one
document's body, of its front matter, and of a template, the median and the slowest time from the save to the first
answer over loopback that holds the edit. Of each, 50 ms are the pause that lets a burst of changes be one.
"""

import argparse
import http.client
import pathlib
import statistics
import subprocess
import sys
import time

DEBOUNCE = 50
HERE = pathlib.Path(__file__).parent


def ask(connection, path):
    connection.request("GET", path)
    return connection.getresponse().read()


def wait(connection, path, mark):
    """Milliseconds until a page holds a mark."""
    start = time.perf_counter()
    while mark not in ask(connection, path):
        if time.perf_counter() - start > 120:
            sys.exit(f"error: {path} never showed the edit")
        time.sleep(0.002)
    return (time.perf_counter() - start) * 1000


def report(what, times):
    median = statistics.median(times)
    print(f"{what:<24} median {median:7.0f} ms, {median - DEBOUNCE:5.0f} beyond the pause, slowest {max(times):.0f}", flush=True)


def measure(connection, what, file, page, edits, change):
    before = file.read_bytes() if file.exists() else None
    text = before.decode() if before is not None else ""
    times = []
    try:
        for number in range(edits):
            mark = f"mark{number}x{int(time.time() * 1000)}"
            changed = change(text, mark)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(changed, encoding="utf-8")
            times.append(wait(connection, page, mark.encode()))
            # As a person who looks at the page; the whole site is being made behind it then.
            time.sleep(0.7)
    finally:
        if before is None:
            file.unlink()
        else:
            file.write_bytes(before)
    report(what, times)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=pathlib.Path)
    parser.add_argument("--fonds", default="target/release/fonds")
    parser.add_argument("--edits", type=int, default=21)
    parser.add_argument("--port", type=int, default=7801)
    arguments = parser.parse_args()
    documents = sorted((arguments.archive / "content/documents").rglob("*.md"))
    document = documents[len(documents) // 2]
    page = f"/documents/{document.stem}/"
    start = time.perf_counter()
    server = subprocess.Popen(
        [arguments.fonds, "serve", "--root", arguments.archive, "--no-ingest", "--port", str(arguments.port)],
        stderr=subprocess.PIPE, text=True)
    try:
        for line in server.stderr:
            if "the site is at" in line:
                break
        print(f"{len(documents)} documents, listening after {(time.perf_counter() - start) * 1000:.0f} ms", flush=True)
        connection = http.client.HTTPConnection("127.0.0.1", arguments.port)
        start = time.perf_counter()
        ask(connection, page)
        print(f"the first page takes     {(time.perf_counter() - start) * 1000:.0f} ms", flush=True)
        body = lambda text, mark: f"{text}\n{mark}\n"
        title = lambda text, mark: text.replace('title = "', f'title = "{mark} ', 1)
        measure(connection, "body of a document", document, page, arguments.edits, body)
        measure(connection, "title, seen in a list", document, page, arguments.edits, title)
        built_in = (HERE / "../themes/default/templates/document.html").read_text(encoding="utf-8")
        template = arguments.archive / "themes/default/templates/document.html"
        marked = lambda _, mark: built_in.replace("{% block main %}", f"{{% block main %}}<p>{mark}</p>", 1)
        measure(connection, "template", template, page, arguments.edits, marked)
        with open(f"/proc/{server.pid}/status", encoding="ascii") as status:
            print(next((line.strip() for line in status if line.startswith("VmHWM")), ""))
    finally:
        server.terminate()
        server.wait()


main()
