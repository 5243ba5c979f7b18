"""The real painter process with the real Sketch model, killed, left and joined in every way."""

import asyncio
import contextlib
import io
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
import pytest_asyncio
from PIL import Image

from bot.errors import EngineError, EngineLost, ModelUnavailable
from bot.tasks import JudgeTask, Painted, PaintTask, Preview, Queued, Started, Step
from tools.engine import wire
from tools.engine.client import PainterClient, RemoteEngine
from tools.engine.local import LocalEngine

pytestmark = [pytest.mark.painter, pytest.mark.asyncio(loop_scope="module")]
ROOT = Path(__file__).parents[2]
TASK = PaintTask("first", "sketch", "a red car on the beach at night", "", 256, 256, 8, 2.5, 7)


def local(home, model="sketch"):
    return LocalEngine(LocalEngine.Settings(device="cpu", threads=2), home=home, model=model)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine(home):
    """One painter for all tests of this module; it is not allowed on the network."""
    patch = pytest.MonkeyPatch()
    patch.setenv("HF_HUB_OFFLINE", "1")
    async with local(home) as opened:
        yield opened
    patch.undo()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sha256(engine):
    """What `TASK` looks like."""
    return (await paint(engine, TASK))[-1].sha256


async def paint(engine, task):
    return [event async for event in engine.paint(task)]


async def until(engine, task, last):
    """Listen up to an event of a kind, or up to that very event."""
    async with contextlib.aclosing(engine.paint(task)) as stream:
        async for event in stream:
            if event == last or type(event) is last:
                return
    raise AssertionError(f"there was no {last}")


async def gone(pid):
    """Wait until a process is no more, or only a zombie."""
    for _ in range(1000):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        await asyncio.sleep(0.01)
    return False


async def test_paints(engine):
    """A task becomes a PNG of the size asked for."""
    seen = await paint(engine, replace(TASK, id="paints"))
    kinds = [type(event) for event in seen if not isinstance(event, Preview)]
    assert kinds[:2] == [Queued, Started]
    steps = [event for event in seen if isinstance(event, Step)]
    assert kinds[-1 - len(steps) :] == [Step] * len(steps) + [Painted]
    assert steps == sorted(steps, key=lambda event: event.step)
    assert (steps[0], steps[-1]) == (Step(1, 8), Step(8, 8))
    picture = Image.open(io.BytesIO(await engine.fetch(seen[-1])))
    picture.load()
    assert (picture.format, picture.size) == ("PNG", (256, 256))


@pytest.mark.proof
async def test_from_a_picture(engine, sha256):
    """A picture becomes another one by half the steps, the same each time, and lives through a killed painter."""
    start = await engine.fetch((await paint(engine, TASK))[-1])
    task = replace(TASK, id="from a picture", prompt="a blue house", task="img2img", image=start, strength=0.5)
    seen = await paint(engine, task)
    assert [event for event in seen if isinstance(event, Step)][-1] == Step(4, 4)
    assert seen[-1].sha256 != sha256
    assert (await paint(engine, replace(task, id="once more")))[-1].sha256 == seen[-1].sha256

    async def listen():
        async for event in engine.paint(replace(task, id="killed from a picture")):
            if isinstance(event, Step):
                os.kill(engine.pid, signal.SIGKILL)

    with pytest.raises(EngineLost):
        await listen()
    assert (await paint(engine, replace(task, id="killed from a picture")))[-1].sha256 == seen[-1].sha256


async def test_picture_that_is_none(engine):
    """What is no PNG is refused in one line before it waits."""
    with pytest.raises(EngineError, match="The picture to start from is no PNG") as raised:
        await paint(engine, replace(TASK, id="no png", task="img2img", image=b"GIF89a"))
    assert "\n" not in str(raised.value)


async def test_preview(engine, sha256):
    """A painting that takes its time is shown while it lasts, in a few bytes; leaving it is no harm."""
    task = replace(TASK, id="shown", width_px=512, height_px=512, steps=200)
    async with contextlib.aclosing(engine.paint(task)) as stream:
        async for event in stream:
            if isinstance(event, Preview):
                jpeg = await engine.fetch(event)
                break
    await engine.cancel("shown")
    picture = Image.open(io.BytesIO(jpeg))
    picture.load()
    assert picture.format == "JPEG"
    assert max(picture.size) <= 256
    assert len(jpeg) < 20_000
    assert (await paint(engine, replace(TASK, id="after shown")))[-1].sha256 == sha256


async def test_judged(engine, sha256):
    """The painter's own process judges what it painted: its words fit it, others do not, and it is well made."""
    painted = (await paint(engine, TASK))[-1]
    texts = ("a red car on a beach at night", "a penguin in the snow")
    verdict = await engine.judge(JudgeTask("sketch", texts, await engine.fetch(painted)))
    assert verdict.judge == "sketch"
    assert verdict.consistencies[0] > 0.5 > verdict.consistencies[1]
    assert verdict.quality > 0.4


async def test_log_names_the_job(engine, home):
    """The painter's log tells of each job under its id."""
    await paint(engine, replace(TASK, id="logged", steps=2))
    assert "job=logged painted 2 steps" in (home / "painter.log").read_text()


async def test_same_seed_same_bytes(engine, sha256):
    """The same plan gives the same picture, another seed another."""
    assert (await paint(engine, replace(TASK, id="twice")))[-1].sha256 == sha256
    assert (await paint(engine, replace(TASK, id="other", seed=8)))[-1].sha256 != sha256


async def test_cancelled(engine, sha256):
    """A cancelled picture stops early, and the next one is bit for bit as ever."""
    steps = []

    async def listen():
        async for event in engine.paint(replace(TASK, id="cancelled", steps=200)):
            if isinstance(event, Step):
                steps.append(event.step)
                await engine.cancel("cancelled")

    with pytest.raises(wire.Cancelled):
        await listen()
    assert steps[-1] < 200
    assert (await paint(engine, replace(TASK, id="after")))[-1].sha256 == sha256


@pytest.mark.parametrize(
    "last",
    [
        pytest.param(Queued, id="queued", marks=pytest.mark.proof),
        pytest.param(Started, id="started", marks=pytest.mark.proof),
        pytest.param(Step(1, 8), id="step"),
        pytest.param(Step(8, 8), id="before done", marks=pytest.mark.proof),
    ],
)
async def test_killed(engine, sha256, last):
    """Kill -9 at any event loses the task in words that let it be sent again; then the same picture comes."""
    task = replace(TASK, id=f"killed/{last}")

    async def listen():
        async for event in engine.paint(task):
            if event == last or type(event) is last:
                os.kill(engine.pid, signal.SIGKILL)

    with pytest.raises(EngineLost) as raised:
        await listen()
    assert raised.value.crashed
    assert (await paint(engine, task))[-1].sha256 == sha256


@pytest.mark.proof
async def test_killed_after_done(engine, sha256):
    """A picture that was painted and not fetched before the painter died is painted again."""
    done = (await paint(engine, replace(TASK, id="unfetched")))[-1]
    os.kill(engine.pid, signal.SIGKILL)
    with pytest.raises(EngineLost):
        await engine.fetch(done)
    await engine.cancel("unfetched")
    again = (await paint(engine, replace(TASK, id="unfetched")))[-1]
    assert again.sha256 == sha256
    assert await engine.fetch(again)


async def test_models_that_can_not_be_had(engine, tmp_path):
    """What is missing is said in one line: a repository without a network, a folder, a pipeline."""
    for model, words in (
        ("nobody/nothing", "not on this machine, and the hub can't be reached"),
        (str(tmp_path / "gone"), "There is no model folder"),
        (str(tmp_path), r"no model_index\.json"),
    ):
        for call in (engine.describe(model), paint(engine, replace(TASK, id="missing", model=model))):
            with pytest.raises(ModelUnavailable, match=words) as raised:
                await call
            assert "\n" not in str(raised.value)


async def test_bad_size(engine):
    """A size that the model can't paint is refused before anything is painted."""
    with pytest.raises(EngineError, match=r"width of 250 px.*multiple of 8"):
        await paint(engine, replace(TASK, id="bad", width_px=250))


async def test_second_process_joins(home, engine, sha256):
    """A second Limner on the same folder paints with the running painter, and leaves it running."""
    async with local(home) as second:
        assert (await paint(second, replace(TASK, id="joined")))[-1].sha256 == sha256
        assert second.pid is None
    assert (await paint(engine, replace(TASK, id="joined")))[-1].sha256 == sha256


async def test_second_process_takes_over(home, sha256):
    """When the first Limner leaves, the picture of the second is lost in good order, and painted by its own painter."""
    task = replace(TASK, id="taken over")
    first = await local(home / "shared").__aenter__()
    async with local(home / "shared") as second:
        await until(first, task, Queued)
        begun = asyncio.Event()

        async def listen():
            async for _ in second.paint(replace(task, id="long", steps=200)):
                begun.set()

        listening = asyncio.create_task(listen())
        await begun.wait()
        await first.__aexit__(None, None, None)
        with pytest.raises(EngineLost) as raised:
            await listening
        assert not raised.value.crashed
        assert (await paint(second, task))[-1].sha256 == sha256
        assert second.pid != first.pid
    assert await gone(first.pid)
    assert await gone(second.pid)


async def test_owner_that_does_not_answer(home):
    """Another Limner that holds the folder without a painter that answers is named, with where to look."""
    folder = home / "silent"
    async with local(folder) as first:
        await first._child.stop()
        settings = LocalEngine.Settings(start_timeout_s=0.3)
        async with LocalEngine(settings, home=folder, model="sketch") as second:
            with pytest.raises(EngineError, match=r"Another Limner on .*silent holds the painter.*painter\.log"):
                await paint(second, TASK)


PARENT = """
import asyncio, sys
from pathlib import Path
from bot.tasks import PaintTask
from tools.engine.local import LocalEngine

async def main():
    async with LocalEngine(LocalEngine.Settings(device="cpu"), home=Path(sys.argv[1]), model="sketch") as engine:
        async for event in engine.paint(PaintTask("1", "sketch", "a cat", "", 256, 256, 200, 2.5, 1)):
            print(engine.pid, flush=True)

asyncio.run(main())
"""


@pytest.mark.parametrize("way", ["kill -9", "terminate", "ctrl-c"])
async def test_no_process_is_left(tmp_path, way):
    """However the parent ends, its painter ends with it."""
    command = (sys.executable, "-c", PARENT, str(tmp_path))
    pipe = asyncio.subprocess.PIPE
    parent = await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=pipe, cwd=ROOT, start_new_session=True)
    painter = int(await parent.stdout.readline())
    assert psutil.pid_exists(painter)
    match way:
        case "kill -9":
            parent.kill()
        case "terminate":
            parent.terminate()
        case "ctrl-c":
            os.killpg(parent.pid, signal.SIGINT)
    await parent.communicate()
    assert await gone(painter)
    async with PainterClient(socket=tmp_path / "painter.sock") as client:
        with pytest.raises(EngineLost):
            await client.health()


async def test_painter_of_its_own(tmp_path):
    """`limner painter` serves whoever has the token over TCP, and ends on Ctrl-C."""
    painter = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "tools.engine.painter", "--model", "sketch", "--port", "0"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=os.environ | {"PAINTER_TOKEN": "secret", "PYTHONPATH": str(ROOT)},
    )
    url = (await painter.stdout.readline()).decode().split()[-1]
    async with remote(tmp_path, url, "secret") as engine:
        assert (await engine.describe("sketch")).width_px == 256
    async with remote(tmp_path, url, "guess") as engine:
        for call in (engine.describe("sketch"), paint(engine, TASK), engine.cancel("first")):
            with pytest.raises(EngineError, match="refuses this token"):
                await call
    painter.send_signal(signal.SIGINT)
    assert await painter.wait() == 0


def remote(home, url, token):
    return RemoteEngine(RemoteEngine.Settings(url=url, token=token), home=home, model="sketch")
