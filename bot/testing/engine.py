"""Engines that need no GPU: one that paints sheets of one colour, and one that can't paint."""

import asyncio
import hashlib
import re
import struct
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

from pydantic import BaseModel

from bot.errors import EngineError, EngineLost
from bot.tasks import (
    JudgeTask,
    ModelCard,
    Painted,
    PaintEvent,
    PaintTask,
    Preview,
    Queued,
    Started,
    Step,
    Verdict,
)

CARD = ModelCard("paper", "unknown", "plain", 64, 64, 4, 1.0, negative_prompt=True, token_limit=77)


# Like a painter, which keeps a result for a while only.
SHEETS_KEPT = 256


class PaperEngine:
    """An engine that 'paints' a sheet of one colour, decided by prompt, seed, LoRAs and the picture it starts from.

    Attributes:
        going: While this event is cleared it stands before its next step, for as long as it takes to look around.
    """

    class Settings(BaseModel):
        """`step_s`: how long a step takes."""

        step_s: float = 0.0

    def __init__(self, settings: Settings | None = None, *, home: Path | None = None, model: str = "paper") -> None:
        self._step_s = (settings or self.Settings()).step_s
        self._sheets: dict[str, bytes] = {}
        self.painted: list[str] = []
        self.cancelled: list[str] = []
        self.going = asyncio.Event()
        self.going.set()

    async def __aenter__(self) -> "PaperEngine":
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    async def describe(self, model: str) -> ModelCard:
        """Every name is the same small model."""
        return CARD

    async def paint(self, task: PaintTask) -> AsyncIterator[PaintEvent]:
        """Queued, started, each step, half way a preview, painted; from a picture, fewer steps by the strength."""
        colour, steps = _colour(task), max(int(task.steps * task.strength), 1)
        yield Queued(1)
        yield Started()
        for step in range(1, steps + 1):
            await self.going.wait()
            await asyncio.sleep(self._step_s)
            yield Step(step, steps)
            if step == steps // 2:
                self._sheets[f"{task.id}/preview"] = blank_png(8, 8, colour)
                yield Preview(step, steps, f"{task.id}/preview")
        sheet = self._sheets[task.id] = blank_png(task.width_px, task.height_px, colour)
        while len(self._sheets) > SHEETS_KEPT:
            del self._sheets[next(iter(self._sheets))]
        self._sheets.pop(f"{task.id}/preview", None)
        self.painted.append(task.prompt)
        sha256 = hashlib.sha256(sheet).hexdigest()
        yield Painted(task.id, sha256, task.width_px, task.height_px, steps, self._step_s * steps)

    async def fetch(self, painted: Painted | Preview) -> bytes:
        """The sheet, or while it is painted a small one."""
        if painted.url not in self._sheets:
            raise EngineLost("The sheet is gone")
        return self._sheets[painted.url]

    async def cancel(self, task_id: str) -> None:
        """Remember that it was asked for."""
        self.cancelled.append(task_id)

    async def tokens(self, model: str, texts: tuple[str, ...]) -> tuple[int, ...]:
        """Words, and each sign that is neither a letter nor a space."""
        return tuple(len(re.findall(r"\w+|[^\w\s]", text)) for text in texts)

    async def judge(self, task: JudgeTask) -> Verdict:
        """Marks for the sheet's colour alone: each text's is decided by text and colour, and so is the quality."""
        if not task.texts:
            raise EngineError("There is nothing to judge the sheet by", "Send at least one text.")
        colour = hashlib.sha256(task.image).digest()
        return Verdict("paper", tuple(_mark(colour + text.encode()) for text in task.texts), _mark(colour))


class RefusingEngine(PaperEngine):
    """An engine that paints nothing and says why; `error` is raised for each picture."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    async def paint(self, task: PaintTask) -> AsyncIterator[PaintEvent]:
        """Queued, started, and the error."""
        yield Queued(1)
        yield Started()
        raise self.error


def _colour(task: PaintTask) -> bytes:
    told = f"{task.prompt}{task.seed}".encode()
    if task.image:
        told += f"{task.strength}".encode() + task.image
    for lora in task.loras:
        told += f"{lora.file}{lora.weight}".encode()
    return hashlib.sha256(told).digest()


def _mark(told: bytes) -> float:
    """0 to 1, the same for the same."""
    return hashlib.sha256(told).digest()[0] / 255


def blank_png(width_px: int, height_px: int, colour: bytes) -> bytes:
    """A PNG of one colour (the first three bytes), made without any library."""
    row = b"\0" + colour[:3] * width_px
    parts = {
        b"IHDR": struct.pack(">IIBBBBB", width_px, height_px, 8, 2, 0, 0, 0),
        b"IDAT": zlib.compress(row * height_px),
        b"IEND": b"",
    }
    chunks = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts.items()
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
