"""What `limner imagine` does: ask, put the pictures where the person wants them, say how they came about."""

import asyncio
import sys
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from adapters.terminal.adapter import Terminal
from adapters.terminal.asking import ask, message_of, view_for
from adapters.terminal.lines import Lines, editing
from adapters.terminal.options import STANDARD_OUTPUT, output_paths
from adapters.terminal.proposing import Decision, carry_out, decide
from adapters.terminal.show import SHORT_ID, proposals_record, reply_record, show_reply
from bot import Attachment, LimnerError, Outcome, Reply, RequestError, Wishes
from bot.actions import USE
from bot.app import App, open_app, working
from bot.console import console, print_json
from bot.settings import Settings


class Errand:
    """One call of `limner imagine`.

    Args:
        output: A file's name, '-' for standard output, or None to leave the pictures in the gallery only.
        image: A picture to start from.
        use: Ids of proposals to be painted instead of words, or how they begin.
    """

    def __init__(
        self,
        text: str,
        wishes: Wishes,
        output: str | None,
        image: Path | None,
        *,
        use: Sequence[str] = (),
        as_json: bool,
        verbose: int,
    ) -> None:
        self._image = image
        self._piped = output == STANDARD_OUTPUT
        self._wishes = replace(wishes, count=1) if self._piped else wishes
        self._text = text
        self._output = output
        self._use = use
        self._as_json = as_json
        self._verbose = verbose

    async def run(self, settings: Settings) -> None:
        """Ask and show.

        Raises:
            LimnerError: No picture was painted, or not all of them.
        """
        terminal = Terminal(view_for(self._verbose))
        async with open_app(settings, {terminal.name: terminal}) as app:
            asking = await self._asking(app, terminal)
            async with working(app):
                reply = await asking
                if reply.outcome is Outcome.DONE and reply.proposals and not reply.pictures:
                    reply = await self._decided(app, terminal, reply)
                paths = await self._put(app, reply)
            if reply.pictures:
                self._show(reply, paths)
        if reply.outcome is not Outcome.DONE or not (reply.pictures or reply.proposals):
            raise LimnerError(reply.text.rstrip(".") or "No picture was painted")

    async def _asking(self, app: App, terminal: Terminal) -> Coroutine[Any, Any, Reply]:
        """What is to be asked: for the person's words, or for what was proposed to them earlier."""
        if self._use:
            proposals = tuple([await app.gallery.proposal(prefix) for prefix in self._use])
            return carry_out(app, terminal, proposals, uuid4().hex, Decision(USE))
        message = message_of(self._text, uuid4().hex, wishes=self._wishes, wants_picture=True)
        if self._image:
            message = replace(message, attachments=(await _brought(app, self._image),))
        return ask(app, terminal, message)

    async def _decided(self, app: App, terminal: Terminal, reply: Reply) -> Reply:
        """What became of a proposal; it stays one where the person cancels.

        Raises:
            LimnerError: Nobody is there who could decide.
        """
        if self._as_json or self._piped or not (sys.stdin.isatty() and sys.stdout.isatty()):
            self._show_proposals(reply)
            again = " ".join(f"--use {proposal.id[:SHORT_ID]}" for proposal in reply.proposals)
            raise LimnerError("Nothing is painted yet", f"Say yes with `limner imagine {again}`.")
        self._show_proposals(reply)
        with editing():
            decided = await decide(reply.proposals, Lines("").next, others=False)
        if not decided.action:
            return reply
        return await carry_out(app, terminal, reply.proposals, reply.message.channel, decided)

    def _show_proposals(self, reply: Reply) -> None:
        if self._as_json:
            print_json(proposals_record(reply))
        else:
            show_reply(console(stderr=self._piped), reply, [])

    async def _put(self, app: App, reply: Reply) -> Sequence[Path]:
        if self._piped:
            return []
        if self._output is None:
            return [picture.path for picture in reply.pictures]
        count = max(self._wishes.count or 1, len(reply.pictures))
        paths = output_paths(self._output, count)[: len(reply.pictures)]
        for picture, path in zip(reply.pictures, paths, strict=True):
            await app.gallery.export(picture, path)
        return paths

    def _show(self, reply: Reply, paths: Sequence[Path]) -> None:
        if self._piped:
            sys.stdout.buffer.write(reply.pictures[0].path.read_bytes())
            sys.stdout.buffer.flush()
        if self._as_json:
            print_json(reply_record(reply, paths))
        else:
            show_reply(console(stderr=self._piped), reply, paths)


async def _brought(app: App, image: Path) -> Attachment:
    try:
        data = await asyncio.to_thread(image.read_bytes)
    except OSError as error:
        raise RequestError(f"--image {image} can't be read: {error.strerror}", "Name a picture.") from error
    return await app.service.upload(data, image.name)
