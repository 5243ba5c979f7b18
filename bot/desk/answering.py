"""The answering agent of the desks: answers from what is known, with citations that code checked, or hands over."""

import math
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.contracts import Tool, ToolContext
from bot.desk.answering_checks import cleaned, support, unfounded
from bot.desk.answering_words import Coverage, whole
from bot.desk.asking_llm import AnswerArguments, Asking
from bot.desk.draft import Citation, Kind
from bot.desk.extracting import Extract, extract, sentences_of, strange, wants_action
from bot.desk.handing_over import handed_over, needs_person, small_talk
from bot.desk.illustrating import Illustrating
from bot.desk.question import Proposed, Question
from bot.desk.settings import DeskSettings
from bot.desk.wording import FOLLOWS, ORDERS, say
from bot.knowledge.citations import checked
from bot.knowledge.passage import Hit, Passage
from bot.knowledge.tokens import terms_of
from bot.llm.chain import Chain
from bot.llm.trouble import LlmError
from bot.messages import Message

FOUND_AT_MOST = 5
LOOKED_AT = 40
FEW_TERMS = 2
WELL_COVERED = 0.6
WITHOUT_LLM = 0.8
OFFSET = 6.0


class Searching(Protocol):
    """Where passages are found."""

    async def search(self, question: str, limit: int = 5, language: str = "") -> list[Hit]:
        """The passages that fit, the best first."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was searched for, and what may be used of what was found.

    Attributes:
        beside: All passages that were found, for the pictures of the documents that answer.
        ahead: How far what is in the customer's language is before the rest: the logarithm of their scores' ratio.
    """

    asked: str
    hits: tuple[Hit, ...]
    coverage: Coverage
    beside: tuple[Passage, ...] = ()
    hostile: bool = False
    ahead: float = 1.0


class Answerer:
    """Answers questions of customers; holds nothing between them.

    Args:
        library: Where passages are found.
        llm: Who may be asked; the built-in director at its end is not: without another, answers are quoted.
        imagine: The tool that plans pictures; None paints none.
        context: What that tool is to know for a message.
    """

    def __init__(
        self,
        library: Searching,
        llm: Chain,
        imagine: Tool | None,
        context: Callable[[Message], Awaitable[ToolContext]],
        settings: DeskSettings,
    ) -> None:
        self._library = library
        self._asking = Asking(llm)
        self._illustrating = Illustrating(imagine, context, settings)
        self._settings = settings

    async def answer(self, question: Question) -> Proposed:
        """An answer from the knowledge, a friendly line, or a hand-over; never an error of an LLM's."""
        if reason := needs_person(question.text, self._settings, question.language):
            return self._handed_over(question, reason)
        talk = small_talk(question.text)
        if not talk.rest:
            if not talk.kind:
                return self._handed_over(question, say("pictures only", question.language))
            return Proposed(Kind.ANSWER, say(talk.kind, question.language), confidence=1.0)
        found = await self._find(question, asked_of(talk.rest, question))
        try:
            if not self._asking.is_possible:
                return await self._quoted(question, found)
            return await self._told(question, found)
        except LlmError:
            return self._handed_over(question, say("filtered", question.language), found)

    def failed(self, question: Question, why: str) -> Proposed:
        """The hand-over after something went wrong on Limner's side; `why` is for colleagues."""
        return self._handed_over(question, why)

    async def _find(self, question: Question, asked: str) -> Found:
        """What is found, and how much of what is asked each passage speaks of."""
        hits = await self._library.search(asked, LOOKED_AT, question.language)
        fair = [hit for hit in hits if not ORDERS.search(hit.passage.text)]
        coverage = Coverage(asked, [hit.passage for hit in hits])
        best = [replace(hit, covered=coverage.of(whole(hit.passage))) for hit in fair[:FOUND_AT_MOST]]
        beside = tuple(hit.passage for hit in fair)
        return Found(asked, tuple(best), coverage, beside, len(fair) < len(hits), _ahead(fair, question.language))

    async def _quoted(self, question: Question, found: Found, trust: float = 1.0, because: str = "") -> Proposed:
        """The answer in the articles' own words."""
        language = question.language
        same = [hit for hit in found.hits if hit.passage.language == language]
        best = quotation(found.asked, [hit.passage for hit in same], found.coverage)
        if best is None:
            name = "language" if found.hits and not same else "hostile" if found.hostile else "not found"
            return self._handed_over(question, say(name, language), found)
        confidence = trust * sureness(best, found)
        if confidence < self._settings.least:
            return self._handed_over(question, say("low", language), found, best.text)
        text = "\n".join(
            filter(None, [best.text, say("rest", language, title=best.passage.title) if best.shortened else ""])
        )
        return await self._proposed(question, found, text, [best.passage], confidence, because=because)

    async def _told(self, question: Question, found: Found) -> Proposed:
        """The answer in an LLM's words, as far as code finds them in what they cite."""
        language = question.language
        if not found.hits or max(hit.covered for hit in found.hits) < WELL_COVERED:
            found = await self._found_more(question, found)
        if not found.hits:
            return self._handed_over(question, say("hostile" if found.hostile else "not found", language), found)
        told = await self._asking.answer(question, found.hits)
        if told is None:
            return await self._quoted(question, found, WITHOUT_LLM, say("away", language))
        if told.wants_person or not told.answers:
            return self._handed_over(question, say("person" if told.wants_person else "denied", language), found)
        cited, text = checked(told.cited, found.hits), cleaned(told.text)
        if not cited or not text:
            return self._handed_over(question, say("uncited", language), found)
        if what := unfounded(text, cited, question.text):
            return self._handed_over(question, say("promise", language, what=what), found)
        confidence = agreed(told, text, cited, found.hits)
        if confidence < self._settings.least:
            return self._handed_over(question, say("low", language), found)
        return await self._proposed(question, found, text, cited, confidence, told.illustration)

    async def _found_more(self, question: Question, found: Found) -> Found:
        """What an LLM's own words for the question find, after what was found for the customer's."""
        hits = {hit.passage.id: hit for hit in found.hits}
        hostile = found.hostile
        for query in await self._asking.queries(question):
            more = await self._find(question, query)
            hostile |= more.hostile
            for hit in more.hits:
                if hit.passage.id not in hits or hits[hit.passage.id].covered < hit.covered:
                    hits[hit.passage.id] = hit
        best = sorted(hits.values(), key=lambda hit: -hit.covered)[: 2 * FOUND_AT_MOST]
        return replace(found, hits=tuple(best), hostile=hostile)

    async def _proposed(
        self,
        question: Question,
        found: Found,
        text: str,
        cited: Sequence[Passage],
        confidence: float,
        wish: str = "",
        because: str = "",
    ) -> Proposed:
        beside = [passage for passage in found.beside if any(_beside(passage, one) for one in cited)]
        drawn = await self._illustrating.of(question, found.asked, text, [*cited, *beside], wish)
        unsure = say("unsure", question.language) if confidence < self._settings.sure else ""
        return Proposed(
            Kind.ANSWER,
            text,
            tuple(Citation.of(passage) for passage in cited),
            round(confidence, 3),
            because or unsure,
            illustration=drawn.kind,
            figure=drawn.figure,
            plans=drawn.plans,
            searched=found.asked,
            retrieved=found.hits,
        )

    def _handed_over(self, question: Question, reason: str, found: Found | None = None, nearest: str = "") -> Proposed:
        if found is None:
            return handed_over(question, reason, self._settings)
        proposed = handed_over(question, reason, self._settings, found.hits, found.asked, nearest)
        return replace(proposed, searched=found.asked, retrieved=found.hits)


def asked_of(text: str, question: Question) -> str:
    """What to search for; what follows upon earlier words is searched for with them."""
    earlier = [small_talk(spoken.text).rest for spoken in question.before if spoken.by_customer]
    last = next((words for words in reversed(earlier) if words), "")
    few = len([term for term in terms_of(text) if term.counts]) <= FEW_TERMS
    return f"{last}\n{text}" if last and (FOLLOWS.search(sentences_of(text)[0]) or few) else text


def quotation(asked: str, passages: Sequence[Passage], coverage: Coverage) -> Extract | None:
    """What answers in the first passage; where it is asked what to do and it has no steps, those of its document."""
    taken = [one for passage in passages if (one := extract(asked, passage, coverage))]
    if not taken or taken[0].has_steps or not wants_action(asked):
        return taken[0] if taken else None
    return next((one for one in taken if one.has_steps and _beside(one.passage, taken[0].passage)), taken[0])


def sureness(taken: Extract, found: Found) -> float:
    """0 to 1: how likely a quotation answers, by a logistic fit over 310 questions with and without an answer.

    `OFFSET` is such that at 0.35 somewhat more than nine in ten of those without one are left to a person.
    """
    passage, asked, coverage = taken.passage, found.asked, found.coverage
    elsewhere, unknown = strange(asked, passage, [hit.passage for hit in found.hits])
    said = 2.7 * coverage.share(whole(passage)) + 0.7 * min(coverage.evidence(whole(passage)), 2.0)
    before = 2.2 * found.ahead + 0.8 * lead(passage, found.hits)
    doubts = 0.6 * unknown + 2.0 * elsewhere + 3.2 * (not taken.fits)
    return 1 / (1 + math.exp(OFFSET - said - before + doubts))


def lead(passage: Passage, hits: Sequence[Hit]) -> float:
    """-1 to 2: how far a passage's document is before all others of its language, as `Found.ahead`."""
    mine, others = 0.0, 0.0
    for hit in hits:
        if _beside(hit.passage, passage):
            mine = max(mine, hit.score)
        elif hit.passage.language == passage.language:
            others = max(others, hit.score)
    return max(-1.0, min(math.log(mine / others), 2.0)) if mine and others else 2.0


def agreed(told: AnswerArguments, text: str, cited: Sequence[Passage], hits: Sequence[Hit]) -> float:
    """0 to 1: an LLM's own confidence, what its passages cover of the question, and how far its words are theirs."""
    ids = {passage.id for passage in cited}
    reach = max((hit.covered for hit in hits if hit.passage.id in ids), default=0.0)
    return (0.5 * told.confidence + 0.5 * reach) * min(1.0, 0.4 + support(text, cited))


def _beside(one: Passage, other: Passage) -> bool:
    return one.document_id == other.document_id


def _ahead(hits: Sequence[Hit], language: str) -> float:
    own = max((hit.score for hit in hits if hit.passage.language == language), default=0.0)
    rest = max((hit.score for hit in hits if hit.passage.language != language), default=0.0)
    return min(math.log(own / rest), 1.0) if own and rest else 1.0
