"""When no answer is tried: a person is wanted or needed, or the words are small talk; and what a hand-over tells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.desk.draft import Kind
from bot.desk.question import Proposed, Question
from bot.desk.settings import DeskSettings
from bot.desk.wording import PERSON, SMALL_TALK, is_angry, policy, say
from bot.knowledge.passage import Hit
from bot.language import Language
from bot.privacy import scrub

_PIECES = re.compile(r"[,.!?~;:，。！？～；、…\n]+")
_EMOJI = re.compile(r"[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]")
MOST_FOUND, MOST_CHARACTERS = 3, 600


@dataclass(frozen=True, slots=True)
class Talk:
    """What of a message is small talk.

    Attributes:
        kind: One of `SMALL_TALK`; empty for none.
        rest: The words without it.
    """

    kind: str
    rest: str


def small_talk(text: str) -> Talk:
    """Greetings and thanks apart from what is asked; where both a greeting and more stand there, the more counts."""
    kinds: list[str] = []
    rest = _EMOJI.sub(" ", text.replace("’", "'"))
    for piece in _PIECES.split(rest):
        said = piece.strip(" \t\"'()（）“”")
        kind = next((name for name, pattern in SMALL_TALK if said and pattern.fullmatch(said)), "")
        if kind:
            kinds.append(kind)
            rest = re.sub(rf"{re.escape(piece)}[,.!?~;:，。！？～；、…]*", " ", rest, count=1)
    rest = rest.strip(" \t\n,.!?~;:，。！？～；、…\"'") and rest.strip()
    if not (kinds or rest) and text.strip():
        kinds = ["well"]  # nothing but signs and faces
    return Talk(min(kinds, key=[name for name, _ in SMALL_TALK].index, default=""), rest)


def needs_person(text: str, settings: DeskSettings, language: Language) -> str:
    """Why a person must take over whatever is known, one sentence for colleagues; empty where none must."""
    text = text.replace("’", "'")
    if touched := policy(text):
        return say(touched, language)
    if PERSON.search(text):
        return say("person", language)
    if is_angry(text):
        return say("anger", language)
    word = next((word for word in settings.hand_over_words if word.strip() and _says(text, word.strip())), "")
    return say("word", language, word=word) if word else ""


def handed_over(
    question: Question,
    reason: str,
    settings: DeskSettings,
    hits: Sequence[Hit] = (),
    searched: str = "",
    nearest: str = "",
) -> Proposed:
    """A hand-over: a line that promises nothing, and a summary for whoever takes over.

    They see at once whether `nearest` helps: what would have been quoted, had it been sure enough.
    """
    language = question.language
    line = settings.hand_over_line.get(language, "").strip() or say("hand over", language)
    summary = _summary(question, reason, hits, searched, nearest)
    return Proposed(Kind.HAND_OVER, line, confidence=0.0, reason=reason, summary=summary)


def _summary(question: Question, reason: str, hits: Sequence[Hit], searched: str, nearest: str) -> str:
    language = question.language
    found = "; ".join(f"{hit.passage.title} ({hit.covered:.0%})" for hit in hits[:MOST_FOUND])
    before = " / ".join(spoken.text.strip() for spoken in question.before[-4:] if spoken.by_customer)
    parts = {
        "asked": question.text,
        "earlier": before,
        "tried": searched,
        "found": found or (say("nothing", language) if searched else ""),
        "nearest": nearest,
        "why": reason,
    }
    lines = [f"{say(name, language)}: {_short(scrub(text).text)}" for name, text in parts.items() if text.strip()]
    return "\n".join(lines)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"


def _says(text: str, word: str) -> bool:
    """Whether a word of the settings is said; within a word of letters it doesn't count."""
    edge = r"(?<!\w)" if word[0].isascii() else "", r"(?:s|es)?(?!\w)" if word[-1].isascii() else ""
    return re.search(edge[0] + re.escape(word) + edge[1], text, re.IGNORECASE) is not None
