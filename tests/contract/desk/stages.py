"""A stage of the suite for desks over any local server that has `ask`, `reply`, `told`, `happened` and their kin."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.testing.desk_contract import DeskPlay, DeskStage, Said


class LocalStage(DeskStage):
    """A local server, and what makes an adapter to it of a table of settings."""

    def __init__(self, desk: Any, adapter: Any, table: dict[str, Any]) -> None:
        self.desk, self._adapter, self._table = desk, adapter, table

    def adapter(self) -> Any:
        near = {"attachment_hosts": [self.desk.url.removeprefix("http://")], "attachment_networks": ["127.0.0.0/8"]}
        table = {"base_url": self.desk.url, "port": 0, "attachments_s": 10} | near | self._table
        return self._adapter(self._adapter.Settings.model_validate(table))

    def listens(self, address: str) -> None:
        self.desk.hook = address

    async def ask(self, text: str, conversation: str = "") -> str:
        return str(await self.desk.ask(text, conversation))

    async def repeat(self) -> None:
        await self.desk.again()

    async def colleague(self, conversation: str, text: str) -> None:
        await self.desk.reply(conversation, text)

    async def forged(self, kind: str) -> int:
        body = (self.desk.stranger() + (" " * 2**20 if kind == "oversize" else "")).encode()
        body = body[1:] if kind == "no JSON" else body
        self.desk.clock.ahead_s = -400 if kind == "stale" else 0
        self.desk.secret, right = "another" if kind == "wrongly signed" else self.desk.secret, self.desk.secret
        headers = dict(self.desk.signed(body))
        self.desk.secret, self.desk.clock.ahead_s = right, 0
        return int(await self.desk.tell(body, {} if kind == "unsigned" else headers))

    async def said(self, conversation: str, *, private: bool = False) -> list[Said]:
        return [Said(*one) for one in self.desk.told(conversation, private=private)]

    async def happened(self) -> list[str]:
        return list(self.desk.happened)

    async def with_people(self, conversation: str) -> bool:
        return bool(self.desk.with_people(conversation))

    def lose_an_answer(self) -> None:
        self.desk.faults.cuts(self.desk.posting, after=True)

    @asynccontextmanager
    async def down(self) -> AsyncIterator[None]:
        self.desk.is_away = True
        yield
        self.desk.is_away = False


@asynccontextmanager
async def staged(desk: Any, adapter: Any, **table: Any) -> AsyncIterator[LocalStage]:
    """A server with nothing on it; in the end nothing was refused, and nothing posted twice."""
    async with desk.serving():
        yield LocalStage(desk, adapter, table)
        assert not desk.problems
        assert not desk.duplicates()


@asynccontextmanager
async def playing(stage: LocalStage, folder: Path, **desk: Any) -> AsyncIterator[DeskPlay]:
    """The chain on a stage."""
    play = DeskPlay(stage, folder / "limner", 60.0)
    async with play.open(**desk):
        yield play
