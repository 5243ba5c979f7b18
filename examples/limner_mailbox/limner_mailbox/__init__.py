"""An adapter for Limner: move cat.txt into a folder, and cat.answer and cat-1.png appear beside it.

Switched on in limner.toml by a table [adapters.mailbox] with the line: folder = "/path/of/the/folder".
"""

import asyncio
from pathlib import Path

from pydantic import BaseModel, Field

from bot import DeliveryError, Limner, Message, Progress, Reply, RequestError


class Mailbox:
    """A folder that people put letters into."""

    name = "mailbox"

    class Settings(BaseModel):
        """The table [adapters.mailbox]."""

        folder: Path = Field(description="Where letters are put, as files that end in .txt.")
        look_every_s: float = Field(1.0, gt=0, description="How often the folder is looked into.")

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.folder
        self._look_every_s = settings.look_every_s
        self._folder.mkdir(parents=True, exist_ok=True)

    async def run(self, limner: Limner) -> None:
        """Hand in each letter, then rename it."""
        while True:
            for letter in sorted(self._folder.glob("*.txt")):
                try:
                    await limner.accept(self._message(letter))
                except RequestError as error:
                    self._answer(letter.stem, str(error))
                letter.rename(letter.with_suffix(".taken"))
            await asyncio.sleep(self._look_every_s)

    async def progress(self, progress: Progress) -> None:
        """A folder has no place to show it."""

    async def deliver(self, reply: Reply) -> str:
        """The pictures first: the answer says that all is there. A folder that is away may come back."""
        try:
            for number, picture in enumerate(reply.pictures, 1):
                target = self._folder / f"{reply.message.channel}-{number}.png"
                target.write_bytes(picture.path.read_bytes())
            prompts = [f"Painted from: {picture.plan.prompt}" for picture in reply.pictures[:1]]
            self._answer(reply.message.channel, *filter(None, [reply.text]), *prompts, *reply.notes)
        except OSError as error:
            raise DeliveryError(f"The folder can't be written: {error.strerror}") from error
        return reply.key

    async def find(self, reply: Reply) -> str | None:
        """Delivering again writes the same files again, so there is nothing to look for."""
        return None

    def _message(self, letter: Path) -> Message:
        """Name and time make the event: a letter that Limner read before it died is not taken twice."""
        written = letter.stat()
        text = letter.read_text(encoding="utf-8", errors="replace")
        return Message(self.name, f"{letter.name}/{written.st_mtime_ns}", str(written.st_uid), text, letter.stem)

    def _answer(self, name: str, *lines: str) -> None:
        (self._folder / f"{name}.answer").write_text("\n".join(lines) + "\n", encoding="utf-8")
