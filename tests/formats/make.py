#!/usr/bin/env python3
"""Makes a folder of seeds of all formats from `texts.toml`, with public tools.

usage: make.py FOLDER

Needs python-docx, odfpy, reportlab, openpyxl and Pillow, and the programs soffice, chromium, groff, pdftoppm and tesseract. The files in
`seeds/` beside this script were made by it and are committed, so that tests need none of these tools.
"""
import email.message
import email.utils
import html
import mailbox
import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import tomllib
from datetime import datetime, timezone
from pathlib import Path

HERE = Path(__file__).parent
TEXTS = tomllib.loads((HERE / "texts.toml").read_text())["text"]


def paragraphs(text: str) -> list[list[str]]:
    """Paragraphs, each a list of the lines that end where they end."""
    blocks = [block for block in text.strip().split("\n\n")]
    return [[line.strip() for line in re.split(r"  \n", block)] for block in blocks]


def run(*command: str, **more) -> bytes:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **more).stdout


def plain(text: str) -> str:
    wide = 40 if re.search("[가-힣]", text) else 76
    wrap = lambda line: "\n".join(textwrap.wrap(line, wide, break_long_words=False)) if len(line) > wide else line
    return "\n\n".join("\n".join(wrap(line) for line in lines) for lines in paragraphs(text)) + "\n"


def page(text: str) -> str:
    body = "\n".join("<p>" + "<br>\n".join(html.escape(line) for line in lines) + "</p>" for lines in paragraphs(text))
    style = "body{font:11pt/1.4 serif;margin:0}@page{size:A4;margin:25mm}"
    return f'<!doctype html>\n<html><head><meta charset="utf-8"><title>Untitled</title><style>{style}</style></head><body>\n{body}\n</body></html>\n'


def docx_file(text: str, path: Path):
    import docx

    document = docx.Document()
    for lines in paragraphs(text):
        paragraph = document.add_paragraph()
        for number, line in enumerate(lines):
            if number:
                paragraph.add_run().add_break()
            paragraph.add_run(line)
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = datetime(2020, 1, 1)
    document.save(path)


def odt_file(text: str, path: Path):
    from odf.opendocument import OpenDocumentText
    from odf.text import LineBreak, P

    document = OpenDocumentText()
    for lines in paragraphs(text):
        paragraph = P()
        for number, line in enumerate(lines):
            if number:
                paragraph.addElement(LineBreak())
            paragraph.addText(line)
        document.text.addElement(paragraph)
    document.save(str(path))


def reportlab_file(text: str, path: Path):
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    korean = re.search("[가-힣]", text)
    if korean:
        pdfmetrics.registerFont(UnicodeCIDFont("HYSMyeongJo-Medium"))
    font = "HYSMyeongJo-Medium" if korean else "Times-Roman"
    style = ParagraphStyle("text", fontName=font, fontSize=11, leading=15, spaceAfter=11, wordWrap="CJK" if korean else None)
    story = [Paragraph("<br/>".join(html.escape(line) for line in lines), style) for lines in paragraphs(text)]
    SimpleDocTemplate(str(path), pagesize=A4, invariant=1).build(story)


def groff_file(text: str, path: Path):
    lines = []
    for block in paragraphs(text):
        lines.append(".LP")
        lines.append("\n.br\n".join(line.replace("\\", "\\e") for line in block))
    source = "\n".join(lines) + "\n"
    path.write_bytes(run("groff", "-k", "-ms", "-Tpdf", "-P-pa4", input=source.encode()))


def printed(source: Path, path: Path):
    run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={path}", source.as_uri())


def converted(source: Path, ending: str, folder: Path) -> Path:
    with tempfile.TemporaryDirectory() as profile:
        run("soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", ending, "--outdir", str(folder), str(source))
    return folder / f"{source.stem}.{ending}"


def mail(text: dict, number: int) -> email.message.EmailMessage:
    message = email.message.EmailMessage()
    message["Message-ID"] = f"<{number}@example.org>"
    message["From"] = email.utils.formataddr((text["creators"][0], "from@example.org"))
    message["To"] = email.utils.formataddr((text["recipients"][0], "to@example.org"))
    message["Date"] = email.utils.format_datetime(datetime.fromisoformat(text["date"]).replace(hour=10, tzinfo=timezone.utc))
    message["Subject"] = text["name"].title()
    message.set_content(plain(text["text"]), cte="quoted-printable")
    return message


ROWS = [
    ("Identifier", "Title", "Creator", "Date", "File name"),
    ("ARS 1", "On a room for books", "Wardle, Thomas", "14 March 1921", "harland.tsv.txt"),
    ("ARS 2", "Map of Ashford", "Holt, Mary", "c. 1930", ""),
    ("ARS 3", "Minutes of the Society", "Ashford Reading Society", "1922", ""),
]


def tables(folder: Path):
    import openpyxl
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    rows = lambda mark: [[cell.replace("ARS", mark) for cell in row] for row in ROWS]
    (folder / "list.tsv").write_text("".join("\t".join(row) + "\n" for row in rows("TSV")))
    quoted = lambda row: ",".join('"' + cell.replace('"', '""') + '"' for cell in row)
    (folder / "list.csv").write_text("".join(quoted(row) + "\r\n" for row in rows("CSV")))
    book = openpyxl.Workbook()
    for row in rows("XLSX"):
        book.active.append(row)
    book.save(folder / "list.xlsx")
    sheet, table = OpenDocumentSpreadsheet(), Table(name="list")
    for row in rows("ODS"):
        line = TableRow()
        for cell in row:
            one = TableCell(valuetype="string")
            one.addElement(P(text=cell))
            line.addElement(one)
        table.addElement(line)
    sheet.spreadsheet.addElement(table)
    sheet.save(str(folder / "list.ods"))


def images(folder: Path, source: Path):
    """A page as pictures, and what Tesseract reads on it."""
    from PIL import Image

    run("pdftoppm", "-r", "150", "-gray", "-png", "-singlefile", str(source), str(folder / "recognised"))
    big = Image.open(folder / "recognised.png")
    run("tesseract", str(folder / "recognised.png"), str(folder / "recognised"), "-l", "eng", "hocr")
    small = big.resize((big.width // 3, big.height // 3))
    small.save(folder / "recognised.png", optimize=True)
    small.save(folder / "garden.jpg", quality=50)
    small.save(folder / "harbour.tif", compression="tiff_lzw")
    small.save(folder / "mill.webp", quality=40)
    small.save(folder / "bridge.gif")
    run("tesseract", str(folder / "recognised.png"), str(folder / "small"), "-l", "eng", "alto")
    os.replace(folder / "small.xml", folder / "small.alto.xml")
    small.save(folder / "small.png", optimize=True)


def main(folder: Path):
    shutil.rmtree(folder, ignore_errors=True)
    names = ["txt", "md", "html", "docx", "odt", "rtf", "eml", "typed", "print", "office", "tables", "images"]
    for name in names:
        (folder / name).mkdir(parents=True)
    box = mailbox.mbox(folder / "Society.mbox")
    for number, text in enumerate(TEXTS):
        name, words = text["name"], text["text"]
        (folder / "txt" / f"{name}.txt").write_text(plain(words))
        (folder / "html" / f"{name}.html").write_text(page(words))
        docx_file(words, folder / "docx" / f"{name}.docx")
        odt_file(words, folder / "odt" / f"{name}.odt")
        converted(folder / "docx" / f"{name}.docx", "rtf", folder / "rtf")
        converted(folder / "odt" / f"{name}.odt", "pdf", folder / "office")
        printed(folder / "html" / f"{name}.html", folder / "print" / f"{name}.pdf")
        korean = text["language"] == "ko"
        (reportlab_file if korean or number % 2 else groff_file)(words, folder / "typed" / f"{name}.pdf")
        message = mail(text, number)
        (folder / "eml" / f"{name}.eml").write_bytes(bytes(message))
        del message["Message-ID"]
        message["Message-ID"] = f"<box-{number}@example.org>"
        if number < 2:
            box.add(message)
    box.close()
    lines = ["# On the room\n", "**To** Edith Harland\n", "14 March 1921\n", "The room is *dry* and can be heated.\n"]
    (folder / "md" / "room.md").write_text("\n".join(lines))
    tables(folder / "tables")
    images(folder / "images", folder / "office" / "harland.pdf")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
