"""The doctor on adapters that listen: ports that are taken, addresses that are not there, doors that are open."""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from adapters.web.health import lives
from adapters.web.server import bind, serve
from bot.doctor.finding import Finding, Level
from bot.doctor.rounds import examine
from bot.doctor.serving import adapter_check
from tests.helpers.sick import answering, case, package

LISTENER = """
from pydantic import BaseModel

class Thing:
    class Settings(BaseModel, extra="forbid"):
        host: str = "127.0.0.1"
        port: int = 8080
        public_url: str = ""

    def __init__(self, settings):
        pass
"""


@pytest.fixture(autouse=True)
def listener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package with an adapter that listens somewhere."""
    points = "[limner.adapters]\nlistener = listener:Thing\n"
    monkeypatch.syspath_prepend(package(tmp_path / "site", "listener", LISTENER, entry_points=points))


@pytest.fixture
def taken() -> Iterator[int]:
    """A port at which a program listens that says nothing."""
    with socket.socket() as program:
        program.bind(("127.0.0.1", 0))
        program.listen()
        yield program.getsockname()[1]


async def looked_at(folder: Path, name: str = "listener", **table: object) -> Finding:
    [report] = await examine(case(folder), [adapter_check(name, table)], lambda _report: None)
    return report.finding


def free_port() -> int:
    with socket.socket() as program:
        program.bind(("127.0.0.1", 0))
        port: int = program.getsockname()[1]
        return port


async def test_a_port_that_is_free(tmp_path: Path) -> None:
    """A free port is well, and free again afterwards."""
    port = free_port()
    for _ in range(2):
        found = await looked_at(tmp_path, port=port)
        assert (found.level, found.found) == (Level.OK, f"its settings are valid; 127.0.0.1:{port} is free")
    assert (await looked_at(tmp_path, port=0)).level is Level.OK


async def test_a_port_that_another_program_has(tmp_path: Path) -> None:
    """A web server of somebody else's at the port is told, with the setting to change."""
    with answering({"/healthz": (200, "ok"), "/": (200, "welcome to nginx")}) as url:
        port = int(url.rpartition(":")[2])
        found = await looked_at(tmp_path, port=port)
    assert found.level is Level.PROBLEM
    assert found.found == f"another program listens at 127.0.0.1:{port}"
    assert "adapters.listener.port" in found.remedy


async def test_a_port_at_which_nobody_speaks_http(tmp_path: Path) -> None:
    """A program that is no web server is told as well."""
    with answering({}) as url:
        found = await looked_at(tmp_path, port=int(url.rpartition(":")[2]))
    assert "another program listens" in found.found


async def test_a_port_that_limner_has(tmp_path: Path) -> None:
    """A Limner that serves already is well."""
    listener = bind("127.0.0.1", 0)
    serving = asyncio.create_task(serve(Starlette(routes=[Route("/healthz", lives)]), listener, lambda: None))
    found = await looked_at(tmp_path, port=listener.getsockname()[1])
    serving.cancel()
    await asyncio.wait([serving])
    assert found.level is Level.OK
    assert "Limner serves at" in found.found


@pytest.mark.parametrize(
    ("host", "words"),
    [("203.0.113.7", "this machine has no such address"), ("no-such-host.invalid", "no-such-host.invalid")],
)
async def test_an_address_that_is_not_there(tmp_path: Path, host: str, words: str) -> None:
    """An address that is none of this machine's says what to set."""
    found = await looked_at(tmp_path, host=host, port=free_port())
    assert found.level is Level.PROBLEM
    assert words in found.found
    assert "host" in found.remedy


async def test_a_login_that_travels_in_the_open(tmp_path: Path) -> None:
    """Beyond this machine there should be HTTPS; with a public address that has it, all is well."""
    open_door = await looked_at(tmp_path, host="0.0.0.0", port=free_port())
    assert open_door.level is Level.WARNING
    assert "without encryption" in open_door.found
    assert "adapters.listener.public_url" in open_door.remedy
    behind = await looked_at(tmp_path, host="0.0.0.0", port=free_port(), public_url="https://limner.example.com")
    assert behind.level is Level.OK


async def test_the_web_chat_open_to_everybody(tmp_path: Path) -> None:
    """The web chat beyond this machine without a login is a problem, in the adapter's own words."""
    found = await looked_at(tmp_path, "web", host="0.0.0.0")
    assert found.level is Level.PROBLEM
    assert "open to everybody" in found.found
    assert "adapters.web.passphrase" in found.remedy
