"""Counts the tokens of prompts with the tokenizers that lie in a model's folder; needs neither torch nor weights."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import ModelUnavailable
from tools.engine.cards import Cards
from tools.engine.families import FAMILIES

if TYPE_CHECKING:
    from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True)
class Counter:
    """The tokenizers that decide how much of a prompt a model reads."""

    tokenizers: tuple["Tokenizer", ...]

    def count(self, texts: Sequence[str]) -> tuple[int, ...]:
        """Tokens of each text, marks and template not counted; of several tokenizers the one that needs most.

        A picture's prompt is bound by the tokenizer that cuts first, so the larger count is the one that matters.
        """
        return tuple(
            max(len(one.encode(text, add_special_tokens=False).ids) for one in self.tokenizers) for text in texts
        )


def read(path: Path) -> "Tokenizer | None":
    """The tokenizer in a folder; None where it is not kept as a tokenizer.json.

    Raises:
        ModelUnavailable: That file is damaged.
    """
    from tokenizers import Tokenizer

    file = path / "tokenizer.json"
    if not file.exists():
        return None
    try:
        return bare(Tokenizer.from_file(str(file)))
    except Exception as error:  # the library has no error of its own
        raise ModelUnavailable(f"{file} can't be read", "Download or copy the model again.", str(path)) from error


def bare(tokenizer: "Tokenizer") -> "Tokenizer":
    """The same tokenizer, which from now on neither cuts nor pads."""
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


class Counters:
    """Counters of the models that were asked for, each read once. Its calls block: milliseconds once it is read.

    Args:
        reader: Reads a tokenizer's folder; None means that it can't.
        cards: Tell of which family a model is.
    """

    def __init__(self, reader: "Callable[[Path], Tokenizer | None]" = read, cards: Cards | None = None) -> None:
        self._reader = reader
        self._cards = cards or Cards()
        self._read: dict[Path, Counter | None] = {}

    def of(self, folder: Path, model: str) -> Counter | None:
        """The counter for the model in `folder` that goes by the name `model`; None where it can't be had.

        Raises:
            ModelUnavailable: There is no model in that folder, or a tokenizer is damaged.
        """
        if folder not in self._read:
            family = FAMILIES[self._cards.of(folder, model).family]
            found = [self._reader(path) for path in _folders(folder, family.tokenizers)]
            whole = tuple(one for one in found if one is not None)
            self._read[folder] = Counter(whole) if whole and len(whole) == len(found) else None
        return self._read[folder]


def _folders(folder: Path, names: tuple[str, ...]) -> list[Path]:
    """The tokenizers' folders that are named; all where none of those is there, as in SD3 without T5."""
    named = [folder / name for name in names if (folder / name).is_dir()]
    return named or sorted(path for path in folder.glob("tokenizer*") if path.is_dir())
