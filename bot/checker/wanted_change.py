"""What a follow-up fixes for certain: what it says itself, and what it leaves of the earlier picture as that was."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from bot.brief import Brief, Subject
from bot.brief_arguments import SCENE, arguments_of
from bot.checker.alike import colours_in, heads
from bot.checker.mentions import Mention, Said, read_mentions
from bot.checker.wanted import certain_subject, is_excluded, quoted, said_time, said_weather
from bot.director.followup import LONGEST, change
from bot.privacy import without_placeholders

# Words after which nobody can tell from the outside which of several things are meant.
_MANY = re.compile(
    r"(?i)\b(?:all|both|everything|swap|exchange|colou?rs?|each|other way|them|they|one of)\b"
    r"|都|全部|所有|互换|交换|对调|颜色|它们|他们|其中"
)


@lru_cache(maxsize=4)
def wanted_change(request: str, previous: Brief) -> Brief:
    """What must be in the changed picture; of words that the director takes for no change, their quoted texts."""
    words = without_placeholders(request)
    revised = change(words, arguments_of(previous)) if len(words) <= LONGEST else None
    if revised is None:
        return Brief(words=words, texts=quoted(request))
    now, said = revised.to_brief(), read_mentions(words)
    if replace(now, words="", added=()) == replace(previous, words="", added=()):
        return _as_it_was(request, now, said)
    subjects = tuple(certain for one in now.subjects if (certain := _kept(one, now, previous, said)))
    return Brief(
        words=words,
        subjects=subjects,
        relations=tuple(one for one in now.relations if one in previous.relations and not said.standings),
        texts=tuple(dict.fromkeys((*(text for text in now.texts if text in previous.texts), *quoted(request)))),
        names=tuple(name for name in now.names if name in previous.names),
        exclusions=tuple(one for one in now.exclusions if one in previous.exclusions or is_excluded(one, said)),
        **_scene(words, now, previous),
    )


def _as_it_was(request: str, now: Brief, said: Said) -> Brief:
    """The director found nothing to change: then the words may mean whatever they do not name, except its presence."""
    spoken = [mention.name for mention in said.mentions]
    left = [one for one in now.subjects if not any(heads(name) & heads(one.name) for name in spoken)]
    return Brief(words=request, subjects=tuple(Subject(one.name) for one in left), texts=quoted(request))


def _kept(one: Subject, now: Brief, previous: Brief, said: Said) -> Subject | None:
    """A subject of the changed picture, with what of it is certain."""
    before = [other for other in previous.subjects if other.name == one.name]
    named = [mention for mention in said.mentions if heads(mention.name) & heads(one.name)]
    if not before:
        return certain_subject(one, now, said)
    if any(mention.negated for mention in named):
        return None
    if len(before) > 1 or _MANY.search(now.words.rpartition("\n")[2]):
        return Subject(one.name)
    return _changed(one, before[0], named, now) if named else _untouched(one, before[0], now, said)


def _changed(one: Subject, before: Subject, named: list[Mention], now: Brief) -> Subject:
    """What the words speak of has what they say beside it; what it had may be gone."""
    colours = set().union(*(mention.colours | mention.said_of for mention in named))
    alone = colours_in(now.words.rpartition("\n")[2]) == {one.colour}
    colour = one.colour if one.colour != before.colour and (one.colour in colours or alone) else None
    count = one.count if one.count != before.count and any(mention.count == one.count for mention in named) else None
    return Subject(one.name, count, colour)


def _untouched(one: Subject, before: Subject, now: Brief, said: Said) -> Subject:
    """What the words don't name stays as it was, unless they name nothing and it may be what they mean."""
    sole = len(now.subjects) == 1
    colours = colours_in(now.words.rpartition("\n")[2])
    if said.mentions or not colours:
        colour = one.colour if one.colour == before.colour else None
    else:
        colour = one.colour if sole and colours == {one.colour} else None
    count = one.count if one.count == before.count or sole else None
    return Subject(one.name, count, colour, tuple(item for item in one.attributes if item in before.attributes))


def _scene(words: str, now: Brief, previous: Brief) -> dict[str, Any]:
    """The scene as it was where it stays so, and a time or weather that the words name."""
    kept = [name for name in SCENE if getattr(now, name) == getattr(previous, name) and name not in previous.added]
    scene: dict[str, Any] = {name: getattr(now, name) for name in kept}
    return scene | {
        "time": scene.get("time") or said_time(words, now.time),
        "weather": scene.get("weather") or said_weather(words, now.weather),
    }
