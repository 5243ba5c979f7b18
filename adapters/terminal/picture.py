"""What `limner imagine` does: ask, put the pictures where the person wants them, say how they came about."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from adapters.terminal.adapter import Terminal
from adapters.terminal.asking import ask, message_of, view_for
from adapters.terminal.options import STANDARD_OUTPUT, output_paths
from adapters.terminal.show import reply_record, show_reply
from bot import Attachment, LimnerError, Outcome, Reply, RequestError, Wishes
from bot.app import App, open_app, working
from bot.console import console, print_json
from bot.settings import Settings


class Errand:
    """One call of `limner imagine`.

    Args:
        output: A file's name, '-' for standard output, or None to leave the pictures in the gallery only.
        image: A picture to start from.
    """

    def __init__(
        self, text: str, wishes: Wishes, output: str | None, image: Path | None, *, as_json: bool, verbose: int
    ) -> None:
        self._image = image
        self._piped = output == STANDARD_OUTPUT
        self._wishes = replace(wishes, count=1) if self._piped else wishes
        self._text = text
        self._output = output
        self._as_json = as_json
        self._verbose = verbose

    async def run(self, settings: Settings) -> None:
        """Ask and show.

        Raises:
            LimnerError: No picture was painted, or not all of them.
        """
        terminal = Terminal(view_for(self._verbose))
        message = message_of(self._text, uuid4().hex, wishes=self._wishes, wants_picture=True)
        async with open_app(settings, {terminal.name: terminal}) as app:
            if self._image:
                message = replace(message, attachments=(await _brought(app, self._image),))
            async with working(app):
                reply = await ask(app, terminal, message)
                paths = await self._put(app, reply)
            if reply.pictures:
                self._show(reply, paths)
        if reply.outcome is not Outcome.DONE or not reply.pictures:
            raise LimnerError(reply.text.rstrip(".") or "No picture was painted")

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
