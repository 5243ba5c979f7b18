"""Several pictures at once: through the real app on a real socket, with tiny models."""

import asyncio
import math
from dataclasses import replace

import pytest
import torch

from bot.errors import EngineError, EngineLost
from bot.tasks import Painted, PaintTask, Preview, Queued, Started, Step
from tests.helpers.serving import painter, serving
from tests.helpers.studio import Watcher, pixels
from tests.helpers.studio import task as small_task
from tools.engine import wire
from tools.engine.client import PainterClient
from tools.engine.painter import device as devices
from tools.engine.painter.arguments import guest_of
from tools.engine.painter.beside import Beside
from tools.engine.painter.curve import Curves
from tools.engine.painter.jobs import Jobs, Limits
from tools.engine.painter.judges import Judges
from tools.engine.painter.previews import Pace
from tools.engine.painter.server import make_app
from tools.engine.painter.studio import Studio, Ways

# A scheduler of diffusers hands tensors to NumPy in a way that NumPy frowns at.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
EVERY_STEP = Pace(every_s=0, share=math.inf)


@pytest.fixture
async def client(tmp_path):
    async with PainterClient(socket=tmp_path / "s") as opened:
        yield opened


@pytest.fixture
async def jobs(tmp_path, models):
    """Room for four at once and six more that wait; a lost listener is forgiven for a fifth of a second."""
    limits = Limits(at_once=4, waiting=6, grace_s=0.2)
    async with painter(tmp_path / "s", str(models / "sd15"), limits, pace=EVERY_STEP) as line:
        yield line


@pytest.fixture
def task(models):
    return PaintTask("job/1", str(models / "sd15"), "a cat", "", 64, 64, 3, 5.0, 1)


async def hear(client, task, heard=None):
    """All that is told of a task; what was told so far is in `heard`, also when it fails."""
    heard = [] if heard is None else heard
    async for event in client.paint(task):
        heard.append(event)
    return heard


async def until(condition):
    """Wait until something that is bound to happen has happened."""
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0.005)


def begun(heard):
    return any(isinstance(event, Step) for event in heard)


async def test_together_as_alone(jobs, client, task):
    """Pictures that are painted at the same time are those that are painted one after the other."""
    wanted = [replace(task, id=str(seed), seed=seed, steps=3 + seed % 3) for seed in range(6)]
    alone = [(await hear(client, one))[-1] for one in wanted]
    alone = [pixels(await client.fetch(done)) for done in alone]
    again = [replace(one, id=f"again {one.id}") for one in wanted]
    together = await asyncio.gather(*[hear(client, one) for one in again])
    for before, events in zip(alone, together, strict=True):
        assert abs(pixels(await client.fetch(events[-1])) - before).max() <= 1


async def test_a_short_one_overtakes_a_long_one(jobs, client, task):
    """Who asks for little does not wait for a long picture's end, and that one is told how it goes on."""
    heard = []
    listening = asyncio.create_task(hear(client, replace(task, id="long", steps=200), heard))
    await until(lambda: begun(heard))
    short = await hear(client, task)
    assert isinstance(short[-1], Painted)
    assert not isinstance(heard[-1], Painted)
    assert any(event.estimate_s is not None for event in heard if isinstance(event, Step))
    assert any(isinstance(event, Preview) for event in heard)
    await client.cancel("long")
    with pytest.raises(wire.Cancelled):
        await listening


async def test_a_place_is_free_within_a_step(jobs, client, task):
    """When all places are taken the others wait in line, and the next one begins as soon as somebody is cancelled."""
    long = [replace(task, id=f"long {number}", steps=200) for number in range(4)]
    heard = [[] for _ in long]
    listening = [asyncio.create_task(hear(client, one, into)) for one, into in zip(long, heard, strict=True)]
    await until(lambda: all(map(begun, heard)))
    waiting: list[object] = []
    last = asyncio.create_task(hear(client, replace(task, id="last"), waiting))
    await until(lambda: waiting)
    assert waiting[0].position == 1
    assert jobs.painting == 4
    await client.cancel("long 2")
    assert isinstance((await last)[-1], Painted)
    jobs.stop()
    ends = await asyncio.gather(*listening, return_exceptions=True)
    assert [type(end) for end in ends] == [EngineLost, EngineLost, wire.Cancelled, EngineLost]


async def test_what_can_wait_is_begun_last(tmp_path, client, task):
    """A task of the second class stands behind one of the first that comes after it."""
    async with painter(tmp_path / "s", task.model, Limits(at_once=1)) as jobs:
        heard = []
        running = asyncio.create_task(hear(client, replace(task, id="long", steps=200), heard))
        await until(lambda: begun(heard))
        places = {"sheet": [], "person": []}
        sheet = asyncio.create_task(hear(client, replace(task, id="sheet", priority=1), places["sheet"]))
        await until(lambda: places["sheet"])
        person = asyncio.create_task(hear(client, replace(task, id="person"), places["person"]))
        await until(lambda: places["person"])
        assert places["person"][0].position == 1
        await until(lambda: places["sheet"][-1].position == 2)
        jobs.stop()
        for one in (running, sheet, person):
            with pytest.raises(EngineLost):
                await one


async def test_alone(jobs, client, task):
    """A task that is to be alone waits for those under way, and whoever comes later waits for it."""
    heard: dict[str, list[object]] = {"first": [], "alone": [], "third": []}
    wanted = (
        replace(task, id="first", steps=30),
        replace(task, id="alone", steps=30, alone=True),
        replace(task, id="third"),
    )
    listening = []
    for one in wanted:
        listening.append(asyncio.create_task(hear(client, one, heard[one.id])))
        await until(lambda one=one: heard[one.id])
    await until(lambda: any(isinstance(event, Started) for event in heard["alone"]))
    assert isinstance(heard["first"][-1], Painted)
    await until(lambda: begun(heard["alone"]))
    assert jobs.painting == 1
    await asyncio.gather(*listening)
    assert isinstance(heard["third"][-1], Painted)


async def test_nobody_paints_while_a_model_is_loaded(jobs, client, task, models):
    """A picture of another model waits until those under way are done, and whoever comes later waits behind it."""
    first: list[object] = []
    running = asyncio.create_task(hear(client, replace(task, id="first", steps=30), first))
    await until(lambda: begun(first))
    other: list[object] = []
    loads = asyncio.create_task(hear(client, replace(task, id="other", model=str(models / "flux1")), other))
    await until(lambda: other)
    third: list[object] = []
    behind = asyncio.create_task(hear(client, replace(task, id="third"), third))
    await until(lambda: third)
    assert third[0] == Queued(2, third[0].estimate_s)
    assert isinstance((await running)[-1], Painted)
    assert Started(loading=True) in (await loads)
    assert isinstance((await behind)[-1], Painted)


def hungry(vae, failures, *, even_in_tiles=False):
    """Let an autoencoder run out of memory as on a small device; `failures` counts how often it did."""
    decode = type(vae).decode

    class Hungry(type(vae)):
        def decode(self, *arguments, **named):
            if even_in_tiles or not self.use_tiling:
                failures.append(1)
                raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
            return decode(self, *arguments, **named)

    Hungry.__name__ = type(vae).__name__
    vae.__class__ = Hungry


async def test_memory_that_runs_out(tmp_path, client, task):
    """What does not fit into the memory is painted again in a way that fits, and whoever runs the painter sees it."""
    studio = Studio(Ways("cpu", threads=1, pace=None))
    jobs = Jobs(studio, on_lost=lambda: None, limits=Limits(at_once=3))
    failures: list[int] = []
    async with serving(tmp_path / "s", make_app(jobs, Beside(Judges("cpu"), lambda: None), task.model)):
        before = pixels(await client.fetch((await hear(client, task))[-1]))
        hungry(studio._open.shelf.get(task.model).pipe.vae, failures)
        wanted = [replace(task, id=f"job {number}", seed=1) for number in range(3)]
        for events in await asyncio.gather(*[hear(client, one) for one in wanted]):
            assert abs(pixels(await client.fetch(events[-1])) - before).max() <= 1
        assert failures
        assert (await client.health())["lightened"] == {task.model: ["tiling"]}
        jobs.stop()


async def test_memory_that_is_never_enough(tmp_path, client, task):
    """When all was tried, the one line says so, and the painter goes on with others."""
    studio = Studio(Ways("cpu", threads=1, pace=None))
    jobs = Jobs(studio, on_lost=lambda: None)
    async with serving(tmp_path / "s", make_app(jobs, Beside(Judges("cpu"), lambda: None), task.model)):
        await hear(client, task)
        failures: list[int] = []
        hungry(studio._open.shelf.get(task.model).pipe.vae, failures, even_in_tiles=True)
        with pytest.raises(EngineError, match="not enough memory for a picture of 64x64 px"):
            await hear(client, replace(task, id="again"))
        assert len(failures) == 2
        jobs.stop()


def test_a_pipeline_that_can_not_meet_paints_whole_pictures(models):
    """Of a denoiser that nobody has written down each picture is painted by itself, steps, cancelling and all."""
    studio = Studio(Ways("cpu", threads=1, pace=EVERY_STEP))
    wanted = small_task(models / "sd15", steps=4)
    met = studio.paint(wanted, Watcher())
    shelf = studio._open.shelf
    shelf._loaded[wanted.model] = replace(shelf.get(wanted.model), seats=None)
    watcher = Watcher()
    assert studio.paint(wanted, watcher).png == met.png
    assert watcher.steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert len(watcher.previews) == 3
    with pytest.raises(wire.Cancelled):
        studio.paint(wanted, Watcher(last=2))
    assert studio.order.estimate_s(guest_of(wanted), []) > 0


async def test_reproducible(tmp_path, client, task):
    """With `reproducible` a picture is the same to the last byte in whatever company, since nobody shares a call."""
    studio = Studio(Ways("cpu", threads=1, reproducible=True, pace=None), Curves(tmp_path / "curves"))
    jobs = Jobs(studio, on_lost=lambda: None)
    async with serving(tmp_path / "s", make_app(jobs, Beside(Judges("cpu"), lambda: None), task.model)):
        wanted = [replace(task, id=str(seed), seed=seed, steps=5) for seed in range(4)]
        alone = [(await hear(client, one))[-1].sha256 for one in wanted]
        again = [replace(one, id=f"again {one.id}") for one in wanted]
        together = await asyncio.gather(*[hear(client, one) for one in again])
        assert [events[-1].sha256 for events in together] == alone
        jobs.stop()
    assert not (tmp_path / "curves").exists()


async def test_how_many_together_is_measured_once(tmp_path, client, task):
    """The first two that meet have it measured, and another painter on the machine knows it."""
    for _ in range(2):
        studio = Studio(Ways("cpu", threads=1, pace=None), Curves(tmp_path / "curves"))
        jobs = Jobs(studio, on_lost=lambda: None)
        async with serving(tmp_path / "s", make_app(jobs, Beside(Judges("cpu"), lambda: None), task.model)):
            await hear(client, replace(task, id="alone"))
            wanted = [replace(task, id=str(seed), seed=seed, steps=12) for seed in range(4)]
            await asyncio.gather(*[hear(client, one) for one in wanted])
            jobs.stop()
        kept = {path.name: path.read_bytes() for path in (tmp_path / "curves").iterdir()}
        assert kept
        (tmp_path / "s").unlink()
    assert {path.name: path.read_bytes() for path in (tmp_path / "curves").iterdir()} == kept


def test_what_a_full_device_says_is_known():
    """An error about memory is told from all others."""
    assert devices.is_full(torch.OutOfMemoryError("CUDA out of memory"))
    assert not devices.is_full(RuntimeError("shape mismatch"))
