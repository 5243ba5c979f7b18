"""Time of a search in a large knowledge: `python -m benchmarks.knowledge [--passages 50000] [--database URL]`.

Words are drawn as they are in a language (Zipf's law), a third of the documents in Chinese; questions take words from
passages that are there, a rare one and some common ones each.
"""

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from bot.gallery import Gallery
from bot.knowledge.library import Library
from bot.knowledge.parsed import Block, Parsed, Section
from bot.store import open_store

WORDS, PASSAGE_WORDS, PASSAGES_A_DOCUMENT = 20_000, 160, 10


def vocabulary(chance: random.Random) -> tuple[list[str], list[str]]:
    """Words of Latin letters, and of two Han characters."""
    letters = "bcdfghklmnprstvwz"
    latin = ["".join(chance.choice(letters) + chance.choice("aeiou") for _ in range(3)) for _ in range(WORDS)]
    return latin, ["".join(chr(0x4E00 + chance.randrange(3_000)) for _ in range(2)) for _ in range(WORDS)]


def documents(count: int, chance: random.Random) -> Iterator[Parsed]:
    """So many passages, ten a document."""
    latin, han = vocabulary(chance)
    weights = list(accumulate(1 / (rank + 3) for rank in range(WORDS)))
    for number in range(count // PASSAGES_A_DOCUMENT):
        words, between = (han, "") if number % 3 == 0 else (latin, " ")
        sections = [
            Section((between.join(chance.choices(words, cum_weights=weights, k=3)),), (Block(text),))
            for _ in range(PASSAGES_A_DOCUMENT)
            for text in [between.join(chance.choices(words, cum_weights=weights, k=PASSAGE_WORDS))]
        ]
        yield Parsed(between.join(chance.choices(words, k=4)), tuple(sections), "zh" if words is han else "en")


async def measure(count: int, url: str, folder: Path, queries: int) -> None:
    """Fill a library, ask it, and print what that took."""
    chance = random.Random(7)
    asked: list[str] = []
    async with open_store(url) as store:
        library = Library(store, Gallery(store, folder))
        began = time.perf_counter()
        for number, document in enumerate(documents(count, chance)):
            await library.put(document, f"https://kb.example/{number}")
            if len(asked) < queries:
                text = chance.choice(document.sections).blocks[0].text
                at = chance.randrange(len(text) // 2)
                asked.append(text[at : at + 16] if " " not in text else " ".join(text[at:].split()[1:8]))
        print(f"{count} passages put in: {time.perf_counter() - began:.0f} s")
        took = []
        for question in asked:
            began = time.perf_counter()
            await library.search(question)
            took.append((time.perf_counter() - began) * 1_000)
        took.sort()
        print(f"{len(took)} searches: median {took[len(took) // 2]:.0f} ms, p95 {took[int(len(took) * 0.95)]:.0f} ms")


def main() -> None:
    """Measure as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=50_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--database", default="", help="an empty PostgreSQL database; without it SQLite")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.database or f"sqlite+aiosqlite:///{folder}/limner.db"
        asyncio.run(measure(given.passages, url, Path(folder), given.queries))


if __name__ == "__main__":
    main()
