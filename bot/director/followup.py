"""Follow-ups: an earlier brief and words such as 'make it blue' give a new brief."""

import re

from bot.brief_arguments import SCENE, ImagineArguments
from bot.director.adjust import adjust, begins
from bot.director.asked_en import as_told
from bot.director.draft import Draft
from bot.director.lexicon import COLOURS
from bot.director.lexicon_adjust import COMMANDS
from bot.director.lexicon_followup import (
    A_RED_ONE,
    AGAIN,
    AGAIN_ZH,
    ASKS,
    BACK_TO,
    BACK_TO_ZH,
    BECOMES_ZH,
    BUT,
    COMPARED,
    COUNTS,
    FRESH,
    MORE_OF,
    NEW_TOPIC_ZH,
    OF_THE_THING,
    ON_IT,
    PARTED,
    POLITE,
    PRAISE,
    PREFACE,
    PRONOUN,
    PUTS_ZH,
    SAME_ZH,
    SHORT_BECOMES_ZH,
    STARTS,
    STARTS_ZH,
    TELLS_LATER,
    TELLS_OF,
    TRAILING,
)
from bot.director.lexicon_marks import QUOTED
from bot.director.numbers import value_of
from bot.director.pointing import plain_form, settle
from bot.director.reader import read, without_courtesy
from bot.director.revise import revise
from bot.director.tokens_zh import words
from bot.director.traditional import simplified
from bot.grammar import singular

LONGEST = 300
_FEW_WORDS = 4
_ARTICLES = frozenset("a an one another some my our the".split())
_MOST_SPLITS = 4
# In Chinese each clause that says what something becomes, and what is added after one, is a change of its own.
_NEXT_ZH = re.compile(
    rf"[，,；;。]\s*(?=[^，,；;。]{{1,8}}?(?:{BECOMES_ZH}))|(?<=[\u4e00-\u9fff])[，,；;。]\s*(?=再?(?:加|添)[一两三个只张把条])"
    rf"|(?:{BECOMES_ZH})[^，,；;。]+[，,；;。]\s*(?!而?不是)"
)
_DESCRIBING = frozenset("colour adjective shade 的 skip mark is and style time weather all".split())


def change(text: str, earlier: ImagineArguments) -> ImagineArguments | None:
    """The earlier brief with the change that a message asks for; None where the message is a wish of its own."""
    if NEW_TOPIC_ZH.match(simplified(text)):
        return None
    bare = SAME_ZH.sub("", as_told(PRAISE.sub("", PREFACE.sub("", text))))
    bare = SHORT_BECOMES_ZH.sub(lambda match: f"{match[0]}成", BACK_TO_ZH.sub("成", BACK_TO.sub("", bare)))
    plain = simplified(bare).strip()
    if match := _again(plain):
        return _repeated(earlier, match)
    for split in list(BUT.finditer(plain))[:_MOST_SPLITS]:
        if match := _again(plain[: split.start()]):
            return _repeated(_changed(text, plain[split.end() :], earlier), match)
    same = SAME_ZH.match(text) is not None
    return _changed(text, bare, earlier) if plain and (same or _is_change(plain, earlier)) else None


def _changed(text: str, asked: str, earlier: ImagineArguments) -> ImagineArguments:
    draft = Draft.of(earlier)
    before = {id(one): list(one.attributes) for one in draft.things}
    for command in _commands(asked):
        focus = draft.focus
        plain = simplified(command)
        if left := adjust(plain, draft):
            revise(left if left != plain else command, draft)
        if PRONOUN.search(plain) and focus in draft.things:
            draft.focus = focus
    for thing in draft.things:
        settle(thing, before.get(id(thing), thing.attributes))
    return _merged(text, earlier, draft)


def _commands(asked: str) -> list[str]:
    """'Give it a hat and make it blue' are two; what stands in quotes is never parted."""
    masked = QUOTED.sub(lambda match: "\0" * len(match[0]), asked)
    starts = [match.end() for match in COMMANDS.finditer(masked) if match.start() > 0]
    starts = sorted({*starts, *(match.end() for match in _NEXT_ZH.finditer(masked) if match.start() > 0)})
    parts = [asked[start:end] for start, end in zip([0, *starts], [*starts, len(asked)], strict=True)]
    return [bare for part in parts if (bare := TRAILING.sub("", part).strip())] or [asked]


def _again(plain: str) -> re.Match[str] | None:
    return AGAIN.fullmatch(plain) or AGAIN_ZH.fullmatch(plain)


def _repeated(earlier: ImagineArguments, match: re.Match[str]) -> ImagineArguments:
    said = next((value for value in match.groupdict().values() if value), "")
    return earlier.model_copy(
        update={"count": value_of(said) or 1, "follows_up": True, "keeps_seed": False, "seed": None}, deep=True
    )


def _is_change(plain: str, earlier: ImagineArguments) -> bool:
    """Whether words speak of an earlier picture: by how they begin, or because they name a scene and nothing else."""
    if FRESH.match(plain) and not re.search(r"\binstead\b|\bsame\b", plain, re.IGNORECASE):
        return False
    if begins(plain, Draft.of(earlier)):
        return True
    if (
        STARTS.match(plain)
        or STARTS_ZH.match(plain)
        or re.search(r"\binstead\b|\bof them\b|而不是|其他不变|其它不变", plain, re.IGNORECASE)
    ):
        return True
    if ON_IT.fullmatch(plain) or MORE_OF.match(plain) or PARTED.fullmatch(plain):
        return True
    if _speaks_of_it(plain, earlier) or _redescribes(plain, earlier):
        return True
    if (
        PUTS_ZH.match(plain)
        or A_RED_ONE.match(plain)
        or _counts(plain)
        or _asks_of_a_thing(plain, earlier)
        or _only_describes(plain)
    ):
        return True
    alone = read(plain)
    said = [word for word in re.findall(r"[^\W_]+", without_courtesy(plain)) if word.casefold() not in POLITE]
    if not alone.things and not alone.is_empty() and not alone.texts:
        return len(said) <= 6
    return all(word.casefold() in COLOURS or singular(word.casefold()) in COLOURS for word in said) and bool(said)


def _speaks_of_it(plain: str, earlier: ImagineArguments) -> bool:
    """Whether it begins with what is to be done with a thing that is in the picture: 'paint the house yellow'."""
    match = OF_THE_THING.match(plain) or TELLS_OF.match(plain)
    told = [match] if match else list(TELLS_LATER.finditer(plain))
    return any(singular(one["what"].casefold()) in _names(earlier) for one in told)


def _redescribes(plain: str, earlier: ImagineArguments) -> bool:
    """Whether it says no more than how something that is there should be: 'three cats', 'white house', 'older'."""
    said = without_courtesy(plain).split()
    if not 1 <= len(said) <= _FEW_WORDS:
        return False
    compares = any(plain_form(match) != match[0] for match in COMPARED.finditer(plain))
    alone = read(COMPARED.sub(plain_form, plain))
    if len(alone.things) != 1:
        return compares and not alone.things and len(said) <= 2
    (thing,) = alone.things
    named = (
        alone.relations or alone.texts or any(getattr(alone, name) for name in ("place", "time", "weather", "style"))
    )
    known = thing.name in _names(earlier) or thing.name.split()[-1] in _names(earlier)
    bare = said[0].casefold() not in _ARTICLES and plain.isascii()
    return (
        known
        and not named
        and (compares or (bare and bool((thing.count or 0) > 1 or thing.colour or thing.attributes)))
    )


def _names(earlier: ImagineArguments) -> set[str]:
    return {part for one in earlier.subjects for part in (one.name, one.name.split()[-1])}


def _counts(plain: str) -> bool:
    """Whether it says how many, and at most how they look: '三只', 'two, blue'."""
    match = COUNTS.match(plain)
    rest = (match and (match["rest"] or match["also"])) or ""
    return match is not None and (rest[:1] in {"再", "加"} or not read(rest).things)


def _only_describes(plain: str) -> bool:
    """Whether Chinese words name no thing but say what it is like: '蓝的呢', '可爱一点'."""
    kinds = {word.kind for word in words(plain[:40])} if re.search(r"[\u4e00-\u9fff]", plain) else set()
    return bool(kinds & {"colour", "adjective"}) and kinds <= _DESCRIBING


def _asks_of_a_thing(plain: str, earlier: ImagineArguments) -> bool:
    """Whether it begins with something in the picture and says what it should be like: '雨靴要黄色的'."""
    said = words(plain[:12])
    if not said or said[0].kind not in {"noun", "place", "body"}:
        return False
    known = said[0].value in _names(earlier) or said[0].kind == "body"
    return known and ASKS.match(plain, len(said[0].text)) is not None


def _merged(text: str, earlier: ImagineArguments, draft: Draft) -> ImagineArguments:
    new = draft.arguments(f"{earlier.prompt}\n{text}")
    for name in SCENE:
        if not getattr(new, name):
            setattr(new, name, getattr(earlier, name))
    new.added = _still_free(new, earlier)
    names = {one.name for one in new.subjects}
    new.exclusions = [item for item in new.exclusions if item not in names]
    new.follows_up, new.keeps_seed = True, True
    for name in ("width_px", "height_px", "steps", "guidance_scale", "negative_prompt"):
        if getattr(new, name) is None:
            setattr(new, name, getattr(earlier, name))
    for name in ("place", "time", "weather", "style"):
        kept, gone = getattr(new, name), name in draft.cleared
        if not getattr(draft, name) and (gone or {kept, *kept.split()} & set(draft.exclusions)):
            setattr(new, name, "")
    if draft.aspect:
        new.width_px, new.height_px = draft.numbers.get("width_px"), draft.numbers.get("height_px")
    return new


def _still_free(new: ImagineArguments, earlier: ImagineArguments) -> list[str]:
    """What was filled unasked and stays; light and mood go with the time, weather or place that they suited."""
    moved = any(getattr(new, name) != getattr(earlier, name) for name in ("time", "weather", "place"))
    for name in ("light", "mood"):
        if moved and name in earlier.added:
            setattr(new, name, "")
    return [name for name in earlier.added if getattr(new, name, "") and getattr(new, name) == getattr(earlier, name)]
