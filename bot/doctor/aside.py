"""Work that must not hold the doctor up: in threads that nobody waits for at the end, and in other programs."""

import asyncio
import contextlib
import os
import shutil
import signal
import threading
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Said:
    """How a program ended and what it printed; a negative code is the signal that killed it."""

    code: int
    out: str
    errors: str

    @property
    def last_words(self) -> str:
        """The last line of what it printed."""
        lines = (self.errors.strip() or self.out.strip()).splitlines()
        return lines[-1].strip()[:300] if lines else "it said nothing"


class Once(Generic[Result]):
    """Something that several checks want to know and that is found out once, by whoever wants it first."""

    def __init__(self, work: Callable[[], Coroutine[Any, Any, Result]]) -> None:
        self._work = work
        self._task: asyncio.Task[Result] | None = None

    async def get(self) -> Result:
        """The result; a check that gives up waiting doesn't spoil it for the others."""
        if self._task is None:
            self._task = asyncio.create_task(self._work())
        return await asyncio.shield(self._task)


async def aside(work: Callable[[], Result]) -> Result:
    """Run blocking work in a thread that may hang for ever (a dead network drive) without keeping the process alive."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Result] = loop.create_future()

    def settle(result: Result | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, trouble = None, None
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001 - a plugin may even call sys.exit(); it is raised to who waits
            trouble = error
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, result, trouble)

    threading.Thread(target=run, daemon=True).start()
    return await future


async def ask(*command: str, environment: Mapping[str, str], limit_s: float) -> Said | None:
    """Run a program to its end; None where there is none of that name, TimeoutError where it takes too long."""
    program = shutil.which(command[0], path=environment.get("PATH"))
    if program is None:
        return None
    process = await asyncio.create_subprocess_exec(
        program,
        *command[1:],
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=dict(environment),
        start_new_session=True,  # so that what it starts in turn can be ended with it
    )
    try:
        async with asyncio.timeout(limit_s):
            out, errors = await process.communicate()
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    return Said(process.returncode or 0, out.decode(errors="replace"), errors.decode(errors="replace"))
