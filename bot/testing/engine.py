"""Stand-ins that ship with Limner, so that plugins and chains can be tried without a GPU, an LLM or a platform."""

import asyncio
import hashlib
import json
import re
import struct
import zlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import BaseModel, PrivateAttr

from bot.contracts import Limner
from bot.errors import DeliveryError, EngineError, EngineLost
from bot.messages import Progress, Reply
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


class PaperEngine:
    """An engine that 'paints' a sheet of one colour, decided by prompt, seed, LoRAs and the picture it starts from."""

    class Settings(BaseModel):
        """`step_s`: how long a step takes."""

        step_s: float = 0.0

    def __init__(self, settings: Settings | None = None, *, home: Path | None = None, model: str = "paper") -> None:
        self._step_s = (settings or self.Settings()).step_s
        self._sheets: dict[str, bytes] = {}
        self.painted: list[str] = []
        self.cancelled: list[str] = []

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
            await asyncio.sleep(self._step_s)
            yield Step(step, steps)
            if step == steps // 2:
                self._sheets[f"{task.id}/preview"] = blank_png(8, 8, colour)
                yield Preview(step, steps, f"{task.id}/preview")
        sheet = self._sheets[task.id] = blank_png(task.width_px, task.height_px, colour)
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


class ScriptedModel(BaseChatModel):
    """A chat model that gives the next answer of its script, whatever it is asked; an error in the script is raised."""

    script: list[Any]
    _asked: list[list[BaseMessage]] = PrivateAttr(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "limner-scripted"

    @property
    def asked(self) -> list[list[BaseMessage]]:
        """The messages of every call so far."""
        return self._asked

    def bind_tools(self, tools: Any, **_: Any) -> "ScriptedModel":
        """Tools change nothing: the script is what it is."""
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> ChatResult:
        self._asked.append(list(messages))
        answer = self.script[min(len(self._asked), len(self.script)) - 1]
        if isinstance(answer, Exception):
            raise answer
        return ChatResult(generations=[ChatGeneration(message=answer.model_copy())])


def calls(name: str, text: str = "", **arguments: Any) -> AIMessage:
    """An answer that calls one tool."""
    return AIMessage(text, tool_calls=[{"name": name, "args": arguments, "id": "call"}])


class PaperPlatform:
    """A chat platform in a folder: what is posted is a line in a file, so it outlives the process that posted it.

    Args:
        folder: Where posts and progress are written.
        down: While this file exists, the platform takes nothing.
    """

    def __init__(self, folder: Path, name: str = "paper") -> None:
        self.name = name
        self.down = folder / "down"
        self._posts = folder / "posts.jsonl"
        folder.mkdir(parents=True, exist_ok=True)
        self.seen: list[Progress] = []

    async def run(self, limner: Limner) -> None:
        """Nothing comes in by itself: tests call `inbox.accept`."""
        await asyncio.Event().wait()

    async def progress(self, progress: Progress) -> None:
        """Remember it."""
        self.seen.append(progress)

    async def deliver(self, reply: Reply) -> str:
        """Add a line to the file in one write."""
        if self.down.exists():
            raise DeliveryError("The platform is down")
        post = {
            "key": reply.key,
            "outcome": reply.outcome,
            "text": reply.text,
            "pictures": [picture.sha256 for picture in reply.pictures],
        }
        with self._posts.open("a", encoding="utf-8") as file:
            file.write(json.dumps(post) + "\n")
        return reply.key

    async def find(self, reply: Reply) -> str | None:
        """Look the key up in the file."""
        return reply.key if any(post["key"] == reply.key for post in self.posts()) else None

    def posts(self) -> list[dict[str, Any]]:
        """Everything that was ever posted here."""
        if not self._posts.exists():
            return []
        return [json.loads(line) for line in self._posts.read_text(encoding="utf-8").splitlines()]

    def keys(self) -> list[str]:
        """The keys of all posts, doubles included."""
        return [post["key"] for post in self.posts()]
