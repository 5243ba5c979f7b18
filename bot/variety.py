"""Variety: briefs that keep all that was asked for and differ only in what was left open."""

import random
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain, cycle, islice, product
from typing import Any

from bot.brief import FREE, Brief
from bot.director.traditional import simplified
from bot.variety_options import LIGHT, MOOD, VIEW, Option

# What the words or the brief say, by the sign that the table of options goes by.
_SIGNS = {
    "night": r"night\w*|midnight|moon\w*|star(?:s|ry|light)|dark|aurora|northern lights|夜|月|星|晚上|黑暗|极光",
    "dawn": r"dawn|sunrise|daybreak|morning|清晨|早晨|早上|日出|黎明|破晓",
    "day": r"day|daytime|daylight|noon|midday|afternoon|白天|中午|正午|下午",
    "sunset": r"sunset|dusk|evening|twilight|sundown|golden hour|blue hour|日落|黄昏|傍晚|夕阳|晚霞",
    "wet": r"rain\w*|drizzle|storm\w*|thunder\w*|snow\w*|blizzard|雨|雪|暴风",
    "snow": r"snow\w*|ice|icy|winter|frozen|雪|冰|冬",
    "storm": r"storm\w*|thunder\w*|lightning|hurricane|tornado|blizzard|暴风|雷|台风",
    "fog": r"fog\w*|mist\w*|haz[ey]|雾|霾",
    "overcast": r"fog\w*|mist\w*|haz[ey]|overcast|cloudy|rain\w*|storm\w*|雾|霾|阴天|多云|雨|暴风",
    "sunny": r"sunn?y?|sunshine|sunlit|blue sky|clear sky|阳光|晴|太阳",
    "indoors": (
        r"indoors?|inside|\w*room|kitchen|office|library|museum|classroom|hospital|restaurant|caf[eé]|bar|bakery|shop|"
        r"supermarket|basement|attic|garage|church|theatre|cinema|gym|factory|warehouse|workshop|laborator\w+|"
        r"corridor|hallway|lobby|stage|studio|cave|tunnel|dungeon|tavern|temple|"
        r"室内|屋里|房间|卧室|客厅|厨房|办公室|图书馆|博物馆|教室|医院|餐厅|咖啡馆|商店|超市|洞穴|舞台"
    ),
    "outdoors": r"outdoors?|beach|meadow|forest|garden|park|street|mountains?|desert|户外|室外|沙滩|海边|森林|公园|街",
    "underwater": r"underwater|under water|seabed|coral reef|aquarium|水下|海底|水族",
    "space": r"space|orbit|galaxy|mars|cosmos|planets?|太空|宇宙|星球|火星|轨道",
    "sky": r"sky|clouds?|fl(?:y|ies|ying)|天空|云|飞",
    "crowd": r"crowd\w*|many|panorama|landscape|skyline|cit(?:y|ies)|群|许多|很多|全景|风景|城市",
    "lively": r"running|jumping|dancing|flying|racing|fighting|playing|party|festival|跑|跳|舞|打架|派对|比赛",
    "fierce": r"angry|fierce|fighting|battle|war|scary|horror|monster|evil|furious|怒|凶|打架|战|恐怖|怪物",
    "sad": r"sad\w*|cry\w*|lonely|tears?|grie\w+|funeral|悲|哭|伤心|孤|泪|难过",
    "glad": r"happy|smil\w+|laugh\w*|joy\w*|cheer\w*|funny|cute|开心|快乐|笑|高兴|可爱",
    "calm": r"calm|quiet|sleep\w*|peaceful|serene|still|resting|安静|睡|平静|宁静",
    "grave": r"funeral|grave\w*|war|hospital|patient|memorial|medical|surg\w+|葬|墓|战争|医院|病人|医疗|手术",
    "photo": r"photo\w*|film still|cinematic|dslr|照片|摄影|写实|电影",
}
# Words by which an asker has settled a free item themselves, without its field being filled.
_SETTLED = {
    "light": r"light\w*|lit|shadows?|glow\w*|backli\w+|sunbeams?|neon|silhouettes?|光|阴影|影子|剪影",
    "composition": (
        r"close[- ]?ups?|seen|view\w*|angles?|(?:wide|long|medium|aerial) shot|from (?:above|below|behind|the side)|"
        r"overhead|top[- ]down|bird'?s[- ]eye|background|foreground|cent(?:er|re)d|symmetr\w+|portraits?|panorama|"
        r"composition|特写|俯视|俯瞰|仰视|鸟瞰|全景|近景|远景|背景|前景|视角|构图|居中|对称|侧面|正面"
    ),
    "camera": r"\d+ ?mm|lens|bokeh|depth of field|fish-?eye|macro|focus|grain|镜头|景深|微距|焦距|对焦|虚化",
    "mood": r"mood\w*|atmosphere|vibes?|feeling|\w*looking (?:sad|happy)|氛围|气氛|情绪|感觉",
}
_MANY = 3


def vary(
    brief: Brief, count: int, seed: int, *, free: Collection[str] = (), styles: Sequence[str] = ()
) -> tuple[Brief, ...]:
    """`count` briefs of one wish, the first as it is; the others add to what was left open, and say so in `added`.

    Varied are light, mood, and composition or camera: at most one of each, and never against what is locked. Place,
    time and weather are not: each brings things of its own into the picture, which nobody asked for. All briefs differ
    as long as there is variety to be had; then they repeat.

    Args:
        brief: What was asked for, with what a style and house rules fill in.
        count: At least 1.
        seed: The same one gives the same briefs.
        free: Filled fields that may be varied all the same, such as an LLM's own ideas.
        styles: Names of styles to vary the medium with where none was asked for, as training data needs it; a picture
            for a person keeps the medium that they get otherwise.
    """
    emptied: dict[str, Any] = dict.fromkeys(set(free) & set(FREE), "")
    opened = replace(brief, **emptied)
    signs = signs_of(brief)
    source = random.Random(seed)
    columns = [_column(options, opened, signs, source) for options in (LIGHT, VIEW, MOOD)]
    if styles and not brief.style:
        columns.append([Option("style", name) for name in ("", *source.sample(list(styles), len(styles)))])
    filled = [column for column in columns if column]
    if not filled:
        return (brief,) * count
    varied = (_with(opened, brief.added, [item for item in items if item.text]) for items in _combined(filled, source))
    different = list(islice(dict.fromkeys(chain([brief], varied)), count))
    return tuple(islice(cycle(different), count))


def signs_of(brief: Brief) -> frozenset[str]:
    """What the words or the brief say of the scene, such as 'night', 'indoors' or 'several'."""
    said = _everything(brief)
    found = {sign for sign, pattern in _SIGNS.items() if re.search(_whole(pattern), said)}
    if brief.place:
        found.add("placed")
    if brief.relations:
        found.add("related")
    if len(brief.subjects) > 1 or any((one.count or 1) > 1 for one in brief.subjects):
        found.add("several")
    if sum(one.count or 1 for one in brief.subjects) > _MANY:
        found.add("crowd")
    return frozenset(found)


def settled(brief: Brief) -> set[str]:
    """The free items that are not open any more: filled, or said in the words."""
    words = _everything(brief)
    return {name for name in FREE if getattr(brief, name) or re.search(_whole(_SETTLED[name]), words)}


def _everything(brief: Brief) -> str:
    """All words of a brief but those that are to be drawn, are names, or are not to be there."""
    subjects = [" ".join([*one.attributes, one.name]) for one in brief.subjects]
    words = simplified(brief.words.casefold())
    for silent in (*brief.texts, *brief.names):
        words = words.replace(silent.casefold(), " ")
    return "\n".join([words, brief.place, brief.time, brief.weather, brief.style, *subjects]).casefold()


def _whole(pattern: str) -> str:
    """A pattern that finds English words only whole."""
    return rf"(?<![a-z])(?:{pattern})(?![a-z])"


def _column(options: Sequence[Option], brief: Brief, signs: frozenset[str], source: random.Random) -> list[Option]:
    """The options that fit, in some order, and that of adding nothing; empty where there is nothing to choose."""
    fixed = settled(brief)
    unwanted = re.compile("|".join(rf"\b{re.escape(one.casefold())}" for one in brief.exclusions) or r"(?!)")
    fitting = [
        option
        for option in options
        if option.field not in fixed
        and (not option.needs or option.needs & signs)
        and not option.unless & signs
        and not unwanted.search(option.text)
    ]
    return [*source.sample(fitting, len(fitting)), Option(options[0].field, "")] if fitting else []


def _combined(columns: Sequence[Sequence[Option]], source: random.Random) -> Iterator[tuple[Option, ...]]:
    """Every combination: first such as differ from each other in all that they add, then the rest in some order."""
    longest = max(map(len, columns))
    yield from islice(zip(*map(cycle, columns), strict=False), longest - 1)
    rest = list(product(*columns))
    source.shuffle(rest)
    yield from rest


def _with(brief: Brief, added: tuple[str, ...], items: Sequence[Option]) -> Brief:
    """The brief with the items in their fields."""
    filled: dict[str, Any] = {item.field: item.text for item in items}
    names = dict.fromkeys([*(name for name in added if getattr(brief, name, "") or name in filled), *filled])
    return replace(brief, **filled, added=tuple(names))
