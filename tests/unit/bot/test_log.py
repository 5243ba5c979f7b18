"""Every log line that belongs to a job carries its id, as text and as JSON."""

import asyncio
import json
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest

from bot import log


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Logging as pytest set it up comes back after each test."""
    root, own = logging.getLogger(), logging.getLogger("limner")
    before = (list(root.handlers), root.level, own.level)
    yield
    root.handlers[:], root.level = before[0], before[1]
    own.setLevel(before[2])


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err.splitlines()


def test_text_lines_carry_the_job(capsys: pytest.CaptureFixture[str]) -> None:
    """A text line has time, level, part, job and message; outside of a job the id is a dash."""
    log.set_up("info", "text")
    with log.about_job("abc123"):
        log.get("worker").info("step %s", "painting")
    log.get("worker").info("idle")
    inside, outside = lines(capsys)
    assert inside.endswith(" info limner.worker job=abc123 step painting")
    assert outside.endswith(" info limner.worker job=- idle")


def test_json_lines_carry_the_job(capsys: pytest.CaptureFixture[str]) -> None:
    """A JSON line is one object with the job's id; an exception stays on the same line."""
    log.set_up("info", "json")
    with log.about_job("abc123"):
        try:
            raise ValueError("no")
        except ValueError:
            log.get("outbox").exception("画 failed")
    [line] = lines(capsys)
    fields = json.loads(line)
    assert (fields["job"], fields["level"], fields["part"]) == ("abc123", "error", "limner.outbox")
    assert fields["message"] == "画 failed"
    assert "ValueError: no" in fields["exception"]
    assert fields["time"].endswith("+00:00")


def test_other_libraries_lines_carry_the_job_too(capsys: pytest.CaptureFixture[str]) -> None:
    """A warning of another library inside a job carries its id; what is less than a warning is left out."""
    log.set_up("debug", "text")
    with log.about_job("abc123"):
        logging.getLogger("httpx").info("GET")
        logging.getLogger("httpx").warning("slow")
    [line] = lines(capsys)
    assert line.endswith(" warning httpx job=abc123 slow")


async def test_jobs_at_the_same_time_keep_their_ids(capsys: pytest.CaptureFixture[str]) -> None:
    """Two jobs that run at once log under their own ids."""
    log.set_up("info", "text")
    both = asyncio.Barrier(2)

    async def work(job_id: str) -> None:
        with log.about_job(job_id):
            await both.wait()
            log.get("worker").info("of %s", job_id)

    await asyncio.gather(work("one"), work("two"))
    assert sorted(line.split("job=")[1] for line in lines(capsys)) == ["one of one", "two of two"]


def test_a_traceback_is_below_its_text_line(capsys: pytest.CaptureFixture[str]) -> None:
    """In text form an exception follows its line."""
    log.set_up("info", "text")
    try:
        raise ValueError("no")
    except ValueError:
        log.get("worker").exception("failed")
    first, second, *_, last = lines(capsys)
    assert first.endswith("failed")
    assert second == "Traceback (most recent call last):"
    assert last == "ValueError: no"


def test_the_level_is_heeded() -> None:
    """At level 'error' a warning is not written; setting up twice doesn't write lines twice."""
    script = (
        "from bot import log; log.set_up('error', 'text'); log.set_up('error', 'text');"
        "log.get('a').warning('w'); log.get('a').error('e')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.count("\n") == 1
    assert done.stderr.endswith("job=- e\n")
