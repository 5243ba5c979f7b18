"""Fixtures for all tests: the databases that Limner runs on."""

import itertools
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.helpers import postgres as postgresql
from tests.support import database, database_note

_CACHE = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """A shell makes what it starts in the background ignore Ctrl-C, and tests of Ctrl-C would wait for ever.

    What painters measure on the way is kept in a folder of these tests' own, and shared by all of their processes.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(config, "workerinput"):
        os.environ["XDG_CACHE_HOME"] = config.stash[_CACHE] = tempfile.mkdtemp(prefix="limner-cache-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let go of that folder."""
    if _CACHE in config.stash:
        shutil.rmtree(config.stash[_CACHE], ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgresql.Server]:
    """A PostgreSQL server for this test process."""
    with postgresql.serve() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: postgresql.Server) -> Iterator[str]:
    """The name of a database with Limner's tables and nothing in them, to be copied."""
    with postgres.template() as name:
        yield name


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind; `database(tmp_path)` gives it too."""
    if request.param == "sqlite":
        yield database(tmp_path)
        return
    server: postgresql.Server = request.getfixturevalue("postgres")
    template = request.getfixturevalue("postgres_template")
    with server.database(f"TEMPLATE {template}") as url:
        database_note(tmp_path).write_text(url)
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A place for a database of each kind in which nothing was made yet."""
    if request.param == "sqlite":
        yield database(tmp_path)
        return
    server: postgresql.Server = request.getfixturevalue("postgres")
    with server.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def new_folder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Path]]:
    """Makes folders, each with an empty database of its own, for tests that need many."""
    numbers = itertools.count()
    with ExitStack() as stack:

        def make() -> Path:
            folder = tmp_path / str(next(numbers))
            folder.mkdir()
            if request.param == "postgresql":
                server: postgresql.Server = request.getfixturevalue("postgres")
                template = request.getfixturevalue("postgres_template")
                database_note(folder).write_text(stack.enter_context(server.database(f"TEMPLATE {template}")))
            return folder

        yield make
