"""What of an LLM's text is for the person: no thoughts, no tool calls, no marks, no pictures from elsewhere."""

import re

from bot.cleaning import is_visible
from bot.llm.readable import is_readable

MAX_CHARACTERS = 8_000
_READ_AT_MOST = 4 * MAX_CHARACTERS
_THINK = r"think|thinking|thought|thoughts|reasoning|reflection"
_THOUGHTS = re.compile(rf"<({_THINK})>.*?(?:</\1>|\Z)|\[THINK\].*?(?:\[/THINK\]|\Z)", re.DOTALL | re.IGNORECASE)
# Some chat templates open the thoughts themselves, so that only their end stands in the answer.
_END_OF_THOUGHTS = re.compile(rf"\A.*</(?:{_THINK})>|\A.*\[/THINK\]", re.DOTALL | re.IGNORECASE)
_PICTURE = re.compile(r"!\[([^\]\n]{0,400})\](?:\([^)\n]{0,4000}\)?|\[[^\]\n]{0,200}\])")
_TAG = re.compile(
    r"</?(?:img|iframe|video|audio|object|embed|svg|picture|source|script|style)\b[^>]{0,4000}>?", re.IGNORECASE
)
_SPECIAL = re.compile(r"<\|[^|<>\s]{1,40}\|>|</?s>|\[/?INST\]")
# Where words may turn into a tool call or a thought, streaming stops until the answer is whole.
_OPENERS = ("<", "```", "[TOOL_CALLS]", "[THINK]", "![")


def without_thoughts(text: str) -> str:
    """The text without what a reasoning model thought aloud, also where it never ended its thoughts."""
    return _END_OF_THOUGHTS.sub("", _THOUGHTS.sub("", text[:_READ_AT_MOST]))


def for_person(text: str) -> str:
    """Words as they are shown and kept: at most `MAX_CHARACTERS`, without what no person means or must load."""
    plain = _SPECIAL.sub("", _TAG.sub("", _PICTURE.sub(r"\1", text[:_READ_AT_MOST])))
    seen = "".join(sign for sign in plain if sign in "\n\t" or is_visible(sign)).strip()
    return seen if len(seen) <= MAX_CHARACTERS else f"{seen[: MAX_CHARACTERS - 1].rstrip()}…"


def so_far(text: str) -> str:
    """What may be shown of an answer that is still being written."""
    heard = without_thoughts(text)
    if heard.lstrip().startswith(("{", "[")):
        return ""
    ends = [at for opener in _OPENERS if (at := heard.find(opener)) >= 0]
    heard = heard[: min(ends)] if ends else heard
    partial = next((n for n in range(12, 0, -1) if any(o[:n] == heard[-n:] for o in _OPENERS if n < len(o))), 0)
    words = for_person(heard[: len(heard) - partial])
    return words if is_readable(words) else ""
