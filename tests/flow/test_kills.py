"""Whenever Limner or its painter is killed, every accepted request is answered once, and nothing is painted in vain."""

import asyncio
import hashlib
import io
import itertools
import multiprocessing
import os
import random
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from PIL import Image

from bot.inbox import Inbox
from bot.jobs import State
from bot.store import open_store
from bot.tables import jobs, pictures, turns
from bot.testing import PaperPlatform
from tests.flow import kills
from tests.support import PATIENCE_S, database, message, until
from tools.engine.local import socket_path

KILLED = -signal.SIGKILL
FEW = 1  # messages: one wish for a picture
# Killing often is slow on a server: one process beside another is killed there in every run, the rest in the proof.
ON_BOTH = pytest.mark.parametrize(
    "database_url", ["sqlite", pytest.param("postgresql", marks=pytest.mark.proof)], indirect=True
)
ON_CPU = {"device": "cpu", "threads": 1}
# A process that stalls for longer than its lease may post what another has posted. So where nobody is killed nobody may
# be taken for dead, however busy the machine is; and where one is, the other must not stall for so long.
LASTING_S = 60.0
TAKEN_OVER_S = 2.0


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Processes that start in a moment: forked from one that has everything imported and runs no thread."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.flow.kills", "bot.assistant", "bot.llm", "tools.imagine"])
    return context


def start(context: ForkServerContext, folder: Path, count: int, **more: Any) -> ForkServerProcess:
    process = context.Process(target=kills.run, args=(folder, count), kwargs=more)
    process.start()
    return process


def ended(process: ForkServerProcess) -> int:
    """The exit code of a process that ends by itself."""
    process.join(PATIENCE_S)
    if process.exitcode is None:
        process.kill()
        pytest.fail("a process did not come to an end")
    return process.exitcode


def rows(folder: Path, query: Any) -> list[Any]:
    async def read() -> list[Any]:
        async with open_store(database(folder)) as store, store.read() as connection:
            return list((await connection.execute(query)).mappings())

    return asyncio.run(read())


def check(folder: Path, count: int) -> None:
    """Every request was answered once; every picture was planned once, painted whole, and is kept once."""
    found = {job["id"]: job for job in rows(folder, sa.select(jobs))}
    posts = PaperPlatform(folder / "platform").posts()
    assert len(found) == count
    assert sorted(post["key"] for post in posts) == sorted(found)
    assert {job["state"] for job in found.values()} == {State.POSTED}
    planned = rows(folder, sa.select(pictures))
    wishes = {job_id for job_id, job in found.items() if job["message"]["text"] != "hi"}
    assert sorted(picture["job_id"] for picture in planned) == sorted(wishes)
    posted = {post["key"]: post["pictures"] for post in posts}
    for picture in planned:
        assert posted[picture["job_id"]] == [picture["sha256"]]
    files = {path.stem: path.read_bytes() for path in (folder / "gallery").rglob("*.png")}
    assert set(files) == {picture["sha256"] for picture in planned}
    for name, content in files.items():
        assert hashlib.sha256(content).hexdigest() == name
        Image.open(io.BytesIO(content)).load()
    for job_id in found:
        keys = [row["key"] for row in rows(folder, sa.select(turns.c.key).where(turns.c.job_id == job_id))]
        assert sorted(keys) == (["ai:0", "human", "tool:0-0"] if job_id in wishes else ["ai:0", "human"])


def killed_once(context: ForkServerContext, folder: Path, **fate: Any) -> bool:
    """Let one process be killed as told and the next one finish; whether it came to the killing."""
    died = ended(start(context, folder, FEW, **fate))
    assert died in (0, KILLED)
    assert ended(start(context, folder, FEW)) == 0
    check(folder, FEW)
    return died == KILLED


def killed_often(context: ForkServerContext, folder: Path, count: int, seed: int) -> int:
    """Let processes be killed at random points, one after the other, until one ends well; how many were killed."""
    points = random.Random(seed)
    for killed in itertools.count():
        # The first points are the opening of the database and messages that are delivered again.
        code = ended(start(context, folder, count, die_at=points.randrange(1, 100 + 8 * count)))
        if code == 0:
            check(folder, count)
            return killed
        assert code == KILLED
    raise AssertionError("never")


@ON_BOTH
@pytest.mark.parametrize("state", [State.RECEIVED, State.ANSWERED, State.PAINTING, State.PAINTED, State.POSTING])
def test_a_process_killed_in_a_state(
    processes: ForkServerContext, tmp_path: Path, database_url: str, state: State
) -> None:
    """A process that is killed when a job has come into a state leaves it to the next, which ends it once."""
    assert killed_once(processes, tmp_path, die_in=state)


@pytest.mark.proof
@ON_BOTH
def test_a_process_killed_at_random_points(processes: ForkServerContext, tmp_path: Path, database_url: str) -> None:
    """Processes killed one after the other, anywhere, lose and double nothing."""
    assert killed_often(processes, tmp_path, 4, seed=7) > 2


@pytest.mark.parametrize("candidate", [2, *(pytest.param(n, marks=pytest.mark.proof) for n in (1, 3, 4))])
def test_a_process_killed_between_candidates(processes: ForkServerContext, tmp_path: Path, candidate: int) -> None:
    """A process that is killed amid its candidates has kept none; the next one keeps the best of all four, once."""
    assert ended(start(processes, tmp_path, FEW, best_of=4, die_at_candidate=candidate)) == KILLED
    assert rows(tmp_path, sa.select(pictures.c.sha256).where(pictures.c.sha256.is_not(None))) == []
    assert ended(start(processes, tmp_path, FEW, best_of=4)) == 0
    check(tmp_path, FEW)
    [kept] = rows(tmp_path, sa.select(pictures.c.choice, pictures.c.plan))
    scores = kept["choice"]["scores"]
    assert len(scores) == 4
    assert kept["plan"]["seed"] == scores[kept["choice"]["chosen"]]["seed"]


@pytest.mark.proof
def test_kills_at_every_point_of_choosing(processes: ForkServerContext, new_folder: Callable[[], Path]) -> None:
    """Killed at any statement, commit or post on the way of a best of three, a picture is kept once."""
    for die_at in itertools.count(1):
        if not killed_once(processes, new_folder(), die_at=die_at, best_of=3):
            break
    assert die_at > 60


@pytest.mark.proof
def test_a_process_killed_at_every_point(processes: ForkServerContext, new_folder: Callable[[], Path]) -> None:
    """The same at every single statement, commit and post on the way of a wish for a picture."""
    for die_at in itertools.count(1):
        if not killed_once(processes, new_folder(), die_at=die_at):
            break
    assert die_at > 60


@pytest.mark.proof
def test_two_hundred_kills(processes: ForkServerContext, new_folder: Callable[[], Path]) -> None:
    """Two hundred kills at random points, over fifteen requests at a time, lose and double nothing."""
    killed = seed = 0
    while killed < 200:
        killed += killed_often(processes, new_folder(), 15, seed)
        seed += 1


@pytest.mark.usefixtures("database_url")
def test_two_processes_share_the_jobs(processes: ForkServerContext, tmp_path: Path) -> None:
    """Two processes that are delivered the same twenty messages answer each of them once between them."""
    both = [start(processes, tmp_path, 20, lease_s=LASTING_S) for _ in range(2)]
    assert [ended(process) for process in both] == [0, 0]
    check(tmp_path, 20)


@pytest.mark.usefixtures("database_url")
def test_two_processes_share_the_painter_fairly(processes: ForkServerContext, tmp_path: Path) -> None:
    """Somebody's three wishes that come after another's twelve are answered by two processes amid those, not after."""

    async def wish() -> list[str]:
        async with open_store(database(tmp_path)) as store:
            inbox = Inbox(store, ["paper"], 60.0)
            for n in range(12):
                await inbox.accept(message(f"draw {n}", user="busy", channel=f"busy {n}"))
            return [await inbox.accept(message(f"draw {n}", user="rare", channel=f"rare {n}")) for n in range(3)]

    rare = asyncio.run(wish())
    both = [start(processes, tmp_path, 0, options={"step_s": 0.02}, lease_s=LASTING_S) for _ in range(2)]
    assert [ended(process) for process in both] == [0, 0]
    check(tmp_path, 15)
    places = [place for place, key in enumerate(PaperPlatform(tmp_path / "platform").keys()) if key in rare]
    assert places[-1] < 10


@pytest.mark.usefixtures("database_url")
@pytest.mark.parametrize(
    "seed", [1, pytest.param(2, marks=pytest.mark.proof), pytest.param(3, marks=pytest.mark.proof)]
)
def test_one_of_two_processes_is_killed_again_and_again(
    processes: ForkServerContext, tmp_path: Path, seed: int
) -> None:
    """While one process works on, another on the same folder is killed five times: each request is answered once."""
    points = random.Random(seed)
    steady = start(processes, tmp_path, 20, options={"step_s": 0.02}, lease_s=TAKEN_OVER_S)
    for _ in range(5):
        fate: dict[str, Any] = {"die_at": points.randrange(100, 260), "lease_s": TAKEN_OVER_S}
        assert ended(start(processes, tmp_path, 20, **fate)) in (0, KILLED)
    assert ended(steady) == 0
    check(tmp_path, 20)


def painters(folder: Path) -> list[int]:
    """Process ids of the painters that listen in this folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (process / "cmdline").read_bytes().split(b"\0")
            if str(socket_path(folder)).encode() in words:
                found.append(int(process.name))
    return found


def wait_for(true: Callable[[], bool]) -> None:
    async def look() -> bool:
        return await asyncio.to_thread(true)

    asyncio.run(until(look))


def painting(folder: Path) -> bool:
    """Whether a step of a picture is done, and no picture yet."""
    return (folder / "platform" / "painting").exists() and kills.stands(folder, State.PAINTING)


@pytest.mark.proof
@pytest.mark.painter
@pytest.mark.skipif(not Path("/proc").exists(), reason="finds the painter's process in /proc")
def test_the_painter_is_killed_in_mid_picture(processes: ForkServerContext, tmp_path: Path) -> None:
    """A painter that is killed while it paints is started again, and the asker gets the picture, once."""
    bot = start(processes, tmp_path, 1, engine="local", options=ON_CPU)
    wait_for(lambda: painting(tmp_path))
    [painter] = painters(tmp_path)
    os.kill(painter, signal.SIGKILL)
    assert ended(bot) == 0
    check(tmp_path, 1)
    wait_for(lambda: painters(tmp_path) == [])


@pytest.mark.painter
@pytest.mark.skipif(not Path("/proc").exists(), reason="finds the painter's process in /proc")
def test_the_bot_is_killed_while_its_painter_paints(processes: ForkServerContext, tmp_path: Path) -> None:
    """A bot that is killed in mid-picture leaves no painter behind, and the next one posts the picture, once."""
    bot = start(processes, tmp_path, 1, engine="local", options=ON_CPU)
    wait_for(lambda: painting(tmp_path))
    bot.kill()
    assert ended(bot) == KILLED
    assert ended(start(processes, tmp_path, 1, engine="local", options=ON_CPU)) == 0
    check(tmp_path, 1)
    wait_for(lambda: painters(tmp_path) == [])
