"""An open app and an adapter's door to it, with pictures put there without waiting for anybody to paint them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from bot import Exchange, Message, Outcome, Plan, Reply
from bot.app import App, open_app
from bot.chat import Ask, Asker, Front, Gate, Place
from bot.chat.front import Press
from bot.jobs import State
from bot.settings import Settings
from bot.testing import PaperPlatform, blank_png
from tests.support import PLAN, message, until

ANA, BO = Asker("ana", "Ana"), Asker("bo", "Bo")
MODERATOR = Asker("mo", "Mo", moderates=True)
STUDIO = Place("studio", team="acme")


@dataclass
class Desk:
    """One adapter's side of an open app."""

    app: App
    front: Front
    answer_at: str = field(default_factory=lambda: f"at {uuid4().hex}")

    async def said(self, job_id: str) -> Message:
        """The message that a job answers."""
        return (await self.exchange(job_id)).message

    async def exchange(self, job_id: str) -> Exchange:
        found = await self.app.service.exchange(job_id)
        assert found is not None
        return found

    async def ask(self, text: str = "a red car", asker: Asker = ANA, place: Place = STUDIO, **more: Any) -> str:
        return await self.front.ask(Ask(uuid4().hex, asker, place, text, answer_at=self.answer_at, **more))

    async def press(
        self, key: str, asker: Asker = ANA, place: Place = STUDIO, values: dict[str, str] | None = None
    ) -> str:
        return await self.front.press(Press(uuid4().hex, asker, place, key, self.answer_at, values))

    async def made(self, *plans: Plan, outcome: Outcome = Outcome.DONE, **said: Any) -> tuple[str, list[str]]:
        """A finished request of Ana's: its job, and the ids of its pictures and proposals."""
        job_id = await self.app.inbox.accept(message(**{"team": "acme"} | said))
        job = await self.app.inbox.take(turns=8, paintings=8)
        assert job is not None
        assert job.id == job_id
        async with self.app.store.write() as connection:
            await self.app.gallery.plan(connection, job, "0-0", plans or (PLAN,))
        for picture_id, plan in await self.app.gallery.unpainted(job_id):
            await self.app.gallery.keep(picture_id, plan, blank_png(8, 8, picture_id[:3].encode()), 1.0)
        state = State.FAILED if outcome is Outcome.FAILED else State.POSTED
        await self.app.inbox.move(job, state, keep=False, outcome=outcome)
        reply = await self.reply(job_id)
        return job_id, [one.id for one in (*reply.pictures, *reply.proposals)]

    async def reply(self, job_id: str) -> Reply:
        """What has come of a job, once it is over."""

        async def over() -> bool:
            return (await self.exchange(job_id)).reply is not None

        await until(over)
        reply = (await self.exchange(job_id)).reply
        assert reply is not None
        return reply


@asynccontextmanager
async def desk(folder: Path, gate: Gate | None = None, **settings: Any) -> AsyncIterator[Desk]:
    """An app with the paper engine; nobody works on what is asked, unless the test says so."""
    options = Settings.model_validate({"home": folder / "home", "engine": "paper"} | settings)
    platforms = {name: PaperPlatform(folder / name, name) for name in ("paper", "other")}
    async with open_app(options, platforms) as app:
        yield Desk(app, Front(app.service, "paper", gate or Gate()))
