"""The dialect of models that read English and Chinese: each picture is asked for in its asker's own language."""

import re

from bot.brief import FREE, Brief, Subject
from bot.dialects.chinese_words import ChineseWords
from bot.dialects.plain import plain
from bot.dialects.remarks import note_what_differs
from bot.dialects.rendering import Notes, Rendering, is_chinese, joined, kept_out, nothing_to_paint, unwritten
from bot.director.lexicon_zh import LOCATIONS
from bot.style import Style
from bot.tasks import ModelCard

_SIDES = {
    "left of": "左边", "right of": "右边", "above": "上方", "below": "下面", "behind": "后面", "in front of": "前面",
    "inside": "里面", "on": "上", "next to": "旁边",
}  # fmt: skip
_TIMES = {
    "day": "白天", "dawn": "清晨", "sunset": "日落时分", "night": "夜晚", "morning": "早晨", "afternoon": "下午",
    "noon": "正午", "midnight": "午夜", "dusk": "黄昏", "twilight": "暮色中", "evening": "傍晚",
    "golden hour": "日落时分", "blue hour": "暮色中",
    "early morning": "清晨", "late afternoon": "傍晚时分", "early evening": "傍晚", "late evening": "深夜",
}  # fmt: skip
_WEATHER = {
    "sunny": "阳光明媚", "rain": "下着雨", "snow": "下着雪", "fog": "有雾", "storm": "暴风雨", "cloudy": "阴天",
    "wind": "刮着大风", "snowstorm": "暴风雪", "blizzard": "暴风雪", "hurricane": "飓风", "typhoon": "台风",
    "tornado": "龙卷风", "sandstorm": "沙尘暴",
}  # fmt: skip
# Places that stand without 里: they are open, or say where they are themselves.
_ON = frozenset(
    "beach meadow street road highway island balcony rooftop terrace stage mountain hill ice snow grassland".split()
)
_IN_MIDDLE = frozenset("sky space sea river lake".split())
_SAYS_WHERE = re.compile(r"[上下里中内外边旁前后间处面头口]$|户外|室[内外]|水下|海底")
_UNSPACED = re.compile(r"\s*([，。、“”「」])\s*")


def bilingual(brief: Brief, card: ModelCard, style: Style | None) -> Rendering:
    """Chinese sentences for who writes Chinese, or both at once; the plain English one for everybody else.

    Quoted text stays as it is written, and a word that has no Chinese stays English: these models read both.

    Raises:
        RequestError: There is not a word to paint from.
    """
    if not asks_in_chinese(brief):
        return plain(brief, card, style)
    notes = Notes(brief.words)
    words = ChineseWords(notes)
    said = _scene(brief, notes, words) or _own_words(brief)
    texts, names = unwritten(brief, said)
    written = f"{_bearer(brief, words)}写着{'和'.join(map(_quoted, texts))}" if texts else ""
    looks = [_style(brief, style, words), *(words.item(getattr(brief, name)) for name in FREE)]
    prompt = joined([said, written, *names, _tidy(looks)], "，")
    if not prompt:
        raise nothing_to_paint()
    note_what_differs(notes, brief, card, style)
    return Rendering(prompt, kept_out(brief, card, style), tuple(notes.sentences))


def asks_in_chinese(brief: Brief) -> bool:
    """Whether the asker's words are Chinese, apart from what is to be drawn and from names."""
    words = brief.words
    for kept in (*brief.texts, *brief.names):
        words = words.replace(kept, " ")
    return is_chinese(words)


def _own_words(brief: Brief) -> str:
    return joined([line.strip() for line in brief.words.splitlines()], "，")


def _scene(brief: Brief, notes: Notes, words: ChineseWords) -> str:
    """All subjects, each in full the first time, then where and when; empty where there are no subjects."""
    left = [subject for subject in brief.subjects if subject.name.strip()]
    if not left:
        return ""
    clauses = [
        _related(_mention(one.subject, left, words), one.kind, _mention(one.object, left, words), words)
        for one in brief.relations
    ]
    others = [words.subject(subject) for subject in left]
    listed = "和".join(["、".join(others[:-1]), others[-1]]) if len(others) > 1 else "".join(others)
    around = [_named(brief.time, _TIMES, notes), _named(brief.weather, _WEATHER, notes)]
    return _tidy([*clauses, listed, _in_place(brief.place, notes, words), *around])


def _mention(name: str, left: list[Subject], words: ChineseWords) -> str:
    """The next subject of that name in full, taken from those that are left; then its name alone."""
    subject = next((one for one in left if one.name == name), None)
    if subject is None:
        return words.mention(name)
    left.remove(subject)
    return words.subject(subject)


def _related(first: str, kind: str, second: str, words: ChineseWords) -> str:
    if kind in _SIDES:
        return f"{first}在{second}{_SIDES[kind]}"
    return f"{first}{words.deed(kind, second)}{second}"


def _in_place(place: str, notes: Notes, words: ChineseWords) -> str:
    """'在海滩上': with the asker's own word of where in it, if they used one."""
    if not place:
        return ""
    said = words.thing(place)
    own = re.search(rf"{re.escape(said)}\s*({'|'.join(sorted(LOCATIONS, key=len, reverse=True))})", notes.words)
    if own:
        return f"在{said}{own[1]}" if is_chinese(said) else f"在 {said} {own[1]}"
    if not is_chinese(said):
        return f"在 {said}"
    head = place.casefold().split()[-1]
    where = (
        ""
        if _SAYS_WHERE.search(said) or place[0].isupper()
        else "上"
        if head in _ON
        else "中"
        if head in _IN_MIDDLE
        else "里"
    )
    return f"在{said}{where}"


def _named(value: str, table: dict[str, str], notes: Notes) -> str:
    own = notes.said(value) if value else ""
    return own if own != value and len(own) > 1 else table.get(value, value)


def _bearer(brief: Brief, words: ChineseWords) -> str:
    """What the text stands on, where only one thing can bear it."""
    bearers = [one for one in brief.subjects if one.name.split()[-1:] and one.name.split()[-1] in _BEARERS]
    return f"{words.thing(bearers[0].name)}上" if len(bearers) == 1 else "画面中"


_BEARERS = frozenset(
    "sign billboard poster banner card cake mug flag board label sticker shirt t-shirt screen lantern".split()
)


def _quoted(text: str) -> str:
    return f"「{text}」" if "”" in text or "“" in text else f"“{text}”"


def _style(brief: Brief, style: Style | None, words: ChineseWords) -> str:
    """A style's own phrase; else its name, unless the words that are passed on say it."""
    if style:
        return style.phrase("chinese")
    named = brief.style and (brief.subjects or "style" in brief.added)
    return words.style(brief.style) if named else ""


def _tidy(parts: list[str]) -> str:
    """The parts as one text, with spaces only between Chinese and Latin words."""
    return _UNSPACED.sub(r"\1", " ".join("，".join(filter(None, parts)).split()))
