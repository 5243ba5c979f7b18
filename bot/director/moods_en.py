"""Takes the mood, the light and the drawing media that an English text asks for: 'candlelit', 'make it feel lonely'."""

import re
from functools import partial

from bot.director.draft import Draft
from bot.director.lexicon_moods import LIGHTS, MOODS
from bot.director.lexicon_movements import MEDIA
from bot.director.lexicon_phrasings import EMPTY_SPACE

_TOLD = {"mood": MOODS, "light": LIGHTS, "composition": (EMPTY_SPACE,)}


def take_mood(text: str, draft: Draft) -> str:
    """The text without what says how the picture should feel, be lit, be drawn or leave room for."""
    for name, patterns in _TOLD.items():
        for pattern in patterns:
            text = pattern.sub(partial(_taken, name=name, draft=draft), text)
    if match := MEDIA.search(text):
        draft.style = match["said"].casefold()
        text = f"{text[: match.start()]} {'picture of' if match['of'] else ''} {text[match.end() :]}"
    return text


def _taken(match: re.Match[str], name: str, draft: Draft) -> str:
    before, said = getattr(draft, name), match["said"].casefold()
    setattr(draft, name, ", ".join(dict.fromkeys(filter(None, [before, said]))))
    return " "
