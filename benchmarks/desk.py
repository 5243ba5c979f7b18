"""The support desk's answering agent on a corpus of articles and questions: counts, and with --show what failed.

`python -m benchmarks.desk` quotes articles offline; `--llm openai:MODEL@ADDRESS` asks a server.
"""

import argparse
import asyncio
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.tables import printed, share
from bot.contracts import ToolContext
from bot.desk.answering import FOUND_AT_MOST, Answerer
from bot.desk.draft import Illustration, Kind
from bot.desk.question import Proposed, Question
from bot.desk.settings import DeskSettings
from bot.gallery import Gallery
from bot.knowledge.library import Library
from bot.llm import open_llm
from bot.messages import Message
from bot.settings import Settings
from bot.store import open_store
from bot.testing import PaperEngine
from tools.imagine import Imagine

CORPUS = Path(__file__).resolve().parents[1] / "tests" / "desk"
TOP = 3
LABELS = {"none": Illustration.NONE, "article picture": Illustration.ARTICLE, "paint": Illustration.PAINTED}


@dataclass(frozen=True, slots=True)
class Tried:
    """A question, the articles that were found for its words, best first, and what was proposed."""

    record: dict[str, Any]
    found: tuple[str, ...]
    proposed: Proposed
    cited: frozenset[str]
    known: bool

    @property
    def right(self) -> set[str]:
        """The articles that answer it."""
        return {name_of(one) for one in (self.record["article"], *self.record["also"]) if one}

    @property
    def is_answered(self) -> bool:
        """Whether something is said to the customer's question."""
        return self.proposed.kind is Kind.ANSWER

    @property
    def label(self) -> Illustration:
        """What the rule says of a picture."""
        return LABELS[self.record["illustrate"]]


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--corpus", type=Path, default=CORPUS, help="folder with articles/ and questions.jsonl")
    asked.add_argument("--llm", default="director", help="who answers; the built-in director quotes")
    asked.add_argument("--show", action="store_true", help="list what failed, with the questions")
    options = asked.parse_args()
    tried = asyncio.run(run(options.corpus, options.llm))
    print(printed([("what", "share"), *figures(tried)], markdown=False))
    if options.show:
        print("\n".join(failures(tried)))


async def run(corpus: Path, llm: str) -> list[Tried]:
    """Ask every question of the corpus, with an empty conversation."""
    records = [json.loads(line) for line in (corpus / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    engine = PaperEngine()
    imagine: Any = Imagine()

    async def context(message: Message) -> ToolContext:
        return ToolContext("", message, engine, await engine.describe("paper"))

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        settings = Settings.model_validate({"home": home, "llm": llm})
        async with open_store(f"sqlite+aiosqlite:///{home}/limner.db") as store, open_llm(settings) as readers:
            library = Library(store, Gallery(store, home / "gallery"))
            await library.add(corpus / "articles")
            desk = DeskSettings.model_validate({"style": "support-desk", "pictures_per_conversation": 3})
            answerer = Answerer(library, readers, imagine, context, desk)
            return [await _try(library, answerer, record) for record in records]


async def _try(library: Library, answerer: Answerer, record: dict[str, Any]) -> Tried:
    words, language = record["question"], record["language"]
    message = Message("desk", record["id"], "customer", words, channel=record["id"], language=language)
    proposed = await answerer.answer(Question(message, words, language))
    hits = await library.search(words, FOUND_AT_MOST, language)
    ids = [one.passage_id for one in proposed.citations]
    known = await library.passages(ids)
    names = tuple(dict.fromkeys(name_of(hit.passage.source) for hit in hits))
    cited = frozenset(name_of(passage.source) for passage in known.values())
    return Tried(record, names, proposed, cited, len(known) == len(set(ids)) > 0)


def name_of(source: str) -> str:
    """An article by its file's name without its ending."""
    return Path(source).stem


def figures(tried: Sequence[Tried]) -> Iterator[tuple[str, str]]:
    """All counts; the questions in the other language, which offline may be handed over, stand apart."""
    yes = [one for one in tried if not one.record["unanswerable"]]
    here = [one for one in yes if not one.record["other_language"]]
    far = [one for one in yes if one.record["other_language"]]
    no = [one for one in tried if one.record["unanswerable"]]
    said = [one for one in tried if one.is_answered]
    good = [one for one in yes if one.is_answered]
    yield "right article in the top three", share(sum(bool(one.right & {*one.found[:TOP]}) for one in here), len(here))
    yield "every citation valid", share(sum(one.known for one in said), len(said))
    yield "answered", share(sum(one.is_answered for one in here), len(here))
    yield "answered from a right article", share(sum(bool(one.right & one.cited) for one in here), len(here))
    yield "answers that cite a right article", share(sum(bool(one.right & one.cited) for one in good), len(good))
    yield "other language: answered rightly or handed over", share(sum(map(_is_fair, far), 0), len(far))
    yield "handed over without an answer", share(sum(not one.is_answered for one in no), len(no))
    yield "label agreement, all", share(sum(one.proposed.illustration is one.label for one in tried), len(tried))
    same = sum(one.proposed.illustration is one.label for one in good)
    yield "label agreement, answered", share(same, len(good))
    drawn = [one for one in good if one.label is Illustration.ARTICLE]
    shown = sum(one.proposed.illustration is Illustration.ARTICLE for one in drawn)
    yield "article picture preferred where there is one", share(shown, len(drawn))
    painted = [one for one in said if one.proposed.illustration is Illustration.PAINTED]
    yield (
        "painted where the rule says none",
        share(sum(one.label is Illustration.NONE for one in painted), len(painted)),
    )
    kinds = Counter(f"{one.label.value} -> {one.proposed.illustration.value}" for one in good)
    yield "labels", ", ".join(f"{kind}: {count}" for kind, count in sorted(kinds.items()))


def _is_fair(one: Tried) -> bool:
    return not one.is_answered or bool(one.right & one.cited)


def failures(tried: Sequence[Tried]) -> Iterator[str]:
    """A line for each question that went otherwise than it should."""
    for one in tried:
        wrong = []
        if one.record["unanswerable"]:
            wrong += ["answered without an answer"] if one.is_answered else []
        else:
            wrong += [] if one.right & {*one.found[:TOP]} else ["not found"]
            wrong += ["handed over"] if not one.is_answered else [] if one.right & one.cited else ["wrong article"]
            wrong += [f"{one.label.value} -> {one.proposed.illustration.value}"] * (
                one.is_answered and one.proposed.illustration is not one.label
            )
        if wrong:
            yield f"{one.record['id']} {one.proposed.confidence:.2f} [{'; '.join(wrong)}] {one.record['question']}"


if __name__ == "__main__":
    main()
