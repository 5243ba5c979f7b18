"""A watched child process: waited for, started again when it dies, and gone when its parent is."""

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot import log
from bot.errors import EngineError, LimnerError

_LOG_LIMIT_BYTES = 2**20
_FIRST_PAUSE_S = 0.25
_LONGEST_PAUSE_S = 10.0
_log = log.get("child")


class Child:
    """A program of ours. It must write 'ready' to standard output and exit when standard input ends.

    Args:
        command: Program and arguments.
        environment: All of the child's environment.
        log_file: Where its standard error goes; started anew when it has grown too large.
        start_timeout_s: How long 'ready' may take.
        stop_timeout_s: How long it may take to stop before it is killed.
        name: What it is called in errors and logs.
        error: What is raised when it can't be started.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        log_file: Path,
        start_timeout_s: float,
        stop_timeout_s: float = 5.0,
        *,
        name: str = "painter",
        error: type[LimnerError] = EngineError,
    ) -> None:
        self._name = name
        self._error = error
        self._command = command
        self._environment = environment
        self._log_file = log_file
        self._start_timeout_s = start_timeout_s
        self._stop_timeout_s = stop_timeout_s
        self._up = asyncio.Event()
        self._down = asyncio.Event()
        self._deaths = 0
        self._log_begin = 0
        self._trouble = ""
        self._watching: asyncio.Task[None] | None = None
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int | None:
        """Process id of the child that runs or ran last."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it without waiting; does nothing while it is being watched."""
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch(), name=f"{self._name} child")

    async def ready(self) -> None:
        """Wait until it is ready.

        Raises:
            LimnerError: Of the kind that was chosen: it can't be started; the next call tries again.
        """
        if self._up.is_set():
            return
        self.start()
        assert self._watching is not None
        up = asyncio.create_task(self._up.wait())
        done, _ = await asyncio.wait(
            {up, self._watching}, timeout=self._start_timeout_s, return_when=asyncio.FIRST_COMPLETED
        )
        up.cancel()
        if up in done:
            return
        why = "died while starting" if done else f"was not ready after {self._start_timeout_s:g} s"
        raise self._error(f"The {self._name} {why}: {self._last_words()}", f"See {self._log_file}.")

    def did_well(self) -> None:
        """It did what it is for, so that the next death is a first one again."""
        self._deaths = 0

    async def settle(self, timeout_s: float = 1.0) -> None:
        """After a lost connection, wait until a death has been noticed, so that `ready` waits for the next child."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._down.wait(), timeout_s)

    async def stop(self) -> None:
        """Ask it to stop, wait a little, then kill it."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.wait({self._watching})
        process = self._process
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(_end(process), self._stop_timeout_s)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await _end(process)

    async def _watch(self) -> None:
        """Start it again and again, until it dies before it is ready."""
        while True:
            try:
                process = self._process = await self._spawn()
            except OSError as error:
                self._trouble = str(error)
                return
            assert process.stdout is not None
            if not await process.stdout.readline():
                _log.error("the %s died while starting (exit status %s)", self._name, await _end(process))
                return
            self._down.clear()
            self._up.set()
            status = await _end(process)
            self._up.clear()
            self._down.set()
            self._deaths += 1
            _log.warning("the %s died (exit status %s); starting it again", self._name, status)
            if self._deaths > 1:
                await asyncio.sleep(min(_FIRST_PAUSE_S * 2 ** (self._deaths - 2), _LONGEST_PAUSE_S))

    async def _spawn(self) -> asyncio.subprocess.Process:
        self._trouble = ""
        too_long = self._log_file.exists() and self._log_file.stat().st_size > _LOG_LIMIT_BYTES
        with self._log_file.open("wb" if too_long else "ab") as log_stream:
            self._log_begin = log_stream.tell()
            return await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log_stream,
                env=self._environment,
                start_new_session=True,  # Ctrl-C is for the parent, which stops the child in good order
            )

    def _last_words(self) -> str:
        """Why it could not be started at all, or else the last line that it has logged."""
        if self._trouble:
            return self._trouble
        with self._log_file.open("rb") as stream:
            stream.seek(self._log_begin)
            lines = stream.read().decode(errors="replace").strip().splitlines()
        return lines[-1].strip()[:300].rstrip(".") if lines else "it said nothing"


async def _end(process: asyncio.subprocess.Process) -> int:
    """Wait until it is over and its pipes are closed; its exit status."""
    status = await process.wait()
    assert process.stdin is not None
    process.stdin.close()
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        await process.stdin.wait_closed()
    return status
