"""What people are shown on request: the styles, the line, and their last pictures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.chat.card import Button, Card
from bot.chat.cards import CANCEL, heading, under_way
from bot.chat.words import say
from bot.exchange import Exchange
from bot.language import Language
from bot.messages import Picture, Progress
from bot.preferences import Preferences
from bot.style import Library, Pack, Style, find

# A button so marked stands in the overview of the line, which is to be shown anew when it was pressed.
IN_LINE = "line"
MOST_CANCELS = 25
CANCELS_A_ROW = 5
PHRASE_CHARACTERS = 40
LINE_CHARACTERS = 60
# Of the 2,000 that a message may have on the narrowest platform.
MOST_CHARACTERS = 1_880
TITLE_CHARACTERS = 80


def styles(library: Library, wanted: Preferences, language: Language) -> Card:
    """All styles and packs: with a description if all of that has room, else with titles, else with names alone."""
    every: list[Style | Pack] = [*library.styles.values(), *library.packs.values()]
    mine = find(library.styles, wanted.style) or find(library.packs, wanted.style)
    yours = say("style_yours", language, style=named(mine, language)) if mine else say("style_yours_none", language)
    for describe in (_described, named):
        text = "\n".join([say("styles", language), *(describe(one, language) for one in every)])
        if _room(text) <= MOST_CHARACTERS:
            return Card(text=text, small=(yours,))
    return Card(text="\n".join([say("styles", language), _names(every, language)]), small=(yours,))


def named(one: Style | Pack, language: Language) -> str:
    """Its name, with its title where that is another."""
    title = _cut(one.called(language), TITLE_CHARACTERS)
    return one.name if title.casefold().replace(" ", "-") == one.name else f"{one.name} ({title})"


def line(every: Sequence[Exchange], mine: Sequence[Progress], language: Language) -> Card:
    """How many requests are under way, and the asker's own ones, each with a button to call it off.

    Args:
        every: All of them, of whom nothing is shown.
        mine: The asker's own, in the order in which they are served.
        language: Of the asker.
    """
    if not every:
        return Card(text=say("line_empty", language))
    head = [say("line_all", language, count=len(every))]
    head.append(say("line_yours", language, count=len(mine)) if mine else say("line_none", language))
    label = say("cancel", language)
    shown = [_own(number, one, language) for number, one in enumerate(mine[:MOST_CANCELS], start=1)]
    while shown and _room("\n".join([*head, *shown])) > MOST_CHARACTERS:
        shown.pop()
    buttons = [
        Button(f"{CANCEL}:{one.job_id}:{IN_LINE}", f"{label} {number}", "danger")
        for number, one in enumerate(mine[: len(shown)], start=1)
    ]
    if left := len(mine) - len(shown):
        shown.append(say("more_own", language, count=left))
    rows = tuple(tuple(buttons[at : at + CANCELS_A_ROW]) for at in range(0, len(buttons), CANCELS_A_ROW))
    return Card(text="\n".join([*head, *shown]), rows=rows)


def last_pictures(exchanges: Sequence[Exchange], most: int) -> list[tuple[Exchange, Picture]]:
    """The pictures of some exchanges, in their order, at most so many."""
    return [(one, picture) for one in exchanges if one.reply for picture in one.reply.pictures][:most]


def words_of(picture: Picture, most: int) -> str:
    """What a picture was asked for with, in at most so many characters."""
    return _cut(" ".join((picture.plan.request or picture.plan.prompt).split()), most)


def _own(number: int, told: Progress, language: Language) -> str:
    told = replace(told, message=replace(told.message, language=language), preview=b"", text="")
    words = _cut(heading(told.message) or " ".join(told.message.text.split()), LINE_CHARACTERS)
    return f"{number}. {words}: {under_way(told).text}"


def _described(one: Style | Pack, language: Language) -> str:
    words = one.when.get(language, "") if isinstance(one, Pack) else _phrase(one, language)
    said = _cut(re.split(r"[,，;；.。]", words)[0], PHRASE_CHARACTERS)
    return f"{named(one, language)}: {said}" if said else named(one, language)


def _phrase(style: Style, language: Language) -> str:
    phrases = style.phrases
    return (phrases.chinese if language == "zh" else "") or phrases.plain or phrases.tags or phrases.chinese


def _names(every: Sequence[Style | Pack], language: Language) -> str:
    shown = list(_fitting(every))
    left = len(every) - len(shown)
    return ", ".join(shown) + (f"\n{say('more_styles', language, count=left)}" if left else "")


def _fitting(every: Sequence[Style | Pack]) -> Iterator[str]:
    """Names, as many as have room beside the words around them."""
    left = MOST_CHARACTERS - 200
    for one in every:
        left -= _room(one.name) + 3
        if left < 0:
            return
        yield one.name


def _room(text: str) -> int:
    """What a text takes at most where each sign in it may be escaped."""
    return len(text) + sum(not (character.isalnum() or character.isspace()) for character in text)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
