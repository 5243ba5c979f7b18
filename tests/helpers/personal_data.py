"""Texts with personal data in them, all of it invented, and texts that only look like it."""

import json
from dataclasses import dataclass
from functools import cache

from tests.craft.packed import FOLDER, text_of


@dataclass(frozen=True, slots=True)
class Sample:
    """A text, what it is written in ('en' or 'zh'), and (kind, value) of everything that must go."""

    text: str
    language: str
    values: tuple[tuple[str, str], ...]

    @property
    def scrubbed(self) -> str:
        """The text as it should be afterwards."""
        text = self.text
        for kind, value in self.values:
            text = text.replace(value, f"[{kind}]", 1)
        return text


@cache
def samples(name: str) -> tuple[Sample, ...]:
    """All lines of a file in tests/craft."""
    lines = text_of(FOLDER / f"{name}.jsonl").splitlines()
    rows = [json.loads(line) for line in lines]
    return tuple(Sample(row["text"], row["language"], tuple(map(tuple, row["values"]))) for row in rows)


def telling(*names: str) -> list[Sample]:
    """The texts that have something to hide."""
    return [sample for name in names for sample in samples(name) if sample.values]


def clean(*names: str) -> list[Sample]:
    """The texts that have nothing to hide."""
    return [sample for name in names for sample in samples(name) if not sample.values]
