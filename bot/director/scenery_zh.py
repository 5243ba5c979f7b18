"""What a Chinese text says of how a picture looks: its style, time, weather and background."""

from bot.director.numbers_zh import Numbers


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
        if after.kind == "noun" and word.text in {"霓虹", "玻璃", "黏土", "涂鸦", "马赛克", "剪纸", "照片"}:
            self._adjective()
        elif self.excluding:
            self.draft.exclude(word.value)
        else:
            self.draft.style = word.value

    def _weather(self) -> None:
        if self.excluding:
            self.draft.exclude(self._word().value)
            return
        if self.draft.weather != "storm":
            self.draft.weather = self._word().value
        if "夜" in self._word().text:
            self.draft.time = "night"
        self._after_scene()

    def _time(self) -> None:
        self.draft.time = self._word().value
        if self._word().text in {"星空下", "夜空下"} and not self.draft.composition:
            self.draft.composition = "under a starry sky"
        self._after_scene()

    def _after_scene(self) -> None:
        self.located = False
        if self._word(1).kind == "where" and self._word(1).text in {"下", "里", "中", "时"}:
            self.index += 2
