"""The support desk's answering agent on a corpus of articles and questions: counts, and with --show what failed.

`python -m benchmarks.desk` quotes articles offline; `--llm openai:MODEL@ADDRESS` asks a server.
"""

import argparse
import asyncio
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.tables import printed, share
from bot.contracts import ToolContext
from bot.desk.answering import FOUND_AT_MOST, Answerer, quotation
from bot.desk.answering_words import Coverage, whole
from bot.desk.draft import Illustration, Kind
from bot.desk.handing_over import small_talk
from bot.desk.illustrating import Illustrating
from bot.desk.question import Proposed, Question
from bot.desk.settings import DeskSettings
from bot.gallery import Gallery
from bot.knowledge.library import Library
from bot.knowledge.passage import Passage
from bot.knowledge.rows import read
from bot.knowledge.tables import passages
from bot.llm import open_llm
from bot.messages import Message
from bot.settings import Settings
from bot.store import open_store
from bot.testing import PaperEngine
from tools.imagine import Imagine

CORPUS = Path(__file__).resolve().parents[1] / "tests" / "desk"
TOP = 3
SCREEN = re.compile(r"\bscreen|\bapps?\b|\bpages?\b|\bsettings?\b|屏幕|应用|页面|设置|截图", re.IGNORECASE)
"""Words by which the corpus says that an answer is tapped, typed or read on a screen."""
LABELS = {"none": Illustration.NONE, "article picture": Illustration.ARTICLE, "paint": Illustration.PAINTED}


@dataclass(frozen=True, slots=True)
class Tried:
    """A question, the articles that were found for its words, best first, and what was proposed.

    Attributes:
        known: Every citation is of a passage that is there.
        given: The picture that the rule chooses where it is handed the right article.
    """

    record: dict[str, Any]
    found: tuple[str, ...]
    proposed: Proposed
    cited: frozenset[str]
    known: bool
    given: Illustration

    @property
    def right(self) -> set[str]:
        """The articles that answer it."""
        return {name_of(one) for one in (self.record["article"], *self.record["also"]) if one}

    @property
    def is_answered(self) -> bool:
        """Whether something is said to the customer's question."""
        return self.proposed.kind is Kind.ANSWER

    @property
    def is_on_screen(self) -> bool:
        """Whether it is labelled none, or a screenshot, and its ground or its words speak of a screen."""
        words = f"{self.record['why']} {self.record['question']}"
        return self.record["illustrate"] != "paint" and SCREEN.search(words) is not None

    @property
    def label(self) -> Illustration:
        """What the rule says of a picture."""
        return LABELS[self.record["illustrate"]]


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--corpus", type=Path, default=CORPUS, help="folder with articles/ and the questions")
    asked.add_argument("--questions", default="questions.jsonl", help="file in that folder")
    asked.add_argument("--llm", default="director", help="who answers; the built-in director quotes")
    asked.add_argument("--show", action="store_true", help="list what failed, with the questions")
    options = asked.parse_args()
    tried = asyncio.run(run(options.corpus, options.llm, options.questions))
    print(printed([("what", "share"), *figures(tried)], markdown=False))
    if options.show:
        print("\n".join(failures(tried)))


async def run(corpus: Path, llm: str, questions: str = "questions.jsonl") -> list[Tried]:
    """Ask every question of a file of the corpus, with an empty conversation."""
    records = [json.loads(line) for line in (corpus / questions).read_text(encoding="utf-8").splitlines()]
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
            illustrating = Illustrating(imagine, context, desk)
            async with store.read() as connection:
                known = list((await read(connection, passages.c.seq > 0)).values())
            return [await _try(library, answerer, illustrating, known, record) for record in records]


async def _try(
    library: Library, answerer: Answerer, illustrating: Illustrating, known: list[Passage], record: dict[str, Any]
) -> Tried:
    words, language = record["question"], record["language"]
    message = Message("desk", record["id"], "customer", words, channel=record["id"], language=language)
    question = Question(message, words, language)
    proposed = await answerer.answer(question)
    hits = await library.search(words, FOUND_AT_MOST, language)
    names = tuple(dict.fromkeys(name_of(hit.passage.source) for hit in hits))
    ids = {one.passage_id for one in proposed.citations}
    cited = [passage for passage in known if passage.id in ids]
    mine = [passage for passage in known if name_of(passage.source) == record["article"]]
    return Tried(
        record,
        names,
        proposed,
        frozenset(name_of(passage.source) for passage in cited),
        len(cited) == len(ids) > 0,
        await _given(illustrating, question, mine, known),
    )


async def _given(
    illustrating: Illustrating, question: Question, mine: list[Passage], known: list[Passage]
) -> Illustration:
    """What the rule chooses for the right article, whose best passage is quoted."""
    asked = small_talk(question.text).rest
    coverage = Coverage(asked, known)
    mine.sort(key=lambda passage: -coverage.of(whole(passage)))
    quoted = quotation(asked, mine, coverage)
    if quoted is None:
        return Illustration.NONE
    return (await illustrating.of(question, asked, quoted.text, [quoted.passage, *mine])).kind


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
    screens = [one for one in tried if one.is_on_screen]
    yield "right article in the top three", share(sum(bool(one.right & {*one.found[:TOP]}) for one in here), len(here))
    yield "every citation valid", share(sum(one.known for one in said), len(said))
    yield "answered", share(sum(one.is_answered for one in here), len(here))
    yield "answered from a right article", share(sum(bool(one.right & one.cited) for one in here), len(here))
    yield "answers that cite a right article", share(sum(bool(one.right & one.cited) for one in good), len(good))
    yield "other language: answered rightly or handed over", share(sum(map(_is_fair, far), 0), len(far))
    yield "handed over without an answer", share(sum(not one.is_answered for one in no), len(no))
    yield "label agreement, all", share(sum(one.proposed.illustration is one.label for one in tried), len(tried))
    yield "label agreement, answered", share(sum(one.proposed.illustration is one.label for one in good), len(good))
    yield "label agreement, given the right article", share(sum(one.given is one.label for one in yes), len(yes))
    drawn = [one for one in yes if one.label is Illustration.ARTICLE]
    shown = [one for one in drawn if one.is_answered]
    same = sum(one.proposed.illustration is Illustration.ARTICLE for one in shown)
    yield "article picture preferred, answered", share(same, len(shown))
    same = sum(one.given is Illustration.ARTICLE for one in drawn)
    yield "article picture preferred, given the right article", share(same, len(drawn))
    yield "painted user interfaces", str(sum(one.proposed.illustration is Illustration.PAINTED for one in screens))
    yield (
        "painted user interfaces, given the right article",
        str(sum(one.given is Illustration.PAINTED for one in screens)),
    )
    kinds = Counter(f"{one.label.value} -> {one.proposed.illustration.value}" for one in good)
    yield "labels, answered", ", ".join(f"{kind}: {count}" for kind, count in sorted(kinds.items()))
    kinds = Counter(f"{one.label.value} -> {one.given.value}" for one in yes)
    yield "labels, given the right article", ", ".join(f"{kind}: {count}" for kind, count in sorted(kinds.items()))


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
            wrong += [f"given: {one.label.value} -> {one.given.value}"] * (one.given is not one.label)
        if wrong:
            yield f"{one.record['id']} {one.proposed.confidence:.2f} [{'; '.join(wrong)}] {one.record['question']}"


if __name__ == "__main__":
    main()
