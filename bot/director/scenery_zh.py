"""What a Chinese text says of how a picture looks: its style, time, weather and background."""

from bot.director.lexicon_open_zh import OWN_TIMES, OWN_WEATHER
from bot.director.numbers_zh import Numbers
from bot.director.scenes import NEEDS_STYLE_WORD
from bot.director.word_zh import Word

_BOUND = {"绘本": "picture book", "漫画": "comic book", "剪纸": "book of paper cuttings"}
_SHINES = frozenset("光 灯光 光线 光效".split())
_SHOWS = frozenset({"adjective", "colour"})
_LOOKS = _SHOWS | {"skip", "的", "is", "shade"}


class Scenery(Numbers):
    """Reads words that name no thing."""

    def _background(self) -> None:
        """'背景是森林' names the place, whatever it is."""
        if self.excluding:
            self.draft.exclude("background")
        elif self.waiting.colours or self.waiting.attributes:
            said = [*self.waiting.attributes, *self.waiting.colours, "background"]
            self.draft.composition = self.draft.composition or " ".join(said)
            self.waiting.colours, self.waiting.attributes = [], []
            return
        if self._word(1).text == "加":
            return
        ahead = [word.kind for word in self.words[self.index + 1 :]]
        length = next((at for at, kind in enumerate(ahead) if kind == "mark"), len(ahead))
        if not self.excluding and length and set(ahead[:length]) <= _LOOKS and set(ahead[:length]) & _SHOWS:
            said = [word.value for word in self.words[self.index + 1 : self.index + 1 + length] if word.kind in _SHOWS]
            self.draft.composition = self.draft.composition or " ".join([*said, "background"])
            self.index += length + 1
            return
        self.behind = True

    def _adjective(self) -> None:
        if self.excluding:
            return
        if self._applies_to_open():
            self.open[-1].thing.describe(self._word().value)
        else:
            self.waiting.attributes.append(self._word().value)

    def _style(self) -> None:
        word, after = self._word(), self._word(1)
        if word.text in _BOUND and self._word(-1).text in {"本", "册"}:
            self.words[self.index] = Word(word.text, "noun", _BOUND[word.text])
            self._noun()
            return
        if after.kind == "noun" and (
            word.text.isascii()
            or word.text
            in {"霓虹", "玻璃", "黏土", "涂鸦", "马赛克", "剪纸", "照片", "折纸", "羊毛毡", "刺绣", "积木", "乐高"}
        ):
            self._adjective()
        elif self.excluding:
            self.draft.exclude(word.value)
        elif word.text in NEEDS_STYLE_WORD and after.text in _SHINES:
            self.draft.composition = self.draft.composition or f"{word.value} light"
            self.index += 2
        elif not (self.draft.style and word.text in NEEDS_STYLE_WORD and after.kind != "picture"):
            self.draft.style = word.value

    def _weather(self) -> None:
        if self.excluding:
            self.draft.exclude(self._word().value)
            return
        if self.draft.weather != "storm":
            self.draft.weather = OWN_WEATHER.get(self._word().text, self._word().value)
        if "夜" in self._word().text:
            self.draft.time = "night"
        self._after_scene()

    def _time(self) -> None:
        self.draft.time = OWN_TIMES.get(self._word().text, self._word().value)
        if self._word().text in {"星空下", "夜空下"} and not self.draft.composition:
            self.draft.composition = "under a starry sky"
        self._after_scene()

    def _after_scene(self) -> None:
        self.located = False
        if self._word(1).kind == "where" and self._word(1).text in {"下", "里", "中", "时"}:
            self.index += 2
