"""The forms behind 'Edit the prompt' and 'Same seed', and what they wish for once they are sent."""

import secrets
from collections.abc import Mapping

from bot.actions import PROMPT
from bot.chat.card import Field, Form
from bot.chat.cards import SAME_SEED
from bot.chat.words import say
from bot.errors import RequestError
from bot.language import Language
from bot.limits import MAX_SEED, check_size
from bot.messages import Plan, Wishes

LONGEST = 4_000


def form_of(key: str, plan: Plan, language: Language) -> Form:
    """The form of a button, filled with what the picture was made from."""
    kind = key.partition(":")[0]
    if kind == SAME_SEED:
        hint = say("change_hint", language)
        change = Field("change", say("change", language), limit=1_000, long=True, required=True, hint=hint)
        return Form(key, say("seed_title", language), (change,), say("edit_send", language))
    fields = (
        Field("prompt", say("prompt", language), plan.prompt[:LONGEST], LONGEST, long=True, required=True),
        Field("negative", say("negative", language), plan.negative_prompt[:LONGEST], LONGEST, long=True),
        Field("size", say("size", language), f"{plan.width_px}x{plan.height_px}", 11),
        Field("style", say("style_field", language), plan.style, 64),
        Field("seed", say("seed_field", language), str(plan.seed), 10),
    )
    return Form(key, say("edit_title", language), fields, say("edit_send", language))


def wished(key: str, plan: Plan, values: Mapping[str, str]) -> tuple[str, Wishes]:
    """The words and the wishes of a form that was sent. Raises RequestError for a size or seed that is none."""
    given = {name: value.strip() for name, value in values.items()}
    if key.partition(":")[0] == SAME_SEED:
        return given.get("change", ""), Wishes(seed=plan.seed, model=plan.model)
    width_px, height_px = check_size(given["size"]) if given.get("size") else (None, None)
    wishes = Wishes(
        prompt=given.get("prompt", ""),
        negative_prompt=given.get("negative", ""),
        style=given.get("style", ""),
        width_px=width_px,
        height_px=height_px,
        seed=_seed(given.get("seed", "")),
        model=plan.model,
    )
    return given.get("prompt", ""), wishes


def is_form(key: str) -> bool:
    """Whether a button opens a form."""
    return key.partition(":")[0] in (PROMPT, SAME_SEED)


def _seed(text: str) -> int:
    if not text:
        return secrets.randbelow(MAX_SEED + 1)
    if not text.isdecimal() or len(text) > len(str(MAX_SEED)) or int(text) > MAX_SEED:
        raise RequestError(f"'{text[:20]}' is no seed", f"A seed is a whole number from 0 to {MAX_SEED}.")
    return int(text)
