"""The terminal adapter: what one process asks, it answers to the person in front of it."""

import asyncio

from adapters.terminal.progress import ProgressView
from bot import Limner, Message, Progress, Reply
from bot.console import console, safe

KEPT_WORDS = 60


class Terminal:
    """Replies complete the future of whoever asked; those of an earlier process that died are told in a line or two.

    Args:
        view: Shows how far a request is; None shows nothing.
    """

    name = "terminal"

    def __init__(self, view: ProgressView | None = None) -> None:
        self._view = view
        self._awaited: dict[str, asyncio.Future[Reply]] = {}

    def expect(self, message: Message) -> asyncio.Future[Reply]:
        """The reply to a message, before it is handed to the inbox."""
        future: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._awaited[message.event_id] = future
        return future

    def forget(self, message: Message) -> None:
        """Nobody waits for this reply any more."""
        self._awaited.pop(message.event_id, None)
        self._hide()

    async def run(self, limner: Limner) -> None:
        """Wait: a terminal's messages come from the command that opened it."""
        await asyncio.Event().wait()

    async def progress(self, progress: Progress) -> None:
        """Show how far the request is that this process waits for."""
        if self._view and progress.message.event_id in self._awaited:
            self._view.show(progress)

    async def deliver(self, reply: Reply) -> str:
        """Hand the reply to the command that waits for it."""
        awaited = self._awaited.pop(reply.message.event_id, None)
        self._hide()
        if awaited is None:
            _tell_late(reply)
        elif not awaited.done():
            awaited.set_result(reply)
        return reply.key

    async def find(self, reply: Reply) -> str | None:
        """Nothing is known of what an earlier process printed."""
        return None

    def _hide(self) -> None:
        if self._view:
            self._view.hide()


def _tell_late(reply: Reply) -> None:
    """One line for each picture of a request whose own process is gone; on standard error, in nobody's way."""
    out = console(stderr=True)
    asked = safe(reply.message.text)
    short = asked if len(asked) <= KEPT_WORDS else f"{asked[: KEPT_WORDS - 1]}…"
    ends = [safe(str(picture.path)) for picture in reply.pictures] or [safe(reply.text)]
    for end in ends:
        out.print(f"An earlier request was finished: {short}: {end}", soft_wrap=True)
