#!/usr/bin/env python3
"""Makes an archive of any size with the statistics of real letters.

    benches/archive.py DIR --documents 20000 [--letters FOLDER] [--words 620] [--seed 1]

Writes `seeds/` (raw letters) and `content/` (the same letters as fonds drafts them, with front matter), and
`config.toml`. The same arguments give the same bytes. Words, their frequencies and the lengths of sentences,
paragraphs and letters come from FOLDER, else from `benches/statistics.json`, which `--learn FOLDER` writes.
Every twentieth letter is Korean. New words go on appearing at the rate at which they do in the letters.
"""

import argparse
import collections
import datetime
import itertools
import json
import pathlib
import random
import re
import sys

HERE = pathlib.Path(__file__).parent
STATISTICS = HERE / "statistics.json"
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*[A-Za-z]|[A-Za-z]|\d[\d.,]*")
KINDS = ["letter"] * 14 + ["open-letter"] * 3 + ["memorandum", "statement", "report"]
BODIES = ["Committee", "Institute", "Association", "Council", "Network", "Foundation", "Union", "Centre", "Alliance", "Society"]
FIELDS = ["Human Rights", "Refugees", "Press Freedom", "Legal Aid", "Missing Persons", "Public Records", "Families", "Education",
          "Peace Studies", "Labour", "Translators", "Health", "Women", "Prisoners", "Land Rights", "Archives", "Farmers", "Students"]
FIRST = ["Anna", "Ben", "Carla", "David", "Edith", "Farid", "Grace", "Hugo", "Irene", "Jun", "Kofi", "Lena", "Min-ji", "Noor",
         "Omar", "Petra", "Quentin", "Rosa", "Soo-jin", "Tomas", "Ute", "Victor", "Wanda", "Xenia", "Yusuf", "Zoe"]
KOREAN = ("북한 인권 위원회 정치범 수용소 국제사회 보고서 서한 가족 납치 피해자 송환 정부 유엔 총회 결의안 조사 책임 보호 시민 단체 대표 "
          "장관 귀하 우리는 요청합니다 촉구합니다 있습니다 하였다 그리고 그러나 또한 관한 위한 대한 모든 여성 아동 난민 강제 노동 식량 "
          "지원 자유 언론 종교 탈북자 중국 일본 미국 서울 평양 회의 성명 연구 자료 기록 증언 문서 역사 평화 안보 협력").split()
ENDINGS = ["", "은", "는", "이", "가", "을", "를", "의", "에", "에서", "으로", "와", "과"]
SYLLABLES = ["ka", "lo", "mer", "tin", "sa", "vo", "rel", "and", "is", "qu", "par", "ne", "tor", "ul", "gam", "be", "chi", "dro"]


def learn(folder):
    """Statistics of the letters below a folder."""
    words, sentences, paragraphs, letters = collections.Counter(), [], [], []
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        blocks = [block for block in re.split(r"\n\s*\n", text) if WORD.search(block)]
        letters.append(len(blocks))
        for block in blocks:
            parts = [part for part in re.split(r"(?<=[.!?])\s+", block) if WORD.search(part)]
            paragraphs.append(len(parts))
            for part in parts:
                found = WORD.findall(part)
                sentences.append(len(found))
                words.update(found)
    if not words:
        sys.exit(f"error: there are no letters below {folder}")
    once = sum(1 for count in words.values() if count == 1)
    tenths = lambda values: sorted(values)[:: max(1, len(values) // 100)]
    return {
        # What few letters hold may be the name of somebody: new words stand for all of that.
        "words": [(word, count) for word, count in words.most_common() if count > 3],
        "new": once / sum(words.values()),  # Good and Turing: how often the next word is a new one
        "sentences": tenths(sentences),
        "paragraphs": tenths(paragraphs),
        "letters": tenths(letters),
    }


class Writer:
    """Letters from statistics."""

    def __init__(self, statistics, seed, organizations):
        self.random = random.Random(seed)
        words, counts = zip(*statistics["words"])
        self.words, self.weights = words, list(itertools.accumulate(counts))
        self.statistics = statistics
        rank = list(itertools.accumulate(1 / (n + 3) for n in range(organizations)))
        self.organizations = [self.organization(n) for n in range(organizations)]
        self.rank = rank

    def organization(self, n):
        r = self.random
        place = "".join(r.choices(SYLLABLES, k=r.randint(2, 3))).capitalize()
        form = r.randrange(3)
        if form == 0:
            return f"{place} {r.choice(BODIES)} for {r.choice(FIELDS)}"
        if form == 1:
            return f"{r.choice(BODIES)} of {place} {r.choice(FIELDS)}"
        return f"{place} {r.choice(FIELDS)} {r.choice(BODIES)}"

    def person(self):
        r = self.random
        return f"{r.choice(FIRST)} {''.join(r.choices(SYLLABLES, k=r.randint(2, 3))).capitalize()}"

    def sentence(self, length):
        r = self.random
        words = r.choices(self.words, cum_weights=self.weights, k=length)
        for at in range(length):
            if r.random() < self.statistics["new"]:
                words[at] = "".join(r.choices(SYLLABLES, k=r.randint(2, 4)))
        words[0] = words[0].capitalize()
        return " ".join(words) + "."

    def korean(self, length):
        r = self.random
        return " ".join(word + r.choice(ENDINGS) for word in r.choices(KOREAN, k=length)) + "."

    def body(self, words, korean):
        """Paragraphs of at least so many words; of as many as real letters have if none are asked for."""
        r = self.random
        wanted = words or None
        blocks = r.choice(self.statistics["letters"])
        paragraphs, count = [], 0
        while (count < wanted) if wanted else (len(paragraphs) < max(1, blocks)):
            sentences = []
            for _ in range(max(1, r.choice(self.statistics["paragraphs"]))):
                length = min(60, max(2, r.choice(self.statistics["sentences"])))
                count += length
                sentences.append((self.korean if korean else self.sentence)(length))
                if wanted and count >= wanted:
                    break
            paragraphs.append(" ".join(sentences))
        return paragraphs

    def letter(self, n, words):
        r = self.random
        korean = n % 20 == 19
        day = datetime.date(1980, 1, 1) + datetime.timedelta(days=r.randrange(15_000))
        sender, to = r.choices(self.organizations, cum_weights=self.rank, k=2)
        kind = r.choice(KINDS)
        signatories = r.choices(self.organizations, cum_weights=self.rank, k=r.choice([3, 5, 8, 40])) if kind == "open-letter" else []
        return {
            "n": n, "date": day, "kind": kind, "language": "ko" if korean else "en", "sender": sender, "to": to,
            "signatories": list(dict.fromkeys(signatories)), "person": self.person(),
            "title": f"{kind.replace('-', ' ').capitalize()} from {sender} to {to}",
            "paragraphs": self.body(words, korean),
        }


def seed_text(letter):
    """A letter as it may come in."""
    day = letter["date"]
    lines = [letter["sender"], "", f"{day.day} {day:%B} {day.year}", "", letter["to"], "", "Dear colleagues,", ""]
    for paragraph in letter["paragraphs"]:
        lines += [paragraph, ""]
    lines += ["Sincerely,", "", letter["person"], "Director", letter["sender"], ""]
    lines += letter["signatories"]
    return "\n".join(lines).rstrip() + "\n"


def front_matter(letter):
    """The record of a letter, as fonds writes it."""
    quoted = lambda text: json.dumps(text, ensure_ascii=False)
    lines = [
        "+++", f"title = {quoted(letter['title'])}", f'date = "{letter["date"]}"', f'kind = "{letter["kind"]}"',
        f'language = "{letter["language"]}"',
        f"creators = [{{ organization = {quoted(letter['sender'])} }}]",
        f"recipients = [{{ organization = {quoted(letter['to'])} }}]",
    ]
    if letter["signatories"]:
        lines += ["signatories = ["] + [f"  {{ organization = {quoted(name)} }}," for name in letter["signatories"]] + ["]"]
    return "\n".join(lines + ["+++", "", ""])


def letters(arguments):
    """The letters that the arguments ask for, one after another."""
    if arguments.letters:
        statistics = learn(arguments.letters)
    else:
        statistics = json.loads(STATISTICS.read_text(encoding="utf-8"))
    writer = Writer(statistics, arguments.seed, max(20, arguments.documents * 2 // 5))
    return (writer.letter(n, arguments.words) for n in range(arguments.documents))


def write(folder, arguments):
    folder = pathlib.Path(folder)
    for name in ["seeds", "content/documents"]:
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(
        'title = "Letters"\ndescription = "Letters made for a measurement."\nbase_url = "https://letters.example.org"\n'
        + ("" if arguments.all_outputs else "\n[outputs]\ntext = false\ncitations = false\nsource = false\nfeeds = true\norganization_feeds = false\ndata = false\n"),
        encoding="utf-8")
    for letter in letters(arguments):
        name = f"{letter['date']}-{letter['n']:06}"
        if arguments.what != "content":
            (folder / "seeds" / f"{name}.txt").write_text(seed_text(letter), encoding="utf-8")
        if arguments.what != "seeds":
            body = "\n\n".join(letter["paragraphs"])
            (folder / "content/documents" / f"{name}.md").write_text(front_matter(letter) + body + "\n", encoding="utf-8")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", help="the archive to make")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--words", type=int, default=0, help="words a letter; else as many as real ones have")
    parser.add_argument("--letters", help="a folder of real letters to take the statistics from")
    parser.add_argument("--what", choices=["both", "seeds", "content"], default="both")
    parser.add_argument("--all-outputs", action="store_true", help="with text, citations, seeds and data beside the pages")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--learn", help="write the statistics of a folder of letters, and nothing else")
    return parser


if __name__ == "__main__":
    parser = arguments()
    given = parser.parse_args()
    if given.learn:
        STATISTICS.write_text(json.dumps(learn(given.learn), ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    elif given.folder:
        write(given.folder, given)
    else:
        parser.error("name a folder to make the archive in")
