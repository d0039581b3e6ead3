"""The ways to make a site of the letters that `field.py` compares, and copying and reading it, which are the limits."""

import pathlib
import shutil

import measure
import peers
from measure import tell
from peers import Missing


class Tool:
    """A way to make a site of the letters. `prepare` may find that it is `Missing`."""

    name = label = search = ""
    site = None  # the folder that it makes
    weight = None  # its files and bytes

    def __init__(self, work, options):
        self.work, self.options = work, options
        self.archive = work / "archive"

    def prepare(self):
        """Makes everything that a run needs and no run should pay for."""

    def run(self):
        """The cost of making the site."""
        raise NotImplementedError

    def version(self):
        """What the tool says of its version, if it is a program of others."""


class Fonds(Tool):
    name, label, search = "fonds", "**fonds**, content → site", "yes"

    def prepare(self):
        self.root, self.site = self.archive, self.archive / "public"
        self.given = {"config.toml", "content", "seeds"}
        self.again, self.changed = [], []

    def build(self, *flags):
        measure.settle()
        return measure.run([self.options.fonds, "build", "--quiet", *flags, "--root", self.root])

    def fresh(self):
        """Takes away all that earlier runs made."""
        for path in self.root.iterdir():
            if path.name not in self.given:
                measure.put_aside(path, self.work) if path.is_dir() else path.unlink()

    def run(self):
        self.fresh()
        cost = self.build("--no-ingest")
        if self.options.again:
            self.again.append(self.build("--no-ingest"))
            letter = min((self.root / "content/documents").glob("*.md"))
            text = letter.read_text(encoding="utf-8")
            letter.write_text(text + "\nOne sentence more.\n", encoding="utf-8")
            self.changed.append(self.build("--no-ingest"))
            letter.write_text(text, encoding="utf-8")
            measure.has_deleted()  # the site of before
        return cost

    def version(self):
        return peers.version(self.options.fonds, "--version")


class FondsFromSeeds(Fonds):
    name, label = "fonds-seeds", "**fonds**, seeds → content → site"

    def prepare(self):
        if not (self.archive / "seeds").is_dir():
            raise Missing("the archive has no seeds")
        self.root = self.work / "seeds-archive"
        self.given = {"config.toml", "seeds"}
        self.root.mkdir()
        shutil.copy(self.archive / "config.toml", self.root)
        shutil.copytree(self.archive / "seeds", self.root / "seeds")
        self.site = self.root / "public"

    def run(self):
        self.fresh()
        return self.build()


class Peer(Tool):
    """A peer with a project of its own in the work folder."""

    peer = ""

    def prepare(self):
        self.program = self.fetch()
        self.project = self.work / self.peer
        if not self.project.exists():
            tell(f"writing the letters for {self.peer}")
            peers.write(self.peer, self.archive, self.project)
        self.site = self.project / "public"

    def fetch(self):
        raise NotImplementedError

    def command(self):
        raise NotImplementedError

    def run(self):
        for name in ("public", "resources", ".cache", "cache"):
            measure.put_aside(self.project / name, self.work)
        measure.settle()
        return measure.run(self.command(), cwd=self.project, environment={"HUGO_CACHEDIR": str(self.project / "cache")})

    def version(self):
        return peers.version(self.program, "version" if self.peer == "hugo" else "--version")


class Hugo(Peer):
    name, peer, label, search = "hugo", "hugo", "Hugo `--minify`", "none"

    def fetch(self):
        return peers.hugo(self.options.cache)

    def command(self):
        return [self.program, "--minify", "--quiet"]


class HugoPagefind(Hugo):
    name, label, search = "hugo-pagefind", "Hugo `--minify`, then Pagefind", "yes"

    def prepare(self):
        super().prepare()
        self.pagefind = peers.from_npm(self.options.cache, "pagefind")

    def run(self):
        site = super().run()
        return site + measure.run([self.pagefind, "--site", "public"], cwd=self.project)

    def version(self):
        return f"{super().version()}, Pagefind {peers.version(self.pagefind, '--version')}"


class Zola(Peer):
    name, peer, label, search = "zola", "zola", "Zola, minified", "none"

    def fetch(self):
        return peers.zola(self.options.cache)

    def command(self):
        return [self.program, "build"]


class Eleventy(Peer):
    name, peer, label, search = "eleventy", "eleventy", "Eleventy", "none"

    def fetch(self):
        return peers.from_npm(self.options.cache, "eleventy")

    def command(self):
        return [self.program, "--quiet"]


class Copy(Tool):
    name, label, search = "cp", "`cp -r` of the site that fonds made", ""

    def prepare(self):
        self.site, made = self.work / "copy", self.archive / "public"
        if not made.is_dir():
            measure.run([self.options.fonds, "build", "--quiet", "--no-ingest", "--root", self.archive])

    def run(self):
        measure.put_aside(self.site, self.work)
        measure.settle()
        return measure.run(["cp", "-r", self.archive / "public", self.site])


class Cat(Tool):
    name, label, search = "cat", "`cat` of all input", ""

    def run(self):
        return measure.run(["find", self.archive / "content", "-type", "f", "-exec", "sh", "-c", 'cat "$@" >/dev/null', "sh", "{}", "+"])


TOOLS = {tool.name: tool for tool in (Fonds, FondsFromSeeds, Hugo, HugoPagefind, Zola, Eleventy, Copy, Cat)}
