"""uvicorn inside our own event loop: the socket is ours, signals are not its business, and it stops when told."""

import asyncio
import errno
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from adapters.web.settings import AT
from bot.errors import SettingsError

STOP_PATIENCE_S = 2
KEEP_ALIVE_S = 30
MAX_HEADER_BYTES = 2**15
BACKLOG = 512


class Server(uvicorn.Server):
    """uvicorn's server without its signal handlers: `limner serve` has its own."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises:
        SettingsError: The port is taken, or the address is not this machine's.
    """
    try:
        found = socket.getaddrinfo(host, port, proto=socket.IPPROTO_TCP, flags=socket.AI_PASSIVE)
    except socket.gaierror as error:
        raise SettingsError(
            f"'{host}' is no address to listen at", "Use 127.0.0.1, or 0.0.0.0 for all of this machine's.", f"{AT}.host"
        ) from error
    family, kind, protocol, _, address = found[0]
    # With the protocol named, asyncio sends at once (TCP_NODELAY); without it every answer waits 40 ms for the reader.
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise _cannot_listen(host, port, error) from error
    return listener


def address_of(listener: socket.socket) -> str:
    """The URL that a listening socket is reached at from this machine."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


async def serve(app: ASGIApp, listener: socket.socket, stopping: Callable[[], None]) -> None:
    """Serve until cancelled; then end what is open and return.

    Args:
        app: What is served.
        listener: A socket that listens.
        stopping: Called first, to end what would never end by itself.
    """
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        h11_max_incomplete_event_size=MAX_HEADER_BYTES,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=STOP_PATIENCE_S,
    )
    server = Server(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await asyncio.shield(running)
    finally:
        stopping()
        server.should_exit = True
        await running


def _cannot_listen(host: str, port: int, error: OSError) -> SettingsError:
    where = f"port {port} of {host}"
    if error.errno == errno.EADDRINUSE:
        return SettingsError(
            f"Another program listens at {where} already",
            f"Stop it, or set {AT}.port to another, such as {port + 1}; 0 takes any that is free.",
            f"{AT}.port",
        )
    if error.errno == errno.EACCES:
        return SettingsError(f"This user may not listen at {where}", f"Set {AT}.port to 1024 or more.", f"{AT}.port")
    return SettingsError(
        f"It can't listen at {where}: {error.strerror}", f"Set {AT}.host to an address of this machine.", f"{AT}.host"
    )
