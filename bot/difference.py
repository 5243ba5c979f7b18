"""What was made of a person's words: their difference to the prompt, word by word, fit to be read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile
from typing import Literal

Kind = Literal["same", "added", "left_out"]
_SAME: Kind = "same"
_ADDED: Kind = "added"
_LEFT_OUT: Kind = "left_out"

_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"  # kana and Han: no spaces between words
_TOKEN = re.compile(
    rf"\s+|(?:[{_UNSPACED}]|(?:(?![{_UNSPACED}])\w)+(?:['’-](?:(?![{_UNSPACED}])\w)+)*|.)\s*", re.DOTALL
)
_READABLE_LETTERS = 3
# SequenceMatcher takes cubic time at worst; a difference between longer texts is shown in two blocks.
_MOST_PAIRS = 90_000


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the difference.

    Attributes:
        kind: 'same': in both; 'added': only in the prompt; 'left_out': only in the words.
        text: With the spaces behind it; of what is the same, as the prompt has it.
    """

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Tokens of the words and of the prompt that stand against each other."""

    equal: bool
    words: Sequence[str]
    prompt: Sequence[str]


@lru_cache(maxsize=1024)  # a page asks for the same ones at every step of a picture
def difference(words: str, prompt: str) -> tuple[Part, ...]:
    """How the prompt differs from the words; upper and lower case and spaces count as the same.

    'same' and 'added' together are the prompt, 'same' and 'left_out' the words up to case and spaces. Kana and Han are
    compared by character, all else by word. Words of one or two letters that happen to be in both, in the middle of
    what was exchanged, count as exchanged too: nobody can read confetti.
    """
    parts: list[Part] = []
    for stretch in _without_confetti(_stretches(_TOKEN.findall(words), _TOKEN.findall(prompt))):
        if stretch.equal:
            _append(parts, _SAME, stretch.prompt)
        else:
            _append(parts, _LEFT_OUT, _apart(parts, stretch.words))
            _append(parts, _ADDED, stretch.prompt)
    return tuple(parts)


def _apart(parts: Sequence[Part], words: Sequence[str]) -> Sequence[str]:
    """Words to be shown behind what the prompt goes on from, which may have had no space there."""
    glued = bool(parts and words and parts[-1].text[-1].isalnum() and words[0][0].isalnum())
    return [" ", *words] if glued and not re.match(f"[{_UNSPACED}]", words[0]) else words


def _append(parts: list[Part], kind: Kind, tokens: Sequence[str]) -> None:
    if not tokens:
        return
    text = "".join(tokens)
    if parts and parts[-1].kind == kind:
        text = parts.pop().text + text
    parts.append(Part(kind, text))


def _stretches(words: Sequence[str], prompt: Sequence[str]) -> Iterator[_Stretch]:
    """Both from beginning to end; what they begin and end with alike is found without the matcher."""
    ours, theirs = [_key(token) for token in words], [_key(token) for token in prompt]
    head = _common(ours, theirs)
    tail = _common(ours[head:][::-1], theirs[head:][::-1])
    middle, other = slice(head, len(words) - tail), slice(head, len(prompt) - tail)
    yield _Stretch(True, words[:head], prompt[:head])
    if len(ours[middle]) * len(theirs[other]) > _MOST_PAIRS:
        yield _Stretch(False, words[middle], prompt[other])
    else:
        matcher = SequenceMatcher(None, ours[middle], theirs[other], autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            yield _Stretch(tag == "equal", words[middle][a:b], prompt[other][c:d])
    yield _Stretch(True, words[len(words) - tail :], prompt[len(prompt) - tail :])


def _common(ours: Sequence[str], theirs: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(ours, theirs, strict=False)))


def _without_confetti(found: Iterator[_Stretch]) -> Iterator[_Stretch]:
    """The same stretches, those that were exchanged side by side as one."""
    stretches = [stretch for stretch in found if stretch.words or stretch.prompt]
    around = zip([None, *stretches], stretches, [*stretches[1:], None], strict=False)
    exchanged: list[_Stretch] = []
    for before, stretch, after in around:
        if not stretch.equal or (before and after and _is_confetti(before, stretch, after)):
            exchanged.append(stretch)
            continue
        yield from _merged(exchanged)
        exchanged = []
        yield stretch
    yield from _merged(exchanged)


def _merged(stretches: list[_Stretch]) -> Iterator[_Stretch]:
    if stretches:
        words = [token for stretch in stretches for token in stretch.words]
        yield _Stretch(False, words, [token for stretch in stretches for token in stretch.prompt])


def _is_confetti(before: _Stretch, island: _Stretch, after: _Stretch) -> bool:
    """Whether a stretch is the same by accident: short, and amid words that were exchanged for others."""
    if not island.equal or before.equal or after.equal:
        return False
    exchanged = (before.words or after.words) and (before.prompt or after.prompt)
    text = "".join(island.words)
    unspaced = len(re.findall(f"[{_UNSPACED}]", text))
    letters = len(re.findall(r"\w", text)) - unspaced
    return bool(exchanged) and letters < _READABLE_LETTERS and unspaced < _READABLE_LETTERS - 1


def _key(token: str) -> str:
    return token.strip().casefold()
