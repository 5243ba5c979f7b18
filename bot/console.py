"""What commands print: labelled rows that wrap under themselves, pictures as half blocks, JSON."""

import difflib
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

import click
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from bot.choice import Choice
from bot.halfblocks import half_blocks
from bot.messages import Picture, Plan

LABEL_WIDTH = 13
LEAST_WIDTH = 24
NOT_A_TERMINAL_WIDTH = 100_000
LEAST_PICTURE_COLUMNS = 36
ROWS_FOR_WORDS = 9
GAP = "  "
# With fewer words in common the prompt is another text (a translation), and marking all of it says nothing.
LEAST_IN_COMMON = 0.2
_WORD = re.compile(r"\w+(?:['-]\w+)*", re.UNICODE)


def console(file: TextIO | None = None, *, stderr: bool = False) -> Console:
    """A console that styles only what stands in these modules: no markup, no guessed highlights, no emoji codes."""
    plain = Console(file=file, stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)
    if not plain.is_terminal:
        plain.width = NOT_A_TERMINAL_WIDTH
    return plain


def safe(text: str) -> str:
    """Text from people, LLMs and files without what could steer a terminal (control characters, reordering marks)."""
    return "".join(
        " " if character in "\n\t" else character
        for character in text
        if character in "\n\t\u200c\u200d" or unicodedata.category(character) not in {"Cc", "Cf", "Cs"}
    )


def row(out: Console, label: str, value: Text | str, style: str = "") -> None:
    """One labelled value; long ones wrap, the label stays alone in its column."""
    text = value if isinstance(value, Text) else Text(safe(value), style)
    width = max(LEAST_WIDTH, out.width - LABEL_WIDTH)
    for number, line in enumerate(text.wrap(out, width)):
        line.rstrip()
        out.print(Text.assemble((f"{label if number == 0 else '':<{LABEL_WIDTH}}", "dim"), line))


def table(out: Console, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Aligned columns; what is too long for a terminal's line is cut at its end, in a pipe nothing is."""
    lines = [[safe(cell) for cell in cells] for cells in ([heads] if heads else []) + [*rows]]
    widths = [max(cell_len(cell) for cell in column) for column in zip(*lines, strict=True)]
    for number, cells in enumerate(lines):
        padded = [cell + " " * (width - cell_len(cell)) for cell, width in zip(cells, widths, strict=True)]
        text = Text(GAP.join(padded).rstrip(), "dim" if heads and number == 0 else "")
        text.truncate(out.width, overflow="ellipsis")
        out.print(text)


def plan_rows(out: Console, plan: Plan, notes: Sequence[str]) -> None:
    """What was asked for, what is painted from, and why the two differ."""
    # A change to a picture ('make it blue') is not the text that its prompt was made from: marks would mislead.
    marked = difference(plan.request, plan.prompt)
    asked, painted = (Text(text.plain) for text in marked) if plan.parent else marked
    row(out, "Your words", asked)
    row(out, "My prompt", painted)
    if plan.negative_prompt:
        row(out, "Kept out", plan.negative_prompt)
    for number, note in enumerate(notes):
        row(out, "" if number else "Why", note, "italic")


def settings_row(out: Console, plan: Plan, seeds: str) -> None:
    """The small print that it takes to paint the same picture again."""
    small = [
        f"seed {seeds}",
        f"{plan.model} {plan.width_px}x{plan.height_px}",
        f"{plan.steps} steps",
        f"guidance {plan.guidance_scale:g}",
        *(f"LoRA {lora.name} {lora.weight:g}" for lora in plan.loras),
    ]
    row(out, "Settings", " · ".join(small), "dim")


def choice_rows(out: Console, pictures: Sequence[Picture]) -> None:
    """How each picture was chosen and how well it came out, where anybody judged it."""
    for number, picture in enumerate(pictures):
        if picture.choice and (said := choice_words(picture.choice)):
            row(out, "" if number else "Choice", said, "dim")


def choice_words(choice: Choice) -> str:
    """'Best of 4: consistency 0.81, quality 0.64 (sketch), painted again once'."""
    score, candidates = choice.scores[choice.chosen], len(choice.scores) - choice.rounds
    said = [f"consistency {score.consistency:.2f}, quality {score.quality:.2f} ({choice.judge})"] * bool(choice.judge)
    if choice.rounds:
        said.append("painted again once" if choice.rounds == 1 else f"painted again {choice.rounds} times")
    return f"best of {candidates}: " * (candidates > 1) + ", ".join(said)


def path_row(out: Console, label: str, path: Path | str) -> None:
    """A path on one line, however long, so that it can be copied."""
    out.print(Text.assemble((f"{label:<{LABEL_WIDTH}}", "dim"), safe(str(path))), soft_wrap=True)


def difference(request: str, prompt: str) -> tuple[Text, Text]:
    """Both texts, with what the prompt leaves out and what it adds marked; a translation is left unmarked."""
    asked, painted = Text(safe(request)), Text(safe(prompt))
    old, new = list(_WORD.finditer(asked.plain)), list(_WORD.finditer(painted.plain))
    matcher = difflib.SequenceMatcher(None, _folded(old), _folded(new), autojunk=False)
    if matcher.ratio() < LEAST_IN_COMMON:
        return asked, painted
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            continue
        if old_to > old_from:
            asked.stylize("dim strike", old[old_from].start(), old[old_to - 1].end())
        if new_to > new_from:
            painted.stylize("bold green", new[new_from].start(), new[new_to - 1].end())
    return asked, painted


def show_pictures(out: Console, paths: Sequence[Path]) -> None:
    """The pictures side by side as half blocks, where the terminal has the colours for it; nothing elsewhere."""
    if not out.is_terminal or out.no_color or out.color_system in {None, "standard"}:
        return
    truecolor = out.color_system == "truecolor"
    across = max(1, min(len(paths), out.width // LEAST_PICTURE_COLUMNS))
    rows = max(ROWS_FOR_WORDS, out.height - ROWS_FOR_WORDS)
    columns = (out.width - len(GAP) * (across - 1)) // across
    for start in range(0, len(paths), across):
        blocks = [half_blocks(path, columns, rows, truecolor=truecolor) for path in paths[start:][:across]]
        for lines in zip(*blocks, strict=True):
            out.file.write(GAP.join(lines) + "\n")
    out.file.write("\n")
    out.file.flush()


def plan_record(plan: Plan) -> dict[str, Any]:
    """A plan as JSON values, under the names that every `--json` uses."""
    return {
        "request": plan.request,
        "brief": asdict(plan.brief),
        "prompt": plan.prompt,
        "negative_prompt": plan.negative_prompt,
        "model": plan.model,
        "family": plan.family,
        "seed": plan.seed,
        "steps": plan.steps,
        "guidance_scale": plan.guidance_scale,
        "width_px": plan.width_px,
        "height_px": plan.height_px,
        "loras": [asdict(lora) for lora in plan.loras],
    }


def picture_record(picture: Picture) -> dict[str, Any]:
    """A picture of the gallery as JSON values."""
    return {
        "id": picture.id,
        "path": str(picture.path),
        "sha256": picture.sha256,
        "parent": picture.plan.parent,
        "kept": picture.kept,
        **plan_record(picture.plan),
        "style": picture.plan.style,
        "seconds": picture.seconds,
        "notes": list(picture.notes),
        "findings": [asdict(finding) for finding in picture.plan.findings],
        "choice": asdict(picture.choice) if picture.choice else None,
    }


def print_json(values: dict[str, Any]) -> None:
    """One object on standard output."""
    click.echo(json.dumps(values, ensure_ascii=False, indent=2))


def _folded(words: Sequence[re.Match[str]]) -> list[str]:
    return [word.group().casefold() for word in words]
