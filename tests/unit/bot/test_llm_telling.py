"""Words are told as they change, not more often than somebody can read them."""

from langchain_core.messages import AIMessageChunk, BaseMessage

from bot.llm.telling import PAUSE_S, Telling


class Listener:
    """Notes what it is told, with a clock that is moved by hand."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.told: list[str] = []
        self.telling = Telling(self.tell, clock=lambda: self.now_s)

    async def tell(self, words: str) -> None:
        self.told.append(words)

    async def hear(self, text: str, wait_s: float = PAUSE_S, answer: str = "a") -> None:
        piece: BaseMessage = AIMessageChunk(text, id=answer)
        await self.telling.hear(piece)
        self.now_s += wait_s


async def test_all_words_so_far() -> None:
    """Each telling holds all words of the answer, and the same words are told once."""
    one = Listener()
    for text in ("Which", " colour", "", "?"):
        await one.hear(text)
    assert one.told == ["Which", "Which colour", "Which colour?"]


async def test_not_too_often() -> None:
    """What comes in quick succession is told together."""
    one = Listener()
    for number in range(100):
        await one.hear(f"word{number} ", wait_s=PAUSE_S / 10)
    assert 10 <= len(one.told) <= 12


async def test_another_answer_starts_anew() -> None:
    """Words of a second answer in the same turn take the place of the first one's."""
    one = Listener()
    await one.hear("Let me see.")
    await one.hear("Which colour?", answer="b")
    one.telling.start_anew()
    await one.hear("Any colour.", answer="b")
    assert one.told == ["Let me see.", "Which colour?", "Any colour."]


async def test_thoughts_are_not_told() -> None:
    """Nothing is told before there are words for the person."""
    one = Listener()
    for text in ("<think>", "They want a car.", "</think>", "<tool_call>{"):
        await one.hear(text)
    assert one.told == []
