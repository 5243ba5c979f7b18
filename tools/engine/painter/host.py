"""Runs the painter's app on a socket until it is told to stop, its parent dies, or its device breaks."""

import asyncio
import contextlib
import os
import socket
import stat
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn

from bot import log
from bot.errors import SettingsError
from tools.engine.painter.beside import Beside
from tools.engine.painter.jobs import Jobs, Limits
from tools.engine.painter.judges import Judges, Named
from tools.engine.painter.server import make_app
from tools.engine.painter.studio import Studio, Ways

EXIT_LOST = 70
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Options:
    """Where and how to run; `socket` wins over host and port.

    Attributes:
        token: Demanded of every request; needed to listen beyond this machine.
        ways: How to paint.
        judge: Who judges pictures.
        child: Say 'ready' on standard output, and exit when standard input ends.
    """

    model: str
    socket: Path | None = None
    host: str = "127.0.0.1"
    port: int = 0
    token: str = ""
    ways: Ways = field(default_factory=Ways)
    judge: Named = field(default_factory=Named)
    child: bool = False
    limits: Limits = field(default_factory=Limits)


def run(options: Options) -> None:
    """Serve until SIGTERM or SIGINT, then end the process.

    Raises:
        SettingsError: It may not or can't listen there.
    """
    listener = _bind(options)
    log.set_up("info", "text")
    status = 0
    with contextlib.suppress(KeyboardInterrupt):
        status = asyncio.run(_serve(options, listener))
    sys.stderr.flush()
    # A model that is still being loaded can't be interrupted; nothing else is left to be done.
    os._exit(status)


async def _serve(options: Options, listener: socket.socket) -> int:
    server: _Server

    def lost() -> None:
        server.status = EXIT_LOST
        server.should_exit = True

    jobs = Jobs(Studio(options.ways), lost, options.limits)
    beside = Beside(Judges(options.ways.device, options.ways.threads, options.judge), lost, options.ways.cards)
    app = make_app(jobs, beside, options.model, options.token, options.ways.cards)
    config = uvicorn.Config(app, lifespan="on", log_config=None, access_log=False, timeout_graceful_shutdown=3)
    server = _Server(config, jobs, _say_ready(options, listener))
    await server.serve(sockets=[listener])
    return server.status


class _Server(uvicorn.Server):
    """Says when it is ready, and fails open jobs before it waits for their streams to end."""

    def __init__(self, config: uvicorn.Config, jobs: Jobs, words: str) -> None:
        super().__init__(config)
        self.status = 0
        self._jobs = jobs
        self._words = words

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        # A parent that has died already reads nothing; the end of standard input ends this process.
        with contextlib.suppress(BrokenPipeError):
            os.write(1, f"{self._words}\n".encode())
        os.dup2(2, 1)  # what libraries print goes to the log from here on

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._jobs.stop()
        await super().shutdown(sockets)


def _say_ready(options: Options, listener: socket.socket) -> str:
    if options.child:
        threading.Thread(target=_exit_with_parent, daemon=True).start()
        return "ready"
    if options.socket is not None:
        return f"Painting {options.model} at {options.socket}"
    host, port = listener.getsockname()[:2]
    return f"Painting {options.model} at http://{host}:{port}"


def _exit_with_parent() -> None:
    while os.read(0, 1024):
        pass
    os._exit(0)


def _bind(options: Options) -> socket.socket:
    try:
        return _bind_path(options.socket) if options.socket else _bind_port(options)
    except OSError as error:
        where = options.socket or f"{options.host}:{options.port}"
        raise SettingsError(
            f"Nothing can listen at {where}: {error.strerror}", "Choose another place.", "socket"
        ) from error


def _bind_path(path: Path) -> socket.socket:
    """A Unix socket that only its owner may connect to; one that a dead painter left is replaced."""
    with contextlib.suppress(FileNotFoundError):
        if stat.S_ISSOCK(path.lstat().st_mode):
            path.unlink()
    listener = socket.socket(socket.AF_UNIX)
    before = os.umask(0o177)
    try:
        listener.bind(str(path))
    except OSError:
        listener.close()
        raise
    finally:
        os.umask(before)
    return listener


def _bind_port(options: Options) -> socket.socket:
    if options.host not in _LOOPBACK and not options.token:
        raise SettingsError(
            f"The painter does not listen at {options.host} without a token",
            "Put one into PAINTER_TOKEN (or the variable that --token-env names), or listen at 127.0.0.1.",
            "token",
        )
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    return socket.create_server((options.host, options.port), family=family)
