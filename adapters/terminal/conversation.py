"""The conversation of `limner chat`: say something, see a picture, say what should be different."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar
from uuid import uuid4

import click
from rich.console import Console

from adapters.terminal.adapter import Terminal
from adapters.terminal.asking import ask, message_of
from adapters.terminal.lines import Lines
from adapters.terminal.proposing import carry_out, decide
from adapters.terminal.show import show_reply
from bot import Outcome, Reply, RequestError
from bot.app import App
from bot.console import safe

Result = TypeVar("Result")
PROMPT = "> "
WELCOME = 'Say what you would like to see, then what should be different ("make it blue"). /quit ends.'
ENDS = frozenset({"/quit", "/exit", "/q"})


class Interrupted(Exception):
    """The person pressed Ctrl-C."""


class Conversation:
    """One person's session; its channel is its own, so that 'it' means a picture of this session."""

    def __init__(self, app: App, terminal: Terminal, out: Console) -> None:
        self._app = app
        self._terminal = terminal
        self._out = out
        self._channel = uuid4().hex
        self._lines = Lines(PROMPT)

    async def run(self) -> None:
        """Answer until there are no more lines.

        Raises:
            Interrupted: Ctrl-C was pressed while nothing was being painted.
        """
        if self._lines.from_terminal:
            self._out.print(WELCOME, style="dim")
        line = await self._line()
        while line is not None and line.strip() not in ENDS:
            following = await self._answer(line) if line.strip() else None
            line = await self._line() if following is None else following

    async def _line(self, prompt: str | None = None, begun: str = "") -> str | None:
        line = await _interruptible(self._lines.next(prompt, begun))
        if line is None and self._lines.from_terminal:
            click.echo()
        return line

    async def _answer(self, line: str) -> str | None:
        """Ctrl-C stops this picture, and the conversation goes on, with the words said instead of yes or no, if any."""
        message = message_of(line, self._channel, wants_picture=False)
        reply = await self._reply(ask(self._app, self._terminal, message))
        if reply is None or not reply.proposals:
            return None
        decided = await decide(reply.proposals, self._line, others=True)
        if decided.action:
            await self._reply(carry_out(self._app, self._terminal, reply.proposals, self._channel, decided))
        return decided.said or None

    async def _reply(self, asking: Coroutine[Any, Any, Reply]) -> Reply | None:
        """Wait for a reply and show it; None where there is none, which has been said then."""
        try:
            reply = await _interruptible(asking)
        except Interrupted:
            click.echo("Stopped.", err=True)
            return None
        except RequestError as error:
            click.echo(str(error), err=True)
            return None
        if reply.outcome is not Outcome.DONE:
            click.echo(safe(reply.text), err=True)
            return None
        show_reply(self._out, reply, [picture.path for picture in reply.pictures])
        self._out.print()
        return reply


async def _interruptible(work: Coroutine[Any, Any, Result]) -> Result:
    """Wait for `work`; Ctrl-C cancels it alone, and not the whole program.

    Raises:
        Interrupted: Ctrl-C was pressed.
    """
    loop, task = asyncio.get_running_loop(), asyncio.ensure_future(work)
    before = signal.getsignal(signal.SIGINT)
    loop.add_signal_handler(signal.SIGINT, task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        current = asyncio.current_task()
        if current is not None and current.cancelling():
            raise  # the whole program is being stopped
        raise Interrupted from None
    finally:
        loop.remove_signal_handler(signal.SIGINT)
        signal.signal(signal.SIGINT, before)
