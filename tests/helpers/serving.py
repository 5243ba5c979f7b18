"""Runs the painter's real app on a real Unix socket inside the test's own event loop."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from tools.engine.painter.beside import Beside
from tools.engine.painter.jobs import Jobs, Limits
from tools.engine.painter.judges import Judges, Named
from tools.engine.painter.previews import Pace
from tools.engine.painter.server import make_app
from tools.engine.painter.studio import Studio, Ways


@asynccontextmanager
async def painter(
    path: Path,
    model: str,
    limits: Limits | None = None,
    token: str = "",
    pace: Pace | None = None,
    judge: Named | None = None,
) -> AsyncIterator[Jobs]:
    """A painter on the CPU that listens at `path`, and tells every step; open jobs fail when the block ends.

    There are no previews unless `pace` says so.
    """
    limits = replace(limits or Limits(), tell_every_s=0.0)
    jobs = Jobs(Studio(Ways("cpu", threads=1, pace=pace)), on_lost=lambda: None, limits=limits)
    beside = Beside(Judges("cpu", threads=1, named=judge), on_lost=lambda: None)
    async with serving(path, make_app(jobs, beside, model, token)):
        yield jobs
        jobs.stop()


@asynccontextmanager
async def serving(path: Path, app: ASGIApp) -> AsyncIterator[None]:
    """Any ASGI app that listens at `path`."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()  # who connects before the server runs, waits
        server = uvicorn.Server(uvicorn.Config(app, lifespan="on", log_config=None, timeout_graceful_shutdown=3))
        running = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield
        finally:
            server.should_exit = True
            await running
