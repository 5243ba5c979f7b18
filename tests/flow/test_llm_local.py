"""An LLM of Limner's own: the real `transformers serve` on a tiny random model, started, watched and stopped."""

import asyncio
import os
import signal
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import psutil
import pytest

from bot.errors import SettingsError
from bot.jobs import State
from bot.llm.local import LocalServer, answers
from bot.llm.reader import Reader
from bot.llm.trouble import LlmError, Trouble
from bot.testing import ScriptedModel
from tests.helpers.talk import talk

pytestmark = pytest.mark.painter
PATIENCE_S = 120.0


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child asks nobody for anything."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A chat model that says random signs."""
    from tests.helpers.tiny_chat import save_chat

    return save_chat(tmp_path_factory.mktemp("models") / "chat")


async def gone(pid: int) -> bool:
    for _ in range(3000):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        await asyncio.sleep(0.01)
    return False


@pytest.mark.proof
async def test_its_garbage_ends_with_the_rules(tmp_path: Path, model: Path) -> None:
    """A model that talks nonsense costs nobody a picture: the rules read the request, and the reply says so."""
    async with talk(tmp_path, llm=f"local:{model}") as one:
        job, [picture] = await one.ask("a red car on a beach")
        assert job.state is State.POSTED
        assert picture.path.exists()
        assert [(subject.name, subject.colour) for subject in picture.plan.brief.subjects] == [("car", "red")]
        assert job.notes == (
            "The LLM could not be used (its answer could not be read), so the built-in rules read this request.",
        )
        assert (tmp_path / "home" / "llm.log").exists()


@pytest.mark.proof
async def test_one_server_for_a_home_folder(tmp_path: Path, model: Path) -> None:
    """A second process joins the first one's server, which is started again when it dies; at last it takes over."""
    first, second = (LocalServer(str(model), tmp_path, PATIENCE_S) for _ in range(2))
    async with AsyncExitStack() as stack:
        ending = await stack.enter_async_context(AsyncExitStack())
        await ending.enter_async_context(first)
        await stack.enter_async_context(second)
        await first.ready()
        await second.ready()
        assert (second.pid, second.url) == (None, first.url)
        killed = first.pid
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        assert await gone(killed)
        port = int(first.url.rpartition(":")[2].partition("/")[0])
        while not await asyncio.to_thread(answers, port):
            await asyncio.sleep(0.05)
        restarted = first.pid
        assert restarted not in (None, killed)
        await ending.aclose()
        assert restarted is not None
        assert await gone(restarted)
        await second.ready()
        assert second.pid is not None
        assert await asyncio.to_thread(answers, port)


async def test_a_model_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    """A server that can't start is told to whoever runs Limner, with the last line of its log."""
    async with LocalServer(str(tmp_path / "nothing"), tmp_path, PATIENCE_S) as server:
        reader = Reader("local:nothing", ScriptedModel(script=[]), server=server)
        with pytest.raises(LlmError) as raised:
            await reader.call(lambda: asyncio.sleep(0))
        assert raised.value.trouble is Trouble.NOT_STARTED
        assert raised.value.detail.startswith("The LLM died while starting: ")
        assert "nothing" in raised.value.detail
        assert "\n" not in str(raised.value) + raised.value.detail


async def test_it_ends_with_its_parent(tmp_path: Path) -> None:
    """A server whose parent is killed before it is even ready goes with it."""
    script = (
        "import asyncio, sys\nfrom pathlib import Path\nfrom bot.llm.local import LocalServer\n"
        "async def main():\n"
        "    async with LocalServer('nobody/nothing', Path(sys.argv[1]), 60) as server:\n"
        "        while server.pid is None: await asyncio.sleep(0.01)\n"
        "        print(server.pid, flush=True)\n"
        "        await asyncio.sleep(600)\n"
        "asyncio.run(main())\n"
    )
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, str(tmp_path), stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert parent.stdout is not None
    pid = int(await parent.stdout.readline())
    parent.kill()
    await parent.wait()
    assert await gone(pid)


async def test_a_home_that_can_not_be_used_is_one_line(tmp_path: Path) -> None:
    """A file in the home folder's place is told as a problem of that setting."""
    (tmp_path / "home").write_text("in the way")
    with pytest.raises(SettingsError, match="can't be used"):
        async with LocalServer("m", tmp_path / "home", PATIENCE_S):
            pass
