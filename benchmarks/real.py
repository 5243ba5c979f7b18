"""Real models through the whole chain, beside Sketch: `make smoke-real`, for whoever has a network and a GPU.

Eight requests in English and Chinese go through Limner as it is: a small LLM from the hub reads them, and a small model
from the hub paints them. Then the built-in pair, the director and Sketch, gets the same words. CLIP compares every
picture with what was meant. The table goes into docs/real.md, the pictures side by side into docs/images/real.webp.
"""

import argparse
import asyncio
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.real_report import Made, Wish, clip_scores, table, write_sheet, write_table
from bot import Limner, LimnerError, Message, Outcome, Progress, Reply, Wishes
from bot.app import App, open_app, working
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
SEED = 7
LOADING_S = 3600  # a download is part of the first answer


WISHES = (
    Wish("hey, could you draw a shiny red car at the seaside at sunset?", "a shiny red car at the seaside at sunset"),
    Wish(
        "three white sailboats on a lake, watercolour please",
        "a watercolour painting of three white sailboats on a lake",
    ),
    Wish("一只戴着黄色帽子的黑猫坐在沙发上", "a black cat with a yellow hat sitting on a sofa"),
    Wish('a small bakery with a sign that says "OPEN"', "a small bakery with a sign that says OPEN"),
    Wish("two penguins in the snow at night", "two penguins in the snow at night"),
    Wish("same, but by day, and only one of them", "one penguin in the snow by day", follows=True),
    Wish("雪山脚下有两座木屋，水墨画风格", "an ink painting of two wooden cabins at the foot of a snowy mountain"),
    Wish("a robot working on a green laptop in a library, no people", "a robot working on a green laptop in a library"),
)


class Desk:
    """The adapter of this script: whoever asks waits for the reply."""

    name = "smoke"

    def __init__(self) -> None:
        self._awaited: dict[str, asyncio.Future[Reply]] = {}

    async def ask(self, limner: Limner, message: Message) -> Reply:
        """Hand a message in and wait."""
        future = self._awaited[message.event_id] = asyncio.get_running_loop().create_future()
        await limner.accept(message)
        return await future

    async def run(self, limner: Limner) -> None:
        """Nothing comes in by itself."""
        await asyncio.Event().wait()

    async def progress(self, progress: Progress) -> None:
        """Nobody watches."""

    async def deliver(self, reply: Reply) -> str:
        """Hand the reply to who waits for it."""
        self._awaited.pop(reply.message.event_id).set_result(reply)
        return reply.key

    async def find(self, reply: Reply) -> str | None:
        """Nothing outlives this process."""
        return None


def main() -> None:
    """Run both pairs and write down what came of it."""
    options = _options()
    try:
        kind, _, llm = options.llm.partition(":")
        for repository in (options.model, options.clip, *([llm] if kind == "local" else [])):
            _require(repository)
        with tempfile.TemporaryDirectory(prefix="limner-real-") as folder:
            wishes = WISHES[: options.wishes]
            settings = _settings(Path(folder) / "real", options, options.model, options.llm)
            real = asyncio.run(_arm(settings, wishes))
            sketch = asyncio.run(_arm(_settings(Path(folder) / "sketch", options, "sketch", "director"), wishes))
            meanings = [wish.meaning for wish in wishes]
            scores = [clip_scores(options.clip, made, meanings) for made in (real, sketch)]
            write_sheet(options.sheet, (real, sketch))
        write_table(options.out, table(wishes, (real, sketch), scores, _conditions(options)))
    except (LimnerError, OSError) as error:
        sys.exit(f"smoke-real: {' '.join(str(error).split())}")
    print(f"Wrote {options.out} and {options.sheet}.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", default="stabilityai/sd-turbo", help="diffusers repository or folder")
    parser.add_argument("--llm", default="local:Qwen/Qwen2.5-1.5B-Instruct", help="as the setting llm")
    parser.add_argument("--clip", default="openai/clip-vit-base-patch32", help="CLIP repository or folder")
    parser.add_argument("--device", default="auto", help="as the setting engines.local.device")
    parser.add_argument("--wishes", type=int, default=len(WISHES), help="only the first so many")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "real.md", help="file whose table is replaced")
    parser.add_argument("--sheet", type=Path, default=ROOT / "docs" / "images" / "real.webp", help="the pictures")
    return parser.parse_args()


def _require(name: str) -> None:
    """Make sure that a model can be had before hours are spent. Raises LimnerError in one line where it can't."""
    from huggingface_hub import HfApi, errors, try_to_load_from_cache

    if Path(name).expanduser().is_dir():
        return
    try:
        if not _is_cached(name, try_to_load_from_cache):
            HfApi().model_info(name, timeout=20)
    except (errors.RepositoryNotFoundError, errors.HFValidationError) as error:
        raise LimnerError(f"There is no model '{name}' on the hub", "Name a repository or a folder.") from error
    except Exception as error:
        raise LimnerError(
            f"'{name}' is not on this machine, and the hub can't be reached ({type(error).__name__})",
            "This needs a network once, or folders: make smoke-real MODEL=... LLM=local:... CLIP=...",
        ) from error


def _is_cached(name: str, look: Any) -> bool:
    return any(isinstance(look(name, file), str) for file in ("model_index.json", "config.json"))


def _settings(home: Path, options: argparse.Namespace, model: str, llm: str) -> Settings:
    local = {"device": options.device, "start_timeout_s": LOADING_S}
    return Settings.model_validate(
        {"home": home, "model": model, "llm": llm, "llm_timeout_s": LOADING_S, "engines": {"local": local}}
    )


async def _arm(settings: Settings, wishes: Sequence[Wish]) -> list[Made]:
    """All wishes, one after the other, through Limner as these settings make it."""
    desk = Desk()
    made: list[Made] = []
    channel = ""
    async with open_app(settings, {desk.name: desk}) as app, working(app):
        for number, wish in enumerate(wishes, 1):
            channel = channel if wish.follows else str(number)
            made.append(await _carry_out(app, desk, wish, channel))
            print(f"{settings.model} {number}/{len(wishes)}: {made[-1].seconds:.1f} s, {made[-1].words}", flush=True)
    return made


async def _carry_out(app: App, desk: Desk, wish: Wish, channel: str) -> Made:
    message = Message(desk.name, uuid4().hex, "smoke", wish.words, channel, wishes=Wishes(seed=SEED))
    begun = time.perf_counter()
    reply = await desk.ask(app.service, message)
    seconds = time.perf_counter() - begun
    picture = reply.pictures[0] if reply.outcome is Outcome.DONE and reply.pictures else None
    words = picture.plan.prompt if picture else reply.text
    return Made(" ".join(words.split()), reply.notes, seconds, picture)


def _conditions(options: argparse.Namespace) -> str:
    """What the figures depend on, in one sentence."""
    import torch

    gpu = (
        torch.cuda.get_device_name(0) if torch.cuda.is_available() and options.device in ("auto", "cuda") else "no GPU"
    )
    machine = f"{platform.processor() or platform.machine()}, {gpu}, torch {torch.__version__}"
    return (
        f"{datetime.now(UTC):%Y-%m-%d}: `{options.model}` with `{options.llm}`, scored by `{options.clip}`; {machine}. "
        "The first row's seconds include loading the models."
    )


if __name__ == "__main__":
    main()
