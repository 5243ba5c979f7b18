"""Where the local painter's socket lies, who holds its lock, and what it needs no painter for."""

import os
import stat

import pytest

from bot.contracts import Engine
from bot.errors import EngineError, ModelUnavailable
from tools.engine import local
from tools.engine.cards import absolute
from tools.engine.local import LocalEngine, socket_path


def engine(home, model="sketch", **settings):
    return LocalEngine(LocalEngine.Settings(**settings), home=home, model=model)


def test_contract(tmp_path):
    """It is an engine."""
    opened: Engine = engine(tmp_path)
    assert opened


def test_socket_in_the_state_folder(tmp_path):
    """A short state folder holds the socket itself."""
    assert socket_path(tmp_path) == tmp_path / "painter.sock"


def test_long_path(tmp_path):
    """A long state folder gets a short private one, the same each time and another for each."""
    first, second = tmp_path / ("a" * 120), tmp_path / ("b" * 120)
    path = socket_path(first)
    try:
        assert len(os.fsencode(path)) <= 100
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert socket_path(first) == path
        other = socket_path(second)
        other.parent.rmdir()
        assert other != path
        path.parent.chmod(0o755)
        with pytest.raises(EngineError, match="not yours alone"):
            socket_path(first)
    finally:
        path.parent.rmdir()


def test_short_folder_may_not_be_a_link(tmp_path):
    """A link that someone else may have laid is not followed."""
    home = tmp_path / ("a" * 120)
    folder = socket_path(home).parent
    folder.rmdir()
    folder.symlink_to(tmp_path)
    try:
        with pytest.raises(EngineError, match="not yours alone"):
            socket_path(home)
    finally:
        folder.unlink()


async def test_tokens_without_a_painter(tmp_path):
    """The tokens of a model in a folder are counted by its own tokenizer here, before any painter has started."""
    opened = engine(tmp_path)
    assert await opened.tokens("sketch", ("a cat on a beach", "")) == (5, 0)
    with pytest.raises(ModelUnavailable):
        await opened.tokens(str(tmp_path / "gone"), ("a cat",))


async def test_describe_without_a_painter(tmp_path):
    """The card of a model in a folder comes at once, and a missing one is said at once."""
    opened = engine(tmp_path)  # not entered: there is no painter
    assert (await opened.describe("sketch")).width_px == 256
    with pytest.raises(ModelUnavailable, match="no model folder"):
        await opened.describe(str(tmp_path / "gone"))
    with pytest.raises(ModelUnavailable, match="There is no model 'nothing'"):
        await opened.describe("nothing")


def test_previews_can_be_switched_off(tmp_path):
    """The painter is told not to make previews where the settings say so."""
    for previews in (True, False):
        opened = engine(tmp_path, previews=previews)
        opened._socket = tmp_path / "s"
        assert ("--no-previews" in opened._command()) is not previews


async def test_unusable_home(tmp_path):
    """A state folder that can't be made is named."""
    (tmp_path / "file").write_text("")
    with pytest.raises(EngineError, match=r"state folder .*file/home can't be used: Not a directory"):
        async with engine(tmp_path / "file" / "home"):
            pass


async def test_home_is_private(tmp_path):
    """A state folder that is made is its owner's alone."""
    async with engine(tmp_path / "a" / "home"):
        assert stat.S_IMODE((tmp_path / "a" / "home").stat().st_mode) == 0o700
    assert not (tmp_path / "a" / "home" / "painter.sock").exists()


def test_names_for_a_painter_elsewhere(tmp_path, monkeypatch):
    """A folder is named by its whole path; the built-in model, a repository and a wrong name stay as they are."""
    monkeypatch.chdir(tmp_path)
    assert absolute("./m") == str(tmp_path / "m")
    for name in ("sketch", "owner/name", "nothing"):
        assert absolute(name) == name


def test_child_runs_our_code(tmp_path, monkeypatch):
    """The child finds our own packages first, and keeps the caller's environment."""
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("HF_TOKEN", "token")
    environment = local._environment()
    paths = environment["PYTHONPATH"].split(os.pathsep)
    assert paths[-1] == "/elsewhere"
    assert environment["HF_TOKEN"] == "token"


async def test_broken_installation(tmp_path, monkeypatch):
    """A painter that can't start is one plain line with its last words, and so is the next try."""
    (tmp_path / "uvicorn.py").write_text("raise ImportError('half of it is missing')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    async with engine(tmp_path) as opened:
        for _ in range(2):
            with pytest.raises(EngineError, match=r"starting: ImportError: half of it is missing\. .*painter\.log"):
                await opened.describe("owner/name")
