"""The mailbox does what every adapter must do; run it with pytest here."""
# ruff: noqa: ASYNC110, D101, D102 - what the methods do is said in Stage

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from limner_mailbox import Mailbox

from bot import Adapter
from bot.testing.contract import AdapterContract, Post, Stage


class MailboxStage(Stage):
    """A folder, and people who put letters into it; each letter's name says which it is and who wrote it."""

    edits = False
    buttons = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "letters"
        self._written: list[Path] = []

    def adapter(self) -> Adapter:
        return Mailbox(Mailbox.Settings(folder=self._folder, look_every_s=0.01))

    async def say(self, text: str, person: str = "ana") -> None:
        draft = self._folder / f"{len(self._written)}-{person}.draft"
        draft.write_text(text, encoding="utf-8")
        self._written.append(draft.rename(draft.with_suffix(".txt")))

    async def repeat(self) -> None:
        taken = self._written[-1].with_suffix(".taken")
        while not taken.exists():
            await asyncio.sleep(0.01)
        taken.rename(self._written[-1])

    async def press(self, post: Post, kind: str, person: str = "ana") -> None:
        raise NotImplementedError("A letter has no buttons")

    async def posts(self) -> list[Post]:
        return [self._post(answer) for answer in sorted(self._folder.glob("*.answer"))]

    @asynccontextmanager
    async def down(self) -> AsyncIterator[None]:
        away = self._folder.rename(self._folder.with_name("away"))
        yield
        away.rename(self._folder)

    def _post(self, answer: Path) -> Post:
        pictures = [path.read_bytes() for path in sorted(self._folder.glob(f"{answer.stem}-*.png"))]
        hashes = tuple(hashlib.sha256(picture).hexdigest() for picture in pictures)
        return Post(answer.stem, answer.stem.partition("-")[2], answer.read_text(encoding="utf-8"), hashes)


class TestMailbox(AdapterContract):
    @asynccontextmanager
    async def stage(self, folder: Path) -> AsyncIterator[Stage]:
        yield MailboxStage(folder)
