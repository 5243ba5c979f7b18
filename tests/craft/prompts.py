"""Faithful prompts for requests of the open book, written by hand in two forms: a checker must let every one pass.

A line of prompts.jsonl has the request's `id`, its prompt as `sentences` and as comma `phrases` (for families that know
English only), the `negative` prompt with all that is excluded, and `others`: for each quoted text its translation, for
each name another name and a word without any. They say all that is locked and add at most three free items.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tests.craft.locate import NounPhrase, noun_phrase, tidied
from tests.craft.truth import read


@dataclass(frozen=True, slots=True)
class Case:
    """A prompt for a request; `fault` is empty while it is faithful, and `damage` says what was done to it.

    Attributes:
        form: 'sentences' or 'phrases'.
        others: For each text its translation, for each name another name and a word without any name.
    """

    id: str
    form: str
    words: str
    expect: dict[str, Any]
    prompt: str
    negative: str
    others: dict[str, Any] = field(default_factory=dict)
    fault: str = ""
    damage: str = ""

    def phrase(self, subject: dict[str, Any]) -> NounPhrase | None:
        """Where a subject of the truth stands in this prompt."""
        names = [one for names in self.expect.get("names", []) for one in names.split("|")]
        return noun_phrase(self.prompt, subject, names)

    def subjects(self) -> Iterator[tuple[dict[str, Any], NounPhrase]]:
        """Every subject of the truth that is found in this prompt, with its place."""
        for subject in self.expect.get("subjects", []):
            if phrase := self.phrase(subject):
                yield subject, phrase

    def with_span(self, start: int, end: int, words: str, damage: str) -> "Case":
        """This prompt with other words from one position to another."""
        changed = tidied(self.prompt[:start] + words + self.prompt[end:])
        if self.prompt[0].isupper():
            changed = changed[0].upper() + changed[1:]
        return replace(self, prompt=changed, damage=damage)


def faithful() -> list[Case]:
    """Every prompt that says all of its request and nothing else that matters."""
    requests = {record["id"]: record for record in read("requests")}
    return [
        Case(row["id"], form, requests[row["id"]]["turns"][-1], requests[row["id"]]["expect"], row[form],
             row["negative"], row.get("others", {}))
        for row in read("prompts")
        for form in ("sentences", "phrases")
    ]  # fmt: skip
