"""The arms that are compared, each with an engine's few methods: plain diffusers in two ways, and the painter."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from benchmarks.painter_models import Shape
from bot.bench.asking import Paints
from bot.errors import EngineLost
from bot.tasks import Painted, PaintEvent, PaintTask, Preview
from tools.engine.client import PainterClient
from tools.engine.families import FAMILIES, card_for, folder_of
from tools.engine.local import LocalEngine, socket_path

ROOT = Path(__file__).resolve().parents[1]
START_S = 600.0
DeviceName = Literal["cpu", "cuda"]
SERIAL, STATIC, LIMNER = "serial", "static batch", "Limner"


@dataclass(frozen=True, slots=True)
class Host:
    """What all arms run on; the same number of CPU threads for each."""

    device: DeviceName
    threads: int
    folder: Path


class Plain:
    """The child process of benchmarks/painter_plain.py."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._awaited: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self.machine: Mapping[str, str] = {}

    async def begin(self) -> None:
        """Wait until the model is loaded. Raises EngineLost."""
        self.machine = await self._read()
        self._listening = asyncio.create_task(self._listen())

    async def ask(self, task: PaintTask, batch: int) -> dict[str, Any]:
        """Hand a task in and wait for its picture. Raises EngineLost."""
        future = self._awaited[task.id] = asyncio.get_running_loop().create_future()
        fields = asdict(task)
        del fields["image"]
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(fields | {"batch": batch}).encode() + b"\n")
        said: dict[str, Any] = await future
        return said

    async def end(self) -> None:
        """Stop the process."""
        if self._process.returncode is None:
            self._process.terminate()
        await self._process.wait()

    async def _listen(self) -> None:
        try:
            while True:
                said = await self._read()
                future = self._awaited.pop(said["id"])
                if not future.done():
                    future.set_result(said)
        except EngineLost as lost:
            for future in self._awaited.values():
                future.set_exception(lost)

    async def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line:
            raise EngineLost("The plain pipeline's process died", "See what it said above.")
        said: dict[str, Any] = json.loads(line)
        return said


class PlainArm:
    """Plain diffusers, first come first served (a batch of 1) or by batches of like requests."""

    def __init__(self, plain: Plain, batch: int) -> None:
        self._plain = plain
        self._batch = batch

    async def paint(self, task: PaintTask) -> AsyncIterator[PaintEvent]:
        """Only the end is told."""
        said = await self._plain.ask(task, self._batch)
        yield Painted(said["path"], said["sha256"], task.width_px, task.height_px, task.steps, said["seconds"])

    async def fetch(self, painted: Painted | Preview) -> bytes:
        """The picture, which is then taken away."""
        return await asyncio.to_thread(_take_away, Path(painted.url))

    async def cancel(self, task_id: str) -> None:
        """Nothing is taken back: the process ends with the run."""


def _take_away(path: Path) -> bytes:
    png = path.read_bytes()
    path.unlink()
    return png


@dataclass(frozen=True, slots=True)
class Painter:
    """The real painter: a process of its own, over a Unix socket."""

    engine: LocalEngine
    client: PainterClient


@dataclass(frozen=True, slots=True)
class Arms:
    """All of them on one model; `by_name` is in the order of the tables, Limner last."""

    by_name: Mapping[str, Paints]
    plain: Plain
    painter: Painter

    @property
    def serial(self) -> Paints:
        """Plain diffusers, first come first served."""
        return self.by_name[SERIAL]


@asynccontextmanager
async def open_arms(shape: Shape, host: Host, batch: int) -> AsyncIterator[Arms]:
    """Start the processes; each loads the model for itself. `batch` is the most that a static batch takes."""
    async with AsyncExitStack() as stack:
        plain = await stack.enter_async_context(_open_plain(shape, host))
        painter = await stack.enter_async_context(open_painter(shape, host, "painter"))
        by_name: dict[str, Paints] = {
            SERIAL: PlainArm(plain, 1),
            STATIC: PlainArm(plain, batch),
            LIMNER: painter.engine,
        }
        yield Arms(by_name, plain, painter)


@asynccontextmanager
async def open_painter(shape: Shape, host: Host, name: str, *, previews: bool = True) -> AsyncIterator[Painter]:
    """A painter with a state folder of its own."""
    told = {"device": host.device, "threads": host.threads, "previews": previews, "start_timeout_s": START_S}
    settings = LocalEngine.Settings.model_validate(told)
    home = host.folder / name
    async with LocalEngine(settings, home, shape.name) as engine, PainterClient(socket=socket_path(home)) as client:
        yield Painter(engine, client)


@asynccontextmanager
async def _open_plain(shape: Shape, host: Host) -> AsyncIterator[Plain]:
    pictures = host.folder / "plain"
    pictures.mkdir(parents=True, exist_ok=True)
    command = ["-m", "benchmarks.painter_plain", "--model", str(folder_of(shape.name)), "--folder", str(pictures)]
    command += ["--device", host.device, "--threads", str(host.threads), "--dtype", dtype_of(shape, host.device)]
    plain = Plain(
        await asyncio.create_subprocess_exec(
            sys.executable,
            *command,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
    )
    try:
        await plain.begin()
        yield plain
    finally:
        await plain.end()


def dtype_of(shape: Shape, device: str) -> str:
    """The number format that the painter takes, too."""
    folder = folder_of(shape.name)
    assert folder is not None
    family = FAMILIES[card_for(folder, shape.name).family]
    return family.cuda_dtype if device == "cuda" else "float32"
