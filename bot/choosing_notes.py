"""What the asker is told in small print of how a picture was chosen, looked at and painted again."""

from bot.dialects.rendering import Notes
from bot.errors import EngineError
from bot.looking import Look


class ChoosingNotes:
    """Sentences in the language of the asker, whose words are `words`."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._notes = Notes(words)

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(self._notes.sentences)

    def no_judge(self, wanted: int, error: EngineError) -> None:
        """Nothing could be chosen."""
        self._notes.add(
            f"One picture was painted instead of the best of {wanted}, as nothing could judge them: {error.problem}.",
            f"没有可用的评判模型，无法从 {wanted} 张里挑选，所以只画了一张。",
        )

    def fewer(self, judged: int, wanted: int) -> None:
        """The choice was made among fewer, since the painter or the judge failed."""
        self._notes.add(
            f"This is the best of {judged} instead of {wanted}: the others could not be painted or judged.",
            f"本来要从 {wanted} 张里挑选，其余的没能画出或评判，所以是 {judged} 张里最好的。",
        )

    def time_over(self, painted: int, wanted: int) -> None:
        """The choice was made among fewer, since time ran out."""
        self._notes.add(
            f"The time for choosing was over after {painted} of {wanted} candidates.",
            f"挑选的时间用完了：{wanted} 张候选只画了 {painted} 张。",
        )

    def no_time(self) -> None:
        """There was no time to look, or to paint again."""
        self._notes.add(
            "There was no time left to look at it and paint it again.",
            "没有时间再查看并重画了。",
        )

    def nobody_looked(self, error: EngineError) -> None:
        """There is neither a vision model nor a judge."""
        self._notes.add(
            f"Nobody could look whether it shows what you asked for: {error.problem}.",
            "没有能看图的模型，所以没有检查画面是否符合要求。",
        )

    def painted_again(self, before: Look) -> None:
        """What is kept came of a round of revision."""
        items = [check.item for check in before.failed]
        self._notes.add(
            f"Painted again after a look at it; at first this was not right: {', '.join(items)}.",
            f"看过之后重画了一次；起初不对的是：{'、'.join(items)}。",
        )

    def missing(self, seen: Look) -> None:
        """What is still not as it was asked."""
        self._notes.sentences.extend(seen.missing(self._words))
