"""The desk that the contract's tests play on, and the chain that they open on it."""

import asyncio
from abc import abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa

from bot.app import App, open_app, working
from bot.desk.draft import Draft, Status
from bot.desk.events import Verdict
from bot.jobs import FINAL, Job
from bot.settings import Settings
from bot.tables import jobs
from bot.testing.engine import PaperEngine, blank_png
from bot.testing.stage import LOOK_EVERY_S

ARTICLE = "# Reset\n\nThe reset button is on the back.\n\n![The reset button on the back](back.png)\n"


@dataclass(frozen=True, slots=True)
class Said:
    """Something of Limner's at the desk, as people see it; `pictures` are counted."""

    text: str
    pictures: int = 0


class DeskStage(Protocol):
    """A desk with customers and colleagues: a local server that speaks its protocol.

    Webhooks go to the adapter that was made last; the tests wait until that one listens (`address`).

    Attributes:
        notes: Colleagues have private notes.
        looks: What was posted can be looked up, or is dropped when it comes twice.
        forgeries: Kinds of webhooks that `forged` can tell.
    """

    notes: bool = True
    looks: bool = True
    forgeries: tuple[str, ...] = ("unsigned", "wrongly signed", "stale", "oversize", "no JSON")

    @abstractmethod
    def adapter(self) -> Any:
        """A new adapter to the same desk, as after a restart."""

    @abstractmethod
    def listens(self, address: str) -> None:
        """Webhooks go there from now on."""

    @abstractmethod
    async def ask(self, text: str, conversation: str = "") -> str:
        """A customer writes, in a new conversation where none is named; the desk's id of it, once Limner has it."""

    @abstractmethod
    async def repeat(self) -> None:
        """The desk tells its last webhook once more."""

    @abstractmethod
    async def colleague(self, conversation: str, text: str) -> None:
        """A colleague answers the customer."""

    @abstractmethod
    async def forged(self, kind: str) -> int:
        """A stranger tells a customer's message in one of those ways; the status that it is answered with."""

    @abstractmethod
    async def said(self, conversation: str, *, private: bool = False) -> list[Said]:
        """What Limner has told the customer, or colleagues, oldest first."""

    @abstractmethod
    async def happened(self) -> list[str]:
        """'note', 'handed over' and 'said', in the order in which Limner did them."""

    @abstractmethod
    async def with_people(self, conversation: str) -> bool:
        """Whether the desk shows the conversation to colleagues as theirs."""

    @abstractmethod
    def lose_an_answer(self) -> None:
        """The next message to a customer comes through, and the connection is cut before Limner hears so."""

    @abstractmethod
    def down(self) -> AbstractAsyncContextManager[None]:
        """Inside, the desk takes no call."""


class DeskPlay:
    """One test: a stage, and the chain that is opened on it, again and again in the same folder."""

    app: App

    def __init__(self, stage: DeskStage, home: Path, patience_s: float) -> None:
        self.stage, self._home, self._patience_s = stage, home, patience_s
        self.engine = PaperEngine()

    @asynccontextmanager
    async def open(self, adapter: Any = None, *, knows: bool = False, **desk: Any) -> AsyncIterator[None]:
        """The chain, in a process of its own as far as adapters can tell; `knows` what answers `ASKED`."""
        adapter = adapter or self.stage.adapter()
        listening = adapter if hasattr(adapter, "address") else adapter.whole
        table = {"merge_s": 0.0, "url": "https://limner.example.com", **desk}
        settings = Settings.model_validate({"home": self._home, "engine": "paper", "desk": table})
        async with open_app(settings, {adapter.name: adapter}, engine=self.engine) as self.app:
            if knows:
                await self._know()
            async with working(self.app):
                await self.when("an adapter that listens", lambda: _soon(listening.address), bool)
                self.stage.listens(listening.address)
                yield

    async def jobs(self) -> list[Job]:
        """All that were ever taken, in order."""
        async with self.app.store.read() as connection:
            return [Job.of(row) for row in (await connection.execute(sa.select(jobs).order_by(jobs.c.seq))).mappings()]

    async def over(self, count: int) -> list[Job]:
        """Wait until that many jobs are over; there are no others."""
        found: list[Job] = await self.when(
            f"the end of {count} jobs",
            self.jobs,
            lambda all_: len(all_) == count and all(job.state in FINAL for job in all_),
        )
        return found

    async def draft(self, status: Status = Status.OPEN) -> Draft:
        """Wait until one draft stands so."""
        found: list[Draft] = await self.when(
            f"a draft that is {status}", lambda: self.app.service.desk.drafts(status), bool
        )
        assert len(found) == 1, f"{len(found)} drafts that are {status} and not one"
        return found[0]

    async def approve(self, draft: Draft) -> None:
        """A colleague approves it on the page."""
        await self.app.service.desk.rule(draft.id, Verdict.APPROVE, "mia")

    async def answers(self, conversation: str, count: int) -> list[Said]:
        """What the customer was told, which is that many posts."""
        found = await self.stage.said(conversation)
        assert len(found) == count, f"{len(found)} answers and not {count}: {found}"
        return found

    async def when(self, what: str, look: Callable[[], Awaitable[Any]], true: Callable[[Any], bool]) -> Any:
        """Look until it is true. Raises AssertionError where it never is."""
        try:
            async with asyncio.timeout(self._patience_s):
                while True:
                    if true(seen := await look()):
                        return seen
                    await asyncio.sleep(LOOK_EVERY_S)
        except TimeoutError:
            raise AssertionError(f"{what} never came within {self._patience_s:g} s; there is {await look()}") from None

    async def _know(self) -> None:
        folder = self._home / "articles"
        folder.mkdir(parents=True)
        (folder / "reset.md").write_text(ARTICLE, encoding="utf-8")
        (folder / "back.png").write_bytes(blank_png(64, 64, b"red"))
        await self.app.service.knowledge.add(folder)


async def _soon(value: Any) -> Any:
    return value
