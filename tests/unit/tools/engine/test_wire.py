"""What one side writes, the other reads as the same thing."""

import json
from dataclasses import replace

import pytest

from bot.errors import EngineBusy, EngineError, EngineLost, ModelUnavailable
from bot.tasks import Lora, Painted, PaintTask, Preview, Queued, Started, Step
from tools.engine import wire

EVENTS = [
    Queued(3, 1.5),
    Queued(1),
    Started(True),
    Step(2, 8),
    Preview(2, 8, "/jobs/a%2F1/preview/2"),
    Painted("/jobs/a%2F1/result", "ab", 256, 128, 8, 0.5),
]
ERRORS = [
    EngineError("No", "Do it"),
    ModelUnavailable("Gone", "Look", "owner/name"),
    EngineBusy("Full", "Wait", 7.5),
    EngineLost("Died", "Again", crashed=True),
    EngineLost("Stopped", "Again", crashed=False),
    wire.Cancelled("Cancelled"),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_events(event):
    """Every event survives the way."""
    line = wire.event_line(event)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert wire.read_line(line.decode()) == event


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: wire.problem_of(error)["code"])
def test_errors(error):
    """Every error arrives as its own class, with its words and its data."""
    with pytest.raises(type(error)) as raised:
        wire.read_line(wire.failure_line(error).decode())
    assert type(raised.value) is type(error)
    assert vars(raised.value) == vars(error)


def test_task_parts():
    """A picture travels as a file beside the task, never in its JSON; without one there is no such part."""
    loras = (Lora("ink", "a/ink", 0.8),)
    task = PaintTask("1", "sketch", "一只猫", "", 256, 256, 8, 2.5, 1, loras=loras)
    assert list(wire.task_parts(task)) == ["task"]
    parts = wire.task_parts(replace(task, task="img2img", image=b"png", strength=0.5))
    assert parts["image"] == ("image.png", b"png", "image/png")
    fields = json.loads(parts["task"][1])
    assert "image" not in fields
    assert fields.pop("loras") == [{"name": "ink", "file": "a/ink", "weight": 0.8}]
    assert PaintTask(**fields, image=b"png", loras=loras) == replace(task, task="img2img", image=b"png", strength=0.5)


def test_line_breaks_in_words():
    """A line break in an error's words does not end the line."""
    line = wire.failure_line(EngineError("one\ntwo"))
    assert line.count(b"\n") == 1


def test_unknown_code():
    """A code of a later version is an engine's error still."""
    error = wire.error_of({"code": "sunspots", "problem": "Sun"})
    assert type(error) is EngineError
    assert error.problem == "Sun"


NONSENSE = ["", "no json", "[]", "{}", '{"event":"dance"}', '{"event":"step"}', '{"event":"failed"}']


@pytest.mark.parametrize("line", NONSENSE)
def test_nonsense(line):
    """A line that is not of this protocol is an error of one line, with a remedy."""
    with pytest.raises(EngineError, match=r"makes no sense.*same version"):
        wire.read_line(line)
