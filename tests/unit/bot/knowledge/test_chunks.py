"""Documents are cut at headings; steps stay together; nothing of a text is lost or said twice."""

import random

from bot.knowledge.chunks import LEAST_WORDS, MOST_WORDS, cut, length
from bot.knowledge.parsed import Block, Image, Parsed, Section


def words(count: int, of: str = "word") -> str:
    return " ".join(f"{of}{number}" for number in range(count))


def parsed(*sections: tuple[tuple[str, ...], list[Block]]) -> Parsed:
    return Parsed("Title", tuple(Section(headings, tuple(blocks)) for headings, blocks in sections))


def test_headings_part_what_is_long_enough() -> None:
    """Two sections of 100 words are two passages with their heading paths; pictures stay with their words."""
    image = Image("a.png", "caption")
    document = parsed((("A",), [Block(words(100), (image,))]), (("A", "B"), [Block(words(100))]))
    one, two = cut(document)
    assert (one.headings, one.images) == (("A",), (image,))
    assert (two.headings, two.images) == (("A", "B"), ())


def test_short_neighbours_share_a_passage() -> None:
    """A section of ten words stays with the one before, its heading a line; below another heading it does not."""
    near = parsed((("A", "B"), [Block(words(60))]), (("A", "C"), [Block("few words")]))
    [one] = cut(near)
    assert (one.headings, one.text.split("\n")) == (("A",), ["B", words(60), "C", "few words"])
    far = parsed((("A", "B"), [Block(words(60))]), (("X",), [Block("few words")]))
    assert [chunk.headings for chunk in cut(far)] == [("A", "B"), ("X",)]


def test_steps_stay_together() -> None:
    """A list that fits into one passage is not parted, however the words around it fall."""
    steps = "\n".join(f"{number}. {words(20)}" for number in range(1, 13))
    chunks = cut(parsed(((), [Block(words(200)), Block(steps, steps=True), Block(words(200))])))
    assert [chunk.text.count("\n1. ") + chunk.text.startswith("1. ") for chunk in chunks] == [0, 1, 0]
    assert any(steps in chunk.text for chunk in chunks)


def test_what_is_too_long_is_cut_between_lines_and_sentences() -> None:
    """A list of 1000 words is cut between steps, prose and Chinese after a full stop; one endless word too."""
    steps = "\n".join(f"{number}. {words(20)}" for number in range(50))
    for text in (steps, ". ".join(words(12) for _ in range(80)), "设备重新启动后恢复正常。" * 200, "x" * 99_999):
        chunks = cut(parsed(((), [Block(text)])))
        assert len(chunks) > 1
        assert all(length(chunk.text) <= MOST_WORDS for chunk in chunks)
        assert "".join("".join(chunk.text.split()) for chunk in chunks) == "".join(text.split())
    assert all(chunk.text[0].isdigit() for chunk in cut(parsed(((), [Block(steps)]))))


def test_nothing_is_lost_in_a_hundred_documents() -> None:
    """Every word comes once, in order, in passages of at most 350 words, and few of them are short."""
    chance = random.Random(1)
    for _ in range(100):
        blocks = [[Block(words(chance.randrange(1, 400), f"s{n}b{m}w")) for m in range(4)] for n in range(5)]
        document = parsed(*[((f"H{n % 2}", f"I{n}"), some) for n, some in enumerate(blocks)])
        chunks = cut(document)
        said = [word for chunk in chunks for word in chunk.text.split() if word[0] == "s"]
        assert said == [word for some in blocks for block in some for word in block.text.split()]
        assert all(length(chunk.text) <= MOST_WORDS for chunk in chunks)
    assert LEAST_WORDS < MOST_WORDS
