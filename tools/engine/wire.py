"""The painter's protocol as both sides speak it: its version, tasks as form parts, events and errors as JSON."""

import json
from dataclasses import asdict, replace
from typing import Any

from bot.errors import EngineBusy, EngineError, EngineLost, ModelUnavailable
from bot.tasks import JudgeTask, Painted, PaintEvent, PaintTask, Preview, Queued, Started, Step

HEADER = "Limner-Painter"
VERSION = "4"
HEARTBEAT_S = 5.0
"""A stream that has nothing to say sends an empty line this often, so that a dead connection can be told from work."""

_EVENTS: dict[str, type[PaintEvent]] = {
    "queued": Queued,
    "started": Started,
    "step": Step,
    "preview": Preview,
    "done": Painted,
}
_NAMES = {kind: name for name, kind in _EVENTS.items()}


class Cancelled(EngineError):
    """The task was stopped, because someone asked for it or because nobody listened any more."""


def task_parts(task: PaintTask | JudgeTask) -> dict[str, tuple[str | None, str | bytes, str]]:
    """The parts of multipart/form-data that carry a task: 'task', its JSON, and 'image', the PNG that comes with it."""
    fields = asdict(replace(task, image=b""))
    del fields["image"]
    parts: dict[str, tuple[str | None, str | bytes, str]] = {
        "task": (None, json.dumps(fields, ensure_ascii=False), "application/json")
    }
    if task.image:
        parts["image"] = ("image.png", task.image, "image/png")
    return parts


def event_line(event: PaintEvent) -> bytes:
    """One line of NDJSON for an event."""
    return _line({"event": _NAMES[type(event)], **asdict(event)})


def failure_line(error: EngineError) -> bytes:
    """The last line of a task that failed."""
    return _line({"event": "failed", **problem_of(error)})


def read_line(line: str) -> PaintEvent:
    """The event that a line tells.

    Raises:
        EngineError: What a 'failed' line says, as the class that the painter raised; or the line makes no sense.
    """
    try:
        fields = json.loads(line)
        name = fields.pop("event")
        if name == "failed":
            raise error_of(fields)
        return _EVENTS[name](**fields)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise unreadable(line) from error


def unreadable(answer: str) -> EngineError:
    """The error for an answer that is not of this protocol."""
    return EngineError(
        f"The painter's answer makes no sense: {answer[:80]!r}", "Install the same version of Limner on both sides."
    )


def problem_of(error: EngineError) -> dict[str, Any]:
    """An error as JSON: its code, its two sentences, and the data of its class."""
    fields: dict[str, Any] = {"code": _code_of(error), "problem": error.problem, "remedy": error.remedy}
    if isinstance(error, ModelUnavailable):
        fields["model"] = error.model
    if isinstance(error, EngineBusy):
        fields["retry_after_s"] = error.retry_after_s
    return fields


def error_of(fields: dict[str, Any]) -> EngineError:
    """The error that `problem_of` made the fields from; an unknown code is a plain EngineError."""
    problem, remedy = str(fields["problem"]), str(fields.get("remedy", ""))
    match fields["code"]:
        case "model":
            return ModelUnavailable(problem, remedy, str(fields.get("model", "")))
        case "busy":
            return EngineBusy(problem, remedy, float(fields.get("retry_after_s", 1.0)))
        case "crashed":
            return EngineLost(problem, remedy, crashed=True)
        case "stopping":
            return EngineLost(problem, remedy, crashed=False)
        case "cancelled":
            return Cancelled(problem, remedy)
        case _:
            return EngineError(problem, remedy)


def _code_of(error: EngineError) -> str:
    match error:
        case ModelUnavailable():
            return "model"
        case EngineBusy():
            return "busy"
        case EngineLost():
            return "crashed" if error.crashed else "stopping"
        case Cancelled():
            return "cancelled"
        case _:
            return "refused"


def _line(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"
