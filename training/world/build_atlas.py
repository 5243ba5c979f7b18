"""Rebuild atlas.webp and atlas.json from the Noto Color Emoji font: `python -m training.world.build_atlas FONT.ttf`."""

import json
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from training.world.subjects import SUBJECTS

BITMAP_PX = 109
CELL_PX = 136
COLUMNS = 12


def glyph_image(font: ImageFont.FreeTypeFont, glyph: str) -> Image.Image:
    """The glyph in colour, cropped to what is drawn."""
    canvas = Image.new("RGBA", (CELL_PX + 40, CELL_PX + 40))
    ImageDraw.Draw(canvas).text((16, 16), glyph, font=font, embedded_color=True)
    box = canvas.getbbox()
    if box is None:
        raise ValueError(f"the font has no glyph for {glyph!r}; choose another or draw it in shapes.py")
    return canvas.crop(box)


def build(font_path: Path, folder: Path) -> None:
    """Write both files into the folder: one cell a glyph, and each glyph's box in the sheet."""
    font = ImageFont.truetype(str(font_path), BITMAP_PX)
    drawn = [(s.name, glyph_image(font, s.glyph)) for s in SUBJECTS.values() if s.glyph]
    rows = -(-len(drawn) // COLUMNS)
    sheet = Image.new("RGBA", (COLUMNS * CELL_PX, rows * CELL_PX))
    boxes: dict[str, list[int]] = {}
    for index, (name, image) in enumerate(drawn):
        x, y = index % COLUMNS * CELL_PX, index // COLUMNS * CELL_PX
        sheet.paste(image, (x, y))
        boxes[name] = [x, y, x + image.width, y + image.height]
    sheet.save(folder / "atlas.webp", lossless=True, quality=100, method=6)
    (folder / "atlas.json").write_text(json.dumps(boxes, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m training.world.build_atlas NotoColorEmoji.ttf (Debian: fonts-noto-color-emoji)")
    build(Path(sys.argv[1]), Path(__file__).parent)
