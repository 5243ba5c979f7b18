"""`limner bench`: how fast this installation paints, in a table that people can compare."""

import re
from typing import TYPE_CHECKING, Any

import click

from bot.cli import Session, run
from bot.errors import EngineError, EngineLost, RequestError

if TYPE_CHECKING:  # pydantic would slow `limner --help` down
    from bot.bench.machine import Machine
    from bot.bench.measuring import Measured, Scale, Told
    from bot.settings import Settings
    from bot.tasks import ModelCard

USERS = (4, 16)
MOST_USERS = 64
QUICK: dict[str, int] = {"alone": 2, "rounds": 1, "longs": 2}


@click.command()
@click.option("--quick", is_flag=True, help="A first impression: few pictures, 4 people at once unless --users says.")
@click.option("--users", metavar="N,N", help="How many people ask at once, run by run.  [4,16]")
@click.option("--steps", metavar="N", type=click.IntRange(1, 200), help="Steps of a picture.  [the model's own]")
@click.option("--size", metavar="WxH", help="Size of a picture in pixels.  [the model's own]")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def bench(session: Session, quick: bool, users: str | None, steps: int | None, size: str | None, as_json: bool) -> None:
    """Measure how fast pictures are painted here, alone and with many people at once."""
    from bot.bench.report import record, rows, table
    from bot.console import print_json

    asked: dict[str, Any] = QUICK | {"users": USERS[:1]} if quick else {"users": USERS}
    if users is not None:
        asked["users"] = _users(users)
    if size is not None:
        asked["width_px"], asked["height_px"] = _size(size)
    if steps is not None:
        asked["steps"] = steps
    found = run(_measure(session.start(), asked))
    if as_json:
        print_json(record(*found))
    else:
        click.echo(table(rows(*found)))


async def _measure(
    settings: "Settings", asked: dict[str, Any]
) -> "tuple[Machine, ModelCard, Scale, Measured, float | None]":
    from bot.app import open_engine
    from bot.bench.machine import health_of, machine
    from bot.bench.measuring import Bench, Scale

    try:
        async with open_engine(settings) as engine:
            card = await engine.describe(settings.model)
            scale = Scale(**{"width_px": card.width_px, "height_px": card.height_px, "steps": card.steps} | asked)
            local = settings.engines.get("local", {}).get("device", "auto") if settings.engine == "local" else None
            on = await machine(engine, local)
            measured = await Bench(engine, card, scale, _progress()).measure()
            return on, card, scale, measured, (await health_of(engine)).get("memory_mib")
    except EngineLost as error:
        raise EngineError(f"The painter can't be had: {error.problem}", "See what `limner doctor` says.") from error


def _progress() -> "Told":
    """Progress on standard error: one line that changes on a terminal, one line for each run elsewhere."""
    import sys

    on_terminal = sys.stderr.isatty()
    last = ""

    def tell(what: str, done: int, pictures: int) -> None:
        nonlocal last
        if on_terminal:
            end = "\n" if done == pictures else ""
            click.echo(f"\r\x1b[K{what}: {done} of {pictures} pictures{end}", nl=False, err=True)
        elif what != last:
            click.echo(f"{what} ({done} of {pictures} pictures)", err=True)
        last = what

    return tell


def _users(text: str) -> tuple[int, ...]:
    numbers = text.split(",")
    if not all(number.isascii() and number.isdigit() and 1 <= int(number) <= MOST_USERS for number in numbers):
        raise RequestError(f"--users {text}: expected numbers from 1 to {MOST_USERS}", "Such as --users 4,16.")
    return tuple(map(int, numbers))


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,5})[xX×](\d{1,5})", text)
    if found is None:
        raise RequestError(f"--size {text}: expected width and height in pixels", "Such as --size 512x512.")
    return int(found[1]), int(found[2])
