"""An LLM of Limner's own: `transformers serve` as a watched child, one for all Limner processes on a home folder."""

import asyncio
import hashlib
import os
import socket
import sys
import urllib.request
from http.client import HTTPException
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.child import Child
from bot.errors import AssistantError, SettingsError
from bot.lock import FileLock

_LOOK_AGAIN_S = 0.2
_LAUNCHER = Path(__file__).with_name("launch.py")
_LOOPBACK = "127.0.0.1"
_QUIET = {"HF_HUB_DISABLE_UPDATE_CHECK": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "OMP_WAIT_POLICY": "passive"}


class LocalServer:
    """Starts the server and watches it; where another process on the same folder did so already, joins that one.

    It listens on the loopback address without a key, so whoever is on this machine can ask it too.

    Args:
        model: A repository of the Hugging Face hub, or a folder.
        home: Where its log, its lock and its port are kept.
        start_timeout_s: How long `ready` waits.
    """

    def __init__(self, model: str, home: Path, start_timeout_s: float) -> None:
        folder = Path(model).expanduser()
        self.model = str(folder.absolute()) if folder.is_dir() else model
        self._home = home.expanduser().absolute()
        self._start_timeout_s = start_timeout_s

    async def __aenter__(self) -> Self:
        """Start it, or find out that another process has one; waits for neither.

        Raises:
            SettingsError: The state folder can't be used.
        """
        name = f"llm-{hashlib.sha256(self.model.encode()).hexdigest()[:8]}"
        try:
            self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = FileLock(self._home / f"{name}.lock")
            self._port = await self._find_port(self._home / f"{name}.port", may_choose=self._lock.take())
        except OSError as error:
            raise SettingsError(
                f"The state folder {self._home} can't be used: {error.strerror}",
                "Set `home` to a folder you may write to.",
                "home",
            ) from error
        log_file = self._home / "llm.log"
        self._child = Child(
            self._command(), os.environ | _QUIET, log_file, self._start_timeout_s, name="LLM", error=AssistantError
        )
        if self._lock.held:
            self._child.start()
            await asyncio.sleep(0)  # it is spawned now, whatever keeps the event loop busy next
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._lock.held:
            await self._child.stop()
        self._lock.release()

    @property
    def url(self) -> str:
        """Where it speaks OpenAI's protocol."""
        return f"http://{_LOOPBACK}:{self._port}/v1"

    @property
    def pid(self) -> int | None:
        """Process id of the server, where this process started it."""
        return self._child.pid

    async def ready(self) -> None:
        """Wait until it answers: the child, or the one of another process; take over when that one has left.

        Raises:
            AssistantError: It can't be started.
        """
        while not (self._lock.held or self._lock.take()):
            # Nothing tells a process that another's server is up, or that its lock is free.
            if await asyncio.to_thread(answers, self._port):
                return
            await asyncio.sleep(_LOOK_AGAIN_S)
        await self._child.ready()

    def did_well(self) -> None:
        """It answered, so that the next death is a first one again."""
        self._child.did_well()

    async def _find_port(self, file: Path, *, may_choose: bool) -> int:
        """The port that the processes of a folder share; who holds the lock chooses it, a moment after taking that."""
        port = _written(file)
        while not (port or may_choose):
            await asyncio.sleep(_LOOK_AGAIN_S)
            port = _written(file)
            may_choose = not port and self._lock.take()
        if may_choose and not _is_free(port):
            port = _any_free()
            _write(file, port)
        return port

    def _command(self) -> list[str]:
        serve = [self.model, "--host", _LOOPBACK, "--port", str(self._port)]
        return [sys.executable, "-P", str(_LAUNCHER), *serve]


def answers(port: int) -> bool:
    """Whether the server at this port says that it is well; blocks."""
    try:
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(f"http://{_LOOPBACK}:{port}/health", timeout=5) as reply:
            return bool(reply.status == 200)
    except (OSError, HTTPException):
        return False


def _written(file: Path) -> int:
    try:
        return int(file.read_text())
    except (OSError, ValueError):
        return 0


def _write(file: Path, port: int) -> None:
    file.write_text(str(port))


def _any_free() -> int:
    with socket.socket() as probe:
        probe.bind((_LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _is_free(port: int) -> bool:
    """Whether a program could listen there; 0 is no port."""
    if not port:
        return False
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_LOOPBACK, port))
        except OSError:
            return False
    return True
