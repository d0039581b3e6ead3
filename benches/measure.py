"""Runs programs and weighs what they leave: wall time, CPU time, peak memory, files, bytes, links."""

import contextlib
import gzip
import html.parser
import os
import pathlib
import platform
import re
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from dataclasses import dataclass


class Failed(Exception):
    """A program ended with another status than 0. Its text says which, and what the program said last."""


@dataclass
class Cost:
    """What a run took: seconds, seconds of all cores, bytes of the largest process."""

    wall: float
    cpu: float
    memory: int

    def __add__(self, other):
        """One run after the other."""
        return Cost(self.wall + other.wall, self.cpu + other.cpu, max(self.memory, other.memory))


def run(command, cwd=None, environment=None):
    """The cost of a program with its children. What it writes goes to a file, so that no pipe slows it.

    The peak memory is never below that of this process, which the kernel hands to its child: this process
    therefore holds no archive in memory.
    """
    with tempfile.TemporaryFile() as log:
        started = time.perf_counter()
        process = subprocess.Popen([str(part) for part in command], cwd=cwd, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                   env={**os.environ, **(environment or {})}, start_new_session=True)
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:  # interrupted: nothing that was started stays behind
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            said = re.sub(r"\x1b\[[0-9;]*m", "", log.read().decode(errors="replace")).strip()
            raise Failed(f"{pathlib.Path(str(command[0])).name} ended with status {process.returncode}: {said[:1500]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


# When ext4 has forgotten what was deleted: until then it looks for inodes that were not just freed.
FORGETS = 61
deleted = 0.0


def has_deleted():
    """Notes that a run deleted many files, for which the next would pay."""
    global deleted
    deleted = time.monotonic()


def settle():
    """Waits until the disk has what earlier runs wrote, and has forgotten what they deleted, so that none pays for another."""
    os.sync()
    time.sleep(max(0.0, deleted + FORGETS - time.monotonic()) if deleted else 0)


def median(costs):
    """The median of each figure by itself."""
    middle = lambda name: statistics.median(getattr(cost, name) for cost in costs)
    return Cost(middle("wall"), middle("cpu"), int(middle("memory")))


def remove(folder):
    shutil.rmtree(folder, ignore_errors=True)


def put_aside(folder, work):
    """Takes what a run made out of the way. It is deleted at the end only: for half a minute after, ext4 looks for
    inodes that were not just freed, and the next run would pay for it."""
    if folder.exists():
        folder.rename(pathlib.Path(tempfile.mkdtemp(prefix="aside-", dir=work)) / folder.name)


def weigh(folder):
    """Files and bytes below a folder."""
    files = size = 0
    for root, _, names in os.walk(folder):
        for name in names:
            files += 1
            size += os.lstat(os.path.join(root, name)).st_size
    return files, size


class Page(html.parser.HTMLParser):
    """The links of a page, and what a browser fetches to show it."""

    def __init__(self, text):
        super().__init__()
        self.links, self.parts = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        elif tag == "link" and set((given.get("rel") or "").split()) & {"stylesheet", "icon", "preload", "modulepreload"}:
            self.parts.append(given["href"])
        elif tag in ("script", "img", "iframe") and given.get("src"):
            self.parts.append(given["src"])


def on_disk(site, page, link):
    """The file that a link of a page leads to; nothing for links to other hosts."""
    parsed = urllib.parse.urlsplit(link)
    if parsed.netloc not in ("", "letters.example.org") or parsed.scheme not in ("", "http", "https") or not parsed.path:
        return None
    path = urllib.parse.unquote(parsed.path)
    target = site / path.lstrip("/") if path.startswith("/") else page.parent / path
    return target / "index.html" if target.is_dir() or path.endswith("/") else target


def dead_links(site, pages):
    """Links of pages that lead to no file of the site, as `page: link`. What letters themselves link to does not count:
    it does not begin with a slash."""
    dead = []
    for page in pages:
        for link in (link for link in Page(page.read_text(encoding="utf-8")).links if link.startswith("/")):
            target = on_disk(site, page, link)
            if target and not target.is_file():
                dead.append(f"{page.relative_to(site)}: {link}")
    return dead


def letters(site):
    """The pages of letters."""
    return sorted(page for page in (site / "documents").glob("*/index.html") if page.parent.name != "page")


def page_weight(site):
    """Of the page of a letter of middle size: bytes as they are sent (gzip), of those its frame beside its
    text, and requests, each with what its parts weigh."""
    pages = sorted(letters(site), key=lambda page: page.stat().st_size)
    page = pages[len(pages) // 2]
    text = page.read_text(encoding="utf-8")
    packed = lambda data: len(gzip.compress(data, 6))
    parts = [on_disk(site, page, part) for part in dict.fromkeys(Page(text).parts)]
    prose = re.sub(r"<[^>]+>", "", " ".join(re.findall(r"<p\b[^>]*>(.*?)</p>", text, re.S)))
    own, words = packed(text.encode()), packed(prose.encode())
    return {"page": own, "frame": own - words, "parts": sum(packed(part.read_bytes()) for part in parts if part), "requests": 1 + len(parts)}


def machine(folder):
    """What it runs on, in a line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    mounts = [line.split() for line in pathlib.Path("/proc/mounts").read_text().splitlines()] if os.path.exists("/proc/mounts") else []
    place = str(pathlib.Path(folder).resolve())
    over = [mount for mount in mounts if place == mount[1] or place.startswith(mount[1].rstrip("/") + "/")]
    system = max(over, key=lambda mount: len(mount[1]))[2] if over else "unknown file system"
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    return (f"{os.cpu_count()} cores ({processor()}), {memory:.0f} GiB of memory, {platform.system()} {platform.release()}, {system}; "
            f"load average at start {load}")


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as cpus:
            return next(line.split(":", 1)[1].strip() for line in cpus if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


def interruptible():
    """Makes a polite end of a termination, so that temporary folders go."""
    def stop(number, _):
        raise KeyboardInterrupt(signal.Signals(number).name)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)


def raise_file_limit():
    """Eleventy opens thousands of files at once."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def tell(text):
    print(text, file=sys.stderr, flush=True)
