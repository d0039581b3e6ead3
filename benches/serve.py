#!/usr/bin/env python3
"""Measures how long a saved edit takes to be served.

    benches/serve.py [DIR] [--documents 5000 20000] [--words 0] [--fonds target/dist/fonds] [--edits 21]

Makes an archive of each size with `benches/archive.py`, or takes a copy of the one in DIR, starts `fonds serve` on
it, and prints tables in Markdown: milliseconds from the save of a file to the first answer over loopback that holds
the edit, the median and the 95th percentile of each kind of edit, those of the pause for bursts of changes included;
start-up; memory. Each edit is awaited in one of two ways:

- *asked*: requests follow the save, one after another;
- *told*: as an open page does, the server's event is awaited first, and then the page is asked for once.

On a machine that has other work to do, the time of the processor tells more: that of all threads from the save to the
answer, what is made behind the pages included.
"""

import argparse
import http.client
import json
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
# As a person who looks at the page. The whole site is being made behind it when the next edit comes.
LOOK = 0.7
LONGEST = 120


class Events:
    """The stream of events that open pages listen to."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.settimeout(LONGEST)
        self.socket.sendall(f"GET /_fonds/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        self.lines = self.socket.makefile("r", encoding="utf-8", newline="\n")
        self.generation = 0

    def wait(self, other_than):
        """Waits until the site has another number."""
        while self.generation == other_than:
            line = self.lines.readline()
            if line.startswith("data:"):
                self.generation = json.loads(line[5:])["generation"]
        return self.generation


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


class Bench:
    def __init__(self, root, fonds, edits):
        self.root, self.edits, self.rows = root, edits, []
        self.documents = sorted((root / "content/documents").rglob("*.md"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        start = time.perf_counter()
        self.server = subprocess.Popen(
            [fonds, "serve", "--root", root, "--no-ingest", "--port", str(self.port)], stderr=subprocess.PIPE, text=True)
        for line in self.server.stderr:
            if "the site is at" in line:
                break
        self.listening = (time.perf_counter() - start) * 1000
        # What else it says must not fill the pipe.
        subprocess.Popen(["cat"], stdin=self.server.stderr, stdout=subprocess.DEVNULL)
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port)
        document = self.documents[len(self.documents) // 2]
        start = time.perf_counter()
        self.ask(f"/documents/{document.stem}/")
        self.first_page = (time.perf_counter() - start) * 1000

    def ask(self, path):
        self.connection.request("GET", path)
        return self.connection.getresponse().read()

    def until(self, path, is_there):
        start = time.perf_counter()
        while not is_there(self.ask(path)):
            if time.perf_counter() - start > LONGEST:
                sys.exit(f"error: {path} never showed the edit")
            time.sleep(0.001)

    def measure(self, what, edit, undo=None):
        """Takes `edit(number, mark)` as many times as wanted: it saves something, and gives a path and what its
        page must hold, or must not."""
        asked, told, spent = [], [], []
        for number in range(self.edits * 2):
            mark = f"mark{number}x{int(time.time() * 1000)}"
            before = self.events.generation
            start, cpu = time.perf_counter(), self.processor()
            path, is_there = edit(number, mark)
            if number % 2:
                self.events.wait(before)
            self.until(path, is_there)
            (told if number % 2 else asked).append((time.perf_counter() - start) * 1000)
            spent.append(self.processor() - cpu)
            self.events.wait(before)
            time.sleep(LOOK)
        if undo:
            before = self.events.generation
            undo()
            self.events.wait(before)
        cells = [f"{value:.0f}" for times in (asked, told) for value in (statistics.median(times), percentile(times, 0.95))]
        cells.append(f"{statistics.median(spent):.0f}")
        self.rows.append([what, *cells])
        print(f"{what}: {cells}", file=sys.stderr, flush=True)

    def run(self):
        self.events = Events(self.port)
        self.events.wait(0)
        document = self.documents[len(self.documents) // 2]
        page, text = f"/documents/{document.stem}/", document.read_text(encoding="utf-8")
        undo = lambda: document.write_text(text, encoding="utf-8")

        def saved(file, content, path, is_there):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
            return path, is_there

        def edited(change):
            return lambda _, mark: saved(document, change(mark), page, lambda html: mark.encode() in html)

        self.measure("body of a document", edited(lambda mark: f"{text}\n{mark}\n"), undo)
        self.measure("its title", edited(lambda mark: text.replace('title = "', f'title = "{mark} ', 1)), undo)
        party = 'creators = [{ organization = "'
        first = lambda mark: text.replace(text[text.index("creators = ["):].split("\n", 1)[0], f'{party}{mark} Committee" }}]', 1)
        self.measure("its creator, a new name", edited(first), undo)
        built_in = (HERE / "../themes/default/templates/document.html").read_text(encoding="utf-8")
        template = self.root / "themes/default/templates/document.html"
        marked = lambda mark: built_in.replace("{% block main %}", f"{{% block main %}}<p>{mark}</p>", 1)
        self.measure("template", lambda _, mark: saved(template, marked(mark), page, lambda html: mark.encode() in html), template.unlink)
        style = self.root / "static/own.css"
        self.measure("style sheet of `static/`", lambda _, mark: saved(style, f"/* {mark} */\n", "/own.css", lambda css: mark.encode() in css))
        styles = self.root / "themes/default/styles/99-own.css"

        def restyled(number, _):
            saved(styles, f"p {{ margin: {number}px }}\n", page, None)
            name = lambda html: html.split(b"assets/style.")[1][:10]
            before = self.styled
            return page, lambda html: name(html) != before and setattr(self, "styled", name(html)) is None

        self.styled = self.ask(page).split(b"assets/style.")[1][:10]
        self.measure("style sheet of the theme", restyled, styles.unlink)
        new = lambda number: document.with_name(f"new-letter-{number}.md")

        def added(number, mark):
            content = text.replace('title = "', f'title = "{mark} ', 1)
            return saved(new(number), content, f"/documents/new-letter-{number}/", lambda html: mark.encode() in html)

        self.measure("a new file", added)

        def deleted(number, _):
            path = f"/documents/new-letter-{number}/"
            canonical = f"documents/new-letter-{number}/".encode()
            new(number).unlink()
            return path, lambda html: canonical not in html

        self.measure("a file deleted", deleted)

    def processor(self):
        """Milliseconds of processor time that the server's threads have taken; those that ended are not counted."""
        tasks = pathlib.Path(f"/proc/{self.server.pid}/task").glob("*/schedstat")
        total = 0
        for task in tasks:
            try:
                total += int(task.read_text(encoding="ascii").split()[0])
            except OSError:
                pass
        return total / 1e6

    def memory(self, name):
        with open(f"/proc/{self.server.pid}/status", encoding="ascii") as status:
            line = next(line for line in status if line.startswith(name))
        return int(line.split()[1]) / 1024

    def table(self):
        print(f"\n### {len(self.documents):,} documents\n")
        print(f"Listening after {self.listening:.0f} ms, the first page {self.first_page:.0f} ms later; "
              f"{self.memory('VmRSS'):.0f} MB of memory at the end, {self.memory('VmHWM'):.0f} MB at most.\n")
        print("| saved | asked: median | 95 % | told: median | 95 % | processor |\n| --- | ---: | ---: | ---: | ---: | ---: |")
        for row in self.rows:
            print(f"| {' | '.join(row)} |")
        sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=pathlib.Path, nargs="?", help="an archive to copy")
    parser.add_argument("--documents", type=int, nargs="+", default=[5000, 20000])
    parser.add_argument("--words", type=int, default=0, help="words a letter; else as many as real ones have")
    parser.add_argument("--fonds", default="target/dist/fonds")
    parser.add_argument("--edits", type=int, default=21, help="how many of each kind, in each way")
    arguments = parser.parse_args()
    for count in [0] if arguments.archive else arguments.documents:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder) / "archive"
            if arguments.archive:
                root.mkdir()
                shutil.copy(arguments.archive / "config.toml", root)
                shutil.copytree(arguments.archive / "content", root / "content")
            else:
                made = [sys.executable, HERE / "archive.py", root, "--documents", str(count), "--words", str(arguments.words), "--what", "content"]
                subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
            bench = Bench(root, arguments.fonds, arguments.edits)
            try:
                bench.run()
                bench.table()
            finally:
                bench.server.terminate()
                bench.server.wait()


main()
