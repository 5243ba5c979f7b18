"""Buttons: what can be done with a picture, and the message that pressing one makes."""

from collections.abc import Sequence
from typing import Any

from bot.errors import RequestError
from bot.language import Language
from bot.messages import Action, Message, Picture

AGAIN = "again"
VARY = "vary"
OWN_WORDS = "own_words"
PROMPT = "prompt"
LABELS: dict[str, dict[Language, str]] = {
    AGAIN: {"en": "Again", "zh": "再来一张"},
    VARY: {"en": "Vary", "zh": "变化"},
    OWN_WORDS: {"en": "Use my words", "zh": "用我的原话"},
    PROMPT: {"en": "Edit the prompt", "zh": "修改提示词"},
}


def offered(pictures: Sequence[Picture], language: Language) -> tuple[Action, ...]:
    """The buttons below a reply: every kind for every picture; words that were the prompt already need no button."""
    return tuple(
        Action(f"{kind}:{picture.id}", labels[language])
        for picture in pictures
        for kind, labels in LABELS.items()
        if kind != OWN_WORDS or picture.plan.prompt != picture.plan.request
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
