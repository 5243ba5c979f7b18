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
UNDO = "undo"
UPSCALE = "upscale"
DESCRIBE = "describe"
# Each is done by the tool of the same name, and offered only where that tool is on.
OF_TOOLS = (UPSCALE, DESCRIBE)
LABELS: dict[str, dict[Language, str]] = {
    AGAIN: {"en": "Again", "zh": "再来一张"},
    VARY: {"en": "Vary", "zh": "变化"},
    OWN_WORDS: {"en": "Use my words", "zh": "用我的原话"},
    PROMPT: {"en": "Edit the prompt", "zh": "修改提示词"},
    USE: {"en": "Use this", "zh": "就用这个"},
    UNDO: {"en": "Undo", "zh": "撤销"},
    UPSCALE: {"en": "Upscale", "zh": "放大"},
    DESCRIBE: {"en": "Describe", "zh": "描述图片"},
}
OF_PICTURES = (AGAIN, VARY, OWN_WORDS, PROMPT, UNDO)
OF_PROPOSALS = (USE, OWN_WORDS, PROMPT)


def offered(pictures: Sequence[Picture], language: Language, proposals: Sequence[Proposal] = ()) -> tuple[Action, ...]:
    """The buttons below a reply: those of its pictures, then those of its proposals, each where it does something.

    Words that were the prompt already need no button; 'undo' is for one picture that was made of another.
    """
    alone = len(pictures) == 1
    kinds = [(one.id, one.plan, kind) for one in pictures for kind in OF_PICTURES]
    kinds = [one for one in kinds if one[2] != UNDO or (alone and one[1].parent)]
    kinds += [(one.id, one.plan, kind) for one in proposals for kind in OF_PROPOSALS]
    return tuple(
        Action(f"{kind}:{picture_id}", LABELS[kind][language])
        for picture_id, plan, kind in kinds
        if kind != OWN_WORDS or plan.prompt != plan.request
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
    wants_picture = kind != DESCRIBE
    return Message(text=LABELS[kind][language], action=kind, reply_to=picture_id, wants_picture=wants_picture, **place)
