#!/usr/bin/env python3
"""Builds archives of broken files of each format, and of files made to do harm, and says what became of them.

usage: mutate.py PROGRAM [--count 500] [--seed 1] [FORMAT...]

For each format an archive of so many mutations of the files in `seeds/` is built by PROGRAM, in a folder of its own. Prints a line for
each: the status, the documents, the seeds that were set aside, the time and the most memory. Ends with status 1 if a build fails,
is killed, takes more than ten minutes or more than 3 GB.
"""
import argparse
import io
import os
import random
import re
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from pathlib import Path

HERE = Path(__file__).parent
CONFIG = 'base_url = "https://example.org"\ntitle = "Broken"\n'
SOURCES = {
    "docx": "docx/*.docx", "odt": "odt/*.odt", "rtf": "rtf/*.rtf", "xlsx": "tables/*.xlsx", "ods": "tables/*.ods", "csv": "tables/*.csv",
    "ris": "tables/*.ris", "bib": "tables/*.bib", "jsonl": "tables/*.jsonl", "eml": "e*/*.eml", "mbox": "*.mbox", "hocr": "images/*.hocr",
    "xml": "images/*.xml", "pdf": "*/*.pdf", "jpg": "images/*.jpg", "png": "images/*.png", "tif": "images/*.tif", "webp": "images/*.webp",
    "gif": "images/*.gif", "html": "html/*.html", "txt": "txt/*.txt", "scan": "images/*.jpg", "jp2": "images/*.jp2",
}
# Of pages in PDFs, as tests of the crate have them.
PICTURES = HERE.parent.parent / "src/pdf/tests/pictures"
TABLES = {"xlsx", "ods", "csv", "ris", "bib", "jsonl"}


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few changes: bytes flipped, replaced, left out, doubled, cut off."""
    data = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 4, 16, 64])):
        if not data:
            break
        at, what = chance.randrange(len(data)), chance.randrange(8)
        span = min(len(data) - at, chance.choice([1, 2, 4, 16, 256]))
        if what == 0:
            data[at] ^= 1 << chance.randrange(8)
        elif what == 1:
            data[at:at + span] = bytes(chance.randrange(256) for _ in range(span))
        elif what == 2:
            del data[at:at + span]
        elif what == 3:
            data[at:at] = data[at:at + span]
        elif what == 4:
            data[at:at + span] = chance.choice([b"\xff", b"\x00", b"\x7f", b"\x80"]) * span
        elif what == 5:
            numbers = list(re.finditer(rb"\d+", bytes(data[at:at + 4000])))
            if numbers:
                found = chance.choice(numbers)
                data[at + found.start():at + found.end()] = chance.choice([b"0", b"-1", b"4294967296", b"99999999999999999999", b"65535"])
        elif what == 6:
            other = chance.randrange(len(data))
            data[at:at + span] = data[other:other + span]
        else:
            del data[chance.randrange(len(data)):]
    return bytes(data)


def mutated_zip(data: bytes, chance: random.Random) -> bytes:
    """The same within the parts of an office file, so that they are not only damaged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            inner = old.read(part)
            if part.filename.endswith(".xml") and chance.random() < 0.5:
                inner = mutated(inner, chance)
            new.writestr(part.filename, inner)
    return out.getvalue()


def files(form: str, count: int, chance: random.Random):
    sources = [path.read_bytes() for path in sorted((HERE / "seeds").glob(SOURCES[form]))]
    if form == "jp2":
        sources = [path.read_bytes() for path in sorted(PICTURES.glob("*.jp2"))]
    if form == "scan":
        sources = [scanned(jpeg_size(data), b"/Filter /DCTDecode /ColorSpace /DeviceRGB /BitsPerComponent 8", data) for data in sources if jpeg_size(data)]
        grey = zlib.compress(bytes(n * 7 % 256 for n in range(200 * 280)))
        sources += [scanned((200, 280), b"/Filter /FlateDecode /ColorSpace /DeviceGray /BitsPerComponent 8", grey),
                    scanned((96, 80), b"/Filter /JPXDecode", (PICTURES / "loss.jp2").read_bytes()),
                    scanned((64, 48), b"/Filter /JBIG2Decode /ColorSpace /DeviceGray /BitsPerComponent 1", (PICTURES / "text.jbig2").read_bytes()),
                    scanned((16, 16), b"/Filter /DCTDecode /ColorSpace /DeviceCMYK /BitsPerComponent 8", (PICTURES / "lightness.jpg").read_bytes()),
                    scanned((200, 280), b"/Filter /FlateDecode /ImageMask true /BitsPerComponent 1", zlib.compress(b"\x55" * 25 * 280))]
    for number in range(count):
        data = chance.choice(sources)
        inside = form in {"docx", "odt", "xlsx", "ods"} and number % 2
        yield f"{number:04}.{ {'xml': 'alto.xml', 'scan': 'pdf'}.get(form, form)}", (mutated_zip if inside else mutated)(data, chance)


def office(name: str, size: int, head: bytes = b"", tail: bytes = b"", fill: bytes = b" ") -> bytes:
    """An office file of which one part unpacks to a size."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.text") if name == "content.xml" else new.writestr("[Content_Types].xml", "<Types/>")
        with new.open(name, "w") as part:
            part.write(head)
            piece = fill * (1 << 20)
            for _ in range(size >> 20):
                part.write(piece[: 1 << 20])
            part.write(tail)
    return out.getvalue()


def pdf(content: bytes, pages: int = 1) -> bytes:
    kids = " ".join(f"{10 + n} 0 R" for n in range(pages))
    objects = [(1, b"<< /Type /Catalog /Pages 2 0 R >>"), (2, f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode()),
               (3, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"),
               (4, b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(content), content))]
    objects += [(10 + n, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 3 0 R >> >> >>") for n in range(pages)]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % one for one in objects)
    return body + b"trailer\n<< /Root 1 0 R /Size %d >>\n%%%%EOF\n" % (10 + pages)


def scanned(size: tuple[int, int], dictionary: bytes, data: bytes, draw: bytes = b"/I Do") -> bytes:
    """A PDF of two pages that are one picture each, of which one is below a text that is not shown."""
    objects = [(1, b"<< /Type /Catalog /Pages 2 0 R >>"), (2, b"<< /Type /Pages /Kids [5 0 R 6 0 R] /Count 2 >>"),
               (3, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"),
               (4, b"<< /Type /XObject /Subtype /Image /Width %d /Height %d %s /Length %d >>\nstream\n%s\nendstream" % (*size, dictionary, len(data), data))]
    for number, text in ((5, b"BT 3 Tr /F 11 Tf 60 700 Td (The room above the bakery is dry and can be heated.) Tj ET"), (6, b"")):
        content = b"q 595 0 0 842 0 0 cm %s Q %s" % (draw, text)
        objects += [(number, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F 3 0 R >> /XObject << /I 4 0 R >> >> >>" % (number + 2)),
                    (number + 2, b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))]
    return b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % one for one in sorted(objects)) + b"trailer\n<< /Root 1 0 R /Size 9 >>\n%%EOF\n"


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    found = re.search(rb"\xff[\xc0-\xc2]..\x08(..)(..)\x03", data, re.S)
    return (int.from_bytes(found[2], "big"), int.from_bytes(found[1], "big")) if found else None


def png(width: int, height: int) -> bytes:
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 10_000_000, 9)) + chunk(b"IEND", b"")


def jpeg(width: int, height: int) -> bytes:
    return b"\xff\xd8\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00data\xff\xd9"


def nested_mail(depth: int) -> bytes:
    mail = b"From: a@example.org\nSubject: the innermost\n\nText.\n"
    for number in range(depth):
        edge = b"edge%d" % number
        mail = (b"From: a@example.org\nSubject: %d\nContent-Type: multipart/mixed; boundary=%s\n\n--%s\nContent-Type: message/rfc822\n\n%s\n--%s--\n"
                % (number, edge, edge, mail, edge))
    return mail


def bombs():
    word = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
    yield "300MB.docx", office("word/document.xml", 300 << 20, word, b"</w:t></w:r></w:p></w:body></w:document>", b"x")
    yield "300MB.odt", office("content.xml", 300 << 20, b"<office:document-content>", b"</office:document-content>")
    yield "300MB-of-paragraphs.docx", office("word/document.xml", 300 << 20, word[:-12], b"</w:body></w:document>", b"<w:p/>")
    yield "deep.docx", office("word/document.xml", 1 << 20, word, b"", b"<w:p>")
    zeros = zlib.compress(b"BT /F 11 Tf 60 700 Td (x) Tj ET\n" * 10, 9)
    yield "300MB.pdf", pdf(zlib.compress(b" " * (300 << 20), 9))
    yield "drawn-300MB.pdf", pdf(zlib.compress(b"0 0 m 9 9 l S " * (22 << 20), 9))
    yield "10000-pages.pdf", pdf(zeros, 10_000)
    yield "deep.pdf", b"%PDF-1.4\n1 0 obj\n" + b"[" * 1_000_000 + b"\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
    grey = b"/Filter /FlateDecode /ColorSpace /DeviceGray /BitsPerComponent 8"
    yield "60000-picture.pdf", scanned((60_000, 60_000), grey, zlib.compress(b"\0" * 10_000_000, 9))
    yield "300MB-picture.pdf", scanned((14_000, 14_000), grey, zlib.compress(b"\0" * (300 << 20), 9))
    yield "2000-pictures.pdf", scanned((5_000, 5_000), grey, zlib.compress(b"\0" * 25_000_000, 9), b"/I Do " * 1_990)
    yield "60000.png", png(60_000, 60_000)
    yield "60000.jpg", jpeg(60_000, 60_000)
    yield "loop.tif", b"II*\0\x08\0\0\0\x01\0\x00\x01\x03\0\x01\0\0\0\x01\0\0\0\x08\0\0\0"
    yield "deep.html", b"<html><body>" + b"<div>" * 200_000 + b"text of a document that is deep"
    yield "long.html", b"<html><body><p>" + b"word " * 1_000_000
    yield "deep.rtf", b"{\\rtf1 " + b"{" * 500_000 + b"text"
    yield "long.txt", b"word word word word word word word word word word word word word.\n" * 300_000
    yield "nested.eml", nested_mail(60)
    yield "many.eml", (b"From: a@example.org\nSubject: many\nContent-Type: multipart/mixed; boundary=b\n\n"
                       + b"".join(b"--b\nContent-Type: text/plain; name=%d.txt\nContent-Disposition: attachment\n\nFile %d of the mail.\n" % (n, n) for n in range(5_000)) + b"--b--\n")
    yield "many.mbox", b"".join(b"From a@b Tue Nov 12 10:15:00 2013\nFrom: a@example.org\nSubject: %d\nMessage-ID: <%d@b>\n\nThe text of mail %d.\n\n" % (n, n, n) for n in range(3_000))
    yield "entities.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><alto>&b;</alto>'
    yield "deep.alto.xml", b'<?xml version="1.0"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v3#">' + b"<Page>" * 200_000


def build(program: str, folder: Path, tables: list[str]) -> bool:
    (folder / "config.toml").write_text(CONFIG + f"[ingest]\ntables = {tables}\n".replace("'", '"'))
    began = time.time()
    limit = lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        done = subprocess.run([program, "build"], cwd=folder, capture_output=True, text=True, timeout=600, preexec_fn=limit, errors="replace")
        status, said = done.returncode, done.stderr + done.stdout
    except subprocess.TimeoutExpired:
        status, said = "timeout", ""
    # Of all builds so far: the largest one is told again until a larger one comes.
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    documents = re.search(r"(\S+) documents?, ", said)
    aside = sum(int(n.replace(",", "")) if n != "the seed" else 1 for n in re.findall(r"^warning: (the seed|[\d,]+(?= seeds)).* set aside", said, re.M))
    tables_aside = len(re.findall(r"^warning: (?:the table .*|no column .*)set aside", said, re.M))
    bad = status != 0 or "bug in fonds" in said or "panicked" in said or memory > 3_000
    print(f"{folder.name:24} status {status}, {documents.group(1) if documents else '?'} documents, {aside} seeds and {tables_aside} tables set aside, "
          f"{time.time() - began:.1f} s, {memory} MB{'  <-- ' + said[-800:] if bad else ''}", flush=True)
    return not bad


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("program")
    parser.add_argument("formats", nargs="*")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep")
    given = parser.parse_args()
    good = True
    program = os.path.abspath(given.program) if "/" in given.program else given.program
    for form in given.formats or [*SOURCES, "bombs"]:
        # Each bomb is an archive of its own, so that its time and memory are known.
        archives = [(name, [(name, data)]) for name, data in bombs()] if form == "bombs" else [(form, files(form, given.count, random.Random(f"{given.seed} {form}")))]
        for title, made in archives:
            with tempfile.TemporaryDirectory() as top:
                folder = Path(given.keep or top) / title
                shutil.rmtree(folder, ignore_errors=True)
                (folder / "seeds").mkdir(parents=True)
                names = []
                for name, data in made:
                    (folder / "seeds" / name).write_bytes(data)
                    names.append(name)
                good &= build(program, folder, names if form in TABLES else [])
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
