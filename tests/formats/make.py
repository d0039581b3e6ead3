#!/usr/bin/env python3
"""Makes a folder of seeds of all formats from `texts.toml`, with public tools.

usage: make.py FOLDER

Needs python-docx, odfpy, reportlab, openpyxl and Pillow, and the programs soffice, chromium, groff, qpdf, pdftoppm and tesseract. The files in
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
    from odf.style import ParagraphProperties, Style
    from odf.text import LineBreak, P

    document = OpenDocumentText()
    apart = Style(name="Apart", family="paragraph")
    apart.addElement(ParagraphProperties(marginbottom="0.35cm"))
    document.styles.addElement(apart)
    for lines in paragraphs(text):
        paragraph = P(stylename=apart)
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
    style = ParagraphStyle("text", fontName=font, fontSize=11, leading=15, spaceAfter=11)
    story = [Paragraph("<br/>".join(html.escape(line) for line in lines), style) for lines in paragraphs(text)]
    SimpleDocTemplate(str(path), pagesize=A4, invariant=1).build(story)


def rich_file(path: Path):
    """Headings, emphasis, a link, a table of contents, document information."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

    class Mark(Flowable):
        def __init__(self, title: str, level: int):
            super().__init__()
            self.title, self.level, self.width, self.height = title, level, 0, 0

        def draw(self):
            self.canv.bookmarkPage(self.title)
            self.canv.addOutlineEntry(self.title, self.title, self.level)

    styles = getSampleStyleSheet()
    text = lambda words: Paragraph(words, styles["BodyText"])
    heading = lambda words, level: [Mark(words, level), Paragraph(words, styles["BodyText"])]
    story = [
        Paragraph("Report on the Reading Room", styles["Title"]),
        *heading("The room", 0),
        text("The room above the bakery is <b>dry at all seasons</b> and can be heated by a stove that Mr. Lowe lends us. It has two windows, "
             "and <i>nobody has lived in it since the war</i>, as the baker says, who is an honest man and has kept the roof in repair."),
        *heading("The books", 1),
        text('The Society has one hundred and eighty-four volumes; <a href="https://library.example.net/books">the list of books</a> was made by Ida Lowe '
             "in the spring, and is read to the members once a year, so that they know what they may borrow."),
    ]
    document = SimpleDocTemplate(str(path), pagesize=A4, invariant=1, title="Report on the Reading Room", author="Ida Lowe")
    document.build(story)


def enclosing(folder: Path):
    """A mail with a letter, a memorandum, a picture of a size, a logo and a mail with a list."""
    import io

    from PIL import Image

    inner = mail(TEXTS[1], 901)
    inner.add_attachment(b"title,year\r\nEmma,1815\r\n", maintype="text", subtype="csv", filename="books.csv")
    outer = email.message.EmailMessage()
    outer["Message-ID"], outer["Subject"] = "<900@example.org>", "Two papers"
    outer["From"], outer["To"] = "Mary Holt <holt@example.org>", "Thomas Wardle <wardle@example.org>"
    outer["Date"] = "Tue, 4 Mar 1998 10:00:00 +0000"
    outer.set_content("Dear Mr. Wardle,\n\nI enclose two papers from the box of the Society.\n\nMary Holt\n")
    for path in [folder / "docx" / "moreau.docx", folder / "office" / "brandt.pdf"]:
        subtype = {"docx": "vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "pdf"}[path.suffix[1:]]
        outer.add_attachment(path.read_bytes(), maintype="application", subtype=subtype, filename=f"a paper{path.suffix}")
    for name, size in [("photo.png", (640, 480)), ("logo.png", (120, 40))]:
        picture = io.BytesIO()
        Image.new("L", size, 200).save(picture, "PNG")
        outer.add_attachment(picture.getvalue(), maintype="image", subtype="png", filename=name, disposition="inline")
    outer.add_attachment(inner)
    text = bytes(outer)
    # The module takes boundaries by chance.
    for number, boundary in enumerate(sorted(set(re.findall(rb'boundary="([^"]+)"', text)))):
        text = text.replace(boundary, b"part-%d-of-it" % number)
    (folder / "enclosed" / "papers.eml").write_bytes(text)


def lists(folder: Path):
    (folder / "ships.ris").write_text("TY  - PCOMM\r\nTI  - The lost ledger\r\nAU  - Holt, Mary\r\nDA  - 1931/05/02/\r\nID  - RIS 1\r\nER  - \r\n")
    (folder / "ships.bib").write_text('@letter{BIB-1,\n  title = {The second ledger},\n  author = {Holt, Mary and Lowe, Ida},\n  year = 1932, month = jun\n}\n')
    (folder / "ships.jsonl").write_text('{"identifier": "JSON 1", "title": "The third ledger", "creator": ["Mary Holt"], "date": "1933"}\n')


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
    ("ARS 1", "Picture of the Society", "Holt, Mary", "14 March 1921", "FILE"),
    ("ARS 2", "Map of Ashford", "Holt, Mary", "c. 1930", ""),
    ("ARS 3", "Minutes of the Society", "Ashford Reading Society", "1922", ""),
]


def tables(folder: Path):
    import openpyxl
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    files = {"TSV": "garden.jpg", "CSV": "bridge.gif", "XLSX": "harbour.tif", "ODS": "mill.webp"}
    rows = lambda mark: [[cell.replace("ARS", mark).replace("FILE", files[mark]) for cell in row] for row in ROWS]
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
    names = ["txt", "md", "html", "docx", "odt", "rtf", "eml", "typed", "print", "office", "tables", "images", "rich", "enclosed", "encrypted"]
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
    lists(folder / "tables")
    rich_file(folder / "rich" / "report.pdf")
    enclosing(folder)
    for name, password in [("harland", ""), ("closed", "secret")]:
        run("qpdf", "--encrypt", password, "owner", "256", "--", str(folder / "office" / "harland.pdf"), str(folder / "encrypted" / f"{name}.pdf"))
    images(folder / "images", folder / "office" / "harland.pdf")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
