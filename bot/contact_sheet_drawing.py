"""Draws a contact sheet: a grid of pictures, each with the title of its style, and below what is not on it."""

import io
import math
from dataclasses import replace

from PIL import Image, ImageDraw, ImageFont

from bot import provenance
from bot.contact_sheet import Sheet
from bot.style import Style

CELL_PX = 256
GAP_PX = 12
LABEL_PX = 24
MOST_COLUMNS = 8
BACKGROUND, INK = "white", "black"
# Any one that there is: Pillow's own has no Chinese.
CHINESE_FONTS = ("NotoSansCJK-Regular.ttc", "NotoSansSC-Regular.otf", "wqy-microhei.ttc", "PingFang.ttc", "msyh.ttc")
AnyFont = ImageFont.FreeTypeFont | ImageFont.ImageFont


def draw(sheet: Sheet) -> bytes:
    """The sheet as a PNG that says that a machine made its pictures."""
    font, chinese = _font()
    columns = min(math.ceil(math.sqrt(len(sheet.painted))), MOST_COLUMNS)
    rows = math.ceil(len(sheet.painted) / columns)
    step_px = CELL_PX + GAP_PX
    width_px, below_px = columns * step_px + GAP_PX, rows * (step_px + LABEL_PX) + GAP_PX
    lines = [line for text in _small_print(sheet) for line in _wrapped(_drawable(text, chinese), font, width_px)]
    image = Image.new("RGB", (width_px, below_px + len(lines) * LABEL_PX + GAP_PX), BACKGROUND)
    pen = ImageDraw.Draw(image)
    for number, one in enumerate(sheet.painted):
        x_px = GAP_PX + number % columns * step_px
        y_px = GAP_PX + number // columns * (step_px + LABEL_PX)
        image.paste(_cell(one.png), (x_px, y_px))
        pen.text((x_px, y_px + CELL_PX), _drawable(_label(one.style), chinese), INK, font)
    for number, line in enumerate(lines):
        pen.text((GAP_PX, below_px + number * LABEL_PX), line, INK, font)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    prompt = f"{sheet.words} (contact sheet of {len(sheet.painted)} styles)"
    return provenance.stamp(buffer.getvalue(), replace(sheet.painted[0].plan, prompt=prompt, negative_prompt=""))


def _label(style: Style) -> str:
    return " ".join(dict.fromkeys([style.called("en"), style.called("zh")]))


def _small_print(sheet: Sheet) -> list[str]:
    lines = [f"{sheet.words} · {sheet.model} · seed {sheet.seed} · made by AI"]
    if sheet.left_out:
        lines.append(f"{sheet.model} can't paint: {', '.join(style.name for style in sheet.left_out)}")
    if sheet.failed:
        lines.append(f"Failed: {', '.join(sheet.failed)}")
    return lines


def _cell(png: bytes) -> Image.Image:
    """The picture within a cell, in its own proportions."""
    cell = Image.new("RGB", (CELL_PX, CELL_PX), BACKGROUND)
    with Image.open(io.BytesIO(png)) as picture:
        scale = CELL_PX / max(picture.size)
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        small = picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    cell.paste(small, ((CELL_PX - small.width) // 2, (CELL_PX - small.height) // 2))
    return cell


def _font() -> tuple[AnyFont, bool]:
    """A font, and whether it has Chinese."""
    for name in CHINESE_FONTS:
        try:
            return ImageFont.truetype(name, 16), True
        except OSError:
            continue
    return ImageFont.load_default(16), False


def _drawable(text: str, chinese: bool) -> str:
    return text if chinese else "".join(character for character in text if ord(character) < 0x250).strip()


def _wrapped(text: str, font: AnyFont, width_px: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) > width_px - 2 * GAP_PX and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
