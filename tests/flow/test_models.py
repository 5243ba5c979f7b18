"""What settings say of a model reaches the bot, the painter that it starts, and a painter of its own."""

import asyncio
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import open_engine
from bot.errors import EngineError
from bot.settings import load
from bot.tasks import Painted, PaintTask
from tests.helpers.tiny_families import save_auraflow
from tools.engine.client import PainterClient, RemoteEngine
from tools.engine.local import socket_path

pytestmark = [pytest.mark.painter, pytest.mark.asyncio]
ROOT = Path(__file__).parents[2]
SAID = """
model = "{folder}"
home = "{home}"
[models."{folder}"]
width_px = 80
height_px = 48
size_multiple_px = 16
steps = 3
preview_vae = "{tiny}"
[engines.local]
device = "cpu"
threads = 1
"""


async def test_a_model_that_is_not_recognised_is_put_right(tmp_path, monkeypatch):
    """Bot and painter take its table's word: a side that an unknown model may not have is painted."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    folder = save_auraflow(tmp_path / "model")
    home, file = tmp_path / "home", tmp_path / "limner.toml"
    file.write_text(SAID.format(folder=folder, home=home, tiny=ROOT / "tools" / "sketch" / "vae"))
    async with open_engine(load(file, {})) as engine:
        card = await engine.describe(str(folder))
        assert (card.family, card.width_px, card.height_px, card.steps) == ("unknown", 80, 48, 3)
        size = {"width_px": card.width_px, "height_px": card.height_px}
        task = PaintTask("one", str(folder), "a cat", "", steps=card.steps, guidance_scale=1.0, seed=1, **size)
        painted = [event async for event in engine.paint(task)][-1]
        assert isinstance(painted, Painted)
        assert (painted.width_px, painted.height_px, painted.steps) == (80, 48, 3)
        async with PainterClient(socket=socket_path(home)) as painter:
            assert await painter.describe(str(folder)) == card
        with pytest.raises(EngineError, match="multiple of 16"):
            await anext(engine.paint(replace(task, id="two", height_px=56)))
    assert "tiny autoencoder" not in (home / "painter.log").read_text()


async def test_a_painter_of_its_own_reads_them(tmp_path):
    """`limner painter` takes what the settings where it stands say, and ends with one line where they are wrong."""
    file = tmp_path / "limner.toml"
    command = (sys.executable, "-P", "-m", "tools.engine.painter", "--model", "sketch", "--port", "0")
    given = {"cwd": tmp_path, "env": os.environ | {"PYTHONPATH": str(ROOT)}, "stdout": asyncio.subprocess.PIPE}
    file.write_text("[models.sketch]\nsteps = 3\n")
    painter = await asyncio.create_subprocess_exec(*command, **given, stderr=asyncio.subprocess.DEVNULL)
    url = (await painter.stdout.readline()).decode().split()[-1]
    async with RemoteEngine(RemoteEngine.Settings(url=url), home=tmp_path, model="sketch") as engine:
        assert (await engine.describe("sketch")).steps == 3
    painter.terminate()
    await painter.wait()
    file.write_text('[models.sketch]\nfamily = "skech"\n')
    painter = await asyncio.create_subprocess_exec(*command, **given, stderr=asyncio.subprocess.PIPE)
    _, said = await painter.communicate()
    assert painter.returncode == 1
    assert said.decode().startswith("There is no family 'skech', which the settings name for the model 'sketch'.")
    assert said.count(b"\n") == 1
