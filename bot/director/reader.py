"""Reads any text into a draft: first what looks alike in all languages, then the words, in English or Chinese."""

import re
import unicodedata

from bot.director.chinese import read_chinese
from bot.director.draft import Draft
from bot.director.english import promote_scene, read_english
from bot.director.marks import take_marks
from bot.director.tokens import KNOWN, VERB_FORMS, tokens
from bot.director.traditional import simplified

LONGEST = 1500
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_OTHER_SCRIPTS = re.compile(r"[\u3040-\u30ff\uac00-\ud7af\u0400-\u06ff\u0900-\u0eff]")
_COURTESY = re.compile(
    r"""^[\s,.!:;-]*(?:
    (?:hey|hi|hello|hiya|yo|ok|okay|so|well|um+|uh+|please|pls|plz|kindly|good\ (?:morning|afternoon|evening|day)|dear|limner|bot|there|team|everyone|guys|sorry|btw|maybe|perhaps|hmm+|oh|ah)\b
    |@\w+
    |(?:can|could|would|will|may|might)\ (?:you|u|we|i|someone|anyone)\b(?:\ (?:please|maybe|possibly|kindly|perhaps|also|then|have|get|see|like))*
    |(?:i|we)(?:\ would|'d|’d)\ (?:really\ )?(?:like|love|want|need)\b(?:\ (?:you|to|see|have|get|a\ look\ at))*
    |(?:i|we)\ (?:really\ )?(?:want|need|wish|request)\b(?:\ (?:you|to|see|have|get|for))*
    |let(?:'s|’s|\ us|\ me)\ (?:have|see|try|get)\b
    |(?:any\ chance|is\ it\ possible|would\ it\ be\ possible|do\ you\ think|would\ you\ mind|are\ you\ able)\b(?:\ (?:you|could|can|of|to|getting|have|drawing|making|get))*
    |(?:draw|paint|make|create|generate|design|illustrate|sketch|render|imagine|produce|prepare|show|give|send|get|do|picture|drawing|making|painting|try|visuali[sz]e|depict|whip\ up|come\ up\ with|photograph)\b(?:\ (?:me|us|up))?(?=\ (?!of\b|style\b|it\b|them\b|him\b|her\b|book\b|bottle\b)|:|,|$)
    )[\s,.!:;-]*""",
    re.IGNORECASE | re.VERBOSE,
)
_ASIDES = re.compile(
    r"\b(?:(?:by|before|until|for) (?:tomorrow|today|tonight|monday|tuesday|wednesday|thursday|friday|next week)(?:'s)?[^,.!?]*"
    r"|no (?:problem|rush|worries|hurry|pressure|need|matter|doubt|idea|offen[cs]e)\b[^,.!?]*|if (?:you can|possible|you don't mind|it's ok|that's ok(?:ay)?|you have time)"
    r"|(?:would|that'd|that would) be (?:great|nice|awesome|lovely|perfect|cool|amazing|wonderful)|as soon as possible|asap|at (?:once|all|least|most|the moment|first)|in advance|of course"
    r"|thank you(?: so much| very much)?|thanks(?: a lot| so much| in advance)?|many thanks|cheers|in mind|high quality|best quality|masterpiece|highly detailed|ultra detailed|4k|8k|hd)\b",
    re.IGNORECASE,
)


def read(text: str, draft: Draft | None = None) -> Draft:
    """What a text says, added to `draft`. A text that can't be read adds nothing but its quoted words and numbers."""
    draft = draft or Draft()
    rest = unicodedata.normalize("NFKC", take_marks(text, draft))
    if len(text) > LONGEST or _OTHER_SCRIPTS.search(rest):
        return draft
    if _CHINESE.search(rest):
        read_chinese(simplified(rest), draft)
    else:
        rest = without_courtesy(rest)
        if _is_english(rest):
            read_english(rest, draft)
    draft.style = _as_written(draft.style, text)
    return draft


def read_wish(text: str) -> Draft:
    """What a wish of its own says."""
    draft = read(text)
    promote_scene(draft)
    return draft


def without_courtesy(text: str) -> str:
    """An English wish without 'hey, could you please draw me' before it and 'no rush, thanks' after it."""
    text = _ASIDES.sub(" ", text)
    while (shorter := _COURTESY.sub("", text, count=1)) != text and shorter.strip():
        text = shorter
    return text


def _is_english(text: str) -> bool:
    """Whether enough of the words are English for the rules to be sure of the rest."""
    words = [word for word in tokens(text) if word[0].isalpha()]
    known = sum(1 for word in words if " " in word or word in KNOWN or word in VERB_FORMS)
    return len(words) < 3 or known >= len(words) / 2


def _as_written(style: str, text: str) -> str:
    """A style with a name of its own, in the asker's capitals: 'Van Gogh'."""
    at = text.casefold().find(style)
    return text[at : at + len(style)] if style and at >= 0 and len(text.casefold()) == len(text) else style
