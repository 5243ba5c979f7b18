"""Buttons: what can be done with a picture, and the message that pressing one makes."""

from collections.abc import Sequence
from typing import Any

from bot.errors import RequestError
from bot.language import Language
from bot.messages import Action, Message, Picture, Proposal

AGAIN = "again"
VARY = "vary"
OWN_WORDS = "own_words"
PROMPT = "prompt"
USE = "use"
LABELS: dict[str, dict[Language, str]] = {
    AGAIN: {"en": "Again", "zh": "再来一张"},
    VARY: {"en": "Vary", "zh": "变化"},
    OWN_WORDS: {"en": "Use my words", "zh": "用我的原话"},
    PROMPT: {"en": "Edit the prompt", "zh": "修改提示词"},
    USE: {"en": "Use this", "zh": "就用这个"},
}
OF_PICTURES = (AGAIN, VARY, OWN_WORDS, PROMPT)
OF_PROPOSALS = (USE, OWN_WORDS, PROMPT)


def offered(pictures: Sequence[Picture], language: Language, proposals: Sequence[Proposal] = ()) -> tuple[Action, ...]:
    """The buttons below a reply: every kind for every picture; words that were the prompt already need no button."""
    kinds = [(one, OF_PICTURES) for one in pictures] + [(one, OF_PROPOSALS) for one in proposals]
    return tuple(
        Action(f"{kind}:{one.id}", LABELS[kind][language])
        for one, of_it in kinds
        for kind in of_it
        if kind != OWN_WORDS or one.plan.prompt != one.plan.request
    )


def pressed(key: str, *, language: Language = "en", **place: Any) -> Message:
    """The message that stands for a pressed button.

    Args:
        key: Of the `Action`.
        language: Of whoever pressed it: the button's label in it stands for their words.
        place: Further fields of the message: adapter, event_id, user, channel, thread, wishes. For 'prompt' the wishes
            must bring the prompt.

    Raises:
        RequestError: There is no such button.
    """
    kind, _, picture_id = key.partition(":")
    if kind not in LABELS or not picture_id:
        raise RequestError(f"There is no button '{key[:80]}'", f"Expected is one of {', '.join(LABELS)} and a picture.")
    return Message(text=LABELS[kind][language], action=kind, reply_to=picture_id, wants_picture=True, **place)
