"""What of an LLM's text is for the person: no thoughts, no tool calls, no marks, no pictures from elsewhere."""

import re
import string
import unicodedata
import zlib

from bot.inbox import is_visible

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
_SCRIPTS = "LATIN CJK HIRAGANA KATAKANA HANGUL CYRILLIC GREEK ARABIC HEBREW DEVANAGARI BENGALI TAMIL THAI".split()
_MOST_SCRIPTS = 4
_LONGEST_WORD = 40
_SPOKEN_AS_ONE = 30
_SIGNS_COUNT_FROM = 12
_SIGN_WITHIN = re.compile(r"""[A-Za-z0-9][<>{}\[\]^`|\\$!?"=;]+[A-Za-z0-9]""")
_CASE_CHANGES = re.compile(r"[a-z][A-Z]")
_ADDRESS = re.compile(r"https?://\S+")


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


def is_readable(text: str) -> bool:
    """Whether the text may be somebody's words at all, in whatever language.

    Told by form alone, so words that merely make no sense pass: text that repeats itself without end, signs instead
    of letters or amid them, scripts in a jumble, words of impossible length, Latin words without vowels.
    """
    text = _ADDRESS.sub("", text)
    words = text.split()
    odd = [word for word in words if _SIGN_WITHIN.search(word) or len(_CASE_CHANGES.findall(word)) > 1]
    if len(odd) > len(words) / 2:
        return False
    shown = [sign for sign in text if not sign.isspace()]
    if len(shown) > _SIGNS_COUNT_FROM and sum(sign in string.punctuation for sign in shown) > 0.28 * len(shown):
        return False
    # Emoji, numbers and short answers are words too.
    if len(shown) < _SPOKEN_AS_ONE:
        return "\ufffd" not in text and any(sign.isalnum() or unicodedata.category(sign) == "So" for sign in shown)
    data = text.encode()
    jumbled = len({script for sign in shown if sign.isalpha() and (script := _script(sign))}) >= _MOST_SCRIPTS
    signs_only = sum(sign.isalnum() for sign in shown) < len(shown) / 2
    repeats = len(data) > 12 * len(zlib.compress(data))
    return not (jumbled or signs_only or repeats or text.count("\ufffd") > 2 or _no_words(text))


def _no_words(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    latin = [word.lower() for word in words if word[0] < "\u0250"]
    if any(len(word) > _LONGEST_WORD for word in latin):
        return True
    long = [word for word in latin if len(word) > 2]
    mute = [word for word in long if not any(_is_vowel(sign) for sign in word)]
    single = [word for word in latin if len(word) == 1]
    return len(mute) > max(2, len(long) / 3) or len(single) > max(8, len(words) / 2)


def _is_vowel(sign: str) -> bool:
    return unicodedata.normalize("NFD", sign)[0] in "aeiouyæøœı"


def _script(sign: str) -> str:
    name = unicodedata.name(sign, "")
    return next((script for script in _SCRIPTS if name.startswith(script)), "")
