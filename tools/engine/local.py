"""The painter as a child process of Limner's own, shared by all Limner processes on one state folder."""

import asyncio
import contextlib
import hashlib
import os
import site
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from bot.child import Child
from bot.errors import EngineError, EngineLost
from bot.lock import FileLock
from bot.model_settings import ModelSettings
from bot.tasks import JudgeTask, ModelCard, Painted, PaintEvent, PaintTask, Preview, Verdict
from tools.engine.cards import Cards, absolute
from tools.engine.client import PainterClient
from tools.engine.families import folder_of
from tools.engine.tokens import Counters

# A socket's path has room for 104 bytes on some systems, 108 on others.
_PATH_LIMIT_BYTES = 100
_LOOK_AGAIN_S = 0.1


class LocalEngine:
    """Starts the painter and watches it; where another process on the same folder did so already, joins that one.

    Args:
        settings: Its options.
        home: The state folder.
        model: Loaded at start.
        models: What settings say of models.

    Raises:
        SettingsError: They name a family that there is not.
    """

    class Settings(BaseModel):
        """Options in [engines.local]."""

        model_config = ConfigDict(frozen=True, extra="forbid")

        device: Literal["auto", "cuda", "mps", "cpu"] = Field("auto", description="What to paint on.")
        threads: int | None = Field(None, ge=1, description="CPU threads; unset leaves it to PyTorch.")
        at_once: int = Field(16, ge=1, le=256, description="Pictures that are painted at the same time.")
        memory_gib: float | None = Field(
            None,
            gt=0,
            description="Memory that loaded models may take together; unset takes 80 % of a GPU's, else half of the "
            "machine's. The one that was not used for the longest time makes room.",
        )
        reproducible: bool = Field(
            False,
            description="Whether a picture is the same to the last bit in whatever company it is painted; slower.",
        )
        previews: bool = Field(True, description="Whether small pictures of how it is going are made while it paints.")
        judge: str = Field(
            "",
            description="Who judges pictures: a SigLIP or CLIP of transformers, a repository or a folder; empty leaves "
            "it to what the model brings along, as Sketch does.",
        )
        judge_head: Path | None = Field(
            None,
            description="Aesthetic head for that judge: linear layers on its embedding of a picture, in safetensors.",
        )
        start_timeout_s: float = Field(60.0, gt=0, description="How long the painter's process may take to start.")

    def __init__(
        self, settings: Settings, home: Path, model: str, models: Mapping[str, ModelSettings] | None = None
    ) -> None:
        self._settings = settings
        self._home = home.expanduser().absolute()
        self._model = model
        self._cards = Cards(models or {})
        self._counters = Counters(cards=self._cards)

    async def __aenter__(self) -> Self:
        """Start the painter, or find out that another process has one; waits for neither.

        Raises:
            EngineError: The state folder can't be used.
        """
        try:
            self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
            socket = socket_path(self._home)
            self._lock = FileLock(self._home / "painter.lock")
        except OSError as error:
            raise EngineError(
                f"The state folder {self._home} can't be used: {error.strerror}",
                "Set `home` to a folder you may write to.",
            ) from error
        self._socket = socket
        self._client = PainterClient(socket=socket)
        self._child = Child(self._command(), _environment(), self._home / "painter.log", self._settings.start_timeout_s)
        if self._lock.take():
            self._child.start()
            await asyncio.sleep(0)  # it is spawned now, whatever keeps the event loop busy next
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.__aexit__(kind, error, trace)
        if self._lock.held:
            await self._child.stop()
            self._socket.unlink(missing_ok=True)
        self._lock.release()

    @property
    def pid(self) -> int | None:
        """Process id of the painter, where this process started it."""
        return self._child.pid

    async def health(self) -> dict[str, Any]:
        """How the painter is: see `PainterClient.health`."""
        await self._ready()
        return await self._client.health()

    async def describe(self, model: str) -> ModelCard:
        """The card of a model; for one in a folder the painter is not even asked."""
        folder = folder_of(model)
        if folder is not None:
            card = await asyncio.to_thread(self._cards.of, folder, model)
            return replace(card, batch_cap=min(card.batch_cap, self._settings.at_once))
        await self._ready()
        return await self._client.describe(model)

    async def tokens(self, model: str, texts: tuple[str, ...]) -> tuple[int, ...]:
        """Tokens of each text; the painter is only asked where a tokenizer is not here or not in its quick form."""
        folder = folder_of(model)
        counter = await asyncio.to_thread(self._counters.of, folder, model) if folder is not None else None
        if counter is not None:
            return counter.count(texts)
        await self._ready()
        return await self._client.tokens(absolute(model), texts)

    async def judge(self, task: JudgeTask) -> Verdict:
        """How well a picture shows what it should; see `bot.contracts.Engine`."""
        await self._ready()
        try:
            return await self._client.judge(replace(task, model=absolute(task.model)))
        except EngineLost:
            await self._settle()
            raise

    async def paint(self, task: PaintTask) -> AsyncGenerator[PaintEvent, None]:
        """Paint one picture; see `bot.contracts.Engine`."""
        await self._ready()
        try:
            async with aclosing(self._client.paint(replace(task, model=absolute(task.model)))) as events:
                async for event in events:
                    if isinstance(event, Painted):
                        self._child.did_well()
                    yield event
        except EngineLost:
            await self._settle()
            raise

    async def fetch(self, painted: Painted | Preview) -> bytes:
        """The PNG of a picture, or a preview's JPEG; see `bot.contracts.Engine`."""
        try:
            return await self._client.fetch(painted)
        except EngineLost as error:
            if error.crashed:
                await self._settle()
            raise

    async def cancel(self, task_id: str) -> None:
        """Stop a task; one whose painter is gone is over."""
        with contextlib.suppress(EngineLost):
            await self._client.cancel(task_id)

    async def _ready(self) -> None:
        """Wait until a painter answers: the child, or the one of another process; take over when that one has left."""
        deadline_s = asyncio.get_running_loop().time() + self._settings.start_timeout_s
        while not (self._lock.held or self._lock.take()):
            # Nothing tells a process that another's painter is up, or that its lock is free.
            with contextlib.suppress(EngineLost):
                await self._client.health()
                return
            if asyncio.get_running_loop().time() > deadline_s:
                raise EngineError(
                    f"Another Limner on {self._home} holds the painter, and it does not answer",
                    f"See {self._home / 'painter.log'}, or stop that process.",
                )
            await asyncio.sleep(_LOOK_AGAIN_S)
        await self._child.ready()

    async def _settle(self) -> None:
        if self._lock.held:
            await self._child.settle()

    def _command(self) -> list[str]:
        # -P: a user's own ./tools or ./bot must not be taken for ours.
        command = [sys.executable, "-P", "-m", "tools.engine.painter", "--child", "--socket", str(self._socket)]
        command += ["--model", absolute(self._model), "--device", self._settings.device]
        command += ["--at-once", str(self._settings.at_once)]
        command += ["--memory-gib", str(self._settings.memory_gib)] if self._settings.memory_gib else []
        command += ["--reproducible"] if self._settings.reproducible else []
        command += [] if self._settings.previews else ["--no-previews"]
        command += ["--judge", absolute(self._settings.judge)] if self._settings.judge else []
        command += (
            ["--judge-head", str(self._settings.judge_head.expanduser().absolute())]
            if self._settings.judge_head
            else []
        )
        command += ["--models", self._cards.written()] if self._cards.said else []
        return command + (["--threads", str(self._settings.threads)] if self._settings.threads else [])


def socket_path(home: Path) -> Path:
    """Where the painter of a state folder listens: in it, or in a short one of its own if the path is too long.

    Raises:
        EngineError: The short folder is not this user's alone.
        OSError: It can't be made.
    """
    path = home / "painter.sock"
    if len(os.fsencode(path)) <= _PATH_LIMIT_BYTES:
        return path
    # Not TMPDIR or XDG_RUNTIME_DIR: two processes must agree on it, whatever started them.
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    folder = Path("/tmp") / f"limner-{os.getuid()}-{name}"  # noqa: S108 - checked below
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if found.st_uid != os.getuid() or found.st_mode & 0o077 or folder.is_symlink():
        raise EngineError(f"{folder} is not yours alone", "Remove it, or set `home` to a shorter path.")
    return folder / "painter.sock"


def _environment() -> dict[str, str]:
    """Ours, so that tokens and caches reach the child, with the folder of our own code on its path.

    OpenMP's threads wait for each other by spinning unless told not to: with anything else at work on the machine,
    each of the thousands of waits in a picture then costs a time slice, and seconds become minutes.
    """
    root = str(Path(__file__).resolve().parents[2])
    own = {"OMP_WAIT_POLICY": "passive"} | os.environ
    if root in (*site.getsitepackages(), site.getusersitepackages()):
        return own
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    return own | {"PYTHONPATH": path}
