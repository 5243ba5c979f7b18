"""A real PostgreSQL server of the tests' own: made anew, on this machine only, gone when they are over."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from bot.store import open_store
from tests.helpers.needs import needs

USER = "limner"
PASSWORD = "p@ss/word:1"  # whatever handles it must keep it whole, and to itself
PATIENCE_S = 60
# Nothing here has to survive a power cut; that the server is killed, everything has to.
QUICK = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "16MB"}


@dataclass(frozen=True)
class Server:
    """A server that runs; `folder` holds its data."""

    folder: Path
    port: int

    def url(self, name: str, *, password: str = "p%40ss%2Fword%3A1", host: str = "127.0.0.1") -> str:
        return f"postgresql://{USER}:{password}@{host}:{self.port}/{name}"

    def run(self, sql: str, database: str = "postgres") -> str:
        """Carry out a statement as the server's administrator; its rows, a line each."""
        return ask(self.url(database), sql)

    @contextmanager
    def template(self) -> Iterator[str]:
        """The name of a database with Limner's tables, which must not be connected to, only copied."""

        async def make() -> None:
            async with open_store(url):
                pass

        with self.database() as url:
            asyncio.run(make())
            yield url.rpartition("/")[2]

    @contextmanager
    def database(self, options: str = "TEMPLATE template0") -> Iterator[str]:
        """The URL of a new empty database, which is gone after the block."""
        name = f"test_{uuid4().hex}"
        self.run(f"CREATE DATABASE {name} {options}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def control(self, *arguments: str) -> None:
        """Call pg_ctl: start, stop, restart."""
        log = self.folder / "log"
        common = ["--pgdata", str(self.folder / "data"), "--wait", "--silent", "--log", str(log)]
        done = _as_nobody(["pg_ctl", *arguments, *common], self.folder)
        if done.returncode:
            raise RuntimeError(f"pg_ctl {arguments[0]}: {done.stdout}{log.read_text() if log.exists() else ''}")

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """The server is down during the block; whatever was connected is cut off."""
        self.control("stop", "--mode", "immediate")
        try:
            yield
        finally:
            self.control("start")


def ask(url: str, sql: str) -> str:
    """Carry out a statement without Limner's code, in a process of its own; its rows, a line each."""
    command = [str(binaries() / "psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", sql, url]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE_S)
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def serve() -> Iterator[Server]:
    """A server on a free port of 127.0.0.1 that asks for a password; skips or fails where PostgreSQL is missing."""
    needs("initdb", "postgresql", path=str(binaries()))
    folder = Path(tempfile.mkdtemp(prefix="limner-pg-"))
    server = Server(folder, _free_port())
    try:
        _make(server)
        server.control("start")
        yield server
    finally:
        with suppress(RuntimeError, OSError, ValueError):
            server.control("stop", "--mode", "immediate")
        _kill_rest(folder)
        shutil.rmtree(folder, ignore_errors=True)


def binaries() -> Path:
    """Where initdb and pg_ctl lie: Debian keeps them out of $PATH."""
    with suppress(OSError, subprocess.CalledProcessError):
        asked = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True)
        if (Path(asked.stdout.strip()) / "initdb").exists():
            return Path(asked.stdout.strip())
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path("/nowhere"), key=lambda path: path.parent.name)


def _make(server: Server) -> None:
    secret = server.folder / "password"
    secret.write_text(PASSWORD)
    if os.geteuid() == 0:
        for path in (server.folder, secret):
            shutil.chown(path, _nobody())
    options = ["--auth=scram-sha-256", f"--pwfile={secret}", f"--username={USER}", "--encoding=UTF8", "--locale=C"]
    done = _as_nobody(["initdb", "--pgdata", str(server.folder / "data"), "--no-sync", *options], server.folder)
    if done.returncode:
        raise RuntimeError(f"initdb: {done.stdout}")
    settings = QUICK | {"listen_addresses": "'127.0.0.1'", "port": server.port, "unix_socket_directories": "''"}
    with (server.folder / "data" / "postgresql.conf").open("a") as file:
        file.writelines(f"{name} = {value}\n" for name, value in settings.items())


def _as_nobody(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program of PostgreSQL's; as another user where we are root, since the server refuses to be root."""
    command = [str(binaries() / command[0]), *command[1:]]
    if os.geteuid() == 0:
        command = [needs("runuser", "util-linux"), "-u", _nobody(), "--", *command]
    with (folder / "said").open("w+") as said:  # not a pipe: the server would inherit it and keep it open
        done = subprocess.run(command, stdout=said, stderr=said, timeout=PATIENCE_S, check=False, cwd=folder)
        said.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, said.read())


def _nobody() -> str:
    import pwd

    return next(name for name in ("postgres", "nobody") if name in {entry.pw_name for entry in pwd.getpwall()})


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _kill_rest(folder: Path) -> None:
    """End our own server where pg_ctl could not."""
    with suppress(OSError, ValueError, IndexError):
        os.kill(int((folder / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
