"""Which slips of the pen were read as something else, and the sentences that tell it."""

import re

from bot.brief import Brief
from bot.dialects.rendering import Notes
from bot.director.lexicon_kinds_zh import VALUES
from bot.director.lexicon_marks import QUOTED
from bot.director.names import MARK, mark_names
from bot.director.spelling_zh import mended
from bot.director.tokens import corrected, is_ordinary, is_slip, lives
from bot.director.traditional import simplified

_WORD = re.compile(r"(?<![\w'-])[A-Za-z]{3,}(?![\w'-])")


def slips(text: str) -> tuple[tuple[str, str], ...]:
    """(written, read) for each word of a text that the director reads as another one: not in quotes, no names."""
    rest = mark_names(QUOTED.sub(" ", text), is_ordinary, is_slip, lives)[0].replace(MARK, " ")
    english = [(word, corrected(word.casefold())) for word in _WORD.findall(rest)]
    found = [(word, read) for word, read in english if read != word.casefold()]
    return tuple(dict.fromkeys([*found, *mended(simplified(rest))[1]]))


def told(text: str, brief: Brief) -> tuple[str, ...]:
    """'Read "elefant" as elephant.' for each slip whose right word came into the brief, in the asker's language."""
    notes = Notes(text)
    shown = _words(brief)
    for written, read in slips(text):
        if set(VALUES.get(read, read).casefold().split()) <= shown and written.casefold() not in shown:
            notes.add(f'Read "{written}" as {read}.', f"“{written}”读作“{read}”。")
    return tuple(notes.sentences)


def _words(brief: Brief) -> set[str]:
    """All words of a brief apart from the asker's own, singular and plural."""
    subjects = [" ".join([*one.attributes, one.colour or "", one.name, f"{one.name}s"]) for one in brief.subjects]
    kinds = [one.kind for one in brief.relations]
    scene = [brief.place, brief.time, brief.weather, brief.style, *brief.exclusions]
    return set(" ".join([*subjects, *kinds, *scene]).casefold().split())
