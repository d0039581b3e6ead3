"""Annotated texts: what a careful reader found in them, and whether a value that was read says the same.

Two formats are known. A TOML file has `[[document]]` tables with `seed`, `lines`, lists of accepted answers under `title`,
`date` and `kind`, and `creators` and `recipients` as tables of `organizations` and `persons`; `[[organization]]` tables
name the aliases of a body. A TSV file has a letter a row: `seed`, `edition`, `date_edtf`, `sender`, `recipient`,
`place_sent`, and columns `*_in_text` that say whether the text itself holds the fact.
"""

import csv
import pathlib
import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from difflib import SequenceMatcher

PARTICLES = set("von van de der den di du da del la le zu und and of the sir lady jr sr mr mrs miss dr esq".split())


@dataclass
class Fact:
    """What one field of one document should say."""

    wanted: list
    same: object  # whether a stated value agrees with one of the wanted
    many: bool = False  # whether several values are wanted at once: parties
    optional: bool = False  # whether nothing is missed if nothing is stated
    open: tuple = ()  # of which parts of a party more may be stated than is wanted: `organization`, `person`


@dataclass
class Text:
    """One document of the annotated texts."""

    collection: str
    seed: str
    lines: tuple | None
    facts: dict = field(default_factory=dict)


def fold(text):
    """Case, diacritics and the two ways to write an umlaut do not count."""
    marked = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(c for c in marked if not unicodedata.combining(c)).replace("ß", "ss")
    return unicodedata.normalize("NFC", re.sub(r"([aou])e", r"\1", text))


def words(text):
    return re.findall(r"[^\W_]+", fold(text))


def tokens(text):
    return [w for w in words(text) if w not in PARTICLES and len(w) > 1 and not w.isdigit()]


def common(got, want):
    """How much of their words two texts share, as F1."""
    a, b = words(got), words(want)
    if not a or not b:
        return float(a == b)
    rest, shared = list(b), 0
    for word in a:
        if word in rest:
            rest.remove(word)
            shared += 1
    return 2 * shared / (len(a) + len(b))


def same_title(got, want):
    return common(got, want) >= 0.75


def near(a, b):
    return a == b or len(a) > 3 < len(b) and SequenceMatcher(None, a, b).ratio() >= 0.8


def same_person(got, want):
    """A family name agrees, or all that is stated is a part of the name."""
    have = tokens(got)
    for form in want.split("|"):
        family = tokens(form.split(",")[0])
        family = family if "," in form else family[-1:]
        if have and (set(have) <= set(tokens(form)) or any(near(h, f) for h in have for f in family)):
            return True
    return False


def same_place(got, want):
    return any(
        len(w) > 2 and (near(w, g) or w[:5] == g[:5] and len(w) > 3) for form in want.split("|") for w in tokens(form) for g in tokens(got)
    )


def span(value):
    """First and last day of an EDTF value, as texts that can be compared; None if it cannot be read."""
    if "/" in value:
        first, last = (span(part) if part.strip(".") else None for part in value.split("/", 1))
        return (first[0] if first else "0000", last[1] if last else "9999") if first or last else None
    plain = re.sub(r"[?~%]", "", value.split("T")[0])
    if not re.fullmatch(r"[\dX]{4}(-[\dX]{2}){0,2}", plain):
        return None
    return plain.replace("X", "0"), plain.replace("X", "9") + "-99" * (2 - plain.count("-"))


def same_days(got, want):
    a, b = span(got), span(want)
    return bool(a and b and a[0] <= b[1] and b[0] <= a[1])


def equal(got, want):
    return got == want


def of_toml(path, groups):
    """The texts of a TOML file; the collection of a seed is the group of numbers that its name begins with."""
    gold = tomllib.loads(path.read_text(encoding="utf-8"))
    names = {}
    for body in gold.get("organization", []):
        for alias in [body["name"], *body["aliases"]]:
            names[" ".join(words(alias))] = body["name"]

    def same_party(got, want):
        return " ".join(words(names.get(" ".join(words(got)), got))) == " ".join(words(want)) or sorted(tokens(got)) == sorted(tokens(want))

    for document in gold["document"]:
        number = re.match(r"\d+", document["seed"])
        group = next((g for g in groups if number and g[0] <= int(number.group()) <= g[1]), None)
        collection = f"{group[0]}-{group[1]}" if group else path.parent.name
        text = Text(collection, document["seed"], tuple(document["lines"]))
        text.facts["title"] = Fact(document["title"], same_title)
        text.facts["date"] = Fact([d for d in document["date"] if d], equal, optional="" in document["date"])
        text.facts["kind"] = Fact([*document["kind"], "other"], equal)
        for key, name in (("creators", "sender"), ("recipients", "recipient")):
            if (parties := document.get(key)) is not None:
                wanted = [*parties.get("organizations", []), *parties.get("persons", [])]
                free = tuple(what for what in ("organization", "person") if parties.get(f"optional_{what}s"))
                text.facts[name] = Fact(wanted, same_party, many=True, optional=bool(free), open=free)
        yield text


def of_tsv(path):
    """The texts of a TSV file; the collection is the edition."""
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            text = Text(row["edition"], row["seed"], None)
            fields = (("date", "date_edtf", same_days), ("sender", "sender", same_person), ("recipient", "recipient", same_person), ("place", "place_sent", same_place))
            for name, column, same in fields:
                if row[column]:
                    many = name in ("sender", "recipient")
                    wanted = [w.strip() for w in row[column].split(";")] if many else [row[column]]
                    text.facts[name] = Fact(wanted, same, many=many, optional=row[f"{name}_in_text"] != "yes")
            yield text


def read(path, groups):
    path = pathlib.Path(path)
    return list(of_tsv(path) if path.suffix == ".tsv" else of_toml(path, groups))
