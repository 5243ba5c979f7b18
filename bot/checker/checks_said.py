"""Checks of what was said beside the things: texts, names, what must not be there, the scene; and of inventions."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.brief import FREE, Brief
from bot.checker.alike import alike, among, colours_in, heads, is_known, same
from bot.checker.finding import Finding, Kind
from bot.checker.grounded import ground_of
from bot.checker.mentions import Mention, has_word
from bot.checker.shown import Shown, everything
from bot.dialects.chinese_words import ChineseWords
from bot.dialects.rendering import Notes, is_chinese
from bot.director import lexicon, scenes
from bot.director.draft import Draft
from bot.director.lexicon_marks import QUOTED, RATIO
from bot.director.lexicon_zh import PLACES as CHINESE_PLACES
from bot.director.lexicon_zh import TIMES as CHINESE_TIMES
from bot.director.lexicon_zh import WEATHER as CHINESE_WEATHER
from bot.director.marks import take_marks
from bot.director.tokens import KNOWN, QUOTE, tokens
from bot.director.tokens_zh import words
from bot.director.traditional import simplified

_TABLES = {
    "place": (scenes.PLACES, CHINESE_PLACES),
    "time": (scenes.TIMES, CHINESE_TIMES),
    "weather": (scenes.WEATHER, CHINESE_WEATHER),
}
_CAPITALS = re.compile(r"[A-Z][\w]+(?: [A-Z]\w+)*")
_TELLING = re.compile(r"\b(?!(?:the|and|with|from|for)\b)[a-z]{3,}", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.:])(?:[2-9]|1\d)(?![\w.:%])")
_SCENERY = scenes.TIMES.keys() | scenes.WEATHER.keys() | scenes.STYLES.keys() | scenes.STYLE_WORDS | lexicon.ABSTRACT
# What styles and free items speak of without putting it into the picture.
_OF_THE_MEDIUM = frozenset(
    """
    paper picture frame brush camera film light lens page screen tile icon line dot poster photograph photo canvas
    painting image child book label sticker card map sheet watermark pencil pen crayon chalk marker stone wood clay
    glass crystal gold button model scene character figure sand leaf flower wave smoke fire cloud star snow grass
    """.split()
)


def texts(wanted: Brief, shown: Shown, allowed: str) -> Iterator[Finding]:
    """Text to be drawn is there word for word, and no other."""
    strange = [text for text in shown.texts if not _stands_in(text, allowed)]
    for text in wanted.texts:
        if " ".join(text.split()) not in " ".join(shown.written.split()):
            near = [one for one in shown.texts if one.casefold() == text.casefold()]
            instead = near[0] if near else strange.pop(0) if strange else ""
            yield Finding(Kind.TEXT, shown.where, "", text, instead)
    for text in strange:
        yield Finding(Kind.INVENTED_TEXT, shown.where, "", "", text)


def names(wanted: Brief, shown: Shown, _: str) -> Iterator[Finding]:
    """Names are there as they were written."""
    for name in wanted.names:
        if name.casefold() not in shown.written.casefold() and not _may_be_spelt(name, shown):
            yield Finding(Kind.NAME, shown.where, "", name)


def _may_be_spelt(name: str, shown: Shown) -> bool:
    """Whether a Chinese name may stand in an English prompt in Latin letters, which nobody here can compare."""
    if not shown.is_prompt or not is_chinese(name) or is_chinese(QUOTED.sub(" ", shown.written)):
        return False
    spelt = [one for one in _CAPITALS.findall(QUOTED.sub(" ", shown.written)) if one not in shown.brief.words]
    spelt = [one for one in spelt if " " in one or one.casefold() not in KNOWN]
    return len(spelt) >= sum(map(is_chinese, shown.brief.names))


def digits(wanted: Brief, shown: Shown, _: str) -> Iterator[Finding]:
    """In a language that nobody here reads, the numbers at least are those that were written."""
    if (
        shown.is_prompt
        or not shown.brief.subjects
        or is_chinese(wanted.words)
        or replace(wanted, words="", texts=(), names=()) != Brief("")
    ):
        return
    counted = {str(one.count) for one in shown.brief.subjects}
    said = re.sub(rf"{QUOTE}\d+{QUOTE}", " ", take_marks(wanted.words, Draft()))
    for number in _NUMBER.findall(said):
        if number not in counted and not has_word(number, shown.written):
            yield Finding(Kind.COUNT, shown.where, "", number)


def exclusions(wanted: Brief, shown: Shown, _: str) -> Iterator[Finding]:
    """What must not be there is kept out, and is not named as if it were to be there."""
    for name in wanted.exclusions:
        # What passes words on as they are names even what it denies, which a model that heeds negatives then paints.
        passed_on = shown.is_prompt and shown.heeds and not shown.brief.subjects
        asked_for = [one for one in shown.said.mentions if passed_on or not one.negated]
        if any(_names_it(one, name, wanted) for one in asked_for) or _is_written(name, wanted, shown):
            yield Finding(Kind.EXCLUSION, shown.where, name, f"no {name}", name)
        elif shown.heeds and not _is_kept_out(name, shown):
            yield Finding(Kind.EXCLUSION, shown.where, name, f"no {name}")


def _names_it(mention: Mention, name: str, wanted: Brief) -> bool:
    """Whether a phrase asks for the very thing: not for a blue car where there are to be no red ones."""
    if not same(mention.name, name):
        return False
    if any(same(one.name, name) for one in wanted.subjects) or (wanted.texts and heads(name) & {"text", "word"}):
        return False
    described = set(name.casefold().split()[:-1])
    return described <= mention.qualities | {"other", "any"}


def _is_written(name: str, wanted: Brief, shown: Shown) -> bool:
    """Whether a prompt has a word that no lexicon knows, and that it must not have, without a 'no' before it."""
    if not shown.is_prompt or is_known(name) or has_word(name, everything(replace(wanted, words=""))):
        return False
    return re.search(rf"(?i)(?<!no )(?<!without )(?<!\w){re.escape(name)}(?!\w)", shown.written) is not None


def _is_kept_out(name: str, shown: Shown) -> bool:
    if among(name, shown.kept_out) or any(has_word(name, one) or has_word(one, name) for one in shown.kept_out):
        return True
    if any(one.negated and same(one.name, name) for one in shown.said.mentions):
        return True
    return not shown.is_prompt and any(not is_known(one) for one in shown.kept_out)


def scene(wanted: Brief, shown: Shown, allowed: str) -> Iterator[Finding]:
    """The place, time, weather and shape that were named are there."""
    for what in ("place", "time", "weather"):
        value = getattr(wanted, what)
        if value and not _shows_scene(what, value, shown):
            yield Finding(Kind.SCENE, shown.where, what, value, "" if shown.is_prompt else getattr(shown.brief, what))
    if shown.is_prompt:
        yield from _free(wanted, shown)
    elif wanted.style and not _has_style(wanted.style, shown.written):
        yield Finding(Kind.SCENE, shown.where, "style", wanted.style, shown.brief.style)
    if not shown.is_prompt and wanted.aspect and not _has_shape(wanted.aspect, shown.brief.aspect, allowed):
        yield Finding(Kind.ASPECT, shown.where, "aspect", wanted.aspect, shown.brief.aspect)


def style(wanted: Brief, shown: Shown, also: str) -> Iterator[Finding]:
    """A prompt has the style that was named, in its name or in what a style file says for it."""
    said = [part.strip() for part in also.split(",") if part.strip()]
    named = not wanted.style or "style" in wanted.added or is_chinese(wanted.style + shown.written)
    if not (named or _has_style(wanted.style, shown.written) or any(part in shown.written for part in said)):
        yield Finding(Kind.SCENE, shown.where, "style", wanted.style)


def _free(wanted: Brief, shown: Shown) -> Iterator[Finding]:
    """What is left free as a rule is as good as locked where the person named it."""
    for what in FREE:
        value = getattr(wanted, what)
        said = _TELLING.findall(value) if value.isascii() else []
        lost = [word for word in said if not has_word(word, shown.written)]
        if what not in wanted.added and lost and ChineseWords(Notes(wanted.words)).item(value) not in shown.written:
            yield Finding(Kind.SCENE, shown.where, what, value)


def _shows_scene(what: str, value: str, shown: Shown) -> bool:
    """Whether a text names it in any of the ways that the lexicon knows, or in one that it does not know."""
    if has_word(value, shown.written) or all(has_word(word, shown.written) for word in value.split()):
        return True
    if not shown.is_prompt and (has_word(value.split()[-1], shown.written) or alike(value, shown.brief.place)):
        return True
    english, chinese = _TABLES[what]
    meant = {english.get(value.casefold(), value), chinese.get(value, value), value.split()[-1]}
    found = {english[word] for word in tokens(shown.written) if word in english}
    if is_chinese(shown.written):
        found |= {chinese[word] for word in chinese if word in simplified(shown.written)}
    if found & meant:
        return True
    if shown.is_prompt:
        return is_chinese(shown.written) and not meant & set(chinese.values())
    said = getattr(shown.brief, what)
    return bool(said) and not {said.casefold(), said.casefold().split()[-1]} & english.keys()


def _has_shape(wanted: str, found: str, words: str) -> bool:
    """Whether a ratio is the one that was written, or where only 'wide' was said, wide at all."""
    if wanted == found or RATIO.search(words):
        return wanted == found
    return bool(found) and _is_wide(wanted) == _is_wide(found)


def _is_wide(aspect: str) -> bool | None:
    width, _, height = aspect.partition(":")
    if not (width.isdecimal() and height.isdecimal()) or width == height:
        return None
    return int(width) > int(height)


def _has_style(style: str, written: str) -> bool:
    """Whether a style is named, in any of its spellings."""
    plain, meant = written.casefold(), scenes.STYLES.get(style.casefold(), style)
    alike = {word for word, other in scenes.STYLES.items() if other == meant} | {style, meant}
    return any(word.casefold() in plain for word in alike)


def invented_entities(wanted: Brief, shown: Shown, allowed: str) -> Iterator[Finding]:
    """Nothing is there that nobody spoke of; only things that the lexicon is sure of count."""
    spoken = tuple(one for one in ground_of(allowed).mentions if not one.negated)
    # Where nothing was asked for that can be seen, whoever reads it has to think of something.
    if not shown.is_prompt and (not (wanted.subjects or wanted.place) or _has_riddle(spoken, shown)):
        return
    unasked = "\n".join(str(getattr(shown.brief, name)) for name in FREE if name in shown.brief.added)
    for mention in shown.said.mentions:
        if mention.negated or not _is_tangible(mention, shown):
            continue
        named = {word for one in spoken for word in one.name.split()}
        # A 'filter cartridge' is what somebody may call a filter.
        known = (
            set(mention.name.split()) & named
            or heads(mention.name) & named
            or among(mention.name, [one.name for one in spoken])
        )
        if not known and not has_word(mention.name, allowed) and not has_word(mention.name, unasked):
            yield Finding(Kind.INVENTED_ENTITY, shown.where, mention.name, "", mention.name)


def _has_riddle(spoken: tuple[Mention, ...], shown: Shown) -> bool:
    """Whether the words name something that the lexicon doesn't know and that the brief may call by another name."""
    subjects = [one.name for one in shown.brief.subjects]
    plain = simplified(QUOTED.sub(" ", shown.brief.words))
    if is_chinese(plain) and any(word.kind == "unknown" and not word.text.isascii() for word in words(plain)):
        return True
    riddles = [one.name for one in spoken if not (one.known or one.negated or one.name.split()[-1] in _SCENERY)]
    return any(not has_word(name, "\n".join(subjects)) for name in riddles)


def _is_tangible(mention: Mention, shown: Shown) -> bool:
    if not shown.is_prompt and not any(one.name.casefold() == mention.name for one in shown.brief.subjects):
        return False
    head = next(iter(heads(mention.name)), "")
    if head in _OF_THE_MEDIUM | lexicon.CONTAINERS or colours_in(head) or not is_known(mention.name):
        return False
    living = head in lexicon.ANIMALS | lexicon.PEOPLE
    return living or (head in lexicon.THINGS | lexicon.WORN and (not shown.is_prompt or mention.count is not None))


def _stands_in(text: str, allowed: str) -> bool:
    return " ".join(text.casefold().split()) in " ".join(allowed.casefold().split())
