"""What `make smoke-real` writes down: CLIP scores, a table, and all pictures side by side."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import LimnerError, Picture

BEGIN, END = "<!-- make smoke-real writes what stands from here -->", "<!-- to here -->"
THUMB_PX, GAP_PX, LABEL_PX = 256, 8, 20
Scores = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for, and what it means in English, which is what CLIP reads; `follows` the one before."""

    words: str
    meaning: str
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a wish; `picture` is None where there is none, and then `words` say why."""

    words: str
    notes: tuple[str, ...]
    seconds: float
    picture: Picture | None


def clip_scores(model: str, made: Sequence[Made], meanings: Sequence[str]) -> list[float | None]:
    """100 times the cosine between CLIP's embeddings of picture and meaning (after Hessel et al., CLIPScore, 2021)."""
    import torch
    from PIL import Image
    from transformers import CLIPModel, CLIPProcessor

    try:
        clip, processor = CLIPModel.from_pretrained(model).eval(), CLIPProcessor.from_pretrained(model)
    except (OSError, ValueError) as error:
        raise LimnerError(f"CLIP can't be loaded from '{model}': {error}", "Name another: CLIP=...") from error
    found: list[float | None] = []
    for one, meaning in zip(made, meanings, strict=True):
        if one.picture is None:
            found.append(None)
            continue
        with Image.open(one.picture.path) as image:
            inputs = processor(
                text=[meaning], images=image.convert("RGB"), return_tensors="pt", padding=True, truncation=True
            )
        with torch.no_grad():
            output = clip(**inputs)
        found.append(100 * torch.cosine_similarity(output.image_embeds, output.text_embeds).item())
    return found


def table(wishes: Sequence[Wish], arms: Sequence[Sequence[Made]], scores: Sequence[Scores], conditions: str) -> str:
    """The table in Markdown, with what it was measured on and what the LLM did not manage."""
    lines = [
        conditions,
        "",
        "| | your words | Limner's prompt | seconds | CLIP | CLIP of Sketch |",
        "|---|---|---|---|---|---|",
    ]
    real, sketch = arms
    for number, (wish, one) in enumerate(zip(wishes, real, strict=True)):
        cells = [wish.words, one.words if one.picture else f"*no picture: {one.words}*", f"{one.seconds:.1f}"]
        cells += [_shown(arm[number]) for arm in scores]
        lines.append(f"| {number + 1} | {' | '.join(_cell(cell) for cell in cells)} |")
    lines.append(f"| | **mean** (seconds: median) | | {_median(real)} | {_mean(scores[0])} | {_mean(scores[1])} |")
    count = sum(one.picture is not None for one in real), sum(one.picture is not None for one in sketch)
    lines += ["", f"Pictures: {count[0]} of {len(wishes)}; with Sketch {count[1]}.", ""]
    for number, one in enumerate(real, 1):
        lines += [f"- {number}: {_cell(note)}" for note in one.notes]
    return "\n".join(lines)


def write_table(path: Path, text: str) -> None:
    """Put the table between its marks in a document. Raises LimnerError where it has none."""
    whole = path.read_text(encoding="utf-8")
    before, begin, rest = whole.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise LimnerError(f"{path} has no place for the table", f"It stands between {BEGIN} and {END}.")
    path.write_text(f"{before}{BEGIN}\n\n{text.strip()}\n\n{END}{after}", encoding="utf-8")


def write_sheet(path: Path, arms: Sequence[Sequence[Made]]) -> None:
    """All pictures as one PNG: a column for each wish, the real model's above Sketch's; none where there is none."""
    from PIL import Image, ImageDraw

    step = THUMB_PX + GAP_PX
    size = (GAP_PX + step * len(arms[0]), LABEL_PX + step * len(arms))
    sheet = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(sheet)
    for column in range(len(arms[0])):
        draw.text((GAP_PX + step * column, 4), str(column + 1), "black")
        for row, arm in enumerate(arms):
            if picture := arm[column].picture:
                _paste(sheet, picture, (GAP_PX + step * column, LABEL_PX + step * row))
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path)


def _paste(sheet: Any, picture: Picture, at: tuple[int, int]) -> None:
    from PIL import Image

    with Image.open(picture.path) as image:
        thumb = image.convert("RGB")
        thumb.thumbnail((THUMB_PX, THUMB_PX))
        sheet.paste(thumb, at)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _shown(score: float | None) -> str:
    return "-" if score is None else f"{score:.1f}"


def _mean(scores: Scores) -> str:
    there = [score for score in scores if score is not None]
    return f"{statistics.mean(there):.1f}" if there else "-"


def _median(made: Sequence[Made]) -> str:
    return f"{statistics.median(one.seconds for one in made):.1f}"
