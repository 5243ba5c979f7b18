"""Structured logs: one line an event on standard error, with its job's id and without anybody's personal data."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Literal, TextIO

from bot.privacy import scrub

_job_id: ContextVar[str] = ContextVar("job_id", default="-")


@contextmanager
def about_job(job_id: str) -> Iterator[None]:
    """Mark every line that is logged inside the block as belonging to this job."""
    token = _job_id.set(job_id)
    try:
        yield
    finally:
        _job_id.reset(token)


def set_up(level: str, form: Literal["text", "json"], stream: TextIO | None = None) -> None:
    """Send Limner's own log to a stream (standard error); other libraries' only from warnings on."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Json() if form == "json" else _Text())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("limner").setLevel(level.upper())


def get(name: str) -> logging.Logger:
    """The logger of one part of Limner, such as 'inbox'."""
    return logging.getLogger(f"limner.{name}")


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        message = scrub(record.getMessage()).text
        line = f"{_time(record)} {record.levelname.lower()} {record.name} job={_job_id.get()} {message}"
        return f"{line}\n{scrub(self.formatException(record.exc_info)).text}" if record.exc_info else line


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "part": record.name,
            "job": _job_id.get(),
            "message": scrub(record.getMessage()).text,
        }
        if record.exc_info:
            line["exception"] = scrub(self.formatException(record.exc_info)).text
        return json.dumps(line, ensure_ascii=False)


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
