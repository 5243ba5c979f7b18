"""Contact sheets: many pictures in one file, and `python -m training.world.sheet OUT.png` to look at the world."""

import sys
from collections.abc import Sequence
from random import Random

from PIL import Image

from training.world.captions import caption
from training.world.render import render
from training.world.sampling import WORLD, sample_scene
from training.world.scene import Scene


def sheet(pictures: Sequence[Image.Image], columns: int, cell_px: int = 0, gap_px: int = 2) -> Image.Image:
    """All pictures in rows, each scaled to cell_px (0: as large as the first); raises ValueError for none."""
    if not pictures:
        raise ValueError("a sheet needs at least one picture")
    cell = cell_px or pictures[0].width
    rows = -(-len(pictures) // columns)
    board = Image.new("RGB", (columns * (cell + gap_px) - gap_px, rows * (cell + gap_px) - gap_px), "white")
    for index, picture in enumerate(pictures):
        tile = picture.convert("RGB").resize((cell, cell), Image.Resampling.LANCZOS)
        board.paste(tile, (index % columns * (cell + gap_px), index // columns * (cell + gap_px)))
    return board


def main(path: str, seed: int = 0, count: int = 48) -> None:
    """Write a sheet of random scenes and print a caption in each language for every one."""
    rng = Random(seed)
    scenes: list[Scene] = [sample_scene(rng, WORLD, held=None) for _ in range(count)]
    sheet([render(scene).image for scene in scenes], 8, 192).save(path)
    for scene in scenes:
        print(caption(scene, rng, "en"), "|", caption(scene, rng, "zh"))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m training.world.sheet OUT.png")
    main(sys.argv[1])
