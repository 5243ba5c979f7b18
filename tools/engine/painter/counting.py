"""Counts tokens for models wherever they lie and in whichever form their tokenizers are kept."""

from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import EngineError, ModelUnavailable
from tools.engine import tokens
from tools.engine.cards import Cards
from tools.engine.families import folder_of
from tools.engine.painter import hub, libraries

if TYPE_CHECKING:
    from tokenizers import Tokenizer


class Counting:
    """Tokenizers of the models that were asked for. All calls block, and belong to one and the same thread.

    Args:
        cards: Know what settings say of models.
    """

    def __init__(self, cards: Cards | None = None) -> None:
        self._counters = tokens.Counters(_read, cards)
        self._folders: dict[str, Path] = {}

    def count(self, model: str, texts: tuple[str, ...]) -> tuple[int, ...]:
        """Tokens of each text, as `tools.engine.tokens.Counter.count`; of the model's weights none are touched.

        Raises:
            ModelUnavailable: There is no such model, or a tokenizer of it can't be read.
            EngineError: It has no tokenizer.
        """
        if model not in self._folders:
            self._folders[model] = folder_of(model) or hub.tokenizers(model)
        counter = self._counters.of(self._folders[model], model)
        if counter is None:
            raise EngineError(f"'{model}' has no tokenizer to count with", "Count by another model.")
        return counter.count(texts)


def _read(path: Path) -> "Tokenizer":
    """The tokenizer in a folder; one that is kept as word list and merges, transformers puts together."""
    found = tokens.read(path)
    if found is not None:
        return found
    libraries.bring_in()
    from transformers import AutoTokenizer

    try:
        return tokens.bare(AutoTokenizer.from_pretrained(str(path), trust_remote_code=False).backend_tokenizer)
    except Exception as error:
        raise ModelUnavailable(
            f"The tokenizer in {path} can't be read: {hub.first_line(error)}",
            "Download or copy the model again.",
            str(path),
        ) from error
