"""Takes out of passages what answers a question, word for word: the steps of a list, or a few sentences."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.desk.answering_words import Coverage, said_in, whole
from bot.desk.lexicon_asked import A_NUMBER, AMOUNT, FACT, HOW, MUST_HAVE, NAME, OPEN, YES_OR_NO
from bot.knowledge.chunks import length
from bot.knowledge.passage import Passage
from bot.knowledge.tokens import Term, terms_of

MOST_WORDS = 120
FEW_WORDS = 60
_STEP = re.compile(r"^\s*(?:(?P<number>\d{1,2})\s*[.)、．]|第[一二三四五六七八九十]+步[:：,，]?|[-*•·])\s*(?=\S)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)|(?<=[。！？；])")
_PICTURE = re.compile(r"!\[[^\]\n]*\](?:\([^)\n]*\)?|\[[^\]\n]*\])?")
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)?")
_ADDRESS = re.compile(
    r"[(（<]?\b(?:(?:https?|ftp|javascript|data|file)\s?:\s?/{0,2}|www\.)[^\s<>)）。，\"']*[)）>]?", re.IGNORECASE
)
_CODE = re.compile(r"<(script|style|iframe|svg|object)\b.*?(?:</\1>|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z!][^<>\n]{0,2000}(?:>|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Unit:
    """What is quoted in one piece: a sentence, or a list with the line that leads to it.

    Attributes:
        about: The nearest line above that is a heading.
        block: Units of one paragraph share it.
    """

    lines: tuple[str, ...]
    about: str = ""
    block: int = 0
    is_list: bool = False
    is_numbered: bool = False

    @property
    def text(self) -> str:
        """As it is quoted."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Extract:
    """What was taken out.

    Attributes:
        fits: Whether it has the kind of thing that is asked for.
        shortened: There are more steps than are quoted.
    """

    text: str
    passage: Passage
    fits: bool = True
    shortened: bool = False

    @property
    def has_steps(self) -> bool:
        """Whether it tells steps one by one."""
        return any(map(_is_numbered, self.text.split("\n")))


def plain(text: str) -> str:
    """A text without pictures, links, addresses and tags."""
    bare = _LINK.sub(r"\1", _PICTURE.sub(" ", _CODE.sub(" ", text)))
    bare = _TAG.sub(" ", _ADDRESS.sub("", bare))
    lines = [re.sub(r"[ \t]{2,}", " ", line).strip() for line in bare.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(re.sub(r"\s+([.,;:!?])", r"\1", line) for line in lines)).strip()


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; a line ends one."""
    return [one.strip() for line in text.split("\n") for one in _SENTENCE.split(line) if one.strip()]


def is_step(line: str) -> bool:
    """Whether a line is an item of a list."""
    return _STEP.match(line) is not None


def wants_amount(question: str) -> bool:
    """Whether a number or a time is asked for."""
    return AMOUNT.search(question) is not None


def is_yes_or_no(question: str) -> bool:
    """Whether it asks if something is so, whatever else it asks."""
    return YES_OR_NO.search(question) is not None


def is_plain_yes_or_no(question: str) -> bool:
    """Whether it asks if something is so, and nothing else."""
    return is_yes_or_no(question) and not (wants_amount(question) or OPEN.search(question))


def wants_action(question: str) -> bool:
    """Whether it is asked what to do, and not for a fact, a number, or a plain yes or no."""
    if FACT.search(question):
        return False
    is_closed = wants_amount(question) or is_yes_or_no(question)
    return bool(HOW.search(question)) or not is_closed or (not wants_amount(question) and bool(OPEN.search(question)))


def extract(question: str, passage: Passage, coverage: Coverage) -> Extract | None:
    """What of a passage answers a question; None where there is nothing to quote.

    Args:
        question: What is asked.
        passage: What is quoted.
        coverage: How much of the question a text speaks of.
    """
    units = list(_units(plain(passage.text)))
    if not units:
        return None
    marks = _marks(units, coverage, question)
    best = max(range(len(units)), key=lambda at: (marks[at], -at))
    text, shortened = _listed(units[best]) if units[best].is_list else (_around(units, best), False)
    lists = [at for at, unit in enumerate(units) if unit.is_list and (unit.is_numbered or marks[at] >= marks[best])]
    if wants_action(question) and lists and not units[best].is_list:
        nearest = min(lists, key=lambda at: (units[at].about != units[best].about, at < best, -marks[at]))
        steps, shortened = _listed(units[nearest])
        text = f"{text}\n{steps}" if nearest > best and length(text) + length(steps) <= MOST_WORDS else steps
    told = "\n".join([passage.title, *passage.headings, text])
    return Extract(text, passage, fits(question, told), shortened) if text else None


def fits(question: str, text: str) -> bool:
    """Whether a text has the kind of thing that is asked for: such as an amount or a time."""
    return all(has.search(text) for asked, has in MUST_HAVE if asked.search(question))


def strange(question: str, passage: Passage, others: Iterable[Passage]) -> tuple[int, int]:
    """How many names and model numbers of a question a passage lacks: those that others have, and all the rest."""
    names = [terms for name in NAME.findall(question) if (terms := [one for one in terms_of(name) if one.weight == 1])]
    missing = [terms for terms in names if not _has(passage, terms)]
    elsewhere = sum(any(_has(other, terms) for other in others) for terms in missing)
    return elsewhere, len(missing) - elsewhere


def _has(passage: Passage, terms: Sequence[Term]) -> bool:
    known = said_in(whole(passage))
    return all(any(known.issuperset(option) for option in term.options) for term in terms)


def _units(text: str) -> Iterator[Unit]:
    about, block, listed = "", 0, list[str]()
    rows = text.split("\n")
    for line, after in zip([*rows, ""], [*rows[1:], "", ""], strict=True):
        if is_step(line):
            listed.append(line.strip())
            continue
        if any(map(is_step, listed)):
            yield Unit(tuple(listed), about, block, True, any(_is_numbered(one) for one in listed))
        else:
            yield from (Unit((one,), about, block) for one in listed)
        listed = []
        block += 1
        if not line.strip():
            continue
        if line.rstrip().endswith((":", "：")):
            listed = [line.strip()]
        elif _is_heading(line, after):
            about = line.strip()
        else:
            yield from (Unit((one,), about, block) for one in sentences_of(line))


def _is_numbered(line: str) -> bool:
    found = _STEP.match(line)
    return bool(found and (found["number"] or found[0].startswith("第")))


def _is_heading(line: str, after: str) -> bool:
    """A short line without an end before a longer one; rows of a table are alike."""
    is_open = not line.rstrip().endswith((".", "!", "?", "。", "！", "？", "；", ";", ",")) and "|" not in line
    return is_open and length(line) <= 10 and length(after) > 2 * length(line)


def _marks(units: Sequence[Unit], coverage: Coverage, question: str) -> list[float]:
    """How well each unit fits, what stands above it counting half."""
    marks = [(coverage.of(unit.text) + coverage.of(f"{unit.about}\n{unit.text}")) / 2 for unit in units]
    if wants_amount(question):
        marks = [
            mark * (1.5 if re.search(A_NUMBER, unit.text, re.IGNORECASE) else 1.0)
            for mark, unit in zip(marks, units, strict=True)
        ]
    # A list has many words; it is not the better answer for that alone.
    return [mark / (1.2 if unit.is_list else 1.0) for mark, unit in zip(marks, units, strict=True)]


def _listed(unit: Unit) -> tuple[str, bool]:
    """As many of its lines as may be quoted, and whether there are more."""
    lines: list[str] = []
    for line in unit.lines:
        if lines and length("\n".join([*lines, line])) > MOST_WORDS:
            return "\n".join(lines), True
        lines.append(line)
    return "\n".join(lines), False


def _around(units: Sequence[Unit], best: int) -> str:
    """The sentence, with what stands beside it in its paragraph as far as that is short."""
    chosen = {best}
    beside = [at for at, unit in enumerate(units) if unit.block == units[best].block and not unit.is_list]
    for at in sorted(beside, key=lambda at: (abs(at - best), at < best)):
        text = " ".join(units[one].text for one in sorted({*chosen, at}))
        if length(text) <= FEW_WORDS:
            chosen.add(at)
        elif at > best:
            break
    run = [at for at in sorted(chosen) if all(one in chosen for one in range(min(at, best), max(at, best)))]
    gap = "" if re.search(r"[。！？；]$", units[best].text) else " "
    return gap.join(units[at].text for at in run)[:2000]
