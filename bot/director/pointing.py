"""Finds the thing that words of a follow-up point at: by its name, as 'it', or as the one of a colour."""

import re

from bot.director.draft import Draft, Thing
from bot.director.lexicon import ADJECTIVES
from bot.director.lexicon_followup import COMPARED
from bot.director.reader import read
from bot.grammar import singular

IT = frozenset("it them one of 它 它们".split())
# Of each of these a thing is only one at a time: who is made young is no longer old.
EXCLUDING = tuple(
    frozenset(words.split())
    for words in (
        "big large huge giant enormous small little tiny miniature", "old elderly young new ancient", "tall short long",
        "fat chubby thin slim skinny", "happy sad angry scared grumpy surprised", "dark bright pale", "open closed",
        "clean dirty", "wet dry", "sitting standing lying sleeping running walking jumping flying swimming dancing",
        "smiling crying laughing", "few many", "empty full", "cheap expensive", "simple complex ornate", "hot cold",
    )
)  # fmt: skip
_ARTICLE = re.compile(r"^(?:(?:the|of|those|these)\b|那|这)\s*", re.IGNORECASE)


def thing_called(what: str | None, draft: Draft) -> Thing | None:
    """The thing that is in the picture already under that name; without one, the one that words speak of."""
    what = _ARTICLE.sub("", (what or "").strip())
    if not what or what.casefold() in IT:
        return draft.focus
    return next(reversed(called(what, draft)), None)


def called(what: str, draft: Draft) -> list[Thing]:
    """All things that go by this name, in either language and number."""
    names = {what.casefold(), singular(what.casefold()), *(one.name for one in read(what).things)}
    return [one for one in draft.things if one.name in names or one.name.split()[-1] in names]


def likeness(words: str) -> Thing | None:
    """What words such as 'red', 'bigger' or '蓝色' make of a thing; None where they speak of another thing."""
    alone = Draft(things=[Thing("one")])
    alone.focus = alone.things[0]
    read(COMPARED.sub(plain_form, words), alone)
    like = alone.things[0]
    return like if len(alone.things) == 1 and (like.colour or like.attributes) else None


def take_out(thing: Thing, draft: Draft) -> None:
    """Take a thing out for good; another of the same name stays."""
    draft.drop(thing)
    if draft.find(thing.name) is None:
        draft.exclude(thing.name)


def several(draft: Draft) -> Thing | None:
    """What 'two less' means where it names nothing: the one kind that there are several of."""
    found = [one for one in draft.things if (one.count or 1) > 1]
    return found[0] if len(found) == 1 else None


def of_colour(words: str, draft: Draft) -> Thing | None:
    """The thing that 'the white one' means, where there is one of that colour."""
    like = likeness(words)
    return next((one for one in draft.things if like and like.colour and one.colour == like.colour), None)


def plain_form(match: re.Match[str]) -> str:
    """'Bigger' as 'big': what is asked of a follow-up is the adjective."""
    stem = match[1].casefold()
    for form in (stem, f"{stem}e", stem[:-1], f"{stem[:-1]}y"):
        if form in ADJECTIVES and match[0].casefold() not in ADJECTIVES:
            return form
    return match[0]


def settle(thing: Thing, before: list[str]) -> None:
    """Take out of what a thing was before whatever the attributes exclude that it has now."""
    new = {item for item in thing.attributes if item not in before}
    gone = {word for group in EXCLUDING if group & new for word in group - new}
    thing.attributes = [item for item in thing.attributes if item not in gone]
