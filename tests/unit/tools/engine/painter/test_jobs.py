"""The painter's line, through the real app on a real socket, with a tiny model."""

import asyncio
import contextlib
import io
import math
from dataclasses import replace

import httpx
import pytest
import torch
from PIL import Image

from bot.errors import EngineBusy, EngineError, EngineLost, ModelUnavailable
from bot.tasks import Painted, PaintTask, Preview, Queued, Started, Step
from tests.helpers.serving import painter, serving
from tests.helpers.studio import png_of
from tools.engine import wire
from tools.engine.client import PainterClient
from tools.engine.painter import device as devices
from tools.engine.painter.beside import Beside
from tools.engine.painter.job import Job
from tools.engine.painter.jobs import Jobs, Limits
from tools.engine.painter.judges import Judges
from tools.engine.painter.previews import Pace
from tools.engine.painter.server import make_app
from tools.engine.painter.studio import Studio, Ways

# A scheduler of diffusers hands tensors to NumPy in a way that NumPy frowns at.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
ALWAYS = Pace(every_s=0, share=math.inf)


@pytest.fixture
def model(models):
    return str(models / "sd15")


@pytest.fixture
async def client(tmp_path):
    async with PainterClient(socket=tmp_path / "s") as opened:
        yield opened


@pytest.fixture
async def jobs(tmp_path, model):
    """One at a time, a line with room for three, and a lost listener forgiven for a fifth of a second."""
    async with painter(tmp_path / "s", model, Limits(at_once=1, waiting=3, kept=2, grace_s=0.2)) as line:
        yield line


@pytest.fixture
def task(model):
    return PaintTask("job/1", model, "a cat", "", 64, 64, 3, 5.0, 1)


def long(task, number=0):
    """A task that takes a while; with a number, under an id of its own."""
    return replace(task, id=f"long/{number}", steps=200)


async def events(client, task):
    return [event async for event in client.paint(task)]


async def until(client, task, kind):
    """Events up to the first of a kind, and then leave."""
    seen = []
    async with contextlib.aclosing(client.paint(task)) as stream:
        async for event in stream:
            seen.append(event)
            if isinstance(event, kind):
                return seen
    raise AssertionError(f"no {kind.__name__} among {seen}")


async def begin(client, task, kind=Step):
    """Go on listening in the background, once an event of a kind has come."""
    came = asyncio.Event()

    async def listen():
        seen = []
        async for event in client.paint(task):
            seen.append(event)
            if isinstance(event, kind):
                came.set()
        return seen

    listening = asyncio.create_task(listen())
    listening.add_done_callback(lambda _: came.set())
    await came.wait()
    return listening


async def test_order_of_events(jobs, client, task):
    """A job is queued, started, loaded, painted step by step, and done; its picture can be fetched."""
    seen = await events(client, task)
    assert [type(event) for event in seen] == [Queued, Started, Started, Step, Step, Step, Painted]
    assert seen[0] == Queued(1, None)
    assert seen[1:3] == [Started(loading=True), Started(loading=False)]
    assert seen[3:6] == [Step(1, 3), Step(2, 3), Step(3, 3)]
    assert (seen[-1].width_px, seen[-1].height_px, seen[-1].steps) == (64, 64, 3)
    assert (await client.fetch(seen[-1])).startswith(b"\x89PNG")


async def test_ids_with_slashes_and_signs(jobs, client, task):
    """An id may hold any sign that a job's key may hold."""
    for name in ("a/b/result", "ü ?#%2F", "日/本"):
        done = (await events(client, replace(task, id=name)))[-1]
        assert await client.fetch(done)


async def test_same_id_gets_the_result(jobs, client, task):
    """A task that is sent again after it is done is not painted again."""
    first, second = await events(client, task), await events(client, task)
    assert first == second


async def test_same_id_joins(jobs, client, task):
    """Two listeners of one id see one and the same painting, whenever they came."""
    wanted = replace(task, steps=40)
    first = await begin(client, wanted)
    second = await events(client, wanted)
    assert second == await first
    assert len([event for event in second if isinstance(event, Step)]) == 40


async def test_same_id_for_another_task(jobs, client, task):
    """Another task under a taken id is refused, and does not disturb the first."""
    first = await events(client, task)
    with pytest.raises(EngineError, match="taken by another task"):
        await events(client, replace(task, prompt="a dog"))
    assert await events(client, task) == first


async def test_first_come_first_served(jobs, client, task):
    """Jobs are painted in the order they came, and those behind are told that they moved up."""
    running = await begin(client, long(task))
    waiting = [await begin(client, replace(task, id=str(number)), Queued) for number in (1, 2, 3)]
    order = []
    for number, listening in enumerate(waiting, 1):
        listening.add_done_callback(lambda _, number=number: order.append(number))
    await client.cancel(long(task).id)
    with pytest.raises(wire.Cancelled):
        await running
    seen = await asyncio.gather(*waiting)
    positions = [[event.position for event in each if isinstance(event, Queued)] for each in seen]
    assert positions == [[1], [2, 1], [3, 2, 1]]
    assert order == [1, 2, 3]


@pytest.fixture
def start():
    """A picture to start from."""
    return png_of(Image.linear_gradient("L"))


async def test_from_a_picture(jobs, client, task, start):
    """A task with a picture goes the same way, counts the steps that are made, and is let go of when it is over."""
    wanted = replace(task, task="img2img", image=start, strength=0.5, steps=10)
    seen = await events(client, wanted)
    assert [event for event in seen if isinstance(event, Step)] == [Step(step, 5) for step in range(1, 6)]
    assert seen[-1].steps == 5
    assert jobs._jobs[task.id].task.image == b""
    assert await events(client, wanted) == seen
    with pytest.raises(EngineError, match="taken by another task"):
        await events(client, replace(wanted, image=png_of(Image.new("L", (8, 8)))))


async def test_join_and_cancel_from_a_picture(jobs, client, task, start):
    """A task with a picture is joined only by the very same, and ends within a step when it is cancelled."""
    wanted = replace(long(task), task="img2img", image=start, strength=0.9)
    running = await begin(client, wanted)
    joined = await begin(client, wanted)
    for other in (replace(wanted, image=start + b"x"), replace(wanted, strength=0.8), long(task)):
        with pytest.raises(EngineError, match="taken by another task"):
            await events(client, other)
    await client.cancel(wanted.id)
    for each in (running, joined):
        with pytest.raises(wire.Cancelled):
            await each
    assert isinstance((await events(client, task))[-1], Painted)


async def test_damaged_picture(jobs, client, task, start):
    """A picture that can't be decoded fails its own task in one line."""
    wanted = replace(task, task="img2img", image=start[: len(start) // 2])
    with pytest.raises(EngineError, match=r"damaged\. Save it again as a PNG\.$"):
        await events(client, wanted)
    assert isinstance((await events(client, task))[-1], Painted)


async def test_previews(tmp_path, client, task, model):
    """Whoever listens is told of each preview and can fetch the latest while it is painted."""
    async with painter(tmp_path / "s", model, pace=ALWAYS):
        running = await begin(client, long(task), Preview)
        joined = (await until(client, long(task), Preview))[-1]
        image = Image.open(io.BytesIO(await client.fetch(Preview(1, 200, "/jobs/long%2F0/preview/1"))))
        assert (image.format, joined.steps) == ("JPEG", 200)
        await client.cancel(long(task).id)
        with pytest.raises(wire.Cancelled):
            await running


async def test_previews_end_with_the_picture(tmp_path, client, task, model):
    """When the picture is ready its previews are gone, without harm to whoever asks."""
    async with painter(tmp_path / "s", model, pace=ALWAYS) as jobs:
        assert isinstance((await events(client, task))[-1], Painted)
        assert jobs._jobs[task.id].preview == b""
        assert not any(isinstance(event, Preview) for event in await events(client, task))
        with pytest.raises(EngineLost) as raised:
            await client.fetch(Preview(1, 3, "/jobs/job%2F1/preview/1"))
        assert not raised.value.crashed


async def test_previews_of_others_are_not_told(tmp_path, client, task, model):
    """A preview's address belongs to its own job, whatever its id looks like."""
    async with painter(tmp_path / "s", model, pace=ALWAYS):
        wanted = replace(long(task), id="a/preview/1")
        running = await begin(client, wanted, Preview)
        assert await client.fetch(Preview(1, 200, "/jobs/a%2Fpreview%2F1/preview/1"))
        with pytest.raises(EngineLost):
            await client.fetch(Preview(1, 200, "/jobs/a/preview/1"))
        await client.cancel(wanted.id)
        with pytest.raises(wire.Cancelled):
            await running
        with pytest.raises(EngineLost):
            await client.fetch(Preview(1, 200, "/jobs/a%2Fpreview%2F1/preview/1"))


async def test_slow_listener(task):
    """Who comes late hears every step, and only of the latest preview; after the end of none."""
    job = Job(task)
    for step in (1, 2, 3):
        job.tell(Step(step, 4))
        job.show(step, 4, bytes([step]))
    lines = job.lines(heartbeat_s=30)
    told = [wire.read_line(line) for line in (await anext(lines)).decode().splitlines()]
    assert told == [Step(1, 4), Step(2, 4), Step(3, 4), Preview(3, 4, "/jobs/job%2F1/preview/3")]
    assert job.preview == b"\x03"
    job.fail(EngineError("Over"))
    job.show(4, 4, b"late")
    assert job.preview == b""
    assert [line async for line in lines] == [wire.failure_line(EngineError("Over"))]
    assert b"preview" not in b"".join([line async for line in job.lines(30)])


async def test_listener_who_has_read_everything(task):
    """A preview that takes another's place is told to those who were told of the other, and to nobody twice."""
    job = Job(task)
    lines = job.lines(heartbeat_s=30)
    told = []
    for step in (1, 2, 3):
        job.show(step, 4, b"jpeg")
        told += [wire.read_line(line).step for line in (await anext(lines)).decode().splitlines()]
    assert told == [1, 2, 3]


async def test_estimate(jobs, client, task):
    """Once a picture was painted, those in line are told when theirs is likely to be ready: later behind others."""
    await events(client, task)
    running = await begin(client, long(task))
    behind = (await until(client, replace(task, id="behind"), Queued))[-1]
    last = (await until(client, replace(task, id="last"), Queued))[-1]
    assert 0 < behind.estimate_s < last.estimate_s
    await client.cancel(long(task).id)
    with pytest.raises(wire.Cancelled):
        await running


async def test_full_line(jobs, client, task, tmp_path):
    """A full line answers with the time after which to come again, and takes new jobs when it has room."""
    running = [await begin(client, long(task))]
    running += [await begin(client, long(task, number), Queued) for number in (1, 2, 3)]
    with pytest.raises(EngineBusy) as raised:
        await events(client, task)
    assert raised.value.retry_after_s >= 1
    await client.cancel("long/3")
    accepted = await begin(client, task, Queued)
    for number in (0, 1, 2):
        await client.cancel(f"long/{number}")
    results = await asyncio.gather(*running, return_exceptions=True)
    assert [type(result) for result in results] == [wire.Cancelled] * 4
    assert isinstance((await accepted)[-1], Painted)


async def test_cancel_running(jobs, client, task):
    """A cancelled job ends within one step, its id is free again, and the next picture is as ever."""
    before = (await events(client, task))[-1]
    running = await begin(client, long(task))
    await client.cancel(long(task).id)
    again = await begin(client, long(task), Queued)  # under the same id, while the first takes its last step
    with pytest.raises(wire.Cancelled):
        await running
    await client.cancel(long(task).id)
    with pytest.raises(wire.Cancelled):
        await again
    after = (await events(client, replace(task, id="after")))[-1]
    assert after.sha256 == before.sha256


async def test_cancel_what_is_not_there(jobs, client, task):
    """Cancelling an unknown job, or one that is over, changes nothing."""
    await client.cancel("nobody")
    done = (await events(client, task))[-1]
    await client.cancel(task.id)
    assert await client.fetch(done)


async def test_left_alone(jobs, client, task):
    """A job that lost its last listener is cancelled after the grace, and makes room."""
    await until(client, long(task), Step)
    assert isinstance((await events(client, task))[-1], Painted)
    assert list(jobs._jobs) == [task.id]


async def test_come_back_in_time(tmp_path, client, task, model):
    """A listener that comes back within the grace finds the same painting, however often it leaves."""
    async with painter(tmp_path / "s", model, Limits(grace_s=60)):
        wanted = replace(task, steps=40)
        for _ in range(3):
            await until(client, wanted, Step)
        seen = await events(client, wanted)
    assert [event.step for event in seen if isinstance(event, Step)] == list(range(1, 41))


async def test_results_are_forgotten(tmp_path, client, task, model):
    """A picture that is not kept any more is lost in words that let it be painted again."""
    async with painter(tmp_path / "s", model, Limits(keep_s=0)):
        done = (await events(client, task))[-1]
        await asyncio.sleep(0.05)
        with pytest.raises(EngineLost, match="does not keep") as raised:
            await client.fetch(done)
        assert not raised.value.crashed
        assert (await events(client, task))[-1].sha256 == done.sha256


async def test_number_of_results_is_bounded(jobs, client, task):
    """Beyond the bound the oldest picture goes first."""
    done = [(await events(client, replace(task, id=str(number))))[-1] for number in range(3)]
    with pytest.raises(EngineLost):
        await client.fetch(done[0])
    assert await client.fetch(done[1])
    assert await client.fetch(done[2])


async def test_stopping(tmp_path, client, task, model):
    """When the painter is stopped, running and waiting jobs fail in words that let them be sent again."""
    async with painter(tmp_path / "s", model) as jobs:
        running = await begin(client, long(task))
        waiting = await begin(client, task, Queued)
        jobs.stop()
        for open_task in (running, waiting):
            with pytest.raises(EngineLost) as raised:
                await open_task
            assert not raised.value.crashed
        with pytest.raises(EngineLost, match="being stopped"):
            await events(client, replace(task, id="late"))


async def test_failed_task_may_be_sent_again(jobs, client, task, tmp_path):
    """A failure is not kept: the same task is tried again."""
    missing = replace(task, model=str(tmp_path / "later"))
    with pytest.raises(ModelUnavailable):
        await events(client, missing)
    (tmp_path / "later").symlink_to(task.model)
    assert isinstance((await events(client, missing))[-1], Painted)


async def test_health(jobs, client, task):
    """Health says who is there, and how busy."""
    told = await client.health()
    assert told["memory_mib"] > 0
    busy = {"busy": False, "queued": 0, "batch_cap": 1}
    assert told.items() >= ({"version": "0.1.0", "model": task.model} | busy).items()
    await events(client, task)
    told = await client.health()
    assert told["torch"] == torch.__version__
    assert told["mean_batch"] == 1
    assert told["lightened"] == {}
    running = await begin(client, long(task))
    assert (await client.health())["busy"]
    await client.cancel(long(task).id)
    with pytest.raises(wire.Cancelled):
        await running


class BrokenDevice(Studio):
    """A studio as it is after a fault of the GPU, which this machine may not have."""

    def paint(self, task, watcher, guest=None):
        raise devices.explain(torch.AcceleratorError("CUDA error: unspecified launch failure"), "for a picture")


async def test_broken_device(tmp_path, client, task, model):
    """A broken device fails the job as a crash, and tells the process to end."""
    lost = asyncio.Event()
    jobs = Jobs(BrokenDevice(Ways("cpu", threads=1)), on_lost=lost.set)
    async with serving(tmp_path / "s", make_app(jobs, Beside(Judges("cpu"), on_lost=lost.set), model)):
        with pytest.raises(EngineLost, match="The GPU failed") as raised:
            await events(client, task)
        assert raised.value.crashed
        await lost.wait()


async def test_retry_after(jobs, client, task, tmp_path):
    """A full line says over plain HTTP too when to come again."""
    running = [await begin(client, long(task))]
    running += [await begin(client, long(task, number), Queued) for number in (1, 2, 3)]
    transport = httpx.AsyncHTTPTransport(uds=str(tmp_path / "s"))
    headers = {wire.HEADER: wire.VERSION}
    async with httpx.AsyncClient(transport=transport, base_url="http://painter", headers=headers) as http:
        response = await http.post("/jobs/job%2F1", files=wire.task_parts(task))
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) >= 1
    jobs.stop()
    results = await asyncio.gather(*running, return_exceptions=True)
    assert [type(result) for result in results] == [EngineLost] * 4


async def test_heartbeat(task):
    """A stream with nothing to say sends empty lines."""
    job = Job(task)
    job.tell(Queued(1))
    lines = job.lines(heartbeat_s=0.01)
    seen = [await anext(lines), await anext(lines), await anext(lines)]
    job.fail(EngineError("Over"))
    rest = [line async for line in lines]
    assert seen == [wire.event_line(Queued(1)), b"\n", b"\n"]
    assert rest[-1] == wire.failure_line(EngineError("Over"))


async def test_nothing_after_the_end(task):
    """What a painting thread says after its job has failed is not told."""
    job = Job(task)
    job.fail(EngineError("Over"))
    job.tell(Step(1, 2))
    assert [line async for line in job.lines(1)] == [wire.failure_line(EngineError("Over"))]
