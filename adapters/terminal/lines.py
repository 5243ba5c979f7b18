"""A person's lines, read beside the event loop, in a way that a blocked read never holds up the end of the program."""

import asyncio
import contextlib
import sys
import threading
from collections.abc import Iterator
from typing import TextIO


class Lines:
    """Reads standard input line by line: with editing and history on a terminal, as it comes elsewhere."""

    def __init__(self, prompt: str) -> None:
        self._prompt = prompt
        # An own stream: Python dies at its end when a thread still holds the lock of sys.stdin.
        self._pipe: TextIO | None = None if sys.stdin.isatty() else open(0, encoding="utf-8", closefd=False)  # noqa: SIM115

    @property
    def from_terminal(self) -> bool:
        """Whether a person types them."""
        return self._pipe is None

    async def next(self, prompt: str | None = None, begun: str = "") -> str | None:
        """The next line without its end, or None when there are no more.

        Args:
            prompt: Instead of the usual one.
            begun: What stands in the line already, to be edited; on a terminal that can.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[str | None] = loop.create_future()

        def read() -> None:
            line = self._read(self._prompt if prompt is None else prompt, begun)
            with contextlib.suppress(RuntimeError):  # the loop has ended without waiting for this line
                loop.call_soon_threadsafe(_complete, future, line)

        # Not asyncio.to_thread: a program that ends waits for those threads, and this one waits for a person.
        threading.Thread(target=read, daemon=True).start()
        return await future

    def _read(self, prompt: str, begun: str) -> str | None:
        try:
            if self._pipe is None:
                with _begun(begun):
                    return input(prompt)
            line = self._pipe.readline()
        except (EOFError, OSError):
            return None
        except UnicodeDecodeError:
            return ""
        return line.rstrip("\r\n") if line else None


@contextlib.contextmanager
def editing() -> Iterator[None]:
    """Line editing inside the block; the terminal is as before after it, even when a read was left behind."""
    try:
        import readline  # noqa: F401 - input() uses it once it is imported
        import termios
    except ImportError:
        yield
        return
    try:
        before = termios.tcgetattr(0)
    except termios.error:  # no terminal
        yield
        return
    try:
        yield
    finally:
        termios.tcsetattr(0, termios.TCSADRAIN, before)


@contextlib.contextmanager
def _begun(text: str) -> Iterator[None]:
    """Inside the block a line that is read begins with this text, where lines can be edited."""
    readline = sys.modules.get("readline")
    if not text or readline is None:
        yield
        return
    readline.set_startup_hook(lambda: readline.insert_text(text))
    try:
        yield
    finally:
        readline.set_startup_hook(None)


def _complete(future: "asyncio.Future[str | None]", line: str | None) -> None:
    if not future.done():
        future.set_result(line)
