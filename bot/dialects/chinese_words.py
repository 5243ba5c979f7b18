"""Chinese for the English of a brief: the asker's own words, else the lexicon's, else the English stays."""

import re

from bot.brief import Subject
from bot.dialects.measures import HOLDERS, counted, measure_word
from bot.dialects.rendering import Notes, is_chinese
from bot.director.lexicon import BODY, WORN
from bot.director.lexicon_more_zh import ACTION_VERBS
from bot.director.lexicon_zh import ADJECTIVES, COLOURS, NOUNS, PLACES, STYLES, VERBS
from bot.director.lexicon_zh import BODY as CHINESE_BODY
from bot.grammar import singular

_SHADES = {"dark": "深", "deep": "深", "light": "浅", "pale": "淡", "bright": "亮"}
_STATES = frozenset("坐 站 躺 趴 卧 蹲 挂 停 跪 靠".split())
# 'Wearing a red hat': what somebody does to a thing, where its phrase is one attribute.
_DOING = re.compile(r"(wearing|holding|carrying|with|in) (?:an? |the |its |his |her |their )?(.+)")
_DEEDS = {"holding": "拿着", "carrying": "背着", "leading": "牵着", "surrounding": "围着", "driving": "开着"}
_SMALL_WORDS = frozenset({"a", "an", "the"})
_ON_HEAD = frozenset("hat cap helmet crown mask glasses sunglasses headphones watch ring necklace scarf glove".split())


def _reversed(*tables: dict[str, str]) -> dict[str, str]:
    """The first Chinese word for each English one."""
    return {english: chinese for table in reversed(tables) for chinese, english in reversed(table.items())}


_THINGS = _reversed(NOUNS, PLACES, CHINESE_BODY)
_DESCRIBING = _reversed(ADJECTIVES, VERBS)
_COLOUR_WORDS = _reversed({chinese: english for chinese, english in COLOURS.items() if chinese.endswith("色")})
_STYLE_WORDS = _reversed(STYLES)
_ON_HEAD_WORDS = frozenset(chinese for chinese, english in NOUNS.items() if english in _ON_HEAD)
_VERB_WORDS = frozenset(VERBS.values())


class ChineseWords:
    """Says the words of one brief in Chinese.

    Args:
        notes: Knows the asker's own words.
    """

    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    def thing(self, name: str) -> str:
        """A noun: 'fire truck' is 消防车; one that the asker wrote in English stays, as it may have other senses."""
        own = self._own(name)
        if own or is_chinese(name) or self._wrote(name):
            return own or name
        whole, of, part = name.partition(" of ")
        if of and whole.casefold() in HOLDERS:
            return self.thing(singular(part))
        return _THINGS.get(name.casefold()) or self.phrase(f"{part} {whole}" if of else name) or name

    def mention(self, name: str) -> str:
        """A thing that was described before: its name alone."""
        return _spaced(self.thing(name))

    def colour(self, colour: str) -> str:
        """'Red' is 红色, 'dark red' 深红色, 'red and white' 红色和白色."""
        if is_chinese(colour) or " and " in colour:
            return "和".join(map(self.colour, colour.split(" and "))) if " and " in colour else colour
        *shades, plain = colour.casefold().split()
        own = self._own(plain)
        said = own if len(own) > 1 else _COLOUR_WORDS.get(plain, "")
        return "".join(_SHADES.get(shade, "") for shade in shades) + said if said else colour

    def described(self, attribute: str) -> str:
        """An attribute as it stands before its thing, 的 included where it needs one."""
        if is_chinese(attribute):
            return attribute if len(attribute) == 1 or attribute.endswith("的") else f"{attribute}的"
        own = self._own(attribute)
        said = own or _DESCRIBING.get(attribute.casefold(), "")
        if said and attribute.casefold() in _VERB_WORDS:
            return f"{self.doing(attribute)}的"
        if said:
            return said if len(said) == 1 else f"{said}的"
        if doing := self._doing(attribute):
            return f"{doing}的"
        return f"{self.colour(attribute)}的" if self.colour(attribute) != attribute else f" {attribute} 的"

    def phrase(self, text: str) -> str:
        """A short noun phrase word by word, the longest known ones first; empty where one word is unknown."""
        words = [word for word in text.casefold().split() if word not in _SMALL_WORDS]
        said = ""
        while words:
            for end in range(len(words), 0, -1):
                if found := self._word(" ".join(words[:end]), last=end == len(words)):
                    said, words = said + found, words[end:]
                    break
            else:
                return ""
        return said

    def subject(self, subject: Subject) -> str:
        """A thing with all that is bound to it: '两只红色的猫'."""
        whole, of, _ = subject.name.partition(" of ")
        holder = HOLDERS.get(whole.casefold(), "") if of else ""
        noun = self.thing(subject.name)
        said = [*map(self.described, subject.attributes), self._coloured(subject.colour)]
        said.sort(key=lambda word: len(word) == 1)  # 小 and 大 stand next to their thing
        thing = "".join([*said, _spaced(noun)])
        if holder:
            return counted(max(subject.count or 1, 1), holder, thing)
        if subject.count is None or subject.count < 1:
            return thing
        return counted(subject.count, measure_word(subject.name, noun, self._notes.words), thing)

    def doing(self, verb: str) -> str:
        """What one thing does to another: 'feeding' is 正在喂."""
        said = self._own(verb) or _DESCRIBING.get(verb.casefold(), "")
        if not said:
            return verb if is_chinese(verb) else f" {verb} "
        return f"{said}着" if said in _STATES else said if said.endswith("着") else f"正在{said}"

    def deed(self, verb: str, thing: str) -> str:
        """What one thing does to another, in a clause: 戴着 a hat, 穿着 a coat; the asker's own verb if it is clear."""
        own = [said for said, meant in ACTION_VERBS.items() if meant == verb and said in self._notes.words]
        longest = max(own, key=len, default="")
        if verb == "wearing":
            return "戴着" if any(worn in thing for worn in _ON_HEAD_WORDS) else "穿着"
        if longest and all(said in longest for said in own):
            return f"{longest}着" if len(longest) == 1 else longest
        return _DEEDS.get(verb) or self.doing(verb)

    def style(self, style: str) -> str:
        """'Graffiti' is 涂鸦风格."""
        said = self._own(style) or _STYLE_WORDS.get(style, "")
        if not said:
            return style if style.casefold().endswith("style") else f"{style} 风格"
        return said if said.endswith(("画", "风", "风格", "照片")) else f"{said}风格"

    def item(self, text: str) -> str:
        """A free item."""
        said = self._notes.said(text)
        return said if said != text or is_chinese(text) else self.phrase(text) or text

    def _word(self, word: str, *, last: bool) -> str:
        if found := _THINGS.get(word) or _THINGS.get(singular(word)):
            return found
        if word in _COLOUR_WORDS:
            return _COLOUR_WORDS[word] if last else f"{_COLOUR_WORDS[word]}的"
        found = "" if last else _DESCRIBING.get(word, "")
        return f"{found}的" if len(found) > 1 else found

    def _doing(self, attribute: str) -> str:
        match = _DOING.fullmatch(attribute.casefold())
        said = self.phrase(match[2]) if match else ""
        if not match or not said:
            return ""
        head = singular(match[2].split()[-1])
        if head in WORN and match[1] in {"wearing", "in", "with"}:
            return f"{'戴' if head in _ON_HEAD else '穿'}着{said}"
        verb = _DEEDS.get(match[1]) or ("带着" if match[1] == "with" else "")
        return said if head in BODY else f"{verb}{said}" if verb else ""

    def _coloured(self, colour: str | None) -> str:
        if not colour:
            return ""
        said = self.colour(colour)
        return f"{said}的" if is_chinese(said) else f" {said} 的"

    def _own(self, word: str) -> str:
        """The asker's own Chinese for it, if they said it in Chinese."""
        said = self._notes.said(word)
        return said if said != word and said in self._notes.words else ""

    def _wrote(self, name: str) -> bool:
        return re.search(rf"(?i)(?<![a-z]){re.escape(name)}(?:e?s)?(?![a-z])", self._notes.words) is not None


def _spaced(word: str) -> str:
    return word if is_chinese(word) else f" {word} "
