"""Takes out of passages what answers a question, word for word: the steps of a list, or a few sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.desk.answering_words import Coverage
from bot.knowledge.chunks import length
from bot.knowledge.passage import Passage
from bot.knowledge.tokens import tokens_of

# ruff: noqa: E501 - word tables

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
_YES_OR_NO = re.compile(
    r"(?:^|[.!?,;\n]\s*|\b(?:and|so|but|hi|hello) )(?:can|could|may|do|does|did|is|are|was|will|would|should|has|have|am)(?:n't)? (?!you (?:tell|show|explain|help|say|let)\b)(?!(?:someone|anyone) )[^?\n]*(?:\?|$)"
    r"|(?:吗|么(?<!什么)(?<!怎么))\s*[?？。]?\s*$|能不能|能否|是否|可不可以|会不会|是不是|有没有|要不要|需不需要",
    re.IGNORECASE,
)  # fmt: skip
_FACT = re.compile(
    r"\bwhat (?:does|do|is|are|was) (?!(?:the (?:right|best|correct) (?:way|place|order|position)))[^?]*\b(?:mean|stand for|difference|speed|range|limit|price|cost|warranty|policy|address|number|hours|name|version)\b|\bmeaning\b|\bwhy\b|\bwho\b|\bwhich (?:models?|countries|carriers?|payment|versions?|browsers?|browser)\b|\bwarranty\b|\binvoice|\breturn(?:s|ed)? (?:policy|period)\b|\bdeliver|\bship(?:ping|ped)?\b"
    r"|什么意思|代表什么|含义|表示什么|为什么|为啥|谁|哪[款些]型号|支持哪些|保修|质保|发票|退换货?|运费|快递|发货|区别",
    re.IGNORECASE,
)  # fmt: skip
_OPEN = re.compile(r"\b(?:how|what|where|which)\b|怎么|怎样|如何|哪|什么", re.IGNORECASE)
_AMOUNT = re.compile(
    r"\bhow (?:much|many|long|often|far|big|high|heavy|fast|old|soon|late|wide|tall|hot|cold)\b|(?:^|[.!?,;:\n] ?|\b(?:and|since|until|till) )when (?:do|does|did|will|is|are|can|may|should|would)\b|\buntil when\b|\bwhat (?:time|temperature|distance|size|price|number|percentage)\b|\bcosts?\b|\bprice\b"
    r"|多少|多久|多长|多大|多远|多高|多重|(?<!好)几[天个次年月米种台]|什么时候|何时|价格|费用",
    re.IGNORECASE,
)  # fmt: skip
_A_NUMBER = r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|once|twice|half|unlimited|every|never|always)\b|[一二两三四五六七八九十百半每]|不限"
# What an answer must have in it where this is asked.
_MUST_HAVE = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(answered, re.IGNORECASE))
    for asked, answered in (
        (r"\b(?:price|costs?|how much (?:is|are|do|does|for|will|to)|expensive|fee|surcharge)\b|多少钱|价格|费用|收费|贵[吗不]", r"[€$£¥]|\b(?:euros?|dollars?|pounds|free|nothing)\b|元|免费|不收|包邮"),
        (r"\bhow (?:long (?:do|does|is|are|will|may|can|until|before)|soon|many (?:seconds|minutes|hours|days|weeks|months|years))\b|多久|几天|多长时间|几个?(?:小时|月|年)", r"(?:\d|\b(?:one|two|three|four|five|six|ten|few|half an?|an|each|every)\b)\s?(?:to \d+ )?(?:working |calendar )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|cm|m|km)\b|[\d一二两三四五六七八九十半几每]\s?个?(?:秒|分钟|小时|天|日|周|星期|月|年|工作日|米|厘米)|immediately|at once|never|立即|马上"),
        (r"\b(?:weighs?|how heavy|weight)\b|多重|重量|公斤", r"\d\s?(?:kg|g|grams?|pounds?|lbs?)\b|公斤|千克|\d ?克"),
        (r"\b(?:dimensions|how (?:big|wide|tall|thick))\b|尺寸|多宽|多厚", r"\d\s?(?:cm|mm|m|inch\w*)\b|厘米|毫米|\d ?米"),
        (r"\b(?:phone|telephone) number\b|\bhotline\b|电话号码|热线|电话是多少", r"\d[\d -]{5,}\d"),
        (r"\b(?:what|which|other|any) colou?rs?\b|\bin (?:white|black|red|grey|blue|green)\b|(?:什么|几种|哪些|别的)颜色|[黑白红蓝绿灰]色的吗", r"\bcolou?rs? (?:are|is|:)|\bcomes? in\b|颜色有|可选"),
        (r"\b(?:watts?|how much (?:power|electricity))\b|功率|多少瓦|耗电|费电", r"\d\s?(?:k?W|watts?|kWh)\b|瓦"),
        (r"\b(?:discounts?|coupons?|instal+ments?|pay later|loyalty)\b|折扣|优惠|分期|积分|以旧换新", r"\b(?:discounts?|coupons?|instal+ments?|points)\b|折扣|优惠|分期|积分|以旧换新"),
        (r"\bhow (?:many|much|often|far|high|fast)\b|多少|(?<!好)几[个台条次米种]|多快", _A_NUMBER),
    )
)  # fmt: skip
# Names and model numbers: what the articles never name, they don't answer for.
_NAME = re.compile(
    r"(?<=[a-z,] )[A-Z][A-Za-z]*\d*|\b[A-Za-z]+\d+\b|(?<=[\u4e00-\u9fff])\s?[A-Za-z]{3,}|(?<=[A-Za-z] )\d+\b"
)


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
        fits: Whether its passage has the kind of thing that is asked for.
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
    return _AMOUNT.search(question) is not None


def wants_action(question: str) -> bool:
    """Whether it is asked what to do, and not for a fact, a number, or a plain yes or no."""
    is_yes_or_no = _YES_OR_NO.search(question) and not _OPEN.search(question)
    return not (wants_amount(question) or is_yes_or_no or _FACT.search(question))


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
    return Extract(text, passage, fits(question, passage), shortened) if text else None


def fits(question: str, passage: Passage) -> bool:
    """Whether a passage has the kind of thing that is asked for: an amount of money, a time, or what has a name."""
    text = "\n".join([passage.title, *passage.headings, passage.text])
    known = set(tokens_of(text))
    named = all(known & set(tokens_of(name)) for name in _NAME.findall(question) if name != "I")
    return named and all(has.search(text) for asked, has in _MUST_HAVE if asked.search(question))


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
            mark * (1.5 if re.search(_A_NUMBER, unit.text, re.IGNORECASE) else 1.0)
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
