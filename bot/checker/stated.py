"""What a rendering's own notes say that it leaves out or can't do: that is said to the asker, and no fault."""

import re

from bot.checker.finding import Finding, Kind
from bot.checker.mentions import has_word
from bot.dialects import Rendering
from bot.dialects.rendering import is_chinese
from bot.director.lexicon_zh import ADJECTIVES, COLOURS, NOUNS, PLACES, STYLES, TIMES, VERBS, WEATHER

_COUNTS_LITTLE = re.compile(r"counts only|counts to \d|只会数|最多数到")
_ABOUT_COLOUR = re.compile(r"the colour is left out|^The nearest to|没有写颜色|最接近")
_TABLES = (NOUNS, ADJECTIVES, COLOURS, PLACES, TIMES, WEATHER, VERBS, STYLES)


def is_stated(finding: Finding, rendering: Rendering, names: tuple[str, ...] = ()) -> bool:
    """Whether the notes say it.

    Args:
        finding: What is wrong with the prompt.
        rendering: The prompt, with its notes.
        names: Other names of what was wanted, in any language.
    """
    about_things = [note for note in rendering.notes if not _ABOUT_COLOUR.search(note)]
    notes = "\n".join(about_things if finding.kind is Kind.ENTITY else rendering.notes)
    if not notes or (finding.kind is Kind.EXCLUSION and finding.found):
        return False
    if finding.kind is Kind.COUNT:
        return _COUNTS_LITTLE.search(notes) is not None or _is_named(finding.about, notes)
    if finding.kind is Kind.RELATION:
        kind = finding.wanted.removeprefix(finding.about.split("|")[0]).removesuffix(finding.about.split("|")[1])
        return any(_is_named(word.strip(), notes) for word in (kind, *finding.about.split("|")))
    if finding.kind is Kind.COLOUR and _is_named(finding.about, notes):
        return True
    wanted = finding.wanted.removeprefix("no ") if finding.kind is Kind.EXCLUSION else finding.wanted
    return any(_is_named(word, notes) for word in (wanted, finding.found, *names) if word)


def _is_named(word: str, notes: str) -> bool:
    if not word:
        return False
    if has_word(word, notes):
        return True
    return is_chinese(notes) and any(
        chinese in notes for table in _TABLES for chinese, english in table.items() if english == word
    )
