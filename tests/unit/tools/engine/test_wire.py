"""What one side writes, the other reads as the same thing."""

import pytest

from bot.errors import EngineBusy, EngineError, EngineLost, ModelUnavailable
from bot.messages import Painted, Queued, Started, Step
from tools.engine import wire

EVENTS = [
    Queued(3, 1.5),
    Queued(1),
    Started(True),
    Step(2, 8),
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
