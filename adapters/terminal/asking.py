"""One question and its answer: from a person's words to the reply, with Ctrl-C as a way out."""

import asyncio
import contextlib
import sys
from uuid import uuid4

from adapters.terminal.adapter import Terminal
from adapters.terminal.progress import BarView, LineView, ProgressView
from bot import LimnerError, Message, Reply, Wishes
from bot.app import App
from bot.cli import user_name
from bot.jobs import FINAL, State

LOOK_S = 1.0


def view_for(verbose: int) -> ProgressView:
    """A bar, unless there is no terminal or log lines would run through it."""
    return BarView() if sys.stderr.isatty() and not verbose else LineView()


def message_of(text: str, channel: str, *, wishes: Wishes | None = None, wants_picture: bool) -> Message:
    """A person's words as a message of this process."""
    return Message(
        adapter=Terminal.name,
        event_id=uuid4().hex,
        user=user_name(),
        text=text,
        channel=channel,
        wishes=wishes or Wishes(),
        wants_picture=wants_picture,
        local=True,
    )


async def ask(app: App, terminal: Terminal, message: Message) -> Reply:
    """Hand a message in and wait for its reply; when this wait is cancelled, so is the job.

    Raises:
        RequestError: The message can't be taken as it is.
        LimnerError: Another process has finished or cancelled the job.
    """
    reply = terminal.expect(message)
    job_id = await app.inbox.accept(message)
    try:
        # A reply that is shown but not yet booked would be given again by the next process.
        state = await _last_state(app, job_id)
        if not reply.done():
            raise _taken_away(state)
        return reply.result()
    except asyncio.CancelledError:
        await app.worker.cancel(job_id)
        raise
    finally:
        terminal.forget(message)


async def _last_state(app: App, job_id: str) -> State:
    """Wait until the job is over, in this process or in another one, of which nothing tells this one."""
    while True:
        job = await app.inbox.get(job_id)
        if job is None or job.state in FINAL:
            return job.state if job else State.CANCELLED
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_S):
                await app.inbox.changed.wait()


def _taken_away(state: State) -> LimnerError:
    if state is State.CANCELLED:
        return LimnerError("This request was cancelled")
    return LimnerError(
        "Another process took this request over while this one was asleep", "`limner gallery` has its picture."
    )
