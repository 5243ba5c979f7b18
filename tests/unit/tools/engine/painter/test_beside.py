"""Tokens are counted and pictures judged over the painter's socket, while it paints."""

import asyncio
import contextlib
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

import httpx
import pytest
from PIL import Image
from transformers import AutoTokenizer

from bot.contracts import Engine
from bot.errors import EngineBusy, EngineError, EngineLost, ModelUnavailable
from bot.tasks import JudgeTask, PaintTask, Started, Verdict
from tests.helpers.serving import painter
from tests.helpers.studio import png_of
from tools.engine import wire
from tools.engine.client import PainterClient
from tools.engine.painter import beside as besides
from tools.engine.painter.beside import Beside
from tools.engine.painter.judges import Judges, Named
from tools.engine.painter.studio import Studio, Ways

# A scheduler of diffusers hands tensors to NumPy in a way that NumPy frowns at.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
PNG = png_of(Image.new("RGB", (40, 48), "red"))
TASK = JudgeTask("m", ("a cat", "a dog"), PNG)


@pytest.fixture
def judge(models):
    return Named(str(models / "clip"))


@contextlib.asynccontextmanager
async def open_client(folder, model, judge=None):
    async with painter(folder / "s", str(model), judge=judge), PainterClient(socket=folder / "s") as client:
        yield client


async def never():
    return False


async def test_counted_by_the_painter(tmp_path, models):
    """A tokenizer of word list and merges is put together by transformers; weights are not needed."""
    folder = tmp_path / "m"
    shutil.copytree(models / "sd15", folder, ignore=shutil.ignore_patterns("*.safetensors"))
    tokenizer = AutoTokenizer.from_pretrained(folder / "tokenizer")
    (folder / "tokenizer" / "vocab.json").write_text(json.dumps(tokenizer.get_vocab()))
    (folder / "tokenizer" / "merges.txt").write_text("#version: 0.2\n")
    (folder / "tokenizer" / "tokenizer.json").unlink()
    async with open_client(tmp_path, models / "sd15") as client:
        engine: Engine = client
        assert await engine.tokens(str(folder), ("a cat", "", "cat " * 100)) == (4, 0, 300)


async def test_counting_and_judging_wait_for_no_picture(tmp_path, models, judge):
    """In the middle of a long picture both are answered, and the picture goes on."""
    long = PaintTask("long", str(models / "sd15"), "a cat", "", 128, 128, 200, 5.0, 1)
    async with open_client(tmp_path, models / "sd15", judge) as client:
        events = client.paint(long)
        while not isinstance(await anext(events), Started):
            pass
        assert await client.tokens(long.model, ("a cat",)) == (4,)
        assert len((await client.judge(TASK)).consistencies) == 2
        assert (await client.health())["busy"]
        await client.cancel("long")
        with pytest.raises(wire.Cancelled):
            async for _ in events:
                pass


async def test_the_same_verdict_over_the_socket(tmp_path, models, judge):
    """What the client hands out is what the judge said, and the same for the same."""
    async with open_client(tmp_path, models / "sd15", judge) as client:
        found = await client.judge(TASK)
        assert found == await client.judge(TASK) == Judges("cpu", 1, judge).judge(TASK)
        assert isinstance(found, Verdict)
        assert all(0 <= value <= 1 for value in (*found.consistencies, found.quality))


REFUSED = {
    "There can't be 0 texts": JudgeTask("m", (), PNG),
    "There can't be 65 texts": JudgeTask("m", ("a",) * 65, PNG),
    "A text is too long": JudgeTask("m", ("a" * 10_001,), PNG),
    "to be judged is no PNG": JudgeTask("m", ("a",), b"GIF89a"),
    "to be judged can't be": JudgeTask("m", ("a",), PNG[:16] + b"\xff\xff\xff\xff" * 2),
}


async def test_refused(tmp_path, models):
    """What can't be judged is refused in one line before a judge is even looked for."""
    async with open_client(tmp_path, models / "sd15") as client:
        for words, task in REFUSED.items():
            with pytest.raises(EngineError, match=words):
                await client.judge(task)
        with pytest.raises(EngineError, match="to be judged is no PNG"):
            await client.judge(JudgeTask("m", ("a",)))


async def test_without_a_judge(tmp_path, models):
    """The line that says what to set comes through."""
    async with open_client(tmp_path, models / "sd15") as client:
        with pytest.raises(EngineError, match=r"There is no judge .*Set engines\.local\.judge"):
            await client.judge(JudgeTask(str(models / "sd15"), ("a cat",), PNG))


async def test_wrong_questions(tmp_path, models):
    """Unknown models, models without a tokenizer and requests that make no sense each get a line of their own."""
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "model_index.json").write_text('{"_class_name": "FluxPipeline"}')
    async with open_client(tmp_path, models / "sd15") as client:
        with pytest.raises(ModelUnavailable, match="no model folder"):
            await client.tokens(str(tmp_path / "gone"), ("a",))
        with pytest.raises(EngineError, match="has no tokenizer"):
            await client.tokens(str(tmp_path / "bare"), ("a",))
        with pytest.raises(EngineError, match="There can't be 65 texts"):
            await client.tokens(str(models / "sd15"), ("a",) * 65)
        assert await client.tokens(str(models / "sd15"), ()) == ()
        transport = httpx.AsyncHTTPTransport(uds=str(tmp_path / "s"))
        headers = {wire.HEADER: wire.VERSION}
        async with httpx.AsyncClient(transport=transport, base_url="http://p", headers=headers) as http:
            for answer in (await http.post("/tokens", content=b"[]"), await http.post("/judge", content=b"{}")):
                assert answer.status_code == 400
                assert answer.json()["code"] == "refused"


def test_loading_beside_loading(models, judge):
    """A judge and a painter that are loaded at the same moment both come whole, however often."""
    names = ["sd15", "flux1"]

    def load(name):
        Studio(Ways("cpu", threads=1, pace=None)).load(str(models / name))

    with ThreadPoolExecutor(2) as threads:
        pairs = [(threads.submit(load, name), threads.submit(Judges("cpu", 1, judge).judge, TASK)) for name in names]
        painters, verdicts = zip(*pairs, strict=True)
        assert len({verdict.result() for verdict in verdicts}) == 1
        assert all(painter.exception() is None for painter in painters)


async def test_whoever_is_gone_costs_nothing(judge):
    """A task whose asker has left when its turn comes is not judged; the next one is."""
    gone = asyncio.Event()
    beside = Beside(Judges("cpu", 1, judge), gone.set)

    async def left():
        return True

    answers = await asyncio.gather(beside.judge(TASK, left), beside.judge(TASK, never))
    beside.stop()
    assert answers[0] is None
    assert isinstance(answers[1], Verdict)
    assert not gone.is_set()


async def test_an_asker_who_leaves(tmp_path, models, judge):
    """A judgement that is cancelled amid everything leaves the judge to the next one."""
    async with open_client(tmp_path, models / "sd15", judge) as client:
        asked = [asyncio.create_task(client.judge(TASK)) for _ in range(4)]
        await asyncio.sleep(0)
        for task in asked[1:]:
            task.cancel()
        found = await asyncio.gather(*asked, return_exceptions=True)
        assert asdict(found[0]) == asdict(await client.judge(TASK))


async def test_full_line(judge):
    """More than a line holds is turned away with words, and the line goes on."""
    beside = Beside(Judges("cpu", 1, judge), lambda: None)
    asked = [asyncio.create_task(beside.judge(TASK, never)) for _ in range(besides.WAITING_LIMIT + 1)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(answer) for answer in answers[-2:]] == [Verdict, EngineBusy]
    assert isinstance(await beside.judge(TASK, never), Verdict)
    beside.stop()


class BrokenJudges(Judges):
    """Judges as they are after a fault of the GPU, which this machine may not have."""

    def judge(self, task):
        raise EngineLost("The GPU failed")


async def test_broken_device():
    """A fault of the device that judging meets ends the process, as one that painting meets."""
    lost = asyncio.Event()
    beside = Beside(BrokenJudges("cpu"), lost.set)
    with pytest.raises(EngineLost):
        await beside.judge(TASK, never)
    assert lost.is_set()
    beside.stop()
