"""Turns of phrase in whole Chinese wishes: asides, introductions, prices, dialect and slips that are put plainly."""

from bot.director.lexicon_turns_zh import CORRECTED, COUNTED, INSTEAD, PATTERNS, STORY


def told(text: str) -> str:
    """A wish without what is said beside it, and with corrections marked by `INSTEAD`."""
    if (story := STORY.match(text)) and not COUNTED.search(story[0]):
        text = text[story.end() :]
    for pattern, plain in PATTERNS:
        text = pattern.sub(plain, text)
    return CORRECTED.sub(f"，{INSTEAD}", text)
