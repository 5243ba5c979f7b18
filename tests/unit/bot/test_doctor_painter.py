"""The doctor on the painter: one that answers, one that paints, and the ways in which there is none."""

import socket
from pathlib import Path

import pytest

from bot.doctor.finding import Finding, Level
from bot.doctor.painter import ANSWERS, PAINTS, ask_for_sign_of_life
from bot.doctor.rounds import examine
from bot.testing import CARD, PaperEngine
from tests.helpers.sick import answering, case, package
from tests.helpers.tiny_models import save_sd15


async def looked_at(folder: Path, *, paint: bool = False, **settings: object) -> Finding:
    """As the rounds would, so that errors are what a person sees."""
    [report] = await examine(case(folder, **settings), [PAINTS if paint else ANSWERS], lambda _report: None)
    return report.finding


async def test_a_painter_that_answers(tmp_path: Path) -> None:
    """The engine of the settings is asked and its model told."""
    found = await looked_at(tmp_path)
    assert found.level is Level.OK, found
    assert found.found == "it answers; paper is of no family that Limner knows, 64x64 px"


async def test_a_painter_that_paints(tmp_path: Path) -> None:
    """With --paint there is a whole picture."""
    found = await looked_at(tmp_path, paint=True)
    assert found.level is Level.OK, found
    assert "paper painted a picture in 0.0 s (64x64 px, 4 steps" in found.found


async def test_an_engine_that_is_not_there(tmp_path: Path) -> None:
    """A wrong name of an engine is told with those that are installed."""
    found = await looked_at(tmp_path, engine="cloud")
    assert found.level is Level.PROBLEM
    assert "There is no plugin 'cloud' among engines (" in found.found
    assert found.remedy


async def test_a_remote_painter_without_an_address(tmp_path: Path) -> None:
    """A setting that is missing is named."""
    found = await looked_at(tmp_path, engine="remote")
    assert (found.level, found.found) == (Level.PROBLEM, "The setting 'engines.remote.url' is missing")


async def test_a_remote_painter_that_is_away(tmp_path: Path) -> None:
    """Where nobody listens, the address is told."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    found = await looked_at(tmp_path, engine="remote", engines={"remote": {"url": url}})
    assert found.level is Level.PROBLEM
    assert "does not answer" in found.found
    assert found.remedy == f"Is `limner painter` running at {url}, and engines.remote.url right?"


async def test_something_else_in_the_place_of_the_painter(tmp_path: Path) -> None:
    """A web server that is no painter is told as such."""
    with answering({"/models": (200, {})}) as url:
        found = await looked_at(tmp_path, engine="remote", engines={"remote": {"url": url}})
    assert found.level is Level.PROBLEM
    assert "is no Limner painter" in found.found
    assert "engines.remote.url" in found.remedy


async def test_a_model_that_the_painter_has_not(tmp_path: Path) -> None:
    """A folder that is not there is told, before a painter's process is even started."""
    found = await looked_at(tmp_path, engine="local", model=str(tmp_path / "nowhere"))
    assert found.level is Level.PROBLEM
    assert "There is no model folder" in found.found
    assert found.remedy == "Check its path."


@pytest.mark.proof
async def test_a_painter_whose_weights_are_damaged(tmp_path: Path) -> None:
    """--paint finds what only painting can: weights that can't be loaded."""
    model = save_sd15(tmp_path / "tiny")
    weights = model / "unet" / "diffusion_pytorch_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-64])
    found = await looked_at(tmp_path, paint=True, engine="local", model=str(model))
    assert found.level is Level.PROBLEM
    assert "can't be loaded" in found.found
    assert "download or copy the model again" in found.remedy


async def test_a_task_that_was_only_asked_after_is_taken_back() -> None:
    """The doctor leaves no picture in the line of a painter that others use."""
    engine = PaperEngine()
    assert (await ask_for_sign_of_life(engine, CARD)).level is Level.OK
    assert engine.painted == []
    [cancelled] = engine.cancelled
    assert cancelled.startswith("doctor-")


STRANGER = """
from bot.errors import {error}
from bot.testing import PaperEngine

class Thing(PaperEngine):
    async def paint(self, task):
        raise {error}({words})
        yield
"""


@pytest.mark.parametrize(
    ("error", "words", "level", "found", "remedy"),
    [
        ("EngineBusy", '"The line is full"', Level.WARNING, "it answers, but the line is full", "add a painter"),
        ("EngineLost", '"It went away"', Level.PROBLEM, "It went away", "painter.log"),
        ("EngineError", '"No memory", "Buy some"', Level.PROBLEM, "No memory", "Buy some"),
        ("ModelUnavailable", '"No weights"', Level.PROBLEM, "No weights", "painter.log"),
    ],
)
async def test_what_an_engine_raises(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: str, words: str, level: Level, found: str, remedy: str
) -> None:
    """The errors of any engine become the line, with a remedy of the doctor's where they bring none."""
    point = f"[limner.engines]\nodd = odd_{error.lower()}:Thing\n"
    name = f"odd_{error.lower()}"
    site = package(tmp_path / "site", name, STRANGER.format(error=error, words=words), entry_points=point)
    monkeypatch.syspath_prepend(site)
    seen = await looked_at(tmp_path, engine="odd")
    assert (seen.level, seen.found) == (level, found)
    assert remedy in seen.remedy
