"""Modest additions: light and composition where a request leaves them open, never against what was asked for.

Rewriting helps when it keeps what was asked and harms when it beautifies, so one or two plain items are all, chosen by
the scene; each is told in a note and stands in `Brief.added`.
"""

import re
from dataclasses import replace
from typing import Any

from bot.brief import FREE, Brief
from bot.director.scenes import TIMES
from bot.style import Style
from bot.variety import settled, signs_of

# The first that fits, by time and weather of the brief or by a sign that bot/variety.py reads in it.
_LIGHT = (
    ("underwater", "soft filtered light"),
    ("space", "clear light from one side"),
    ("storm", "dim, stormy light"),
    ("time night", "dim, cool light"),
    ("fog", "soft diffused light"),
    ("time sunset", "warm low light"),
    ("time dawn", "soft morning light"),
    ("overcast", "soft grey light"),
    ("wet", "soft grey light"),
    ("weather sunny", "bright clear light"),
    ("indoors", "soft indoor light"),
    ("time day", "clear daylight"),
    ("", "soft light"),
)
_COMPOSITION = (("crowd", "balanced composition"), ("several", "balanced composition"), ("", "simple composition"))
# Media that are made of shapes or lines: light is no part of them.
_UNLIT = frozenset({"graphic", "drawing", "print", "craft"})
_SPEAKS_OF_LIGHT = re.compile(r"\b(?:light|shadow|contrast|glow|lit)", re.IGNORECASE)


def modest(brief: Brief, style: Style | None = None) -> Brief:
    """The brief with one or two free items; as it is where anybody added some already, or nothing is open.

    Args:
        brief: What was asked for, with what an LLM and house rules filled in.
        style: The style that it is painted in.
    """
    if any(name in brief.added and getattr(brief, name) for name in FREE):
        return brief
    fixed = settled(brief)
    offered = {"composition": _first(_COMPOSITION, signs_of(brief))}
    if _is_lit(brief, style):
        # What the words alone seem to say of the scene is too little to go by: a pear inside a jar is not indoors.
        scene = Brief("", place=brief.place, time=brief.time, weather=brief.weather)
        offered["light"] = _first(
            _LIGHT, signs_of(scene) | {f"time {TIMES.get(brief.time, brief.time)}", f"weather {brief.weather}"}
        )
    filled: dict[str, Any] = {
        name: text for name, text in offered.items() if name not in fixed and not _is_excluded(text, brief)
    }
    return replace(brief, **filled, added=(*brief.added, *filled))


def modest_items(brief: Brief) -> tuple[str, ...]:
    """The free items of a brief that were added here."""
    ours = {"light": {text for _, text in _LIGHT}, "composition": {text for _, text in _COMPOSITION}}
    return tuple(name for name, texts in ours.items() if name in brief.added and getattr(brief, name) in texts)


def _is_lit(brief: Brief, style: Style | None) -> bool:
    if style is None:
        return not brief.style or brief.style.casefold() in {"photo", "realistic"}
    return style.group not in _UNLIT and not _SPEAKS_OF_LIGHT.search(style.phrases.plain)


def _first(table: tuple[tuple[str, str], ...], signs: frozenset[str]) -> str:
    return next(text for sign, text in table if not sign or sign in signs)


def _is_excluded(text: str, brief: Brief) -> bool:
    return any(re.search(rf"\b{re.escape(one)}", text, re.IGNORECASE) for one in brief.exclusions)
