"""What a request fixes for certain, as a brief: only what two readings of the same words agree on.

The director reads the whole sentence, `read_mentions` only what stands side by side. What but one of them found may be
right, but nobody is to be told of a fault for it.
"""

import re
from functools import lru_cache

from bot.brief import Brief, Relation, Subject
from bot.checker.alike import heads, is_known
from bot.checker.mentions import Mention, Said, read_mentions
from bot.director import scenes
from bot.director.lexicon_marks import QUOTED
from bot.director.lexicon_zh import PLACES as CHINESE_PLACES
from bot.director.lexicon_zh import TIMES as CHINESE_TIMES
from bot.director.lexicon_zh import WEATHER as CHINESE_WEATHER
from bot.director.noun_words import ADVERBIAL_PLACES
from bot.director.nouns import PRODUCTS
from bot.director.reader import LONGEST
from bot.director.tokens import tokens
from bot.director.traditional import simplified
from bot.director.understand import understand
from bot.privacy import without_placeholders

_PARTS_OF_NAMES = frozenset("small little big old young new tall long short round".split())
_OTHER_SCRIPTS = re.compile(r"[\u3040-\u30ff\uac00-\ud7af\u0370-\u06ff\u0900-\u0eff]")
_LATIN_NAME = re.compile(r"[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*")
_FORMATS = PRODUCTS | frozenset(
    "text word words letter caption poster picture image illustration photo drawing painting card cover".split()
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@lru_cache(maxsize=4)
def wanted(request: str) -> Brief:
    """What the words of a wish fix; one wish is asked about several times on its way to a prompt."""
    words = re.sub(r"(?i)\bhalf a dozen\b", "six", without_placeholders(request))
    texts = quoted(request)
    read = understand(words, None) if len(words) <= LONGEST else ""
    if isinstance(read, str):
        return Brief(words=request, texts=texts)
    return _certain(read.to_brief(), read_mentions(words), words, texts)


def quoted(words: str) -> tuple[str, ...]:
    """Texts in quotes; a message that is nothing but one quotation is a wish, and what was blacked out is none."""
    if QUOTED.fullmatch(words.strip()):
        return ()
    found = dict.fromkeys(next(filter(None, match.groups())) for match in QUOTED.finditer(words))
    return tuple(text for text in found if without_placeholders(text) == text)


def _certain(read: Brief, said: Said, words: str, texts: tuple[str, ...]) -> Brief:
    """Of what the director read, what is there side by side as well."""
    subjects = tuple(certain for one in read.subjects if (certain := certain_subject(one, read, said)))
    names = {one.name for one in subjects}
    return Brief(
        words=words,
        subjects=subjects,
        relations=tuple(
            one for one in read.relations if {one.subject, one.object} <= names and _stands(one, said, words)
        ),
        texts=tuple(text for text in texts if text not in read.names),
        names=_names(read, words),
        exclusions=tuple(one for one in read.exclusions if is_excluded(one, said)),
        aspect=read.aspect,
        place=read.place if _is_named(read.place, words) else "",
        time=said_time(words, read.time),
        weather=said_weather(words, read.weather),
        style=read.style if read.style.casefold() in words.casefold() else "",
    )


def certain_subject(one: Subject, read: Brief, said: Said) -> Subject | None:
    """A subject with what is certain of it; None where it is not certain to be one."""
    head = one.name.split(" of ")[0].split()[-1:]
    mentions = [mention for mention in said.mentions if mention.known and heads(mention.name) & heads(one.name)]
    if not one.name.isascii() or _is_a_name(one.name, read.words):
        return None
    if not mentions or not is_known(one.name) or set(head) & _FORMATS or any(one.negated for one in mentions):
        return None
    # Which of several of one name a word belongs to is left to whoever reads the whole sentence.
    alone = sum(bool(heads(other.name) & heads(one.name)) for other in read.subjects) == len(mentions)
    fits = [mention for mention in mentions if not one.colour or one.colour in mention.colours]
    near = fits or mentions
    return Subject(
        one.name,
        one.count if alone and any(mention.count == one.count for mention in near) else None,
        one.colour if fits and one.colour else None,
        tuple(item for item in one.attributes if _is_outright(item, near, read.words)) if alone else (),
    )


def _is_a_name(name: str, words: str) -> bool:
    """Whether its last word has a capital amid a sentence: 'our hamster Biscuit'."""
    last = name.split()[-1].capitalize()
    return re.search(rf"(?<=[\w,] ){re.escape(last)}\b", words) is not None


def _is_outright(attribute: str, mentions: list[Mention], words: str) -> bool:
    """Whether an attribute stands right beside its thing; in Chinese 小 and 老 are often but a part of its name."""
    if attribute.endswith("'s") or (_CHINESE.search(words) and attribute in _PARTS_OF_NAMES):
        return False
    return any(attribute in mention.attributes for mention in mentions)


def _stands(relation: Relation, said: Said, words: str) -> bool:
    """Whether the words say a relation outright, with its two things nearest to it."""
    outright = any(
        one.kind == relation.kind
        and bool(heads(one.object) & heads(relation.object))
        and one.subjects[:1]
        and bool(heads(one.subjects[0]) & heads(relation.subject))
        for one in (*said.standings, *said.sides)
    )
    return outright and not (heads(relation.subject) & heads(relation.object))


def is_excluded(name: str, said: Said) -> bool:
    """Whether the words outright forbid something known."""
    return is_known(name) and any(one.negated and heads(one.name) & heads(name) for one in said.mentions)


def _names(read: Brief, words: str) -> tuple[str, ...]:
    """Names that somebody or something is given, and words in capitals that the director put to use."""
    used = {word for one in read.subjects for word in one.name.split()} | set(read.place.split())
    capitals = {word for word in used if word[:1].isupper() and word in words}
    foreign = _LATIN_NAME.findall(words) if _OTHER_SCRIPTS.search(words) else []
    return tuple(name for name in (*read.names, *sorted(capitals), *foreign) if name in words)


def _is_named(place: str, words: str) -> bool:
    """Whether the words name this very place; of a Chinese one only the lexicon's English is known."""
    if place in ADVERBIAL_PLACES or not is_known(place):
        return False
    if not _CHINESE.search(words):
        return place.split()[-1] in words.casefold()
    plain = simplified(words)
    said = [chinese for chinese, meant in CHINESE_PLACES.items() if place.endswith(meant) and chinese in plain]
    return bool(said) and not any(f"{chinese}的" in plain for chinese in said)


def said_time(words: str, read: str) -> str:
    """The time of day that was read, if the words name it and no other."""
    return read if _named((scenes.TIMES, CHINESE_TIMES), words) == {scenes.TIMES.get(read, read)} else ""


def said_weather(words: str, read: str) -> str:
    """The weather that was read, if the words name it and no other."""
    return read if _named((scenes.WEATHER, CHINESE_WEATHER), words) == {scenes.WEATHER.get(read, read)} else ""


def _named(tables: tuple[dict[str, str], dict[str, str]], words: str) -> set[str]:
    english, chinese = tables
    found = {english[word] for word in tokens(words) if word in english}
    plain = simplified(words) if _CHINESE.search(words) else ""
    return found | {meant for word, meant in chinese.items() if word in plain}
