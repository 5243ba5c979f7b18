"""Takes out of a text what looks alike in every language: quoted words, names, ratios, sizes and settings."""

import re

from bot.brief import ASPECTS
from bot.director.draft import Draft
from bot.director.lexicon import NUMBERS
from bot.director.lexicon_marks import (
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
    VERSIONS,
)
from bot.director.tokens import QUOTE


def take_marks(text: str, draft: Draft) -> str:
    """The text without what was taken; quoted words leave a placeholder, so that grammar stays whole."""
    text = re.sub("[\ue000-\uf8ff]", " ", text)
    text = _take_texts(_unwrapped(text), draft)
    text = NAME.sub(lambda match: _name(match, draft), text)
    text = re.sub(r"--(?:ar|aspect)\s+", " ", text)
    text = SIZE.sub(lambda match: _size(match, draft), text)
    text = RATIO.sub(lambda match: _ratio(match, draft), text)
    for name, kind, pattern in SETTINGS:
        if match := pattern.search(text):
            draft.numbers[name] = kind(next(filter(None, match.groups())))
            text = pattern.sub(" ", text)
    return _take_many(_take_shape(text, draft), draft)


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

    text = QUOTED.sub(quoted, text)
    for pattern, whole in SHORTHAND:
        text = pattern.sub(whole, text)
    return CUE.sub(" ", SAID.sub(spoken, text))


def _name(match: re.Match[str], draft: Draft) -> str:
    draft.names.append(match["name"] or match["name_zh"])
    return " "


def _size(match: re.Match[str], draft: Draft) -> str:
    width_px, height_px = int(match[1]), int(match[2])
    if min(width_px, height_px) < 64:
        return match[0]
    draft.numbers |= {"width_px": width_px, "height_px": height_px}
    return " "


def _ratio(match: re.Match[str], draft: Draft) -> str:
    ratio = f"{match[1]}:{match[3]}"
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
