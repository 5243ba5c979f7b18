"""Follow-ups: an earlier brief and words such as 'make it blue' give a new brief."""

import re

from bot.brief_arguments import ImagineArguments
from bot.director.draft import Draft
from bot.director.lexicon import COLOURS
from bot.director.lexicon_followup import (
    A_RED_ONE,
    AGAIN,
    AGAIN_ZH,
    ASKS,
    BUT,
    COUNTS,
    FRESH,
    POLITE,
    PRAISE,
    PREFACE,
    STARTS,
    STARTS_ZH,
)
from bot.director.reader import read, without_courtesy
from bot.director.revise import revise, value_of
from bot.director.tokens_zh import words
from bot.director.traditional import simplified
from bot.grammar import singular

LONGEST = 300
_MOST_SPLITS = 4
_DESCRIBING = frozenset("colour adjective shade 的 skip mark is and style time weather all".split())


def change(text: str, earlier: ImagineArguments) -> ImagineArguments | None:
    """The earlier brief with the change that a message asks for; None where the message is a wish of its own."""
    bare = PRAISE.sub("", PREFACE.sub("", text))
    plain = simplified(bare).strip()
    if match := _again(plain):
        return _repeated(earlier, match)
    for split in list(BUT.finditer(plain))[:_MOST_SPLITS]:
        if match := _again(plain[: split.start()]):
            return _repeated(_changed(text, plain[split.end() :], earlier), match)
    return _changed(text, bare, earlier) if _is_change(plain, earlier) else None


def _changed(text: str, asked: str, earlier: ImagineArguments) -> ImagineArguments:
    draft = Draft.of(earlier)
    revise(asked, draft)
    return _merged(text, earlier, draft)


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
    if (
        STARTS.match(plain)
        or STARTS_ZH.match(plain)
        or re.search(r"\binstead\b|\bof them\b|而不是|其他不变|其它不变", plain, re.IGNORECASE)
    ):
        return True
    if A_RED_ONE.match(plain) or _counts(plain) or _asks_of_a_thing(plain, earlier) or _only_describes(plain):
        return True
    alone = read(plain)
    said = [word for word in re.findall(r"[^\W_]+", without_courtesy(plain)) if word.casefold() not in POLITE]
    if not alone.things and not alone.is_empty() and not alone.texts:
        return len(said) <= 6
    return all(word.casefold() in COLOURS or singular(word.casefold()) in COLOURS for word in said) and bool(said)


def _counts(plain: str) -> bool:
    """Whether it says how many, and at most how they look: '三只', 'two, blue'."""
    match = COUNTS.match(plain)
    return match is not None and not read(match["rest"] or match["also"] or "").things


def _only_describes(plain: str) -> bool:
    """Whether Chinese words name no thing but say what it is like: '蓝的呢', '可爱一点'."""
    kinds = {word.kind for word in words(plain[:40])} if re.search(r"[\u4e00-\u9fff]", plain) else set()
    return bool(kinds & {"colour", "adjective"}) and kinds <= _DESCRIBING


def _asks_of_a_thing(plain: str, earlier: ImagineArguments) -> bool:
    """Whether it begins with something in the picture and says what it should be like: '雨靴要黄色的'."""
    said = words(plain[:12])
    if not said or said[0].kind not in {"noun", "place", "body"}:
        return False
    names = {part for one in earlier.subjects for part in (one.name, one.name.split()[-1])}
    known = said[0].value in names or said[0].kind == "body"
    return known and ASKS.match(plain, len(said[0].text)) is not None


def _merged(text: str, earlier: ImagineArguments, draft: Draft) -> ImagineArguments:
    new = draft.arguments(f"{earlier.prompt}\n{text}")
    for name in ("aspect", "place", "time", "weather", "style", "light", "composition", "mood", "camera"):
        if not getattr(new, name):
            setattr(new, name, getattr(earlier, name))
    names = {one.name for one in new.subjects}
    new.exclusions = [item for item in new.exclusions if item not in names]
    new.follows_up, new.keeps_seed = True, True
    for name in ("width_px", "height_px", "steps", "guidance_scale", "negative_prompt"):
        if getattr(new, name) is None:
            setattr(new, name, getattr(earlier, name))
    if new.place == earlier.place and not draft.place and set(draft.exclusions) & set(new.place.split()):
        new.place = ""
    if draft.aspect:
        new.width_px, new.height_px = draft.numbers.get("width_px"), draft.numbers.get("height_px")
    return new
