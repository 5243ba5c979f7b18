"""Paints the strangers' test: `python -m training.strangers PIPELINE SHEET.png` numbers twenty pictures out of order.

Whoever looks at the sheet alone names the subject of each picture from the full list of subjects; the key goes to
standard output, so that it can be kept from them.
"""

import sys
from pathlib import Path
from random import Random

import torch
from diffusers import StableDiffusionPipeline
from PIL import Image, ImageDraw

from training.prompts import STRANGERS
from training.text2img import paint
from training.world.sheet import sheet

_FIRST_SEED = 9000


def order() -> list[int]:
    """The fixed order in which the prompts are shown."""
    shown = list(range(len(STRANGERS)))
    Random(2026).shuffle(shown)
    return shown


def numbered(pictures: list[Image.Image]) -> Image.Image:
    """The pictures in rows of five, each with its number in a corner."""
    tiles = []
    for number, picture in enumerate(pictures, 1):
        tile = picture.copy()
        pen = ImageDraw.Draw(tile)
        pen.rectangle((0, 0, 26, 16), fill="white")
        pen.text((5, 2), str(number), fill="black")
        tiles.append(tile)
    return sheet(tiles, 5)


def main(folder: Path, path: Path) -> None:
    """Paint every prompt once with its own seed, write the sheet, print the key."""
    torch.set_num_threads(2)
    made = StableDiffusionPipeline.from_pretrained(folder, dtype=torch.float32)
    made.set_progress_bar_config(disable=True)
    pictures = [paint(made, [STRANGERS[index]], _FIRST_SEED + index)[0] for index in order()]
    numbered(pictures).save(path)
    for number, index in enumerate(order(), 1):
        print(number, STRANGERS[index])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m training.strangers PIPELINE SHEET.png")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
