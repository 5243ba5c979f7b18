"""The watched child, tried on small scripts: started, restarted, stopped, and its last words heard."""

import asyncio
import os
import signal
import sys

import psutil
import pytest

from bot.child import Child
from bot.errors import EngineError

GOOD = "import sys; print('ready', flush=True); sys.stdin.read()"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(600)"


def child(tmp_path, script, start_timeout_s=30.0, stop_timeout_s=30.0):
    command = [sys.executable, "-c", script]
    return Child(command, os.environ, tmp_path / "log", start_timeout_s, stop_timeout_s)


async def gone(pid):
    """Wait until a process is no more, or only a zombie."""
    for _ in range(1000):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        await asyncio.sleep(0.01)
    return False


async def test_ready_and_stopped(tmp_path):
    """It is ready once it says so, and gone after it was stopped."""
    painter = child(tmp_path, GOOD)
    await painter.ready()
    pid = painter.pid
    assert psutil.pid_exists(pid)
    await painter.stop()
    assert await gone(pid)


async def test_restarted(tmp_path):
    """A child that is killed is started again without being asked."""
    painter = child(tmp_path, GOOD)
    await painter.ready()
    first = painter.pid
    os.kill(first, signal.SIGKILL)
    await painter.settle(timeout_s=30)
    await painter.ready()
    assert painter.pid != first
    assert psutil.pid_exists(painter.pid)
    await painter.stop()


async def test_can_not_start(tmp_path):
    """A child that dies before it is ready is an error with its last words; the next try is a new one."""
    (tmp_path / "log").write_text("words of an earlier one\n")
    script = "import pathlib, sys; p = pathlib.Path('{}'); p.exists() or sys.exit('no torch here.'); {}"
    painter = child(tmp_path, script.format(tmp_path / "repaired", GOOD))
    with pytest.raises(EngineError, match=r"died while starting: no torch here\. See .*log") as raised:
        await painter.ready()
    assert "\n" not in str(raised.value)
    (tmp_path / "repaired").touch()
    await painter.ready()
    await painter.stop()


async def test_silent_death(tmp_path):
    """One that dies without a word is said to have done so."""
    painter = child(tmp_path, "import os; os._exit(3)")
    with pytest.raises(EngineError, match="it said nothing"):
        await painter.ready()
    await painter.stop()


async def test_never_ready(tmp_path):
    """One that never gets ready is given up, and stopped all the same."""
    painter = child(tmp_path, "import time; time.sleep(600)", start_timeout_s=0.5)
    with pytest.raises(EngineError, match=r"was not ready after 0\.5 s"):
        await painter.ready()
    pid = painter.pid
    await painter.stop()
    assert await gone(pid)


async def test_missing_program(tmp_path):
    """A program that is not there is an error too."""
    painter = Child([str(tmp_path / "gone")], os.environ, tmp_path / "log", 30)
    with pytest.raises(EngineError, match="No such file"):
        await painter.ready()
    await painter.stop()


async def test_unwritable_log(tmp_path):
    """A log that can't be written is an error too."""
    (tmp_path / "log").mkdir()
    with pytest.raises(EngineError, match="Is a directory"):
        await child(tmp_path, GOOD).ready()


async def test_deaf_child_is_killed(tmp_path):
    """One that does not heed SIGTERM is killed."""
    painter = child(tmp_path, DEAF, stop_timeout_s=0.2)
    await painter.ready()
    pid = painter.pid
    await painter.stop()
    assert await gone(pid)


async def test_stopped_while_starting(tmp_path):
    """Stopping it right after starting leaves nothing behind."""
    painter = child(tmp_path, GOOD)
    painter.start()
    await painter.stop()
    assert painter.pid is None or await gone(painter.pid)


async def test_never_started(tmp_path):
    """Stopping one that was never started is no error."""
    painter = child(tmp_path, GOOD)
    await painter.stop()
    assert painter.pid is None


async def test_log_is_bounded(tmp_path):
    """A log that has grown too large is begun anew; a small one is added to."""
    (tmp_path / "log").write_bytes(b"old\n" * 2**19)
    painter = child(tmp_path, "import sys; sys.exit('first')")
    with pytest.raises(EngineError, match="first"):
        await painter.ready()
    with pytest.raises(EngineError, match="first"):
        await painter.ready()
    assert (tmp_path / "log").read_text() == "first\nfirst\n"
