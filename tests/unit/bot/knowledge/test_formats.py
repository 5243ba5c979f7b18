"""Each kind of document is read into sections, steps and pictures; what is broken or hostile gets one line."""

import io
import zipfile
from io import BytesIO

import docx
import pytest
from docx.shared import Inches
from PIL import Image as Pillow
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from bot.errors import RequestError
from bot.knowledge.parsed import Parsed
from bot.knowledge.reading import MISSING, read, read_picture
from bot.testing import blank_png

MARKDOWN = """---
title: "Reset: all ways"
url: https://x.example/reset
language: en-GB
---
# Reset

Before you begin, read this.

## With the *button*

1. Press it
   for ten seconds.
2. Wait:
   - blue is good
   - red is not

![Screenshot of the menu](img/menu.png "The menu")

| Lamp | Meaning |
|---|---|
| red | fault |

<script>alert(1)</script><nav>Home</nav>
### Deeper
重启
设备
"""
HTML = """<!doctype html><html lang="zh-CN"><head><title>Site</title><style>p{}</style></head><body>
<header><h1>恢复出厂</h1></header><nav><a>Menu</a></nav><main>loose <b>words</b><h2>步骤</h2>
<ol start="3"><li><p>打开</p></li><li>关闭<ul><li>里面</li></ul></li></ol>
<figure><img src="b.jpg" alt="x"><figcaption>接线图</figcaption></figure>
<!-- hidden --><div hidden>secret</div></main><footer>© 2026</footer></body></html>"""


def shown(document: Parsed) -> list[tuple[tuple[str, ...], str]]:
    return [(section.headings, block.text) for section in document.sections for block in section.blocks]


def test_markdown() -> None:
    """Front matter, heading path, steps with what is inside them, a table, a picture; no script, no navigation."""
    document = read(MARKDOWN.encode(), "a.md")
    assert (document.title, document.url, document.language) == ("Reset: all ways", "https://x.example/reset", "en")
    path = ("Reset", "With the button")
    assert shown(document) == [
        (("Reset",), "Before you begin, read this."),
        (path, "1. Press it for ten seconds.\n2. Wait:\n  - blue is good\n  - red is not"),
        (path, ""),
        (path, "Lamp | Meaning\nred | fault"),
        ((*path, "Deeper"), "重启设备"),
    ]
    [image] = document.images
    assert (image.link, image.caption, image.is_screenshot) == ("img/menu.png", "The menu", True)
    assert document.sections[1].blocks[0].steps


def test_html() -> None:
    """The main part alone, loose words included; numbers of a list go on where it says; captions of figures."""
    document = read(HTML.encode(), "a.html")
    assert (document.title, document.language) == ("恢复出厂", "zh")
    assert shown(document) == [((), "loose words"), (("步骤",), "3. 打开\n4. 关闭\n  - 里面"), (("步骤",), "")]
    assert [(image.link, image.caption, image.is_screenshot) for image in document.images] == [
        ("b.jpg", "接线图", False)
    ]


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("Manual", 0)
    document.add_heading("Setup", 1)
    document.add_paragraph("Open", style="List Number")
    document.add_paragraph("Close", style="List Number")
    document.add_paragraph("Then rest.")
    document.add_picture(BytesIO(blank_png(8, 8, b"abc")), Inches(1))
    document.add_table(1, 2).rows[0].cells[0].text = "cell"
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def test_docx() -> None:
    """Title, headings, steps, a table, and a picture's own bytes."""
    document = read(word_file(), "a.docx")
    assert document.title == "Manual"
    texts = [(("Setup",), text) for text in ("1. Open\n2. Close", "Then rest.", "", "cell | ")]
    assert shown(document) == texts
    assert [image.data[:4] for image in document.images] == [b"\x89PNG"]


def test_pictures_between_steps() -> None:
    """Steps count on over the pictures that stand between them, and the pictures belong to the list."""
    made, data = docx.Document(), BytesIO()
    for step in ("Open", "Press", "Close"):
        made.add_paragraph(step, style="List Number").add_run()
        if step != "Close":
            made.add_picture(BytesIO(blank_png(8, 8, step.encode()[:3])), Inches(1))
    made.paragraphs[-1].add_run().add_picture(BytesIO(blank_png(8, 8, b"end")), Inches(1))
    made.save(data)
    [block] = read(data.getvalue(), "a.docx").sections[0].blocks
    assert (block.text, block.steps, len(block.images)) == ("1. Open\n2. Press\n3. Close", True, 3)


def pdf_file(*pages: str, password: str = "") -> tuple[bytes, bytes]:
    """A PDF with a line of text each page row, a bookmark, and a JPEG on each page; and that JPEG."""
    jpeg = BytesIO()
    Pillow.new("RGB", (8, 8), "red").save(jpeg, "JPEG")
    writer = PdfWriter()
    for number, text in enumerate(pages):
        page = writer.add_blank_page(200, 200)
        content, picture = DecodedStreamObject(), DecodedStreamObject()
        lines = " T* ".join(f"({line}) Tj" for line in text.split("\n"))
        content.set_data(f"BT /F1 12 Tf 14 TL 10 180 Td {lines} ET".encode())
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        picture.set_data(jpeg.getvalue())
        picture.update({NameObject("/Subtype"): NameObject("/Image"), NameObject("/Filter"): NameObject("/DCTDecode")})
        picture.update({NameObject(f"/{side}"): NumberObject(8) for side in ("Width", "Height")})
        fonts = DictionaryObject({NameObject("/F1"): _names(font)})
        pictures = DictionaryObject({NameObject("/I"): writer._add_object(picture)})
        resources = {NameObject("/Font"): fonts, NameObject("/XObject"): pictures}
        page[NameObject("/Resources")] = DictionaryObject(resources)
        page[NameObject("/Contents")] = writer._add_object(content)
        writer.add_outline_item(title=f"Chapter {number + 1}", page_number=number)
    writer.add_metadata({"/Title": "The manual"})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    data = BytesIO()
    writer.write(data)
    return data.getvalue(), jpeg.getvalue()


def _names(values: dict[str, str]) -> DictionaryObject:
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in values.items()})


def test_pdf() -> None:
    """Text by bookmarks, steps by lines, and a JPEG with the caption that its page has, undecoded."""
    data, jpeg = pdf_file("Press the knob\nand wait.", "1. Open\n2. Close\nFigure 1: the knob")
    document = read(data, "a.pdf")
    assert document.title == "The manual"
    assert shown(document)[0] == (("Chapter 1",), "Press the knob and wait.")
    assert shown(document)[1] == (("Chapter 2",), "1. Open\n2. Close\nFigure 1: the knob")
    assert [(image.caption, image.data) for image in document.images] == [("Figure 1: the knob", jpeg)]


def test_plain_text() -> None:
    """A short first line is the title; numbered lines are steps; other encodings are read."""
    text = "重置\n\n先关机\n再等待\n\n1. 打开\n2. 关闭"
    for data in (text.encode(), text.encode("gb18030"), text.encode("utf-16")):
        document = read(data, "a.txt")
        assert (document.title, shown(document)) == ("重置", [((), "先关机再等待"), ((), "1. 打开\n2. 关闭")])
    assert read(b"one line", "quick-start.txt").title == "quick start"


def test_a_picture_with_its_caption() -> None:
    """The caption is the text, its first line the title."""
    document = read_picture(b"data", "Back panel\nfrom left to right", "b.png")
    assert (document.title, document.text.split("\n")[1:]) == ("Back panel", ["Back panel", "from left to right"])
    assert document.images[0].data == b"data"


def bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * (257 * 2**20))
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.exe", b"MZ", "of no kind that is read"),
        ("a.md", b"", "has no text"),
        ("a.html", b"<div>" * 500 + b"deep", "nested too deep"),
        ("b.html", b"<ul><li>" * 150 + b"deep", "nested too deep"),
        ("a.pdf", b"%PDF-1.7 nonsense", "damaged"),
        ("b.pdf", pdf_file("x")[0][:400], "damaged"),
        ("c.pdf", pdf_file("x", password="secret")[0], "encrypted"),
        ("a.docx", b"PK nonsense", "damaged"),
        ("b.docx", word_file()[:-300], "damaged"),
        ("a.txt", b"a b " * 600_000, "too long"),
    ],
)
def test_what_cannot_be_read_gets_one_line(name: str, data: bytes, says: str) -> None:
    """Broken, encrypted, deep, empty and endless documents are refused with their name and what to do."""
    with pytest.raises(RequestError, match=says) as refused:
        read(data, name)
    assert name in str(refused.value)
    assert refused.value.remedy
    assert "\n" not in str(refused.value)


def test_what_unpacks_too_large_is_refused() -> None:
    """A DOCX of 250 kB that unpacks to 257 MiB is refused before it is unpacked."""
    with pytest.raises(RequestError, match="too large unpacked"):
        read(bomb(), "a.docx")
    assert "limner[knowledge]" in MISSING
