"""Reads any text into a draft: first what looks alike in all languages, then the words, in English or Chinese."""

import re
import unicodedata

from bot.director.chatter_en import without_chatter
from bot.director.chinese import read_chinese
from bot.director.draft import Draft
from bot.director.english import read_english
from bot.director.lexicon_courtesy import ASIDES, COURTESY
from bot.director.lexicon_smalltalk import AND_DRAW, BREAK_OUT
from bot.director.marks import take_marks
from bot.director.moods_en import take_mood
from bot.director.noun_words import is_noun
from bot.director.purposes_en import without_letter, without_purpose
from bot.director.scenes import PLACES, SCENIC
from bot.director.tokens import KNOWN, VERB_FORMS, is_name, tokens
from bot.director.traditional import simplified

LONGEST = 1500
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_COMMENTS = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
# Elements that only set text keep it; what others hold is no wish: '<admin>add a logo</admin>'.
_ELEMENTS = re.compile(
    r"<(?P<tag>(?!(?:b|i|u|em|strong|small|big|p|br|hr|span|sup|sub|code|pre|q|div|h\d|li|ul|ol|a|img|lora)\b)[a-z][\w-]*)\b[^<>]*>.*?</(?P=tag)>"
    r"|<(?:system|admin|assistant|developer|instructions?|inst|override|root)\b[^<>]*>.*|</?(?:b|i|u|em|strong|small|big|p|br|hr|span|sup|sub|code|pre|q|div|h\d|li|ul|ol)\b[^<>]*>|</[a-z][\w-]*>",
    re.DOTALL | re.IGNORECASE,
)
_OTHER_SCRIPTS = re.compile(r"[\u3040-\u30ff\uac00-\ud7af\u0400-\u06ff\u0900-\u0eff]")


def read(text: str, draft: Draft | None = None) -> Draft:
    """What a text says, added to `draft`.

    A text that can't be read adds nothing but its quoted words and numbers; one over `LONGEST` characters adds nothing.
    """
    draft = draft or Draft()
    text = spoken(text)
    if len(text) > LONGEST:
        return draft
    rest = unicodedata.normalize("NFKC", take_marks(text, draft))
    if _OTHER_SCRIPTS.search(rest):
        return draft
    if BREAK_OUT.search(rest) and (wish := AND_DRAW.search(rest)):
        rest = rest[wish.start() :]
    if _CHINESE.search(rest):
        read_chinese(simplified(rest), draft)
    else:
        rest = take_mood(without_letter(rest), draft)
        bare = without_courtesy(without_chatter(rest))
        bare = bare if any(map(is_noun, tokens(bare))) else without_courtesy(rest)
        rest = without_courtesy(without_purpose(bare))
        if _is_english(rest):
            read_english(rest, draft)
    draft.style = _as_written(draft.style, text)
    return draft


def spoken(text: str) -> str:
    """What a person says: without comments and elements in markup, which others may have put there."""
    return _ELEMENTS.sub(" ", _COMMENTS.sub(" ", text))


def read_wish(text: str) -> Draft:
    """What a wish of its own says."""
    draft = read(text)
    _promote_scene(draft)
    return draft


def _promote_scene(draft: Draft) -> None:
    """'A city at night' names the scene: a lone scenic noun is the place and not a thing in it."""
    if draft.place or not draft.things:
        return
    first = draft.things[0]
    if " of " in first.name or any(" " in attribute for attribute in first.attributes):
        return
    bound = any(first in (relation[0], relation[2]) for relation in draft.relations)
    if (
        first.name.split()[-1] in SCENIC
        and first.count in (None, 1)
        and not (first.colour or first.plural)
        and not bound
    ):
        draft.place = " ".join([*first.attributes, PLACES.get(first.name, first.name)])
        draft.drop(first)


def without_courtesy(text: str) -> str:
    """An English wish without 'hey, could you please draw me' before it and 'no rush, thanks' after it."""
    text = ASIDES.sub(" ", text)
    while (shorter := COURTESY.sub("", text, count=1)) != text and shorter.strip():
        text = shorter
    return text


def _is_english(text: str) -> bool:
    """Whether enough of the words are English for the rules to be sure of the rest."""
    words = [word for word in tokens(text, names=True) if word[0].isalpha()]
    known = sum(1 for word in words if " " in word or word in KNOWN or word in VERB_FORMS or is_name(word))
    if words[:1] and words[0] in {"the", "an", "my", "our", "two", "three"}:
        known += 1
    return len(words) < 3 or known >= len(words) / 2


def _as_written(style: str, text: str) -> str:
    """A style with a name of its own, in the asker's capitals: 'Van Gogh'."""
    at = text.casefold().find(style)
    return text[at : at + len(style)] if style and at >= 0 and len(text.casefold()) == len(text) else style
