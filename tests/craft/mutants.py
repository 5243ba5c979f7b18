"""The same wish in other clothes: at least 200 mutants of the requests, each with the truth of its parent.

`mutants()` takes every record of truth.py through every kind of change that fits its words: a typo, a synonym, another
order (written by hand, in the record), politeness before and after, the other width of punctuation, other quotation
marks, traditional characters, case, spaces, an emoji. What is `kept` is never touched: quoted text, names, numbers. The
same seed gives the same mutants. A mutant is a record with `parent` and `mutation` beside the parent's other keys.
"""

import random
import re
from collections.abc import Callable, Iterable

from tests.craft.truth import BOOKS, Record, read

Change = Callable[[random.Random, Record], str | None]
NUMBERS_EN = "one two three four five six seven eight nine ten eleven twelve half dozen pair single".split()
NUMBERS_ZH = "零一二两三四五六七八九十半双几"
QUOTED = r"“[^”]*”|\"[^\"]*\"|「[^」]*」|(?<!\w)'[^']+'(?!\w)"
REAL_WORDS = frozenset({"sacred", "scared", "united", "untied", "silver", "sliver"})
TYPOS_ZH = {
    "旁边": "傍边", "坐着": "座着", "怎么": "怎莫", "戴着": "带着", "鸽子": "鸽字", "棉袄": "绵袄", "画一": "花一",
    "画个": "花个", "在": "再", "只": "支", "块": "快", "辆": "量", "治愈": "治欲",
}  # fmt: skip
SYNONYMS = {
    "next to": "beside", "beside": "next to", "asleep": "sleeping", "right below": "directly beneath", "noon": "midday",
    "kids": "children", "grandma": "granny", "backpack": "rucksack", "doughnuts": "donuts", "parcel": "package",
    "tombstone": "gravestone", "sunrise": "dawn", "maze": "labyrinth", "tiny": "little", "grumpy": "grouchy",
    "thick": "dense", "cyclist": "bicyclist", "turtle": "tortoise", "sneakers": "trainers", "monitor": "screen",
    "scribbles": "doodles", "absolutely": "definitely", "leave out": "omit", "exactly": "precisely",
    "seen from above": "viewed from above", "gimme": "give me", "elderly": "old", "checkered": "chequered",
    "ladybug": "ladybird", "fat": "chubby", "photo": "photograph", "show me": "let me see", "print your": "reveal your",
    "imagine this": "picture this", "without a": "with no", "over a": "above a", "brand-new": "new", "can you":
    "could you", "usually": "normally", "road sign": "signpost", "nice picture": "nice image", "make me": "create me",
    "brain 呗": "brain 吧", "爬在": "趴在", "画一": "绘制一", "旁边": "边上", "顺便": "顺手", "停着": "停放着",
    "橘子": "桔子", "不放": "别放", "别有": "不要有", "躲着": "藏着", "胖墩墩": "胖乎乎", "小女孩": "小姑娘",
    "怎么换": "如何更换", "配张图": "附张图", "火堆": "篝火", "给我整": "给我弄", "喝酒": "饮酒", "巨大": "超大",
    "站在": "立在", "自行车": "脚踏车", "撑伞": "打伞", "忽略": "无视", "随手": "随便", "告诉我": "跟我说",
    "不用": "无需", "别画": "不要画", "放在": "摆在", "挤在": "塞在", "来点": "来些", "正在": "正",
}  # fmt: skip
TRADITIONAL_WORDS = {"牛肉面": "牛肉麵", "老板": "老闆", "台灯": "檯燈", "书签": "書籤", "这周": "這週", "治愈": "治癒"}
TRADITIONAL = dict(
    zip(
        "业东个为么乐书从伞写净别华历发只叠后吗员围图圆坚块墙头奖学宫师帐带广库开张挂换摊机条来桥楼横毕汤滤滩灯点"
        "状猫现画盏盘着码确竖笔笼签红纸线给绿种萝荡莲营蓝虫袄见规讲诉词贴车较辆边过还这进远里钢钥铁镜门随顶顺风飞"
        "驼骆鱼鲤鸟鸡鸽黄龙龟牦喷满绘无户乌挤卖撑呗",
        "業東個為麼樂書從傘寫淨別華曆發隻疊後嗎員圍圖圓堅塊牆頭獎學宮師帳帶廣庫開張掛換攤機條來橋樓橫畢湯濾灘燈點"
        "狀貓現畫盞盤著碼確豎筆籠簽紅紙線給綠種蘿蕩蓮營藍蟲襖見規講訴詞貼車較輛邊過還這進遠裡鋼鑰鐵鏡門隨頂順風飛"
        "駝駱魚鯉鳥雞鴿黃龍龜犛噴滿繪無戶烏擠賣撐唄",
        strict=True,
    )
)
WIDER = dict(zip(",.!?:;", "，。！？：；", strict=True))
NARROWER = {wide: narrow for narrow, wide in WIDER.items()} | {"、": ","}
GREETINGS = {
    "en": ("Hi there! ", "Hello, hope you're well. ", "Good morning! ", "Hey hey! "),
    "zh": ("你好，", "您好！", "不好意思打扰了，", "麻烦你啦，"),
}
THANKS = {
    "en": (" Thank you so much!", " Thanks in advance!", " Cheers!", " Much appreciated."),
    "zh": ("谢谢！", "辛苦啦！", "拜托了！", "多谢多谢～"),
}
EMOJI = (" 🙏", " 🙂", " 😊", " 👍", " 🥺🙏")


def kept(record: Record) -> list[str]:
    """What a mutant must leave as it is: the texts and names as they stand in the words, and all numbers."""
    words = record["turns"][-1]
    names = [name for one in record["expect"].get("names", []) for name in one.split("|") if name in words]
    numbers = re.findall(rf"(?i)\d+(?:[:x×]\d+)*|\b(?:{'|'.join(NUMBERS_EN)})\b|[{NUMBERS_ZH}]", words)
    return [*record["expect"].get("texts", []), *names, *re.findall(QUOTED, words), *numbers]


def free(record: Record, change: Callable[[str], str]) -> str:
    """The words after a change of what may be changed."""
    words = record["turns"][-1]
    fixed = sorted({*map(re.escape, kept(record))}, key=len, reverse=True)
    # A number word is kept as a word: 'one' in 'one snail', not in 'monitor'.
    pattern = "|".join(rf"\b{one}\b" if one.casefold() in NUMBERS_EN else one for one in fixed)
    parts = re.split(f"({pattern})", words) if fixed else [words]
    return "".join(part if number % 2 else change(part) for number, part in enumerate(parts))


def mutants(records: Iterable[Record] | None = None, seed: int = 5) -> list[Record]:
    """All mutants of these records, or of both books, in the order of their parents."""
    found: list[Record] = []
    for record in read(*BOOKS) if records is None else records:
        rest = {key: value for key, value in record.items() if key != "reordered"}
        for name, change in CHANGES.items():
            words = change(random.Random(f"{seed} {record['id']} {name}"), record)
            if words is not None and words != record["turns"][-1]:
                told = {"id": f"{record['id']}~{name}", "parent": record["id"], "mutation": name}
                found.append(rest | told | {"turns": [*record["turns"][:-1], words]})
    return found


def _typo(rng: random.Random, record: Record) -> str | None:
    """Two letters inside a long word change places, or a character becomes one that sounds or looks like it."""
    if "typo" in record["kinds"]:
        return None
    places: list[tuple[str, str]] = []
    shown = free(record, str) if not kept(record) else free(record, lambda part: f"\0{part}\0")
    loose = " ".join(re.findall(r"\0([^\0]*)\0", shown)) if "\0" in shown else shown
    for word in re.findall(r"(?<![A-Za-z-])[a-z]{6,}(?![A-Za-z-])", loose):
        swaps = [f"{word[:i]}{word[i + 1]}{word[i]}{word[i + 2 :]}" for i in range(1, len(word) - 3)]
        places += [(word, one) for one in swaps if one != word and one not in REAL_WORDS]
    places += [(right, wrong) for right, wrong in TYPOS_ZH.items() if right in loose]
    return _replaced(record, *rng.choice(places)) if places else None


def _synonym(rng: random.Random, record: Record) -> str | None:
    """One word becomes another that the truth accepts just as well."""
    fitting = [
        changed
        for old, new in SYNONYMS.items()
        if _accepted(record, old, new) and (changed := _replaced(record, old, new)) != record["turns"][-1]
    ]
    return rng.choice(fitting) if fitting else None


def _accepted(record: Record, old: str, new: str) -> bool:
    """Whether no item of the truth knows the old word without knowing the new one."""
    old, new = old.removesuffix("s"), new.removesuffix("s")
    return not any(old in group and new not in group for group in _groups(record["expect"]))


def _groups(value: object) -> list[str]:
    if isinstance(value, str):
        return [value.casefold()]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [group for item in items for group in _groups(item)]


def _replaced(record: Record, old: str, new: str) -> str:
    """The words with the first free appearance of a word replaced, its capital kept."""
    left = [1]

    def once(found: re.Match[str]) -> str:
        if not left:
            return found[0]
        left.pop()
        return new.capitalize() if found[0][0].isupper() else new

    pattern = rf"(?i)(?<![A-Za-z]){re.escape(old)}(?![A-Za-z])" if old[0].isascii() else re.escape(old)
    return free(record, lambda part: re.sub(pattern, once, part))


def _order(_: random.Random, record: Record) -> str | None:
    return record.get("reordered")


def _polite_before(rng: random.Random, record: Record) -> str:
    return rng.choice(GREETINGS["en" if record["lang"] == "en" else "zh"]) + record["turns"][-1]


def _polite_after(rng: random.Random, record: Record) -> str:
    words, english = record["turns"][-1], record["lang"] == "en"
    end = "" if re.search(r"[.!?。！？]$", words) else "." if english else "，"
    return words + end + rng.choice(THANKS["en" if english else "zh"])


def _punctuation(_: random.Random, record: Record) -> str:
    """Half-width marks at the end of a word become full-width ones, and the other way round."""

    def turned(found: re.Match[str]) -> str:
        mark, space = found[1], found[2]
        return NARROWER[mark] + (space or " ") if mark in NARROWER else WIDER[mark]

    marks = re.escape("".join((*WIDER, *NARROWER)))
    return free(record, lambda part: re.sub(rf"([{marks}])( |$|(?<=[^\x00-\x7F]))", turned, part)).rstrip()


def _quotes(_: random.Random, record: Record) -> str | None:
    """Curly quotation marks become straight ones, straight ones curly, or corner brackets where Chinese is written."""
    words = record["turns"][-1]
    for text in record["expect"].get("texts", []):
        if f"“{text}”" in words:
            words = words.replace(f"“{text}”", f'"{text}"' if record["lang"] == "en" else f"「{text}」")
        else:
            words = words.replace(f'"{text}"', f"“{text}”").replace(f"'{text}'", f'"{text}"')
    return words


def _traditional(_: random.Random, record: Record) -> str | None:
    def written(part: str) -> str:
        for simple, full in TRADITIONAL_WORDS.items():
            part = part.replace(simple, full)
        return part.translate(str.maketrans(TRADITIONAL))

    return free(record, written)


def _case(rng: random.Random, record: Record) -> str | None:
    changed = sorted({free(record, change) for change in (str.upper, str.lower)} - {record["turns"][-1]})
    return rng.choice(changed) if changed else None


def _spaces(rng: random.Random, record: Record) -> str:
    """Some spaces are doubled or trebled, and one may follow a full-width mark."""
    changed = free(record, lambda part: re.sub(r" ", lambda _: rng.choice((" ", "  ", "   ")), part))
    return re.sub(r"([，。])(?![”\"])", r"\1 ", changed) if not record["expect"].get("texts") else changed


def _emoji(rng: random.Random, record: Record) -> str:
    return record["turns"][-1] + rng.choice(EMOJI)


CHANGES: dict[str, Change] = {
    "typo": _typo, "synonym": _synonym, "order": _order, "polite before": _polite_before, "polite after": _polite_after,
    "punctuation": _punctuation, "quotes": _quotes, "traditional": _traditional, "case": _case, "spaces": _spaces,
    "emoji": _emoji,
}  # fmt: skip
