"""Options of `limner imagine`, checked one by one before anything is started."""

import math
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from bot import LoraWish, RequestError, Wishes
from bot.limits import (
    MAX_BEST_OF,
    MAX_COUNT,
    MAX_GUIDANCE,
    MAX_LORA_WEIGHT,
    MAX_REVISIONS,
    MAX_SEED,
    MAX_SIDE_PX,
    MAX_STEPS,
    MIN_SIDE_PX,
    check_aspect,
)

STANDARD_OUTPUT = "-"
MIN_STRENGTH = 0.01
Checked = Callable[[click.Context, click.Parameter, str | None], Any]


def size(_: click.Context, __: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """Both sides of 'WxH' in pixels. What one model can't paint of it, the tool says later."""
    if value is None:
        return None
    match = re.fullmatch(r"(\d{1,12})\s*[x×X*]\s*(\d{1,12})", value.strip())
    if not match:
        raise RequestError(f"--size {value} is no size", "Say it like 512x512.")
    width_px, height_px = int(match[1]), int(match[2])
    if not all(MIN_SIDE_PX <= side_px <= MAX_SIDE_PX for side_px in (width_px, height_px)):
        raise RequestError(
            f"--size {value} can't be painted", f"Each side is {MIN_SIDE_PX} to {MAX_SIDE_PX} px, such as 512x512."
        )
    return width_px, height_px


def aspect(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """'W:H', at most four to one."""
    if value is None:
        return None
    try:
        return check_aspect(value)
    except RequestError as error:
        raise RequestError(f"--aspect {value} can't be painted", error.remedy) from None


def between(kind: Callable[[str], float], lowest: float, highest: float) -> Checked:
    """A number from `lowest` to `highest`, both included."""

    def check(_: click.Context, parameter: click.Parameter, value: str | None) -> float | None:
        if value is None:
            return None
        try:
            number = kind(value)
        except ValueError:
            number = math.nan
        if not lowest <= number <= highest:
            raise RequestError(f"{parameter.opts[0]} {value} is out of range", f"Choose {lowest:g} to {highest:.12g}.")
        return number

    return check


def loras(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[LoraWish, ...]:
    """Each is NAME or NAME=WEIGHT; whether there is such a one is looked up later."""
    wishes = []
    for value in values:
        name, mark, said = value.partition("=")
        weight = None
        if mark:
            try:
                weight = float(said)
            except ValueError:
                weight = math.nan
            if not -MAX_LORA_WEIGHT <= weight <= MAX_LORA_WEIGHT:
                raise RequestError(
                    f"--lora {value} is out of range",
                    f"Say it like {name}=0.8, from -{MAX_LORA_WEIGHT:g} to {MAX_LORA_WEIGHT:g}.",
                )
        wishes.append(LoraWish(name.strip(), weight))
    return tuple(wishes)


def readable(_: click.Context, parameter: click.Parameter, value: str | None) -> Path | None:
    """A file that can be read."""
    if value is None:
        return None
    try:
        with Path(value).open("rb"):
            return Path(value)
    except OSError as error:
        raise RequestError(f"{parameter.opts[0]} {value} can't be read: {error.strerror}", "Name a picture.") from error


_LOOKS = (
    click.option("--style", metavar="S", help="One of `limner styles`."),
    click.option(
        "--lora",
        "loras",
        multiple=True,
        callback=loras,
        metavar="NAME[=X]",
        help="Paint with a LoRA of the settings, at a weight of -2 to 2; several times for several.",
    ),
    click.option("--size", callback=size, metavar="WxH", help="Width and height in pixels, such as 256x256."),
    click.option("--aspect", callback=aspect, metavar="W:H", help="Shape, such as 3:2; instead of --size."),
)
_NUMBERS = (
    click.option("--seed", callback=between(int, 0, MAX_SEED), metavar="N", help="Same seed, same picture."),
    click.option("--count", callback=between(int, 1, MAX_COUNT), metavar="N", help="Pictures to paint, 1 to 4."),
    click.option(
        "--best-of",
        callback=between(int, 1, MAX_BEST_OF),
        metavar="N",
        help="Candidates to paint of each picture, 1 to 8; the best is kept.",
    ),
    click.option(
        "--revisions",
        callback=between(int, 0, MAX_REVISIONS),
        metavar="N",
        help="Look at it and paint it again where it is not as asked, 0 to 2 times.",
    ),
    click.option("--steps", callback=between(int, 1, MAX_STEPS), metavar="N", help="Denoising steps."),
    click.option(
        "--guidance",
        callback=between(float, 0, MAX_GUIDANCE),
        metavar="X",
        help="How closely to follow, 0 to 30.",
    ),
)
_REST = (
    click.option("--negative", metavar="TEXT", help="What should not be seen."),
    click.option("--image", callback=readable, metavar="FILE", help="A picture to start from."),
    click.option(
        "--strength",
        callback=between(float, MIN_STRENGTH, 1),
        metavar="X",
        help="How far to go from --image, 0.01 to 1.",
    ),
    click.option("--model", metavar="M", help="Another model: a diffusers repository or folder."),
    click.option("--as-is", is_flag=True, help="Paint from these very words, without rewriting them."),
    click.option("--ask", is_flag=True, help="Show the prompt first, and paint when you say so."),
)


def picture_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how a picture shall be."""
    for option in reversed((*_LOOKS, *_NUMBERS, *_REST)):
        command = option(command)
    return command


def wishes_of(given: dict[str, Any]) -> Wishes:
    """What the options of `picture_options` came to.

    Raises:
        RequestError: Two of them exclude each other.
    """
    if given["size"] and given["aspect"]:
        raise RequestError("--size and --aspect exclude each other", "Give one of them.")
    if given["strength"] and not given["image"]:
        raise RequestError("--strength says how far to go from --image", "Name a picture with --image.")
    if given["ask"] and given["as_is"]:
        raise RequestError("--ask and --as-is exclude each other", "There is no other prompt to show.")
    width_px, height_px = given["size"] or (None, None)
    return Wishes(
        negative_prompt=given["negative"],
        style=given["style"] or None,
        width_px=width_px,
        height_px=height_px,
        aspect=given["aspect"],
        count=given["count"],
        seed=given["seed"],
        steps=given["steps"],
        guidance_scale=given["guidance"],
        model=given["model"],
        strength=given["strength"],
        as_is=given["as_is"],
        best_of=given["best_of"],
        revisions=given["revisions"],
        ask=given["ask"],
        loras=given["loras"],
    )


def with_known_names(wishes: Wishes, config: Path | None) -> Wishes:
    """The wishes with style, or pack, and LoRAs under their own names; `config` is the settings file that was named.

    Raises:
        RequestError: There is no such style or LoRA.
        SettingsError: The settings, or a style file, are wrong.
    """
    if wishes.style is None and not wishes.loras:
        return wishes
    from bot.lora_settings import find_lora
    from bot.settings import load
    from bot.style import find, load_library, nearest

    settings = load(config)
    wishes = replace(
        wishes, loras=tuple(replace(one, name=find_lora(settings.loras, one.name)) for one in wishes.loras)
    )
    if wishes.style is None:
        return wishes
    library = load_library(settings.style_folders, settings.pack)
    if found := find(library.styles, wishes.style) or find(library.packs, wishes.style):
        return replace(wishes, style=found.name)
    raise RequestError(f"There is no style '{wishes.style}'", nearest(wishes.style, library.styles))


def check_output(output: str | None, count: int, *, as_json: bool) -> None:
    """Make sure, before painting, that the picture can be put where the person wants it.

    Raises:
        RequestError: It can't.
    """
    if output is None:
        return
    if output == STANDARD_OUTPUT:
        _check_standard_output(count, as_json)
        return
    path = Path(output).absolute()
    if path.suffix.lower() not in {"", ".png"}:
        raise RequestError(f"-o {output}: pictures are PNG files", f"Name it {path.with_suffix('.png').name}.")
    if path.is_dir() or output.endswith("/"):
        raise RequestError(f"-o {output} is a folder", f"Name a file in it, such as {path / 'picture.png'}.")
    _try_writing(output, path)


def output_paths(output: str, count: int) -> list[Path]:
    """Where the pictures go: cat.png, or cat-1.png, cat-2.png, ... where there are several."""
    path = Path(output).absolute()
    if count == 1:
        return [path]
    return [path.with_stem(f"{path.stem}-{number}") for number in range(1, count + 1)]


def _check_standard_output(count: int, as_json: bool) -> None:
    if as_json:
        raise RequestError("-o - and --json both want standard output", "Give -o a file's name.")
    if count > 1:
        raise RequestError("Standard output takes one picture only", "Give -o a file's name, or leave out --count.")
    if sys.stdout.isatty():
        raise RequestError(
            "-o - would print a PNG file on your terminal", "Send it on: limner imagine ... -o - > cat.png."
        )


def _try_writing(output: str, path: Path) -> None:
    """Permissions, read-only disks and quotas: only trying tells."""
    folder = next(parent for parent in path.parents if parent.exists())
    try:
        with tempfile.TemporaryFile(dir=folder):
            return
    except OSError as error:
        raise RequestError(
            f"-o {output} can't be written: {error.strerror} ({folder})", "Choose a place that you may write to."
        ) from error
