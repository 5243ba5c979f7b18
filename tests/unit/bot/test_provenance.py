"""A PNG tells what painted it, in a form that other tools read, and that a machine made it."""

import io
import zlib
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.errors import GalleryError
from bot.provenance import AI_MADE, parameters, stamp, xmp
from bot.testing import blank_png
from tests.support import PLAN

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PNG = blank_png(16, 8, b"\x10\x80\xf0")
CHINESE = replace(PLAN, prompt="一只红色的猫，水彩", negative_prompt="文字", model="组织/模型")


def read(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


def painted() -> bytes:
    """A PNG as Pillow writes it, with other chunks beside the pixels."""
    file = io.BytesIO()
    Image.effect_noise((40, 24), 60).convert("RGB").save(file, "PNG", dpi=(72, 72))
    return file.getvalue()


@pytest.mark.parametrize("png", [PNG, painted()])
@pytest.mark.parametrize("plan", [PLAN, CHINESE, replace(PLAN, prompt='quotes " & <tags>\nand lines')])
def test_marks_are_read_back_and_pixels_unchanged(png: bytes, plan: object) -> None:
    """Pillow reads `parameters` and XMP as they were written, in any script, and the same pixels."""
    marked = read(stamp(png, plan))  # type: ignore[arg-type]
    assert marked.text["parameters"] == parameters(plan)  # type: ignore[attr-defined, arg-type]
    assert marked.text["XML:com.adobe.xmp"] == xmp(plan)  # type: ignore[attr-defined, arg-type]
    before = read(png)
    assert marked.tobytes() == before.tobytes()
    assert (marked.size, marked.mode) == (before.size, before.mode)


def test_nothing_of_the_file_is_encoded_again() -> None:
    """Every chunk of the painter's file is in the marked one, byte for byte."""
    png = painted()
    marked = stamp(png, PLAN)
    assert marked.startswith(png[:33])
    assert marked.endswith(png[33:])


def test_xmp_says_that_a_model_made_it() -> None:
    """The XMP packet is XML that names IPTC's source type and the model."""
    packet = read(stamp(PNG, replace(PLAN, model='a "b" & <c>'))).text["XML:com.adobe.xmp"]  # type: ignore[attr-defined]
    [description] = ElementTree.fromstring(packet.removeprefix("\ufeff")).iter(f"{RDF}Description")
    assert AI_MADE == "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    assert description.get("{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType") == AI_MADE
    assert description.get("{http://ns.adobe.com/xap/1.0/}CreatorTool") == 'Limner, a "b" & <c>'


def test_parameters_are_as_others_read_them() -> None:
    """The text is prompt, negative prompt and 'Key: value' pairs on the last line."""
    plan = replace(PLAN, negative_prompt="blur", guidance_scale=7.5, model="a,b")
    assert parameters(plan) == (
        "a red car\nNegative prompt: blur\nSteps: 4, CFG scale: 7.5, Seed: 7, Size: 64x64, Model: a b, Version: Limner"
    )
    assert "Negative prompt" not in parameters(PLAN)


def chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    """Name and body of every chunk; its checksum is checked."""
    found, at = [], 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        name, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert int.from_bytes(png[at + 8 + length : at + 12 + length], "big") == zlib.crc32(name + body)
        found.append((name, body))
        at += 12 + length
    return found


def test_plain_text_is_in_the_old_chunk() -> None:
    """ASCII parameters are a tEXt chunk, which the oldest readers know; other scripts need iTXt."""
    assert [name for name, _ in chunks(stamp(PNG, PLAN))] == [b"IHDR", b"tEXt", b"iTXt", b"IDAT", b"IEND"]
    assert [name for name, _ in chunks(stamp(PNG, CHINESE))] == [b"IHDR", b"iTXt", b"iTXt", b"IDAT", b"IEND"]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_any_prompt_leaves_a_readable_file(prompt: str) -> None:
    """Whatever the prompt, all checksums are right and the text comes back."""
    plan = replace(PLAN, prompt=prompt)
    png = stamp(PNG, plan)
    chunks(png)
    assert read(png).text["parameters"] == parameters(plan)  # type: ignore[attr-defined]


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", PNG[:20].replace(b"IHDR", b"IDAT")])
def test_what_is_no_png_is_refused(data: bytes) -> None:
    """Bytes that are no PNG are not kept as one."""
    with pytest.raises(GalleryError, match="no PNG"):
        stamp(data, PLAN)
