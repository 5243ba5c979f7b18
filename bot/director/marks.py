"""Takes out of a text what looks alike in every language: quoted words, names, ratios, sizes and settings."""

import math
import re
from functools import partial

from bot.brief import ASPECTS
from bot.director.draft import Draft
from bot.director.emoji import spelt_out
from bot.director.lexicon import NUMBERS
from bot.director.lexicon_marks import (
    BOOKED,
    CUE,
    MANY,
    NAME,
    NAMED,
    OTHER_RATIOS,
    PRODUCT,
    QUOTED,
    RATIO,
    SAID,
    SETTINGS,
    SHAPES,
    SHORTHAND,
    SIZE,
    SO_MANY_LETTERS,
    VERSIONS,
    VIEWS,
)
from bot.director.tokens import QUOTE


def take_marks(text: str, draft: Draft) -> str:
    """The text without what was taken; quoted words leave a placeholder, so that grammar stays whole."""
    text = spelt_out(re.sub("[\ue000-\uf8ff]", " ", text))
    text = _take_texts(_unwrapped(text), draft)
    text = NAME.sub(lambda match: _name(match, draft), text)
    text = re.sub(r"--(?:ar|aspect)\s+", " ", text)
    text = SIZE.sub(lambda match: _size(match, draft), text)
    text = RATIO.sub(lambda match: _ratio(match, draft), text)
    for name, kind, pattern in SETTINGS:
        if match := pattern.search(text):
            draft.numbers[name] = kind(next(filter(None, match.groups())))
            text = pattern.sub(" ", text)
    return _take_many(_take_views(_take_shape(text, draft), draft), draft)


def _take_views(text: str, draft: Draft) -> str:
    """'Seen from above' says how the picture is laid out and stands above nothing."""
    for meant, pattern in VIEWS:
        text = pattern.sub(partial(_view, meant=meant, draft=draft), text)
    return text


def _view(match: re.Match[str], meant: str, draft: Draft) -> str:
    said = meant or match["said"].casefold()
    if said not in draft.composition:
        draft.composition = ", ".join(filter(None, [draft.composition, said]))
    return " image of" if not meant and match["of"] else " "


def _unwrapped(text: str) -> str:
    """A message that is nothing but one pair of quotes is a wish and no text to be drawn."""
    whole = QUOTED.fullmatch(text.strip())
    return next(filter(None, whole.groups())) if whole else text


def _take_texts(text: str, draft: Draft) -> str:
    def quoted(match: re.Match[str]) -> str:
        said = next(filter(None, match.groups()))
        if NAMED.search(text[: match.start()]):
            draft.names.append(said)
            return " "
        if said not in draft.texts:
            draft.texts.append(said)
        return f" {QUOTE}{len(draft.texts)}{QUOTE} "

    def spoken(match: re.Match[str]) -> str:
        group = str(match.lastgroup)
        said = match[group].strip()
        if not said or QUOTE in said:
            return match[0]
        draft.texts.append(said)
        return match[0].replace(match[group], f" {QUOTE}{len(draft.texts)}{QUOTE} ")

    text = BOOKED.sub(r"“\1”", text)
    text = QUOTED.sub(quoted, text)
    for pattern, whole in SHORTHAND:
        text = pattern.sub(whole, text)
    return SO_MANY_LETTERS.sub(r"\1", CUE.sub(" ", SAID.sub(spoken, text)))


def _name(match: re.Match[str], draft: Draft) -> str:
    draft.names.append(match["name"] or match["name_mixed"] or match["name_zh"])
    return " "


def _size(match: re.Match[str], draft: Draft) -> str:
    width_px, height_px = int(match[1]), int(match[2])
    if min(width_px, height_px) < 64:
        return match[0]
    draft.numbers |= {"width_px": width_px, "height_px": height_px}
    shape = math.gcd(width_px, height_px)
    ratio = f"{width_px // shape}:{height_px // shape}"
    draft.aspect = draft.aspect or (ratio if ratio in ASPECTS else "")
    return " "


def _ratio(match: re.Match[str], draft: Draft) -> str:
    ratio = f"{int(match[1])}:{int(match[3])}"
    before = match.string[max(0, match.start() - 9) : match.start()].casefold()
    plain = match[2] in ":：比" or ratio in {"16:9", "9:16", "4:3", "3:4"}
    if (ratio in ASPECTS or ratio in OTHER_RATIOS) and plain and not re.search(r"score|比分|won|赢|at ", before):
        draft.aspect = ratio
        return " "
    return match[0]


def _take_shape(text: str, draft: Draft) -> str:
    for aspect, pattern in SHAPES:
        if pattern.search(text):
            draft.aspect = draft.aspect or aspect
            text = pattern.sub(lambda match: _shape_left(match), text)
    return text


def _shape_left(match: re.Match[str]) -> str:
    """'A square logo' is still a logo; of 'a square picture' a picture stays, so that grammar does."""
    if product := PRODUCT.search(match[0]):
        return f" {product[0]} "
    goes_on = re.match(r"\s*(?:$|[,.!?:]|(?:of|with|showing|that|for|in|please)\b)", match.string[match.end() :])
    return " image " if goes_on and match.string.isascii() else " "


def _take_many(text: str, draft: Draft) -> str:
    """'Three pictures of a cat' are three pictures; 'three pictures on a wall' are things in one."""
    match = MANY.search(text)
    if (
        not match
        or "." in text[: match.start()]
        or (
            re.search(r"\b(?:a|an|the|with) \w+", text[: match.start()], re.IGNORECASE)
            and not re.fullmatch(VERSIONS, match["what"], re.IGNORECASE)
        )
    ):
        return text
    said = match["number"].casefold()
    draft.numbers["count"] = 2 if said.startswith("a ") else NUMBERS.get(said) or int(said)
    return f"{text[: match.start()]}{match['between']} {match['what']}{text[match.end() :]}"
