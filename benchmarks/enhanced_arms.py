"""The two prompts of a request on Sketch: the person's words after the synonym map, and what Limner makes of them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import Message, RequestError, ToolContext
from bot.dialects.rendering import is_chinese
from bot.dialects.vocabulary import Known, Vocabulary, heard, several
from bot.director.understand import understand
from bot.grammar import is_plural
from bot.preferences import Preferences
from bot.tasks import ModelCard
from bot.testing import PaperEngine
from tools.engine.families import card_for
from tools.imagine import Imagine
from training.world.subjects import STARTER_SUBJECTS, SUBJECTS
from training.world.words import COLOURS, PLACES, STARTER_PLACES, STARTER_STYLES, STYLES, TIMES

SKETCH = Path(__file__).parents[1] / "tools" / "sketch"
ARMS = ("raw", "enhanced")
_TABLES = ("subjects", "places", "times", "colours", "styles")
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is painted; an empty `text` means that no picture came of the request, and `why` says the reason."""

    text: str
    negative: str = ""
    why: str = ""


def sketch_card() -> ModelCard:
    """The built-in model as the bot knows it."""
    return card_for(SKETCH, "sketch")


def read(path: Path) -> list[Record]:
    """The requests, a JSON object a line: id, lang, words, and the scene that they ask for."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


async def prompts(record: Record, card: ModelCard) -> dict[str, Prompt]:
    """The prompt of each arm."""
    return {"raw": Prompt(known_words(record["words"], card)), "enhanced": await enhanced(record["words"], card)}


async def enhanced(words: str, card: ModelCard) -> Prompt:
    """Director, brief, dialect and checker, as the imagine tool runs them."""
    understood = understand(words, None)
    if isinstance(understood, str):
        return Prompt("", why=understood)
    said = Message("bench", "event", "ana", words)
    try:
        result = await Imagine().run(
            understood, ToolContext("job/0", said, PaperEngine(), card, preferences=Preferences(rewriting="on"))
        )
    except RequestError as error:
        return Prompt("", why=str(error))
    return Prompt(result.plans[0].prompt, result.plans[0].negative_prompt)


def known_words(words: str, card: ModelCard) -> str:
    """The person's words with every synonym replaced by the word that the model learned, otherwise unchanged.

    A name that the model's captions used themselves ('kitty', 'at the seaside') stays as it is.
    """
    vocabulary, learned = Vocabulary.of(card), _learned()
    merged: dict[str, Known] = {
        f"{table}:{name}": entry.model_copy(update={"words": (name, *entry.words)})
        for table in _TABLES
        for name, entry in getattr(vocabulary, table).items()
    }
    done, left = "", words
    for name, meaning in heard(merged, words):
        found = re.search(r"[^\w]+".join(map(re.escape, name.split())), left, re.IGNORECASE)
        if not found or not meaning.itself or set(re.findall(r"[\w-]+", name)) <= learned:
            continue
        known = _as_said(name, meaning.known, vocabulary)
        done += left[: found.start()] + (f" {known} " if is_chinese(name) else known)
        left = left[found.end() :]
    return " ".join((done + left).split())


def _as_said(name: str, meant: str, vocabulary: Vocabulary) -> str:
    table, _, known = meant.partition(":")
    if table == "subjects" and is_plural(name.split()[-1]) and not is_chinese(name):
        return several(known, vocabulary.subjects[known])
    return known


def _learned() -> frozenset[str]:
    """Every English word of the captions that the starter model was trained on, fillers apart."""
    said = [*(one for name in STARTER_SUBJECTS for one in SUBJECTS[name].english), *COLOURS]
    said += [one for name in STARTER_PLACES for one in PLACES[name].english]
    said += [one for english, _ in TIMES.values() for one in english]
    said += [one for name in STARTER_STYLES for one in (*STYLES[name].openings, *STYLES[name].endings)]
    return frozenset(re.findall(r"[\w-]+", " ".join(said).casefold()))
