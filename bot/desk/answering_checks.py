"""What code checks of an answer that an LLM wrote: promises and figures stand in what it cites; no links, no pictures."""

import re
from collections.abc import Sequence

from bot.desk.extracting import plain, sentences_of
from bot.knowledge.passage import Passage
from bot.knowledge.tokens import tokens_of
from bot.llm import spoken

# Each promise in all its words, in both languages, so that a Chinese answer may rest on an English passage.
_PROMISES = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in (
        ("refund", r"\brefund\w*|\bmoney[- ]back|\b(?:get|give\w*|receive|pay|paid) (?:\w+ )?(?:your |the )?money\b|\breimburs\w+|\bcredit(?:ed)? (?:to )?your|退款|退钱|返还|退回.{0,4}(?:金额|款)"),
        ("discount", r"\bdiscount\w*|\bcoupon|\bvoucher|\b\d+ ?% off\b|\brebate|折扣|优惠|打折|[一二三四五六七八九]折|代金券|减免"),
        ("compensation", r"\bcompensat\w+|\bdamages\b|赔偿|补偿|赔付"),
        ("gift", r"\bfree of charge\b|\bfor free\b|\bat no (?:extra )?(?:cost|charge)\b|\bfree\b(?! (?:up|of|from|to|slot|port|space))|\bgift\b|免费|赠送|白送"),
        ("replacement", r"\b(?:send|ship|get|receive|give)\w*\b[^.]{0,20}\b(?:replacement|new (?:one|device|router|unit))\b|\breplace (?:it|your|the (?:device|router|unit))\b|换新|换一台|补发|更换(?:整机|新机)"),
        ("guarantee", r"\bguarante\w+|\bpromis\w+|\bwarrant(?:y|ied)\b|\bassure\b|\bdefinitely\b|保证|承诺|保修|质保|一定会"),
        ("deed", r"\b(?:i|we)(?:'ll| will| have|'ve| am going to| are going to)\b(?! (?:be (?:glad|happy)|gladly help))|\byour (?:request|order|refund|account) (?:has been|is now|was)\b|(?:我|我们)(?:会|将|已经?|马上|这就)|已(?:经)?(?:为|帮|给)您"),
    )
}  # fmt: skip
_NOT = re.compile(
    r"\b(?:not|no|never|without|cannot|except|excluded|unless|nor|only if)\b|n't\b|不|没|无法|除外|概不|非",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_STEP_NUMBER = re.compile(r"^\s*(?:\(?\d{1,2}[.)、．:：]|[Ss]tep \d+)", re.MULTILINE)
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve"
_SIGNS = "零一二三四五六七八九十"
_COUNTS = {**{word: str(at) for at, word in enumerate(_WORDS.split())}, **{sign: str(at) for at, sign in enumerate(_SIGNS)}, "两": "2", "thirty": "30", "twenty": "20", "fourteen": "14"}  # fmt: skip
_MARKS = re.compile(r"^#{1,6}\s+|^>\s?|`{1,3}\w*", re.MULTILINE)
_CITED = re.compile(r"\s?(?:\[(?:p?\d+|id:[^\]]*|passage [^\]]*)\]|【[^】]*】)", re.IGNORECASE)
MOST_CHARACTERS = 2_000


def cleaned(text: str) -> str:
    """An LLM's answer as a customer may see it: no links or pictures (citations are shown by code), no HTML, no marks."""
    bare = spoken.for_person(plain(spoken.without_thoughts(text)))
    return _CITED.sub("", _MARKS.sub("", bare)).strip()[:MOST_CHARACTERS]


def unfounded(text: str, cited: Sequence[Passage], question: str) -> str:
    """What a text promises or puts into figures that no cited passage says, in its own words; empty for nothing."""
    sources = [sentence for passage in cited for sentence in sentences_of(plain(f"{passage.title}\n{passage.text}"))]
    for sentence in sentences_of(text):
        for name, promise in _PROMISES.items():
            if (
                promise.search(sentence)
                and not _NOT.search(sentence)
                and not _is_said(name, promise, sentence, sources)
            ):
                return sentence[:200]
    numbers = _numbers(" ".join(sources)) | _numbers(question)
    new = [number for number in _NUMBER.findall(_STEP_NUMBER.sub("", text)) if _same(number) not in numbers]
    return new[0] if new else ""


def support(text: str, cited: Sequence[Passage]) -> float:
    """0 to 1: how much of a text's words stand in what it cites; 1 where they can't be compared, across languages."""
    said = {token for token in tokens_of(text) if len(token) > 1}
    have = set(tokens_of(" ".join(f"{one.title} {' '.join(one.headings)} {one.text}" for one in cited)))
    in_chinese = bool(re.search(r"[\u3400-\u9fff]", text))
    if not said or all((passage.language == "zh") != in_chinese for passage in cited):
        return 1.0
    return len(said & have) / len(said)


def _is_said(name: str, promise: re.Pattern[str], sentence: str, sources: Sequence[str]) -> bool:
    """Whether a source says so, and not the opposite; what is done or will be done must stand there word for word."""
    saying = [source for source in sources if promise.search(source) and not _NOT.search(source)]
    if name != "deed":
        return bool(saying)
    words = set(tokens_of(sentence))
    return any(len(words & set(tokens_of(source))) >= 0.6 * len(words) for source in saying)


def _numbers(text: str) -> set[str]:
    spelt = {_COUNTS[word] for word in re.findall(r"[a-z]+", text.casefold()) if word in _COUNTS}
    signs = {_COUNTS[sign] for sign in text if sign in _COUNTS}
    return {_same(number) for number in _NUMBER.findall(text)} | spelt | signs


def _same(number: str) -> str:
    """'1,000' and '1000', '2.0' and '2'."""
    plain_number = number.replace(",", "").rstrip(".:")
    return plain_number.rstrip("0").rstrip(".") if "." in plain_number else plain_number.lstrip("0") or "0"
