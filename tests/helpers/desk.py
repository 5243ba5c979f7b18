"""A desk's chain put together by hand around scripted answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from bot.desk.draft import Draft, Illustration, Kind, Status
from bot.desk.drafts import Drafts
from bot.desk.events import CustomerSaid, DeskEvent, Ruled, Verdict
from bot.desk.office import Office
from bot.desk.pictures import DraftPictures
from bot.desk.question import Proposed, Question
from bot.desk.settings import DeskSettings
from bot.desk.steps import DeskSteps
from bot.gallery import Gallery
from bot.inbox import Inbox
from bot.jobs import Job, State
from bot.knowledge.passage import Hit, Passage
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.policy import Policy
from bot.policy_settings import PolicySettings
from bot.store import Store, open_store
from bot.testing import PaperEngine
from bot.testing.desk import PaperDesk
from bot.worker import Worker
from tests.support import PLAN, database, until

FOUND = Hit(Passage("p1", "d1", "/a.md", "Reset", (), "Press it.", "", "", "en"), 2.0, 0.5)


@dataclass
class Answers:
    """Answers every question with its own words; 'paint' asks for a picture, 'person' for a person, 'crash' crashes.

    'find' finds a passage, which it does not cite.
    """

    asked: list[Question] = field(default_factory=list)
    confidence: float = 0.9

    async def answer(self, question: Question) -> Proposed:
        self.asked.append(question)
        if "crash" in question.text:
            raise ZeroDivisionError
        if "person" in question.text:
            return Proposed(Kind.HAND_OVER, "A colleague will see to it.", reason="asked for", summary=question.text)
        text = f"About: {question.text}"
        if "paint" in question.text:
            painted: Any = {"illustration": Illustration.PAINTED, "plans": (PLAN,)}
            return Proposed(Kind.ANSWER, text, confidence=self.confidence, **painted)
        found: Any = {"searched": question.text, "retrieved": (FOUND,)} if "find" in question.text else {}
        return Proposed(Kind.ANSWER, text, confidence=self.confidence, **found)

    def failed(self, question: Question, why: str) -> Proposed:
        return Proposed(Kind.HAND_OVER, "A colleague will see to it.", reason=why, summary=question.text)


@dataclass
class DeskRig:
    """One process's desk, with every part at hand."""

    store: Store
    inbox: Inbox
    gallery: Gallery
    office: Office
    answers: Answers
    desk: PaperDesk
    worker: Worker
    numbers: Any = field(default_factory=count)

    async def took(self, event: DeskEvent) -> str:
        return await self.office.took(self.desk.name, event)

    async def ask(self, text: str, conversation: str = "c1", customer: str = "lin") -> str:
        """A customer's message; its job's id."""
        return await self.took(CustomerSaid(f"e{next(self.numbers)}", conversation, customer, text))

    async def rule(self, verdict: Verdict, text: str = "", conversation: str = "c1") -> None:
        await self.took(Ruled(conversation, "mia", verdict, text))

    async def job(self, job_id: str) -> Job:
        found = await self.inbox.get(job_id)
        assert found is not None
        return found

    async def draft(self, job_id: str) -> Draft:
        found = await self.office.draft(job_id)
        assert found is not None
        return found

    async def reaches(self, job_id: str, state: State) -> Job:
        async def there() -> bool:
            return (await self.job(job_id)).state is state

        await until(there)
        return await self.job(job_id)

    async def waiting(self) -> list[Draft]:
        return await self.office.drafts(Status.OPEN)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.worker.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])


@asynccontextmanager
async def desk_rig(
    folder: Path, *, answers: Answers | None = None, engine: Any = None, lease_s: float = 5.0, **settings: Any
) -> AsyncIterator[DeskRig]:
    """The chain of a desk on a database in `folder`; `settings` are the desk's."""
    async with open_store(database(folder)) as store:
        desk, answers, engine = PaperDesk(folder / "desk"), answers or Answers(), engine or PaperEngine()
        adapters: dict[str, Any] = {desk.name: desk}
        gallery, inbox, drafts = Gallery(store, folder / "gallery"), Inbox(store, adapters, lease_s), Drafts(store)
        metrics, policy = Metrics(), Policy(store, PolicySettings.model_validate({}))
        outbox = Outbox(inbox, gallery, adapters, metrics, drafts)
        wanted = DeskSettings.model_validate({"merge_s": 0.0} | settings)
        pictures = DraftPictures(store, gallery)
        office = Office(store, inbox, drafts, pictures, wanted)
        steps = DeskSteps(store, inbox, gallery, outbox, policy, office, drafts, pictures, answers, adapters)
        nobody: Any = None  # no job of a chat comes here
        parts = inbox, nobody, engine, gallery, outbox, adapters, metrics
        worker = Worker(*parts, model="paper", turns_at_once=8, lease_s=lease_s, desk=steps)
        await inbox.beat()
        yield DeskRig(store, inbox, gallery, office, answers, desk, worker)
